//! Rounding at random so that each number keeps its expectation and totals stay as whole as they can.
//!
//! The flight of the cube method (Deville and Tillé 2004) over the cells' fractions: a random walk
//! without drift along directions that change no total, until every fraction is 0 or 1. Where no
//! such direction is left, the least important total is given up (landing by suppression of
//! variables). A total that is no whole number may fall to either whole number beside it. Units by
//! size and by model within size are never given up: partitions nested in each other have whole
//! corners only (Cox 1987), so the size of the sample is always met.

use super::cell::Cell;
use super::target::Group;
use crate::order::Draw;
use std::cmp::Reverse;

/// What is nearer to a whole number is taken for it.
pub(super) const WHOLE: f64 = 1e-9;

/// The fractions still open, and the totals that they must keep.
struct Walk {
    /// Cells first, then the slack of each total that is no whole number.
    fractions: Vec<f64>,
    /// In which order they are taken up, and so rounded against each other: large units first, as
    /// small ones can make up for them and not the other way about.
    order: Vec<usize>,
    /// For each total, the coefficient of each fraction.
    totals: Vec<Vec<f64>>,
}

/// `expected` numbers, rounded to a neighbouring whole number each.
pub(super) fn round(
    cells: &[Cell],
    expected: &[f64],
    groups: &[Group],
    draw: &mut Draw,
) -> Vec<u32> {
    let rounded = groups.iter().filter(|group| group.rounded);
    let totals = rounded.map(|group| group.coefficients.iter().map(|c| f64::from(*c)).collect());
    let mut order = order(cells.len(), draw);
    order.sort_by_key(|at| Reverse(cells[*at].size()));
    round_keeping(expected, totals.collect(), order, draw)
}

/// `values` rounded to a neighbouring whole number each, keeping `totals`, the most important first,
/// and taking the values up in `order`.
pub(super) fn round_keeping(
    values: &[f64],
    totals: Vec<Vec<f64>>,
    order: Vec<usize>,
    draw: &mut Draw,
) -> Vec<u32> {
    let whole: Vec<f64> = values.iter().map(|number| (number + WHOLE).floor()).collect();
    let fractions = values.iter().zip(&whole).map(|(number, whole)| snap(number - whole));
    let mut walk = Walk::new(fractions.collect(), order, totals);
    while let Some(direction) = walk.direction() {
        walk.step(&direction, draw);
    }
    whole.iter().zip(&walk.fractions).map(|(whole, fraction)| (whole + fraction) as u32).collect()
}

/// A random order of `count` values.
pub(super) fn order(count: usize, draw: &mut Draw) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    draw.shuffle(&mut order);
    order
}

fn snap(fraction: f64) -> f64 {
    if fraction < WHOLE {
        0.0
    } else if fraction > 1.0 - WHOLE {
        1.0
    } else {
        fraction
    }
}

fn is_open(fraction: f64) -> bool {
    fraction > 0.0 && fraction < 1.0
}

impl Walk {
    /// A total that is no whole number gets a slack to the next one.
    fn new(mut fractions: Vec<f64>, mut order: Vec<usize>, mut totals: Vec<Vec<f64>>) -> Self {
        for row in &mut totals {
            let total: f64 = row.iter().zip(&fractions).map(|(c, fraction)| c * fraction).sum();
            let slack = snap((total - WHOLE).ceil() - total);
            if is_open(slack) {
                row.resize(fractions.len(), 0.0);
                row.push(1.0);
                fractions.push(slack);
            }
        }
        totals.iter_mut().for_each(|row| row.resize(fractions.len(), 0.0));
        order.extend(order.len()..fractions.len());
        Self { fractions, order, totals }
    }

    /// A direction in which open fractions can move and no total does; none once all are closed.
    fn direction(&mut self) -> Option<Vec<(usize, f64)>> {
        loop {
            let open = self.order.iter().copied().filter(|at| is_open(self.fractions[*at]));
            let open: Vec<usize> = open.take(self.totals.len() + 1).collect();
            if open.is_empty() {
                return None;
            }
            let rows = self.totals.iter();
            let rows = rows.map(|row| open.iter().map(|at| row[*at]).collect()).collect();
            if let Some(direction) = kernel(rows, open.len()) {
                let moves = open.into_iter().zip(direction).filter(|(_, by)| *by != 0.0);
                return Some(moves.collect());
            }
            self.totals.pop();
        }
    }

    /// Goes one way or the other until a fraction closes, with the odds that keep expectations.
    fn step(&mut self, direction: &[(usize, f64)], draw: &mut Draw) {
        let room = |sign: f64| {
            let way = direction.iter().map(|(at, by)| {
                let (fraction, by) = (self.fractions[*at], sign * by);
                if by > 0.0 { (1.0 - fraction) / by } else { fraction / -by }
            });
            way.fold(f64::INFINITY, f64::min)
        };
        let (ahead, back) = (room(1.0), room(-1.0));
        let by = if draw.chance(back / (ahead + back)) { ahead } else { -back };
        for (at, along) in direction {
            self.fractions[*at] = snap(self.fractions[*at] + by * along);
        }
    }
}

/// A vector other than zero that every row takes to zero, by Gaussian elimination.
fn kernel(mut rows: Vec<Vec<f64>>, columns: usize) -> Option<Vec<f64>> {
    let mut pivots: Vec<usize> = Vec::new();
    for column in 0..columns {
        let rank = pivots.len();
        let largest = (rank..rows.len())
            .max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))
            .filter(|row| rows[*row][column].abs() > WHOLE);
        let Some(largest) = largest else {
            let mut vector = vec![0.0; columns];
            vector[column] = 1.0;
            for (row, pivot) in pivots.iter().enumerate() {
                let entry = -rows[row][column];
                vector[*pivot] = if entry.abs() < WHOLE { 0.0 } else { entry };
            }
            return Some(vector);
        };
        rows.swap(rank, largest);
        eliminate(&mut rows, rank, column);
        pivots.push(column);
    }
    None
}

/// Makes `column` 1 in row `pivot` and 0 in all others.
fn eliminate(rows: &mut [Vec<f64>], pivot: usize, column: usize) {
    let by = rows[pivot][column];
    rows[pivot].iter_mut().for_each(|entry| *entry /= by);
    let pivot_row = rows[pivot].clone();
    for (_, row) in rows.iter_mut().enumerate().filter(|(at, _)| *at != pivot) {
        let by = row[column];
        if by != 0.0 {
            for (entry, pivot) in row.iter_mut().zip(&pivot_row).skip(column) {
                *entry -= by * pivot;
            }
        }
    }
}
