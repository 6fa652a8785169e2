//! Units, and the cells of units that the design does not distinguish.

use super::{Candidate, Sampling};
use crate::Framing;
use std::collections::BTreeMap;

/// Units alike in all that the design balances.
#[derive(Debug)]
pub(super) struct Cell {
    pub(super) model: String,
    /// The responses of each unit, in order.
    pub(super) members: Vec<Member>,
    /// The candidates of each unit.
    pub(super) units: Vec<Vec<usize>>,
}

/// What the design sees of a response beside its model.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Member {
    pub(super) category: String,
    pub(super) framing: Option<Framing>,
    pub(super) high: bool,
    pub(super) filtered: bool,
}

impl Cell {
    /// Responses in a unit.
    pub(super) fn size(&self) -> u32 {
        self.members.len() as u32
    }

    /// Responses of a kind in a unit.
    pub(super) fn count(&self, is: impl Fn(&Member) -> bool) -> u32 {
        self.members.iter().filter(|member| is(member)).count() as u32
    }
}

/// What the framings of one pair share: pair, model, repetition.
pub(super) type Pair<'a> = (&'a str, &'a str, u32);

/// Which pair a response belongs to, if any.
pub(super) fn pair<'a>(candidate: &&'a Candidate) -> Option<Pair<'a>> {
    let pair = candidate.pair_id.as_deref()?;
    Some((pair, &candidate.origin.model_id, candidate.origin.rep_id))
}

/// The candidates in units and the units in cells, in an order that follows from them alone.
pub(super) fn cells(candidates: &[&Candidate], sampling: &Sampling) -> Vec<Cell> {
    let mut pairs: BTreeMap<Pair, Vec<usize>> = BTreeMap::new();
    let mut units: Vec<Vec<usize>> = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        match pair(candidate).filter(|_| sampling.pairs_together) {
            Some(pair) => pairs.entry(pair).or_default().push(index),
            None => units.push(vec![index]),
        }
    }
    units.extend(pairs.into_values());
    // The smallest candidate orders the units, so that lone responses and pairs mix.
    units.sort();
    let mut cells: BTreeMap<(String, Vec<Member>), Vec<Vec<usize>>> = BTreeMap::new();
    for unit in units {
        let mut members: Vec<Member> =
            unit.iter().map(|index| member(candidates[*index], sampling)).collect();
        members.sort();
        let model = candidates[unit[0]].origin.model_id.clone();
        cells.entry((model, members)).or_default().push(unit);
    }
    let cell = |((model, members), units)| Cell { model, members, units };
    cells.into_iter().map(cell).collect()
}

fn member(candidate: &Candidate, sampling: &Sampling) -> Member {
    Member {
        category: candidate.category.clone(),
        framing: candidate.framing,
        high: sampling.is_high(candidate),
        filtered: candidate.filtered,
    }
}
