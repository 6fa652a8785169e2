//! `primum agree`.

use crate::comparing::{Comparing, check_replicates, told, write_csv};
use crate::figures::write_figures;
use crate::measure::{ANY, COEFFICIENT, SHARE, count, describe, p_value};
use crate::terminal::answer;
use commands::{
    ActionAgreement, Agreement, AgreementReport, AxisAgreement, Command, CompareRaters, Equality,
    MeasureTable, PairMeasures, Permuted, ReportedTest, Strata, StratifiedBy, first_few,
};
use std::fmt::Write;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Ratings files, score files (JSON Lines) or tables of grades. From a table with several raters all are
    /// used; append @NAME for one. A column `scenario` makes intervals over scenarios.
    #[arg(required = true)]
    files: Vec<String>,
    #[command(flatten)]
    comparing: Comparing,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { files, comparing } = arguments;
    check_replicates(comparing.replicates, comparing.intervals)?;
    let how = comparing.how()?;
    let folder = comparing.figures.folder()?;
    let report = told(CompareRaters { files, how }.run(&mut crate::context()))?;
    write_csv(comparing.csv, || MeasureTable::of_agreement(&report))?;
    write_figures::<CompareRaters>(folder, &report)?;
    answer(comparing.json, &report, table)
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
    write_items(&mut text, "Only in the first", &report.only_first);
    write_items(&mut text, "Only in the second", &report.only_second);
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

/// The first of the `items`, where there are any, behind what they are.
pub(crate) fn write_items(text: &mut String, what: &str, items: &[String]) {
    if !items.is_empty() {
        let _ = writeln!(text, "{what}: {}", first_few(items));
    }
}

fn write_axis(text: &mut String, axis: &AxisAgreement) {
    let _ = writeln!(
        text,
        "\n{}: n = {} of {}",
        axis.label,
        axis.measures.n,
        count(axis.shared, "shared item")
    );
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
    write_counts(text, FIRST_BY_SECOND, &axis.grade_names, &axis.measures.table);
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
        ("agreement within one step", &found.within_1, SHARE),
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
            "  left out: {} graded by one or none; {} with checklists of different length",
            actions.not_graded,
            count(actions.other_length, "item")
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

fn longest(names: &[String]) -> usize {
    names.iter().map(|name| name.chars().count()).max().unwrap_or_default()
}

/// How wide columns of counts are that have these names.
pub(crate) fn width(names: &[String]) -> usize {
    (longest(names) + 2).max(8)
}

/// A table of counts, whose `corner` says what its rows and columns are.
pub(crate) fn write_counts(text: &mut String, corner: &str, names: &[String], table: &[Vec<f64>]) {
    let (head, width) = (longest(names).max(14), width(names));
    let _ = write!(text, "\n  {corner:<head$} ");
    for name in names {
        let _ = write!(text, "{name:>width$}");
    }
    let _ = writeln!(text);
    for (name, row) in names.iter().zip(table) {
        let _ = write!(text, "  {name:>head$} ");
        for count in row {
            let decimals = if count.fract() == 0.0 { 0 } else { 1 };
            let _ = write!(text, "{count:>width$.decimals$}");
        }
        let _ = writeln!(text);
    }
}
