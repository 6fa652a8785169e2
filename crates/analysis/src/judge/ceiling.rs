//! How well humans agree with each other, beside how well the judge agrees with them.

use super::Outcome;
use super::item::Item;
use super::measures::Setting;
use crate::rated::{Placed, Rated, Tables};
use crate::{CompareError, Effort, ReportedMeasure};
use agreement::{PairCoefficient, RatingMatrix, Statistic, Undefined, Weights, pairwise_agreement};
use serde::Serialize;
use std::collections::BTreeSet;
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

/// A coefficient of humans with humans beside the judge's with humans, on the same items. A kappa of
/// several pairs is their mean, weighted by their items; pairs without a value are left out.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Beside {
    /// Humans with humans.
    pub humans: ReportedMeasure,
    /// The judge with humans.
    pub judge: ReportedMeasure,
    /// The judge's less the humans', whose interval comes from the same items.
    pub difference: ReportedMeasure,
}

/// Two raters, the judge being the first of all.
type Pairs = Vec<(usize, usize)>;

/// All humans, or the `chosen` one and the others.
pub(crate) fn ceiling(
    items: &[&Item<'_>],
    chosen: Option<usize>,
    setting: &Setting<'_>,
) -> Result<Outcome<HumanCeiling>, CompareError> {
    let levels = setting.levels;
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
    let humans = first.humans.len();
    let (judge, humans) = (with_judge(humans, chosen), among_humans(humans, chosen));
    let panel = Panel {
        effort: setting.effort,
        all: Together::of(&items, &[judge.as_slice(), &humans].concat(), setting)?,
        judge: Group::of(&items, &judge, setting)?,
        humans: Group::of(&items, &humans, setting)?,
        pairs: (judge, humans),
    };
    Ok(Outcome::Made(HumanCeiling {
        n: items.len() as u64,
        kappa_quadratic: panel.beside(PairCoefficient::KappaQuadratic),
        kappa: panel.beside(PairCoefficient::Kappa),
        exact: panel.beside(PairCoefficient::Exact),
    }))
}

fn with_judge(humans: usize, chosen: Option<usize>) -> Pairs {
    let all = (0..humans).filter(|human| chosen.is_none_or(|chosen| chosen == *human));
    all.map(|human| (0, human + 1)).collect()
}

fn among_humans(humans: usize, chosen: Option<usize>) -> Pairs {
    let pairs = (1..=humans).flat_map(|a| (a + 1..=humans).map(move |b| (a, b)));
    let counts =
        |(a, b): &(usize, usize)| chosen.is_none_or(|chosen| [*a, *b].contains(&(chosen + 1)));
    pairs.filter(counts).collect()
}

struct Panel<'a> {
    effort: &'a Effort<'a>,
    all: Together,
    judge: Group,
    humans: Group,
    /// The judge's with humans, and those of humans.
    pairs: (Pairs, Pairs),
}

impl Panel<'_> {
    fn beside(&self, of: PairCoefficient) -> Beside {
        let (judge, humans) = (self.all.places(&self.pairs.0), self.all.places(&self.pairs.1));
        let difference = Statistic::PairsDifference(of, &judge, &humans);
        Beside {
            humans: self.humans.measure(of, self.effort),
            judge: self.judge.measure(of, self.effort),
            difference: self.all.rated.uncounted(self.effort, &difference),
        }
    }
}

/// What some pairs are measured on. Two raters are measured as they are everywhere, so that the same data
/// have the same digits; several pairs with those who are in them and nobody else.
enum Group {
    Two(Tables),
    Several(Together, Pairs),
}

/// Raters side by side.
struct Together {
    /// The judge's place is 0; ascending.
    raters: Vec<usize>,
    rated: Rated<RatingMatrix>,
}

impl Group {
    fn of(
        items: &[&Item<'_>],
        pairs: &[(usize, usize)],
        setting: &Setting<'_>,
    ) -> Result<Self, CompareError> {
        if let [(first, second)] = *pairs {
            let rows = items.iter().map(|item| row(item, &[first, second], setting));
            let graded = |row: &Placed<'_>| row.ratings[0].0.iter().all(Option::is_some);
            let both = rows.filter(graded).collect();
            return Ok(Self::Two(Tables::of_pairs(setting.levels.len(), both)?));
        }
        let together = Together::of(items, pairs, setting)?;
        let pairs = together.places(pairs);
        Ok(Self::Several(together, pairs))
    }

    fn measure(&self, of: PairCoefficient, effort: &Effort<'_>) -> ReportedMeasure {
        match (self, of) {
            (Self::Two(tables), PairCoefficient::Kappa) => tables.kappa(effort, Weights::Identity),
            (Self::Two(tables), PairCoefficient::KappaQuadratic) => {
                tables.kappa(effort, Weights::Quadratic)
            }
            (Self::Two(tables), PairCoefficient::Exact) => tables.within(effort, 0),
            (Self::Several(together, pairs), PairCoefficient::Exact) => {
                together.exact(pairs, effort)
            }
            (Self::Several(together, pairs), _) => {
                together.rated.uncounted(effort, &Statistic::OfPairs(of, pairs))
            }
        }
    }
}

impl Together {
    /// All who are in one of the `pairs`.
    fn of(
        items: &[&Item<'_>],
        pairs: &[(usize, usize)],
        setting: &Setting<'_>,
    ) -> Result<Self, CompareError> {
        let raters: BTreeSet<usize> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
        let raters: Vec<usize> = raters.into_iter().collect();
        let rows = items.iter().map(|item| row(item, &raters, setting)).collect();
        let rated = Rated::of_raters(raters.len(), setting.levels.len(), rows)?;
        Ok(Self { raters, rated })
    }

    /// The pairs by the raters' places here.
    fn places(&self, pairs: &[(usize, usize)]) -> Pairs {
        let place = |rater: usize| self.raters.partition_point(|other| *other < rater);
        pairs.iter().map(|(a, b)| (place(*a), place(*b))).collect()
    }

    /// The formula is that of all pairs.
    fn exact(&self, pairs: &Pairs, effort: &Effort<'_>) -> ReportedMeasure {
        let of_all = |matrix: &RatingMatrix| pairwise_agreement(matrix, Weights::Identity);
        let all = self.raters.len() * (self.raters.len() - 1) / 2;
        let statistic = Statistic::OfPairs(PairCoefficient::Exact, pairs);
        self.rated.share(effort, &statistic, (pairs.len() == all).then_some(&of_all))
    }
}

/// The levels of some raters, of whom the judge is 0.
fn row<'a>(item: &Item<'a>, raters: &[usize], setting: &Setting<'_>) -> Placed<'a> {
    let level = |rater: &usize| match rater.checked_sub(1) {
        Some(human) => item.humans[human],
        None => setting.levels.level(item.judge),
    };
    let ratings = [(raters.iter().map(level).collect(), 1.0)].into();
    let (weight, cluster) = (setting.weight(item), item.design.map(study::ItemDesign::cluster));
    Placed { cluster, weight, ratings }
}
