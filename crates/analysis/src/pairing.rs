//! Two raters' scores, item by item.

use crate::CompareError;
use crate::rated::{Placed, Tables};
use agreement::{ContingencyTable, RatingError};
use std::collections::BTreeMap;
use study::{Exclusion, Place, RaterScores, Scale, Score};

/// What two raters say of the items that both have, on one axis.
pub(crate) struct Pairing<'a> {
    size: usize,
    pub(crate) graded: Vec<Graded<'a>>,
    pub(crate) shared: u64,
    pub(crate) excluded: BTreeMap<Exclusion, u64>,
}

/// An item that both graded, with the place of each grade on the scale.
#[derive(Clone, Copy)]
pub(crate) struct Graded<'a> {
    pub(crate) first: usize,
    pub(crate) second: usize,
    pub(crate) place: Option<&'a Place>,
}

/// Where an item stands, by what the two files say together.
pub(crate) fn place<'a>(
    first: &'a RaterScores,
    second: &'a RaterScores,
    item: &str,
) -> Option<&'a Place> {
    first.places.get(item).or_else(|| second.places.get(item))
}

impl<'a> Pairing<'a> {
    pub(crate) fn of(first: &'a RaterScores, second: &'a RaterScores, scale: &Scale) -> Self {
        let mut pairing = Self {
            size: scale.grades.len(),
            graded: Vec::new(),
            shared: 0,
            excluded: BTreeMap::new(),
        };
        let level = |grade| scale.grades.partition_point(|lower| *lower < grade);
        for item in first.items.keys().filter(|item| second.items.contains_key(*item)) {
            pairing.shared += 1;
            match (first.score(item, &scale.axis), second.score(item, &scale.axis)) {
                (Score::Grade(a), Score::Grade(b)) => pairing.graded.push(Graded {
                    first: level(a),
                    second: level(b),
                    place: place(first, second, item),
                }),
                // One reason an item, the first rater's before the second's.
                (Score::Excluded(reason), _) | (_, Score::Excluded(reason)) => {
                    *pairing.excluded.entry(reason).or_insert(0) += 1;
                }
            }
        }
        pairing
    }

    /// The grades of all items as counts.
    pub(crate) fn table(&self, scale: &Scale) -> Result<ContingencyTable, CompareError> {
        let counted = || -> Result<ContingencyTable, RatingError> {
            let mut table = ContingencyTable::empty(self.size)?;
            for Graded { first, second, .. } in &self.graded {
                table.record(*first, *second)?;
            }
            Ok(table)
        };
        counted().map_err(CompareError::of_scale(&scale.axis))
    }

    /// The grades of all items.
    pub(crate) fn tables(&self, scale: &Scale) -> Result<Tables, CompareError> {
        let graded = self.graded.iter().copied();
        tables(self.size, graded).map_err(CompareError::of_scale(&scale.axis))
    }
}

/// The grades of `items` on a scale of `size` levels.
pub(crate) fn tables<'a>(
    size: usize,
    items: impl Iterator<Item = Graded<'a>>,
) -> Result<Tables, RatingError> {
    let placed = |Graded { first, second, place }: Graded<'a>| {
        Placed::new(place.map(Place::cluster), vec![Some(first), Some(second)])
    };
    Tables::of_pairs(size, items.map(placed).collect())
}
