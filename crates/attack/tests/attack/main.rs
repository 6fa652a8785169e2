//! Tests of the crate, in one program.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod judge;
mod mutate;
mod power_cut;
mod rater;
mod slice;
mod support;
