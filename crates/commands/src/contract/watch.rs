//! Long work: it says how far it has come, and stops when asked to.

use serde::Serialize;
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;
use ts_rs::TS;

/// How far a command has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Step {
    /// What is done, in units of the command's own.
    #[ts(type = "number")]
    pub done: u64,
    /// What there is to do at most, at least 1. Work may end before all of it was needed.
    #[ts(type = "number")]
    pub total: u64,
    /// What is being done, in a few words for the person.
    pub label: String,
}

/// The one who watches while a command works, and may cancel it. A [`crate::Desk`] carries one.
///
/// A command that takes longer than a moment reports each step of at most about 50 ms, from any
/// thread, and gives up when told to, before it has changed anything:
///
/// ```text
/// let watch = context.watch();
/// for (done, replicate) in replicates.enumerate() {
///     if watch.step(done as u64, total, "Resampling").is_break() {
///         return Err(Failure::cancelled());
///     }
///     // …
/// }
/// ```
///
/// An engine with a progress callback is given `|p| watch.step(p.done, p.most, "…")`.
#[derive(Clone)]
pub struct Watch(Arc<Look>);

type Look = dyn Fn(&Step) -> ControlFlow<()> + Send + Sync;

impl Watch {
    /// `look` sees every step, and cancels the work with [`ControlFlow::Break`]. It is called often
    /// and by any thread, so it should return at once.
    pub fn new(look: impl Fn(&Step) -> ControlFlow<()> + Send + Sync + 'static) -> Self {
        Self(Arc::new(look))
    }

    /// Reports a step; the work is cancelled if this breaks.
    pub fn step(&self, done: u64, total: u64, label: &str) -> ControlFlow<()> {
        (self.0)(&Step { done, total: total.max(1), label: label.into() })
    }
}

impl Default for Watch {
    /// Nobody looks on.
    fn default() -> Self {
        Self::new(|_| ControlFlow::Continue(()))
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("Watch")
    }
}
