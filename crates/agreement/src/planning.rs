//! Planning: how many items to have rated, and what a number of items will show.

mod expectation;
mod items;
mod joint;
mod kappa;
mod precision;
mod simulation;

pub use expectation::{Disagreements, ExpectationError, expected_table};
pub use items::{Goal, PlanError, Planned, design_effect};
pub use kappa::{plan_kappa, precision_of_kappa};
pub use precision::Precision;
pub use simulation::{Progress, Simulation, plan_by_simulation, precision_by_simulation};
