//! What every coefficient returns.

use crate::{Interval, Undefined};

/// A number with its uncertainty, or the reason why it does not exist.
///
/// Serialises as the fields of [`Estimate`], or as `{"undefined": "reason"}`.
///
/// # Example
/// What does not exist has a reason; nothing is NaN:
/// ```
/// use agreement::{ContingencyTable, Undefined, Weights, cohen_kappa};
///
/// let constant = ContingencyTable::from_rows(vec![vec![9, 0], vec![0, 0]]).unwrap();
/// let kappa = cohen_kappa(&constant, Weights::Identity);
/// assert_eq!((kappa.estimate(), kappa.undefined()), (None, Some(Undefined::OneLevel)));
///
/// let complete = ContingencyTable::from_rows(vec![vec![9, 0], vec![0, 4]]).unwrap();
/// let kappa = cohen_kappa(&complete, Weights::Identity);
/// assert_eq!((kappa.estimate(), kappa.interval()), (Some(1.0), None));
/// assert_eq!(kappa.undefined(), Some(Undefined::CompleteAgreement));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Measure {
    /// The quantity exists for this table.
    Estimated(Estimate),
    /// It does not, and this is why.
    Undefined(Undefined),
}

/// A point estimate with its standard error and interval, all finite.
///
/// Serialises as `{"estimate": x, "se": x or null, "interval": {…} or {"undefined": "reason"}}`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Estimate {
    /// The point estimate, in the unit and range of its coefficient.
    pub estimate: f64,
    /// The standard error of the estimate, at least 0; `None` where it cannot be estimated. It is
    /// exactly 0 where the items do not vary.
    pub se: Option<f64>,
    /// The interval at [`crate::LEVEL`], or why there is none. An interval may be missing where the
    /// estimate exists, and reaches beyond the coefficient's range where its method does, unless
    /// [`Measure::within`] cut it.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::serialize::value_or_reason"))]
    #[cfg_attr(feature = "ts", ts(as = "IntervalOrReason"))]
    pub interval: Result<Interval, Undefined>,
}

/// What [`crate::serialize::value_or_reason`] writes.
#[cfg(feature = "ts")]
#[derive(ts_rs::TS)]
#[ts(untagged)]
#[expect(dead_code, reason = "read by the derive alone")]
enum IntervalOrReason {
    Interval(Interval),
    Undefined(Undefined),
}

impl Measure {
    /// The point estimate, if the quantity exists.
    pub fn estimate(&self) -> Option<f64> {
        self.estimated().map(|estimated| estimated.estimate)
    }

    /// The standard error, if it can be estimated.
    pub fn se(&self) -> Option<f64> {
        self.estimated()?.se
    }

    /// The interval, if there is one.
    pub fn interval(&self) -> Option<&Interval> {
        self.estimated()?.interval.as_ref().ok()
    }

    /// The same with its interval cut at the ends of what the quantity can be: [`Interval::within`].
    pub fn within(self, lowest: f64, highest: f64) -> Self {
        match self {
            Self::Estimated(found) => {
                let cut = |interval: Interval| interval.within(found.estimate, lowest, highest);
                Self::Estimated(Estimate { interval: found.interval.map(cut), ..found })
            }
            undefined => undefined,
        }
    }

    /// Why the quantity, or else its interval, is undefined; `None` if both exist.
    pub fn undefined(&self) -> Option<Undefined> {
        match self {
            Self::Estimated(estimated) => estimated.interval.as_ref().err().copied(),
            Self::Undefined(reason) => Some(*reason),
        }
    }

    fn estimated(&self) -> Option<&Estimate> {
        match self {
            Self::Estimated(estimated) => Some(estimated),
            Self::Undefined(_) => None,
        }
    }
}

impl From<Result<Estimate, Undefined>> for Measure {
    fn from(outcome: Result<Estimate, Undefined>) -> Self {
        match outcome {
            Ok(estimated) => Self::Estimated(estimated),
            Err(reason) => Self::Undefined(reason),
        }
    }
}
