//! Every coefficient of one table of counts, or of one matrix of ratings.

use agreement::{
    Bootstrap, ContingencyTable, Distance, Estimate, IccForm, LevelCounts, McNemar, Measure,
    Method, RatingMatrix, Resampling, Test, Undefined, Weights, agreement_of_all, bhapkar,
    bootstrap_alpha, bootstrap_clusters, bootstrap_clusters_kappa, bootstrap_kappa,
    bootstrap_table, bowker, brennan_prediger_raters, brennan_prediger_weighted, cohen_kappa,
    conger_kappa, diagnosis, exact_agreement, fleiss_kappa, gwet_ac, gwet_ac1, gwet_ac2, icc,
    kendall_w, krippendorff_alpha, light_kappa, mcnemar, scott_pi, stuart_maxwell,
    within_agreement,
};
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
    /// The ratings of any number of raters, clusters forgotten.
    pub matrix: RatingMatrix,
    /// Whether counts were given. The forms for many raters, which allow for missing ratings, then
    /// give way to those of a table.
    pub tabulated: bool,
    /// For two raters, a table a cluster; one table where items are not clustered.
    pub clusters: Option<Vec<ContingencyTable>>,
}

/// Every coefficient, by its name.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(type = "{ [name: string]: unknown }")]
pub struct CoefficientReport {
    /// Always `primum-coefficients/1`.
    pub format: String,
    /// The declared categories.
    pub categories: Vec<String>,
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

/// One number, or one for each weighting, distance or form.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Entry {
    /// A single one.
    One(Value),
    /// By weighting, distance or form.
    By(IndexMap<&'static str, Value>),
}

/// What is known of one quantity.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// An estimate with its analytic uncertainty.
    Measured(Measure),
    /// An estimate with its bootstrap uncertainty; `interval` is the BCa one.
    Resampled {
        /// The estimate.
        #[serde(flatten)]
        measure: Measure,
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

const WEIGHTS: [(&str, Weights<'static>); 4] = [
    ("unweighted", Weights::Identity),
    ("linear", Weights::Linear),
    ("quadratic", Weights::Quadratic),
    ("gwet_ordinal", Weights::GwetOrdinal),
];

const TWO_RATERS: &str = "this quantity is one of two raters; read Conger's, Fleiss's or Light's";
const TEST_OF_TWO: &str = "this test is one of two raters";
const TWO_CATEGORIES: &str = "McNemar's test is one of two categories; read Bowker's";

/// Computes every coefficient of `sample`, with bootstrap intervals where `resampling` is given and
/// a bootstrap exists for the coefficient.
pub fn coefficients(sample: &Sample, resampling: Option<Resampling>) -> CoefficientReport {
    let engine = Engine { sample, resampling, pooled: pooled(sample) };
    let mut found = IndexMap::new();
    found.insert("exact", engine.agreement(0));
    found.insert("within_1", engine.agreement(1));
    found.insert("cohen_kappa", engine.by_weight(|weights| engine.kappa(weights)));
    found.insert("scott_pi", engine.by_weight(|weights| engine.two(move |t| scott_pi(t, weights))));
    found.insert("brennan_prediger", engine.by_weight(|weights| engine.brennan_prediger(weights)));
    found.insert("gwet_ac", engine.by_weight(|weights| engine.gwet(weights)));
    let many = |of: fn(&RatingMatrix, Weights) -> Measure| {
        engine.by_weight(|weights| Value::Measured(of(&sample.matrix, weights)))
    };
    found.insert("fleiss_kappa", many(fleiss_kappa));
    found.insert("conger_kappa", many(conger_kappa));
    found.insert("light_kappa", many(light_kappa));
    found.insert("krippendorff_alpha", engine.alpha());
    found.insert("icc", engine.icc());
    found.insert("kendall_w", Entry::One(Value::Measured(kendall_w(&sample.matrix))));
    engine.tests(&mut found);
    CoefficientReport {
        format: "primum-coefficients/1".into(),
        categories: sample.categories.clone(),
        n: sample.matrix.items(),
        pairable: sample.matrix.pairable_items(),
        raters: sample.matrix.raters(),
        cautions: engine.cautions(),
        diagnosis: engine.diagnosis(),
        coefficients: found,
    }
}

/// The clusters' tables added up.
fn pooled(sample: &Sample) -> Option<ContingencyTable> {
    match sample.clusters.as_deref()? {
        [only] => Some(only.clone()),
        _ => sample.matrix.table(0, 1).ok(),
    }
}

struct Engine<'a> {
    sample: &'a Sample,
    resampling: Option<Resampling>,
    pooled: Option<ContingencyTable>,
}

impl Engine<'_> {
    fn by_weight<'w>(&self, value: impl Fn(Weights<'w>) -> Value) -> Entry
    where
        Self: 'w,
    {
        Entry::By(WEIGHTS.iter().map(|(name, weights)| (*name, value(*weights))).collect())
    }

    fn clustered(&self) -> Option<&[ContingencyTable]> {
        self.sample.clusters.as_deref().filter(|clusters| clusters.len() > 1)
    }

    /// A quantity of two raters, by bootstrap if asked for.
    fn two(&self, of: impl Fn(&ContingencyTable) -> Measure + Sync) -> Value {
        let Some(table) = &self.pooled else {
            return Value::Inapplicable { undefined: TWO_RATERS };
        };
        match (self.resampling, self.clustered()) {
            (None, _) => Value::Measured(of(table)),
            (Some(how), None) => resampled(of(table), bootstrap_table(table, of, how)),
            (Some(how), Some(clusters)) => {
                resampled(of(table), bootstrap_clusters(clusters, of, how))
            }
        }
    }

    /// Kappa has a quick bootstrap of its own.
    fn kappa(&self, weights: Weights) -> Value {
        match (&self.pooled, self.resampling, self.clustered()) {
            (Some(table), Some(how), None) => {
                resampled(cohen_kappa(table, weights), bootstrap_kappa(table, weights, how))
            }
            (Some(table), Some(how), Some(clusters)) => {
                let measure = cohen_kappa(table, weights);
                resampled(measure, bootstrap_clusters_kappa(clusters, weights, how))
            }
            _ => self.two(|table| cohen_kappa(table, weights)),
        }
    }

    fn brennan_prediger(&self, weights: Weights) -> Value {
        match self.pooled {
            Some(_) if self.takes_table() => {
                self.two(|table| brennan_prediger_weighted(table, weights))
            }
            _ => Value::Measured(brennan_prediger_raters(&self.sample.matrix, weights)),
        }
    }

    fn gwet(&self, weights: Weights) -> Value {
        match (&self.pooled, weights) {
            (Some(_), Weights::Identity) if self.takes_table() => self.two(gwet_ac1),
            (Some(_), weights) if self.takes_table() => self.two(|table| gwet_ac2(table, weights)),
            (_, weights) => Value::Measured(gwet_ac(&self.sample.matrix, weights)),
        }
    }

    /// Two raters' counts, or ratings that are to be resampled.
    fn takes_table(&self) -> bool {
        self.sample.tabulated || self.resampling.is_some()
    }

    fn agreement(&self, apart: usize) -> Entry {
        Entry::One(match (&self.pooled, apart) {
            (Some(table), 0) => Value::Measured(exact_agreement(table)),
            (Some(table), _) => Value::Measured(within_agreement(table, apart)),
            (None, _) => Value::Measured(agreement_of_all(&self.sample.matrix, apart)),
        })
    }

    fn alpha(&self) -> Entry {
        let values = &self.sample.values;
        let distances = [
            ("nominal", Distance::Nominal),
            ("ordinal", Distance::Ordinal),
            ("interval", Distance::Interval(values)),
            ("ratio", Distance::Ratio(values)),
        ];
        let value = |distance| {
            let measure = krippendorff_alpha(&self.sample.matrix, distance);
            match (self.resampling, self.clustered()) {
                (Some(how), None) => {
                    let items = LevelCounts::from(&self.sample.matrix);
                    resampled(measure, bootstrap_alpha(&items, distance, how))
                }
                _ => Value::Measured(measure),
            }
        };
        Entry::By(distances.into_iter().map(|(name, distance)| (name, value(distance))).collect())
    }

    fn icc(&self) -> Entry {
        let names = ["1_1", "2_1", "3_1", "1_k", "2_k", "3_k"];
        let value = |form| Value::Measured(icc(&self.sample.matrix, form, &self.sample.values));
        Entry::By(
            names.into_iter().zip(IccForm::ALL).map(|(name, form)| (name, value(form))).collect(),
        )
    }

    fn tests(&self, found: &mut IndexMap<&'static str, Entry>) {
        let test = |of: fn(&ContingencyTable) -> Test| {
            Entry::One(match &self.pooled {
                Some(table) => Value::Tested(of(table)),
                None => Value::Inapplicable { undefined: TEST_OF_TWO },
            })
        };
        found.insert("bowker", test(bowker));
        found.insert("stuart_maxwell", test(stuart_maxwell));
        found.insert("bhapkar", test(bhapkar));
        let two_categories = |form| {
            Entry::One(match &self.pooled {
                Some(table) if table.size() == 2 => Value::Tested(mcnemar(table, 1, form)),
                Some(_) => Value::Inapplicable { undefined: TWO_CATEGORIES },
                None => Value::Inapplicable { undefined: TEST_OF_TWO },
            })
        };
        found.insert("mcnemar", two_categories(McNemar::ChiSquared));
        found.insert("mcnemar_continuity_corrected", two_categories(McNemar::ContinuityCorrected));
        found.insert("mcnemar_exact", two_categories(McNemar::Exact));
        found.insert("mcnemar_mid_p", two_categories(McNemar::MidP));
    }

    fn cautions(&self) -> Vec<String> {
        let mut cautions = Vec::new();
        if self.clustered().is_some() {
            cautions.push(match self.resampling {
                Some(_) => {
                    "Coefficients of two raters are resampled by cluster; the intervals of Fleiss's, \
                     Conger's and Light's kappa, alpha, the proportions and the intraclass \
                     correlations take items as independent."
                        .into()
                }
                None => "The items come in clusters, which these intervals do not know of: ask for a \
                         bootstrap."
                    .to_owned(),
            });
        }
        cautions
    }

    fn diagnosis(&self) -> Vec<String> {
        let name = |level: usize| self.sample.categories[level].clone();
        self.pooled
            .iter()
            .flat_map(|table| diagnosis(table, Weights::Identity))
            .map(|finding| finding.sentence(name))
            .collect()
    }
}

/// The bootstrap's uncertainty; where there is none, the estimate stands with the reason.
fn resampled(measure: Measure, outcome: Result<Bootstrap, Undefined>) -> Value {
    match (outcome, measure) {
        (Ok(bootstrap), _) => Value::Resampled {
            measure: bootstrap.measure(Method::BootstrapBca),
            bootstrap: Box::new(bootstrap),
        },
        (Err(reason), Measure::Estimated(estimated)) => {
            Value::Measured(Measure::Estimated(Estimate {
                se: None,
                interval: Err(reason),
                ..estimated
            }))
        }
        (Err(_), undefined) => Value::Measured(undefined),
    }
}
