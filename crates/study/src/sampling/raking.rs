//! The expected number of units in each cell: the allocation nearest to a proportional one that
//! reaches the targets.
//!
//! Raking (iterative proportional fitting; Deming and Stephan 1940) with bounds: a cell never gives
//! more than it has, and no response less than a hundredth of the mean probability, so that no
//! weight is beyond all measure. Targets that contradict each other are met as nearly as that
//! allows, the more important the nearer; the report says by how much.

use super::cell::Cell;
use super::target::Group;

const SWEEPS: usize = 500;
const STEPS: usize = 240;
/// Relative to a total.
const PRECISION: f64 = 1e-13;
/// Units of a cell, from one sweep to the next.
const SETTLED: f64 = 1e-11;
/// How far beyond its bounds a cell's allocation is remembered.
const BEYOND: f64 = 64.0;
/// By how much a step may scale, up or down: from beyond one bound to beyond the other and more.
const FURTHEST: f64 = 1_099_511_627_776.0;
/// Of the mean inclusion probability.
const LEAST_SHARE: f64 = 0.01;

/// A cell's allocation before its bounds, and the bounds.
struct Allocation {
    free: f64,
    low: f64,
    high: f64,
}

impl Allocation {
    fn value(&self) -> f64 {
        self.scaled(1.0, 0)
    }

    /// The allocation if its free part were multiplied by `factor` so many times.
    fn scaled(&self, factor: f64, times: u32) -> f64 {
        (self.free * power(factor, times)).clamp(self.low, self.high)
    }
}

fn power(factor: f64, times: u32) -> f64 {
    (0..times).fold(1.0, |product, _| product * factor)
}

/// The expected number of units of each cell. Those of one size add up to a whole number.
pub(super) fn rake(cells: &[Cell], groups: &[Group], size: u32) -> Vec<f64> {
    let candidates: f64 = cells.iter().map(|cell| f64::from(cell.size()) * units(cell)).sum();
    let mean = f64::from(size) / candidates;
    let mut allocations: Vec<Allocation> = cells
        .iter()
        .map(|cell| {
            let (free, high) = (mean * units(cell), units(cell));
            Allocation { free, low: LEAST_SHARE * free, high }
        })
        .collect();
    let targets: Vec<Target> = groups.iter().filter_map(Target::new).collect();
    // Units of a size that has no room in the sample.
    for (cell, _) in targets.iter().filter(|t| t.total <= 0.0).flat_map(|target| &target.cells) {
        allocations[*cell] = Allocation { free: 0.0, low: 0.0, high: 0.0 };
    }
    for _ in 0..SWEEPS {
        let before: Vec<f64> = allocations.iter().map(Allocation::value).collect();
        // The most important target comes last and so is met to the last digit.
        targets.iter().rev().for_each(|target| target.meet(&mut allocations));
        let moved = allocations.iter().zip(before).map(|(cell, was)| (cell.value() - was).abs());
        if moved.fold(0.0, f64::max) < SETTLED {
            break;
        }
    }
    allocations.iter().map(Allocation::value).collect()
}

fn units(cell: &Cell) -> f64 {
    cell.units.len() as f64
}

/// A total to reach, with the cells that add to it and how many each of their units adds.
struct Target {
    cells: Vec<(usize, u32)>,
    total: f64,
}

impl Target {
    fn new(group: &Group) -> Option<Self> {
        let cells = group.coefficients.iter().copied().enumerate();
        let cells = cells.filter(|(_, times)| *times > 0).collect();
        Some(Self { cells, total: group.target? })
    }

    /// The total if the cells were scaled by `factor`, and how fast it grows with it.
    fn at(&self, factor: f64, allocations: &[Allocation]) -> (f64, f64) {
        let (mut total, mut slope) = (0.0, 0.0);
        for (cell, times) in &self.cells {
            let (allocation, weight) = (&allocations[*cell], f64::from(*times));
            let value = allocation.scaled(factor, *times);
            total += weight * value;
            if value > allocation.low && value < allocation.high {
                slope += weight * weight * value / factor;
            }
        }
        (total, slope)
    }

    /// Scales the cells so that they reach the total, or come as near as their bounds allow.
    fn meet(&self, allocations: &mut [Allocation]) {
        let close = PRECISION * self.total.max(1.0);
        let (mut low, mut high, mut factor) = (FURTHEST.recip(), FURTHEST, 1.0);
        for step in 0..STEPS {
            let (total, slope) = self.at(factor, allocations);
            if (total - self.total).abs() <= close {
                break;
            }
            if total < self.total {
                low = factor
            } else {
                high = factor
            }
            // Newton's step; the middle of the bracket where that leads out of it, and at times
            // anyway, so that the bracket closes.
            let newton = factor - (total - self.total) / slope;
            let inside = slope > 0.0 && newton > low && newton < high && step % 4 != 3;
            factor = if inside { newton } else { low + (high - low) / 2.0 };
        }
        for (cell, times) in &self.cells {
            let cell = &mut allocations[*cell];
            let free = cell.free * power(factor, *times);
            cell.free = free.clamp(cell.low / BEYOND, cell.high * BEYOND);
        }
    }
}
