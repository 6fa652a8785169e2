//! Why a hypothesis test has no answer.

/// Why a test is undefined for reasons of its own, worded with what to do instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Untestable {
    /// The raters agreed on every item, so a comparison of their disagreements is 0/0.
    #[error(
        "no discordant items: the raters put every item on the same side, so there is no disagreement whose direction could be tested"
    )]
    NoDiscordantItems,
    /// Every item moved consistently: the variance under the alternative is 0.
    #[error(
        "the statistic is infinite: the second rater moved every item by the same step, which leaves no variance to compare with; read the Stuart–Maxwell test"
    )]
    InfiniteStatistic,
    /// The cut does not divide the scale into two sides.
    #[error(
        "a cut at level {cut} does not divide {levels} levels counted from 0; give a cut from 1 to {}",
        levels - 1
    )]
    Cut {
        /// The first level of the upper side.
        cut: usize,
        /// Levels in the table.
        levels: usize,
    },
    /// There is nothing to compare.
    #[error("fewer than two strata: give one table for each stratum that is to be compared")]
    FewerThanTwoStrata,
    /// Strata were graded on different scales.
    #[error(
        "the tables of the strata have different numbers of levels; compare strata of one scale"
    )]
    TablesDiffer,
    /// A stratum's kappa has no standard error above 0 to weigh it by.
    #[error(
        "stratum {stratum}, counted from 0, has no standard error above 0 to weigh its kappa by; leave it out, and say so"
    )]
    Stratum {
        /// Position of the stratum, from 0.
        stratum: usize,
    },
    /// A sample has no items.
    #[error("a sample has no items; give at least one value with a count above 0")]
    EmptySample,
    /// A value is NaN, infinite, or too large to compute with.
    #[error("a value is not a number of at most 1e100 in size; give numbers on the scale")]
    ValueRange,
    /// All differences are zero, so none has a sign.
    #[error("no differences: every item has the difference 0, so there is no sign to test")]
    NoDifferences,
    /// All values are equal, so ranks do not vary.
    #[error(
        "all values are equal, so their ranks have no variance for a normal approximation; the exact distribution gives p = 1"
    )]
    AllEqual,
    /// The exact or drawn distribution would take too long.
    #[error(
        "too many items for this distribution, which would take too long; ask for the approximation"
    )]
    TooManyItems,
    /// A correlation says nothing about two items.
    #[error("fewer than three items: two items are always in perfect order or reverse order")]
    FewerThanThreeItems,
    /// One of the two variables is constant, so the correlation is 0/0.
    #[error("one of the two values is the same for every item, so it has no order to compare")]
    ConstantValues,
    /// A perfect correlation has no t.
    #[error("the ranks agree perfectly or are reversed, where t is infinite; ask for permutations")]
    PerfectCorrelation,
    /// No draws were asked for.
    #[error("no replicates: ask for at least one, and for 9,999 to publish")]
    NoReplicates,
    /// A p-value to be corrected is not a probability.
    #[error("p-value {position}, counted from 0, is not from 0 to 1; leave undefined tests out")]
    Probability {
        /// Position of the value, from 0.
        position: usize,
    },
    /// The bounds of equivalence do not enclose anything.
    #[error(
        "the margin is empty: the lower bound must be below the upper, both numbers of at most 1e100 in size"
    )]
    Margin,
}
