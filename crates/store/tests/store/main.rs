//! Tests of the crate, in one program: a file here for each file or matter of `src`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[cfg(unix)]
mod archived;
mod calibration;
mod connection;
mod durability;
mod file_turn;
mod instructions;
mod item;
mod last_shown;
mod lock;
mod packet;
mod rater_name;
mod record;
mod scenario;
mod study_store;
mod support;
mod visit;
