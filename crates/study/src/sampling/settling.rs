//! Whole numbers by model where pairs and lone responses mix.
//!
//! A total over units of several sizes need not have whole corners, so the rounding could not keep
//! models equal there. Here each model first gets a whole number of responses and of units of each
//! size, at random and with their expectations; the cells of a model and size then move by what
//! that number moved, each by a fixed share. Expectations over both steps are those before.

use super::cell::Cell;
use super::rounding::{order, round_keeping};
use crate::order::Draw;
use std::collections::{BTreeMap, BTreeSet};

/// The cells of one model and size.
struct Block {
    cells: Vec<usize>,
    expected: f64,
    /// How far the block can move either way: the sum of its cells' distances to their bounds.
    room: f64,
}

/// `expected` with whole numbers of units by model and size, where the blocks have room for it;
/// otherwise as it is. Which of the two does not depend on the draw.
pub(super) fn settle(cells: &[Cell], expected: &[f64], draw: &mut Draw) -> Vec<f64> {
    let sizes: Vec<u32> =
        cells.iter().map(Cell::size).collect::<BTreeSet<_>>().into_iter().rev().collect();
    let models: BTreeSet<&str> = cells.iter().map(|cell| cell.model.as_str()).collect();
    let blocks: BTreeMap<(&str, u32), Block> = models
        .iter()
        .flat_map(|model| sizes.iter().map(|size| (*model, *size)))
        .map(|name| (name, Block::new(cells, expected, name)))
        .collect();
    let [larger @ .., 1] = sizes.as_slice() else { return expected.to_vec() };
    // A number moves by less than 1; what is left for the lone responses by that of all together.
    let most = |size: u32| if size == 1 { 1 + larger.iter().sum::<u32>() } else { 1 };
    let has_room =
        |((_, size), block): (&(&str, u32), &Block)| block.room >= f64::from(most(*size));
    if larger.is_empty() || !blocks.iter().all(has_room) {
        return expected.to_vec();
    }
    let whole = |values: &[f64], draw: &mut Draw| {
        round_keeping(values, vec![vec![1.0; values.len()]], order(values.len(), draw), draw)
    };
    let all: Vec<f64> = models
        .iter()
        .map(|model| sizes.iter().map(|s| f64::from(*s) * blocks[&(*model, *s)].expected).sum())
        .collect();
    let mut lone: Vec<f64> = whole(&all, draw).into_iter().map(f64::from).collect();
    let mut settled = expected.to_vec();
    for size in larger {
        let values: Vec<f64> = models.iter().map(|m| blocks[&(*m, *size)].expected).collect();
        let numbers = whole(&values, draw);
        for ((model, number), lone) in models.iter().zip(numbers).zip(&mut lone) {
            *lone -= f64::from(size * number);
            blocks[&(*model, *size)].settle(f64::from(number), cells, expected, &mut settled);
        }
    }
    for (model, number) in models.iter().zip(lone) {
        blocks[&(*model, 1)].settle(number, cells, expected, &mut settled);
    }
    settled
}

/// How far a cell's expected number can move either way.
fn room(cell: &Cell, expected: f64) -> f64 {
    expected.min(cell.units.len() as f64 - expected).max(0.0)
}

impl Block {
    fn new(cells: &[Cell], expected: &[f64], (model, size): (&str, u32)) -> Self {
        let is = |at: &usize| cells[*at].model == model && cells[*at].size() == size;
        let own: Vec<usize> = (0..cells.len()).filter(is).collect();
        Self {
            expected: own.iter().map(|at| expected[*at]).sum(),
            room: own.iter().map(|at| room(&cells[*at], expected[*at])).sum(),
            cells: own,
        }
    }

    fn settle(&self, number: f64, cells: &[Cell], expected: &[f64], settled: &mut [f64]) {
        for at in &self.cells {
            let share = room(&cells[*at], expected[*at]) / self.room;
            settled[*at] = expected[*at] + (number - self.expected) * share;
        }
    }
}
