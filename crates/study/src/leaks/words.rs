//! Words that the lead author marks: where they stand, whether the scan finds them or not.

use super::merge::Find;
use super::scan::{Leak, show};
use super::text::ReadText;
use super::{Certainty, LeakDecision, LeakKind};
use crate::Digest;
use regex::Regex;
use std::ops::Range;

/// Words to look for: in any case, and with any white space between them.
#[derive(Clone, Debug)]
pub struct Words(Regex);

impl Words {
    /// `None` where nothing but white space is asked for, or more than anybody reads at a glance.
    pub fn new(words: &str) -> Option<Self> {
        let spelled: Vec<String> = words.split_whitespace().map(regex::escape).collect();
        if spelled.is_empty() {
            return None;
        }
        Regex::new(&format!("(?i){}", spelled.join(r"\s+"))).ok().map(Self)
    }

    /// Whether they are in `text`, even within other words.
    pub fn stand_in(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// Where in `text` they stand as whole words, in bytes.
    fn whole<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let found = self.0.find_iter(text).map(|found| found.range());
        found.filter(|span| !is_within_a_word(text, span))
    }

    /// Every place in `texts` where they stand as whole words, in the order of the texts.
    pub fn find(&self, texts: &[ReadText<'_>]) -> Vec<Leak> {
        let mut leaks = Vec::new();
        for read in texts {
            let finds: Vec<Find<'_>> = self.whole(read.text).map(by_hand).collect();
            if !finds.is_empty() {
                show(read, finds, &mut leaks);
            }
        }
        leaks
    }
}

/// What `decisions` mark by hand, each in its sentence, in the order of `texts`. A span that its text
/// does not have is left out: applying the decisions refuses it.
pub fn marked_by_hand(texts: &[ReadText<'_>], decisions: &[LeakDecision]) -> Vec<Leak> {
    let marked: Vec<_> = decisions
        .iter()
        .map(|decision| &decision.leak)
        .filter(|leak| leak.kind == LeakKind::ByHand)
        .collect();
    let mut leaks = Vec::new();
    if marked.is_empty() {
        return leaks;
    }
    for read in texts {
        let digest = Digest::of(&read.text);
        let here = marked.iter().filter(|leak| leak.text == digest);
        let mut spans: Vec<Range<usize>> =
            here.filter_map(|leak| bytes(read.text, leak.start, leak.end)).collect();
        spans.sort_by_key(|span| (span.start, span.end));
        spans.dedup();
        if !spans.is_empty() {
            show(read, spans.into_iter().map(by_hand).collect(), &mut leaks);
        }
    }
    leaks
}

fn by_hand(span: Range<usize>) -> Find<'static> {
    Find {
        span,
        kind: LeakKind::ByHand,
        certainty: Certainty::Certain,
        reason: "The lead author marked it.",
    }
}

/// The bytes of a span in Unicode scalar values.
fn bytes(text: &str, start: u32, end: u32) -> Option<Range<usize>> {
    let mut places = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
    let from = places.nth(start as usize)?;
    let to = places.nth((end.checked_sub(start)?.checked_sub(1)?) as usize)?;
    Some(from..to)
}

/// Whether a word goes on before or after `span`.
fn is_within_a_word(text: &str, span: &Range<usize>) -> bool {
    let joins = |letter: Option<char>| letter.is_some_and(is_of_a_word);
    let found = &text[span.clone()];
    let (before, after) = (&text[..span.start], &text[span.end..]);
    joins(before.chars().next_back()) && joins(found.chars().next())
        || joins(found.chars().next_back()) && joins(after.chars().next())
}

/// Letters, digits and accents of the scripts that set words apart by spaces. In others, such as
/// Chinese and Thai, words end where the reader sees it.
fn is_of_a_word(letter: char) -> bool {
    let spaced = letter < '\u{e00}' || ('\u{1e00}'..'\u{2000}').contains(&letter);
    spaced && (letter.is_alphanumeric() || ('\u{300}'..'\u{370}').contains(&letter))
}
