//! From ratings to findings. Pure: it takes scores and gives values.

mod agreement_report;

pub use agreement_report::{AgreementReport, AxisAgreement, CompareError, Measure, compare};
