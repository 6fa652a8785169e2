//! What a rate could be at most and at least, had nothing been left ungraded.

use serde::Serialize;
use ts_rs::TS;

/// The worst and the best case of a mean or a rate over responses or actions of which too many have
/// no grade to pass over.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct UngradedBounds {
    /// With the lowest grade for every one that is missing.
    pub lo: f64,
    /// With the highest.
    pub hi: f64,
    /// How many are missing.
    #[ts(type = "number")]
    pub missing: u64,
    /// How many there are, those included.
    #[ts(type = "number")]
    pub of: u64,
}

/// A larger share than this of missing grades is told with what it could change.
const NEGLIGIBLE: f64 = 0.05;

impl UngradedBounds {
    /// From the values that are there and the lowest and the highest that each of the missing could
    /// have; none where at most 5 % are missing.
    pub(crate) fn of(
        values: impl Iterator<Item = f64>,
        missing: u64,
        [lowest, highest]: [f64; 2],
    ) -> Option<Self> {
        let (sum, n) = values.fold((0.0, 0), |(sum, n), value| (sum + value, n + 1));
        let of = n + missing;
        let with = |each: f64| (sum + missing as f64 * each) / of as f64;
        (missing as f64 > NEGLIGIBLE * of as f64).then(|| Self {
            lo: with(lowest),
            hi: with(highest),
            missing,
            of,
        })
    }
}
