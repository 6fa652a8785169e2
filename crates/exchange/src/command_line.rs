//! Parts of commands that a person is told to give.

use crate::problems::clipped;

/// A column's name as a mapping takes it: on one line, in quotation marks if it holds a comma.
pub fn named_column(name: &str) -> String {
    // Only these do not matter in a name.
    let line: Vec<&str> = name.split([' ', '\r', '\n']).filter(|part| !part.is_empty()).collect();
    let name = line.join(" ");
    match name.contains([',', '"']) || name.starts_with(':') {
        true => format!("\"{}\"", name.replace('"', "\"\"")),
        false => name,
    }
}

/// Columns that an option names.
const NAMED: usize = 30;

/// `--map FIELD=COLUMN,COLUMN`, as a shell takes it. Of many columns it has the first, and a name that is longer
/// than a line is left to the person.
pub(crate) fn map_option(field: &str, columns: &[&str]) -> String {
    let name = |name: &&str| match clipped(name) == **name {
        true => named_column(name),
        false => "COLUMN".into(),
    };
    let mut names: Vec<String> = columns.iter().take(NAMED).map(name).collect();
    if columns.len() > NAMED {
        names.push("…".into());
    }
    format!("--map {}", quoted(&format!("{field}={}", names.join(","))))
}

/// A file's name or an option's value, as a shell takes it.
pub fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-=@:,+%".contains(c);
    match text.chars().all(plain) {
        true => text.into(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}
