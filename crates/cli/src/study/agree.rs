//! `primum study agree`.

use crate::agree::{Intervals, check_replicates};
use crate::terminal::answer;
use commands::{MeasureStudy, StudyAgreement};
use std::fmt::Write;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The study's file, or its folder.
    study: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// How intervals are made.
    #[arg(long, value_enum, default_value_t)]
    intervals: Intervals,
    /// How many bootstrap samples are drawn, where intervals need them [default: 2000].
    #[arg(long)]
    replicates: Option<usize>,
    /// The seed of bootstrap samples [default: 1].
    #[arg(long)]
    seed: Option<u64>,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { study, json, intervals, replicates, seed } = arguments;
    check_replicates(replicates, intervals)?;
    let measure = MeasureStudy { study, intervals: intervals.into(), replicates, seed };
    answer(json, &super::ask(measure)?, text)
}

fn text(agreement: &StudyAgreement) -> String {
    let mut text = String::new();
    for missing in &agreement.missing {
        let _ = writeln!(text, "Note: {missing}");
    }
    if agreement.pairs.is_empty() {
        text.push_str("No two raters have sent ratings of the same items.\n");
    }
    let pairs = agreement.pairs.iter().map(crate::agree::pair_table);
    let panel = agreement.panel.iter().map(crate::panel::table);
    let repeats = agreement.repeats.iter().map(|repeat| {
        format!("{} with themselves\n{}", repeat.rater, crate::agree::pair_table(&repeat.report))
    });
    text + &pairs.chain(panel).chain(repeats).collect::<Vec<_>>().join("\n")
}
