//! `primum agree`.

use anyhow::{Context, bail};
use commands::{
    AgreementReport, AxisAgreement, Command, CompareRaters, DeclaredScale, Failure, Measure,
};
use std::fmt::Write;
use std::ops::RangeInclusive;
use std::path::Path;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A ratings file, a score file (JSON Lines) or a tidy CSV (rater,item,axis,value). To take one
    /// rater of a table with several, add @ and the rater's name.
    first: String,
    /// Another.
    second: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    /// The key, to join blinded ratings with scores that name scenario, model and repetition.
    #[arg(long)]
    key: Option<String>,
    /// Compare although the files were rated under different rubrics.
    #[arg(long)]
    across_rubrics: bool,
    /// The scale of an axis that a table names and no rubric declares, such as refusal=0..2.
    #[arg(long = "scale", value_parser = parse_scale)]
    scales: Vec<DeclaredScale>,
}

fn parse_scale(text: &str) -> Result<DeclaredScale, String> {
    let expected =
        || format!("found `{text}`; expected AXIS=LOWEST..HIGHEST, such as refusal=0..2");
    let (axis, range) = text.split_once('=').ok_or_else(expected)?;
    let (lowest, highest) = range.split_once("..").ok_or_else(expected)?;
    let scale = DeclaredScale {
        axis: axis.into(),
        lowest: lowest.parse().map_err(|_| expected())?,
        highest: highest.parse().map_err(|_| expected())?,
    };
    if scale.lowest < scale.highest { Ok(scale) } else { Err(expected()) }
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { first, second, json, key, across_rubrics, scales } = arguments;
    let compare = CompareRaters { first, second, across_rubrics, key, scales };
    let report = match compare.run(&mut crate::desk(Path::new("."))) {
        Err(Failure::DifferentRubrics { message }) => {
            bail!("{message}. To compare all the same: --across-rubrics")
        }
        other => other?,
    };
    if json {
        crate::print(&format!("{}\n", serde_json::to_string_pretty(&report).context("the report")?))
    } else {
        crate::print(&table(&report))
    }
}

/// The report as text.
pub(crate) fn table(report: &AgreementReport) -> String {
    let mut text = format!("First: {}    Second: {}\n", report.first, report.second);
    for caution in &report.cautions {
        let _ = writeln!(text, "Note: {caution}");
    }
    for axis in report.axes.values() {
        write_axis(&mut text, axis);
    }
    text
}

fn write_axis(text: &mut String, axis: &AxisAgreement) {
    let _ = writeln!(text, "\n{}: n = {} of {} shared items", axis.label, axis.n, axis.shared);
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
    write_counts(text, axis);
    let _ = writeln!(text, "\n  {:<26} {:>9} {:>8}  95 % interval", "", "estimate", "SE");
    const COEFFICIENT: RangeInclusive<f64> = -1.0..=1.0;
    const SHARE: RangeInclusive<f64> = 0.0..=1.0;
    const ANY: RangeInclusive<f64> = f64::MIN..=f64::MAX;
    for (name, measure, range) in [
        ("kappa, quadratic weights", &axis.kappa_quadratic, COEFFICIENT),
        ("kappa, linear weights", &axis.kappa_linear, COEFFICIENT),
        ("kappa, unweighted", &axis.kappa, COEFFICIENT),
        ("exact agreement", &axis.exact, SHARE),
        ("agreement within 1", &axis.within_1, SHARE),
        ("PABAK (Brennan-Prediger)", &axis.pabak, COEFFICIENT),
        ("Gwet's AC1", &axis.ac1, COEFFICIENT),
        ("mean difference", &axis.mean_difference, ANY),
    ] {
        let _ = writeln!(text, "  {name:<26} {}", describe(measure, &range));
    }
}

fn write_counts(text: &mut String, axis: &AxisAgreement) {
    let _ = write!(text, "\n  first \\ second ");
    for grade in &axis.categories {
        let _ = write!(text, "{grade:>7}");
    }
    let _ = writeln!(text);
    for (grade, row) in axis.categories.iter().zip(&axis.table) {
        let _ = write!(text, "  {grade:>14} ");
        for count in row {
            let _ = write!(text, "{count:>7}");
        }
        let _ = writeln!(text);
    }
}

/// An interval that reaches beyond what the quantity can be is cut to `range`, here and only here:
/// the JSON holds what was computed.
fn describe(Measure(measure): &Measure, range: &RangeInclusive<f64>) -> String {
    let Some(estimate) = measure.estimate() else {
        return format!(
            "{:>9}  {}",
            "–",
            measure.undefined().map(|why| why.to_string()).unwrap_or_default()
        );
    };
    let se = measure.se().map_or_else(|| "–".into(), |se| format!("{se:.3}"));
    let interval = match (measure.interval(), measure.undefined()) {
        (Some(interval), _) => {
            let (lo, hi) = (interval.lo.max(*range.start()), interval.hi.min(*range.end()));
            let cut = if (lo, hi) == (interval.lo, interval.hi) {
                ""
            } else {
                ", cut at the possible range"
            };
            format!("[{lo:.3}, {hi:.3}]  {}{cut}", interval.method)
        }
        (None, Some(why)) => why.to_string(),
        (None, None) => String::new(),
    };
    format!("{estimate:>9.3} {se:>8}  {interval}")
}
