//! Which ratings an item may get, and how often.

use crate::ContingencyTable;
use crate::resample::{Alias, Draw, Multinomial, alias, one};

/// The ways in which an item may be rated by all raters, each with its probability.
#[derive(Clone, Debug)]
pub struct Population {
    pub(super) raters: usize,
    pub(super) size: usize,
    pub(super) kinds: Vec<Box<[u16]>>,
    independent: Multinomial,
    single: Vec<Alias>,
}

impl Population {
    /// Two raters whose expected table has these ratios.
    pub fn of_table(expected: &ContingencyTable) -> Self {
        let cells = expected.occupied();
        let kinds = cells.iter().map(|&(i, j, _)| Box::from([i as u16, j as u16])).collect();
        let weights: Vec<u64> = cells.iter().map(|&(_, _, count)| count).collect();
        Self::new(2, expected.size(), kinds, &weights)
    }

    /// Kinds of items, each with its weight.
    pub(super) fn new(raters: usize, size: usize, kinds: Vec<Box<[u16]>>, weights: &[u64]) -> Self {
        let (independent, single) = (Multinomial::new(weights), alias(weights));
        Self { raters, size, kinds, independent, single }
    }

    /// The number of raters.
    pub fn raters(&self) -> usize {
        self.raters
    }

    /// How many of `items` independent items are of each kind.
    pub(super) fn draw(&self, items: u64, draw: &mut Draw, scratch: &mut Scratch) {
        scratch.counts.resize(self.kinds.len(), 0);
        self.independent.draw(items, draw, &mut scratch.counts, &mut scratch.held);
    }

    /// The kind of one item.
    pub(super) fn one(&self, draw: &mut Draw) -> usize {
        one(&self.single, draw)
    }
}

/// What drawing needs, kept from one sample to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    pub(super) counts: Vec<u64>,
    held: Vec<u64>,
}
