//! `primum agree`.

use crate::figures::{Figures, write_figures};
use crate::mapped::Mapped;
use crate::measure::{ANY, COEFFICIENT, SHARE, describe, p_value};
use crate::terminal::answer;
use anyhow::bail;
use clap::ValueEnum;
use commands::{
    ActionAgreement, Agreement, AgreementReport, AxisAgreement, Command, CompareRaters,
    DeclaredScale, Equality, Failure, FailureKind, HowToCompare, MeasureTable, PairMeasures,
    Permuted, ReportedTest, Strata, StratifiedBy,
};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Ratings files, score files (JSON Lines) or tidy CSVs (rater,item,axis,value, and
    /// scenario for intervals over scenarios). From a table with several raters all are used; append @NAME for
    /// one.
    #[arg(required = true)]
    files: Vec<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// Also write the numbers to a new CSV file: one row per axis, raters and coefficient.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    #[command(flatten)]
    figures: Figures,
    /// The key, to join blinded ratings with scores that name scenario, model and repetition, and to
    /// compare within models, categories and framings.
    #[arg(long)]
    key: Option<String>,
    /// Compare although the files were rated under different rubrics.
    #[arg(long)]
    across_rubrics: bool,
    /// The scale of an axis that a file names and no rubric declares, such as refusal=0..2; or the words
    /// for its grades from the lowest on, such as refusal=none,partial,full. Where a high number is good,
    /// the best comes first: quality=5..1.
    #[arg(long = "scale", value_parser = parse_scale)]
    scales: Vec<DeclaredScale>,
    #[command(flatten)]
    map: Mapped,
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

#[derive(Clone, Copy, Default, ValueEnum)]
pub(crate) enum Intervals {
    /// The default: the augmented jackknife, over scenarios where they repeat, over items otherwise.
    #[default]
    Auto,
    /// The same, assuming that unseen disagreements may be of any distance.
    Cautious,
    /// The plain jackknife, over scenarios where they repeat, over items otherwise.
    Plain,
    /// The formula of each coefficient, over items.
    Formula,
    /// BCa bootstrap over items.
    Items,
    /// BCa bootstrap over whole scenarios, of which there must be at least 10.
    Scenarios,
}

impl From<Intervals> for commands::Intervals {
    fn from(intervals: Intervals) -> Self {
        match intervals {
            Intervals::Auto => Self::Auto,
            Intervals::Cautious => Self::Cautious,
            Intervals::Plain => Self::Plain,
            Intervals::Formula => Self::Formula,
            Intervals::Items => Self::Items,
            Intervals::Scenarios => Self::Scenarios,
        }
    }
}

pub(crate) fn parse_scale(text: &str) -> Result<DeclaredScale, String> {
    let expected = || {
        format!(
            "found `{text}`; expected AXIS=LOWEST..HIGHEST, such as refusal=0..2, or the words for the grades from the lowest on, such as refusal=none,partial,full; where a high number is good, the best first, such as quality=5..1"
        )
    };
    let (axis, range) = text.split_once('=').ok_or_else(expected)?;
    let Some((lowest, highest)) = range.split_once("..") else {
        let labels: Vec<String> = range.split(',').map(|label| label.trim().to_owned()).collect();
        let different: BTreeSet<&String> = labels.iter().collect();
        return match labels.len() > 1
            && different.len() == labels.len()
            && !different.contains(&String::new())
        {
            true => Ok(DeclaredScale::of_labels(axis, labels)),
            false => Err(expected()),
        };
    };
    let scale = DeclaredScale {
        axis: axis.into(),
        lowest: lowest.parse().map_err(|_| expected())?,
        highest: highest.parse().map_err(|_| expected())?,
        labels: Vec::new(),
    };
    if scale.lowest == scale.highest { Err(expected()) } else { Ok(scale) }
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments {
        files,
        json,
        csv,
        figures,
        key,
        across_rubrics,
        scales,
        map,
        intervals,
        replicates,
        seed,
    } = arguments;
    check_replicates(replicates, intervals)?;
    let folder = figures.folder()?;
    let intervals = intervals.into();
    let map = map.said()?;
    let how = HowToCompare { across_rubrics, key, scales, map, intervals, replicates, seed };
    let report = told(CompareRaters { files, how }.run(&mut crate::context()))?;
    write_csv(csv, || MeasureTable::of_agreement(&report))?;
    write_figures::<CompareRaters>(folder, &report)?;
    answer(json, &report, table)
}

/// Writes the table where a file is named.
pub(crate) fn write_csv(
    file: Option<PathBuf>,
    table: impl FnOnce() -> MeasureTable,
) -> anyhow::Result<()> {
    Ok(file.map_or(Ok(()), |file| table().write(&file))?)
}

/// Of intervals that draw no samples a number of them would be thought to have changed something.
pub(crate) fn check_replicates(
    replicates: Option<usize>,
    intervals: Intervals,
) -> anyhow::Result<()> {
    if replicates.is_some() && !matches!(intervals, Intervals::Items | Intervals::Scenarios) {
        bail!(
            "--replicates: these intervals draw no bootstrap samples; give --intervals items or scenarios, \
             or leave it out"
        );
    }
    Ok(())
}

pub(crate) fn told<T>(outcome: Result<T, Failure>) -> anyhow::Result<T> {
    match outcome {
        Err(Failure { kind: FailureKind::DifferentRubrics, message }) => {
            bail!("{message}. To compare them anyway: --across-rubrics")
        }
        other => Ok(other?),
    }
}

/// The report as text.
pub(crate) fn table(report: &Agreement) -> String {
    match report {
        Agreement::Pair(report) => pair_table(report),
        Agreement::Panel(report) => crate::panel::table(report),
    }
}

/// That of two raters.
pub(crate) fn pair_table(report: &AgreementReport) -> String {
    let mut text = format!("First: {}    Second: {}\n", report.first, report.second);
    for caution in &report.cautions {
        let _ = writeln!(text, "Note: {caution}");
    }
    for axis in report.axes.values() {
        write_axis(&mut text, axis);
    }
    for strata in &report.strata {
        write_strata(&mut text, strata);
    }
    if let Some(actions) = &report.actions {
        write_actions(&mut text, actions);
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

fn write_axis(text: &mut String, axis: &AxisAgreement) {
    let _ =
        writeln!(text, "\n{}: n = {} of {} shared items", axis.label, axis.measures.n, axis.shared);
    for (reason, count) in &axis.excluded {
        let _ = writeln!(text, "  excluded, {reason}: {count}");
    }
    if axis.only_first + axis.only_second > 0 {
        let _ = writeln!(
            text,
            "  only in the first: {}; only in the second: {}",
            axis.only_first, axis.only_second
        );
    }
    if axis.measures.unweighted.is_some() {
        let _ = writeln!(text, "  {WEIGHTED}");
    }
    let names: Vec<String> = axis.categories.iter().map(ToString::to_string).collect();
    write_counts(text, FIRST_BY_SECOND, &names, &axis.measures.table);
    write_measures(text, &axis.measures);
    let _ = writeln!(
        text,
        "  {:<26} {}",
        "largest kappa possible",
        describe(&axis.maximum_kappa, &COEFFICIENT)
    );
    write_sample(text, &axis.measures);
    let _ = writeln!(text, "  {:<26} {}", "same use of the grades", test(&axis.margins));
    for finding in &axis.findings {
        let _ = writeln!(text, "  Note: {finding}");
    }
}

fn write_measures(text: &mut String, found: &PairMeasures) {
    let scenarios = match (found.intervals, found.scenarios) {
        (commands::Intervals::Scenarios, Some(count)) => {
            format!(" over {count} scenarios or pairs")
        }
        _ => String::new(),
    };
    let _ =
        writeln!(text, "\n  {:<26} {:>9} {:>8}  95 % interval{scenarios}", "", "estimate", "SE");
    write_rows(text, found);
}

fn write_sample(text: &mut String, found: &PairMeasures) {
    if let Some(sample) = &found.unweighted {
        let _ = writeln!(text, "\n  {OF_SAMPLE}");
        write_rows(text, sample);
    }
}

/// Stands above what is weighted.
pub(crate) const WEIGHTED: &str = "weighted: each item counts for as many as it represents, one over the probability with which it was drawn";

/// Stands above what is weighted elsewhere.
pub(crate) const OF_SAMPLE: &str = "Of the rated sample, every item counting once";

fn write_rows(text: &mut String, found: &PairMeasures) {
    for (name, measure, range) in [
        ("kappa, quadratic weights", &found.kappa_quadratic, COEFFICIENT),
        ("kappa, linear weights", &found.kappa_linear, COEFFICIENT),
        ("kappa, unweighted", &found.kappa, COEFFICIENT),
        ("Gwet's AC2, quadratic", &found.ac2, COEFFICIENT),
        ("Gwet's AC1", &found.ac1, COEFFICIENT),
        ("Krippendorff's alpha, ord.", &found.alpha_ordinal, COEFFICIENT),
        ("Brennan-Prediger (PABAK)", &found.pabak, COEFFICIENT),
        ("exact agreement", &found.exact, SHARE),
        ("agreement within 1", &found.within_1, SHARE),
        ("mean difference", &found.mean_difference, ANY),
    ] {
        let _ = writeln!(text, "  {name:<26} {}", describe(measure, &range));
    }
}

fn write_strata(text: &mut String, strata: &Strata) {
    let by = match strata.by {
        StratifiedBy::Model => "model",
        StratifiedBy::Category => "category",
        StratifiedBy::Framing => "framing",
        StratifiedBy::Period => "period of the rating",
    };
    let _ = writeln!(text, "\n{} by {by}: kappa with quadratic weights", strata.axis);
    for (name, measures) in &strata.strata {
        let _ = writeln!(
            text,
            "  {name:<26} {}  n = {}",
            describe(&measures.kappa_quadratic, &COEFFICIENT),
            measures.n
        );
    }
    let _ = writeln!(text, "  {:<26} {}", "the same in all", equality(&strata.equality));
}

fn equality(test: &Equality) -> String {
    match test {
        Equality::Undefined { undefined } => format!("{:>9}  {undefined}", "–"),
        Equality::Made { statistic, p, p_holm, replicates, seed, permuted, .. } => {
            let what = match permuted {
                Permuted::Clusters => "whole scenarios or pairs",
                Permuted::WithinClusters => "what lies within scenarios or pairs",
                Permuted::Items => "items",
            };
            let (p, holm) = (p_value(*p), p_value(*p_holm));
            format!(
                "{statistic:>9.3} by {replicates} permutations of {what}, seed {seed}, p {p}; \
                 p {holm} after Holm's correction"
            )
        }
    }
}

fn write_actions(text: &mut String, actions: &ActionAgreement) {
    let _ = writeln!(text, "\nCritical actions: n = {} graded by both", actions.all.n);
    if actions.not_graded + actions.other_length > 0 {
        let _ = writeln!(
            text,
            "  left out: {} graded by one or none; {} items with checklists of different length",
            actions.not_graded, actions.other_length
        );
    }
    write_counts(text, FIRST_BY_SECOND, &actions.codes, &actions.all.table);
    write_measures(text, &actions.all);
    write_sample(text, &actions.all);
    let disputed: Vec<_> = actions
        .actions
        .iter()
        .filter(|action| action.exact.0.estimate().is_some_and(|exact| exact < 1.0))
        .collect();
    if !disputed.is_empty() {
        let _ = writeln!(text, "\n  Actions with disagreement, the least agreement first");
    }
    for action in disputed {
        let name = format!("{}, action {}", action.scenario, action.action + 1);
        let _ =
            writeln!(text, "  {name:<26} {}  n = {}", describe(&action.exact, &SHARE), action.n);
    }
}

const FIRST_BY_SECOND: &str = "first \\ second";

fn test(test: &ReportedTest) -> String {
    let ReportedTest { test, p_holm } = test;
    let (Some(statistic), Some(p)) = (test.statistic(), test.p()) else {
        return format!(
            "{:>9}  {}",
            "–",
            test.undefined().map(|why| why.to_string()).unwrap_or_default()
        );
    };
    let df = test.df().map(|df| format!(", df {df}")).unwrap_or_default();
    let holm = p_holm.map(|p| format!("; p {} after Holm's correction", p_value(p)));
    format!("{statistic:>9.3} chi-squared{df}, p {}{}", p_value(p), holm.unwrap_or_default())
}

/// A table of counts, whose `corner` says what its rows and columns are.
pub(crate) fn write_counts(text: &mut String, corner: &str, names: &[String], table: &[Vec<f64>]) {
    let _ = write!(text, "\n  {corner:<14} ");
    for name in names {
        let _ = write!(text, "{name:>8}");
    }
    let _ = writeln!(text);
    for (name, row) in names.iter().zip(table) {
        let _ = write!(text, "  {name:>14} ");
        for count in row {
            let decimals = if count.fract() == 0.0 { 0 } else { 1 };
            let _ = write!(text, "{count:>8.decimals$}");
        }
        let _ = writeln!(text);
    }
}
