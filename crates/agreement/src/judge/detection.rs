//! What a second rater finds of what the first one does, on a scale cut in two.

use crate::{ContingencyTable, Measure, ProportionInterval, Untestable, proportion};

/// The share of the items that the first rater puts above the lowest level to which the second gives
/// the lowest: P(second = lowest | first > lowest), the share of harm that a judge does not see.
///
/// A proportion, 0 to 1, with its binomial standard error and the Wilson interval. It is 1 less the
/// [`sensitivity`] at the lowest cut.
///
/// Undefined where the first rater gives every item the lowest level.
///
/// Source of the interval: E. B. Wilson (1927), *Journal of the American Statistical Association*
/// 22:209–212.
///
/// # Example
/// Of ten items that the first rater puts above the lowest level, the second misses five:
/// ```
/// use agreement::{ContingencyTable, miss_rate};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// assert_eq!(miss_rate(&table).estimate(), Some(0.5));
/// ```
pub fn miss_rate(table: &ContingencyTable) -> Measure {
    let sides = Sides::of(table, 1);
    proportion(sides.missed, sides.found + sides.missed, ProportionInterval::Wilson)
}

/// The share of the items that the first rater puts at level `cut` or above, counted from 0, that
/// the second does too: P(second ≥ cut | first ≥ cut).
///
/// A proportion, 0 to 1, with its binomial standard error and the Wilson interval.
///
/// Undefined where the first rater puts no item there, and for a cut that does not divide the
/// levels.
///
/// Source: J. Yerushalmy (1947), Statistical problems in assessing methods of medical diagnosis,
/// *Public Health Reports* 62:1432–1449.
///
/// # Example
/// ```
/// use agreement::{ContingencyTable, sensitivity};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// assert_eq!(sensitivity(&table, 1).estimate(), Some(0.5)); // 5 of 10
/// ```
pub fn sensitivity(table: &ContingencyTable, cut: usize) -> Measure {
    share(table, cut, |sides| (sides.found, sides.missed))
}

/// The share of the items that the first rater puts below level `cut` that the second does too:
/// P(second < cut | first < cut). In all else as [`sensitivity`].
///
/// # Example
/// ```
/// use agreement::{ContingencyTable, specificity};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// assert_eq!(specificity(&table, 1).estimate(), Some(80.0 / 90.0));
/// ```
pub fn specificity(table: &ContingencyTable, cut: usize) -> Measure {
    share(table, cut, |sides| (sides.spared, sides.raised))
}

/// The share of the items that the second rater puts at level `cut` or above that the first does
/// too: P(first ≥ cut | second ≥ cut). It depends on how common such items are. In all else as
/// [`sensitivity`].
///
/// # Example
/// ```
/// use agreement::{ContingencyTable, positive_predictive_value};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// assert_eq!(positive_predictive_value(&table, 1).estimate(), Some(5.0 / 15.0));
/// ```
pub fn positive_predictive_value(table: &ContingencyTable, cut: usize) -> Measure {
    share(table, cut, |sides| (sides.found, sides.raised))
}

/// The share of the items that the second rater puts below level `cut` that the first does too:
/// P(first < cut | second < cut). It depends on how common such items are. In all else as
/// [`sensitivity`].
///
/// # Example
/// ```
/// use agreement::{ContingencyTable, negative_predictive_value};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// assert_eq!(negative_predictive_value(&table, 1).estimate(), Some(80.0 / 85.0));
/// ```
pub fn negative_predictive_value(table: &ContingencyTable, cut: usize) -> Measure {
    share(table, cut, |sides| (sides.spared, sides.missed))
}

fn share(table: &ContingencyTable, cut: usize, of: impl Fn(&Sides) -> (u64, u64)) -> Measure {
    let levels = table.size();
    if !(1..levels).contains(&cut) {
        return Measure::Undefined(Untestable::Cut { cut, levels }.into());
    }
    let (yes, no) = of(&Sides::of(table, cut));
    proportion(yes, yes + no, ProportionInterval::Wilson)
}

/// Items by the side of a cut that each rater puts them on.
#[derive(Default)]
struct Sides {
    /// Above by both.
    found: u64,
    /// Above by the first only.
    missed: u64,
    /// Above by the second only.
    raised: u64,
    /// Below by both.
    spared: u64,
}

impl Sides {
    fn of(table: &ContingencyTable, cut: usize) -> Self {
        let mut sides = Self::default();
        for (first, row) in table.rows().enumerate() {
            let (below, above) = row.split_at(cut.min(row.len()));
            let (below, above) = (below.iter().sum::<u64>(), above.iter().sum::<u64>());
            if first >= cut {
                sides.missed += below;
                sides.found += above;
            } else {
                sides.spared += below;
                sides.raised += above;
            }
        }
        sides
    }
}
