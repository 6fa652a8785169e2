//! What a column of a table holds.

use crate::Error;
use crate::door::Table;
use crate::grades::truth;
use crate::score_source::{is_absent, whole_number};
use rustc_hash::{FxBuildHasher, FxHashSet};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::hash::BuildHasher;
use std::path::Path;
use study::Grade;

/// Longer cells are texts.
pub(super) const LONGEST: usize = 60;
/// More different values are counted, but not kept.
const KEPT: usize = 1000;
/// From so many words on, a column in which nearly all differ holds texts.
pub(super) const FEW: usize = 8;

/// What a column holds.
#[derive(Default)]
pub(super) struct Held {
    pub(super) filled: usize,
    pub(super) longest: usize,
    /// The different values, up to a limit, as they are compared.
    pub(super) values: BTreeSet<String>,
    /// Hashes of all of them.
    pub(super) different: FxHashSet<u64>,
}

impl Held {
    /// What each column of `table` holds, the one behind the others included.
    pub(super) fn of_columns(file: &Path, table: &Table) -> Result<Vec<Self>, Error> {
        let all = table.header().len() + usize::from(table.joined().is_some());
        let mut held: Vec<Self> = (0..all).map(|_| Self::default()).collect();
        table.each(file, |row| {
            for (column, held) in held.iter_mut().enumerate() {
                held.add(&row.value(row.cell(column)));
            }
            Ok(())
        })?;
        Ok(held)
    }

    pub(super) fn add(&mut self, value: &str) {
        if is_absent(value) {
            return;
        }
        self.filled += 1;
        if value.len() > self.longest {
            self.longest = self.longest.max(value.chars().count());
        }
        let value = as_compared(value);
        if self.different.insert(FxBuildHasher.hash_one(&*value)) && self.values.len() < KEPT {
            self.values.insert(value.into_owned());
        }
    }

    /// The different values, with answers to yes or no as the numbers that they are beside numbers: in the column
    /// itself, or in those of other raters where it is `of_rater`. A column of yes and no alone may be told of items.
    pub(super) fn compared(&self, of_rater: bool) -> impl Iterator<Item = &str> {
        let has_numbers = self.values.iter().any(|value| value.parse::<f64>().is_ok());
        let are_truths =
            (of_rater || has_numbers) && self.values.iter().all(|value| truth(value).is_some());
        let number =
            |value: &'_ str| truth(value).map(|number| if number == 1 { "1" } else { "0" });
        let shown = move |value| number(value).filter(|_| are_truths).unwrap_or(value);
        let mut different: BTreeSet<&str> = BTreeSet::new();
        self.values
            .iter()
            .map(move |value| shown(value.as_str()))
            .filter(move |it| different.insert(it))
    }

    pub(super) fn all_differ(&self) -> bool {
        self.different.len() == self.filled
    }

    pub(super) fn are_numbers(&self) -> bool {
        self.values.iter().all(|value| value.parse::<f64>().is_ok())
    }

    pub(super) fn are_small(&self) -> bool {
        let small = |value: &String| value.parse().is_ok_and(|number| (-1..=10).contains(&number));
        !self.values.is_empty() && self.values.iter().all(small)
    }

    /// Long, or nearly all different words.
    pub(super) fn are_texts(&self) -> bool {
        let differ = self.filled >= FEW && self.different.len() * 4 > self.filled * 3;
        self.longest > LONGEST || differ && !self.are_numbers()
    }
}

/// A value as it is compared with others: `2.0` is 2, and capitals do not matter. Most are so already.
fn as_compared(value: &str) -> Cow<'_, str> {
    let is_plain = value.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    match whole_number::<Grade>(value) {
        Some(number) if !is_number_of_digits(value) => number.to_string().into(),
        None if !is_plain => value.to_lowercase().into(),
        _ => value.into(),
    }
}

/// Whether a number is written as this program writes one that is not negative.
fn is_number_of_digits(value: &str) -> bool {
    let has_digits = value.bytes().all(|byte| byte.is_ascii_digit());
    has_digits && (value.len() == 1 || !value.starts_with('0'))
}
