//! The ratings of many raters, as far as alpha depends on them.

use std::collections::BTreeMap;

use crate::{RatingMatrix, TableError};

/// Items counted by how many of their ratings have each level: K numbers for each item. Who gave
/// which rating does not matter, and items with the same numbers are kept as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelCounts {
    size: usize,
    items: BTreeMap<Vec<u32>, u64>,
    total: u64,
}

impl LevelCounts {
    /// A scale of `size` levels with no items yet.
    ///
    /// # Errors
    /// [`TableError::Levels`] unless `size` is between 2 and 1000.
    pub fn empty(size: usize) -> Result<Self, TableError> {
        crate::ContingencyTable::empty(size)?;
        Ok(Self { size, items: BTreeMap::new(), total: 0 })
    }

    /// Counts `items` more items with these ratings, each a level counted from 0, in any order.
    /// Ratings that are missing are left out.
    ///
    /// # Errors
    /// [`TableError::UnknownLevel`] if a level is not on the scale, [`TableError::TooManyItems`]
    /// if the total would reach 2^64. The counts are then unchanged.
    pub fn record(
        &mut self,
        ratings: impl IntoIterator<Item = usize>,
        items: u64,
    ) -> Result<(), TableError> {
        let mut levels = vec![0u32; self.size];
        for level in ratings {
            let unknown = TableError::UnknownLevel { level, size: self.size };
            let count = levels.get_mut(level).ok_or(unknown)?;
            *count = count.saturating_add(1);
        }
        self.total = self.total.checked_add(items).ok_or(TableError::TooManyItems)?;
        if items > 0 {
            *self.items.entry(levels).or_default() += items;
        }
        Ok(())
    }

    /// K, the number of levels of the scale.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The number of items, also of those with fewer than two ratings.
    pub fn n(&self) -> u64 {
        self.total
    }

    /// The items with at least two ratings: the K numbers, and how many items have them.
    pub(super) fn pairable(&self) -> impl Iterator<Item = (&[u32], u64)> {
        let pairable = |levels: &[u32]| levels.iter().map(|&n| u64::from(n)).sum::<u64>() >= 2;
        let items = self.items.iter().map(|(levels, &items)| (levels.as_slice(), items));
        items.filter(move |(levels, _)| pairable(levels))
    }
}

impl From<&RatingMatrix> for LevelCounts {
    fn from(matrix: &RatingMatrix) -> Self {
        let mut counts =
            Self { size: matrix.size(), items: BTreeMap::new(), total: matrix.items() };
        for row in matrix.rows() {
            let mut levels = vec![0u32; matrix.size()];
            row.ratings().flatten().for_each(|level| levels[level] += 1);
            *counts.items.entry(levels).or_default() += row.count();
        }
        counts
    }
}
