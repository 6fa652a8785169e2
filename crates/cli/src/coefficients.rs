//! `primum coefficients`.

use crate::intervals::Intervals;
use crate::measure::{count, number as decimals, p_value};
use crate::reading::Reading;
use crate::terminal::{print, print_json};
use anyhow::bail;
use commands::{CoefficientReport, Command, ComputeCoefficients, Entry, name_categories};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// JSON {"categories": […], "table": [[…]]} or {"categories": […], "ratings": [[…|null]]} (items
    /// by raters), CSV of counts a,b,count, or grades in any layout.
    file: String,
    /// The axis, of grades on several.
    #[arg(long)]
    axis: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reading: Reading,
    /// The categories of a table in their order, separated by commas; the same as --scale, of the only axis.
    #[arg(long, value_delimiter = ',', conflicts_with = "scales")]
    categories: Option<Vec<String>>,
    /// How intervals are made where nothing is resampled; items and scenarios are for --bootstrap.
    #[arg(long, value_enum, default_value_t, conflicts_with = "bootstrap")]
    intervals: Intervals,
    /// Bootstrap replicates, such as 10000: BCa intervals in place of the default ones.
    #[arg(long, value_name = "B", value_parser = clap::value_parser!(u32).range(1..))]
    bootstrap: Option<u32>,
    /// The seed of the bootstrap; the same seed gives the same numbers.
    #[arg(long, default_value_t = 1, requires = "bootstrap")]
    seed: u64,
    /// The column, or the JSON list, that says which items belong together.
    #[arg(long, value_name = "FIELD")]
    cluster: Option<String>,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { file, axis, json, reading, categories, .. } = arguments;
    let Arguments { intervals, bootstrap, seed, cluster, .. } = arguments;
    if matches!(intervals, Intervals::Items | Intervals::Scenarios) {
        bail!(
            "--intervals: found a bootstrap; expected auto, cautious, plain or formula, or --bootstrap B"
        );
    }
    let intervals = intervals.into();
    let read = reading.how()?;
    let compute =
        ComputeCoefficients { file, axis, read, categories, cluster, intervals, bootstrap, seed };
    let report = compute.run(&mut crate::context())?;
    if json { print_json(&report) } else { print(&table(&report)?) }
}

fn table(report: &CoefficientReport) -> anyhow::Result<String> {
    let mut text = format!(
        "{} by {}, {} with at least two ratings; categories {}\n",
        count(report.n, "item"),
        count(report.raters as u64, "rater"),
        report.pairable,
        name_categories(&report.categories)
    );
    for caution in &report.cautions {
        writeln!(text, "Note: {caution}")?;
    }
    writeln!(text, "\n{:<34} {:>9} {:>9}  95 % interval", "", "estimate", "SE")?;
    let mut undefined: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, entry) in &report.coefficients {
        let name = name.replace('_', " ");
        if let Some(reason) = entry.inapplicable() {
            undefined.entry(reason).or_default().push(name);
            continue;
        }
        match entry {
            Entry::One(value) => writeln!(text, "{}", row(&name, &serde_json::to_value(value)?))?,
            Entry::By(values) => {
                for (form, value) in values {
                    let name = format!("{name}, {}", form.replace('_', " "));
                    writeln!(text, "{}", row(&name, &serde_json::to_value(value)?))?;
                }
            }
        }
    }
    for (reason, names) in undefined {
        writeln!(text, "\nNot computed, {reason}: {}", names.join(", "))?;
    }
    for sentence in &report.diagnosis {
        writeln!(text, "\n{sentence}")?;
    }
    Ok(text)
}

/// A quantity as a line, read from what the JSON says of it.
fn row(name: &str, value: &Value) -> String {
    let number = |field: &str| value[field].as_f64();
    let shown = |number: Option<f64>| number.map_or_else(|| "–".into(), decimals);
    if let Some(reason) = value["undefined"].as_str() {
        return format!("{name:<34} {:>9} {:>9}  {reason}", "–", "–");
    }
    if let Some(p) = number("p") {
        let df = number("df").map(|df| format!(", df {df}")).unwrap_or_default();
        let (statistic, p) = (shown(number("statistic")), p_value(p));
        return format!("{name:<34} {statistic:>9} {:>9}  p {p}{df}", "–");
    }
    let interval = &value["interval"];
    let bounds = match (interval["lo"].as_f64(), interval["hi"].as_f64()) {
        (Some(lo), Some(hi)) => {
            let method = interval["method"].as_str().unwrap_or_default();
            let items = value["n"].as_u64().map(|n| format!(", n = {n}")).unwrap_or_default();
            format!("[{}, {}]  {method}{items}", decimals(lo), decimals(hi))
        }
        _ => interval["undefined"].as_str().unwrap_or_default().to_owned(),
    };
    format!("{name:<34} {:>9} {:>9}  {bounds}", shown(number("estimate")), shown(number("se")))
}
