//! The K x K table of counts on which every two-rater coefficient is a function.

use std::ops::RangeInclusive;

/// How many levels a scale may have. One level leaves nothing to agree about; the upper bound only
/// keeps a wrong number from asking for more memory than there is.
const LEVELS: RangeInclusive<usize> = 2..=1000;

/// Counts of items by the level that each of two raters gave them.
///
/// K x K, with rows for the first rater and columns for the second, both in the order of the
/// rubric's levels. K is what the rubric declares, never what the data happen to contain: several
/// coefficients change when an unused level is left out.
///
/// The total is kept below 2^64, so margins and totals never overflow.
///
/// # Example
/// The grades of two raters, counted or item by item:
/// ```
/// use agreement::ContingencyTable;
///
/// let counted = ContingencyTable::from_rows(vec![vec![1, 1], vec![0, 2]]).unwrap();
/// let mut table = ContingencyTable::empty(2).unwrap();
/// for (first, second) in [(0, 0), (0, 1), (1, 1), (1, 1)] {
///     table.record(first, second).unwrap();
/// }
/// assert_eq!(table, counted);
/// assert_eq!((table.n(), table.row_margins(), table.column_margins()), (4, vec![2, 2], vec![1, 3]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContingencyTable {
    size: usize,
    /// Row by row.
    counts: Vec<u64>,
    total: u64,
}

/// Why counts do not make a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The scale is too short to measure agreement on, or absurdly long.
    #[error(
        "a table needs a scale of {} to {} levels, found {found}; declare the rubric's levels, used or not",
        LEVELS.start(),
        LEVELS.end()
    )]
    Levels {
        /// The number of levels asked for.
        found: usize,
    },
    /// A row does not have one count for each level.
    #[error(
        "row {row} has {found} counts, expected {expected}: one row and one column for each level"
    )]
    NotSquare {
        /// Position of the row, from 0.
        row: usize,
        /// Counts in that row.
        found: usize,
        /// Number of rows, and therefore of levels.
        expected: usize,
    },
    /// A recorded level is not on the scale.
    #[error("level {level} is not on a scale of {size} levels counted from 0")]
    UnknownLevel {
        /// The level index found.
        level: usize,
        /// The number of levels declared.
        size: usize,
    },
    /// The counts add up to more than a 64-bit number holds.
    #[error("the counts add up to more than {}; check the source of the table", u64::MAX)]
    TooManyItems,
}

impl ContingencyTable {
    /// A table of `size` levels with no items yet.
    ///
    /// # Errors
    /// [`TableError::Levels`] unless `size` is between 2 and 1000.
    pub fn empty(size: usize) -> Result<Self, TableError> {
        if !LEVELS.contains(&size) {
            return Err(TableError::Levels { found: size });
        }
        Ok(Self { size, counts: vec![0; size * size], total: 0 })
    }

    /// A table from K rows of K counts: `rows[i][j]` items had level `i` from the first rater and
    /// level `j` from the second.
    ///
    /// # Errors
    /// [`TableError::Levels`] unless K is between 2 and 1000, [`TableError::NotSquare`] if a row
    /// has another length than K, [`TableError::TooManyItems`] if the total reaches 2^64.
    pub fn from_rows(rows: Vec<Vec<u64>>) -> Result<Self, TableError> {
        let mut table = Self::empty(rows.len())?;
        let ragged = rows.iter().position(|counts| counts.len() != table.size);
        if let Some(row) = ragged {
            return Err(TableError::NotSquare {
                row,
                found: rows[row].len(),
                expected: table.size,
            });
        }
        table.counts = rows.concat();
        table.total = table
            .counts
            .iter()
            .try_fold(0u64, |total, &count| total.checked_add(count))
            .ok_or(TableError::TooManyItems)?;
        Ok(table)
    }

    /// Counts one more item, with level `row` from the first rater and `column` from the second,
    /// both counted from 0.
    ///
    /// # Errors
    /// [`TableError::UnknownLevel`] if a level is not on the scale, [`TableError::TooManyItems`]
    /// if the total would reach 2^64. The table is then unchanged.
    pub fn record(&mut self, row: usize, column: usize) -> Result<(), TableError> {
        self.record_many(row, column, 1)
    }

    /// Counts so many more items, with level `row` from the first rater and `column` from the second.
    ///
    /// # Errors
    /// As [`Self::record`].
    pub fn record_many(&mut self, row: usize, column: usize, count: u64) -> Result<(), TableError> {
        let unknown = [row, column].into_iter().find(|&level| level >= self.size);
        if let Some(level) = unknown {
            return Err(TableError::UnknownLevel { level, size: self.size });
        }
        self.total = self.total.checked_add(count).ok_or(TableError::TooManyItems)?;
        self.counts[row * self.size + column] += count;
        Ok(())
    }

    /// K, the number of levels of the scale.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The number of items that both raters graded.
    pub fn n(&self) -> u64 {
        self.total
    }

    /// Items with level `row` from the first rater and `column` from the second; `None` off the
    /// scale.
    pub fn count(&self, row: usize, column: usize) -> Option<u64> {
        self.rows().nth(row)?.get(column).copied()
    }

    /// The counts row by row: K slices of K.
    pub fn rows(&self) -> impl Iterator<Item = &[u64]> {
        self.counts.chunks_exact(self.size)
    }

    /// How often the first rater used each level: K counts.
    pub fn row_margins(&self) -> Vec<u64> {
        self.rows().map(|row| row.iter().sum()).collect()
    }

    /// How often the second rater used each level: K counts.
    pub fn column_margins(&self) -> Vec<u64> {
        let column = |j| self.rows().map(|row| row[j]).sum();
        (0..self.size).map(column).collect()
    }

    /// Adds the items of another table of as many levels.
    ///
    /// # Errors
    /// [`TableError::NotSquare`] if it has another number of levels, [`TableError::TooManyItems`]
    /// if the total would reach 2^64. The table is then unchanged.
    pub fn add(&mut self, other: &Self) -> Result<(), TableError> {
        if other.size != self.size {
            return Err(TableError::NotSquare { row: 0, found: other.size, expected: self.size });
        }
        self.total = self.total.checked_add(other.total).ok_or(TableError::TooManyItems)?;
        self.counts.iter_mut().zip(&other.counts).for_each(|(count, more)| *count += more);
        Ok(())
    }

    /// Row, column and count of every occupied cell, row by row.
    pub(crate) fn occupied(&self) -> Vec<(usize, usize, u64)> {
        let cells = self
            .rows()
            .enumerate()
            .flat_map(|(i, row)| row.iter().enumerate().map(move |(j, &count)| (i, j, count)));
        cells.filter(|&(_, _, count)| count > 0).collect()
    }

    /// Replaces the counts of `cells`, which hold every item of the table, by others that add up
    /// to no more.
    pub(crate) fn refill(&mut self, cells: &[(usize, usize, u64)], counts: &[u64]) {
        for (&(row, column, _), &count) in cells.iter().zip(counts) {
            self.counts[row * self.size + column] = count;
        }
        self.total = counts.iter().fold(0, |total, &count| total.saturating_add(count));
    }
}
