//! The kinds of nodes, one to each kind of element on screen.

use serde::Serialize;
use ts_rs::TS;

/// A block of formatted text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        content: Vec<Inline>,
    },
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        content: Vec<Inline>,
    },
    /// A list.
    List {
        /// The first number, or none for bullets.
        start: Option<u32>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// Preformatted text.
    Code {
        /// As written.
        text: String,
        /// Unicode scalar values before it in the source.
        start: u32,
    },
    /// A table.
    Table {
        /// The header's cells.
        head: Vec<Vec<Inline>>,
        /// The other rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A horizontal rule.
    Rule,
    /// A whole text as it was written, where to format it would hold up the window.
    Plain {
        /// As written.
        text: String,
        /// What of it is too much, such as `it has more than 40,000 characters`.
        reason: String,
    },
}

/// A run of formatted text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Inline {
    /// Plain words.
    Text {
        /// The words.
        text: String,
        /// Unicode scalar values before them in the source.
        start: u32,
    },
    /// Strong emphasis.
    Strong {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// Emphasis.
    Emphasis {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// Struck out.
    Strike {
        /// What is struck out.
        content: Vec<Inline>,
    },
    /// Code within a line.
    Code {
        /// As written.
        text: String,
        /// Unicode scalar values before it in the source.
        start: u32,
    },
    /// A link: shown, never followed.
    Link {
        /// Its words.
        content: Vec<Inline>,
        /// Where it would lead.
        address: String,
    },
    /// An image: named, never loaded.
    Image {
        /// Its alternative text.
        content: Vec<Inline>,
        /// Where it would come from.
        address: String,
    },
    /// A line break.
    Break,
}
