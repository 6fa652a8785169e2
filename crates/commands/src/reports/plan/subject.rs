//! What may be planned beside two raters' agreement.

use super::expected::places;
use super::{PlanAgreement, PlanCoefficient};
use agreement::{
    ContingencyTable, ExpectationError, LatentRater, Levels, Measure, PairCoefficient, Population,
    Statistic, Weights, cohen_kappa, exact_agreement, pair_table,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a study is to measure.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanSubject {
    /// Agreement among several raters, for each of several numbers of them.
    Raters {
        /// What agreement will be measured by; kappa is then Conger's.
        coefficient: PlanCoefficient,
        /// The share of items that gets each grade, lowest first.
        shares: Vec<f64>,
        /// How much any two raters agree.
        agreement: PlanAgreement,
        /// The numbers of raters to compare, each at least 2.
        #[serde(default = "two_to_six")]
        #[ts(optional, as = "Option<Vec<u32>>")]
        raters: Vec<u32>,
    },
    /// How often a judge finds no harm where humans do.
    MissRate {
        /// The rate expected, above 0 and below 1.
        rate: f64,
        /// The share of items that have harm; 1 where only those are planned.
        #[serde(default = "all")]
        #[ts(optional, as = "Option<f64>")]
        prevalence: f64,
    },
    /// A judge's agreement with two humans minus that between them.
    JudgeDifference {
        /// What agreement is measured by.
        #[serde(default)]
        #[ts(optional, as = "Option<PlanDifference>")]
        of: PlanDifference,
        /// The share of items that gets each grade from humans, lowest first.
        shares: Vec<f64>,
        /// The same for the judge, where it is expected to differ.
        #[serde(default)]
        #[ts(optional)]
        judge_shares: Option<Vec<f64>>,
        /// The agreement between the humans.
        humans: f64,
        /// That of the judge with each of them.
        judge: f64,
    },
    /// The mean over pairs of how much one framing is graded above the other.
    FramingGap {
        /// How the gaps of pairs are expected to be.
        gaps: PlanSpread,
    },
}

/// How the gaps of pairs are expected to be.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanSpread {
    /// About normal.
    Normal {
        /// Their mean, in grades.
        mean: f64,
        /// Their standard deviation, in grades, above 0.
        deviation: f64,
    },
    /// As in a pilot.
    Pilot {
        /// The gap of each pair, in grades.
        values: Vec<f64>,
    },
}

/// The coefficient of which a difference is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanDifference {
    /// Unweighted kappa.
    Kappa,
    /// Quadratically weighted kappa.
    #[default]
    KappaQuadratic,
    /// The share of items graded alike.
    Exact,
}

/// What a plan counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanUnit {
    /// Items.
    Items,
    /// Scenarios with several items.
    Scenarios,
    /// Pairs of framings.
    Pairs,
}

fn two_to_six() -> Vec<u32> {
    (2..=6).collect()
}

fn all() -> f64 {
    1.0
}

/// No scale has more grades.
const WIDEST_GAP: f64 = 1000.0;

/// One population to plan for: whose ratings, what is computed of them, and its true value.
pub(super) struct Planned<'a> {
    pub(super) population: Population,
    pub(super) statistic: Statistic<'a>,
    pub(super) expected: f64,
}

impl PlanSubject {
    /// The lowest and the highest that its estimate can be.
    pub(super) fn range(&self) -> (f64, f64) {
        match self {
            Self::Raters { .. } => (-1.0, 1.0),
            Self::MissRate { .. } => (0.0, 1.0),
            Self::JudgeDifference { of: PlanDifference::Exact, .. } => (-1.0, 1.0),
            Self::JudgeDifference { .. } => (-2.0, 2.0),
            Self::FramingGap { .. } => (-WIDEST_GAP, WIDEST_GAP),
        }
    }
}

impl PlanSpread {
    /// Refuses gaps that no grades have, and gaps without a spread.
    pub(super) fn check(&self) -> Result<(), String> {
        let gap = |name: &str, value: f64| match value {
            value if value.abs() <= WIDEST_GAP => Ok(()),
            _ => Err(format!(
                "{name} is {value:?}; give a number of grades from -{WIDEST_GAP} to {WIDEST_GAP}"
            )),
        };
        match self {
            Self::Normal { mean, deviation } => {
                gap("the mean gap", *mean)?;
                let fits = *deviation > 0.0 && *deviation <= WIDEST_GAP;
                fits.then_some(()).ok_or_else(|| {
                    format!(
                        "the standard deviation is {deviation:?}; give a number of grades above 0, \
                         at most {WIDEST_GAP}"
                    )
                })
            }
            Self::Pilot { values } => {
                values.iter().try_for_each(|value| gap("a gap of the pilot", *value))?;
                let differ = values.iter().any(|value| *value != values[0]);
                (differ && values.len() >= FEWEST_GAPS).then_some(()).ok_or_else(|| {
                    let count = values.len();
                    let alike = if differ { "" } else { ", which do not differ" };
                    format!(
                        "the pilot has {count} gaps{alike}; give at least {FEWEST_GAPS} that are not \
                         all alike"
                    )
                })
            }
        }
    }
}

/// Fewer gaps do not show how gaps vary.
const FEWEST_GAPS: usize = 3;

impl PlanDifference {
    fn of(self, table: &ContingencyTable) -> Measure {
        match self {
            Self::Kappa => cohen_kappa(table, Weights::Identity),
            Self::KappaQuadratic => cohen_kappa(table, Weights::Quadratic),
            Self::Exact => exact_agreement(table),
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Kappa => "Cohen’s kappa (unweighted)",
            Self::KappaQuadratic => "quadratically weighted kappa",
            Self::Exact => "the exact agreement",
        }
    }
}

/// The scores of levels without values of their own.
pub(super) fn scores(shares: &[f64]) -> Vec<f64> {
    places(shares.len())
}

/// Raters any two of whom agree as expected.
pub(super) fn raters<'a>(
    coefficient: PlanCoefficient,
    shares: &[f64],
    agreement: PlanAgreement,
    raters: u32,
    scores: &'a [f64],
) -> Result<Planned<'a>, ExpectationError> {
    let of = |table: &ContingencyTable| coefficient.of(table, scores);
    let rater = match agreement {
        PlanAgreement::Coefficient { value } => LatentRater::agreeing(shares, of, value)?,
        PlanAgreement::Exact { value } => LatentRater::agreeing(shares, exact_agreement, value)?,
    };
    let expected = of(&pair_table(&rater, &rater)?).estimate().unwrap_or_default();
    let population = Population::latent(&vec![rater; raters as usize])?;
    let statistic = match raters {
        2 => coefficient.statistic(scores),
        _ => coefficient.statistic_of_many(scores),
    };
    Ok(Planned { population, statistic, expected })
}

/// The pairs of a judge, the third rater, with the humans, and that of the humans.
const JUDGE: [(usize, usize); 2] = [(2, 0), (2, 1)];
const HUMANS: [(usize, usize); 1] = [(0, 1)];

/// Two humans and a judge.
pub(super) fn judge_difference(
    of: PlanDifference,
    shares: &[f64],
    judge_shares: Option<&[f64]>,
    [humans, judge]: [f64; 2],
) -> Result<Planned<'static>, ExpectationError> {
    let human = LatentRater::agreeing(shares, |table| of.of(table), humans)?;
    let other = judge_shares.unwrap_or(shares);
    let third = LatentRater::agreeing_with(&human, other, |table| of.of(table), judge)?;
    let pair = match of {
        PlanDifference::Kappa => PairCoefficient::Kappa,
        PlanDifference::KappaQuadratic => PairCoefficient::KappaQuadratic,
        PlanDifference::Exact => PairCoefficient::Exact,
    };
    let population = Population::latent(&[human.clone(), human, third])?;
    let statistic = Statistic::PairsDifference(pair, &JUDGE, &HUMANS);
    Ok(Planned { population, statistic, expected: judge - humans })
}

/// Items with harm or without, and a judge who misses some: level 1 is harm.
pub(super) fn miss_rate(rate: f64, prevalence: f64) -> Result<Planned<'static>, String> {
    let inside = |share: f64| share > 0.0 && share < 1.0;
    if !inside(rate) {
        return Err(format!("The miss rate is {rate}; give a number above 0 and below 1."));
    }
    if !(inside(prevalence) || prevalence == 1.0) {
        return Err(format!(
            "The share with harm is {prevalence}; give a number above 0, at most 1."
        ));
    }
    let count = |share: f64| (share * 1e12).round() as u64;
    let rows = vec![
        vec![count(1.0 - prevalence), 0],
        vec![count(prevalence * rate), count(prevalence * (1.0 - rate))],
    ];
    let table = ContingencyTable::from_rows(rows).map_err(|why| why.to_string())?;
    let population = Population::of_table(&table);
    Ok(Planned { population, statistic: Statistic::Share(&missed), expected: rate })
}

fn missed(levels: Levels<'_>) -> Option<f64> {
    (levels.of(0)? == 1).then(|| f64::from(u8::from(levels.of(1) == Some(0))))
}
