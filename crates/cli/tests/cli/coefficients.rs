//! `primum coefficients`.

use crate::support::{fails, primum, succeeds};
use serde_json::Value;
use std::fs;

const TABLE: &str =
    r#"{"categories": [0, 1, 2], "table": [[88, 14, 18], [10, 40, 10], [2, 6, 12]]}"#;

#[test]
fn the_json_report_has_these_keys() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("table.json"), TABLE).unwrap();
    let run = succeeds(primum(folder.path(), &["coefficients", "table.json", "--json"]));
    let report: Value =
        serde_json::from_str(&run.out).expect("standard output is one JSON document");
    let keys: Vec<&str> = report.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "format",
            "categories",
            "values",
            "n",
            "pairable",
            "raters",
            "cautions",
            "diagnosis",
            "exact",
            "within_1",
            "cohen_kappa",
            "scott_pi",
            "brennan_prediger",
            "gwet_ac",
            "fleiss_kappa",
            "conger_kappa",
            "light_kappa",
            "krippendorff_alpha",
            "icc",
            "kendall_w",
            "lin_concordance",
            "maximum_kappa",
            "specific_agreement",
            "prevalence_index",
            "bias_index",
            "kappa_zero",
            "bowker",
            "stuart_maxwell",
            "bhapkar",
            "mcnemar",
            "mcnemar_continuity_corrected",
            "mcnemar_exact",
            "mcnemar_mid_p"
        ]
    );
    let weights = ["unweighted", "linear", "quadratic", "gwet_ordinal"];
    assert!(report["gwet_ac"].as_object().unwrap().keys().eq(weights), "one number a weighting");
    let forms = ["1_1", "2_1", "3_1", "1_k", "2_k", "3_k"];
    assert!(report["icc"].as_object().unwrap().keys().eq(forms), "one number a form");
}

#[test]
fn the_same_seed_prints_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("table.json"), TABLE).unwrap();
    let ask = |seed: &str| {
        let bootstrap =
            ["coefficients", "table.json", "--json", "--bootstrap", "100", "--seed", seed];
        succeeds(primum(folder.path(), &bootstrap)).out
    };
    assert_eq!(ask("3"), ask("3"));
    assert_ne!(ask("3"), ask("4"), "another seed draws other replicates");
    let idle = primum(folder.path(), &["coefficients", "table.json", "--seed", "3"]);
    assert!(idle.code != 0 && idle.err.contains("--bootstrap"), "no seed is used: {idle:?}");
}

#[test]
fn a_file_that_is_wrong_prints_nothing_but_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("x.json"), r#"{"categories": [0, 1]}"#).unwrap();
    let reason = fails(primum(folder.path(), &["coefficients", "x.json"]));
    assert!(reason.contains("x.json, field `table, ratings`: found neither"), "{reason}");
}

#[test]
fn figures_of_a_category_stay_within_what_they_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let report = |table: &str| -> Value {
        let file = format!(r#"{{"categories": [0, 1], "table": {table}}}"#);
        fs::write(folder.path().join("t.json"), file).unwrap();
        let run = succeeds(primum(folder.path(), &["coefficients", "t.json", "--json"]));
        serde_json::from_str(&run.out).unwrap()
    };
    let small = report("[[1, 1], [1, 1]]");
    for (name, lowest) in
        [("specific_agreement", 0.0), ("prevalence_index", -1.0), ("bias_index", -1.0)]
    {
        for (category, found) in small[name].as_object().unwrap() {
            let (lo, hi) = (found["interval"]["lo"].as_f64(), found["interval"]["hi"].as_f64());
            let (lo, hi) = (lo.unwrap(), hi.unwrap());
            assert!(lowest <= lo && hi <= 1.0, "{name} of {category}: {lo} to {hi}");
        }
    }
    let two = report("[[1, 1], [0, 0]]")["prevalence_index"]["0"].to_string();
    assert!(two.contains("at least three items"), "two items have no interval: {two}");
}

#[test]
fn a_file_is_read_as_agree_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let rows = "Fall,Dr A,Dr B,Alter\nx,keine,leicht,70\ny,schwer,schwer,71\nz,keine,keine,72\nw,leicht,schwer,73\n";
    fs::write(folder.path().join("t.csv"), rows).unwrap();
    let read = [
        "--map",
        "item=Fall",
        "--map",
        "value=Dr A,Dr B",
        "--map",
        "axis=:harm",
        "--scale",
        "harm=keine,leicht,schwer",
    ];
    let json = |command: &str| -> Value {
        let run =
            succeeds(primum(folder.path(), &[&[command, "t.csv", "--json"], &read[..]].concat()));
        serde_json::from_str(&run.out).unwrap()
    };
    let (own, agreed) = (json("coefficients"), json("agree"));
    assert_eq!(own["categories"], agreed["axes"]["harm"]["grade_names"]);
    assert_eq!(
        own["cohen_kappa"]["quadratic"]["estimate"],
        agreed["axes"]["harm"]["kappa_quadratic"]["estimate"]
    );
}

#[test]
fn one_of_a_thing_is_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("one.csv"), "item,A,B\nx,0,1\n").unwrap();
    let run = succeeds(primum(folder.path(), &["coefficients", "one.csv"]));
    assert!(run.out.starts_with("1 item by 2 raters, 1 with at least two ratings"), "{}", run.out);
}

#[test]
fn items_that_share_a_scenario_are_grouped_by_it_as_agree_does() {
    let folder = tempfile::tempdir().unwrap();
    let tidy = |scenarios: [&str; 6]| {
        let row = |(at, scenario): (usize, &&str)| {
            let second = (at + at / 3) % 3;
            format!(
                "A,i{at},{scenario},omission,{}\nB,i{at},{scenario},omission,{second}\n",
                at % 3
            )
        };
        let rows: String = scenarios.iter().enumerate().map(row).collect();
        format!("rater,item,scenario,axis,value\n{rows}")
    };
    let counted = "r1,r2,count,cluster\n1,1,3,s\n1,2,1,t\n2,2,4,s\n2,2,2,u\n2,1,1,u\n";
    let pairs = counted.replace("r1,r2", "a,b");
    for (name, rows) in [
        ("t.csv", tidy(["s", "s", "t", "t", "u", "u"])),
        ("few.csv", tidy(["s", "s", "s", "t", "t", "t"])),
        ("each.csv", tidy(["s", "t", "u", "v", "w", "x"])),
        ("c.csv", counted.to_owned()),
        ("p.csv", pairs),
    ] {
        fs::write(folder.path().join(name), rows).unwrap();
    }
    let report = |arguments: &[&str]| -> Value {
        let run =
            succeeds(primum(folder.path(), &[&["coefficients", "--json"], arguments].concat()));
        serde_json::from_str(&run.out).unwrap()
    };
    let kappa = |arguments: &[&str]| report(arguments)["cohen_kappa"]["quadratic"].clone();
    for (name, cluster) in [("t.csv", "scenario"), ("c.csv", "cluster"), ("p.csv", "cluster")] {
        let grouped = report(&[name]);
        let cautions = grouped["cautions"].to_string();
        let note =
            format!("Several items share a {cluster}, so items are grouped by it: 3 groups.");
        assert!(cautions.contains(&note), "{name}: {cautions}");
        assert_eq!(
            grouped["cohen_kappa"],
            report(&[name, "--cluster", cluster])["cohen_kappa"],
            "{name}"
        );
        let apart = report(&[name, "--map", "scenario=:"]);
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        let without: String = text
            .lines()
            .map(|line| {
                let mut cells: Vec<&str> = line.split(',').collect();
                cells.remove(if name == "t.csv" { 2 } else { 3 });
                cells.join(",") + "\n"
            })
            .collect();
        fs::write(folder.path().join("without.csv"), without).unwrap();
        let plain = report(&["without.csv"]);
        assert_eq!(
            (&apart["n"], &apart["cohen_kappa"]),
            (&plain["n"], &plain["cohen_kappa"]),
            "{name}"
        );
        assert!(!apart["cautions"].to_string().contains("grouped"), "{name}: {apart}");
        assert_ne!(grouped["cohen_kappa"], apart["cohen_kappa"], "{name}");
    }
    assert_eq!(kappa(&["c.csv", "--map", "scenario=cluster"]), kappa(&["c.csv"]));
    let agreed = succeeds(primum(folder.path(), &["agree", "t.csv", "--json"])).out;
    let agreed: Value = serde_json::from_str(&agreed).unwrap();
    let agreed = &agreed["axes"]["omission"]["kappa_quadratic"];
    let own = kappa(&["t.csv"]);
    assert_eq!(
        (&own["estimate"], &own["interval"]["lo"]),
        (&agreed["estimate"], &agreed["interval"]["lo"])
    );

    let few = report(&["few.csv"])["cautions"].to_string();
    assert!(
        few.contains("The items come in 2 groups by scenario, too few to see how groups vary"),
        "{few}"
    );
    let each = report(&["each.csv"])["cautions"].to_string();
    assert!(!each.contains("group"), "a scenario for each item is no group: {each}");
}

#[test]
fn a_group_that_some_items_have_not_groups_nothing_which_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let counted = "a,b,count,cluster\n1,1,3,s\n1,2,1,t\n2,2,4,s\n2,2,2,\n2,1,1,u\n1,2,2,u\n";
    // Blanks around a name, and a row that counts nothing, change no group.
    let grouped = "a,b,count,cluster\n1,1,3,s\n1,2,1,t \n2,2,4, s\n2,2,0,\n2,1,1,u\n1,2,2,u\n";
    for (name, rows) in
        [("gp.csv", grouped.to_owned()), ("gc.csv", grouped.replace("a,b", "r1,r2"))]
    {
        fs::write(folder.path().join(name), rows).unwrap();
        let said = succeeds(primum(folder.path(), &["coefficients", name])).out;
        assert!(said.contains("so items are grouped by it: 3 groups."), "{name}: {said}");
    }
    let tidy = "rater,item,scenario,axis,value\nA,x,s,tone,1\nA,y,s,tone,2\nA,z,,tone,2\nB,x,s,tone,1\nB,y,s,tone,1\nB,z,,tone,2\n";
    for (name, rows, column) in [
        ("p.csv", counted.to_owned(), "cluster"),
        ("c.csv", counted.replace("a,b", "r1,r2"), "cluster"),
        ("t.csv", tidy.to_owned(), "scenario"),
    ] {
        fs::write(folder.path().join(name), rows).unwrap();
        let said = succeeds(primum(folder.path(), &["coefficients", name])).out;
        let note = format!(
            "The column {column} has empty cells, so the intervals assume independent items."
        );
        assert!(said.contains(&note) && !said.contains("grouped by"), "{name}: {said}");
    }
}

/// 3,000 groups on a scale of 101 would hold 30 million cells, most of them empty.
#[test]
fn groups_that_would_fill_the_memory_are_pooled_which_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let rows = |order: &dyn Fn(usize) -> usize| -> String {
        (0..6_000)
            .map(|row| format!("{},{},s{}\n", order(row) % 101, (order(row) * 7) % 101, row / 2))
            .collect()
    };
    for (name, header, rows) in [
        ("p.csv", "a,b,scenario", rows(&|row| row)),
        // All groups are there before the scale widens.
        ("late.csv", "a,b,scenario", rows(&|row| if row < 5_900 { row % 2 } else { row })),
        ("r.csv", "r1,r2,scenario", rows(&|row| row)),
    ] {
        fs::write(folder.path().join(name), format!("{header}\n{rows}")).unwrap();
        let run = succeeds(primum(folder.path(), &["coefficients", name, "--json"]));
        let report: Value = serde_json::from_str(&run.out).unwrap();
        let cautions = report["cautions"].to_string();
        assert!(cautions.contains("has too many different cells"), "{name}: {cautions}");
        assert_eq!(report["n"], 6_000, "{name}");
    }
}

#[test]
fn too_few_groups_are_no_groups_whichever_interval_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let row = |item: usize| {
        // Only the first six items, of two scenarios, were rated by both.
        let second = if item < 6 { ((item + item / 4) % 3).to_string() } else { String::new() };
        format!("i{item},s{},{},{second}\n", item / 3, item % 3)
    };
    let gaps = format!("item,scenario,Ann,Ben\n{}", (0..30).map(row).collect::<String>());
    fs::write(folder.path().join("gaps.csv"), gaps).unwrap();
    let five = "a,b,count,scenario\n0,0,9,s\n0,1,2,s\n1,1,7,t\n1,0,1,u\n0,0,4,v\n1,1,3,w\n";
    fs::write(folder.path().join("five.csv"), five).unwrap();
    let said = |arguments: &[&str]| succeeds(primum(folder.path(), arguments)).out;
    let gaps = said(&["coefficients", "gaps.csv", "--scale", "grade=0..2"]);
    assert!(
        gaps.contains("The items come in 2 groups by scenario, too few to see how groups vary"),
        "{gaps}"
    );
    assert!(!gaps.contains("clusters are too few"), "{gaps}");
    let drawn = said(&["coefficients", "five.csv", "--bootstrap", "200"]);
    assert!(
        drawn.contains("The items come in 5 groups by scenario, too few to be resampled"),
        "{drawn}"
    );
    assert!(!drawn.contains("clusters are too few"), "{drawn}");
    let formula = said(&["coefficients", "five.csv", "--intervals", "formula"]);
    assert!(
        formula.contains("Several items share a scenario, which these intervals do not know of."),
        "{formula}"
    );
    assert!(!formula.contains("grouped by it"), "{formula}");
}
