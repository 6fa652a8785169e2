//! JSON: one document, or many records in a list or on lines.

use crate::envelope::parse_json_line;
use crate::{Error, Spot};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::Path;

/// JSON objects, in the order of the file.
pub(crate) struct Records {
    text: String,
    /// In a list; otherwise one per line.
    listed: bool,
}

/// What a JSON text is as a whole.
pub(crate) enum Split {
    /// One object.
    Document(String),
    /// Any number of them.
    Records(Records),
}

/// Tells a document from records. An object that ends on a line with more lines behind it is the
/// first of many.
pub(crate) fn split(text: String) -> Split {
    let listed = text.trim_start().starts_with('[');
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let several = lines.next().is_some();
    let whole = |line: &str| serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    // A line may be broken, and the file still hold one record on each.
    let starts = |line: Option<&str>| line.is_some_and(|line| line.starts_with('{'));
    let by_line = several && (whole(first) || starts(text.lines().nth(1)));
    match listed || by_line {
        true => Split::Records(Records { text, listed }),
        false => Split::Document(text),
    }
}

impl Records {
    /// A single object as the only record.
    pub(crate) fn of_one(text: String) -> Self {
        Self { text: text.replace(['\n', '\r'], " "), listed: false }
    }

    /// What a message calls one: a line, or an entry of the list.
    pub(crate) fn unit(&self) -> &'static str {
        if self.listed { "entry" } else { "line" }
    }

    /// Where the record of this number is.
    pub(crate) fn spot(&self, number: usize) -> Spot {
        match self.listed {
            true => Spot::Named(format!(", entry {number}")),
            false => Spot::Line(number),
        }
    }

    /// The first record, if it can be parsed.
    pub(crate) fn first(&self) -> Option<Value> {
        let text = match self.listed {
            true => self.text.trim_start().strip_prefix('[')?,
            false => self.text.lines().find(|line| !line.trim().is_empty())?,
        };
        serde_json::Deserializer::from_str(text).into_iter().next()?.ok()
    }

    /// Hands every record to `take`, with its number: the line in the file, or the entry in the list,
    /// from 1. `noun` is what is expected, for messages.
    pub(crate) fn each<T: DeserializeOwned>(
        &self,
        file: &Path,
        noun: &str,
        mut take: impl FnMut(usize, T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if self.listed {
            let all: Vec<T> = crate::parse_json(file, &self.text, noun)?;
            return all.into_iter().enumerate().try_for_each(|(at, one)| take(at + 1, one));
        }
        for (before, line) in self.text.lines().enumerate() {
            if !line.trim().is_empty() {
                take(before + 1, parse_json_line(file, line, noun, before)?)?;
            }
        }
        Ok(())
    }
}
