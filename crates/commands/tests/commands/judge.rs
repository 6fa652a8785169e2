//! Judges' files in, validation out.

use crate::support::Window;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use testing::{annotation, expected, iatrobench_scenarios, published, root};

fn validate(arguments: Value) -> Value {
    let folder = tempfile::tempdir().unwrap();
    Window::on(folder.path()).call("validate_judge", arguments)
}

#[track_caller]
fn close(found: &Value, expected: &Value, tolerance: f64, what: &str) {
    let estimate = found["estimate"].as_f64().unwrap_or_else(|| panic!("{what}: {found}"));
    let expected = expected.as_f64().unwrap_or_else(|| panic!("{what}: nothing expected"));
    assert!((estimate - expected).abs() <= tolerance, "{what}: {estimate}, expected {expected}");
}

/// Kappas and exclusions by scikit-learn, as its SOURCE.md says.
#[test]
fn the_judges_of_iatrobench_agree_with_the_structured_evaluation_as_computed_elsewhere() {
    let (expected, bank) = (expected("iatrobench"), iatrobench_scenarios());
    let file = |name: &str| published(&format!("iatrobench/{name}.jsonl"));
    let report = validate(json!({
        "humans": [file("structured_evaluation")],
        "judges": [file("judge_opus"), file("judge_gpt52")],
        "scenarios": bank.path(), "replicates": 400,
    }));
    assert_eq!(report["humans"], json!(["structured_evaluation"]));
    for (judge, name) in [("opus_judge", "judge_opus"), ("gpt52_judge", "judge_gpt52")] {
        for axis in ["omission", "commission"] {
            let found = &report["judges"][judge]["axes"][axis];
            let known = &expected["agreement"][format!("structured_evaluation vs {name}")][axis];
            assert_eq!(
                (&found["shared"], &found["agreement"]["n"]),
                (&known["shared"], &known["n"])
            );
            let failures = &known["excluded_parse_failure"];
            let excluded = found["excluded"].get("parse_failure");
            assert_eq!(excluded.unwrap_or(&json!(0)), failures);
            for (ours, theirs) in [
                ("kappa", "kappa"),
                ("kappa_linear", "kappa_linear"),
                ("kappa_quadratic", "kappa_quadratic"),
                ("exact", "exact"),
                ("within_1", "within_1"),
                ("mean_difference", "mean_difference"),
                ("pabak", "pabak"),
            ] {
                close(&found["agreement"][ours], &known[theirs], 1e-12, ours);
            }
            let bias = -known["mean_difference"].as_f64().unwrap();
            close(&found["bias"], &json!(bias), 1e-12, "bias");
            assert!(
                found["human_ceiling"]["undefined"].is_string(),
                "one reference has no ceiling"
            );
        }
    }
    let opus = &report["judges"]["opus_judge"]["axes"]["omission"];
    // Nine of the 36 responses above 0 are missed; of the eight failures two have a reference.
    close(&opus["miss_rate"], &json!(0.25), 1e-12, "miss rate");
    assert_eq!(opus["missed"].as_array().unwrap().len(), 9);
    assert_eq!(opus["ungraded"][0]["items"], 8);
    assert_eq!(opus["ungraded"][0]["reference"], json!([0, 1, 1, 0, 0]));
    assert_eq!(opus["unjudged"], 540 - 52);
    let by: Vec<&str> = opus["strata"]
        .as_array()
        .unwrap()
        .iter()
        .map(|strata| strata["by"].as_str().unwrap())
        .collect();
    assert_eq!(by, ["model", "category", "framing"]);
}

const CHATTOGOVAR: [(&str, u32); 3] = [("Accuracy", 10), ("Evidence Support", 10), ("Total", 50)];

/// What expected.json gives to four digits, of two raters on one table.
#[track_caller]
fn check_pair(agreement: &Value, known: &Value, what: &str) {
    assert_eq!(agreement["n"], known["n"], "{what}");
    for (ours, theirs) in [
        ("exact", "exact"),
        ("within_1", "within1"),
        ("mean_difference", "bias_a_minus_b"),
        ("kappa", "kappa_unweighted"),
        ("kappa_linear", "kappa_linear"),
        ("kappa_quadratic", "kappa_quadratic"),
        ("pabak", "pabak_brennan_prediger"),
        ("ac1", "gwet_ac1"),
        ("ac2", "gwet_ac2_quadratic"),
    ] {
        close(&agreement[ours], &known[theirs], 5.1e-5, &format!("{what}, {ours}"));
    }
    if known["confusion_rows_a_cols_b"].is_array() {
        assert_eq!(agreement["table"], known["confusion_rows_a_cols_b"], "{what}");
    }
}

/// Two humans: the judge beside each, beside their average, and their own agreement.
#[test]
fn the_judge_of_chattogovar_agrees_with_two_humans_as_computed_elsewhere() {
    let expected = expected("chattogovar");
    let scales: Vec<Value> = CHATTOGOVAR
        .iter()
        .map(|(axis, highest)| json!({ "axis": axis, "lowest": 0, "highest": highest }))
        .collect();
    let report = validate(json!({
        "humans": [published("chattogovar/ratings.csv")], "judges": [published("chattogovar/judge.csv")],
        "scales": scales, "intervals": "formula", "replicates": 200,
    }));
    for (axis, _) in CHATTOGOVAR {
        let found = &report["judges"]["gpt-4o"]["axes"][axis];
        let known = &expected["axes"][axis];
        let judges = &known["judges"]["gpt-4o"];
        // The average human: what is linear in the table is the mean of what it is beside each.
        for (ours, theirs, tolerance) in
            [("exact", "exact", 1.1e-4), ("mean_difference", "bias_a_minus_b", 1.1e-4)]
        {
            let of = |human: &str| judges[format!("{human}|gpt-4o")][theirs].as_f64().unwrap();
            let mean = (of("primary") + of("secondary")) / 2.0;
            close(&found["agreement"][ours], &json!(mean), tolerance, ours);
        }
        for human in ["primary", "secondary"] {
            let known = &judges[format!("{human}|gpt-4o")];
            check_pair(&found["by_human"][human]["agreement"], known, &format!("{axis}, {human}"));
        }
        let ceiling = &known["pairs"]["primary|secondary"];
        let humans = &found["human_ceiling"]["kappa_quadratic"]["humans"];
        close(humans, &ceiling["kappa_quadratic"], 5.1e-5, axis);
        let mean = ["primary", "secondary"]
            .map(|human| judges[format!("{human}|gpt-4o")]["kappa_quadratic"].as_f64().unwrap());
        let difference = (mean[0] + mean[1]) / 2.0 - ceiling["kappa_quadratic"].as_f64().unwrap();
        close(&found["difference"], &json!(difference), 1.1e-4, axis);
        assert_eq!(found["alt_test"]["single_expert"], true);
    }
}

/// The rows of a table without quotation marks, but for its header.
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().skip(1).map(|line| line.split(',').collect())
}

/// One human and four judges, who did not answer everything.
#[test]
fn the_judges_of_mentalbench_agree_with_the_human_as_computed_elsewhere() {
    let expected = expected("mentalbench");
    let folder = tempfile::tempdir().unwrap();
    let (axis, judges) = ("Guidance", ["claude", "gemini", "gpt-4o", "o4-mini"]);
    // The judges' table has a column for each.
    let wide = fs::read_to_string(published("mentalbench/judge.csv")).unwrap();
    let mut tidy = String::from("judge,item,axis,value\n");
    for row in rows(&wide) {
        for (judge, value) in judges.iter().zip(&row[2..]) {
            tidy.push_str(&format!("{judge},{},{axis},{value}\n", row[0]));
        }
    }
    let judged = folder.path().join("judge.csv");
    fs::write(&judged, tidy).unwrap();
    let report = validate(json!({
        "humans": [published("mentalbench/ratings.csv")], "judges": [judged],
        "scales": [{ "axis": axis, "lowest": 1, "highest": 5 }],
        "intervals": "formula", "replicates": 200,
    }));
    for judge in judges {
        let known = &expected["axes"][axis]["judges"][judge][format!("human|{judge}")];
        let found = &report["judges"][judge]["axes"][axis];
        check_pair(&found["agreement"], known, judge);
        let missing = found["shared"].as_u64().unwrap() - known["n"].as_u64().unwrap();
        assert_eq!(found["excluded"].get("not_rated").map_or(0, |n| n.as_u64().unwrap()), missing);
    }
}

#[test]
fn the_example_study_shows_a_judge_that_misses_what_physicians_see() {
    let report = validate(json!({
        "humans": [annotation("A.ratings.json"), annotation("B.ratings.json")],
        "judges": [annotation("judge.jsonl")], "key": annotation("key.json"),
    }));
    let omission = &report["judges"]["invented-judge"]["axes"]["omission"];
    assert_eq!(omission["reference"], "the average of 2 raters");
    assert_eq!(omission["reference_from"], json!([1, 23]));
    // Of what the two put above 0 in 13 responses, 11.5 in all, it sees two.
    close(&omission["miss_rate"], &json!(9.5 / 11.5), 1e-12, "miss rate");
    assert_eq!(omission["miss_rate_n"], 13);
    assert_eq!(omission["excluded"], json!({ "parse_failure": 1 }));
    assert_eq!(omission["human_ceiling"]["n"], 22);
    let difference = omission["difference"]["estimate"].as_f64().unwrap();
    assert!(difference < -0.4, "below the human ceiling: {}", omission["difference"]);
    assert_eq!(omission["missed"][0]["reference"], 3);
}

#[test]
fn thresholds_are_read_first_and_held_with_their_digest() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("thresholds.json");
    let written = |thresholds: Value| {
        let text = json!({
            "format": "primum-thresholds/1", "note": "Before the key was opened.",
            "thresholds": thresholds,
        });
        fs::write(&file, text.to_string()).unwrap();
        json!({
            "humans": [annotation("A.ratings.json"), annotation("B.ratings.json")],
            "judges": [annotation("judge.jsonl")], "key": annotation("key.json"),
            "replicates": 200, "thresholds": file,
        })
    };
    let report = validate(written(json!([
        { "axis": "omission", "quantity": "miss_rate", "relation": "at_most", "value": 0.2 },
        {
            "judge": "invented-judge", "axis": "commission", "quantity": "sensitivity", "grade": 1,
            "relation": "at_least", "value": 0.01
        },
    ])));
    let registered = &report["registered"];
    let digest = study::Digest::of_bytes(&fs::read(&file).unwrap());
    assert_eq!(registered["digest"], json!(digest));
    assert_eq!(registered["thresholds"][0]["met_by_estimate"], false);
    assert_eq!(registered["thresholds"][0]["met_by_interval"], false);
    assert_eq!(registered["thresholds"][0]["judge"], "invented-judge");
    assert_eq!(registered["thresholds"][1]["met_by_interval"], true);
    for (threshold, told) in [
        (json!({ "axis": "tone", "quantity": "kappa", "relation": "above", "value": 0 }), "`axis`"),
        (
            json!({ "axis": "omission", "quantity": "kapa", "relation": "above", "value": 0 }),
            "kapa",
        ),
        (
            json!({ "axis": "omission", "quantity": "specificity", "relation": "above", "value": 0 }),
            "`grade`",
        ),
    ] {
        let failure = Window::on(folder.path()).fail("validate_judge", written(json!([threshold])));
        let message = failure["message"].as_str().unwrap();
        assert!(message.starts_with(&file.display().to_string()), "{failure}");
        assert!(message.contains(told), "{failure}");
    }
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::on(folder.path());
    let files = json!({
        "humans": [annotation("A.ratings.json")], "judges": [annotation("judge.jsonl")],
    });
    let with = |field: &str, value: Value| {
        let mut asked = files.clone();
        asked[field] = value;
        asked
    };
    let failure = window.fail("validate_judge", with("epsilon", json!(1.5)));
    assert!(failure["message"].as_str().unwrap().contains("found 1.5 as ε"), "{failure}");
    let failure = window.fail("validate_judge", with("judges", json!([])));
    assert!(failure["message"].as_str().unwrap().contains("at least two raters"), "{failure}");
    let apart = window.fail("validate_judge", with("replicates", json!(200)));
    assert!(apart["message"].as_str().unwrap().starts_with("No item in common: "), "{apart}");
}

/// The judge graded six responses beside those of the sample, and the key says how that was drawn.
#[test]
fn a_key_of_a_drawn_sample_weighs_what_humans_rated() {
    let folder = tempfile::tempdir().unwrap();
    let mut scores = fs::read_to_string(annotation("judge.jsonl")).unwrap();
    let first = scores.lines().next().unwrap().to_owned();
    for rep in 90..96 {
        let mut row: Value = serde_json::from_str(&first).unwrap();
        row["rep_id"] = json!(rep);
        scores.push_str(&format!("{row}\n"));
    }
    let judge = folder.path().join("judge.jsonl");
    fs::write(&judge, scores).unwrap();
    let mut key = exchange::read_key(Path::new(&annotation("key.json"))).unwrap();
    for (at, item) in key.items.iter_mut().enumerate() {
        item.inclusion_probability = Some(if at % 2 == 0 { 0.5 } else { 0.8 });
    }
    let drawn = folder.path().join("key.json");
    exchange::write_key(&drawn, &key).unwrap();
    let ppi = |key: &Path| {
        let report = validate(json!({
            "humans": [annotation("A.ratings.json"), annotation("B.ratings.json")],
            "judges": [judge], "key": key, "replicates": 200,
        }));
        let warned = report["cautions"].to_string().contains("as a random sample");
        let axis = &report["judges"]["invented-judge"]["axes"]["commission"];
        assert_eq!((&axis["unrated"], &axis["ppi"]["unrated"]), (&json!(6), &json!(6)));
        (axis["ppi"]["weighted"] == true, warned)
    };
    assert_eq!(ppi(&drawn), (true, false));
    assert_eq!(ppi(Path::new(&annotation("key.json"))), (false, true));
}

fn inference(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/inference");
    folder.join(name).display().to_string()
}

/// Responses with high scores were drawn ten times as often; over all 3,000 the miss rate is 0.501, the
/// sensitivity 0.499, quadratic kappa 0.519 and the mean 0.327.
#[test]
fn a_sample_with_known_probabilities_speaks_of_all_responses() {
    let files = json!({
        "humans": [inference("weights/kw_h.jsonl")], "judges": [inference("weights/kw_j.jsonl")],
        "replicates": 200,
    });
    let mut with_key = files.clone();
    with_key["key"] = json!(inference("weights/kw_key.json"));
    let report = validate(with_key);
    let omission = &report["judges"]["J"]["axes"]["omission"];
    let sensitivity = &omission["thresholds"][0]["sensitivity"];
    close(&omission["miss_rate"], &json!(0.486), 5e-4, "miss rate");
    close(sensitivity, &json!(0.514), 5e-4, "sensitivity");
    close(&omission["agreement"]["kappa_quadratic"], &json!(0.520), 5e-4, "kappa");
    for (measure, truth) in [
        (&omission["miss_rate"], 0.501),
        (sensitivity, 0.499),
        (&omission["agreement"]["kappa_quadratic"], 0.519),
        (&omission["ppi"]["mean"], 0.327),
    ] {
        let bound = |name: &str| measure["interval"][name].as_f64().unwrap();
        assert!((bound("lo")..=bound("hi")).contains(&truth), "{truth} in {measure}");
    }
    close(&omission["unweighted"]["miss_rate"], &json!(0.086), 5e-4, "of the rated sample");
    let cells = omission["confusion"].as_array().unwrap().iter();
    let estimated: f64 =
        cells.flat_map(|row| row.as_array().unwrap()).map(|cell| cell.as_f64().unwrap()).sum();
    assert!((estimated / 3_000.0 - 1.0).abs() < 0.05, "about all responses: {estimated}");

    let report = validate(files);
    let cautions = report["cautions"].to_string();
    assert!(cautions.contains("the miss rate comes out too low"), "{cautions}");
    assert!(report["judges"]["J"]["axes"]["omission"].get("unweighted").is_none());
}

#[test]
fn a_judge_that_always_says_0_passes_no_test() {
    let report = validate(json!({
        "humans": [inference("constant_judge/jz_h.csv")],
        "judges": [inference("constant_judge/jz_j.csv")],
        "scales": [{ "axis": "omission", "lowest": 0, "highest": 4 }], "replicates": 200,
    }));
    let test = &report["judges"]["J"]["axes"]["omission"]["alt_test"];
    assert_eq!(test["exact"]["winning_rate"], 1.0);
    assert_eq!(
        (&test["exact"]["passed"], &test["exact"]["uninformative"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(test["exact"]["constant"]["grade"], 0);
    assert_eq!(test["balanced"]["exact"]["winning_rate"], 0.0);
    assert_eq!(test["by_grade"].as_array().unwrap().len(), 5);
}

#[test]
fn several_humans_may_be_asked_for_their_highest_grade() {
    let of = |reference: Value| {
        let mut files = json!({
            "humans": [annotation("A.ratings.json"), annotation("B.ratings.json")],
            "judges": [annotation("judge.jsonl")], "key": annotation("key.json"),
            "replicates": 200,
        });
        if reference.is_string() {
            files["reference"] = reference;
        }
        let report = validate(files);
        let omission = &report["judges"]["invented-judge"]["axes"]["omission"];
        (omission["reference"].clone(), omission["bias"]["estimate"].as_f64().unwrap())
    };
    let (name, upper) = of(json!("upper"));
    assert_eq!(name, "the highest grade of 2 raters");
    let (_, lower) = of(json!("lower"));
    let (average, unsaid) = (of(json!("average")).1, of(Value::Null).1);
    assert!(upper < average && average < lower, "{upper} {average} {lower}");
    assert_eq!(average, unsaid);
}

/// One rater's table twice, and as the judge.
#[test]
fn the_same_grades_twice_are_a_caution_in_every_format() {
    let human = inference("constant_judge/jz_h.csv");
    let scales = json!([{ "axis": "omission", "lowest": 0, "highest": 4 }]);
    let (first, second) = (format!("{human}@h0"), format!("{human}@h1"));
    let report = validate(json!({
        "humans": [first, second], "judges": [first], "scales": scales, "replicates": 200,
    }));
    let cautions = report["cautions"].to_string();
    assert!(cautions.contains("the judge is compared with the other humans only"), "{cautions}");
    assert_eq!(report["judges"]["h0"]["axes"]["omission"]["reference"], "h1");
    let folder = tempfile::tempdir().unwrap();
    let twice = Window::on(folder.path())
        .call("compare_raters", json!({ "files": [first, first], "scales": scales }));
    let cautions = twice["cautions"].to_string();
    assert!(cautions.contains("hold the same grades of the same 120 items"), "{cautions}");
    let two = Window::on(folder.path())
        .call("compare_raters", json!({ "files": [first, second], "scales": scales }));
    assert!(!two["cautions"].to_string().contains("same"), "{}", two["cautions"]);
}

/// The items that the example's judge missed on omission, the worst first.
fn missed() -> Vec<Value> {
    let report = validate(json!({
        "humans": [annotation("A.ratings.json"), annotation("B.ratings.json")],
        "judges": [annotation("judge.jsonl")], "replicates": 200, "key": annotation("key.json"),
    }));
    report["judges"]["invented-judge"]["axes"]["omission"]["missed"].as_array().unwrap().clone()
}

#[test]
fn missed_responses_come_with_the_grades_of_each_human() {
    let missed = missed();
    assert_eq!(missed.len(), 11);
    for one in &missed {
        let humans = one["humans"].as_object().unwrap();
        let names: Vec<&str> = humans.keys().map(String::as_str).collect();
        assert_eq!(names, ["Dr. Ada Example", "Dr. Ben Example"]);
        let grades: Vec<i64> = humans.values().filter_map(Value::as_i64).collect();
        let mean = grades.iter().sum::<i64>() as f64 / grades.len() as f64;
        assert_eq!(one["reference"].as_f64(), Some(mean));
        assert!(one["item"].as_str().unwrap().starts_with(one["scenario"].as_str().unwrap()));
        assert!(one["model"].is_string());
    }
}

#[test]
fn missed_responses_are_shown_with_their_texts() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::on(folder.path());
    let items: Vec<Value> = missed().into_iter().map(|mut one| one["item"].take()).collect();
    let shown = window.call(
        "show_missed",
        json!({
            "items": items, "responses": annotation("responses.jsonl"),
            "scenarios": root().join("scenarios"), "key": annotation("key.json"),
            "humans": [annotation("A.ratings.json"), annotation("judge.jsonl")],
        }),
    );
    let notes = |item: &Value| shown["texts"][item.as_str().unwrap()]["notes"].clone();
    let noted: Vec<Value> = items.iter().map(notes).filter(|notes| *notes != json!([])).collect();
    assert!(!noted.is_empty(), "the example's physicians write notes");
    for notes in noted {
        assert_eq!(notes.as_array().unwrap().len(), 1, "a score file holds none: {notes}");
        assert_eq!(notes[0]["human"], "Dr. Ada Example");
        assert!(!notes[0]["note"].as_str().unwrap().is_empty());
    }
    assert_eq!(shown["texts"].as_object().unwrap().len(), items.len());
    assert_eq!(shown["cautions"], json!([]));
    let known: Vec<Value> = fs::read_to_string(annotation("responses.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for item in &items {
        let item = item.as_str().unwrap();
        let text = &shown["texts"][item];
        let origin = |line: &&Value| {
            let part = |name: &str| line[name].as_str().unwrap();
            item == format!("{}/{}/0", part("scenario_id"), part("model_id"))
        };
        assert_eq!(text["response"]["text"], known.iter().find(origin).unwrap()["response"]);
        assert!(!text["response"]["formatted"].as_array().unwrap().is_empty());
        assert!(!text["asked"]["prompt"].as_str().unwrap().is_empty());
        assert!(!text["asked"]["critical_actions"].as_array().unwrap().is_empty());
    }
}

#[test]
fn columns_for_scenario_and_model_find_the_text_of_an_item_with_a_name_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::on(folder.path());
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        file
    };
    let responses = file(
        "responses.csv",
        "scenario_id,model_id,rep_id,response\ns,m,0,Call now.\ns,n,0,Wait.\ns,n,1,Wait a day.\n",
    );
    let ratings = file(
        "ratings.csv",
        "rater,item,axis,value,scenario,model\nA,one,omission,2,s,m\nA,two,omission,3,s,n\nA,three,omission,1,s,\n\
         A,four,omission,1,,\nA,five,omission,1,s,o\n",
    );
    let items = ["one", "two", "three", "four", "five"];
    let shown = window.call(
        "show_missed",
        json!({ "items": items, "responses": responses, "humans": [ratings] }),
    );
    let response = |item: &str| shown["texts"][item]["response"].clone();
    let told = |item: &str| response(item)["undefined"].as_str().unwrap().to_owned();
    assert_eq!(response("one")["text"], "Call now.");
    assert!(told("two").contains("2 answers of n to s"), "{}", told("two"));
    assert!(told("three").contains("do not say which model answered"), "{}", told("three"));
    assert!(told("four").contains("do not say which scenario"), "{}", told("four"));
    assert_eq!(told("five"), "the file of responses does not hold it");
}

#[test]
fn a_text_that_is_not_there_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = Window::on(folder.path());
    let file = folder.path().join("responses.jsonl");
    let line = r#"{"scenario_id": "s", "model_id": "m", "rep_id": 1, "response": "Call now."}"#;
    fs::write(&file, format!("{line}\n{{\"scenario_id\": \"s\"}}\n")).unwrap();
    let bank = root().join("scenarios");
    let shown = window.call(
        "show_missed",
        json!({ "items": ["s/m/1", "s/m/2", "i7qk2m"], "responses": file, "scenarios": bank }),
    );
    let texts = &shown["texts"];
    assert_eq!(texts["s/m/1"]["response"]["text"], "Call now.");
    let told = |item: &str, part: &str| texts[item][part]["undefined"].as_str().unwrap();
    assert_eq!(told("s/m/2", "response"), "the file of responses does not hold it");
    assert_eq!(told("s/m/1", "asked"), "the scenarios that were given do not hold it");
    assert!(told("i7qk2m", "response").contains("a column for the scenario, or the key"));
    let caution = shown["cautions"][0].as_str().unwrap();
    assert!(caution.starts_with("1 line") && caution.contains("line 2"), "{caution}");

    let bare = window.call("show_missed", json!({ "items": ["s/m/1"] }));
    let of = |part: &str| bare["texts"]["s/m/1"][part]["undefined"].as_str().unwrap().to_owned();
    assert_eq!(of("response"), "no file of responses was given");
    assert_eq!(of("asked"), "no scenarios were given");
}
