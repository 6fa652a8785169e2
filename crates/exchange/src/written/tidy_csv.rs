//! Tidy CSV, written: `rater,item,axis,value`, one grade per row.

use crate::Error;
use crate::file::write_new;
use std::borrow::Cow;
use std::path::Path;
use study::{RaterScores, Score};

/// Writes `scores` as a tidy table to a new file. Items without a grade have no row.
pub fn write_tidy_csv(file: &Path, scores: &RaterScores) -> Result<(), Error> {
    let failed = |error: csv::Error| Error::inconsistent(file, error);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["rater", "item", "axis", "value"]).map_err(failed)?;
    for (item, on_axes) in scores.items.iter() {
        for scale in &scores.scales {
            if let Some(Score::Grade(grade)) = on_axes.get(&scale.axis) {
                let row = [
                    &csv_cell(&scores.rater),
                    &csv_cell(item),
                    &csv_cell(&scale.axis),
                    &Cow::from(grade.to_string()),
                ];
                writer.write_record(row.map(|cell| cell.as_bytes())).map_err(failed)?;
            }
        }
    }
    let bytes = writer.into_inner().map_err(|error| Error::inconsistent(file, error))?;
    write_new(file, &bytes)
}

/// A table as CSV, its cells kept from being taken for formulas.
pub fn encode_csv(rows: impl Iterator<Item = Vec<String>>) -> Result<String, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::inconsistent(Path::new("table"), error);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row.iter().map(|cell| csv_cell(cell).into_owned()))
            .map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

/// Keeps a spreadsheet from taking a text for a formula. A number below zero is none.
pub fn csv_cell(text: &str) -> Cow<'_, str> {
    let is_number = text.starts_with('-') && text.parse().is_ok_and(f64::is_finite);
    if !is_number && text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}
