//! A figure as a file.

use super::figure_files::{FigureKind, caution};
use crate::contract::Command;
use crate::{Context, Failure};
use figures::Figure;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf, is_separator};
use ts_rs::TS;

/// Writes a figure to a file.
#[derive(Debug, Deserialize, TS)]
pub struct SaveFigure {
    /// The file: `.svg` or `.png`. `.svg` is added to a name with neither.
    pub path: String,
    /// The figure.
    pub figure: Figure,
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
    /// What it does not show as it should, if so.
    pub caution: Option<String>,
}

impl Command for SaveFigure {
    const NAME: &'static str = "save_figure";
    type Reply = FigureSaved;

    fn run(self, _: &mut Context) -> Result<FigureSaved, Failure> {
        // As it was given: the person was asked about just this name.
        let asked = Path::new(&self.path);
        if self.path.trim().is_empty() || self.path.ends_with(is_separator) {
            let message =
                format!("`{}`: found no file name; expected one for the figure.", self.path);
            return Err(Failure::refused(message));
        }
        let (file, kind) = with_ending(asked);
        let bytes = kind.bytes(&self.figure)?;
        if self.replace && file == asked {
            exchange::replace(&file, &bytes)?;
        } else {
            exchange::write_new(&file, &bytes)?;
        }
        let caution = (kind == FigureKind::Png).then(|| caution(&self.figure)).flatten();
        Ok(FigureSaved { file: file.display().to_string(), caution })
    }
}

/// A name is taken as it was typed: `gap-0.25` ends in no ending of its own.
fn with_ending(file: &Path) -> (PathBuf, FigureKind) {
    let has = |kind: &FigureKind| {
        file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(kind.ending()))
    };
    if let Some(kind) = FigureKind::ALL.into_iter().find(has) {
        return (file.to_owned(), kind);
    }
    let mut name = file.as_os_str().to_owned();
    name.push(".svg");
    (name.into(), FigureKind::Svg)
}
