//! Tests of the crate, in one program: a file here for each file or matter of `src`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod age_tools;
mod battery;
mod calibration;
mod counts;
mod door;
mod envelope;
mod file;
mod grades;
mod hostile;
mod large_table;
mod packet;
mod parquet;
mod passphrase;
mod problems;
mod ratings;
mod real_data;
mod responses;
mod scenarios;
mod schemas;
mod score_lines;
mod score_source;
mod seal;
mod support;
mod thresholds;
mod written;
