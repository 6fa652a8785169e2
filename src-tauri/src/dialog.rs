//! The system's own dialogs for files and folders.

use tauri::Window;
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

/// Asks for a file; nothing if the person changes their mind.
#[tauri::command]
pub(crate) async fn choose_file(window: Window, title: String) -> Option<String> {
    let (answer, chosen) = oneshot::channel();
    window
        .dialog()
        .file()
        .set_parent(&window)
        .set_title(title)
        .pick_file(move |path| drop(answer.send(path)));
    text(chosen.await.ok()?)
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
