//! Why a number does not exist.

use crate::Untestable;

/// Why a measure or its interval is undefined, worded with what to read instead.
///
/// Serialises as `{"undefined": "<the Display text>"}`.
///
/// # Example
/// Its text says what to do instead:
/// ```
/// use agreement::{ContingencyTable, exact_agreement};
///
/// let nobody = ContingencyTable::empty(2).unwrap();
/// assert_eq!(
///     exact_agreement(&nobody).undefined().unwrap().to_string(),
///     "no shared items: the two raters graded no item in common"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "{ undefined: string }"))]
#[non_exhaustive]
pub enum Undefined {
    /// The table is empty.
    #[error("no shared items: the two raters graded no item in common")]
    NoSharedItems,
    /// No two levels are further apart than what is asked for.
    #[error(
        "on {levels} grades any two are at most {} apart: it is 1 whatever the raters do; read the exact agreement",
        .levels - 1
    )]
    WithinTheScale {
        /// Levels of the scale.
        levels: usize,
    },
    /// Items may have been rated, but none by two raters.
    #[error("no item has two ratings: have some items rated by at least two raters")]
    NoPairableItems,
    /// Raters rated, but no item has a rating from each.
    #[error("no item was rated by all raters: leave out raters who rated little")]
    NoCompleteItems,
    /// A quantity needs variation between items, and there is only one.
    #[error("fewer than two items: one item says nothing about how items vary")]
    FewerThanTwoItems,
    /// Both raters used one and the same level, so kappa is 0/0.
    #[error(
        "expected disagreement is zero: both raters gave every item the same level, so chance alone explains the agreement; read the exact agreement"
    )]
    OneLevel,
    /// All ratings of all raters are of one level or score, so agreement beyond chance is 0/0.
    #[error(
        "expected disagreement is zero: all ratings are of one level, or of levels with one score, so chance alone explains the agreement; read the observed agreement"
    )]
    OneLevelByAll,
    /// Every rater is constant, so nothing is ranked.
    #[error(
        "every rater gave all items one and the same level, so there are no ranks to compare; read the observed agreement"
    )]
    OneLevelByEach,
    /// The items have the same mean, so no share of their variance lies between them.
    #[error(
        "the items have the same mean score, so no variance lies between them; read the observed agreement and the forms for one rating"
    )]
    NoItemVariance,
    /// The interval formula divides by 0 or overflows.
    #[error("the interval formula has no finite bounds for these ratings")]
    NoFiniteBounds,
    /// No formula for an interval is known.
    #[error("no formula gives an interval for this coefficient")]
    NoFormula,
    /// A mean over pairs of raters has a pair without a kappa.
    #[error(
        "kappa of raters {first} and {second}, counted from 0, is undefined: they rated no item in common or gave those they did one and the same level; read the pairs one by one"
    )]
    UndefinedPair {
        /// One rater, from 0.
        first: usize,
        /// The other.
        second: usize,
    },
    /// Two items are no sample.
    #[error("it takes at least three items, or their weighted equivalent")]
    FewerThanThreeItems,
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
    /// The custom weights are for another scale.
    #[error(
        "the scale has {levels} levels but the weights are for {weights}; give one row and one column of weights for each level"
    )]
    WeightCount {
        /// Levels of the scale.
        levels: usize,
        /// Levels that the weights are for.
        weights: usize,
    },
    /// A score is NaN, infinite, or too large to compute with.
    #[error(
        "a score is not a number of at most 1e100 in size; give each level its number on the scale"
    )]
    ScoreRange,
    /// A proportion of nothing.
    #[error("no items: a proportion of none is 0/0")]
    NoItems,
    /// The counts of a proportion contradict each other.
    #[error("{successes} successes among {n} items; give the number of all items as n")]
    MoreSuccesses {
        /// Successes given.
        successes: u64,
        /// Items given.
        n: u64,
    },
    /// A hypothesis test has no answer.
    #[error(transparent)]
    Untestable(#[from] Untestable),
    /// A score below 0 on a ratio scale.
    #[error("a score is below 0, which a ratio scale has not; use the interval distance")]
    NegativeScore,
    /// A level index beyond the scale.
    #[error("level {level} is not on a scale of {levels} levels counted from 0")]
    UnknownLevel {
        /// The level index asked for.
        level: usize,
        /// The number of levels declared.
        levels: usize,
    },
    /// Nobody used the level.
    #[error("neither rater gave an item level {level}, counted from 0")]
    UnusedLevel {
        /// The level index asked for.
        level: usize,
    },
    /// The maximum of kappa needs distances that grow ever faster.
    #[error(
        "no formula gives the maximum of kappa for custom weights; ask with identity, linear, quadratic or ordinal weights"
    )]
    CustomWeights,
    /// The statistic hangs on a single item.
    #[error(
        "without one of the items the statistic does not exist, so it has no jackknife standard error and no interval made from one"
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
    /// Too few annotators for the alternative annotator test.
    #[error(
        "{annotators} {} at least {items} items that the judge and another human graded too; the alternative annotator test needs {needed} such humans: have the same people rate more items, or more people rate these", if *annotators == 1 { "human has" } else { "humans have" }
    )]
    FewAnnotators {
        /// Annotators with enough items.
        annotators: usize,
        /// The least number.
        needed: usize,
        /// Items that each needs.
        items: u64,
    },
    /// The judge and an annotator differ alike on every item, so that no t test can be made.
    #[error(
        "the differences between the judge and this human are the same on every item, so there is no t test; the win is decided by how improbable that is under the hypothesis"
    )]
    DifferencesAlike,
    /// The alternative annotator test could not be run.
    #[error("the alternative annotator test could not be run; read there what is missing")]
    NoAnnotatorTest,
    /// Predictions add nothing where all items were rated.
    #[error(
        "no item was graded by the judge alone, so nothing has to be predicted: use the raters' own mean"
    )]
    NoUnratedItems,
    /// No item tells how grades vary.
    #[error(
        "the rated items are too much alike to say how others vary: the standard error formula gives 0, which is not certainty; have more items rated"
    )]
    AlikeRated,
    /// A sampling weight is no weight.
    #[error("a sampling weight is not above 0: give one over the probability of being drawn")]
    SamplingWeight,
    /// The judge's errors cannot be undone.
    #[error(
        "the judge's errors cannot be undone: where the raters give one level, its grades are distributed as they are at another, or as a mixture of others; have more items rated, or read the mean from the ratings alone"
    )]
    IndistinctJudge,
    /// The corrected shares end at 0 whatever is drawn.
    #[error(
        "the judge's grades lie beyond what its errors allow, in these items and in every sample drawn of them, so that the result was cut at the end of its range each time, which is not certainty; have more items rated, or read the mean from the ratings alone"
    )]
    CutCorrection,
    /// Too few clusters to resample.
    #[error(
        "{clusters} {} too few to see how clusters vary, which takes {needed}; collect more clusters",
        if *clusters == 1 { "cluster is" } else { "clusters are" }
    )]
    FewClusters {
        /// Clusters given.
        clusters: usize,
        /// The least number.
        needed: usize,
    },
    /// Every cluster says the same, so resampling them shows no spread.
    #[error(
        "all clusters have the same value, so how clusters vary cannot be seen in them, which is not certainty; read their number and that of the items"
    )]
    ClustersAlike,
    /// The clusters cannot be pooled.
    #[error(
        "the clusters cannot be added up: they must have the same levels and raters, and fewer than 2^64 items in all"
    )]
    ClusterLevels,
}
