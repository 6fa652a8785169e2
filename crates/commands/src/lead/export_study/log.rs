//! The log as a table.

use super::table::{CODE, Column, TEXT, TIME, Table, WHOLE_NUMBER};
use crate::Failure;
use crate::lead::log_lines;
use crate::lead::open_study::OpenStudy;
use store::Event;

/// One row per entry, in order.
pub(super) fn log(study: &OpenStudy) -> Result<Table, Failure> {
    let rows = study.log.iter().zip(log_lines::all(study)).map(|(entry, line)| {
        Ok(vec![entry.number.to_string(), line.at, kind(&entry.event)?, line.message])
    });
    let columns = vec![
        Column::of("number", WHOLE_NUMBER, "The entry, from 1."),
        Column::of("at", TIME, "When, in UTC, by the lead author's clock."),
        Column::of("event", CODE, "What kind of event it is."),
        Column::of("message", TEXT, "What happened."),
    ];
    Ok(Table { columns, rows: rows.collect::<Result<_, Failure>>()? })
}

/// Its name in the study's file.
fn kind(event: &Event) -> Result<String, Failure> {
    let event = serde_json::to_value(event).map_err(Failure::refused)?;
    Ok(event["event"].as_str().unwrap_or_default().to_owned())
}
