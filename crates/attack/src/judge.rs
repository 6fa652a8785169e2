//! What a run of `primum` on a hostile file must not do.

use crate::run::Run;
use serde_json::{Value, json};
use std::fmt;
use std::path::PathBuf;
use study::Digest;

/// A promise that was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Broken {
    /// It panicked.
    Panic,
    /// A signal ended it: an abort, a stack overflow, a file over its limit.
    Abort,
    /// It was still running when its time was over.
    Hang,
    /// It refused, and did not say which file.
    Unnamed,
    /// It printed a character that a terminal obeys, or bytes that are no text.
    RawControl,
    /// It refused, and left something behind or changed something.
    Partial,
    /// It took a file of ours whose digest does not fit.
    Damaged,
}

impl Broken {
    /// All of them, in the order of the table's columns.
    pub const ALL: [Self; 7] = [
        Self::Panic,
        Self::Abort,
        Self::Hang,
        Self::Unnamed,
        Self::RawControl,
        Self::Partial,
        Self::Damaged,
    ];
}

impl fmt::Display for Broken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(match self {
            Self::Panic => "panic",
            Self::Abort => "abort",
            Self::Hang => "hang",
            Self::Unnamed => "unnamed",
            Self::RawControl => "raw control",
            Self::Partial => "partial",
            Self::Damaged => "damaged",
        })
    }
}

/// What is known of a run before it is judged.
pub struct Known<'a> {
    /// One of these it has to say if it refuses.
    pub names: &'a [&'a str],
    /// What is no longer in its folder as it was.
    pub changed: &'a [PathBuf],
    /// Whether its file [was damaged](is_damaged).
    pub damaged: bool,
}

/// Whether these `bytes` replace `good` ones with a digest, and have none that fits.
pub fn is_damaged(good: &[u8], bytes: &[u8]) -> bool {
    let digest_fits = |bytes: &[u8]| {
        let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        serde_json::from_slice::<Value>(text).is_ok_and(|value| {
            value
                .get("content")
                .is_some_and(|content| value["digest"] == json!(Digest::of(content)))
        })
    };
    digest_fits(good) && !digest_fits(bytes)
}

/// The promises that `run` broke.
pub fn judge(run: &Run, known: &Known<'_>) -> Vec<Broken> {
    let said = run.said();
    let code = run.status.and_then(|status| status.code());
    // What a killed run leaves is no answer.
    let refused = run.status.is_some() && !run.accepted();
    let is_broken = |promise: &Broken| match promise {
        Broken::Panic => code == Some(101) || said.contains("panicked at"),
        Broken::Abort => run.aborted(),
        Broken::Hang => run.status.is_none(),
        Broken::Unnamed => refused && !known.names.iter().any(|name| said.contains(name)),
        Broken::RawControl => acts_on_terminals(&run.out) || acts_on_terminals(&run.err),
        Broken::Partial => refused && !known.changed.is_empty(),
        Broken::Damaged => known.damaged && run.accepted(),
    };
    Broken::ALL.into_iter().filter(is_broken).collect()
}

fn acts_on_terminals(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return true };
    let turns = |c| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().any(|c| turns(c) || c.is_control() && c != '\n' && c != '\t')
}
