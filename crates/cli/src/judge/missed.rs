//! The responses that a judge missed, with their texts.

use super::JudgeReport;
use commands::{
    Asked, Command, JudgeAxis, Missed, MissedNote, MissedText, MissedTexts, Outcome, ResponseView,
    ShowMissed,
};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The report, and the texts that belong to it where responses were given.
#[derive(Serialize)]
pub(super) struct Read {
    #[serde(flatten)]
    pub(super) report: JudgeReport,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) missed_texts: Option<MissedTexts>,
}

impl Read {
    /// Fetches the texts of all that any judge missed, each once, where `asked` names responses.
    pub(super) fn of(report: JudgeReport, asked: ShowMissed) -> anyhow::Result<Self> {
        if asked.responses.is_none() {
            return Ok(Self { report, missed_texts: None });
        }
        let axes = report.judges.values().flat_map(|judge| judge.axes.values());
        let items: BTreeSet<&String> =
            axes.flat_map(|axis| &axis.missed).map(|missed| &missed.item).collect();
        let items = items.into_iter().cloned().collect();
        let asked = ShowMissed { items, ..asked };
        let texts = asked.run(&mut crate::context())?;
        Ok(Self { report, missed_texts: Some(texts) })
    }
}

/// One judge and axis after the other, the worst first.
pub(super) fn write_texts(text: &mut String, report: &JudgeReport, found: &MissedTexts) {
    for caution in &found.cautions {
        let _ = writeln!(text, "\nNote: {caution}");
    }
    for (judge, axes) in &report.judges {
        for axis in axes.axes.values().filter(|axis| !axis.missed.is_empty()) {
            let _ = writeln!(text, "\n{judge}: {}, what it missed", axis.label);
            for missed in &axis.missed {
                write_one(text, axis, missed, found.texts.get(&missed.item));
            }
        }
    }
}

fn write_one(text: &mut String, axis: &JudgeAxis, missed: &Missed, found: Option<&MissedText>) {
    let humans: Vec<String> = missed
        .humans
        .iter()
        .map(|(name, grade)| match grade {
            Some(grade) => format!("{name} {}", axis.name_of(*grade)),
            None => format!("{name} gave none"),
        })
        .collect();
    let Missed { item, reference_name, judge_name, .. } = missed;
    let _ = writeln!(
        text,
        "\n  {item}\n  humans {reference_name}, judge {judge_name} ({})",
        humans.join(", ")
    );
    let Some(MissedText { asked, response, notes }) = found else { return };
    for MissedNote { human, note } in notes {
        let _ = writeln!(text, "  {human} noted: {note}");
    }
    write_part(text, "Prompt", asked, |asked: &Asked| asked.prompt.plain());
    write_part(text, "Response", response, |response: &ResponseView| response.text.as_str().into());
}

/// A text with an indent, which shows where it ends whatever it holds.
fn write_part<T>(text: &mut String, name: &str, part: &Outcome<T>, words: fn(&T) -> Cow<'_, str>) {
    match part {
        Outcome::Undefined { undefined } => drop(writeln!(text, "  {name}: –  {undefined}")),
        Outcome::Made(made) if words(made).trim().is_empty() => {
            let _ = writeln!(text, "  {name}: empty");
        }
        Outcome::Made(made) => {
            let _ = writeln!(text, "  {name}:");
            for line in words(made).trim_end().lines() {
                let _ = writeln!(text, "{}", format!("    │ {line}").trim_end());
            }
        }
    }
}
