//! What a judge is compared with: a human, or the median of several.

use study::{Exclusion, Grade, RaterScores, Scale, Score};

use std::collections::{BTreeMap, BTreeSet};

/// The humans' say on one axis.
pub(crate) struct Reference {
    pub(crate) axis: String,
    /// A name for headings.
    pub(crate) name: String,
    pub(crate) scores: BTreeMap<String, Score>,
    /// How many items have a grade from one human, from two, and so on.
    pub(crate) from: Vec<u64>,
}

impl Reference {
    /// One human's grades as they are. Of several, an item's reference is the median of the grades
    /// that they gave it, by their places on the scale; between two places it is the higher one, on a
    /// harm scale the more harmful. An item that one of them graded has that grade.
    pub(crate) fn of(humans: &[&RaterScores], scale: &Scale) -> Self {
        let name = match humans {
            [one] => one.rater.clone(),
            several => format!("the median of {} raters", several.len()),
        };
        let mut from = vec![0; humans.len()];
        let items: BTreeSet<&String> = humans.iter().flat_map(|human| human.items.keys()).collect();
        let one = |item: &String| {
            let given: Vec<Score> = humans
                .iter()
                .filter(|human| human.items.contains_key(item))
                .map(|human| human.score(item, &scale.axis))
                .collect();
            let grades = given.iter().filter(|score| matches!(score, Score::Grade(_))).count();
            if let Some(counted) = grades.checked_sub(1).and_then(|at| from.get_mut(at)) {
                *counted += 1;
            }
            (item.clone(), together(&given, &scale.grades))
        };
        let scores = items.into_iter().map(one).collect();
        Self { axis: scale.axis.clone(), name, scores, from }
    }
}

/// The median of the grades, or why there is none: the first reason in the order of [`Exclusion`]
/// that a rater had of their own.
fn together(scores: &[Score], grades: &[Grade]) -> Score {
    let mut levels = Vec::new();
    let mut reasons = BTreeSet::new();
    for score in scores {
        match score {
            Score::Grade(grade) => levels.push(grades.partition_point(|lower| lower < grade)),
            Score::Excluded(reason) => {
                reasons.insert(*reason);
            }
        }
    }
    levels.sort_unstable();
    match levels.len() {
        0 => Score::Excluded(reasons.first().copied().unwrap_or(Exclusion::NotRated)),
        n => Score::Grade(grades[(levels[(n - 1) / 2] + levels[n / 2]).div_ceil(2)]),
    }
}
