//! `primum agree`.

use crate::study::Lead;
use crate::support::{Run, assert_measure, fails, primum, succeeds, table};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use testing::{annotation, published, root};

fn agree(arguments: &[&str]) -> Run {
    primum(&root(), &[&["agree"], arguments].concat())
}

fn report(arguments: &[&str]) -> Value {
    let run = succeeds(agree(&[arguments, &["--json"]].concat()));
    assert_eq!(run.err, "");
    serde_json::from_str(&run.out).expect("standard output is one JSON document")
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_json_report_has_these_keys() {
    let report = report(&[&annotation("A.ratings.json"), &annotation("B.ratings.json")]);
    assert_eq!(
        keys(&report),
        [
            "format",
            "first",
            "second",
            "only_first",
            "only_second",
            "cautions",
            "axes",
            "strata",
            "actions"
        ]
    );
    assert_eq!(report["format"], "primum-agreement/1");
    assert_eq!(keys(&report["axes"]), ["omission", "commission"]);
    for axis in ["omission", "commission"] {
        let axis = &report["axes"][axis];
        assert_eq!(
            keys(axis),
            [
                "label",
                "shared",
                "only_first",
                "only_second",
                "excluded",
                "categories",
                "grade_names",
                "n",
                "scenarios",
                "intervals",
                "table",
                "exact",
                "within_1",
                "mean_difference",
                "kappa",
                "kappa_linear",
                "kappa_quadratic",
                "pabak",
                "ac1",
                "ac2",
                "alpha_ordinal",
                "maximum_kappa",
                "margins",
                "findings",
            ]
        );
        for measure in
            ["exact", "mean_difference", "kappa", "kappa_linear", "kappa_quadratic", "pabak", "ac1"]
        {
            assert_eq!(keys(&axis[measure]), ["estimate", "se", "interval"]);
            let bounds = keys(&axis[measure]["interval"]);
            assert_eq!(bounds, ["lo", "hi", "level", "method", "plain"]);
        }
    }
    assert_eq!(report["axes"]["omission"]["n"], 23);
}

#[test]
fn the_table_says_n_what_was_excluded_and_every_measure() {
    let run = succeeds(agree(&[&annotation("A.ratings.json"), &annotation("B.ratings.json")]));
    for line in [
        "First: Dr. Ada Example    Second: Dr. Ben Example",
        "Omission harm: n = 23 of 24 shared items",
        "Commission harm: n = 23 of 24 shared items",
        "  excluded, abstained: 1",
        "               0        9       2       0       0       0",
    ] {
        assert!(run.out.lines().any(|found| found == line), "no line {line:?} in\n{}", run.out);
    }
    for (measure, estimate) in [
        ("kappa, quadratic weights", "0.871"),
        ("kappa, linear weights", "0.732"),
        ("kappa, unweighted", "0.516"),
        ("exact agreement", "0.652"),
        ("agreement within one step", "0.957"),
        ("Brennan-Prediger (PABAK)", "0.565"),
        ("Gwet's AC1", "0.577"),
        ("Gwet's AC2, quadratic", "0.910"),
        ("Krippendorff's alpha, ord.", "0.8"),
        ("mean difference", "0.130"),
    ] {
        let line = run.out.lines().find(|line| line.trim_start().starts_with(measure)).unwrap();
        assert!(line.contains(estimate), "{line}");
        assert!(line.contains('['), "every number has its interval: {line}");
    }
}

#[test]
fn with_the_key_a_judge_is_compared_with_a_physician() {
    let key = annotation("key.json");
    let report =
        report(&[&annotation("A.ratings.json"), &annotation("judge.jsonl"), "--key", &key]);
    assert_eq!(report["axes"]["omission"]["excluded"], json!({ "parse_failure": 1 }));
    assert_eq!(report["axes"]["commission"]["n"], 24);
}

#[test]
fn equality_over_strata_says_what_was_permuted_and_how_often() {
    let key = annotation("key.json");
    let files = [annotation("A.ratings.json"), annotation("B.ratings.json")];
    let arguments = [files[0].as_str(), &files[1], "--key", &key, "--seed", "3"];
    let report = report(&arguments);
    let strata = report["strata"].as_array().unwrap();
    assert!(!strata.is_empty(), "the key divides the items");
    for strata in strata {
        let equality = &strata["equality"];
        assert_eq!((&equality["method"], &equality["seed"]), (&json!("permutation"), &json!(3)));
        assert_eq!(equality["replicates"], 9_999);
        let permuted = equality["permuted"].as_str().unwrap();
        assert!(["clusters", "within clusters", "items"].contains(&permuted), "{permuted}");
        let p = equality["p"].as_f64().unwrap();
        assert!(p > 0.0 && p <= equality["p_holm"].as_f64().unwrap(), "{equality}");
        assert!(equality["statistic"].as_f64().unwrap() >= 0.0);
    }
    let run = succeeds(agree(&arguments));
    assert!(run.out.contains(" by 9999 permutations of "), "{}", run.out);
    assert!(run.out.contains(", seed 3, p "), "{}", run.out);
}

#[test]
fn bad_input_fails_with_a_message_and_prints_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let good = annotation("A.ratings.json");
    let text = fs::read_to_string(&good).unwrap();
    fs::write(path("cut.json"), &text[..text.len() / 2]).unwrap();
    fs::write(path("newer.json"), text.replace("primum-ratings/2", "primum-ratings/9")).unwrap();
    fs::write(path("empty.json"), "").unwrap();
    fs::write(path("binary.csv"), b"rater,item,axis,value\nRen\xe9\x01,x,omission,1\n").unwrap();
    fs::write(path("scale.csv"), "rater,item,axis,value\nA,x,tone,1\n").unwrap();
    for (second, told) in [
        (path("none.json"), "no such file or folder"),
        (path("cut.json"), "the file ends in the middle"),
        (path("newer.json"), "made by a newer Primum"),
        (path("empty.json"), "the file is empty"),
        (path("binary.csv"), "this is not text: line 2 has a byte that no text has"),
        (path("scale.csv"), "--scale tone=LOWEST..HIGHEST"),
        (
            annotation("packets/packet-B.primum-packet"),
            "expected a ratings file (`primum-ratings/5`)",
        ),
        (root().join("scenarios").display().to_string(), "found a folder; expected a file"),
    ] {
        for arguments in [&[&good, &second], &[&second, &good]] {
            for json in [&[][..], &["--json"]] {
                let arguments = [&arguments.map(String::as_str)[..], json].concat();
                let message = fails(agree(&arguments));
                assert!(message.starts_with("primum: ") && message.contains(told), "{message}");
                let name = Path::new(&second).file_name().unwrap().to_str().unwrap();
                assert!(message.contains(name), "the file is named: {message}");
            }
        }
    }
}

#[test]
fn another_rubric_is_refused_with_the_way_to_compare_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut ratings = exchange::read_ratings(Path::new(&annotation("B.ratings.json"))).unwrap();
    ratings.rubric.version = "3".into();
    let second = folder.path().join("B.json");
    exchange::write_ratings(&second, &ratings).unwrap();
    let second = second.to_str().unwrap();
    let first = annotation("A.ratings.json");
    assert!(
        fails(agree(&[&first, second])).ends_with("To compare them anyway: --across-rubrics\n")
    );
    let run = succeeds(agree(&[&first, second, "--across-rubrics"]));
    assert!(run.out.contains("Note: Different rubrics:"), "{}", run.out);

    ratings.study = study::StudyId::new("elsewhere");
    let other = folder.path().join("other.json");
    exchange::write_ratings(&other, &ratings).unwrap();
    let message = fails(agree(&[&first, other.to_str().unwrap(), "--across-rubrics"]));
    assert!(message.contains("in study elsewhere"), "{message}");
    assert!(
        message.contains("A.ratings.json and ") && message.contains("other.json: "),
        "{message}"
    );
}

#[test]
fn a_scale_is_declared_by_its_ends() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("t.csv");
    fs::write(&table, "rater,item,axis,value\nA,x,tone,-1\nB,x,tone,3\nA,y,tone,0\nB,y,tone,0\n")
        .unwrap();
    let of = |rater: &str| format!("{}@{rater}", table.display());
    let report = report(&[&of("A"), &of("B"), "--scale", "tone=-1..3"]);
    assert_eq!(report["axes"]["tone"]["categories"], json!([-1, 0, 1, 2, 3]));
    assert_eq!(report["axes"]["tone"]["n"], 2, "-1 is a grade where the scale holds it");
    for scale in ["tone", "tone=3", "tone=1..1", "tone=a..b", "tone=0..99999"] {
        let run = agree(&[&of("A"), &of("B"), "--scale", scale]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{scale}");
        assert!(
            run.err.contains("expected AXIS=LOWEST..HIGHEST, such as refusal=0..2"),
            "{}",
            run.err
        );
    }
}

#[test]
fn the_published_judges_agree_as_published() {
    let file = |name: &str| published(&format!("iatrobench/{name}.jsonl")).display().to_string();
    let report = report(&[&file("judge_opus"), &file("judge_gpt52")]);
    let omission = &report["axes"]["omission"];
    assert_eq!(omission["n"], 38);
    let kappa = omission["kappa"]["estimate"].as_f64().unwrap();
    assert!((kappa - 0.516).abs() < 5e-4, "published as 0.516: {kappa}");
}

#[test]
fn bootstrap_samples_are_not_counted_for_intervals_that_draw_none() {
    let files = [annotation("A.ratings.json"), annotation("B.ratings.json")];
    let reason = fails(agree(&[&files[0], &files[1], "--replicates", "400"]));
    assert!(reason.contains("--replicates") && reason.contains("--intervals items"), "{reason}");
    let items = ["--replicates", "400", "--intervals", "items"];
    succeeds(agree(&[&[files[0].as_str(), files[1].as_str()], &items[..]].concat()));
    let study = primum(&root(), &["study", "agree", "none.study", "--replicates", "400"]);
    assert!(fails(study).contains("--replicates"));
}

/// How many measures a report holds: numbers with their uncertainty, or reasons why there are none.
fn measures(value: &Value) -> usize {
    match value {
        Value::Object(fields) if fields.contains_key("estimate") => 1,
        Value::Object(fields) if fields.contains_key("undefined") => 1,
        Value::Object(fields) => fields.values().map(measures).sum(),
        Value::Array(values) => values.iter().map(measures).sum(),
        _ => 0,
    }
}

#[test]
fn the_table_has_every_number_of_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("numbers.csv");
    let name = file.to_str().unwrap();
    let files = [annotation("A.ratings.json"), annotation("B.ratings.json")];
    let key = annotation("key.json");
    let report = report(&[&files[0], &files[1], "--key", &key, "--csv", name]);
    let rows = table(&file);
    for row in &rows {
        assert_eq!(row["raters"], "Dr. Ada Example; Dr. Ben Example");
        let strata = report["strata"].as_array().unwrap();
        let strata = strata.iter().find(|one| one["by"] == row["by"] && one["axis"] == row["axis"]);
        let of = match (row["by"].as_str(), row["axis"].as_str()) {
            ("", "actions") => &report["actions"]["all"],
            ("", axis) => &report["axes"][axis],
            _ => &strata.unwrap()["strata"][&row["stratum"]],
        };
        assert_measure(row, &of[&row["coefficient"]]);
        assert_eq!(row["n"], of["n"].to_string());
    }
    let axes = report["axes"].as_object().unwrap().values();
    // The test of the margins is no measure.
    let of_axes: usize = axes.map(|axis| measures(axis) - measures(&axis["margins"])).sum();
    let strata = report["strata"].as_array().unwrap().iter();
    let of_strata: usize = strata.map(|one| measures(&one["strata"])).sum();
    assert_eq!(rows.len(), of_axes + of_strata + measures(&report["actions"]["all"]));

    fs::write(&file, "mine").unwrap();
    let run = agree(&[&files[0], &files[1], "--csv", name]);
    assert!(fails(run).contains("numbers.csv"));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn the_table_of_a_panel_has_all_raters_and_every_pair() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let grades = "rater,item,axis,value\na,1,omission,0\na,2,omission,1\nb,1,omission,0\nb,2,omission,2\n\
                  c,1,omission,1\nc,2,omission,1\n";
    fs::write(path("t.csv"), grades).unwrap();
    let run = primum(folder.path(), &["agree", "t.csv", "--json", "--csv", "numbers.csv"]);
    let report: Value = serde_json::from_str(&succeeds(run).out).unwrap();
    let axis = &report["axes"]["omission"];
    let rows = table(&path("numbers.csv"));
    assert_eq!(rows.len(), 6 + 3 * 10);
    for row in &rows[..6] {
        assert_eq!(row["raters"], "a; b; c");
        assert_measure(row, &axis[&row["coefficient"]]);
    }
    for (pair, rows) in rows[6..].chunks(10).enumerate() {
        for row in rows {
            assert_eq!(row["raters"], ["a; b", "a; c", "b; c"][pair]);
            assert_measure(row, &axis["pairs"][pair][&row["coefficient"]]);
        }
    }
}

/// Two raters' words, and what each table calls its grades.
fn words(folder: &Path) {
    let grades = "item,Ann,Ben\nx,none,mild\ny,severe,severe\nz,None,none\nw,mild,severe\n";
    fs::write(folder.join("w.csv"), grades).unwrap();
}

#[test]
fn results_call_grades_as_the_person_does() {
    let folder = tempfile::tempdir().unwrap();
    words(folder.path());
    let scale = ["w.csv", "--scale", "grade=none,mild,severe"];
    let run = succeeds(primum(folder.path(), &[&["agree"], &scale[..]].concat()));
    assert!(run.out.contains("first \\ second     none    mild  severe\n"), "{}", run.out);
    let meant = "Note: Means, differences, bias and intraclass correlations on grade count its grades from 0 for none to 2 \
                 for severe, one step apart.";
    assert!(run.out.contains(meant), "{}", run.out);
    let json = succeeds(primum(folder.path(), &[&["agree", "--json"], &scale[..]].concat()));
    let report: Value = serde_json::from_str(&json.out).unwrap();
    let axis = &report["axes"]["grade"];
    assert_eq!(axis["grade_names"], json!(["none", "mild", "severe"]));
    assert_eq!(axis["categories"], json!([0, 1, 2]));
    fs::write(folder.path().join("q.csv"), "item,Ann,Ben\nx,5,5\ny,5,5\nz,5,4\nw,1,5\n").unwrap();
    let run = succeeds(primum(folder.path(), &["agree", "q.csv", "--scale", "grade=5..1"]));
    assert!(
        run.out.contains("first \\ second        5       4       3       2       1\n"),
        "{}",
        run.out
    );
}

#[test]
fn none_that_is_no_grade_is_said() {
    let folder = tempfile::tempdir().unwrap();
    words(folder.path());
    let run = succeeds(primum(folder.path(), &["agree", "w.csv", "--scale", "grade=mild,severe"]));
    let said = "Note: w.csv: `None` on grade counts as not rated (1). If it is a grade, list it among the words of the \
                scale: --scale grade=None,…,HIGHEST.";
    assert!(run.out.contains(said), "{}", run.out);
}

#[test]
fn what_would_change_nothing_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    words(folder.path());
    let told = |arguments: &[&str]| {
        fails(primum(folder.path(), &[&["agree", "w.csv"], arguments].concat()))
    };
    let scale = "grade=none,mild,severe";
    assert_eq!(
        told(&["--scale", scale, "--scale", "tone=0..2"]),
        "primum: field `scale`: found `tone`, an axis that no file has; expected one of grade\n"
    );
    assert_eq!(
        told(&["--scale", scale, "--scale", "grade=severe,mild,none"]),
        "primum: field `scale`: found two scales of `grade`; expected one for each axis\n"
    );
    let files = [annotation("A.ratings.json"), annotation("B.ratings.json")];
    let own = fails(agree(&[&files[0], &files[1], "--scale", "omission=0..9"]));
    assert!(own.contains("`omission`, whose scale the files declare themselves"), "{own}");
}

#[test]
fn files_without_an_axis_in_common_are_told_before_scales_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "item,tone\nx,1\ny,2\n").unwrap();
    fs::write(folder.path().join("b.csv"), "item,ease\nx,1\ny,2\n").unwrap();
    assert_eq!(
        fails(primum(folder.path(), &["agree", "a.csv", "b.csv"])),
        "primum: No axis in common: a.csv has tone, b.csv has ease. If they are one, call it alike in the files, or \
         say so of one: --map FILE:axis=:NAME.\n"
    );
}

#[test]
fn two_files_with_other_columns_are_mapped_each() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), "ID,Punkte,Alter\nx,1,70\ny,2,71\nz,0,72\n").unwrap();
    fs::write(folder.path().join("b.csv"), "Case,Score,Age\nx,1,70\ny,1,71\nz,0,72\n").unwrap();
    let maps = [
        "a.csv:item=ID",
        "a.csv:value=Punkte",
        "a.csv:axis=:tone",
        "b.csv:item=Case",
        "b.csv:value=Score",
        "b.csv:axis=:tone",
    ];
    let maps: Vec<&str> = maps.iter().flat_map(|map| ["--map", map]).collect();
    let ask = |last: &[&str]| {
        primum(
            folder.path(),
            &[&["agree", "a.csv", "b.csv", "--scale", "tone=0..2"], &maps[..], last].concat(),
        )
    };
    let run = succeeds(ask(&[]));
    assert!(run.out.contains("tone: n = 3 of 3 shared items"), "{}", run.out);
    let told = fails(ask(&["--map", "c.csv:item=ID"]));
    assert_eq!(
        told,
        "primum: field `map`: found `c.csv:`; expected one of the files that are read: a.csv, b.csv\n"
    );
}

#[test]
fn items_of_one_file_alone_are_named_the_first_few_in_the_text_and_all_in_json() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("t.csv").display().to_string();
    let rows = "A,i1,0\nA,i2,1\nA,i3,2\nA,i4,2\nA,i5,2\nA,i6,2\nB,i1,0\nB,i2,1\nB,k9,2\n";
    fs::write(&table, format!("rater,item,omission\n{rows}")).unwrap();
    let text = succeeds(agree(&[&table])).out;
    assert!(text.contains("\nOnly in the first: i3, i4, i5 and 1 more\n"), "{text}");
    assert!(text.contains("\nOnly in the second: k9\n"), "{text}");
    let report: Value = serde_json::from_str(&succeeds(agree(&[&table, "--json"])).out).unwrap();
    assert_eq!(report["only_first"], json!(["i3", "i4", "i5", "i6"]));
    assert_eq!(report["only_second"], json!(["k9"]));
    fs::write(&table, format!("rater,item,omission\n{rows}C,i1,0\nC,i2,1\n")).unwrap();
    let text = succeeds(agree(&[&table])).out;
    assert!(text.contains("\n  graded by one rater only: i3, i4, i5 and 2 more\n"), "{text}");
}

#[test]
fn an_axis_of_a_study_to_which_nothing_came_is_no_fault() {
    let lead = Lead::of_example();
    let said = lead.says(&["agree", "study", "--axis", "omission"]);
    assert!(said.contains("No two raters have sent ratings of the same items."), "{said}");
    lead.says(&["receive", "study", &annotation("A.ratings.json"), &annotation("B.ratings.json")]);
    let told = fails(lead.runs(&["agree", "study", "--axis", "tone"]));
    assert!(told.contains("--axis: found `tone`; expected one of commission, omission"), "{told}");
}

#[test]
fn a_key_may_be_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        file.display().to_string()
    };
    let sheet = put("A.csv", "blind_id,oh_score\nB0,1\nB1,3\nB2,0\nB3,2\n");
    let lines = (0..4).map(|at| {
        format!(
            "{{\"scenario_id\": \"s{}\", \"model_id\": \"m{}\", \"rep_id\": 0, \"omission_harm\": {at}}}\n",
            at / 2,
            at % 2
        )
    });
    let judge = put("judge.jsonl", &lines.collect::<String>());
    let rows = "B0,s0,m0,0\nB1,s0,m1,0\nB2,s1,m0,0\nB3,s1,m1,0\n";
    let key = put("key.csv", &format!("blind_id,scenario_id,model_id,rep_id\n{rows}"));
    let report = report(&[&sheet, &judge, "--key", &key]);
    assert_eq!(report["axes"]["omission"]["n"], 4);
    assert_eq!(report["strata"][0]["by"], "model");
    let ratings = annotation("A.ratings.json");
    let told = fails(agree(&[&ratings, &sheet, "--key", &key]));
    assert!(told.contains("No item in common"), "a table names no study: {told}");
}

#[test]
fn a_rater_of_two_files_counts_twice_which_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "rater,item,axis,value\nAnn,x,omission,1\nBen,x,omission,2\nAnn,y,omission,0\nBen,y,omission,0\nAnn,z,omission,3\nBen,z,omission,3\n";
    for name in ["one.csv", "two.csv"] {
        fs::write(folder.path().join(name), rows).unwrap();
    }
    let said = succeeds(primum(folder.path(), &["agree", "one.csv", "two.csv"])).out;
    let note = "`Ann` is in one.csv and in two.csv, and counts as 2 raters, as two of these grade `x` on omission.";
    assert!(said.contains(note), "{said}");
    let said = succeeds(primum(folder.path(), &["agree", "one.csv"])).out;
    assert!(!said.contains("counts as"), "{said}");
}

#[test]
fn what_a_rater_gave_in_two_waves_or_on_two_axes_is_one_raters() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, rows: &[&str]| {
        fs::write(
            folder.path().join(name),
            format!("rater,item,axis,value\n{}\n", rows.join("\n")),
        )
        .unwrap();
    };
    let first = ["Ann,x,omission,1", "Ben,x,omission,2", "Ann,y,omission,0", "Ben,y,omission,0"];
    let second = [
        "Ann,z,omission,3",
        "Ben,z,omission,3",
        "Ann,w,omission,4",
        "Ben,w,omission,1",
        "Ann,x,omission,",
    ];
    put("all.csv", &[&first[..], &second[..4]].concat());
    put("one.csv", &first);
    // An empty cell of the second wave says nothing against the grade of the first.
    put("two.csv", &second);
    put(
        "axis.csv",
        &["Ann,x,commission,0", "Ben,x,commission,1", "Ann,y,commission,1", "Ben,y,commission,1"],
    );
    let ask = |files: &[&str]| -> Value {
        let run = succeeds(primum(folder.path(), &[&["agree", "--json"], files].concat()));
        serde_json::from_str(&run.out).unwrap()
    };
    let (apart, together) = (ask(&["one.csv", "two.csv"]), ask(&["all.csv"]));
    assert_eq!(apart["axes"], together["axes"]);
    let cautions = apart["cautions"].to_string();
    assert!(cautions.contains("`Ann` is in one.csv and in two.csv, which grade different items or axes, and counts as one rater."), "{cautions}");
    assert_eq!(ask(&["one.csv", "axis.csv"])["axes"].as_object().unwrap().len(), 2);
    // Alone, what is left would be one rater: two people may be called after their files.
    fs::create_dir_all(folder.path().join("a")).unwrap();
    fs::write(folder.path().join("r.csv"), "item,omission\nx,1\ny,2\n").unwrap();
    fs::write(folder.path().join("a/r.csv"), "item,omission\nz,1\nw,2\n").unwrap();
    let told = fails(primum(folder.path(), &["agree", "r.csv", "a/r.csv"]));
    assert!(told.contains("No item in common"), "{told}");
}

#[test]
fn names_that_a_spreadsheet_changed_are_told_with_those_they_were_made_from() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, items: [&str; 8]| {
        let rows: String = items.iter().map(|item| format!("{item},1\n")).collect();
        fs::write(folder.path().join(name), format!("item,omission\n{rows}")).unwrap();
    };
    put("ann.csv", ["k1", "k2", "k3", "MAY3", "1-2", "123456789012", "0071", "12e3"]);
    put("ben.csv", ["k1", "k2", "k3", "3-May", "2-Jan", "1.23457E+11", "71", "12000"]);
    let said = succeeds(primum(folder.path(), &["agree", "ann.csv", "ben.csv"])).out;
    for words in [
        "3 items of ben were not paired and look as a spreadsheet writes them, such as `1.23457E+11`, a number.",
        "Probably from items of ann: `1.23457E+11` ← `123456789012`, `2-Jan` ← `1-2` and `3-May` ← `MAY3`.",
        "2 items of ann and ben are the same numbers in two spellings, such as `0071` and `71`",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn raters_who_are_called_alike_by_a_number_or_a_file_are_not_joined() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, rows: &str| {
        fs::create_dir_all(folder.path().join(name).parent().unwrap()).unwrap();
        fs::write(folder.path().join(name), rows).unwrap();
    };
    let centre = |from: usize| -> String {
        let row = |item: usize| {
            format!("1,i{item},omission,{}\n2,i{item},omission,{}\n", item % 4, item % 3)
        };
        format!("rater,item,axis,value\n{}", (from..from + 6).map(row).collect::<String>())
    };
    put("c1.csv", &centre(0));
    put("c2.csv", &centre(6));
    let said = succeeds(primum(folder.path(), &["agree", "c1.csv", "c2.csv"])).out;
    assert!(
        said.contains(
            "`1` is in c1.csv and in c2.csv, and counts as 2 raters, as others may be called so."
        ),
        "{said}"
    );
    put("s1/grades.csv", "item,omission\nx,1\ny,2\n");
    put("s2/grades.csv", "item,omission\nz,0\nw,2\n");
    put("all.csv", "item,omission\nx,1\ny,2\nz,3\nw,2\n");
    let said =
        succeeds(primum(folder.path(), &["agree", "s1/grades.csv", "s2/grades.csv", "all.csv"]))
            .out;
    assert!(said.contains("counts as 2 raters, as others may be called so."), "{said}");
}

/// The same responses under other names are graded twice, and are no second wave.
#[test]
fn waves_are_told_from_second_gradings_once_responses_have_one_name() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, item: &str, raters: [&str; 2], shift: usize| {
        let row = |at: usize, rater: &str| {
            format!("{rater},{item}{at},s{},m{},omission,{}\n", at / 2, at % 2, (at + shift) % 4)
        };
        let rows: String = (0..8).flat_map(|at| raters.map(|rater| row(at, rater))).collect();
        fs::write(
            folder.path().join(name),
            format!("rater,item,scenario,model,axis,value\n{rows}"),
        )
        .unwrap();
    };
    put("w1.csv", "x", ["Ann", "Ben"], 0);
    put("w2.csv", "y", ["Ann", "Cyd"], 1);
    let run = succeeds(primum(folder.path(), &["agree", "w1.csv", "w2.csv", "--json"]));
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let cautions = report["cautions"].to_string();
    assert!(cautions.contains("counts as 2 raters, as two of these grade"), "{cautions}");
    assert_eq!(report["axes"]["omission"]["pairable"], 8, "eight responses, not sixteen");
}

#[test]
fn words_that_only_begin_as_a_month_are_no_date() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, items: [&str; 6]| {
        let rows: String = items.iter().map(|item| format!("{item},1\n")).collect();
        fs::write(folder.path().join(name), format!("item,omission\n{rows}")).unwrap();
    };
    put("ann.csv", ["k1", "k2", "decision1", "mayor3", "2020-07-09", "0e1"]);
    put("ben.csv", ["k1", "k2", "1-Dec", "3-May", "07/09/2020", "0e77"]);
    let said = succeeds(primum(folder.path(), &["agree", "ann.csv", "ben.csv"])).out;
    assert!(said.contains("Probably from items of ann: `07/09/2020` ← `2020-07-09`."), "{said}");
    assert!(!said.contains("← `decision1`") && !said.contains("same numbers"), "{said}");
}

/// A rater's second table may name other scenarios: the first are kept, which is said.
#[test]
fn scenarios_stay_those_of_the_first_table() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, axis: &str, scenario: &dyn Fn(usize) -> String| {
        let row = |item: usize, rater: &str| {
            format!(
                "{rater},i{item},{},{axis},{}\n",
                scenario(item),
                (item + rater.len() % 2 * (item % 4 / 3)) % 4
            )
        };
        let rows: String =
            (0..12).flat_map(|item| ["Ann", "Benn"].map(|rater| row(item, rater))).collect();
        fs::write(folder.path().join(name), format!("rater,item,scenario,axis,value\n{rows}"))
            .unwrap();
    };
    put("one.csv", "omission", &|item| format!("s{}", item / 3));
    put("two.csv", "commission", &|item| format!("t{}", item % 4));
    let report = |files: &[&str]| -> Value {
        let run = succeeds(primum(folder.path(), &[&["agree", "--json"], files].concat()));
        serde_json::from_str(&run.out).unwrap()
    };
    let (alone, both) = (report(&["one.csv"]), report(&["one.csv", "two.csv"]));
    assert_eq!(
        alone["axes"]["omission"]["kappa_quadratic"],
        both["axes"]["omission"]["kappa_quadratic"]
    );
    assert!(
        both["cautions"].to_string().contains("intervals take the first"),
        "{}",
        both["cautions"]
    );
}
