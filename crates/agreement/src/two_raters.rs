//! Coefficients of two raters, one per file: functions of a [`ContingencyTable`].

pub(crate) mod brennan_prediger;
pub(crate) mod cohen_kappa;
mod diagnosis;
mod exact_agreement;
mod gwet_ac1;
pub(crate) mod gwet_ac2;
mod lin_concordance;
mod maximum_kappa;
mod mean_difference;
pub(crate) mod pairs;
mod prevalence_and_bias;
mod scott_pi;
mod specific_agreement;
mod table;
pub(crate) mod within_agreement;

pub use brennan_prediger::{brennan_prediger, brennan_prediger_weighted};
pub use cohen_kappa::cohen_kappa;
pub use diagnosis::{Finding, diagnosis};
pub use exact_agreement::exact_agreement;
pub use gwet_ac1::gwet_ac1;
pub use gwet_ac2::gwet_ac2;
pub use lin_concordance::lin_concordance;
pub use maximum_kappa::{maximum_kappa, maximum_kappa_of_margins};
pub use mean_difference::mean_difference;
pub use prevalence_and_bias::{bias_index, prevalence_index};
pub use scott_pi::scott_pi;
pub use specific_agreement::specific_agreement;
pub use table::{ContingencyTable, TableError};
pub use within_agreement::within_agreement;
