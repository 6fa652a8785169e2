//! What can be read in a file of responses or scenarios and is hardly what a model said, or was asked.

use crate::names::{alike, made_by_spreadsheet};
use exchange::{first_few, name_places};
use std::collections::BTreeMap;
use study::{Prompt, Response, Role, Scenario};

/// What spreadsheets write where a formula failed. An answer that begins with `=` or `-` is one to them.
const SPREADSHEET_ERRORS: [&str; 10] = [
    "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#ERROR!",
];

/// What programs write where there is no value.
const NO_VALUES: [&str; 6] = ["nan", "null", "none", "n/a", "na", "undefined"];

/// The most characters that a cell of a spreadsheet holds, as it counts them.
const LONGEST_CELL: usize = 32_767;

/// A sentence for each kind of doubt about `responses`, which are in these places of `file` and answer `scenarios`, as
/// far as these are known.
pub(crate) fn doubts(
    file: &str,
    unit: &str,
    responses: &[Response],
    places: &[usize],
    scenarios: &[Scenario],
) -> Vec<String> {
    let references = references(scenarios);
    let mut kinds: BTreeMap<(&str, String, &str), Vec<usize>> = BTreeMap::new();
    for (response, place) in responses.iter().zip(places) {
        let origin = &response.origin;
        let reference = references.get(origin.scenario_id.as_str());
        let doubt =
            || doubt_of_text(&response.text).or_else(|| is_reference(&response.text, reference?));
        let text = (!response.filtered).then(doubt).flatten();
        let found = [
            ("response", text),
            ("scenario_id", doubt_of_name(&origin.scenario_id)),
            ("model_id", doubt_of_name(&origin.model_id)),
        ];
        for (field, doubt) in found {
            if let Some((found, expected)) = doubt {
                kinds.entry((field, found, expected)).or_default().push(*place);
            }
        }
    }
    let sentence = |((field, found, expected), places): (_, Vec<usize>)| {
        let places = name_places(unit, &places);
        format!("{file}, {places}, field `{field}`: found {found}; expected {expected}.")
    };
    let models = responses.iter().map(|response| response.origin.model_id.as_str());
    let models = alike("models", models).into_iter().map(|said| format!("{file}: {said}"));
    kinds.into_iter().map(sentence).chain(models).collect()
}

/// What was found in place of what was expected.
type Doubt = (String, &'static str);

fn doubt_of_text(text: &str) -> Option<Doubt> {
    let said = text.trim();
    if said.is_empty() {
        let expected = "the model's answer, or `content_filtered` true where it was withheld";
        return Some(("no text".into(), expected));
    }
    if SPREADSHEET_ERRORS.contains(&said) {
        let expected = "the model's answer: export it again without opening it in a spreadsheet";
        return Some((format!("`{said}`, as a spreadsheet writes an error"), expected));
    }
    if NO_VALUES.iter().any(|word| said.eq_ignore_ascii_case(word)) {
        let expected = "the model's answer, or nothing where there is none";
        return Some((format!("`{said}`, as programs write a missing value"), expected));
    }
    if is_transcript(text) {
        let expected =
            "the model's last answer alone; what was said before is the scenario's prompt";
        return Some(("turns of a conversation in one text".into(), expected));
    }
    let cut = text.encode_utf16().count() == LONGEST_CELL;
    cut.then(|| {
        let found = format!("{LONGEST_CELL} characters, the most that a spreadsheet's cell holds");
        (found, "the whole answer: it was probably cut there")
    })
}

/// The reference answers by scenario, where there is one, word by word.
fn references(scenarios: &[Scenario]) -> BTreeMap<&str, Vec<&str>> {
    let all = scenarios.iter().map(|one| {
        let words: Vec<&str> = one.reference_answer.split_whitespace().collect();
        (one.id.as_str(), words)
    });
    all.filter(|(_, words)| !words.is_empty()).collect()
}

/// That a text is the reference answer: raters read that beside it.
fn is_reference(text: &str, reference: &[&str]) -> Option<Doubt> {
    let expected = "the model's own answer: raters would compare it with itself, and see that it is no model's";
    text.split_whitespace()
        .eq(reference.iter().copied())
        .then(|| ("the scenario's reference answer, word for word".into(), expected))
}

fn doubt_of_name(name: &str) -> Option<Doubt> {
    let expected = "the name as it was written, as of the other files of the study";
    let kind = made_by_spreadsheet(name)?;
    Some((format!("`{name}`, which a spreadsheet may have made {kind}"), expected))
}

/// A sentence about the prompts in `file` that are such texts, where there are some.
pub(crate) fn transcripts(file: &str, scenarios: &[Scenario]) -> Option<String> {
    let written_out = |prompt: &Prompt| matches!(prompt, Prompt::Text(text) if is_transcript(text));
    let scenarios = scenarios.iter().filter(|one| written_out(&one.prompt));
    let names: Vec<String> = scenarios.map(|one| format!("`{}`", one.id)).collect();
    let prompts = if names.len() == 1 { "a prompt is" } else { "prompts are" };
    (!names.is_empty()).then(|| {
        format!(
            "{file}: {prompts} a conversation in one text, of {}. Raters would read it as one text. To show \
             its turns, give a list in its place: [{{\"role\": \"user\", \"content\": \"…\"}}, {{\"role\": \
             \"assistant\", \"content\": \"…\"}}, …]; in a table, the same list in the cell.",
            first_few(&names)
        )
    })
}

/// Whether lines of `text` begin with who speaks, and both sides do.
fn is_transcript(text: &str) -> bool {
    let speaks = |role| text.lines().any(|line| speaker(line) == Some(role));
    speaks(Role::User) && speaks(Role::Assistant)
}

/// Who speaks on a line such as `User: …`, with or without marks around the word.
fn speaker(line: &str) -> Option<Role> {
    let (word, _) = line.split_once(':')?;
    Role::named(word.trim_matches(|mark: char| !mark.is_alphanumeric()))
}
