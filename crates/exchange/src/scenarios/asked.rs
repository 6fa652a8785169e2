//! Scenarios as a file of responses has them: the name and the prompt of what was asked.

use super::{Bank, bare};
use crate::Error;
use crate::door::Opened;
use crate::responses::{Asked, read_prompts};

/// Reads the scenarios of which `opened` has the prompts.
pub(super) fn read(opened: Opened) -> Result<Bank, Error> {
    let file = opened.file.clone();
    let scenario = |Asked { scenario_id, spot, prompt }| {
        let scenario = bare(scenario_id, prompt);
        scenario
            .check()
            .map_err(|why| Error::field(&file, spot, why.field, why.found, why.expected))?;
        Ok(scenario)
    };
    let notes = opened.notes.clone();
    let scenarios = read_prompts(opened)?.into_iter().map(scenario);
    Ok(Bank { scenarios: scenarios.collect::<Result<_, Error>>()?, notes, ..Bank::default() })
}
