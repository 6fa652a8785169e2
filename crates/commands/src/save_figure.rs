//! A figure as a file.

use crate::contract::Command;
use crate::{Desk, Failure};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use ts_rs::TS;

/// Writes a figure to a file that is not there yet.
#[derive(Debug, Deserialize, TS)]
pub struct SaveFigure {
    /// The file; `.svg` is added to a name without it.
    pub path: String,
    /// The figure as an SVG document.
    pub svg: String,
}

/// What was written.
#[derive(Debug, Serialize, TS)]
pub struct FigureSaved {
    /// The file.
    pub file: String,
}

impl Command for SaveFigure {
    const NAME: &'static str = "save_figure";
    type Reply = FigureSaved;

    fn run(self, _: &mut Desk) -> Result<FigureSaved, Failure> {
        if !self.svg.starts_with("<svg ") {
            let start: String = self.svg.chars().take(20).collect();
            let message = format!("save_figure: found `{start}`; expected an SVG document");
            return Err(Failure::Misused { message });
        }
        let file = with_ending(Path::new(self.path.trim()));
        exchange::write_new(&file, format!("{}\n", self.svg).as_bytes())?;
        Ok(FigureSaved { file: file.display().to_string() })
    }
}

/// A name is taken as it was typed: `gap-0.25` ends in no ending of its own.
fn with_ending(file: &Path) -> PathBuf {
    if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg")) {
        return file.to_owned();
    }
    let mut name = file.as_os_str().to_owned();
    name.push(".svg");
    name.into()
}
