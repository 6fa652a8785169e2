//! What two raters' agreement on one set of items is measured by.

use crate::amount::{Amount, counted};
use crate::uncertainty::Tables;
use crate::{Effort, Intervals, Measure};
use agreement::{
    ContingencyTable, Distance, RatingMatrix, Weights, brennan_prediger, exact_agreement, gwet_ac1,
    gwet_ac2, krippendorff_alpha, mean_difference, within_agreement,
};
use serde::Serialize;
use ts_rs::TS;

/// Agreement of two raters on one set of items.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PairMeasures {
    /// Items that count: graded by both.
    #[ts(type = "number")]
    pub n: u64,
    /// How many scenarios they answer, where the files say.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub scenarios: Option<usize>,
    /// What the intervals take to be independent.
    pub intervals: Intervals,
    /// Counts: a row for each grade of the first rater, a column for each of the second.
    /// No whole numbers where an item counts for several raters or items.
    pub table: Vec<Vec<Amount>>,
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
    /// Gwet's AC2 with quadratic weights.
    pub ac2: Measure,
    /// Krippendorff's alpha with the ordinal distance.
    pub alpha_ordinal: Measure,
}

impl PairMeasures {
    /// Measures the agreement in `tables`, whose levels stand for `grades`.
    pub(crate) fn of(tables: &Tables, grades: &[f64], effort: &Effort<'_>) -> Self {
        let coefficient = |of: &(dyn Fn(&ContingencyTable) -> agreement::Measure + Sync)| {
            tables.coefficient(effort, of)
        };
        let alpha = |table: &ContingencyTable| {
            krippendorff_alpha(&RatingMatrix::from_table(table), Distance::Ordinal)
        };
        Self {
            n: tables.all.n(),
            scenarios: tables.scenarios(),
            intervals: tables.intervals(effort.intervals),
            table: counted(&tables.all),
            exact: tables.share(effort, exact_agreement),
            within_1: tables.share(effort, |table| within_agreement(table, 1)),
            mean_difference: tables.measure(effort, |table| mean_difference(table, grades)),
            kappa: tables.kappa(effort, Weights::Identity),
            kappa_linear: tables.kappa(effort, Weights::Linear),
            kappa_quadratic: tables.kappa(effort, Weights::Quadratic),
            pabak: coefficient(&brennan_prediger),
            ac1: coefficient(&gwet_ac1),
            ac2: coefficient(&|table| gwet_ac2(table, Weights::Quadratic)),
            alpha_ordinal: coefficient(&alpha),
        }
    }
}
