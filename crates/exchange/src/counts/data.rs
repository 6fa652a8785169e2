//! Counts of ratings, or ratings, by place among the categories.

use std::collections::BTreeSet;

/// Two raters' counts, or any number of raters' ratings.
#[derive(Clone, Debug, PartialEq)]
pub enum CountData {
    /// A table per cluster, rows the first rater; one table if items are not clustered.
    Tables(Vec<Vec<Vec<u64>>>),
    /// Items by raters, as places among the categories; and each row's cluster, if asked for.
    Ratings {
        /// A cell for each rater.
        rows: Vec<Vec<Option<usize>>>,
        /// How many items are so, for each row.
        counts: Vec<u64>,
        /// A number for each row, or nothing.
        clusters: Option<Vec<usize>>,
    },
}

impl CountData {
    /// How many raters there are.
    pub fn raters(&self) -> usize {
        match self {
            Self::Tables(_) => 2,
            Self::Ratings { rows, .. } => rows.first().map_or(0, Vec::len),
        }
    }

    /// How many items were rated.
    pub fn items(&self) -> u64 {
        match self {
            Self::Tables(tables) => tables.iter().flatten().flatten().sum(),
            Self::Ratings { counts, .. } => counts.iter().sum(),
        }
    }

    /// How many groups the items come in; one where they come in none.
    pub fn groups(&self) -> usize {
        match self {
            Self::Tables(tables) => tables.len(),
            Self::Ratings { clusters, .. } => {
                clusters.iter().flatten().max().map_or(1, |last| last + 1)
            }
        }
    }

    /// How many groups have an item that two raters rated, which alone can show agreement.
    pub fn pairable_groups(&self) -> usize {
        match self {
            Self::Tables(tables) => {
                let has_items = |table: &&Vec<Vec<u64>>| table.iter().flatten().any(|n| *n > 0);
                tables.iter().filter(has_items).count()
            }
            Self::Ratings { rows, counts, clusters } => {
                let is_pairable =
                    |at: &usize| counts[*at] > 0 && rows[*at].iter().flatten().nth(1).is_some();
                let group = |at: usize| clusters.as_ref().map_or(0, |clusters| clusters[at]);
                (0..rows.len()).filter(is_pairable).map(group).collect::<BTreeSet<_>>().len()
            }
        }
    }

    /// The same without groups.
    pub(super) fn ungrouped(self) -> Self {
        match self {
            Self::Tables(tables) => {
                Self::Tables(tables.into_iter().reduce(sum).into_iter().collect())
            }
            Self::Ratings { rows, counts, .. } => Self::Ratings { rows, counts, clusters: None },
        }
    }

    /// The tables of two raters over so many categories, without items that only one of them rated; how many
    /// raters there are, if not two.
    pub fn of_two(self, size: usize) -> Result<Vec<Vec<Vec<u64>>>, usize> {
        let raters = self.raters();
        let (rows, counts, clusters) = match self {
            Self::Tables(tables) => return Ok(tables),
            Self::Ratings { .. } if raters != 2 => return Err(raters),
            Self::Ratings { rows, counts, clusters } => (rows, counts, clusters),
        };
        let clusters = clusters.unwrap_or_else(|| vec![0; rows.len()]);
        let empty = vec![vec![0; size]; size];
        let mut tables = vec![empty; clusters.iter().max().map_or(1, |last| last + 1)];
        for ((row, count), cluster) in rows.into_iter().zip(counts).zip(clusters) {
            if let [Some(first), Some(second)] = row[..] {
                tables[cluster][first][second] += count;
            }
        }
        Ok(tables)
    }
}

fn sum(mut one: Vec<Vec<u64>>, other: Vec<Vec<u64>>) -> Vec<Vec<u64>> {
    let cells = one.iter_mut().flatten().zip(other.into_iter().flatten());
    cells.for_each(|(cell, more)| *cell += more);
    one
}
