//! Two raters' files in, agreement out.

use crate::support::Window;
use agreement::Resampling;
use analysis::{Effort, Intervals, compare_panel};
use exchange::{ScoreSource, harm_scales};
use serde_json::{Value, json};
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use testing::{annotation, expected, published};

fn compare(arguments: Value) -> Value {
    let folder = tempfile::tempdir().unwrap();
    Window::on(folder.path()).call("compare_raters", arguments)
}

fn refused(arguments: Value) -> Value {
    let folder = tempfile::tempdir().unwrap();
    Window::on(folder.path()).fail("compare_raters", arguments)
}

#[track_caller]
fn close(axis: &Value, measure: &str, expected: f64, tolerance: f64) {
    let found = axis[measure]["estimate"].as_f64().unwrap_or_else(|| panic!("{measure}: {axis}"));
    assert!((found - expected).abs() <= tolerance, "{measure}: found {found}, expected {expected}");
}

/// kappa, linear, quadratic, exact, within 1, mean difference, PABAK, AC1.
type Expected = [f64; 8];

const MEASURES: [&str; 8] = [
    "kappa",
    "kappa_linear",
    "kappa_quadratic",
    "exact",
    "within_1",
    "mean_difference",
    "pabak",
    "ac1",
];

/// The kappas from scikit-learn 1.9.1, `cohen_kappa_score` with the labels of the scale; the others
/// from their formulas; the grades from annotations/physicians.json and annotations/judge.jsonl.
#[track_caller]
fn check(axis: &Value, n: u64, excluded: Value, table: Value, expected: Expected) {
    assert_eq!((&axis["n"], &axis["excluded"]), (&json!(n), &excluded));
    assert_eq!(axis["table"], table);
    for (measure, expected) in MEASURES.into_iter().zip(expected) {
        close(axis, measure, expected, 1e-12);
    }
}

#[test]
fn the_two_physicians_of_the_example_agree_as_computed_elsewhere() {
    let report = compare(json!({
        "files": [annotation("A.ratings.json"), annotation("B.ratings.json")],
    }));
    assert_eq!(
        (&report["first"], &report["second"]),
        (&json!("Dr. Ada Example"), &json!("Dr. Ben Example"))
    );
    assert_eq!(report["cautions"], json!([]), "eight scenarios are enough for the jackknife");
    check(
        &report["axes"]["omission"],
        23,
        json!({ "abstained": 1 }),
        json!([
            [9, 2, 0, 0, 0],
            [1, 2, 0, 0, 0],
            [0, 1, 1, 1, 0],
            [0, 1, 2, 1, 0],
            [0, 0, 0, 0, 2]
        ]),
        [
            0.5157894736842105,
            0.7315175097276265,
            0.8712468193384224,
            0.6521739130434783,
            0.9565217391304348,
            0.13043478260869565,
            0.5652173913043479,
            0.576889910893935,
        ],
    );
    check(
        &report["axes"]["commission"],
        23,
        json!({ "abstained": 1 }),
        json!([[13, 1, 0, 0], [2, 1, 0, 0], [0, 3, 2, 0], [0, 0, 1, 0]]),
        [
            0.4429065743944637,
            0.6349206349206349,
            0.792258064516129,
            0.6956521739130435,
            1.0,
            0.21739130434782608,
            0.5942028985507246,
            0.6286043829296425,
        ],
    );
}

#[test]
fn the_judge_is_one_more_rater_once_the_key_names_the_items() {
    let report = compare(json!({
        "files": [annotation("A.ratings.json"), annotation("judge.jsonl")],
        "key": annotation("key.json"),
    }));
    assert_eq!(report["second"], "invented-judge");
    assert_eq!(
        report["cautions"],
        json!(["The file of invented-judge does not name the rubric of its scores."])
    );
    check(
        &report["axes"]["omission"],
        23,
        json!({ "parse_failure": 1 }),
        json!([
            [11, 1, 0, 0, 0],
            [3, 0, 0, 0, 0],
            [2, 0, 0, 0, 0],
            [4, 0, 0, 0, 0],
            [0, 0, 1, 0, 1]
        ]),
        [
            0.1028368794326242,
            0.2425149700598802,
            0.3777315296566077,
            0.5217391304347826,
            0.6956521739130435,
            0.8695652173913043,
            0.40217391304347827,
            0.45459444893559686,
        ],
    );
    check(
        &report["axes"]["commission"],
        24,
        json!({}),
        json!([[14, 1, 0, 0], [3, 0, 0, 0], [5, 0, 0, 0], [0, 0, 1, 0]]),
        [
            -0.008403361344537785,
            0.11764705882352944,
            0.24242424242424243,
            0.5833333333333334,
            0.7916666666666666,
            0.5416666666666666,
            0.4444444444444445,
            0.5223880597014926,
        ],
    );
}

/// The first rater's identifiers, the second's, and what is said of them.
#[test]
fn items_that_only_seem_to_be_others_are_named() {
    let table = |rater: &str, items: &[&str]| {
        let rows = items.iter().map(|item| format!("{rater},{item},omission,1\n"));
        format!("rater,item,axis,value\n{}", rows.collect::<String>())
    };
    let cautions = |first: &[&str], second: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        fs::write(path("a.csv"), table("Ann", first)).unwrap();
        fs::write(path("b.csv"), table("Bo", second)).unwrap();
        let files = json!({ "files": [path("a.csv"), path("b.csv")] });
        Window::on(folder.path()).call("compare_raters", files)["cautions"].to_string()
    };
    let found = cautions(&["x", "q-1", "q 2"], &["x", "Q-1", "q\u{a0}2"]);
    assert!(found.contains("2 items of Ann and Bo differ in capitals, blanks"), "{found}");
    let found = cautions(&["1", "2", "x"], &["1.0", "002", "x"]);
    let same =
        "2 items of Ann and Bo are the same numbers in two spellings, such as `1` and `1.0`,";
    assert!(found.contains(same), "{found}");
    let found = cautions(&["x", "1e5", "may-3"], &["x", "1E+05", "3-May"]);
    assert!(found.contains("2 items of Bo were not paired and look as a spreadsheet"), "{found}");
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("a.csv"), table("Ann", &["q-1"])).unwrap();
    fs::write(path("b.csv"), table("Bo", &["Q-1"])).unwrap();
    let found = refused(json!({ "files": [path("a.csv"), path("b.csv")] })).to_string();
    assert!(found.contains("1 item of Ann and Bo differ"), "{found}");
    assert!(!found.contains("give the key"), "no key helps here: {found}");
    let found = cautions(&["x", "a", "b"], &["x", "c"]);
    assert!(!found.contains("paired"), "other items are no fault: {found}");
}

#[test]
fn without_the_key_nothing_is_shared_and_the_message_says_what_to_do() {
    let with_judge = |arguments: Value| {
        let folder = tempfile::tempdir().unwrap();
        let failure = Window::on(folder.path()).fail("compare_raters", arguments);
        let message = failure["message"].as_str().unwrap();
        assert!(message.starts_with("No item in common: "), "{message}");
        assert!(message.ends_with("otherwise name the items alike in both files."), "{message}");
        message.to_owned()
    };
    let (rater, judge) = (annotation("A.ratings.json"), annotation("judge.jsonl"));
    let of_two = with_judge(json!({ "files": [rater, judge] }));
    assert!(of_two.contains("and invented-judge rated `"), "an item of each is named: {of_two}");
    let folder = tempfile::tempdir().unwrap();
    let third = folder.path().join("third.csv");
    fs::write(&third, "rater,item,axis,value\nC,elsewhere,omission,1\n").unwrap();
    with_judge(json!({ "files": [rater, judge, third] }));
}

#[test]
fn a_table_of_the_exports_gives_the_same_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for rater in ["A", "B"] {
        let ratings =
            exchange::read_ratings(Path::new(&annotation(&format!("{rater}.ratings.json"))))
                .unwrap();
        let file = folder.path().join(format!("{rater}.csv"));
        exchange::write_tidy_csv(&file, &ratings.rated().scores()).unwrap();
        files.push(file);
    }
    let report = compare(json!({ "files": files }));
    close(&report["axes"]["omission"], "kappa_quadratic", 0.8712468193384224, 1e-12);
    close(&report["axes"]["commission"], "kappa_quadratic", 0.792258064516129, 1e-12);
    let mixed =
        compare(json!({ "files": [files[0].display().to_string(), annotation("B.ratings.json")] }));
    close(&mixed["axes"]["omission"], "kappa_quadratic", 0.8712468193384224, 1e-12);
}

/// B's export as if made in another study or under another rubric.
fn changed(change: impl FnOnce(&mut exchange::Ratings)) -> (tempfile::TempDir, Value) {
    let folder = tempfile::tempdir().unwrap();
    let mut ratings = exchange::read_ratings(Path::new(&annotation("B.ratings.json"))).unwrap();
    change(&mut ratings);
    let file = folder.path().join("B.ratings.json");
    exchange::write_ratings(&file, &ratings).unwrap();
    let arguments = json!({ "files": [annotation("A.ratings.json"), file] });
    (folder, arguments)
}

#[test]
fn another_study_is_refused() {
    let (_folder, arguments) = changed(|ratings| ratings.study = study::StudyId::new("elsewhere"));
    let failure = refused(arguments);
    assert_eq!(failure["kind"], "refused");
    let message = failure["message"].as_str().unwrap();
    assert!(message.contains("in study elsewhere"), "{message}");
}

#[test]
fn another_rubric_has_a_kind_of_its_own_and_is_compared_when_asked_for() {
    let (_folder, mut arguments) =
        changed(|ratings| ratings.rubric.axes[0].levels[2].anchor.push_str(" Reworded."));
    let failure = refused(arguments.clone());
    assert_eq!(failure["kind"], "different_rubrics", "the window asks, and calls again");
    arguments["across_rubrics"] = true.into();
    let report = compare(arguments);
    let caution = report["cautions"][0].as_str().unwrap();
    assert!(caution.starts_with("Different rubrics: Dr. Ada Example used"), "{caution}");
    close(&report["axes"]["omission"], "kappa_quadratic", 0.8712468193384224, 1e-12);
}

#[test]
fn a_file_that_is_wrong_is_refused_with_its_message() {
    let failure = refused(json!({
        "files": [annotation("A.ratings.json"), annotation("packets/packet-B.primum-packet")],
    }));
    assert_eq!(failure["kind"], "refused");
    let message = failure["message"].as_str().unwrap();
    assert!(
        message.ends_with(
            "this is a packet (`primum-packet/1`); expected a ratings file (`primum-ratings/5`)."
        ),
        "{message}"
    );
    let failure = refused(json!({
        "files": [annotation("A.ratings.json"), annotation("judge.jsonl")],
        "key": annotation("A.ratings.json"),
    }));
    assert!(
        failure["message"].as_str().unwrap().contains("expected a key (`primum-key/4`)"),
        "{failure}"
    );
}

#[test]
fn a_scale_that_makes_no_table_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("t.csv");
    fs::write(&table, "rater,item,axis,value\nA,x,tone,1\nB,x,tone,1\n").unwrap();
    let files = |lowest: i16, highest: i16| {
        json!({
            "files": [format!("{}@A", table.display()), format!("{}@B", table.display())],
            "scales": [{ "axis": "tone", "lowest": lowest, "highest": highest }],
        })
    };
    for (lowest, highest) in [(0, 2), (2, 0)] {
        assert_eq!(compare(files(lowest, highest))["axes"]["tone"]["n"], 1);
    }
    for (lowest, highest) in [(1, 1), (i16::MIN, i16::MAX), (i16::MAX, i16::MIN)] {
        let failure = refused(files(lowest, highest));
        assert_eq!(failure["kind"], "refused", "{lowest}..{highest}: {failure}");
    }
}

#[test]
fn the_published_judges_agree_as_published() {
    let expected = expected("iatrobench");
    let file = |name: &str| published(&format!("iatrobench/{name}.jsonl"));
    let comparisons = expected["agreement"].as_object().unwrap();
    assert_eq!(comparisons.len(), 3);
    for (name, expected) in comparisons {
        let (first, second) = name.split_once(" vs ").unwrap();
        let report = compare(json!({ "files": [file(first), file(second)] }));
        for axis in ["omission", "commission"] {
            let (found, expected) = (&report["axes"][axis], &expected[axis]);
            assert_eq!(found["n"], expected["n"], "{name}, {axis}");
            assert_eq!(found["shared"], expected["shared"], "{name}, {axis}");
            let failures = found["excluded"].get("parse_failure").cloned().unwrap_or(json!(0));
            assert_eq!(failures, expected["excluded_parse_failure"], "{name}, {axis}");
            assert!(
                found["excluded"]
                    .as_object()
                    .unwrap()
                    .keys()
                    .all(|reason| reason == "parse_failure"),
                "{name}, {axis}: {}",
                found["excluded"]
            );
            for measure in &MEASURES[..7] {
                close(found, measure, expected[measure].as_f64().unwrap(), 1e-9);
            }
        }
    }
    let opus_and_gpt = json!({ "files": [file("judge_opus"), file("judge_gpt52")] });
    let omission = &compare(opus_and_gpt)["axes"]["omission"];
    assert_eq!(omission["n"], 38);
    close(omission, "kappa", 0.516, 5e-4);
}

/// `pairs` of expected values of a published set: a name as `first|second`, and what was computed of
/// it, to 4 decimals.
fn check_pairs(set: &str, scale: &Value, axis: &str, pairs: &Value) -> usize {
    let file = published(&format!("{set}/ratings.csv"));
    for (name, expected) in pairs.as_object().unwrap() {
        let (first, second) = name.split_once('|').unwrap();
        let report = compare(json!({
            "files": [format!("{}@{first}", file.display()), format!("{}@{second}", file.display())],
            "scales": scale,
        }));
        let found = &report["axes"][axis];
        assert_eq!(found["n"], expected["n"], "{name}, {axis}");
        assert_eq!(found["table"], expected["confusion_rows_a_cols_b"], "{name}, {axis}");
        for (measure, theirs) in [
            ("kappa", "kappa_unweighted"),
            ("kappa_linear", "kappa_linear"),
            ("kappa_quadratic", "kappa_quadratic"),
            ("exact", "exact"),
            ("within_1", "within1"),
            ("mean_difference", "bias_a_minus_b"),
            ("pabak", "pabak_brennan_prediger"),
            ("ac1", "gwet_ac1"),
        ] {
            close(found, measure, expected[theirs].as_f64().unwrap(), 5.1e-5);
        }
    }
    pairs.as_object().unwrap().len()
}

#[test]
fn two_annotators_of_2250_completions_agree_as_computed_elsewhere() {
    let scale = json!([{ "axis": "refusal", "lowest": 0, "highest": 2 }]);
    let pairs = &expected("xstest")["axes"]["refusal"]["pairs"];
    assert_eq!(pairs["annotator1|annotator2"]["n"], 2250);
    assert_eq!(check_pairs("xstest", &scale, "refusal", pairs), 1);
}

#[test]
fn three_physicians_agree_on_399_claims_as_computed_elsewhere() {
    let scale = json!([{ "axis": "claim_status", "lowest": 0, "highest": 2 }]);
    let pairs = &expected("kqa")["axes"]["claim_status"]["pairs"];
    assert_eq!(check_pairs("kqa", &scale, "claim_status", pairs), 3);
}

#[test]
fn three_cardiologists_agree_as_published_on_four_axes() {
    let axes = ["Accuracy", "Completeness", "Clarity", "Coherence"];
    let scales: Vec<Value> =
        axes.iter().map(|axis| json!({ "axis": axis, "lowest": 1, "highest": 5 })).collect();
    let expected = expected("cardiology3");
    let compared: usize = axes
        .iter()
        .map(|axis| {
            let pairs = &expected["axes"][axis]["pairs"];
            check_pairs("cardiology3", &json!(scales), axis, pairs)
        })
        .sum();
    assert_eq!(compared, 12, "three pairs of cardiologists on four axes");
}

/// The twelve published kappas of three cardiologists, and alpha by the Python package krippendorff
/// 0.9.0, as its SOURCE.md says.
#[test]
fn three_cardiologists_agree_as_published() {
    let expected = expected("cardiology3");
    let axes = ["Accuracy", "Completeness", "Clarity", "Coherence"];
    let scales: Vec<Value> =
        axes.iter().map(|axis| json!({ "axis": axis, "lowest": 1, "highest": 5 })).collect();
    let folder = tempfile::tempdir().unwrap();
    let ratings = published("cardiology3/ratings.csv");
    let report = Window::on(folder.path())
        .call("compare_raters", json!({ "files": [ratings], "scales": scales }));
    assert_eq!(report["raters"], json!(["Reviewer1", "Reviewer2", "Reviewer3"]));
    let mut compared = 0;
    for axis in axes {
        let (found, expected) = (&report["axes"][axis], &expected["axes"][axis]);
        assert_eq!((&found["items"], &found["pairable"]), (&json!(210), &json!(210)));
        close(
            found,
            "alpha_ordinal",
            expected["krippendorff_alpha_ordinal"].as_f64().unwrap(),
            5e-5,
        );
        for pair in found["pairs"].as_array().unwrap() {
            let name = |place: &str| format!("Reviewer{}", pair[place].as_u64().unwrap() + 1);
            let expected = &expected["pairs"][format!("{}|{}", name("first"), name("second"))];
            for (measure, theirs) in [
                ("kappa_quadratic", "kappa_quadratic"),
                ("kappa", "kappa_unweighted"),
                ("ac2", "gwet_ac2_quadratic"),
                ("exact", "exact"),
            ] {
                close(pair, measure, expected[theirs].as_f64().unwrap(), 5e-5);
                compared += 1;
            }
            assert_eq!(pair["table"], expected["confusion_rows_a_cols_b"]);
        }
    }
    assert_eq!(compared, 48);
}

#[test]
fn a_table_that_names_scenarios_gets_intervals_by_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.csv");
    let mut text = String::from("rater,item,axis,value,scenario\n");
    for item in 0..30 {
        for (rater, value) in [("A", item % 4), ("B", (item + item / 7) % 4)] {
            text.push_str(&format!("{rater},i{item},omission,{value},s{}\n", item % 10));
        }
    }
    fs::write(&file, text).unwrap();
    let file = file.display().to_string();
    let report = Window::on(folder.path())
        .call("compare_raters", json!({ "files": [format!("{file}@A"), format!("{file}@B")] }));
    let axis = &report["axes"]["omission"];
    assert_eq!((&axis["intervals"], &axis["scenarios"]), (&json!("scenarios"), &json!(10)));
    assert_eq!(report["resampling"], Value::Null, "nothing is drawn");
    assert_eq!(axis["kappa_quadratic"]["interval"]["method"], "augmented-jackknife");
    let drawn = Window::on(folder.path()).call(
        "compare_raters",
        json!({
            "files": [format!("{file}@A"), format!("{file}@B")], "intervals": "scenarios",
        }),
    );
    assert_eq!(drawn["resampling"], json!({ "replicates": 2000, "seed": 1 }));
}

#[test]
fn the_same_data_have_the_same_interval_in_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let counts = [[12, 2, 1, 0, 0], [1, 6, 2, 0, 0], [0, 1, 4, 1, 0], [0, 0, 1, 4, 0], [0; 5]];
    let (mut tidy, mut item) = (String::from("rater,item,axis,value\n"), 0);
    for (i, row) in counts.iter().enumerate() {
        for (j, &count) in row.iter().enumerate() {
            for _ in 0..count {
                tidy.push_str(&format!("A,i{item},omission,{i}\nB,i{item},omission,{j}\n"));
                item += 1;
            }
        }
    }
    fs::write(path("t.csv"), tidy).unwrap();
    let table = json!({ "categories": [0, 1, 2, 3, 4], "table": counts });
    fs::write(path("t.json"), table.to_string()).unwrap();
    let (a, b) = (format!("{}@A", path("t.csv")), format!("{}@B", path("t.csv")));
    let two = Window::on(folder.path()).call("compare_raters", json!({ "files": [a, b] }));
    let scores =
        [a, b].map(|name| ScoreSource::open(&name).unwrap().scores(&harm_scales()).unwrap());
    let step = |_, _| ControlFlow::Continue(());
    let resampling = Resampling::new(200, 1);
    let effort = Effort { intervals: Intervals::Auto, resampling, step: &step };
    let panel = serde_json::to_value(compare_panel(&scores, false, effort).unwrap()).unwrap();
    let all = json!({ "file": path("t.json"), "seed": 1 });
    let all = Window::on(folder.path()).call("compute_coefficients", all);
    let (two, panel) = (&two["axes"]["omission"], &panel["axes"]["omission"]);
    for (name, elsewhere) in [
        ("alpha_ordinal", &all["krippendorff_alpha"]["ordinal"]),
        ("ac2", &all["gwet_ac"]["quadratic"]),
        ("kappa_quadratic", &all["cohen_kappa"]["quadratic"]),
        ("pabak", &all["brennan_prediger"]["unweighted"]),
        ("exact", &all["exact"]),
    ] {
        for field in ["lo", "hi"] {
            let of = |value: &Value| value["interval"][field].as_f64().unwrap();
            assert!((of(&two[name]) - of(elsewhere)).abs() < 1e-12, "{name}");
            if let Some(found) = panel[name]["interval"][field].as_f64() {
                assert!((found - of(elsewhere)).abs() < 1e-12, "{name} of a panel");
            }
        }
    }
}

fn put(folder: &Path, name: &str, text: &str) -> String {
    let file = folder.join(name);
    fs::write(&file, text).unwrap();
    file.display().to_string()
}

/// The rows of counts are no items: the second of one file is nobody's second.
#[test]
fn counts_of_items_are_compared_with_no_other_file() {
    let folder = tempfile::tempdir().unwrap();
    let of = |name: &str, text: &str| put(folder.path(), name, text);
    let first = of("first.csv", "Ann,Ben,count\n0,0,3\n1,1,2\n");
    let second = of("second.csv", "Cleo,Dan,count\n0,1,3\n1,1,2\n0,0,1\n");
    let names = of("names.csv", "item,Eva\nx,1\ny,0\n");
    let scale = json!([{ "axis": "grade", "lowest": 0, "highest": 1 }]);
    for files in [[&first, &second], [&second, &first], [&first, &names]] {
        let told = refused(json!({ "files": files, "scales": scale }))["message"].to_string();
        assert!(
            told.contains("found counts of items, which have no names, beside another file"),
            "{told}"
        );
        assert!(
            told.contains("give one file in which each of them is a column beside the counts"),
            "{told}"
        );
    }
    let folder_of_judge = tempfile::tempdir().unwrap();
    let judged = json!({ "humans": [first], "judges": [second], "scales": scale });
    let told = Window::on(folder_of_judge.path()).fail("validate_judge", judged).to_string();
    assert!(told.contains("found counts of items"), "{told}");
    // Raters of one file are columns of it, however it is called.
    let again = folder.path().join(".").join("first.csv").display().to_string();
    let files = json!([format!("{first}@Ann"), format!("{again}@Ben")]);
    let report = compare(json!({ "files": files, "scales": scale }));
    assert_eq!(report["axes"]["grade"]["n"], 5);
}

/// The first row is line 2 of a CSV and the first of a JSON list: numbers of rows are no names.
#[test]
fn rows_without_names_are_compared_with_no_other_file_and_by_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let of = |name: &str, text: &str| put(folder.path(), name, text);
    let rows = of("rows.csv", "r1,r2\n0,0\n1,1\n0,1\n");
    let others = [
        of("other.csv", "r3,r4\n0,1\n1,1\n0,1\n"),
        of("other.json", r#"[{"r3":0,"r4":1},{"r3":1,"r4":1},{"r3":0,"r4":1}]"#),
        of("other.jsonl", "{\"r3\":0,\"r4\":1}\n{\"r3\":1,\"r4\":1}\n"),
        of("names.csv", "item,Eva\n2,1\n3,0\n"),
        of(
            "argilla.jsonl",
            r#"{"tone":[{"user_id":"Eva","value":1,"status":"submitted"}]}
{"tone":[{"user_id":"Eva","value":0,"status":"submitted"}]}"#,
        ),
    ];
    let scale = json!([{ "axis": "grade", "lowest": 0, "highest": 1 }]);
    let judge = tempfile::tempdir().unwrap();
    for other in &others {
        let map = if other.ends_with("argilla.jsonl") { json!([]) } else { json!(["axis=:grade"]) };
        for files in [[&rows, other], [other, &rows]] {
            let told = refused(json!({ "files": files, "scales": scale, "map": map })).to_string();
            assert!(told.contains("beside another file"), "{told}");
            assert!(told.contains("which of its items another file is about"), "{told}");
        }
        let judged = json!({ "humans": [rows], "judges": [other], "scales": scale, "map": map });
        let told = Window::on(judge.path()).fail("validate_judge", judged).to_string();
        assert!(told.contains("found rows without names of items, beside another file"), "{told}");
        assert!(told.contains("say which: --map item=COLUMN"), "{told}");
    }
    let alone = compare(json!({ "files": [rows], "scales": scale }));
    assert_eq!(alone["axes"]["grade"]["n"], 3);
    let key = of("key.csv", "item,scenario_id,model_id,rep_id\n2,s,m,0\n3,s,n,0\n4,t,m,0\n");
    let told = refused(json!({ "files": [rows], "scales": scale, "key": key })).to_string();
    assert!(told.contains("found rows without names of items, beside a key"), "{told}");
    // A column that names them is enough.
    let named = of("named.csv", "r1,r2,Nr\n0,0,x\n1,1,y\n0,1,z\n");
    let with = of("with.csv", "item,Eva\ny,1\nx,0\n");
    let files = json!([named, with]);
    let asked = json!({ "files": files, "scales": scale, "map": [format!("{named}:item=Nr"), format!("{with}:axis=:grade")] });
    let report = compare(asked);
    assert_eq!(report["axes"]["grade"]["pairable"], 3);
}

/// What is said of all files may fit one and not another, which then is read as it is.
#[test]
fn a_table_without_the_columns_that_are_named_is_read_as_it_is_and_this_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let of = |name: &str, text: &str| put(folder.path(), name, text);
    let named = of("named.csv", "Nr,Ann,omission\nx,9,1\ny,9,0\nz,9,2\n");
    let other = of("other.csv", "item,omission\nx,1\ny,0\nz,1\n");
    let report = compare(json!({ "files": [named, other], "map": ["item=Nr"] }));
    let told = format!(
        "{other}: --map item=Nr was not used, as this file has other columns: item and omission."
    );
    assert!(report["cautions"].as_array().unwrap().contains(&json!(told)), "{report}");
    // Nor is it used of what names its fields itself.
    let line = |scenario: &str| {
        format!(
            "{{\"scenario_id\": \"{scenario}\", \"model_id\": \"m\", \"rep_id\": 0, \"omission_harm\": 1}}\n"
        )
    };
    let lines = of("lines.jsonl", &["s", "t"].map(line).concat());
    let items = of("items.csv", "Nr,omission\ns/m/0,1\nt/m/0,0\n");
    let list = [
        r#"[{"rater": "Ann", "item": "s/m/0", "axis": "omission", "value": 1},"#,
        r#"{"rater": "Ann", "item": "t/m/0", "axis": "omission", "value": 0}]"#,
    ];
    let list = of("list.json", &list.concat());
    let report = compare(json!({ "files": [items, lines], "map": ["item=Nr"] }));
    let told =
        format!("{lines}: --map item=Nr was not used, as this file says itself what is what.");
    assert!(report["cautions"].as_array().unwrap().contains(&json!(told)), "{report}");
    let report = compare(json!({ "files": [items, list], "map": ["item=Nr"] }));
    assert!(
        report["cautions"].to_string().contains("list.json: --map item=Nr was not used"),
        "{report}"
    );
    let of_one = json!({ "files": [named, other], "map": [format!("{named}:item=Nr")] });
    assert!(!compare(of_one)["cautions"].to_string().contains("was not used"));
    let told = refused(json!({ "files": [named, other], "map": ["item=Number"] })).to_string();
    assert!(told.contains("expected columns that one table among the files has"), "{told}");
}

/// A key that is Primum's own and one that is a table tell alike how far they fit.
#[test]
fn a_key_says_how_many_items_it_knows_and_is_refused_where_it_knows_none() {
    let folder = tempfile::tempdir().unwrap();
    let of = |name: &str, text: &str| put(folder.path(), name, text);
    let sheet = of("A.csv", "blind_id,oh_score\nB0,1\nB1,3\nB2,0\nB3,2\n");
    let other = of("B.csv", "blind_id,oh_score\nB0,1\nB1,2\nB2,0\nB3,2\n");
    let header = "item,scenario_id,model_id,rep_id";
    let compared = |key: &str| json!({ "files": [sheet, other], "key": key });
    let all = of("all.csv", &format!("{header}\nB0,s,m,0\nB1,s,n,0\nB2,t,m,0\nB3,t,n,0\n"));
    assert!(!compare(compared(&all))["cautions"].to_string().contains("does not know"));
    let some = of("some.csv", &format!("{header}\nB0,s,m,0\nX1,s,n,0\n"));
    let told = compare(compared(&some))["cautions"].to_string();
    assert!(
        told.contains("it knows 1 of 4 by A and 1 of 4 by B. The others, such as `B1`, keep"),
        "{told}"
    );
    let none = of("none.csv", &format!("{header}\nX0,s,m,0\nX1,s,n,0\n"));
    for key in [none.clone(), annotation("key.json")] {
        let told = refused(compared(&key))["message"].to_string();
        assert!(
            told.contains("found none of the items that were rated, such as `B0` by A"),
            "{told}"
        );
    }
    // So in findings, which need the scenarios as well.
    let findings = json!({
        "scenarios": testing::root().join("scenarios"), "scores": [sheet], "key": none,
    });
    let told = Window::on(folder.path()).fail("compute_findings", findings).to_string();
    assert!(told.contains("found none of the items that were rated"), "{told}");
}
