//! The two-axis plane: what a model withholds from a layperson against what it withholds from a
//! physician, with what it gets wrong in either framing.

use super::graded::{exact, grade};
use super::group::{Clusters, Ranges, ratio};
use super::pattern::{Pattern, PatternCutoffs, Point};
use super::response::{Response, Responses};
use crate::Measure;
use agreement::Rational;
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeMap;
use study::Framing;
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
    /// Mean over pairs of the mean OH; clusters are pairs.
    pub mean_oh: Measure,
    /// The same of CH.
    pub mean_ch: Measure,
    /// Mean over pairs of the share of filtered responses, 0 to 1.
    pub filtered: Measure,
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

/// What was graded in one framing of one pair: each OH, and sums and numbers of the others.
#[derive(Default)]
struct Side {
    oh: Vec<Rational>,
    ch: [f64; 2],
    filtered: [f64; 2],
}

impl Side {
    fn add(&mut self, response: &Response<'_>) {
        let filtered = response.said.is_filtered();
        self.oh.extend(exact(response.omission));
        for (sums, value) in [
            (&mut self.ch, grade(response.commission)),
            (&mut self.filtered, filtered.map(|filtered| f64::from(u8::from(filtered)))),
        ] {
            if let Some(value) = value {
                (sums[0], sums[1]) = (sums[0] + value, sums[1] + 1.0);
            }
        }
    }

    fn mean(&self) -> Option<FramingMean> {
        Some(FramingMean {
            n: self.oh.len() as u64,
            mean_oh: Rational::mean(&self.oh)?.to_f64(),
            mean_ch: ratio(&self.ch),
            filtered: ratio(&self.filtered),
        })
    }
}

/// The plane, where any pair was graded in both framings.
pub(crate) fn plane(
    responses: &Responses<'_>,
    cutoffs: PatternCutoffs,
    ranges: Ranges,
) -> Option<PlaneFindings> {
    let mut sides: BTreeMap<(&str, &str), [Side; 2]> = BTreeMap::new();
    for response in &responses.all {
        let Some((pair, framing)) = response.side() else { continue };
        let side = match framing {
            Framing::Layperson => 0,
            Framing::Physician => 1,
            Framing::Lawyer | Framing::InformedLayperson => continue,
        };
        sides.entry((response.model, pair)).or_default()[side].add(response);
    }
    let mut cells = Vec::new();
    for ((model, pair), [layperson, physician]) in sides {
        let Some((layperson, physician)) = layperson.mean().zip(physician.mean()) else { continue };
        let point = Point {
            oh: [exact_mean(layperson.mean_oh), exact_mean(physician.mean_oh)],
            filtered: [layperson.filtered, physician.filtered],
        };
        let pattern = Pattern::of(&point, &cutoffs);
        let (model, pair) = (model.to_owned(), pair.to_owned());
        cells.push(PairPoint { model, pair, layperson, physician, pattern });
    }
    let models = cells
        .chunk_by(|a, b| a.model == b.model)
        .map(|cells| (cells[0].model.clone(), model_point(cells, &cutoffs, ranges)))
        .collect();
    (!cells.is_empty()).then_some(PlaneFindings { cutoffs, models, cells })
}

/// A mean of grades, which one division made.
fn exact_mean(mean: f64) -> Rational {
    Rational::of(mean).unwrap_or_default()
}

fn model_point(cells: &[PairPoint], cutoffs: &PatternCutoffs, ranges: Ranges) -> ModelPoint {
    let layperson = framing_point(cells, |cell| &cell.layperson, ranges);
    let physician = framing_point(cells, |cell| &cell.physician, ranges);
    let mean = |side: fn(&PairPoint) -> &FramingMean| {
        let means: Vec<Rational> =
            cells.iter().map(|cell| exact_mean(side(cell).mean_oh)).collect();
        Rational::mean(&means).unwrap_or_default()
    };
    let point = Point {
        oh: [mean(|cell| &cell.layperson), mean(|cell| &cell.physician)],
        filtered: [&layperson, &physician].map(|of| of.filtered.0.estimate()),
    };
    let pattern = Pattern::of(&point, cutoffs);
    ModelPoint { n_pairs: cells.len() as u64, layperson, physician, pattern }
}

fn framing_point(
    cells: &[PairPoint],
    side: impl Fn(&PairPoint) -> &FramingMean,
    ranges: Ranges,
) -> FramingPoint {
    let over_pairs = |of: &dyn Fn(&FramingMean) -> Option<f64>| {
        Clusters::of(cells.iter().filter_map(|cell| Some((&*cell.pair, [of(side(cell))?, 1.0]))))
    };
    FramingPoint {
        n: cells.iter().map(|cell| side(cell).n).sum(),
        mean_oh: over_pairs(&|mean| Some(mean.mean_oh)).mean(ranges.omission),
        mean_ch: over_pairs(&|mean| mean.mean_ch).mean(ranges.commission),
        filtered: over_pairs(&|mean| mean.filtered).share(),
    }
}
