//! Which category a label is, and in which order they are: those declared, or those that occur.

use super::tally::{ByteNames, Tally};
use super::{CATEGORIES, CountData, Counts, KnownScale, check_categories, check_sum};
use crate::grades::{are_mixed_truths, far_place, steps, truth};
use crate::problems::{first_few, name_categories};
use crate::score_source::{Written, is_absent};
use crate::{Error, Spot};
use std::path::Path;
use study::{Exclusion, Score, ordered_numbers};

/// Whole numbers further apart are not filled up with those between them.
const WIDEST: i64 = 1000;

/// The labels met so far. The first are the grades of the scale, where one is known.
pub(super) struct Labels<'a> {
    names: ByteNames,
    known: Option<&'a KnownScale>,
    /// The number of the labels that are no grade of the known scale.
    no_grade: Option<usize>,
    /// Whether one of these says that a judge's answer could not be read.
    unread: bool,
}

impl<'a> Labels<'a> {
    pub(super) fn of(known: Option<&'a KnownScale>) -> Self {
        let mut names = ByteNames::default();
        known.iter().flat_map(|known| known.scale.all_names()).for_each(|name| {
            names.add(name.as_bytes());
        });
        Self { names, known, no_grade: None, unread: false }
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The number of the label in a `field` of `file`.
    pub(super) fn number(
        &mut self,
        (file, spot, field): (&Path, impl FnOnce() -> Spot, &str),
        label: &[u8],
    ) -> Result<usize, Error> {
        match self.names.find(label) {
            Some(known) => Ok(known),
            None => self.new_label((file, spot(), field), label),
        }
    }

    /// A label that was not met before. The same number is the same category.
    fn new_label(
        &mut self,
        (file, spot, field): (&Path, Spot, &str),
        label: &[u8],
    ) -> Result<usize, Error> {
        let Ok(text) = std::str::from_utf8(label) else {
            let line = if let Spot::Line(line) = spot { line } else { 0 };
            return Err(Error::NotText { file: file.to_owned(), line, encoding: "UTF-8" });
        };
        if let Some(KnownScale { scale, labels }) = self.known {
            let score = Written { text, scale, labels }.score(file, || spot, field)?;
            return Ok(match score {
                Score::Grade(grade) => {
                    let level = scale.grades.partition_point(|lower| *lower < grade);
                    self.names.also(label, level)
                }
                Score::Excluded(reason) => {
                    self.unread |= reason == Exclusion::ParseFailure;
                    let number = self.no_grade.unwrap_or(self.names.len());
                    self.no_grade = Some(number);
                    match number == self.names.len() {
                        true => self.names.add(label),
                        false => self.names.also(label, number),
                    }
                }
            });
        }
        let names = self.texts();
        if let Some(place) = place_of(text, &names) {
            return Ok(self.names.also(label, place));
        }
        if names.len() == CATEGORIES {
            let expected = format!("at most {CATEGORIES} different categories");
            return Err(Error::field(file, spot, field, format!("`{text}`"), expected));
        }
        Ok(self.names.add(label))
    }

    fn texts(&self) -> Vec<String> {
        self.names.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect()
    }

    /// The grades of the known scale, or those that occur.
    pub(super) fn scale(&self, file: &Path) -> Result<Scale, Error> {
        match self.known {
            Some(known) => Ok(self.known_scale(known.scale.all_names())),
            None => self.occurring_scale(file),
        }
    }

    fn known_scale(&self, categories: Vec<String>) -> Scale {
        let place = |label| Some(label).filter(|label| *label < categories.len());
        let places = (0..self.names.len()).map(place).collect();
        let unread =
            "-1 counts as a judge's answer that could not be read: the scale has no such grade.";
        let mut cautions: Vec<String> = self.unread.then(|| unread.into()).into_iter().collect();
        cautions.extend(self.none_note(&categories));
        Scale { categories, ordered: true, places, cautions }
    }

    fn occurring_scale(&self, file: &Path) -> Result<Scale, Error> {
        let labels = self.texts();
        let given: Vec<&String> = labels.iter().filter(|label| !is_absent(label)).collect();
        let truths = are_mixed_truths(labels.iter().map(String::as_str));
        let (categories, mut cautions) = match truths {
            true => (vec!["0".into(), "1".into()], Vec::new()),
            false => occurring(&given),
        };
        if let Some(none) =
            self.none_among(&categories).filter(|_| ordered_numbers(&categories).is_none())
        {
            let found = format!("`{none}` beside {}", name_categories(&categories));
            let expected = "the grades, from the lowest to the highest, with it if it is one: --categories \
                            LOWEST,…,HIGHEST";
            return Err(Error::field(file, "", "value", found, expected));
        }
        cautions.extend(self.none_note(&categories));
        let place = |label: &String| match truths {
            _ if is_absent(label) => None,
            true => truth(label).map(|number| number as usize),
            false => place_of(label, &categories),
        };
        let places = labels.iter().map(place).collect();
        // The distance of two categories is the same either way.
        let ordered = categories.len() < 3 || ordered_numbers(&categories).is_some();
        Ok(Scale { categories, ordered, places, cautions })
    }

    /// `None` as it is written, where it is not among the `categories`.
    fn none_among(&self, categories: &[String]) -> Option<String> {
        let is_none = |text: &String| text.eq_ignore_ascii_case("none");
        let none = self.texts().into_iter().find(is_none)?;
        (!categories.iter().any(is_none)).then_some(none)
    }

    /// That `None` is not among the `categories`: it may have been meant as one.
    fn none_note(&self, categories: &[String]) -> Option<String> {
        self.none_among(categories).map(|none| {
            format!("`{none}` counts as not rated. If it is a grade, list it among the grades in --categories.")
        })
    }
}

/// The categories, and what each label is among them.
pub(super) struct Scale {
    pub(super) categories: Vec<String>,
    /// Whether their order is known.
    pub(super) ordered: bool,
    /// By label: its category, or none where it says that nothing was given.
    pub(super) places: Vec<Option<usize>>,
    pub(super) cautions: Vec<String>,
}

impl Scale {
    /// What a file of these categories holds.
    pub(super) fn counts(self, file: &Path, data: CountData) -> Result<Counts, Error> {
        let Self { categories, ordered, cautions, .. } = self;
        check_categories(file, &categories)?;
        match &data {
            CountData::Tables(tables) => {
                check_sum(file, "count", tables.iter().flatten().flatten())?
            }
            CountData::Ratings { counts, .. } => check_sum(file, "count", counts.iter())?,
        }
        Ok(Counts {
            values: ordered_numbers(&categories),
            categories,
            ordered,
            data,
            grouped_by: None,
            cautions,
        })
    }

    /// The tables in `tally`, without the items for which there is no rating; a caution counts these.
    pub(super) fn tables(mut self, file: &Path, tally: &Tally) -> Result<Counts, Error> {
        let tables = tally.tables(self.categories.len(), &self.places);
        let left_out = tally.left_out(&self.places);
        if left_out > 0 {
            self.cautions.push(format!(
                "Items left out, because a cell is empty or says that there is no rating: {left_out}."
            ));
        }
        self.counts(file, CountData::Tables(tables))
    }
}

/// The category that a label names: the same text, or the same number.
fn place_of(label: &str, categories: &[String]) -> Option<usize> {
    let same = |category: &String| {
        category == label || number(category).is_some_and(|value| number(label) == Some(value))
    };
    categories.iter().position(same)
}

/// The categories that occur, and what to know of their order.
fn occurring(labels: &[&String]) -> (Vec<String>, Vec<String>) {
    let numbers: Option<Vec<f64>> = labels.iter().map(|label| number(label)).collect();
    let categories = match numbers.filter(|numbers| !numbers.is_empty()) {
        Some(numbers) => with_those_between(numbers),
        None => {
            let mut sorted: Vec<String> = labels.iter().map(ToString::to_string).collect();
            sorted.sort();
            sorted
        }
    };
    let listed = name_categories(&categories);
    let given =
        |name: &&String| labels.iter().any(|label| place_of(label, &[name.to_string()]).is_some());
    let unused: Vec<String> = categories.iter().filter(|name| !given(name)).cloned().collect();
    let unused = match unused.is_empty() {
        true => String::new(),
        false => format!(", of which nobody gave {}, between others", first_few(&unused)),
    };
    let mut cautions = vec![format!(
        "The categories were taken from the data: {listed}{unused}. A category that nobody used changes AC1, AC2, \
         Brennan-Prediger and, if it lies between others, weighted kappa; declare them with --categories."
    )];
    if ordered_numbers(&categories).is_none() && categories.len() > 2 {
        cautions.push(
            "The categories are words, which have no order of their own, so weighted and ordinal coefficients are \
             left out. Give the words from the lowest to the highest: --categories LOWEST,…,HIGHEST."
                .to_owned(),
        );
    }
    cautions.extend(far(labels));
    (categories, cautions)
}

/// Numbers in order with those that nobody gave between them, where they are steps of one scale. One that is far from the
/// others may be none of it.
fn with_those_between(mut numbers: Vec<f64>) -> Vec<String> {
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    let whole = numbers.iter().all(|number| number.fract() == 0.0);
    let far = far_place(&numbers).map(|place| numbers.remove(place));
    let (low, high) = (numbers[0], numbers[numbers.len() - 1]);
    let mut all = match whole && high - low < WIDEST as f64 {
        true => (low as i64..=high as i64).map(|number| number.to_string()).collect(),
        false => steps(&numbers).unwrap_or_else(|| numbers.iter().map(f64::to_string).collect()),
    };
    if let Some(far) = far {
        all.insert(if far < low { 0 } else { all.len() }, far.to_string());
    }
    all
}

/// What is said of such a number.
fn far(labels: &[&String]) -> Option<String> {
    let mut numbers: Vec<f64> = labels.iter().map(|label| number(label)).collect::<Option<_>>()?;
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    let alone = numbers.remove(apart(&numbers)?);
    let (low, high) = (numbers[0], numbers[numbers.len() - 1]);
    Some(format!(
        "{alone} lies far from the other categories, {low} to {high}. If it means that there is no rating, empty \
         those cells; if it is a grade, declare the categories with --categories."
    ))
}

/// The place of a number at one end that is further from the next than all others are from each other, as 99 for no
/// rating is. It is pointed out sooner than it is left out of a scale.
fn apart(numbers: &[f64]) -> Option<usize> {
    let is_far = |from: f64, next: f64, end: f64| (from - next).abs() > (end - next).abs() + 1.0;
    match numbers {
        [low, .., next, alone] if is_far(*alone, *next, *low) => Some(numbers.len() - 1),
        [alone, next, .., high] if is_far(*alone, *next, *high) => Some(0),
        _ => None,
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}
