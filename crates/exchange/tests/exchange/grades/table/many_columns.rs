//! Tables of thousands of columns. Work that grows with the square of the columns would take minutes here.

use super::open;
use crate::support::Folder;
use exchange::{Labels, Layout, ScoreSource, harm_scales};
use std::collections::BTreeSet;
use study::{GradeNames, Scale};

const COLUMNS: usize = 10_000;

/// A table with so many columns of grades, called as `name` says.
fn table(first: &str, rows: [&str; 3], name: impl Fn(usize) -> String) -> String {
    let header: String = (0..COLUMNS).map(|column| format!(",{}", name(column))).collect();
    let row = |row: &str, shift: usize| {
        let cells: String = (0..COLUMNS).map(|at| format!(",{}", (at * 7 + shift) % 5)).collect();
        format!("{row}{cells}\n")
    };
    let rows: String = rows.iter().enumerate().map(|(at, first)| row(first, at * 3)).collect();
    format!("{first}{header}\n{rows}")
}

#[test]
fn every_column_is_read_in_every_layout() {
    let one = |text: String, layout: Layout, raters: usize, axes: usize| {
        let folder = Folder::new();
        let grades = open(&folder, &text).unwrap();
        assert_eq!(grades.layout(), layout);
        assert_eq!((grades.raters().len(), grades.axes().len()), (raters, axes), "{layout:?}");
        assert_eq!(grades.len(), 3 * COLUMNS, "{layout:?}");
        let given: usize =
            grades.axes().iter().flat_map(|axis| grades.values(axis).into_values()).sum();
        assert_eq!(given, grades.len(), "{layout:?}");
        let longest = grades.notes().iter().map(String::len).max().unwrap_or_default();
        assert!(longest < 2_000, "{layout:?}: a note of {longest} bytes");
    };
    let (items, repeated) = (["x", "y", "z"], ["x,A", "x,B", "y,A"]);
    one(table("item", items, |at| format!("rater {at}")), Layout::Wide, COLUMNS, 1);
    one(table("item,rater", repeated, |at| format!("q{at}")), Layout::Axes, 2, COLUMNS);
    let crossed = |at: usize| format!("{}_tone{}", ["Ann", "Ben"][at % 2], at / 2);
    one(table("item", items, crossed), Layout::Crossed, 2, COLUMNS / 2);
    let records = ["1--1", "1--2", "2--1"];
    one(table("record_id", records, |at| format!("q{at}")), Layout::RedCap, 2, COLUMNS);
    one(table("Timestamp", items, |at| format!("Tone [r{at}]")), Layout::Forms, 3, 1);
}

/// The scores of a rater on thousands of axes, each with a scale of its own.
#[test]
fn a_rater_is_scored_on_every_axis() {
    let folder = Folder::new();
    let text = table("item,rater", ["x,A", "x,B", "y,A"], |at| format!("q{at}"));
    let file = folder.put("t.csv", text);
    let source = ScoreSource::open(&format!("{}@A", file.display())).unwrap();
    let scale = |at: usize| Scale {
        axis: format!("q{at}"),
        label: format!("q{at}"),
        grades: (0..5).collect(),
        names: GradeNames::Numbers,
    };
    let declared: Vec<Scale> = (0..COLUMNS).map(scale).chain(harm_scales()).collect();
    let scores = source.labelled(&Labels::new()).scores(&declared).unwrap();
    let axes: BTreeSet<&str> = scores.items.axes().collect();
    assert_eq!((axes.len(), scores.scales.len(), scores.items.len()), (COLUMNS, COLUMNS, 2));
}
