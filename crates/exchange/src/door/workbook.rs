//! Workbooks, by calamine: xlsx, xlsm, xlsb, xls and ods.

use super::header::{check_header, title_row};
use super::library::quietly;
use super::table::Table;
use crate::Error;
use crate::problems::first_few;
use calamine::{
    Data, DataType, ExcelDateTime, Reader, SheetVisible, Sheets, XlsxError,
    open_workbook_auto_from_rs,
};
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
    let (name, sheet) = guarded(file, || choose(file, &mut open(file, bytes)?, asked, notes))?;
    notes.push(format!("{}: read from the sheet “{name}”.", file.display()));
    sheet.tell(file, notes);
    let mut rows = sheet.cells.into_iter().map(|(row, cells)| (row as usize + 1, record(&cells)));
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

fn open(file: &Path, bytes: Vec<u8>) -> Result<Book, Error> {
    refuse_bomb(file, &bytes)?;
    open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(damaged(file))
}

/// What `read` makes of a workbook on which the library may panic.
fn guarded<T>(file: &Path, read: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    quietly(read).unwrap_or_else(|| {
        let reason = "the workbook cannot be read: its parts contradict each other. Save it again, or \
                      save the sheet as CSV";
        Err(Error::inconsistent(file, reason))
    })
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

/// What is on a sheet.
#[derive(Default)]
struct Sheet {
    cells: Cells,
    /// Cells with a formula whose value was not saved.
    unsaved: Vec<String>,
    /// Cells with a whole number of more digits than a spreadsheet keeps.
    rounded: Vec<String>,
}

/// The least number that has more digits than a spreadsheet keeps.
const ROUNDED: f64 = 1e15;

impl Sheet {
    fn of(file: &Path, book: &mut Book, name: &str) -> Result<Self, Error> {
        let mut sheet = Self::default();
        if let Sheets::Xlsx(book) = book {
            let failed = |error: XlsxError| damaged(file)(error.into());
            let mut reader = book.worksheet_cells_reader(name).map_err(failed)?;
            while let Some(cell) = reader.next_cell_with_formula().map_err(failed)? {
                let value: Data = cell.value.into();
                if cell.formula.is_some() && value == Data::Empty {
                    sheet.unsaved.push(place(cell.pos));
                }
                sheet.take(cell.pos, &value);
            }
            return Ok(sheet);
        }
        let range = book.worksheet_range(name).map_err(damaged(file))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, cell) in range.used_cells() {
            sheet.take((first_row + row as u32, first_column + column as u32), cell);
        }
        Ok(sheet)
    }

    fn take(&mut self, at: (u32, u32), value: &Data) {
        if matches!(value, Data::Float(number) if number.abs() >= ROUNDED) {
            self.rounded.push(place(at));
        }
        let text = written(value);
        if !text.trim().is_empty() {
            self.cells.entry(at.0).or_default().insert(at.1, text);
        }
    }

    /// Says what of it is not as it seems.
    fn tell(&self, file: &Path, notes: &mut Vec<String>) {
        let mut say = |places: &[String], what: &str, advice: &str| {
            let cells = match places {
                [] => return,
                [only] => format!("the cell {only}"),
                several => format!("the cells {}", first_few(several)),
            };
            notes.push(format!("{}: {what}, in {cells}. {advice}.", file.display()));
        };
        say(
            &self.unsaved,
            "a formula without a saved value, read as empty",
            "Open the workbook in a spreadsheet and save it",
        );
        say(
            &self.rounded,
            "a number of more than 15 digits, of which a spreadsheet keeps 15",
            "If it is the name of an item, make the column text before it is entered",
        );
    }
}

/// A cell as a spreadsheet calls it, such as `B7`.
fn place((row, column): (u32, u32)) -> String {
    let (mut letters, mut rest) = (String::new(), column + 1);
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

fn record(cells: &BTreeMap<u32, String>) -> StringRecord {
    let last = cells.last_key_value().map_or(0, |(column, _)| *column);
    (0..=last).map(|column| cells.get(&column).map_or("", String::as_str)).collect()
}

/// A sheet that has cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetSeen {
    /// Its name.
    pub name: String,
    /// Whether a spreadsheet does not show it.
    pub hidden: bool,
}

/// The sheets with cells of a workbook, in its order.
pub(crate) fn sheets(file: &Path, bytes: Vec<u8>) -> Result<Vec<SheetSeen>, Error> {
    let filled = guarded(file, || filled(file, &mut open(file, bytes)?))?;
    Ok(filled.into_iter().map(|(seen, _)| seen).collect())
}

fn filled(file: &Path, book: &mut Book) -> Result<Vec<(SheetSeen, Sheet)>, Error> {
    let mut filled = Vec::new();
    for seen in book.sheets_metadata().to_vec() {
        let sheet = Sheet::of(file, book, &seen.name)?;
        if !sheet.cells.is_empty() {
            let hidden = seen.visible != SheetVisible::Visible;
            filled.push((SheetSeen { name: seen.name, hidden }, sheet));
        }
    }
    Ok(filled)
}

/// The sheet called `asked`, or the only one with cells that is not hidden, or the only one.
fn choose(
    file: &Path,
    book: &mut Book,
    asked: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<(String, Sheet), Error> {
    if let Some(asked) = asked {
        let names = book.sheet_names();
        if !names.iter().any(|name| name == asked) {
            let expected = format!("one of {}", names.join(", "));
            return Err(Error::field(file, "", "sheet", format!("no sheet `{asked}`"), expected));
        }
        return Ok((asked.to_owned(), Sheet::of(file, book, asked)?));
    }
    let mut filled = filled(file, book)?;
    if filled.iter().filter(|(seen, _)| !seen.hidden).count() == 1 {
        let left_out = filled.extract_if(.., |(seen, _)| seen.hidden).map(|(seen, _)| seen.name);
        let left_out: Vec<String> = left_out.collect();
        if let [first, ..] = left_out.as_slice() {
            notes.push(format!(
                "{0}: not read, because hidden: {1}. To read one, add # and its name to the file's, as in {0}#{first}.",
                file.display(),
                left_out.join(", ")
            ));
        }
    }
    let sheets: Vec<&str> = filled.iter().map(|(seen, _)| seen.name.as_str()).collect();
    match sheets.as_slice() {
        [] => Err(Error::Empty { file: file.to_owned(), expected: "a sheet with cells".into() }),
        [_] => {
            let (seen, sheet) = filled.remove(0);
            if seen.hidden {
                notes.push(format!(
                    "{}: the sheet “{}” is hidden. It was read because no other sheet has cells.",
                    file.display(),
                    seen.name
                ));
            }
            Ok((seen.name, sheet))
        }
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

/// A day, and the time of the day if it is not midnight, as `2026-11-29 18:30:00`.
fn iso(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
    }
}

/// A cell as a CSV would have it: whole numbers without a point, dates in the order of ISO 8601.
fn written(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::DateTime(time) if time.is_datetime() => iso(time),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < ROUNDED => {
            format!("{number:.0}")
        }
        Data::Error(error) => format!("{error}"),
        other => other.as_string().unwrap_or_else(|| other.to_string()),
    }
}
