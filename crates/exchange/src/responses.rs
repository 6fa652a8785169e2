//! Collected responses, in any layout: who answered which scenario with which text. One module per layout
//! adds what it finds to [`Gathered`].

mod columns;
mod gathered;
mod health_bench;
mod helm;
mod inspect;
mod layout;
mod lines;
mod lm_eval;
mod openai_evals;
mod promptfoo;
mod prompts;
mod table;

pub(crate) use helm::state_file;
pub(crate) use prompts::{Asked, layout_with_prompts, read_prompts};

use crate::mapping::Mapping;
use crate::problems::Problems;
use crate::score_source::split_name;
use crate::{Error, door};
use columns::Columns;
use gathered::Gathered;
use layout::Layout;
use std::path::Path;
use study::Response;

/// What a file of responses is, for messages.
const NOUN: &str = "responses with `scenario_id`, `model_id`, `rep_id` and `response`";

/// Responses, and what is wrong with single ones.
#[derive(Debug, Default)]
pub struct Collected {
    /// Every response that could be read, each origin once.
    pub responses: Vec<Response>,
    /// The line, entry or sample of each of them.
    pub places: Vec<usize>,
    /// What such a place is called: `line`, `entry`, `sample`.
    pub unit: &'static str,
    /// What to know of how the file was read, and what was left out.
    pub notes: Vec<String>,
    /// What is wrong with the others, in the order of the file.
    pub problems: Problems,
}

/// Reads responses. The first thing wrong with them is an error.
pub fn read_responses(file: &Path) -> Result<Collected, Error> {
    let mut collected = collect_responses(file, &Mapping::default())?;
    match std::mem::take(&mut collected.problems).into_iter().next() {
        None => Ok(collected),
        Some(problem) => Err(problem),
    }
}

/// Reads responses, and lists what is wrong with single ones. `mapping` says which columns of a table, or fields
/// of JSON records, hold our fields where they have other names, and what all responses have.
pub fn collect_responses(file: &Path, mapping: &Mapping) -> Result<Collected, Error> {
    Ok(gather(file, mapping)?.collected())
}

/// How a file of responses is laid out.
pub(crate) struct Laid {
    pub(crate) opened: door::Opened,
    /// What a message calls it.
    pub(crate) name: &'static str,
    /// Whether its columns or fields are named by those who made it.
    pub(crate) has_columns: bool,
}

/// Opens a file of responses to look into it.
pub(crate) fn lay_open(name: &Path) -> Result<Laid, Error> {
    let opened = open(name)?;
    let layout = Layout::of(&opened, &Columns::new(&opened.file, &Mapping::default())?)?;
    Ok(Laid { opened, name: layout.name(), has_columns: layout.has_columns() })
}

/// How many responses there are in a file that says itself what is what, what to know of them, and whether they
/// lack the model's name.
pub(crate) fn count_in_layout(name: &Path) -> Result<(usize, Vec<String>, bool), Error> {
    let gathered = gather(name, &Mapping::default())?;
    let lacks_model = gathered.lacks_model();
    let Collected { responses, problems, notes, .. } = gathered.collected();
    Ok((responses.len() + problems.len(), notes, lacks_model))
}

fn gather(name: &Path, mapping: &Mapping) -> Result<Gathered, Error> {
    let opened = open(name)?;
    let columns = Columns::new(&opened.file, mapping)?;
    let layout = Layout::of(&opened, &columns)?;
    let mut gathered = Gathered::new(&opened.file, layout, columns);
    opened.notes.iter().for_each(|note| gathered.note(note.clone()));
    layout.read(opened.content, &mut gathered)?;
    if gathered.is_empty() {
        return Err(gathered.without_any());
    }
    Ok(gathered)
}

fn open(name: &Path) -> Result<door::Opened, Error> {
    let named = name.to_str().map(split_name);
    let sheet = named.as_ref().and_then(|named| named.sheet);
    let file = named.map_or(name, |named| named.file);
    let opened = door::open(&helm::state_file(file), sheet, NOUN)?;
    opened.refuse_ours(NOUN)?;
    Ok(opened)
}

/// A provider that counts output tokens and delivers no text has filtered it.
const TOKENS_OF_A_WITHHELD_TEXT: u64 = 100;

/// Whether a provider kept back what it counted.
fn is_withheld(text: &str, output_tokens: Option<u64>) -> bool {
    text.trim().is_empty() && output_tokens.is_some_and(|tokens| tokens > TOKENS_OF_A_WITHHELD_TEXT)
}
