//! Counts of items without names: `Ann,Ben,count`, where each row is as many items as its count says.

use super::columns::{Design, columns as said};
use super::held::Held;
use super::names::{AXIS, COUNT, ITEM, ONE_AXIS, RATER, SCENARIO, VALUE, is_told_of_item};
use super::{mapped, patterns};
use crate::command_line::{map_option, quoted};
use crate::counts::counted;
use crate::door::{Table, line, plain};
use crate::grades::{By, Grades, Layout, harm_axis};
use crate::problems::clipped;
use crate::{Error, Mapping, Spot};
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::Path;

/// More are not written out one by one.
const MOST: u64 = 100_000;

/// What a column is called that numbers the rows.
const NUMBERING: [&str; 8] = ["no", "no.", "nr", "nr.", "num", "#", "row", "line"];

/// More different values are no categories.
const MOST_CATEGORIES: usize = 25;

/// Who rated, and how many items each row is.
pub(crate) struct CountedTable {
    /// The columns of the raters.
    pub(crate) raters: Vec<usize>,
    /// The column of the counts; where there is none, each row is an item.
    pub(crate) count: Option<usize>,
    /// The only axis.
    pub(crate) axis: String,
}

impl CountedTable {
    /// Those of a table without names of items: its raters are called as raters are, or a column is called as
    /// one of counts and all others hold categories, or the person says which column holds the counts.
    pub(crate) fn of(
        file: &Path,
        table: &mut Table,
        mapping: &Mapping,
    ) -> Result<Option<Self>, Error> {
        let fits = mapping.fits(table);
        if fits {
            mapped::say(file, table, mapping)?;
        }
        let says = |field: &str| fits && mapping.says(field);
        if says("count") {
            return Self::said(file, table, mapping).map(Some);
        }
        if says("value") || table.column(&ITEM).is_some() {
            return Ok(None);
        }
        let count = table.column(&COUNT);
        let raters = match (patterns::raters(table), count) {
            (Some(raters), _) => Some(raters),
            (None, Some(count)) => categories(file, table, count)?,
            (None, None) => None,
        };
        let Some(raters) = raters else { return Ok(None) };
        let count = match count {
            Some(count) if !counts(file, table, count, &raters)? => None,
            count => count,
        };
        Ok(Some(Self { raters, count, axis: axis(table) }))
    }

    /// By what the person said of the columns.
    fn said(file: &Path, table: &Table, mapping: &Mapping) -> Result<Self, Error> {
        let count = table.column(&COUNT);
        let is_rater = |at: &usize| {
            let known = [count, group(table)];
            !known.contains(&Some(*at)) && !is_told_of_item(&table.header()[*at])
        };
        let raters = match mapping.columns("value") {
            [] => (0..table.header().len()).filter(is_rater).collect(),
            names => {
                let column = |name: &String| mapped::column(file, table, name);
                names.iter().map(column).collect::<Result<_, Error>>()?
            }
        };
        let other = ["rater", "item"].into_iter().find(|field| mapping.says(field));
        if let Some(field) = other {
            let expected =
                "either: items that are counted have no names, and each rater is a column";
            return Err(Error::field(file, "", "count", format!("{field} as well"), expected));
        }
        Ok(Self { raters, count, axis: axis(table) })
    }

    /// Every item by itself, named by its row and its place in it; `None` where nothing is counted.
    pub(super) fn grades(&self, file: &Path, table: &Table) -> Result<Option<Grades>, Error> {
        let Some(count) = self.count else { return Ok(None) };
        let mut grades = Grades::of_table(file, Layout::Counted, table).without_names();
        let axis = grades.axis(1, &self.axis)?;
        let mut raters = Vec::new();
        for column in &self.raters {
            raters.push((*column, grades.rater(1, &table.header()[*column])?));
        }
        let (design, mut all) = (Design::of(table), 0);
        table.each(file, |row| {
            let spot = || table.spot(row.line);
            let (cell, called) = (row.value(row.cell(count)), &*table.header()[count]);
            let items = counted(file, spot(), called, cell.as_bytes())?;
            all += items;
            if all > MOST {
                return Err(too_many(file, spot(), called));
            }
            for place in 1..=items {
                let item = format!("{}, {place}", row.line);
                let number = grades.item(row.line, &item)?;
                for (column, rater) in &raters {
                    let by = By { rater: *rater, axis };
                    grades.push(row.line, number, by, &row.value(row.cell(*column)));
                }
                design.apply(&mut grades, &row, &item);
            }
            Ok(())
        })?;
        let names: Vec<&str> = self.raters.iter().map(|at| &*table.header()[*at]).collect();
        grades.note(format!(
            "{}: {} were read as raters of one axis, called `{}`, and each {} counts for as many items as `{}` says: {all} in all.",
            file.display(),
            said(&names),
            self.axis,
            table.unit(),
            table.header()[count]
        ));
        Ok(Some(grades))
    }
}

/// The column of what belongs together, also where it was said that nothing does: it is no rater's.
fn group(table: &Table) -> Option<usize> {
    let named = || SCENARIO.iter().find_map(|name| table.named(name));
    table.column(&SCENARIO).or_else(|| named().filter(|_| table.said().excludes("scenario")))
}

/// What the only axis is called.
fn axis(table: &Table) -> String {
    table.said().constant("axis").unwrap_or(ONE_AXIS).to_owned()
}

fn too_many(file: &Path, spot: Spot, column: &str) -> Error {
    let name = file.display().to_string();
    let expected = format!(
        "at most {MOST} in all, as each is compared by itself; primum coefficients {} takes any number",
        quoted(&name)
    );
    Error::field(file, spot, column, format!("more than {MOST} items"), expected)
}

/// Whether the column of counts says how often each pattern occurs, and not something of the item in its row: nothing
/// else is told of an item, and no pattern comes twice, but where raters and counts are called as in our own layout.
fn counts(file: &Path, table: &Table, count: usize, raters: &[usize]) -> Result<bool, Error> {
    let cluster = group(table);
    let known = |at: usize| at == count || Some(at) == cluster || raters.contains(&at);
    let told = |(at, name): (usize, &String)| !known(at) || harm_axis(name).is_some();
    if table.joined().is_some() || table.header().iter().enumerate().any(told) {
        return Ok(false);
    }
    if plain(&table.header()[count]) == "count" && patterns::raters(table).is_some() {
        return Ok(true);
    }
    let mut seen: FxHashSet<Vec<String>> = FxHashSet::default();
    let mut once = true;
    table.each(file, |row| {
        let pattern = raters.iter().copied().chain(cluster);
        once = once && seen.insert(pattern.map(|at| row.cell(at).to_owned()).collect());
        Ok(())
    })?;
    Ok(once)
}

/// The columns beside that of the counts, if all hold the same categories.
fn categories(file: &Path, table: &Table, count: usize) -> Result<Option<Vec<usize>>, Error> {
    let scenario = group(table);
    let others: Vec<usize> =
        (0..table.header().len()).filter(|at| *at != count && Some(*at) != scenario).collect();
    let is_field = |at: &usize| {
        let name = &table.header()[*at];
        let called = |names: &[&str]| names.iter().any(|one| plain(one) == plain(name));
        is_told_of_item(name) || called(&RATER) || called(&AXIS) || called(&VALUE)
    };
    if others.len() < 2 || others.iter().any(is_field) {
        return Ok(None);
    }
    let held = Held::of_columns(file, table)?;
    let mut having: FxHashMap<&str, usize> = FxHashMap::default();
    for value in others.iter().flat_map(|at| &held[*at].values) {
        *having.entry(value).or_default() += 1;
    }
    let shared = |held: &Held| held.values.iter().filter(|value| having[&***value] > 1).count();
    let are_categories = |at: &usize| {
        let held = &held[*at];
        let few = (1..=MOST_CATEGORIES).contains(&held.different.len()) && !held.are_texts();
        few && 2 * shared(held) >= held.values.len()
    };
    if !others.iter().all(are_categories) {
        return Ok(None);
    }
    // Names of items differ from row to row, and are not what the others hold. So may the grades of a rater
    // be, but names would leave one rater alone where there are two.
    let (first, name) = (&held[others[0]], &table.header()[others[0]]);
    let all_known = shared(first) == first.values.len();
    if first.filled < 2 || !first.all_differ() || all_known {
        return Ok(Some(others));
    }
    match first.are_small() && !numbers_rows(name) {
        true => Err(either(file, table, count, others[0])),
        false => Ok(None),
    }
}

/// Whether a column is called as one that numbers the rows.
fn numbers_rows(name: &str) -> bool {
    NUMBERING.iter().any(|known| plain(known) == plain(name))
}

/// What is said of a first column that may hold a rater's grades as well as the names of items.
fn either(file: &Path, table: &Table, count: usize, first: usize) -> Error {
    let (count, first) = (&*table.header()[count], &*table.header()[first]);
    let expected = format!(
        "which it is: a rater, whose rows are counted ({}), or the names of the items ({})",
        map_option("count", &[count]),
        map_option("item", &[first])
    );
    let at = line(1);
    Error::field(
        file,
        at,
        clipped(first),
        "numbers that may be grades or the names of items",
        expected,
    )
}
