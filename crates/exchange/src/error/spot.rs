//! Where in a file something is wrong.

use std::fmt::{self, Display, Formatter};

/// Where in a file a field stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// In the file as a whole.
    Whole,
    /// On a line, from 1.
    Line(usize),
    /// In one of the parts of this kind, from 1.
    Numbered(Part, usize),
    /// In a part that has a name, as in `, record 3`.
    Named(String),
}

/// What a file has many of, other than lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// An entry of a list.
    Entry,
    /// A row of a table that is not text.
    Row,
    /// A sample of a run.
    Sample,
    /// A request to a model.
    Request,
    /// The result of a test.
    Result,
}

impl Part {
    const ALL: [Self; 5] = [Self::Entry, Self::Row, Self::Sample, Self::Request, Self::Result];

    /// What a message calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Row => "row",
            Self::Sample => "sample",
            Self::Request => "request",
            Self::Result => "result",
        }
    }
}

impl Spot {
    /// The line of this number, or the part that a message calls `unit`.
    pub(crate) fn called(unit: &str, number: usize) -> Self {
        match Part::ALL.into_iter().find(|part| part.name() == unit) {
            Some(part) => Self::Numbered(part, number),
            None if unit == "line" => Self::Line(number),
            None => Self::Named(format!(", {unit} {number}")),
        }
    }

    /// The line of this number, or the part.
    pub(crate) fn number(part: Option<Part>, number: usize) -> Self {
        part.map_or(Self::Line(number), |part| Self::Numbered(part, number))
    }
}

impl Display for Spot {
    fn fmt(&self, text: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Line(line) => write!(text, ", line {line}"),
            Self::Numbered(part, number) => write!(text, ", {} {number}", part.name()),
            Self::Named(name) => text.write_str(name),
        }
    }
}

impl From<&str> for Spot {
    fn from(name: &str) -> Self {
        Self::from(name.to_owned())
    }
}

impl From<String> for Spot {
    fn from(name: String) -> Self {
        if name.is_empty() { Self::Whole } else { Self::Named(name) }
    }
}
