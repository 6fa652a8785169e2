//! `primum inspect`.

mod together;

use crate::measure::count;
use crate::reading::{Mapped, of_everything};
use crate::terminal::{note, print, print_json};
use anyhow::bail;
use commands::{AxisSeen, Command, FileInspected, InspectFile, ListSheets, ListedSheet, SheetList};
use std::fmt::Write;

#[derive(clap::Args)]
#[command(mut_arg("map", of_everything))]
pub(crate) struct Arguments {
    /// Files of any kind. `#` and a name behind a workbook choose a sheet.
    #[arg(required = true)]
    files: Vec<String>,
    #[command(flatten)]
    map: Mapped,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let map = arguments.map.said()?;
    let mut found = Vec::new();
    for file in &each_sheet(arguments.files) {
        let looked =
            InspectFile { file: file.clone(), map: map.clone() }.run(&mut crate::context());
        found.push(match looked {
            Ok(inspected) => inspected,
            Err(failure) => refused(file, failure.message),
        });
    }
    together::compare(&mut found);
    together::draft(&mut found);
    if arguments.json {
        print_json(&found)?;
    } else {
        print(&found.iter().map(text).collect::<Vec<_>>().join("\n"))?;
    }
    let unusable = found.iter().filter(|one| one.refused.is_some() || one.next.is_empty()).count();
    let told = match unusable {
        0 => return Ok(()),
        1 if found.len() == 1 => "this file cannot be used as it is".into(),
        1 => format!("1 of {} files cannot be used as it is", found.len()),
        several => format!("{several} of {} files cannot be used as they are", found.len()),
    };
    // One that is not there, or is damaged, was meant to be another: a script is to notice.
    if unusable == found.len() || found.iter().any(|one| one.kind == UNREADABLE) {
        bail!(told)
    }
    note(&told);
    Ok(())
}

/// The files, and every sheet with cells of a workbook that has several and of which none is chosen.
fn each_sheet(files: Vec<String>) -> Vec<String> {
    let sheets = |file: &String| -> Vec<String> {
        let listed = ListSheets { file: file.clone() }.run(&mut crate::context());
        let chosen = |listed: &SheetList| listed.sheet.is_some() || listed.rater.is_some();
        let all = listed.ok().filter(|listed| !chosen(listed)).map(|listed| listed.sheets);
        let shown: Vec<ListedSheet> =
            all.unwrap_or_default().into_iter().filter(|sheet| !sheet.hidden).collect();
        // A name is cut at its last number sign.
        let is_cut = |sheet: &ListedSheet| sheet.name.contains('#');
        match shown.len() {
            0 | 1 => vec![file.clone()],
            _ if shown.iter().any(is_cut) => vec![file.clone()],
            _ => shown.into_iter().map(|sheet| format!("{file}#{}", sheet.name)).collect(),
        }
    };
    files.iter().map(as_no_option).collect::<Vec<_>>().iter().flat_map(sheets).collect()
}

/// A name that begins as an option does, as a command can take it.
fn as_no_option(file: &String) -> String {
    match file.starts_with('-') {
        true => format!("./{file}"),
        false => file.clone(),
    }
}

const UNREADABLE: &str = "cannot be read";

/// A file that could not even be opened.
fn refused(file: &str, message: String) -> FileInspected {
    FileInspected {
        file: file.into(),
        kind: UNREADABLE.into(),
        refused: Some(message),
        ..FileInspected::default()
    }
}

fn text(found: &FileInspected) -> String {
    let mut text = format!("{}\n  {}", found.file, found.kind);
    if !found.container.is_empty() {
        let _ = write!(text, " ({})", found.container);
    }
    text.push('\n');
    for column in found.columns.iter().take(MOST_LINES) {
        let _ = writeln!(text, "  column {:<24} {}", column.name, column.samples.join(" · "));
    }
    write_more(&mut text, found.columns.len(), "columns");
    if !found.raters.is_empty() {
        let raters = count(found.raters.len() as u64, "rater");
        let _ = writeln!(text, "  {raters}: {}", some(&found.raters));
        let more = if found.items > found.some_items.len() { ", …" } else { "" };
        let items = count(found.items as u64, "item");
        let _ = writeln!(text, "  {items}: {}{more}", found.some_items.join(", "));
    }
    for axis in found.axes.iter().take(MOST_LINES) {
        text.push_str(&axis_text(axis));
    }
    write_more(&mut text, found.axes.len(), "axes");
    for note in &found.notes {
        let _ = writeln!(text, "  note: {note}");
    }
    if let Some(why) = &found.refused {
        let _ = writeln!(text, "  {why}");
    }
    for next in &found.next {
        let _ = writeln!(text, "  next: {next}");
    }
    text
}

/// The most columns, and axes, that have a line each.
const MOST_LINES: usize = 30;

/// How many of `all` have no line of their own.
fn write_more(text: &mut String, all: usize, nouns: &str) {
    if let Some(more) = all.checked_sub(MOST_LINES).filter(|more| *more > 0) {
        let _ = writeln!(text, "  … and {more} more {nouns}; --json has all");
    }
}

fn axis_text(axis: &AxisSeen) -> String {
    let values: Vec<String> =
        axis.values.iter().map(|(value, n)| format!("{} ×{n}", shown(value))).collect();
    let scale = match (axis.known, axis.scale) {
        (true, Some((lowest, highest))) => format!("scale {lowest} to {highest}"),
        (false, Some((lowest, highest))) => {
            format!(
                "scale not declared; {lowest} to {highest} occur, and --scale says if there are more"
            )
        }
        _ if !axis.order.is_empty() => format!(
            "scale not declared; steps from {} to {}",
            axis.order[0],
            axis.order[axis.order.len() - 1]
        ),
        _ if axis.values.iter().any(|(value, _)| value.parse::<f64>().is_ok()) => {
            "numbers that are no even steps; --scale lists them in their order".into()
        }
        _ => "words, whose order only you know".into(),
    };
    let not_rated = match axis.not_rated {
        0 => String::new(),
        n => format!(", {n} not rated"),
    };
    format!(
        "  axis {}: {}{not_rated}; {scale}; {}\n",
        axis.axis,
        count(axis.grades as u64, "grade"),
        values.join(", ")
    )
}

/// The first of many names.
fn some(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let first: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    let more = if names.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", first.join(", "))
}

fn shown(value: &str) -> &str {
    if value.is_empty() { "(blank)" } else { value }
}
