//! The one door to the terminal: what goes through it changes nothing but what it says.

use anyhow::Context;
use clap::error::{ContextKind, ContextValue};
use commands::{harmless, harmless_json, io_reason};
use serde::Serialize;
use std::error::Error;
use std::io::{self, ErrorKind, Write};
use std::num::{IntErrorKind, ParseFloatError, ParseIntError};

/// Prints to standard output.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    written(std::io::stdout().write_all(harmless(text).as_bytes()))
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
    written(writeln!(std::io::stdout(), "{}", harmless_json(&json)))
}

/// Why standard output took no more; who closed it has read enough, and is told nothing.
fn written(result: io::Result<()>) -> anyhow::Result<()> {
    Ok(result.map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => error,
        kind => io::Error::new(kind, format!("standard output: {}", io_reason(&error))),
    })?)
}

/// Tells something on standard error.
pub(crate) fn note(text: &str) {
    tell_line(&format!("note: {}", harmless(text)));
}

/// Tells why nothing was done.
pub(crate) fn tell(error: &anyhow::Error) {
    tell_line(&format!("primum: {}", harmless(&format!("{error:#}"))));
}

/// Tells why the arguments cannot be used.
pub(crate) fn explain(said: &clap::Error) {
    // Without styles; other text would lose what looks like one.
    let text = unfit_value(said).unwrap_or_else(|| said.render().ansi().to_string());
    let text = text.strip_prefix("error: ").unwrap_or(&text).trim_end();
    tell_line(&format!("primum: {}", harmless(text)));
}

/// Where standard error is closed or full, nobody can be told: the exit status still tells.
fn tell_line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// What is said of a value that its option does not take. The parsers of numbers speak to programmers, and
/// our own say what was found.
fn unfit_value(said: &clap::Error) -> Option<String> {
    let context = |kind| match said.get(kind) {
        Some(ContextValue::String(text)) => Some(text),
        _ => None,
    };
    let (option, value) = (context(ContextKind::InvalidArg)?, context(ContextKind::InvalidValue)?);
    let source = said.source()?;
    let told = source.to_string();
    let expected = if source.is::<ParseFloatError>() {
        "a number".into()
    } else if let Some(error) = source.downcast_ref::<ParseIntError>() {
        let large = *error.kind() == IntErrorKind::PosOverflow;
        if large { "a smaller whole number" } else { "a whole number, 0 or more" }.into()
    } else if let Some((_, range)) = told.split_once(" is not in ") {
        format!("a whole number from {}", range.replace("..=", " to "))
    } else {
        return Some(format!("{option}: {told}."));
    };
    Some(format!("{option}: found `{value}`; expected {expected}."))
}
