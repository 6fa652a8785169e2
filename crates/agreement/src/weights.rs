//! How much two levels agree.

/// Agreement weights of weighted kappa, by level index.
///
/// A weight is 1 on the diagonal and lies in [0, 1] elsewhere. Levels are taken as equally spaced
/// by their *index*, so an unused level in the middle of the scale still separates its neighbours.
///
/// Source: J. Cohen (1968), Weighted kappa, *Psychological Bulletin* 70:213–220; the linear form
/// is that of D. V. Cicchetti and T. Allison (1971), *American Journal of EEG Technology*
/// 11:101–110, the quadratic that of J. L. Fleiss and J. Cohen (1973), *Educational and
/// Psychological Measurement* 33:613–619.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weights {
    /// 1 for the same level, 0 otherwise: unweighted kappa.
    Identity,
    /// 1 − |i − j| / (K − 1).
    Linear,
    /// 1 − (i − j)² / (K − 1)².
    Quadratic,
}

impl Weights {
    /// The agreement of levels `row` and `column`, counted from 0, on a scale of `size` levels.
    pub fn agreement(self, row: usize, column: usize, size: usize) -> f64 {
        1.0 - self.disagreement(row, column, size)
    }

    /// One minus the agreement. The coefficients are computed from this side because it is exactly
    /// 0 on the diagonal, so sums over rare disagreements lose no digits to the many agreements.
    pub(crate) fn disagreement(self, row: usize, column: usize, size: usize) -> f64 {
        if row == column {
            return 0.0;
        }
        let distance = row.abs_diff(column) as f64 / (size - 1) as f64;
        match self {
            Self::Identity => 1.0,
            Self::Linear => distance,
            Self::Quadratic => distance * distance,
        }
    }
}
