//! The one command behind which all of `commands` stands.

use commands::{Desk, Failure};
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use tauri::State;

/// The desk, for one command at a time.
pub(crate) struct SharedDesk(Arc<Mutex<Desk>>);

impl SharedDesk {
    pub(crate) fn new(desk: Desk) -> Self {
        Self(Arc::new(Mutex::new(desk)))
    }
}

/// Runs the command called `name`. Off the window's thread: a slow disk must not freeze the screen.
#[tauri::command]
pub(crate) async fn call(
    desk: State<'_, SharedDesk>,
    name: String,
    arguments: Value,
) -> Result<Value, Failure> {
    let desk = Arc::clone(&desk.0);
    let task = tokio::task::spawn_blocking(move || {
        // A command that panicked changed nothing on disk that was not whole; the next may go on.
        let mut desk = desk.lock().unwrap_or_else(PoisonError::into_inner);
        commands::call(&mut desk, &name, arguments)
    });
    task.await.unwrap_or_else(|error| Err(Failure::Misused { message: error.to_string() }))
}

/// The packet that the program was started with, if any.
#[tauri::command]
pub(crate) fn startup_file() -> Option<String> {
    std::env::args_os().nth(1).map(|path| path.to_string_lossy().into_owned())
}
