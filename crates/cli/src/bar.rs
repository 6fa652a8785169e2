//! A progress bar for work that takes long.

use commands::{Step, Watch};
use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use std::ops::ControlFlow;

/// A bar on standard error, where that is a terminal; it leaves nothing behind.
pub(crate) fn watch() -> Watch {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {percent} %")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(0).with_style(style).with_finish(ProgressFinish::AndClear);
    Watch::new(move |step: &Step| {
        bar.set_length(step.total);
        bar.set_message(step.label.clone());
        bar.set_position(step.done);
        ControlFlow::Continue(())
    })
}
