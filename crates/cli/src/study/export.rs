//! `primum study export`.

use crate::terminal::answer;
use commands::ExportStudy;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The study's file, or its folder.
    study: String,
    /// The folder to write to; files of the same names in it are refused.
    #[arg(long)]
    folder: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { study, folder, json } = arguments;
    let exported = super::ask(ExportStudy { study, folder })?;
    answer(json, &exported, |exported| exported.files.join("\n") + "\n")
}
