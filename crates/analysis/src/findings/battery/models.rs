//! Tests whose units are models: their framing gaps, by rank or by group.

use super::super::framing::{Cells, ModelSides};
use super::super::group::ratio;
use super::super::response::Responses;
use super::sample::Sample;
use crate::ReportedMeasure;
use agreement::{Estimate, Rational, Undefined, measure_clusters, spearman_rho};
use std::collections::BTreeMap;
use study::{Framing, TestUnit};

/// What models are tested by.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Design {
    /// Nothing: the units are others.
    None,
    /// Each model's rank.
    Ranks(Vec<f64>),
    /// How many of the models, from the start, are the first group.
    First(usize),
}

/// Weighted gaps that differ by less are equal.
const ROUNDING: f64 = 1e-10;

/// Below this many pairs a rank correlation's jackknife says nothing, and there is no other interval.
const ENOUGH_PAIRS: usize = 10;

/// Each pair's and model's gap: mean OH asked by a layperson less that asked by a physician.
pub(super) fn gaps<'a>(cells: &Cells<'a>) -> BTreeMap<(&'a str, &'a str), Rational> {
    let both = cells.iter().filter_map(|(cell, means)| {
        let (layperson, physician) =
            (means.get(&Framing::Layperson)?, means.get(&Framing::Physician)?);
        Some((*cell, layperson - physician))
    });
    both.collect()
}

/// Where gaps come from.
pub(super) struct Source<'b, 'a> {
    pub(super) cells: &'b Cells<'a>,
    /// The responses, where they were drawn unequally.
    pub(super) weighted: Option<&'b Responses<'a>>,
}

/// Models whose mean gaps are known, in the order asked for, each with its gap.
struct Gaps {
    models: Vec<String>,
    means: Vec<Rational>,
    of_pairs: OfPairs,
}

/// What each pair adds.
enum OfPairs {
    /// Of each model its gap, as a multiple of the unit, and whether it has one.
    Counted { unit: f64, rows: Vec<Vec<f64>> },
    /// What its responses add to both sides.
    Weighted(ModelSides),
}

impl OfPairs {
    fn count(&self) -> usize {
        match self {
            Self::Counted { rows, .. } => rows.len(),
            Self::Weighted(sides) => sides.count() as usize,
        }
    }
}

impl Gaps {
    fn of<'b>(source: &Source<'_, '_>, asked: impl Iterator<Item = &'b String>) -> Self {
        match source.weighted {
            None => Self::counted(source.cells, asked),
            Some(responses) => Self::weighted(source.cells, responses, asked),
        }
    }

    /// Models count as elsewhere: with a pair of which both framings were rated.
    fn weighted<'b>(
        cells: &Cells<'_>,
        responses: &Responses<'_>,
        asked: impl Iterator<Item = &'b String>,
    ) -> Self {
        let known = gaps(cells);
        let has_pair = |model: &&String| known.keys().any(|(_, of)| of == model);
        let models: Vec<String> = asked.filter(has_pair).cloned().collect();
        let names: Vec<&str> = models.iter().map(String::as_str).collect();
        let framings = [Framing::Layperson, Framing::Physician];
        let sides = ModelSides::of(responses.all.iter(), &names, framings);
        let means = sides.means().flatten().map(|[layperson, physician]| &layperson - &physician);
        Self { models, means: means.collect(), of_pairs: OfPairs::Weighted(sides) }
    }

    fn counted<'b>(cells: &Cells<'_>, asked: impl Iterator<Item = &'b String>) -> Self {
        let gaps = gaps(cells);
        let (multiples, unit) = Rational::multiples(gaps.values());
        let (mut models, mut means) = (Vec::new(), Vec::new());
        for model in asked {
            let own = gaps.iter().filter(|((_, of), _)| of == model).map(|(_, gap)| gap);
            if let Some(mean) = Rational::mean(own) {
                models.push(model.clone());
                means.push(mean);
            }
        }
        let mut rows: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for ((pair, of), multiple) in gaps.keys().zip(multiples) {
            if let Some(at) = models.iter().position(|model| model == of) {
                let row = rows.entry(pair).or_insert_with(|| vec![0.0; 2 * models.len()]);
                (row[2 * at], row[2 * at + 1]) = (multiple, 1.0);
            }
        }
        let rows = rows.into_values().collect();
        Self { models, means, of_pairs: OfPairs::Counted { unit, rows } }
    }

    /// A statistic of the models' mean gaps with an interval over pairs. It is of multiples of a unit, which
    /// it is given too: sums of whole multiples are exact, and of weighted gaps what lies within rounding is
    /// one multiple, so that equal means are tied.
    fn measure(&self, statistic: impl Fn(&[f64], f64) -> Option<f64>) -> ReportedMeasure {
        match &self.of_pairs {
            OfPairs::Counted { unit, rows } => {
                let of_sums = |sums: &[f64]| {
                    let means = sums.as_chunks::<2>().0.iter().map(ratio);
                    statistic(&means.collect::<Option<Vec<f64>>>()?, *unit)
                };
                ReportedMeasure(measure_clusters(rows, of_sums))
            }
            OfPairs::Weighted(sides) => sides.measure(|gaps| {
                let multiples: Vec<f64> = gaps.iter().map(|gap| (gap / ROUNDING).round()).collect();
                statistic(&multiples, ROUNDING)
            }),
        }
    }

    fn sample(self, estimate: ReportedMeasure, models: Design, remarks: Vec<String>) -> Sample {
        Sample {
            unit: TestUnit::Model,
            values: self.means,
            estimate,
            weighted: None,
            pooled: None,
            models,
            lacking: None,
            remarks,
        }
    }
}

/// The models' mean gaps with their ranks in `ranking`.
pub(super) fn by_rank(source: &Source<'_, '_>, ranking: &[String]) -> Sample {
    let gaps = Gaps::of(source, ranking.iter());
    let remarks = remarks(source.cells, ranking.iter(), &gaps.models);
    if gaps.models.len() < 3 {
        let few = match gaps.models.len() {
            0 => "none of the ranked models has a framing gap; it takes 3".into(),
            1 => "one of the ranked models has a framing gap; it takes 3".into(),
            found => format!("{found} of the ranked models have a framing gap; it takes 3"),
        };
        return Sample::none(TestUnit::Model, few, remarks);
    }
    let ranks: Vec<f64> = (1..=gaps.models.len()).map(|rank| rank as f64).collect();
    let rho = |means: &[f64], _| rho(&ranks, means);
    let estimate = match gaps.of_pairs.count() {
        pairs if pairs < ENOUGH_PAIRS => {
            let few = Undefined::FewClusters { clusters: pairs, needed: ENOUGH_PAIRS };
            let means: Vec<f64> = gaps.means.iter().map(Rational::to_f64).collect();
            ReportedMeasure(match rho(&means, 1.0) {
                Some(estimate) => agreement::Measure::Estimated(Estimate {
                    estimate,
                    se: None,
                    interval: Err(few),
                }),
                None => agreement::Measure::Undefined(Undefined::NoVariation),
            })
        }
        _ => gaps.measure(rho),
    };
    gaps.sample(estimate, Design::Ranks(ranks), remarks)
}

/// Spearman's correlation, where there is one.
fn rho(ranks: &[f64], means: &[f64]) -> Option<f64> {
    let pairs: Vec<(f64, f64, u64)> =
        ranks.iter().zip(means).map(|(rank, mean)| (*rank, *mean, 1)).collect();
    spearman_rho(&pairs).ok()
}

/// The mean gaps of the models of two groups, the first group's first.
pub(super) fn by_group(source: &Source<'_, '_>, first: &[String], second: &[String]) -> Sample {
    let asked = || first.iter().chain(second);
    let gaps = Gaps::of(source, asked());
    let remarks = remarks(source.cells, asked(), &gaps.models);
    let size = gaps.models.iter().filter(|model| first.contains(model)).count();
    if size == 0 || size == gaps.models.len() {
        let none = "one of the two groups has no model with a framing gap".into();
        return Sample::none(TestUnit::Model, none, remarks);
    }
    let mean = |means: &[f64]| means.iter().sum::<f64>() / means.len() as f64;
    let difference =
        |means: &[f64], unit: f64| Some((mean(&means[..size]) - mean(&means[size..])) * unit);
    let estimate = gaps.measure(difference);
    gaps.sample(estimate, Design::First(size), remarks)
}

/// Models asked for that have no gap, and those with one that were not asked for.
fn remarks<'b>(
    cells: &Cells<'_>,
    asked: impl Iterator<Item = &'b String>,
    found: &[String],
) -> Vec<String> {
    let asked: Vec<&str> = asked.map(String::as_str).collect();
    let absent = asked.iter().filter(|model| !found.iter().any(|found| found == *model));
    let absent: Vec<&str> = absent.copied().collect();
    let gaps = gaps(cells);
    let others: std::collections::BTreeSet<&str> =
        gaps.keys().map(|(_, model)| *model).filter(|model| !asked.contains(model)).collect();
    let others: Vec<&str> = others.into_iter().collect();
    let mut remarks = Vec::new();
    if !absent.is_empty() {
        remarks.push(format!("Named, but without a framing gap here: {}.", absent.join(", ")));
    }
    if !others.is_empty() {
        remarks.push(format!(
            "With a framing gap, but not named, and left out: {}.",
            others.join(", ")
        ));
    }
    remarks
}
