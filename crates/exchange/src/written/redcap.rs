//! REDCap's data dictionary, written: the rubric as a form to rate one item. A row per field, in the 18
//! columns that REDCap 13 and later imports.

use crate::{Error, encode_csv};
use std::collections::BTreeSet;
use study::{Axis, Rubric};

const COLUMNS: [&str; 18] = [
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
];

/// A field of the form. The other columns stay empty.
#[derive(Default)]
struct Field {
    name: String,
    kind: &'static str,
    label: String,
    choices: String,
    note: String,
    shown_if: &'static str,
    required: bool,
}

/// What an item that is not abstained from is asked.
const NOT_ABSTAINED: &str = "[abstain] = \"\"";

/// The form for items whose scenarios have at most so many critical `actions`.
pub fn encode_redcap_dictionary(rubric: &Rubric, actions: usize) -> Result<String, Error> {
    let rows = fields(rubric, actions).into_iter().map(|field| {
        let mut row = vec![String::new(); COLUMNS.len()];
        row[0] = field.name;
        row[1] = "rating".into();
        row[3] = field.kind.into();
        row[4] = field.label;
        row[5] = field.choices;
        row[6] = field.note;
        row[11] = field.shown_if.into();
        row[12] = if field.required { "y" } else { "" }.into();
        row
    });
    encode_csv(std::iter::once(COLUMNS.map(String::from).to_vec()).chain(rows))
}

fn fields(rubric: &Rubric, actions: usize) -> Vec<Field> {
    let mut names = FieldNames::default();
    let plain = |name: &str, kind, label: &str| Field {
        name: name.into(),
        kind,
        label: label.into(),
        ..Field::default()
    };
    let mut fields = vec![
        plain("record_id", "text", "Record"),
        plain("item", "text", "Item"),
        plain("rater", "text", "Rater"),
        plain("flag", "yesno", "Come back to this item?"),
        plain("abstain", "notes", "Reason for not rating this item"),
        plain("note", "notes", "Note"),
    ];
    fields.iter().for_each(|field| drop(names.free(&field.name)));
    for axis in &rubric.axes {
        fields.extend(of_axis(axis, &mut names));
    }
    let checklist = rubric.checklist.iter().map(|grade| (grade.code.clone(), &grade.label));
    let checklist = choices(checklist);
    let asked = if rubric.checklist.is_empty() { 0 } else { actions };
    fields.extend((1..=asked).map(|action| Field {
        name: names.free(&format!("action_{action}")),
        kind: "radio",
        label: format!("Critical action {action}"),
        choices: checklist.clone(),
        shown_if: NOT_ABSTAINED,
        ..Field::default()
    }));
    let coded = [
        ("response_class", "Kind of response", &rubric.response_classes),
        ("omission_mechanism", "Why something was withheld", &rubric.omission_mechanisms),
    ];
    for (name, label, codes) in coded.into_iter().filter(|(_, _, codes)| !codes.is_empty()) {
        fields.push(Field {
            name: names.free(name),
            kind: "radio",
            label: label.into(),
            choices: choices(codes.iter().map(|code| (code.code.clone(), &code.label))),
            shown_if: NOT_ABSTAINED,
            ..Field::default()
        });
    }
    fields
}

/// The gate, where there is one, and the grade.
fn of_axis(axis: &Axis, names: &mut FieldNames) -> Vec<Field> {
    let gate = axis.gate.as_ref().map(|gate| Field {
        name: names.free(&format!("{}_gate", axis.id)),
        kind: "yesno",
        label: one_line(&gate.question),
        note: format!("Yes: {} at most {}", axis.label, gate.yes_at_most),
        shown_if: NOT_ABSTAINED,
        ..Field::default()
    });
    let levels = axis.levels.iter().map(|level| (level.grade.to_string(), &level.label));
    let grade = Field {
        name: names.free(&axis.id),
        kind: "radio",
        label: axis.label.clone(),
        choices: choices(levels),
        note: one_line(&axis.question),
        shown_if: NOT_ABSTAINED,
        required: true,
    };
    gate.into_iter().chain([grade]).collect()
}

/// `0, None | 1, Mild`. A label ends at a bar. A cell that began with a minus would get an apostrophe
/// against formulas, which REDCap would take for a part of the code; blanks before it are nothing to both.
fn choices<'a>(levels: impl Iterator<Item = (String, &'a String)>) -> String {
    let choice =
        |(code, label): (String, &String)| format!("{code}, {}", one_line(label).replace('|', "/"));
    let text = levels.map(choice).collect::<Vec<_>>().join(" | ");
    if text.starts_with('-') { format!(" {text}") } else { text }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The names that fields have: lower-case letters, digits and single underscores, a letter first.
#[derive(Default)]
struct FieldNames(BTreeSet<String>);

/// Longer names are cut by statistics programs.
const LONGEST: usize = 26;

impl FieldNames {
    /// A name like `wanted` that no other field has.
    fn free(&mut self, wanted: &str) -> String {
        let lower = wanted.to_ascii_lowercase();
        let words = lower.split(|sign: char| !sign.is_ascii_alphanumeric());
        let mut name = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_");
        if !name.starts_with(|sign: char| sign.is_ascii_lowercase()) {
            name = format!("axis_{name}");
        }
        let name = cut(&name, LONGEST);
        let numbered = (2..).map(|number| {
            let end = format!("_{number}");
            format!("{}{end}", cut(name, LONGEST - end.len()))
        });
        let mut all = std::iter::once(name.to_owned()).chain(numbered);
        let free = all.find(|name| !self.0.contains(name)).unwrap_or_default();
        self.0.insert(free.clone());
        free
    }
}

/// At most so many signs, none of them an underscore at the end.
fn cut(name: &str, most: usize) -> &str {
    name[..name.len().min(most)].trim_end_matches('_')
}
