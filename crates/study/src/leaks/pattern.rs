//! A lexicon entry, or one of the study's own names, ready to search.

use super::lexicon::{Entry, Writing, lexicon, lists};
use super::merge::Find;
use super::{Certainty, LeakKind};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// How far, in bytes, the words of an entry's `unless` may stand from the found ones.
const NEARBY: usize = 40;

/// What one search looks for.
pub(super) struct Pattern {
    kind: LeakKind,
    certainty: Certainty,
    reason: String,
    words: bool,
    regex: Regex,
    unless: Option<Regex>,
}

/// What is searched for together. Each pattern reads the text by itself: most begin with letters that
/// are found fast, and one automaton for all of them is ten times slower.
pub(super) struct Patterns(Vec<Pattern>);

/// The lexicon, compiled once.
pub(super) static LEXICON: LazyLock<Patterns> =
    LazyLock::new(|| Patterns(lexicon().iter().filter_map(Pattern::of_entry).collect()));

impl Pattern {
    /// `None` for an entry that is no regular expression; the test that every entry finds its own
    /// example then fails.
    fn of_entry(entry: &Entry) -> Option<Self> {
        let words = entry.writing == Writing::Words;
        let source = if words { spell_out(entry.pattern) } else { entry.pattern.into() };
        let unless = match entry.unless {
            Some(unless) => Some(Regex::new(&spell_out(unless)).ok()?),
            None => None,
        };
        Some(Self {
            kind: entry.kind,
            certainty: entry.certainty,
            reason: entry.reason.into(),
            words,
            regex: Regex::new(&source).ok()?,
            unless,
        })
    }

    /// Whole words written as in the lexicon.
    pub fn of_name(certainty: Certainty, pattern: &str, reason: String) -> Option<Self> {
        let regex = Regex::new(&spell_out(pattern)).ok()?;
        Some(Self {
            kind: LeakKind::StudyName,
            certainty,
            reason,
            words: true,
            regex,
            unless: None,
        })
    }

    /// Where in `text` the pattern stands, and how sure it is there.
    fn find<'p, 't>(&'p self, text: &'t str) -> impl Iterator<Item = Find<'p>> + use<'p, 't> {
        self.regex.find_iter(text).filter_map(|found| {
            let span = trimmed(text, found.range());
            if span.is_empty() || self.words && is_part_of_a_word(text, &span) {
                return None;
            }
            let lowered =
                self.unless.as_ref().is_some_and(|unless| stands_near(unless, text, &span));
            let certainty = if lowered { self.certainty.lower()? } else { self.certainty };
            Some(Find { span, kind: self.kind, certainty, reason: &self.reason })
        })
    }
}

impl Patterns {
    pub fn new(patterns: Vec<Pattern>) -> Self {
        Self(patterns)
    }

    /// Whether the patterns of names find `word`, however it is capitalised.
    pub fn knows(&self, word: &str) -> bool {
        let upper = word.to_uppercase();
        let mut title = word.to_owned();
        let first = word.chars().next().map_or(0, char::len_utf8);
        title.replace_range(..first, &word[..first].to_uppercase());
        [word, &upper, &title].iter().any(|word| {
            self.find(word, false)
                .any(|find| find.kind == LeakKind::Name && find.span.len() == word.len())
        })
    }

    /// Every find in `text`, pattern by pattern. `asked`: whether the text was put to the models.
    pub fn find<'p, 't>(
        &'p self,
        text: &'t str,
        asked: bool,
    ) -> impl Iterator<Item = Find<'p>> + use<'p, 't> {
        let asked = move |pattern: &&Pattern| pattern.kind.stands_in(asked);
        self.0.iter().filter(asked).flat_map(|pattern| pattern.find(text))
    }
}

/// The regular expression that a pattern of [`Writing::Words`] represents.
fn spell_out(pattern: &str) -> String {
    let mut spelled = format!("(?i){EDGE}(?:");
    let mut listed = pattern.to_owned();
    for (name, list) in lists() {
        listed = listed.replace(name, list);
    }
    for letter in listed.chars() {
        match letter {
            ' ' => spelled.push_str(r"(?:\s{1,3})"),
            '\'' => spelled.push_str("['’ʼ´`]"),
            '_' => spelled.push_str(r"[-\s._\u{2010}-\u{2013}\u{2212}]?"),
            other => spelled.push(other),
        }
    }
    spelled.push(')');
    spelled.push_str(EDGE);
    spelled
}

/// Where a word begins or ends. To a regular expression an underscore is a letter; to Markdown it is
/// emphasis, and to a reader of identifiers a gap.
const EDGE: &str = r"(?:(?-u:\b)|_)";

/// `span` without white space and underscores at its ends.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let found = &text[span.clone()];
    let edge = |c: char| c.is_whitespace() || c == '_';
    let start = span.start + found.len() - found.trim_start_matches(edge).len();
    start..start + found.trim_matches(edge).len()
}

/// Whether a word goes on before or after `span`. The regular expressions know ASCII word boundaries
/// only, which are fast; a neighbour of another alphabet is no part of a Latin word, nor is a footnote's mark.
fn is_part_of_a_word(text: &str, span: &Range<usize>) -> bool {
    let joins = |letter: Option<char>| {
        letter.is_some_and(|letter| {
            (letter.is_alphabetic() || letter.is_ascii_digit()) && letter < '\u{250}'
                || ('\u{300}'..'\u{370}').contains(&letter)
        })
    };
    let found = &text[span.clone()];
    let (before, after) = (&text[..span.start], &text[span.end..]);
    joins(before.chars().next_back()) && joins(found.chars().next())
        || joins(found.chars().next_back()) && joins(after.chars().next())
}

fn stands_near(unless: &Regex, text: &str, span: &Range<usize>) -> bool {
    let from = text.floor_char_boundary(span.start.saturating_sub(NEARBY));
    let to = text.ceil_char_boundary((span.end + NEARBY).min(text.len()));
    unless.is_match(&text[from..to])
}
