//! Tables of responses, in any dialect or as a workbook: a row for each response.

use super::columns;
use super::gathered::{Answer, Gathered};
use crate::Error;
use crate::door::{Row, Table};
use crate::mapping::{Held, LookFor};
use crate::score_source::{is_absent, whole_number};

/// Reads a table.
pub(super) fn read(table: &Table, gathered: &mut Gathered) -> Result<(), Error> {
    let file = gathered.file.clone();
    let mapping = &gathered.columns.mapping;
    let held = Held::find(&file, table, columns::fields(), mapping, LookFor::OwnName)?;
    table.each(&file, |row| {
        gathered.add(row.line, answer(&held, &row, gathered));
        Ok(())
    })
}

fn answer(held: &Held<'_>, row: &Row<'_>, gathered: &Gathered) -> Result<Answer, Error> {
    let refuse = |field: &str, expected: &str| {
        let found = format!("`{}`", held.written(row, field).trim());
        gathered.refuse(row.line, held.name(field), &found, expected)
    };
    let number = |field: &str| {
        let text = held.written(row, field);
        let text = text.trim();
        if is_absent(text) {
            return Ok(None);
        }
        whole_number::<u64>(text).map(Some).ok_or_else(|| refuse(field, "a whole number"))
    };
    let rep_id = u32::try_from(number("rep_id")?.unwrap_or_default())
        .map_err(|_| refuse("rep_id", "a whole number up to 4294967295"))?;
    let filtered = truth(held.written(row, "content_filtered").trim())
        .ok_or_else(|| refuse("content_filtered", "true, false or nothing"))?;
    let text = held.written(row, "response");
    Ok(Answer {
        scenario_id: held.written(row, "scenario_id").into_owned(),
        model_id: held.written(row, "model_id").into_owned(),
        rep_id: Some(rep_id),
        filtered: filtered || super::is_withheld(&text, number("output_tokens")?),
        text: text.into_owned(),
    })
}

/// A truth value as programs and spreadsheets write it; nothing is false.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "1.0" => Some(true),
        "false" | "0" | "0.0" => Some(false),
        other if is_absent(other) => Some(false),
        _ => None,
    }
}
