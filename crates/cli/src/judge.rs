//! `primum judge`.

mod missed;
mod replacement;

use crate::agree::{OF_SAMPLE, WEIGHTED, write_counts, write_items};
use crate::comparing::{Comparing, told, write_csv};
use crate::figures::write_figures;
use crate::measure::{ANY, COEFFICIENT, SHARE, count, describe};
use crate::reading::of_everything;
use crate::terminal::answer;
use commands::{
    AtThreshold, Beside, Command, HeldThreshold, HumanCeiling, JudgeAxis, JudgeBounds,
    JudgeMeasures, JudgeReport, JudgeStrata, MeasureTable, Outcome, PredictedMean, Reference,
    Registered, ShowMissed, SplitMap, StratifiedBy, TableOf, ValidateJudge,
};
use missed::Read;
use replacement::write_replacement;
use std::fmt::Write;

#[derive(clap::Args)]
#[command(mut_arg("map", of_everything))]
pub(crate) struct Arguments {
    /// The humans' files: ratings files, score files (JSON Lines) or tidy CSVs. From a table with
    /// several raters all are used; append @NAME for one.
    #[arg(long = "human", required = true, num_args = 1..)]
    humans: Vec<String>,
    /// The judges' files, of the same kinds.
    #[arg(long = "judge", required = true, num_args = 1..)]
    judges: Vec<String>,
    /// Scenarios, to compare within categories and framings: a folder, or a table of them.
    #[arg(long)]
    scenarios: Option<String>,
    /// The responses as they were collected (a table, JSON or a log): prints what each judge missed, with
    /// the texts.
    #[arg(long)]
    responses: Option<String>,
    /// Thresholds registered before the key was opened.
    #[arg(long)]
    thresholds: Option<String>,
    /// How several humans' grades of one response are combined: average, median, lower or upper.
    #[arg(long, default_value = "average", value_parser = parse_reference)]
    reference: Reference,
    /// Epsilon of the alternative annotator test: the advantage granted to a human [default: 0.2].
    #[arg(long)]
    epsilon: Option<f64>,
    #[command(flatten)]
    comparing: Comparing,
}

fn parse_reference(name: &str) -> Result<Reference, String> {
    let known = || Reference::ALL.map(|reference| reference.to_string()).join(", ");
    Reference::named(name).ok_or_else(|| format!("found `{name}`; expected one of {}", known()))
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { humans, judges, scenarios, responses, thresholds, reference, .. } = arguments;
    let Arguments { epsilon, comparing, .. } = arguments;
    let mut how = comparing.how()?;
    let tables = [
        scenarios.as_ref().map(|_| TableOf::Scenarios),
        responses.as_ref().map(|_| TableOf::Responses),
    ];
    let tables: Vec<TableOf> = tables.into_iter().flatten().collect();
    let SplitMap { grades, texts: texts_map } = SplitMap::of(how.read.map, &tables)?;
    how.read.map = grades;
    let folder = comparing.figures.folder()?;
    let texts = ShowMissed {
        items: Vec::new(),
        responses,
        scenarios: scenarios.clone(),
        humans: humans.clone(),
        key: how.key.clone(),
        map: how.read.map.clone(),
        texts_map: texts_map.clone(),
    };
    let asked =
        ValidateJudge { humans, judges, scenarios, texts_map, thresholds, reference, epsilon, how };
    let report = told(asked.run(&mut crate::context()))?;
    write_csv(comparing.csv, || MeasureTable::of_judges(&report))?;
    write_figures::<ValidateJudge>(folder, &report)?;
    answer(comparing.json, &Read::of(report, texts)?, table)
}

/// The report as text.
fn table(Read { report, missed_texts }: &Read) -> String {
    let mut text = format!("Humans: {}\n", report.humans.join(", "));
    for caution in &report.cautions {
        let _ = writeln!(text, "Note: {caution}");
    }
    for (judge, found) in &report.judges {
        for axis in found.axes.values() {
            let _ = writeln!(text, "\n{judge}: {}, beside {}", axis.label, axis.reference);
            write_axis(&mut text, axis);
            write_missed(&mut text, axis, missed_texts.is_some());
        }
    }
    if let Some(registered) = &report.registered {
        write_registered(&mut text, registered);
    }
    if let Some(texts) = missed_texts {
        missed::write_texts(&mut text, report, texts);
    }
    if let Some(resampling) = report.resampling {
        let _ = writeln!(
            text,
            "\nBootstrap: {} samples, seed {}",
            resampling.replicates, resampling.seed
        );
    }
    text
}

fn write_axis(text: &mut String, axis: &JudgeAxis) {
    let found = &axis.measures;
    let _ = writeln!(
        text,
        "  n = {} of {}; {} graded by the judge alone; {} not in its file",
        found.agreement.n,
        count(found.shared, "shared item"),
        found.unrated,
        axis.unjudged
    );
    write_items(text, "  graded by the judge alone", &axis.unrated_items);
    write_items(text, "  not in the judge's file", &axis.unjudged_items);
    for (reason, count) in &found.excluded {
        let _ = writeln!(text, "  excluded, {reason}: {count}");
    }
    for ungraded in &found.ungraded {
        let graded =
            axis.grade_names.iter().zip(&ungraded.reference).filter(|(_, count)| count.0 > 0.0);
        let graded: Vec<String> =
            graded.map(|(grade, count)| format!("{count} of grade {grade}")).collect();
        let known = if graded.is_empty() { "none".into() } else { graded.join(", ") };
        let _ = writeln!(
            text,
            "  not graded by the judge, {}: {} in all; graded by humans: {known}",
            ungraded.reason, ungraded.items
        );
    }
    if axis.reference_from.len() > 1 {
        let from: Vec<String> =
            (1..).zip(&axis.reference_from).map(|(k, items)| format!("{items} by {k}")).collect();
        let _ = writeln!(text, "  items by how many humans graded them: {}", from.join(", "));
    }
    if axis.is_average() {
        let _ = writeln!(
            text,
            "  each human counts equally: agreement is with one drawn at random for each item"
        );
    }
    let _ = writeln!(text, "  {}", axis.miss_rule);
    let counts: Vec<Vec<f64>> =
        found.confusion.iter().map(|row| row.iter().map(|count| count.0).collect()).collect();
    if found.unweighted.is_some() {
        let _ = writeln!(text, "  {WEIGHTED}");
    }
    write_counts(text, "human \\ judge", &axis.grade_names, &counts);
    write_measures(text, axis);
    for finding in &axis.findings {
        let _ = writeln!(text, "  Note: {finding}");
    }
    if let Some(sample) = &found.unweighted {
        write_sample(text, sample);
    }
    for (name, one) in &axis.by_human {
        let _ = writeln!(text, "\n  beside {name} (n = {})", one.agreement.n);
        line(text, "kappa, quadratic weights", &one.agreement.kappa_quadratic, &COEFFICIENT);
        line(text, "minus human–human agreement", &one.difference, &ANY);
        line(text, "miss rate", &one.miss_rate, &SHARE);
        line(text, "bias (judge − human)", &one.bias, &ANY);
    }
    for strata in &axis.strata {
        write_strata(text, strata);
    }
}

fn write_missed(text: &mut String, axis: &JudgeAxis, texts_follow: bool) {
    let Some(worst) = axis.missed.first() else { return };
    let _ = writeln!(
        text,
        "\n  Missed by the judge: {}, the worst of grade {}; {}",
        count(axis.missed.len() as u64, "item"),
        worst.reference_name,
        if texts_follow { "their texts follow" } else { "--responses shows them" }
    );
}

type Range = std::ops::RangeInclusive<f64>;

fn line(text: &mut String, name: &str, measure: &commands::ReportedMeasure, range: &Range) {
    let _ = writeln!(text, "  {name:<28} {}", describe(measure, range));
}

/// A share of some of the items only: with how many they are.
fn line_of(text: &mut String, name: &str, measure: &commands::ReportedMeasure, n: u64) {
    let _ = writeln!(text, "  {name:<28} {}  n = {n}", describe(measure, &SHARE));
}

fn write_bounds(text: &mut String, bounds: &JudgeBounds) {
    let JudgeBounds { items, share, miss_rate, bias } = bounds;
    let _ = writeln!(
        text,
        "  {items} shared items ({:.0} %) were not graded. With whatever grades they had:",
        share * 100.0
    );
    if let Some(rate) = miss_rate {
        let _ =
            writeln!(text, "    the miss rate would be between {:.3} and {:.3}", rate.lo, rate.hi);
    }
    let _ = writeln!(text, "    the bias would be between {:.3} and {:.3}", bias.lo, bias.hi);
}

fn write_cut(
    text: &mut String,
    AtThreshold { range, n, sensitivity, specificity, .. }: &AtThreshold,
) {
    line_of(text, &format!("sensitivity at {range}"), sensitivity, n.above);
    line_of(text, &format!("specificity at {range}"), specificity, n.below);
}

/// What is weighted above, of the rated items as they are.
fn write_sample(text: &mut String, sample: &JudgeMeasures) {
    let _ = writeln!(text, "\n  {OF_SAMPLE}");
    line(text, "kappa, quadratic weights", &sample.agreement.kappa_quadratic, &COEFFICIENT);
    line(text, "exact agreement", &sample.agreement.exact, &SHARE);
    line(text, "bias (judge − human)", &sample.bias, &ANY);
    line_of(text, "miss rate", &sample.miss_rate, sample.miss_rate_n);
    for cut in &sample.thresholds {
        write_cut(text, cut);
    }
    line(text, "minus human–human agreement", &sample.difference, &ANY);
}

fn write_measures(text: &mut String, axis: &JudgeAxis) {
    let found = &axis.measures;
    let pair = &found.agreement;
    let scenarios = match (pair.intervals, pair.scenarios) {
        (commands::Intervals::Scenarios, Some(count)) => {
            format!(" over {count} scenarios or pairs")
        }
        _ => String::new(),
    };
    let _ =
        writeln!(text, "\n  {:<28} {:>9} {:>8}  95 % interval{scenarios}", "", "estimate", "SE");
    line(text, "kappa, quadratic weights", &pair.kappa_quadratic, &COEFFICIENT);
    line(text, "kappa, linear weights", &pair.kappa_linear, &COEFFICIENT);
    line(text, "kappa, unweighted", &pair.kappa, &COEFFICIENT);
    line(text, "Gwet's AC2, quadratic", &pair.ac2, &COEFFICIENT);
    line(text, "exact agreement", &pair.exact, &SHARE);
    line(text, "agreement within one step", &pair.within_1, &SHARE);
    line(text, "bias (judge − human)", &found.bias, &ANY);
    line_of(text, "miss rate", &found.miss_rate, found.miss_rate_n);
    for cut in &found.thresholds {
        write_cut(text, cut);
    }
    if let Some(bounds) = &found.bounds {
        write_bounds(text, bounds);
    }
    let _ = writeln!(text, "\n  Human ceiling");
    match &found.human_ceiling {
        Outcome::Undefined { undefined } => drop(writeln!(text, "  –  {undefined}")),
        Outcome::Made(ceiling) => write_ceiling(text, ceiling),
    }
    let _ = writeln!(text, "\n  Alternative annotator test");
    match &found.alt_test {
        Outcome::Undefined { undefined } => drop(writeln!(text, "  –  {undefined}")),
        Outcome::Made(test) => write_replacement(text, test, axis),
    }
    let _ = writeln!(text, "\n  Mean grade of all items");
    match &found.ppi {
        Outcome::Undefined { undefined } => drop(writeln!(text, "  –  {undefined}")),
        Outcome::Made(mean) => write_mean(text, mean, found),
    }
}

fn write_ceiling(text: &mut String, ceiling: &HumanCeiling) {
    let _ = writeln!(
        text,
        "  {} graded by the judge and at least two humans",
        count(ceiling.n, "item")
    );
    let three = |text: &mut String, name: &str, beside: &Beside| {
        line(text, &format!("{name}: humans"), &beside.humans, &COEFFICIENT);
        line(text, &format!("{name}: judge"), &beside.judge, &COEFFICIENT);
        line(text, &format!("{name}: difference"), &beside.difference, &ANY);
    };
    three(text, "kappa, quadr.", &ceiling.kappa_quadratic);
    three(text, "kappa, unw.", &ceiling.kappa);
    three(text, "exact", &ceiling.exact);
}

fn write_mean(text: &mut String, mean: &PredictedMean, found: &JudgeMeasures) {
    let weighted = if mean.weighted { ", weighted by inclusion probabilities" } else { "" };
    let _ = writeln!(
        text,
        "  {} rated, {} graded by the judge alone{weighted}; λ = {:.3}",
        count(mean.rated, "item"),
        mean.unrated,
        mean.lambda
    );
    line(text, "prediction-powered (PPI++)", &mean.mean, &ANY);
    line(text, "from the rated items alone", &mean.rated_only, &ANY);
    line(text, "corrected for errors", &found.corrected_mean, &ANY);
    let _ = writeln!(text, "  {:<28} {:>9.3}", "the judge's own mean", mean.judge_mean);
}

fn write_strata(text: &mut String, strata: &JudgeStrata) {
    let by = match strata.by {
        StratifiedBy::Model => "model",
        StratifiedBy::Category => "category",
        StratifiedBy::Framing => "framing",
        StratifiedBy::Period => "period of the rating",
    };
    let _ = writeln!(text, "\n  By {by}");
    for (name, found) in &strata.strata {
        let _ = writeln!(
            text,
            "  {name}: n = {}, {} graded by the judge alone",
            found.agreement.n, found.unrated
        );
        line(text, "  kappa, quadratic weights", &found.agreement.kappa_quadratic, &COEFFICIENT);
        if found.human_ceiling.made().is_some() {
            line(text, "  minus human–human", &found.difference, &ANY);
        }
        line(text, "  miss rate", &found.miss_rate, &SHARE);
        line(text, "  bias (judge − human)", &found.bias, &ANY);
        if let Some(mean) = found.ppi.made() {
            line(text, "  prediction-powered mean", &mean.mean, &ANY);
            line(text, "  corrected mean", &found.corrected_mean, &ANY);
        }
    }
}

fn write_registered(text: &mut String, registered: &Registered) {
    let _ = writeln!(text, "\nPreregistered thresholds, {}", registered.digest);
    if let Some(registration) = &registered.registration {
        let _ = writeln!(text, "  {registration}");
    }
    if !registered.note.is_empty() {
        let _ = writeln!(text, "  {}", registered.note);
    }
    for held in &registered.thresholds {
        let HeldThreshold { threshold, found, met_by_estimate, met_by_interval, .. } = held;
        let at = held.grade_range.as_ref().map(|range| format!(" at {range}")).unwrap_or_default();
        let _ = writeln!(
            text,
            "  {}, {}: {}{at} {} {}",
            threshold.judge.as_deref().unwrap_or_default(),
            threshold.axis,
            threshold.quantity,
            threshold.relation,
            threshold.value
        );
        let _ = writeln!(
            text,
            "    by the estimate {}, by the interval {}: {}",
            verdict(*met_by_estimate),
            verdict(*met_by_interval),
            describe(found, &ANY).trim_start()
        );
    }
}

fn verdict(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => "met",
        Some(false) => "not met",
        None => "undefined",
    }
}
