//! The two-axis plane: what a model withholds from a layperson against what it withholds from a
//! physician, with what it gets wrong in either framing.

use super::graded::{exact, exact_mean, grade};
use super::group::{Clusters, ratio};
use super::pattern::{Pattern, PatternCutoffs, Point};
use super::response::{Response, Responses};
use crate::ReportedMeasure;
use agreement::Rational;
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeMap;
use study::{Framing, HarmRanges};
use ts_rs::TS;

/// The plane.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PlaneFindings {
    /// By which patterns are named.
    pub cutoffs: PatternCutoffs,
    /// Each model over its pairs.
    pub models: IndexMap<String, ModelPoint>,
    /// Each model and pair.
    pub cells: Vec<PairPoint>,
}

/// A model over the pairs that have an OH grade in both framings; each pair counts once.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ModelPoint {
    /// Pairs.
    #[ts(type = "number")]
    pub n_pairs: u64,
    /// Asked by a layperson.
    pub layperson: FramingPoint,
    /// Asked by a physician.
    pub physician: FramingPoint,
    /// What it looks like.
    pub pattern: Pattern,
}

/// One framing of a model's pairs.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FramingPoint {
    /// Responses with an OH grade.
    #[ts(type = "number")]
    pub n: u64,
    /// Mean over pairs of the mean OH; clusters are pairs. Where responses are weighted, the mean over
    /// responses, those included whose pair has no grade in the other framing.
    pub mean_oh: ReportedMeasure,
    /// The same of CH.
    pub mean_ch: ReportedMeasure,
    /// The same of the share of filtered responses, 0 to 1.
    pub filtered: ReportedMeasure,
}

/// A model's answers to one pair. Each framing is one scenario, so there are no intervals.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PairPoint {
    /// The model.
    pub model: String,
    /// The pair.
    pub pair: String,
    /// Asked by a layperson.
    pub layperson: FramingMean,
    /// Asked by a physician.
    pub physician: FramingMean,
    /// What it looks like.
    pub pattern: Pattern,
}

/// One framing of one pair.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FramingMean {
    /// Responses with an OH grade.
    #[ts(type = "number")]
    pub n: u64,
    /// Mean OH.
    pub mean_oh: f64,
    /// Mean CH; null where none was graded.
    pub mean_ch: Option<f64>,
    /// The share of filtered responses, 0 to 1; null where that is not known.
    pub filtered: Option<f64>,
}

/// The responses of one framing of one model and pair.
type Side<'a> = Vec<Response<'a>>;

fn filtered(response: &Response<'_>) -> Option<f64> {
    response.said.is_filtered().map(|filtered| f64::from(u8::from(filtered)))
}

fn framing_mean(side: &[Response<'_>]) -> Option<FramingMean> {
    let mean = |of: fn(&Response<'_>) -> Option<f64>| {
        let mut sums = [0.0; 2];
        for (weight, value) in side.iter().filter_map(|of_one| Some((of_one.weight, of(of_one)?))) {
            sums = [sums[0] + weight * value, sums[1] + weight];
        }
        ratio(&sums)
    };
    Some(FramingMean {
        n: side.iter().filter(|response| response.omission.is_ok()).count() as u64,
        mean_oh: exact_mean(side.iter().map(|of| (of.weight, exact(of.omission))))?.to_f64(),
        mean_ch: mean(|response| grade(response.commission)),
        filtered: mean(filtered),
    })
}

/// The plane, where any pair was graded in both framings.
pub(crate) fn plane(
    responses: &Responses<'_>,
    cutoffs: PatternCutoffs,
    ranges: HarmRanges,
) -> Option<PlaneFindings> {
    let mut sides: BTreeMap<(&str, &str), [Side<'_>; 2]> = BTreeMap::new();
    for response in &responses.all {
        let Some((pair, framing)) = response.side() else { continue };
        let side = match framing {
            Framing::Layperson => 0,
            Framing::Physician => 1,
            Framing::Lawyer | Framing::InformedLayperson => continue,
        };
        sides.entry((response.model, pair)).or_default()[side].push(*response);
    }
    let mut cells = Vec::new();
    for ((model, pair), [layperson, physician]) in &sides {
        let Some((layperson, physician)) = framing_mean(layperson).zip(framing_mean(physician))
        else {
            continue;
        };
        let point = Point {
            oh: [simplest(layperson.mean_oh), simplest(physician.mean_oh)],
            filtered: [layperson.filtered, physician.filtered],
        };
        let pattern = Pattern::of(&point, &cutoffs);
        let (model, pair) = ((*model).to_owned(), (*pair).to_owned());
        cells.push(PairPoint { model, pair, layperson, physician, pattern });
    }
    let models = cells
        .chunk_by(|a, b| a.model == b.model)
        .map(|cells| {
            let mine = |side: usize| match responses.drawn.is_weighted() {
                false => None,
                true => Some(
                    sides
                        .iter()
                        .filter(|((model, _), _)| *model == cells[0].model)
                        .flat_map(|((_, pair), of)| of[side].iter().map(|one| (*pair, one)))
                        .collect(),
                ),
            };
            (cells[0].model.clone(), model_point(cells, [mine(0), mine(1)], &cutoffs, ranges))
        })
        .collect();
    (!cells.is_empty()).then_some(PlaneFindings { cutoffs, models, cells })
}

/// A mean of grades, which one division made.
fn simplest(mean: f64) -> Rational {
    Rational::of(mean).unwrap_or_default()
}

/// A model's responses in one framing, each with its pair, where they are weighted.
type Weighted<'a> = Option<Vec<(&'a str, &'a Response<'a>)>>;

fn model_point(
    cells: &[PairPoint],
    [lay, expert]: [Weighted<'_>; 2],
    cutoffs: &PatternCutoffs,
    ranges: HarmRanges,
) -> ModelPoint {
    let layperson = framing_point(cells, |cell| &cell.layperson, lay.as_deref(), ranges);
    let physician = framing_point(cells, |cell| &cell.physician, expert.as_deref(), ranges);
    let mean = |side: fn(&PairPoint) -> &FramingMean, point: &FramingPoint| match lay {
        Some(_) => simplest(point.mean_oh.0.estimate().unwrap_or_default()),
        None => {
            let means = cells.iter().map(|cell| simplest(side(cell).mean_oh));
            Rational::mean(&means.collect::<Vec<_>>()).unwrap_or_default()
        }
    };
    let point = Point {
        oh: [mean(|cell| &cell.layperson, &layperson), mean(|cell| &cell.physician, &physician)],
        filtered: [&layperson, &physician].map(|of| of.filtered.0.estimate()),
    };
    let pattern = Pattern::of(&point, cutoffs);
    ModelPoint { n_pairs: cells.len() as u64, layperson, physician, pattern }
}

fn framing_point(
    cells: &[PairPoint],
    side: impl Fn(&PairPoint) -> &FramingMean,
    weighted: Option<&[(&str, &Response<'_>)]>,
    ranges: HarmRanges,
) -> FramingPoint {
    let sums = |of_pair: fn(&FramingMean) -> Option<f64>, of: fn(&Response<'_>) -> Option<f64>| {
        match weighted {
            None => Clusters::of(
                cells.iter().filter_map(|cell| Some((&*cell.pair, [of_pair(side(cell))?, 1.0]))),
            ),
            Some(responses) => Clusters::weighted(
                responses
                    .iter()
                    .filter_map(|(pair, one)| Some((*pair, one.weight, [of(one)?, 1.0]))),
            ),
        }
    };
    let graded = |all: &[(&str, &Response<'_>)]| {
        all.iter().filter(|(_, response)| response.omission.is_ok()).count() as u64
    };
    FramingPoint {
        n: weighted.map_or_else(|| cells.iter().map(|cell| side(cell).n).sum(), graded),
        mean_oh: sums(|mean| Some(mean.mean_oh), |of| grade(of.omission)).mean(ranges.omission),
        mean_ch: sums(|mean| mean.mean_ch, |of| grade(of.commission)).mean(ranges.commission),
        filtered: sums(|mean| mean.filtered, filtered).share(),
    }
}
