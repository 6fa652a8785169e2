//! What every file of ours is wrapped in: its format with version, the digest of its content, and
//! the content. The digest tells a file cut, edited or damaged on its way; it is no signature.

mod nouns;

use crate::file::write_new;
use crate::{Error, Spot};
use nouns::noun_of;
pub(crate) use nouns::way_out;
pub use nouns::{COLUMN_LINES, DRAFT, INSTRUCTIONS};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use serde_json::value::RawValue;
use std::path::Path;
use study::Digest;

/// A format: `primum-<name>/<version>`.
#[derive(Clone, Copy)]
pub(crate) struct Format {
    pub(crate) name: &'static str,
    pub(crate) version: u32,
}

#[derive(Serialize)]
struct Written<'a, T> {
    format: String,
    digest: Digest,
    content: &'a T,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read<T> {
    #[serde(rename = "format")]
    _format: IgnoredAny,
    digest: Digest,
    content: T,
}

#[derive(Deserialize)]
struct Header {
    format: Option<String>,
}

/// What a file is instead of what was expected; a name such as `primum-packet/1` says little alone.
pub(crate) fn wrong_format(file: &Path, found: &str, expected: &str) -> String {
    let called = |tag: &str| match noun_of(tag) {
        Some(noun) => format!("{noun} ({tag})"),
        None => tag.to_owned(),
    };
    let file = file.display();
    match noun_of(found) {
        Some(noun) if noun_of(expected) != Some(noun) => {
            format!("{file}: this is {}; expected {}.", called(found), called(expected))
        }
        _ => format!("{file}, field `format`: found {found}; expected {expected}."),
    }
}

impl Format {
    /// What a file of this format is.
    pub(crate) fn noun(&self) -> &'static str {
        noun_of(&self.tag()).unwrap_or("a file of Primum")
    }

    pub(crate) fn tag(&self) -> String {
        format!("primum-{}/{}", self.name, self.version)
    }

    /// The tag as messages have it.
    pub(crate) fn quoted(&self) -> String {
        format!("`{}`", self.tag())
    }

    /// This format at the first version that can say what is written: earlier programs read it, and it
    /// means the same.
    pub(crate) fn at(self, version: u32) -> Self {
        Self { version, ..self }
    }

    /// Refuses what only a version from `needed` on can say.
    pub(crate) fn refuse_below(self, needed: u32, file: &Path) -> Result<(), Error> {
        if self.version >= needed {
            return Ok(());
        }
        let (found, expected) = (self.quoted(), self.at(needed).quoted());
        Err(Error::WrongFormat { file: file.to_owned(), found, expected })
    }

    /// This format at an `earlier` version, where `text` says that it is of that one.
    pub(crate) fn as_in(self, text: &str, earlier: u32) -> Self {
        let before = self.at(earlier);
        match serde_json::from_str::<Header>(text) {
            Ok(header) if header.format == Some(before.tag()) => before,
            _ => self,
        }
    }

    /// Whether `text` says that it is of this format, of whatever version.
    pub(crate) fn is_named(self, text: &str) -> bool {
        let start = format!("primum-{}/", self.name);
        let header = serde_json::from_str::<Header>(text).ok();
        header.and_then(|header| header.format).is_some_and(|format| format.starts_with(&start))
    }

    /// The content of `text`, after `check` has found nothing wrong with it; `file` is its name in
    /// messages. The check comes before the digest: what is wrong is worth more to the reader than
    /// that something is.
    pub(crate) fn decode<T: DeserializeOwned + Serialize>(
        &self,
        file: &Path,
        text: &str,
        check: impl FnOnce(&T) -> Result<(), Error>,
    ) -> Result<T, Error> {
        let read: Read<T> = self.parse(file, text)?;
        check(&read.content)?;
        if Digest::of(&read.content) != read.digest && digest_as_written(text) != Some(read.digest)
        {
            return Err(Error::Tampered { file: file.to_owned() });
        }
        Ok(read.content)
    }

    /// Writes `content` to a new file.
    pub(crate) fn write<T: Serialize>(&self, file: &Path, content: &T) -> Result<(), Error> {
        write_new(file, self.encode(file, content)?.as_bytes())
    }

    /// The text of a file with this `content`; `file` is its name in messages.
    pub(crate) fn encode<T: Serialize>(&self, file: &Path, content: &T) -> Result<String, Error> {
        let written = Written { format: self.tag(), digest: Digest::of(content), content };
        let mut text = serde_json::to_string_pretty(&written)
            .map_err(|error| Error::inconsistent(file, error))?;
        text.push('\n');
        Ok(text)
    }

    /// Parses JSON of this format, an envelope or not.
    pub(crate) fn parse<'a, T: Deserialize<'a>>(
        &self,
        file: &Path,
        text: &'a str,
    ) -> Result<T, Error> {
        let header: Header = parse_object(file, text, self.noun())?;
        self.check_header(file, header.format)?;
        parse_json(file, text, self.noun())
    }

    fn check_header(&self, file: &Path, found: Option<String>) -> Result<(), Error> {
        let (newest, expected) = (self.tag(), self.quoted());
        let Some(found) = found else {
            return Err(Error::WrongFormat {
                file: file.to_owned(),
                found: "nothing".into(),
                expected,
            });
        };
        if found == newest {
            return Ok(());
        }
        let version = found
            .strip_prefix("primum-")
            .and_then(|rest| rest.strip_prefix(self.name))
            .and_then(|rest| rest.strip_prefix('/'))
            .and_then(|version| version.parse::<u32>().ok());
        Err(match version {
            Some(version) if version > self.version => {
                Error::Newer { file: file.to_owned(), found, newest }
            }
            _ => {
                Error::WrongFormat { file: file.to_owned(), found: format!("`{found}`"), expected }
            }
        })
    }
}

/// The digest of the content of `text` with its numbers and fields as they are there: other writers
/// may put `1` for `1.0`.
fn digest_as_written(text: &str) -> Option<Digest> {
    #[derive(Deserialize)]
    struct Written<'a> {
        #[serde(borrow)]
        content: &'a RawValue,
    }
    let Written { content } = serde_json::from_str(text).ok()?;
    let (mut quoted, mut escaped) = (false, false);
    let compact = content.get().chars().filter(|&c| {
        let kept = quoted || !c.is_ascii_whitespace();
        quoted ^= c == '"' && !escaped;
        escaped = quoted && c == '\\' && !escaped;
        kept
    });
    Some(Digest::of_bytes(compact.collect::<String>().as_bytes()))
}

/// Whether `text` says that it is of some format, ours or not.
pub(crate) fn says_its_format(text: &str) -> bool {
    serde_json::from_str::<Header>(text).is_ok_and(|header| header.format.is_some())
}

/// Refuses a `text` that says it is another kind of file of ours, where none with a format is expected:
/// to say that once is worth more than all that is not as expected in it.
pub fn refuse_other_format(file: &Path, text: &str, expected: &str) -> Result<(), Error> {
    match serde_json::from_str::<Header>(text) {
        Ok(Header { format: Some(found) }) if found.starts_with("primum-") => {
            let (file, found) = (file.to_owned(), format!("`{found}`"));
            Err(Error::WrongFormat { file, found, expected: expected.into() })
        }
        _ => Ok(()),
    }
}

/// Parses the object in `text`. A list would be taken for one, whose fields are in order.
pub fn parse_object<'a, T: Deserialize<'a>>(
    file: &Path,
    text: &'a str,
    noun: &str,
) -> Result<T, Error> {
    parse_object_line(file, text, noun, 0)
}

/// Like [`parse_object`], for a text that starts after `before` lines of the file.
pub(crate) fn parse_object_line<'a, T: Deserialize<'a>>(
    file: &Path,
    text: &'a str,
    noun: &str,
    before: usize,
) -> Result<T, Error> {
    let start = text.trim_start();
    if start.starts_with('[') {
        let above = text[..text.len() - start.len()].matches('\n').count();
        let line = Spot::Line(before + above + 1);
        return Err(Error::field(file, line, "the whole", "a list", "an object"));
    }
    parse_json_line(file, text, noun, before)
}

/// Parses `text`, naming the place and the field of what is wrong.
pub(crate) fn parse_json<'a, T: Deserialize<'a>>(
    file: &Path,
    text: &'a str,
    noun: &str,
) -> Result<T, Error> {
    parse_json_line(file, text, noun, 0)
}

/// Like [`parse_json`], for a text that starts after `before` lines of the file.
pub(crate) fn parse_json_line<'a, T: Deserialize<'a>>(
    file: &Path,
    text: &'a str,
    noun: &str,
    before: usize,
) -> Result<T, Error> {
    let mut parser = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut parser).map_err(|error| {
        let field = error.path().to_string();
        explain(file, text, noun, &field, error.inner(), before)
    })?;
    parser.end().map_err(|error| explain(file, text, noun, "", &error, before))?;
    Ok(value)
}

fn explain(
    file: &Path,
    text: &str,
    noun: &str,
    field: &str,
    error: &serde_json::Error,
    before: usize,
) -> Error {
    let line = before + error.line();
    // serde_json closes each message with the place, which stands elsewhere here.
    let reason = error.to_string();
    let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
    match error.classify() {
        Category::Eof => Error::Truncated { file: file.to_owned(), line },
        // A number that ends in the middle, where the text does.
        Category::Syntax
            if reason == "invalid number"
                && text.ends_with(['.', '-', 'e', 'E', '+'])
                && error.line() == text.lines().count() =>
        {
            Error::Truncated { file: file.to_owned(), line }
        }
        Category::Data => {
            let (found, expected) = match reason.rsplit_once(", expected ") {
                Some((found, expected)) => (found, plain(expected).to_owned()),
                None => (reason, noun.to_owned()),
            };
            let found = match found.strip_prefix("missing field ") {
                Some(missing) => format!("no field {missing}"),
                None => found
                    .trim_start_matches("invalid type: ")
                    .trim_start_matches("invalid value: ")
                    .to_owned(),
            };
            let found = as_written(&found);
            let field = if field == "." { "the whole" } else { field };
            Error::field(file, Spot::Line(line), field, found, expected)
        }
        Category::Syntax if reason == "number out of range" => {
            Error::field(file, Spot::Line(line), field, "a number too large", "a number")
        }
        Category::Syntax if serde_json::from_str::<IgnoredAny>(text).is_ok() => {
            let found = value_at(text, error).unwrap_or_else(|| "an object".into());
            Error::field(file, Spot::Line(line), field, found, A_NAME)
        }
        Category::Syntax | Category::Io => {
            let (reason, expected) = match no_number(text, error) {
                Some(word) => (format!("`{word}`"), "null where there is no number"),
                None => (reason.to_owned(), noun),
            };
            let (file, column, expected) = (file.to_owned(), error.column(), expected.into());
            Error::NotJson { file, line, column, reason, expected }
        }
    }
}

/// What serde found, as it is in the file.
fn as_written(found: &str) -> String {
    let found = found.trim_start_matches("unknown variant ");
    match found.split_once(' ') {
        Some(("string", text)) => format!("the text {text}"),
        Some(("integer" | "boolean", value)) => value.trim_matches('`').into(),
        Some(("invalid", rest)) if rest.starts_with("length ") => "a list".into(),
        Some(("floating", rest)) => rest.trim_start_matches("point ").trim_matches('`').into(),
        _ => match found {
            "map" => "an object".into(),
            "sequence" => "a list".into(),
            "unit value" => "null".into(),
            _ => found.into(),
        },
    }
}

/// What serde calls the name of one of several choices.
const A_NAME: &str = "one of the names that are known here";

/// The JSON value at the place of `error`, in a few words.
fn value_at(text: &str, error: &serde_json::Error) -> Option<String> {
    let line = text.split_inclusive('\n').nth(error.line().checked_sub(1)?)?;
    let rest = line.get(error.column().saturating_sub(1)..)?;
    let value = rest.split([',', '}', ']', '\n']).next()?.trim();
    Some(match value.chars().next()? {
        '[' => "a list".into(),
        '{' => "an object".into(),
        _ => value.into(),
    })
}

/// What other programs write for no number, and JSON does not know.
fn no_number(text: &str, error: &serde_json::Error) -> Option<&'static str> {
    let line = text.lines().nth(error.line().checked_sub(1)?)?;
    let rest = line.get(error.column().checked_sub(1)?..)?;
    ["NaN", "Infinity"].into_iter().find(|word| rest.starts_with(word))
}

/// What serde expects, without the names of our types.
fn plain(expected: &str) -> &str {
    match expected {
        "a string" | "string" => "a text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "i16" | "u16" | "u32" | "u64" => "a whole number",
        "f64" => "a number",
        "variant identifier" | "string or map" | "map with a single key" => A_NAME,
        _ if expected == "a map"
            || expected.starts_with("struct ")
            || expected.contains("enum ") =>
        {
            "an object"
        }
        _ => expected,
    }
}
