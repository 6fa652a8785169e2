//! What was asked, where a file of responses says it: each scenario's prompt once.

use super::columns::Columns;
use super::gathered::Gathered;
use super::layout::Layout;
use crate::conversation;
use crate::door::Opened;
use crate::mapping::Mapping;
use crate::{Error, Spot};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use study::Prompt;

/// A scenario that a file of responses names, and its prompt.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) scenario_id: String,
    /// Where it is first asked.
    pub(crate) spot: Spot,
    pub(crate) prompt: Prompt,
}

/// What the layout of what was opened is called, if it has a place for what was asked.
pub(crate) fn layout_with_prompts(opened: &Opened) -> Option<&'static str> {
    let columns = Columns::new(&opened.file, &Mapping::default());
    let layout = columns.and_then(|columns| Layout::of(opened, &columns)).ok()?;
    (!layout.has_columns()).then(|| layout.name())
}

/// Reads the prompts of a file that holds some. The first thing wrong with them is an error.
pub(crate) fn read_prompts(opened: Opened) -> Result<Vec<Asked>, Error> {
    let columns = Columns::new(&opened.file, &Mapping::default())?;
    let layout = Layout::of(&opened, &columns)?;
    let mut gathered = Gathered::new(&opened.file, layout, columns);
    gathered.prompts = Some(Prompts::default());
    layout.read(opened.content, &mut gathered)?;
    let Prompts { asked, problem } = gathered.prompts.unwrap_or_default();
    match problem {
        Some(problem) => Err(problem),
        None => Ok(asked.into_values().collect()),
    }
}

/// Prompts while they are gathered.
#[derive(Default)]
pub(super) struct Prompts {
    asked: BTreeMap<String, Asked>,
    /// The first thing that is wrong with one.
    problem: Option<Error>,
}

impl Prompts {
    /// Adds the prompt in `value`, which is that of `field` in this `spot` of `file`.
    pub(super) fn add(
        &mut self,
        (file, spot, field): (&Path, Spot, &str),
        scenario_id: &str,
        value: Result<Value, Error>,
    ) {
        if self.problem.is_some() || scenario_id.trim().is_empty() {
            return;
        }
        let prompt = value.and_then(|value| conversation::prompt(file, spot.clone(), field, value));
        let added = prompt.and_then(|prompt| match self.asked.get(scenario_id) {
            Some(first) if first.prompt != prompt => {
                let place = first.spot.to_string();
                let place = place.trim_start_matches([',', ' ']);
                let found = format!("another prompt of `{scenario_id}` than in {place}");
                Err(Error::field(file, spot, field, found, "one prompt for each scenario"))
            }
            Some(_) => Ok(()),
            None => {
                let asked = Asked { scenario_id: scenario_id.to_owned(), spot, prompt };
                self.asked.insert(scenario_id.to_owned(), asked);
                Ok(())
            }
        });
        self.problem = added.err();
    }
}
