//! Workbooks, by calamine: xlsx, xlsm, xlsb, xls and ods.

use super::table::Table;
use crate::Error;
use calamine::{Data, DataType, Reader, Sheets, open_workbook_auto_from_rs};
use csv::StringRecord;
use std::io::Cursor;
use std::path::Path;

/// The table on the sheet called `asked`, or on the only one that has cells.
pub(crate) fn read(
    file: &Path,
    bytes: Vec<u8>,
    asked: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<Table, Error> {
    let damaged = |error: calamine::Error| {
        Error::inconsistent(file, format!("the workbook cannot be read ({error})"))
    };
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let sheet = choose(file, &mut book, asked)?;
    notes.push(format!("{}: read from the sheet “{sheet}”.", file.display()));
    let range = book.worksheet_range(&sheet).map_err(damaged)?;
    let first = range.start().map_or(0, |(row, _)| row as usize);
    let mut rows = range
        .rows()
        .enumerate()
        .map(|(at, row)| (first + at + 1, row.iter().map(written).collect::<StringRecord>()));
    let mut header: Vec<String> =
        match rows.by_ref().find(|(_, row)| row.iter().any(|cell| !cell.is_empty())) {
            Some((_, row)) => row.iter().map(|name| name.trim().to_owned()).collect(),
            None => {
                return Err(Error::Empty {
                    file: file.to_owned(),
                    expected: "a sheet with a header and rows".into(),
                });
            }
        };
    while header.last().is_some_and(String::is_empty) {
        header.pop();
    }
    Ok(Table::of_rows(header, rows.collect()))
}

fn choose(
    file: &Path,
    book: &mut Sheets<Cursor<Vec<u8>>>,
    asked: Option<&str>,
) -> Result<String, Error> {
    let names = book.sheet_names();
    if let Some(asked) = asked {
        return names.iter().find(|name| *name == asked).cloned().ok_or_else(|| {
            let expected = format!("one of {}", names.join(", "));
            Error::field(file, "", "sheet", format!("no sheet `{asked}`"), expected)
        });
    }
    let filled: Vec<String> = names
        .into_iter()
        .filter(|name| book.worksheet_range(name).is_ok_and(|range| !range.is_empty()))
        .collect();
    match filled.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(Error::Empty { file: file.to_owned(), expected: "a sheet with cells".into() }),
        [one, ..] => {
            let expected = format!(
                "one of them: add # and its name to the file's, as in {}#{one}",
                file.display()
            );
            let found = format!("{} sheets with cells ({})", filled.len(), filled.join(", "));
            Err(Error::field(file, "", "sheet", found, expected))
        }
    }
}

/// A cell as a CSV would have it: whole numbers without a point, dates as the sheet shows a day.
fn written(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        Data::Error(error) => format!("{error}"),
        other => other.as_string().unwrap_or_else(|| other.to_string()),
    }
}
