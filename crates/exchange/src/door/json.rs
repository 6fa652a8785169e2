//! JSON: one document, or many records in a list or on lines.

use super::table::Table;
use super::twice::named_twice;
use crate::envelope::parse_object_line;
use crate::error::Part;
use crate::{Error, Spot, conversation, count, parse_json, parse_object};
use csv::StringRecord;
use indexmap::IndexSet;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::path::Path;

/// JSON objects, in the order of the file.
pub(crate) struct Records {
    text: String,
    shape: Shape,
}

/// How records are written out.
#[derive(Clone, Copy)]
enum Shape {
    Lines,
    List,
    /// A single object on several lines.
    One,
    /// Rows of a Parquet file, each written out on a line.
    Rows {
        rows: usize,
        columns: usize,
    },
}

/// What a JSON text is as a whole.
pub(crate) enum Split {
    /// One object.
    Document(String),
    /// Any number of them.
    Records(Records),
}

/// How many records are looked at to recognise a layout.
const LOOKED_AT: usize = 50;

/// Tells a document from records. An object that ends on a line with more lines behind it is the
/// first of many.
pub(crate) fn split(text: String) -> Split {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let several = lines.next().is_some();
    let whole = |line: &str| serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    // A line may be broken, and the file still hold one record on each.
    let starts = |line: Option<&str>| line.is_some_and(|line| line.starts_with('{'));
    let by_line = several && (whole(first) || starts(text.lines().nth(1)));
    match text.trim_start().starts_with('[') {
        true => Split::Records(Records { text, shape: Shape::List }),
        false if by_line => Split::Records(Records { text, shape: Shape::Lines }),
        false => Split::Document(text),
    }
}

impl Records {
    /// A single object as the only record.
    pub(crate) fn of_one(text: String) -> Self {
        let shape = if text.trim().contains('\n') { Shape::One } else { Shape::Lines };
        Self { text, shape }
    }

    /// The rows of a Parquet file, of which `text` has one on each line.
    pub(crate) fn of_rows(text: String, rows: usize, columns: usize) -> Self {
        Self { text, shape: Shape::Rows { rows, columns } }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether they are rows of a table.
    pub(crate) fn are_rows(&self) -> bool {
        matches!(self.shape, Shape::Rows { .. })
    }

    /// What holds them, for a person.
    pub(crate) fn name(&self) -> String {
        match self.shape {
            Shape::Rows { rows, columns } => {
                format!("a Parquet file, {}, {}", count(rows, "row"), count(columns, "column"))
            }
            _ => format!("JSON, one object per {}", self.unit()),
        }
    }

    /// The same, in which a number that is none is the text for it: Python writes `NaN`, which is not
    /// JSON.
    pub(crate) fn with_no_numbers(self) -> Self {
        Self { text: no_numbers_as_text(self.text), ..self }
    }

    /// Refuses a record in which an object has a name twice.
    pub(crate) fn refuse_twice(&self, file: &Path) -> Result<(), Error> {
        match self.shape {
            Shape::Lines => (0..)
                .zip(self.text.lines())
                .try_for_each(|(before, line)| refuse_twice(file, line, before)),
            Shape::List | Shape::One => refuse_twice(file, &self.text, 0),
            Shape::Rows { .. } => Ok(()),
        }
    }

    /// What a message calls one.
    pub(crate) fn unit(&self) -> &'static str {
        match self.shape {
            Shape::Lines => "line",
            Shape::List => "entry",
            Shape::One => "record",
            Shape::Rows { .. } => "row",
        }
    }

    /// The part of the file that holds one; none where that is a line.
    pub(crate) fn part(&self) -> Option<Part> {
        match self.shape {
            Shape::List => Some(Part::Entry),
            Shape::Rows { .. } => Some(Part::Row),
            Shape::Lines | Shape::One => None,
        }
    }

    /// Where the record of this number is.
    pub(crate) fn spot(&self, number: usize) -> Spot {
        match self.shape {
            Shape::One => Spot::Whole,
            _ => Spot::number(self.part(), number),
        }
    }

    /// The first record, if it can be parsed, whatever its numbers.
    pub(crate) fn first(&self) -> Option<Value> {
        let text = match self.shape {
            Shape::List => self.text.trim_start().strip_prefix('[')?,
            Shape::Lines | Shape::Rows { .. } => {
                self.text.lines().find(|line| !line.trim().is_empty())?
            }
            Shape::One => &self.text,
        };
        let first = |text: &str| serde_json::Deserializer::from_str(text).into_iter().next()?.ok();
        first(text).or_else(|| first(&no_numbers_as_text(text.to_owned())))
    }

    /// The first records, by which their layout is recognised.
    pub(crate) fn head(&self, file: &Path, noun: &str) -> Result<Vec<Value>, Error> {
        let texts = self.texts(file, noun)?;
        texts.into_iter().take(LOOKED_AT).map(|record| self.parse(file, noun, record)).collect()
    }

    /// Hands every record to `take`, with its number: the line in the file, or the entry in the list,
    /// from 1. `noun` is what is expected, for messages.
    pub(crate) fn each<T: DeserializeOwned>(
        &self,
        file: &Path,
        noun: &str,
        mut take: impl FnMut(usize, T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        for record in self.texts(file, noun)? {
            take(record.0, self.parse(file, noun, record)?)?;
        }
        Ok(())
    }

    /// The text of every record, with its number as [`Records::each`] has it.
    pub(crate) fn texts(&self, file: &Path, noun: &str) -> Result<Vec<(usize, &str)>, Error> {
        Ok(match self.shape {
            Shape::List => {
                let all: Vec<&RawValue> = parse_json(file, &self.text, noun)?;
                (1..).zip(all.into_iter().map(RawValue::get)).collect()
            }
            Shape::Lines | Shape::Rows { .. } => {
                let filled = |(_, line): &(usize, &str)| !line.trim().is_empty();
                (1..).zip(self.text.lines()).filter(filled).collect()
            }
            Shape::One => vec![(1, self.text.as_str())],
        })
    }

    /// What the `text` of the record of this `number` says.
    pub(crate) fn parse<T: DeserializeOwned>(
        &self,
        file: &Path,
        noun: &str,
        (number, text): (usize, &str),
    ) -> Result<T, Error> {
        let whole = || parse_object(file, text, noun);
        match self.shape {
            Shape::Lines => parse_object_line(file, text, noun, number - 1),
            Shape::List | Shape::Rows { .. } => {
                whole().map_err(|error| error.placed(self.spot(number)))
            }
            Shape::One => whole(),
        }
    }

    /// The names of the fields that the records have, in the order of their first appearance.
    pub(crate) fn fields(&self, file: &Path, noun: &str) -> Result<Vec<String>, Error> {
        let mut fields: IndexSet<String> = IndexSet::new();
        for (_, text) in self.texts(file, noun)? {
            let record = serde_json::from_str::<Map<String, Value>>(text).unwrap_or_default();
            fields.extend(record.into_iter().map(|(name, _)| name));
        }
        Ok(fields.into_iter().collect())
    }
}

impl Records {
    /// The records as rows, their fields as columns. Lists become lines, but turns stay what they are.
    pub(crate) fn table(&self, file: &Path, noun: &str) -> Result<Table, Error> {
        let header = self.fields(file, noun)?;
        let mut rows = Vec::new();
        for record in self.texts(file, noun)? {
            let fields: Map<String, Value> = self.parse(file, noun, record)?;
            let cells = header.iter().map(|name| cell(fields.get(name)));
            rows.push((record.0, cells.collect::<StringRecord>()));
        }
        Ok(Table::of_rows(header, rows))
    }
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(list)) if !conversation::are_turns(list) => {
            list.iter().map(|one| cell(Some(one))).collect::<Vec<_>>().join("\n")
        }
        Some(other) => other.to_string(),
    }
}

/// Refuses an object that has a name twice in `text`, which starts after `before` lines of the file.
pub(crate) fn refuse_twice(file: &Path, text: &str, before: usize) -> Result<(), Error> {
    let found = match has_no_numbers(text) {
        true => named_twice(&no_numbers_as_text(text.to_owned())),
        false => named_twice(text),
    };
    let Some((name, line)) = found else { return Ok(()) };
    let expected = "each name once; remove one of them";
    Err(Error::field(file, Spot::Line(before + line), name, "it twice in one object", expected))
}

fn has_no_numbers(text: &str) -> bool {
    text.contains("NaN") || text.contains("Infinity")
}

/// `text` in which `NaN` and `Infinity`, where values are, are the texts `"NaN"` and `"Infinity"`.
pub(crate) fn no_numbers_as_text(text: String) -> String {
    if !has_no_numbers(&text) {
        return text;
    }
    let mut quoted = String::with_capacity(text.len() + 16);
    for (at, part) in quotes(&text).enumerate() {
        match at % 2 {
            0 => {
                let part = part.replace("NaN", "\"NaN\"").replace("Infinity", "\"Infinity\"");
                quoted.push_str(&part.replace("-\"Infinity\"", "\"-Infinity\""));
            }
            _ => quoted.push_str(part),
        }
    }
    quoted
}

/// The parts of a JSON text outside and inside quotation marks, in turns, each with the mark that ends
/// it.
fn quotes(text: &str) -> impl Iterator<Item = &str> {
    let (mut rest, mut inside) = (Some(text), false);
    std::iter::from_fn(move || {
        let part = rest?;
        let end = if inside { closing(part) } else { part.find('"').map(|at| at + 1) };
        inside = !inside;
        let (part, after) = part.split_at(end.unwrap_or(part.len()));
        rest = end.map(|_| after);
        Some(part)
    })
}

/// Where a quoted text ends, behind its closing mark.
fn closing(text: &str) -> Option<usize> {
    let mut escaped = false;
    let mark = text.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    });
    mark.map(|at| at + 1)
}
