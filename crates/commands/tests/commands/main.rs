//! Tests of the crate, in one program: a file here for each file or matter of `src`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod agreement;
mod battery;
mod begun;
mod calibration;
mod coefficients;
mod contract;
mod conversation;
mod create_study;
mod example_study;
mod export;
mod export_study;
mod findings;
mod formatted;
mod import_table;
mod judge;
mod lead;
mod library;
mod lock;
mod make_packets;
mod plan;
mod rating_loop;
mod recent;
mod save_figure;
mod support;
mod texts;
