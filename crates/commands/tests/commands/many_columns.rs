//! Files of thousands of columns: what is in them is told, and what is refused is told in a few lines. Work that
//! grows with the square of the columns would take minutes here.

use crate::support::window;
use serde_json::json;
use std::fs;

const COLUMNS: usize = 10_000;

fn table(first: &str, rows: &[&str], name: &str) -> String {
    let header: String = (0..COLUMNS).map(|column| format!(",{name} {column}")).collect();
    let row = |(at, row): (usize, &&str)| {
        let cells: String =
            (0..COLUMNS).map(|column| format!(",{}", (column * 7 + at * 3) % 5)).collect();
        format!("{row}{cells}\n")
    };
    format!("{first}{header}\n{}", rows.iter().enumerate().map(row).collect::<String>())
}

#[test]
fn a_table_of_many_axes_is_inspected_and_its_scales_are_asked_for() {
    let (folder, mut window) = window();
    let file = folder.path().join("t.csv");
    fs::write(&file, table("item,rater", &["x,A", "x,B", "y,A", "y,B"], "q")).unwrap();
    let found = window.call("inspect_file", json!({ "file": file }));
    let axes = found["axes"].as_array().unwrap();
    assert_eq!((axes.len(), found["columns"].as_array().unwrap().len()), (COLUMNS, COLUMNS + 2));
    assert!(axes.iter().all(|axis| axis["grades"] == 4 && axis["known"] == false));

    let failure = window.fail("compare_raters", json!({ "files": [file] }));
    let told = failure["message"].as_str().unwrap();
    assert!(told.contains("`q 0`, an axis without a scale"), "{told}");
    let scale = json!([{ "axis": "tone", "lowest": 0, "highest": 4 }]);
    let failure = window.fail("compare_raters", json!({ "files": [file], "scales": scale }));
    let told = failure["message"].as_str().unwrap();
    assert!(
        told.contains("expected one of q 0, q 1, ") && told.ends_with(" and 9970 more"),
        "{told}"
    );
    let failure = window.fail("compute_coefficients", json!({ "file": file }));
    let told = failure["message"].as_str().unwrap();
    assert!(
        told.contains("found 10000 axes; expected one of q 0, ") && told.len() < 1_000,
        "{told}"
    );
}

#[test]
fn a_table_of_many_raters_is_inspected_and_refused_with_the_most() {
    let (folder, mut window) = window();
    let file = folder.path().join("t.csv");
    fs::write(&file, table("item", &["x", "y", "z"], "rater")).unwrap();
    let found = window.call("inspect_file", json!({ "file": file }));
    assert_eq!(found["raters"].as_array().unwrap().len(), COLUMNS);
    for (command, arguments) in [
        ("compare_raters", json!({ "files": [file] })),
        ("compute_coefficients", json!({ "file": file })),
    ] {
        let failure = window.fail(command, arguments);
        let told = failure["message"].as_str().unwrap();
        assert!(told.contains("found 10000 raters; expected at most 300"), "{command}: {told}");
    }
}
