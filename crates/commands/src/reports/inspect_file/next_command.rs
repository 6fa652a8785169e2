//! The commands that take a file, complete but for what only the person knows.

use super::FileInspected;
use super::scales::Chosen;
use crate::Failure;
use crate::reports::reading::{HowToRead, mappings_of_any};
use analysis::CompareError;
use exchange::{Grades, Guess, Holding, Layout, ScoreSource, quoted};
use std::collections::HashSet;
use std::path::Path;
use study::Score;

/// Where a command needs another file to compare with.
pub const OTHER_FILE: &str = "OTHER_FILE";

/// Where a command needs files that only the person knows.
pub const SCENARIOS: &str = "SCENARIOS";
/// The same of responses.
pub(super) const RESPONSES: &str = "RESPONSES";

/// The command that makes a draft of these.
pub fn draft(scenarios: &str, responses: &str, map: &[String]) -> String {
    format!(
        "primum study draft --title TITLE --scenarios {scenarios} --responses {responses}{} --rubric gated --raters A,B \
         --out draft.json",
        options(map)
    )
}

pub(super) fn options(map: &[String]) -> String {
    map.iter().map(|said| format!(" --map {}", quoted(said))).collect()
}

impl FileInspected {
    /// The commands for a table that nothing recognises, as far as its columns can be guessed.
    pub(super) fn guessed(&mut self, guess: &Guess) -> Vec<String> {
        let (file, map) = (quoted(&self.file), &guess.map);
        match guess.holding {
            Holding::Responses => vec![draft(SCENARIOS, &file, map)],
            Holding::Scenarios => vec![draft(&file, RESPONSES, map)],
            Holding::Grades => {
                let field = |said: &str| said.split('=').next().unwrap_or_default().to_owned();
                let known: Vec<String> = self.map.iter().map(|said| field(said)).collect();
                let new: Vec<String> =
                    map.iter().filter(|said| !known.contains(&field(said))).cloned().collect();
                let rater = map.iter().find(|said| field(said) == "rater");
                // Where a column says who graded, the raters are in this file.
                let agree = match rater {
                    Some(_) => format!("primum agree {file}"),
                    None => self.agree(),
                };
                let by = |map: &[String]| vec![format!("{}{}", self.command(agree), options(map))];
                if !guess.is_complete() {
                    return by(&new);
                }
                let open = ["item=COLUMN", "value=COLUMN"].map(String::from);
                let open = by(&rater.into_iter().cloned().chain(open).collect::<Vec<_>>());
                match self.read_by(&[self.map.as_slice(), &new].concat()) {
                    Ok(read) if !read.next.is_empty() => read.next,
                    Ok(read) => {
                        self.notes.extend(read.notes);
                        open
                    }
                    Err(why) => {
                        self.notes.push(why.message);
                        open
                    }
                }
            }
        }
    }

    /// The file as it is read by `map`, with the commands that then work.
    pub(super) fn read_by(&self, map: &[String]) -> Result<Self, Failure> {
        let mapping = mappings_of_any(map)?.of(&self.file);
        let source = ScoreSource::open_mapped(&self.file, &mapping)?;
        let (file, map) = (self.file.clone(), map.to_vec());
        let mut read = Self { file, map, ..Self::default() };
        read.take(source);
        Ok(read)
    }

    /// Keeps the commands that do what they are proposed for, and says why others would not.
    pub(super) fn keep_working(&mut self, source: ScoreSource) {
        let Chosen { notes, is_none, .. } = self.chosen();
        self.notes.extend(notes);
        if is_none || self.refused.is_some() {
            return self.next.clear();
        }
        let is_named = !source.grades().is_some_and(Grades::has_unnamed_items);
        match self.try_out(source) {
            Ok(shared) => self.keep_shared(shared, is_named),
            Err(why) => {
                self.notes.push(why.message);
                self.next.clear();
            }
        }
    }

    /// Keeps the commands for which there is something to compare. Items that are `is_named` may be in another file as well.
    fn keep_shared(&mut self, shared: Shared, is_named: bool) {
        if shared.by_two && shared.with_judge {
            return;
        }
        self.next.retain(|next| !next.starts_with("primum judge "));
        if shared.by_two {
            self.notes.push(
                "No item was graded by a judge and by a human on the same axis, so the judge cannot be validated by this \
                 file alone."
                    .into(),
            );
            return;
        }
        self.notes.push(
            "No item was graded by two of its raters on the same axis, so they cannot be compared with each other.".into(),
        );
        self.next.retain(|next| !next.starts_with("primum agree "));
        if is_named {
            let other = format!("primum agree {} {OTHER_FILE}", quoted(&self.file));
            self.next.insert(0, self.command(other));
        }
    }

    /// Reads its grades on the scales that the commands declare, words in any order, and says which of its raters have a
    /// graded item in common.
    fn try_out(&self, source: ScoreSource) -> Result<Shared, Failure> {
        let Chosen { scales, axes, .. } = self.chosen();
        let scales = scales.iter().map(|asked| asked.tried(&source)).collect();
        let sources = source.on_axes(&axes).by_rater();
        CompareError::refuse_many(sources.len())?;
        let read = HowToRead { scales, ..HowToRead::default() };
        let (labels, declared) = (read.labels(), read.declared(&sources));
        let (judges, humans) = self.by_kind();
        // Of one rater another file has the other; where there is no judge, none is proposed.
        let mut shared = Shared {
            by_two: self.raters.len() < 2,
            with_judge: self.raters.len() < 2 || judges.is_empty() || humans.is_empty(),
        };
        let mut seen = [HashSet::new(), HashSet::new()];
        for one in sources {
            let scores = one.labelled(&labels).scores(&declared)?;
            let of = usize::from(is_called_judge(&scores.rater));
            for scale in &scores.scales {
                for (item, _) in scores.items.on(&scale.axis).filter(|(_, score)| is_grade(score)) {
                    if shared.by_two && shared.with_judge {
                        break;
                    }
                    let key = (scale.axis.clone(), item.to_owned());
                    let with_other = seen[1 - of].contains(&key);
                    shared.with_judge |= with_other;
                    shared.by_two |= with_other || !seen[of].insert(key);
                }
            }
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
        let (judges, humans) = self.by_kind();
        let named = |raters: Vec<&String>| -> Option<String> {
            let named = raters.iter().map(|rater| quoted(&format!("{}@{rater}", self.file)));
            (!raters.is_empty()).then(|| named.collect::<Vec<_>>().join(" "))
        };
        Some(format!("primum judge --human {} --judge {}", named(humans)?, named(judges)?))
    }

    /// Its raters that are called as judges, and the others.
    fn by_kind(&self) -> (Vec<&String>, Vec<&String>) {
        self.raters.iter().partition(|rater| is_called_judge(rater))
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
        self.chosen().axes.is_empty().then(|| self.command(findings))
    }

    /// A command with the scales and columns that it needs.
    pub(super) fn command(&self, command: String) -> String {
        command + &self.options()
    }
}

/// Which raters of a file have a graded item in common.
struct Shared {
    /// Any two.
    by_two: bool,
    /// A judge and a human.
    with_judge: bool,
}

fn is_grade(score: &Score) -> bool {
    matches!(score, Score::Grade(_))
}

/// Whether a word of a name is that of a language model.
pub(super) fn is_called_model(name: &str) -> bool {
    const BEGINS: [&str; 9] =
        ["gpt", "chatgpt", "llama", "mistral", "mixtral", "qwen", "deepseek", "grok", "llm"];
    const WORDS: [&str; 3] = ["claude", "gemini", "gemma"];
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    words.any(|word| WORDS.contains(&word) || BEGINS.iter().any(|begin| word.starts_with(begin)))
}

fn is_called_judge(name: &str) -> bool {
    const HUMAN: [&str; 5] = ["human", "physician", "doctor", "clinician", "expert"];
    let name = name.to_lowercase();
    if HUMAN.iter().any(|word| name.contains(word)) {
        return false;
    }
    ["judge", "grader", "llm", "gpt", "model"].iter().any(|word| name.contains(word))
}
