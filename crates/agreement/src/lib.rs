//! Agreement coefficients and their intervals, as functions of contingency tables.
//!
//! Two raters grade the same items on one ordinal scale. The caller counts the pairs of grades into
//! a [`ContingencyTable`] whose number of levels is declared by the rubric, and asks for a
//! coefficient. The answer is a [`Measure`]: an estimate with its standard error and interval, or
//! the reason why the quantity does not exist. No function here returns NaN or an infinity.
//!
//! | function | estimand | standard error | interval |
//! | --- | --- | --- | --- |
//! | [`cohen_kappa`] | Cohen's kappa, weighted by [`Weights`] | Fleiss, Cohen & Everitt 1969 | normal |
//! | [`gwet_ac1`] | Gwet's AC1 | Gwet 2008 | normal |
//! | [`brennan_prediger`] | Brennan–Prediger coefficient | binomial | normal |
//! | [`exact_agreement`] | probability of the same level | binomial | Wilson 1927 |
//! | [`within_agreement`] | probability of levels at most k apart | binomial | Wilson 1927 |
//! | [`mean_difference`] | mean of first rater minus second | paired | Student's t |
//!
//! Uncertainty without a formula comes from resampling: [`jackknife`], [`bootstrap_table`] for any
//! statistic, [`bootstrap_kappa`] for the kappas, [`bootstrap_clusters`] where the items come in
//! clusters, [`bootstrap_difference`] for two coefficients of the same items, and
//! [`bootstrap_alpha`] for many raters. What a replicate costs grows with the number of different
//! items or clusters, not with how many there are, and the same seed draws the same replicates on
//! any machine and any number of threads.
//!
//! How many items to have rated is for [`plan_kappa`] by formula and [`plan_by_simulation`] for any
//! coefficient.
//!
//! The crate knows nothing of medicine and does no input or output.

mod brennan_prediger;
mod cohen_kappa;
mod exact_agreement;
mod gwet_ac1;
mod interval;
mod mean_difference;
mod measure;
mod pairs;
mod planning;
mod resample;
mod table;
mod undefined;
mod weights;
mod within_agreement;

pub use brennan_prediger::brennan_prediger;
pub use cohen_kappa::cohen_kappa;
pub use exact_agreement::exact_agreement;
pub use gwet_ac1::gwet_ac1;
pub use interval::{Interval, LEVEL, Method};
pub use mean_difference::mean_difference;
pub use measure::{Estimate, Measure};
pub use planning::{Goal, PlanError, Planned, Progress, plan_by_simulation, plan_kappa};
pub use resample::{
    Binomial, Bootstrap, Difference, Distance, Draw, Jackknife, JointCounts, LevelCounts,
    Multinomial, Resampling, Units, bootstrap_alpha, bootstrap_clusters, bootstrap_clusters_kappa,
    bootstrap_difference, bootstrap_difference_clusters, bootstrap_kappa, bootstrap_table,
    jackknife,
};
pub use table::{ContingencyTable, TableError};
pub use undefined::Undefined;
pub use weights::Weights;
pub use within_agreement::within_agreement;
