//! Every coefficient of a file: against adjudicated reference values, from counts and from rows,
//! with clusters and without.

use crate::support::desk;
use commands::{
    Command, CompareRaters, ComputeCoefficients, Failure, FailureKind, HowToCompare, Intervals,
};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use testing::root;

/// A table attributed to J. Cohen (1960), *Educational and Psychological Measurement* 20:37–46.
const COHEN: &str =
    r#"{"categories": [0, 1, 2], "table": [[88, 14, 18], [10, 40, 10], [2, 6, 12]]}"#;

fn ask(folder: &Path, name: &str, text: &str) -> ComputeCoefficients {
    let file = folder.join(name);
    fs::write(&file, text).unwrap();
    let file = file.display().to_string();
    ComputeCoefficients {
        file,
        axis: None,
        read: Default::default(),
        categories: None,
        cluster: None,
        intervals: Default::default(),
        bootstrap: None,
        seed: 1,
    }
}

fn compute(ask: ComputeCoefficients) -> Result<Value, String> {
    let folder = tempfile::tempdir().unwrap();
    match ask.run(&mut desk(folder.path())) {
        Ok(report) => Ok(serde_json::to_value(report).unwrap()),
        Err(Failure { kind: FailureKind::Refused { .. }, message }) => Err(message),
        Err(other) => panic!("{other}"),
    }
}

fn of(text: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    compute(ask(folder.path(), "input.json", text)).unwrap()
}

#[track_caller]
fn close(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found} is no number"));
    assert!((found - expected).abs() < 1e-9, "found {found}, expected {expected}");
}

/// Three hundred are computed; the next is refused at once, and so are as many in `primum agree`.
#[test]
fn more_raters_than_can_be_compared_in_pairs_are_refused_with_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let table = |raters: usize| {
        let row =
            |cell: &dyn Fn(usize) -> String| (1..=raters).map(cell).collect::<Vec<_>>().join(",");
        let grades = |item: usize| row(&|rater| (rater * item % 3).to_string());
        format!("{}\n{}\n{}\n", row(&|rater| format!("r{rater}")), grades(1), grades(2))
    };
    let told = compute(ask(folder.path(), "many.csv", &table(10_000))).unwrap_err();
    let expected = "many.csv: found 10000 raters; expected at most 300, as each is compared with each other. Give fewer. \
                    Where each item has few ratings, write these side by side, in as many columns as one item has ratings \
                    at most: alpha, Fleiss's kappa and Gwet's coefficients do not ask who gave which.";
    assert!(told.ends_with(expected), "{told}");
    // A cell for each rater and item of this one would take a hundred gigabytes.
    let rows: String =
        (0..90_000).map(|at| format!("rater {at},item {at},tone,{}\n", at % 5)).collect();
    let crowd = format!("rater,item,axis,value\n{rows}");
    let told = compute(ask(folder.path(), "crowd.csv", &crowd)).unwrap_err();
    assert!(told.contains("crowd.csv: found 90000 raters; expected at most 300"), "{told}");
    let file = ask(folder.path(), "more.csv", &table(301)).file;
    let compare = CompareRaters { files: vec![file], how: HowToCompare::default() };
    let told = compare.run(&mut desk(folder.path())).unwrap_err().message;
    assert!(told.contains("found 301 raters; expected at most 300"), "{told}");
}

#[test]
fn a_published_table_gives_its_published_values() {
    let report = of(COHEN);
    // Exact fractions: 29/59, 9/19, 5/11, 163/283, 11/20, 127/260.
    close(&report["cohen_kappa"]["unweighted"]["estimate"], 29.0 / 59.0);
    close(&report["cohen_kappa"]["linear"]["estimate"], 9.0 / 19.0);
    close(&report["cohen_kappa"]["quadratic"]["estimate"], 5.0 / 11.0);
    close(&report["gwet_ac"]["unweighted"]["estimate"], 163.0 / 283.0);
    close(&report["brennan_prediger"]["linear"]["estimate"], 11.0 / 20.0);
    close(&report["krippendorff_alpha"]["nominal"]["estimate"], 127.0 / 260.0);
    close(&report["exact"]["estimate"], 0.7);
    close(&report["bowker"]["statistic"], 14.466_666_666_666_667);
    close(&report["bowker"]["df"], 3.0);
    let why = report["mcnemar"]["undefined"].as_str().unwrap();
    assert!(why.contains("two categories"), "{why}");
}

/// By the formulas of their sources over the margins 120, 60, 20 and 100, 60, 40, worked out in Python
/// 3.11 without a statistics package.
#[test]
fn what_explains_a_kappa_stands_beside_it() {
    let report = of(COHEN);
    close(&report["maximum_kappa"]["unweighted"]["estimate"], 49.0 / 59.0);
    close(&report["lin_concordance"]["estimate"], 5.0 / 11.0);
    for (level, specific) in [("0", 0.8), ("1", 2.0 / 3.0), ("2", 0.4)] {
        close(&report["specific_agreement"][level]["estimate"], specific);
    }
    close(&report["prevalence_index"]["0"]["estimate"], (88.0 - 68.0) / 200.0);
    close(&report["bias_index"]["2"]["estimate"], (20.0 - 40.0) / 200.0);
    close(&report["kappa_zero"]["unweighted"]["statistic"], 9.456_242_435_527_354);
}

/// The keys of cases.json beside those of the report.
fn same(table: bool) -> Vec<(String, Vec<&'static str>)> {
    let weights = [
        ("unw", "unweighted"),
        ("lin", "linear"),
        ("quad", "quadratic"),
        ("gwetord", "gwet_ordinal"),
    ];
    let mut keys = Vec::new();
    for (short, long) in weights {
        let ac = if short == "unw" { "ac1".to_owned() } else { format!("ac2.{short}") };
        if table {
            keys.push((format!("kappa.{short}@table"), vec!["cohen_kappa", long]));
            keys.push((format!("pi.{short}@table"), vec!["scott_pi", long]));
            keys.push((format!("bp.{short}@table"), vec!["brennan_prediger", long]));
            keys.push((format!("{ac}@table"), vec!["gwet_ac", long]));
        } else {
            keys.push((format!("bp.{short}"), vec!["brennan_prediger", long]));
            keys.push((ac, vec!["gwet_ac", long]));
        }
        keys.push((format!("fleiss.{short}"), vec!["fleiss_kappa", long]));
        keys.push((format!("conger.{short}"), vec!["conger_kappa", long]));
        if short != "gwetord" {
            keys.push((format!("light.{short}"), vec!["light_kappa", long]));
        }
    }
    for distance in ["nominal", "ordinal", "interval", "ratio"] {
        keys.push((format!("alpha.{distance}"), vec!["krippendorff_alpha", distance]));
    }
    for (short, long) in [("1", "1_1"), ("2", "2_1"), ("3", "3_1"), ("1k", "1_k"), ("3k", "3_k")] {
        keys.push((format!("icc.{short}"), vec!["icc", long]));
    }
    keys.push(("kendall.w".into(), vec!["kendall_w"]));
    keys.push(("agree.exact".into(), vec!["exact"]));
    keys.push(("agree.within1".into(), vec!["within_1"]));
    keys
}

#[test]
fn reference_values_come_out_of_the_file_to_nine_digits() {
    let cases = root().join("crates/agreement/tests/reference/cases.json");
    let text = fs::read_to_string(cases).unwrap();
    let cases: Value = serde_json::from_str(&text).unwrap();
    let mut compared = 0;
    for case in cases["cases"].as_array().unwrap() {
        for (field, table) in [("table", true), ("ratings", false)] {
            // Where there are both, the reference's forms for many raters are of the ratings.
            if !case[field].is_array() || (table && case["ratings"].is_array()) {
                continue;
            }
            let report =
                of(&json!({ "categories": case["categories"], field: case[field] }).to_string());
            for (name, path) in same(table) {
                let expected = case["expected"][&name]["value"].as_f64();
                let found = path.iter().fold(&report, |value, key| &value[*key]);
                if let (Some(expected), Some(found)) = (expected, found["estimate"].as_f64()) {
                    assert!(
                        (found - expected).abs() < 1e-9,
                        "{} {name}: {found}, expected {expected}",
                        case["id"]
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 1_000, "only {compared} values were compared");
}

/// Alike but for the order in which sums were taken.
fn assert_alike(a: &Value, b: &Value, at: &str) {
    match (a, b) {
        (Value::Object(fields), Value::Object(others)) => {
            assert!(fields.keys().eq(others.keys()), "{at}: the same names");
            fields.iter().for_each(|(name, value)| {
                assert_alike(value, &others[name], &format!("{at}/{name}"))
            });
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            assert!(
                (a - b).abs() <= 1e-12 * a.abs().max(1.0),
                "{at}: {a} from rows, {b} from counts"
            );
        }
        _ => assert_eq!(a, b, "{at}"),
    }
}

#[test]
fn counts_and_rows_give_the_same_answer() {
    let mut rows = Vec::new();
    for (a, row) in [[88, 14, 18], [10, 40, 10], [2, 6, 12]].iter().enumerate() {
        for (b, count) in row.iter().enumerate() {
            rows.extend(std::iter::repeat_n(json!([a, b]), *count));
        }
    }
    let report = of(&json!({ "categories": [0, 1, 2], "ratings": rows }).to_string());
    let mut counted = of(COHEN);
    for name in ["brennan_prediger", "gwet_ac"] {
        // For rows the standard error has the divisor n - 1.
        for (weights, value) in report[name].as_object().unwrap() {
            close(&value["estimate"], counted[name][weights]["estimate"].as_f64().unwrap());
        }
        counted[name] = report[name].clone();
    }
    assert_alike(&report, &counted, "");
}

#[test]
fn numbers_are_as_far_apart_whichever_way_the_scale_runs() {
    let folder = tempfile::tempdir().unwrap();
    let csv = "a,b\n1,1\n10,5\n5,5\n10,10\n1,5\n5,1\n";
    let by = |categories: [&str; 3]| {
        let categories = Some(categories.map(String::from).to_vec());
        compute(ComputeCoefficients { categories, ..ask(folder.path(), "n.csv", csv) }).unwrap()
    };
    let (up, down) = (by(["1", "5", "10"]), by(["10", "5", "1"]));
    for (name, form) in
        [("krippendorff_alpha", "interval"), ("krippendorff_alpha", "ratio"), ("icc", "2_1")]
    {
        close(&down[name][form]["estimate"], up[name][form]["estimate"].as_f64().unwrap());
    }
    close(
        &down["lin_concordance"]["estimate"],
        up["lin_concordance"]["estimate"].as_f64().unwrap(),
    );
}

#[test]
fn words_have_no_order_until_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let csv =
        "a,b\nmild,mild\nslight,slight\nsevere,severe\nmild,slight\nsevere,mild\nslight,slight\n";
    let report = compute(ask(folder.path(), "words.csv", csv)).unwrap();
    let why = "the categories are words whose order is not known; give it with --categories";
    for (name, nominal) in [
        ("cohen_kappa", "unweighted"),
        ("gwet_ac", "unweighted"),
        ("fleiss_kappa", "unweighted"),
        ("maximum_kappa", "unweighted"),
        ("kappa_zero", "unweighted"),
        ("krippendorff_alpha", "nominal"),
    ] {
        for (form, value) in report[name].as_object().unwrap() {
            assert_eq!(value["undefined"] == why, form != nominal, "{name}, {form}: {value}");
        }
    }
    for name in ["within_1", "icc", "kendall_w", "lin_concordance"] {
        assert_eq!(report[name]["undefined"], why, "{name}");
    }
    assert!(report["exact"]["estimate"].is_number() && report["bowker"]["p"].is_number());
    let categories = Some(["slight", "mild", "severe"].map(String::from).to_vec());
    let ordered = ComputeCoefficients { categories, ..ask(folder.path(), "words.csv", csv) };
    let report = compute(ordered).unwrap();
    assert!(report["cohen_kappa"]["quadratic"]["estimate"].is_number(), "{report}");
    assert!(report["icc"]["2_1"]["estimate"].is_number(), "{report}");
}

#[test]
fn a_csv_is_read_with_declared_categories_and_clusters() {
    let folder = tempfile::tempdir().unwrap();
    let mut csv = String::from("a,b,count,ward\n");
    for ward in 0..12 {
        csv.push_str(&format!(
            "none,none,{},w{ward}\nmild,none,2,w{ward}\nmild,mild,{},w{ward}\n",
            5 + ward,
            3 + ward % 4
        ));
    }
    let ask = ask(folder.path(), "counts.csv", &csv);
    let categories = Some(["none", "mild", "severe"].map(String::from).to_vec());
    let cluster = Some("ward".to_owned());
    let clustered = ComputeCoefficients {
        categories: categories.clone(),
        cluster,
        bootstrap: Some(500),
        seed: 7,
        ..ask
    };
    let file = clustered.file.clone();
    let report = compute(clustered).unwrap();
    let kappa = &report["cohen_kappa"]["quadratic"];
    assert_eq!(kappa["bootstrap"]["units"], 12, "whole wards are drawn");
    assert_eq!(kappa["bootstrap"]["seed"], 7, "the seed is recorded");
    assert_eq!(
        report["categories"],
        json!(["none", "mild", "severe"]),
        "declared, though one is unused"
    );
    let plain = ComputeCoefficients {
        read: Default::default(),
        axis: None,
        file,
        categories,
        cluster: None,
        intervals: Default::default(),
        bootstrap: None,
        seed: 1,
    };
    let plain = compute(plain).unwrap();
    close(&kappa["estimate"], plain["cohen_kappa"]["quadratic"]["estimate"].as_f64().unwrap());
}

#[test]
fn categories_taken_from_a_csv_are_named_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let report =
        compute(ask(folder.path(), "counts.csv", "a,b,count\n0,0,5\n0,3,2\n3,3,4\n")).unwrap();
    assert_eq!(
        report["categories"],
        json!(["0", "1", "2", "3"]),
        "whole numbers with those between"
    );
    let caution = report["cautions"][0].as_str().unwrap();
    assert!(
        caution.contains("taken from the data") && caution.contains("--categories"),
        "{caution}"
    );
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let told = |name: &str, text: &str| {
        let message = compute(ask(folder.path(), name, text)).unwrap_err();
        message.replace(&format!("{}/", folder.path().display()), "")
    };
    let expectations = [
        ("x.json", r#"{"categories": [0, 1], "table": [[1, 2]]}"#, "x.json: "),
        (
            "x.json",
            r#"{"categories": [0, 0], "table": [[1]]}"#,
            "field `categories`: found `0` twice",
        ),
        ("x.json", r#"{"categories": [0, 1]}"#, "field `table, ratings`: found neither"),
        (
            "x.json",
            r#"{"categories": [0, 1], "ratings": [[0, 5]]}"#,
            "item 1, field `ratings`: found 5; expected one of 0, 1, or null",
        ),
        (
            "x.csv",
            "a,b,count\n0,1,-2\n",
            "x.csv, line 2, field `count`: found -2; expected a whole number",
        ),
        ("x.csv", "a,count\n0,1\n", "x.csv, line 1, the header: found the columns a, count"),
        ("x.json", "", "the file is empty"),
    ];
    for (name, text, part) in expectations {
        let message = told(name, text);
        assert!(message.contains(part), "{message}\nshould hold: {part}");
    }
}

#[test]
fn three_raters_have_no_cohens_kappa_and_say_what_to_read() {
    let report =
        of(r#"{"categories": [0, 1], "ratings": [[0, 0, 1], [1, 1, 1], [0, null, 0], [1, 0, 1]]}"#);
    let why = report["cohen_kappa"]["linear"]["undefined"].as_str().unwrap();
    assert!(why.contains("two raters") && why.contains("Fleiss"), "{why}");
    assert!(report["fleiss_kappa"]["linear"]["estimate"].is_f64());
    assert_eq!(report["raters"], 3);
}

#[test]
fn too_few_clusters_leave_the_estimate_and_say_why_there_is_no_interval() {
    let folder = tempfile::tempdir().unwrap();
    let csv = "a,b,count,ward\n0,0,5,x\n0,1,2,x\n1,1,4,y\n0,0,3,y\n1,0,1,z\n1,1,2,z\n";
    let ask = ask(folder.path(), "counts.csv", csv);
    let report =
        compute(ComputeCoefficients { cluster: Some("ward".into()), bootstrap: Some(200), ..ask });
    let kappa = &report.unwrap()["cohen_kappa"]["unweighted"];
    assert!(kappa["estimate"].is_f64(), "{kappa}");
    let why = kappa["interval"]["undefined"].as_str().unwrap();
    assert!(why.contains("clusters"), "{why}");
}

/// Three raters of twelve wards, the last rating missing here and there.
fn three_raters(wards: usize) -> String {
    let ratings: Vec<Value> = (0..4 * wards)
        .map(|item| {
            let third = (item % 5 != 3).then_some((item + item / 7) % 3);
            json!([item % 3, (item + item / 5 % 2) % 3, third])
        })
        .collect();
    let ward: Vec<usize> = (0..4 * wards).map(|item| item / 4).collect();
    json!({ "categories": [0, 1, 2], "ratings": ratings, "ward": ward }).to_string()
}

fn bootstrapped(text: &str, cluster: Option<&str>) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let ask = ask(folder.path(), "ratings.json", text);
    let cluster = cluster.map(String::from);
    compute(ComputeCoefficients { cluster, bootstrap: Some(200), ..ask }).unwrap()
}

#[test]
fn every_coefficient_of_many_raters_is_resampled_by_item_and_by_cluster() {
    let text = three_raters(12);
    let (items, wards) = (bootstrapped(&text, None), bootstrapped(&text, Some("ward")));
    let plain = of(&text);
    let of_weights = ["brennan_prediger", "gwet_ac", "fleiss_kappa", "conger_kappa", "light_kappa"];
    let of_weights = of_weights.map(|name| [name, "linear"]);
    let others = [["krippendorff_alpha", "ordinal"], ["icc", "2_1"], ["icc", "3_k"]];
    for [name, form] in of_weights.into_iter().chain(others) {
        close(&items[name][form]["estimate"], plain[name][form]["estimate"].as_f64().unwrap());
        for (report, units) in [(&items, 48), (&wards, 12)] {
            let found = &report[name][form];
            assert_eq!(found["bootstrap"]["units"], units, "{name}");
            assert_eq!(found["interval"]["method"], "bootstrap-bca", "{name}: {found}");
        }
    }
    assert_eq!(wards["kendall_w"]["bootstrap"]["units"], 12);
    assert_eq!(items["exact"]["interval"]["method"], "wilson", "a proportion of items");
    assert_eq!(wards["exact"]["interval"]["method"], "bootstrap-bca", "not of clusters");
    let caution = wards["cautions"][0].as_str().unwrap();
    assert!(caution.contains("the tests do not"), "{caution}");
}

#[test]
fn too_few_clusters_of_three_raters_leave_the_estimates() {
    for wards in [1, 9] {
        let report = bootstrapped(&three_raters(wards), Some("ward"));
        for name in ["fleiss_kappa", "krippendorff_alpha"] {
            let found = report[name].as_object().unwrap().values().next().unwrap();
            assert!(found["estimate"].is_f64(), "{name}: {found}");
            let why = found["interval"]["undefined"].as_str().unwrap();
            let clusters = if wards == 1 { "1 cluster is" } else { "9 clusters are" };
            assert!(why.starts_with(&format!("{clusters} too few")), "{name}: {why}");
        }
    }
}

/// Items rated once count in the expected agreement of AC1, with a bootstrap as without.
#[test]
fn a_bootstrap_leaves_the_estimates_of_two_raters_as_they_are() {
    let ratings: Vec<Value> = (0..60usize)
        .map(|item| {
            let second = (item % 4 != 1).then_some((item + item / 9) % 2);
            json!([item % 2, second])
        })
        .collect();
    let text = json!({ "categories": [0, 1], "ratings": ratings }).to_string();
    let (plain, found) = (of(&text), bootstrapped(&text, None));
    for name in ["gwet_ac", "brennan_prediger", "fleiss_kappa", "cohen_kappa"] {
        for (weights, value) in plain[name].as_object().unwrap() {
            close(&found[name][weights]["estimate"], value["estimate"].as_f64().unwrap());
        }
    }
    assert_eq!(found["gwet_ac"]["unweighted"]["bootstrap"]["units"], 60);
    assert_eq!(found["cohen_kappa"]["unweighted"]["bootstrap"]["units"], 45, "those both rated");
}

/// 35 items of two raters on four levels, as counts and as ratings.
#[test]
fn the_same_items_have_the_same_uncertainty_as_counts_and_as_ratings() {
    let counts = [[12, 2, 1, 0], [1, 6, 2, 0], [0, 1, 4, 1], [0, 0, 1, 4]];
    let mut ratings = Vec::new();
    for (i, row) in counts.iter().enumerate() {
        for (j, &count) in row.iter().enumerate() {
            ratings.extend(vec![json!([i, j]); count]);
        }
    }
    let categories = json!([0, 1, 2, 3]);
    let counted = of(&json!({ "categories": categories, "table": counts }).to_string());
    let rated = of(&json!({ "categories": categories, "ratings": ratings }).to_string());
    assert_alike(&counted, &rated, "");
    let [bp, pi] = ["brennan_prediger", "scott_pi"].map(|name| &counted[name]["quadratic"]["se"]);
    assert!(bp.as_f64() > Some(0.0), "there is a standard error to compare: {bp}");
    let fleiss = &rated["fleiss_kappa"]["quadratic"]["se"];
    assert!((pi.as_f64().unwrap() - fleiss.as_f64().unwrap()).abs() < 1e-12, "one divisor");
}

#[test]
fn intervals_are_the_augmented_jackknifes_unless_others_are_asked_for() {
    let method = |intervals| {
        let folder = tempfile::tempdir().unwrap();
        let asked = ComputeCoefficients { intervals, ..ask(folder.path(), "table.json", COHEN) };
        let report = compute(asked).unwrap();
        report["cohen_kappa"]["quadratic"]["interval"]["method"].as_str().unwrap().to_owned()
    };
    assert_eq!(method(Intervals::Auto), "augmented-jackknife");
    assert_eq!(method(Intervals::Cautious), "augmented-jackknife");
    assert_eq!(method(Intervals::Plain), "fisher-z");
    assert_eq!(method(Intervals::Formula), "normal");
}

#[test]
fn the_intraclass_correlation_says_of_how_many_items_it_is() {
    let ratings = json!([[0, 0, 1], [1, 1, 1], [2, 2, 1], [0, 1, 0], [2, 1, null], [1, 1, null]]);
    let report = of(&json!({ "categories": [0, 1, 2], "ratings": ratings }).to_string());
    assert_eq!(report["icc"]["2_1"]["n"], 4, "two of six items lack a rating");
    assert_eq!(report["exact"]["n"], 4);
    assert_eq!(report["fleiss_kappa"]["linear"]["n"], Value::Null, "all six count");
    let bounds = |form: &str| {
        let interval = &report["icc"][form]["interval"];
        [interval["lo"].as_f64().unwrap(), interval["hi"].as_f64().unwrap()]
    };
    for (single, mean) in bounds("2_1").iter().zip(bounds("2_k")) {
        let stepped_up = 3.0 * single / (1.0 + 2.0 * single);
        assert!((stepped_up - mean).abs() < 1e-12, "Spearman and Brown's: {mean}");
    }
}

#[test]
fn a_rater_of_few_ratings_is_a_caution_about_congers_kappa() {
    let rows = |third: usize| -> String {
        let row = |item: usize| {
            let last = if item < third { (item % 2).to_string() } else { "null".into() };
            format!("[{}, {}, {last}]", item % 3, (item + item / 9) % 3)
        };
        let rows: Vec<String> = (0..20).map(row).collect();
        format!(r#"{{"categories": [0, 1, 2], "ratings": [{}]}}"#, rows.join(", "))
    };
    let cautions = of(&rows(9))["cautions"].to_string();
    assert!(cautions.contains("1 of 3 raters gave fewer than 10 ratings"), "{cautions}");
    assert_eq!(of(&rows(10))["cautions"], json!([]));
}

/// Wards in which only one of two raters graded say nothing of how wards vary.
#[test]
fn clusters_count_where_an_item_counts_for_the_coefficient() {
    for shared in [2, 9, 10] {
        let ratings: Vec<Value> = (0..72usize)
            .map(|item| {
                let second = (item / 6 < shared).then_some((item + item / 4) % 2);
                json!([item % 2, second])
            })
            .collect();
        let ward: Vec<usize> = (0..72).map(|item| item / 6).collect();
        let text = json!({ "categories": [0, 1], "ratings": ratings, "ward": ward }).to_string();
        let report = bootstrapped(&text, Some("ward"));
        for [name, form] in [["cohen_kappa", "unweighted"], ["krippendorff_alpha", "nominal"]] {
            let interval = &report[name][form]["interval"];
            let why = interval["undefined"].as_str().unwrap_or_default();
            let few = format!("{shared} clusters are too few");
            assert_eq!(why.starts_with(&few), shared < 10, "{name}: {interval}");
        }
    }
}

/// The replicates of an intraclass correlation are sums, which lose digits where the scale is much wider than the scores.
#[test]
fn a_category_that_nobody_used_moves_no_bootstrap() {
    let of = |last: f64| {
        let table = [[4, 1, 0], [1, 3, 0], [0, 0, 0]];
        bootstrapped(&json!({ "categories": [0, 1, last], "table": table }).to_string(), None)
    };
    let (near, far) = (of(2.0), of(99_999.0));
    for (name, form) in [
        ("icc", Some("1_1")),
        ("icc", Some("2_1")),
        ("icc", Some("3_k")),
        ("lin_concordance", None),
    ] {
        let bounds = |report: &Value| {
            let found = form.map_or(&report[name], |form| &report[name][form]);
            [&found["se"], &found["interval"]["lo"], &found["interval"]["hi"]]
                .map(|bound| bound.as_f64().unwrap())
        };
        for (one, other) in bounds(&near).into_iter().zip(bounds(&far)) {
            assert!((one - other).abs() < 1e-9, "{name}: {one}, {other}");
        }
    }
}
