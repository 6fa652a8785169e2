//! What two raters' agreement on one set of items is measured by.

use crate::rated::Tables;
use crate::{Effort, Intervals, ReportedMeasure};
use agreement::{
    ContingencyTable, Distance, RatingMatrix, Statistic, Undefined, Weights,
    brennan_prediger_raters, gwet_ac, krippendorff_alpha, mean_difference,
};
use serde::{Serialize, Serializer};
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
    /// What the intervals treat as independent.
    pub intervals: Intervals,
    /// Counts, or sums of weights: a row for each grade of the first rater, a column for each of the
    /// second.
    #[serde(serialize_with = "whole_where_whole")]
    pub table: Vec<Vec<f64>>,
    /// The share of items graded alike.
    pub exact: ReportedMeasure,
    /// The share of items graded alike or one level apart.
    pub within_1: ReportedMeasure,
    /// First minus second, in grades.
    pub mean_difference: ReportedMeasure,
    /// Cohen's kappa.
    pub kappa: ReportedMeasure,
    /// Cohen's kappa with linear weights.
    pub kappa_linear: ReportedMeasure,
    /// Cohen's kappa with quadratic weights.
    pub kappa_quadratic: ReportedMeasure,
    /// Brennan and Prediger's coefficient, which is PABAK for any number of categories.
    pub pabak: ReportedMeasure,
    /// Gwet's AC1.
    pub ac1: ReportedMeasure,
    /// Gwet's AC2 with quadratic weights.
    pub ac2: ReportedMeasure,
    /// Krippendorff's alpha with the ordinal distance.
    pub alpha_ordinal: ReportedMeasure,
    /// The same of the rated sample itself, where the figures above are weighted by one over the
    /// probability with which each item was drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, as = "Option<Box<PairMeasures>>")]
    pub unweighted: Option<Box<Self>>,
}

impl PairMeasures {
    /// Measures the agreement in `tables`, whose levels represent `grades`; the sample as it is, is not
    /// set beside it.
    pub(crate) fn of(tables: &Tables, grades: &[f64], effort: &Effort<'_>) -> Self {
        // The forms for many raters, so that the same data have the same standard error whether
        // they come as counts or as ratings.
        type OfMatrix<'a> = &'a dyn Fn(&RatingMatrix) -> agreement::Measure;
        let coefficient = |statistic: Statistic<'_>, of: OfMatrix<'_>| {
            let of = |table: &ContingencyTable| match table.n() {
                0 => agreement::Measure::Undefined(Undefined::NoSharedItems),
                _ => of(&RatingMatrix::from_table(table)),
            };
            tables.measure(effort, &statistic, &of)
        };
        let quadratic = Weights::Quadratic;
        let difference = |table: &ContingencyTable| mean_difference(table, grades);
        Self {
            n: tables.n(),
            scenarios: tables.scenarios,
            intervals: tables.intervals(effort.intervals),
            table: tables.cells(),
            exact: tables.within(effort, 0),
            within_1: tables.within(effort, 1),
            mean_difference: tables.measure(
                effort,
                &Statistic::MeanDifference(grades),
                &difference,
            ),
            kappa: tables.kappa(effort, Weights::Identity),
            kappa_linear: tables.kappa(effort, Weights::Linear),
            kappa_quadratic: tables.kappa(effort, quadratic),
            pabak: coefficient(Statistic::BrennanPrediger(Weights::Identity), &|matrix| {
                brennan_prediger_raters(matrix, Weights::Identity)
            }),
            ac1: coefficient(Statistic::GwetAc(Weights::Identity), &|matrix| {
                gwet_ac(matrix, Weights::Identity)
            }),
            ac2: coefficient(Statistic::GwetAc(quadratic), &|matrix| gwet_ac(matrix, quadratic)),
            alpha_ordinal: coefficient(
                Statistic::KrippendorffAlpha(Distance::Ordinal),
                &|matrix| krippendorff_alpha(matrix, Distance::Ordinal),
            ),
            unweighted: None,
        }
    }
}

/// Writes amounts that are whole numbers as such.
pub(crate) fn whole_where_whole<S: Serializer>(
    table: &[Vec<f64>],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    /// The largest whole number below which all are exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Number {
        Whole(u64),
        Broken(f64),
    }
    let number = |amount: &f64| match amount.fract() == 0.0 && (0.0..EXACT).contains(amount) {
        true => Number::Whole(*amount as u64),
        false => Number::Broken(*amount),
    };
    let rows = table.iter().map(|row| row.iter().map(number).collect::<Vec<_>>());
    serializer.collect_seq(rows)
}
