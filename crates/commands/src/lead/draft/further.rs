//! A draft of items for a running study: what has to fit the study, and what the study has already.

use super::{Inputs, named_by};
use crate::lead::calibration;
use crate::lead::open_study::OpenStudy;
use crate::names::count;
use crate::{Failure, StudyDraft};
use exchange::{Collected, first_few, name_places};
use std::collections::{BTreeMap, BTreeSet};
use study::{BlindedResponse, Rubric, Scenario};

impl Inputs {
    /// How many responses the running study does not have.
    pub(crate) fn not_there(&self) -> usize {
        self.responses.len() - self.there.len()
    }
}

impl StudyDraft {
    /// The running study that the items are for, if they are for one.
    pub(super) fn running(&self) -> Result<Option<OpenStudy>, Failure> {
        let open = |study: &String| named_by("further_to", OpenStudy::open(study));
        self.further_to.as_ref().map(open).transpose()
    }

    /// Refuses what all packets of a study share and this draft has otherwise.
    pub(super) fn check_fits(&self, study: &OpenStudy, rubric: &Rubric) -> Result<(), Failure> {
        let header = &study.header;
        if self.title.trim() != header.title.trim() {
            let expected = format!("`{}`, the title of the running study", header.title);
            return Err(self.wrong("title", &format!("`{}`", self.title), &expected));
        }
        if rubric.digest() != header.rubric.digest() {
            let found = format!("\u{201c}{}, version {}\u{201d}", rubric.title, rubric.version);
            let expected = format!(
                "the rubric of the running study, \u{201c}{}, version {}\u{201d}, word for word",
                header.rubric.title, header.rubric.version
            );
            return Err(self.wrong("rubric", &found, &expected));
        }
        for (field, given) in [
            ("instructions", !self.instructions.trim().is_empty()),
            ("calibration", self.calibration.is_some()),
        ] {
            if given {
                let expected = "nothing: further packets have the study\u{2019}s own instructions, and \
                                raters have calibrated";
                return Err(self.wrong(field, "something", expected));
            }
        }
        let known: Vec<&str> =
            study.whole_raters().iter().map(|rater| rater.label().as_str()).collect();
        for (place, label) in self.labels().iter().enumerate() {
            if !known.contains(&label.as_str()) {
                let (field, found) = (format!("raters[{place}].label"), format!("`{label}`"));
                let expected = format!("a rater of the running study: {}", known.join(", "));
                return Err(self.wrong(&field, &found, &expected));
            }
        }
        Ok(())
    }

    /// The places among `responses` of those that `study` shows already: known by their words, as the key is
    /// sealed. Nothing tells whether an answer without words is the same.
    pub(super) fn there(
        &self,
        study: &OpenStudy,
        scenarios: &[Scenario],
        collected: &Collected,
    ) -> Result<BTreeSet<usize>, Failure> {
        let (decisions, calibration) = (self.decisions()?, calibration::items(&study.header)?);
        let running = study.running(&calibration);
        let mut shown: BTreeMap<&str, Scenario> = BTreeMap::new();
        for scenario in scenarios {
            let mut scenario_shown = scenario.clone();
            decisions.mask_scenario(&mut scenario_shown).map_err(|error| self.refused(error))?;
            shown.insert(&scenario.id, scenario_shown);
        }
        let mut there = BTreeSet::new();
        for (place, response) in collected.responses.iter().enumerate() {
            let Some(scenario) = shown.get(response.origin.scenario_id.as_str()) else { continue };
            let text = decisions.apply(&response.text).map_err(|error| self.refused(error))?.text;
            let response = BlindedResponse { text, filtered: response.filtered };
            let has_words = self.sampling.is_some() || !response.is_empty();
            if has_words && running.shows(scenario, &response) {
                there.insert(place);
            }
        }
        Ok(there)
    }

    /// Where every response is taken, each that is there must go.
    pub(super) fn there_already(
        &self,
        collected: &Collected,
        there: &BTreeSet<usize>,
    ) -> Option<String> {
        if there.is_empty() || self.sampling.is_some() {
            return None;
        }
        let places: Vec<usize> = there.iter().map(|place| collected.places[*place]).collect();
        let name = |place: &usize| collected.responses[*place].origin.item_name();
        let names: Vec<String> = there.iter().map(name).collect();
        Some(format!(
            "{}, {}: found {}, {}; expected responses that the study does not have",
            self.responses,
            name_places(collected.unit, &places),
            first_few(&names),
            if names.len() == 1 {
                "which the study shows already"
            } else {
                "which the study shows already, word for word"
            },
        ))
    }

    /// Where some are drawn, it is among the others.
    pub(super) fn left_out(&self, all: usize, there: &BTreeSet<usize>) -> Option<String> {
        let left = there.len();
        (left > 0 && self.sampling.is_some()).then(|| {
            let are = if left == 1 { "is" } else { "are" };
            format!(
                "{}: {left} of {} {are} in the study already; the sample is drawn from the others",
                self.responses,
                count(all, "response")
            )
        })
    }
}
