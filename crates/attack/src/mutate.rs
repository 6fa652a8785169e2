//! Hostile versions of a good file.

mod bytes;
mod json;
mod lines;
mod placed;

use crate::dice::Dice;
use placed::PLACED;

/// Texts that readers should take for text, and nothing else: controls of terminals, marks that turn the
/// writing, line ends that are none, and what programs take for more than text.
const HOSTILE: [&str; 14] = [
    "\0",
    "\u{1b}[2J",
    "\u{1b}]0;owned\u{7}",
    "\u{9b}31m",
    "\u{202e}txt",
    "\u{2066}",
    "\u{2028}",
    "\u{feff}",
    "\r",
    "__proto__",
    "../../nothing",
    "=1+1",
    "%s%n",
    "😀",
];

/// What lies where the good file was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    /// A file with these bytes.
    Bytes(Vec<u8>),
    /// A file with the good bytes that nobody may read.
    Unreadable,
    /// Nothing.
    Missing,
    /// A folder.
    Folder,
    /// A pipe that nobody writes to.
    Pipe,
    /// A link to this place.
    Link(String),
}

/// A hostile version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutation {
    /// How it differs, in a few words.
    pub what: String,
    /// What it is.
    pub put: Put,
}

/// Case number `case` of the file with these `good` bytes. The first cases are no regular files; the
/// others come by chance.
pub fn mutation(good: &[u8], case: usize, dice: &mut Dice) -> Mutation {
    if let Some((what, put)) = PLACED.get(case) {
        return Mutation { what: (*what).into(), put: put() };
    }
    let text = std::str::from_utf8(good).ok();
    let (what, bytes) = match (dice.below(4), text) {
        (0, Some(text)) => lines::mutated(text, dice),
        (1 | 2, Some(text)) => {
            json::mutated(text, dice).unwrap_or_else(|| lines::mutated_cell(text, dice))
        }
        _ => bytes::mutated(good, dice),
    };
    Mutation { what, put: Put::Bytes(bytes) }
}
