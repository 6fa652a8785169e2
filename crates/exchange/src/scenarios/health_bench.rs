//! Evaluation rows of HealthBench (`prompt_id`, `prompt`, `rubrics`, `ideal_completions_data`), as its data set
//! publishes them. Its criteria have points: above 0 for what a good answer does, below 0 for what harms.

use super::{Bank, bare, table};
use crate::door::{Content, Opened, Records};
use crate::{Error, conversation};
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use study::{CriticalAction, Scenario};

/// What a message calls it.
pub(crate) const NAME: &str = "HealthBench's evaluation rows";

/// Our fields that somebody has added to the rows.
const OURS: [&str; 6] =
    ["category", "framing", "pair_id", "reference_answer", "critical_actions", "commission_risks"];

#[derive(Deserialize)]
struct Row {
    prompt_id: String,
    prompt: Value,
    rubrics: Vec<Criterion>,
    ideal_completions_data: Option<Ideal>,
}

#[derive(Deserialize)]
struct Criterion {
    criterion: String,
    points: f64,
}

#[derive(Deserialize)]
struct Ideal {
    ideal_completion: Option<String>,
}

/// Whether what was opened is rows with criteria.
pub(crate) fn is(opened: &Opened) -> bool {
    let first = match &opened.content {
        Content::Records(records) => records.first(),
        Content::Document(text) => Records::of_one(text.clone()).first(),
        Content::Table(_) | Content::Archive(_) => None,
    };
    first.is_some_and(|row| {
        let has = |field: &str| row.get(field).is_some();
        let criteria = row.get("rubrics").and_then(Value::as_array);
        let is_criterion = |it: &Value| {
            it.get("criterion").is_some_and(Value::is_string)
                && it.get("points").is_some_and(Value::is_number)
        };
        let are_criteria = |all: &Vec<Value>| !all.is_empty() && all.iter().all(is_criterion);
        // Rows with fields of ours say themselves what is in them.
        let said = OURS.iter().any(|field| has(field));
        has("prompt_id") && has("prompt") && !said && criteria.is_some_and(are_criteria)
    })
}

/// What was taken from the criteria of all rows.
#[derive(Default)]
struct Taken {
    actions: usize,
    /// The most of one scenario.
    most: usize,
    risks: usize,
    /// Criteria without points or text.
    left_out: usize,
    ideals: usize,
}

/// Reads the scenarios in what was opened.
pub(super) fn read(opened: Opened) -> Result<Bank, Error> {
    let file = opened.file.as_path();
    let records = match opened.content {
        Content::Records(records) => records,
        Content::Document(text) => Records::of_one(text),
        Content::Table(_) | Content::Archive(_) => {
            return Err(Error::field(file, "", "scenarios", "no JSON", table::NOUN));
        }
    };
    let mut bank = Bank { notes: opened.notes, ..Bank::default() };
    let mut taken = Taken::default();
    let mut first: HashMap<String, usize> = HashMap::new();
    records.each(file, table::NOUN, |number, row: Row| {
        let at = records.spot(number);
        let prompt = conversation::prompt(file, at.clone(), "prompt", row.prompt.clone())?;
        let scenario = taken.scenario(bare(row.prompt_id.clone(), prompt), row);
        scenario
            .check()
            .map_err(|why| Error::field(file, at.clone(), why.field, why.found, why.expected))?;
        if let Some(other) = first.insert(scenario.id.clone(), number) {
            let place = records.spot(other).to_string();
            let found = format!("`{}`, as on{}", scenario.id, place.trim_start_matches(','));
            return Err(Error::field(file, at, "prompt_id", found, "an id of its own"));
        }
        bank.scenarios.push(scenario);
        Ok(())
    })?;
    bank.notes.push(format!("{}: {}", file.display(), taken.said(bank.scenarios.len())));
    Ok(bank)
}

impl Taken {
    /// The scenario with what the row says of good answers; the criteria with most points come first.
    fn scenario(&mut self, scenario: Scenario, row: Row) -> Scenario {
        let mut criteria = row.rubrics;
        criteria.sort_by(|a, b| b.points.total_cmp(&a.points));
        let texts = |wanted: fn(f64) -> bool| {
            let wanted = criteria.iter().filter(|one| wanted(one.points));
            let texts = wanted.map(|one| one.criterion.trim().to_owned());
            texts.filter(|text| !text.is_empty()).collect::<Vec<String>>()
        };
        let (actions, mut risks) = (texts(|points| points > 0.0), texts(|points| points < 0.0));
        // What harms most comes first too.
        risks.reverse();
        let ideal = row.ideal_completions_data.and_then(|data| data.ideal_completion);
        let ideal = ideal.map(|text| text.trim().to_owned()).unwrap_or_default();
        self.actions += actions.len();
        self.most = self.most.max(actions.len());
        self.risks += risks.len();
        self.left_out += criteria.len() - actions.len() - risks.len();
        self.ideals += usize::from(!ideal.is_empty());
        let action = |text| CriticalAction { text, safety_colliding: None };
        Scenario {
            reference_answer: ideal,
            critical_actions: actions.into_iter().map(action).collect(),
            commission_risks: risks,
            ..scenario
        }
    }

    fn said(&self, scenarios: usize) -> String {
        let Self { actions, most, risks, left_out, ideals } = self;
        let left_out = match left_out {
            0 => String::new(),
            some => format!(" {some} without points or text were left out."),
        };
        format!(
            "the criteria with points above 0 were read as critical actions, those with most points first ({actions} \
             in all, up to {most} for a scenario), those below 0 as commission risks ({risks}), and the ideal \
             completion as the reference answer ({ideals} of {scenarios}).{left_out}"
        )
    }
}
