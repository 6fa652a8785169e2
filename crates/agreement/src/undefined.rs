//! Why a number does not exist.

use serde::{Serialize, Serializer, ser::SerializeMap};

/// Why a measure or its interval is undefined, worded with what to read instead.
///
/// Serialises as `{"undefined": "<the Display text>"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undefined {
    /// The table is empty.
    #[error("no shared items: the two raters graded no item in common")]
    NoSharedItems,
    /// A quantity needs variation between items, and there is only one.
    #[error("fewer than two items: one item says nothing about how items vary")]
    FewerThanTwoItems,
    /// Both raters used one and the same level, so kappa is 0/0.
    #[error(
        "expected disagreement is zero: both raters gave every item the same level, so chance alone explains the agreement; read the exact agreement"
    )]
    OneLevel,
    /// One rater did not discriminate: kappa is 0 with a formal standard error of 0.
    #[error(
        "not estimable: one rater gave every item the same level, which makes kappa 0 whatever the other did; read the exact agreement and its interval"
    )]
    ConstantRater,
    /// Complete agreement: the analytic standard error is 0, which is not certainty.
    #[error(
        "the raters agreed on every item, so the standard error formula gives 0, which is not certainty; read the exact agreement and its interval"
    )]
    CompleteAgreement,
    /// Every item contributes the same value, so the analytic standard error is 0.
    #[error(
        "every item contributes the same value, so the standard error formula gives 0, which is not certainty; read the exact agreement and its interval"
    )]
    NoVariation,
    /// The scores do not match the levels of the table.
    #[error(
        "the table has {levels} levels but {scores} scores were given; give one score for each level"
    )]
    ScoreCount {
        /// Levels in the table.
        levels: usize,
        /// Scores given.
        scores: usize,
    },
    /// A score is NaN, infinite, or too large to compute with.
    #[error(
        "a score is not a number of at most 1e100 in size; give each level its number on the scale"
    )]
    ScoreRange,
    /// The statistic hangs on a single item.
    #[error(
        "without one of the items the statistic does not exist, so the jackknife, and with it the BCa interval, does not either; read the percentile interval and the share of undefined replicates"
    )]
    Jackknife,
    /// Too few replicates have a value.
    #[error(
        "only {defined} replicates have a value and an interval needs {needed}; ask for more replicates, or, if most of them are undefined, for more items"
    )]
    FewReplicates {
        /// Replicates with a value.
        defined: usize,
        /// The least number.
        needed: usize,
    },
    /// The BCa interval's bias correction is infinite.
    #[error(
        "all replicates lie on one side of the estimate, so the BCa interval does not exist; read the percentile interval"
    )]
    OneSidedReplicates,
    /// The BCa interval ends in a tail that holds no replicate.
    #[error(
        "the BCa interval ends beyond the outermost replicate; ask for more replicates or read the percentile interval"
    )]
    BeyondReplicates,
    /// Too few clusters to resample.
    #[error(
        "{clusters} clusters are too few to see how clusters vary, which takes {needed}; collect more clusters, or read the interval over items and say that it ignores the clusters"
    )]
    FewClusters {
        /// Clusters given.
        clusters: usize,
        /// The least number.
        needed: usize,
    },
    /// The clusters cannot be pooled.
    #[error(
        "the clusters' tables cannot be added up: they must have the same levels and fewer than 2^64 items in all"
    )]
    ClusterLevels,
    /// Items may have been rated, but none by two raters.
    #[error("no item has two ratings: have some items rated by at least two raters")]
    NoPairableItems,
    /// All ratings of all raters are of one level or score, so agreement beyond chance is 0/0.
    #[error(
        "expected disagreement is zero: all ratings are of one level, or of levels with one score, so chance alone explains the agreement; read the observed agreement"
    )]
    OneLevelByAll,
    /// A score below 0 on a ratio scale.
    #[error("a score is below 0, which a ratio scale has not; use the interval distance")]
    NegativeScore,
}

impl Serialize for Undefined {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("undefined", &format_args!("{self}"))?;
        map.end()
    }
}
