//! `primum inspect`.

use crate::measure::count;
use crate::reading::Mapped;
use crate::terminal::{print, print_json};
use anyhow::bail;
use commands::{
    AxisSeen, Command, FileInspected, Holding, InspectFile, OTHER_FILE, SCENARIOS, draft_command,
    quoted,
};
use std::fmt::Write;

#[derive(clap::Args)]
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
    for file in &arguments.files {
        let looked =
            InspectFile { file: file.clone(), map: map.clone() }.run(&mut crate::context());
        found.push(match looked {
            Ok(inspected) => inspected,
            Err(failure) => refused(file, failure.message),
        });
    }
    name_the_others(&mut found);
    name_the_texts(&mut found);
    if arguments.json {
        print_json(&found)?;
    } else {
        print(&found.iter().map(text).collect::<Vec<_>>().join("\n"))?;
    }
    let unusable = found.iter().filter(|one| one.refused.is_some() || one.next.is_empty()).count();
    match unusable {
        0 => Ok(()),
        1 if found.len() == 1 => bail!("this file cannot be used as it is"),
        1 => bail!("1 of {} files cannot be used as it is", found.len()),
        several => bail!("{several} of {} files cannot be used as they are", found.len()),
    }
}

/// Where several files can be compared, each one's command names the others, and judges are set beside humans.
fn name_the_others(found: &mut [FileInspected]) {
    let comparable = |one: &&FileInspected| {
        one.refused.is_none() && one.next.iter().any(|next| next.contains(OTHER_FILE))
    };
    let named = |judges: bool| -> Vec<String> {
        let those = found.iter().filter(comparable).filter(|one| one.is_judge == judges);
        those.map(|one| quoted(&one.file)).collect()
    };
    let (humans, judges) = (named(false), named(true));
    let files: Vec<String> = humans.iter().chain(&judges).cloned().collect();
    if files.len() < 2 {
        return;
    }
    for one in found.iter_mut() {
        let own = quoted(&one.file);
        let others: Vec<&str> =
            files.iter().filter(|file| **file != own).map(String::as_str).collect();
        // Who of several is the judge is said only where one is called so.
        let unknown = judges.is_empty() || humans.is_empty();
        one.next.retain(|next| {
            !unknown || files.len() == 2 || !(next.starts_with(JUDGE) && next.contains(OTHER_FILE))
        });
        for next in &mut one.next {
            if let (true, false) = (next.starts_with(JUDGE) && next.contains(OTHER_FILE), unknown) {
                let options = next.split_once(" --scale ").map(|(_, options)| options.to_owned());
                let options = options.map(|options| format!(" --scale {options}"));
                *next = format!(
                    "{JUDGE} --human {} --judge {}{}",
                    humans.join(" "),
                    judges.join(" "),
                    options.unwrap_or_default()
                );
            }
            *next = next.replace(OTHER_FILE, &others.join(" "));
        }
    }
}

const JUDGE: &str = "primum judge";

/// Where one file holds scenarios and another responses, one command drafts a study of both.
fn name_the_texts(found: &mut [FileInspected]) {
    let holds = |one: &FileInspected, holding| one.texts.iter().any(|text| text.holding == holding);
    let one_of = |holding, other: Option<usize>| {
        let these: Vec<usize> = (0..found.len())
            .filter(|at| Some(*at) != other && holds(&found[*at], holding))
            .collect();
        let only = |at: &&usize| found[**at].texts.len() == 1;
        match (these.as_slice(), these.iter().filter(only).collect::<Vec<_>>().as_slice()) {
            ([one], _) => Some(*one),
            (_, [one]) => Some(**one),
            _ => None,
        }
    };
    let responses = one_of(Holding::Responses, None);
    let scenarios = one_of(Holding::Scenarios, responses);
    let responses = responses.or_else(|| one_of(Holding::Responses, scenarios));
    let (Some(scenarios), Some(responses)) = (scenarios, responses) else { return };
    let map = |at: usize, holding| -> Vec<String> {
        let text = found[at].texts.iter().find(|text| text.holding == holding);
        text.map(|text| text.map.clone()).unwrap_or_default()
    };
    let (of_scenarios, mut of_responses) =
        (map(scenarios, Holding::Scenarios), map(responses, Holding::Responses));
    // The scenario is in the column that has the name of the other table's.
    let id = of_scenarios.iter().find_map(|said| said.strip_prefix("id=")).unwrap_or("id");
    if found[responses].columns.iter().any(|column| column.name == id.trim_matches('"'))
        && let Some(said) = of_responses.iter_mut().find(|said| said.starts_with("scenario_id="))
    {
        *said = format!("scenario_id={id}");
    }
    let table = quoted(&found[scenarios].file);
    let both: Vec<String> = of_responses.into_iter().chain(of_scenarios.clone()).collect();
    let draft = draft_command(&table, &quoted(&found[responses].file), &both);
    let said: String = of_scenarios.iter().map(|said| format!(" --map {}", quoted(said))).collect();
    for (at, one) in found.iter_mut().enumerate() {
        if at == scenarios || at == responses {
            one.next.retain(|next| !next.starts_with("primum study draft"));
            one.next.push(draft.clone());
        }
        for next in &mut one.next {
            *next = next.replace(
                &format!("--scenarios {SCENARIOS}"),
                &format!("--scenarios {table}{said}"),
            );
        }
    }
}

/// A file that could not even be opened.
fn refused(file: &str, message: String) -> FileInspected {
    FileInspected {
        file: file.into(),
        kind: "cannot be read".into(),
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
    for column in &found.columns {
        let _ = writeln!(text, "  column {:<24} {}", column.name, column.samples.join(" · "));
    }
    if !found.raters.is_empty() {
        let raters = count(found.raters.len() as u64, "rater");
        let _ = writeln!(text, "  {raters}: {}", some(&found.raters));
        let more = if found.items > found.some_items.len() { ", …" } else { "" };
        let items = count(found.items as u64, "item");
        let _ = writeln!(text, "  {items}: {}{more}", found.some_items.join(", "));
    }
    for axis in &found.axes {
        text.push_str(&axis_text(axis));
    }
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
