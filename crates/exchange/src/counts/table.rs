//! Ratings from tables that are not added up while they are read: patterns in any dialect, and grades in
//! any layout.

use super::rows::MOST_FOUND;
use super::scale::Labels;
use super::tally::{ByteNames, Row as Pair, Tally};
use super::{Asked, CountData, Counts, KnownScale, counted};
use crate::Error;
use crate::door::{Table, line};
use crate::grades::{CountedTable, Grades, SCENARIO, assumed_scale, taken_from_name};
use crate::problems::{clipped, joined};
use crate::score_source::{harm_scales, is_absent, whole_number};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::path::Path;

/// Ratings by label, as they are read.
struct LabelledRatings<'a> {
    file: &'a Path,
    labels: Labels<'a>,
    /// Names of clusters, if they are asked for.
    clusters: Option<ByteNames>,
    /// How many items are in this cluster and have these labels.
    rows: BTreeMap<(usize, Vec<Option<usize>>), u64>,
}

/// Reads the ratings by `raters`, each row an item or as many as are counted. Those of two are
/// tables, as those of pairs in CSV are.
pub(super) fn of_counted(
    file: &Path,
    table: &Table,
    columns: &CountedTable,
    asked: Asked<'_>,
) -> Result<Counts, Error> {
    let CountedTable { raters, axis, .. } = columns;
    asked.check_raters(file, raters.len())?;
    let cluster = asked.cluster.map(|name| cluster_column(file, table, name)).transpose()?;
    let found = table.column(&SCENARIO).filter(|_| asked.cluster.is_none());
    let mut why_not: Option<fn(&str) -> String> = None;
    if let Some(found) = found {
        table.each(file, |row| {
            let counts = |column| whole_number::<u64>(row.cell(column)) != Some(0);
            let is_empty = is_absent(row.cell(found)) && columns.count.is_none_or(counts);
            why_not = why_not.or(is_empty.then_some(empty_cells as _));
            Ok(())
        })?;
    }
    let cluster = cluster.or(found.filter(|_| why_not.is_none()));
    let mut read = |known: Option<KnownScale>| {
        let mut ratings = counted_ratings(file, table, columns, cluster, known.as_ref())?;
        if found.is_some() && raters.len() == 2 && ratings.cells() > MOST_FOUND {
            why_not = Some(too_many_groups);
            ratings = ratings.ungrouped();
        }
        if raters.len() == 2 { ratings.of_two() } else { ratings.of_many() }
    };
    let counts = match (asked.declared(axis), by_name(axis)) {
        (None, Some(taken)) => {
            let note = taken_from_name(&taken.scale);
            match read(Some(taken)) {
                Ok(mut counts) => {
                    counts.cautions.push(note);
                    counts
                }
                // Grades that contradict the name are on a scale of their own.
                Err(_) => read(None)?,
            }
        }
        (declared, _) => read(declared)?,
    };
    let name = found.map(|column| table.header()[column].as_str());
    Ok(match name.zip(why_not) {
        Some((name, why_not)) => with_caution(counts.ungrouped(), why_not(name)),
        None => counts.found_grouped_by(name),
    })
}

fn with_caution(mut counts: Counts, caution: String) -> Counts {
    counts.cautions.push(caution);
    counts
}

/// That a column of what belongs together does not say it of every item.
pub(super) fn empty_cells(name: &str) -> String {
    not_grouped(
        name,
        "has empty cells",
        "Fill them in, or say that items are independent (--map scenario=:)",
    )
}

/// That a column of what belongs together has too many different cells to count for each.
pub(super) fn too_many_groups(name: &str) -> String {
    let advice = format!("Where several share one, give --cluster {}", clipped(name));
    not_grouped(name, "has too many different cells beside so many categories", &advice)
}

fn not_grouped(name: &str, why: &str, advice: &str) -> String {
    format!(
        "The column {} {why}, so the intervals assume independent items. {advice}.",
        clipped(name)
    )
}

fn counted_ratings<'a>(
    file: &'a Path,
    table: &Table,
    CountedTable { raters, count, .. }: &CountedTable,
    cluster: Option<usize>,
    known: Option<&'a KnownScale>,
) -> Result<LabelledRatings<'a>, Error> {
    let mut ratings = LabelledRatings::of(file, known, cluster.is_some());
    table.each(file, |row| {
        let mut label = |column: &usize| {
            let label = row.value(row.cell(*column));
            let at = (file, || table.spot(row.line), &*table.header()[*column]);
            ratings.labels.number(at, label.as_bytes()).map(Some)
        };
        let labels = raters.iter().map(&mut label).collect::<Result<_, _>>()?;
        let cluster = cluster.map_or("", |column| row.cell(column));
        let count = count.map_or(Ok(1), |column| {
            let cell = row.value(row.cell(column));
            counted(file, table.spot(row.line), &table.header()[column], cell.as_bytes())
        })?;
        ratings.add(cluster, labels, count);
        Ok(())
    })?;
    Ok(ratings)
}

/// The grades of all raters on the axis that is asked for, or on the only one.
pub(super) fn of_grades(file: &Path, grades: &Grades, asked: Asked<'_>) -> Result<Counts, Error> {
    asked.check_axes(file, &grades.axes())?;
    let axis = axis(file, grades, asked.axis)?;
    let raters: FxHashMap<&str, usize> = grades.raters().into_iter().zip(0..).collect();
    asked.check_raters(file, raters.len())?;
    let (known, notes) = known_scale(grades, axis, asked);
    let found = asked.cluster.is_none() && all_in_scenarios(grades, axis);
    let mut ratings = LabelledRatings::of(file, known.as_ref(), found || asked.cluster.is_some());
    let mut items: BTreeMap<&str, Vec<Option<usize>>> = BTreeMap::new();
    for given in grades.all().filter(|given| given.axis == axis) {
        let at = (file, || grades.spot(given.at), "value");
        let label = Some(ratings.labels.number(at, given.value.as_bytes())?);
        let cells = items.entry(given.item).or_insert_with(|| vec![None; raters.len()]);
        let rater = raters[given.rater];
        if cells[rater].is_some() && cells[rater] != label {
            let found = format!("a second grade of {} for {}", given.rater, given.item);
            return Err(grades.refuse(given.at, "value", found, "one for each item".into()));
        }
        cells[rater] = label;
    }
    for (item, labels) in items {
        let cluster = match asked.cluster {
            Some(field) => cluster_of(file, grades, field, item)?,
            None => grades.design_of(item).map_or("", |design| &design.scenario),
        };
        ratings.add(cluster, labels, 1);
    }
    let mut counts = ratings.of_many()?;
    counts.cautions.splice(0..0, grades.notes().iter().cloned().chain(notes));
    if asked.cluster.is_none() && !found && some_share_a_scenario(grades) {
        return Ok(with_caution(counts, empty_cells("scenario")));
    }
    Ok(counts.found_grouped_by(found.then_some("scenario")))
}

/// Whether several items are known to answer one scenario.
fn some_share_a_scenario(grades: &Grades) -> bool {
    let mut scenarios = FxHashSet::default();
    let mut designs = grades.items().into_iter().filter_map(|item| grades.design_of(item));
    designs.any(|design| !design.scenario.is_empty() && !scenarios.insert(&design.scenario))
}

/// Whether of every item that has a grade on `axis` it is known which scenario it answers.
fn all_in_scenarios(grades: &Grades, axis: &str) -> bool {
    let mut on_axis = grades.all().filter(|given| given.axis == axis);
    on_axis
        .all(|given| grades.design_of(given.item).is_some_and(|design| !design.scenario.is_empty()))
}

impl<'a> LabelledRatings<'a> {
    fn of(file: &'a Path, known: Option<&'a KnownScale>, clustered: bool) -> Self {
        let (labels, clusters) = (Labels::of(known), clustered.then(ByteNames::default));
        Self { file, labels, clusters, rows: BTreeMap::new() }
    }

    fn add(&mut self, cluster: &str, labels: Vec<Option<usize>>, count: u64) {
        if count == 0 {
            return;
        }
        let cluster = self.clusters.as_mut().map_or(0, |names| names.number(cluster.as_bytes()));
        let items = self.rows.entry((cluster, labels)).or_default();
        *items = items.saturating_add(count);
    }

    /// How many cells the tables of two raters would have.
    fn cells(&self) -> usize {
        let groups = self.clusters.as_ref().map_or(1, ByteNames::len);
        groups.saturating_mul(Tally::cells_for(self.labels.len()))
    }

    /// The same without clusters.
    fn ungrouped(self) -> Self {
        let mut rows = BTreeMap::new();
        for ((_, labels), count) in self.rows {
            let items: &mut u64 = rows.entry((0, labels)).or_default();
            *items = items.saturating_add(count);
        }
        Self { rows, clusters: None, ..self }
    }

    fn of_two(self) -> Result<Counts, Error> {
        let mut tally = Tally::new(self.labels.len());
        for ((cluster, labels), count) in &self.rows {
            if let [Some(first), Some(second)] = labels[..] {
                tally.add(Pair { cluster: *cluster, first, second, count: *count }, 1);
            }
        }
        self.labels.scale(self.file)?.tables(self.file, &tally)
    }

    fn of_many(self) -> Result<Counts, Error> {
        let mut scale = self.labels.scale(self.file)?;
        let missing = |labels: &[Option<usize>]| {
            labels.iter().flatten().filter(|label| scale.places[**label].is_none()).count() as u64
        };
        let missing: u64 =
            self.rows.iter().map(|((_, labels), n)| n.saturating_mul(missing(labels))).sum();
        if missing > 0 {
            scale.cautions.push(format!(
                "Cells that count as missing ratings, because they are empty or say so: {missing}."
            ));
        }
        let (mut rows, mut counts, mut clusters) = (Vec::new(), Vec::new(), Vec::new());
        for ((cluster, labels), count) in self.rows {
            rows.push(labels.into_iter().map(|label| scale.places[label?]).collect());
            counts.push(count);
            clusters.push(cluster);
        }
        let clusters = self.clusters.map(|_| clusters);
        scale.counts(self.file, CountData::Ratings { rows, counts, clusters })
    }
}

/// The axis that is asked for, or the only one.
fn axis<'a>(file: &Path, grades: &'a Grades, asked: Option<&'a str>) -> Result<&'a str, Error> {
    let axes = grades.axes();
    match (asked, axes.as_slice()) {
        (Some(axis), _) => Ok(axis),
        (None, [only]) => Ok(only),
        (None, several) => {
            let found = format!("{} axes", several.len());
            let expected = format!("one of {}: --axis {}", joined(several), several[0]);
            Err(Error::field(file, "", "axis", found, expected))
        }
    }
}

/// The scale of `axis` if it is declared or known by the axis's name, which is noted; its grades may be called
/// as in every report.
fn known_scale(
    grades: &Grades,
    axis: &str,
    asked: Asked<'_>,
) -> (Option<KnownScale>, Option<String>) {
    let declared = asked.declared(axis);
    let is_declared = declared.is_some();
    let Some(known) = declared.or_else(|| by_name(axis)) else { return (None, None) };
    let note = || assumed_scale(&known.scale, std::iter::once(grades));
    let note = if is_declared { None } else { note() };
    let labels = match known.labels.is_empty() {
        true => grades.known_labels(axis).to_vec(),
        false => known.labels,
    };
    (Some(KnownScale { labels, ..known }), note)
}

/// The scale of a harm axis.
fn by_name(axis: &str) -> Option<KnownScale> {
    let scale = harm_scales().into_iter().find(|scale| scale.axis == axis)?;
    Some(KnownScale { scale, labels: Vec::new() })
}

fn cluster_column(file: &Path, table: &Table, name: &str) -> Result<usize, Error> {
    table.named(name).ok_or_else(|| {
        let found = format!("the columns {}", table.names());
        Error::field(file, line(1), name, found, "a column that says which items belong together")
    })
}

/// The scenario of an item, which is all that groups items in other layouts.
fn cluster_of<'a>(
    file: &Path,
    grades: &'a Grades,
    field: &str,
    item: &str,
) -> Result<&'a str, Error> {
    grades.design_of(item).map(|design| &*design.scenario).ok_or_else(|| {
        let expected = "a column that is filled for every item";
        Error::field(file, "", field, format!("nothing for item {}", clipped(item)), expected)
    })
}
