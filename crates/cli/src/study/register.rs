//! `primum study register`.

use crate::terminal::answer;
use commands::{RegisterFile, StudyView};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The study's file, or its folder.
    study: String,
    /// Files of thresholds for a judge, or batteries of hypotheses.
    #[arg(required = true)]
    files: Vec<String>,
    /// Print JSON: the study with its log.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { study, files, json } = arguments;
    answer(json, &super::ask(RegisterFile { study, files })?, text)
}

fn text(view: &StudyView) -> String {
    match &view.opened_at {
        None => "Registered before the key is opened.\n".into(),
        Some(_) => {
            "Registered, after the key was opened: the log and every report say so.\n".into()
        }
    }
}
