//! How far the kappas of strata lie apart.

use super::Part;
use crate::hypothesis::Untestable;
use crate::{Undefined, Weights, cohen_kappa};

/// Keeps a weight finite where a stratum's items contribute the same but for rounding.
const LEAST_VARIANCE: f64 = 1e-12;

/// Keeps Fisher's transform finite, also where weights of the caller's own let kappa pass −1.
const LARGEST_KAPPA: f64 = 1.0 - 1e-9;

/// The tables of strata, emptied and filled again for each permutation.
pub(super) struct Strata {
    size: usize,
    /// How far two levels are apart, 0 to 1, cell by cell.
    apart: Vec<f64>,
    /// One item, shared out as all items are.
    shared: Vec<f64>,
    /// For each stratum its number of items, then the cells.
    tables: Vec<Table>,
}

struct Table {
    items: f64,
    cells: Vec<f64>,
}

/// A stratum's kappa on Fisher's scale with the inverse of its squared standard error there.
struct Weighed {
    z: f64,
    weight: f64,
}

impl Strata {
    pub(super) fn of(parts: &[&Part], weights: Weights<'_>) -> Result<Self, Undefined> {
        let strata = parts.iter().map(|part| part.stratum + 1).max().unwrap_or(0);
        let first = parts.first().ok_or(Untestable::FewerThanTwoStrata)?;
        let size = first.table.size();
        if parts.iter().all(|part| part.stratum == first.stratum) {
            return Err(Untestable::FewerThanTwoStrata.into());
        }
        let mut all = first.table.clone();
        for part in &parts[1..] {
            all.add(&part.table).map_err(|_| Untestable::TablesDiffer)?;
        }
        let together = cohen_kappa(&all, weights);
        match (together.undefined(), together.se()) {
            (None, Some(se)) if se > 0.0 => {}
            (reason, _) => return Err(reason.unwrap_or(Undefined::NoVariation)),
        }
        let n = all.n() as f64;
        let cells = |of: &dyn Fn(usize, usize) -> f64| -> Vec<f64> {
            (0..size * size).map(|cell| of(cell / size, cell % size)).collect()
        };
        let empty = || Table { items: 0.0, cells: vec![0.0; size * size] };
        Ok(Self {
            size,
            apart: cells(&|row, column| weights.disagreement(row, column, size)),
            shared: all.rows().flatten().map(|count| *count as f64 / n).collect(),
            tables: (0..strata).map(|_| empty()).collect(),
        })
    }

    pub(super) fn clear(&mut self) {
        for table in &mut self.tables {
            table.items = 0.0;
            table.cells.fill(0.0);
        }
    }

    pub(super) fn add(&mut self, stratum: usize, cells: &[(usize, f64)]) {
        let own = &mut self.tables[stratum];
        for (cell, count) in cells {
            own.items += count;
            own.cells[*cell] += count;
        }
    }

    pub(super) fn statistic(&self) -> f64 {
        let strata: Vec<Weighed> = self
            .tables
            .iter()
            .filter(|table| table.items > 0.0)
            .map(|table| self.weighed(table))
            .collect();
        let total: f64 = strata.iter().map(|stratum| stratum.weight).sum();
        let mean = strata.iter().map(|stratum| stratum.weight * stratum.z).sum::<f64>() / total;
        strata.iter().map(|stratum| stratum.weight * (stratum.z - mean).powi(2)).sum()
    }

    /// Whether a stratum has all its items in one cell of agreement.
    pub(super) fn any_without_kappa(&self) -> bool {
        let agreed =
            |table: &Table| table.cells.iter().step_by(self.size + 1).copied().fold(0.0, f64::max);
        self.tables.iter().any(|table| table.items > 0.0 && agreed(table) == table.items)
    }

    /// Kappa and its standard error by Fleiss, Cohen and Everitt (1969), with one item added, on
    /// Fisher's scale: z = artanh κ, whose standard error is that of κ over 1 − κ².
    fn weighed(&self, table: &Table) -> Weighed {
        let (size, n) = (self.size, table.items + 1.0);
        let share = |cell: usize| (table.cells[cell] + self.shared[cell]) / n;
        let (mut rows, mut columns) = (vec![0.0; size], vec![0.0; size]);
        let mut observed = 0.0;
        for cell in 0..size * size {
            rows[cell / size] += share(cell);
            columns[cell % size] += share(cell);
            observed += share(cell) * self.apart[cell];
        }
        // How far a row's level lies on average from the columns', and a column's from the rows'.
        let (mut from_row, mut from_column) = (vec![0.0; size], vec![0.0; size]);
        for cell in 0..size * size {
            from_row[cell / size] += columns[cell % size] * self.apart[cell];
            from_column[cell % size] += rows[cell / size] * self.apart[cell];
        }
        let expected: f64 = rows.iter().zip(&from_row).map(|(share, apart)| share * apart).sum();
        let ratio = observed / expected;
        let influence = |cell: usize| {
            self.apart[cell] - ratio * (from_row[cell / size] + from_column[cell % size])
                + ratio * expected
        };
        let squares: f64 = (0..size * size).map(|cell| share(cell) * influence(cell).powi(2)).sum();
        let variance = squares / (n * expected * expected);
        let kappa = (1.0 - ratio).clamp(-LARGEST_KAPPA, LARGEST_KAPPA);
        let weight = (1.0 - kappa * kappa).powi(2) / variance.max(LEAST_VARIANCE);
        Weighed { z: kappa.atanh(), weight }
    }
}
