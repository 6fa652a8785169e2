//! Tests of the crate, in one program: a file here for each file or matter of `src`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod action_agreement;
mod agreement_report;
mod battery;
mod drawn;
mod findings;
mod intervals;
mod judge;
mod panel_report;
mod several_raters;
mod strata;
mod study_agreement;
mod support;
