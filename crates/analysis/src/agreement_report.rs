//! Agreement between two raters, axis by axis.

use agreement::{
    ContingencyTable, TableError, Weights, brennan_prediger, cohen_kappa, exact_agreement,
    gwet_ac1, mean_difference, within_agreement,
};
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeMap;
use study::{Digest, Exclusion, Grade, RaterScores, RubricClaim, Scale, Score};
use thiserror::Error;
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
    /// What a reader of these numbers must know, such as differing rubrics.
    pub cautions: Vec<String>,
    /// By axis, in the rubric's order.
    pub axes: IndexMap<String, AxisAgreement>,
}

/// Agreement on one axis.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct AxisAgreement {
    /// The axis's name on screen.
    pub label: String,
    /// Items that count: shared and graded by both.
    #[ts(type = "number")]
    pub n: u64,
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
    /// Counts: a row for each grade of the first rater, a column for each of the second.
    #[ts(type = "Array<Array<number>>")]
    pub table: Vec<Vec<u64>>,
    /// The share of items graded alike.
    pub exact: Measure,
    /// The share of items graded alike or one level apart.
    pub within_1: Measure,
    /// First minus second, in grades.
    pub mean_difference: Measure,
    /// Cohen's kappa.
    pub kappa: Measure,
    /// Cohen's kappa with linear weights.
    pub kappa_linear: Measure,
    /// Cohen's kappa with quadratic weights.
    pub kappa_quadratic: Measure,
    /// Brennan and Prediger's coefficient, which is PABAK for any number of categories.
    pub pabak: Measure,
    /// Gwet's AC1.
    pub ac1: Measure,
}

/// A number with its uncertainty, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(transparent)]
#[ts(
    type = "{ estimate: number; se: number | null; interval: { lo: number; hi: number; level: number; method: string } | { undefined: string } } | { undefined: string }"
)]
pub struct Measure(pub agreement::Measure);

/// Why two raters cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CompareError {
    /// Their files belong to different studies.
    #[error(
        "the first file belongs to study {first}, the second to study {second}: they rate different \
         items and cannot be compared. Choose two files of one study."
    )]
    DifferentStudies {
        /// The first file's study.
        first: String,
        /// The second file's study.
        second: String,
    },
    /// Their grades mean different things.
    #[error(
        "the first file was rated under \"{first}\", the second under \"{second}\": the same number \
         means different things in the two, so they are not compared unless you ask for it"
    )]
    DifferentRubrics {
        /// The first file's rubric.
        first: String,
        /// The second file's rubric.
        second: String,
    },
    /// One axis, two scales.
    #[error(
        "axis `{axis}`: the first file grades it {first}, the second {second}; expected one scale"
    )]
    DifferentScales {
        /// The axis.
        axis: String,
        /// The first file's grades.
        first: String,
        /// The second file's.
        second: String,
    },
    /// Nothing to compare.
    #[error("the files share no axis: the first has {first}; the second has {second}")]
    NoSharedAxis {
        /// The first file's axes.
        first: String,
        /// The second file's.
        second: String,
    },
    /// A scale that no table can be made of.
    #[error("axis `{axis}`: {reason}")]
    Scale {
        /// The axis.
        axis: String,
        /// Why.
        reason: TableError,
    },
}

/// Compares two raters on every axis that both could score.
///
/// Scores made under different rubrics are refused unless `across_rubrics` asks for them by name;
/// the report then says so.
pub fn compare(
    first: &RaterScores,
    second: &RaterScores,
    across_rubrics: bool,
) -> Result<AgreementReport, CompareError> {
    check_studies(first, second)?;
    let cautions = check_rubrics(first, second, across_rubrics)?;
    let mut axes = IndexMap::new();
    for scale in &first.scales {
        if let Some(other) = second.scales.iter().find(|other| other.axis == scale.axis) {
            check_scales(scale, other)?;
            let agreement = compare_axis(first, second, scale)
                .map_err(|reason| CompareError::Scale { axis: scale.axis.clone(), reason })?;
            axes.insert(scale.axis.clone(), agreement);
        }
    }
    if axes.is_empty() {
        let list = |scores: &RaterScores| match scores.scales.as_slice() {
            [] => "none".into(),
            scales => scales.iter().map(|scale| scale.axis.as_str()).collect::<Vec<_>>().join(", "),
        };
        return Err(CompareError::NoSharedAxis { first: list(first), second: list(second) });
    }
    Ok(AgreementReport {
        format: "primum-agreement/1".into(),
        first: first.rater.clone(),
        second: second.rater.clone(),
        cautions,
        axes,
    })
}

fn check_studies(first: &RaterScores, second: &RaterScores) -> Result<(), CompareError> {
    match (&first.study, &second.study) {
        (Some(a), Some(b)) if a != b => {
            Err(CompareError::DifferentStudies { first: a.to_string(), second: b.to_string() })
        }
        _ => Ok(()),
    }
}

fn check_rubrics(
    first: &RaterScores,
    second: &RaterScores,
    across_rubrics: bool,
) -> Result<Vec<String>, CompareError> {
    use RubricClaim::{Named, Unstated};
    let unstated = |scores: &RaterScores| {
        format!(
            "The file of {} does not say under which rubric its scores were made.",
            scores.rater
        )
    };
    // Two wordings may bear one title: then their digests tell them apart.
    let name = |title: &str, digest: &Digest, other: &str| match title == other {
        true => format!("{title} ({})", digest.short(8)),
        false => title.to_owned(),
    };
    match (&first.rubric, &second.rubric) {
        (Named { digest: a, .. }, Named { digest: b, .. }) if a == b => Ok(Vec::new()),
        (Named { title: a, digest: c }, Named { title: b, digest: d }) => {
            let (a, b) = (name(a, c, b), name(b, d, a));
            if !across_rubrics {
                return Err(CompareError::DifferentRubrics { first: a, second: b });
            }
            Ok(vec![format!(
                "Different rubrics: {} used \"{a}\", {} used \"{b}\". The same number means \
                 different things in the two.",
                first.rater, second.rater
            )])
        }
        (Unstated, Named { .. }) => Ok(vec![unstated(first)]),
        (Named { .. }, Unstated) => Ok(vec![unstated(second)]),
        (Unstated, Unstated) => Ok(vec![unstated(first), unstated(second)]),
    }
}

fn check_scales(first: &Scale, second: &Scale) -> Result<(), CompareError> {
    if first.grades == second.grades {
        return Ok(());
    }
    let list =
        |scale: &Scale| scale.grades.iter().map(Grade::to_string).collect::<Vec<_>>().join(", ");
    Err(CompareError::DifferentScales {
        axis: first.axis.clone(),
        first: list(first),
        second: list(second),
    })
}

fn compare_axis(
    first: &RaterScores,
    second: &RaterScores,
    scale: &Scale,
) -> Result<AxisAgreement, TableError> {
    let mut table = ContingencyTable::empty(scale.grades.len())?;
    let mut excluded = BTreeMap::new();
    let shared: Vec<&String> =
        first.items.keys().filter(|item| second.items.contains_key(*item)).collect();
    for item in &shared {
        match (first.score(item, &scale.axis), second.score(item, &scale.axis)) {
            (Score::Grade(a), Score::Grade(b)) => {
                let place = |grade| scale.grades.partition_point(|lower| *lower < grade);
                table.record(place(a), place(b))?;
            }
            // One reason an item, the first rater's before the second's.
            (Score::Excluded(reason), _) | (_, Score::Excluded(reason)) => {
                *excluded.entry(reason).or_insert(0) += 1;
            }
        }
    }
    let shared = shared.len();
    let grades: Vec<f64> = scale.grades.iter().copied().map(f64::from).collect();
    Ok(AxisAgreement {
        label: scale.label.clone(),
        n: table.n(),
        shared: shared as u64,
        only_first: (first.items.len() - shared) as u64,
        only_second: (second.items.len() - shared) as u64,
        excluded,
        categories: scale.grades.clone(),
        table: table.rows().map(<[u64]>::to_vec).collect(),
        exact: Measure(exact_agreement(&table)),
        within_1: Measure(within_agreement(&table, 1)),
        mean_difference: Measure(mean_difference(&table, &grades)),
        kappa: Measure(cohen_kappa(&table, Weights::Identity)),
        kappa_linear: Measure(cohen_kappa(&table, Weights::Linear)),
        kappa_quadratic: Measure(cohen_kappa(&table, Weights::Quadratic)),
        pabak: Measure(brennan_prediger(&table)),
        ac1: Measure(gwet_ac1(&table)),
    })
}
