//! Tests of the crate, in one program: a file here for each file or matter of `src`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[cfg(unix)]
mod archived;
mod calibration;
mod connection;
mod durability;
mod instructions;
mod item;
mod lock;
mod migration;
mod packet;
mod place;
mod rater_name;
mod record;
mod scenario;
mod study_store;
mod support;
mod turn;
