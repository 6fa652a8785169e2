//! Agreement in a study: between raters, of raters with themselves, and over time.

use super::create::UNEQUAL_PROBABILITIES;
use super::panel::Panel;
use crate::agree::{effort, stepping};
use crate::contract::Command;
use crate::{AgreementReport, Desk, Failure, Intervals, PanelReport};
use analysis::{Effort, compare, compare_panel};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use study::RaterScores;
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

/// Agreement in a study.
#[derive(Debug, Serialize, TS)]
pub struct StudyAgreement {
    /// Each two raters, in the order of the packets.
    pub pairs: Vec<AgreementReport>,
    /// All raters, where there are more than two.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub panel: Option<PanelReport>,
    /// Each rater with themselves, where responses were shown twice.
    pub repeats: Vec<RepeatAgreement>,
    /// What is missing, in a sentence each.
    pub missing: Vec<String>,
}

/// A rater's agreement with themselves.
#[derive(Debug, Serialize, TS)]
pub struct RepeatAgreement {
    /// The rater.
    pub rater: String,
    /// The first rating of each response with the second.
    pub report: AgreementReport,
}

impl Command for MeasureStudy {
    const NAME: &'static str = "measure_study";
    type Reply = StudyAgreement;

    fn run(self, desk: &mut Desk) -> Result<StudyAgreement, Failure> {
        let panel = Panel::open(&self.study)?;
        let key = panel.key()?;
        let mut scores = panel.scores();
        periods(&panel, &mut scores);
        let opened = |scores: RaterScores| match &key {
            Some(key) => scores.unblinded(key),
            None => scores,
        };
        scores = scores.into_iter().map(opened).collect();
        let watch = desk.watch();
        let step = stepping(&watch);
        let effort: Effort<'_> = effort(self.intervals, self.replicates, self.seed, &step)?;
        let mut found = StudyAgreement {
            pairs: Vec::new(),
            panel: None,
            repeats: Vec::new(),
            missing: missing(&panel, key.is_some()),
        };
        for (place, first) in scores.iter().enumerate() {
            for second in &scores[place + 1..] {
                let shares = first.items.keys().any(|item| second.items.contains_key(item));
                if shares {
                    found.pairs.push(compare(first, second, false, effort)?);
                }
            }
        }
        if scores.len() > 2 {
            found.panel = Some(compare_panel(&scores, false, effort)?);
        }
        for rater in panel.came() {
            let (first, second) = panel.repeated(rater);
            if !first.items.is_empty() {
                let report = compare(&opened(first), &opened(second), false, effort)?;
                found
                    .repeats
                    .push(RepeatAgreement { rater: panel.ratings(rater).called().into(), report });
            }
        }
        Ok(found)
    }
}

fn missing(panel: &Panel, opened: bool) -> Vec<String> {
    let waiting: Vec<&str> = panel
        .raters
        .iter()
        .filter(|rater| rater.files == 0)
        .map(|rater| rater.packet.rater.as_str())
        .collect();
    let unlocked: Vec<&str> = panel
        .raters
        .iter()
        .filter(|rater| rater.files > 0 && !rater.locked())
        .map(|rater| panel.ratings(rater).called())
        .collect();
    let mut missing = Vec::new();
    if !waiting.is_empty() {
        missing.push(format!("No file has come from {}.", waiting.join(", ")));
    }
    if !unlocked.is_empty() {
        missing
            .push(format!("Not locked yet, so these figures may change: {}.", unlocked.join(", ")));
    }
    if !opened && panel.header.protocol.get(UNEQUAL_PROBABILITIES).is_some() {
        missing.push(SEALED_PROBABILITIES.into());
    }
    missing
}

const SEALED_PROBABILITIES: &str = "Responses were drawn with different probabilities, which the key holds: until it is open, \
     these figures are of the rated responses, not of all.";

/// Which third of the work an item belongs to, by its mean place in the packets that hold it: raters
/// have orders of their own.
fn periods(panel: &Panel, scores: &mut [RaterScores]) {
    let mut places: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for rater in &panel.raters {
        let all = rater.packet.items.len() as f64;
        for (place, item) in rater.packet.items.iter().enumerate() {
            places.entry(item.as_str()).or_default().push((place as f64 + 0.5) / all);
        }
    }
    let mean = |places: &Vec<f64>| places.iter().sum::<f64>() / places.len() as f64;
    let mut order: Vec<(&str, f64)> =
        places.iter().map(|(item, places)| (*item, mean(places))).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(b.0)));
    let all = order.len();
    let third =
        |place: usize| ["1, early", "2, middle", "3, late"][(place * 3 / all.max(1)).min(2)];
    let periods: BTreeMap<&str, &str> =
        order.iter().enumerate().map(|(place, (item, _))| (*item, third(place))).collect();
    for scores in scores {
        for (item, place) in &mut scores.places {
            place.period = periods.get(item.as_str()).map(|period| (*period).to_owned());
        }
    }
}
