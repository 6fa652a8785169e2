//! Text that changes nothing but itself, wherever it is shown.

use std::borrow::Cow;

/// `text` with every character written out that would change how others are shown. A sentence
/// may quote a file's name or content, and a terminal or a window would obey them.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmful(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    shown.into()
}

/// The same for JSON, which has an escape of its own and needs it nowhere but in strings.
pub fn harmless_json(json: &str) -> Cow<'_, str> {
    if !json.chars().any(is_harmful) {
        return json.into();
    }
    let mut shown = String::with_capacity(json.len());
    for c in json.chars() {
        if is_harmful(c) {
            shown.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown.into()
}

/// Controls other than tabs and line feeds, separators of lines and paragraphs, and characters that turn
/// the direction of writing.
fn is_harmful(c: char) -> bool {
    let turns = matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || c.is_control() && !matches!(c, '\t' | '\n')
}
