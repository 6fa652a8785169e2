//! How the intervals of a report are made, and how far its computation is.

use crate::Resampled;
use agreement::{Bootstrap, Estimate, Method, Resampling, Undefined};
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::ops::ControlFlow;
use ts_rs::TS;

/// How intervals are made, and what they treat as independent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Intervals {
    /// The default of docs/statistics.md: scenarios where they repeat, items otherwise.
    #[default]
    Auto,
    /// The same, assuming that disagreement which was not seen may be of any distance.
    Cautious,
    /// The plain jackknife: scenarios where they repeat, items otherwise.
    Plain,
    /// Items: from the formula of each coefficient.
    Formula,
    /// Items: from bootstrap samples of items.
    Items,
    /// Scenarios: from bootstrap samples of whole scenarios.
    Scenarios,
}

/// How a report is to be computed.
#[derive(Clone, Copy)]
pub struct Effort<'a> {
    /// What its intervals treat as independent.
    pub intervals: Intervals,
    /// How bootstrap samples are drawn.
    pub resampling: Resampling,
    /// Told after each step how many are done, of how many; may stop the computation.
    pub step: &'a dyn Fn(usize, usize) -> ControlFlow<()>,
}

impl Effort<'_> {
    /// How bootstrap samples are drawn, where any are.
    pub(crate) fn drawn(&self) -> Option<Resampled> {
        matches!(self.intervals, Intervals::Items | Intervals::Scenarios)
            .then(|| self.resampling.into())
    }
}

/// The computation was stopped between two steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stopped;

/// The steps of one report.
pub(crate) struct Steps<'a> {
    pub(crate) effort: Effort<'a>,
    done: Cell<usize>,
    all: usize,
}

impl<'a> Steps<'a> {
    pub(crate) fn new(effort: Effort<'a>, all: usize) -> Self {
        Self { effort, done: Cell::new(0), all }
    }

    pub(crate) fn advance(&self) -> Result<(), Stopped> {
        self.done.set(self.done.get() + 1);
        match (self.effort.step)(self.done.get(), self.all) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stopped),
        }
    }
}

/// The estimate with the bootstrap's uncertainty, or with the reason why there is none.
pub(crate) fn resampled(
    measure: agreement::Measure,
    outcome: Result<Bootstrap, Undefined>,
) -> agreement::Measure {
    match (outcome, measure) {
        (Ok(bootstrap), _) => bootstrap.measure(Method::BootstrapBca),
        (Err(reason), agreement::Measure::Estimated(estimated)) => {
            let interval = Err(reason);
            agreement::Measure::Estimated(Estimate { se: None, interval, ..estimated })
        }
        (Err(_), undefined) => undefined,
    }
}
