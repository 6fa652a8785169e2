//! Planning: how many items to have rated.

mod items;
mod kappa;
mod simulation;

pub use items::{Goal, PlanError, Planned};
pub use kappa::plan_kappa;
pub use simulation::{Progress, plan_by_simulation};
