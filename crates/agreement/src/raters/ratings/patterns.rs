//! A matrix with one row for each distinct pattern of ratings, whose counts can be drawn again.

use std::collections::BTreeMap;

use super::{ABSENT, RatingMatrix};
use crate::Undefined;

impl RatingMatrix {
    /// The same items with one row for each distinct pattern of ratings, so that a coefficient
    /// costs by the patterns and not by the items. Patterns without items are left out.
    pub fn patterns(&self) -> Self {
        self.merged(|_| true)
    }

    /// The same without the items that nobody rated.
    pub(crate) fn rated_patterns(&self) -> Self {
        self.merged(|levels| levels.iter().any(|&level| level != ABSENT))
    }

    /// Rows in the order of their levels, of the patterns that are `kept` and have items.
    fn merged(&self, kept: impl Fn(&[u16]) -> bool) -> Self {
        let mut found: BTreeMap<&[u16], u64> = BTreeMap::new();
        for (levels, &count) in self.levels.chunks_exact(self.raters).zip(&self.counts) {
            if count > 0 && kept(levels) {
                *found.entry(levels).or_default() += count;
            }
        }
        Self {
            raters: self.raters,
            size: self.size,
            levels: found.keys().copied().flatten().copied().collect(),
            items: found.values().sum(),
            counts: found.into_values().collect(),
        }
    }

    /// Every item of matrices of the same raters and scale.
    ///
    /// # Errors
    /// [`Undefined::ClusterLevels`] where they are not of the same, or of 2^64 items and more;
    /// [`Undefined::NoPairableItems`] where there are none.
    pub(crate) fn pool(parts: &[Self]) -> Result<Self, Undefined> {
        let mut parts = parts.iter();
        let mut pooled = parts.next().ok_or(Undefined::NoPairableItems)?.clone();
        for part in parts {
            if (part.raters, part.size) != (pooled.raters, pooled.size) {
                return Err(Undefined::ClusterLevels);
            }
            pooled.items = pooled.items.checked_add(part.items).ok_or(Undefined::ClusterLevels)?;
            pooled.levels.extend_from_slice(&part.levels);
            pooled.counts.extend_from_slice(&part.counts);
        }
        Ok(pooled)
    }

    /// For each of `parts` the rows that it shares with this matrix, which is one of
    /// [`Self::patterns`]: their place here and the part's count, in the order of places.
    pub(crate) fn places(&self, parts: &[Self]) -> Vec<Vec<(usize, u64)>> {
        let rows: Vec<&[u16]> = self.levels.chunks_exact(self.raters).collect();
        let place =
            |(levels, &count): (&[u16], &u64)| Some((rows.binary_search(&levels).ok()?, count));
        let places = |part: &Self| {
            part.levels.chunks_exact(self.raters).zip(&part.counts).filter_map(place).collect()
        };
        parts.iter().map(places).collect()
    }

    /// Replaces the counts by others, one for each row; a total beyond 2^64 is cut off.
    pub(crate) fn recount(&mut self, counts: impl IntoIterator<Item = u64>) {
        self.items = 0;
        for (own, count) in self.counts.iter_mut().zip(counts) {
            *own = count;
            self.items = self.items.saturating_add(count);
        }
    }

    pub(crate) fn counts(&self) -> &[u64] {
        &self.counts
    }
}
