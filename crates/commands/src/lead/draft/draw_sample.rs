//! Drawing the sample, to look at it before anything is written.

use crate::StudyDraft;
use crate::contract::Command;
use crate::{Context, Failure};
use serde::{Deserialize, Serialize};
use study::{DesignReport, SamplingReport};
use ts_rs::TS;

/// Draws the sample of a draft. Writes nothing.
#[derive(Debug, Deserialize, TS)]
pub struct DrawSample {
    /// The draft.
    pub draft: StudyDraft,
}

/// What was drawn.
#[derive(Debug, Serialize, TS)]
pub struct SampleDrawn {
    /// Responses to be rated, not counting repeats.
    pub responses: u32,
    /// Scenarios that they answer.
    pub scenarios: u32,
    /// Wanted against drawn; none where all responses are taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub report: Option<SamplingReport>,
    /// Who rates how much, and what each two share.
    pub design: DesignReport,
}

impl Command for DrawSample {
    const NAME: &'static str = "draw_sample";
    type Reply = SampleDrawn;

    fn run(self, _context: &mut Context) -> Result<SampleDrawn, Failure> {
        let inputs = self.draft.read()?;
        let drawing = self.draft.draw(&inputs)?;
        let blinded = crate::lead::create::rehearse(&self.draft, &inputs, &drawing)?;
        Ok(SampleDrawn {
            responses: drawing.responses.len() as u32,
            scenarios: drawing.scenarios.len() as u32,
            report: drawing.sample.map(|sample| sample.report),
            design: blinded.design,
        })
    }
}
