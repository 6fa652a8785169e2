//! The commands that take a file, complete but for what only the person knows.

use super::FileInspected;
use exchange::{Guess, Holding, Layout, quoted};
use std::path::Path;

/// Where a command needs another file to compare with.
pub const OTHER_FILE: &str = "OTHER_FILE";

/// Where a command needs files that only the person knows.
pub const SCENARIOS: &str = "SCENARIOS";
/// The same of responses.
pub(super) const RESPONSES: &str = "RESPONSES";
/// More are not written out.
const MOST_SCALES: usize = 20;

/// The command that makes a draft of these.
pub fn draft(scenarios: &str, responses: &str, map: &[String]) -> String {
    format!(
        "primum study draft --title TITLE --scenarios {scenarios} --responses {responses}{} --rubric gated --raters A,B \
         --out draft.json",
        options(map)
    )
}

fn options(map: &[String]) -> String {
    map.iter().map(|said| format!(" --map {}", quoted(said))).collect()
}

impl FileInspected {
    /// The command for a table that nothing recognises, as far as its columns can be guessed.
    pub(super) fn guessed(&self, Guess { holding, map }: &Guess) -> String {
        let file = quoted(&self.file);
        match holding {
            Holding::Responses => draft(SCENARIOS, &file, map),
            Holding::Scenarios => draft(&file, RESPONSES, map),
            Holding::Grades => {
                let field = |said: &str| said.split('=').next().unwrap_or_default().to_owned();
                let known: Vec<String> = self.map.iter().map(|said| field(said)).collect();
                let new = map.iter().filter(|said| !known.contains(&field(said)));
                let new: Vec<String> = new.cloned().collect();
                format!("{}{}", self.command(self.agree()), options(&new))
            }
        }
    }

    /// The command that compares its raters.
    pub(super) fn agree(&self) -> String {
        let mut command = format!("primum agree {}", quoted(&self.file));
        if self.raters.len() < 2 {
            command.push_str(&format!(" {OTHER_FILE}"));
        }
        command
    }

    /// The command that compares a judge among its raters with the others, or its one rater with another file.
    pub(super) fn judge(&self) -> Option<String> {
        if self.raters.len() == 1 {
            let file = quoted(&self.file);
            return Some(match self.is_judge {
                true => format!("primum judge --human {OTHER_FILE} --judge {file}"),
                false => format!("primum judge --human {file} --judge {OTHER_FILE}"),
            });
        }
        let is_judge = |rater: &&String| is_called_judge(rater);
        let (judges, humans): (Vec<&String>, Vec<&String>) = self.raters.iter().partition(is_judge);
        let named = |raters: Vec<&String>| -> Option<String> {
            let named = raters.iter().map(|rater| quoted(&format!("{}@{rater}", self.file)));
            (!raters.is_empty()).then(|| named.collect::<Vec<_>>().join(" "))
        };
        Some(format!("primum judge --human {} --judge {}", named(humans)?, named(judges)?))
    }

    /// Whether all grades are a judge's: of a log's scorer, or of one that is called so.
    pub(super) fn is_one_judge(&self, layout: Layout) -> bool {
        let stem = Path::new(&self.file).file_stem().unwrap_or_default().to_string_lossy();
        let is_called = || is_called_judge(&stem) || is_called_judge(&self.raters[0]);
        self.raters.len() == 1 && (layout == Layout::Inspect || is_called())
    }

    /// The command for ratings of items that have no names.
    pub(super) fn coefficients(&self) -> String {
        format!("primum coefficients {}", quoted(&self.file))
    }

    pub(super) fn plan(&self) -> String {
        format!("primum plan {} --half-width 0.1", quoted(&self.file))
    }

    pub(super) fn findings(&self) -> String {
        format!("primum findings --scenarios {SCENARIOS} --scores {}", quoted(&self.file))
    }

    /// A command with the scales and columns that it needs.
    pub(super) fn command(&self, mut command: String) -> String {
        for option in self.options.iter().take(MOST_SCALES) {
            command.push_str(&format!(" --scale {}", quoted(option)));
        }
        if let Some(more) = self.options.len().checked_sub(MOST_SCALES).filter(|more| *more > 0) {
            command.push_str(&format!(" … and --scale for {more} more axes"));
        }
        command.push_str(&options(&self.map));
        command
    }
}

fn is_called_judge(name: &str) -> bool {
    let name = name.to_lowercase();
    ["judge", "grader", "llm", "gpt", "model"].iter().any(|word| name.contains(word))
}
