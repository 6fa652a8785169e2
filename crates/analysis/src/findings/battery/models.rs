//! Tests whose units are models: their framing gaps, by rank or by group.

use super::super::framing::{Cells, sides};
use super::super::group::weighted_difference;
use super::super::response::Responses;
use super::sample::Sample;
use crate::Measure;
use agreement::{Estimate, Rational, Undefined, measure_clusters, spearman_rho};
use std::array::from_fn;
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

/// Models whose mean gaps are known, in the order asked for, with one row a pair: what it adds to each
/// model's two sides, and how much there is of them. Where responses are not weighted, the first side is
/// the gap, as a multiple of `unit`, and the second nothing.
struct Gaps {
    models: Vec<String>,
    means: Vec<Rational>,
    unit: f64,
    rows: Vec<Vec<f64>>,
}

/// Amounts of one model in a row.
const SIDES: usize = 4;

impl Gaps {
    fn of<'b>(source: &Source<'_, '_>, asked: impl Iterator<Item = &'b String>) -> Self {
        match source.weighted {
            None => Self::counted(source.cells, asked),
            Some(responses) => Self::weighted(responses, asked),
        }
    }

    fn weighted<'b>(responses: &Responses<'_>, asked: impl Iterator<Item = &'b String>) -> Self {
        let framings = [Framing::Layperson, Framing::Physician];
        let (mut models, mut means, mut of_models) = (Vec::new(), Vec::new(), Vec::new());
        for model in asked {
            let pairs = sides(responses.all.iter().filter(|of| of.model == model), framings);
            let sums =
                pairs.rows().fold([0.0; SIDES], |sums, row| from_fn(|at| sums[at] + row[at]));
            if let Some(mean) = weighted_difference(&sums).and_then(Rational::of) {
                models.push(model.clone());
                means.push(mean);
                of_models.push(pairs);
            }
        }
        let mut rows: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for (at, pairs) in of_models.iter().enumerate() {
            for (pair, sums) in pairs.named_rows() {
                let row = rows.entry(pair).or_insert_with(|| vec![0.0; SIDES * models.len()]);
                row[SIDES * at..][..SIDES].copy_from_slice(sums);
            }
        }
        let rows = rows.into_values().collect();
        Self { models, means, unit: 1.0, rows }
    }

    fn counted<'b>(cells: &Cells<'_>, asked: impl Iterator<Item = &'b String>) -> Self {
        let gaps = gaps(cells);
        let (multiples, unit) = Rational::multiples(gaps.values());
        let (models, means, rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut found = Self { models, means, unit, rows };
        for model in asked {
            let own = gaps.iter().filter(|((_, of), _)| of == model).map(|(_, gap)| gap);
            if let Some(mean) = Rational::mean(own) {
                found.models.push(model.clone());
                found.means.push(mean);
            }
        }
        let mut rows: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for ((pair, of), multiple) in gaps.keys().zip(multiples) {
            if let Some(at) = found.models.iter().position(|model| model == of) {
                let row = rows.entry(pair).or_insert_with(|| vec![0.0; SIDES * found.models.len()]);
                row[SIDES * at..][..SIDES].copy_from_slice(&[multiple, 1.0, 0.0, 1.0]);
            }
        }
        found.rows = rows.into_values().collect();
        found
    }

    /// A statistic of the models' mean gaps, as multiples of the unit, with an interval over pairs. Sums
    /// of whole multiples are exact, so that equal means are tied.
    fn measure(&self, statistic: impl Fn(&[f64]) -> Option<f64>) -> Measure {
        let of_sums = |sums: &[f64]| {
            let means = sums.as_chunks::<SIDES>().0.iter().map(weighted_difference);
            statistic(&means.collect::<Option<Vec<f64>>>()?)
        };
        Measure(measure_clusters(&self.rows, of_sums))
    }

    fn sample(self, estimate: Measure, models: Design, remarks: Vec<String>) -> Sample {
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
    let rho = |means: &[f64]| rho(&ranks, means);
    let estimate = match gaps.rows.len() {
        pairs if pairs < ENOUGH_PAIRS => {
            let few = Undefined::FewClusters { clusters: pairs, needed: ENOUGH_PAIRS };
            let means: Vec<f64> = gaps.means.iter().map(Rational::to_f64).collect();
            Measure(match rho(&means) {
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
        |means: &[f64]| Some((mean(&means[..size]) - mean(&means[size..])) * gaps.unit);
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
