//! A table of an export. Its columns say what they hold, for the codebook.

use crate::Failure;
use exchange::ParquetType;
use study::ActiveTime;

/// A table and its columns.
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<String>>,
}

/// A column. What it holds may differ by row, as grades do by axis.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) holds: Vec<Holds>,
}

/// What a column holds.
pub(super) struct Holds {
    pub(super) kind: &'static str,
    /// What can be there, in order, with labels; empty where anything can.
    pub(super) levels: String,
    pub(super) meaning: String,
}

impl Table {
    pub(super) fn csv(&self) -> Result<String, Failure> {
        let header = self.columns.iter().map(|column| column.name.clone()).collect();
        Ok(exchange::encode_csv(std::iter::once(header).chain(self.rows.iter().cloned()))?)
    }

    pub(super) fn parquet(&self) -> Result<Vec<u8>, Failure> {
        let columns: Vec<(&str, ParquetType)> =
            self.columns.iter().map(|column| (column.name.as_str(), column.parquet())).collect();
        Ok(exchange::encode_parquet(&columns, &self.rows)?)
    }
}

impl Column {
    /// What it holds in a Parquet file.
    fn parquet(&self) -> ParquetType {
        match self.holds.first().map(|holds| holds.kind) {
            Some(GRADE | WHOLE_NUMBER) => ParquetType::Number,
            Some(FLAG) => ParquetType::Flag,
            Some(TIME) => ParquetType::Time,
            _ => ParquetType::Text,
        }
    }

    /// One that holds any value of its kind.
    pub(super) fn of(name: &str, kind: &'static str, meaning: &str) -> Self {
        Self::levels(name, kind, String::new(), meaning)
    }

    /// One that holds one of some `levels`.
    pub(super) fn levels(name: &str, kind: &'static str, levels: String, meaning: &str) -> Self {
        let holds = vec![Holds { kind, levels, meaning: meaning.into() }];
        Self { name: name.into(), holds }
    }

    pub(super) fn rater() -> Self {
        Self::of("rater", TEXT, "The rater's label.")
    }

    pub(super) fn item() -> Self {
        Self::of("item", TEXT, "The item's blinded identifier.")
    }

    pub(super) fn scenario() -> Self {
        Self::of("scenario", TEXT, "The scenario's blinded identifier.")
    }

    pub(super) fn repeat_of() -> Self {
        let meaning = "The item whose response this one shows again; empty for others.";
        Self::of("repeat_of", TEXT, meaning)
    }

    pub(super) fn axis() -> Self {
        Self::of("axis", TEXT, "The axis, by its name in the rubric.")
    }

    /// How long the rater was active at the item, and how often they came to it.
    pub(super) fn active() -> [Self; 2] {
        [
            Self::of(
                "active_seconds",
                WHOLE_NUMBER,
                "Seconds for which the item was on the screen and the rater active, up to the lock; time away does not \
                 count. None where it was not measured.",
            ),
            Self::of(
                "visits",
                WHOLE_NUMBER,
                "How often the rater came to the item for half a second or more.",
            ),
        ]
    }

    /// A grade on the axis that the row names.
    pub(super) fn grade_by_axis(name: &str, axes: &[study::Axis], what: &str) -> Self {
        let holds = |axis: &study::Axis| Holds {
            kind: GRADE,
            levels: grades(axis),
            meaning: format!("{what} Where axis is {}: {}.", axis.id, axis.label),
        };
        Self { name: name.into(), holds: axes.iter().map(holds).collect() }
    }
}

pub(super) const TEXT: &str = "text";
pub(super) const CODE: &str = "code";
pub(super) const FLAG: &str = "true or false";
pub(super) const GRADE: &str = "grade";
pub(super) const NUMBER: &str = "number";
pub(super) const WHOLE_NUMBER: &str = "whole number";
pub(super) const TIME: &str = "time";

/// The cells of [`Column::active`].
pub(super) fn active(time: Option<&ActiveTime>) -> [String; 2] {
    // A Parquet column of whole numbers ends there, after 68 years.
    let seconds = |time: &ActiveTime| time.seconds().min(i32::MAX as u64);
    let cells = |time: &ActiveTime| [seconds(time).to_string(), time.visits.to_string()];
    time.map(cells).unwrap_or_default()
}

/// An axis's grades with their labels.
pub(super) fn grades(axis: &study::Axis) -> String {
    levels(axis.levels.iter().map(|level| (level.grade.to_string(), level.label.as_str())))
}

/// Codes with their labels.
pub(super) fn codes(codes: &[study::Code]) -> String {
    levels(codes.iter().map(|code| (code.code.clone(), code.label.as_str())))
}

/// Values in order, with labels.
pub(super) fn levels<'a>(levels: impl Iterator<Item = (String, &'a str)>) -> String {
    let level = |(value, label): (String, &str)| format!("{value} = {label}");
    levels.map(level).collect::<Vec<_>>().join(" | ")
}
