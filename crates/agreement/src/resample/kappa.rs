//! Weighted kappa of one replicate, without a table and without allocation.

use crate::Weights;

/// Cohen's kappa as a function of the counts of fixed cells.
pub(super) struct Kappa {
    size: usize,
    /// Row, column and disagreement of each cell.
    cells: Vec<(usize, usize, f64)>,
    /// Disagreement of all pairs of levels, row by row.
    apart: Vec<f64>,
    rows: Vec<f64>,
    columns: Vec<f64>,
}

impl Kappa {
    pub(super) fn new(
        size: usize,
        weights: Weights,
        cells: impl Iterator<Item = (usize, usize)>,
    ) -> Self {
        let apart = |i, j| weights.disagreement(i, j, size);
        Self {
            size,
            cells: cells.map(|(i, j)| (i, j, apart(i, j))).collect(),
            apart: (0..size).flat_map(|i| (0..size).map(move |j| apart(i, j))).collect(),
            rows: vec![0.0; size],
            columns: vec![0.0; size],
        }
    }

    /// The estimate of [`crate::cohen_kappa()`] for the table with these counts in the cells.
    #[inline]
    pub(super) fn value(&mut self, counts: impl IntoIterator<Item = f64>) -> Option<f64> {
        self.rows.fill(0.0);
        self.columns.fill(0.0);
        let (mut n, mut observed) = (0.0, 0.0);
        for (&(row, column, apart), count) in self.cells.iter().zip(counts) {
            self.rows[row] += count;
            self.columns[column] += count;
            observed += count * apart;
            n += count;
        }
        let expected: f64 = self
            .apart
            .chunks_exact(self.size)
            .zip(&self.rows)
            .map(|(apart, row)| {
                row * apart
                    .iter()
                    .zip(&self.columns)
                    .map(|(apart, column)| apart * column)
                    .sum::<f64>()
            })
            .sum();
        // Sums of terms that are not negative: zero only where every term is.
        (expected > 0.0).then(|| 1.0 - observed * n / expected)
    }
}
