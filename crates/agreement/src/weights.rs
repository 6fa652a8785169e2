//! How much two levels agree.

use crate::Undefined;

/// Agreement weights of the weighted coefficients, by level index.
///
/// A weight is 1 on the diagonal and lies in [0, 1] elsewhere. Levels are taken as equally spaced
/// by their *index*, so an unused level in the middle of the scale still separates its neighbours.
///
/// Source: J. Cohen (1968), Weighted kappa, *Psychological Bulletin* 70:213–220; the linear form
/// is that of D. V. Cicchetti and T. Allison (1971), *American Journal of EEG Technology*
/// 11:101–110, the quadratic that of J. L. Fleiss and J. Cohen (1973), *Educational and
/// Psychological Measurement* 33:613–619, the ordinal that of K. L. Gwet (2014), *Handbook of
/// Inter-Rater Reliability*, 4th edition, Advanced Analytics, chapter 3.
///
/// # Example
/// On four levels, how much neighbours agree:
/// ```
/// use agreement::Weights;
///
/// let neighbours = |weights: Weights| format!("{:.3}", weights.agreement(1, 2, 4));
/// assert_eq!(neighbours(Weights::Identity), "0.000");
/// assert_eq!(neighbours(Weights::Linear), "0.667"); // 1 - 1/3
/// assert_eq!(neighbours(Weights::Quadratic), "0.889"); // 1 - 1/9
/// assert_eq!(neighbours(Weights::GwetOrdinal), "0.833"); // 1 - 1/6
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weights<'a> {
    /// 1 for the same level, 0 otherwise: unweighted kappa.
    Identity,
    /// 1 − |i − j| / (K − 1).
    Linear,
    /// 1 − (i − j)² / (K − 1)².
    Quadratic,
    /// 1 − C(|i − j| + 1, 2) / C(K, 2): a disagreement counts for the pairs of levels it spans. Not
    /// the ordinal distance of Krippendorff's alpha, which depends on how often levels are used.
    GwetOrdinal,
    /// Weights of the caller's own, for a scale of the matrix's size.
    Custom(&'a WeightMatrix),
}

impl Weights<'_> {
    /// The agreement of levels `row` and `column`, counted from 0, on a scale of `size` levels.
    ///
    /// # Panics
    /// Where a level is not on the scale of custom weights.
    pub fn agreement(self, row: usize, column: usize, size: usize) -> f64 {
        1.0 - self.disagreement(row, column, size)
    }

    /// One minus the agreement. The coefficients are computed from this side because it is exactly
    /// 0 on the diagonal, so sums over rare disagreements lose no digits to the many agreements.
    pub(crate) fn disagreement(self, row: usize, column: usize, size: usize) -> f64 {
        if row == column {
            return 0.0;
        }
        let apart = row.abs_diff(column) as f64;
        let distance = apart / (size - 1) as f64;
        match self {
            Self::Identity => 1.0,
            Self::Linear => distance,
            Self::Quadratic => distance * distance,
            Self::GwetOrdinal => distance * (apart + 1.0) / size as f64,
            Self::Custom(matrix) => matrix.disagreements[row * matrix.size + column],
        }
    }

    /// Whether these weights are for a scale of `size` levels.
    pub(crate) fn fit(self, size: usize) -> Result<(), Undefined> {
        match self {
            Self::Custom(matrix) if matrix.size != size => {
                Err(Undefined::WeightCount { levels: size, weights: matrix.size })
            }
            _ => Ok(()),
        }
    }

    /// The sum of the disagreements over all K² pairs of levels, each order counted.
    pub(crate) fn total_disagreement(self, size: usize) -> f64 {
        let from = |i| (0..size).map(move |j| self.disagreement(i, j, size)).sum::<f64>();
        (0..size).map(from).sum()
    }
}

/// A caller's own agreement weights for a scale of K levels: K x K, 1 on the diagonal, in [0, 1)
/// elsewhere, symmetric, because how much two levels agree does not depend on who gave which.
///
/// # Example
/// Cohen's example (1968) of three diagnoses that are unequally far apart; he prints .348:
/// ```
/// use agreement::{ContingencyTable, WeightMatrix, Weights, cohen_kappa};
///
/// let rows = vec![vec![88, 10, 2], vec![14, 40, 6], vec![18, 10, 12]];
/// let table = ContingencyTable::from_rows(rows).unwrap();
/// let distances = [[0.0, 1.0, 3.0], [1.0, 0.0, 6.0], [3.0, 6.0, 0.0]];
/// let weights = distances.map(|row| row.map(|distance| 1.0 - distance / 6.0).to_vec());
/// let weights = WeightMatrix::from_rows(&weights).unwrap();
/// let kappa = cohen_kappa(&table, Weights::Custom(&weights));
/// assert_eq!(format!("{:.3}", kappa.estimate().unwrap()), "0.348");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct WeightMatrix {
    size: usize,
    /// One minus each weight, row by row.
    disagreements: Vec<f64>,
}

/// Why numbers do not make agreement weights.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WeightError {
    /// A row does not have one weight for each level.
    #[error(
        "row {row} has {found} weights, expected {expected}: one row and one column for each level"
    )]
    NotSquare {
        /// Position of the row, from 0.
        row: usize,
        /// Weights in that row.
        found: usize,
        /// Number of rows, and therefore of levels.
        expected: usize,
    },
    /// A level does not agree fully with itself.
    #[error("the weight of level {level} with itself is {found}, expected 1")]
    Diagonal {
        /// The level index.
        level: usize,
        /// The weight found.
        found: f64,
    },
    /// A weight between two levels is negative, NaN, or 1 and more.
    #[error(
        "the weight of levels {row} and {column} is {found}, expected a number from 0 to below 1; levels that agree fully are one level: merge them"
    )]
    Range {
        /// Position of the row, from 0.
        row: usize,
        /// Position of the column, from 0.
        column: usize,
        /// The weight found.
        found: f64,
    },
    /// Two levels agree differently depending on the rater.
    #[error(
        "the weight of levels {row} and {column} is {found} in one order and {opposite} in the other; make the matrix symmetric"
    )]
    NotSymmetric {
        /// Position of the row, from 0.
        row: usize,
        /// Position of the column, from 0.
        column: usize,
        /// The weight found there.
        found: f64,
        /// The weight in the opposite cell.
        opposite: f64,
    },
}

impl WeightMatrix {
    /// Weights from K rows of K: `rows[i][j]` is how much levels `i` and `j` agree.
    ///
    /// # Errors
    /// [`WeightError`] unless the rows are as long as they are many, symmetric, 1 on the diagonal
    /// and from 0 to below 1 elsewhere.
    pub fn from_rows(rows: &[Vec<f64>]) -> Result<Self, WeightError> {
        let size = rows.len();
        for (row, weights) in rows.iter().enumerate() {
            if weights.len() != size {
                return Err(WeightError::NotSquare { row, found: weights.len(), expected: size });
            }
        }
        for (row, weights) in rows.iter().enumerate() {
            for (column, &found) in weights.iter().enumerate() {
                let opposite = rows[column][row];
                if row == column && found != 1.0 {
                    return Err(WeightError::Diagonal { level: row, found });
                }
                if row != column && !(0.0..1.0).contains(&found) {
                    return Err(WeightError::Range { row, column, found });
                }
                if row < column && found != opposite {
                    return Err(WeightError::NotSymmetric { row, column, found, opposite });
                }
            }
        }
        let disagreements = rows.iter().flatten().map(|weight| 1.0 - weight).collect();
        Ok(Self { size, disagreements })
    }

    /// K, the number of levels of the scale that the weights are for.
    pub fn size(&self) -> usize {
        self.size
    }
}
