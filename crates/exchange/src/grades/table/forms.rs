//! Google Forms, as its sheet of responses is downloaded (2026): a row for each respondent, first the
//! `Timestamp`, then, where they were asked for, `Email Address` or `Username`, then a column for each
//! question; a grid has one for each of its rows, called `Question [Row]`.

use super::columns::{Columns, add};
use super::names::ONE_AXIS;
use crate::door::plain;
use crate::grades::{By, Grades, Layout, harm_axis};
use crate::problems::listed;
use crate::{Error, count};
use rustc_hash::FxHashSet;

/// `Timestamp` in the languages in which forms are often made.
const TIMESTAMP: [&str; 6] = [
    "Timestamp",
    "Zeitstempel",
    "Horodateur",
    "Marca temporal",
    "Carimbo de data/hora",
    "Informazioni cronologiche",
];

/// A question: its column, what it is about, and on which axis.
struct Question<'a> {
    column: usize,
    item: &'a str,
    axis: &'a str,
}

/// Reads the responses to a form; `None` if `columns` are none.
pub(super) fn read(columns: &Columns<'_>) -> Result<Option<Grades>, Error> {
    let is_form = columns
        .table
        .header()
        .first()
        .is_some_and(|name| TIMESTAMP.iter().any(|known| plain(known) == plain(name)));
    if !is_form || columns.item().is_some() {
        return Ok(None);
    }
    let respondent = columns.respondent();
    let known = [Some(0), respondent];
    let questions = questions(columns, &columns.graded(&known));
    if questions.is_empty() {
        return Ok(None);
    }
    let mut grades = Grades::of_table(columns.file, Layout::Forms, columns.table);
    let mut numbers = Vec::with_capacity(questions.len());
    for Question { column, item, axis } in &questions {
        numbers.push((*column, grades.item(1, item)?, grades.axis(1, axis)?));
    }
    columns.table.each(columns.file, |row| {
        let number = row.line.to_string();
        let rater = respondent.map_or(&*number, |column| row.cell(column));
        let rater = grades.rater(row.line, rater)?;
        for (column, item, axis) in &numbers {
            add(&mut grades, &row, *column, *item, By { rater, axis: *axis });
        }
        Ok(())
    })?;
    note(columns, &mut grades, respondent, &questions);
    let read: Vec<usize> = questions.iter().map(|question| question.column).collect();
    columns.note_left_out(&mut grades, &read, &known);
    Ok(Some(grades))
}

/// The rows of grids, and single questions that are answered as others are. Grids by item have the harm
/// axes as their rows.
fn questions<'a>(columns: &Columns<'a>, graded: &[usize]) -> Vec<Question<'a>> {
    let alike: FxHashSet<usize> = columns.alike(graded).into_iter().collect();
    let mut questions = Vec::new();
    for &column in graded {
        let name = columns.name(column);
        match grid(name) {
            Some((question, row)) => {
                let (item, axis) = match harm_axis(row) {
                    Some(axis) => (question, axis),
                    None => (row, harm_axis(question).unwrap_or(question)),
                };
                questions.push(Question { column, item, axis });
            }
            None if alike.contains(&column) => {
                questions.push(Question { column, item: name, axis: ONE_AXIS });
            }
            None => {}
        }
    }
    questions
}

/// The question and the row of a grid.
fn grid(name: &str) -> Option<(&str, &str)> {
    let (question, row) = name.strip_suffix(']')?.rsplit_once('[')?;
    Some((question.trim(), row.trim()))
}

fn note(
    columns: &Columns<'_>,
    grades: &mut Grades,
    respondent: Option<usize>,
    questions: &[Question<'_>],
) {
    let raters = match respondent {
        Some(column) => format!("the raters are named by the column {}", columns.name(column)),
        None => "no column names the raters, who are named by their line".to_owned(),
    };
    let single = questions.iter().filter(|question| question.axis == ONE_AXIS).count();
    let axes: Vec<String> = grades.axes().into_iter().map(|axis| format!("`{axis}`")).collect();
    let mut text = format!(
        "responses to a form: {raters}; {} graded on {}",
        count(grades.items().len(), "item"),
        listed(&axes)
    );
    if single > 0 {
        text.push_str(&format!("; {single} of them are questions by themselves, on `{ONE_AXIS}`"));
    }
    columns.note(grades, format!("{text}."));
}
