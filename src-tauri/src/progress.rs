//! How far long work has come, and whether it is still wanted.

use commands::{Step, Watch};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Emitter};

/// The event that tells the screen of a step.
const EVENT: &str = "progress";

/// The screen draws no more often than this.
const PAUSE: Duration = Duration::from_millis(50);

/// Whether the running command is to stop.
#[derive(Clone, Default)]
pub(crate) struct Cancelled(Arc<AtomicBool>);

impl Cancelled {
    pub(crate) fn wish(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub(crate) fn withdraw(&self) {
        self.0.store(false, Ordering::Relaxed);
    }

    fn is_wished(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Tells the screen of steps, and ends the work once `cancelled` says so.
pub(crate) fn watch(app: AppHandle, cancelled: Cancelled) -> Watch {
    let told = Mutex::new(None::<Instant>);
    Watch::new(move |step: &Step| {
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_none_or(|last| last.elapsed() >= PAUSE) {
            *told = Some(Instant::now());
            // A window that is closing hears nothing more, and need not.
            let _ = app.emit(EVENT, step);
        }
        if cancelled.is_wished() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
}
