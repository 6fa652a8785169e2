//! What raters read of each item, as JSON Lines: whole, where a spreadsheet would cut it.

use crate::Error;
use serde::Serialize;
use std::borrow::Cow;
use std::path::Path;
use study::{BlindedScenario, Item, ItemId, Prompt};

/// An item with all that a rater reads of it.
#[derive(Clone, Debug, Serialize)]
pub struct ItemTexts<'a> {
    pub(crate) item: &'a ItemId,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat_of: Option<&'a ItemId>,
    scenario: &'a str,
    pub(crate) system_prompt: &'a str,
    prompt: Cow<'a, Prompt>,
    reference_answer: &'a str,
    critical_actions: &'a [String],
    commission_risks: &'a [String],
    response: &'a str,
    filtered: bool,
}

impl<'a> ItemTexts<'a> {
    /// Those of `item`, which answers `scenario` and may show again the response of another.
    pub fn of(
        item: &'a Item,
        scenario: &'a BlindedScenario,
        repeat_of: Option<&'a ItemId>,
    ) -> Self {
        Self {
            item: &item.id,
            repeat_of,
            scenario: &scenario.id,
            system_prompt: &scenario.system_prompt,
            prompt: Cow::Borrowed(&scenario.prompt),
            reference_answer: &scenario.reference_answer,
            critical_actions: &scenario.critical_actions,
            commission_risks: &scenario.commission_risks,
            response: &item.response.text,
            filtered: item.response.filtered,
        }
    }

    /// The same for a program that knows no turns.
    pub(crate) fn without_turns(&self) -> Self {
        let prompt = Prompt::Text(self.prompt.plain().into_owned());
        Self { prompt: Cow::Owned(prompt), ..self.clone() }
    }
}

/// One item per line.
pub fn encode_item_texts(items: &[ItemTexts<'_>]) -> Result<String, Error> {
    let line = |item: &ItemTexts<'_>| match serde_json::to_string(item) {
        Ok(text) => Ok(text + "\n"),
        Err(error) => Err(Error::inconsistent(Path::new("texts.jsonl"), error)),
    };
    items.iter().map(line).collect()
}
