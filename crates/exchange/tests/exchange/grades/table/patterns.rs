//! Ratings without names of items.

use super::{open, read};
use crate::support::Folder;
use exchange::Layout;

#[test]
fn each_line_is_an_item() {
    let (layout, grades, notes) = read("r1,r2,r3\n0,1,\nyes,no,no\n");
    assert_eq!(layout, Layout::Patterns);
    assert_eq!(
        grades,
        [
            "2: r1 gave 2 on grade: 0",
            "2: r2 gave 2 on grade: 1",
            "2: r3 gave 2 on grade: ",
            "3: r1 gave 3 on grade: yes",
            "3: r2 gave 3 on grade: no",
            "3: r3 gave 3 on grade: no",
        ]
    );
    assert_eq!(
        notes,
        [
            "t.csv: the columns r1, r2 and r3 were read as raters of one axis, called `grade`, and each line as an item."
        ]
    );
}

#[test]
fn raters_are_known_by_their_numbers() {
    let (layout, grades, notes) = read("Request,Origin,Reviewer 1,Reviewer 2\n7,web,4,5\n");
    assert_eq!(layout, Layout::Patterns);
    assert_eq!(grades, ["2: Reviewer 1 gave 2 on grade: 4", "2: Reviewer 2 gave 2 on grade: 5"]);
    assert_eq!(notes[1], "t.csv: not read as grades: the columns Request and Origin.");
}

#[test]
fn clusters_are_scenarios() {
    let folder = Folder::new();
    let grades = open(&folder, "a,b,cluster\n0,1,s1\n1,1,s2\n").unwrap();
    assert_eq!(grades.design_of("3").unwrap().scenario, "s2");
}
