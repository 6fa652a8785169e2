//! The one door to the terminal: what goes through it changes nothing but what it says.
#![allow(clippy::print_stderr, reason = "nothing else prints")]

use anyhow::Context;
use commands::{harmless, harmless_json};
use serde::Serialize;
use std::io::Write;

/// Prints to standard output.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    Ok(std::io::stdout().write_all(harmless(text).as_bytes())?)
}

/// Prints `reply` as JSON, or as `text` puts it.
pub(crate) fn answer<T: Serialize>(
    json: bool,
    reply: &T,
    text: impl Fn(&T) -> String,
) -> anyhow::Result<()> {
    if json { print_json(reply) } else { print(&text(reply)) }
}

/// Prints `reply` as JSON.
pub(crate) fn print_json<T: Serialize>(reply: &T) -> anyhow::Result<()> {
    let json = serde_json::to_string_pretty(reply).context("the report as JSON")?;
    Ok(writeln!(std::io::stdout(), "{}", harmless_json(&json))?)
}

/// Tells something on standard error.
pub(crate) fn note(text: &str) {
    eprintln!("note: {}", harmless(text));
}

/// Tells why nothing was done.
pub(crate) fn tell(error: &anyhow::Error) {
    eprintln!("primum: {}", harmless(&format!("{error:#}")));
}
