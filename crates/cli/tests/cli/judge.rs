//! `primum judge`.

use crate::support::{Row, Run, assert_measure, fails, primum, succeeds, table};
use serde_json::{Value, json};
use std::fs;
use testing::{annotation, iatrobench_scenarios, published, root};

fn judge(arguments: &[&str]) -> Run {
    let files = [
        annotation("A.ratings.json"),
        annotation("B.ratings.json"),
        annotation("judge.jsonl"),
        annotation("key.json"),
    ];
    let [first, second, scores, key] = &files;
    let files = ["judge", "--human", first, second, "--judge", scores, "--key", key];
    primum(&root(), &[&files, arguments].concat())
}

fn report(arguments: &[&str]) -> Value {
    let run = succeeds(judge(&[arguments, &["--json", "--replicates", "200"]].concat()));
    assert_eq!(run.err, "");
    serde_json::from_str(&run.out).expect("standard output is one JSON document")
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_json_report_has_these_keys() {
    let report = report(&[]);
    assert_eq!(keys(&report), ["format", "humans", "cautions", "judges"]);
    assert_eq!(report["format"], "primum-judge/1");
    assert_eq!(report["humans"], json!(["Dr. Ada Example", "Dr. Ben Example"]));
    let axes = &report["judges"]["invented-judge"]["axes"];
    assert_eq!(keys(axes), ["omission", "commission"]);
    for axis in ["omission", "commission"] {
        assert_eq!(
            keys(&axes[axis]),
            [
                "label",
                "categories",
                "grade_names",
                "reference",
                "reference_rule",
                "reference_from",
                "unjudged",
                "unjudged_items",
                "unrated_items",
                "findings",
                "miss_rule",
                "shared",
                "unrated",
                "excluded",
                "ungraded",
                "agreement",
                "human_ceiling",
                "difference",
                "bias",
                "miss_rate",
                "miss_rate_n",
                "confusion",
                "direction",
                "thresholds",
                "alt_test",
                "ppi",
                "corrected_mean",
                "by_human",
                "strata",
                "missed",
            ]
        );
        for measure in ["bias", "miss_rate"] {
            assert_eq!(keys(&axes[axis][measure]), ["estimate", "se", "interval"]);
        }
        let ceiling = &axes[axis]["human_ceiling"];
        assert_eq!(keys(ceiling), ["n", "kappa_quadratic", "kappa", "exact"]);
        assert_eq!(keys(&ceiling["kappa"]), ["humans", "judge", "difference"]);
    }
}

#[test]
fn the_table_says_what_is_missed_and_what_cannot_be_said() {
    let run = succeeds(judge(&["--replicates", "400"]));
    for line in [
        "Humans: Dr. Ada Example, Dr. Ben Example",
        "invented-judge: Omission harm, beside the average of 2 raters",
        "  n = 23 of 24 shared items; 0 graded by the judge alone; 0 not in its file",
        "  excluded, parse failure: 1",
        "  not graded by the judge, parse failure: 1 in all; graded by humans: 0.5 of grade 1, 0.5 of grade 2",
        "               0     10.5       1       0       0       0",
        "  22 items graded by the judge and at least two humans",
        "  Missed by the judge: 11 items, the worst of grade 3; --responses shows them",
    ] {
        assert!(run.out.lines().any(|found| found == line), "no line {line:?} in\n{}", run.out);
    }
    assert!(!run.out.contains("Bootstrap:"), "nothing was drawn");
    let note = "  Note: the average of 2 raters and invented-judge ";
    assert!(run.out.contains(note), "{}", run.out);
    assert!(run.out.contains("the alternative annotator test needs 2 such humans"));
    assert!(run.out.contains("use the raters' own mean"));
    let missed = run.out.lines().find(|line| line.starts_with("  miss rate")).unwrap();
    assert!(missed.contains("0.826") && missed.ends_with("n = 13"), "{missed}");
}

#[test]
fn thresholds_are_held_with_the_digest_of_their_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("thresholds.json");
    let claim = |quantity: &str, relation: &str, value: f64| json!({ "axis": "omission", "quantity": quantity, "relation": relation, "value": value });
    let claims =
        json!([claim("miss_rate", "at_most", 0.9), claim("winning_rate", "at_least", 0.5)]);
    let text = json!({
        "format": "primum-thresholds/1", "note": "Agreed in the protocol.", "thresholds": claims,
    });
    fs::write(&file, text.to_string()).unwrap();
    let file = file.display().to_string();
    let run = succeeds(judge(&["--replicates", "200", "--thresholds", &file]));
    let from = run.out.find("Preregistered thresholds, sha256:").unwrap();
    let lines: Vec<&str> = run.out[from..].lines().skip(1).collect();
    assert_eq!(lines[0], "  Agreed in the protocol.");
    assert_eq!(lines[1], "  invented-judge, omission: miss rate at most 0.9");
    // The estimate is 0.826, its interval reaches 0.970.
    assert!(lines[2].starts_with("    by the estimate met, by the interval not met: 0.826"));
    assert!(lines[4].starts_with("    by the estimate undefined, by the interval undefined: –"));
    fs::write(&file, "{}").unwrap();
    let message = fails(judge(&["--thresholds", &file]));
    assert!(message.contains("expected `primum-thresholds/1`"), "{message}");
}

#[test]
fn scenarios_tell_categories_and_framings() {
    let bank = iatrobench_scenarios();
    let path = |name: &str| published(&format!("iatrobench/{name}")).display().to_string();
    let run = succeeds(primum(
        &root(),
        &[
            "judge",
            "--human",
            &path("structured_evaluation.jsonl"),
            "--judge",
            &path("judge_gpt52.jsonl"),
            "--scenarios",
            &bank.path().display().to_string(),
            "--replicates",
            "200",
        ],
    ));
    for heading in ["  By model", "  By category", "  By framing"] {
        assert!(run.out.lines().any(|line| line == heading), "no {heading}");
    }
    assert!(run.out.contains("prediction-powered (PPI++)"));
    assert!(run.out.contains("as a random sample"), "what the means assume is said");
}

#[test]
fn what_the_judge_missed_is_printed_with_its_texts() {
    let responses = annotation("responses.jsonl");
    let given = ["--replicates", "200", "--responses", &responses, "--scenarios", "scenarios"];
    let run = succeeds(judge(&given));
    let from = run.out.find("invented-judge: Omission harm, what it missed").unwrap();
    let texts = &run.out[from..];
    let report = report(&["--responses", &responses, "--scenarios", "scenarios"]);
    let missed = &report["judges"]["invented-judge"]["axes"]["omission"]["missed"];
    let worst = &missed[0];
    let item = worst["item"].as_str().unwrap();
    let head = format!("  {item}\n  humans 3, judge 0 (Dr. Ada Example ");
    assert!(texts[..300].contains(&head), "the worst comes first: {}", &texts[..300]);
    let known = &report["missed_texts"]["texts"][item];
    for text in [&known["asked"]["prompt"], &known["response"]["text"]] {
        let line = text.as_str().unwrap().lines().next().unwrap();
        assert!(texts.contains(&format!("    │ {line}")), "no line {line:?}");
    }
    let all: usize = report["judges"]["invented-judge"]["axes"]
        .as_object()
        .unwrap()
        .values()
        .map(|axis| axis["missed"].as_array().unwrap().len())
        .sum();
    assert_eq!(texts.matches("\n  humans ").count(), all, "each axis has its list");
    assert!(texts.contains("\n  Dr. Ada Example noted: "), "and what a human noted");
    let message = fails(judge(&["--responses", "no-such-file.jsonl"]));
    assert!(message.contains("no-such-file.jsonl"), "{message}");
}

#[test]
fn the_table_has_the_numbers_of_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("numbers.csv");
    let report = report(&["--csv", file.to_str().unwrap()]);
    let rows = table(&file);
    let of = |axis: &str, raters: &str| -> Vec<&Row> {
        let wanted =
            |row: &&Row| row["axis"] == axis && row["raters"] == raters && row["by"].is_empty();
        rows.iter().filter(wanted).collect()
    };
    for axis in ["omission", "commission"] {
        let found = &report["judges"]["invented-judge"]["axes"][axis];
        let reference = found["reference"].as_str().unwrap();
        let rows = of(axis, &format!("{reference}; invented-judge"));
        for row in &rows {
            let name = row["coefficient"].as_str();
            let measure = match name.split('.').collect::<Vec<_>>().as_slice() {
                ["thresholds", grade, name] => {
                    let cuts = found["thresholds"].as_array().unwrap();
                    let grade: i64 = grade.parse().unwrap();
                    &cuts.iter().find(|cut| cut["grade"] == grade).unwrap()[name]
                }
                [name] if found["agreement"].get(name).is_some() => &found["agreement"][name],
                parts => parts.iter().fold(found, |found, part| &found[part]),
            };
            assert_measure(row, measure);
        }
        for name in ["bias", "miss_rate", "kappa_quadratic", "corrected_mean", "ppi"] {
            assert_eq!(rows.iter().filter(|row| row["coefficient"] == name).count(), 1, "{name}");
        }
        for (human, found) in found["by_human"].as_object().unwrap() {
            let rows = of(axis, &format!("{human}; invented-judge"));
            let bias = rows.iter().find(|row| row["coefficient"] == "bias").unwrap();
            assert_measure(bias, &found["bias"]);
        }
    }
    assert!(rows.iter().any(|row| row["by"] == "model" && row["stratum"] == "aster"));
}

#[test]
fn where_a_high_grade_is_good_the_judge_misses_what_is_bad() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("t.csv");
    let rows = "rater,item,axis,value\nA,x,quality,5\nA,y,quality,2\nA,z,quality,1\n\
                J,x,quality,5\nJ,y,quality,5\nJ,z,quality,1.0\n";
    fs::write(&table, rows).unwrap();
    let (human, judge) = (format!("{}@A", table.display()), format!("{}@J", table.display()));
    let missed = |scale: &str| {
        let files = ["judge", "--human", &human, "--judge", &judge, "--scale", scale, "--json"];
        let report: Value = serde_json::from_str(&succeeds(primum(&root(), &files)).out).unwrap();
        report["judges"]["J"]["axes"]["quality"]["miss_rate"]["estimate"].clone()
    };
    assert_eq!(missed("quality=5..1"), 0.5, "y is bad, and the judge calls it the best");
    assert_eq!(missed("quality=1..5"), 0.0, "x and y are above 1 for both");
    let out = ["judge", "--human", &human, "--judge", &judge, "--scale", "quality=5..2"];
    let reason = fails(primum(&root(), &out));
    assert!(
        reason.contains("expected one of 5, 4, 3, 2;"),
        "1 is no grade of this scale: {reason}"
    );
}

#[test]
fn what_the_judge_missed_is_printed_of_a_table_whose_columns_were_named() {
    let folder = tempfile::tempdir().unwrap();
    let (table, responses) = (folder.path().join("t.csv"), folder.path().join("r.csv"));
    fs::write(&table, "Fall,Ada,Robot\nx/m/0,2,0\ny/m/0,1,1\n").unwrap();
    fs::write(&responses, "scenario_id,model_id,response\nx,m,Call tomorrow.\ny,m,Come.\n")
        .unwrap();
    let (human, judge) = (format!("{}@Ada", table.display()), format!("{}@Robot", table.display()));
    let named = ["--map", "item=Fall", "--map", "value=Ada,Robot", "--map", "axis=:omission"];
    let files = ["judge", "--human", &human, "--judge", &judge];
    let texts = ["--responses", responses.to_str().unwrap()];
    let run = succeeds(primum(&root(), &[&files[..], &named, &texts].concat()));
    assert!(run.out.contains("Missed by the judge: 1 item, the worst of grade 2"), "{}", run.out);
    assert!(run.out.contains("Call tomorrow.") && !run.out.contains("Come."), "{}", run.out);
}

#[test]
fn responses_and_scenarios_are_read_by_the_columns_that_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        file.display().to_string()
    };
    let human = put("Ada.csv", "Fall;Note\nx/m/0;2\ny/m/0;1\nz/m/0;0\n");
    let judge = put("Robot.csv", "Fall;Note\nx/m/0;0\ny/m/0;1\nz/m/0;0\n");
    let responses = put("r.csv", "Case;Answer\nx;Call tomorrow.\ny;Come.\nz;Stay.\n");
    let scenarios = put("s.csv", "Case;Asked;Ward\nx;May I wait?;a\ny;And I?;b\nz;And we?;a\n");
    let files = ["judge", "--human", &human, "--judge", &judge, "--responses", &responses];
    let grades = ["--map", "item=Fall", "--map", "value=Note", "--map", "axis=:omission"];
    let answers = ["--map", "scenario_id=Case", "--map", "response=Answer", "--map", "model_id=:m"];
    let given = [&files[..], &grades, &answers].concat();
    let asked = ["--scenarios", &scenarios, "--map", "id=Case", "--map", "prompt=Asked"];
    let run = succeeds(primum(&root(), &[&given[..], &asked].concat()));
    for text in ["Missed by the judge: 1 item", "│ Call tomorrow.", "│ May I wait?"] {
        assert!(run.out.contains(text), "{}", run.out);
    }
    let message = fails(primum(&root(), &[&given[..], &["--map", "response=Text"]].concat()));
    assert!(message.contains("found response twice"), "{message}");
    let message = fails(primum(&root(), &[&given[..], &["--map", "answer=Text"]].concat()));
    let fields = "with one of rater, item, axis, value, scenario, model, omission, commission, count, scenario_id,";
    assert!(message.contains(fields), "{message}");
    let message = fails(primum(&root(), &[&files[..5], &grades, &answers].concat()));
    assert!(
        message.contains(
            "--map scenario_id=Case: this is about a table of responses, and none is read"
        ),
        "{message}"
    );
}

#[test]
fn a_miss_is_explained_and_called_as_the_person_does() {
    let rule = "A response is missed if the judge gives it 0 (Viable path), the best grade, and humans give it a worse \
                one; other grades that are too good are no misses";
    let run = succeeds(judge(&[]));
    assert!(run.out.contains(rule), "{}", run.out);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("numbers.csv");
    let report = report(&["--csv", file.to_str().unwrap()]);
    assert_eq!(report["judges"]["invented-judge"]["axes"]["omission"]["miss_rule"], rule);
    let rows = table(&file);
    let missed =
        rows.iter().find(|row| row["axis"] == "omission" && row["coefficient"] == "miss_rate");
    assert_eq!(missed.unwrap()["note"], rule);
}

#[test]
fn a_judge_on_a_scale_of_words_is_reported_in_them() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    put("humans.csv", "item,Ann,Ben\nx,mild,mild\ny,severe,severe\nz,none,none\nw,none,severe\n");
    put("judge.csv", "item,judge\nx,none\ny,severe\nz,none\nw,none\n");
    let ask = |last: &[&str]| {
        let files = [
            "judge",
            "--human",
            "humans.csv",
            "--judge",
            "judge.csv",
            "--scale",
            "grade=none,mild,severe",
        ];
        succeeds(primum(folder.path(), &[&files[..], last].concat())).out
    };
    let out = ask(&["--csv", "n.csv"]);
    for part in [
        "human \\ judge      none    mild  severe\n",
        "sensitivity at mild or worse",
        "gives it none, the best grade",
    ] {
        assert!(out.contains(part), "no {part:?} in {out}");
    }
    assert!(
        table(&folder.path().join("n.csv"))
            .iter()
            .any(|row| row["coefficient"] == "thresholds.severe.sensitivity")
    );
    let report: Value = serde_json::from_str(&ask(&["--json"])).unwrap();
    let missed = &report["judges"]["judge"]["axes"]["grade"]["missed"];
    assert_eq!(
        (&missed[0]["reference_name"], &missed[0]["judge_name"]),
        (&json!("mild"), &json!("none"))
    );
    let thresholds = r#"{"format": "primum-thresholds/1", "thresholds": [{"axis": "grade", "quantity": "sensitivity", "grade": 2, "relation": "at_least", "value": 0.5}]}"#;
    put("limits.json", thresholds);
    assert!(
        ask(&["--thresholds", "limits.json"])
            .contains("sensitivity at severe or worse at least 0.5")
    );
}

#[test]
fn a_cut_is_called_as_the_grades_behind_it_are_on_every_scale() {
    let humans = "item,Ann,Ben\nx,4,3\ny,3,2\nz,2,2\nw,1,0\nv,0,1\n";
    let judge = "item,judge\nx,4\ny,2\nz,2\nw,1\nv,1\n";
    let worded = |text: &str| {
        let names = ["nil", "low", "mid", "much", "most"];
        let word = |cell: &str| cell.parse().map_or(cell.to_owned(), |at: usize| names[at].into());
        let line = |line: &str| line.split(',').map(word).collect::<Vec<String>>().join(",");
        text.lines().map(|one| line(one) + "\n").collect::<String>()
    };
    let (worded_humans, worded_judge) = (worded(humans), worded(judge));
    for (humans, judge, scale, ranges) in [
        (humans, judge, "0..4", ["1 or more", "2 or more", "3 or more", "4 or more"]),
        (humans, judge, "4..0", ["3 or worse", "2 or worse", "1 or worse", "0 or worse"]),
        (
            &*worded_humans,
            &*worded_judge,
            "nil,low,mid,much,most",
            ["low or worse", "mid or worse", "much or worse", "most or worse"],
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("h.csv"), humans).unwrap();
        fs::write(folder.path().join("j.csv"), judge).unwrap();
        let scale = format!("grade={scale}");
        let out = succeeds(primum(
            folder.path(),
            &["judge", "--human", "h.csv", "--judge", "j.csv", "--scale", &scale, "--figures", "f"],
        ))
        .out;
        let figure = fs::read_to_string(folder.path().join("f/judge-judge-grade-detection.svg"));
        let figure = figure.unwrap();
        for range in ranges {
            for quantity in ["ensitivity", "pecificity"] {
                let said = format!("{quantity} at {range}");
                assert!(out.contains(&said), "no {said:?} in {out}");
                assert!(figure.contains(&said), "no {said:?} in {figure}");
            }
        }
    }
}
