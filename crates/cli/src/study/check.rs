//! `primum study check`.

use crate::measure::count;
use crate::terminal::answer;
use anyhow::bail;
use commands::{CheckStudy, Counted, DraftFile, StudyCheck};
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
    let raters = draft.raters.len();
    let mut check = super::ask(CheckStudy { draft })?;
    if raters == 0 {
        let file = arguments.draft.display();
        check.problems.push(format!("{file}, field `raters`: found none; expected at least one"));
    }
    let next = match check.problems.len() {
        0 => format!("next   primum study scan {}\n", arguments.draft.display()),
        _ => String::new(),
    };
    answer(arguments.json, &check, |check| text(check) + &next)?;
    match check.problems.len() {
        0 => Ok(()),
        1 => bail!("1 thing in these files must be fixed first"),
        several => bail!("{several} things in these files must be fixed first"),
    }
}

fn text(check: &StudyCheck) -> String {
    let mut text = format!(
        "{} to {}; {} filtered, {} empty\nrubric  {}\n",
        count(check.responses.into(), "response"),
        count((check.scenarios - check.unanswered).into(), "scenario"),
        check.filtered,
        check.empty,
        check.rubric
    );
    if check.unanswered > 0 {
        let unanswered = count(check.unanswered.into(), "scenario");
        let _ = writeln!(text, "{unanswered} without a response, left out");
    }
    for (name, counts) in
        [("model", &check.models), ("category", &check.categories), ("framing", &check.framings)]
    {
        write_counts(&mut text, name, counts);
    }
    if !check.calibration.is_empty() {
        let _ = writeln!(text, "\n{}", count(check.calibration.len() as u64, "calibration item"));
    }
    for item in &check.calibration {
        let _ = writeln!(text, "  {:<26} {}", item.grades.join(", "), item.excerpt);
    }
    for caution in &check.cautions {
        let _ = writeln!(text, "Note: {caution}");
    }
    if check.problems.is_empty() && check.cautions.is_empty() {
        text.push_str("\nNothing is wrong with these files.\n");
    } else if check.problems.is_empty() {
        text.push_str("\nNothing has to be fixed. Read the notes above before you go on.\n");
    } else {
        let _ = writeln!(text, "\n{} to fix first:", check.problems.len());
        for problem in &check.problems {
            let _ = writeln!(text, "  {problem}");
        }
    }
    text
}

fn write_counts(text: &mut String, name: &str, counts: &[Counted]) {
    let _ = writeln!(text, "\n{name}");
    for Counted { name, count } in counts {
        let _ = writeln!(text, "  {name:<26} {count:>6}");
    }
}
