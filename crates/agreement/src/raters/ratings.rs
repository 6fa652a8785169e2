//! The items x raters matrix on which every coefficient for many raters is a function.

mod patterns;

use std::ops::RangeInclusive;

use crate::{ContingencyTable, TableError};

/// How many raters a matrix may have. One rater cannot agree; the upper bound only keeps a wrong
/// number from asking for more memory than there is.
const RATERS: RangeInclusive<usize> = 2..=10_000;

/// Marks a rating that was not given. Scales have at most 1000 levels.
pub(crate) const ABSENT: u16 = u16::MAX;

/// The level that each rater gave to each item, with any of them missing.
///
/// A row is one item, or several items that were rated alike: it has a count. Columns are raters,
/// always in the same order; a level is an index from 0 on a scale of K levels, and K is what the
/// rubric declares, never what the data happen to contain. Rows keep the order in which they were
/// recorded, and a coefficient depends on them only through their counts, so that resampling the
/// items is [`Self::with_counts`].
///
/// The number of items is kept below 2^64. 50 raters of 10^6 items take 108 MB.
///
/// # Example
/// Three raters of three items on two levels, one rating missing:
/// ```
/// use agreement::RatingMatrix;
///
/// let mut matrix = RatingMatrix::empty(3, 2).unwrap();
/// matrix.record(&[Some(0), Some(0), Some(1)]).unwrap();
/// matrix.record(&[Some(1), None, Some(1)]).unwrap();
/// matrix.record(&[Some(1), Some(1), Some(1)]).unwrap();
/// assert_eq!((matrix.items(), matrix.complete_items()), (3, 2));
/// assert_eq!(matrix.table(0, 1).unwrap().n(), 2); // the items that the first two raters share
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingMatrix {
    raters: usize,
    size: usize,
    /// Row by row, one level index or [`ABSENT`] for each rater.
    levels: Vec<u16>,
    /// One for each row.
    counts: Vec<u64>,
    items: u64,
}

/// Why ratings do not make a matrix.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RatingError {
    /// The scale, a level or the number of items is not one that a table could hold.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Too few raters to agree, or absurdly many.
    #[error(
        "a matrix needs {} to {} raters, found {found}; give each rater a column",
        RATERS.start(),
        RATERS.end()
    )]
    Raters {
        /// The number of raters asked for.
        found: usize,
    },
    /// A row does not have one place for each rater.
    #[error(
        "row {row} has {found} ratings, expected {expected}: one for each rater, empty where it was not given"
    )]
    RowLength {
        /// Position of the row, from 0.
        row: usize,
        /// Ratings in that row.
        found: usize,
        /// The number of raters.
        expected: usize,
    },
    /// There is not one count for each row.
    #[error("{found} counts were given for {expected} rows; give one count for each row")]
    CountLength {
        /// Counts given.
        found: usize,
        /// The number of rows.
        expected: usize,
    },
    /// A weight or a share is none.
    #[error("item {row}: a weight or a share of it is not above 0")]
    Weight {
        /// Position of the item, from 0.
        row: usize,
    },
    /// A rater has no column.
    #[error("rater {rater} is not one of {raters} raters counted from 0")]
    UnknownRater {
        /// The rater asked for.
        rater: usize,
        /// The number of raters.
        raters: usize,
    },
}

impl RatingMatrix {
    /// A matrix for `raters` raters on a scale of `size` levels, with no items yet.
    ///
    /// # Errors
    /// [`RatingError::Raters`] unless `raters` is between 2 and 10,000, [`TableError::Levels`]
    /// unless `size` is between 2 and 1000.
    pub fn empty(raters: usize, size: usize) -> Result<Self, RatingError> {
        ContingencyTable::empty(size)?;
        if !RATERS.contains(&raters) {
            return Err(RatingError::Raters { found: raters });
        }
        Ok(Self { raters, size, levels: Vec::new(), counts: Vec::new(), items: 0 })
    }

    /// A matrix on a scale of `size` levels from one row for each item: `rows[i][g]` is the level
    /// that rater `g` gave to item `i`, `None` where there is no rating. The first row says how
    /// many raters there are.
    ///
    /// # Errors
    /// Those of [`Self::empty`] and [`Self::record`]; without rows, [`RatingError::Raters`].
    pub fn from_rows(size: usize, rows: &[Vec<Option<usize>>]) -> Result<Self, RatingError> {
        let mut matrix = Self::empty(rows.first().map_or(0, Vec::len), size)?;
        rows.iter().try_for_each(|row| matrix.record(row))?;
        Ok(matrix)
    }

    /// The items of a table as those of two raters, the first giving the rows: one row of the
    /// matrix for each occupied cell.
    pub fn from_table(table: &ContingencyTable) -> Self {
        let mut matrix = Self {
            raters: 2,
            size: table.size(),
            levels: Vec::new(),
            counts: Vec::new(),
            items: table.n(),
        };
        for (i, row) in table.rows().enumerate() {
            for (j, &count) in row.iter().enumerate().filter(|&(_, &count)| count > 0) {
                // A scale has at most 1000 levels.
                matrix.levels.extend([i as u16, j as u16]);
                matrix.counts.push(count);
            }
        }
        matrix
    }

    /// Adds one item, with the level index of each rater or `None`.
    ///
    /// # Errors
    /// As [`Self::record_many`].
    pub fn record(&mut self, ratings: &[Option<usize>]) -> Result<(), RatingError> {
        self.record_many(ratings, 1)
    }

    /// Adds one row of `count` items that were all rated so.
    ///
    /// # Errors
    /// [`RatingError::RowLength`] unless there is one rating for each rater,
    /// [`TableError::UnknownLevel`] if a level is not on the scale, [`TableError::TooManyItems`] if
    /// the number of items would reach 2^64. The matrix is then unchanged.
    pub fn record_many(
        &mut self,
        ratings: &[Option<usize>],
        count: u64,
    ) -> Result<(), RatingError> {
        if ratings.len() != self.raters {
            return Err(RatingError::RowLength {
                row: self.counts.len(),
                found: ratings.len(),
                expected: self.raters,
            });
        }
        let unknown = ratings.iter().flatten().find(|&&level| level >= self.size);
        if let Some(&level) = unknown {
            return Err(TableError::UnknownLevel { level, size: self.size }.into());
        }
        self.items = self.items.checked_add(count).ok_or(TableError::TooManyItems)?;
        self.levels
            .extend(ratings.iter().map(|rating| rating.map_or(ABSENT, |level| level as u16)));
        self.counts.push(count);
        Ok(())
    }

    /// The same rows with other counts, one for each row in order: a resample of the items. A count
    /// may be 0.
    ///
    /// # Errors
    /// [`RatingError::CountLength`] unless there is one count for each row,
    /// [`TableError::TooManyItems`] if they add up to 2^64 or more.
    pub fn with_counts(&self, counts: Vec<u64>) -> Result<Self, RatingError> {
        if counts.len() != self.counts.len() {
            return Err(RatingError::CountLength {
                found: counts.len(),
                expected: self.counts.len(),
            });
        }
        let items = counts
            .iter()
            .try_fold(0u64, |items, &count| items.checked_add(count))
            .ok_or(TableError::TooManyItems)?;
        Ok(Self { counts, items, levels: self.levels.clone(), ..*self })
    }

    /// The number of raters.
    pub fn raters(&self) -> usize {
        self.raters
    }

    /// K, the number of levels of the scale.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The number of items: the sum of the counts of the rows.
    pub fn items(&self) -> u64 {
        self.items
    }

    /// The number of items with at least two ratings, which alone can show agreement.
    pub fn pairable_items(&self) -> u64 {
        self.rows()
            .filter(|row| row.ratings().flatten().nth(1).is_some())
            .map(|row| row.count)
            .sum()
    }

    /// The number of items with a rating from each rater.
    pub fn complete_items(&self) -> u64 {
        let complete = |row: &RatingRow<'_>| row.ratings().all(|rating| rating.is_some());
        self.rows().filter(complete).map(|row| row.count).sum()
    }

    /// The rows in the order in which they were recorded.
    pub fn rows(&self) -> impl Iterator<Item = RatingRow<'_>> {
        let rows = self.levels.chunks_exact(self.raters).zip(&self.counts);
        rows.map(|(levels, &count)| RatingRow { levels, count })
    }

    /// For each row its count and how many raters gave each level: K counts.
    pub fn level_counts(&self) -> impl Iterator<Item = (u64, Vec<u64>)> {
        self.rows().map(|row| {
            let mut counts = vec![0; self.size];
            row.ratings().flatten().for_each(|level| counts[level] += 1);
            (row.count, counts)
        })
    }

    /// The table of the items that raters `first` and `second`, counted from 0, both rated.
    ///
    /// # Errors
    /// [`RatingError::UnknownRater`] if one has no column.
    pub fn table(&self, first: usize, second: usize) -> Result<ContingencyTable, RatingError> {
        let unknown = [first, second].into_iter().find(|&rater| rater >= self.raters);
        if let Some(rater) = unknown {
            return Err(RatingError::UnknownRater { rater, raters: self.raters });
        }
        let mut counts = vec![vec![0; self.size]; self.size];
        for row in self.rows() {
            if let Some((i, j)) = row.rating(first).zip(row.rating(second)) {
                counts[i][j] += row.count;
            }
        }
        Ok(ContingencyTable::from_rows(counts)?)
    }

    /// The level indices, [`ABSENT`] for none, and the count of each row with items.
    pub(crate) fn counted_levels(&self) -> impl Iterator<Item = (&[u16], u64)> {
        self.rows().filter(|row| row.count > 0).map(|row| (row.levels, row.count))
    }

    /// The count and level indices of the rows with a rating from each rater and at least one item.
    pub(crate) fn complete_rows(&self) -> Vec<(f64, &[u16])> {
        let complete =
            |row: &RatingRow| row.count > 0 && row.levels.iter().all(|&level| level != ABSENT);
        self.rows().filter(complete).map(|row| (row.count as f64, row.levels)).collect()
    }
}

/// One row of a [`RatingMatrix`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatingRow<'a> {
    levels: &'a [u16],
    count: u64,
}

impl<'a> RatingRow<'a> {
    /// How many items were rated so.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The level index that each rater gave, in the order of the raters.
    pub fn ratings(&self) -> impl Iterator<Item = Option<usize>> + use<'a> {
        self.levels.iter().map(|&level| given(level))
    }

    /// The level index that one rater gave; `None` too for a rater without a column.
    pub fn rating(&self, rater: usize) -> Option<usize> {
        given(*self.levels.get(rater)?)
    }
}

pub(crate) fn given(level: u16) -> Option<usize> {
    (level != ABSENT).then_some(usize::from(level))
}
