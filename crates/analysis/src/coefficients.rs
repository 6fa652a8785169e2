//! Every coefficient of one table of counts, or of one matrix of ratings.

mod engine;

use crate::Intervals;
use agreement::{
    Bootstrap, Levels, Measure, RatingMatrix, Resampling, Statistic, Test, bias_index,
    brennan_prediger_raters, cohen_kappa, conger_kappa, fleiss_kappa, gwet_ac, kendall_w,
    light_kappa, prevalence_index, specific_agreement,
};
use engine::{Engine, Interval, scott_pi};
use indexmap::IndexMap;
use serde::Serialize;
use ts_rs::TS;

/// What coefficients are computed from.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The categories' names, in their order.
    pub categories: Vec<String>,
    /// Each category's number, for the distances that need one.
    pub values: Vec<f64>,
    /// Whether their order is known. Without it, what counts on an order is left out.
    pub ordered: bool,
    /// The ratings of any number of raters, clusters forgotten.
    pub matrix: RatingMatrix,
    /// The items of each cluster, of the same raters and levels; nothing where items are not
    /// clustered.
    pub clusters: Option<Vec<RatingMatrix>>,
}

/// Every coefficient, by its name.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(type = "{ [name: string]: unknown }")]
pub struct CoefficientReport {
    /// Always `primum-coefficients/1`.
    pub format: String,
    /// The declared categories.
    pub categories: Vec<String>,
    /// The number that each counts as where distances are of numbers.
    pub values: Vec<f64>,
    /// Items.
    pub n: u64,
    /// Items with at least two ratings.
    pub pairable: u64,
    /// Raters.
    pub raters: usize,
    /// What a reader of these numbers must know.
    pub cautions: Vec<String>,
    /// Why kappa should not be read alone, if so: a sentence each.
    pub diagnosis: Vec<String>,
    /// The coefficients and tests.
    #[serde(flatten)]
    pub coefficients: IndexMap<&'static str, Entry>,
}

/// One number, or one for each weighting, distance, form or category.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Entry<V = Value> {
    /// A single one.
    One(V),
    /// By weighting, distance, form or category.
    By(IndexMap<String, V>),
}

impl<V> Entry<V> {
    /// All, in their order.
    fn values(&self) -> impl Iterator<Item = &V> {
        let (one, several) = match self {
            Self::One(value) => (Some(value), None),
            Self::By(values) => (None, Some(values.values())),
        };
        one.into_iter().chain(several.into_iter().flatten())
    }

    /// What `change` makes of each.
    fn map<W>(self, mut change: impl FnMut(V) -> W) -> Entry<W> {
        match self {
            Self::One(value) => Entry::One(change(value)),
            Self::By(values) => {
                Entry::By(values.into_iter().map(|(name, value)| (name, change(value))).collect())
            }
        }
    }
}

impl Entry {
    /// Why all of it is none of such data, where one reason is all there is to say.
    pub fn inapplicable(&self) -> Option<&'static str> {
        let reason = |value: &Value| match value {
            Value::Inapplicable { undefined } => Some(*undefined),
            _ => None,
        };
        match self {
            Self::One(value) => reason(value),
            Self::By(values) => {
                let first = reason(values.values().next()?)?;
                values.values().all(|value| reason(value) == Some(first)).then_some(first)
            }
        }
    }
}

/// What is known of one quantity.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// An estimate with its interval.
    Measured {
        /// The estimate.
        #[serde(flatten)]
        measure: Measure,
        /// The items that it counts, where these are fewer than the pairable ones.
        #[serde(skip_serializing_if = "Option::is_none")]
        n: Option<u64>,
    },
    /// An estimate with its bootstrap uncertainty; `interval` is the BCa one.
    Resampled {
        /// The estimate.
        #[serde(flatten)]
        measure: Measure,
        /// As above.
        #[serde(skip_serializing_if = "Option::is_none")]
        n: Option<u64>,
        /// All that the bootstrap found.
        bootstrap: Box<Bootstrap>,
    },
    /// A hypothesis test.
    Tested(Test),
    /// The quantity is not one of such data.
    Inapplicable {
        /// Why.
        undefined: &'static str,
    },
}

impl Value {
    fn measured(measure: Measure) -> Self {
        Self::Measured { measure, n: None }
    }

    /// The same of so many items, where these are not all.
    fn of(self, items: Option<u64>) -> Self {
        match self {
            Self::Measured { measure, .. } => Self::Measured { measure, n: items },
            Self::Resampled { measure, bootstrap, .. } => {
                Self::Resampled { measure, n: items, bootstrap }
            }
            other => other,
        }
    }
}

/// Computes every coefficient of `sample`: with bootstrap intervals where `resampling` is given, else
/// with those that `intervals` names. The proportions and indices beside kappa have no other than their
/// formulas.
pub fn coefficients(
    sample: &Sample,
    intervals: Intervals,
    resampling: Option<Resampling>,
) -> CoefficientReport {
    let engine = Engine::new(sample, intervals, resampling);
    let mut wanted = IndexMap::new();
    let one_step = |levels: Levels<'_>| engine.within(levels, 1);
    let same = |levels: Levels<'_>| engine.within(levels, 0);
    wanted.insert("exact", engine.agreement(0, Statistic::Share(&same)));
    wanted.insert("within_1", engine.in_order(|| engine.agreement(1, Statistic::Share(&one_step))));
    wanted.insert("cohen_kappa", engine.pair_by_weight(Statistic::CohenKappa, cohen_kappa));
    wanted.insert("scott_pi", engine.pair_by_weight(Statistic::FleissKappa, scott_pi));
    wanted.insert(
        "brennan_prediger",
        engine.all_by_weight(Statistic::BrennanPrediger, brennan_prediger_raters),
    );
    wanted.insert("gwet_ac", engine.all_by_weight(Statistic::GwetAc, gwet_ac));
    wanted.insert("fleiss_kappa", engine.all_by_weight(Statistic::FleissKappa, fleiss_kappa));
    wanted.insert("conger_kappa", engine.all_by_weight(Statistic::CongerKappa, conger_kappa));
    wanted.insert("light_kappa", engine.all_by_weight(Statistic::LightKappa, light_kappa));
    wanted.insert("krippendorff_alpha", engine.alpha());
    wanted.insert("icc", engine.in_order(|| engine.icc()));
    let w = || {
        let value = engine.all(Statistic::KendallW, Interval::None, kendall_w);
        Entry::One(value.of(engine.complete()))
    };
    wanted.insert("kendall_w", engine.in_order(w));
    wanted.insert("lin_concordance", engine.in_order(|| engine.concordance()));
    wanted.insert("maximum_kappa", engine.maximum_kappa());
    wanted.insert(
        "specific_agreement",
        engine.by_category(Statistic::SpecificAgreement, specific_agreement, [0.0, 1.0]),
    );
    wanted.insert(
        "prevalence_index",
        engine.by_category(Statistic::PrevalenceIndex, prevalence_index, [-1.0, 1.0]),
    );
    wanted.insert("bias_index", engine.by_category(Statistic::BiasIndex, bias_index, [-1.0, 1.0]));
    let mut found = engine.compute(wanted);
    engine.tests(&mut found);
    CoefficientReport {
        format: "primum-coefficients/1".into(),
        categories: sample.categories.clone(),
        values: sample.values.clone(),
        n: sample.matrix.items(),
        pairable: sample.matrix.pairable_items(),
        raters: sample.matrix.raters(),
        cautions: engine.cautions(),
        diagnosis: engine.diagnosis(),
        coefficients: found,
    }
}
