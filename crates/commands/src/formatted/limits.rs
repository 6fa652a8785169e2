//! What a text may hold and still be formatted.

use unicode_segmentation::UnicodeSegmentation;

/// The longest text that is formatted, in Unicode scalar values: a paragraph is laid out as a whole.
const MOST_CHARACTERS: usize = 40_000;

/// The most characters that only set a direction: what they nest is laid out again for each.
const MOST_DIRECTIONS: usize = 100;

/// The most turns between letters that run to the right and such as run to the left. A paragraph of
/// many thousands is never laid out to its end.
const MOST_TURNS: usize = 2_000;

/// The most Unicode scalar values in what a reader sees as one character.
const MOST_IN_ONE: usize = 20;

/// Refuses what would hold up the window whatever it is formatted to: what of it is too much.
pub(super) fn check(source: &str) -> Result<(), &'static str> {
    if source.chars().nth(MOST_CHARACTERS).is_some() {
        return Err("it has more than 40,000 characters");
    }
    if source.chars().filter(|character| sets_direction(*character)).count() > MOST_DIRECTIONS {
        return Err("it has more than 100 characters that set a direction");
    }
    if turns(source) > MOST_TURNS {
        return Err("it goes from one direction of writing to the other more than 2,000 times");
    }
    if source.graphemes(true).any(|one| one.chars().nth(MOST_IN_ONE).is_some()) {
        return Err("it stacks more than 20 marks on one letter");
    }
    Ok(())
}

fn sets_direction(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn turns(source: &str) -> usize {
    let letters = source.chars().filter(|character| character.is_alphanumeric());
    let leftward: Vec<bool> = letters.map(runs_left).collect();
    leftward.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// Whether a letter is of a script such as Hebrew or Arabic, by the blocks set aside for these.
fn runs_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}
