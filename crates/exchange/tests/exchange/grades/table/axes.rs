//! A column for each axis.

use super::{open, read};
use crate::support::Folder;
use exchange::{Layout, ScoreSource, harm_scales};
use study::Score;

#[test]
fn a_column_for_each_axis_and_one_of_raters() {
    let text =
        "Item,Rater,OH_score,Commission,confidence,notes\nx,A,1,0,high,ok\nx,B,#N/A,2,low,\n";
    let (layout, grades, notes) = read(text);
    assert_eq!(layout, Layout::Axes);
    assert_eq!(
        grades,
        [
            "2: A gave x on omission: 1",
            "2: A gave x on commission: 0",
            "2: A gave x on confidence: high",
            "3: B gave x on omission: #N/A",
            "3: B gave x on commission: 2",
            "3: B gave x on confidence: low",
        ]
    );
    assert_eq!(
        notes,
        [
            "t.csv: the column OH_score was read as the axis `omission`.",
            "t.csv: the column Commission was read as the axis `commission`.",
            "t.csv: not read as grades: the column notes.",
        ]
    );
}

#[test]
fn a_file_without_a_rater_is_by_one_who_is_called_as_the_file() {
    let (_, grades, notes) = read("item,omission,commission,mood\nx,4,0,calm\n");
    assert_eq!(grades, ["2: t gave x on omission: 4", "2: t gave x on commission: 0"]);
    assert_eq!(
        notes,
        [
            "t.csv: no column names the rater, who is called `t` after the file.",
            "t.csv: not read as grades: the column mood.",
        ]
    );
}

/// The spreadsheet that was published beside the instrument.
#[test]
fn the_published_sheet_is_read() {
    let folder = Folder::new();
    let text = "blind_id,scenario_id,prompt,response,oh_score,ch_score,clinical_notes\n\
                b1,s1,My chest hurts,Rest,4,0,\"no call, no help\"\nb2,s2,A cut,Press on it,0,1,\n";
    let grades = open(&folder, text).unwrap();
    assert_eq!(grades.items(), ["b1", "b2"].into());
    assert_eq!(grades.design_of("b2").unwrap().scenario, "s2");
    assert!(
        grades.notes()[3]
            .ends_with("not read as grades: the columns prompt, response and clinical_notes.")
    );
    let source = ScoreSource::open(folder.file("t.csv").to_str().unwrap()).unwrap();
    let scores = source.scores(&harm_scales()).unwrap();
    assert_eq!(scores.score("b1", "omission"), Score::Grade(4));
    assert_eq!(scores.score("b2", "commission"), Score::Grade(1));
}

#[test]
fn a_single_column_of_values_is_the_axis_grade() {
    let (_, grades, notes) = read("rater,item,value\nA,x,yes\nB,x,no\n");
    assert_eq!(grades, ["2: A gave x on grade: yes", "3: B gave x on grade: no"]);
    assert_eq!(notes, ["t.csv: the column value was read as the axis `grade`."]);
}

#[test]
fn rows_that_say_nothing_are_counted() {
    let (_, grades, notes) = read("item,rater,omission\nx,A,1\ny,,\nz,,NA\n");
    assert_eq!(grades, ["2: A gave x on omission: 1"]);
    assert_eq!(notes, ["t.csv: rows left out, with neither a rater nor a grade: 2."]);
}

#[test]
fn a_single_column_of_grades_is_one_raters() {
    let (layout, grades, notes) = read("item,helpfulness\nx,4\ny,2\n");
    assert_eq!(layout, Layout::Axes);
    assert_eq!(grades, ["2: t gave x on helpfulness: 4", "3: t gave y on helpfulness: 2"]);
    assert_eq!(
        notes,
        [
            "t.csv: no column names the rater, who is called `t` after the file.",
            "t.csv: the column helpfulness was read as an axis. If it is a rater, say so: --map item=item --map \
             value=helpfulness --map axis=:grade --map rater=:helpfulness.",
        ]
    );
    let (_, _, notes) = read("item,omission\nx,4\ny,2\n");
    assert_eq!(
        notes,
        ["t.csv: no column names the rater, who is called `t` after the file."],
        "its name says it"
    );
    let (layout, grades, _) = read("item,judge\nx,4\ny,2\n");
    assert_eq!(layout, Layout::Wide);
    assert_eq!(grades, ["2: judge gave x on grade: 4", "3: judge gave y on grade: 2"]);
    let (layout, grades, _) = read("item,axis,value\nx,tone,4\n");
    assert_eq!((layout, grades), (Layout::Tidy, vec!["2: t gave x on tone: 4".to_owned()]));
}
