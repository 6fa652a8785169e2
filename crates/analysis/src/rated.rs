//! The items that a number is computed from, and the one place where its interval is chosen.

use crate::drawn::Drawn;
use crate::{Effort, Intervals, ReportedMeasure};
use agreement::{
    ContingencyTable, Estimate, Levels, Measure as Known, Method, RatedItem, RatedItems,
    RatingError, RatingMatrix, SharedRatings, Statistic, Undefined, Unseen, Weights, cohen_kappa,
    within_agreement,
};
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use study::ItemDesign;

/// With fewer scenarios nothing can be said of how scenarios vary.
const FEWEST_SCENARIOS: usize = 3;

/// With fewer scenarios their resampling says too little.
const FEWEST_RESAMPLED: usize = 10;

/// Rated items with their scenarios, where these are known. `T` holds them as counts, from which the
/// formulas are computed.
pub(crate) struct Rated<T> {
    /// None where items have weights or several ratings in one place: then there are no counts.
    whole: Option<T>,
    /// Scenarios as clusters, where they are known.
    clustered: RatedItems,
    /// Each item as a cluster, where a scenario has several: made of `items` if it is asked for.
    apart: OnceCell<RatedItems>,
    items: Vec<RatedItem>,
    n: u64,
    /// How many scenarios, or pairs of framings, the items answer.
    pub(crate) scenarios: Option<usize>,
    weighted: bool,
}

/// Two raters' grades.
pub(crate) type Tables = Rated<ContingencyTable>;

/// One item for [`Rated`].
pub(crate) struct Placed<'a> {
    /// What items that are not independent share; none where that is not known.
    pub(crate) cluster: Option<&'a str>,
    pub(crate) weight: f64,
    /// As in [`RatedItem`].
    pub(crate) ratings: SharedRatings,
}

impl<'a> Placed<'a> {
    /// An item in `design`, with the level of each rater; `seen` holds those of items before it.
    pub(crate) fn new(
        design: Option<&'a ItemDesign>,
        drawn: Drawn,
        levels: &[Option<usize>],
        seen: &mut Seen,
    ) -> Self {
        let (cluster, weight) = (design.map(ItemDesign::cluster), drawn.weight(design));
        Self { cluster, weight, ratings: seen.ratings(levels) }
    }
}

/// Ratings of items, those alike held once: there are few kinds of many items.
#[derive(Default)]
pub(crate) struct Seen(HashMap<Vec<Option<usize>>, SharedRatings>);

impl Seen {
    fn ratings(&mut self, levels: &[Option<usize>]) -> SharedRatings {
        if let Some(known) = self.0.get(levels) {
            return known.clone();
        }
        let new: SharedRatings = [(levels.to_vec(), 1.0)].into();
        self.0.insert(levels.to_vec(), new.clone());
        new
    }
}

impl<T> Rated<T> {
    /// `whole` makes the counts of items that represent themselves. Items of one weight do.
    pub(crate) fn of(
        raters: usize,
        size: usize,
        mut placed: Vec<Placed<'_>>,
        whole: impl FnOnce(&[Placed<'_>]) -> Result<T, RatingError>,
    ) -> Result<Self, RatingError> {
        let known = placed.iter().all(|item| item.cluster.is_some());
        let mut clusters: BTreeMap<&str, usize> = BTreeMap::new();
        for cluster in placed.iter().filter_map(|item| item.cluster) {
            let next = clusters.len();
            clusters.entry(cluster).or_insert(next);
        }
        let weighted = placed.iter().any(|item| item.weight != placed[0].weight);
        if !weighted {
            placed.iter_mut().for_each(|item| item.weight = 1.0);
        }
        let counted = !weighted && placed.iter().all(|item| item.ratings.len() == 1);
        let whole = if counted { Some(whole(&placed)?) } else { None };
        let item = |(at, item): (usize, Placed<'_>)| RatedItem {
            cluster: item.cluster.filter(|_| known).map_or(at, |cluster| clusters[cluster]),
            weight: item.weight,
            ratings: item.ratings,
        };
        let scenarios = known.then_some(clusters.len());
        let items: Vec<RatedItem> = placed.into_iter().enumerate().map(item).collect();
        let clustered = RatedItems::new(raters, size, &items)?;
        let n = items.len() as u64;
        Ok(Self { whole, clustered, apart: OnceCell::new(), items, n, scenarios, weighted })
    }

    fn apart(&self) -> &RatedItems {
        if !self.scenarios_repeat() {
            return &self.clustered;
        }
        let alone = |(cluster, item): (usize, &RatedItem)| RatedItem { cluster, ..item.clone() };
        self.apart.get_or_init(|| {
            let items = self.items.iter().enumerate().map(alone);
            // What clusters took, each item alone is too.
            RatedItems::new(self.clustered.raters(), self.clustered.size(), items)
                .unwrap_or_else(|_| self.clustered.clone())
        })
    }

    /// The number of items.
    pub(crate) fn n(&self) -> u64 {
        self.n
    }

    /// Whether some items represent more than others.
    pub(crate) fn is_weighted(&self) -> bool {
        self.weighted
    }

    /// Whether some scenario has several of the items.
    pub(crate) fn scenarios_repeat(&self) -> bool {
        self.scenarios.is_some_and(|scenarios| (scenarios as u64) < self.n)
    }

    /// What intervals treat as independent if asked for as `wanted`.
    pub(crate) fn intervals(&self, wanted: Intervals) -> Intervals {
        let enough = self.scenarios.is_some_and(|scenarios| scenarios >= FEWEST_SCENARIOS);
        match wanted {
            Intervals::Auto | Intervals::Cautious | Intervals::Plain => {
                if self.scenarios_repeat() && enough {
                    Intervals::Scenarios
                } else {
                    Intervals::Items
                }
            }
            other => other,
        }
    }

    /// A statistic with its interval. `formula` is the same statistic of the counts: it says best why
    /// there is none, and has the analytic standard error, which holds for independent items.
    pub(crate) fn measure(
        &self,
        effort: &Effort<'_>,
        statistic: &Statistic,
        formula: &dyn Fn(&T) -> Known,
    ) -> ReportedMeasure {
        self.beside(effort, statistic, self.whole.as_ref().map(formula))
    }

    /// A statistic that no formula of counts gives.
    pub(crate) fn uncounted(&self, effort: &Effort<'_>, statistic: &Statistic) -> ReportedMeasure {
        self.beside(effort, statistic, None)
    }

    /// Every interval of a report is cut here, so that all who show it show the same.
    fn beside(
        &self,
        effort: &Effort<'_>,
        statistic: &Statistic,
        known: Option<Known>,
    ) -> ReportedMeasure {
        let (lowest, highest) = statistic.range(self.clustered.size());
        ReportedMeasure(self.found(effort, statistic, known).within(lowest, highest))
    }

    fn found(&self, effort: &Effort<'_>, statistic: &Statistic, known: Option<Known>) -> Known {
        match (effort.intervals, known) {
            (_, Some(Known::Undefined(reason))) => Known::Undefined(reason),
            (Intervals::Formula, Some(known)) => known,
            (Intervals::Formula, None) => without_formula(self.jackknifed(effort, statistic)),
            (Intervals::Items | Intervals::Scenarios, _) => self.resampled(effort, statistic),
            (_, None) => self.jackknifed(effort, statistic),
            (_, Some(Known::Estimated(known))) => match self.jackknifed(effort, statistic) {
                Known::Estimated(found) => {
                    let independent = self.intervals(effort.intervals) == Intervals::Items;
                    let se = if independent { known.se } else { found.se };
                    Known::Estimated(Estimate { estimate: known.estimate, se, ..found })
                }
                undefined @ Known::Undefined(_) => undefined,
            },
        }
    }

    /// A share of items; where resampling shows no spread, its interval is the default one.
    pub(crate) fn share(
        &self,
        effort: &Effort<'_>,
        statistic: &Statistic,
        formula: Option<&dyn Fn(&T) -> Known>,
    ) -> ReportedMeasure {
        let known = || formula.and_then(|formula| self.whole.as_ref().map(formula));
        let measure = self.beside(effort, statistic, known());
        match measure.0.undefined() {
            Some(Undefined::NoVariation) => {
                let default = Effort { intervals: Intervals::Auto, ..*effort };
                self.beside(&default, statistic, known())
            }
            _ => measure,
        }
    }

    fn jackknifed(&self, effort: &Effort<'_>, statistic: &Statistic) -> Known {
        let unseen = match effort.intervals {
            Intervals::Cautious => Unseen::AnyDistance,
            _ => Unseen::OneStep,
        };
        let items = match self.intervals(effort.intervals) {
            Intervals::Scenarios => &self.clustered,
            _ => self.apart(),
        };
        match (items.measure(statistic, unseen), effort.intervals) {
            (Known::Estimated(found), Intervals::Plain) => {
                let interval = items.plain_interval(statistic);
                Known::Estimated(Estimate { interval, ..found })
            }
            (found, _) => found,
        }
    }

    fn resampled(&self, effort: &Effort<'_>, statistic: &Statistic) -> Known {
        let how = effort.resampling;
        let bootstrap = match (effort.intervals, self.scenarios) {
            (Intervals::Scenarios, Some(clusters)) if clusters < FEWEST_RESAMPLED => {
                Err(Undefined::FewClusters { clusters, needed: FEWEST_RESAMPLED })
            }
            (Intervals::Scenarios, _) => self.clustered.bootstrap(statistic, how),
            _ => self.apart().bootstrap(statistic, how),
        };
        match (bootstrap, self.clustered.measure(statistic, Unseen::OneStep)) {
            (Ok(bootstrap), _) => bootstrap.measure(Method::BootstrapBca),
            (Err(reason), Known::Estimated(found)) => {
                Known::Estimated(Estimate { se: None, interval: Err(reason), ..found })
            }
            (Err(_), undefined) => undefined,
        }
    }
}

fn without_formula(measure: Known) -> Known {
    match measure {
        Known::Estimated(found) => {
            let interval = Err(Undefined::NoFormula);
            Known::Estimated(Estimate { se: None, interval, ..found })
        }
        undefined => undefined,
    }
}

impl Tables {
    /// Items that represent themselves, of no known scenarios: the counts say all there is to know.
    pub(crate) fn of_counts(counts: ContingencyTable) -> Self {
        Self {
            n: counts.n(),
            clustered: RatedItems::from(&counts),
            whole: Some(counts),
            apart: OnceCell::new(),
            items: Vec::new(),
            scenarios: None,
            weighted: false,
        }
    }

    /// Two raters' grades on a scale of `size` levels.
    pub(crate) fn of_pairs(size: usize, placed: Vec<Placed<'_>>) -> Result<Self, RatingError> {
        Self::of(2, size, placed, |placed| {
            let mut table = ContingencyTable::empty(size)?;
            for (ratings, _) in placed.iter().flat_map(|item| item.ratings.iter()) {
                if let [Some(first), Some(second)] = ratings.as_slice() {
                    table.record(*first, *second)?;
                }
            }
            Ok(table)
        })
    }

    /// A row for each level of the first rater, a column for each of the second: how many items, or
    /// the sum of their weights.
    pub(crate) fn cells(&self) -> Vec<Vec<f64>> {
        self.clustered.cells()
    }

    /// Cohen's kappa.
    pub(crate) fn kappa(&self, effort: &Effort<'_>, weights: Weights<'_>) -> ReportedMeasure {
        let of = |table: &ContingencyTable| cohen_kappa(table, weights);
        self.measure(effort, &Statistic::CohenKappa(weights), &of)
    }

    /// The share of items whose two levels are at most `apart` steps apart.
    pub(crate) fn within(&self, effort: &Effort<'_>, apart: usize) -> ReportedMeasure {
        let levels = self.clustered.size();
        if apart + 1 >= levels {
            return ReportedMeasure(Known::Undefined(Undefined::WithinTheScale { levels }));
        }
        let of = |levels: Levels<'_>| {
            let (first, second) = levels.of(0).zip(levels.of(1))?;
            Some(f64::from(u8::from(first.abs_diff(second) <= apart)))
        };
        let formula = |table: &ContingencyTable| within_agreement(table, apart);
        self.share(effort, &Statistic::Share(&of), Some(&formula))
    }
}

impl Rated<RatingMatrix> {
    /// Any number of raters' grades on a scale of `size` levels.
    pub(crate) fn of_raters(
        raters: usize,
        size: usize,
        placed: Vec<Placed<'_>>,
    ) -> Result<Self, RatingError> {
        Self::of(raters, size, placed, |placed| {
            let mut matrix = RatingMatrix::empty(raters, size)?;
            for (ratings, _) in placed.iter().flat_map(|item| item.ratings.iter()) {
                matrix.record(ratings)?;
            }
            Ok(matrix)
        })
    }
}
