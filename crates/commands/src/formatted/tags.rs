//! Tags that begin a line. Markdown takes one, with all that follows up to an empty line or further, for
//! HTML and formats none of it.

/// What may precede a tag that begins a line: blanks, and the marks of lists and quotations.
const BEFORE: &[char] =
    &[' ', '\t', '>', '-', '+', '*', '.', ')', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/// Characters that mean nothing in Markdown, each a byte long as `<` is: places stay what they are.
const STAND_INS: std::ops::RangeInclusive<char> = '\u{1}'..='\u{8}';

/// A text in which no tag begins a line.
pub(super) struct Tagless {
    pub(super) text: String,
    stand_in: char,
}

impl Tagless {
    /// Puts a character that `source` does not have in the place of `<` where that begins a line; none if it
    /// has them all.
    pub(super) fn new(source: &str) -> Option<Self> {
        let stand_in = STAND_INS.into_iter().find(|character| !source.contains(*character))?;
        let lines = source.split_inclusive(['\n', '\r']);
        let text = lines.map(|line| untagged(line, stand_in)).collect();
        Some(Self { text, stand_in })
    }

    /// A part of the text as it was written at `source`. An entity may represent the same character, and then
    /// means it.
    pub(super) fn written(&self, part: &str, source: &str) -> String {
        match source.contains(self.stand_in) {
            true => part.replace(self.stand_in, "<"),
            false => part.to_owned(),
        }
    }
}

fn untagged(line: &str, stand_in: char) -> String {
    let rest = line.trim_start_matches(BEFORE);
    match rest.strip_prefix('<').filter(|rest| rest.starts_with(opens_tag) && !is_address(rest)) {
        Some(tag) => format!("{}{stand_in}{tag}", &line[..line.len() - rest.len()]),
        None => line.to_owned(),
    }
}

fn opens_tag(character: char) -> bool {
    character.is_ascii_alphabetic() || ['/', '!', '?'].contains(&character)
}

/// Whether what follows a `<` is an address up to its `>`, such as `https://example.org`: a link.
fn is_address(rest: &str) -> bool {
    let inner = rest.split(['>', ' ']).next().unwrap_or_default();
    inner.contains([':', '@']) && rest[inner.len()..].starts_with('>')
}
