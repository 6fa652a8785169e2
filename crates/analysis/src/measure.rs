//! The engine's results as the screen's contract knows them.

use crate::Resampled;
use agreement::{MonteCarlo, SampleMean, Undefined};
use serde::Serialize;
use ts_rs::TS;

/// A number with its uncertainty, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(transparent)]
#[ts(rename = "Measure")]
pub struct ReportedMeasure(#[ts(inline)] pub agreement::Measure);

impl ReportedMeasure {
    /// The same with its interval cut at the ends of what the quantity can be.
    pub(crate) fn within(self, [lowest, highest]: [f64; 2]) -> Self {
        Self(self.0.within(lowest, highest))
    }

    /// For tests by Student's t: with its standard error over so many clusters.
    pub(crate) fn sample_mean(&self, clusters: u64) -> Result<SampleMean, Undefined> {
        match &self.0 {
            agreement::Measure::Undefined(why) => Err(*why),
            agreement::Measure::Estimated(found) => {
                let se = found.se.ok_or(Undefined::FewerThanTwoItems)?;
                SampleMean::known(found.estimate, se, clusters as f64 - 1.0)
            }
        }
    }
}

/// A hypothesis test, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[ts(
    rename = "Test",
    type = "{ statistic: number; df?: number; p: number; p_holm: number | null } | { undefined: string }"
)]
pub struct ReportedTest {
    /// The test.
    #[serde(flatten)]
    pub test: agreement::Test,
    /// Its p-value, adjusted by Holm for the others of its family in the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p_holm: Option<f64>,
}

/// Adjusts a family of tests by Holm's procedure; those that could not be made are not counted.
pub(crate) fn adjust<'a>(family: impl Iterator<Item = &'a mut ReportedTest>) {
    let mut made: Vec<&mut ReportedTest> = family.filter(|test| test.test.p().is_some()).collect();
    let p: Vec<f64> = made.iter().filter_map(|test| test.test.p()).collect();
    for (test, adjusted) in made.iter_mut().zip(agreement::holm(&p).unwrap_or_default()) {
        test.p_holm = Some(adjusted);
    }
}

impl ReportedTest {
    /// How its p-value was drawn, if it was.
    pub(crate) fn drawn(&self) -> Option<Resampled> {
        let agreement::Test::Tested(tested) = &self.test else { return None };
        let MonteCarlo { seed, replicates } = tested.monte_carlo?;
        Some(Resampled { replicates: replicates as usize, seed })
    }
}

impl From<agreement::Test> for ReportedTest {
    fn from(test: agreement::Test) -> Self {
        Self { test, p_holm: None }
    }
}
