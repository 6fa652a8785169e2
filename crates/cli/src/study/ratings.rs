//! `primum study ratings`.

use crate::measure::count;
use crate::reading::Reading;
use crate::terminal::print;
use commands::{HowToRead, ImportTable, TableImported};
use std::fmt::Write;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The rater's packet, as it was handed out.
    packet: String,
    /// The table: grades in any layout; items as the packet names them.
    table: String,
    /// The rater in the table, where it has several.
    #[arg(long)]
    rater: Option<String>,
    #[command(flatten)]
    reading: Reading,
    /// The rater's own name.
    #[arg(long)]
    name: String,
    /// When the rater finished the table, such as 2026-04-09T18:00:00Z. A corrected table needs a later
    /// time.
    #[arg(long)]
    at: String,
    /// The table is final: lock the ratings, and say that they were imported.
    #[arg(long)]
    lock: bool,
    /// Leave out cells that cannot be used, and list them.
    #[arg(long)]
    skip_bad: bool,
    /// The ratings file to write.
    #[arg(long)]
    out: String,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { packet, table, rater, reading, name, at, lock, skip_bad, out } = arguments;
    let HowToRead { scales, map, .. } = reading.how()?;
    let import = ImportTable { packet, table, rater, map, scales, name, at, lock, skip_bad, out };
    let TableImported { file, grades, blank, without, left_out, skipped, notes } =
        super::ask(import)?;
    let mut text = format!("{}\nratings  {file}\n", count(grades.into(), "grade"));
    if blank > 0 {
        let _ = writeln!(text, "Note: not rated, because blank: {}", count(blank.into(), "cell"));
    }
    if without > 0 {
        let items = count(without.into(), "item");
        let _ = writeln!(text, "Note: without a grade from the table: {items} of the packet");
    }
    for note in &notes {
        let _ = writeln!(text, "Note: {note}");
    }
    if !skipped.is_empty() {
        let _ = writeln!(text, "\n{} left out:", count(left_out.into(), "cell"));
        for reason in &skipped {
            let _ = writeln!(text, "  {reason}");
        }
    }
    print(&text)
}
