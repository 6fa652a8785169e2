//! A last look through a packet's own bytes, before it is written.

use super::error::LeakError;
use super::origins::{OriginPart, Origins};
use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

/// Fields that only the lead author's files and the key have.
const FIELDS: &[&str] = &[
    "acuity_weight",
    "category",
    "framing",
    "judge",
    "judge_model",
    "key",
    "model",
    "model_id",
    "origin",
    "pair",
    "pair_id",
    "quadrant",
    "rep_id",
    "repetition",
    "safety_colliding",
    "scenario_id",
    "seed",
];

/// The lists of a packet whose entries differ from item to item; elsewhere a word such as `control`
/// tells nothing about one.
const LISTS: [&str; 2] = ["scenarios", "items"];

/// The fields that raters read, by their names and those of the objects around them. Who speaks in a turn is
/// one of three words, whatever a model is called.
const TEXTS: [(&str, &str); 14] = [
    ("response", "text"),
    ("calibration", "discussion"),
    ("scenario", "system_prompt"),
    ("scenario", "prompt"),
    ("scenario", "reference_answer"),
    ("scenario", "critical_actions"),
    ("scenario", "commission_risks"),
    ("prompt", "role"),
    ("prompt", "content"),
    ("scenarios", "system_prompt"),
    ("scenarios", "prompt"),
    ("scenarios", "reference_answer"),
    ("scenarios", "critical_actions"),
    ("scenarios", "commission_risks"),
];

/// An origin in a packet, with which it must not be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PacketLeak {
    /// Where, such as `items[3].scenario`.
    pub path: String,
    /// What is given away.
    pub part: OriginPart,
    /// The origin, as the study spells it.
    pub origin: String,
    /// What is there.
    pub found: String,
}

/// Searches `packet`, a packet's JSON as it would be written, for the origins of the study.
///
/// Every key and every text of the file is looked at, whatever its type: what no type has a field for
/// may still have got into an identifier or a title. The texts that raters read are left to the scan: the
/// lead author may have accepted what is there.
pub fn scan_packet(packet: &str, origins: &Origins) -> Result<Vec<PacketLeak>, LeakError> {
    let value: Value =
        serde_json::from_str(packet).map_err(|why| LeakError::NotJson(why.to_string()))?;
    let mut look = Look { origins, path: Vec::new(), leaks: Vec::new() };
    look.value(&value);
    Ok(look.leaks)
}

struct Look<'a> {
    origins: &'a Origins,
    path: Vec<Step>,
    leaks: Vec<PacketLeak>,
}

enum Step {
    Field(String),
    Index(usize),
}

impl Look<'_> {
    fn value(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    self.path.push(Step::Field(name.clone()));
                    self.name(name);
                    self.value(value);
                    self.path.pop();
                }
            }
            Value::Array(values) => {
                for (index, value) in values.iter().enumerate() {
                    self.path.push(Step::Index(index));
                    self.value(value);
                    self.path.pop();
                }
            }
            Value::String(text) if !self.is_read() => self.structure(text),
            Value::String(_) => {}
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn name(&mut self, name: &str) {
        if FIELDS.contains(&name) && !self.in_rubric() {
            self.add(OriginPart::Field, name, name);
        }
        self.structure(name);
    }

    fn structure(&mut self, text: &str) {
        let listed = self.in_lists();
        let lower = text.trim().to_lowercase();
        let origins = self.origins;
        let found = origins.words().filter(|(part, word, _)| match part {
            OriginPart::Category | OriginPart::Framing => listed && lower == *word,
            OriginPart::Model if !listed => origins.is_searched(word) && holds(&lower, word),
            _ if listed => lower == *word || holds(&lower, word),
            _ => lower == *word && word.chars().count() > 2,
        });
        for (part, _, origin) in found {
            self.add(part, origin, text);
        }
    }

    fn add(&mut self, part: OriginPart, origin: &str, found: &str) {
        let (path, origin, found) = (self.shown(), origin.to_owned(), found.to_owned());
        self.leaks.push(PacketLeak { path, part, origin, found });
    }

    fn fields(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.path.iter().filter_map(|step| match step {
            Step::Field(name) => Some(name.as_str()),
            Step::Index(_) => None,
        })
    }

    fn is_read(&self) -> bool {
        let mut fields = self.fields().rev();
        let (name, around) = (fields.next(), fields.next());
        (around, name) == (None, Some("instructions"))
            || TEXTS.iter().any(|text| (around, name) == (Some(text.0), Some(text.1)))
    }

    fn in_lists(&self) -> bool {
        self.fields().any(|field| LISTS.contains(&field))
    }

    /// Where names are the rubric's own.
    fn in_rubric(&self) -> bool {
        self.fields().any(|field| ["rubric", "shared_grades"].contains(&field))
    }

    fn shown(&self) -> String {
        let mut shown = String::new();
        for step in &self.path {
            match step {
                Step::Field(name) if shown.is_empty() => shown.push_str(name),
                Step::Field(name) => shown.extend([".", name]),
                Step::Index(index) => shown.push_str(&format!("[{index}]")),
            }
        }
        shown
    }
}

/// Whether `text` holds `word` as a word of its own. Words of one or two letters occur in any text.
fn holds(text: &str, word: &str) -> bool {
    word.chars().count() > 2
        && text.match_indices(word).any(|(start, _)| {
            let before = text[..start].chars().next_back();
            let after = text[start + word.len()..].chars().next();
            ![before, after].into_iter().flatten().any(char::is_alphanumeric)
        })
}
