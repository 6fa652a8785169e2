//! Counts of items without names.

use super::{open, read, told};
use crate::support::Folder;
use exchange::{Asked, CountData, Holding, Layout, Mapping, ScoreSource, read_counts};

/// Six items, of which both raters give three a 0, two a 1, and one a 0 and a 1.
const PAIRS: &str = "Ann,Ben,count\n0,0,3\n1,1,2\n0,1,1\n";

#[test]
fn each_row_is_as_many_items_as_its_count_says() {
    for (header, raters) in [
        ("a,b,count", ["a", "b"]),
        ("r1,r2,count", ["r1", "r2"]),
        ("Ann,Ben,count", ["Ann", "Ben"]),
        ("Husband,Wife,Freq", ["Husband", "Wife"]),
        ("Husband,Wife,Frequency", ["Husband", "Wife"]),
    ] {
        let (layout, grades, notes) = read(&PAIRS.replace("Ann,Ben,count", header));
        assert_eq!((layout, grades.len()), (Layout::Counted, 12), "{header}");
        let [first, second] = raters;
        assert_eq!(grades[0], format!("2: {first} gave 2, 1 on grade: 0"));
        assert_eq!(grades[11], format!("4: {second} gave 4, 1 on grade: 1"));
        let said = format!("the columns {first} and {second} were read as raters of one axis");
        assert!(notes[0].contains(&said) && notes[0].ends_with("says: 6 in all."), "{notes:?}");
    }
    let (layout, grades, _) = read("r1,r2,r3,count\n1,0,1,2\n3,4,3,0\n");
    assert_eq!((layout, grades.len()), (Layout::Counted, 6));
}

/// One layout is read by all commands or by none.
#[test]
fn the_same_is_counted_for_coefficients() {
    let folder = Folder::new();
    for header in ["a,b,count", "a,b,freq", "Ann,Ben,count", "Husband,Wife,Freq"] {
        let file = folder.put("t.csv", PAIRS.replace("Ann,Ben,count", header));
        let counts = read_counts(file.to_str().unwrap(), Asked::default()).unwrap();
        assert_eq!(counts.data, CountData::Tables(vec![vec![vec![3, 1], vec![0, 2]]]), "{header}");
    }
}

#[test]
fn a_column_is_said_to_hold_counts() {
    let folder = Folder::new();
    let file = folder.put("t.csv", "Ann,Ben,Cleo,Anzahl,note\nmild,mild,no,3,x\nno,mild,no,1,y\n");
    let mapping = |said: &[&str]| Mapping::of(said, &[Holding::Grades]).unwrap();
    let open = |said: &[&str]| ScoreSource::open_mapped(file.to_str().unwrap(), &mapping(said));
    let ScoreSource::Grades { grades, .. } = open(&["count=Anzahl", "axis=:harm"]).unwrap() else {
        panic!("a table")
    };
    assert_eq!((grades.len(), grades.raters().len(), grades.axes()), (12, 3, vec!["harm"]));
    let two = mapping(&["count=Anzahl", "value=Ann,Ben"]);
    let asked = Asked { mapping: Some(&two), ..Asked::default() };
    let counts = read_counts(file.to_str().unwrap(), asked).unwrap();
    assert_eq!(counts.data, CountData::Tables(vec![vec![vec![3, 0], vec![1, 0]]]));
    let outcome = open(&["count=Anzahl", "item=note"]);
    assert!(folder.told(outcome).contains("found item as well; expected either"));
}

#[test]
fn what_is_no_table_of_counts_is_not_read_as_one() {
    let layout = |text: &str| read(text).0;
    assert_eq!(layout("item,Ann,Ben,count\nx,0,1,4\ny,1,1,3\n"), Layout::Wide);
    assert_eq!(layout("Fall,Ann,Ben,n\nf1,0,1,4\nf2,1,1,3\n"), Layout::Wide, "items have names");
    assert_eq!(layout("a,b,n\n0,1,3\n1,1,1\n"), Layout::Patterns, "`n` may number the rows");
    assert_eq!(
        layout("Reviewer 1,Reviewer 2,freq\n0,1,3\n0,1,1\n"),
        Layout::Patterns,
        "a pattern that comes twice is not counted"
    );
    assert_eq!(
        layout("Patient,Reviewer 1,Reviewer 2,count\np1,0,1,3\np2,1,1,1\n"),
        Layout::Wide,
        "what is told beside is of an item"
    );
    let folder = Folder::new();
    assert!(open(&folder, "city,note,count\nUlm,many,3\n").is_err());
}

#[test]
fn more_than_can_be_compared_one_by_one_are_for_coefficients() {
    assert_eq!(
        told("a,b,count\n0,1,7\n1,1,99994\n"),
        "t.csv, line 3, field `count`: found more than 100000 items; expected at most 100000 in all, as each is \
         compared by itself; primum coefficients t.csv takes any number."
    );
    assert!(told("a,b,count\n0,1,x\n").contains("found x; expected a whole number"));
}

/// Grades that differ from row to row are no names of items where only one rater would be left.
#[test]
fn the_first_rater_may_give_each_grade_once_which_is_asked() {
    let text = "Ann,Ben,count\n0,0,50\n1,0,12.0\n2,1,7\n";
    let folder = Folder::new();
    let file = folder.put("t.csv", text);
    let mapping = Mapping::of(&["count=count"], &[Holding::Grades]).unwrap();
    let asked = Asked { mapping: Some(&mapping), ..Asked::default() };
    let counts = read_counts(file.to_str().unwrap(), asked).unwrap();
    assert_eq!(
        counts.data,
        CountData::Tables(vec![vec![vec![50, 0, 0], vec![12, 0, 0], vec![0, 7, 0]]])
    );
    for name in ["Ann", "site", "week"] {
        let told = told(&text.replace("Ann", name));
        assert!(
            told.contains(&format!(
                "(--map count=count), or the names of the items (--map item={name})"
            )),
            "{told}"
        );
    }
}

#[test]
fn a_thousand_with_a_point_is_no_count_of_one() {
    let told = told("Ann;Ben;count\n0;0;1.000\n0;1;250\n1;1;4.000\n1;0;2\n");
    assert!(told.contains("line 2, field `count`: found 1.000; expected a whole number"), "{told}");
}

#[test]
fn numbers_that_may_be_grades_or_names_are_asked_about() {
    let text = "Ann,Ben,Eva,count\n0,0,0,50\n1,0,0,12\n2,1,1,7\n";
    assert_eq!(
        told(text),
        "t.csv, line 1, field `Ann`: found numbers that may be grades or the names of items; expected which it is: a \
         rater, whose rows are counted (--map count=count), or the names of the items (--map item=Ann)."
    );
    let folder = Folder::new();
    let file = folder.put("t.csv", text);
    for (said, layout, raters) in
        [("count=count", Layout::Counted, 3), ("item=Ann", Layout::Wide, 2)]
    {
        let mapping = Mapping::of(&[said], &[Holding::Grades]).unwrap();
        let opened = ScoreSource::open_mapped(file.to_str().unwrap(), &mapping).unwrap();
        let grades = opened.grades().unwrap();
        assert_eq!((grades.layout(), grades.raters().len()), (layout, raters), "{said}");
    }
    assert_eq!(read(&text.replace("Ann", "Nr")).0, Layout::Wide, "a number of the row");
}
