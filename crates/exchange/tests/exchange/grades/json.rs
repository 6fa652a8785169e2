//! Layouts of JSON.

mod flat;
mod label_studio;

use super::{open, told};
