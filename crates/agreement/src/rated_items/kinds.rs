//! Clusters that hold the same, counted together.

use super::{Part, Unit};
use std::collections::HashMap;

/// What a cluster holds by pattern, in the order of patterns. The bits of numbers above 0 are in the
/// numbers' order.
type Kind = Vec<(usize, [u64; 3])>;

/// Kinds of clusters, and how many are of each.
#[derive(Default)]
pub(super) struct Kinds {
    counts: HashMap<Kind, u64>,
    key: Kind,
}

impl Kinds {
    pub(super) fn add(&mut self, held: &[(usize, [f64; 3])], count: u64) {
        self.key.clear();
        let bits = held.iter().map(|(pattern, amounts)| (*pattern, amounts.map(f64::to_bits)));
        self.key.extend(bits);
        match self.counts.get_mut(&self.key) {
            Some(known) => *known += count,
            None => drop(self.counts.insert(self.key.clone(), count)),
        }
    }

    pub(super) fn units(self) -> Vec<Unit> {
        let mut kinds: Vec<(Kind, u64)> = self.counts.into_iter().collect();
        kinds.sort_unstable();
        let part = |(pattern, amounts): (usize, [u64; 3])| {
            let [items, weight, squares] = amounts.map(f64::from_bits);
            Part { pattern, items, weight, squares }
        };
        let unit = |(parts, count): (Kind, u64)| Unit {
            parts: parts.into_iter().map(part).collect(),
            count: count as f64,
        };
        kinds.into_iter().map(unit).collect()
    }
}
