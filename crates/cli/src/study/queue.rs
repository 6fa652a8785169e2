//! `primum study queue`.

use crate::measure::count;
use crate::terminal::answer;
use commands::{Disagreements, Grade, ListDisagreements};
use std::fmt::Write;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The study's file, or its folder.
    study: String,
    /// List only what is at least so many grades apart.
    #[arg(long, default_value_t = 1)]
    apart: Grade,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let list = ListDisagreements { study: arguments.study };
    let mut found = super::ask(list)?;
    found.queue.retain(|line| line.spread >= arguments.apart);
    answer(arguments.json, &found, text)
}

fn text(found: &Disagreements) -> String {
    let open = found.queue.iter().filter(|line| !line.decided).count();
    let mut text =
        format!("{}, {open} to decide\n", count(found.queue.len() as u64, "disagreement"));
    for line in &found.queue {
        let grades: Vec<String> = line.grades.iter().map(ToString::to_string).collect();
        let decided = if line.decided { "  decided" } else { "" };
        let _ = writeln!(
            text,
            "  {}  {:<16} {:<8} {} apart{decided}",
            line.item,
            line.axis,
            grades.join(" "),
            line.spread
        );
    }
    text
}
