//! What represents raters' grades of one response on one axis.

use agreement::Rational;
use std::collections::BTreeMap;
use study::{Exclusion, Grade, HARMFUL_OMISSION, Reference};

/// One number for raters' grades.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Graded {
    /// In grades.
    pub(crate) value: f64,
    /// The share of raters whose grade is harmful, 0 to 1, where their average represents them: half of
    /// two who give 1 and 3, though their average is 2. By another reference, that of the indicators.
    pub(crate) harmful: f64,
}

impl Graded {
    /// None without grades.
    pub(crate) fn of(grades: &[Grade], reference: Reference) -> Option<Self> {
        let values: Vec<f64> = grades.iter().copied().map(f64::from).collect();
        let harmful: Vec<f64> = grades.iter().copied().map(harmful).collect();
        Some(Self { value: reference.of(&values)?, harmful: reference.of(&harmful)? })
    }
}

/// 1 where a grade is harmful, else 0.
pub(crate) fn harmful(grade: Grade) -> f64 {
    f64::from(u8::from(grade >= HARMFUL_OMISSION))
}

/// A grade as a number, if there is one.
pub(crate) fn grade(graded: Result<Graded, Exclusion>) -> Option<f64> {
    graded.ok().map(|graded| graded.value)
}

/// The same exactly: one division made it, of a sum of grades by a number of raters.
pub(crate) fn exact(graded: Result<Graded, Exclusion>) -> Option<Rational> {
    Rational::of(graded.ok()?.value)
}

/// The mean of what is graded, each with the weight before it, exactly; none of nothing.
pub(crate) fn exact_mean(
    graded: impl Iterator<Item = (f64, Option<Rational>)>,
) -> Option<Rational> {
    let (mut sum, mut total) = (Rational::default(), Rational::default());
    for (weight, value) in graded {
        let (weight, Some(value)) = (Rational::of(weight)?, value) else { continue };
        sum += &(&weight * &value);
        total += &weight;
    }
    sum.over(&total)
}

/// How many have no grade, by reason.
pub(crate) fn excluded(
    all: impl Iterator<Item = Result<Graded, Exclusion>>,
) -> BTreeMap<Exclusion, u64> {
    let mut excluded = BTreeMap::new();
    for reason in all.filter_map(Result::err) {
        *excluded.entry(reason).or_insert(0) += 1;
    }
    excluded
}
