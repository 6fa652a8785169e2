//! The leak scan of a draft.

mod texts;

pub use texts::{FindWords, ListTexts, ShowText, TextLine, TextList, TextShown, WordsFound};

use super::draft::{Drawing, Inputs};
use crate::StudyDraft;
use crate::contract::Command;
use crate::{Context, Failure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use study::{
    CalibrationItem, Leak, LeakDecisions, Origins, ReadText, Response, Scenario, Words,
    marked_by_hand, opening_texts, scan, texts_read,
};
use ts_rs::TS;

/// Searches the texts that raters would read for what gives an origin away. Writes nothing.
#[derive(Debug, Deserialize, TS)]
pub struct ScanLeaks {
    /// The draft, with the decisions made so far.
    pub draft: StudyDraft,
}

/// What was found.
#[derive(Debug, Serialize, TS)]
pub struct LeakScan {
    /// Every leak, the surest first; responses are numbered from 0 in the order of the file, of those
    /// drawn.
    pub leaks: Vec<Leak>,
    /// The places among `leaks` of those that are still to be decided.
    pub undecided: Vec<u32>,
    /// What the draft marks by hand, in the order of the texts.
    pub by_hand: Vec<Leak>,
    /// Words of these that stand unmasked in other places, as they do after another sample is drawn.
    pub left: Vec<WordsLeft>,
    /// Model identifiers that are no names, such as `A`, which texts are not searched for.
    pub not_searched: Vec<String>,
    /// Decisions about texts that are not there (any more).
    pub strays: u32,
}

/// Words that are masked by hand in some places only.
#[derive(Debug, Serialize, TS)]
pub struct WordsLeft {
    /// The words, as they stand where they are masked first.
    pub words: String,
    /// Places where they stand unmasked, as whole words.
    pub places: u32,
}

impl Command for ScanLeaks {
    const NAME: &'static str = "scan_leaks";
    type Reply = LeakScan;

    fn run(self, context: &mut Context) -> Result<LeakScan, Failure> {
        if context.watch().step(0, 2, "Reading the files").is_break() {
            return Err(Failure::cancelled());
        }
        let found = search(&self.draft)?;
        let decisions = LeakDecisions::new(&self.draft.decisions).map_err(Failure::refused)?;
        let open = decisions.undecided(&found.leaks);
        let undecided = (0u32..)
            .zip(&found.leaks)
            .filter(|(_, leak)| open.iter().any(|open| std::ptr::eq(*open, *leak)))
            .map(|(place, _)| place)
            .collect();
        let texts = found.texts.read();
        let by_hand = marked_by_hand(&texts, &self.draft.decisions);
        let strays = decisions.strays(texts.iter().map(|text| text.text)).len() as u32;
        Ok(LeakScan {
            undecided,
            left: left(&texts, &by_hand, &decisions),
            by_hand,
            not_searched: found.origins.not_searched().to_vec(),
            strays,
            leaks: found.leaks,
        })
    }
}

fn left(texts: &[ReadText<'_>], by_hand: &[Leak], decisions: &LeakDecisions) -> Vec<WordsLeft> {
    let mut seen = BTreeSet::new();
    let spelled = |leak: &&Leak| {
        let words: Vec<&str> = leak.matched.split_whitespace().collect();
        seen.insert(words.join(" ").to_lowercase())
    };
    let left = |leak: &Leak| {
        let found = Words::new(&leak.matched)?.find(texts);
        let places = found.iter().filter(|found| !decisions.masks(&found.id)).count() as u32;
        (places > 0).then(|| WordsLeft { words: leak.matched.clone(), places })
    };
    by_hand.iter().filter(spelled).filter_map(left).collect()
}

/// The texts that raters of a draft would read, as they were before any mask.
pub(crate) struct DraftTexts {
    scenarios: Vec<Scenario>,
    pub(crate) responses: Vec<Response>,
    instructions: String,
    calibration: Vec<CalibrationItem>,
}

impl DraftTexts {
    pub(crate) fn of(draft: &StudyDraft) -> Result<Self, Failure> {
        Self::drawn(draft, &draft.read()?)
    }

    fn drawn(draft: &StudyDraft, inputs: &Inputs) -> Result<Self, Failure> {
        let unmasked = StudyDraft { decisions: Vec::new(), ..draft.clone() };
        let Drawing { scenarios, responses, instructions, calibration, .. } =
            unmasked.draw(inputs)?;
        let responses = responses.into_iter().map(|prepared| prepared.response).collect();
        Ok(Self { scenarios, responses, instructions, calibration })
    }

    pub(crate) fn read(&self) -> Vec<ReadText<'_>> {
        let mut texts = texts_read(&self.scenarios, &self.responses);
        texts.extend(opening_texts(&self.instructions, &self.calibration));
        texts
    }
}

/// What the scan of a draft found.
pub(crate) struct Found {
    pub(crate) leaks: Vec<Leak>,
    pub(crate) origins: Origins,
    texts: DraftTexts,
}

pub(crate) fn search(draft: &StudyDraft) -> Result<Found, Failure> {
    let inputs = draft.read()?;
    let texts = DraftTexts::drawn(draft, &inputs)?;
    let origins = inputs.origins();
    let leaks = scan(&texts.read(), &origins);
    Ok(Found { leaks, origins, texts })
}
