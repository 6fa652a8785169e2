//! What each coefficient takes from a sample, and how it is resampled.

mod hypotheses;
mod uncertainty;

use super::{Entry, Sample, Value};
use crate::Intervals;
use agreement::{
    ContingencyTable, Distance, Estimate, IccForm, Levels, Measure, RatedItems, RatingMatrix,
    Resampling, Statistic, Undefined, Weights, agreement_of_all, diagnosis, exact_agreement,
    fleiss_kappa, icc, krippendorff_alpha, lin_concordance, maximum_kappa, within_agreement,
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
    /// The items that both of two raters rated.
    pairs: Option<RatedItems>,
    /// All items with a rating.
    items: RatedItems,
    /// The categories' numbers, by which nothing that is resampled loses digits: one that nobody used has that of
    /// another.
    scores: Vec<f64>,
}

/// Which interval a quantity has where nothing is resampled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Interval {
    /// The one that is asked for, by default that of docs/statistics.md.
    Default,
    /// That of its formula alone, if it has one.
    None,
    /// That of one rating, stepped up.
    SteppedUp,
    /// As the default one, and it is not resampled.
    Wilson,
}

/// What is known of a quantity before its uncertainty is.
pub(super) enum Wanted<'s> {
    /// All.
    Known(Value),
    /// The measure by its formula.
    Measured {
        of: Of,
        statistic: Statistic<'s>,
        interval: Interval,
        measure: Measure,
        n: Option<u64>,
    },
}

/// Which items a quantity is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// Those that both of two raters rated.
    Pairs,
    /// All.
    Items,
}

impl Wanted<'_> {
    /// The same of so many items, where these are not all.
    pub(super) fn of(self, items: Option<u64>) -> Self {
        match self {
            Self::Known(value) => Self::Known(value.of(items)),
            Self::Measured { of, statistic, interval, measure, .. } => {
                Self::Measured { of, statistic, interval, measure, n: items }
            }
        }
    }
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
        let scores = used_scores(sample);
        Self { sample, resampling, intervals, table: whole, pairs, items, scores }
    }

    /// What takes categories in their order, where that is known.
    pub(super) fn in_order<'s>(
        &self,
        entry: impl FnOnce() -> Entry<Wanted<'s>>,
    ) -> Entry<Wanted<'s>> {
        match self.sample.ordered {
            true => entry(),
            false => Entry::One(Wanted::Known(Value::Inapplicable { undefined: NO_ORDER })),
        }
    }

    /// By weighting; every weighting but the first counts on the order.
    fn by_weight<V>(
        &self,
        value: impl Fn(Weights<'static>) -> V,
        without: impl Fn(Value) -> V,
    ) -> Entry<V> {
        by_name(WEIGHTS, |weights| {
            match self.sample.ordered || matches!(weights, Weights::Identity) {
                true => value(weights),
                false => without(Value::Inapplicable { undefined: NO_ORDER }),
            }
        })
    }

    /// A quantity of two raters.
    pub(super) fn pair<'s>(
        &self,
        statistic: Statistic<'s>,
        interval: Interval,
        formula: impl Fn(&ContingencyTable) -> Measure,
    ) -> Wanted<'s> {
        match &self.table {
            Some(table) => {
                let measure = formula(table);
                Wanted::Measured { of: Of::Pairs, statistic, interval, measure, n: None }
            }
            None => Wanted::Known(Value::Inapplicable { undefined: TWO_RATERS }),
        }
    }

    /// A quantity of any number of raters.
    pub(super) fn all<'s>(
        &self,
        statistic: Statistic<'s>,
        interval: Interval,
        formula: impl Fn(&RatingMatrix) -> Measure,
    ) -> Wanted<'s> {
        let measure = formula(&self.sample.matrix);
        Wanted::Measured { of: Of::Items, statistic, interval, measure, n: None }
    }

    pub(super) fn pair_by_weight(
        &self,
        statistic: fn(Weights<'static>) -> Statistic<'static>,
        formula: fn(&ContingencyTable, Weights) -> Measure,
    ) -> Entry<Wanted<'static>> {
        let value = |weights| {
            self.pair(statistic(weights), Interval::Default, |table| formula(table, weights))
        };
        self.by_weight(value, Wanted::Known)
    }

    pub(super) fn all_by_weight(
        &self,
        statistic: fn(Weights<'static>) -> Statistic<'static>,
        formula: fn(&RatingMatrix, Weights) -> Measure,
    ) -> Entry<Wanted<'static>> {
        let value = |weights| {
            self.all(statistic(weights), Interval::Default, |matrix| formula(matrix, weights))
        };
        self.by_weight(value, Wanted::Known)
    }

    /// A quantity of two raters and one category, for each category.
    pub(super) fn by_category(
        &self,
        statistic: fn(usize) -> Statistic<'static>,
        formula: OfCategory,
        [lowest, highest]: [f64; 2],
    ) -> Entry<Wanted<'static>> {
        let names = self.sample.categories.iter().map(String::as_str);
        let bounded = |table: &ContingencyTable, level| match formula(table, level) {
            Measure::Estimated(found) if table.n() < FEWEST_ITEMS => Measure::Estimated(Estimate {
                interval: Err(Undefined::FewerThanThreeItems),
                ..found
            }),
            found => found.within(lowest, highest),
        };
        by_name(names.zip(0..), |level| {
            self.pair(statistic(level), Interval::None, |table| bounded(table, level))
        })
    }

    /// The largest kappa that the margins allow has no uncertainty to resample.
    pub(super) fn maximum_kappa(&self) -> Entry<Wanted<'static>> {
        let value = |weights| match &self.table {
            Some(table) => Value::measured(maximum_kappa(table, weights)),
            None => Value::Inapplicable { undefined: TWO_RATERS },
        };
        self.by_weight(value, |value| value).map(Wanted::Known)
    }

    /// 1 for an item whose ratings are no more apart, else 0; nothing for one that some rater did not rate.
    pub(super) fn within(&self, levels: Levels<'_>, apart: usize) -> Option<f64> {
        let raters = self.sample.matrix.raters();
        let given: Option<Vec<usize>> = (0..raters).map(|rater| levels.of(rater)).collect();
        let given = given?;
        let (least, most) = (given.iter().min()?, given.iter().max()?);
        Some(f64::from(u8::from(most - least <= apart)))
    }

    /// A proportion of independent items keeps its Wilson interval, which no bootstrap betters.
    pub(super) fn agreement<'s>(&self, apart: usize, share: Statistic<'s>) -> Entry<Wanted<'s>> {
        let interval = match self.sample.clusters {
            None => Interval::Wilson,
            Some(_) => Interval::Default,
        };
        let two = |table: &ContingencyTable| match apart {
            0 => exact_agreement(table),
            _ => within_agreement(table, apart),
        };
        Entry::One(match &self.table {
            Some(_) => self.pair(share, interval, two),
            None => {
                let of_all = |matrix: &RatingMatrix| agreement_of_all(matrix, apart);
                self.all(share, interval, of_all).of(self.complete())
            }
        })
    }

    /// The items that all raters rated, where these are fewer than the pairable ones.
    pub(super) fn complete(&self) -> Option<u64> {
        let complete = self.sample.matrix.complete_items();
        (complete < self.sample.matrix.pairable_items()).then_some(complete)
    }

    pub(super) fn alpha(&self) -> Entry<Wanted<'a>> {
        let values = &self.sample.values;
        let distances = [
            ("nominal", Distance::Nominal),
            ("ordinal", Distance::Ordinal),
            ("interval", Distance::Interval(values)),
            ("ratio", Distance::Ratio(values)),
        ];
        by_name(distances, |distance| {
            if !self.sample.ordered && !matches!(distance, Distance::Nominal) {
                return Wanted::Known(Value::Inapplicable { undefined: NO_ORDER });
            }
            let of = |matrix: &RatingMatrix| krippendorff_alpha(matrix, distance);
            self.all(Statistic::KrippendorffAlpha(distance), Interval::Default, of)
        })
    }

    /// The concordance of two raters.
    pub(super) fn concordance(&self) -> Entry<Wanted<'_>> {
        let of = |table: &ContingencyTable| lin_concordance(table, &self.sample.values);
        let statistic = Statistic::LinConcordance(&self.scores);
        Entry::One(self.pair(statistic, Interval::Default, of))
    }

    pub(super) fn icc(&self) -> Entry<Wanted<'_>> {
        let names = ["1_1", "2_1", "3_1", "1_k", "2_k", "3_k"];
        let (scores, values) = (&self.scores, &self.sample.values);
        by_name(names.into_iter().zip(IccForm::ALL), |form: IccForm| {
            let interval =
                if form.single() == form { Interval::Default } else { Interval::SteppedUp };
            let of = |matrix: &RatingMatrix| icc(matrix, form, values);
            self.all(Statistic::Icc(form, scores), interval, of).of(self.complete())
        })
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

/// The numbers of the categories, in which those that nobody used have that of the first that is: they would stretch the
/// range by which numbers are scaled.
fn used_scores(sample: &Sample) -> Vec<f64> {
    let mut is_used = vec![false; sample.values.len()];
    for row in sample.matrix.rows().filter(|row| row.count() > 0) {
        row.ratings().flatten().for_each(|level| is_used[level] = true);
    }
    let first = is_used.iter().position(|used| *used).map(|level| sample.values[level]);
    let score = |(value, used): (&f64, bool)| if used { *value } else { first.unwrap_or(*value) };
    sample.values.iter().zip(is_used).map(score).collect()
}

/// With fewer of a rater, Conger's kappa is not covered: docs/statistics.md, "The default interval".
const FEW_RATINGS: u64 = 10;

fn by_name<'n, T, V>(
    forms: impl IntoIterator<Item = (&'n str, T)>,
    value: impl Fn(T) -> V,
) -> Entry<V> {
    Entry::By(forms.into_iter().map(|(name, form)| (name.to_owned(), value(form))).collect())
}

/// By the form for many raters, so that pi has the standard error that Fleiss's kappa of the same items has.
pub(super) fn scott_pi(table: &ContingencyTable, weights: Weights) -> Measure {
    match table.n() {
        0 => Measure::Undefined(Undefined::NoSharedItems),
        _ => fleiss_kappa(&RatingMatrix::from_table(table), weights),
    }
}
