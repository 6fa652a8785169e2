//! Resampling: uncertainty without a formula.
//!
//! All of it reduces to kinds of units with weights. A replicate is a multinomial draw of how many
//! units are of each kind, and a statistic is a function of these counts.

mod alpha;
mod binomial;
mod bootstrap;
mod cluster;
mod corrected_mean;
mod difference;
pub mod elementary;
mod jackknife;
mod kappa;
mod level_counts;
mod multinomial;
mod patterns;
mod ratings;
mod replicates;
mod sums;
mod units;

pub use crate::draw::Draw;
pub use alpha::{bootstrap_alpha, bootstrap_alpha_clusters};
pub use binomial::Binomial;
pub use bootstrap::{Bootstrap, bootstrap_kappa, bootstrap_table};
pub(crate) use bootstrap::{OfCount, deviation};
pub use cluster::{bootstrap_clusters, bootstrap_clusters_kappa};
pub use corrected_mean::{bootstrap_corrected_mean, bootstrap_corrected_mean_clusters};
pub use difference::{
    Difference, JointCounts, bootstrap_difference, bootstrap_difference_clusters,
};
pub use jackknife::{Jackknife, jackknife, leave_one_out, leave_one_out_of_many};
pub use level_counts::LevelCounts;
pub use multinomial::Multinomial;
pub(crate) use multinomial::{Alias, alias, one};
pub use ratings::{bootstrap_ratings, bootstrap_ratings_clusters};
pub use replicates::Resampling;
pub(crate) use replicates::{FromDraws, OfCounts, replicates};
pub(crate) use sums::APART;
pub use sums::{
    difference_clusters, gap_clusters, mean_clusters, measure_clusters, rate_clusters, rate_step,
    share_clusters,
};
pub use units::Units;
