//! Markdown as a tree that cannot run or load anything.
//!
//! The screen builds its elements from this tree, one kind of node to one kind of element. There is
//! no HTML on the way, so there is nothing to sanitise: raw HTML in a response is text, a link is
//! its words and its address, an image is its alternative text.

mod limits;
mod places;
mod tags;
mod tree;

use places::Places;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::iter::Peekable;
use std::ops::Range;
use study::Prompt;
use tags::Tagless;

pub use tree::{Block, Inline};

/// How deep a tree goes. What is nested deeper is in its last level: a text may be made to nest
/// without end, and whatever walks its tree would exhaust its stack.
const DEEPEST: usize = 24;

/// The most nodes, items and cells of a formatted text: each is an element on screen.
const MOST_PIECES: usize = 4_000;

/// Formats Markdown, tables and strikethrough included. What would hold up the window if it were
/// formatted stays as it was written; the screen lays that out in parts.
pub(crate) fn format(source: &str) -> Vec<Block> {
    formatted(source).unwrap_or_else(|reason| {
        vec![Block::Plain { text: source.to_owned(), reason: reason.to_owned() }]
    })
}

/// Each turn of `prompt`, formatted; nothing where it is a text, which is shown as it was written.
pub(crate) fn format_turns(prompt: &Prompt) -> Vec<Vec<Block>> {
    prompt.turns().unwrap_or_default().iter().map(|turn| format(&turn.content)).collect()
}

/// The blocks of `source`, or what of it is too much.
fn formatted(source: &str) -> Result<Vec<Block>, &'static str> {
    limits::check(source)?;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let tagless = Tagless::new(source).ok_or("it has too many kinds of control characters")?;
    let parser = Parser::new_ext(&tagless.text, options).into_offset_iter();
    let mut reader = Reader {
        events: parser.peekable(),
        tagless: &tagless,
        places: Places::new(&tagless.text),
        depth: 0,
        pieces: 0,
        verbatim_to: None,
    };
    let blocks = reader.blocks();
    if reader.pieces > MOST_PIECES {
        return Err("it has more than 4,000 pieces of formatted text");
    }
    Ok(blocks)
}

struct Reader<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> {
    events: Peekable<I>,
    tagless: &'a Tagless,
    places: Places<'a>,
    depth: usize,
    /// How many were read. Beyond the most there are, reading ends.
    pieces: usize,
    /// The byte where the last text ended, if it is in the source as it is shown.
    verbatim_to: Option<usize>,
}

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Reader<'a, I> {
    fn peek(&mut self) -> Option<&(Event<'a>, Range<usize>)> {
        if self.pieces > MOST_PIECES { None } else { self.events.peek() }
    }

    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        self.peek()?;
        let next = self.events.next();
        self.pieces += usize::from(!matches!(next, Some((Event::End(_), _))));
        next
    }

    /// Blocks up to the end of what encloses them.
    fn blocks(&mut self) -> Vec<Block> {
        if self.depth == DEEPEST {
            return vec![Block::Paragraph { content: self.flattened() }];
        }
        self.depth += 1;
        let mut blocks = Vec::new();
        while let Some((event, at)) = self.peek() {
            match event {
                Event::End(_) => {
                    self.next();
                    break;
                }
                Event::Rule => {
                    self.next();
                    blocks.push(Block::Rule);
                }
                Event::Start(tag) if is_block(tag) => {
                    let (tag, at) = (tag.clone(), at.clone());
                    self.next();
                    blocks.push(self.block(&tag, at));
                }
                // The text of a tight list item stands without a paragraph around it.
                _ => blocks.push(Block::Paragraph { content: self.loose_inlines() }),
            }
        }
        self.depth -= 1;
        blocks
    }

    fn block(&mut self, tag: &Tag<'a>, at: Range<usize>) -> Block {
        match tag {
            Tag::Heading { level, .. } => {
                Block::Heading { level: *level as u8, content: self.inlines() }
            }
            Tag::BlockQuote(_) => Block::Quote { blocks: self.blocks() },
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => self.preformatted(at),
            Tag::List(start) => self.list(*start),
            Tag::Table(_) => self.table(),
            _ => Block::Paragraph { content: self.inlines() },
        }
    }

    fn written(&self, text: &str, at: &Range<usize>) -> String {
        self.tagless.written(text, &self.places.source[at.clone()])
    }

    fn preformatted(&mut self, at: Range<usize>) -> Block {
        let mut text = String::new();
        let mut start = None;
        for (event, at) in self.events.by_ref() {
            match event {
                Event::End(_) => break,
                Event::Text(part) => {
                    start.get_or_insert(at.start);
                    text.push_str(&part);
                }
                _ => {}
            }
        }
        let text = self.written(&text, &at);
        Block::Code { text, start: self.places.character(start.unwrap_or(at.start)) }
    }

    fn list(&mut self, start: Option<u64>) -> Block {
        let mut items = Vec::new();
        while let Some((Event::Start(_), _)) = self.next() {
            items.push(self.blocks());
        }
        Block::List { start: start.map(|first| u32::try_from(first).unwrap_or(u32::MAX)), items }
    }

    fn table(&mut self) -> Block {
        let mut rows = Vec::new();
        while let Some((Event::Start(_), _)) = self.next() {
            let mut row = Vec::new();
            while let Some((Event::Start(_), _)) = self.next() {
                row.push(self.inlines());
            }
            rows.push(row);
        }
        let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        Block::Table { head, rows }
    }

    /// Inlines up to the end of what encloses them, the end included.
    fn inlines(&mut self) -> Vec<Inline> {
        if self.depth == DEEPEST {
            return self.flattened();
        }
        self.depth += 1;
        let mut content = Vec::new();
        while let Some((event, at)) = self.next() {
            match event {
                Event::End(_) => break,
                event => self.inline(event, &at, &mut content),
            }
        }
        self.depth -= 1;
        content
    }

    /// The words up to the end of what encloses them, whatever is nested in it.
    fn flattened(&mut self) -> Vec<Inline> {
        let mut content = Vec::new();
        let mut open = 1;
        while let Some((event, at)) = self.next() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                event => self.inline(event, &at, &mut content),
            }
            if open == 0 {
                break;
            }
        }
        content
    }

    /// Inlines up to the next block or the end of what encloses them, the end left in place.
    fn loose_inlines(&mut self) -> Vec<Inline> {
        let mut content = Vec::new();
        while self.peek().is_some_and(|(event, _)| is_inline(event))
            && let Some((event, at)) = self.next()
        {
            self.inline(event, &at, &mut content);
        }
        content
    }

    fn inline(&mut self, event: Event<'a>, at: &Range<usize>, content: &mut Vec<Inline>) {
        content.push(match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                return self.text(&text, at, content);
            }
            Event::Code(text) => {
                let start = at.start + before_code(&self.places.source[at.clone()]);
                let text = self.written(&text, at);
                Inline::Code { text, start: self.places.character(start) }
            }
            Event::SoftBreak | Event::HardBreak => Inline::Break,
            Event::Start(Tag::Strong) => Inline::Strong { content: self.inlines() },
            Event::Start(Tag::Emphasis) => Inline::Emphasis { content: self.inlines() },
            Event::Start(Tag::Strikethrough) => Inline::Strike { content: self.inlines() },
            Event::Start(Tag::Link { dest_url, .. }) => {
                let address = self.written(&dest_url, at);
                Inline::Link { content: self.inlines(), address }
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let address = self.written(&dest_url, at);
                Inline::Image { content: self.inlines(), address }
            }
            Event::Start(_) => {
                let inner = self.inlines();
                content.extend(inner);
                return;
            }
            _ => return,
        });
    }

    /// A bracket that opens nothing, a mark of emphasis that never ends: the parser gives each as a text
    /// of its own. Where one goes on in the source from the one before, the two are one.
    fn text(&mut self, text: &str, at: &Range<usize>, content: &mut Vec<Inline>) {
        let verbatim = self.places.source.get(at.clone()) == Some(text);
        let goes_on = verbatim && self.verbatim_to == Some(at.start);
        self.verbatim_to = verbatim.then_some(at.end);
        let text = self.written(text, at);
        match content.last_mut() {
            Some(Inline::Text { text: before, .. }) if goes_on => {
                before.push_str(&text);
                self.pieces -= 1;
            }
            _ => content.push(Inline::Text { text, start: self.places.character(at.start) }),
        }
    }
}

/// How many bytes of a code span's source come before its text: the backticks, and the blank that
/// is beside them on both sides where the text itself touches a backtick.
fn before_code(source: &str) -> usize {
    const BLANK: [char; 3] = [' ', '\n', '\r'];
    let inner = source.trim_start_matches('`');
    let ticks = source.len() - inner.len();
    let inner = &inner[..inner.len().saturating_sub(ticks)];
    let padded =
        inner.starts_with(BLANK) && inner.ends_with(BLANK) && !inner.trim_matches(BLANK).is_empty();
    ticks
        + if !padded {
            0
        } else if inner.starts_with("\r\n") {
            2
        } else {
            1
        }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::End(_) | Event::Rule => false,
        Event::Start(tag) => !is_block(tag),
        _ => true,
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::Table(_)
            | Tag::MetadataBlock(_)
    )
}
