//! What grades count as, and which of them there are: the same in every command that is given the same ratings.

use crate::support::Window;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn put(folder: &Path, name: &str, text: &str) -> String {
    let file = folder.join(name);
    fs::write(&file, text).unwrap();
    file.display().to_string()
}

fn call(command: &str, arguments: Value) -> Value {
    let folder = tempfile::tempdir().unwrap();
    Window::on(folder.path()).call(command, arguments)
}

#[track_caller]
fn close(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found} is no number"));
    assert!((found - expected).abs() < 1e-12, "found {found}, expected {expected}");
}

/// Six items by three raters, in the words of a scale of three.
fn ratings([low, middle, high]: [&str; 3]) -> String {
    format!(
        "item,Ann,Ben,Cleo\na,{low},{low},{middle}\nb,{middle},{middle},{middle}\nc,{high},{high},{middle}\n\
         d,{low},{middle},{low}\ne,{high},{middle},{high}\nf,{middle},{low},{low}\n"
    )
}

fn of_words(words: &[&str]) -> Value {
    json!([{ "axis": "grade", "lowest": 0, "highest": words.len() - 1, "labels": words }])
}

/// ICC(2,1) by the mean squares of the two-way layout, Lin's coefficient and the mean difference by their formulas,
/// worked out in Python's fractions without a statistics package.
#[test]
fn grades_that_are_numbers_count_as_these_in_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        (
            ["0", "1", "5"],
            26.0 / 51.0,
            2.0 / 3.0,
            "from 0 for 0 to 5 for 5, as far apart as these numbers.",
        ),
        (
            ["0", "0.5", "2"],
            39.0 / 74.0,
            1.0 / 4.0,
            "from 0 for 0 to 2 for 2, as far apart as these numbers.",
        ),
        (
            ["5", "4", "0"],
            26.0 / 51.0,
            2.0 / 3.0,
            "from 0 for 5 to 5 for 0, as far apart as these numbers.",
        ),
        (
            ["no", "few", "all"],
            0.537_037_037_037_037,
            1.0 / 6.0,
            "from 0 for no to 2 for all, one step apart.",
        ),
    ];
    for (words, icc, difference, told) in cases {
        let file = put(folder.path(), "three.csv", &ratings(words));
        let scales = of_words(&words);
        let panel = call("compare_raters", json!({ "files": [file], "scales": scales }));
        let all = call("compute_coefficients", json!({ "file": file, "scales": scales }));
        close(&panel["axes"]["grade"]["icc"]["estimate"], icc);
        close(&all["icc"]["2_1"]["estimate"], icc);
        assert!(panel["cautions"].to_string().contains(told), "{}", panel["cautions"]);
        let by_place =
            all["cautions"].to_string().contains("one step apart, as they are not numbers");
        assert_eq!(by_place, words[0] == "no", "{}", all["cautions"]);
        let two = [format!("{file}@Ann"), format!("{file}@Ben")];
        let pair = call("compare_raters", json!({ "files": two, "scales": scales }));
        close(&pair["axes"]["grade"]["mean_difference"]["estimate"], difference);
        let judged = json!({ "humans": [two[0]], "judges": [two[1]], "scales": scales });
        let judged = call("validate_judge", judged);
        close(&judged["judges"]["Ben"]["axes"]["grade"]["bias"]["estimate"], -difference);
    }
    let two = put(folder.path(), "two.csv", "a,b\n0,0\n1,1\n5,5\n0,1\n5,1\n1,0\n");
    let all =
        call("compute_coefficients", json!({ "file": two, "scales": of_words(&["0", "1", "5"]) }));
    close(&all["lin_concordance"]["estimate"], 5.0 / 8.0);
    assert_eq!(all["values"], json!([0.0, 1.0, 5.0]));
}

/// Kappa with linear weights is changed by a grade between others that nobody gave, and AC1 by any. The first of them is
/// 1 minus the mean distance over that of all pairs, by Python's fractions.
#[test]
fn grades_that_nobody_gave_count_alike_in_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "item,Ann,Ben\na,0,0\nb,0.5,0.5\nc,2,2\nd,0,0.5\ne,2,0.5\nf,0.5,0\n";
    let file = put(folder.path(), "halves.csv", rows);
    let inspected = call("inspect_file", json!({ "file": file }));
    let proposed = inspected["next"][0].as_str().unwrap();
    assert!(proposed.ends_with("--scale grade=0,0.5,1,1.5,2"), "{proposed}");
    let scales = of_words(&["0", "0.5", "1", "1.5", "2"]);
    let pair = call("compare_raters", json!({ "files": [file], "scales": scales }));
    let files = [format!("{file}@Ann"), format!("{file}@Ben")];
    let judged = json!({ "humans": [files[0]], "judges": [files[1]], "scales": scales });
    let judged = call("validate_judge", judged);
    let given = call("compute_coefficients", json!({ "file": file, "scales": scales }));
    let taken = call("compute_coefficients", json!({ "file": file }));
    let told = taken["cautions"].to_string();
    assert!(
        told.contains("taken from the data: 0, 0.5, 1, 1.5, 2, of which nobody gave 1 and 1.5"),
        "{told}"
    );
    let linear = &pair["axes"]["grade"]["kappa_linear"]["estimate"];
    close(linear, 14.0 / 29.0);
    for (ours, theirs, form) in [
        ("kappa_linear", "cohen_kappa", "linear"),
        ("kappa_quadratic", "cohen_kappa", "quadratic"),
        ("ac1", "gwet_ac", "unweighted"),
        ("pabak", "brennan_prediger", "unweighted"),
    ] {
        let expected = pair["axes"]["grade"][ours]["estimate"].as_f64().unwrap();
        close(&judged["judges"]["Ben"]["axes"]["grade"]["agreement"][ours]["estimate"], expected);
        close(&given[theirs][form]["estimate"], expected);
        close(&taken[theirs][form]["estimate"], expected);
    }
}

/// The scale of a harm axis is known by its name, also where items are counted.
#[test]
fn the_scale_of_a_harm_axis_counts_whole_where_items_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let file =
        put(folder.path(), "counts.csv", "Ann,Ben,count\n0,0,4\n1,1,3\n2,2,2\n1,2,1\n0,2,1\n");
    let map = json!(["axis=:omission"]);
    let pair = call("compare_raters", json!({ "files": [file], "map": map }));
    let all = call("compute_coefficients", json!({ "file": file, "map": map }));
    assert_eq!(all["categories"], json!(["0", "1", "2", "3", "4"]));
    let told = "The scale of omission was taken from its name: 0 to 4.";
    assert!(all["cautions"].to_string().contains(told), "{}", all["cautions"]);
    let ac1 = pair["axes"]["omission"]["ac1"]["estimate"].as_f64().unwrap();
    close(&all["gwet_ac"]["unweighted"]["estimate"], ac1);
}

/// Thirds have no end of digits: each is the category that it is.
#[test]
fn categories_taken_from_the_data_are_what_is_there_to_every_digit() {
    let folder = tempfile::tempdir().unwrap();
    let [third, two] = ["0.3333333333333333", "0.6666666666666666"];
    let rows = format!(
        "item,Ann,Ben\na,0,0\nb,{third},{third}\nc,{two},1\nd,1,1\ne,0,{third}\nf,{two},{two}\n"
    );
    let file = put(folder.path(), "thirds.csv", &rows);
    let found = call("compute_coefficients", json!({ "file": file }));
    assert_eq!(found["n"], 6, "{found}");
    let scales = of_words(&["0", third, two, "1"]);
    let declared = call("compute_coefficients", json!({ "file": file, "scales": scales }));
    for form in ["unweighted", "linear", "quadratic"] {
        let expected = declared["cohen_kappa"][form]["estimate"].as_f64().unwrap();
        assert!(expected < 1.0, "two items are disagreed on");
        close(&found["cohen_kappa"][form]["estimate"], expected);
    }
    assert!(!found["cautions"].to_string().contains("nobody gave"), "{}", found["cautions"]);
    let tiny = put(folder.path(), "tiny.csv", "a,b\n1e-8,2e-8\n2e-8,2e-8\n3e-8,1e-8\n");
    assert_eq!(
        call("compute_coefficients", json!({ "file": tiny }))["categories"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}

/// The name of a harm axis does not make others of the grades that are there.
#[test]
fn counted_grades_that_contradict_the_name_of_their_axis_are_on_their_own_scale() {
    let folder = tempfile::tempdir().unwrap();
    let map = ["axis=:commission", "value=Ann,Ben", "count=count"];
    let truths = "Ann,Ben,count\nTRUE,1,4\n0,FALSE,3\nTRUE,FALSE,1\n";
    let file = put(folder.path(), "truths.csv", truths);
    let found = call("compute_coefficients", json!({ "file": file, "map": map }));
    assert_eq!(found["categories"], json!(["0", "1"]), "{found}");
    let grades = put(folder.path(), "grades.csv", "Ann,Ben,count\n0,1,4\n3,3,3\n");
    let found = call("compute_coefficients", json!({ "file": grades, "map": map }));
    assert_eq!(found["categories"].as_array().unwrap().len(), 4, "the scale of commission harm");
}
