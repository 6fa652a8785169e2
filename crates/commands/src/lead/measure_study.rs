//! Agreement in a study: between raters, of raters with themselves, and over time.

use super::create::UNEQUAL_PROBABILITIES;
use super::open_study::{OpenStudy, StudyRater};
use crate::contract::{Command, Draw};
use crate::reports::{effort, stepping};
use crate::{Context, Failure, Intervals};
use analysis::{RatedPacket, RatedStudy, StudyAgreement, study_agreement};
use serde::Deserialize;
use ts_rs::TS;

/// Computes agreement from the ratings received so far, each as it was locked.
#[derive(Debug, Deserialize, TS)]
pub struct MeasureStudy {
    /// The study's file, or its folder.
    pub study: String,
    /// What intervals treat as independent.
    #[serde(default)]
    #[ts(optional, as = "Option<Intervals>")]
    pub intervals: Intervals,
    /// How many bootstrap samples are drawn; 2,000 by default.
    #[serde(default)]
    #[ts(optional)]
    pub replicates: Option<usize>,
    /// The seed of bootstrap samples; 1 by default.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub seed: Option<u64>,
}

impl Command for MeasureStudy {
    const NAME: &'static str = "measure_study";
    type Reply = StudyAgreement;
    const DRAW: Option<Draw<StudyAgreement>> = Some(figures::of_study);

    fn run(self, context: &mut Context) -> Result<StudyAgreement, Failure> {
        let study = OpenStudy::open(&self.study)?;
        let watch = context.watch();
        let step = stepping(&watch);
        let effort = effort(self.intervals, self.replicates, self.seed, &step)?;
        let mut found = study_agreement(&rated(&study), effort)?;
        found.missing = missing(&study);
        Ok(found)
    }
}

fn rated(study: &OpenStudy) -> RatedStudy<'_> {
    let raters = study.whole_raters();
    let packets = raters
        .iter()
        .map(|rater| RatedPacket { order: rater.items().collect(), scores: rater.scores(study) });
    let repeats = study
        .items
        .values()
        .filter_map(|item| Some((item.item.id.as_str(), item.repeat_of.as_ref()?.as_str())));
    RatedStudy { packets: packets.collect(), repeats: repeats.collect(), key: study.key() }
}

fn missing(study: &OpenStudy) -> Vec<String> {
    let waiting: Vec<String> = study
        .raters
        .iter()
        .filter(|rater| rater.files == 0)
        .map(StudyRater::packet_label)
        .collect();
    let unlocked: Vec<&str> = study
        .raters
        .iter()
        .filter(|rater| rater.files > 0 && !rater.locked())
        .map(|rater| study.ratings(rater).called())
        .collect();
    let mut missing = Vec::new();
    if !waiting.is_empty() {
        missing.push(format!("No file has come from {}.", waiting.join(", ")));
    }
    if !unlocked.is_empty() {
        missing
            .push(format!("Not locked yet, so these figures may change: {}.", unlocked.join(", ")));
    }
    if study.opened.is_none() && study.header.protocol.get(UNEQUAL_PROBABILITIES).is_some() {
        missing.push(SEALED_PROBABILITIES.into());
    }
    missing.extend(study.raters_late());
    missing
}

const SEALED_PROBABILITIES: &str = "Responses were drawn with different probabilities, which the key holds: until it is open, \
     these figures are of the rated responses, not of all.";
