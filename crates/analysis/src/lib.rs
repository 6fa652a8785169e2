//! From ratings to findings. Pure: it takes scores and gives values.

mod agreement_report;
mod coefficients;

pub use agreement_report::{AgreementReport, AxisAgreement, CompareError, Measure, compare};
pub use coefficients::{CoefficientReport, Entry, Sample, Value, coefficients};
