//! The numbers of a figure are those of its report.

use crate::samples::{findings_small, judge_of, pair, panel_of};
use figures::{Figure, Shape, of_findings, of_judges, of_pair, of_panel};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

fn texts(figure: &Figure) -> Vec<&str> {
    fn text(shape: &Shape) -> Option<&str> {
        match shape {
            Shape::Text { text, .. } => Some(text.as_str()),
            _ => None,
        }
    }
    figure.shapes.iter().filter_map(text).collect()
}

fn json<T: Serialize>(report: T) -> Value {
    serde_json::to_value(report).unwrap()
}

/// Every number of a report, and with three decimals.
fn numbers(report: &Value, found: &mut BTreeSet<String>) {
    match report {
        Value::Number(number) => {
            let text = format!("{:.3}", number.as_f64().unwrap()).replace('-', "\u{2212}");
            found.insert(if text == "\u{2212}0.000" { "0.000".into() } else { text });
        }
        Value::Array(values) => values.iter().for_each(|value| numbers(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| numbers(value, found)),
        _ => {}
    }
}

/// What has three decimals in a text.
fn measured(text: &str) -> Vec<&str> {
    let parts =
        text.split(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | '\u{2212}')));
    parts
        .filter(|part| part.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3))
        .collect()
}

#[test]
fn every_estimate_and_bound_is_one_of_the_report() {
    let samples = [
        (json(pair()), of_pair(&pair())),
        (json(panel_of(&["Ada", "Ben", "Eva"])), of_panel(&panel_of(&["Ada", "Ben", "Eva"]))),
        (json(judge_of(["Ada", "Ben", "judge"])), of_judges(&judge_of(["Ada", "Ben", "judge"]))),
        (json(findings_small()), of_findings(&findings_small())),
    ];
    for (report, figures) in samples {
        let mut known = BTreeSet::new();
        numbers(&report, &mut known);
        let mut seen = 0;
        for figure in &figures {
            for found in texts(figure).into_iter().flat_map(measured) {
                assert!(known.contains(found), "{}: {found}", figure.of);
                seen += 1;
            }
        }
        assert!(seen > 20, "{seen}");
    }
}

#[test]
fn the_counts_are_in_the_order_of_the_table() {
    let report = pair();
    let figures = of_pair(&report);
    let figure = figures.iter().find(|figure| figure.of == "axes/omission/table").unwrap();
    let expected: Vec<String> =
        report.axes["omission"].measures.table.iter().flatten().map(ToString::to_string).collect();
    assert_eq!(texts(figure)[12..], expected);
}

#[test]
fn what_is_undefined_says_why() {
    let report = crate::samples::pair_of(["Ada", "Ben"], &[], [&[0; 6], &[0; 6]]);
    let figures = of_pair(&report);
    let figure = figures.iter().find(|figure| figure.of == "axes/omission/coefficients").unwrap();
    let words = texts(figure);
    assert!(words.contains(&"undefined (a)"), "{words:?}");
    assert!(words.iter().any(|word| word.starts_with("a: ")), "{words:?}");
    let why = report.axes["omission"].measures.kappa.0.undefined().unwrap().to_string();
    assert!(figure.description.contains(&format!("undefined ({why})")), "{}", figure.description);
}
