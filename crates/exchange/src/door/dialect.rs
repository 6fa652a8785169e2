//! How a table is written out: what separates its cells, and its decimal sign.

/// How cells are separated, and whether the file says so itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// The character between cells.
    pub separator: char,
    /// Whether a first line such as `sep=;` names it.
    pub declared: bool,
}

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Rows that are looked at to find the separator.
const LOOKED_AT: usize = 50;

impl Dialect {
    /// The dialect of `text`, and where its header begins.
    pub(crate) fn of(text: &str) -> (Self, usize) {
        if let Some((line, rest)) = text.split_once('\n')
            && let Some(separator) = declared(line)
        {
            return (Self { separator, declared: true }, text.len() - rest.len());
        }
        let best = SEPARATORS.into_iter().max_by_key(|separator| evenness(text, *separator));
        let separator = char::from(best.unwrap_or(b','));
        (Self { separator, declared: false }, 0)
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
fn evenness(text: &str, separator: u8) -> (bool, usize, usize) {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records().take(LOOKED_AT).map_while(Result::ok);
    let Some(header) = records.next() else { return (false, 0, 0) };
    let even = records.filter(|record| record.len() == header.len()).count();
    let cuts = header.len() > 1;
    (cuts, if cuts { even } else { 0 }, header.len() * 2 + usize::from(separator == b','))
}
