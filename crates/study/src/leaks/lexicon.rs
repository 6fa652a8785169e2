//! What a line of the lexicon is. The lines themselves are in `lexicon/entries.rs`.

mod entries;

use super::{Certainty, LeakKind};

/// What the scan searches for, apart from the study's own names.
pub fn lexicon() -> &'static [Entry] {
    entries::ENTRIES
}

/// The lists that represent a word in angle brackets.
pub(super) fn lists() -> [(&'static str, &'static str); 4] {
    [
        ("<MODEL>", entries::MODELS),
        ("<MAKER>", entries::MAKERS),
        ("<DATE>", entries::DATE),
        ("<PROFESSION>", entries::PROFESSIONS),
    ]
}

/// How a pattern is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// Whole words in any case. In the pattern a blank represents any white space, `'` for any
    /// apostrophe, `_` for one hyphen, blank, dot, underscore or nothing (`gpt_4` finds GPT-4, GPT 4
    /// and GPT4), and `<MODEL>`, `<MAKER>`, `<DATE>` and `<PROFESSION>` for the lists beside the entries.
    Words,
    /// As it stands: a regular expression that no rule above touches.
    Verbatim,
}

/// One line of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it gives away.
    pub kind: LeakKind,
    /// How sure it is.
    pub certainty: Certainty,
    /// How `pattern` is written.
    pub writing: Writing,
    /// What is searched for.
    pub pattern: &'static str,
    /// Words, written as [`Writing::Words`], which within 40 bytes of the found ones make it one step
    /// less certain; what was only possible is then not reported.
    pub unless: Option<&'static str>,
    /// Why it gives something away.
    pub reason: &'static str,
    /// A text in which it is found.
    pub example: &'static str,
}

impl Entry {
    /// An entry of whole words.
    const fn words(kind: LeakKind, certainty: Certainty, pattern: &'static str) -> Self {
        let writing = Writing::Words;
        Self { kind, certainty, writing, pattern, unless: None, reason: "", example: "" }
    }

    /// An entry taken as it stands.
    const fn verbatim(kind: LeakKind, certainty: Certainty, pattern: &'static str) -> Self {
        Self { writing: Writing::Verbatim, ..Self::words(kind, certainty, pattern) }
    }

    const fn unless(self, pattern: &'static str) -> Self {
        Self { unless: Some(pattern), ..self }
    }

    const fn because(self, reason: &'static str, example: &'static str) -> Self {
        Self { reason, example, ..self }
    }
}
