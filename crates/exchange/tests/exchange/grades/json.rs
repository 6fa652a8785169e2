//! Layouts of JSON.

mod argilla;
mod argilla_1;
mod flat;
mod health_bench;
mod inspect;
mod label_studio;

use super::{open, told};
