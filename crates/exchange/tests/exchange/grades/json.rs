//! Layouts of JSON.

mod argilla;
mod argilla_1;
mod flat;
mod label_studio;

use super::{open, told};
