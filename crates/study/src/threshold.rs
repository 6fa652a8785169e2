//! What a judge must reach, registered before the key is opened.

use crate::{Grade, Rubric};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::RangeInclusive;
use ts_rs::TS;

/// The claims that a study will be held to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Always `primum-thresholds/1`.
    pub format: String,
    /// Who wrote them, when, and why these.
    #[serde(default)]
    pub note: String,
    /// The claims.
    pub thresholds: Vec<Threshold>,
}

/// One claim: a quantity of a judge on an axis lies on one side of a value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The judge's name; every judge if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub judge: Option<String>,
    /// The axis.
    pub axis: String,
    /// What is compared with the value.
    pub quantity: Quantity,
    /// For what is measured at a cut of the scale, such as sensitivity: the lowest grade above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub grade: Option<Grade>,
    /// On which side of the value it must lie.
    pub relation: Relation,
    /// The value, in the quantity's unit.
    pub value: f64,
}

/// What of a judge is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Cohen's kappa with quadratic weights.
    KappaQuadratic,
    /// Cohen's kappa with linear weights.
    KappaLinear,
    /// Cohen's kappa.
    Kappa,
    /// The share of items graded alike.
    Exact,
    /// The share of items graded at most one level apart.
    #[serde(rename = "within_1")]
    Within1,
    /// Gwet's AC1.
    Ac1,
    /// Gwet's AC2 with quadratic weights.
    Ac2,
    /// Kappa with quadratic weights, less that of the humans with each other.
    Difference,
    /// The judge's grade less the reference's, on average.
    Bias,
    /// The share of what the humans see that the judge does not.
    MissRate,
    /// Sensitivity at `grade`.
    Sensitivity,
    /// Specificity at `grade`.
    Specificity,
    /// The positive predictive value at `grade`.
    PositivePredictiveValue,
    /// The negative predictive value at `grade`.
    NegativePredictiveValue,
    /// The winning rate of the alternative annotator test, by exact agreement; it has no interval.
    WinningRate,
    /// The advantage of the alternative annotator test, by exact agreement.
    Advantage,
}

/// A side of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The value or more.
    AtLeast,
    /// The value or less.
    AtMost,
    /// More than the value.
    Above,
    /// Less than the value.
    Below,
}

impl Threshold {
    /// What in it no judge of a study by `rubric` could be tested against: the field, what was found, and
    /// what is expected.
    pub fn misfit(&self, rubric: &Rubric) -> Option<(&'static str, String, String)> {
        let Some(axis) = rubric.axis(&self.axis) else {
            let axes: Vec<&str> = rubric.axes.iter().map(|axis| axis.id.as_str()).collect();
            return Some((
                "axis",
                format!("`{}`", self.axis),
                format!("one of {}", axes.join(", ")),
            ));
        };
        let grades = axis.grades();
        let (lowest, cuts) = grades.split_first()?;
        if let Some(grade) = self.grade.filter(|grade| !cuts.contains(grade)) {
            let cuts: Vec<String> = cuts.iter().map(Grade::to_string).collect();
            return Some(("grade", grade.to_string(), format!("one of {}", cuts.join(", "))));
        }
        let most = f64::from(cuts.last().unwrap_or(lowest) - lowest);
        let bias = self.quantity == Quantity::Bias && self.value.abs() > most;
        bias.then(|| ("value", self.value.to_string(), format!("-{most} to {most}, for bias")))
    }
}

impl Quantity {
    /// Whether it is measured at a cut of the scale.
    pub fn has_grade(self) -> bool {
        matches!(
            self,
            Self::Sensitivity
                | Self::Specificity
                | Self::PositivePredictiveValue
                | Self::NegativePredictiveValue
        )
    }

    /// The values that it can have; of a bias, grades may have any.
    pub fn range(self) -> RangeInclusive<f64> {
        match self {
            Self::Exact
            | Self::Within1
            | Self::MissRate
            | Self::Sensitivity
            | Self::Specificity
            | Self::PositivePredictiveValue
            | Self::NegativePredictiveValue
            | Self::WinningRate => 0.0..=1.0,
            Self::KappaQuadratic
            | Self::KappaLinear
            | Self::Kappa
            | Self::Ac1
            | Self::Ac2
            | Self::Advantage => -1.0..=1.0,
            Self::Difference => -2.0..=2.0,
            Self::Bias => f64::MIN..=f64::MAX,
        }
    }
}

impl Relation {
    /// Whether `found` lies on this side of `value`.
    pub fn holds(self, found: f64, value: f64) -> bool {
        match self {
            Self::AtLeast => found >= value,
            Self::AtMost => found <= value,
            Self::Above => found > value,
            Self::Below => found < value,
        }
    }

    /// Whether every number of `range` lies on this side of `value`, or none.
    pub fn is_settled(self, value: f64, range: &RangeInclusive<f64>) -> bool {
        let (least, most) = (self.holds(*range.start(), value), self.holds(*range.end(), value));
        least == most
    }

    /// Whether it is the lower bound of an interval that must hold, and not the upper one.
    pub fn is_upward(self) -> bool {
        matches!(self, Self::AtLeast | Self::Above)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::KappaQuadratic => "kappa, quadratic weights",
            Self::KappaLinear => "kappa, linear weights",
            Self::Kappa => "kappa, unweighted",
            Self::Exact => "exact agreement",
            Self::Within1 => "agreement within one step",
            Self::Ac1 => "Gwet's AC1",
            Self::Ac2 => "Gwet's AC2, quadratic",
            Self::Difference => "difference from the human ceiling",
            Self::Bias => "bias",
            Self::MissRate => "miss rate",
            Self::Sensitivity => "sensitivity",
            Self::Specificity => "specificity",
            Self::PositivePredictiveValue => "positive predictive value",
            Self::NegativePredictiveValue => "negative predictive value",
            Self::WinningRate => "winning rate",
            Self::Advantage => "advantage",
        })
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::AtLeast => "at least",
            Self::AtMost => "at most",
            Self::Above => "above",
            Self::Below => "below",
        })
    }
}
