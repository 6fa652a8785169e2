//! The system's own dialogs for files and folders.

use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

/// Asks for a file; nothing if the person changes their mind.
#[tauri::command]
pub(crate) async fn choose_file(app: AppHandle, title: String) -> Option<String> {
    let (answer, chosen) = oneshot::channel();
    app.dialog().file().set_title(title).pick_file(move |path| drop(answer.send(path)));
    text(chosen.await.ok()?)
}

/// Asks for a folder; nothing if the person changes their mind.
#[tauri::command]
pub(crate) async fn choose_folder(app: AppHandle, title: String) -> Option<String> {
    let (answer, chosen) = oneshot::channel();
    app.dialog().file().set_title(title).pick_folder(move |path| drop(answer.send(path)));
    text(chosen.await.ok()?)
}

fn text(path: Option<FilePath>) -> Option<String> {
    path.map(|path| path.to_string())
}
