//! `primum demo`.

use crate::terminal::print;
use commands::{Command, RunExample};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder for the study, its files, the exports and the report.
    #[arg(long, default_value = "primum-demo")]
    out: PathBuf,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let scratch = tempfile::tempdir()?;
    let out = arguments.out.display().to_string();
    let done = RunExample { out }.run(&mut crate::work_at(crate::desk(scratch.path())))?;
    let mut text = crate::agree::table(&done.report) + "\n";
    for ratings in &done.ratings {
        text.push_str(&format!("ratings  {ratings}\n"));
    }
    print(&format!(
        "{text}report   {}\nstudy    {study}\nkey      opens with the passphrase {}\n\n\
         next     primum study show {study}\n\
         or       primum study queue {study}\n",
        done.report_file,
        done.passphrase,
        study = done.study,
    ))
}
