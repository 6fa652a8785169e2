//! What a rater reads of a text: formatted, with its signs and entities read, without tags and
//! invisible signs, and with the letters that its letters look like.

use super::letters::as_read;
use pulldown_cmark::{Event, Options, Parser};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The text as it is read, with where each piece is in what was written.
pub(super) struct Shown {
    pub(super) text: String,
    pieces: Vec<Piece>,
}

struct Piece {
    /// Where it begins in the text as it is read, in bytes.
    start: usize,
    /// What was written for it.
    source: Range<usize>,
    /// Whether it was written as it is read.
    verbatim: bool,
}

impl Shown {
    /// None where `source` has nothing that a reader would not see as it is written.
    pub(super) fn of(source: &str) -> Option<Self> {
        if !source.contains(SIGNS) && !source.chars().any(|letter| as_read(letter).is_some()) {
            return None;
        }
        let mut shown = Self { text: String::new(), pieces: Vec::new() };
        shown.push_markdown(source, 0..source.len(), Self::push_html);
        Some(shown)
    }

    /// What `part` of `source` says as Markdown; `push_html` adds what Markdown takes for HTML.
    fn push_markdown(
        &mut self,
        source: &str,
        part: Range<usize>,
        push_html: fn(&mut Self, &str, Range<usize>),
    ) {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        let (start, end) = (part.start, part.end);
        for (event, range) in Parser::new_ext(&source[part], options).into_offset_iter() {
            let range = start + range.start..start + range.end;
            match event {
                Event::Code(text) => {
                    let within = on_one_line(&source[range.clone()]).find(&*text);
                    let start = within.map(|at| range.start + at);
                    let written = start.map_or(range, |start| start..start + text.len());
                    self.push(&text, source, written);
                }
                Event::Text(text) => self.push(&text, source, range),
                Event::Html(_) | Event::InlineHtml(_) => push_html(self, source, range),
                Event::SoftBreak | Event::HardBreak => self.push("\n", source, range),
                Event::End(tag) if is_block(tag) && range.end < end => {
                    self.push("\n", source, range.end..range.end);
                }
                _ => {}
            }
        }
    }

    fn push(&mut self, text: &str, source: &str, range: Range<usize>) {
        let written = source.get(range.clone());
        if !written.is_some_and(|it| it == text || on_one_line(it) == text) {
            let read: String =
                text.chars().map(|c| as_read(c).unwrap_or_else(|| c.into())).collect();
            self.push_piece(&read, range, false);
            return;
        }
        let at = range.start;
        let mut from = 0;
        for (start, letter) in text.char_indices() {
            if let Some(read) = as_read(letter) {
                let end = start + letter.len_utf8();
                self.push_piece(&text[from..start], at + from..at + start, true);
                self.push_piece(&read, at + start..at + end, false);
                from = end;
            }
        }
        self.push_piece(&text[from..], at + from..range.end, true);
    }

    /// A tag of formatting within words is not there; any other parts what stands around it. Between tags
    /// raters read Markdown, whatever tag begins the line.
    fn push_html(&mut self, source: &str, range: Range<usize>) {
        let mut from = range.start;
        for tag in TAG.captures_iter(&source[range.clone()]) {
            let Some(whole) = tag.get(0) else { continue };
            let within_words = tag.name("within_words").is_some();
            let place = range.start + whole.start()..range.start + whole.end();
            self.push_between(source, from..place.start);
            from = place.end;
            self.push_piece(if within_words { "" } else { "\n" }, place, false);
        }
        self.push_between(source, from..range.end);
    }

    /// What stands between tags, with the blanks around it: they part words.
    fn push_between(&mut self, source: &str, range: Range<usize>) {
        let text = &source[range.clone()];
        let start = range.end - text.trim_start().len();
        let end = start + text.trim().len();
        self.push_verbatim(source, range.start..start);
        self.push_markdown(source, start..end, Self::push_verbatim);
        self.push_verbatim(source, end..range.end);
    }

    fn push_verbatim(&mut self, source: &str, range: Range<usize>) {
        self.push(&source[range.clone()], source, range);
    }

    fn push_piece(&mut self, text: &str, source: Range<usize>, verbatim: bool) {
        if !text.is_empty() {
            self.pieces.push(Piece { start: self.text.len(), source, verbatim });
            self.text.push_str(text);
        }
    }

    /// Where in what was written a part of the shown text stands.
    pub(super) fn written(&self, shown: &Range<usize>) -> Range<usize> {
        let piece = |byte: usize| {
            let after = self.pieces.partition_point(|piece| piece.start <= byte);
            self.pieces.get(after.saturating_sub(1))
        };
        let start = piece(shown.start).map_or(0, |piece| match piece.verbatim {
            true => piece.source.start + (shown.start - piece.start),
            false => piece.source.start,
        });
        let end = piece(shown.end.saturating_sub(1)).map_or(0, |piece| match piece.verbatim {
            true => piece.source.start + (shown.end - piece.start),
            false => piece.source.end,
        });
        start..end.max(start)
    }
}

/// Signs that can stand within a word which is shown without them.
const SIGNS: [char; 8] = ['&', '\\', '*', '_', '`', '<', '~', '['];

/// A tag of HTML. The expression is a constant that the tests compile.
#[expect(clippy::unwrap_used)]
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?<within_words></?(?:a|abbr|b|big|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strike|strong|sub|sup|tt|u|wbr)\b[^<>]*>)|</?[a-z][^<>]*>",
    )
    .unwrap()
});

/// The end of a line within code is shown as a space.
fn on_one_line(written: &str) -> String {
    written.replace('\n', " ")
}

fn is_block(tag: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd::{Emphasis, Image, Link, Strikethrough, Strong};
    !matches!(tag, Emphasis | Image | Link | Strikethrough | Strong)
}
