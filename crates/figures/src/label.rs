//! Words of any length and script, in the room that there is.

use crate::font::width;
use unicode_segmentation::UnicodeSegmentation;

/// One line without what XML cannot hold or what turns the direction of what follows.
pub(crate) fn clean(text: &str) -> String {
    let harmless = |letter: char| match letter {
        '\t' | '\n' | '\r' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        control if control.is_control() => '\u{fffd}',
        letter => letter,
    };
    text.chars().map(harmless).collect()
}

/// A code as it is said: `golden_hour` as "golden hour".
pub(crate) fn plain(code: &str) -> String {
    code.replace('_', " ")
}

/// The same in capitals at its start.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The text, or its two ends where it is too wide: names of models often differ at their ends.
pub(crate) fn shortened(text: &str, room: f64, size: f64) -> String {
    let text = clean(text);
    if width(&text, size) <= room {
        return text;
    }
    let letters: Vec<&str> = text.graphemes(true).collect();
    let cut = |kept: usize| {
        let (front, back) = (kept.div_ceil(2), kept / 2);
        format!("{}…{}", letters[..front].concat(), letters[letters.len() - back..].concat())
    };
    let kept: Vec<usize> = (1..letters.len()).collect();
    cut(kept.partition_point(|kept| width(&cut(*kept), size) <= room).max(1))
}

/// The text in lines that fit. A word that does not is shortened.
pub(crate) fn wrapped(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = shortened(word, room, size);
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size) <= room => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}
