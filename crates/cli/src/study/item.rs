//! `primum study item`.

use crate::terminal::answer;
use commands::{DisagreementView, ItemId, ShowDisagreement, Voice};
use std::fmt::Write;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The study's file, or its folder.
    study: String,
    /// The item, as `primum study queue` names it.
    item: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { study, item, json } = arguments;
    let show = ShowDisagreement { study, item: ItemId::new(item) };
    answer(json, &super::ask(show)?, text)
}

fn text(view: &DisagreementView) -> String {
    let mut text = String::new();
    for (title, part) in [
        ("System prompt", view.scenario.system_prompt.as_str()),
        ("Prompt", &view.scenario.prompt.plain()),
        ("Reference answer", &view.scenario.reference_answer),
    ] {
        if !part.is_empty() {
            let _ = writeln!(text, "{title}\n\n{part}\n");
        }
    }
    let filtered = if view.response.filtered { " (filtered)" } else { "" };
    let _ = writeln!(text, "Response{filtered}\n\n{}\n", view.response.text);
    view.voices.iter().for_each(|voice| write_voice(&mut text, voice));
    for dispute in &view.disputes {
        let _ = writeln!(text, "\n{} ({})", dispute.label, dispute.axis);
        for level in &dispute.levels {
            let _ = writeln!(text, "  {} {}: {}", level.grade, level.label, level.anchor);
        }
        if let Some(decided) = &dispute.decision {
            let grade = decided.grade.map_or_else(|| "no grade".into(), |grade| grade.to_string());
            let _ = writeln!(text, "  decided: {grade}. {}", decided.note);
        }
    }
    text
}

fn write_voice(text: &mut String, Voice { alias, rating }: &Voice) {
    let grades: Vec<String> =
        rating.grades.iter().map(|(axis, grade)| format!("{axis} {grade}")).collect();
    let said = match &rating.abstain {
        Some(reason) => format!("abstained: {reason}"),
        None => grades.join(", "),
    };
    let _ = writeln!(text, "{alias}: {said}");
    if !rating.note.is_empty() {
        let _ = writeln!(text, "  {}", rating.note);
    }
}
