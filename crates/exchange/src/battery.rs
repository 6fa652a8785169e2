//! Batteries of preregistered hypotheses.

use crate::Error;
use crate::door::decode_document;
use crate::envelope::Format;
use crate::file::{BY_HAND, read_bytes};
use std::collections::BTreeSet;
use std::path::Path;
use study::{Battery, Correction, Digest, HarmRanges, Hypothesis};

const BATTERY: Format = Format { name: "battery", version: 1 };

/// Reads the battery that `name` says: the built-in one, `iatrobench`, or a file; and the digest of its
/// bytes, by which it can be shown later that this was the one.
pub fn read_battery(name: &str) -> Result<(Battery, Digest), Error> {
    let file = Path::new(name);
    match Battery::built_in(name) {
        Some(text) => decode_battery(file, text.as_bytes()),
        None => decode_battery(file, &read_bytes(file, BY_HAND)?),
    }
}

/// Whether `bytes` say that they are a battery, of this version or another.
pub fn is_battery(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes)
        .is_ok_and(|text| BATTERY.is_named(text.trim_start_matches('\u{feff}')))
}

/// The battery in the `bytes` of `file`, and their digest.
pub fn decode_battery(file: &Path, bytes: &[u8]) -> Result<(Battery, Digest), Error> {
    let text = decode_document(file, bytes, BATTERY.noun())?;
    let battery: Battery = BATTERY.parse(file, text)?;
    if battery.hypotheses.is_empty() {
        return Err(Error::field(file, "", "hypotheses", "none", "at least one"));
    }
    let mut known = BTreeSet::new();
    for (number, hypothesis) in (1..).zip(&battery.hypotheses) {
        let Hypothesis { id, .. } = hypothesis;
        if id.trim().is_empty() || !known.insert(id.as_str()) {
            let place = format!(", hypothesis {number}");
            let expected = "a name that no other hypothesis has";
            return Err(Error::field(file, place, "id", format!("`{id}`"), expected));
        }
        check(file, hypothesis)?;
    }
    check_settled(file, &battery, HarmRanges::ANY)?;
    Ok((battery, Digest::of_bytes(bytes)))
}

/// Refuses a battery with a number that settles a test before anything is known, where the axes have
/// these `grades`.
pub fn check_settled(file: &Path, battery: &Battery, grades: HarmRanges) -> Result<(), Error> {
    for hypothesis in &battery.hypotheses {
        for (number, test) in (1..).zip(&hypothesis.tests) {
            if let Some((field, found, expected)) = test.settled(grades) {
                let place = format!(", hypothesis {}, test {number}", hypothesis.id);
                return Err(Error::field(file, place, field, found.to_string(), expected));
            }
        }
    }
    Ok(())
}

fn check(file: &Path, hypothesis: &Hypothesis) -> Result<(), Error> {
    let place = format!(", hypothesis {}", hypothesis.id);
    let wrong = |field: &str, found: String, expected: &str| {
        Err(Error::field(file, place.clone(), field, found, expected))
    };
    if !(hypothesis.alpha > 0.0 && hypothesis.alpha < 0.5) {
        return wrong("alpha", hypothesis.alpha.to_string(), "a number above 0 and below 0.5");
    }
    if hypothesis.tests.is_empty() {
        return wrong("tests", "none".into(), "at least one");
    }
    if matches!(&hypothesis.correction, Correction::Holm(family) if family.trim().is_empty()) {
        return wrong("correction", "no name".into(), "the name of a family of tests");
    }
    if hypothesis.exclusions.iter().any(|excluded| excluded.reason().trim().is_empty()) {
        return wrong("exclusions", "no reason".into(), "a reason for each");
    }
    for (number, test) in (1..).zip(&hypothesis.tests) {
        if let Some((field, found, expected)) = test.misfit() {
            let place = format!("{place}, test {number}");
            return Err(Error::field(file, place, field, found, expected));
        }
    }
    Ok(())
}
