//! Conversations that were written out as one text, which raters would see as one text.

use super::Inputs;
use exchange::first_few;
use study::{Prompt, Role};

/// A sentence about the prompts in `file` that are such texts, where there are some.
pub(crate) fn transcripts(file: &str, inputs: &Inputs) -> Option<String> {
    let written_out = |prompt: &Prompt| matches!(prompt, Prompt::Text(text) if is_transcript(text));
    let scenarios = inputs.bank.scenarios.iter().filter(|one| written_out(&one.prompt));
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
pub(crate) fn is_transcript(text: &str) -> bool {
    let speaks = |role| text.lines().any(|line| speaker(line) == Some(role));
    speaks(Role::User) && speaks(Role::Assistant)
}

/// Who speaks on a line such as `User: …`, with or without marks around the word.
fn speaker(line: &str) -> Option<Role> {
    let (word, _) = line.split_once(':')?;
    Role::named(word.trim_matches(|mark: char| !mark.is_alphanumeric()))
}
