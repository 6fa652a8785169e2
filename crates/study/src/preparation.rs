//! What the lead author has decided about a study before it is blinded.

use crate::{
    CalibrationItem, Design, Mask, MaskedOpening, MaskedPart, Response, Rubric, SamplingReport,
    Scenario,
};
use std::collections::BTreeMap;

/// A response with what was decided about it before blinding.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The response, its text as it is to be shown: with `masks` in place.
    pub response: Response,
    /// What was replaced in the text, in the order of the text.
    pub masks: Vec<Mask>,
    /// The probability with which it was drawn; absent where all responses are taken.
    pub inclusion_probability: Option<f64>,
    /// Whether each rater who has it sees it twice.
    pub repeated: bool,
}

impl From<Response> for Prepared {
    /// `response` as it is, shown once.
    fn from(response: Response) -> Self {
        Self { response, masks: Vec::new(), inclusion_probability: None, repeated: false }
    }
}

/// All that a study is made from.
#[derive(Clone, Copy, Debug)]
pub struct Preparation<'a> {
    /// The study's name on screen.
    pub title: &'a str,
    /// The scenarios, their texts as they are to be shown; those without a response stay out.
    pub scenarios: &'a [Scenario],
    /// What was replaced in their texts, by the author's identifier.
    pub masked: &'a BTreeMap<String, Vec<MaskedPart>>,
    /// The responses to rate.
    pub responses: &'a [Prepared],
    /// The instrument.
    pub rubric: &'a Rubric,
    /// What the raters are told before they begin; empty if nothing.
    pub instructions: &'a str,
    /// What they rate before the study; it does not count.
    pub calibration: &'a [CalibrationItem],
    /// What was replaced in the instructions and the calibration items.
    pub masked_opening: &'a [MaskedOpening],
    /// The raters' labels.
    pub raters: &'a [String],
    /// The label of the rater who is also the lead author, if one is.
    pub lead: Option<&'a str>,
    /// Who rates what.
    pub design: Design,
    /// How the responses were drawn, for the key.
    pub sampling: Option<&'a SamplingReport>,
    /// The seed of identifiers, orders and the design.
    pub seed: u64,
}
