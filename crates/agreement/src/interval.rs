//! Intervals for one estimate, each method in its own file.

mod basic;
mod bca;
mod clopper_pearson;
mod f_quantile;
mod fisher_z;
mod normal;
mod percentile;
mod student_t;
mod wilson;

pub(crate) use basic::basic;
pub(crate) use bca::bca;
pub(crate) use clopper_pearson::clopper_pearson;
pub(crate) use f_quantile::f_quantile;
pub(crate) use fisher_z::fisher_z;
pub(crate) use normal::{normal, quantile as normal_quantile};
pub(crate) use percentile::percentile;
pub(crate) use student_t::{quantile as student_t_quantile, student_t};
pub(crate) use wilson::{score_bounds, wilson};

/// The confidence level of every interval in this crate.
pub const LEVEL: f64 = 0.95;

/// The probability below the upper bound of a two-sided interval at [`LEVEL`].
pub(crate) const UPPER_TAIL: f64 = 0.5 + LEVEL / 2.0;

/// A two-sided confidence interval in the unit of its estimate: as its method gives it, until
/// [`Self::within`] cuts it.
///
/// # Example
/// Wilson's interval of 10 successes in 10 trials, (n / (n + z²), 1):
/// ```
/// use agreement::{Method, ProportionInterval, proportion};
///
/// let share = proportion(10, 10, ProportionInterval::Wilson);
/// let interval = share.interval().unwrap();
/// assert_eq!(format!("{:.3} to {:.3}", interval.lo, interval.hi), "0.722 to 1.000");
/// assert_eq!((interval.level, interval.method), (0.95, Method::Wilson));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Interval {
    /// The lower bound.
    pub lo: f64,
    /// The upper bound, at least `lo`.
    pub hi: f64,
    /// The confidence level, a probability.
    pub level: f64,
    /// How the bounds were computed.
    pub method: Method,
    /// What the plain jackknife over clusters gives, beside an interval that is not plain: for
    /// comparison with others' work. It covers less often than it says where clusters are few or one
    /// grade prevails.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub plain: Option<Bounds>,
    /// Whether its method reached beyond what the quantity can be, so that it was cut there.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "std::ops::Not::not"))]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<bool>"))]
    pub cut: bool,
}

/// Two bounds at [`LEVEL`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Bounds {
    /// The lower one.
    pub lo: f64,
    /// The upper one.
    pub hi: f64,
}

impl Interval {
    /// This interval of `estimate` and the plain bounds beside it, cut at the ends of what the quantity can
    /// be; never short of the estimate.
    pub fn within(self, estimate: f64, lowest: f64, highest: f64) -> Self {
        let cut = |bounds: Bounds| Bounds {
            lo: bounds.lo.max(lowest).min(estimate),
            hi: bounds.hi.min(highest).max(estimate),
        };
        let own = Bounds::of(&self);
        let Bounds { lo, hi } = cut(own);
        Self {
            lo,
            hi,
            plain: self.plain.map(cut),
            cut: self.cut || (lo, hi) != (own.lo, own.hi),
            ..self
        }
    }

    pub(crate) fn between(lo: f64, hi: f64, method: Method) -> Self {
        Self { lo, hi, level: LEVEL, method, plain: None, cut: false }
    }
}

impl Bounds {
    pub(crate) fn of(interval: &Interval) -> Self {
        Self { lo: interval.lo, hi: interval.hi }
    }
}

/// How an interval was computed. Serialises in kebab case: `normal`, `student-t`, …
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[non_exhaustive]
pub enum Method {
    /// Estimate ± normal quantile × standard error.
    Normal,
    /// Estimate ± Student's t quantile × standard error.
    StudentT,
    /// Fisher's z of the estimate ± Student's t quantile × its jackknife standard error.
    FisherZ,
    /// The jackknife over clusters after adding a pseudo-item, on Fisher's scale for a coefficient.
    AugmentedJackknife,
    /// The score interval for a proportion, without continuity correction.
    Wilson,
    /// The same for as many items as those in clusters are worth, with a quantile of Student's t.
    WilsonDesignEffect,
    /// The exact interval for a proportion.
    ClopperPearson,
    /// From the F distribution of a ratio of mean squares.
    F,
    /// Quantiles of bootstrap replicates.
    BootstrapPercentile,
    /// Quantiles of bootstrap replicates, reflected about the estimate.
    BootstrapBasic,
    /// Quantiles of bootstrap replicates, corrected for bias and acceleration.
    BootstrapBca,
}

impl std::fmt::Display for Method {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Normal => "normal",
            Self::StudentT => "Student's t",
            Self::FisherZ => "jackknife of Fisher's z",
            Self::AugmentedJackknife => "augmented jackknife",
            Self::Wilson => "Wilson",
            Self::WilsonDesignEffect => "Wilson with design effect",
            Self::ClopperPearson => "Clopper–Pearson",
            Self::F => "F",
            Self::BootstrapPercentile => "bootstrap percentile",
            Self::BootstrapBasic => "bootstrap basic",
            Self::BootstrapBca => "bootstrap BCa",
        })
    }
}

/// The interval `estimate ± reach`.
fn symmetric(estimate: f64, reach: f64, method: Method) -> Interval {
    Interval::between(estimate - reach, estimate + reach, method)
}
