//! The one command behind which all of `commands` stands.

use crate::progress::Cancelled;
use commands::{Desk, Failure};
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use tauri::State;

/// The desk, for one command at a time, and beside it the wish to cancel that command.
pub(crate) struct SharedDesk {
    desk: Arc<Mutex<Desk>>,
    cancelled: Cancelled,
}

impl SharedDesk {
    /// `cancelled` is what the desk's watch looks at.
    pub(crate) fn new(desk: Desk, cancelled: Cancelled) -> Self {
        Self { desk: Arc::new(Mutex::new(desk)), cancelled }
    }
}

/// Runs the command called `name`. Off the window's thread: a slow disk must not freeze the screen.
#[tauri::command]
pub(crate) async fn call(
    desk: State<'_, SharedDesk>,
    name: String,
    arguments: Value,
) -> Result<Value, Failure> {
    let cancelled = desk.cancelled.clone();
    let desk = Arc::clone(&desk.desk);
    let task = tokio::task::spawn_blocking(move || {
        // A command that panicked changed nothing on disk that was not whole; the next may go on.
        let mut desk = desk.lock().unwrap_or_else(PoisonError::into_inner);
        // A wish that came too late for the command before does not end this one.
        cancelled.withdraw();
        commands::call(&mut desk, &name, arguments)
    });
    task.await.unwrap_or_else(|error| Err(Failure::Misused { message: error.to_string() }))
}

/// Cancels the command that is running, if it takes long. It does not wait for the desk, which that
/// command holds.
#[tauri::command]
pub(crate) fn cancel(desk: State<'_, SharedDesk>) {
    desk.cancelled.wish();
}

/// The packet that the program was started with, if any.
#[tauri::command]
pub(crate) fn startup_file() -> Option<String> {
    std::env::args_os().nth(1).map(|path| path.to_string_lossy().into_owned())
}
