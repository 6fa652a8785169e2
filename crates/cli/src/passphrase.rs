//! Where a passphrase comes from: a file, standard input, or the environment. Never an argument, which
//! other users of the computer can see.

use anyhow::{Context, bail};
use commands::{MOST_BY_HAND, SecretString, read_secret_file};
use std::io::Read;
use std::path::Path;

const VARIABLE: &str = "PRIMUM_PASSPHRASE";

/// The passphrase in `file`, on standard input for `-`, or in the environment where no file is given.
/// The line's end is not part of it.
pub(crate) fn read(file: Option<&str>, otherwise: &str) -> anyhow::Result<SecretString> {
    let mut text = match file {
        Some("-") => {
            let mut text = String::new();
            let read = std::io::stdin().take(MOST_BY_HAND).read_to_string(&mut text);
            read.context("standard input")?;
            text
        }
        Some(file) => read_secret_file(Path::new(file), "a passphrase")?,
        None => match std::env::var(VARIABLE) {
            Ok(text) => text,
            Err(_) => bail!(
                "no passphrase; give --passphrase-file FILE (- is standard input), set {VARIABLE}, or \
                 {otherwise}"
            ),
        },
    };
    // In place, so that no copy stays in memory.
    for end in ['\n', '\r'] {
        if text.ends_with(end) {
            text.pop();
        }
    }
    Ok(text.into())
}
