//! What the columns of a table are, by their names and by what they hold.

use super::held::{FEW, Held, LONGEST};
use super::names::{
    AXIS, ITEM, KINDS, MODEL, ONE_AXIS, RATER, REPETITION, SCENARIO, VALUE, is_rater,
    is_told_of_item,
};
use super::patterns;
use crate::Error;
use crate::door::{Row, Table, line, plain};
use crate::grades::{By, Grades, harm_axis};
use crate::problems::{clipped, listed};
use crate::score_source::{is_absent, whole_number};
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::Path;
use study::ItemDesign;

/// More different values are no grades on an axis.
const MOST_GRADES: usize = 25;

/// A table whose columns have been looked at.
pub(super) struct Columns<'a> {
    pub(super) file: &'a Path,
    pub(super) table: &'a Table,
    pub(super) design: Design,
    held: Vec<Held>,
}

/// The columns that say where an item is in a study's design: a model alone says nothing of its place.
pub(super) struct Design {
    scenario: Option<usize>,
    model: Option<usize>,
    rep: Option<usize>,
    /// The scenario and the model of every item, where somebody said them.
    constant: [Option<String>; 2],
}

impl<'a> Columns<'a> {
    pub(super) fn of(file: &'a Path, table: &'a Table) -> Result<Self, Error> {
        let held = Held::of_columns(file, table)?;
        Ok(Self { file, table, design: Design::of(table), held })
    }

    pub(super) fn name(&self, column: usize) -> &'a str {
        self.table.header().get(column).map_or("", String::as_str)
    }

    /// The column of the items' names: one that is called so, or else one without a name, as pandas
    /// writes it, that numbers the rows, or else the first, in whatever language it is called, if each row
    /// has a name of its own in it.
    pub(super) fn item(&self) -> Option<usize> {
        let numbers_rows = |column: &usize| {
            let held = &self.held[*column];
            held.all_differ() && held.are_numbers() && held.filled > 1
        };
        let unnamed = || self.table.column(&["", "Unnamed: 0"]).filter(numbers_rows);
        if self.table.said().excludes("item") {
            return self.table.joined().map(|(joined, _)| joined);
        }
        let first = || self.names_the_rows();
        self.table.column(&ITEM).or_else(unnamed).or_else(|| match self.table.joined() {
            // A name of its own in the first column is the items', unless it is the scenario's.
            Some((joined, of)) => first().filter(|column| !of.contains(column)).or(Some(joined)),
            None => first(),
        })
    }

    fn names_the_rows(&self) -> Option<usize> {
        let first = self.held.first()?;
        let most = self.held.iter().map(|held| held.filled).max().unwrap_or_default();
        let names = first.all_differ()
            && first.longest <= LONGEST
            && first.filled > 1
            && first.filled == most;
        let raters = patterns::raters(self.table).unwrap_or_default();
        let named = !is_told_of_item(self.name(0)) && !raters.contains(&0);
        (names && named).then_some(0)
    }

    /// Refuses items in the first column of which one comes again, where that alone keeps the table from being
    /// read.
    pub(super) fn named_once(&self) -> Result<(), Error> {
        let Some(first) = self.held.first() else { return Ok(()) };
        let graded = self.graded(&[Some(0)]);
        let harm = graded.iter().any(|column| harm_axis(self.name(*column)).is_some());
        let reads = harm || self.alike(&graded).len() > 1;
        if self.item().is_some()
            || is_told_of_item(self.name(0))
            || !reads
            || first.longest > LONGEST
        {
            return Ok(());
        }
        let mut lines: FxHashMap<String, usize> = FxHashMap::default();
        self.table.each(self.file, |row| {
            let item = row.cell(0);
            match lines.insert(item.to_owned(), row.line).filter(|_| !is_absent(item)) {
                None => Ok(()),
                Some(before) => {
                    let unit = self.table.unit();
                    let found = format!("`{}`, which {unit} {before} has as well", clipped(item));
                    let expected =
                        "one row for each item, or a column `rater` that says whose row it is";
                    Err(Error::field(
                        self.file,
                        line(row.line),
                        clipped(self.name(0)),
                        found,
                        expected,
                    ))
                }
            }
        })
    }

    /// The only one of `columns` that is hardly a rater's as the others are, and why.
    pub(super) fn odd_one(&self, columns: &[usize]) -> Option<(usize, &'static str)> {
        let mut having: FxHashMap<&str, usize> = FxHashMap::default();
        for value in columns.iter().flat_map(|column| &self.held[*column].values) {
            *having.entry(value).or_default() += 1;
        }
        let others = columns.len().checked_sub(1).filter(|others| *others > 1)?;
        let usual: Vec<&str> =
            having.iter().filter(|(_, n)| **n == others).map(|(value, _)| *value).collect();
        let has_other_values = |column: &&usize| {
            let held = &self.held[**column];
            let own = &held.values;
            held.filled >= FEW
                && own.iter().any(|value| having[value.as_str()] == 1)
                && usual.iter().any(|value| !own.contains(*value))
        };
        let has_other_name = |column: &&usize| !is_rater(self.name(**column));
        let only = |found: &dyn Fn(&&usize) -> bool| {
            let mut odd = columns.iter().filter(found);
            odd.next().filter(|_| odd.next().is_none()).copied()
        };
        let by_values =
            only(&has_other_values).map(|column| (column, "has other values than the others"));
        by_values.or_else(|| {
            Some((only(&has_other_name)?, "is not called as a rater, as the others are"))
        })
    }

    /// Whether a column is called as one of items is.
    pub(super) fn is_called_item(&self, column: usize) -> bool {
        ITEM.iter().any(|known| plain(known) == plain(self.name(column)))
    }

    /// Says which column was taken for that of the items, where it is not called so.
    pub(super) fn note_item(&self, grades: &mut Grades, item: usize) {
        let name = self.name(item);
        if self.table.joined().is_some_and(|(joined, _)| joined == item) {
            self.note(grades, "items were named by their scenario, model and repetition.".into());
        }
        if !name.is_empty() && !self.is_called_item(item) {
            self.note(
                grades,
                format!("the column {} was read as the items' names.", clipped(name)),
            );
        }
    }

    /// The only column of grades beside items that are called so.
    pub(super) fn single(&self, item: usize, graded: &[usize]) -> Option<usize> {
        let [only] = *graded else { return None };
        let said = self.table.said().column("item") == Some(item);
        ((said || self.is_called_item(item)) && self.has_few_values(only)).then_some(only)
    }

    /// The column of the raters' names. One such as `judge` is itself a rater where it holds grades, one
    /// row per item.
    pub(super) fn rater(&self, item: usize) -> Option<usize> {
        let column = self.table.column(&RATER)?;
        if self.table.said().column("rater").is_some() {
            return Some(column);
        }
        let held = &self.held[column];
        let graded_alike = |(at, other): (usize, &Held)| {
            let is_beside = at != column && at != item && self.may_hold_grades(at);
            is_beside && !other.values.is_disjoint(&held.values)
        };
        let are_grades = held.are_small() || self.held.iter().enumerate().any(graded_alike);
        let grades = self.held[item].all_differ() && are_grades && held.values.len() > 1;
        let name = plain(self.name(column));
        let is_rater = grades && name != "rater" && KINDS.contains(&&*name);
        (!is_rater).then_some(column)
    }

    /// The column in which the respondents to a form say who they are.
    pub(super) fn respondent(&self) -> Option<usize> {
        self.table.column(&RATER)
    }

    /// The columns that can hold grades, those that are `known` for something else apart.
    pub(super) fn graded(&self, known: &[Option<usize>]) -> Vec<usize> {
        let may = |at: &usize| {
            let is_free = !self.is_known(*at, known) && !self.is_replaced(*at);
            is_free && (self.said_harm(*at).is_some() || self.may_hold_grades(*at))
        };
        (0..self.held.len()).filter(may).collect()
    }

    /// Whether it is called as a field of ours that another column, or none, was said to hold.
    fn is_replaced(&self, column: usize) -> bool {
        let fields: [(&str, &[&str]); 5] = [
            ("item", &ITEM),
            ("rater", &RATER),
            ("axis", &AXIS),
            ("scenario", &SCENARIO),
            ("model", &MODEL),
        ];
        let (said, name) = (self.table.said(), plain(self.name(column)));
        let elsewhere =
            |axis| said.excludes(axis) || said.column(axis).is_some_and(|held| held != column);
        if harm_axis(self.name(column)).is_some_and(elsewhere) {
            return true;
        }
        fields.into_iter().any(|(field, names)| {
            let elsewhere =
                said.excludes(field) || said.column(field).is_some_and(|at| at != column);
            elsewhere && names.iter().any(|known| plain(known) == name)
        })
    }

    fn is_known(&self, column: usize, known: &[Option<usize>]) -> bool {
        let Design { scenario, model, .. } = &self.design;
        let joined = self.table.joined().is_some_and(|(_, of)| of.contains(&column));
        joined || known.iter().chain([scenario, model]).any(|known| *known == Some(column))
    }

    fn may_hold_grades(&self, column: usize) -> bool {
        !is_told_of_item(self.name(column)) && !self.held[column].are_texts()
    }

    /// How many different values a column holds.
    pub(super) fn different(&self, column: usize) -> usize {
        self.held[column].different.len()
    }

    /// Whether a column has few values, as an axis has.
    pub(super) fn has_few_values(&self, column: usize) -> bool {
        (1..=MOST_GRADES).contains(&self.held[column].different.len())
    }

    /// Those of `columns` that grade as the others do: in the same values, or in small whole numbers.
    pub(super) fn alike(&self, columns: &[usize]) -> Vec<usize> {
        let mut having: FxHashMap<&str, usize> = FxHashMap::default();
        for value in columns.iter().flat_map(|column| self.compared(*column)) {
            *having.entry(value).or_default() += 1;
        }
        let shares = |column: &usize| {
            let held = &self.held[*column];
            held.are_small() || self.compared(*column).any(|value| having[value] > 1)
        };
        columns.iter().copied().filter(shares).collect()
    }

    fn compared(&self, column: usize) -> impl Iterator<Item = &str> {
        self.held[column].compared(is_rater(self.name(column)))
    }

    /// The rater of a file that names none.
    pub(super) fn rater_of_file(&self, grades: &mut Grades) -> String {
        rater_of_file(self.file, self.table, grades)
    }

    /// Whether the rater or the axis of all grades was said.
    pub(super) fn is_said_of_all(&self, field: &str) -> bool {
        self.table.said().constant(field).is_some()
    }

    /// The axes in `columns` by name: harm axes as the rubrics call them, and a single column that only
    /// says `value` as the one axis. Says which have another name in the file.
    pub(super) fn axes(&self, columns: &[usize], grades: &mut Grades) -> Vec<&'a str> {
        let only = columns.len() == 1;
        let axis = |column: &usize| {
            let name = self.name(*column);
            if let Some(harm) = self.said_harm(*column) {
                return harm;
            }
            if let Some(said) = self.table.said().constant("axis").filter(|_| only) {
                return said;
            }
            let unnamed = only && VALUE.contains(&plain(name).as_str());
            let axis = harm_axis(name).unwrap_or(if unnamed { ONE_AXIS } else { name });
            if axis != name {
                self.note(grades, format!("the column {name} was read as the axis `{axis}`."));
            }
            axis
        };
        columns.iter().map(axis).collect()
    }

    /// The harm axis that a column was said to hold.
    pub(super) fn said_harm(&self, column: usize) -> Option<&'static str> {
        self.table.said().field_of(column).and_then(harm_axis)
    }

    /// Columns that are raters, each with the number of its name.
    pub(super) fn by_raters(
        &self,
        grades: &mut Grades,
        raters: &[usize],
    ) -> Result<Vec<(usize, u32)>, Error> {
        let numbered = |column: &usize| Ok((*column, grades.rater(1, self.name(*column))?));
        raters.iter().map(numbered).collect()
    }

    /// Says which columns beside those that were `read` have cells that were not.
    pub(super) fn note_left_out(
        &self,
        grades: &mut Grades,
        read: &[usize],
        known: &[Option<usize>],
    ) {
        let read: FxHashSet<usize> = read.iter().copied().collect();
        let is_read = |column: &usize| read.contains(column) || self.is_known(*column, known);
        let all = 0..self.table.header().len();
        let left_out = all.filter(|at| !is_read(at) && self.held[*at].filled > 0);
        let names: Vec<String> = left_out.map(|at| self.said(at)).collect();
        if !names.is_empty() {
            self.note(grades, format!("not read as grades: {}.", columns(&names)));
        }
    }

    pub(super) fn note(&self, grades: &mut Grades, note: String) {
        grades.note(format!("{}: {note}", self.file.display()));
    }

    fn said(&self, column: usize) -> String {
        match self.name(column) {
            "" => format!("number {}, without a name", column + 1),
            name => name.to_owned(),
        }
    }
}

/// The rater of a file that names none: the one that was said, or else the file's name without its end.
pub(super) fn rater_of_file(file: &Path, table: &Table, grades: &mut Grades) -> String {
    if let Some(said) = table.said().constant("rater").filter(|said| !said.is_empty()) {
        return said.to_owned();
    }
    let rater = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    grades.note(format!(
        "{}: no column names the rater, who is called `{rater}` after the file.",
        file.display()
    ));
    rater
}

impl Design {
    pub(super) fn of(table: &Table) -> Self {
        let scenario = table.column(&SCENARIO);
        let constant =
            ["scenario", "model"].map(|field| table.said().constant(field).map(String::from));
        let model = table.column(&MODEL).filter(|_| scenario.is_some() || constant[0].is_some());
        Self { scenario, model, rep: table.column(&REPETITION), constant }
    }

    /// The column that says which of a model's answers a row is about.
    pub(super) fn rep(&self) -> Option<usize> {
        self.rep
    }

    /// Which of a model's answers a row is about.
    pub(super) fn rep_of(&self, row: &Row<'_>) -> Option<u32> {
        self.rep.and_then(|column| whole_number(row.cell(column)))
    }

    /// The scenario of a row, where a column or a person says it: what was said of all rows comes first.
    pub(super) fn scenario_of(&self, row: &Row<'_>) -> Option<String> {
        let cell = self.scenario.map(|column| row.cell(column)).filter(|text| !is_absent(text));
        self.constant[0].clone().or_else(|| cell.map(String::from))
    }

    /// Says where the `item` of a row is, as far as the row does.
    pub(super) fn apply(&self, grades: &mut Grades, row: &Row<'_>, item: &str) {
        let cell = |column: Option<usize>| {
            column.map(|column| row.cell(column)).filter(|text| !is_absent(text)).map(String::from)
        };
        if let Some(scenario) = self.scenario_of(row) {
            let model = self.constant[1].clone().or_else(|| cell(self.model));
            let rep = self.rep_of(row);
            grades.set_design(item, ItemDesign { scenario, model, rep, ..ItemDesign::default() });
        }
    }
}

/// Adds the grade in one cell of a row.
pub(super) fn add(grades: &mut Grades, row: &Row<'_>, column: usize, item: u32, by: By) {
    grades.push(row.line, item, by, &row.value(row.cell(column)));
}

/// `the column A` or `the columns A, B and C`.
pub(super) fn columns(names: &[impl AsRef<str>]) -> String {
    let noun = if names.len() == 1 { "column" } else { "columns" };
    format!("the {noun} {}", listed(names))
}
