//! `primum study show`.

use crate::measure::count;
use crate::terminal::answer;
use commands::{LogLine, RaterView, ShowStudy, StudyView, quoted};
use std::fmt::Write;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The study's file, or its folder.
    study: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    answer(arguments.json, &super::ask(ShowStudy { study: arguments.study })?, text)
}

fn text(view: &StudyView) -> String {
    let mut text = format!(
        "{} ({})\nrubric  {}\nitems   {}, {} of them repeats\nkey     {}\n\n{:<8} {:>11} {:>9} {:>6}  {:<24} name\n",
        view.title,
        view.study,
        view.rubric,
        view.items,
        view.repeats,
        match &view.opened_at {
            None => "sealed".into(),
            Some(at) if view.sealed_keys.is_empty() => format!("opened {}", to_the_second(at)),
            Some(at) => {
                format!(
                    "opened {}; still sealed: {}",
                    to_the_second(at),
                    view.sealed_keys.join(", ")
                )
            }
        },
        "rater",
        "graded",
        "complete",
        "files",
        "locked"
    );
    for caution in &view.cautions {
        text.insert_str(0, &format!("{caution}\n\n"));
    }
    for rater in view.raters.iter().chain(&view.aside) {
        let lead = if rater.lead { " (lead author)" } else { "" };
        let name = if rater.name.is_empty() { "–" } else { &rater.name };
        let graded = format!("{} of {}", rater.graded, rater.items);
        let locked = rater.locked_at.as_deref().map_or_else(|| "no".into(), to_the_second);
        let _ = writeln!(
            text,
            "{:<8} {graded:>11} {:>9} {:>6}  {locked:<24} {name}{lead}",
            rater.label, rater.done, rater.files
        );
        if rater.packets > 1 {
            let _ = writeln!(text, "  {} of {} packets came", rater.packets_came, rater.packets);
        }
        if rater.changed > 0 {
            let _ =
                writeln!(text, "  {} changed after the lock", count(rater.changed.into(), "item"));
        }
        if let Some(added) = &rater.added_at {
            let _ = writeln!(text, "  added {}", to_the_second(added));
        }
        if rater.late > 0 {
            let _ = writeln!(
                text,
                "  {} arrived after the key was opened",
                count(rater.late.into(), "item")
            );
        }
        if view.aside.iter().any(|aside| aside.label == rater.label) {
            text.push_str("  set aside: these ratings do not count\n");
        }
    }
    write_calibration(&mut text, view);
    let _ = writeln!(
        text,
        "\n{}, {} decided",
        count(view.disagreements.into(), "disagreement"),
        view.decided
    );
    for unclear in &view.unclear {
        let _ =
            writeln!(text, "  rubric unclear: {} {}  {}", unclear.item, unclear.axis, unclear.note);
    }
    write_lines(&mut text, "changes to the study", &view.changes);
    write_lines(&mut text, "log", &view.log);
    let _ = writeln!(text, "\nnext   {}", next_step(view));
    text
}

/// What the lead author does next.
pub(super) fn next_step(view: &StudyView) -> String {
    let study = quoted(&view.file);
    let named = |waits: fn(&RaterView) -> bool| -> Vec<&str> {
        view.raters.iter().filter(|rater| waits(rater)).map(|rater| rater.label.as_str()).collect()
    };
    let silent = named(|rater| rater.packets_came < rater.packets);
    let unlocked = named(|rater| rater.locked_at.is_none());
    match (silent.as_slice(), unlocked.as_slice(), view.opened_at.is_some()) {
        ([_, ..], ..) => format!(
            "send each rater their packet ({} to come), and receive what comes back: primum study receive {study} FILE",
            silent.join(", ")
        ),
        (_, [_, ..], false) => format!(
            "ask {} to lock and to export again: primum study receive {study} FILE",
            unlocked.join(", ")
        ),
        _ if view.decided < view.disagreements => format!(
            "decide the {} that are open: primum study queue {study}, or in the window",
            count((view.disagreements - view.decided).into(), "disagreement")
        ),
        (_, _, false) => format!("primum study open-key {study}"),
        _ if !view.sealed_keys.is_empty() => format!("primum study open-key {study}"),
        (_, _, true) => format!("primum study export {study} --folder DIR"),
    }
}

fn write_lines(text: &mut String, title: &str, lines: &[LogLine]) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}");
    for line in lines {
        let _ = writeln!(text, "  {}  {}", to_the_second(&line.at), line.message);
    }
}

/// How each rater rated what does not count, before they read why it has its shared grades.
fn write_calibration(text: &mut String, view: &StudyView) {
    if view.calibration.is_empty() {
        return;
    }
    let _ = write!(text, "\n{:<28} {:>6}", "calibration", "shared");
    for rater in &view.raters {
        let _ = write!(text, " {:>6}", rater.label);
    }
    text.push('\n');
    for item in &view.calibration {
        for axis in &item.axes {
            let name = format!("{} {}", item.item, axis.axis);
            let _ = write!(text, "  {name:<26} {:>6}", axis.shared);
            for grade in &axis.grades {
                let grade = grade.map_or_else(|| "–".into(), |grade| grade.to_string());
                let _ = write!(text, " {grade:>6}");
            }
            text.push('\n');
        }
    }
}

/// A time in UTC without the fraction of its second.
pub(super) fn to_the_second(at: &str) -> String {
    at.split_once('.').map_or_else(|| at.into(), |(seconds, _)| format!("{seconds}Z"))
}
