//! The names of a table's columns: what is refused of them, and what is in their place.

use super::dialect::Dialect;
use super::source::Source;
use super::table::{line, plain, reader};
use crate::Error;
use crate::problems::clipped;
use rustc_hash::FxHashSet;
use std::io::{self, Read};
use std::path::Path;

/// The most bytes of a column's name: a question of a form may be a whole case.
const LONGEST_NAME: usize = 1 << 20;

/// Refuses what is longer than a name, and two columns with the same name: which of them was meant cannot be
/// known.
pub(super) fn check_header(file: &Path, names: &[String]) -> Result<(), Error> {
    let refuse = |found: String, expected: String| {
        Err(Error::field(file, line(1), "the header", found, expected))
    };
    let mut before = FxHashSet::default();
    for name in names.iter().filter(|name| !name.is_empty()) {
        if name.len() > LONGEST_NAME {
            let found = format!("a name of {} MB: “{}”", name.len() >> 20, clipped(name));
            return refuse(found, format!("names of at most {} MB", LONGEST_NAME >> 20));
        }
        if !before.insert(plain(name)) {
            let found = format!("two columns called `{}`", clipped(name));
            return refuse(found, "each name once; rename one of them".into());
        }
    }
    Ok(())
}

/// What is wrong where the first line of `text` is `only` one cell.
pub(super) fn no_header(file: &Path, only: &str, text: impl Read) -> io::Result<Error> {
    let text = io::read_to_string(text)?;
    let rest = text.trim_start().split_once('\n').map_or("", |(_, rest)| rest);
    let rest = Source::Held(rest.to_owned());
    let (dialect, start) = Dialect::of(&rest)?;
    let mut rows = reader(rest.from(start)?, dialect);
    let second = rows.headers().cloned().unwrap_or_default();
    let filled = second.iter().filter(|cell| !cell.trim().is_empty()).count();
    Ok(match rows.into_records().next() {
        Some(Ok(third)) if filled > 1 && second.len() == third.len() => title_row(file, only),
        _ => {
            let found = format!("only “{}”", clipped(only));
            let expected = "the names of several columns, separated by commas, semicolons, tabs or bars. If this is \
                            no table, take another file";
            Error::field(file, line(1), "the header", found, expected)
        }
    })
}

/// What is said of a table whose first row is a title.
pub(super) fn title_row(file: &Path, title: &str) -> Error {
    let found = format!("the title “{}” above the columns' names", clipped(title));
    Error::field(
        file,
        line(1),
        "the header",
        found,
        "the columns' names on the first line; remove the title",
    )
}
