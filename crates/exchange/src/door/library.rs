//! Libraries that panic at files whose parts contradict each other.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// What `read` gives; none where it panics, about which nothing is printed: the caller says it of the file.
pub fn quietly<T>(read: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                usual(panic)
            }
        }));
    });
    QUIET.set(true);
    // What the panic leaves half done goes with it: readers own what they change.
    let outcome = catch_unwind(AssertUnwindSafe(read));
    QUIET.set(false);
    outcome.ok()
}
