//! A draft of items for a running study: what has to fit the study, and what the study has already.

use super::drawing::Drawing;
use super::{Inputs, named_by};
use crate::lead::calibration;
use crate::lead::open_study::OpenStudy;
use crate::names::count;
use crate::{Failure, StudyDraft};
use exchange::{Collected, first_few, name_places};
use std::collections::{BTreeMap, BTreeSet};
use study::{BlindedResponse, Origin, Origins, Rubric, Scenario};

/// Responses that a running study has already, by their places in the file.
#[derive(Default)]
pub(super) struct There {
    /// What it shows word for word.
    by_words: BTreeSet<usize>,
    /// What has other words, under an origin that it has: known as far as its key is open.
    by_origin: BTreeSet<usize>,
}

impl There {
    pub(super) fn has(&self, place: usize) -> bool {
        self.by_words.contains(&place) || self.by_origin.contains(&place)
    }

    fn len(&self) -> usize {
        self.by_words.len() + self.by_origin.len()
    }
}

impl Inputs {
    /// How many responses the running study does not have.
    pub(crate) fn not_there(&self) -> usize {
        self.responses.len() - self.there.len()
    }

    /// The origins that texts are searched for: those of the files, and of a running study what is open of its key.
    pub(crate) fn origins(&self) -> Origins {
        let own = Origins::of(&self.bank.scenarios, &self.responses);
        match self.running.as_ref().and_then(OpenStudy::key_so_far) {
            Some(key) => own.and(Origins::of_key(key)),
            None => own,
        }
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
            if study.opened.is_some() && study.is_lead(label) {
                let field = format!("raters[{place}].label");
                let found = format!("`{label}`, the lead author");
                let expected = "the other raters alone (--raters): the key is open, and you can know which model \
                                wrote each response";
                return Err(self.wrong(&field, &found, expected));
            }
        }
        Ok(())
    }

    /// Where a lead author rates responses of one model alone, no blinding hides it.
    pub(super) fn known_to_lead(
        &self,
        study: &OpenStudy,
        collected: &Collected,
        there: &There,
    ) -> Option<String> {
        let lead = self.labels().into_iter().find(|label| study.is_lead(label))?;
        let new = collected.responses.iter().enumerate().filter(|(place, _)| !there.has(*place));
        let models: BTreeSet<&str> =
            new.map(|(_, response)| response.origin.model_id.as_str()).collect();
        (models.len() == 1).then(|| {
            format!(
                "{}: every response is by one model, and {lead}, who is to rate them, is the lead author and knows it. \
                 Every report says so once the key is open. Add responses of another model, or give them to the other \
                 raters alone (`raters` of the draft, --raters)",
                self.responses
            )
        })
    }

    /// What the leak scan cannot search for.
    pub(super) fn names_sealed(&self, study: &OpenStudy) -> Option<String> {
        study.key().is_none().then(|| {
            "The key of the running study is sealed: texts are searched for the models of these files and those that the \
             program knows, and not for one that only the key names. Search for its name yourself, with `primum study \
             mask --words`"
                .into()
        })
    }

    /// The places among `responses` of those that `study` has already: known by their words while the key is
    /// sealed, by their origins too where it is open. Nothing tells whether an answer without words is the same.
    pub(super) fn there(
        &self,
        study: &OpenStudy,
        scenarios: &[Scenario],
        collected: &Collected,
    ) -> Result<There, Failure> {
        let (decisions, calibration) = (self.decisions()?, calibration::items(&study.header)?);
        let running = study.running(&calibration);
        let shown = self.as_shown(scenarios)?;
        let origins: BTreeSet<&Origin> =
            study.key_so_far().iter().flat_map(|key| &key.items).map(|item| &item.origin).collect();
        let mut there = There::default();
        for (place, response) in collected.responses.iter().enumerate() {
            let Some(scenario) = shown.get(response.origin.scenario_id.as_str()) else { continue };
            let text = decisions.apply(&response.text).map_err(|error| self.refused(error))?.text;
            let shown_response = BlindedResponse { text, filtered: response.filtered };
            let has_words = self.sampling.is_some() || !shown_response.is_empty();
            let shown = running.shows(scenario, &shown_response)
                || running.shows_masked(scenario, &shown_response);
            if has_words && shown {
                there.by_words.insert(place);
            } else if origins.contains(&response.origin) {
                there.by_origin.insert(place);
            }
        }
        Ok(there)
    }

    /// The scenarios by name, as raters are to read them.
    pub(super) fn as_shown<'a>(
        &self,
        scenarios: &'a [Scenario],
    ) -> Result<BTreeMap<&'a str, Scenario>, Failure> {
        let decisions = self.decisions()?;
        let mask = |scenario: &'a Scenario| {
            let mut shown = scenario.clone();
            decisions.mask_scenario(&mut shown).map_err(|error| self.refused(error))?;
            Ok((scenario.id.as_str(), shown))
        };
        scenarios.iter().map(mask).collect()
    }

    /// How many of `scenarios` the running study has, as they are to be shown.
    pub(super) fn known<'a>(
        &self,
        inputs: &Inputs,
        scenarios: impl Iterator<Item = &'a Scenario>,
    ) -> Result<usize, Failure> {
        let Some(study) = &inputs.running else { return Ok(0) };
        let calibration = calibration::items(&study.header)?;
        let (running, shown) =
            (study.running(&calibration), self.as_shown(&inputs.bank.scenarios)?);
        Ok(scenarios.filter(|one| running.name_of(&shown[&*one.id]).is_some()).count())
    }

    /// That raters would read again, and unmasked, what they have read masked: in what was drawn.
    pub(crate) fn unmasked(
        &self,
        inputs: &Inputs,
        drawing: &Drawing,
    ) -> Result<Option<String>, Failure> {
        let Some(study) = &inputs.running else { return Ok(None) };
        let calibration = calibration::items(&study.header)?;
        let running = study.running(&calibration);
        let unmasked = drawing.scenarios.iter().filter(|shown| running.unmasks(shown));
        let names: Vec<String> = unmasked.map(|shown| format!("`{}`", shown.id)).collect();
        Ok((!names.is_empty()).then(|| {
            format!(
                "{}: words of {} are masked in the study, and shown here. Mask the same words here: raters would \
                 read what was hidden from them, and a scenario with other words counts as another",
                self.scenarios,
                first_few(&names)
            )
        }))
    }

    /// Where every response is taken, each that is there must go.
    pub(super) fn there_already(&self, collected: &Collected, there: &There) -> Vec<String> {
        let taken = self.sampling.is_none();
        let problem = |places: &BTreeSet<usize>, why: &str| {
            (taken && !places.is_empty()).then(|| {
                let name = |place: &usize| collected.responses[*place].origin.item_name();
                let names: Vec<String> = places.iter().map(name).collect();
                let places: Vec<usize> =
                    places.iter().map(|place| collected.places[*place]).collect();
                let places = name_places(collected.unit, &places);
                format!("{}, {places}: found {}, {why}", self.responses, first_few(&names))
            })
        };
        let by_words = "which the study shows already, word for word; expected responses that the study does not have";
        let by_origin = "of which the study has an answer already, in other words; expected a `rep_id` that the study \
                         does not have where a model was asked again: under the same one it would count nowhere";
        let problems = [problem(&there.by_words, by_words), problem(&there.by_origin, by_origin)];
        problems.into_iter().flatten().collect()
    }

    /// Where some are drawn, it is among the others.
    pub(super) fn left_out(&self, all: usize, there: &There) -> Option<String> {
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
