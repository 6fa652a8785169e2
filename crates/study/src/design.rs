//! Who rates what.

use crate::order::Draw;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

/// How items are dealt out to raters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Design {
    /// Every rater rates every item.
    #[default]
    Everyone,
    /// So many raters rate each item, in blocks that spread work and shared items evenly.
    PerItem {
        /// From 1 to the number of raters.
        raters: u32,
    },
}

/// What a design gave to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DesignReport {
    /// The design.
    pub design: Design,
    /// Each rater's work, in the order in which the raters were named.
    pub loads: Vec<Load>,
    /// What each two raters share.
    pub overlaps: Vec<Overlap>,
}

/// A rater's work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Load {
    /// The rater's label.
    pub rater: String,
    /// Items in the packet, repeats among them.
    pub items: u32,
    /// How many of them are repeats.
    pub repeats: u32,
}

/// What two raters share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Overlap {
    /// A rater's label.
    pub first: String,
    /// The label of a rater named later.
    pub second: String,
    /// Responses that both rate, not counting repeats.
    pub responses: u32,
}

/// Why a design cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DesignError {
    /// Nobody, or more than there are.
    #[error(
        "field `design.raters`: found {found}; expected a number from 1 to {raters}, the number of raters"
    )]
    Raters {
        /// Asked for.
        found: u32,
        /// There.
        raters: u32,
    },
    /// A rater without work.
    #[error(
        "rater `{0}` would receive no item; expected fewer raters, or more raters for each item"
    )]
    Idle(String),
}

impl Design {
    /// Whether all raters rate all items.
    pub fn is_everyone(&self) -> bool {
        *self == Self::Everyone
    }

    /// For each item, the raters who rate it, ascending. A repeated item counts as two.
    ///
    /// Each item goes to those who have least to do, and among them to those who share least with
    /// its other raters; what is then still uneven among pairs of raters is evened out by exchanges
    /// that leave the loads as they are. Ties are drawn.
    pub(crate) fn deal(
        self,
        weights: &[u32],
        raters: usize,
        draw: &mut Draw,
    ) -> Result<Vec<Vec<usize>>, DesignError> {
        let count = match self {
            Self::Everyone => return Ok(vec![(0..raters).collect(); weights.len()]),
            Self::PerItem { raters: count } => count as usize,
        };
        if count == 0 || count > raters {
            let (found, raters) = (count as u32, raters as u32);
            return Err(DesignError::Raters { found, raters });
        }
        let mut hands = Hands::new(raters);
        let mut blocks = vec![Vec::new(); weights.len()];
        // Items that count twice come first, so that the others can make up for them.
        let mut order: Vec<usize> = (0..weights.len()).collect();
        draw.shuffle(&mut order);
        order.sort_by_key(|item| std::cmp::Reverse(weights[*item]));
        for item in order {
            blocks[item] = hands.block(count, draw);
            hands.give(&blocks[item], weights[item]);
        }
        hands.even_out(&mut blocks, weights);
        Ok(blocks)
    }

    /// What `blocks` give to `raters`, where `repeated` items come twice.
    pub(crate) fn report(
        self,
        blocks: &[Vec<usize>],
        repeated: &[bool],
        raters: &[String],
    ) -> DesignReport {
        let count = |is: &dyn Fn(&[usize], bool) -> bool| {
            let items = blocks.iter().zip(repeated);
            items.filter(|(block, repeated)| is(block, **repeated)).count() as u32
        };
        let load = |(at, rater): (usize, &String)| {
            let repeats = count(&|block, repeated| repeated && block.contains(&at));
            let items = count(&|block, _| block.contains(&at)) + repeats;
            Load { rater: rater.clone(), items, repeats }
        };
        let overlap = |(first, second): (usize, usize)| Overlap {
            first: raters[first].clone(),
            second: raters[second].clone(),
            responses: count(&|block, _| block.contains(&first) && block.contains(&second)),
        };
        DesignReport {
            design: self,
            loads: raters.iter().enumerate().map(load).collect(),
            overlaps: pairs(raters.len()).map(overlap).collect(),
        }
    }
}

fn pairs(raters: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..raters).flat_map(move |first| (first + 1..raters).map(move |second| (first, second)))
}

/// What each rater, and each two raters, have been given.
struct Hands {
    loads: Vec<u32>,
    shared: Vec<Vec<i64>>,
}

impl Hands {
    fn new(raters: usize) -> Self {
        Self { loads: vec![0; raters], shared: vec![vec![0; raters]; raters] }
    }

    fn block(&self, count: usize, draw: &mut Draw) -> Vec<usize> {
        let mut raters: Vec<usize> = (0..self.loads.len()).collect();
        draw.shuffle(&mut raters);
        let mut block: Vec<usize> = Vec::with_capacity(count);
        while block.len() < count {
            let cost = |rater: &usize| {
                let shared: i64 = block.iter().map(|other| self.shared[*rater][*other]).sum();
                (self.loads[*rater], shared)
            };
            let free = raters.iter().filter(|rater| !block.contains(rater));
            let Some(next) = free.min_by_key(|rater| cost(rater)).copied() else { break };
            block.push(next);
        }
        block.sort_unstable();
        block
    }

    fn give(&mut self, block: &[usize], weight: u32) {
        block.iter().for_each(|rater| self.loads[*rater] += weight);
        self.share(block, 1);
    }

    fn share(&mut self, block: &[usize], by: i64) {
        for (first, second) in pairs(block.len()) {
            let (first, second) = (block[first], block[second]);
            self.shared[first][second] += by;
            self.shared[second][first] += by;
        }
    }

    /// The sum of squares of what pairs share: least when it is even.
    fn unevenness(&self) -> i64 {
        pairs(self.loads.len()).map(|(a, b)| self.shared[a][b].pow(2)).sum()
    }

    fn is_even(&self) -> bool {
        let shared = || pairs(self.loads.len()).map(|(a, b)| self.shared[a][b]);
        shared().max().unwrap_or(0) - shared().min().unwrap_or(0) <= 1
    }

    /// Exchanges raters between items of one weight while that makes pairs of raters more even.
    fn even_out(&mut self, blocks: &mut [Vec<usize>], weights: &[u32]) {
        let mut better = true;
        while better && !self.is_even() {
            better = false;
            for (one, other) in pairs(blocks.len()) {
                if weights[one] == weights[other] && blocks[one] != blocks[other] {
                    better |= self.exchange(blocks, one, other);
                }
            }
        }
    }

    fn exchange(&mut self, blocks: &mut [Vec<usize>], one: usize, other: usize) -> bool {
        let before = self.unevenness();
        let only = |a: &[usize], b: &[usize]| -> Vec<usize> {
            a.iter().filter(|rater| !b.contains(rater)).copied().collect()
        };
        let (left, right) =
            (only(&blocks[one], &blocks[other]), only(&blocks[other], &blocks[one]));
        for (from, to) in left.iter().flat_map(|from| right.iter().map(move |to| (*from, *to))) {
            let (old_one, old_other) = (blocks[one].clone(), blocks[other].clone());
            let (new_one, new_other) = (swapped(&old_one, from, to), swapped(&old_other, to, from));
            self.share(&old_one, -1);
            self.share(&old_other, -1);
            self.share(&new_one, 1);
            self.share(&new_other, 1);
            if self.unevenness() < before {
                (blocks[one], blocks[other]) = (new_one, new_other);
                return true;
            }
            self.share(&new_one, -1);
            self.share(&new_other, -1);
            self.share(&old_one, 1);
            self.share(&old_other, 1);
        }
        false
    }
}

fn swapped(block: &[usize], from: usize, to: usize) -> Vec<usize> {
    let mut block: Vec<usize> =
        block.iter().map(|rater| if *rater == from { to } else { *rater }).collect();
    block.sort_unstable();
    block
}
