//! How well humans agree with each other, beside how well the judge agrees with them.

use super::Outcome;
use super::item::{Item, Levels, by_scenario, matrix};
use crate::uncertainty::resampled;
use crate::{CompareError, Effort, Measure};
use agreement::{
    Bootstrap, ContingencyTable, Estimate, RatingMatrix, Resampling, Undefined, Weights,
    bootstrap_ratings, bootstrap_ratings_clusters, cohen_kappa, exact_agreement,
};
use serde::Serialize;
use ts_rs::TS;

/// Agreement among humans on the items that the judge graded too.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct HumanCeiling {
    /// Items that count: graded by the judge and by at least two humans.
    #[ts(type = "number")]
    pub n: u64,
    /// Cohen's kappa with quadratic weights.
    pub kappa_quadratic: Beside,
    /// Cohen's kappa.
    pub kappa: Beside,
    /// The share of items graded alike.
    pub exact: Beside,
}

/// A coefficient of humans with humans beside the judge's with humans, on the same items. Each is
/// the mean over pairs, weighted by their items; pairs without a value are left out. The intervals
/// come from bootstrap samples that the three share.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Beside {
    /// Humans with humans.
    pub humans: Measure,
    /// The judge with humans.
    pub judge: Measure,
    /// The judge's less the humans'.
    pub difference: Measure,
}

/// Two columns of a matrix.
type Pairs = Vec<(usize, usize)>;

/// All humans, or the `chosen` one and the others.
pub(crate) fn ceiling(
    items: &[&Item<'_>],
    chosen: Option<usize>,
    levels: &Levels,
    effort: &Effort<'_>,
) -> Result<Outcome<HumanCeiling>, CompareError> {
    let counts = |item: &&&Item<'_>| {
        let graded = item.humans.iter().flatten().count();
        levels.level(item.judge).is_some()
            && graded >= 2
            && chosen.is_none_or(|human| item.humans[human].is_some())
    };
    let items: Vec<&Item<'_>> = items.iter().filter(counts).copied().collect();
    let Some(first) = items.first() else {
        return Ok(Outcome::undefined(Undefined::NoPairableItems));
    };
    let columns = 1..=first.humans.len();
    let (judge, humans): (Pairs, Pairs) = match chosen {
        Some(human) => (
            vec![(0, human + 1)],
            columns.filter(|&other| other != human + 1).map(|other| (human + 1, other)).collect(),
        ),
        None => (
            columns.clone().map(|human| (0, human)).collect(),
            columns
                .clone()
                .flat_map(|a| (a + 1..=first.humans.len()).map(move |b| (a, b)))
                .collect(),
        ),
    };
    let all = matrix(&items, levels)?;
    let parts = match by_scenario(&items, effort.intervals)? {
        Some(scenarios) => {
            Some(scenarios.iter().map(|part| matrix(part, levels)).collect::<Result<Vec<_>, _>>()?)
        }
        None => None,
    };
    let panel = Panel { all, parts, judge, humans, how: effort.resampling };
    Ok(Outcome::Made(HumanCeiling {
        n: items.len() as u64,
        kappa_quadratic: panel.beside(&|table| cohen_kappa(table, Weights::Quadratic)),
        kappa: panel.beside(&|table| cohen_kappa(table, Weights::Identity)),
        exact: panel.beside(&exact_agreement),
    }))
}

struct Panel {
    all: RatingMatrix,
    parts: Option<Vec<RatingMatrix>>,
    judge: Pairs,
    humans: Pairs,
    how: Resampling,
}

type Coefficient<'a> = &'a (dyn Fn(&ContingencyTable) -> agreement::Measure + Sync);

impl Panel {
    fn beside(&self, of: Coefficient<'_>) -> Beside {
        let difference = |matrix: &RatingMatrix| {
            let judge = mean(matrix, &self.judge, of)?;
            Ok(judge - mean(matrix, &self.humans, of)?)
        };
        Beside {
            humans: self.measure(|matrix| mean(matrix, &self.humans, of)),
            judge: self.measure(|matrix| mean(matrix, &self.judge, of)),
            difference: self.measure(difference),
        }
    }

    fn measure(&self, of: impl Fn(&RatingMatrix) -> Result<f64, Undefined> + Sync) -> Measure {
        let estimated = |matrix: &RatingMatrix| -> agreement::Measure {
            let without =
                |estimate| Estimate { estimate, se: None, interval: Err(Undefined::NoFormula) };
            of(matrix).map(without).into()
        };
        let how = self.how;
        let bootstrap: Result<Bootstrap, Undefined> = match &self.parts {
            Some(parts) => bootstrap_ratings_clusters(parts, estimated, how),
            None => bootstrap_ratings(&self.all, estimated, how),
        };
        Measure(resampled(estimated(&self.all), bootstrap))
    }
}

/// The mean of a coefficient over pairs of columns, weighted by their items.
fn mean(matrix: &RatingMatrix, pairs: &Pairs, of: Coefficient<'_>) -> Result<f64, Undefined> {
    let (mut sum, mut items, mut reason) = (0.0, 0.0, Undefined::NoPairableItems);
    for &(first, second) in pairs {
        let Ok(table) = matrix.table(first, second) else { continue };
        match of(&table) {
            agreement::Measure::Estimated(found) => {
                sum += table.n() as f64 * found.estimate;
                items += table.n() as f64;
            }
            agreement::Measure::Undefined(Undefined::NoSharedItems) => {}
            agreement::Measure::Undefined(other) => reason = other,
        }
    }
    if items > 0.0 { Ok(sum / items) } else { Err(reason) }
}
