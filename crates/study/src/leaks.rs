//! What in a text gives away the model behind a response, or who asks; and what is done about it.
//!
//! [`scan()`] searches the texts that raters would read for the words of a lexicon and for the names of
//! the study's own models. For each [`Leak`] the lead author makes a [`LeakDecision`]: mask it or accept
//! it. [`LeakDecisions`] applies them. [`scan_packet`] looks through a finished packet again.
//! docs/blinding.md says what the scan cannot see.

mod decision;
mod error;
mod letters;
mod lexicon;
mod merge;
mod origins;
mod packet;
mod pattern;
mod scan;
mod shown;
mod text;
mod words;

pub use decision::{
    LeakAction, LeakDecision, LeakDecisions, MASKED, Mask, Masked, MaskedOpening, MaskedPart,
    accept_all, mask_all, mask_each,
};
pub use error::LeakError;
pub use lexicon::{Entry, Writing, lexicon};
pub use origins::{OriginPart, Origins};
pub use packet::{PacketLeak, scan_packet};
pub use scan::{Leak, LeakId, scan};
pub use text::{CalibrationPart, LeakPlace, ReadText, ScenarioPart, opening_texts, texts_read};
pub use words::{Words, marked_by_hand};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a leak gives away, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeakKind {
    /// The name of one of the study's own models, or of its vendor.
    StudyName,
    /// A model that says who it is or who made it.
    SelfIdentification,
    /// The name of some model or vendor.
    Name,
    /// Until when a model knows the world.
    KnowledgeCutoff,
    /// What a chat template, a program or a web page left in the text.
    Metadata,
    /// A turn of phrase, most often in a refusal, that one vendor's models use far more than others'.
    Boilerplate,
    /// Words of a prompt that say who asks.
    Framing,
    /// What the lead author marked and the scan did not find.
    ByHand,
}

impl LeakKind {
    /// Whether a text is searched for this kind, given whether it was asked. Who asks can only be in
    /// what was asked; a turn of phrase gives a model away only where a model speaks.
    fn stands_in(self, asked: bool) -> bool {
        match self {
            Self::Framing => asked,
            Self::Boilerplate => !asked,
            _ => true,
        }
    }
}

/// How sure it is that the words found give something away. The surest come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// They mean nothing else.
    Certain,
    /// They seldom mean anything else.
    Likely,
    /// They are often harmless: a word with another meaning, a phrase that many models use.
    Possible,
}

impl Certainty {
    /// One step less sure; `None` below [`Certainty::Possible`].
    fn lower(self) -> Option<Self> {
        match self {
            Self::Certain => Some(Self::Likely),
            Self::Likely => Some(Self::Possible),
            Self::Possible => None,
        }
    }
}
