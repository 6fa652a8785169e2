//! Figures of small reports, and of difficult ones.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod files;
mod golden;
mod layout;
mod numbers;
mod samples;
