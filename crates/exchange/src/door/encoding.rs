//! From bytes to text: UTF-8 and UTF-16 with or without their mark, and what Windows wrote before.

use crate::Error;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::path::Path;

/// The text that `bytes` of `file` are. Where the encoding had to be guessed, `notes` says so.
pub(crate) fn decode(
    file: &Path,
    bytes: Vec<u8>,
    notes: &mut Vec<String>,
) -> Result<String, Error> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return with(file, &bytes[mark..], encoding);
    }
    if let Some(encoding) = utf_16(&bytes) {
        return with(file, &bytes, encoding);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => {
            let (whole, cut) = (error.utf8_error().valid_up_to(), error.utf8_error().error_len());
            let bytes = error.into_bytes();
            if cut.is_none() && !bytes[..whole].is_ascii() {
                return Err(Error::Truncated {
                    file: file.to_owned(),
                    line: line_at(&bytes, whole),
                });
            }
            bytes
        }
    };
    if let Some(at) = bytes.iter().position(|byte| *byte < 9 || (14..27).contains(byte)) {
        let found = format!("not text: line {} has a byte that no text has", line_at(&bytes, at));
        let advice = "Check that it is the right file";
        return Err(Error::Unreadable { file: file.to_owned(), found, advice });
    }
    let at = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
    let line = line_at(&bytes, at);
    let text = with(file, &bytes, WINDOWS_1252)?;
    let read = text.lines().nth(line - 1).unwrap_or_default();
    let word = read.split([',', ';', '\t', '"', ' ']).find(|word| !word.is_ascii());
    notes.push(format!(
        "{}: the text is not UTF-8, and was read as Windows-1252; on line {line}, for example, as “{}”. Save the \
         file as UTF-8 if that is wrong.",
        file.display(),
        word.unwrap_or_default()
    ));
    Ok(text)
}

fn with(file: &Path, bytes: &[u8], encoding: &'static Encoding) -> Result<String, Error> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text.into_owned()),
        None => Err(damaged(file, bytes, encoding)),
    }
}

/// What is wrong with `bytes` that are no text in the encoding that they say or seem to be in.
fn damaged(file: &Path, bytes: &[u8], encoding: &'static Encoding) -> Error {
    let file = file.to_owned();
    let read = |part: &[u8]| encoding.decode_without_bom_handling(part).0.into_owned();
    // What is read up to the first character that is none.
    let text = read(bytes);
    let whole = text.find('\u{fffd}').unwrap_or(text.len());
    let line = 1 + text[..whole].matches('\n').count();
    match text[whole..].chars().count() {
        // The one that the file breaks off in.
        ..=1 => Error::Truncated { file, line },
        _ => Error::NotText { file, line, encoding: encoding.name() },
    }
}

/// Whether `bytes` are UTF-16 without its mark.
pub(super) fn is_utf_16(bytes: &[u8]) -> bool {
    utf_16(bytes).is_some()
}

/// UTF-16 without its mark: every second byte of what is mostly plain English is zero.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(1000)];
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let most = start.len() * 2 / 5;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > most => Some(UTF_16LE),
        (even, 0) if even > most => Some(UTF_16BE),
        _ => None,
    }
}

fn line_at(bytes: &[u8], at: usize) -> usize {
    1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count()
}
