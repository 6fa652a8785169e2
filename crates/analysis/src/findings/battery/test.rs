//! A planned test, made.

use super::Disposition;
use super::models::Design;
use super::sample::Sample;
use super::weighted::Weighted;
use crate::{ReportedMeasure, ReportedTest};
use agreement::{
    Alternative, CorrelationDistribution, MonteCarlo, RankDistribution, Rational, Undefined, Zeros,
    mean_bound, mean_bound_of, mean_test, mean_test_of, permutation, permutation_of_groups,
    spearman, tost, tost_of, wilcoxon,
};
use std::collections::BTreeMap;
use study::{Claim, Correction, PlannedTest, Procedure};

/// A test and the same test of the contrary.
pub(super) struct Tested {
    pub(super) test: ReportedTest,
    /// None where the claim has no contrary.
    contrary: Option<ReportedTest>,
    pub(super) bound: Option<f64>,
}

/// Random signs, orders or divisions where there are too many for all.
const PERMUTATIONS: u32 = 99_999;

impl Tested {
    pub(super) fn of(planned: &PlannedTest, sample: &Sample, alpha: f64, seed: u64) -> Self {
        let make = |alternative| made(planned, sample, alternative, seed).into();
        let (claimed, contrary) = match planned.direction {
            Claim::Greater => (Alternative::Greater, Some(Alternative::Less)),
            Claim::Less => (Alternative::Less, Some(Alternative::Greater)),
            Claim::TwoSided | Claim::Within => (Alternative::TwoSided, None),
        };
        let bound = || match &sample.weighted {
            Some(weighted) => {
                mean_bound_of(&weighted.sample_mean().ok()?, 1.0 - alpha, claimed).ok()
            }
            None => {
                let values = rounded(&differences(&sample.values, 0.0));
                mean_bound(&values, 1.0 - alpha, claimed).ok()
            }
        };
        Self {
            test: make(claimed),
            contrary: contrary.map(make),
            bound: if planned.procedure == Procedure::StudentT { bound() } else { None },
        }
    }

    /// What became of it, and why if that is not plain from p.
    pub(super) fn disposition(
        &self,
        planned: &PlannedTest,
        sample: &Sample,
        alpha: f64,
    ) -> (Disposition, Option<String>) {
        let p = |test: &ReportedTest| test.p_holm.or(test.test.p());
        let Some(found) = p(&self.test) else {
            let why = self.test.test.undefined().unwrap_or(Undefined::NoItems);
            let weighted = sample.weighted.is_some() && is_weighted(planned.procedure);
            return (Disposition::NotTested, Some(sample.reason(why, weighted)));
        };
        let estimate = sample.drawn_from().0.estimate();
        let too_small = planned.smallest_effect.filter(|least| {
            estimate.is_none_or(|estimate| (estimate - planned.value).abs() <= *least)
        });
        let contrary = self.contrary.as_ref().and_then(p).is_some_and(|p| p <= alpha);
        // A test of the rated sample may point away from what it was drawn from.
        let side =
            |measure: &ReportedMeasure| measure.0.estimate().map(|found| found - planned.value);
        let contradicted = sample.weighted.is_some()
            && !is_weighted(planned.procedure)
            && match (planned.direction, side(sample.drawn_from()), side(&sample.estimate)) {
                (Claim::Greater, Some(side), _) => contrary != (side <= 0.0),
                (Claim::Less, Some(side), _) => contrary != (side >= 0.0),
                (Claim::TwoSided, Some(side), Some(rated)) => side * rated <= 0.0,
                _ => false,
            };
        match (found <= alpha || contrary, too_small) {
            (true, Some(least)) => {
                let value = planned.value;
                let why = format!("the estimate is no further than {least} from {value}");
                (Disposition::NotSupported, Some(why))
            }
            (true, None) if contradicted => {
                let why =
                    "weighted for how responses were drawn, the estimate does not lie on that side";
                (Disposition::NotSupported, Some(why.into()))
            }
            (true, None) if contrary => (Disposition::OppositeDirection, None),
            (true, None) => (Disposition::Supported, None),
            (false, _) => (Disposition::NotSupported, None),
        }
    }
}

/// Each value less `value`, which as a decimal is itself exact.
fn differences(values: &[Rational], value: f64) -> Vec<(Rational, u64)> {
    let value = Rational::of(value).unwrap_or_default();
    values.iter().map(|found| (found - &value, 1)).collect()
}

/// In 64 bits, equal where they are equal.
fn rounded(values: &[(Rational, u64)]) -> Vec<(f64, u64)> {
    values.iter().map(|(value, count)| (value.to_f64(), *count)).collect()
}

fn made(
    planned: &PlannedTest,
    sample: &Sample,
    alternative: Alternative,
    seed: u64,
) -> agreement::Test {
    let exact = differences(&sample.values, planned.value);
    let differences = rounded(&exact);
    if let Some(weighted) = &sample.weighted
        && is_weighted(planned.procedure)
    {
        return weighted_test(planned, weighted, alternative);
    }
    let monte_carlo = MonteCarlo { seed, replicates: PERMUTATIONS };
    let ranks = |distribution| wilcoxon(&differences, Zeros::Dropped, distribution, alternative);
    match (planned.procedure, &sample.models) {
        (Procedure::SignedRankExact, _) => ranks(RankDistribution::ExactConditional),
        (Procedure::SignedRankNormal, _) => ranks(RankDistribution::Normal),
        (Procedure::SignPermutation, _) => permutation(&exact, monte_carlo, alternative),
        (Procedure::StudentT, _) => mean_test(&differences, 0.0, alternative),
        (Procedure::Tost, _) => {
            let margin = planned.margin.unwrap_or_default();
            tost(&differences, -margin, margin)
        }
        (Procedure::Spearman, Design::Ranks(ranks)) => {
            let pairs: Vec<(f64, f64, u64)> = ranks
                .iter()
                .zip(&sample.values)
                .map(|(rank, gap)| (*rank, gap.to_f64(), 1))
                .collect();
            spearman(&pairs, CorrelationDistribution::Permutation(monte_carlo), alternative)
        }
        (Procedure::GroupPermutation, Design::First(size)) => {
            let (first, second) = sample.values.split_at(*size);
            permutation_of_groups(first, second, monte_carlo, alternative)
        }
        (Procedure::Spearman | Procedure::GroupPermutation, _) => {
            agreement::Test::Undefined(Undefined::NoItems)
        }
    }
}

/// Whether a procedure knows what to do with weights; the others exchange units that count alike.
pub(super) fn is_weighted(procedure: Procedure) -> bool {
    matches!(procedure, Procedure::StudentT | Procedure::Tost)
}

fn weighted_test(
    planned: &PlannedTest,
    weighted: &Weighted,
    alternative: Alternative,
) -> agreement::Test {
    let mean = match weighted.sample_mean() {
        Ok(mean) => mean,
        Err(why) => return agreement::Test::Undefined(why),
    };
    let (value, margin) = (planned.value, planned.margin.unwrap_or_default());
    match planned.procedure {
        Procedure::Tost => tost_of(&mean, value - margin, value + margin),
        _ => mean_test_of(&mean, value, alternative),
    }
}

/// Adjusts the tests of each family by Holm's procedure, and those of their contraries likewise; those
/// that could not be made are not counted.
pub(super) fn correct<'a>(tests: impl Iterator<Item = (&'a Correction, &'a mut Tested)>) {
    let mut families: BTreeMap<&str, Vec<&mut Tested>> = BTreeMap::new();
    for (correction, tested) in tests {
        if let Correction::Holm(family) = correction {
            families.entry(family).or_default().push(tested);
        }
    }
    for family in families.into_values() {
        let (tests, contraries): (Vec<&mut ReportedTest>, Vec<Option<&mut ReportedTest>>) =
            family.into_iter().map(|tested| (&mut tested.test, tested.contrary.as_mut())).unzip();
        crate::measure::adjust(tests.into_iter());
        crate::measure::adjust(contraries.into_iter().flatten());
    }
}
