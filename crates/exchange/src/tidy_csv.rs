//! Tidy CSV: `rater,item,axis,value`, one grade per row.

use crate::Error;
use crate::csv_line::{csv_error, line_of};
use crate::file::write_new;
use crate::responses::place;
use crate::score_source::{Cell, Cells};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use study::{Place, RaterScores, RubricClaim, Scale, Score};

/// A table of grades by one or more raters.
#[derive(Clone, Debug)]
pub struct TidyTable {
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    line: usize,
    rater: String,
    item: String,
    axis: String,
    value: String,
    scenario: Option<String>,
}

/// Parses the table in `text`.
pub(crate) fn read_tidy_csv(file: &Path, text: &str) -> Result<TidyTable, Error> {
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_reader(text.as_bytes());
    let failed = |error: csv::Error| csv_error(file, text, &error);
    let headers = reader.headers().map_err(failed)?.clone();
    let columns = columns(file, &headers)?;
    let scenario = headers.iter().position(|header| ["scenario", "scenario_id"].contains(&header));
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(failed)?;
        let line = line_of(text, record.position());
        let [rater, item, axis, value] = columns.map(|column| record[column].trim().to_owned());
        for (field, text) in [("rater", &rater), ("item", &item), ("axis", &axis)] {
            if text.is_empty() {
                return Err(Error::field(file, place(line), field, "nothing", "a name"));
            }
        }
        let scenario = scenario.map(|column| record[column].trim().to_owned());
        rows.push(Row { line, rater, item, axis, value, scenario });
    }
    if rows.is_empty() {
        let expected = "a row for each grade: rater, item, axis, value";
        return Err(Error::Empty { file: file.to_owned(), expected: expected.into() });
    }
    Ok(TidyTable { rows })
}

/// Where rater, item, axis and value stand.
pub(crate) fn columns(file: &Path, headers: &csv::StringRecord) -> Result<[usize; 4], Error> {
    let column = |names: &[&str]| {
        headers.iter().position(|header| names.contains(&header)).ok_or_else(|| {
            let found = format!("the columns {}", headers.iter().collect::<Vec<_>>().join(", "));
            Error::field(file, place(1), names[0], found, "the columns rater, item, axis, value")
        })
    };
    Ok([
        column(&["rater", "rater_id", "judge", "judge_id"])?,
        column(&["item", "item_id"])?,
        column(&["axis", "axis_id"])?,
        column(&["value", "grade"])?,
    ])
}

impl TidyTable {
    /// The scores of `rater`, or of the only one, on the `declared` scales.
    pub(crate) fn scores(
        &self,
        file: &Path,
        rater: Option<&str>,
        declared: &[Scale],
    ) -> Result<RaterScores, Error> {
        let rater = self.choose_rater(file, rater)?;
        let mut cells = Cells::new(file);
        let mut axes = BTreeSet::new();
        let mut places = BTreeMap::new();
        for row in self.rows.iter().filter(|row| row.rater == rater) {
            let scale = declared.iter().find(|scale| scale.axis == row.axis).ok_or_else(|| {
                let found = format!("`{}`, an axis whose scale is not declared", row.axis);
                let meant = |scale: &&Scale| scale.axis.eq_ignore_ascii_case(row.axis.trim());
                let expected = match declared.iter().find(meant) {
                    Some(scale) => format!("`{}`, in the same letters", scale.axis),
                    None => format!(
                        "a declared scale: a table does not say which grades exist. Give --scale \
                         {}=LOWEST..HIGHEST",
                        row.axis
                    ),
                };
                Error::field(file, place(row.line), "axis", found, expected)
            })?;
            axes.insert(&scale.axis);
            if let Some(scenario) = row.scenario.clone().filter(|scenario| !scenario.is_empty()) {
                places.insert(row.item.clone(), Place { scenario, ..Place::default() });
            }
            let (line, item) = (row.line, row.item.clone());
            cells.insert(Cell { line, item, field: "value", text: &row.value, scale })?;
        }
        Ok(RaterScores {
            rater: rater.to_owned(),
            study: None,
            rubric: RubricClaim::Unstated,
            scales: declared.iter().filter(|scale| axes.contains(&scale.axis)).cloned().collect(),
            items: cells.items,
            places,
            ..RaterScores::default()
        })
    }

    /// The raters' names.
    pub(crate) fn raters(&self) -> BTreeSet<&str> {
        self.rows.iter().map(|row| row.rater.as_str()).collect()
    }

    fn choose_rater<'a>(&'a self, file: &Path, wanted: Option<&'a str>) -> Result<&'a str, Error> {
        let raters = self.raters();
        let names = raters.iter().copied().collect::<Vec<_>>().join(", ");
        match (wanted, raters.len()) {
            (Some(wanted), _) if raters.contains(wanted) => Ok(wanted),
            (Some(wanted), _) => Err(Error::field(
                file,
                "",
                "rater",
                format!("no rater `{wanted}`"),
                format!("one of {names}"),
            )),
            (None, 1) => Ok(raters.first().copied().unwrap_or_default()),
            (None, _) => {
                let expected = format!(
                    "one rater: add @ and a name to the file's, as in {}@{}",
                    file.display(),
                    raters.first().copied().unwrap_or_default()
                );
                Err(Error::field(
                    file,
                    "",
                    "rater",
                    format!("{} raters ({names})", raters.len()),
                    expected,
                ))
            }
        }
    }
}

/// Writes `scores` as a tidy table to a new file. Items without a grade have no row.
pub fn write_tidy_csv(file: &Path, scores: &RaterScores) -> Result<(), Error> {
    let failed = |error: csv::Error| Error::inconsistent(file, error);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["rater", "item", "axis", "value"]).map_err(failed)?;
    for (item, on_axes) in &scores.items {
        for scale in &scores.scales {
            if let Some(Score::Grade(grade)) = on_axes.get(&scale.axis) {
                let row = [
                    &guard(&scores.rater),
                    &guard(item),
                    &guard(&scale.axis),
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
            .write_record(row.iter().map(|cell| guard(cell).into_owned()))
            .map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

/// Keeps a spreadsheet from taking a text for a formula. A grade below zero is none.
fn guard(text: &str) -> Cow<'_, str> {
    let below_zero = text.starts_with('-') && text.parse::<i64>().is_ok();
    if !below_zero && text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}
