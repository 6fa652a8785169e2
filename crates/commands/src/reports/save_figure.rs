//! A figure as a file.

use crate::contract::Command;
use crate::{Context, Failure};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf, is_separator};
use ts_rs::TS;

/// Writes a figure to a file.
#[derive(Debug, Deserialize, TS)]
pub struct SaveFigure {
    /// The file; `.svg` is added to a name without it.
    pub path: String,
    /// The figure as an SVG document.
    pub svg: String,
    /// Whether the person was asked if a file of just this path may be replaced, as the system's dialog
    /// does. Where `.svg` is added nobody was asked, and a file that is there is refused.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub replace: bool,
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

    fn run(self, _: &mut Context) -> Result<FigureSaved, Failure> {
        if !self.svg.starts_with("<svg ") {
            let start: String = self.svg.chars().take(20).collect();
            let message = format!("save_figure: found `{start}`; expected an SVG document");
            return Err(Failure::misused(message));
        }
        let asked = Path::new(self.path.trim());
        if asked.as_os_str().is_empty() || self.path.trim_end().ends_with(is_separator) {
            let message =
                format!("`{}`: found no file name; expected one for the figure.", self.path);
            return Err(Failure::refused(message));
        }
        let file = with_ending(asked);
        let bytes = format!("{}\n", self.svg);
        if self.replace && file == asked {
            exchange::replace(&file, bytes.as_bytes())?;
        } else {
            exchange::write_new(&file, bytes.as_bytes())?;
        }
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
