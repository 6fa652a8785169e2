//! Whether the judge may stand in for a human: the alternative annotator test.

use super::Outcome;
use super::item::{Item, Levels, by_scenario, matrix};
use crate::{CompareError, Effort, Measure};
use agreement::{
    AlternativeAnnotator, Closeness, RatingMatrix, alternative_annotator,
    alternative_annotator_clusters,
};
use serde::Serialize;
use ts_rs::TS;

/// The alternative annotator test, by both measures of closeness.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Replacement {
    /// ε: by how much a human may be closer to the other humans more often than the judge.
    pub epsilon: f64,
    /// Closeness is the share of the other humans who gave the same grade.
    pub exact: Contest,
    /// Closeness falls with the root mean square distance from the other humans' grades.
    pub distance: Contest,
}

/// The judge against each human.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Contest {
    /// The share of humans against whom the judge wins.
    pub winning_rate: f64,
    /// Whether that is at least one half.
    pub passed: bool,
    /// The share of items on which the judge is at least as close as the human, averaged over them.
    pub advantage: Measure,
    /// What the tests took as independent: items, or scenarios.
    #[ts(type = "number")]
    pub units: u64,
    /// Against each human.
    pub humans: Vec<Contestant>,
    /// Humans with too few items, who were left out with their grades.
    pub left_out: Vec<String>,
}

/// The judge against one human.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Contestant {
    /// The human's name.
    pub rater: String,
    /// Items that both graded, and another human too.
    #[ts(type = "number")]
    pub n: u64,
    /// The share of them on which the judge is at least as close to the other humans.
    pub judge: f64,
    /// The share of them on which this human is.
    pub human: f64,
    /// One-sided p of the hypothesis that the human's share exceeds the judge's by ε or more.
    pub p: f64,
    /// The same, corrected by Benjamini and Yekutieli over the humans.
    pub p_adjusted: f64,
    /// Whether that is at most 0.05.
    pub won: bool,
}

pub(crate) fn replacement(
    items: &[&Item<'_>],
    names: &[&str],
    epsilon: f64,
    levels: &Levels,
    effort: &Effort<'_>,
) -> Result<Outcome<Replacement>, CompareError> {
    let graded: Vec<&Item<'_>> =
        items.iter().filter(|item| levels.level(item.judge).is_some()).copied().collect();
    let all = matrix(&graded, levels)?;
    let parts = match by_scenario(&graded, effort.intervals)? {
        Some(scenarios) => {
            Some(scenarios.iter().map(|part| matrix(part, levels)).collect::<Result<Vec<_>, _>>()?)
        }
        None => None,
    };
    let contest = |closeness| -> Result<Contest, agreement::Undefined> {
        let found = test(&all, parts.as_deref(), &levels.scores, closeness, epsilon)?;
        Ok(Contest::of(found, names))
    };
    let both = || -> Result<Replacement, agreement::Undefined> {
        Ok(Replacement {
            epsilon,
            exact: contest(Closeness::Exact)?,
            distance: contest(Closeness::Distance)?,
        })
    };
    Ok(both().into())
}

fn test(
    all: &RatingMatrix,
    parts: Option<&[RatingMatrix]>,
    scores: &[f64],
    closeness: Closeness,
    epsilon: f64,
) -> Result<AlternativeAnnotator, agreement::Undefined> {
    match parts {
        Some(parts) => alternative_annotator_clusters(parts, scores, closeness, epsilon),
        None => alternative_annotator(all, scores, closeness, epsilon),
    }
}

impl Contest {
    fn of(found: AlternativeAnnotator, names: &[&str]) -> Self {
        let name = |column: usize| {
            let known = column.checked_sub(1).and_then(|at| names.get(at));
            known.copied().unwrap_or_default().to_owned()
        };
        Self {
            winning_rate: found.winning_rate,
            passed: found.passed,
            advantage: Measure(found.advantage),
            units: found.units,
            humans: found
                .annotators
                .iter()
                .map(|one| Contestant {
                    rater: name(one.annotator),
                    n: one.n,
                    judge: one.judge,
                    human: one.human,
                    p: one.p,
                    p_adjusted: one.p_adjusted,
                    won: one.won,
                })
                .collect(),
            left_out: found.left_out.into_iter().map(name).collect(),
        }
    }
}
