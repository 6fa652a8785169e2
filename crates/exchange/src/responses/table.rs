//! Tables of responses, in any dialect or as a workbook: a row for each response.

use super::columns::{REQUIRED_COLUMNS, expected};
use super::gathered::{Answer, Gathered};
use crate::Error;
use crate::door::{Row, Table, line};
use crate::score_source::{is_absent, whole_number};

/// Where the rows have one of our fields.
#[derive(Clone, Copy)]
struct Field<'a> {
    /// What the table calls it.
    name: &'a str,
    column: Option<usize>,
}

/// Reads a table.
pub(super) fn read(table: &Table, gathered: &mut Gathered) -> Result<(), Error> {
    let fields = Fields::of(table, gathered)?;
    let file = gathered.file.clone();
    table.each(&file, |row| {
        gathered.add(row.line, fields.answer(&row, gathered));
        Ok(())
    })
}

struct Fields<'a> {
    scenario_id: Field<'a>,
    model_id: Field<'a>,
    response: Field<'a>,
    rep_id: Field<'a>,
    content_filtered: Field<'a>,
    output_tokens: Field<'a>,
}

impl<'a> Fields<'a> {
    fn of(table: &'a Table, gathered: &Gathered) -> Result<Self, Error> {
        let field = |name| field(table, gathered, name);
        Ok(Self {
            scenario_id: field("scenario_id")?,
            model_id: field("model_id")?,
            response: field("response")?,
            rep_id: field("rep_id")?,
            content_filtered: field("content_filtered")?,
            output_tokens: field("output_tokens")?,
        })
    }

    fn answer(&self, row: &Row<'_>, gathered: &Gathered) -> Result<Answer, Error> {
        let written = |field: Field<'_>| field.column.map_or("", |column| row.written(column));
        let refuse = |field: Field<'_>, expected: &str| {
            let found = format!("`{}`", written(field).trim());
            gathered.refuse(row.line, field.name, &found, expected)
        };
        let number = |field: Field<'_>| {
            let text = written(field).trim();
            if is_absent(text) {
                return Ok(None);
            }
            whole_number::<u64>(text).map(Some).ok_or_else(|| refuse(field, "a whole number"))
        };
        let rep_id = u32::try_from(number(self.rep_id)?.unwrap_or_default())
            .map_err(|_| refuse(self.rep_id, "a whole number up to 4294967295"))?;
        let filtered = truth(written(self.content_filtered).trim())
            .ok_or_else(|| refuse(self.content_filtered, "true, false or nothing"))?;
        let text = written(self.response);
        Ok(Answer {
            scenario_id: written(self.scenario_id).to_owned(),
            model_id: written(self.model_id).to_owned(),
            rep_id: Some(rep_id),
            filtered: filtered || super::is_withheld(text, number(self.output_tokens)?),
            text: text.to_owned(),
        })
    }
}

fn field<'a>(
    table: &'a Table,
    gathered: &Gathered,
    name: &'static str,
) -> Result<Field<'a>, Error> {
    let header = table.header();
    let there = || format!("the columns {}", header.join(", "));
    let (file, columns) = (&gathered.file, &gathered.columns);
    let column = match columns.said(name) {
        None => {
            let own = table.column(&[name]);
            own.filter(|column| !columns.gives_away(&header[*column], name))
        }
        Some(_) if columns.constant(name).is_some() => return Ok(Field { name, column: None }),
        Some("") => None,
        Some(theirs) => match header.iter().position(|column| column == theirs.trim()) {
            None => {
                return Err(Error::field(file, line(1), theirs, there(), "a column of this name"));
            }
            found => found,
        },
    };
    if column.is_none() && REQUIRED_COLUMNS.contains(&name) {
        return Err(Error::field(file, line(1), name, there(), expected("column", name)));
    }
    Ok(Field { name: column.map_or(name, |column| &header[column]), column })
}

/// A truth value as programs and spreadsheets write it; nothing is false.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "1.0" => Some(true),
        "false" | "0" | "0.0" => Some(false),
        other if is_absent(other) => Some(false),
        _ => None,
    }
}
