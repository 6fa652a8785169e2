//! What the items that were not graded could change.

use super::item::Item;
use super::measures::Setting;
use serde::Serialize;
use ts_rs::TS;

/// The worst and the best case: the figures with whatever grades the shared items that do not count
/// could have, such as those that the judge failed on.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct JudgeBounds {
    /// Shared items that do not count.
    #[ts(type = "number")]
    pub items: u64,
    /// Their share of the shared items, 0 to 1.
    pub share: f64,
    /// Of the miss rate; none where no item could be above the lowest grade.
    pub miss_rate: Option<Extremes>,
    /// Of the bias.
    pub bias: Extremes,
}

/// The smallest and the largest value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct Extremes {
    /// The smallest.
    pub lo: f64,
    /// The largest.
    pub hi: f64,
}

/// Above this share of items that do not count, the extremes are shown.
const MANY: f64 = 0.05;

/// Sums of one case: missed items of those above the lowest grade, and differences.
#[derive(Clone, Copy, Default)]
struct Case {
    missed: f64,
    above: f64,
    difference: f64,
}

pub(crate) fn ungraded_bounds(items: &[&Item<'_>], setting: &Setting<'_>) -> Option<JudgeBounds> {
    let shared: Vec<&Item<'_>> = items.iter().copied().filter(|item| item.is_shared()).collect();
    let left_out = shared.iter().filter(|item| item.graded(setting.levels).is_none()).count();
    let share = left_out as f64 / shared.len() as f64;
    if share <= MANY || shared.is_empty() {
        return None;
    }
    let (mut low, mut high, mut weights) = (Case::default(), Case::default(), 0.0);
    for item in shared {
        let (weight, (own_low, own_high)) = (setting.weight(item), cases(item, setting));
        weights += weight;
        low.add(own_low, weight);
        high.add(own_high, weight);
    }
    Some(JudgeBounds {
        items: left_out as u64,
        share,
        miss_rate: high.miss_rate().map(|hi| Extremes { lo: low.miss_rate().unwrap_or(0.0), hi }),
        bias: Extremes { lo: low.difference / weights, hi: high.difference / weights },
    })
}

impl Case {
    fn add(&mut self, own: Self, weight: f64) {
        self.missed += weight * own.missed;
        self.above += weight * own.above;
        self.difference += weight * own.difference;
    }

    fn miss_rate(self) -> Option<f64> {
        (self.above > 0.0).then(|| self.missed / self.above)
    }
}

/// What an item adds where the unknown grades make the miss rate and the bias least, and most.
fn cases(item: &Item<'_>, setting: &Setting<'_>) -> (Case, Case) {
    let levels = setting.levels;
    let (first, last) = (levels.scores[0], levels.scores[levels.len() - 1]);
    let said = item.said.levels();
    let above: f64 = said.iter().filter(|(level, _)| *level > 0).map(|(_, share)| share).sum();
    let mean = levels.mean(said);
    let missed = |judge: usize| if judge == 0 { above } else { 0.0 };
    match (said.is_empty(), levels.level(item.judge)) {
        (false, Some(judge)) => {
            let difference = levels.scores[judge] - mean;
            let one = Case { missed: missed(judge), above, difference };
            (one, one)
        }
        (false, None) => (
            Case { missed: 0.0, above, difference: first - mean },
            Case { missed: above, above, difference: last - mean },
        ),
        // A human's grade above the lowest adds to what is missed or to what is found.
        (true, Some(judge)) => {
            let (found, lost) = (f64::from(u8::from(judge > 0)), f64::from(u8::from(judge == 0)));
            let judge = levels.scores[judge];
            (
                Case { missed: 0.0, above: found, difference: judge - last },
                Case { missed: lost, above: lost, difference: judge - first },
            )
        }
        (true, None) => (
            Case { missed: 0.0, above: 1.0, difference: first - last },
            Case { missed: 1.0, above: 1.0, difference: last - first },
        ),
    }
}
