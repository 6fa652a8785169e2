//! Two raters' scores, item by item.

use crate::drawn::Drawn;
use crate::rated::{Placed, Seen, Tables};
use crate::{CompareError, Effort, PairMeasures};
use agreement::{ContingencyTable, RatingError};
use std::collections::BTreeMap;
use study::{
    Exclusion, ItemDesign, Joined, OnAxes, RaterScores, Scale, Score, ScoredItems, joined,
};

/// Of an item that is there without a score on an axis.
const NOT_RATED: Score = Score::Excluded(Exclusion::NotRated);

/// What two raters say of the items that both have, on one axis.
pub(crate) struct Pairing<'a> {
    size: usize,
    pub(crate) graded: Vec<Graded<'a>>,
    pub(crate) drawn: Drawn,
    pub(crate) shared: u64,
    pub(crate) excluded: BTreeMap<Exclusion, u64>,
}

/// An item that both graded, or several alike of which no design is known, with the place of each grade on
/// the scale.
#[derive(Clone, Copy)]
pub(crate) struct Graded<'a> {
    pub(crate) first: usize,
    pub(crate) second: usize,
    pub(crate) design: Option<&'a ItemDesign>,
    pub(crate) count: u64,
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
        let items = ScoredItems::numbers([&first.items, &second.items]);
        match items.filter(|_| first.designs.is_empty() && second.designs.is_empty()) {
            Some(numbers) => pairing.add_alike(first, second, scale, numbers),
            None => {
                let axis = &scale.axis;
                let on_axis = |on_axes: OnAxes<'_>| on_axes.get(axis).unwrap_or(NOT_RATED);
                for (item, found) in joined(first.items.iter(), second.items.iter()) {
                    let Joined::Both(one, other) = found else { continue };
                    let scores = [on_axis(one), on_axis(other)];
                    pairing.add(scores, 1, scale, design(first, second, item));
                }
            }
        }
        pairing.drawn = Drawn::of(pairing.graded.iter().map(|graded| graded.design));
        pairing
    }

    /// Adds the items, which have the same numbers for both and no design: then those scored alike are
    /// counted together.
    fn add_alike(
        &mut self,
        first: &RaterScores,
        second: &RaterScores,
        scale: &Scale,
        numbers: u32,
    ) {
        let (one, other) = (first.items.on_axis(&scale.axis), second.items.on_axis(&scale.axis));
        let mut alike: Vec<([Score; 2], u64)> = Vec::new();
        for scores in (0..numbers).filter_map(|item| Some([one.score(item)?, other.score(item)?])) {
            match alike.iter_mut().find(|(known, _)| *known == scores) {
                Some((_, count)) => *count += 1,
                None => alike.push((scores, 1)),
            }
        }
        alike.into_iter().for_each(|(scores, count)| self.add(scores, count, scale, None));
    }

    /// Adds so many items with these scores.
    fn add(
        &mut self,
        scores: [Score; 2],
        count: u64,
        scale: &Scale,
        design: Option<&'a ItemDesign>,
    ) {
        let level = |grade| scale.grades.partition_point(|lower| *lower < grade);
        self.shared += count;
        match scores {
            [Score::Grade(a), Score::Grade(b)] => {
                self.graded.push(Graded { first: level(a), second: level(b), design, count });
            }
            // One reason per item, the first rater's before the second's.
            [Score::Excluded(reason), _] | [_, Score::Excluded(reason)] => {
                *self.excluded.entry(reason).or_insert(0) += count;
            }
        }
    }

    /// The grades of all items as counts.
    pub(crate) fn table(&self, scale: &Scale) -> Result<ContingencyTable, CompareError> {
        counted(self.size, &self.graded).map_err(CompareError::of_scale(&scale.axis))
    }

    /// Agreement on all items.
    pub(crate) fn measures(
        &self,
        scale: &Scale,
        effort: &Effort<'_>,
    ) -> Result<PairMeasures, CompareError> {
        let grades = scale.values();
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
    if !items.is_empty() && items.iter().all(|graded| graded.design.is_none()) {
        return Ok(Tables::of_counts(counted(size, items)?));
    }
    let mut seen = Seen::default();
    let placed = |graded: &Graded<'a>| {
        let levels = [Some(graded.first), Some(graded.second)];
        Placed::new(graded.design, drawn, &levels, &mut seen)
    };
    Tables::of_pairs(size, items.iter().map(placed).collect())
}

fn counted(size: usize, items: &[Graded<'_>]) -> Result<ContingencyTable, RatingError> {
    let mut table = ContingencyTable::empty(size)?;
    for Graded { first, second, count, .. } in items {
        table.record_many(*first, *second, *count)?;
    }
    Ok(table)
}
