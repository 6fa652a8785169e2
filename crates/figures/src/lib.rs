//! Figures of reports, each drawn once: the window shows the shapes, and files hold the same as SVG or PNG. Pure: it
//! takes reports and gives figures.

mod axis;
mod canvas;
mod confusion;
mod curve;
mod file_name;
mod font;
mod forest;
mod heat;
mod label;
mod notes;
mod number;
mod of_agreement;
mod of_findings;
mod of_judge;
mod plane;
mod png;
mod shape;
mod svg;

pub use curve::Curve;
pub use file_name::distinct;
pub use of_agreement::{of_pair, of_panel, of_study};
pub use of_findings::of_findings;
pub use of_judge::of_judges;
pub use png::PngError;
pub use shape::{Anchor, Paint, Shape, Tone};

use analysis::ReportedMeasure;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A figure of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Figure {
    /// What of the report it shows, as a path of its fields.
    pub of: String,
    /// The name of its file, without an ending.
    pub name: String,
    /// What it shows, in a line.
    pub title: String,
    /// Its numbers in words, with every name in full: for those who do not see it.
    pub description: String,
    /// Its width, in the units of its shapes.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// From the back to the front.
    pub shapes: Vec<Shape>,
}
