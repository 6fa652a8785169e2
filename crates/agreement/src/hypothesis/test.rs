//! What every hypothesis test returns.

use super::tail;
use crate::Undefined;

/// A test statistic with its p-value, or the reason why there is none.
///
/// Serialises as the fields of [`Tested`], or as `{"undefined": "reason"}`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
pub enum Test {
    /// The test could be made.
    Tested(Tested),
    /// It could not, and this is why.
    Undefined(Undefined),
}

/// A test statistic with its p-value, all finite.
///
/// Serialises as `{"statistic": x, "df": x, "p": x, "convention": […], "monte_carlo": {…}}`, each
/// of the last two and `df` only where the test has one.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Tested {
    /// The statistic, in the unit that its test names.
    pub statistic: f64,
    /// The degrees of freedom, for a statistic referred to a chi-squared or Student's t
    /// distribution.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub df: Option<f64>,
    /// The probability, under the hypothesis, of a statistic at least as extreme: 0 to 1. It is 0
    /// only where the true value is below the smallest 64-bit number.
    pub p: f64,
    /// Which of the definitions in use gave this p-value, for tests that have several.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub convention: Vec<Convention>,
    /// How the p-value was drawn, if it was.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub monte_carlo: Option<MonteCarlo>,
}

/// Which results count as extreme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alternative {
    /// Those at least as far from the expectation, on either side.
    TwoSided,
    /// Twice the smaller of the two one-sided probabilities, at most 1. It differs from
    /// [`Self::TwoSided`] only where the distribution is not symmetric.
    TwoSidedDoubled,
    /// Large ones.
    Greater,
    /// Small ones.
    Less,
}

/// One choice among the definitions of a test that are in use. Serialises in kebab case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Convention {
    /// The p-value is the probability of a statistic at least as far from its expectation.
    TwoSided,
    /// The p-value is twice the smaller one-sided probability, at most 1.
    TwoSidedDoubled,
    /// The p-value is the probability of a statistic as large or larger.
    Greater,
    /// The p-value is the probability of a statistic as small or smaller.
    Less,
    /// From the distribution of the statistic given the ties and zeros that occurred.
    ExactConditional,
    /// From the normal approximation, with the variance given the ties that occurred.
    Normal,
    /// From Student's t approximation.
    StudentT,
    /// The statistic was moved half a step towards its expectation, never past it.
    ContinuityCorrected,
    /// From random draws, as (b + 1)/(B + 1).
    MonteCarlo,
    /// The statistic is the sum of the ranks of the positive differences.
    PositiveRankSum,
    /// Differences of zero were left out before ranking.
    ZerosDropped,
    /// Differences of zero were ranked, then left out (Pratt).
    ZerosRanked,
    /// The statistic is the number of pairs that the first sample wins, ties counting one half.
    FirstSampleWins,
}

/// What reproduces a p-value from random draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct MonteCarlo {
    /// The seed of the generator.
    pub seed: u64,
    /// B, the number of draws.
    pub replicates: u32,
}

impl Test {
    /// The statistic, if the test could be made.
    pub fn statistic(&self) -> Option<f64> {
        self.tested().map(|tested| tested.statistic)
    }

    /// The degrees of freedom, if the test has them.
    pub fn df(&self) -> Option<f64> {
        self.tested()?.df
    }

    /// The p-value, if the test could be made.
    pub fn p(&self) -> Option<f64> {
        self.tested().map(|tested| tested.p)
    }

    /// Why the test could not be made; `None` if it was.
    pub fn undefined(&self) -> Option<Undefined> {
        match self {
            Self::Tested(_) => None,
            Self::Undefined(reason) => Some(*reason),
        }
    }

    fn tested(&self) -> Option<&Tested> {
        match self {
            Self::Tested(tested) => Some(tested),
            Self::Undefined(_) => None,
        }
    }
}

impl Tested {
    /// A result without degrees of freedom, choices or draws.
    pub(super) fn plain(statistic: f64, p: f64) -> Self {
        Self { statistic, df: None, p, convention: Vec::new(), monte_carlo: None }
    }

    /// The same under a named convention.
    pub(super) fn by(self, convention: Vec<Convention>) -> Self {
        Self { convention, ..self }
    }

    /// A statistic referred to the chi-squared distribution.
    pub(super) fn chi_squared(statistic: f64, df: f64) -> Self {
        let p = tail::chi_squared(statistic, df);
        Self { df: Some(df), ..Self::plain(statistic, p) }
    }
}

impl Alternative {
    pub(super) fn convention(self) -> Convention {
        match self {
            Self::TwoSided => Convention::TwoSided,
            Self::TwoSidedDoubled => Convention::TwoSidedDoubled,
            Self::Greater => Convention::Greater,
            Self::Less => Convention::Less,
        }
    }

    /// The same results, of a statistic that counts from the other end.
    pub(super) fn exchanged(self) -> Self {
        match self {
            Self::Greater => Self::Less,
            Self::Less => Self::Greater,
            two_sided => two_sided,
        }
    }

    /// The p-value of a standard normal `z`.
    pub(super) fn normal(self, z: f64) -> f64 {
        match self {
            Self::TwoSided | Self::TwoSidedDoubled => tail::chi_squared(z * z, 1.0),
            Self::Greater => tail::normal(z),
            Self::Less => tail::normal(-z),
        }
    }

    /// The p-value where `greater` and `less` are the two one-sided probabilities of a symmetric
    /// distribution.
    pub(super) fn doubled(self, greater: f64, less: f64) -> f64 {
        match self {
            Self::TwoSided | Self::TwoSidedDoubled => (2.0 * greater.min(less)).min(1.0),
            Self::Greater => greater,
            Self::Less => less,
        }
    }
}

impl<E: Into<Undefined>> From<Result<Tested, E>> for Test {
    fn from(outcome: Result<Tested, E>) -> Self {
        match outcome {
            Ok(tested) => Self::Tested(tested),
            Err(reason) => Self::Undefined(reason.into()),
        }
    }
}
