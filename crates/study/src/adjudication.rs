//! From several raters' grades to one: on what they differ, what stands, and under which names a decider
//! sees them.

mod decision;

pub use decision::{Cause, Decision, counting_decisions};

use crate::{Axis, Digest, Grade, ItemId, PacketId, RaterScores, Score, StudyId};
use std::collections::BTreeMap;

/// What is decided about, and what has been decided.
#[derive(Clone, Debug)]
pub struct Adjudication<'a> {
    /// The items, those that show a response again left out.
    pub items: Vec<&'a ItemId>,
    /// The axes, in the order of rating.
    pub axes: &'a [Axis],
    /// The raters' first ratings.
    pub scores: &'a [RaterScores],
    /// Every decision.
    pub decisions: &'a [Decision],
}

/// Different grades of one item on one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement<'a> {
    /// The item.
    pub item: &'a ItemId,
    /// The axis.
    pub axis: &'a Axis,
    /// The grades given, ascending; the first is less than the last.
    pub grades: Vec<Grade>,
    /// Whether it is decided.
    pub decided: bool,
}

/// The one grade of an item on an axis, and how it came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consensus {
    /// The grade, or none.
    pub grade: Option<Grade>,
    /// How it came about, or why there is none.
    pub standing: Standing,
}

/// How one grade came about, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was decided; what was decided may be that the item has none.
    Decided,
    /// Nobody gave one.
    NotRated,
    /// One rater gave it, and no other gave any.
    OneRater,
    /// All raters who gave one gave this.
    Agreed,
    /// Raters differ, and nothing is decided.
    Undecided,
}

impl Standing {
    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::NotRated => "not rated",
            Self::OneRater => "one rater",
            Self::Agreed => "agreed",
            Self::Undecided => "undecided",
        }
    }
}

impl Disagreement<'_> {
    /// The highest grade minus the lowest.
    pub fn spread(&self) -> Grade {
        match self.grades.as_slice() {
            [lowest, .., highest] => highest - lowest,
            _ => 0,
        }
    }
}

impl<'a> Adjudication<'a> {
    /// The grades on which raters differ, the widest first, then by item.
    pub fn disagreements(&self) -> Vec<Disagreement<'a>> {
        let counting = counting_decisions(self.decisions);
        let mut found: Vec<Disagreement<'a>> = self
            .grades()
            .filter(|(.., grades)| grades.first() < grades.last())
            .map(|(item, axis, grades)| {
                let decided = counting.contains_key(&(item, axis.id.as_str()));
                Disagreement { item, axis, grades, decided }
            })
            .collect();
        found.sort_by(|a, b| b.spread().cmp(&a.spread()).then_with(|| a.item.cmp(b.item)));
        found
    }

    /// The one grade of each item on each axis: the decision where there is one, else what all raters
    /// gave.
    pub fn consensus(&self) -> BTreeMap<(&'a ItemId, &'a str), Consensus> {
        let decided = counting_decisions(self.decisions);
        let of = |item: &'a ItemId, axis: &'a str, grades: &[Grade]| {
            let (grade, standing) = match (decided.get(&(item, axis)), grades) {
                (Some(decision), _) => (decision.grade, Standing::Decided),
                (None, []) => (None, Standing::NotRated),
                (None, [only]) => (Some(*only), Standing::OneRater),
                (None, [first, .., last]) if first == last => (Some(*first), Standing::Agreed),
                (None, _) => (None, Standing::Undecided),
            };
            Consensus { grade, standing }
        };
        self.grades()
            .map(|(item, axis, grades)| ((item, axis.id.as_str()), of(item, &axis.id, &grades)))
            .collect()
    }

    /// The grades of each item on each axis, ascending.
    fn grades(&self) -> impl Iterator<Item = (&'a ItemId, &'a Axis, Vec<Grade>)> {
        let each = |item: &'a ItemId| self.axes.iter().map(move |axis| (item, axis));
        self.items.iter().flat_map(move |item| each(item)).map(|(item, axis)| {
            let grade = |scores: &RaterScores| match scores.score(item.as_str(), &axis.id) {
                Score::Grade(grade) => Some(grade),
                Score::Excluded(_) => None,
            };
            let mut grades: Vec<Grade> = self.scores.iter().filter_map(grade).collect();
            grades.sort_unstable();
            (item, axis, grades)
        })
    }
}

/// The raters of `item` under names that say nothing of who they are, in an order that differs from item
/// to item.
pub fn under_aliases<R>(
    study: &StudyId,
    item: &ItemId,
    mut raters: Vec<R>,
    packet: impl Fn(&R) -> &PacketId,
) -> Vec<(String, R)> {
    raters.sort_by_cached_key(|rater| Digest::of(&(study, item, packet(rater))));
    (1..).map(|number| format!("Rater {number}")).zip(raters).collect()
}
