//! What the tests of this crate share.

use agreement::Resampling;
use analysis::{Effort, Intervals};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use study::{
    Digest, Exclusion, Grade, ItemDesign, RaterScores, RubricClaim, Scale, Score, StudyId,
};

pub const NOT_RATED: Score = Score::Excluded(Exclusion::NotRated);
pub const ABSTAINED: Score = Score::Excluded(Exclusion::Abstained);
pub const PARSE_FAILURE: Score = Score::Excluded(Exclusion::ParseFailure);

pub fn scale(axis: &str, grades: impl IntoIterator<Item = Grade>) -> Scale {
    Scale {
        axis: axis.into(),
        label: axis.to_uppercase(),
        grades: grades.into_iter().collect(),
        names: Default::default(),
    }
}

pub fn rubric(title: &str) -> RubricClaim {
    RubricClaim::Named { title: title.into(), digest: Digest::of(&title) }
}

/// A rater of the study `s` under the rubric `R` who scored items on the axis `tone`, graded 0 to 2.
pub fn rater(name: &str, items: &[(&str, Score)]) -> RaterScores {
    RaterScores {
        rater: name.into(),
        study: Some(StudyId::new("s")),
        rubric: rubric("R"),
        scales: vec![scale("tone", 0..=2)],
        items: items.iter().map(|(item, score)| (*item, [("tone", *score)])).collect(),
        ..RaterScores::default()
    }
}

/// Items with their scores, as tests change them.
pub type Items = BTreeMap<String, BTreeMap<String, Score>>;

/// Changes what is in `scores`.
pub fn change(scores: &mut RaterScores, change: impl FnOnce(&mut Items)) {
    let owned = |(axis, score): (&str, Score)| (axis.to_owned(), score);
    let items = scores.items.iter();
    let mut items: Items = items
        .map(|(item, on_axes)| (item.to_owned(), on_axes.iter().map(owned).collect()))
        .collect();
    change(&mut items);
    scores.items = items.into_iter().collect();
}

/// Gives `item` these scores in the place of what it had.
pub fn put<const N: usize>(scores: &mut RaterScores, item: &str, on_axes: [(&str, Score); N]) {
    let on_axes = on_axes.map(|(axis, score)| (axis.to_owned(), score));
    change(scores, |items| drop(items.insert(item.into(), on_axes.into())));
}

/// Takes `item` out.
pub fn take_out(scores: &mut RaterScores, item: &str) {
    change(scores, |items| drop(items.remove(item)));
}

/// The same grades for items named by their place.
pub fn graded(name: &str, grades: &[Grade]) -> RaterScores {
    let names: Vec<String> = (0..grades.len()).map(|place| place.to_string()).collect();
    let items: Vec<(&str, Score)> = names
        .iter()
        .zip(grades)
        .map(|(item, grade)| (item.as_str(), Score::Grade(*grade)))
        .collect();
    rater(name, &items)
}

/// Places of items named by their number, each in a scenario of its own, drawn with these probabilities.
pub fn drawn(probabilities: &BTreeMap<usize, f64>) -> BTreeMap<String, ItemDesign> {
    let design = |(item, probability): (&usize, &f64)| {
        let inclusion_probability = Some(*probability);
        let scenario = format!("s{item}");
        (item.to_string(), ItemDesign { scenario, inclusion_probability, ..ItemDesign::default() })
    };
    probabilities.iter().map(design).collect()
}

/// Intervals by formula.
pub fn formula() -> Effort<'static> {
    effort(Intervals::Formula)
}

/// Intervals of this kind, from 400 samples where they need some.
pub fn effort(intervals: Intervals) -> Effort<'static> {
    let step = &|_, _| ControlFlow::Continue(());
    Effort { intervals, resampling: Resampling::new(400, 7), step }
}
