//! The window. It passes what the screens ask to `commands` and shows file dialogs; it decides
//! nothing.

mod call;
mod dialog;
mod progress;

use call::SharedDesk;
use commands::Desk;
use jiff::Timestamp;
use progress::Cancelled;
use tauri::{App, Manager};

/// Opens the window and stays until it is closed.
pub fn run() -> tauri::Result<()> {
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .setup(|app| {
            let cancelled = Cancelled::default();
            let watch = progress::watch(app.handle().clone(), cancelled.clone());
            app.manage(SharedDesk::new(desk(app)?.watched(watch), cancelled));
            Ok(())
        })
        .invoke_handler(tauri::generate_handler![
            call::call,
            call::cancel,
            call::startup_file,
            dialog::choose_file,
            dialog::choose_files,
            dialog::choose_folder,
            dialog::choose_save
        ])
        .run(tauri::generate_context!())
}

/// The packets lie in the program's own folder; exports go to the documents.
fn desk(app: &App) -> tauri::Result<Desk> {
    let paths = app.path();
    let exports = paths.document_dir().or_else(|_| paths.home_dir())?;
    Ok(Desk::new(paths.app_data_dir()?.join("packets"), exports, Timestamp::now))
}
