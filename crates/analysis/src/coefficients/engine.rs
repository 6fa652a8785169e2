//! What each coefficient takes from a sample, and how it is resampled.

mod hypotheses;

use super::{Entry, Sample, Value};
use crate::Intervals;
use agreement::{
    Bootstrap, ContingencyTable, Distance, Estimate, IccForm, Interval, LevelCounts, Levels,
    Measure, Method, RatedItems, RatingMatrix, Resampling, Statistic, Undefined, Unseen, Weights,
    agreement_of_all, bootstrap_alpha, bootstrap_alpha_clusters, bootstrap_clusters,
    bootstrap_clusters_kappa, bootstrap_kappa, bootstrap_ratings, bootstrap_ratings_clusters,
    bootstrap_table, brennan_prediger_raters, cohen_kappa, diagnosis, exact_agreement,
    fleiss_kappa, gwet_ac, icc, krippendorff_alpha, maximum_kappa, within_agreement,
};

const WEIGHTS: [(&str, Weights<'static>); 4] = [
    ("unweighted", Weights::Identity),
    ("linear", Weights::Linear),
    ("quadratic", Weights::Quadratic),
    ("gwet_ordinal", Weights::GwetOrdinal),
];

const FEWEST_ITEMS: u64 = 3;
type OfCategory = fn(&ContingencyTable, usize) -> Measure;
const TWO_RATERS: &str = "defined for two raters only; read Conger's, Fleiss's or Light's";
const NO_ORDER: &str =
    "the categories are words whose order is not known; give it with --categories";

/// The sample, and how its uncertainty is found.
pub(super) struct Engine<'a> {
    sample: &'a Sample,
    resampling: Option<Resampling>,
    intervals: Intervals,
    /// The table of two raters.
    table: Option<ContingencyTable>,
    /// The table of each cluster, of two raters whose items are clustered.
    tables: Option<Vec<ContingencyTable>>,
    /// The items that both of two raters rated.
    pairs: Option<RatedItems>,
    /// All items.
    items: RatedItems,
}

impl<'a> Engine<'a> {
    pub(super) fn new(
        sample: &'a Sample,
        intervals: Intervals,
        resampling: Option<Resampling>,
    ) -> Self {
        let table = |matrix: &RatingMatrix| match matrix.raters() {
            2 => matrix.table(0, 1).ok(),
            _ => None,
        };
        let clusters = sample.clusters.as_deref();
        let (whole, tables): (_, Option<Vec<ContingencyTable>>) = (
            table(&sample.matrix),
            clusters.and_then(|clusters| clusters.iter().map(table).collect()),
        );
        let pairs = match &tables {
            Some(tables) => RatedItems::of_tables(tables),
            None => whole.as_ref().map(RatedItems::from),
        };
        let items = clusters.and_then(RatedItems::of_matrices);
        let items = items.unwrap_or_else(|| RatedItems::from(&sample.matrix));
        Self { sample, resampling, intervals, table: whole, tables, pairs, items }
    }

    pub(super) fn by_weight<'w>(&self, value: impl Fn(Weights<'w>) -> Value) -> Entry
    where
        Self: 'w,
    {
        by_name(WEIGHTS, |weights| self.weighted(weights, &value))
    }

    /// What takes categories in their order, where that is known.
    pub(super) fn in_order(&self, entry: impl FnOnce() -> Entry) -> Entry {
        match self.sample.ordered {
            true => entry(),
            false => Entry::One(Value::Inapplicable { undefined: NO_ORDER }),
        }
    }

    /// Every weighting but the first counts on the order.
    fn weighted<'w>(&self, weights: Weights<'w>, value: impl Fn(Weights<'w>) -> Value) -> Value {
        match self.sample.ordered || matches!(weights, Weights::Identity) {
            true => value(weights),
            false => Value::Inapplicable { undefined: NO_ORDER },
        }
    }

    /// A coefficient of two raters: with the default interval, or by bootstrap if asked for.
    pub(super) fn pair(
        &self,
        statistic: &Statistic,
        of: impl Fn(&ContingencyTable) -> Measure + Sync,
    ) -> Value {
        match (self.two(of), &self.pairs) {
            (Value::Measured { measure, .. }, Some(pairs)) if self.resampling.is_none() => {
                Value::measured(self.bounded(measure, pairs, statistic))
            }
            (other, _) => other,
        }
    }

    /// A coefficient of any number of raters, likewise.
    pub(super) fn all(
        &self,
        statistic: &Statistic,
        of: impl Fn(&RatingMatrix) -> Measure + Sync,
    ) -> Value {
        match self.many(of) {
            Value::Measured { measure, .. } if self.resampling.is_none() => {
                Value::measured(self.bounded(measure, &self.items, statistic))
            }
            other => other,
        }
    }

    /// The formula's measure with the interval that is asked for. The standard error of clustered
    /// items is the jackknife's.
    fn bounded(&self, measure: Measure, items: &RatedItems, statistic: &Statistic) -> Measure {
        let unseen = match (self.sample.ordered, self.intervals) {
            (false, _) => Unseen::AnyOther,
            (true, Intervals::Cautious) => Unseen::AnyDistance,
            (true, _) => Unseen::OneStep,
        };
        let Measure::Estimated(known) = measure else { return measure };
        let (lowest, highest) = statistic.range(items.size());
        let interval = match self.intervals {
            Intervals::Formula => return Measure::Estimated(known).within(lowest, highest),
            Intervals::Plain => items.plain_interval(statistic),
            _ => items.interval(statistic, unseen),
        };
        let se = match self.sample.clusters {
            Some(_) => items.measure(statistic, unseen).se(),
            None => known.se,
        };
        Measure::Estimated(Estimate { se, interval, ..known }).within(lowest, highest)
    }

    /// A quantity of two raters, by its formula or by bootstrap if asked for.
    pub(super) fn two(&self, of: impl Fn(&ContingencyTable) -> Measure + Sync) -> Value {
        let Some(table) = &self.table else {
            return Value::Inapplicable { undefined: TWO_RATERS };
        };
        match (self.resampling, &self.tables) {
            (None, _) => Value::measured(of(table)),
            (Some(how), None) => resampled(of(table), bootstrap_table(table, of, how)),
            (Some(how), Some(clusters)) => {
                resampled(of(table), bootstrap_clusters(clusters, of, how))
            }
        }
    }

    /// A quantity of two raters and one category, for each category.
    pub(super) fn by_category(&self, of: OfCategory, [lowest, highest]: [f64; 2]) -> Entry {
        let names = self.sample.categories.iter().map(String::as_str);
        let bounded = move |table: &ContingencyTable, level| match of(table, level) {
            Measure::Estimated(found) if table.n() < FEWEST_ITEMS => Measure::Estimated(Estimate {
                interval: Err(Undefined::FewerThanThreeItems),
                ..found
            }),
            found => found.within(lowest, highest),
        };
        by_name(names.zip(0..), |level| self.two(move |table| bounded(table, level)))
    }

    /// The largest kappa that the margins allow has no uncertainty to resample.
    pub(super) fn maximum_kappa(&self) -> Entry {
        let plain = Engine::new(self.sample, self.intervals, None);
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
            _ => self.pair(&Statistic::CohenKappa(weights), |table| cohen_kappa(table, weights)),
        }
    }

    /// A quantity of any number of raters, by bootstrap if asked for.
    pub(super) fn many(&self, of: impl Fn(&RatingMatrix) -> Measure + Sync) -> Value {
        let matrix = &self.sample.matrix;
        match (self.resampling, &self.sample.clusters) {
            (None, _) => Value::measured(of(matrix)),
            (Some(how), None) => resampled(of(matrix), bootstrap_ratings(matrix, of, how)),
            (Some(how), Some(clusters)) => {
                resampled(of(matrix), bootstrap_ratings_clusters(clusters, of, how))
            }
        }
    }

    pub(super) fn many_by_weight(
        &self,
        statistic: fn(Weights<'static>) -> Statistic<'static>,
        of: fn(&RatingMatrix, Weights) -> Measure,
    ) -> Entry {
        by_name(WEIGHTS, |weights| {
            self.weighted(weights, |weights| {
                self.all(&statistic(weights), |matrix| of(matrix, weights))
            })
        })
    }

    /// By the form for many raters, so that pi has the standard error that Fleiss's kappa of the same
    /// items has.
    pub(super) fn scott_pi(&self, weights: Weights) -> Value {
        self.pair(&Statistic::FleissKappa(weights), |table| match table.n() {
            0 => Measure::Undefined(Undefined::NoSharedItems),
            _ => fleiss_kappa(&RatingMatrix::from_table(table), weights),
        })
    }

    pub(super) fn brennan_prediger(&self, weights: Weights) -> Value {
        self.all(&Statistic::BrennanPrediger(weights), |matrix| {
            brennan_prediger_raters(matrix, weights)
        })
    }

    pub(super) fn gwet(&self, weights: Weights) -> Value {
        self.all(&Statistic::GwetAc(weights), |matrix| gwet_ac(matrix, weights))
    }

    /// A proportion of independent items keeps its Wilson interval, which no bootstrap betters.
    pub(super) fn agreement(&self, apart: usize) -> Entry {
        let resampling = self.resampling.filter(|_| self.sample.clusters.is_some());
        let engine = Engine::new(self.sample, self.intervals, resampling);
        let raters = self.sample.matrix.raters();
        let within = |levels: Levels<'_>| {
            let given: Option<Vec<usize>> = (0..raters).map(|rater| levels.of(rater)).collect();
            let given = given?;
            let (least, most) = (given.iter().min()?, given.iter().max()?);
            Some(f64::from(u8::from(most - least <= apart)))
        };
        let share = Statistic::Share(&within);
        Entry::One(match (&self.table, apart) {
            (Some(_), 0) => engine.pair(&share, exact_agreement),
            (Some(_), _) => engine.pair(&share, |table| within_agreement(table, apart)),
            (None, _) => {
                engine.all(&share, |matrix| agreement_of_all(matrix, apart)).of(self.complete())
            }
        })
    }

    /// The items that all raters rated, where these are fewer than the pairable ones.
    pub(super) fn complete(&self) -> Option<u64> {
        let complete = self.sample.matrix.complete_items();
        (complete < self.sample.matrix.pairable_items()).then_some(complete)
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
        let value = |distance: Distance<'_>| {
            if !self.sample.ordered && !matches!(distance, Distance::Nominal) {
                return Value::Inapplicable { undefined: NO_ORDER };
            }
            let statistic = Statistic::KrippendorffAlpha(distance);
            let measure = krippendorff_alpha(&self.sample.matrix, distance);
            match (self.resampling, &clusters) {
                (None, _) => Value::measured(self.bounded(measure, &self.items, &statistic)),
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
        let scores = &self.sample.values;
        let value = |form| {
            let of = |matrix: &RatingMatrix| icc(matrix, form, scores);
            let value = match form.single() {
                single if single == form => self.all(&Statistic::Icc(form, scores), of),
                single => match self.many(of) {
                    Value::Measured { measure, .. } if self.resampling.is_none() => {
                        let single = Statistic::Icc(single, scores);
                        let bounded = self.bounded(measure, &self.items, &single);
                        Value::measured(self.stepped_up(bounded))
                    }
                    other => other,
                },
            };
            value.of(self.complete())
        };
        by_name(names.into_iter().zip(IccForm::ALL), value)
    }

    /// The bounds for one rating become those for the mean of all raters.
    fn stepped_up(&self, measure: Measure) -> Measure {
        let Measure::Estimated(found) = measure else { return measure };
        if self.intervals == Intervals::Formula {
            return Measure::Estimated(found);
        }
        let raters = self.sample.matrix.raters() as f64;
        let step = |bound: f64| {
            let below = 1.0 + (raters - 1.0) * bound;
            (below > 0.0).then(|| raters * bound / below).ok_or(Undefined::NoFiniteBounds)
        };
        let interval = found.interval.and_then(|interval| {
            Ok(Interval { lo: step(interval.lo)?, hi: step(interval.hi)?, plain: None, ..interval })
        });
        Measure::Estimated(Estimate { interval, ..found })
    }

    pub(super) fn cautions(&self) -> Vec<String> {
        self.of_clusters().into_iter().chain(self.of_few_ratings()).collect()
    }

    /// Conger's kappa takes each rater's own use of the grades, which few ratings do not show.
    fn of_few_ratings(&self) -> Option<String> {
        let raters = self.sample.matrix.raters();
        let mut given = vec![0; raters];
        for row in self.sample.matrix.rows() {
            for (sum, rating) in given.iter_mut().zip(row.ratings()) {
                *sum += u64::from(rating.is_some()) * row.count();
            }
        }
        let few = given.iter().filter(|given| **given < FEW_RATINGS).count();
        (raters > 2 && few > 0).then(|| {
            format!(
                "{few} of {raters} raters gave fewer than {FEW_RATINGS} ratings: the 95 % interval of \
                 Conger's kappa then covers less often than that, in .76 of samples at the worst; read \
                 Fleiss's kappa."
            )
        })
    }

    fn of_clusters(&self) -> Option<String> {
        match &self.sample.clusters {
            None => None,
            Some(_) if self.resampling.is_none() && self.intervals == Intervals::Formula => {
                Some("The items come in clusters, which these intervals do not know of.".into())
            }
            Some(_) => Some(
                "The items come in clusters, which the intervals allow for, but the tests do not."
                    .into(),
            ),
        }
    }

    pub(super) fn diagnosis(&self) -> Vec<String> {
        let name = |level: usize| self.sample.categories[level].clone();
        self.table
            .iter()
            .flat_map(|table| diagnosis(table, Weights::Identity))
            .map(|finding| finding.sentence(name, ["rater 1", "rater 2"]))
            .collect()
    }
}

/// With fewer of a rater, Conger's kappa is not covered: docs/statistics.md, "The default interval".
const FEW_RATINGS: u64 = 10;

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
            n: None,
            bootstrap: Box::new(bootstrap),
        },
        (Err(reason), Measure::Estimated(estimated)) => {
            let interval = Err(reason);
            Value::measured(Measure::Estimated(Estimate { se: None, interval, ..estimated }))
        }
        (Err(_), undefined) => Value::measured(undefined),
    }
}
