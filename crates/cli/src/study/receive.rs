//! `primum study receive`.

use super::show::next_step;
use crate::terminal::{answer, print};
use anyhow::bail;
use commands::{Fate, FileFate, FilesReceived, ReceiveFiles, ShowStudy, TakeSecond};
use std::fmt::Write;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The study's file, or its folder.
    study: String,
    /// Ratings files.
    #[arg(required = true)]
    files: Vec<String>,
    /// Whose ratings count, where two people have rated one packet; of one file.
    #[arg(long, value_enum, requires_all = ["by", "reason"])]
    take: Option<Take>,
    /// The label of the second person [default: the rater's, with a number].
    #[arg(long, requires = "take")]
    label: Option<String>,
    /// Who decides that; stays in the log.
    #[arg(long, value_name = "NAME", requires = "take")]
    by: Option<String>,
    /// Why; stays in the log.
    #[arg(long, requires = "take")]
    reason: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Whose ratings count.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Take {
    /// Those of all files together: they are one person's.
    OnePerson,
    /// Those that arrived first. The file is kept, and does not count.
    First,
    /// Those in the file. Those that arrived first are kept, and do not count.
    Second,
    /// Both: those in the file are a further rater's, on the same items.
    Both,
}

impl From<Take> for commands::Take {
    fn from(take: Take) -> Self {
        match take {
            Take::OnePerson => Self::OnePerson,
            Take::First => Self::First,
            Take::Second => Self::Second,
            Take::Both => Self::Both,
        }
    }
}

const DECIDE: &str = "nothing was received. Give this file again and say whose ratings count: \
                      --take one-person|first|second|both, with --by NAME and --reason REASON.";

/// Prints each file's fate. Where one was refused, the others were still received, and the run
/// counts as failed.
pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { study, files, take, label, by, reason, json } = arguments;
    let second = take.map(|take| TakeSecond {
        take: take.into(),
        label,
        by: by.unwrap_or_default(),
        reason: reason.unwrap_or_default(),
    });
    let received = super::ask(ReceiveFiles { study: study.clone(), files, second })?;
    let reason = |file: &FileFate| match &file.fate {
        Fate::Refused { reason } => Some(format!("refused: {reason}")),
        Fate::TwoPeople { .. } => Some(format!("{}: {DECIDE}", file.file)),
        _ => None,
    };
    let refused: Vec<String> = received.files.iter().filter_map(reason).collect();
    answer(json, &received, text)?;
    if !refused.is_empty() {
        bail!(refused.join("\nprimum: "));
    }
    if json {
        return Ok(());
    }
    print(&format!("next: {}\n", next_step(&super::ask(ShowStudy { study })?)))
}

fn text(received: &FilesReceived) -> String {
    let mut text = String::new();
    for FileFate { file, fate, notes, .. } in &received.files {
        let fate = match fate {
            Fate::New { records } => format!("{records} new records"),
            Fate::AlreadyThere => "the same file is there already".into(),
            Fate::Superseded => "nothing new; all of it came with other files".into(),
            Fate::TwoPeople { rater, first, second, .. } => {
                format!("two people seem to have rated the packet of {rater}, {first} and {second}")
            }
            Fate::Refused { .. } => continue,
        };
        let _ = writeln!(text, "{file}: {fate}");
        for note in notes {
            let _ = writeln!(text, "  {note}");
        }
    }
    text
}
