//! A rater's spreadsheet: grades for the items of one packet, in any layout. What is wrong with single
//! cells is listed, so that it can be fixed in one go.

use crate::door::{self, Content};
use crate::grades::{GivenGrade, Grades, Labels};
use crate::problems::{Problems, clipped};
use crate::score_source::{is_absent, is_label, missing_code, split_name, whole_number};
use crate::{Error, Mapping, read_grades};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use study::{Axis, Grade, ItemId, Packet, Rubric};

/// What a table says of a packet's items.
#[derive(Debug, Default)]
pub struct GradeTable {
    /// The grades that can be used, by item and axis.
    pub grades: BTreeMap<(ItemId, String), Grade>,
    /// Cells without a grade.
    pub blank: u32,
    /// What to know of how the file was read.
    pub notes: Vec<String>,
    /// What is wrong with the other cells, in the order of the file.
    pub problems: Problems,
}

/// Reads the grades that `rater`, or the only one, gave to the items of `packet`, from the file called
/// `name`. `labels` are what it calls the grades of axes where the rubric does not say. A cell that is filled twice, with
/// different grades, has none.
pub fn collect_grades(
    name: &str,
    packet: &Packet,
    rater: Option<&str>,
    mapping: &Mapping,
    labels: &Labels,
) -> Result<GradeTable, Error> {
    let named = split_name(name);
    let mut opened = door::open(named.file, named.sheet, "a rater's table of grades")?;
    if let Content::Table(table) = opened.content {
        opened.content = Content::Table(table.keeping_faults());
    }
    let mut grades = read_grades(opened, mapping)?;
    let faults = std::mem::take(&mut grades.faults);
    let rater = grades.choose_rater(rater.or(named.rater))?;
    let mut cells = Cells {
        grades: &grades,
        rubric: &packet.rubric,
        labels,
        items: packet.items.iter().map(|item| &item.id).collect(),
        by_letters: OnceCell::new(),
        first: BTreeMap::new(),
        found: GradeTable { notes: grades.notes().to_vec(), ..GradeTable::default() },
    };
    for given in grades.of(rater) {
        if let Err(problem) = cells.add(given) {
            cells.found.problems.push(problem);
        }
    }
    let problems = std::mem::take(&mut cells.found.problems).with(faults);
    Ok(GradeTable { problems, ..cells.found })
}

struct Cells<'a> {
    grades: &'a Grades,
    rubric: &'a Rubric,
    labels: &'a Labels,
    items: BTreeSet<&'a ItemId>,
    /// The items by their letters without capitals, once one is sought.
    by_letters: OnceCell<HashMap<String, &'a ItemId>>,
    /// Where each cell was filled first, and its grade.
    first: BTreeMap<(ItemId, String), (usize, Grade)>,
    found: GradeTable,
}

impl Cells<'_> {
    /// The item of the packet that `name` is but for its capitals.
    fn alike(&self, name: &str) -> Option<&ItemId> {
        let by_letters = self.by_letters.get_or_init(|| {
            self.items.iter().map(|item| (item.as_str().to_lowercase(), *item)).collect()
        });
        by_letters.get(&name.to_lowercase()).copied()
    }

    fn add(&mut self, given: GivenGrade<'_>) -> Result<(), Error> {
        let refuse = |field: &str, found: String, expected: String| {
            Err(self.grades.refuse(given.at, field, found, expected))
        };
        let (item, axis, value) = (ItemId::new(given.item), given.axis, given.value);
        if !self.items.contains(&item) {
            let found = format!("`{}`", clipped(given.item));
            let alike = self.alike(given.item).map(|item| {
                format!("`{item}`, the item of the packet that differs in capitals only")
            });
            return refuse("item", found, alike.unwrap_or_else(|| "an item of the packet".into()));
        }
        let Some(known) = self.rubric.axis(axis) else {
            let axes: Vec<&str> = self.rubric.axes.iter().map(|axis| axis.id.as_str()).collect();
            return refuse(
                "axis",
                format!("`{}`", clipped(axis)),
                format!("one of {}", axes.join(", ")),
            );
        };
        let given_labels = self.labels.get(axis).map(Vec::as_slice).unwrap_or_default();
        let of_rubric = known.levels.iter().map(|level| (&level.label, level.grade));
        let labels: Vec<(&String, Grade)> = match given_labels {
            [] => of_rubric.collect(),
            given => given.iter().map(|(label, grade)| (label, *grade)).collect(),
        };
        let labelled = labels.iter().find(|(label, _)| is_label(label, value));
        if labelled.is_none() && is_absent(value) {
            self.found.blank += 1;
            return Ok(());
        }
        // Numbers that were declared may not be the grades' own.
        let number = || whole_number(value).filter(|_| given_labels.is_empty());
        let grade = labelled.map(|(_, grade)| *grade).or_else(number);
        let Some(grade) = grade.filter(|grade| known.has(*grade)) else {
            let found = format!("`{}`", clipped(value));
            let expected = match given_labels {
                [] => grades(known),
                given => {
                    given.iter().map(|(label, _)| label.clone()).collect::<Vec<_>>().join(", ")
                }
            };
            let refused = refuse("value", found, format!("one of {expected}"));
            return refused.map_err(|error| error.with_advice(missing_code(value)));
        };
        let cell = (item, axis.to_owned());
        let (first, before) = *self.first.entry(cell.clone()).or_insert((given.at, grade));
        if before != grade {
            self.found.grades.remove(&cell);
            let unit = self.grades.unit();
            let expected =
                format!("{before}, as on {unit} {first}, or one of the two {unit}s only");
            return refuse(
                "value",
                format!("{grade} for {} on {axis}", clipped(given.item)),
                expected,
            );
        }
        if first == given.at {
            self.found.grades.insert(cell, grade);
        }
        Ok(())
    }
}

fn grades(axis: &Axis) -> String {
    let grades: Vec<String> = axis.grades().iter().map(Grade::to_string).collect();
    grades.join(", ")
}
