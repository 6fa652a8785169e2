//! `primum study export`.

use crate::terminal::print;
use commands::ExportStudy;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The study's file, or its folder.
    study: String,
    /// The folder to write to; files of the same names in it are refused.
    #[arg(long)]
    folder: String,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { study, folder } = arguments;
    let files = super::ask(ExportStudy { study, folder })?.files;
    print(&(files.join("\n") + "\n"))
}
