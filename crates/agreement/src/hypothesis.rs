//! Hypothesis tests, one procedure a file. Each returns a [`Test`].

mod benjamini_yekutieli;
mod bhapkar;
mod bowker;
mod counted;
mod extreme;
mod holm;
mod kappa_equality;
mod kappa_zero;
mod mann_whitney;
mod mcnemar;
mod permutation;
mod rank;
mod spearman;
mod stuart_maxwell;
pub(crate) mod tail;
mod test;
mod tost;
mod untestable;
mod wilcoxon;

pub use benjamini_yekutieli::benjamini_yekutieli;
pub use bhapkar::bhapkar;
pub use bowker::bowker;
pub use holm::holm;
pub use kappa_equality::kappa_equality;
pub use kappa_zero::kappa_zero;
pub use mann_whitney::mann_whitney;
pub use mcnemar::{McNemar, mcnemar};
pub use permutation::permutation;
pub use rank::RankDistribution;
pub use spearman::{CorrelationDistribution, spearman};
pub use stuart_maxwell::stuart_maxwell;
pub use test::{Alternative, Convention, MonteCarlo, Test, Tested};
pub use tost::tost;
pub use untestable::Untestable;
pub use wilcoxon::{Zeros, wilcoxon};
