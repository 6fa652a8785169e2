//! `--figures`, for every command whose report has some.

use crate::terminal::note;
use clap::ValueEnum;
use commands::{Command, Failure, FigureFolder, FigureFormat, first_few};
use std::path::PathBuf;

/// The most files that are named one by one.
const MOST_NAMED: usize = 12;

#[derive(clap::Args)]
pub(crate) struct Figures {
    /// Also draw the figures into this folder, one file each. No file is written over another.
    #[arg(long, value_name = "DIR")]
    figures: Option<PathBuf>,
    /// What figures are written as.
    #[arg(long, value_enum, default_value_t, requires = "figures")]
    figure_format: Format,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    /// For journals, and to be edited.
    #[default]
    Svg,
    /// Pixels: about 300 to the inch at 17 cm.
    Png,
    /// Both.
    Both,
}

impl Figures {
    /// The folder, where one was given and can be written to: to be asked before the work.
    pub(crate) fn folder(self) -> Result<Option<FigureFolder>, Failure> {
        let format = match self.figure_format {
            Format::Svg => FigureFormat::Svg,
            Format::Png => FigureFormat::Png,
            Format::Both => FigureFormat::Both,
        };
        self.figures.map(|folder| FigureFolder::new(folder, format)).transpose()
    }
}

/// Writes a report's figures where there is a folder for them, and says on standard error what it wrote.
pub(crate) fn write_figures<C: Command>(
    folder: Option<FigureFolder>,
    report: &C::Reply,
) -> anyhow::Result<()> {
    let (Some(folder), Some(draw)) = (folder, C::DRAW) else { return Ok(()) };
    let figures = draw(report);
    let place = folder.path().display();
    if figures.is_empty() {
        note(&format!("{place}: nothing was written, as the report has no figures."));
        return Ok(());
    }
    let written = folder.write(&figures)?;
    note(&match written.files.as_slice() {
        few if few.len() <= MOST_NAMED => format!("{place}: wrote {}.", few.join(", ")),
        many => format!("{place}: wrote {} files: {}.", many.len(), first_few(many)),
    });
    written.cautions.iter().for_each(|caution| note(caution));
    Ok(())
}
