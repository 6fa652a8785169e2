//! Lines and cells of a table changed.

use super::HOSTILE;
use crate::dice::Dice;

/// Values that are no sensible cell.
const CELLS: [&str; 12] = [
    "",
    "-1",
    "1.5",
    "1e999",
    "99999999999999999999999999",
    "NaN",
    "\"",
    "\"\"\"",
    "a,b",
    "\t",
    "0x1",
    "#NAME?",
];

pub(super) fn mutated(text: &str, dice: &mut Dice) -> (String, Vec<u8>) {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = dice.below(lines.len());
    let other = dice.below(lines.len());
    let what = match dice.below(5) {
        _ if lines.is_empty() => "nothing to change".into(),
        0 => {
            lines.remove(at);
            format!("without line {}", at + 1)
        }
        1 => {
            lines.insert(at, lines[at]);
            format!("line {} twice", at + 1)
        }
        2 => {
            lines.swap(at, other);
            format!("lines {} and {} exchanged", at + 1, other + 1)
        }
        3 => {
            lines.truncate(at);
            format!("the first {at} lines")
        }
        _ => {
            let cut = half(lines[at]);
            lines[at] = cut;
            format!("the second half of line {} gone, its end too", at + 1)
        }
    };
    (what, lines.concat().into_bytes())
}

/// The first half of a line.
fn half(line: &str) -> &str {
    let mut middle = line.len() / 2;
    while !line.is_char_boundary(middle) {
        middle -= 1;
    }
    &line[..middle]
}

/// One cell of a table that is separated by commas, or one word.
pub(super) fn mutated_cell(text: &str, dice: &mut Dice) -> (String, Vec<u8>) {
    let ends: Vec<usize> = text.match_indices([',', '\n']).map(|(at, _)| at).collect();
    let end = dice.pick(&ends).copied().unwrap_or(text.len());
    let start = text[..end].rfind([',', '\n']).map_or(0, |before| before + 1);
    let long = "x".repeat(100_000);
    let value = match dice.below(CELLS.len() + HOSTILE.len() + 1) {
        0 => &long,
        one if one <= CELLS.len() => CELLS[one - 1],
        one => HOSTILE[one - 1 - CELLS.len()],
    };
    let shown: String = value.chars().take(20).collect();
    let what = format!("{shown:?} in place of bytes {start} to {end}");
    (what, [&text[..start], value, &text[end..]].concat().into_bytes())
}
