//! Thresholds registered before the key is opened.

use crate::Error;
use crate::door::decode_document;
use crate::envelope::Format;
use crate::file::{BY_HAND, read_bytes};
use std::path::Path;
use study::{Digest, Rubric, Thresholds};

const THRESHOLDS: Format = Format { name: "thresholds", version: 1 };

/// Reads the thresholds in `file`, and the digest of its bytes, by which it can be shown later that
/// these were the ones.
pub fn read_thresholds(file: &Path) -> Result<(Thresholds, Digest), Error> {
    decode_thresholds(file, &read_bytes(file, BY_HAND)?)
}

/// The thresholds in the `bytes` of `file`, and their digest.
pub fn decode_thresholds(file: &Path, bytes: &[u8]) -> Result<(Thresholds, Digest), Error> {
    let read: Thresholds =
        THRESHOLDS.parse(file, decode_document(file, bytes, THRESHOLDS.noun())?)?;
    for (number, threshold) in (1..).zip(&read.thresholds) {
        let place = format!(", threshold {number}");
        let (grade, quantity) = (threshold.grade, threshold.quantity);
        let range = quantity.range();
        if !range.contains(&threshold.value) {
            let found = format!("{:?}", threshold.value);
            let expected = format!("{} to {}, for {quantity}", range.start(), range.end());
            return Err(Error::field(file, place, "value", found, expected));
        }
        if threshold.relation.is_settled(threshold.value, &range) {
            let found = format!("{} {:?}", threshold.relation, threshold.value);
            let expected = format!(
                "what {quantity}, {} to {}, can both reach and miss",
                range.start(),
                range.end()
            );
            return Err(Error::field(file, place, "value", found, expected));
        }
        if quantity.has_grade() != grade.is_some() {
            let found = grade.map_or("nothing".into(), |grade| grade.to_string());
            let expected = match quantity.has_grade() {
                true => {
                    format!("the lowest grade above the cut, since {quantity} is measured at one")
                }
                false => format!("nothing, since {quantity} is not measured at a cut"),
            };
            return Err(Error::field(file, place, "grade", found, expected));
        }
    }
    if read.thresholds.is_empty() {
        return Err(Error::field(file, "", "thresholds", "none", "at least one"));
    }
    Ok((read, Digest::of_bytes(bytes)))
}

/// Refuses thresholds that no judge of a study by `rubric` could be tested against.
pub fn check_thresholds(file: &Path, read: &Thresholds, rubric: &Rubric) -> Result<(), Error> {
    let misfit = (1..).zip(&read.thresholds).find_map(|(number, threshold)| {
        let (field, found, expected) = threshold.misfit(rubric)?;
        Some(Error::field(file, format!(", threshold {number}"), field, found, expected))
    });
    misfit.map_or(Ok(()), Err)
}
