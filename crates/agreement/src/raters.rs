//! Coefficients of any number of raters, one per file: functions of a [`RatingMatrix`].

mod agreement_of_all;
mod brennan_prediger_raters;
mod conger_kappa;
mod fleiss_kappa;
mod gwet_ac;
pub(crate) mod icc;
pub(crate) mod items;
pub(crate) mod kendall_w;
mod krippendorff_alpha;
mod light_kappa;
pub(crate) mod ratings;

pub use agreement_of_all::{agreement_of_all, pairwise_agreement};
pub use brennan_prediger_raters::brennan_prediger_raters;
pub use conger_kappa::conger_kappa;
pub use fleiss_kappa::{fleiss_kappa, fleiss_kappa_pooled};
pub use gwet_ac::gwet_ac;
pub use icc::{IccForm, icc};
pub use kendall_w::kendall_w;
pub use krippendorff_alpha::{Distance, krippendorff_alpha};
pub use light_kappa::light_kappa;
pub use ratings::{RatingError, RatingMatrix, RatingRow};
