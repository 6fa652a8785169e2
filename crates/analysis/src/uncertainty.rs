//! How the intervals of a report are made, and how far its computation is.

use crate::Measure;
use agreement::{
    Bootstrap, ContingencyTable, Estimate, Method, ProportionInterval, Resampling, Undefined,
    Weights, bootstrap_clusters, bootstrap_clusters_kappa, bootstrap_kappa, bootstrap_table,
    cohen_kappa, few_items_interval, proportion,
};
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::ops::ControlFlow;
use ts_rs::TS;

/// What intervals take to be independent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Intervals {
    /// Scenarios where they repeat and are enough, items otherwise: from the formula, or by the
    /// jackknife where items are few.
    #[default]
    Auto,
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
    /// What its intervals take to be independent.
    pub intervals: Intervals,
    /// How bootstrap samples are drawn.
    pub resampling: Resampling,
    /// Told after each step how many are done, of how many; may stop the computation.
    pub step: &'a dyn Fn(usize, usize) -> ControlFlow<()>,
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

/// Fewer scenarios than this say too little about how scenarios vary.
pub(crate) const FEWEST_SCENARIOS: usize = 10;

/// With fewer items than this the formulas' intervals cover a coefficient clearly less often than they
/// say: docs/statistics.md has the simulations.
pub(crate) const FEW_ITEMS: u64 = 200;

/// Two raters' grades on one set of items: the table, and its part from each scenario where
/// scenarios are known.
pub(crate) struct Tables {
    pub(crate) all: ContingencyTable,
    pub(crate) by_scenario: Option<Vec<ContingencyTable>>,
}

impl Tables {
    /// How many scenarios the items answer, where that is known.
    pub(crate) fn scenarios(&self) -> Option<usize> {
        self.by_scenario.as_ref().map(Vec::len)
    }

    /// Whether some scenario has several of the items.
    pub(crate) fn scenarios_repeat(&self) -> bool {
        self.scenarios().is_some_and(|scenarios| (scenarios as u64) < self.all.n())
    }

    /// What `wanted` comes to for these items.
    pub(crate) fn intervals(&self, wanted: Intervals) -> Intervals {
        let enough = self.scenarios().is_some_and(|scenarios| scenarios >= FEWEST_SCENARIOS);
        match wanted {
            Intervals::Auto if self.scenarios_repeat() && enough => Intervals::Scenarios,
            Intervals::Auto => Intervals::Formula,
            other => other,
        }
    }

    /// A coefficient with its interval.
    pub(crate) fn measure(
        &self,
        effort: &Effort<'_>,
        of: impl Fn(&ContingencyTable) -> agreement::Measure + Sync,
    ) -> Measure {
        let how = effort.resampling;
        self.with_interval(effort, &of, || match &self.by_scenario {
            Some(clusters) if self.intervals(effort.intervals) == Intervals::Scenarios => {
                bootstrap_clusters(clusters, &of, how)
            }
            _ => bootstrap_table(&self.all, &of, how),
        })
    }

    /// A coefficient of agreement with its interval. Where the formula would be taken and items are
    /// few, the jackknife is.
    pub(crate) fn coefficient(
        &self,
        effort: &Effort<'_>,
        of: impl Fn(&ContingencyTable) -> agreement::Measure + Sync,
    ) -> Measure {
        self.of_few_items(effort, &of).unwrap_or_else(|| self.measure(effort, &of))
    }

    /// Only where nobody asked for the formula; none where the jackknife does not exist either.
    fn of_few_items(
        &self,
        effort: &Effort<'_>,
        of: &dyn Fn(&ContingencyTable) -> agreement::Measure,
    ) -> Option<Measure> {
        let by_default = effort.intervals == Intervals::Auto
            && self.intervals(effort.intervals) == Intervals::Formula;
        if !by_default || self.all.n() >= FEW_ITEMS {
            return None;
        }
        let agreement::Measure::Estimated(found) = of(&self.all) else { return None };
        let interval = Ok(few_items_interval(&self.all, of).ok()?);
        Some(Measure(agreement::Measure::Estimated(Estimate { interval, ..found })))
    }

    /// A share of items. Where it is 0 or 1 in every scenario, resampling them says nothing; the
    /// interval is then Wilson's with scenarios for trials, as if all items of a scenario were one.
    /// Where it is so in every item that was resampled, it is Wilson's with items.
    pub(crate) fn share(
        &self,
        effort: &Effort<'_>,
        of: impl Fn(&ContingencyTable) -> agreement::Measure + Sync,
    ) -> Measure {
        let measure = self.measure(effort, &of);
        if measure.0.undefined() != Some(Undefined::NoVariation) {
            return measure;
        }
        match (&self.by_scenario, self.intervals(effort.intervals)) {
            (Some(scenarios), Intervals::Scenarios) => {
                of_scenarios(scenarios, of).unwrap_or(measure)
            }
            _ => Measure(of(&self.all)),
        }
    }

    /// Cohen's kappa, which has a quick bootstrap of its own.
    pub(crate) fn kappa(&self, effort: &Effort<'_>, weights: Weights<'_>) -> Measure {
        let (how, of) = (effort.resampling, |table: &ContingencyTable| cohen_kappa(table, weights));
        let resample = || match &self.by_scenario {
            Some(clusters) if self.intervals(effort.intervals) == Intervals::Scenarios => {
                bootstrap_clusters_kappa(clusters, weights, how)
            }
            _ => bootstrap_kappa(&self.all, weights, how),
        };
        self.of_few_items(effort, &of).unwrap_or_else(|| self.with_interval(effort, &of, resample))
    }

    fn with_interval(
        &self,
        effort: &Effort<'_>,
        of: &dyn Fn(&ContingencyTable) -> agreement::Measure,
        bootstrap: impl FnOnce() -> Result<Bootstrap, Undefined>,
    ) -> Measure {
        let measure = of(&self.all);
        Measure(match self.intervals(effort.intervals) {
            Intervals::Auto | Intervals::Formula => measure,
            Intervals::Items | Intervals::Scenarios => resampled(measure, bootstrap()),
        })
    }
}

/// Wilson's interval of a share that is 0 in all scenarios or 1 in all.
fn of_scenarios(
    scenarios: &[ContingencyTable],
    of: impl Fn(&ContingencyTable) -> agreement::Measure,
) -> Option<Measure> {
    let shares: Vec<f64> = scenarios.iter().filter_map(|table| of(table).estimate()).collect();
    let trials = shares.len() as u64;
    let all = |value: f64| shares.iter().all(|share| *share == value);
    let successes = if all(1.0) { trials } else { 0 };
    (all(1.0) || all(0.0))
        .then(|| Measure(proportion(successes, trials, ProportionInterval::Wilson)))
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
