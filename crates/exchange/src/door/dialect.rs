//! How a table is written out: what separates its cells, and its decimal sign.

use super::source::Source;
use std::io::{self, BufRead, BufReader, Read};

/// How cells are separated, and whether the file says so itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// The character between cells.
    pub separator: char,
    /// Whether a first line such as `sep=;` names it.
    pub declared: bool,
}

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The most bytes of a line that names the separator.
const LONGEST: u64 = 64;

/// Rows that are looked at to find the separator.
const LOOKED_AT: usize = 50;

impl Dialect {
    /// The dialect of `text`, and where its header begins.
    pub(super) fn of(text: &Source) -> io::Result<(Self, usize)> {
        let mut line = Vec::new();
        BufReader::new(text.from(0)?.take(LONGEST)).read_until(b'\n', &mut line)?;
        if line.ends_with(b"\n")
            && let Some(separator) = std::str::from_utf8(&line)
                .ok()
                .and_then(|line| declared(line.trim_end_matches('\n')))
        {
            return Ok((Self { separator, declared: true }, line.len()));
        }
        let (mut best, mut most) = (b',', None);
        for separator in SEPARATORS {
            let evenness = Some(evenness(text.from(0)?, separator));
            if evenness >= most {
                (best, most) = (separator, evenness);
            }
        }
        Ok((Self { separator: best.into(), declared: false }, 0))
    }

    /// What a message calls its cells.
    pub fn name(&self) -> &'static str {
        match self.separator {
            ',' => "separated by commas",
            ';' => "separated by semicolons",
            '\t' => "separated by tabs",
            '|' => "separated by bars",
            _ => "separated as its first line says",
        }
    }

    /// Whether `1,5` is one number: nothing is separated by its comma.
    pub fn has_decimal_commas(&self) -> bool {
        self.separator != ','
    }
}

/// The separator in a line such as `sep=;`, as Excel reads and writes it.
fn declared(line: &str) -> Option<char> {
    let line = line.trim_matches(['"', '\r', '\u{feff}']);
    let rest = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    let mut characters = rest.chars();
    match (characters.next(), characters.next()) {
        (Some(separator), None) if separator.is_ascii() => Some(separator),
        _ => None,
    }
}

/// How many rows have as many cells as the header, if it is cut by this separator, and into how many.
/// Commas win where others cut as well.
fn evenness(text: impl Read, separator: u8) -> (bool, usize, usize) {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text);
    let mut records = reader.records().take(LOOKED_AT).map_while(Result::ok);
    let Some(header) = records.next() else { return (false, 0, 0) };
    let even = records.filter(|record| record.len() == header.len()).count();
    let cuts = header.len() > 1;
    (cuts, if cuts { even } else { 0 }, header.len() * 2 + usize::from(separator == b','))
}
