//! Values that are texts: a comment beside a grade is no axis.

use super::{Grades, Kind};
use crate::score_source::is_absent;
use std::collections::BTreeMap;

/// Longer values are texts.
const LONGEST: usize = 60;

/// From so many grades on, an axis on which nearly all differ holds texts.
const FEW: usize = 8;

impl Grades {
    /// Takes out the axes whose values are texts, with raters who gave nothing else, and returns the
    /// axes' names.
    pub(super) fn take_out_texts(&mut self) -> Vec<String> {
        let texts: Vec<bool> = self.axes.iter().map(|axis| are_texts(&self.values(axis))).collect();
        let axes = std::mem::take(&mut self.axes);
        let raters = std::mem::take(&mut self.raters);
        let rows = std::mem::take(&mut self.rows);
        for row in rows.iter().filter(|row| !texts[row.kind.axis as usize]) {
            let axis = self.axes.number(axes.name(row.kind.axis));
            let rater = self.raters.number(raters.name(row.kind.rater));
            self.rows.push(row.at, row.item, Kind { axis, rater, ..row.kind });
        }
        axes.iter().zip(texts).filter(|(_, text)| *text).map(|(axis, _)| axis.to_owned()).collect()
    }
}

/// Long, or nearly all different words.
fn are_texts(values: &BTreeMap<&str, usize>) -> bool {
    let given = || values.iter().filter(|(value, _)| !is_absent(value));
    let count: usize = given().map(|(_, count)| count).sum();
    let differ = count >= FEW && given().count() * 4 > count * 3;
    let are_numbers = given().all(|(value, _)| value.parse::<f64>().is_ok());
    given().any(|(value, _)| value.chars().count() > LONGEST) || differ && !are_numbers
}
