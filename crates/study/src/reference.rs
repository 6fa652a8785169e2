//! How the grades that several people gave one item become one number.

use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;

/// What represents several people's grades of one item.
///
/// Only the average leaves a judge who grades as they do without bias: the higher of two grades is
/// above either of them on average, the lower below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Reference {
    /// The mean of the grades. Rates, such as the share of items above a grade, count each person's
    /// grade alike.
    #[default]
    Average,
    /// The median; between two grades their mean.
    Median,
    /// The lowest grade that anybody gave.
    Lower,
    /// The highest grade that anybody gave.
    Upper,
}

impl Reference {
    /// All of them, the default first.
    pub const ALL: [Self; 4] = [Self::Average, Self::Median, Self::Lower, Self::Upper];

    /// The one called `name`, as [`Display`](fmt::Display) writes it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reference| reference.to_string() == name)
    }

    /// What represents `grades`; nothing where there are none.
    pub fn of(self, grades: &[f64]) -> Option<f64> {
        let mut sorted = grades.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (first, last) = (*sorted.first()?, *sorted.last()?);
        let n = sorted.len();
        Some(match self {
            Self::Average => sorted.iter().sum::<f64>() / n as f64,
            Self::Median => (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0,
            Self::Lower => first,
            Self::Upper => last,
        })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Average => "average",
            Self::Median => "median",
            Self::Lower => "lower",
            Self::Upper => "upper",
        })
    }
}
