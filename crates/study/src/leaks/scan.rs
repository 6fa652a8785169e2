//! The search.

use super::merge::{Find, merge};
use super::origins::Origins;
use super::pattern::{LEXICON, Patterns};
use super::shown::Shown;
use super::text::{LeakPlace, ReadText};
use super::{Certainty, LeakKind};
use crate::Digest;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_segmentation::UnicodeSegmentation;

/// Which leak: the same words at the same place of the same text. It does not say where the text
/// stands: files may be read again in another order, and a text that occurs twice is decided once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LeakId {
    /// The digest of the whole text; in another text nothing has been decided.
    pub text: Digest,
    /// What it gives away.
    pub kind: LeakKind,
    /// Where it begins, in Unicode scalar values of the text.
    pub start: u32,
    /// Where it ends, exclusive.
    pub end: u32,
}

/// Words that may give away a model, or who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Leak {
    /// Which.
    pub id: LeakId,
    /// The text it is in.
    pub place: LeakPlace,
    /// How sure it is.
    pub certainty: Certainty,
    /// The words.
    pub matched: String,
    /// The sentence or sentences that the words are in, without surrounding white space.
    pub sentence: String,
    /// Where in the sentence the words begin, in Unicode scalar values.
    pub offset: u32,
    /// Why they give something away.
    pub reason: String,
}

/// Searches `texts` for the lexicon and for the names of the study's own models.
///
/// The surest leaks come first; equally sure ones in the order of the texts, then of their places.
pub fn scan(texts: &[ReadText<'_>], origins: &Origins) -> Vec<Leak> {
    let names = origins.patterns();
    let mut leaks = Vec::new();
    for read in texts {
        let asked = read.place.is_asked();
        let found = written_and_read(read.text, |text| finds(text, asked, names, origins));
        if !found.is_empty() {
            show(read, merge(found), &mut leaks);
        }
    }
    leaks.sort_by_key(|leak| leak.certainty);
    leaks
}

fn finds<'a>(text: &str, asked: bool, names: &'a Patterns, origins: &Origins) -> Vec<Find<'a>> {
    let found = LEXICON.find(text, asked).chain(names.find(text, asked));
    let named = |find: Find<'a>| {
        let own = find.kind == LeakKind::Name && origins.has_name(&text[find.span.clone()]);
        let kind = if own { LeakKind::StudyName } else { find.kind };
        Find { kind, ..find }
    };
    found.map(named).collect()
}

/// What `search` finds in `text` as it is written, and as it is read.
fn written_and_read<'a>(text: &str, search: impl Fn(&str) -> Vec<Find<'a>>) -> Vec<Find<'a>> {
    let mut found = search(text);
    if let Some(shown) = Shown::of(text) {
        found.extend(taken_apart(search(&shown.text), &shown, text, &found));
    }
    found
}

/// Of what was found in the text as it is read, what was written otherwise and so not found before: names
/// with a sign of formatting, a tag or an entity in them, or of letters that only look like theirs. Spans
/// become those of what was written.
fn taken_apart<'a>(
    in_shown: Vec<Find<'a>>,
    shown: &Shown,
    written: &str,
    known: &[Find<'_>],
) -> Vec<Find<'a>> {
    let apart = in_shown.into_iter().filter_map(|find| {
        let span = shown.written(&find.span);
        let same = written[span.clone()] == shown.text[find.span.clone()];
        let covers =
            |other: &Find<'_>| other.span.start <= span.start && span.end <= other.span.end;
        (!same && !known.iter().any(covers)).then_some(Find { span, ..find })
    });
    apart.collect()
}

/// Adds `finds`, in the order of their places, with their sentences.
pub(super) fn show(read: &ReadText<'_>, finds: Vec<Find<'_>>, leaks: &mut Vec<Leak>) {
    let text = read.text;
    let digest = Digest::of(&text);
    let sentences: Vec<(usize, &str)> = text.split_sentence_bound_indices().collect();
    let (mut byte, mut position) = (0, 0);
    for find in finds {
        let matched = &text[find.span.clone()];
        position += length(&text[byte..find.span.start]);
        byte = find.span.start;
        let (from, sentence) = sentence(text, &sentences, &find);
        leaks.push(Leak {
            id: LeakId {
                text: digest.clone(),
                kind: find.kind,
                start: position,
                end: position + length(matched),
            },
            place: read.place.clone(),
            certainty: find.certainty,
            matched: matched.into(),
            sentence: sentence.into(),
            offset: length(&text[from..find.span.start]),
            reason: find.reason.into(),
        });
    }
}

/// How many bytes of its sentence stand before a find and after it: a text without a full stop is one
/// sentence, of which each find would be told with the whole.
const AROUND: usize = 400;

/// The sentences that `find` touches, and at which byte they begin; of long ones, what is near. White space
/// around them goes, except what was found itself.
fn sentence<'a>(text: &'a str, sentences: &[(usize, &str)], find: &Find<'_>) -> (usize, &'a str) {
    let first = sentences.partition_point(|(start, _)| *start <= find.span.start).saturating_sub(1);
    let after = sentences.partition_point(|(start, _)| *start < find.span.end);
    let from = sentences.get(first).map_or(0, |(start, _)| *start);
    let to = sentences.get(after).map_or(text.len(), |(start, _)| *start);
    let from = from.max(text.ceil_char_boundary(find.span.start.saturating_sub(AROUND)));
    let to = to.min(text.floor_char_boundary(find.span.end + AROUND));
    let before = &text[from..find.span.start];
    let from = from + before.len() - before.trim_start().len();
    let to = find.span.end + text[find.span.end..to].trim_end().len();
    (from, &text[from..to])
}

/// In Unicode scalar values. A text that counts more than 4,294,967,295 of them was read from no file.
fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}
