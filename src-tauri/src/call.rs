//! The one command behind which all of `commands` stands.

use crate::progress::Cancelled;
use commands::{Context, Failure};
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use tauri::State;

/// What commands work with, for one command at a time, and beside it the wish to cancel that command.
pub(crate) struct Shared {
    context: Arc<Mutex<Context>>,
    cancelled: Cancelled,
}

impl Shared {
    /// `cancelled` is what the watch looks at.
    pub(crate) fn new(context: Context, cancelled: Cancelled) -> Self {
        Self { context: Arc::new(Mutex::new(context)), cancelled }
    }
}

/// Runs the command called `name`. Off the window's thread: a slow disk must not freeze the screen.
#[tauri::command]
pub(crate) async fn call(
    shared: State<'_, Shared>,
    name: String,
    arguments: Value,
) -> Result<Value, Failure> {
    let cancelled = shared.cancelled.clone();
    let context = Arc::clone(&shared.context);
    let task = tokio::task::spawn_blocking(move || {
        // A command that panicked changed nothing on disk that was not whole; the next may go on.
        let mut context = context.lock().unwrap_or_else(PoisonError::into_inner);
        // A wish that came too late for the command before does not end this one.
        cancelled.withdraw();
        commands::call(&mut context, &name, arguments)
    });
    task.await.unwrap_or_else(|error| Err(Failure::misused(error)))
}

/// Cancels the command that is running, if it takes long. It does not wait for the context, which that
/// command holds.
#[tauri::command]
pub(crate) fn cancel(shared: State<'_, Shared>) {
    shared.cancelled.wish();
}

/// The packet that the program was started with, if any.
#[tauri::command]
pub(crate) fn startup_file() -> Option<String> {
    std::env::args_os().nth(1).map(|path| path.to_string_lossy().into_owned())
}
