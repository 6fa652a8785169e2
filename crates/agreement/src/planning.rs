//! Planning: how large a study must be for the interval that it will print, and what a size shows.

mod expectation;
mod goal;
mod joint;
mod kappa_formula;
mod latent;
mod means;
mod outlook;
mod population;
mod search;
mod study;

pub use expectation::{Disagreements, ExpectationError, expected_table};
pub use goal::{Goal, PlanError, design_effect};
pub use kappa_formula::KappaFormula;
pub use latent::{LatentRater, pair_table};
pub use means::{NormalMeans, mean_gap};
pub use outlook::{Outlook, Shown};
pub use population::Population;
pub use search::{Progress, SimulatedStudy, Simulation, outlook, plan_study};
pub use study::{Clusters, RatedStudy};
