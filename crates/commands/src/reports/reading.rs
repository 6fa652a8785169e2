//! How files of grades are read, where they do not say it themselves.

mod unnamed_items;

use super::declared_scale::DeclaredScale;
use crate::Failure;
use exchange::{
    Grades, Labels, Mappings, ScoreSource, assumed_scale, first_few, harm_scales, is_absent, joined,
};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;
use study::{At, Scale};
use ts_rs::TS;

/// What a person says of files that do not say it themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, TS)]
pub struct HowToRead {
    /// Scales of axes that a table names and no rubric declares.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<DeclaredScale>>")]
    pub scales: Vec<DeclaredScale>,
    /// Columns of the tables among the files that hold our fields, as `FIELD=COLUMN`,
    /// `FIELD=COLUMN,COLUMN` or `FIELD=:CONSTANT`; of the others nothing changes. `FILE:` before it says it of
    /// one file, which is read by what is said of it alone.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub map: Vec<String>,
    /// The axes that are compared; all of them by default.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub axes: Vec<String>,
}

/// Which columns hold our fields in each of `files`.
pub(crate) fn mappings(map: &[String], files: &[String]) -> Result<Mappings, Failure> {
    Mappings::read(map, files).map_err(refused)
}

/// The same, of which some may be said of other files.
pub(crate) fn mappings_of_any(map: &[String]) -> Result<Mappings, Failure> {
    Mappings::of_any(map).map_err(refused)
}

/// What was said of columns that no file has: it would be thought to have changed something.
fn of_no_file(map: &[String], tables: &[&Grades]) -> Failure {
    let columns = |grades: &&Grades| {
        let names = grades.columns();
        let file = grades.file().display();
        (!names.is_empty()).then(|| format!("{file} has {}", joined(names)))
    };
    let known: Vec<String> = tables.iter().filter_map(columns).collect();
    let expected = match known.is_empty() {
        true => "no columns, as these files say themselves what is what".to_owned(),
        false => format!(
            "columns that one table among the files has: {}. Where tables differ, begin with the file: \
             FILE:FIELD=COLUMN",
            first_few(&known)
        ),
    };
    Failure::field("map", map.join(", "), expected)
}

fn refused(why: String) -> Failure {
    Failure::refused_at(At::field("map"), format!("field `map`: {why}"))
}

impl HowToRead {
    /// Refuses what was said of no file: it would be thought to have changed something.
    pub(super) fn check(&self, sources: &[ScoreSource], key: Option<&str>) -> Result<(), Failure> {
        self.check_said(sources, key)?;
        share_axes(sources)
    }

    /// The same, where files may have no axis in common.
    pub(super) fn check_said(
        &self,
        sources: &[ScoreSource],
        key: Option<&str>,
    ) -> Result<(), Failure> {
        let of_all = mappings_of_any(&self.map)?.are_of_all();
        if of_all && !tables(sources).into_iter().any(Grades::is_mapped) {
            return Err(of_no_file(&self.map, &tables(sources)));
        }
        unnamed_items::refuse(sources, key)?;
        self.check_twice()?;
        let open: BTreeSet<&str> = sources.iter().flat_map(ScoreSource::open_axes).collect();
        let is_compared =
            |scale: &&DeclaredScale| self.axes.is_empty() || self.axes.contains(&scale.axis);
        let mut compared = self.scales.iter().filter(is_compared);
        let unknown = compared.find(|scale| !open.contains(scale.axis.as_str()));
        let Some(DeclaredScale { axis, .. }) = unknown else { return Ok(()) };
        let known: BTreeSet<String> =
            sources.iter().flat_map(ScoreSource::scales).map(|scale| scale.axis).collect();
        let found = match known.contains(axis) {
            true => format!("`{axis}`, whose scale the files declare themselves"),
            false => format!("`{axis}`, an axis that no file has"),
        };
        let expected = match open.is_empty() {
            true => "no scale: the files declare those of all their axes".into(),
            false => format!("one of {}", joined(&open.into_iter().collect::<Vec<_>>())),
        };
        Err(Failure::field("scale", found, expected))
    }

    /// `opened` with the axes that are compared, which are noted in `known` before the others go.
    pub(super) fn narrow(&self, opened: ScoreSource, known: &mut BTreeSet<String>) -> ScoreSource {
        known.extend(opened.axes());
        opened.on_axes(&self.axes)
    }

    /// Refuses an axis to compare that none of the files has, whose axes are `known`.
    pub(super) fn check_axes(&self, known: &BTreeSet<String>) -> Result<(), Failure> {
        let Some(axis) = self.axes.iter().find(|axis| !known.contains(*axis)) else {
            return Ok(());
        };
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        Err(Failure::field("axes", format!("`{axis}`"), format!("one of {}", joined(&known))))
    }

    /// Refuses two scales of one axis.
    pub(super) fn check_twice(&self) -> Result<(), Failure> {
        let mut before = BTreeSet::new();
        match self.scales.iter().find(|scale| !before.insert(&scale.axis)) {
            None => Ok(()),
            Some(scale) => {
                let found = format!("two scales of `{}`", scale.axis);
                Err(Failure::field("scale", found, "one for each axis"))
            }
        }
    }

    /// What the grades of declared axes may be called.
    pub(super) fn labels(&self) -> Labels {
        let worded = self.scales.iter().map(|scale| (scale.axis.clone(), scale.labelled()));
        worded.filter(|(_, labels)| !labels.is_empty()).collect()
    }

    /// What is said by name comes before what a file declares, and that before the two harm axes.
    pub(super) fn declared(&self, sources: &[ScoreSource]) -> Vec<Scale> {
        let named = self.scales.iter().map(DeclaredScale::scale);
        let all = named.chain(sources.iter().flat_map(ScoreSource::scales)).chain(harm_scales());
        let mut known = BTreeSet::new();
        all.filter(|scale| known.insert(scale.axis.clone())).collect()
    }

    /// What to know of how grades were read, where `said` says what those of a scale count as.
    pub(super) fn cautions(
        &self,
        sources: &[ScoreSource],
        said: fn(&DeclaredScale) -> Option<String>,
    ) -> Vec<String> {
        let said = self.scales.iter().filter_map(said);
        said.chain(self.assumed_scales(sources))
            .chain(self.none_notes(sources))
            .chain(self.unmapped(sources))
            .collect()
    }

    /// Tables that were read as they are, although something was said of the columns of all.
    fn unmapped(&self, sources: &[ScoreSource]) -> Vec<String> {
        let is_of_all = |line: &&String| {
            mappings_of_any(std::slice::from_ref(*line)).is_ok_and(|said| said.are_of_all())
        };
        let said: Vec<&str> = self.map.iter().filter(is_of_all).map(String::as_str).collect();
        if said.is_empty() {
            return Vec::new();
        }
        let note = |file: &Path, why: String| {
            format!(
                "{}: --map {} was not used, as this file {why}.",
                file.display(),
                said.join(", ")
            )
        };
        let of_itself = "says itself what is what";
        let tables = tables(sources).into_iter().filter(|grades| !grades.is_mapped());
        let of_tables = tables.map(|grades| match grades.columns() {
            [] => note(grades.file(), of_itself.into()),
            columns => note(grades.file(), format!("has other columns: {}", first_few(columns))),
        });
        let lines = sources.iter().filter_map(|source| match source {
            ScoreSource::Lines(lines) => Some(note(lines.file(), of_itself.into())),
            ScoreSource::Ratings(_) | ScoreSource::Grades { .. } => None,
        });
        of_tables.chain(lines).collect()
    }

    /// What was taken for the scale of an axis by its name alone, and what speaks against it.
    fn assumed_scales(&self, sources: &[ScoreSource]) -> Vec<String> {
        let declared: BTreeSet<String> = self
            .scales
            .iter()
            .map(|scale| scale.axis.clone())
            .chain(sources.iter().flat_map(ScoreSource::scales).map(|scale| scale.axis))
            .collect();
        let assumed = harm_scales().into_iter().filter(|scale| !declared.contains(&scale.axis));
        let tables = tables(sources);
        assumed.filter_map(|scale| assumed_scale(&scale, tables.iter().copied())).collect()
    }

    /// That `None` counts as not rated, wherever it is no grade: it may have been meant as one.
    fn none_notes(&self, sources: &[ScoreSource]) -> BTreeSet<String> {
        let labels = self.labels();
        let of_table = |grades: &Grades| -> Vec<String> {
            grades.axes().into_iter().filter_map(|axis| none_note(grades, axis, &labels)).collect()
        };
        tables(sources).into_iter().flat_map(of_table).collect()
    }
}

/// The tables among the sources, each once however many raters it has.
fn tables(sources: &[ScoreSource]) -> Vec<&Grades> {
    let mut known = BTreeSet::new();
    let once = |grades: &&Grades| known.insert(std::ptr::from_ref::<Grades>(grades));
    sources.iter().filter_map(ScoreSource::grades).filter(once).collect()
}

/// Refuses tables of which no two have an axis in common, before scales are asked for.
fn share_axes(sources: &[ScoreSource]) -> Result<(), Failure> {
    let tables: Vec<&Grades> = sources.iter().filter_map(ScoreSource::grades).collect();
    let mut known = BTreeSet::new();
    let all_differ = tables.iter().flat_map(|grades| grades.axes()).all(|axis| known.insert(axis));
    if tables.len() < 2 || tables.len() < sources.len() || !all_differ {
        return Ok(());
    }
    let axes =
        |grades: &&Grades| format!("{} has {}", grades.file().display(), joined(&grades.axes()));
    let files: Vec<String> = tables.iter().map(axes).collect();
    Err(Failure::refused(format!(
        "No axis in common: {}. If they are one, call it alike in the files, or say so of one: --map FILE:axis=:NAME.",
        files.join(", ")
    )))
}

fn none_note(grades: &Grades, axis: &str, labels: &Labels) -> Option<String> {
    let values = grades.values(axis);
    let (none, count) = values.iter().find(|(value, _)| value.eq_ignore_ascii_case("none"))?;
    let is_grade =
        grades.labels(axis, labels).iter().any(|(label, _)| label.eq_ignore_ascii_case(none));
    (is_absent(none) && !is_grade).then(|| {
        format!(
            "{}: `{none}` on {axis} counts as not rated ({count}). If it is a grade, list it among the words of the \
             scale: --scale {axis}={none},…,HIGHEST.",
            grades.file().display()
        )
    })
}
