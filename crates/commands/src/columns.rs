//! What is said of the columns of files, kept in a small file that `--map @FILE` reads too.

use crate::contract::Command;
use crate::given_path::given_path;
use crate::{Context, Failure};
use exchange::{BY_HAND, Holding, MappedFrom, Mapping};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use study::At;
use ts_rs::TS;

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TableOf {
    /// Ratings or scores.
    Grades,
    /// Responses.
    Responses,
    /// Scenarios.
    Scenarios,
}

impl From<TableOf> for Holding {
    fn from(table: TableOf) -> Self {
        match table {
            TableOf::Grades => Self::Grades,
            TableOf::Responses => Self::Responses,
            TableOf::Scenarios => Self::Scenarios,
        }
    }
}

/// Writes what is said of a file's columns to a file.
#[derive(Debug, Deserialize, TS)]
pub struct SaveColumns {
    /// The file. The person was asked whether one that is there may be replaced, as the system's dialog does.
    pub file: String,
    /// What the rows are of which it is said.
    pub holds: TableOf,
    /// What is said, as `FIELD=COLUMN`, `FIELD=COLUMN,COLUMN` or `FIELD=:CONSTANT`.
    pub map: Vec<String>,
}

/// Reads what was said of a file's columns.
#[derive(Debug, Deserialize, TS)]
pub struct ReadColumns {
    /// The file: lines such as `item=ID`.
    pub file: String,
    /// What the rows are for which it is read.
    pub holds: TableOf,
}

/// What is chosen for the columns of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChosenColumns {
    /// The columns that hold a field, in the order of the table.
    pub held: Vec<HeldColumn>,
    /// Fields that are the same in every row, each with the text; an empty one where no column holds the field.
    #[ts(type = "Record<string, string>")]
    pub constants: BTreeMap<String, String>,
}

/// A column that holds a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HeldColumn {
    /// The column's name.
    pub column: String,
    /// The field.
    pub field: String,
}

/// The columns were saved.
#[derive(Debug, Serialize, TS)]
pub struct ColumnsSaved {
    /// The file.
    pub file: String,
}

impl Command for SaveColumns {
    const NAME: &'static str = "save_columns";
    type Reply = ColumnsSaved;

    fn run(self, _: &mut Context) -> Result<ColumnsSaved, Failure> {
        let file = given_path("file", &self.file)?;
        // What cannot be read again is not written.
        mapping_of(&self.map, self.holds)?;
        exchange::replace(&file, format!("{}\n", self.map.join("\n")).as_bytes())?;
        Ok(ColumnsSaved { file: file.display().to_string() })
    }
}

impl Command for ReadColumns {
    const NAME: &'static str = "read_columns";
    type Reply = ChosenColumns;

    fn run(self, _: &mut Context) -> Result<ChosenColumns, Failure> {
        let file = Path::new(self.file.trim());
        let text = exchange::read_text(file, BY_HAND, exchange::COLUMN_LINES)?;
        let lines = (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty());
        let (numbers, lines): (Vec<usize>, Vec<&str>) = lines.unzip();
        let mapping = Mapping::of(&lines, &[self.holds.into()]).map_err(|(place, why)| {
            let (file, line) = (file.display(), numbers[place]);
            Failure::refused(format!("{file}, line {line}: {why}."))
        })?;
        if mapping.is_empty() {
            let message = format!(
                "{}: found no line; expected one such as item=ID for each field.",
                file.display()
            );
            return Err(Failure::refused(message));
        }
        let mut chosen = ChosenColumns::default();
        for (field, from) in mapping.iter() {
            match from {
                MappedFrom::Constant(text) => {
                    chosen.constants.insert(field.into(), text.clone());
                }
                MappedFrom::Columns(columns) => chosen.held.extend(
                    columns
                        .iter()
                        .map(|column| HeldColumn { column: column.clone(), field: field.into() }),
                ),
            }
        }
        Ok(chosen)
    }
}

/// The mapping that these say together of what a table holds.
pub(crate) fn mapping_of(map: &[String], holds: TableOf) -> Result<Mapping, Failure> {
    Mapping::of(map, &[holds.into()])
        .map_err(|(_, why)| Failure::refused_at(At::field("map"), format!("field `map`: {why}")))
}

/// The mapping that these, in a command's `field`, say together of responses and scenarios.
pub(crate) fn texts_mapping(field: &str, map: &[String]) -> Result<Mapping, Failure> {
    Mapping::of(map, &TEXTS).map_err(|(_, why)| {
        Failure::refused_at(At::field(field), format!("field `{field}`: {why}"))
    })
}

const TEXTS: [Holding; 2] = [Holding::Responses, Holding::Scenarios];

/// What was said of the columns of files of both kinds: of grades, and of responses and scenarios.
#[derive(Clone, Debug, Default)]
pub struct SplitMap {
    /// Of ratings and scores.
    pub grades: Vec<String>,
    /// Of responses and scenarios.
    pub texts: Vec<String>,
}

impl SplitMap {
    /// By their fields: grades have none that is called like one of texts. `read` are the tables of texts that the
    /// command reads; what is said of others is refused, and so is a field that no table has.
    pub fn of(said: Vec<String>, read: &[TableOf]) -> Result<Self, Failure> {
        let mut split = Self::default();
        for text in said {
            match TEXTS.into_iter().find(|holding| is_of(*holding, &text)) {
                Some(holding) if read.iter().any(|table| Holding::from(*table) == holding) => {
                    split.texts.push(text);
                }
                Some(holding) => {
                    let what = match holding {
                        Holding::Scenarios => "scenarios",
                        _ => "responses",
                    };
                    return Err(Failure::refused(format!(
                        "--map {text}: this is about a table of {what}, and none is read here."
                    )));
                }
                None if is_of_grades(&text) => split.grades.push(text),
                None => return Err(unknown_field(&text, read)),
            }
        }
        Ok(split)
    }
}

/// Whether `text` says something of a field of what a table holds.
fn is_of(holding: Holding, text: &str) -> bool {
    let name = text.split('=').next().unwrap_or_default().trim();
    holding.fields().iter().any(|field| field.name == name)
}

/// The same of grades, of which something may be said for one file, named before the field.
fn is_of_grades(text: &str) -> bool {
    let (before, _) = text.split_once('=').unwrap_or((text, ""));
    let fields = Holding::Grades.fields().iter();
    let is_named = |name: &str| before.trim() == name || text.contains(&format!(":{name}="));
    fields.map(|field| field.name).any(is_named)
}

fn unknown_field(text: &str, read: &[TableOf]) -> Failure {
    let tables = [Holding::Grades].into_iter().chain(read.iter().map(|table| (*table).into()));
    let names: Vec<&str> = tables.flat_map(Holding::fields).map(|field| field.name).collect();
    Failure::refused(format!(
        "--map {text}: expected FIELD=COLUMN, FIELD=COLUMN,COLUMN or FIELD=:CONSTANT, with one of {}",
        names.join(", ")
    ))
}
