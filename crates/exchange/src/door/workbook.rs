//! Workbooks, by calamine: xlsx, xlsm, xlsb, xls and ods.

use super::table::{Table, check_header, title_row};
use crate::Error;
use calamine::{Data, DataType, Reader, Sheets, XlsxError, open_workbook_auto_from_rs};
use csv::StringRecord;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use zip::ZipArchive;

type Book = Sheets<Cursor<Vec<u8>>>;

/// The most bytes that the parts of a workbook may unpack to.
const UNPACKED: u64 = 1 << 30;

/// The table on the sheet called `asked`, or on the only one that has cells.
pub(crate) fn read(
    file: &Path,
    bytes: Vec<u8>,
    asked: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<Table, Error> {
    refuse_bomb(file, &bytes)?;
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(damaged(file))?;
    let (sheet, cells) = choose(file, &mut book, asked)?;
    notes.push(format!("{}: read from the sheet “{sheet}”.", file.display()));
    let mut rows = cells.into_iter().map(|(row, cells)| (row as usize + 1, record(&cells)));
    let (_, header) = rows.next().unwrap_or_default();
    let mut header: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    while header.last().is_some_and(String::is_empty) {
        header.pop();
    }
    let rows: Vec<(usize, StringRecord)> = rows.collect();
    if let ([title], Some((_, below))) = (header.as_slice(), rows.first())
        && below.len() > 1
    {
        return Err(title_row(file, title));
    }
    // A row ends where its last cell is.
    let filled = |(row, mut record): (usize, StringRecord)| {
        (record.len()..header.len()).for_each(|_| record.push_field(""));
        (row, record)
    };
    let rows = rows.into_iter().map(filled).collect();
    check_header(file, &header)?;
    Ok(Table::of_rows(header, rows))
}

fn damaged(file: &Path) -> impl Fn(calamine::Error) -> Error {
    move |error| Error::inconsistent(file, format!("the workbook cannot be read ({error})"))
}

/// Refuses what unpacks to more than any table of grades, before it fills the memory.
fn refuse_bomb(file: &Path, bytes: &[u8]) -> Result<(), Error> {
    // Other formats than zip are not packed.
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    let parts = zip.len();
    let size = |at| zip.by_index_raw(at).map_or(0, |part| part.size());
    let unpacked = (0..parts).map(size).fold(0, u64::saturating_add);
    match unpacked > UNPACKED {
        true => Err(Error::inconsistent(
            file,
            format!(
                "the workbook unpacks to {} MB; expected at most {}",
                unpacked >> 20,
                UNPACKED >> 20
            ),
        )),
        false => Ok(()),
    }
}

/// The cells of a sheet that are not empty, by row and column: a sheet with a cell in its farthest corner
/// takes no more than one with two cells.
type Cells = BTreeMap<u32, BTreeMap<u32, String>>;

fn cells(file: &Path, book: &mut Book, sheet: &str) -> Result<Cells, Error> {
    let mut cells = Cells::new();
    let mut take = |(row, column): (u32, u32), text: String| {
        if !text.trim().is_empty() {
            cells.entry(row).or_default().insert(column, text);
        }
    };
    if let Sheets::Xlsx(book) = book {
        let failed = |error: XlsxError| damaged(file)(error.into());
        let mut reader = book.worksheet_cells_reader(sheet).map_err(failed)?;
        while let Some(cell) = reader.next_cell().map_err(failed)? {
            take(cell.get_position(), written(&cell.get_value().clone().into()));
        }
        return Ok(cells);
    }
    let range = book.worksheet_range(sheet).map_err(damaged(file))?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, cell) in range.used_cells() {
        take((first_row + row as u32, first_column + column as u32), written(cell));
    }
    Ok(cells)
}

fn record(cells: &BTreeMap<u32, String>) -> StringRecord {
    let last = cells.last_key_value().map_or(0, |(column, _)| *column);
    (0..=last).map(|column| cells.get(&column).map_or("", String::as_str)).collect()
}

fn choose(file: &Path, book: &mut Book, asked: Option<&str>) -> Result<(String, Cells), Error> {
    let names = book.sheet_names();
    if let Some(asked) = asked {
        if !names.iter().any(|name| name == asked) {
            let expected = format!("one of {}", names.join(", "));
            return Err(Error::field(file, "", "sheet", format!("no sheet `{asked}`"), expected));
        }
        return Ok((asked.to_owned(), cells(file, book, asked)?));
    }
    let mut filled = Vec::new();
    for name in names {
        let found = cells(file, book, &name)?;
        if !found.is_empty() {
            filled.push((name, found));
        }
    }
    let sheets: Vec<&str> = filled.iter().map(|(name, _)| name.as_str()).collect();
    match sheets.as_slice() {
        [_] => Ok(filled.remove(0)),
        [] => Err(Error::Empty { file: file.to_owned(), expected: "a sheet with cells".into() }),
        [one, ..] => {
            let expected = format!(
                "one of them: add # and its name to the file's, as in {}#{one}",
                file.display()
            );
            let found = format!("{} sheets with cells ({})", sheets.len(), sheets.join(", "));
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
