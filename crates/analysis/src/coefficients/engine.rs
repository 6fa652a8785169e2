//! What each coefficient takes from a sample, and how it is resampled.

use super::{Entry, Sample, Value};
use agreement::{
    Alternative, Bootstrap, ContingencyTable, Distance, Estimate, IccForm, LevelCounts, McNemar,
    Measure, Method, RatingMatrix, Resampling, Test, Undefined, Weights, agreement_of_all, bhapkar,
    bootstrap_alpha, bootstrap_alpha_clusters, bootstrap_clusters, bootstrap_clusters_kappa,
    bootstrap_kappa, bootstrap_ratings, bootstrap_ratings_clusters, bootstrap_table, bowker,
    brennan_prediger_raters, brennan_prediger_weighted, cohen_kappa, diagnosis, exact_agreement,
    gwet_ac, gwet_ac1, gwet_ac2, icc, kappa_zero, krippendorff_alpha, maximum_kappa, mcnemar,
    stuart_maxwell, within_agreement,
};
use indexmap::IndexMap;

const WEIGHTS: [(&str, Weights<'static>); 4] = [
    ("unweighted", Weights::Identity),
    ("linear", Weights::Linear),
    ("quadratic", Weights::Quadratic),
    ("gwet_ordinal", Weights::GwetOrdinal),
];

const TWO_RATERS: &str = "this quantity is one of two raters; read Conger's, Fleiss's or Light's";
const TEST_OF_TWO: &str = "this test is one of two raters";
const TWO_CATEGORIES: &str = "McNemar's test is one of two categories; read Bowker's";

/// The sample, and how its uncertainty is found.
pub(super) struct Engine<'a> {
    sample: &'a Sample,
    resampling: Option<Resampling>,
    /// The table of two raters.
    table: Option<ContingencyTable>,
    /// The table of each cluster, of two raters whose items are clustered.
    tables: Option<Vec<ContingencyTable>>,
}

impl<'a> Engine<'a> {
    pub(super) fn new(sample: &'a Sample, resampling: Option<Resampling>) -> Self {
        let table = |matrix: &RatingMatrix| match matrix.raters() {
            2 => matrix.table(0, 1).ok(),
            _ => None,
        };
        let clusters = sample.clusters.as_deref();
        Self {
            sample,
            resampling,
            table: table(&sample.matrix),
            tables: clusters.and_then(|clusters| clusters.iter().map(table).collect()),
        }
    }

    pub(super) fn by_weight<'w>(&self, value: impl Fn(Weights<'w>) -> Value) -> Entry
    where
        Self: 'w,
    {
        by_name(WEIGHTS, value)
    }

    /// A quantity of two raters, by bootstrap if asked for.
    pub(super) fn two(&self, of: impl Fn(&ContingencyTable) -> Measure + Sync) -> Value {
        let Some(table) = &self.table else {
            return Value::Inapplicable { undefined: TWO_RATERS };
        };
        match (self.resampling, &self.tables) {
            (None, _) => Value::Measured(of(table)),
            (Some(how), None) => resampled(of(table), bootstrap_table(table, of, how)),
            (Some(how), Some(clusters)) => {
                resampled(of(table), bootstrap_clusters(clusters, of, how))
            }
        }
    }

    /// A quantity of two raters and one category, for each category.
    pub(super) fn by_category(&self, of: fn(&ContingencyTable, usize) -> Measure) -> Entry {
        let names = self.sample.categories.iter().map(String::as_str);
        by_name(names.zip(0..), |level| self.two(move |table| of(table, level)))
    }

    /// The largest kappa that the margins allow has no uncertainty to resample.
    pub(super) fn maximum_kappa(&self) -> Entry {
        let plain = Engine::new(self.sample, None);
        plain.by_weight(|weights| plain.two(|table| maximum_kappa(table, weights)))
    }

    /// Kappa has a quick bootstrap of its own.
    pub(super) fn kappa(&self, weights: Weights) -> Value {
        match (&self.table, self.resampling, &self.tables) {
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

    /// A quantity of any number of raters, by bootstrap if asked for.
    pub(super) fn many(&self, of: impl Fn(&RatingMatrix) -> Measure + Sync) -> Value {
        let matrix = &self.sample.matrix;
        match (self.resampling, &self.sample.clusters) {
            (None, _) => Value::Measured(of(matrix)),
            (Some(how), None) => resampled(of(matrix), bootstrap_ratings(matrix, of, how)),
            (Some(how), Some(clusters)) => {
                resampled(of(matrix), bootstrap_ratings_clusters(clusters, of, how))
            }
        }
    }

    pub(super) fn many_by_weight(&self, of: fn(&RatingMatrix, Weights) -> Measure) -> Entry {
        self.by_weight(|weights| self.many(|matrix| of(matrix, weights)))
    }

    pub(super) fn brennan_prediger(&self, weights: Weights) -> Value {
        match self.sample.tabulated {
            true => self.two(|table| brennan_prediger_weighted(table, weights)),
            false => self.many(|matrix| brennan_prediger_raters(matrix, weights)),
        }
    }

    pub(super) fn gwet(&self, weights: Weights) -> Value {
        match (self.sample.tabulated, weights) {
            (true, Weights::Identity) => self.two(gwet_ac1),
            (true, weights) => self.two(|table| gwet_ac2(table, weights)),
            (false, weights) => self.many(|matrix| gwet_ac(matrix, weights)),
        }
    }

    /// A proportion of independent items keeps its Wilson interval, which no bootstrap betters.
    pub(super) fn agreement(&self, apart: usize) -> Entry {
        let clustered = self.sample.clusters.is_some();
        let engine = Engine::new(self.sample, self.resampling.filter(|_| clustered));
        Entry::One(match (&self.table, apart) {
            (Some(_), 0) => engine.two(exact_agreement),
            (Some(_), _) => engine.two(|table| within_agreement(table, apart)),
            (None, _) => engine.many(|matrix| agreement_of_all(matrix, apart)),
        })
    }

    pub(super) fn alpha(&self) -> Entry {
        let values = &self.sample.values;
        let distances = [
            ("nominal", Distance::Nominal),
            ("ordinal", Distance::Ordinal),
            ("interval", Distance::Interval(values)),
            ("ratio", Distance::Ratio(values)),
        ];
        let items = LevelCounts::from(&self.sample.matrix);
        let clusters = self.sample.clusters.as_deref();
        let clusters: Option<Vec<LevelCounts>> =
            clusters.map(|clusters| clusters.iter().map(LevelCounts::from).collect());
        let value = |distance| {
            let measure = krippendorff_alpha(&self.sample.matrix, distance);
            match (self.resampling, &clusters) {
                (None, _) => Value::Measured(measure),
                (Some(how), None) => resampled(measure, bootstrap_alpha(&items, distance, how)),
                (Some(how), Some(clusters)) => {
                    resampled(measure, bootstrap_alpha_clusters(clusters, distance, how))
                }
            }
        };
        by_name(distances, value)
    }

    pub(super) fn icc(&self) -> Entry {
        let names = ["1_1", "2_1", "3_1", "1_k", "2_k", "3_k"];
        let value = |form| self.many(|matrix| icc(matrix, form, &self.sample.values));
        by_name(names.into_iter().zip(IccForm::ALL), value)
    }

    pub(super) fn tests(&self, found: &mut IndexMap<&'static str, Entry>) {
        let test = |of: fn(&ContingencyTable) -> Test| {
            Entry::One(match &self.table {
                Some(table) => Value::Tested(of(table)),
                None => Value::Inapplicable { undefined: TEST_OF_TWO },
            })
        };
        let zero = |weights| match &self.table {
            Some(table) => Value::Tested(kappa_zero(table, weights, Alternative::TwoSided)),
            None => Value::Inapplicable { undefined: TEST_OF_TWO },
        };
        found.insert("kappa_zero", self.by_weight(zero));
        found.insert("bowker", test(bowker));
        found.insert("stuart_maxwell", test(stuart_maxwell));
        found.insert("bhapkar", test(bhapkar));
        let two_categories = |form| {
            Entry::One(match &self.table {
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

    pub(super) fn cautions(&self) -> Vec<String> {
        let caution = match (&self.sample.clusters, self.resampling) {
            (None, _) => return Vec::new(),
            (Some(_), Some(_)) => {
                "The items come in clusters, which the intervals allow for, but the tests do not."
            }
            (Some(_), None) => {
                "The items come in clusters, which these intervals do not know of: ask for a \
                 bootstrap."
            }
        };
        vec![caution.into()]
    }

    pub(super) fn diagnosis(&self) -> Vec<String> {
        let name = |level: usize| self.sample.categories[level].clone();
        self.table
            .iter()
            .flat_map(|table| diagnosis(table, Weights::Identity))
            .map(|finding| finding.sentence(name))
            .collect()
    }
}

fn by_name<'n, T>(
    forms: impl IntoIterator<Item = (&'n str, T)>,
    value: impl Fn(T) -> Value,
) -> Entry {
    Entry::By(forms.into_iter().map(|(name, form)| (name.to_owned(), value(form))).collect())
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
