//! What does not count, what is missed, and which way the judge errs.

use super::item::{Item, Levels};
use super::measures::Setting;
use super::pair::{Pair, Rate};
use super::reference::Said;
use crate::ReportedMeasure;
use crate::amount::Amount;
use serde::Serialize;
use std::collections::BTreeMap;
use study::{Exclusion, Grade, Score};
use ts_rs::TS;

/// Items that the judge did not grade for one reason.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Ungraded {
    /// Why.
    #[ts(type = "string")]
    pub reason: Exclusion,
    /// All of them.
    #[ts(type = "number")]
    pub items: u64,
    /// How many the reference gives each grade.
    pub reference: Vec<Amount>,
}

/// The judge's grades of the items to which the reference gives one grade.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Direction {
    /// The reference's grade.
    pub grade: Grade,
    /// How many the judge grades lower.
    pub lower: Amount,
    /// How many it grades alike.
    pub same: Amount,
    /// How many it grades higher.
    pub higher: Amount,
}

pub(super) fn excluded(items: &[&Item<'_>]) -> BTreeMap<Exclusion, u64> {
    let mut excluded = BTreeMap::new();
    for item in items {
        let reason = match (&item.said, item.judge) {
            (Said::Excluded(reason), _) => *reason,
            (Said::Levels(_), Score::Excluded(reason)) => reason,
            _ => continue,
        };
        *excluded.entry(reason).or_insert(0) += 1;
    }
    excluded
}

/// By reason, each item counting once: they are no sample of anything.
pub(super) fn ungraded(items: &[&Item<'_>], setting: &Setting<'_>) -> Vec<Ungraded> {
    let mut by_reason: BTreeMap<Exclusion, Ungraded> = BTreeMap::new();
    for item in items {
        let Score::Excluded(reason) = item.judge else { continue };
        let reference = vec![Amount::default(); setting.levels.len()];
        let empty = Ungraded { reason, items: 0, reference };
        let ungraded = by_reason.entry(reason).or_insert(empty);
        ungraded.items += 1;
        for (level, share) in item.said.levels() {
            ungraded.reference[*level].0 += share;
        }
    }
    by_reason.into_values().collect()
}

pub(super) fn direction(table: &[Vec<Amount>], levels: &Levels) -> Vec<Direction> {
    let sum = |amounts: &[Amount]| Amount(amounts.iter().map(|amount| amount.0).sum());
    let one = |(level, row): (usize, &Vec<Amount>)| Direction {
        grade: levels.grades[level],
        lower: sum(&row[..level]),
        same: row[level],
        higher: sum(&row[level + 1..]),
    };
    table.iter().enumerate().map(one).collect()
}

pub(super) fn miss_rate(pair: &Pair<'_>) -> ReportedMeasure {
    pair.rate(Rate {
        of_table: &agreement::miss_rate,
        of_item: &|human, judge| (human > 0).then_some(judge == 0),
    })
}
