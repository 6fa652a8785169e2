//! `primum study agree`.

use crate::comparing::{check_replicates, write_csv};
use crate::figures::{Figures, write_figures};
use crate::intervals::Intervals;
use crate::terminal::answer;
use anyhow::bail;
use commands::{MeasureStudy, MeasureTable, StudyAgreement};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The study's file, or its folder.
    study: String,
    /// Only this axis. To be given once for each.
    #[arg(long = "axis")]
    axes: Vec<String>,
    /// Print the whole report of every pair, where more than two raters make many of them.
    #[arg(long)]
    pairs: bool,
    /// Leave the pairs out of JSON, CSV and figures too: only the agreement of all raters together, and of raters with
    /// themselves.
    #[arg(long, conflicts_with = "pairs")]
    panel_only: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Also write the numbers to a new CSV file: one row per axis, raters and coefficient.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    #[command(flatten)]
    figures: Figures,
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
    let Arguments { study, axes, pairs, panel_only, json, csv, .. } = arguments;
    let Arguments { figures, intervals, replicates, seed, .. } = arguments;
    check_replicates(replicates, intervals)?;
    let folder = figures.folder()?;
    let measure = MeasureStudy { study, intervals: intervals.into(), replicates, seed };
    let mut agreement = super::ask(measure)?;
    keep_axes(&mut agreement, &axes)?;
    if panel_only {
        leave_panel(&mut agreement)?;
    }
    write_csv(csv, || MeasureTable::of_study(&agreement))?;
    write_figures::<MeasureStudy>(folder, &agreement)?;
    answer(json, &agreement, |agreement| text(agreement, pairs))
}

/// Leaves out the pairs, where more than two raters are a panel.
fn leave_panel(agreement: &mut StudyAgreement) -> anyhow::Result<()> {
    if agreement.panel.is_none() {
        bail!(
            "--panel-only: found fewer than three raters; expected three or more, or no --panel-only"
        );
    }
    agreement.pairs.clear();
    Ok(())
}

/// Leaves the axes that were asked for, if any were.
fn keep_axes(agreement: &mut StudyAgreement, asked: &[String]) -> anyhow::Result<()> {
    let of_pairs = agreement.pairs.iter().flat_map(|pair| pair.axes.keys());
    let of_panel = agreement.panel.iter().flat_map(|panel| panel.axes.keys());
    let of_repeats = agreement.repeats.iter().flat_map(|repeat| repeat.report.axes.keys());
    let known: BTreeSet<String> = of_pairs.chain(of_panel).chain(of_repeats).cloned().collect();
    // Nothing has come yet: the report says so.
    if known.is_empty() {
        return Ok(());
    }
    if let Some(unknown) = asked.iter().find(|axis| !known.contains(*axis)) {
        let known = known.into_iter().collect::<Vec<_>>().join(", ");
        bail!("--axis: found `{unknown}`; expected one of {known}");
    }
    if asked.is_empty() {
        return Ok(());
    }
    let reports = agreement.repeats.iter_mut().map(|repeat| &mut repeat.report);
    for report in agreement.pairs.iter_mut().chain(reports) {
        report.axes.retain(|axis, _| asked.contains(axis));
        report.strata.retain(|strata| asked.contains(&strata.axis));
    }
    if let Some(panel) = &mut agreement.panel {
        panel.axes.retain(|axis, _| asked.contains(axis));
    }
    Ok(())
}

/// The panel first. Its own lines say what most want of the pairs.
fn text(agreement: &StudyAgreement, every_pair: bool) -> String {
    let mut text = String::new();
    for missing in &agreement.missing {
        let _ = writeln!(text, "Note: {missing}");
    }
    if agreement.pairs.is_empty() && agreement.panel.is_none() {
        text.push_str("No two raters have sent ratings of the same items.\n");
    }
    let shown = agreement.panel.is_none() || every_pair;
    let pairs = agreement.pairs.iter().filter(|_| shown).map(crate::agree::pair_table);
    let panel = agreement.panel.iter().map(crate::panel::table);
    let hint = (!shown && !agreement.pairs.is_empty())
        .then(|| "--pairs prints the whole report of every pair.\n".to_owned());
    let repeats = agreement.repeats.iter().map(|repeat| {
        format!("{} with themselves\n{}", repeat.rater, crate::agree::pair_table(&repeat.report))
    });
    text + &panel.chain(pairs).chain(repeats).chain(hint).collect::<Vec<_>>().join("\n")
}
