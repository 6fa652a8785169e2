//! Agreement in a study: between raters, of raters with themselves, and over time.

use crate::{AgreementReport, CompareError, Effort, PanelReport, compare, compare_panel};
use serde::Serialize;
use std::collections::BTreeMap;
use study::{ItemId, Key, RaterScores};
use ts_rs::TS;

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

/// What a study has of its raters.
#[derive(Clone, Debug)]
pub struct RatedStudy<'a> {
    /// The packets, each with its rater's scores.
    pub packets: Vec<RatedPacket<'a>>,
    /// By the item that shows a response again, the one that showed it first.
    pub repeats: BTreeMap<&'a str, &'a str>,
    /// The key, once it is open.
    pub key: Option<&'a Key>,
}

/// What one rater was handed out: a packet, and what was added to it.
#[derive(Clone, Debug)]
pub struct RatedPacket<'a> {
    /// The items, in the order of rating.
    pub order: Vec<&'a ItemId>,
    /// What the rater says, first and second ratings; none where nothing has come.
    pub scores: Option<RaterScores>,
}

/// Agreement of the raters who have sent something. The caller fills in what is missing.
pub fn study_agreement(
    study: &RatedStudy<'_>,
    effort: Effort<'_>,
) -> Result<StudyAgreement, CompareError> {
    let came = || study.packets.iter().filter_map(|packet| packet.scores.as_ref());
    let periods = periods(&study.packets);
    let scores: Vec<RaterScores> =
        came().map(|scores| study.opened(in_time(study.first_ratings(scores), &periods))).collect();
    let mut pairs = Vec::new();
    for (place, first) in scores.iter().enumerate() {
        for second in &scores[place + 1..] {
            if first.items.names().any(|item| second.items.contains(item)) {
                pairs.push(compare(first, second, false, effort)?);
            }
        }
    }
    let panel = match scores.len() {
        0..=2 => None,
        _ => Some(compare_panel(&scores, false, effort)?),
    };
    let mut repeats = Vec::new();
    for scores in came() {
        let (first, second) = study.shown_twice(scores);
        if !first.items.is_empty() {
            let report = compare(&study.opened(first), &study.opened(second), false, effort)?;
            repeats.push(RepeatAgreement { rater: scores.rater.clone(), report });
        }
    }
    Ok(StudyAgreement { pairs, panel, repeats, missing: Vec::new() })
}

impl RatedStudy<'_> {
    fn opened(&self, scores: RaterScores) -> RaterScores {
        match self.key {
            Some(key) => scores.unblinded(key),
            None => scores,
        }
    }

    /// The ratings of responses that were not shown before.
    fn first_ratings(&self, scores: &RaterScores) -> RaterScores {
        let first = |item: &str| !self.repeats.contains_key(item);
        scores.clone().renamed(|item| first(item).then(|| item.to_owned()))
    }

    /// The first and the second ratings of the responses that were shown twice, both under the name of
    /// the first.
    fn shown_twice(&self, scores: &RaterScores) -> (RaterScores, RaterScores) {
        let of = |showing: &str| RaterScores {
            rater: format!("{}, {showing}", scores.rater),
            ..scores.clone()
        };
        let second =
            of("second time").renamed(|item| self.repeats.get(item).map(ToString::to_string));
        let again = |item: &str| second.items.contains(item);
        let first = of("first time").renamed(|item| again(item).then(|| item.to_owned()));
        (first, second)
    }
}

fn in_time(mut scores: RaterScores, periods: &BTreeMap<&str, &str>) -> RaterScores {
    for (item, design) in &mut scores.designs {
        design.period = periods.get(item.as_str()).map(ToString::to_string);
    }
    scores
}

/// Which third of the work an item belongs to, by its mean place in the packets that hold it: raters
/// have orders of their own.
fn periods<'a>(packets: &[RatedPacket<'a>]) -> BTreeMap<&'a str, &'static str> {
    let mut places: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for packet in packets {
        let all = packet.order.len() as f64;
        for (place, item) in packet.order.iter().enumerate() {
            places.entry(item.as_str()).or_default().push((place as f64 + 0.5) / all);
        }
    }
    let mean = |places: Vec<f64>| places.iter().sum::<f64>() / places.len() as f64;
    let mut order: Vec<(&str, f64)> =
        places.into_iter().map(|(item, places)| (item, mean(places))).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(b.0)));
    let all = order.len();
    let third =
        |place: usize| ["1, early", "2, middle", "3, late"][(place * 3 / all.max(1)).min(2)];
    order.into_iter().enumerate().map(|(place, (item, _))| (item, third(place))).collect()
}
