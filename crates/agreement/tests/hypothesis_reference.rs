//! The adjudicated reference values of the hypothesis tests, to 1e-9. Skipped where the values,
//! which are not part of this repository, are absent.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use agreement::{
    Alternative, ContingencyTable, McNemar, Test, Weights, bhapkar, bowker, kappa_zero, mcnemar,
    stuart_maxwell,
};
use common::close;
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/agreement/");

fn reference(file: &str) -> Option<Value> {
    let Ok(text) = std::fs::read_to_string(format!("{FOLDER}{file}")) else {
        println!("skipped: the reference values are absent from ../shared/data/agreement");
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

/// Below this a reference standard error is the rounding of zero.
const ZERO: f64 = 1e-7;

/// A test of one table by the name that the reference values give it.
type Named = (&'static str, fn(&ContingencyTable) -> Test);

const TABLE_TESTS: [Named; 6] = [
    ("bowker", bowker),
    ("stuart_maxwell", stuart_maxwell),
    ("bhapkar", bhapkar),
    ("mcnemar.cc", |table| mcnemar(table, 1, McNemar::ContinuityCorrected)),
    ("mcnemar.exact", |table| mcnemar(table, 1, McNemar::Exact)),
    ("mcnemar.midp", |table| mcnemar(table, 1, McNemar::MidP)),
];

#[test]
fn tests_of_tables() {
    let Some(cases) = reference("cases.json") else { return };
    let mut compared = 0;
    for case in cases["cases"].as_array().unwrap() {
        let Ok(rows) = serde_json::from_value(case["table"].clone()) else { continue };
        let table = ContingencyTable::from_rows(rows).unwrap();
        for (name, test) in TABLE_TESTS {
            let expected = &case["expected"][name];
            if expected.is_object() {
                println!("{} {name}", case["id"]);
                compare(&test(&table), expected);
                compared += 1;
            }
        }
    }
    assert!(
        compared >= 111,
        "only {compared} comparisons ran: 3 tests by 33 tables and 12 are known"
    );
}

/// The null standard errors `se0` are compared through z = value / se0.
#[test]
fn kappa_is_zero() {
    let Some(cases) = reference("cases.json") else { return };
    let names = [
        ("kappa.unw@table", Weights::Identity),
        ("kappa.lin@table", Weights::Linear),
        ("kappa.quad@table", Weights::Quadratic),
    ];
    let mut compared = 0;
    for case in cases["cases"].as_array().unwrap() {
        let Ok(rows) = serde_json::from_value(case["table"].clone()) else { continue };
        let table = ContingencyTable::from_rows(rows).unwrap();
        for (name, weights) in names {
            let expected = &case["expected"][name];
            if !expected.is_object() {
                continue;
            }
            println!("{} {name}", case["id"]);
            let test = kappa_zero(&table, weights, Alternative::TwoSided);
            compared += 1;
            let Some(se) = expected["se0"].as_f64().filter(|se| *se >= ZERO) else {
                assert!(test.undefined().is_some(), "{test:?}");
                continue;
            };
            let z = expected["value"].as_f64().unwrap() / se;
            close(test.statistic().unwrap(), z, 1e-9 * z.abs().max(1.0));
        }
    }
    assert!(compared >= 99, "only {compared} comparisons ran: 33 tables by 3 weights are known");
}

fn compare(test: &Test, expected: &Value) {
    if expected["undefined"].is_string() {
        assert!(test.undefined().is_some(), "{test:?}");
        return;
    }
    let statistic = expected["value"].as_f64().unwrap();
    close(test.statistic().unwrap(), statistic, 1e-9 * statistic.max(1.0));
    assert_eq!(test.df(), expected["df"].as_f64());
    close(test.p().unwrap(), expected["p"].as_f64().unwrap(), 1e-9);
}
