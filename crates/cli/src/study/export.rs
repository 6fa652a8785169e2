//! `primum study export`.

use crate::terminal::answer;
use commands::{ExportStudy, quoted};

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
    answer(json, &exported, |exported| {
        let kappa = exported.files.iter().find(|file| file.ends_with("kappa.py"));
        let next = kappa.map(|file| format!("next: python3 {}\n", quoted(file)));
        exported.files.join("\n") + "\n" + &next.unwrap_or_default()
    })
}
