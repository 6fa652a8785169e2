//! REDCap's export of records as CSV, raw or labelled, as of REDCap 15: a row for each record, a column
//! for each field. With double data entry a record is there once for each of the two who entered it, as
//! `R001--1` and `R001--2`, and a third time, merged, as `R001`. What REDCap adds is left out: events,
//! data access groups, whether a form is complete, and check boxes.

use super::axes::add_rows;
use super::columns::Columns;
use crate::Error;
use crate::door::{line, plain};
use crate::grades::{Grades, Layout};

/// What stands between the record and who entered it.
const ENTERED_BY: &str = "--";

/// Columns by which one record has several rows: raw and labelled.
const REPEATED: [[&str; 2]; 2] =
    [["redcap_event_name", "Event Name"], ["redcap_repeat_instance", "Repeat Instance"]];

/// Columns of REDCap's own in a labelled export.
const LABELLED: [&str; 6] = [
    "Complete?",
    "Event Name",
    "Repeat Instrument",
    "Repeat Instance",
    "Data Access Group",
    "Survey Identifier",
];

/// Reads an export of REDCap; `None` if it is none.
pub(super) fn read(columns: &Columns<'_>) -> Result<Option<Grades>, Error> {
    let Some(record) = columns.table.column(&["record_id", "Record ID"]) else { return Ok(None) };
    let has_own = columns.table.header().iter().any(|name| is_own(name));
    let (double, single) = entries(columns, record)?;
    if !has_own && double == 0 {
        return Ok(None);
    }
    let rater = if double > 0 { None } else { columns.rater(record) };
    if rater.is_none() {
        refuse_repeated(columns)?;
    }
    let mut axes = columns.graded(&[Some(record), rater]);
    axes.retain(|at| columns.has_few_values(*at) && !is_own(columns.name(*at)));
    let mut grades = Grades::of_table(columns.file, Layout::RedCap, columns.table);
    let of_file = match (double, rater) {
        (0, None) => columns.rater_of_file(&mut grades),
        _ => String::new(),
    };
    add_rows(columns, &mut grades, &axes, |row| {
        let name = row.cell(record);
        match name.rsplit_once(ENTERED_BY) {
            Some((item, rater)) if double > 0 => Some((rater.to_owned(), item.to_owned())),
            _ if double > 0 => None,
            _ => Some((
                rater.map_or(&*of_file, |column| row.cell(column)).to_owned(),
                name.to_owned(),
            )),
        }
    })?;
    if double > 0 && single > 0 {
        columns.note(&mut grades, format!("rows left out, which are no double entries: {single}."));
    }
    columns.note_left_out(&mut grades, &axes, &[Some(record), rater]);
    Ok(Some(grades))
}

fn is_own(name: &str) -> bool {
    name.starts_with("redcap_")
        || name.ends_with("_complete")
        || name.contains("___")
        || LABELLED.iter().any(|own| plain(own) == plain(name))
}

/// How many records are double entries, and how many are not.
fn entries(columns: &Columns<'_>, record: usize) -> Result<(usize, usize), Error> {
    let (mut double, mut single) = (0, 0);
    columns.table.each(columns.file, |row| {
        let is_entry = row.cell(record).contains(ENTERED_BY);
        *(if is_entry { &mut double } else { &mut single }) += 1;
        Ok(())
    })?;
    Ok((double, single))
}

/// A record is one item, unless it comes again in another event.
fn refuse_repeated(columns: &Columns<'_>) -> Result<(), Error> {
    for names in REPEATED {
        if let Some(column) = columns.table.column(&names).filter(|at| columns.different(*at) > 1) {
            let found = format!("{} different ones", columns.different(column));
            let expected = "one event and instance for each record: export one at a time";
            return Err(Error::field(columns.file, line(1), columns.name(column), found, expected));
        }
    }
    Ok(())
}
