//! `primum study draw`.

use crate::measure::count;
use crate::terminal::answer;
use commands::{DraftFile, DrawSample, Margin, MarginKind, SampleDrawn};
use std::fmt::Write;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The draft.
    draft: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let draft = DraftFile::open(&arguments.draft)?.draft();
    answer(arguments.json, &super::ask(DrawSample { draft })?, text)
}

fn text(drawn: &SampleDrawn) -> String {
    let mut text = format!(
        "{} to {}\n",
        count(drawn.responses as u64, "response"),
        count(drawn.scenarios as u64, "scenario")
    );
    if let Some(report) = &drawn.report {
        let _ = writeln!(
            text,
            "drawn from {} with seed {}; inclusion probabilities from {:.3} to {:.3}",
            report.candidates, report.seed, report.least_probability, report.greatest_probability
        );
        for margin in &report.margins {
            write_margin(&mut text, margin);
        }
        for remark in &report.remarks {
            let _ = writeln!(text, "Note: {remark}");
        }
    }
    let _ = writeln!(text, "\n{:<28} {:>8} {:>8}", "rater", "items", "repeats");
    for load in &drawn.design.loads {
        let _ = writeln!(text, "  {:<26} {:>8} {:>8}", load.rater, load.items, load.repeats);
    }
    for shared in &drawn.design.overlaps {
        let _ = writeln!(
            text,
            "{} and {} share {}",
            shared.first,
            shared.second,
            count(shared.responses as u64, "response")
        );
    }
    text
}

fn write_margin(text: &mut String, margin: &Margin) {
    let name = match margin.kind {
        MarginKind::Model => "model",
        MarginKind::Category => "category",
        MarginKind::Framing => "framing",
        MarginKind::Score => "automated score",
        MarginKind::Filtered => "filtered",
        MarginKind::Pair => "pairs",
        MarginKind::Repeat => "repeats",
    };
    if margin.lines.is_empty() {
        return;
    }
    let _ =
        writeln!(text, "\n{name:<28} {:>8} {:>8} {:>8} {:>8}", "of", "wanted", "expected", "drawn");
    let number = |number: Option<f64>| number.map_or_else(|| "–".into(), |it| format!("{it:.1}"));
    for line in &margin.lines {
        let _ = writeln!(
            text,
            "  {:<26} {:>8} {:>8} {:>8} {:>8}",
            line.value,
            line.candidates,
            number(line.wanted),
            number(line.expected),
            line.drawn
        );
    }
}
