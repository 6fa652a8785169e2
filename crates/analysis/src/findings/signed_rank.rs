//! The one-sided signed-rank test as findings report it.

use agreement::{Alternative, RankDistribution, Rational, Zeros, holm, wilcoxon};
use serde::Serialize;
use ts_rs::TS;

const CONVENTION: &str = "W is the sum of the ranks of the positive differences, zeros dropped, ties given midranks; \
     p is one-sided, by the normal approximation with the tie correction and without continuity \
     correction; the exact p is one-sided, from the distribution given the ties that occurred";

/// Wilcoxon's signed rank test of whether differences tend to be above 0, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(untagged)]
pub enum SignedRank {
    /// The test.
    Made {
        /// The sum of the ranks of the positive differences, after zeros were dropped.
        #[serde(rename = "W")]
        w: f64,
        /// One-sided, by the normal approximation with the tie correction and without continuity
        /// correction.
        p: f64,
        /// One-sided, from the exact distribution given the ties; none where it would take too long.
        p_exact: Option<f64>,
        /// `p_exact`, or `p` where there is none, adjusted by Holm for the others of its family; none
        /// outside a family.
        p_holm: Option<f64>,
        /// How many differences are not 0.
        #[ts(type = "number")]
        n_nonzero: u64,
        /// Always `greater`.
        alternative: String,
        /// The definitions used, in words.
        convention: String,
    },
    /// There is none.
    Undefined {
        /// Why.
        undefined: String,
    },
}

impl SignedRank {
    /// The test of `differences`.
    pub(crate) fn of(differences: impl IntoIterator<Item = Rational>) -> Self {
        let counted: Vec<(f64, u64)> =
            differences.into_iter().map(|difference| (difference.to_f64(), 1)).collect();
        let test =
            |distribution| wilcoxon(&counted, Zeros::Dropped, distribution, Alternative::Greater);
        let normal = test(RankDistribution::Normal);
        let (Some(w), Some(p)) = (normal.statistic(), normal.p()) else {
            let why = normal.undefined().map(|why| why.to_string()).unwrap_or_default();
            return Self::Undefined { undefined: why };
        };
        Self::Made {
            // A sum of none is −0.
            w: w + 0.0,
            p,
            p_exact: test(RankDistribution::ExactConditional).p(),
            p_holm: None,
            n_nonzero: counted.iter().filter(|(difference, _)| *difference != 0.0).count() as u64,
            alternative: "greater".into(),
            convention: CONVENTION.into(),
        }
    }

    fn best_p(&self) -> Option<f64> {
        match self {
            Self::Made { p, p_exact, .. } => Some(p_exact.unwrap_or(*p)),
            Self::Undefined { .. } => None,
        }
    }
}

/// Adjusts a family of tests by Holm's procedure; those that could not be made are not counted.
pub(crate) fn adjust_ranks<'a>(family: impl Iterator<Item = &'a mut SignedRank>) {
    let mut made: Vec<&mut SignedRank> = family.filter(|test| test.best_p().is_some()).collect();
    let p: Vec<f64> = made.iter().filter_map(|test| test.best_p()).collect();
    for (test, adjusted) in made.iter_mut().zip(holm(&p).unwrap_or_default()) {
        if let SignedRank::Made { p_holm, .. } = test {
            *p_holm = Some(adjusted);
        }
    }
}
