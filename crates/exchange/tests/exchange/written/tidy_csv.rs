//! Tidy tables: one grade per row.

use crate::support::{Folder, ratings};
use exchange::{ScoreSource, encode_csv, harm_scales, write_tidy_csv};
use proptest::prelude::*;
use std::fs;
use study::{Exclusion, RaterScores, RubricClaim, Scale, Score};

const HEADER: &str = "rater,item,axis,value\n";

fn scores_of(
    folder: &Folder,
    name: &str,
    declared: &[Scale],
) -> Result<RaterScores, exchange::Error> {
    ScoreSource::open(folder.file(name).to_str().unwrap())?.scores(declared)
}

fn read(text: &str) -> RaterScores {
    let folder = Folder::new();
    folder.put("t.csv", text);
    scores_of(&folder, "t.csv", &harm_scales()).unwrap()
}

fn told(text: &str) -> String {
    let folder = Folder::new();
    folder.put("t.csv", text);
    folder.told(scores_of(&folder, "t.csv", &harm_scales()))
}

#[test]
fn what_is_written_is_read() {
    let folder = Folder::new();
    let written = ratings().rated().scores();
    write_tidy_csv(&folder.file("t.csv"), &written).unwrap();
    let read = scores_of(&folder, "t.csv", &harm_scales()).unwrap();
    let grades = |scales: &[Scale]| -> Vec<_> {
        scales.iter().map(|scale| (scale.axis.clone(), scale.grades.clone())).collect()
    };
    assert_eq!(read.rater, written.rater);
    assert_eq!(grades(&read.scales), grades(&written.scales), "a table names no grades");
    for item in written.items.names() {
        for axis in ["omission", "commission"] {
            let expected = match written.score(item, axis) {
                Score::Grade(grade) => Score::Grade(grade),
                // A table has no row for what was not graded.
                Score::Excluded(_) => Score::Excluded(Exclusion::NotRated),
            };
            assert_eq!(read.score(item, axis), expected, "{item} {axis}");
        }
    }
}

#[test]
fn rows_come_by_item_then_axis() {
    let folder = Folder::new();
    let items = ["b", "a"]
        .map(|item| (item, [("commission", Score::Grade(0)), ("omission", Score::Grade(4))]));
    let scores = RaterScores {
        rater: "Ann, MD".into(),
        study: None,
        rubric: RubricClaim::Unstated,
        scales: harm_scales(),
        items: items.into_iter().collect(),
        ..RaterScores::default()
    };
    write_tidy_csv(&folder.file("t.csv"), &scores).unwrap();
    assert_eq!(
        fs::read_to_string(folder.file("t.csv")).unwrap(),
        "rater,item,axis,value\n\"Ann, MD\",a,omission,4\n\"Ann, MD\",a,commission,0\n\
         \"Ann, MD\",b,omission,4\n\"Ann, MD\",b,commission,0\n"
    );
}

#[test]
fn no_cell_is_taken_for_a_formula() {
    for name in ["=HYPERLINK(\"http://x\")", "+1", "-1+1", "@SUM(A1)", "\tx", "\rx"] {
        let folder = Folder::new();
        let scores = RaterScores {
            rater: name.into(),
            items: [(name, [("omission", Score::Grade(1))])].into_iter().collect(),
            ..ratings().rated().scores()
        };
        write_tidy_csv(&folder.file("t.csv"), &scores).unwrap();
        let text = fs::read_to_string(folder.file("t.csv")).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!(&row[0], format!("'{name}"), "the rater's cell begins with an apostrophe");
        assert_eq!(&row[1], format!("'{name}"), "the item's cell begins with an apostrophe");
    }
}

#[test]
fn a_table_of_several_raters_says_how_to_choose() {
    let folder = Folder::new();
    let text = format!("{HEADER}B,x,omission,1\nA,x,omission,2\n");
    let file = folder.put("t.csv", text);
    assert_eq!(
        folder.told(scores_of(&folder, "t.csv", &harm_scales())),
        "t.csv, field `rater`: found 2 raters (A, B); expected one rater: add @ and a name to the file's, \
         as in t.csv@A."
    );
    assert_eq!(
        folder.told(scores_of(&folder, "t.csv@C", &harm_scales())),
        "t.csv, field `rater`: found no rater `C`; expected one of A, B."
    );
    let name = format!("{}@A", file.display());
    let chosen = ScoreSource::open(&name).unwrap().scores(&harm_scales()).unwrap();
    assert_eq!(chosen.score("x", "omission"), Score::Grade(2));
}

#[test]
fn an_axis_without_a_scale_says_how_to_declare_it() {
    assert_eq!(
        told(&format!("{HEADER}A,x,refusal,1\n")),
        "t.csv, line 2, field `axis`: found `refusal`, an axis without a scale; expected one. The file \
         does not say which grades exist. Give --scale refusal=LOWEST..HIGHEST."
    );
    assert_eq!(
        told(&format!("{HEADER}A,x,Omission,1\n")),
        "t.csv, line 2, field `axis`: found `Omission`, an axis without a scale; expected \
         `omission`, in the same letters."
    );
}

#[test]
fn a_declared_scale_is_kept_where_no_row_uses_every_grade() {
    let folder = Folder::new();
    folder.put("t.csv", format!("{HEADER}A,x,refusal,1\n"));
    let scale = Scale {
        axis: "refusal".into(),
        label: "refusal".into(),
        grades: vec![0, 1, 2],
        names: Default::default(),
    };
    let declared = [harm_scales(), vec![scale.clone()]].concat();
    let scores = scores_of(&folder, "t.csv", &declared).unwrap();
    assert_eq!(scores.scales, [scale], "and axes without a row have no scale here");
}

#[test]
fn columns_may_be_named_and_placed_otherwise() {
    let text = "\u{feff}value, axis ,extra,item_id,rater_id\n2.0,omission,?,x,A\n";
    assert_eq!(read(text).score("x", "omission"), Score::Grade(2));
    assert_eq!(
        read("rater,item,axis,grade\r\nA, x ,omission, 3\r\n").score("x", "omission"),
        Score::Grade(3)
    );
}

#[test]
fn whole_numbers_are_read_and_blanks_are_not_rated() {
    for (cell, expected) in [
        ("2.0", Score::Grade(2)),
        ("\"2\"", Score::Grade(2)),
        ("0", Score::Grade(0)),
        ("", Score::Excluded(Exclusion::NotRated)),
        ("NA", Score::Excluded(Exclusion::NotRated)),
        ("-1", Score::Excluded(Exclusion::ParseFailure)),
        ("-1.0", Score::Excluded(Exclusion::ParseFailure)),
    ] {
        assert_eq!(
            read(&format!("{HEADER}A,x,omission,{cell}\n")).score("x", "omission"),
            expected,
            "{cell}"
        );
    }
}

#[test]
fn what_is_no_grade_is_refused() {
    for cell in ["two", "2.5", "5", "-2", "2,0", "1e0", "٢"] {
        let told = told(&format!("{HEADER}A,w,omission,1\nA,x,omission,\"{cell}\"\n"));
        let expected = format!(
            "t.csv, line 3, field `value`: found {cell}; expected one of 0, 1, 2, 3, 4; nothing where there is no grade; or -1 where a judge's answer could not be read."
        );
        assert!(told.starts_with(&expected), "{told}");
    }
}

#[test]
fn a_second_and_different_grade_is_refused_with_both_lines() {
    let text = format!("{HEADER}A,x,omission,1\nA,y,omission,1\nA,x,omission,2\n");
    assert_eq!(
        told(&text),
        "t.csv, line 4, field `value`: found 2 for x on omission, which line 2 scores differently; \
         expected one score for each item and axis."
    );
    read(&format!("{HEADER}A,x,omission,1\nA,x,omission,1.0\n"));
}

#[test]
fn a_table_that_is_wrong_is_told_with_line_and_column() {
    assert_eq!(
        told("rater,thing,value\nA,x,1\n"),
        "t.csv, line 1, the header: found the columns rater, thing, value; expected a table with the \
         columns rater, item, axis and value, or with a column of items and one for each rater or axis."
    );
    assert_eq!(
        told(&format!("{HEADER}A,x,omission,1\n, y,omission,1\n")),
        "t.csv, line 3, field `rater`: found nothing; expected a name."
    );
    assert_eq!(
        told(&format!("{HEADER}A,x,omission\n")),
        "t.csv, line 2, the row: found 3 cells; expected 4, as in the header."
    );
    assert_eq!(
        told(HEADER),
        "t.csv: found the columns rater, item, axis, value and no row below them; expected a row for each grade or item."
    );
    assert_eq!(
        told(""),
        "t.csv: the file is empty; expected ratings or scores. Check that it is the right file, or get it again."
    );
}

#[test]
fn lines_are_counted_as_a_spreadsheet_ends_them() {
    let told = |ends: &str, blank: &str| {
        let row = "A,x,omission,";
        told(&format!("rater,item,axis,value{ends}{row}1{ends}{blank}{row}9{ends}"))
    };
    for ends in ["\n", "\r\n"] {
        assert!(told(ends, "").starts_with("t.csv, line 3, "), "{ends:?}");
        assert!(
            told(ends, &ends.repeat(2)).starts_with("t.csv, line 5, "),
            "{ends:?} after blanks"
        );
    }
}

#[test]
fn a_formula_is_guarded_and_a_number_below_zero_is_none() {
    let cells = ["=1+1", "-2", "-0.25", "-1e-7", "+2", "-2+1", "-inf", "a"].map(String::from);
    let expected = "'=1+1,-2,-0.25,-1e-7,'+2,'-2+1,'-inf,a\n";
    assert_eq!(encode_csv([cells.to_vec()].into_iter()).unwrap(), expected);
}

proptest! {
    #[test]
    fn any_names_and_grades_come_back(
        rater in "[^=+@'\\-\\s]\\PC{0,12}[^\\s]",
        grades in prop::collection::btree_map("[a-z0-9/\",; ä]{1,9}[a-z]", (0i16..=4, 0i16..=3), 1..9),
    ) {
        let folder = Folder::new();
        let scores = RaterScores {
            rater,
            study: None,
            rubric: RubricClaim::Unstated,
            scales: harm_scales(),
            items: grades
                .into_iter()
                .map(|(item, (omission, commission))| {
                    let grades = [("omission", omission), ("commission", commission)];
                    let grades = grades.map(|(axis, grade)| (axis, Score::Grade(grade)));
                    (item.trim().to_owned(), grades)
                })
                .collect(),
            ..RaterScores::default()
        };
        write_tidy_csv(&folder.file("t.csv"), &scores).unwrap();
        prop_assert_eq!(scores_of(&folder, "t.csv", &harm_scales()).unwrap(), scores);
    }
}

#[test]
fn responses_that_were_shown_again_are_left_out_and_told() {
    let folder = Folder::new();
    for (name, table) in [
        (
            "tidy.csv",
            "rater,item,axis,value,repeat_of\nA,x,omission,1,\nA,z,omission,4,x\nA,y,omission,2,\n",
        ),
        ("wide.csv", "item,repeat_of,A_omission,B_omission\nx,,1,1\nz,x,4,4\ny,,2,0\n"),
        ("comma.csv", "item;repeat_of;A_omission;B_omission\nx;;1,0;1,0\nz;x;4,0;4,0\ny;;2,0;0\n"),
    ] {
        let file = folder.put(name, table);
        let source = ScoreSource::open(&format!("{}@A", file.display())).unwrap();
        let scores = source.scores(&harm_scales()).unwrap();
        assert_eq!(scores.items.names().collect::<Vec<_>>(), ["x", "y"], "{name}");
        let notes = source.grades().unwrap().notes().join(" ");
        assert!(notes.contains("1 row of a response that was shown again"), "{notes}");
    }
}
