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

/// A larger share than this of missing grades, by weight, is told with what it could change.
const NEGLIGIBLE: f64 = 0.05;

impl UngradedBounds {
    /// From the values that are there with a weight before each, the weights of those that are missing,
    /// and the lowest and the highest that each of these could have; none where at most 5 % of all weight
    /// is missing.
    pub(crate) fn of(
        values: impl Iterator<Item = (f64, f64)>,
        missing: impl Iterator<Item = f64>,
        [lowest, highest]: [f64; 2],
    ) -> Option<Self> {
        let (mut sum, mut there, mut of) = (0.0, 0.0, 0);
        for (weight, value) in values {
            (sum, there, of) = (sum + weight * value, there + weight, of + 1);
        }
        let (absent, missing) = missing.fold((0.0, 0), |(sum, n), weight| (sum + weight, n + 1));
        let all = there + absent;
        let with = |each: f64| (sum + absent * each) / all;
        (absent > NEGLIGIBLE * all).then(|| Self {
            lo: with(lowest),
            hi: with(highest),
            missing,
            of: of + missing,
        })
    }
}
