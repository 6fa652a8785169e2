//! Agreement between two raters, axis by axis.

use crate::action_agreement::{ActionAgreement, compare_actions};
use crate::comparison::{check_rubrics, check_studies, shared_axes, unstated_rubrics};
use crate::equality::adjust_equality;
use crate::interval_notes::{few_scenarios, interval_notes};
use crate::measure::adjust;
use crate::pairing::Pairing;
use crate::strata::{Strata, divide, measure};
use crate::uncertainty::Steps;
use crate::{CompareError, Effort, Intervals, PairMeasures, ReportedMeasure, ReportedTest};
use agreement::{Resampling, Weights, diagnosis, maximum_kappa_of_margins, stuart_maxwell};
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeMap;
use study::{Exclusion, Grade, RaterScores, Scale};
use ts_rs::TS;

/// Agreement between two raters.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct AgreementReport {
    /// Always `primum-agreement/1`.
    pub format: String,
    /// The first rater's name.
    pub first: String,
    /// The second rater's name.
    pub second: String,
    /// The items that only the first file holds, by name.
    pub only_first: Vec<String>,
    /// The items that only the second file holds.
    pub only_second: Vec<String>,
    /// What a reader of these numbers must know, such as differing rubrics.
    pub cautions: Vec<String>,
    /// How bootstrap samples were drawn, if any interval needed them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub resampling: Option<Resampled>,
    /// By axis, in the rubric's order.
    pub axes: IndexMap<String, AxisAgreement>,
    /// Within each model, category and framing, where the files or the key tell them.
    pub strata: Vec<Strata>,
    /// On the critical actions, if both raters graded them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub actions: Option<ActionAgreement>,
}

/// How bootstrap samples were drawn: the same numbers come from the same values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Resampled {
    /// The samples.
    pub replicates: usize,
    /// The seed.
    #[ts(type = "number")]
    pub seed: u64,
}

/// Agreement on one axis.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct AxisAgreement {
    /// The axis's name on screen.
    pub label: String,
    /// Items that both files hold.
    #[ts(type = "number")]
    pub shared: u64,
    /// Items that only the first file holds.
    #[ts(type = "number")]
    pub only_first: u64,
    /// Items that only the second file holds.
    #[ts(type = "number")]
    pub only_second: u64,
    /// Shared items that do not count, by reason.
    #[ts(type = "{ [reason: string]: number }")]
    pub excluded: BTreeMap<Exclusion, u64>,
    /// The declared grades, ascending.
    pub categories: Vec<Grade>,
    /// What each of them is called: its number, or what the person calls it who declared the scale.
    pub grade_names: Vec<String>,
    /// The coefficients.
    #[serde(flatten)]
    #[ts(flatten)]
    pub measures: PairMeasures,
    /// The largest kappa with quadratic weights that the raters' margins allow.
    pub maximum_kappa: ReportedMeasure,
    /// Whether the raters use the grades equally often: Stuart and Maxwell's test. It treats items as
    /// independent and none for more than one; its p-value is adjusted for the other axes.
    pub margins: ReportedTest,
    /// Why kappa should not be read alone and what its interval assumes, if so: a sentence each.
    pub findings: Vec<String>,
}

/// Compares two raters on every axis that both could score.
///
/// Scores made under different rubrics are refused unless `across_rubrics` asks for them by name;
/// the report then says so.
///
/// # Errors
/// What keeps the two from being compared, or [`CompareError::Stopped`].
pub fn compare(
    first: &RaterScores,
    second: &RaterScores,
    across_rubrics: bool,
    effort: Effort<'_>,
) -> Result<AgreementReport, CompareError> {
    check_studies(first, second)?;
    let mut cautions: Vec<String> =
        check_rubrics(first, second, across_rubrics)?.into_iter().collect();
    cautions.extend(unstated_rubrics([first, second]));
    let scales = shared_axes(first, second)?;
    let pairings: Vec<Pairing<'_>> =
        scales.iter().map(|scale| Pairing::of(first, second, scale)).collect();
    let divided: Vec<_> = pairings.iter().map(divide).collect();
    let parts: usize = divided.iter().flatten().map(|(_, strata)| strata.len()).sum();
    let steps = Steps::new(effort, scales.len() + parts + 1);

    let (mut axes, mut strata) = (IndexMap::new(), Vec::new());
    for ((scale, pairing), divided) in scales.iter().zip(&pairings).zip(divided) {
        let axis = compare_axis(first, second, scale, pairing, &steps)?;
        axes.insert(scale.axis.clone(), axis);
        strata.extend(measure(divided, pairing.drawn, scale, &steps)?);
    }
    let actions = compare_actions(first, second, &steps)?;
    adjust(axes.values_mut().map(|axis: &mut AxisAgreement| &mut axis.margins));
    adjust_equality(strata.iter_mut().map(|strata: &mut Strata| &mut strata.equality));
    let partly = |(scale, pairing): (&&Scale, &Pairing<'_>)| {
        Some(format!("{}: {}", scale.label, pairing.drawn.caution()?))
    };
    cautions.extend(scales.iter().zip(&pairings).filter_map(partly));
    cautions.extend(few_scenarios(axes.values().map(|axis| &axis.measures), effort));
    Ok(AgreementReport {
        format: "primum-agreement/1".into(),
        first: first.rater.clone(),
        second: second.rater.clone(),
        only_first: without(first, second),
        only_second: without(second, first),
        cautions,
        resampling: effort.drawn(),
        axes,
        strata,
        actions,
    })
}

/// The items of `rater` that `other` does not have.
fn without(rater: &RaterScores, other: &RaterScores) -> Vec<String> {
    let names = rater.items.names().filter(|item| !other.items.contains(item));
    names.map(String::from).collect()
}

fn compare_axis(
    first: &RaterScores,
    second: &RaterScores,
    scale: &Scale,
    pairing: &Pairing<'_>,
    steps: &Steps<'_>,
) -> Result<AxisAgreement, CompareError> {
    let measures = pairing.measures(scale, &steps.effort)?;
    if steps.effort.intervals == Intervals::Scenarios && measures.scenarios.is_none() {
        return Err(CompareError::NoScenarios);
    }
    steps.advance()?;
    let weights = Weights::Quadratic;
    let table = pairing.table(scale)?;
    let level = |level: usize| scale.name(level);
    let raters = [first.rater.as_str(), second.rater.as_str()];
    let of_sample = if measures.unweighted.is_some() { "of the rated sample, " } else { "" };
    let diagnosed = diagnosis(&table, weights).into_iter();
    let diagnosed =
        diagnosed.map(|finding| format!("{of_sample}{}", finding.sentence(level, raters)));
    let sample = measures.unweighted.as_deref().unwrap_or(&measures);
    let notes = interval_notes(&measures, sample, raters, steps.effort.intervals);
    let findings = diagnosed.chain(notes).collect();
    Ok(AxisAgreement {
        label: scale.label.clone(),
        shared: pairing.shared,
        only_first: first.items.len() as u64 - pairing.shared,
        only_second: second.items.len() as u64 - pairing.shared,
        excluded: pairing.excluded.clone(),
        categories: scale.grades.clone(),
        grade_names: scale.all_names(),
        maximum_kappa: largest_kappa(&measures, weights),
        measures,
        margins: stuart_maxwell(&table).into(),
        findings,
    })
}

fn largest_kappa(measures: &PairMeasures, weights: Weights<'_>) -> ReportedMeasure {
    let rows: Vec<f64> = measures.table.iter().map(|row| row.iter().sum()).collect();
    let column = |at: usize| measures.table.iter().map(|row| row[at]).sum();
    let columns: Vec<f64> = (0..rows.len()).map(column).collect();
    ReportedMeasure(maximum_kappa_of_margins(&rows, &columns, weights))
}

impl From<Resampling> for Resampled {
    fn from(resampling: Resampling) -> Self {
        Self { replicates: resampling.replicates, seed: resampling.seed }
    }
}
