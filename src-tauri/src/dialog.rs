//! The system's own dialogs for files and folders.

use serde::Deserialize;
use tauri::Window;
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};
use tokio::sync::oneshot;

/// Files that are offered before others.
#[derive(Deserialize)]
pub(crate) struct Offered {
    /// What they are called.
    name: String,
    /// How their names end, without the dot; none is every file.
    endings: Vec<String>,
}

/// Asks for a file, of the first that are `offered` unless the person chooses the next; nothing if they change
/// their mind.
#[tauri::command]
pub(crate) async fn choose_file(
    window: Window,
    title: String,
    offered: Vec<Offered>,
) -> Option<String> {
    let (answer, chosen) = oneshot::channel();
    let dialog = window.dialog().file().set_parent(&window).set_title(title);
    offered.iter().fold(dialog, offer).pick_file(move |path| drop(answer.send(path)));
    text(chosen.await.ok()?)
}

fn offer<R: tauri::Runtime>(
    dialog: FileDialogBuilder<R>,
    offered: &Offered,
) -> FileDialogBuilder<R> {
    let endings: Vec<&str> = offered.endings.iter().map(String::as_str).collect();
    dialog.add_filter(&offered.name, if endings.is_empty() { &["*"] } else { &endings })
}

/// Asks for any number of files; none if the person changes their mind.
#[tauri::command]
pub(crate) async fn choose_files(window: Window, title: String) -> Vec<String> {
    let (answer, chosen) = oneshot::channel();
    window
        .dialog()
        .file()
        .set_parent(&window)
        .set_title(title)
        .pick_files(move |paths| drop(answer.send(paths)));
    let paths = chosen.await.ok().flatten().unwrap_or_default();
    paths.iter().map(ToString::to_string).collect()
}

/// Asks for a folder; nothing if the person changes their mind.
#[tauri::command]
pub(crate) async fn choose_folder(window: Window, title: String) -> Option<String> {
    let (answer, chosen) = oneshot::channel();
    window
        .dialog()
        .file()
        .set_parent(&window)
        .set_title(title)
        .pick_folder(move |path| drop(answer.send(path)));
    text(chosen.await.ok()?)
}

/// Asks where to save a file, offering `name`; nothing if the person changes their mind.
#[tauri::command]
pub(crate) async fn choose_save(window: Window, title: String, name: String) -> Option<String> {
    let (answer, chosen) = oneshot::channel();
    window
        .dialog()
        .file()
        .set_parent(&window)
        .set_title(title)
        .set_file_name(name)
        .save_file(move |path| drop(answer.send(path)));
    text(chosen.await.ok()?)
}

fn text(path: Option<FilePath>) -> Option<String> {
    path.map(|path| path.to_string())
}
