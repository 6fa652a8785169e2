//! The leak scan of a draft.

use super::StudyDraft;
use super::draft::Drawing;
use crate::contract::Command;
use crate::{Desk, Failure};
use serde::{Deserialize, Serialize};
use study::{
    CalibrationItem, Decisions, Leak, Origins, ReadText, Response, Scenario, opening_texts, scan,
    texts_read,
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
    /// Model identifiers that are no names, such as `A`, which texts are not searched for.
    pub not_searched: Vec<String>,
    /// Decisions about texts that are not there (any more).
    pub strays: u32,
}

impl Command for ScanLeaks {
    const NAME: &'static str = "scan_leaks";
    type Reply = LeakScan;

    fn run(self, desk: &mut Desk) -> Result<LeakScan, Failure> {
        if desk.watch().step(0, 2, "Reading the files").is_break() {
            return Err(Failure::cancelled());
        }
        let found = search(&self.draft)?;
        let decisions = Decisions::new(&self.draft.decisions).map_err(Failure::refused)?;
        let open = decisions.undecided(&found.leaks);
        let undecided = (0u32..)
            .zip(&found.leaks)
            .filter(|(_, leak)| open.iter().any(|open| std::ptr::eq(*open, *leak)))
            .map(|(place, _)| place)
            .collect();
        let strays = decisions.strays(found.texts().iter().map(|text| text.text)).len() as u32;
        Ok(LeakScan {
            undecided,
            not_searched: found.origins.not_searched().to_vec(),
            strays,
            leaks: found.leaks,
        })
    }
}

/// What the scan of a draft found, in the texts as they were before any mask.
pub(super) struct Found {
    pub(super) leaks: Vec<Leak>,
    pub(super) origins: Origins,
    scenarios: Vec<Scenario>,
    responses: Vec<Response>,
    instructions: String,
    calibration: Vec<CalibrationItem>,
}

impl Found {
    /// Every text that raters would read.
    fn texts(&self) -> Vec<ReadText<'_>> {
        let mut texts = texts_read(&self.scenarios, &self.responses);
        texts.extend(opening_texts(&self.instructions, &self.calibration));
        texts
    }
}

pub(super) fn search(draft: &StudyDraft) -> Result<Found, Failure> {
    let inputs = draft.read()?;
    let unmasked = StudyDraft { decisions: Vec::new(), ..draft.clone() };
    let drawing = unmasked.draw(&inputs)?;
    let responses: Vec<Response> =
        drawing.responses.iter().map(|prepared| prepared.response.clone()).collect();
    let origins = Origins::of(&inputs.bank.scenarios, &inputs.responses);
    let Drawing { scenarios, instructions, calibration, .. } = drawing;
    let mut found =
        Found { leaks: Vec::new(), origins, scenarios, responses, instructions, calibration };
    found.leaks = scan(&found.texts(), &found.origins);
    Ok(found)
}
