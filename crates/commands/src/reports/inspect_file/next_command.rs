//! The commands that take a file, complete but for what only the person knows.

use super::FileInspected;
use exchange::{Guess, Holding, quoted};

/// Where a command needs another file to compare with.
pub const OTHER_FILE: &str = "OTHER_FILE";

/// Where a command needs files that only the person knows.
pub const SCENARIOS: &str = "SCENARIOS";
/// The same of responses.
pub const RESPONSES: &str = "RESPONSES";
/// More are not written out.
const MOST_SCALES: usize = 20;

/// The command that makes a draft of these.
pub(super) fn draft(scenarios: &str, responses: &str, map: &[String]) -> String {
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
            Holding::Grades => format!("{}{}", self.command(self.agree()), options(map)),
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
            return Some(format!(
                "primum judge --human {} --judge {OTHER_FILE}",
                quoted(&self.file)
            ));
        }
        let is_judge = |rater: &&String| {
            let name = rater.to_lowercase();
            ["judge", "llm", "gpt", "model"].iter().any(|word| name.contains(word))
        };
        let (judges, humans): (Vec<&String>, Vec<&String>) = self.raters.iter().partition(is_judge);
        let named = |raters: Vec<&String>| -> Option<String> {
            let named = raters.iter().map(|rater| quoted(&format!("{}@{rater}", self.file)));
            (!raters.is_empty()).then(|| named.collect::<Vec<_>>().join(" "))
        };
        Some(format!("primum judge --human {} --judge {}", named(humans)?, named(judges)?))
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
