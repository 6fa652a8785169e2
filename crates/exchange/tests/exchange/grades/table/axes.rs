//! A column for each axis.

use super::{open, read, told};
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

/// Each rater's rows name the items again, whatever the column is called.
#[test]
fn a_column_beside_that_of_raters_names_the_items() {
    for text in [
        "Patient ID,Rater,Severity\np1,A,2\np1,B,1\np2,A,0\np2,B,0\n",
        "Rater,Fall,Severity\nA,p1,2\nB,p1,1\nA,p2,0\nB,p2,0\n",
        "patient,Omission harm,Rater\np1,2,A\np1,1,B\np2,0,A\np2,0,B\n",
    ] {
        let (layout, grades, notes) = read(text);
        assert_eq!((layout, grades.len()), (Layout::Axes, 4), "{text}");
        assert!(grades[1].starts_with("3: B gave p1 on"), "{grades:?}");
        assert!(
            notes.iter().any(|note| note.ends_with("was read as the items' names.")),
            "{notes:?}"
        );
    }
    let tidy = "Patient,Rater,Axis,Value\np1,A,tone,2\np1,A,hue,2\np1,B,tone,1\n";
    assert_eq!(read(tidy).0, Layout::Tidy);
    let grades_first = told("Rater,Severity,Patient\nA,1,0\nA,2,1\nB,1,0\nB,2,2\n");
    assert!(grades_first.contains("expected one row for each item"), "{grades_first}");
    let twice = told("Patient ID,Rater,Severity\np1,A,2\np1,A,1\n");
    assert!(twice.contains("the header: found the columns"), "{twice}");
}

#[test]
fn the_names_of_columns_alone_are_said_to_have_no_row() {
    for text in ["rater,item,axis,value\n", "item,A,B\n"] {
        let told = told(text);
        assert!(
            told.contains("and no row below them; expected a row for each grade or item"),
            "{told}"
        );
    }
}

#[test]
fn a_judge_who_graded_in_words_is_no_column_of_names() {
    let (_, grades, _) =
        read("item,Ann,Ben,judge\nx,good,poor,good\ny,fair,fair,poor\nz,poor,good,fair\n");
    assert!(grades.contains(&"2: judge gave x on grade: good".into()), "{grades:?}");
    // One row for each rater of an item, who is called by name.
    let (_, grades, _) = read("item,judge,omission\nx,Ann,4\nx,Ben,3\ny,Ann,2\ny,Ben,1\n");
    assert!(grades.contains(&"2: Ann gave x on omission: 4".into()), "{grades:?}");
}
