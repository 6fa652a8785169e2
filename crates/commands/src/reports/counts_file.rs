//! A file of counts, or of ratings without a study around them: read alike for coefficients and for plans.

use super::declared_scale::DeclaredScale;
use super::reading::{HowToRead, mappings};
use crate::Failure;
use analysis::CompareError;
use exchange::{Asked, Counts};
use study::Scale;

/// The file, and what a person says of it.
pub(super) struct CountsFile<'a> {
    pub(super) file: &'a String,
    /// The axis, of grades on several.
    pub(super) axis: Option<&'a str>,
    pub(super) read: &'a HowToRead,
    /// The categories of a table, in their order.
    pub(super) categories: Option<&'a [String]>,
    /// The column, or the list, that says which items belong together.
    pub(super) cluster: Option<&'a str>,
}

impl CountsFile<'_> {
    pub(super) fn counts(&self) -> Result<Counts, Failure> {
        self.check()?;
        let file = self.file;
        let mapping = mappings(&self.read.map, std::slice::from_ref(file))?.of(file);
        let scales: Vec<Scale> = self.read.scales.iter().map(DeclaredScale::scale).collect();
        let asked = Asked {
            categories: self.categories,
            cluster: self.cluster,
            axis: self.axis,
            mapping: Some(&mapping.of_one()),
            scales: &scales,
            labels: Some(&self.read.labels()),
            refuse_raters: Some(|raters| {
                CompareError::refuse_many(raters).map_err(|why| why.to_string())
            }),
        };
        let mut counts = exchange::read_counts(file, asked)?;
        if let ([first, _, .., last], None, true) =
            (counts.categories.as_slice(), &counts.values, counts.ordered)
        {
            counts.cautions.push(format!(
                "The intraclass correlations, Lin's coefficient and alpha on interval and ratio scales count the \
                 categories from 0 for {first} to {} for {last}, one step apart, as they are not numbers in order.",
                counts.categories.len() - 1
            ));
        }
        Ok(counts)
    }

    fn check(&self) -> Result<(), Failure> {
        if self.categories.is_some() && !self.read.scales.is_empty() {
            let expected = "either: both say which grades there are";
            return Err(Failure::field("categories", "a scale as well", expected));
        }
        if let Some(axis) = self.read.axes.first() {
            return Err(Failure::field("axes", format!("`{axis}`"), "one, as `axis`"));
        }
        self.read.check_twice()?;
        let mut words = self.categories.iter().copied().flatten();
        match words.find_map(|word| DeclaredScale::placeholder(word)) {
            None => Ok(()),
            Some(left) => {
                let expected = "your own grades in its place, from the lowest to the highest";
                Err(Failure::field("categories", left, expected))
            }
        }
    }
}
