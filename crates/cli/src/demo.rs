//! `primum demo`.

use commands::{Command, RunExample};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder for the exports and the report.
    #[arg(long, default_value = "primum-demo")]
    out: PathBuf,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let scratch = tempfile::tempdir()?;
    let out = arguments.out.display().to_string();
    let done = RunExample { out }.run(&mut crate::desk(scratch.path()))?;
    print!("{}", crate::agree::table(&done.report));
    println!();
    for ratings in &done.ratings {
        println!("ratings  {ratings}");
    }
    println!("report   {}", done.report_file);
    Ok(())
}
