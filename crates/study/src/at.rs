//! Where something is wrong.

use serde::Serialize;
use ts_rs::TS;

/// Where something is wrong, and what: for programs and screens, which are not to read it out of a sentence.
/// What is not known, or does not apply, is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct At {
    /// The file, as it was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub file: Option<String>,
    /// What names the file, as the command calls it, such as `responses`: one file may be named twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub named_by: Option<String>,
    /// The line in it, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub line: Option<u32>,
    /// The field, as files and commands name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub field: Option<String>,
    /// What is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub found: Option<String>,
    /// What would be right.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub expected: Option<String>,
}

impl At {
    /// In this field.
    pub fn field(field: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..Self::default() }
    }

    /// In this file.
    pub fn in_file(self, file: impl Into<String>) -> Self {
        Self { file: Some(file.into()), ..self }
    }

    /// On this line.
    pub fn on(self, line: usize) -> Self {
        Self { line: u32::try_from(line).ok(), ..self }
    }

    /// In this field of what is known.
    pub fn within(self, field: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..self }
    }

    /// Where this is found.
    pub fn of(self, found: impl Into<String>) -> Self {
        Self { found: Some(found.into()), ..self }
    }

    /// Where this would be right.
    pub fn expecting(self, expected: impl Into<String>) -> Self {
        Self { expected: Some(expected.into()), ..self }
    }
}
