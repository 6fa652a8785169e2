//! `primum study`: the lead author's whole job by the built program alone.

mod amend;
mod blinding;
mod calibration;
mod check;
mod draft;
mod export;
mod foreign;
mod further;
mod lead;
mod merge;
mod packages;
mod real;
mod register;
mod whole_job;
mod xstest;

pub use lead::Lead;
