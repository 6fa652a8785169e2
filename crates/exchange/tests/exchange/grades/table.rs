//! Layouts of tables: what is read from each, what is left out and said, and which layout wins.

mod axes;
mod counted;
mod crossed;
mod forms;
mod json_cells;
mod many_columns;
mod patterns;
mod redcap;
mod wide;

use crate::support::Folder;
use exchange::{Error, GivenGrade, Grades, Layout, ScoreSource};
use std::sync::Arc;

fn open(folder: &Folder, text: &str) -> Result<Arc<Grades>, Error> {
    let file = folder.put("t.csv", text);
    match ScoreSource::open(file.to_str().unwrap())? {
        ScoreSource::Grades { grades, .. } => Ok(grades),
        other => panic!("{other:?}"),
    }
}

/// What is read from a table, and what is said of it.
#[track_caller]
fn read(text: &str) -> (Layout, Vec<String>, Vec<String>) {
    let folder = Folder::new();
    let grades = open(&folder, text).unwrap();
    let written = |given: GivenGrade<'_>| {
        let GivenGrade { at, rater, item, axis, value } = given;
        format!("{at}: {rater} gave {item} on {axis}: {value}")
    };
    let path = format!("{}/", folder.path().display());
    let notes = grades.notes().iter().map(|note| note.replace(&path, "")).collect();
    (grades.layout(), grades.all().map(written).collect(), notes)
}

fn told(text: &str) -> String {
    let folder = Folder::new();
    folder.told(open(&folder, text))
}

#[test]
fn a_table_in_no_layout_is_told_which_there_are() {
    assert_eq!(
        told("city,people\nUlm,3\n"),
        "t.csv, line 1, the header: found the columns city, people; expected a table with the columns \
         rater, item, axis and value, or with a column of items and one for each rater or axis."
    );
    for responses in [
        "item_id,type,scenario_text,model,response_text\nx,a,How is it?,m,Well\ny,b,And now?,n,Bad\n",
        "scenario_id,model_id,response\ns,m,Rest\ns,n,Call\n",
    ] {
        assert!(told(responses).contains("the header"), "{responses}");
    }
}

/// Where two layouts fit, the more specific wins.
#[test]
fn the_more_specific_layout_wins() {
    for (text, layout) in [
        ("rater,item,axis,value\nA,x,tone,1\n", Layout::Tidy),
        ("rater,item,axis,score,omission\nA,x,tone,1,2\n", Layout::Tidy),
        ("item,rater,tone,ease\nx,A,1,2\n", Layout::Axes),
        ("item,omission,A\nx,1,2\n", Layout::Axes),
        ("item,A_omission,B_omission\nx,1,2\n", Layout::Crossed),
        ("item,A,B\nx,1,2\n", Layout::Wide),
        ("item,human,judge\nx,1,2\ny,2,1\n", Layout::Wide),
        ("item,a,b\nx,1,2\n", Layout::Wide),
        ("a,b\n1,2\n", Layout::Patterns),
        ("record_id,omission\n1,2\n", Layout::Axes),
        ("record_id,omission,form_complete\n1,2,2\n", Layout::RedCap),
        ("Timestamp,Answer 1,Answer 2\n2026,1,2\n", Layout::Forms),
        ("Timestamp,Username,Case,Omission\n2026,ann,x,1\n", Layout::Axes),
    ] {
        assert_eq!(read(text).0, layout, "{text}");
    }
}

#[test]
fn every_axis_that_needs_a_scale_is_named_in_the_order_of_the_file() {
    let folder = Folder::new();
    let file = folder.put(
        "t.csv",
        "rater,item,axis,value\nA,x,tone,low\nA,y,tone,high\nA,x,care,3\nA,x,omission,1\nA,y,care,1\nA,x,an axis,yes\n",
    );
    let source = ScoreSource::open(file.to_str().unwrap()).unwrap();
    let told = folder.told(source.scores(&exchange::harm_scales()));
    assert!(told.contains("line 2, field `axis`: found `tone`, an axis without a scale"), "{told}");
    assert!(
        told.ends_with(
            "--scale tone=LOWEST,…,HIGHEST. Also needed, as far as the grades in the file show: --scale care=1..3 --scale 'an axis=LOWEST,…,HIGHEST'."
        ),
        "{told}"
    );
}
