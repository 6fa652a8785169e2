//! Which coefficient is planned for.

use agreement::{
    ContingencyTable, Distance, IccForm, Measure, RatingMatrix, Statistic, Weights, cohen_kappa,
    gwet_ac2, icc, krippendorff_alpha,
};
use serde::Deserialize;
use ts_rs::TS;

/// The coefficient that two raters' agreement will be measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanCoefficient {
    /// Cohen's kappa.
    Kappa {
        /// How disagreements weigh.
        weights: PlanWeights,
    },
    /// Gwet's AC2; unweighted it is AC1.
    Ac2 {
        /// How disagreements weigh.
        weights: PlanWeights,
    },
    /// Krippendorff's alpha.
    Alpha {
        /// How far apart two categories are.
        distance: PlanDistance,
    },
    /// The intraclass correlation ICC(2,1): absolute agreement of one rating by any rater.
    Icc,
}

/// How disagreements weigh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanWeights {
    /// All alike.
    Unweighted,
    /// By distance.
    Linear,
    /// By squared distance.
    Quadratic,
}

/// How far apart two categories are for alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanDistance {
    /// All alike.
    Nominal,
    /// By how many ratings lie between.
    Ordinal,
    /// By the squared difference of their numbers.
    Interval,
}

impl PlanCoefficient {
    /// Its value in a table whose categories have these scores.
    pub(super) fn of(self, table: &ContingencyTable, scores: &[f64]) -> Measure {
        match self {
            Self::Kappa { weights } => cohen_kappa(table, weights.into()),
            Self::Ac2 { weights } => gwet_ac2(table, weights.into()),
            Self::Alpha { distance } => {
                krippendorff_alpha(&RatingMatrix::from_table(table), distance.of(scores))
            }
            Self::Icc => icc(&RatingMatrix::from_table(table), IccForm::TwoWayRandom, scores),
        }
    }

    /// What reports compute of the items of a study.
    pub(super) fn statistic(self, scores: &[f64]) -> Statistic<'_> {
        match self {
            Self::Kappa { weights } => Statistic::CohenKappa(weights.into()),
            Self::Ac2 { weights } => Statistic::GwetAc(weights.into()),
            Self::Alpha { distance } => Statistic::KrippendorffAlpha(distance.of(scores)),
            Self::Icc => Statistic::Icc(IccForm::TwoWayRandom, scores),
        }
    }

    /// The same for any number of raters: kappa is then Conger's.
    pub(super) fn statistic_of_many(self, scores: &[f64]) -> Statistic<'_> {
        match self {
            Self::Kappa { weights } => Statistic::CongerKappa(weights.into()),
            other => other.statistic(scores),
        }
    }

    /// Its full name, as a report calls it.
    pub(super) fn name(self) -> &'static str {
        use PlanWeights::{Linear, Quadratic, Unweighted};
        match self {
            Self::Kappa { weights: Unweighted } => "Cohen’s kappa (unweighted)",
            Self::Kappa { weights: Linear } => "linearly weighted kappa",
            Self::Kappa { weights: Quadratic } => "quadratically weighted kappa",
            Self::Ac2 { weights: Unweighted } => "Gwet’s AC1",
            Self::Ac2 { weights: Linear } => "Gwet’s AC2 with linear weights",
            Self::Ac2 { weights: Quadratic } => "Gwet’s AC2 with quadratic weights",
            Self::Alpha { distance: PlanDistance::Nominal } => "Krippendorff’s alpha (nominal)",
            Self::Alpha { distance: PlanDistance::Ordinal } => "Krippendorff’s alpha (ordinal)",
            Self::Alpha { distance: PlanDistance::Interval } => "Krippendorff’s alpha (interval)",
            Self::Icc => "the intraclass correlation ICC(2,1)",
        }
    }

    /// What it is where a rater gives every item the same grade, if that is all that it then is.
    pub(super) fn with_a_constant_rater(self) -> Option<&'static str> {
        match self {
            Self::Kappa { .. } | Self::Icc => Some("0"),
            Self::Alpha { .. } => Some("at most 0"),
            Self::Ac2 { .. } => None,
        }
    }

    /// Whether it counts on no order of the categories.
    pub(super) fn is_nominal(self) -> bool {
        match self {
            Self::Kappa { weights } | Self::Ac2 { weights } => weights == PlanWeights::Unweighted,
            Self::Alpha { distance } => distance == PlanDistance::Nominal,
            Self::Icc => false,
        }
    }

    /// Its short name.
    pub(super) fn short(self) -> &'static str {
        match self {
            Self::Kappa { .. } => "kappa",
            Self::Ac2 { weights: PlanWeights::Unweighted } => "AC1",
            Self::Ac2 { .. } => "AC2",
            Self::Alpha { .. } => "alpha",
            Self::Icc => "ICC(2,1)",
        }
    }
}

impl PlanDistance {
    fn of(self, scores: &[f64]) -> Distance<'_> {
        match self {
            Self::Nominal => Distance::Nominal,
            Self::Ordinal => Distance::Ordinal,
            Self::Interval => Distance::Interval(scores),
        }
    }
}

impl From<PlanWeights> for Weights<'_> {
    fn from(weights: PlanWeights) -> Self {
        match weights {
            PlanWeights::Unweighted => Self::Identity,
            PlanWeights::Linear => Self::Linear,
            PlanWeights::Quadratic => Self::Quadratic,
        }
    }
}
