//! How well humans agree with each other, beside how well the judge agrees with them.

use super::Outcome;
use super::item::Item;
use super::measures::Setting;
use crate::rated::{Placed, Rated};
use crate::{CompareError, Effort, Measure};
use agreement::{PairCoefficient, Statistic, Undefined};
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
/// the mean over pairs, weighted by their items; pairs without a value are left out.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Beside {
    /// Humans with humans.
    pub humans: Measure,
    /// The judge with humans.
    pub judge: Measure,
    /// The judge's less the humans', whose interval comes from the same items.
    pub difference: Measure,
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
    let placed = items.iter().map(|item| placed(item, setting)).collect();
    let panel = Panel {
        rated: Rated::without_counts(humans + 1, levels.len(), placed)?,
        effort: setting.effort,
        judge: with_judge(humans, chosen),
        humans: among_humans(humans, chosen),
    };
    Ok(Outcome::Made(HumanCeiling {
        n: items.len() as u64,
        kappa_quadratic: panel.beside(PairCoefficient::KappaQuadratic),
        kappa: panel.beside(PairCoefficient::Kappa),
        exact: panel.beside(PairCoefficient::Exact),
    }))
}

/// The judge's level, then the humans'.
fn placed<'a>(item: &Item<'a>, setting: &Setting<'_>) -> Placed<'a> {
    let judge = setting.levels.level(item.judge);
    let row = [judge].into_iter().chain(item.humans.iter().copied()).collect();
    let (weight, cluster) = (setting.weight(item), item.place.map(study::Place::cluster));
    Placed { cluster, weight, ratings: vec![(row, 1.0)] }
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
    rated: Rated<()>,
    effort: &'a Effort<'a>,
    judge: Pairs,
    humans: Pairs,
}

impl Panel<'_> {
    fn beside(&self, of: PairCoefficient) -> Beside {
        let measure = |statistic: Statistic<'_>| self.rated.uncounted(self.effort, &statistic);
        Beside {
            humans: measure(Statistic::OfPairs(of, &self.humans)),
            judge: measure(Statistic::OfPairs(of, &self.judge)),
            difference: measure(Statistic::PairsDifference(of, &self.judge, &self.humans)),
        }
    }
}
