//! Figures of small reports, and of difficult ones.

mod files;
mod golden;
mod layout;
mod numbers;
mod samples;
