//! From items to what is simulated, and back.

use super::{PlanClusters, SAMPLES, SAMPLES_OF_SEVERAL};
use agreement::{Clusters, ContingencyTable, PlanError, design_effect};

/// How many items there are to a unit of the simulation.
#[derive(Clone, Copy, Debug)]
pub(super) enum Size<'a> {
    /// An item is a unit, and counts for one of so many.
    Items { design_effect: f64 },
    /// Scenarios of so many items.
    Scenarios { items: f64, correlation: f64 },
    /// Scenarios as in a pilot.
    OfPilot { scenarios: &'a [ContingencyTable], items: f64 },
}

impl<'a> Size<'a> {
    pub(super) fn new(
        clusters: PlanClusters,
        scenarios: &'a [ContingencyTable],
    ) -> Result<Self, PlanError> {
        if !scenarios.is_empty() {
            let all: u64 = scenarios.iter().map(ContingencyTable::n).sum();
            return Ok(Self::OfPilot { scenarios, items: all as f64 / scenarios.len() as f64 });
        }
        match clusters {
            PlanClusters::Independent => Ok(Self::Items { design_effect: 1.0 }),
            PlanClusters::DesignEffect { value } if value >= 1.0 && value.is_finite() => {
                Ok(Self::Items { design_effect: value })
            }
            PlanClusters::DesignEffect { value } => Err(PlanError::DesignEffect(value)),
            PlanClusters::Scenarios { items, correlation } => {
                design_effect(items, correlation)?;
                Ok(match items > 1.0 {
                    true => Self::Scenarios { items, correlation },
                    false => Self::Items { design_effect: 1.0 },
                })
            }
        }
    }

    /// 1 where nothing but the pilot says how items of a scenario are alike.
    pub(super) fn design_effect(self) -> f64 {
        match self {
            Self::Items { design_effect } => design_effect,
            Self::Scenarios { items, correlation } => 1.0 + (items - 1.0) * correlation,
            Self::OfPilot { .. } => 1.0,
        }
    }

    pub(super) fn clusters(self) -> Clusters<'a> {
        match self {
            Self::Items { .. } => Clusters::Independent,
            Self::Scenarios { items, correlation } => Clusters::Alike { items, correlation },
            Self::OfPilot { scenarios, .. } => Clusters::OfPilot(scenarios),
        }
    }

    /// How many studies confirm a plan.
    pub(super) fn samples(self) -> usize {
        match self {
            Self::Items { .. } => SAMPLES,
            Self::Scenarios { .. } | Self::OfPilot { .. } => SAMPLES_OF_SEVERAL,
        }
    }

    pub(super) fn units(self, items: u64) -> u64 {
        let each = match self {
            Self::Items { design_effect } => design_effect,
            Self::Scenarios { items, .. } | Self::OfPilot { items, .. } => items,
        };
        (items as f64 / each).round() as u64
    }

    pub(super) fn items(self, units: u64) -> u64 {
        match self {
            // Rounding must not ask for one item more.
            Self::Items { design_effect } => {
                (units as f64 * design_effect * (1.0 - 1e-12)).ceil() as u64
            }
            Self::Scenarios { items, .. } | Self::OfPilot { items, .. } => {
                (units as f64 * items).round() as u64
            }
        }
    }

    pub(super) fn scenarios(self, units: u64) -> Option<u64> {
        match self {
            Self::Items { .. } => None,
            Self::Scenarios { .. } | Self::OfPilot { .. } => Some(units),
        }
    }
}
