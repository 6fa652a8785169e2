//! The commands that take a file, complete but for what only the person knows.

use super::FileInspected;
use crate::Failure;
use crate::reports::declared_scale::DeclaredScale;
use crate::reports::reading::{HowToRead, mappings_of_any};
use analysis::CompareError;
use exchange::{Grades, Guess, Holding, Layout, ScoreSource, is_absent, quoted};
use std::collections::HashSet;
use std::path::Path;
use study::{Scale, Score};

/// Where a command needs another file to compare with.
pub const OTHER_FILE: &str = "OTHER_FILE";

/// Where a command needs files that only the person knows.
pub const SCENARIOS: &str = "SCENARIOS";
/// The same of responses.
pub(super) const RESPONSES: &str = "RESPONSES";
/// More are not written out.
const MOST_SCALES: usize = 20;
/// More different grades are no scale.
const MOST_WORDS: usize = 100;

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
    /// The commands for a table that nothing recognises, as far as its columns can be guessed.
    pub(super) fn guessed(&self, guess: &Guess) -> Vec<String> {
        let (file, map) = (quoted(&self.file), &guess.map);
        match guess.holding {
            Holding::Responses => vec![draft(SCENARIOS, &file, map)],
            Holding::Scenarios => vec![draft(&file, RESPONSES, map)],
            Holding::Grades => {
                let field = |said: &str| said.split('=').next().unwrap_or_default().to_owned();
                let known: Vec<String> = self.map.iter().map(|said| field(said)).collect();
                let new: Vec<String> =
                    map.iter().filter(|said| !known.contains(&field(said))).cloned().collect();
                if !guess.is_complete() {
                    return vec![format!("{}{}", self.command(self.agree()), options(&new))];
                }
                self.read_by(&[self.map.as_slice(), &new].concat()).unwrap_or_else(|| {
                    let open = ["item=COLUMN", "value=COLUMN"].map(String::from);
                    vec![format!("{}{}", self.command(self.agree()), options(&open))]
                })
            }
        }
    }

    /// The commands that read the file by `map`; nothing where none does.
    fn read_by(&self, map: &[String]) -> Option<Vec<String>> {
        let mapping = mappings_of_any(map).ok()?.of(&self.file);
        let source = ScoreSource::open_mapped(&self.file, &mapping).ok()?;
        let (file, map) = (self.file.clone(), map.to_vec());
        let mut read = Self { file, map, ..Self::default() };
        read.take(&source);
        (!read.next.is_empty()).then_some(read.next)
    }

    /// Keeps the commands that do what they are proposed for, and says why others would not.
    pub(super) fn keep_working(&mut self, source: &ScoreSource) {
        let left_out = self.options.len().saturating_sub(MOST_SCALES);
        if left_out > 0 {
            self.notes.push(format!(
                "The commands below leave {left_out} more axes out. To compare them too, name them in --axis and give the \
                 scale of each."
            ));
        }
        match self.try_out(source) {
            _ if self.refused.is_some() => self.next.clear(),
            Ok(true) => {}
            Ok(false) => {
                self.notes.push(
                    "No item was graded by two of its raters on the same axis, so they cannot be compared with each other."
                        .into(),
                );
                let among = |next: &String| {
                    ["primum agree ", "primum judge "].iter().any(|name| next.starts_with(name))
                };
                self.next.retain(|next| !among(next));
                if !source.grades().is_some_and(Grades::has_unnamed_items) {
                    let other = format!("primum agree {} {OTHER_FILE}", quoted(&self.file));
                    self.next.insert(0, self.command(other));
                }
            }
            Err(why) => {
                self.notes.push(why.message);
                self.next.clear();
            }
        }
    }

    /// Reads its grades on the scales that the commands declare, words in any order. Whether its raters have a graded
    /// item in common, if there are several.
    fn try_out(&self, source: &ScoreSource) -> Result<bool, Failure> {
        let sources = source.clone().by_rater();
        CompareError::refuse_many(sources.len())?;
        let words = |option: &String| {
            let axis = option.split('=').next().unwrap_or_default();
            source.grades().map_or(0, |grades| grades.values(axis).len())
        };
        // Free text is no scale, and nobody will give one for it.
        if self.options.iter().any(|option| words(option) > MOST_WORDS) {
            return Ok(true);
        }
        let scale = |option: &String| {
            DeclaredScale::parse(option).or_else(|_| {
                let axis = option.split('=').next().unwrap_or_default();
                let values = source.grades().map(|grades| grades.values(axis)).unwrap_or_default();
                let words = values.into_keys().filter(|value| !is_absent(value)).map(String::from);
                Ok(DeclaredScale::of_labels(axis, words.collect()))
            })
        };
        let scales: Result<_, String> = self.options.iter().map(scale).collect();
        let read = HowToRead { scales: scales.map_err(Failure::refused)?, ..HowToRead::default() };
        let (labels, declared) = (read.labels(), read.declared(&sources));
        let (mut seen, mut shared) = (HashSet::new(), sources.len() < 2);
        for one in sources {
            let scores = one.labelled(&labels).scores(&declared)?;
            let mut given_before = |scale: &Scale| {
                let graded = scores.items.on(&scale.axis).filter(|(_, score)| is_grade(score));
                let mut keys = graded.map(|(item, _)| (scale.axis.clone(), item.to_owned()));
                keys.any(|key| !seen.insert(key))
            };
            shared = shared || scores.scales.iter().any(&mut given_before);
        }
        Ok(shared)
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

    /// The command for findings, which reads every axis.
    pub(super) fn findings(&self) -> Option<String> {
        let file = quoted(&self.file);
        let findings = format!("primum findings --scenarios {SCENARIOS} --scores {file}");
        (self.options.len() <= MOST_SCALES).then(|| self.command(findings))
    }

    /// A command with the scales and columns that it needs. Of very many axes the first are compared.
    pub(super) fn command(&self, mut command: String) -> String {
        for option in self.options.iter().take(MOST_SCALES) {
            command.push_str(&format!(" --scale {}", quoted(option)));
        }
        if self.options.len() > MOST_SCALES {
            let axes = self.options.iter().take(MOST_SCALES);
            let axes: Vec<&str> =
                axes.map(|option| option.split('=').next().unwrap_or_default()).collect();
            command.push_str(&format!(" --axis {}", quoted(&axes.join(","))));
        }
        command.push_str(&options(&self.map));
        command
    }
}

fn is_grade(score: &Score) -> bool {
    matches!(score, Score::Grade(_))
}

fn is_called_judge(name: &str) -> bool {
    let name = name.to_lowercase();
    ["judge", "grader", "llm", "gpt", "model"].iter().any(|word| name.contains(word))
}
