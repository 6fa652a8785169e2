//! Automated judges beside the humans whom they are to stand in for.

mod missed;

use super::agree::{Opened, among, share_items, stepping};
use super::reading::mappings;
use super::source::{of_studies, open_each, registration_in};
use crate::columns::texts_mapping;
use crate::contract::{Command, Draw};
use crate::{Context, Failure, HowToCompare};
use analysis::{JudgeQuestion, JudgeReport, Registered, hold, validate_judges};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use study::{RaterScores, Reference, Scenario};
use ts_rs::TS;

pub use missed::{Asked, MissedNote, MissedText, MissedTexts, ShowMissed};

/// Measures automated judges by what humans say of the same responses.
#[derive(Debug, Deserialize, TS)]
pub struct ValidateJudge {
    /// The humans' files: ratings files, score files, tidy CSVs, or a study whose key is open. A table or
    /// a study counts for each of its raters.
    pub humans: Vec<String>,
    /// The judges' files, likewise.
    pub judges: Vec<String>,
    /// Scenarios, which tell each item's category and framing: a folder, or a table of them.
    #[serde(default)]
    #[ts(optional)]
    pub scenarios: Option<String>,
    /// Which columns of the scenarios' table hold what.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub texts_map: Vec<String>,
    /// A file of thresholds registered before the key was opened.
    #[serde(default)]
    #[ts(optional)]
    pub thresholds: Option<String>,
    /// What represents several humans' grades of one response; their average by default.
    #[serde(default)]
    #[ts(optional, as = "Option<Reference>")]
    pub reference: Reference,
    /// ε of the alternative annotator test: the advantage granted to a human; 0.2 by default.
    #[serde(default)]
    #[ts(optional)]
    pub epsilon: Option<f64>,
    /// How.
    #[serde(flatten)]
    #[ts(flatten)]
    pub how: HowToCompare,
}

/// For experts, after the test's authors.
const EPSILON: f64 = 0.2;

impl Command for ValidateJudge {
    const NAME: &'static str = "validate_judge";
    type Reply = JudgeReport;
    const DRAW: Option<Draw<JudgeReport>> = Some(figures::of_judges);

    fn run(self, context: &mut Context) -> Result<JudgeReport, Failure> {
        let epsilon = self.epsilon.unwrap_or(EPSILON);
        if !(0.0..1.0).contains(&epsilon) {
            return Err(Failure::refused(format!(
                "found {epsilon:?} as ε of the alternative annotator test; expected a number from 0 to \
                 below 1"
            )));
        }
        // Before anything is computed: whether thresholds can be read has nothing to do with it.
        let thresholds = match &self.thresholds {
            Some(file) => Some((file, exchange::read_thresholds(Path::new(file))?)),
            None => None,
        };
        let files = [self.humans.as_slice(), &self.judges].concat();
        let map = mappings(&self.how.read.map, &files)?;
        let open = |names: &[String]| open_each(names, &self.how.read, &map);
        let (humans, judges) = (open(&self.humans)?, open(&self.judges)?);
        let first_judge = humans.len();
        let sources = humans.into_iter().chain(judges).collect();
        let Opened { mut scores, first_judge, mut cautions } =
            self.how.open(sources, first_judge)?;
        let mapping = texts_mapping("texts_map", &self.texts_map)?;
        if let Some(folder) = &self.scenarios {
            let bank = exchange::read_scenarios(Path::new(folder), &mapping)?;
            cautions.extend(fill_designs(&mut scores, &bank.scenarios));
            cautions.extend(bank.notes);
        }
        let (humans, judges) = scores.split_at(first_judge);
        let (watch, across_rubrics) = (context.watch(), self.how.across_rubrics);
        let step = stepping(&watch);
        let effort = self.how.effort(&step)?;
        let reference = self.reference;
        let question = JudgeQuestion { humans, judges, reference, epsilon, across_rubrics };
        let mut report = validate_judges(question, effort).map_err(|error| among(&files, error))?;
        let mut axes = report.judges.values().flat_map(|judge| judge.axes.values());
        if axes.all(|axis| axis.measures.shared == 0) {
            share_items(humans, judges)?;
        }
        report.cautions.extend(cautions.into_iter().chain(of_studies(&files)?));
        if let Some((file, (written, digest))) = thresholds {
            let thresholds = hold(&written.thresholds, &report)
                .map_err(|error| Failure::refused(format!("{file}, {error}")))?;
            let registration = registration_in(&self.humans, &digest)?;
            let note = written.note;
            report.registered = Some(Registered { digest, registration, note, thresholds });
        }
        Ok(report)
    }
}

/// Fills in what the scenarios tell of the items' places, and what to know if it is nothing.
fn fill_designs(scores: &mut [RaterScores], scenarios: &[Scenario]) -> Option<String> {
    let known: BTreeMap<&str, &Scenario> =
        scenarios.iter().map(|scenario| (scenario.id.as_str(), scenario)).collect();
    let mut found = false;
    for design in scores.iter_mut().flat_map(|scores| scores.designs.values_mut()) {
        if let Some(scenario) = known.get(design.scenario.as_str()) {
            design.category.get_or_insert_with(|| scenario.category.clone());
            design.framing = design.framing.or(scenario.framing);
            design.pair = design.pair.take().or_else(|| scenario.pair_id.clone());
            found = true;
        }
    }
    let none =
        "No rating names one of these scenarios, so there are no results by category or framing.";
    (!found).then(|| none.into())
}
