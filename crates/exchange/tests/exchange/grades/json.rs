//! Layouts of JSON.

mod flat;

use super::{open, told};
