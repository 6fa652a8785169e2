//! A key as a table, as published studies have it, and the export of a study whose key is open: which blinded item
//! is which response.

use crate::door::{Row, Table, line, plain};
use crate::problems::clipped;
use crate::scenarios::{NO_CATEGORY, framing};
use crate::score_source::{is_absent, whole_number};
use crate::{Error, Spot};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use study::{Design, Digest, Framing, ItemId, Key, KeyItem, KeyScenario, Origin, StudyId};

/// What its columns may be called.
const ITEM: [&str; 4] = ["item", "blind_id", "blinded_id", "item_id"];
const SCENARIO: [&str; 5] = ["scenario_id", "scenario", "prompt_id", "question_id", "case_id"];
const MODEL: [&str; 3] = ["model_id", "model", "model_name"];
const REPETITION: [&str; 6] = ["rep_id", "rep", "repetition", "replicate", "epoch", "run"];
const CATEGORY: [&str; 2] = ["category", "quadrant"];
const FRAMING: [&str; 1] = ["framing"];
const PAIR: [&str; 2] = ["pair_id", "pair"];
const PROBABILITY: [&str; 1] = ["inclusion_probability"];
const REPEAT_OF: [&str; 1] = ["repeat_of"];

const EXPECTED: &str = "a key: a column for the item (item or blind_id), for the scenario (scenario_id) and for the model \
                        (model_id)";

/// Whether columns with these names are those of a key, and nothing else.
pub(crate) fn is_key<'a>(mut columns: impl Iterator<Item = &'a str> + Clone) -> bool {
    let is = |name: &str, known: &[&str]| known.iter().any(|one| plain(one) == plain(name));
    let needed: [&[&str]; 3] = [&ITEM, &SCENARIO, &MODEL];
    let further: [&[&str]; 6] = [&REPETITION, &CATEGORY, &FRAMING, &PAIR, &PROBABILITY, &REPEAT_OF];
    needed.iter().all(|known| columns.clone().any(|name| is(name, known)))
        && columns.all(|name| needed.iter().chain(&further).any(|known| is(name, known)))
}

/// Where a table has what a key says.
struct Columns {
    item: usize,
    scenario: usize,
    model: usize,
    repetition: Option<usize>,
    category: Option<usize>,
    framing: Option<usize>,
    pair: Option<usize>,
    probability: Option<usize>,
    repeat_of: Option<usize>,
}

impl Columns {
    fn of(file: &Path, table: &Table) -> Result<Self, Error> {
        let needed = |names: &[&str]| {
            table
                .column(names)
                .ok_or_else(|| Error::field(file, line(1), "the header", table.found(), EXPECTED))
        };
        Ok(Self {
            item: needed(&ITEM)?,
            scenario: needed(&SCENARIO)?,
            model: needed(&MODEL)?,
            repetition: table.column(&REPETITION),
            category: table.column(&CATEGORY),
            framing: table.column(&FRAMING),
            pair: table.column(&PAIR),
            probability: table.column(&PROBABILITY),
            repeat_of: table.column(&REPEAT_OF),
        })
    }
}

/// What was read so far.
struct Reading<'a> {
    file: &'a Path,
    table: &'a Table,
    columns: Columns,
    /// By item, with its row.
    items: BTreeMap<ItemId, (usize, KeyItem)>,
    /// Where each origin was found first.
    origins: HashMap<Origin, usize>,
    /// By their ids, with the row of each.
    scenarios: BTreeMap<String, (usize, KeyScenario)>,
}

/// Reads the key in `table`. It names no study, and opens any.
pub(crate) fn read(file: &Path, table: &Table) -> Result<Key, Error> {
    let columns = Columns::of(file, table)?;
    let (items, origins, scenarios) = (BTreeMap::new(), HashMap::new(), BTreeMap::new());
    let mut reading = Reading { file, table, columns, items, origins, scenarios };
    table.each(file, |row| reading.add(&row))?;
    let Reading { items, scenarios, .. } = reading;
    if items.is_empty() {
        return Err(Error::field(file, "", "the whole", "no item", "a key of at least one"));
    }
    let key = Key {
        study: StudyId::new(""),
        seed: 0,
        rubric: Digest::of(&""),
        packets: Vec::new(),
        scenarios: scenarios.into_values().map(|(_, scenario)| scenario).collect(),
        items: items.into_values().map(|(_, item)| item).collect(),
        design: Design::default(),
        sampling: None,
        masked_opening: Vec::new(),
    };
    key.check().map_err(|why| Error::inconsistent(file, why))?;
    Ok(key)
}

impl Reading<'_> {
    fn add(&mut self, row: &Row<'_>) -> Result<(), Error> {
        let columns = &self.columns;
        let item = ItemId::new(self.name(row, columns.item)?);
        let origin = Origin {
            scenario_id: self.name(row, columns.scenario)?.to_owned(),
            model_id: self.name(row, columns.model)?.to_owned(),
            rep_id: self.number(row, columns.repetition, "a whole number")?.unwrap_or_default(),
        };
        let known = KeyItem {
            item: item.clone(),
            repeat_of: said(row, columns.repeat_of).map(ItemId::new),
            inclusion_probability: self.number(row, columns.probability, "a number")?,
            filtered: None,
            masks: Vec::new(),
            origin,
        };
        let scenario = self.scenario(row, &known.origin.scenario_id)?;
        if let Some((first, before)) = self.items.get(&item) {
            // A table may have several rows of one item.
            return match *before == known {
                true => Ok(()),
                false => Err(self.refuse(
                    row.line,
                    columns.item,
                    format!(
                        "`{}` with another origin than {}",
                        clipped(item.as_str()),
                        self.place(*first)
                    ),
                    "one origin for each item",
                )),
            };
        }
        if known.repeat_of.is_none()
            && let Some(first) = self.origins.insert(known.origin.clone(), row.line)
        {
            let Origin { scenario_id, model_id, rep_id } = &known.origin;
            let found = format!(
                "{scenario_id} of {model_id}, repetition {rep_id}, again, as {}",
                self.place(first)
            );
            let expected = "each response once, or repetitions numbered in `rep_id`";
            return Err(self.refuse(row.line, columns.item, found, expected));
        }
        self.items.insert(item, (row.line, known));
        let Some(scenario) = scenario else { return Ok(()) };
        match self.scenarios.get(&scenario.scenario_id) {
            Some((first, before)) if *before != scenario => {
                let found = format!(
                    "{} with another category, framing or pair than {}",
                    clipped(&scenario.scenario_id),
                    self.place(*first)
                );
                let expected = "the same for each response to a scenario";
                Err(self.refuse(row.line, self.columns.scenario, found, expected))
            }
            Some(_) => Ok(()),
            None => {
                let id = scenario.scenario_id.clone();
                self.scenarios.insert(id, (row.line, scenario));
                Ok(())
            }
        }
    }

    /// The place of the scenario in the design, where the table tells it.
    fn scenario(&self, row: &Row<'_>, scenario_id: &str) -> Result<Option<KeyScenario>, Error> {
        let Columns { category, framing: of_framing, pair, .. } = &self.columns;
        if category.or(*of_framing).or(*pair).is_none() {
            return Ok(None);
        }
        let word = |column: usize, word: &str| {
            framing(word).ok_or_else(|| {
                let expected = format!("one of {}", Framing::ALL.map(Framing::name).join(", "));
                self.refuse(row.line, column, format!("`{}`", clipped(word)), &expected)
            })
        };
        let asked = of_framing.zip(said(row, *of_framing));
        Ok(Some(KeyScenario {
            id: String::new(),
            scenario_id: scenario_id.to_owned(),
            category: said(row, *category).unwrap_or(NO_CATEGORY).to_owned(),
            framing: asked.map(|(column, said)| word(column, said)).transpose()?,
            pair_id: said(row, *pair).map(String::from),
            masked: Vec::new(),
        }))
    }

    fn name<'r>(&self, row: &'r Row<'_>, column: usize) -> Result<&'r str, Error> {
        said(row, Some(column))
            .ok_or_else(|| self.refuse(row.line, column, "nothing".into(), "a name"))
    }

    fn number<T: std::str::FromStr>(
        &self,
        row: &Row<'_>,
        column: Option<usize>,
        expected: &str,
    ) -> Result<Option<T>, Error> {
        let Some((column, text)) = column.zip(said(row, column)) else { return Ok(None) };
        let number = whole_number(&row.value(text));
        number
            .map(Some)
            .ok_or_else(|| self.refuse(row.line, column, format!("`{}`", clipped(text)), expected))
    }

    fn refuse(&self, row: usize, column: usize, found: String, expected: &str) -> Error {
        let field = self.table.header()[column].clone();
        Error::field(self.file, self.table.spot(row), field, found, expected)
    }

    /// Where the row of this number is, in a sentence.
    fn place(&self, row: usize) -> String {
        match self.table.spot(row) {
            Spot::Line(line) => format!("on line {line}"),
            place => format!("in {}", place.to_string().trim_start_matches([',', ' '])),
        }
    }
}

/// What a row has in a column, if anything.
fn said<'r>(row: &'r Row<'_>, column: Option<usize>) -> Option<&'r str> {
    column.map(|column| row.cell(column)).filter(|text| !is_absent(text))
}
