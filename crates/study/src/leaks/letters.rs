//! How a letter is read that only looks like one of the Latin alphabet.

use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

/// What a reader takes `letter` for, where that is not the letter itself: nothing for an invisible
/// sign, `C` for a wide one or the Cyrillic one of the same shape.
pub(super) fn as_read(letter: char) -> Option<String> {
    if letter.is_ascii() {
        return None;
    }
    let mut alone = [0; 4];
    let alone = &*letter.encode_utf8(&mut alone);
    let shape: String = skeleton(alone).collect();
    if shape.is_empty() {
        return Some(shape);
    }
    if !letter.is_alphabetic() && !WIDE_SIGNS.contains(&letter) && !FORMULA_DIGITS.contains(&letter)
    {
        return None;
    }
    let plain: String = alone.nfkc().collect();
    if plain.is_ascii() {
        return Some(plain);
    }
    match shape.as_str() {
        // I and l have one shape, which the tables call l.
        "l" if letter.is_uppercase() => Some("I".into()),
        _ => (shape.len() == 1).then_some(shape),
    }
}

/// The digits of formulas: bold, double-struck and the like.
const FORMULA_DIGITS: std::ops::RangeInclusive<char> = '𝟎'..='𝟿';

/// The signs and digits of ASCII as wide as a Chinese one.
const WIDE_SIGNS: std::ops::RangeInclusive<char> = '！'..='～';
