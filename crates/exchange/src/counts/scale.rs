//! Which category a label is, and in which order they are: those declared, or those that occur.

use super::tally::{Names, Tally};
use super::{CATEGORIES, CountData, Counts, check_categories, check_sum, values};
use crate::score_source::is_absent;
use crate::{Error, Spot};
use std::path::Path;

/// Whole numbers further apart are not filled up with those between them.
const WIDEST: i64 = 1000;

/// The labels met so far, of which the first may be declared categories.
pub(super) struct Labels {
    names: Names,
    /// How many were declared.
    declared: Option<usize>,
}

impl Labels {
    pub(super) fn of(declared: Option<&[String]>) -> Self {
        let mut names = Names::default();
        declared.unwrap_or_default().iter().for_each(|name| {
            names.add(name.as_bytes());
        });
        Self { names, declared: declared.map(<[String]>::len) }
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
        let names = self.texts();
        let known = &names[..self.declared.unwrap_or(names.len())];
        if let Some(place) = place_of(text, known) {
            return Ok(self.names.also(label, place));
        }
        let expected = if self.declared.is_some() && !is_absent(text) {
            format!("one of {}", known.join(", "))
        } else if names.len() == CATEGORIES {
            format!("at most {CATEGORIES} different categories")
        } else {
            return Ok(self.names.add(label));
        };
        Err(Error::field(file, spot, field, format!("`{text}`"), expected))
    }

    fn texts(&self) -> Vec<String> {
        self.names.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect()
    }

    /// The declared categories, or those that occur.
    pub(super) fn scale(&self) -> Scale {
        let labels = self.texts();
        let is_missing = |label: &String| is_missing(label, &labels);
        let (categories, cautions) = match self.declared {
            Some(number) => (labels[..number].to_vec(), Vec::new()),
            None => {
                occurring(&labels.iter().filter(|label| !is_missing(label)).collect::<Vec<_>>())
            }
        };
        let place = |(at, label)| match self.declared {
            Some(number) => (at < number).then_some(at),
            None if is_missing(label) => None,
            None => place_of(label, &categories),
        };
        let places = labels.iter().enumerate().map(place).collect();
        Scale { categories, places, cautions }
    }
}

/// The categories, and what each label is among them.
pub(super) struct Scale {
    pub(super) categories: Vec<String>,
    /// By label: its category, or none where it says that nothing was given.
    pub(super) places: Vec<Option<usize>>,
    pub(super) cautions: Vec<String>,
}

impl Scale {
    /// What a file of these categories holds.
    pub(super) fn counts(self, file: &Path, data: CountData) -> Result<Counts, Error> {
        let Self { categories, cautions, .. } = self;
        check_categories(file, &categories)?;
        match &data {
            CountData::Tables(tables) => {
                check_sum(file, "count", tables.iter().flatten().flatten())?
            }
            CountData::Ratings { counts, .. } => check_sum(file, "count", counts.iter())?,
        }
        Ok(Counts { values: values(&categories), categories, data, cautions })
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

/// Whether a label among `labels` says that nothing was given. Among words, `None` is one of them.
fn is_missing(label: &str, labels: &[String]) -> bool {
    let words = || labels.iter().any(|label| !is_absent(label) && number(label).is_none());
    is_absent(label) && !(label.eq_ignore_ascii_case("none") && words())
}

/// The categories that occur, and what to know of their order.
fn occurring(labels: &[&String]) -> (Vec<String>, Vec<String>) {
    let numbers: Option<Vec<f64>> = labels.iter().map(|label| number(label)).collect();
    let categories = match numbers.filter(|numbers| !numbers.is_empty()) {
        Some(numbers) => complete(numbers),
        None => {
            let mut sorted: Vec<String> = labels.iter().map(ToString::to_string).collect();
            sorted.sort();
            sorted
        }
    };
    let listed = categories.join(", ");
    let mut cautions = vec![format!(
        "The categories were taken from the data: {listed}. A category that nobody used changes AC1, AC2, \
         Brennan-Prediger and, in the middle, weighted kappa; declare them with --categories."
    )];
    if values(&categories).is_none() && categories.len() > 2 {
        cautions.push(format!(
            "The categories are words, taken in the order of the alphabet. Weighted and ordinal coefficients count \
             on their order: if it is another, give them from the lowest to the highest, as in --categories \
             \"{}\".",
            categories.join(",")
        ));
    }
    cautions.extend(far(labels));
    (categories, cautions)
}

/// Numbers in order; whole ones with those between them.
fn complete(mut numbers: Vec<f64>) -> Vec<String> {
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    let (low, high) = (numbers[0], numbers[numbers.len() - 1]);
    let whole = numbers.iter().all(|number| number.fract() == 0.0);
    match whole && high - low < WIDEST as f64 {
        true => (low as i64..=high as i64).map(|number| number.to_string()).collect(),
        false => numbers.iter().map(f64::to_string).collect(),
    }
}

/// A number at one end that is further from the next than all others are from each other, as 99 for no
/// rating is.
fn far(labels: &[&String]) -> Option<String> {
    let mut numbers: Vec<f64> = labels.iter().map(|label| number(label)).collect::<Option<_>>()?;
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    let is_far = |from: f64, next: f64, end: f64| (from - next).abs() > (end - next).abs() + 1.0;
    let (alone, low, high) = match numbers[..] {
        [low, .., next, alone] if is_far(alone, next, low) => (alone, low, next),
        [alone, next, .., high] if is_far(alone, next, high) => (alone, next, high),
        _ => return None,
    };
    Some(format!(
        "{alone} lies far from the other categories, {low} to {high}. If it means that there is no rating, empty \
         those cells; if it is a grade, declare the categories with --categories."
    ))
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}
