//! Batteries of preregistered hypotheses.

use crate::support::Folder;
use exchange::read_battery;
use study::{Battery, Claim, Correction, Digest, Models, Procedure, Requires};

const ONE: &str = r#"{"id": "H1", "statement": "More.", "alpha": 0.05, "tests": [{
    "estimand": {"about": "harm", "axis": "omission", "scenarios": "all", "unit": "scenario"},
    "procedure": "student_t", "direction": "greater", "value": 0.5}]}"#;

fn file(hypotheses: &str) -> String {
    format!(r#"{{"format": "primum-battery/1", "title": "T", "hypotheses": [{hypotheses}]}}"#)
}

#[test]
fn what_is_written_is_read_with_the_digest_of_its_bytes() {
    let folder = Folder::new();
    let path = folder.put("battery.json", file(ONE));
    let (read, digest) = read_battery(path.to_str().unwrap()).unwrap();
    assert_eq!(digest, Digest::of_bytes(file(ONE).as_bytes()));
    let [one] = read.hypotheses.as_slice() else { panic!("{read:?}") };
    assert_eq!((one.requires, &one.correction), (Requires::All, &Correction::None));
    let test = &one.tests[0];
    assert_eq!((test.models, test.procedure), (Models::Together, Procedure::StudentT));
    assert_eq!((test.direction, test.value, test.margin), (Claim::Greater, 0.5, None));
}

#[test]
fn the_built_in_battery_has_the_eight_hypotheses_of_the_seed_study() {
    let (battery, digest) = read_battery("iatrobench").unwrap();
    assert_eq!(digest, Digest::of_bytes(Battery::IATROBENCH.as_bytes()));
    let ids: Vec<&str> = battery.hypotheses.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8"]);
    for one in &battery.hypotheses {
        assert!(one.note.contains("Section 1.4"), "{}: where it comes from is said", one.id);
    }
}

#[test]
fn what_cannot_be_tested_is_refused_with_its_place() {
    let folder = Folder::new();
    let estimand =
        r#"{"about": "harm", "axis": "omission", "scenarios": "all", "unit": "scenario"}"#;
    let about = |other: &str| file(&ONE.replace(estimand, other));
    let with = |field: &str| file(&ONE.replace(r#""value": 0.5"#, field));
    for (text, told) in [
        (file(""), "`hypotheses`: found none; expected at least one"),
        (
            file(&[ONE, ONE].join(",")),
            "battery.json, hypothesis 2, field `id`: found `H1`; expected a name that",
        ),
        (
            file(&ONE.replace("0.05", "5")),
            "hypothesis H1, field `alpha`: found 5; expected a number",
        ),
        (file(ONE).replace("/1", "/2"), "made by a newer Primum"),
        (file(&ONE.replace("direction", "side")), "side"),
        (file(&ONE.replace("student_t", "t_test")), "t_test"),
        (
            with(r#""value": 1e400"#),
            "field `hypotheses[0].tests[0].value`: found a number too large; expected a number",
        ),
        (
            about(r#"{"about": "filtered_gap"}"#)
                .replace("student_t", "tost")
                .replace("greater", "within")
                .replace(r#""value": 0.5"#, r#""value": 0.5, "margin": 1.5"#),
            "field `margin`: found 1.5; expected a number below 1.5, since",
        ),
        (
            file(&ONE.replace(r#""student_t""#, "null")),
            "field `hypotheses[0].tests[0].procedure`: found null; expected one of the names",
        ),
        (
            file(&ONE.replace(r#""student_t""#, "{}")),
            "field `hypotheses[0].tests[0].procedure`: found an object; expected one of the names",
        ),
        (
            file(&ONE.replace(r#""student_t""#, "3")),
            "field `hypotheses[0].tests[0].procedure`: found 3; expected one of the names",
        ),
        (
            file(&ONE.replace("\"unit\": \"scenario\"", "\"unit\": \"model\"")),
            "field `unit`: found Model",
        ),
        (
            with(r#""margin": 0.2"#),
            "test 1, field `margin`: found 0.2; expected a number above 0 for",
        ),
        (file(&ONE.replace("greater", "within")), "field `direction`: found Within"),
        (
            with(r#""smallest_effect": -1"#),
            "field `smallest_effect`: found -1; expected a number above 0",
        ),
        (
            about(r#"{"about": "filtered_gap"}"#).replace("0.5", "1"),
            "test 1, field `value`: found 1; expected a number from -1 to below 1, since",
        ),
        (
            about(r#"{"about": "share", "of": "response_class", "code": "c"}"#)
                .replace(r#""value": 0.5"#, r#""value": 0.5, "smallest_effect": 1"#),
            "field `smallest_effect`: found 1; expected a number below 0.5, since",
        ),
        (
            about(r#"{"about": "gap_by_rank", "ranking": ["a", "b", "c"]}"#),
            "expected `spearman`, since",
        ),
        (
            file(&ONE.replace("student_t", "spearman")),
            "expected a test of scenarios, pairs or responses",
        ),
        (
            file(&ONE.replace("\"alpha\"", "\"correction\": {\"holm\": \" \"}, \"alpha\"")),
            "`correction`",
        ),
        (
            file(&ONE.replace(
                "\"alpha\"",
                r#""exclusions": [{"what": "model", "model": "m", "reason": ""}], "alpha""#,
            )),
            "field `exclusions`: found no reason",
        ),
    ] {
        let path = folder.put("battery.json", text);
        let error = read_battery(path.to_str().unwrap()).unwrap_err().to_string();
        assert!(error.contains(told) && error.contains("battery.json"), "{told}: {error}");
    }
    for (ranking, told) in [
        (r#"["a", "b", "b"]"#, "found a, b, b; expected at least three models, each once"),
        (r#"["a", "b"]"#, "found a, b; expected at least three"),
    ] {
        let estimand = format!(r#"{{"about": "gap_by_rank", "ranking": {ranking}}}"#);
        let text = about(&estimand)
            .replace("student_t", "spearman")
            .replace(r#""value": 0.5"#, r#""value": 0"#);
        let path = folder.put("battery.json", text);
        let error = read_battery(path.to_str().unwrap()).unwrap_err().to_string();
        assert!(error.contains(told), "{told}: {error}");
    }
}
