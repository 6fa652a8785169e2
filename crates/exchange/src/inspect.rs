//! What a file is, said before anything is done with it.

use crate::counts::{Asked, Counts, read_counts};
use crate::door::{self, Content, Row, Table, plain};
use crate::grades::{COUNT, Grades, Layout, SuggestedScale, flat_table, harm_axis, holds_no_grade};
use crate::guess::{Guess, guess, is_called_text};
use crate::key_table::is_key;
use crate::mapping::Holding;
use crate::preview::{Column, Preview, columns_of, preview_responses};
use crate::score_source::whole_number;
use crate::{Error, Mapping, ScoreSource};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

/// What was found in a file.
#[derive(Debug)]
pub struct Inspected {
    /// A file of Primum's own, by its format such as `primum-packet/2`.
    pub format: Option<String>,
    /// What holds it: text and how it is written out, a workbook, JSON.
    pub container: String,
    /// The columns of a table.
    pub columns: Vec<Column>,
    /// The fields of the first of many JSON records.
    pub fields: Vec<String>,
    /// Whether it is a table of items with their origins, by which blinded ratings are unblinded.
    pub is_key: bool,
    /// What to know of how it was read.
    pub notes: Vec<String>,
    /// The ratings or scores in it, or why there are none that can be read.
    pub scores: Result<ScoreSource, Error>,
    /// The counts of ratings in it, where there are no ratings of single items.
    pub counts: Option<Counts>,
    /// The responses in it, where there are some.
    pub responses: Option<Preview>,
    /// What it probably holds where nothing here recognises it, the likeliest first.
    pub guesses: Vec<Guess>,
}

/// Looks into the file called `name`, a table by `mapping` where that says anything. The name may choose a
/// sheet or a rater as [`ScoreSource::open`] has it.
pub fn inspect(name: &str, mapping: &Mapping) -> Result<Inspected, Error> {
    let named = crate::score_source::split_name(name);
    let mut inspected = Inspected {
        format: None,
        container: String::new(),
        columns: Vec::new(),
        fields: Vec::new(),
        is_key: false,
        notes: Vec::new(),
        scores: ScoreSource::open_mapped(name, mapping),
        counts: None,
        responses: None,
        guesses: Vec::new(),
    };
    let mut of_responses = Vec::new();
    match preview_responses(Path::new(name)) {
        Ok(preview) if holds_responses(&preview) => inspected.responses = Some(preview),
        // Why a log holds none.
        Ok(preview) if preview.columns.is_empty() => of_responses = preview.notes,
        _ => {}
    }
    let opened = match door::open(named.file, named.sheet, "a file") {
        // A run of HELM is a folder.
        Err(_) if inspected.responses.is_some() => return Ok(inspected),
        opened => opened?,
    };
    inspected.container = opened.content.name();
    inspected.notes = match &inspected.scores {
        Ok(source) => source.notes().to_vec(),
        Err(_) => [opened.notes, of_responses].concat(),
    };
    if let Content::Records(records) = &opened.content
        && let Some(Value::Object(first)) = records.first()
    {
        inspected.fields = first.into_iter().map(|(name, _)| name).collect();
    }
    match &opened.content {
        Content::Document(text) => inspected.format = format_of(text),
        Content::Table(table) => inspected.columns = columns_of(named.file, table)?.0,
        Content::Records(records) if records.are_rows() => {
            let rows = flat_table(named.file, records, "rows", &mut Vec::new())?;
            inspected.columns = columns_of(named.file, &rows)?.0;
        }
        Content::Records(records) if inspected.scores.is_err() => {
            let fields = columns_of(named.file, &records.table(named.file, "records")?)?.0;
            inspected.guesses = guess(&fields);
            // Fields of JSON are named for texts only.
            inspected.guesses.retain(|guess| guess.holding != Holding::Grades);
        }
        Content::Records(_) | Content::Archive(_) => {}
    }
    let columns = inspected.columns.iter().map(|column| column.name.as_str());
    inspected.is_key = is_key(columns);
    if let Ok(ScoreSource::Grades { grades, .. }) = &inspected.scores
        && are_texts(&inspected.columns, grades)
    {
        let found = "columns of texts and names";
        let why = Error::field(named.file, "", "the header", found, "ratings or scores");
        inspected.scores = Err(why);
    }
    let is_count = |column: &Column| COUNT.contains(&plain(&column.name).as_str());
    let may_be_counts = matches!(opened.content, Content::Document(_))
        || mapping.says("count")
        || inspected.columns.iter().any(is_count);
    if inspected.scores.is_err() && inspected.format.is_none() && may_be_counts {
        let asked = Asked { mapping: Some(mapping), ..Asked::default() };
        let grouped = || match &opened.content {
            Content::Table(table) => grouped_counts(named.file, name, asked, table),
            _ => None,
        };
        inspected.counts = read_counts(name, asked).ok().or_else(grouped);
    }
    if inspected.scores.is_err() && inspected.counts.is_none() && !inspected.columns.is_empty() {
        inspected.guesses = guess(&inspected.columns);
    }
    Ok(inspected)
}

/// The counts in a table of which one column alone, by elimination, says which items belong together.
fn grouped_counts(file: &Path, name: &str, asked: Asked<'_>, table: &Table) -> Option<Counts> {
    let column = table.column(&COUNT).filter(|_| table.header().len() <= MOST_TRIED)?;
    let mut all = 0;
    let add = |row: Row<'_>| {
        all += whole_number::<u64>(row.cell(column)).unwrap_or_default();
        Ok(())
    };
    table.each(file, add).ok()?;
    let by = |column: &String| {
        let counts = read_counts(name, Asked { cluster: Some(column), ..asked }).ok()?;
        // Where a pattern comes twice in a group, the column of counts is read as something else.
        (counts.data.items() == all).then(|| Counts { grouped_by: Some(column.clone()), ..counts })
    };
    let mut found = table.header().iter().filter(|name| !holds_no_grade(name)).filter_map(by);
    found.next().filter(|_| found.next().is_none())
}

/// More columns are not tried one by one.
const MOST_TRIED: usize = 20;

/// Whether a table that could be read as one rater's grades is more probably one of scenarios or responses: it has
/// a column of texts, and what would be grades are words on no harm axis.
fn are_texts(columns: &[Column], grades: &Grades) -> bool {
    let is_text = |column: &Column| column.is_text() || is_called_text(&column.name);
    let is_word = |axis: &&str| {
        harm_axis(axis).is_none()
            && matches!(grades.suggested_scale(axis), None | Some(SuggestedScale::Words { .. }))
    };
    grades.layout() == Layout::Axes
        && !grades.is_mapped()
        && grades.raters().len() == 1
        && columns.iter().any(is_text)
        && grades.axes().iter().all(is_word)
}

/// Whether what was looked into is known to hold responses: its layout says so, or a column is called as
/// one of responses would be.
fn holds_responses(preview: &Preview) -> bool {
    let found =
        ["scenario_id", "response"].iter().all(|field| preview.suggested.contains_key(field));
    preview.count > 0 && (preview.columns.is_empty() || found)
}

fn format_of(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Header {
        format: Option<String>,
    }
    let header: Header = serde_json::from_str(text).ok()?;
    header.format.filter(|format| format.starts_with("primum-"))
}
