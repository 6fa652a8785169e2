//! `primum study receive`.

use crate::terminal::answer;
use anyhow::bail;
use commands::{Fate, FileFate, FilesReceived, ReceiveFiles};
use std::fmt::Write;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The study's file, or its folder.
    study: String,
    /// Ratings files.
    #[arg(required = true)]
    files: Vec<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Prints each file's fate. Where one was refused, the others were still received, and the run
/// counts as failed.
pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { study, files, json } = arguments;
    let received = super::ask(ReceiveFiles { study, files })?;
    answer(json, &received, text)?;
    let reason = |file: &FileFate| match &file.fate {
        Fate::Refused { reason } => Some(format!("refused: {reason}")),
        _ => None,
    };
    let refused: Vec<String> = received.files.iter().filter_map(reason).collect();
    if refused.is_empty() { Ok(()) } else { bail!(refused.join("\nprimum: ")) }
}

fn text(received: &FilesReceived) -> String {
    let mut text = String::new();
    for FileFate { file, fate, notes, .. } in &received.files {
        let fate = match fate {
            Fate::New { records } => format!("{records} new records"),
            Fate::AlreadyThere => "the same file is there already".into(),
            Fate::Superseded => "nothing new; all of it came with other files".into(),
            Fate::Refused { .. } => continue,
        };
        let _ = writeln!(text, "{file}: {fate}");
        for note in notes {
            let _ = writeln!(text, "  {note}");
        }
    }
    text
}
