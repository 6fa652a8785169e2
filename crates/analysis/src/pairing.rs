//! Two raters' scores, item by item.

use crate::drawn::Drawn;
use crate::rated::{Placed, Seen, Tables};
use crate::{CompareError, Effort, PairMeasures};
use agreement::{ContingencyTable, RatingError};
use std::collections::BTreeMap;
use study::{Exclusion, ItemDesign, Joined, RaterScores, Scale, Score, joined};

/// What two raters say of the items that both have, on one axis.
pub(crate) struct Pairing<'a> {
    size: usize,
    pub(crate) graded: Vec<Graded<'a>>,
    pub(crate) drawn: Drawn,
    pub(crate) shared: u64,
    pub(crate) excluded: BTreeMap<Exclusion, u64>,
}

/// An item that both graded, with the place of each grade on the scale.
#[derive(Clone, Copy)]
pub(crate) struct Graded<'a> {
    pub(crate) first: usize,
    pub(crate) second: usize,
    pub(crate) design: Option<&'a ItemDesign>,
}

/// Where an item stands, by what the two files say together.
pub(crate) fn design<'a>(
    first: &'a RaterScores,
    second: &'a RaterScores,
    item: &str,
) -> Option<&'a ItemDesign> {
    ItemDesign::fullest([first, second].into_iter().filter_map(|rater| rater.designs.get(item)))
}

impl<'a> Pairing<'a> {
    pub(crate) fn of(first: &'a RaterScores, second: &'a RaterScores, scale: &Scale) -> Self {
        let mut pairing = Self {
            size: scale.grades.len(),
            graded: Vec::new(),
            drawn: Drawn::Unknown,
            shared: 0,
            excluded: BTreeMap::new(),
        };
        let level = |grade| scale.grades.partition_point(|lower| *lower < grade);
        for (item, found) in joined(first.items.on(&scale.axis), second.items.on(&scale.axis)) {
            let Joined::Both(one, other) = found else { continue };
            pairing.shared += 1;
            match (one, other) {
                (Score::Grade(a), Score::Grade(b)) => pairing.graded.push(Graded {
                    first: level(a),
                    second: level(b),
                    design: design(first, second, item),
                }),
                // One reason per item, the first rater's before the second's.
                (Score::Excluded(reason), _) | (_, Score::Excluded(reason)) => {
                    *pairing.excluded.entry(reason).or_insert(0) += 1;
                }
            }
        }
        pairing.drawn = Drawn::of(pairing.graded.iter().map(|graded| graded.design));
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

    /// Agreement on all items.
    pub(crate) fn measures(
        &self,
        scale: &Scale,
        effort: &Effort<'_>,
    ) -> Result<PairMeasures, CompareError> {
        let grades: Vec<f64> = scale.grades.iter().copied().map(f64::from).collect();
        measures(&self.graded, self.drawn, &grades, effort)
            .map_err(CompareError::of_scale(&scale.axis))
    }
}

/// Agreement on `items`, whose levels represent `grades`, and on the rated sample as it is where they
/// are weighted.
pub(crate) fn measures(
    items: &[Graded<'_>],
    drawn: Drawn,
    grades: &[f64],
    effort: &Effort<'_>,
) -> Result<PairMeasures, RatingError> {
    let weighted = tables(grades.len(), items, drawn)?;
    let unweighted = match weighted.is_weighted() {
        true => {
            let sample = tables(grades.len(), items, Drawn::Unknown)?;
            Some(Box::new(PairMeasures::of(&sample, grades, effort)))
        }
        false => None,
    };
    Ok(PairMeasures { unweighted, ..PairMeasures::of(&weighted, grades, effort) })
}

/// The grades of `items` on a scale of `size` levels.
pub(crate) fn tables<'a>(
    size: usize,
    items: &[Graded<'a>],
    drawn: Drawn,
) -> Result<Tables, RatingError> {
    let mut seen = Seen::default();
    let placed = |graded: &Graded<'a>| {
        let levels = [Some(graded.first), Some(graded.second)];
        Placed::new(graded.design, drawn, &levels, &mut seen)
    };
    Tables::of_pairs(size, items.iter().map(placed).collect())
}
