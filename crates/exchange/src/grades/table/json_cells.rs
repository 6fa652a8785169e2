//! Columns whose cells are JSON objects, as automated judges answer and people paste: a column for each field.

use crate::Error;
use crate::door::{Table, plain};
use crate::grades::json::cell;
use crate::problems::{count, first_few, name_places};
use csv::StringRecord;
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};
use std::path::Path;

/// Rows by which it is told what a column holds.
const LOOKED_AT: usize = 1_000;

/// Objects with more fields are no grades.
const MOST_FIELDS: usize = 100;

/// The columns of objects, by their places.
pub(super) struct Objects(Vec<usize>);

/// A column of objects, with what they hold.
struct Spread {
    column: usize,
    /// The names of the fields, by how names are compared.
    fields: IndexMap<String, String>,
    /// Fields that hold lists or objects.
    nested: IndexSet<String>,
    /// Rows whose cell is filled and no object that can be read.
    others: Vec<usize>,
}

impl Spread {
    fn of(column: usize) -> Self {
        Self { column, fields: IndexMap::new(), nested: IndexSet::new(), others: Vec::new() }
    }

    /// Notes the fields of an object. Their capitals and blanks do not matter, as in the names of columns.
    fn take(&mut self, object: Map<String, Value>) {
        for (name, value) in object {
            if cell(&value).is_some() {
                self.fields.entry(plain(&name)).or_insert_with(|| name.trim().to_owned());
            } else {
                self.nested.insert(name);
            }
        }
    }
}

impl Objects {
    /// The columns of which most cells in the first rows are objects.
    pub(super) fn of(file: &Path, table: &Table) -> Result<Self, Error> {
        let mut filled = vec![(0, 0); table.header().len()];
        for row in table.head(file, LOOKED_AT)? {
            for (cell, (all, objects)) in row.iter().zip(&mut filled) {
                *all += usize::from(!cell.trim().is_empty());
                *objects += usize::from(object(cell).is_some());
            }
        }
        let are_objects = |(_, (all, objects)): &(usize, (usize, usize))| 2 * objects > *all;
        Ok(Self(filled.into_iter().enumerate().filter(are_objects).map(|(at, _)| at).collect()))
    }

    pub(super) fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// The table without them.
    pub(super) fn left_out(&self, file: &Path, table: &Table) -> Result<Table, Error> {
        rebuilt(file, table, |at| self.0.contains(&at).then(Vec::new), |_, _| Vec::new())
    }

    /// That they were left out.
    pub(super) fn note_left_out(&self, file: &Path, table: &Table) -> String {
        format!(
            "{}: cells of {} hold JSON, which was not read, as other columns hold the grades.",
            file.display(),
            self.names(table)
        )
    }

    fn names(&self, table: &Table) -> String {
        let names: Vec<String> = self.0.iter().map(|at| table.header()[*at].clone()).collect();
        first_few(&names)
    }

    /// The same table, in which they are a column for each of their fields, called `column_field`. `notes` says so, and
    /// which cells are left out.
    pub(super) fn spread(
        &self,
        file: &Path,
        table: &Table,
        notes: &mut Vec<String>,
    ) -> Result<Table, Error> {
        let mut columns: Vec<Spread> = self.0.iter().map(|at| Spread::of(*at)).collect();
        table.each(file, |row| {
            for spread in &mut columns {
                match object(row.cell(spread.column)) {
                    Some(object) => spread.take(object),
                    None if row.cell(spread.column).is_empty() => {}
                    None => spread.others.push(row.line),
                }
            }
            Ok(())
        })?;
        let name = |spread: &Spread| table.header()[spread.column].clone();
        if let Some(wide) = columns.iter().find(|spread| spread.fields.len() > MOST_FIELDS) {
            let found = format!("JSON with {}", count(wide.fields.len(), "different field"));
            let expected = format!("at most {MOST_FIELDS}, each a column of grades");
            return Err(Error::field(file, "", name(wide), found, expected));
        }
        notes.push(format!(
            "{}: cells of {} hold JSON, of which each field was read as a column.",
            file.display(),
            self.names(table)
        ));
        for spread in columns.iter().filter(|spread| !spread.others.is_empty()) {
            notes.push(format!(
                "{}, {}: {} holds no JSON that can be read as an object of single values, and was left out: {}.",
                file.display(),
                name_places(table.unit(), &spread.others),
                name(spread),
                count(spread.others.len(), "cell")
            ));
        }
        let nested: IndexSet<&String> = columns.iter().flat_map(|spread| &spread.nested).collect();
        if !nested.is_empty() {
            let nested = first_few(&nested.into_iter().cloned().collect::<Vec<_>>());
            notes.push(format!(
                "{}: lists and objects in JSON were left out: {nested}.",
                file.display()
            ));
        }
        let of = |at: usize| columns.iter().find(|spread| spread.column == at);
        // One column of answers is one rater's, whose fields are the axes.
        let is_of_one = columns.len() == 1 && are_new(table, &columns[0]);
        let header = |at: usize| {
            let named = |field: &String| match is_of_one {
                true => field.clone(),
                false => format!("{}_{field}", table.header()[at]),
            };
            Some(of(at)?.fields.values().map(named).collect())
        };
        let cells = |at: usize, text: &str| {
            let object = object(text).unwrap_or_default();
            let by_name: IndexMap<String, String> = object
                .iter()
                .filter_map(|(name, value)| Some((plain(name), cell(value)?)))
                .collect();
            let fields = of(at).map(|spread| spread.fields.keys()).into_iter().flatten();
            fields.map(|field| by_name.get(field).cloned().unwrap_or_default()).collect()
        };
        let mut spread = rebuilt(file, table, header, cells)?;
        if is_of_one {
            spread.said_mut().set("rater", &name(&columns[0]));
        }
        Ok(spread)
    }
}

/// The same table, with the columns that `header` names in the place of one, where it names any, and what `cells` makes
/// of its cells.
fn rebuilt(
    file: &Path,
    table: &Table,
    header: impl Fn(usize) -> Option<Vec<String>>,
    cells: impl Fn(usize, &str) -> Vec<String>,
) -> Result<Table, Error> {
    let places = 0..table.header().len();
    let replaced: Vec<Option<Vec<String>>> = places.clone().map(header).collect();
    let names = replaced.iter().zip(table.header());
    let names = names.flat_map(|(new, old)| new.clone().unwrap_or_else(|| vec![old.clone()]));
    let mut rows = Vec::new();
    table.each(file, |row| {
        let mut record = StringRecord::new();
        for at in places.clone() {
            match replaced[at] {
                Some(_) => cells(at, row.cell(at)).iter().for_each(|cell| record.push_field(cell)),
                None => record.push_field(&row.value(row.written(at))),
            }
        }
        rows.push((row.line, record));
        Ok(())
    })?;
    let rebuilt = Table::of_rows(names.collect(), rows).counted_in(table.unit());
    Ok(rebuilt.numbered_by(table.items()))
}

/// Whether no other column is called as a field is.
fn are_new(table: &Table, spread: &Spread) -> bool {
    spread.fields.keys().all(|field| table.named(field).is_none())
}

/// The object that `text` is, where some field holds a single value. A model may have put it between fences, and a program
/// may have written it as Python does.
fn object(text: &str) -> Option<Map<String, Value>> {
    let text = text.trim();
    let text = match text.strip_prefix("```") {
        Some(fenced) => fenced.strip_prefix("json").unwrap_or(fenced).trim_end_matches('`').trim(),
        None => text,
    };
    if !text.starts_with('{') {
        return None;
    }
    let read = |text: &str| serde_json::from_str::<Map<String, Value>>(text).ok();
    let object = read(text).or_else(|| read(&of_python(text)?))?;
    object.values().any(|value| cell(value).is_some()).then_some(object)
}

/// What Python writes of a dictionary, as JSON. Not where a text in it may hold quotation marks.
fn of_python(text: &str) -> Option<String> {
    if text.contains('"') {
        return None;
    }
    let json = text.replace('\'', "\"");
    let words = [(": True", ": true"), (": False", ": false"), (": None", ": null")];
    Some(words.iter().fold(json, |json, (python, word)| json.replace(python, word)))
}
