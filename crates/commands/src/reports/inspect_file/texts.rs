//! Files of responses and scenarios, and folders of them.

use super::FileInspected;
use super::next_command::{RESPONSES, SCENARIOS, draft};
use crate::Failure;
use crate::doubts::doubts;
use crate::names::count;
use exchange::{
    Bank, Collected, Guess, Holding, MapField, Mapping, Preview, collect_responses, quoted,
    read_scenarios, tell_kinds,
};
use std::collections::BTreeSet;
use std::path::Path;
use study::{Prompt, Scenario};

impl FileInspected {
    /// Scenarios, if the file holds some.
    pub(super) fn scenarios(&mut self) -> bool {
        let bank = read_scenarios(Path::new(&self.file), &Mapping::default());
        bank.is_ok_and(|bank| self.take_scenarios(bank))
    }

    /// A folder, which is of scenarios.
    pub(super) fn folder(file: &str) -> Result<Self, Failure> {
        let mut found = Self { file: file.into(), ..Self::default() };
        found.take_scenarios(read_scenarios(Path::new(file), &Mapping::default())?);
        Ok(found)
    }

    fn take_scenarios(&mut self, bank: Bank) -> bool {
        let turns = |scenario: &&Scenario| matches!(scenario.prompt, Prompt::Turns(_));
        self.kind = count(bank.scenarios.len(), "scenario");
        match bank.scenarios.iter().filter(turns).count() {
            0 => {}
            some => self.kind.push_str(&format!(", {}", count(some, "conversation"))),
        }
        self.notes.extend(bank.notes);
        let skipped = bank.skipped.into_iter();
        self.notes.extend(skipped.map(|one| format!("{}: {}.", one.file.display(), one.reason)));
        let map = self.map.clone();
        self.next.push(draft(&quoted(&self.file), RESPONSES, &map));
        self.texts.push(Guess { holding: Holding::Scenarios, map });
        true
    }

    /// Responses, alone or beside scores.
    pub(super) fn responses(&mut self, preview: &Preview) {
        // What is in columns of other names is looked at once these are said.
        let collected = collect_responses(Path::new(&self.file), &Mapping::default());
        if let Ok(Collected { responses, places, unit, .. }) = collected {
            self.notes.extend(doubts(&self.file, unit, &responses, &places, &[]));
        }
        let responses = format!("{}: {}", preview.kind, count(preview.count, "response"));
        if self.kind.is_empty() {
            self.kind = responses;
            self.notes.extend(preview.notes.iter().cloned());
        } else {
            self.notes.push(format!("It holds {} as well.", count(preview.count, "response")));
        }
        let own =
            |field: &&MapField| preview.columns.iter().any(|column| column.name == field.name);
        let lacking = preview.fields.iter().filter(|field| field.required && !own(field));
        let map: Vec<String> = lacking
            .map(|field| match preview.suggested.get(field.name) {
                Some(column) => format!("{}={}", field.name, exchange::named_column(column)),
                None if field.name == "model_id" => format!("{}=:NAME", field.name),
                None => format!("{}=COLUMN", field.name),
            })
            .collect();
        self.next.push(draft(SCENARIOS, &quoted(&self.file), &map));
        self.texts.push(Guess { holding: Holding::Responses, map });
    }

    /// Responses or scenarios in the columns that `mapping` names.
    pub(super) fn mapped_texts(&mut self, mapping: &Mapping) {
        let path = Path::new(&self.file);
        let of_responses = mapping.only(Holding::Responses);
        let read = match of_responses.is_empty() {
            false => collect_responses(path, &of_responses).map(|found| self.take_responses(found)),
            true => read_scenarios(path, &mapping.only(Holding::Scenarios)).map(|bank| {
                self.take_scenarios(bank);
            }),
        };
        if let Err(why) = read {
            self.kind = "a table that is not read by these columns".into();
            self.refused = Some(why.to_string());
        }
    }

    fn take_responses(&mut self, found: Collected) {
        let Collected { responses, places, unit, notes, problems } = found;
        let different = |name: fn(&study::Response) -> &str| {
            responses.iter().map(name).collect::<BTreeSet<_>>().len()
        };
        self.kind = format!(
            "{} by {} to {}",
            count(responses.len(), "response"),
            count(different(|one| &one.origin.model_id), "model"),
            count(different(|one| &one.origin.scenario_id), "scenario")
        );
        self.notes.extend(notes);
        self.notes.extend(doubts(&self.file, unit, &responses, &places, &[]));
        self.notes.extend(tell_kinds(&problems));
        let map = self.map.clone();
        self.next.push(draft(SCENARIOS, &quoted(&self.file), &map));
        self.texts.push(Guess { holding: Holding::Responses, map });
    }
}
