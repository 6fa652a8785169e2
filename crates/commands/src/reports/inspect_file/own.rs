//! Files that Primum writes and that hold no ratings, by their format or by their columns.

use super::FileInspected;
use exchange::quoted;

/// Columns, or fields of JSON, of what a study's export holds for people and other programs; what that is; and the
/// file's name there. Others may have tables like these: no more is said than what is in them.
const EXPORTED: [(&[&str], &str, &str); 9] = [
    (&["rater", "item", "note"], "raters’ notes", "notes.csv"),
    (
        &["rater", "item", "action", "value", "scenario"],
        "grades of critical actions",
        "actions.csv",
    ),
    (
        &["rater", "item", "kind", "action", "axis", "value", "start", "end", "words"],
        "words that raters marked",
        "passages.csv",
    ),
    (&["number", "at", "event", "message"], "a study’s log", "log.csv"),
    (&["file", "column", "type", "levels", "meaning"], "a codebook", "codebook.csv"),
    (&["data", "predictions"], "tasks for Label Studio, without annotations", "label_studio.json"),
    (
        &[
            "model",
            "sample",
            "epoch",
            "scorer",
            "value",
            "explanation",
            "author",
            "reason",
            "timestamp",
        ],
        "scores to be added to a log of Inspect",
        "inspect_scores.json",
    ),
    (
        &[
            "item",
            "scenario",
            "system_prompt",
            "prompt",
            "reference_answer",
            "critical_actions",
            "commission_risks",
            "response",
            "filtered",
        ],
        "the texts that raters read",
        "texts.jsonl",
    ),
    (&REDCAP, "a data dictionary for REDCap", "redcap_dictionary.csv"),
];

/// How the columns of a data dictionary begin.
const REDCAP: [&str; 3] = ["Variable / Field Name", "Form Name", "Section Header"];

/// How the columns of the answers beside the grades begin.
const ANSWERS: [&str; 11] = [
    "rater",
    "item",
    "scenario",
    "repeat_of",
    "place",
    "first_at",
    "last_at",
    "active_seconds",
    "visits",
    "flag",
    "abstain",
];

impl FileInspected {
    /// A key that is a table.
    pub(super) fn key(&mut self) {
        self.kind = "a key, as a table: which item is which response".into();
        let file = quoted(&self.file);
        self.next.push(format!("primum agree RATINGS SCORES --key {file}"));
    }

    /// A part of a study's export that no command reads, whose JSON has these `fields`: whether it is one.
    pub(super) fn exported(&mut self, fields: &[String]) -> bool {
        let columns: Vec<&str> = match fields {
            [] => self.columns.iter().map(|column| column.name.as_str()).collect(),
            // Of an item that is shown again there is one more.
            fields => {
                fields.iter().map(String::as_str).filter(|name| *name != "repeat_of").collect()
            }
        };
        let is = |known: &[&str]| {
            let begins = [&REDCAP[..], &ANSWERS[..]].contains(&known);
            match begins {
                true => columns.starts_with(known),
                false => {
                    known.len() == columns.len() && known.iter().all(|name| columns.contains(name))
                }
            }
        };
        let answers = (&ANSWERS[..], "answers beside the grades, with times", "answers.csv");
        let known = EXPORTED.into_iter().chain([answers]).find(|(known, ..)| is(known));
        match known {
            // In German, a column of grades may be called so.
            Some((_, _, "notes.csv")) if !self.has_words("note") => false,
            Some((_, what, name)) => {
                self.for_no_command(what, &format!("{name} of a study’s export"));
                true
            }
            None => false,
        }
    }

    /// Whether a value of this column is several words.
    fn has_words(&self, column: &str) -> bool {
        let column = self.columns.iter().find(|known| known.name == column);
        column.is_some_and(|column| column.samples.iter().any(|sample| sample.contains(' ')))
    }

    fn for_no_command(&mut self, what: &str, called: &str) {
        self.kind = format!("{what} ({called})");
        self.refused = Some(format!(
            "{}: found {what}; expected ratings, scores, responses or scenarios. No command reads this file.",
            self.file
        ));
    }

    /// A file of Primum's own that holds no ratings.
    pub(super) fn ours(&mut self, format: &str) {
        let file = quoted(&self.file);
        let name = format.trim_start_matches("primum-").split('/').next().unwrap_or_default();
        let (kind, next) = match name {
            "packet" => ("a packet for a rater", "Open it in Primum, and rate.".to_owned()),
            "key" => ("a key, in clear text", format!("primum agree RATINGS SCORES --key {file}")),
            "scenario" => ("a scenario", "Give the folder that it is in as --scenarios.".into()),
            "calibration" => {
                ("calibration items", format!("primum study draft … --calibration {file}"))
            }
            "rubric" => ("a rubric", format!("primum study draft … --rubric {file}")),
            "battery" | "thresholds" => (
                "hypotheses or thresholds to register",
                format!("primum study register STUDY {file}"),
            ),
            "study-export" => return self.for_no_command("everything of a study", format),
            _ => return self.for_no_command("a file of Primum", format),
        };
        self.kind = format!("{kind} ({format})");
        self.next.push(next);
    }
}
