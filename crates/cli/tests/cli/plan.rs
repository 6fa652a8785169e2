//! `primum plan`.

use crate::support::{Run, fails, primum, succeeds};
use std::fs;

/// Kappa 5/11 with quadratic weights and standard error 0.0664537 at n = 200: a table attributed to
/// J. Cohen (1960), *Educational and Psychological Measurement* 20:37–46, its standard error by
/// Fleiss, Cohen and Everitt (1969).
const TABLE: &str =
    r#"{"categories": [0, 1, 2], "table": [[88, 14, 18], [10, 40, 10], [2, 6, 12]]}"#;

fn plan(arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pilot.json"), TABLE).unwrap();
    primum(folder.path(), &[&["plan", "pilot.json"], arguments].concat())
}

#[test]
fn items_for_a_wanted_interval_follow_the_formula() {
    // n = 200 (z 0.0664537 / 0.1)² with z = 1.959964, rounded up; computed apart in Python 3.11.
    let said = succeeds(plan(&["--half-width", "0.1", "--formula"])).out;
    assert!(said.starts_with("340 items rated by both raters\n"), "{said}");
    assert!(said.contains("expected coefficient 0.455, standard error 0.051"), "{said}");
    let twice = succeeds(plan(&["--half-width", "0.1", "--design-effect", "2", "--formula"])).out;
    assert!(twice.starts_with("679 items"), "twice as many but for rounding: {twice}");
}

/// n = 200 ((z s₀ + 0.841621 · 0.0664537) / (5/11 - 0.2))², s₀ the standard error at 200 items of the
/// table with kappa 0.2; computed apart in Python 3.11.
#[test]
fn items_for_a_wanted_power_follow_the_formula() {
    let said = succeeds(plan(&["--null", "0.2", "--power", "0.8", "--formula"])).out;
    assert!(said.starts_with("115 items"), "{said}");
    assert!(said.contains("approximates"), "{said}");
}

/// The same command line as ever, and `kappa` as its name.
#[test]
fn a_plan_is_for_the_printed_interval() {
    let said = succeeds(plan(&["--null", "0.2", "--simulate"])).out;
    let items: u64 = said.split(' ').next().unwrap().parse().unwrap();
    assert!((118..=140).contains(&items), "{said}");
    assert!(said.contains("the interval that reports print: 8"), "{said}");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pilot.json"), TABLE).unwrap();
    let named = succeeds(primum(folder.path(), &["plan", "kappa", "pilot.json", "--null", "0.2"]));
    assert_eq!(named.out, said);
}

#[test]
fn a_goal_that_cannot_be_is_refused_with_the_reason() {
    let reason = fails(plan(&["--null", "0.9"]));
    assert!(reason.contains("pilot.json"), "{reason}");
    let reason = fails(plan(&["--half-width", "0"]));
    assert!(reason.contains("half-width"), "{reason}");
}

const HARM: [&str; 3] = ["plan", "--shares", "0.45,0.25,0.15,0.10,0.05"];

fn without_pilot(arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    primum(folder.path(), &[&HARM, arguments].concat())
}

#[test]
fn shares_and_an_agreement_do_without_a_pilot() {
    let width = ["--agreement", "0.6", "--half-width", "0.15"];
    let said = succeeds(without_pilot(&[&width[..], &["--formula"]].concat())).out;
    assert!(said.starts_with("162 items rated by both raters\n"), "{said}");
    let near = [&width[..], &["--disagreements", "near"]].concat();
    let said = succeeds(without_pilot(&[&near[..], &["--formula"]].concat())).out;
    assert!(said.starts_with("92 items"), "{said}");
    let items = |assurance: &str| -> u64 {
        let said = succeeds(without_pilot(&[&near[..], &["--assurance", assurance]].concat())).out;
        said.split(' ').next().unwrap().parse().unwrap()
    };
    let (half, most) = (items("0.5"), items("0.9"));
    assert!((88..=98).contains(&half) && most > half + 10, "{half} and {most}");
    let clusters = ["--per-scenario", "4", "--correlation", "0.1"];
    let said = succeeds(without_pilot(&[&near[..], &clusters].concat())).out;
    assert!(said.contains("design effect 1.3\n") && said.contains(" scenarios."), "{said}");
    let reason = fails(without_pilot(&["--half-width", "0.15"]));
    assert!(reason.contains("--agreement"), "{reason}");
}

/// Standard error is no terminal here, so no bar is drawn on it.
#[test]
fn the_reverse_question_by_simulation_as_json() {
    let arguments = ["--exact", "0.6", "--coefficient", "ac2", "--items", "80", "--null", "0.4"];
    let run = succeeds(without_pilot(&[&arguments[..], &["--json"]].concat()));
    assert_eq!(run.err, "");
    let plan: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((plan["items"].as_u64(), plan["method"].as_str()), (Some(80), Some("simulation")));
    assert!(plan["power"].as_f64().unwrap() > 0.8, "{plan}");
    let reason = fails(without_pilot(&[&arguments[..], &["--distance", "ordinal"]].concat()));
    assert!(reason.contains("--weights"), "{reason}");
}

#[test]
fn other_studies_by_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let plan = |arguments: &[&str]| primum(folder.path(), &[&["plan"], arguments].concat());
    let gap = succeeds(plan(&["framing-gap", "--gap", "0.4", "--sd", "0.8"])).out;
    assert!(gap.starts_with("34 pairs, expected value 0.400\n"), "as G*Power 3 has it: {gap}");
    let pilot = ["framing-gap", "--pilot-gaps", "0,1,-0.5,1,0.5,1", "--half-width", "0.4"];
    assert!(succeeds(plan(&pilot)).out.contains("as of the 6 pairs of the pilot"));
    let missed = ["miss-rate", "--rate", "0.1", "--half-width", "0.1", "--json"];
    let run = succeeds(plan(&missed));
    let missed: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(missed["unit"], "items");
    assert!(missed["plans"][0]["probability"].as_f64().unwrap() > 0.78, "{missed}");
    let raters = ["raters", "--shares", "0.6,0.4", "--agreement", "0.6", "--raters", "2,4"];
    let said = succeeds(plan(&[&raters[..], &["--half-width", "0.2"]].concat())).out;
    assert!(said.contains("with 4 raters") && said.contains("assurance"), "{said}");
    let judge = ["judge-difference", "--shares", "0.6,0.4", "--humans", "0.6", "--judge", "0.6"];
    let said = succeeds(plan(&[&judge[..], &["--margin", "0.25"]].concat())).out;
    assert!(said.contains("exceeds -0.25"), "{said}");
    assert!(fails(plan(&judge)).contains("give what is wanted: --half-width, or --margin"));
}

/// What is said of options that do not go together, with the usage below it.
#[track_caller]
fn refuses(run: Run) -> String {
    assert_ne!(run.code, 0, "{run:?}");
    assert_eq!(run.out, "", "a failure prints nothing that could be taken for a result");
    run.err.lines().next().unwrap_or_default().to_owned()
}

/// An option that a plan has no use for would be thought to have changed it.
#[test]
fn an_option_that_a_plan_does_not_use_is_refused_by_name() {
    let pilot = |arguments: &[&str], name: &str| {
        let reason = refuses(plan(arguments));
        assert!(reason.contains(name) && reason.contains("cannot be used with"), "{reason}");
    };
    pilot(&["--half-width", "0.1", "--power", "0.9"], "--power");
    pilot(&["--null", "0.2", "--assurance", "0.9"], "--assurance");
    pilot(&["--items", "90", "--assurance", "0.9"], "--assurance");
    pilot(&["--half-width", "0.1", "--assurance", "0.9", "--formula"], "--assurance");
    pilot(&["--half-width", "0.1", "--seed", "4", "--formula"], "--seed");
    pilot(&["--half-width", "0.1", "--disagreements", "near"], "--disagreements");
    pilot(&["--half-width", "0.1", "--second-shares", "0.5,0.5"], "--second-shares");
    let typed = ["--agreement", "0.6", "--half-width", "0.1", "--cluster", "scenario"];
    assert!(refuses(without_pilot(&typed)).contains("--cluster"));
    let reason = fails(plan(&["--half-width", "0.1", "--categories", "0,1"]));
    assert!(
        reason.contains("pilot.json") && reason.contains("found 0, 1, 2; expected 0, 1"),
        "{reason}"
    );
    let folder = tempfile::tempdir().unwrap();
    let other = |arguments: &str, name: &str| {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let reason = refuses(primum(folder.path(), &[&["plan"], &arguments[..]].concat()));
        assert!(reason.contains(name), "{reason}");
    };
    let width = "--half-width 0.3";
    other(&format!("raters --shares 0.6,0.4 --agreement 0.6 --null 0.2 {width}"), "--null");
    other("raters --shares 0.6,0.4 --agreement 0.6 --null 0.2 --assurance 0.9", "--assurance");
    other(&format!("miss-rate --rate 0.1 --below 0.3 {width}"), "--below");
    let judge = "judge-difference --shares 0.6,0.4 --humans 0.6 --judge 0.6";
    other(&format!("{judge} --margin 0.3 {width}"), "--margin");
    other(&format!("framing-gap --gap 0.4 --sd 0.8 --null 0.2 {width}"), "--null");
    other(&format!("framing-gap --gap 0.4 --sd 0.8 --seed 9 {width}"), "--seed");
    other(&format!("framing-gap --pilot-gaps 0,1,2 --sd 0.8 {width}"), "--sd");
    other(&format!("framing-gap --gap 0.4 --sd 0.8 --design-effect 2 {width}"), "--design-effect");
    other(&format!("{judge} --margin 0"), "--margin is 0; give a number above 0");
    other(&format!("{judge} --margin -0.1"), "--margin is -0.1; give a number above 0");
}

#[test]
fn a_negative_number_needs_no_equals_sign() {
    let apart = succeeds(plan(&["--null", "-0.2", "--formula"])).out;
    assert_eq!(apart, succeeds(plan(&["--null=-0.2", "--formula"])).out);
    assert!(apart.contains("exceeds -0.20"), "{apart}");
    assert!(fails(plan(&["--half-width", "-0.1"])).contains("the half-width is -0.1"));
    let folder = tempfile::tempdir().unwrap();
    let gap =
        |arguments: &[&str]| primum(folder.path(), &[&["plan", "framing-gap"], arguments].concat());
    let below = succeeds(gap(&["--gap", "-0.4", "--sd", "0.8", "--null", "-0.8"])).out;
    assert!(below.starts_with("34 pairs, expected value -0.400"), "{below}");
    let pilot = succeeds(gap(&["--pilot-gaps", "-1,0,1,-1", "--half-width", "0.4"])).out;
    assert!(pilot.contains("the 4 pairs of the pilot"), "{pilot}");
    let reason = refuses(primum(
        folder.path(),
        &["plan", "--shares", "0.6,0.4", "--agreement", "0.6", "--items", "-5"],
    ));
    assert!(
        reason.contains("--items <ITEMS>: found `-5`; expected a whole number, 0 or more"),
        "{reason}"
    );
}

#[test]
fn numbers_that_mean_nothing_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |arguments: &str, told: &str| {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let reason = fails(primum(folder.path(), &[&["plan"], &arguments[..]].concat()));
        assert_eq!(reason, format!("primum: {told}\n"));
    };
    let grades = "give a number of grades from -1000 to 1000";
    for value in ["NaN", "inf", "1e308"] {
        let gap = format!("framing-gap --sd 1 --gap {value}");
        refused(&gap, &format!("The mean gap is {value}; {grades}."));
        let pilot = format!("framing-gap --pilot-gaps 0,1,{value}");
        refused(&pilot, &format!("A gap of the pilot is {value}; {grades}."));
        refused(
            &format!("framing-gap --gap 1 --sd {value}"),
            &format!(
                "The standard deviation is {value}; give a number of grades above 0, at most 1000."
            ),
        );
    }
    refused(
        "framing-gap --pilot-gaps 1,2",
        "The pilot has 2 gaps; give at least 3 that are not all alike.",
    );
    refused(
        "framing-gap --pilot-gaps 1,1,1",
        "The pilot has 3 gaps, which do not differ; give at least 3 that are not all alike.",
    );
    refused(
        "framing-gap --gap 1 --sd 1 --null nan",
        "The value to exceed or to stay below is NaN; give one above -1000 and below 1000.",
    );
    refused(
        "judge-difference --shares 0.5,0.5 --humans 2 --judge 0.5 --margin 0.1",
        "The agreement between the humans is 2.0; give a number from -1 to 1.",
    );
    let raters = "raters --shares 0.5,0.5 --agreement 0.5 --half-width nan";
    refused(&format!("{raters} --raters 2,1"), "A number of raters is 1; give at least 2.");
    refused(
        &format!("{raters} --raters 2,4000000000"),
        "A number of raters is above 100; give at most 100.",
    );
    refused(
        "--coefficient icc --distance ordinal --shares 0.5,0.5 --agreement 0.5 --items 20",
        "the ICC has no --distance",
    );
    refused("--seed 1.5", "--seed <SEED>: found `1.5`; expected a whole number, 0 or more.");
    refused(
        "--seed 99999999999999999999",
        "--seed <SEED>: found `99999999999999999999`; expected a smaller whole number.",
    );
    refused("--shares 0.5,half", "--shares <SHARES>: found `half`; expected a number.");
}

/// One layout is read by all commands or by none.
#[test]
fn a_pilot_is_two_raters_grades_in_any_layout() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let grades = [(0, 0), (1, 1), (2, 1), (2, 2), (0, 1), (1, 1), (0, 0), (2, 2)];
    let rows = |row: &dyn Fn(usize, (u8, u8)) -> String| -> String {
        grades.iter().enumerate().map(|(at, grades)| row(at, *grades)).collect()
    };
    put("pairs.csv", &format!("a,b\n{}", rows(&|_, (a, b)| format!("{a},{b}\n"))));
    let wide = rows(&|at, (a, b)| format!("i{at};{a},0;{b},0\n"));
    put("wide.csv", &format!("Fall;Dr. Groß;Dr. Weiß\n{wide}i8;1;\n"));
    let tidy = rows(&|at, (a, b)| format!("A,i{at},tone,{a}\nB,i{at},tone,{b}\nA,i{at},hue,1\n"));
    put("tidy.csv", &format!("rater,item,axis,value\n{tidy}"));
    let named = rows(&|at, (a, b)| format!("i{at},{a},{b},2\n"));
    put("named.csv", &format!("case name,first,second,third\n{named}"));
    let health = rows(&|at, (a, b)| {
        format!(
            "{{\"prompt_id\": \"p{at}\", \"completion_id\": \"c{at}\", \"prompt\": [], \"completion\": \"x\", \
             \"rubric\": \"k\", \"category\": \"c\", \"binary_labels\": [{}, {}], \
             \"anonymized_physician_ids\": [\"PA\", \"PB\"]}}\n",
            a > 0,
            b > 0
        )
    });
    put("health.jsonl", &health);
    let ask = |file: &str, more: &str| {
        let line = format!("plan {file} --items 200 --formula {more}");
        primum(folder.path(), &line.split_whitespace().collect::<Vec<&str>>())
    };
    let sentence = |run: Run| {
        let lines = succeeds(run).out;
        lines.lines().filter(|line| !line.starts_with("Note: ")).collect::<Vec<_>>().join("\n")
    };
    let expected = sentence(ask("pairs.csv", ""));
    assert!(expected.contains("expected coefficient"), "{expected}");
    assert_eq!(sentence(ask("wide.csv", "")), expected, "an item of one rater does not count");
    assert_eq!(sentence(ask("tidy.csv", "--axis tone")), expected);
    let map = "--map value=first,second --map axis=:grade";
    assert_eq!(sentence(ask("named.csv", map)), expected);
    assert!(succeeds(ask("wide.csv", "")).out.contains("Note: The categories were taken from"));
    assert!(succeeds(ask("health.jsonl", "")).out.contains("expected coefficient 0.7"));
    let reason = fails(ask("tidy.csv", ""));
    assert!(reason.contains("one of tone, hue: --axis tone"), "{reason}");
    let reason = fails(ask("named.csv", ""));
    assert!(reason.contains("found the grades of 3 raters; expected those of two"), "{reason}");
    let typed =
        ["plan", "--shares", "0.5,0.5", "--agreement", "0.6", "--items", "90", "--axis", "x"];
    assert!(refuses(primum(folder.path(), &typed)).contains("--axis"));
}
