//! Grades by any number of raters, in whatever layout they came: a list of who gave which item which
//! grade on which axis. One module per layout fills it.

mod assumed;
mod axis;
mod json;
mod layout;
mod rows;
mod scores;
mod suggested_scale;
mod table;
mod texts;
mod totals;

pub use assumed::assumed_scale;
pub(crate) use assumed::taken_from_name;
pub(crate) use axis::harm_axis;
pub(crate) use json::{ONE_AXIS, flat_table};
pub use layout::Layout;
pub(crate) use layout::read_grades;
pub(crate) use scores::{are_mixed_truths, truth};
pub use suggested_scale::SuggestedScale;
pub(crate) use suggested_scale::{far_place, steps};
pub(crate) use table::{COUNT, CountedTable, RATER, SCENARIO, holds_no_grade};

use crate::door::Table;
use crate::problems::clipped;
use crate::problems::{Problems, joined};
use crate::{Error, Spot};
use rows::{GradeRow, Kind, Rows};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use study::{Grade, ItemDesign, Names};

/// Labels of an axis, each with the grade that it names.
pub type Labels = BTreeMap<String, Vec<(String, Grade)>>;

/// Grades as a file gives them.
#[derive(Debug)]
pub struct Grades {
    file: PathBuf,
    /// Of a workbook, the sheet that was chosen.
    pub(crate) sheet: Option<String>,
    layout: Layout,
    /// What a message calls the part of the file that holds a grade: a line, a task, a sample.
    unit: &'static str,
    raters: Names,
    /// Those of files that were read before as well, so that an item has one number in all.
    items: Arc<Names>,
    axes: Names,
    values: Names,
    rows: Rows,
    designs: BTreeMap<u32, ItemDesign>,
    /// Where an item first was in two places of a design.
    two_designs: Option<String>,
    notes: Vec<String>,
    /// Whether some of its columns were named by the person.
    mapped: bool,
    /// Whether items are called by where they are in the file, as it does not name all of them.
    unnamed: bool,
    /// Of a table.
    columns: Vec<String>,
    /// By axis the labels that need not be given, once they are asked for.
    known_labels: OnceLock<Vec<Vec<(String, Grade)>>>,
    /// What is wrong with rows of a table that [keeps](crate::door::Table::keeping_faults) that.
    pub(crate) faults: Problems,
}

/// Who gives a grade on which axis, by the numbers of their names: those of a column are found once, not for
/// each of its cells.
#[derive(Clone, Copy)]
pub(crate) struct By {
    pub(crate) rater: u32,
    pub(crate) axis: u32,
}

/// A grade as a file gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenGrade<'a> {
    /// The line, task or sample, from 1.
    pub at: usize,
    /// Who gave it.
    pub rater: &'a str,
    /// To what.
    pub item: &'a str,
    /// On which axis.
    pub axis: &'a str,
    /// As it is written; what is absent may be left out or added as it is spelled.
    pub value: &'a str,
}

impl Grades {
    /// None so far, of `file` in this `layout`, whose parts are called `unit`.
    pub(crate) fn new(file: &Path, layout: Layout, unit: &'static str) -> Self {
        Self {
            file: file.to_owned(),
            sheet: None,
            layout,
            unit,
            raters: Names::default(),
            items: Arc::default(),
            axes: Names::default(),
            values: Names::default(),
            rows: Rows::default(),
            designs: BTreeMap::new(),
            two_designs: None,
            notes: Vec::new(),
            mapped: false,
            unnamed: false,
            columns: Vec::new(),
            known_labels: OnceLock::new(),
            faults: Problems::default(),
        }
    }

    /// None so far, of the rows of `table`.
    pub(crate) fn of_table(file: &Path, layout: Layout, table: &Table) -> Self {
        let mapped = table.said().is_any();
        let (items, columns) = (Arc::clone(table.items()), table.header().to_vec());
        Self { items, mapped, columns, ..Self::new(file, layout, table.unit()) }
    }

    /// Whether some of the columns were named by the person.
    pub fn is_mapped(&self) -> bool {
        self.mapped
    }

    /// The same of items of which some have no name but their place in the file, which says nothing of another's.
    pub(crate) fn without_names(self) -> Self {
        Self { unnamed: true, ..self }
    }

    /// Whether the file does not name all of its items.
    pub fn has_unnamed_items(&self) -> bool {
        self.unnamed
    }

    /// The columns of the table that they are from, by name; none where it is no table.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Adds a grade. Refuses one without a rater, item or axis.
    pub(crate) fn add(&mut self, given: GivenGrade<'_>) -> Result<(), Error> {
        // Before any of them is numbered: a row that is refused adds no rater.
        for (field, name) in [("rater", given.rater), ("item", given.item), ("axis", given.axis)] {
            self.check_name(given.at, field, name)?;
        }
        let item = self.item(given.at, given.item)?;
        let by = By {
            rater: self.rater(given.at, given.rater)?,
            axis: self.axis(given.at, given.axis)?,
        };
        self.push(given.at, item, by, given.value);
        Ok(())
    }

    /// The number of the item that is named at the line, task or sample of this number.
    pub(crate) fn item(&mut self, at: usize, name: &str) -> Result<u32, Error> {
        self.check_name(at, "item", name)?;
        let near = self.rows.last().map_or(0, |row| row.item);
        Ok(Names::number_near(&mut self.items, name, near))
    }

    /// The same of a rater.
    pub(crate) fn rater(&mut self, at: usize, name: &str) -> Result<u32, Error> {
        self.check_name(at, "rater", name)?;
        Ok(self.raters.number(name))
    }

    /// The same of an axis.
    pub(crate) fn axis(&mut self, at: usize, name: &str) -> Result<u32, Error> {
        self.check_name(at, "axis", name)?;
        Ok(self.axes.number(name))
    }

    /// Adds a grade whose item, rater and axis are known by number.
    pub(crate) fn push(&mut self, at: usize, item: u32, by: By, value: &str) {
        let kind = Kind { rater: by.rater, axis: by.axis, value: self.values.number(value) };
        self.rows.push(at as u32, item, kind);
    }

    fn check_name(&self, at: usize, field: &str, name: &str) -> Result<(), Error> {
        match name.is_empty() {
            true => Err(Error::field(&self.file, self.spot(at), field, "nothing", "a name")),
            false => Ok(()),
        }
    }

    /// Says where `item` is in a study's design.
    pub(crate) fn set_design(&mut self, item: &str, design: ItemDesign) {
        let near = self.rows.last().map_or(0, |row| row.item);
        let number = Names::number_near(&mut self.items, item, near);
        let known = self.designs.entry(number).or_insert_with(|| design.clone());
        let models = (&known.model, &design.model);
        let other_model = matches!(models, (Some(known), Some(model)) if known != model);
        if known.scenario != design.scenario || other_model {
            let named = |design: &ItemDesign| {
                let model = design.model.as_ref().map(|model| format!(" by {model}"));
                format!("`{}`{}", clipped(&design.scenario), model.unwrap_or_default())
            };
            let found = format!("{} and {} for `{}`", named(known), named(&design), clipped(item));
            self.two_designs.get_or_insert(found);
        } else if known.model.is_none() {
            *known = design;
        }
    }

    /// Refuses an item that is in two scenarios, or by two models.
    pub(crate) fn check_designs(&self) -> Result<(), Error> {
        self.two_designs.as_ref().map_or(Ok(()), |found| {
            let expected = "one scenario, and one model, for each item";
            Err(Error::field(&self.file, "", "scenario", found.clone(), expected))
        })
    }

    /// Keeps something to know of how the file was read.
    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// What to know of how the file was read.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// What a message calls the part of the file that holds a grade.
    pub(crate) fn unit(&self) -> &'static str {
        self.unit
    }

    /// The file that they are from.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The sheet that was chosen in it, if one was.
    pub fn sheet(&self) -> Option<&str> {
        self.sheet.as_deref()
    }

    /// How the file is laid out.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// How many grades there are, those that are not given included.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.len() == 0
    }

    /// The raters' names.
    pub fn raters(&self) -> BTreeSet<&str> {
        self.raters.iter().collect()
    }

    /// The items' names.
    pub fn items(&self) -> BTreeSet<&str> {
        let mut held = vec![false; self.items.len() as usize];
        let rows = self.rows.iter().map(|row| row.item);
        rows.chain(self.designs.keys().copied()).for_each(|item| held[item as usize] = true);
        let held = (0..).zip(held).filter(|(_, held)| *held);
        held.map(|(item, _)| self.items.name(item)).collect()
    }

    /// The items' names by number, with those of files that were read before.
    pub(crate) fn item_names(&self) -> &Arc<Names> {
        &self.items
    }

    /// The axes' names, in the order of the file.
    pub fn axes(&self) -> Vec<&str> {
        self.axes.iter().collect()
    }

    /// Keeps the grades on `axes` alone.
    pub(crate) fn keep(&mut self, axes: &[String]) {
        let (all, rows) = (std::mem::take(&mut self.axes), std::mem::take(&mut self.rows));
        let raters = std::mem::take(&mut self.raters);
        // Axes get other numbers.
        self.known_labels = OnceLock::new();
        for row in rows.iter() {
            let axis = all.name(row.kind.axis);
            if axes.iter().any(|kept| kept == axis) {
                let axis = self.axes.number(axis);
                let rater = self.raters.number(raters.name(row.kind.rater));
                self.rows.push(row.at, row.item, Kind { axis, rater, ..row.kind });
            }
        }
    }

    /// Every value on `axis` as it is written, with how often it occurs.
    pub fn values(&self, axis: &str) -> BTreeMap<&str, usize> {
        let Some(axis) = self.axes.find(axis) else { return BTreeMap::new() };
        let mut counts = BTreeMap::new();
        for (kind, rows) in self.rows.kinds_on(axis) {
            *counts.entry(self.values.name(kind.value)).or_default() += rows;
        }
        counts
    }

    /// What `rater` gave, in the order of the file.
    pub(crate) fn of<'a>(&'a self, rater: &'a str) -> impl Iterator<Item = GivenGrade<'a>> {
        self.all().filter(move |given| given.rater == rater)
    }

    /// All grades, in the order of the file.
    pub fn all(&self) -> impl Iterator<Item = GivenGrade<'_>> {
        self.rows.iter().map(|row| GivenGrade {
            at: row.at as usize,
            rater: self.raters.name(row.kind.rater),
            item: self.items.name(row.item),
            axis: self.axes.name(row.kind.axis),
            value: self.values.name(row.kind.value),
        })
    }

    /// Where `item` is in a study's design, as far as the file says.
    pub fn design_of(&self, item: &str) -> Option<&ItemDesign> {
        self.designs.get(&self.items.find(item)?)
    }

    /// What is wrong with a field at the line, task or sample of this number.
    pub(crate) fn refuse(&self, at: usize, field: &str, found: String, expected: String) -> Error {
        Error::field(&self.file, self.spot(at), field, found, expected)
    }

    /// What the scale of `axis` could be, by the values that occur; nothing where none does.
    pub fn suggested_scale(&self, axis: &str) -> Option<SuggestedScale> {
        if self.are_mixed_truths(axis) {
            return Some(SuggestedScale::Numbers { lowest: 0, highest: 1, far: None });
        }
        let values = self.values(axis).into_keys().collect::<Vec<_>>();
        SuggestedScale::of(&values)
    }

    /// The rater who is wanted, or the only one.
    pub(crate) fn choose_rater<'a>(&'a self, wanted: Option<&'a str>) -> Result<&'a str, Error> {
        let raters = self.raters();
        let names = || joined(&raters.iter().collect::<Vec<_>>());
        let refuse = |found: String, expected: String| {
            Err(Error::field(&self.file, "", "rater", found, expected))
        };
        match (wanted, raters.len()) {
            (Some(wanted), _) if raters.contains(wanted) => Ok(wanted),
            (Some(wanted), _) => {
                refuse(format!("no rater `{wanted}`"), format!("one of {}", names()))
            }
            (None, 1) => Ok(raters.first().copied().unwrap_or_default()),
            (None, several) => {
                let first = raters.first().copied().unwrap_or_default();
                let expected = format!(
                    "one rater: add @ and a name to the file's, as in {}@{first}",
                    self.file.display()
                );
                refuse(format!("{several} raters ({})", names()), expected)
            }
        }
    }

    /// Where the line, task or sample of this number is.
    pub(crate) fn spot(&self, at: usize) -> Spot {
        Spot::called(self.unit, at)
    }
}
