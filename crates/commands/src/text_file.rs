//! Texts that a shell is given in a file of their own, such as instructions or a passphrase.

use crate::Failure;
use std::path::Path;

/// The most bytes of such a text.
pub const MOST_BY_HAND: u64 = exchange::BY_HAND;

/// The secret in `file`, which must hold `expected`.
///
/// # Errors
/// Where there is no text, or more than a person writes.
pub fn read_secret_file(file: &Path, expected: &str) -> Result<String, Failure> {
    Ok(exchange::read_secret(file, expected)?)
}

/// What raters read before the first item, in `file`.
///
/// # Errors
/// Where there is no text, or more than a person writes.
pub fn read_instructions(file: &Path) -> Result<String, Failure> {
    Ok(exchange::read_text(file, MOST_BY_HAND, exchange::INSTRUCTIONS)?)
}

/// What columns hold, a line for each field, in `file`.
///
/// # Errors
/// Where there is no text, or more than a person writes.
pub fn read_column_lines(file: &Path) -> Result<String, Failure> {
    Ok(exchange::read_text(file, MOST_BY_HAND, exchange::COLUMN_LINES)?)
}
