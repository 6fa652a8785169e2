//! A column for each rater.

use super::{open, read, told};
use crate::support::Folder;
use exchange::Layout;

#[test]
fn every_further_column_is_a_rater() {
    let text = "item;A;B;C\nx;1;2,0;NA\ny;Good;;good\n";
    let (layout, grades, notes) = read(text);
    assert_eq!(layout, Layout::Wide);
    assert_eq!(
        grades,
        [
            "2: A gave x on grade: 1",
            "2: B gave x on grade: 2.0",
            "2: C gave x on grade: NA",
            "3: A gave y on grade: Good",
            "3: B gave y on grade: ",
            "3: C gave y on grade: good",
        ]
    );
    assert_eq!(
        notes,
        [
            "t.csv: the columns A, B and C were read as raters of one axis, called `grade`. If they are axes, add a \
             column `rater`; if one is neither, name the raters: --map value=A,B --map item=item --map axis=:grade.",
            "t.csv: the cells are separated by semicolons.",
        ]
    );
}

#[test]
fn what_is_no_grade_is_left_out_and_named() {
    let answer = "A long answer, of more than sixty characters, as a model gives it.";
    let text = format!(
        "id,scenario,model,kind,answer_of_model,annotation_1,annotation_2,final_label,seconds,notes\n\
         x,s1,m,home,{0},full,none,full,9,good\ny,s2,m,work,{0},half,full,half,8,\n",
        format_args!("\"{answer}\"")
    );
    let folder = Folder::new();
    let grades = open(&folder, &text).unwrap();
    assert_eq!(grades.raters(), ["annotation_1", "annotation_2"].into());
    assert_eq!(grades.values("grade"), [("full", 2), ("half", 1), ("none", 1)].into());
    let design = grades.design_of("y").unwrap();
    assert_eq!((design.scenario.as_str(), design.model.as_deref()), ("s2", Some("m")));
    assert!(grades.notes()[1].ends_with(
        "not read as grades: the columns kind, answer_of_model, final_label, seconds and notes."
    ));
}

#[test]
fn words_that_nearly_all_differ_are_texts() {
    let rows: String = (0..10).map(|k| format!("i{k},word{k},word{},{}\n", k + 1, k % 3)).collect();
    let text = format!("item,A,B,C\n{rows}");
    let (_, grades, notes) = read(&text);
    assert_eq!(grades[0], "2: C gave i0 on grade: 0");
    assert!(notes.iter().any(|note| note.ends_with("not read as grades: the columns A and B.")));
}

#[test]
fn a_column_without_a_name_that_numbers_the_rows_is_the_item() {
    let (_, grades, _) = read(",label_0,label_1\n0,yes,no\n1,no,no\n");
    assert_eq!(grades[..2], ["2: label_0 gave 0 on grade: yes", "2: label_1 gave 0 on grade: no"]);
    let transposed = ",u1,u2\nA,1,2\nB,1,1\n";
    assert!(told(transposed).contains("the header"), "raters in rows are not items");
}

#[test]
fn a_column_may_name_the_axis() {
    let (_, grades, _) = read("item,axis,gpt,claude-3\nx,tone,4,5\nx,ease,1,2\n");
    assert_eq!(
        grades,
        [
            "2: gpt gave x on tone: 4",
            "2: claude-3 gave x on tone: 5",
            "3: gpt gave x on ease: 1",
            "3: claude-3 gave x on ease: 2",
        ]
    );
}

#[test]
fn the_first_column_names_the_items_in_any_language() {
    let (layout, grades, notes) = read("Fall;Ann;Ben\nf1;0,0;0\nf2;1;1,0\n");
    assert_eq!(layout, Layout::Wide);
    let [ann, ben] = ["2: Ann gave f1 on grade: 0.0", "2: Ben gave f1 on grade: 0"];
    assert_eq!(grades[..2], [ann, ben]);
    assert_eq!(notes[1], "t.csv: the column Fall was read as the items' names.");
}

#[test]
fn raters_called_by_number_or_letter_keep_the_items_beside_them() {
    for header in ["Fall;A;B", "Nr;R1;R2", "Fall;Rater 1;Rater 2"] {
        let (layout, grades, _) = read(&format!("{header}\n7;0;1\n9;1;1\n"));
        assert_eq!(layout, Layout::Wide, "{header}");
        assert!(grades[0].contains("gave 7 on grade: 0"), "{header}: {grades:?}");
    }
}

#[test]
fn a_column_that_differs_from_the_others_in_kind_is_asked_about() {
    let rows = |odd: &str| {
        let row = |at: usize| format!("{at},{},{},{}\n", at % 4, (at + 1) % 4, at % 4 + 1);
        format!("item,A,B,{odd}\n{}", (0..12).map(row).collect::<String>())
    };
    let how = "If it is no rater, leave it out: --map value=A,B --map item=item --map axis=:grade.";
    let (_, _, notes) = read(&rows("C"));
    assert_eq!(notes[1], format!("t.csv: the column C has other values than the others. {how}"));
    let named = rows("ward").replace('4', "0");
    let (_, _, notes) = read(&named);
    assert_eq!(
        notes[1],
        format!("t.csv: the column ward is not called as a rater, as the others are. {how}")
    );
    let (_, _, notes) = read(&named.replace("ward", "C"));
    assert!(notes.iter().all(|note| !note.contains("leave it out")), "{notes:?}");
}

/// What is told to give is read as it is meant: a name with a comma is one, and thousands are no command.
#[test]
fn a_mapping_that_is_told_names_columns_as_a_mapping_does() {
    let row = |at: usize| format!("{at},{},{},{}\n", at % 4, (at + 1) % 4, at % 4 + 1);
    let rows: String = (0..12).map(row).collect();
    let (_, _, notes) = read(&format!("\"case, no.\",\"Smith, J.\",B,C\n{rows}"));
    let how =
        "leave it out: --map 'value=\"Smith, J.\",B' --map 'item=\"case, no.\"' --map axis=:grade.";
    assert!(notes[1].ends_with(how), "{notes:?}");

    let names: String = (0..2_000).map(|at| format!(",R{at}")).collect();
    let row = |at: usize| format!("{at}{},{}\n", ",1".repeat(1_999) + ",2", at % 5 + 1);
    let rows: String = (0..12).map(row).collect();
    let (_, _, notes) = read(&format!("item{names},ward\n{rows}"));
    assert!(
        notes[1].contains("--map 'value=R0,R1,") && notes[1].contains(",R29,…' --map item=item")
    );
    assert!(notes.iter().all(|note| note.len() < 1_000), "{notes:?}");
}

#[test]
fn an_item_that_comes_again_in_the_first_column_is_named() {
    assert_eq!(
        told("Fall,Ann,Ben\nx,1,2\ny,1,1\nx,0,1\n"),
        "t.csv, line 4, field `Fall`: found `x`, which line 2 has as well; expected one row for each item, or a \
         column `rater` that says whose row it is."
    );
}

#[test]
fn a_row_of_sums_or_means_is_left_out_and_any_other_is_pointed_out() {
    let rows = "item,A,B\nx,1,2\ny,3,2\nz,1,1\n";
    for last in ["Summe,5,5", "Mean:,1.67,1.67", "total,5,"] {
        let (_, grades, notes) = read(&format!("{rows}{last}\n"));
        assert_eq!(grades.len(), 6, "{last}");
        let name = last.split(',').next().unwrap();
        let said =
            format!("the row `{name}` was left out: it holds the sums or the means of the others.");
        assert!(notes.iter().any(|note| note.ends_with(&said)), "{notes:?}");
    }
    let (_, grades, notes) = read(&format!("{rows}total,1,2\n"));
    assert_eq!(grades.len(), 8);
    let said = "t.csv: the last item is called `total`. If it is no item, remove its row.";
    assert!(notes.iter().any(|note| note == said), "{notes:?}");
}

#[test]
fn yes_and_no_told_of_items_are_no_raters() {
    let (layout, grades, notes) = read("item,Ann,Ben,Flagged\nx,1,0,yes\ny,0,0,no\nz,1,1,no\n");
    assert_eq!((layout, grades.len()), (Layout::Wide, 6), "{notes:?}");
    assert!(notes.iter().any(|note| note.contains("Flagged")), "{notes:?}");
}

/// What a spreadsheet makes of one rater's answers is the scale of another's numbers.
#[test]
fn answers_in_words_and_in_numbers_are_one_scale() {
    for [yes, no] in [["TRUE", "FALSE"], ["yes", "no"]] {
        let text = format!("item,A,B\nx,{yes},1\ny,{no},0\nz,{yes},0\n");
        let (layout, grades, _) = read(&text);
        assert_eq!((layout, grades.len()), (Layout::Wide, 6), "{text}");
        let folder = Folder::new();
        let given = open(&folder, &text).unwrap();
        let scale = given.suggested_scale("grade").unwrap();
        assert_eq!(scale.option("grade"), "grade=0..1");
    }
}
