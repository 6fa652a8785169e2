//! What a rater sees of a text: formatted, with its signs and entities read.

use pulldown_cmark::{Event, Options, Parser};
use std::ops::Range;

/// The text as it is shown, with where each piece stands in what was written.
pub(super) struct Shown {
    pub(super) text: String,
    pieces: Vec<Piece>,
}

struct Piece {
    /// Where it begins in the shown text, in bytes.
    start: usize,
    /// What was written for it.
    source: Range<usize>,
    /// Whether it was written as it is shown.
    verbatim: bool,
}

impl Shown {
    /// None where `source` has nothing that a reader would not see as it is written.
    pub(super) fn of(source: &str) -> Option<Self> {
        if !source.contains(SIGNS) {
            return None;
        }
        let mut shown = Self { text: String::new(), pieces: Vec::new() };
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
            match event {
                Event::Code(text) => {
                    let within = on_one_line(&source[range.clone()]).find(&*text);
                    let start = within.map(|at| range.start + at);
                    let written = start.map_or(range, |start| start..start + text.len());
                    shown.push(&text, source, written);
                }
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    shown.push(&text, source, range);
                }
                Event::SoftBreak | Event::HardBreak => shown.push("\n", source, range),
                Event::End(tag) if is_block(tag) => shown.push("\n", source, range.end..range.end),
                _ => {}
            }
        }
        Some(shown)
    }

    fn push(&mut self, text: &str, source: &str, range: Range<usize>) {
        let written = source.get(range.clone());
        let verbatim = written.is_some_and(|it| it == text || on_one_line(it) == text);
        self.pieces.push(Piece { start: self.text.len(), source: range, verbatim });
        self.text.push_str(text);
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

/// The end of a line within code is shown as a space.
fn on_one_line(written: &str) -> String {
    written.replace('\n', " ")
}

fn is_block(tag: pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd::{Emphasis, Image, Link, Strikethrough, Strong};
    !matches!(tag, Emphasis | Image | Link | Strikethrough | Strong)
}
