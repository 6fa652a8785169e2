//! Preregistered thresholds, tested against what was found.

use super::{AtThreshold, JudgeAxis, JudgeReport};
use crate::{CompareError, ReportedMeasure};
use agreement::{Estimate, Undefined};
use serde::Serialize;
use study::{Grade, Quantity, Threshold};
use ts_rs::TS;

/// A threshold and what became of it for one judge.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct HeldThreshold {
    /// As it was registered, with the judge's name.
    #[serde(flatten)]
    #[ts(flatten)]
    pub threshold: Threshold,
    /// What its grade is called; none where it has no grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub grade_name: Option<String>,
    /// It and those behind it, in words: `2 or more`, or `3 or worse` where grades do not count up.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub grade_range: Option<String>,
    /// What was found.
    pub found: ReportedMeasure,
    /// Whether the estimate holds; none where there is none.
    pub met_by_estimate: Option<bool>,
    /// Whether the nearer bound of the interval holds as well, so that chance does not explain it;
    /// none where there is no interval.
    pub met_by_interval: Option<bool>,
}

/// Tests each threshold against the report, for the judge that it names or for all.
///
/// # Errors
/// [`CompareError::Threshold`] for a judge, axis or grade that the report does not have.
pub fn hold(
    thresholds: &[Threshold],
    report: &JudgeReport,
) -> Result<Vec<HeldThreshold>, CompareError> {
    let mut held = Vec::new();
    for (number, threshold) in (1..).zip(thresholds) {
        let wrong =
            |field: &'static str, found: &str, known: Vec<String>| CompareError::Threshold {
                number,
                field,
                found: found.into(),
                expected: format!("one of {}", known.join(", ")),
            };
        let judges: Vec<&String> = match &threshold.judge {
            None => report.judges.keys().collect(),
            Some(name) if report.judges.contains_key(name) => vec![name],
            Some(name) => {
                return Err(wrong("judge", name, report.judges.keys().cloned().collect()));
            }
        };
        for judge in judges {
            let axes = &report.judges[judge].axes;
            let axis = axes
                .get(&threshold.axis)
                .ok_or_else(|| wrong("axis", &threshold.axis, axes.keys().cloned().collect()))?;
            let found = found(axis, threshold).map_err(|known| {
                let grade = threshold.grade.map(|grade| grade.to_string());
                wrong("grade", &grade.unwrap_or_else(|| "nothing".into()), known)
            })?;
            let cut = cut(axis, threshold).cloned();
            let threshold = Threshold { judge: Some(judge.clone()), ..threshold.clone() };
            held.push(HeldThreshold::of(threshold, cut, found));
        }
    }
    Ok(held)
}

impl HeldThreshold {
    fn of(threshold: Threshold, cut: Option<AtThreshold>, found: ReportedMeasure) -> Self {
        let holds = |number| threshold.relation.holds(number, threshold.value);
        let bound = found.0.interval().map(|interval| match threshold.relation.is_upward() {
            true => interval.lo,
            false => interval.hi,
        });
        let (grade_name, grade_range) = cut.map(|cut| (cut.name, cut.range)).unzip();
        Self {
            met_by_estimate: found.0.estimate().map(holds),
            met_by_interval: bound.map(holds),
            threshold,
            grade_name,
            grade_range,
            found,
        }
    }
}

/// What the axis is cut at for the threshold. A number is one of the person's own where grades are called
/// by such.
fn cut<'a>(axis: &'a JudgeAxis, threshold: &Threshold) -> Option<&'a AtThreshold> {
    let called = |cut: &AtThreshold| cut.name.parse().unwrap_or(cut.grade);
    axis.measures.thresholds.iter().find(|cut| Some(called(cut)) == threshold.grade)
}

/// The quantity; the grades that it could be asked at, where it is asked at another.
fn found(axis: &JudgeAxis, threshold: &Threshold) -> Result<ReportedMeasure, Vec<String>> {
    let (measures, pair) = (&axis.measures, &axis.measures.agreement);
    let at = |of: fn(&AtThreshold) -> &ReportedMeasure| {
        let known = |cut: &AtThreshold| match cut.name.parse::<Grade>() {
            Ok(number) => number.to_string(),
            Err(_) => format!("{} ({})", cut.grade, cut.name),
        };
        let grades = || measures.thresholds.iter().map(known).collect::<Vec<String>>();
        cut(axis, threshold).map(|cut| of(cut).clone()).ok_or_else(grades)
    };
    let contest = measures.alt_test.made().map(|test| &test.exact);
    let untested = || ReportedMeasure(agreement::Measure::Undefined(Undefined::NoAnnotatorTest));
    Ok(match threshold.quantity {
        Quantity::KappaQuadratic => pair.kappa_quadratic.clone(),
        Quantity::KappaLinear => pair.kappa_linear.clone(),
        Quantity::Kappa => pair.kappa.clone(),
        Quantity::Exact => pair.exact.clone(),
        Quantity::Within1 => pair.within_1.clone(),
        Quantity::Ac1 => pair.ac1.clone(),
        Quantity::Ac2 => pair.ac2.clone(),
        Quantity::Difference => measures.difference.clone(),
        Quantity::Bias => measures.bias.clone(),
        Quantity::MissRate => measures.miss_rate.clone(),
        Quantity::Sensitivity => at(|cut| &cut.sensitivity)?,
        Quantity::Specificity => at(|cut| &cut.specificity)?,
        Quantity::PositivePredictiveValue => at(|cut| &cut.positive_predictive_value)?,
        Quantity::NegativePredictiveValue => at(|cut| &cut.negative_predictive_value)?,
        Quantity::Advantage => contest.map_or_else(untested, |test| test.advantage.clone()),
        Quantity::WinningRate => contest.map_or_else(untested, |test| {
            let (estimate, interval) = (test.winning_rate, Err(Undefined::NoFormula));
            ReportedMeasure(agreement::Measure::Estimated(Estimate {
                estimate,
                se: None,
                interval,
            }))
        }),
    })
}
