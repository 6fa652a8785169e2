//! Exact multinomial draws at a cost that does not grow with n.

use super::{Binomial, Draw};

/// Up to this many items for each binomial draw that a branch would need, drawing its items one by
/// one is faster.
const ITEMS_PER_BINOMIAL: u64 = 6;

/// Kinds with weights, prepared for drawing how many items fall on each.
///
/// The kinds form a balanced binary tree, heaviest first. A branch with many items is split by one
/// binomial draw, from its weight against that of both sides, which are ratios of counts; a branch
/// with few draws its items one by one from an alias table (A. J. Walker 1977, *ACM Transactions
/// on Mathematical Software* 3:253–256; set up as M. D. Vose 1991, *IEEE Transactions on Software
/// Engineering* 17:972–975). So a draw costs at most a few nanoseconds for each kind, however large
/// n is.
///
/// Conditional binomials: L. Devroye (1986), *Non-Uniform Random Variate Generation*, Springer,
/// section XI.1.
#[derive(Clone, Debug)]
pub struct Multinomial {
    /// The kinds by descending weight.
    order: Vec<u32>,
    /// Level by level, so that neighbours do not wait for each other's result.
    branches: Vec<Branch>,
}

#[derive(Clone, Debug)]
struct Branch {
    /// Position in `order` of the first kind.
    first: u32,
    alias: Vec<Alias>,
    split: Binomial,
    sides: [Side; 2],
}

#[derive(Clone, Copy, Debug)]
enum Side {
    Branch(u32),
    /// Position in `order`.
    Kind(u32),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Alias {
    /// Of 2^64, how often the kind of this column is kept.
    keep: u64,
    /// Position within the branch of the kind that takes the rest.
    other: u32,
}

impl Multinomial {
    /// Kinds with these weights; kinds with weight 0 are never drawn.
    pub fn new(weights: &[u64]) -> Self {
        let mut order: Vec<u32> =
            (0..weights.len() as u32).filter(|&k| weights[k as usize] > 0).collect();
        order.sort_by_key(|&k| (std::cmp::Reverse(weights[k as usize]), k));
        let sorted: Vec<u64> = order.iter().map(|&k| weights[k as usize]).collect();
        let mut branches = Vec::new();
        let mut pending = Vec::new();
        if sorted.len() > 1 {
            pending.push((0, sorted.len()));
        }
        // Breadth first: the queue's position is the branch's index.
        let mut next = 0;
        while let Some(&(start, end)) = pending.get(next) {
            next += 1;
            let middle = start + (end - start) / 2;
            let mut side = |start: usize, end: usize| {
                if end - start == 1 {
                    return Side::Kind(start as u32);
                }
                pending.push((start, end));
                Side::Branch(pending.len() as u32 - 1)
            };
            let sides = [side(start, middle), side(middle, end)];
            let sum = |range: &[u64]| range.iter().fold(0u64, |sum, &w| sum.saturating_add(w));
            branches.push(Branch {
                first: start as u32,
                alias: alias(&sorted[start..end]),
                split: Binomial::new(sum(&sorted[start..middle]), sum(&sorted[start..end])),
                sides,
            });
        }
        Self { order, branches }
    }

    /// Draws `n` items: `counts[k]` becomes the number that fall on kind `k`, and they add up to
    /// `n`, if any kind has weight. `counts` has one place for each kind.
    ///
    /// `held` is scratch that saves an allocation; what it holds does not matter.
    pub fn draw(&self, n: u64, draw: &mut Draw, counts: &mut [u64], held: &mut Vec<u64>) {
        counts.fill(0);
        if let [only] = self.order[..] {
            counts[only as usize] = n;
        }
        held.clear();
        held.resize(self.branches.len(), 0);
        if let Some(root) = held.first_mut() {
            *root = n;
        }
        for (index, branch) in self.branches.iter().enumerate() {
            let items = held[index];
            if items == 0 {
                continue;
            }
            let kinds = &self.order[branch.first as usize..][..branch.alias.len()];
            if items <= ITEMS_PER_BINOMIAL * (kinds.len() as u64 - 1) {
                for _ in 0..items {
                    counts[kinds[one(&branch.alias, draw)] as usize] += 1;
                }
                continue;
            }
            let left = branch.split.draw(items, draw);
            for (side, items) in branch.sides.into_iter().zip([left, items - left]) {
                match side {
                    Side::Branch(index) => held[index as usize] = items,
                    Side::Kind(kind) => counts[self.order[kind as usize] as usize] = items,
                }
            }
        }
    }
}

/// The position of one item: the integer part of a uniform number on [0, kinds) is the column, the
/// rest decides whether its kind is kept.
#[inline]
pub(crate) fn one(alias: &[Alias], draw: &mut Draw) -> usize {
    let wide = u128::from(draw.bits()) * alias.len() as u128;
    let (column, rest) = ((wide >> 64) as usize, wide as u64);
    let Alias { keep, other } = alias[column];
    if rest < keep { column } else { other as usize }
}

/// Vose's set-up in whole numbers: each weight is scaled so that a full column holds their total.
pub(crate) fn alias(weights: &[u64]) -> Vec<Alias> {
    let columns = weights.len() as u128;
    let total: u128 = weights.iter().map(|&w| u128::from(w)).sum();
    let mut held: Vec<u128> = weights.iter().map(|&w| u128::from(w) * columns).collect();
    let mut table: Vec<Alias> =
        (0..weights.len()).map(|k| Alias { keep: u64::MAX, other: k as u32 }).collect();
    let (mut light, mut heavy): (Vec<usize>, Vec<usize>) =
        (0..weights.len()).partition(|&k| held[k] < total);
    while let (Some(&from), Some(to)) = (heavy.last(), light.pop()) {
        table[to] = Alias { keep: ((held[to] << 64) / total) as u64, other: from as u32 };
        held[from] -= total - held[to];
        if held[from] < total {
            heavy.pop();
            light.push(from);
        }
    }
    table
}
