//! A share corrected for a judge's errors.

use crate::support::{close, judge_reference};
use agreement::{Share, Undefined, rogan_gladen};

fn share(count: impl Into<f64>, of: impl Into<f64>) -> Share {
    Share { count: count.into(), of: of.into() }
}

/// llm-judge-reporting 0.1.0, by the authors of the interval. The inputs are in each case's name.
#[test]
fn the_authors_program_gives_the_same() {
    let (_, rows) = judge_reference("C p=");
    for row in &rows {
        let name = row["case"].as_str().unwrap();
        let field = |field: &str| -> f64 {
            let text = name.split_whitespace().find_map(|part| part.strip_prefix(field)).unwrap();
            text.parse().unwrap()
        };
        let of = |rate: f64, items: f64| share(rate * items, items);
        let (n, m0, m1) = (field("n="), field("m0="), field("m1="));
        let found = rogan_gladen(of(field("p="), n), of(field("q0="), m0), of(field("q1="), m1));
        compare(&found.unwrap(), row);
    }
    assert_eq!(rows.len(), 5);
    let (_, rows) = judge_reference("D judgy");
    let mut compared = 0;
    for row in rows.iter().filter(|row| row["fun"] == "Lee et al.") {
        let name = row["case"].as_str().unwrap();
        let n: f64 = name.split_once("n=").unwrap().1.split_once(',').unwrap().0.parse().unwrap();
        let found = rogan_gladen(share(0.45 * n, n), share(51, 60), share(36, 40)).unwrap();
        close(found.measure.estimate().unwrap(), 0.4, 1e-12);
        compare(&found, row);
        compared += 1;
    }
    assert_eq!(compared, 3);
}

fn compare(found: &agreement::RoganGladen, row: &serde_json::Value) {
    let interval = found.measure.interval().unwrap();
    if let Some(value) = row["value"].as_f64() {
        close(found.measure.estimate().unwrap(), value, 1e-9);
    }
    close(interval.lo, row["lo"].as_f64().unwrap(), 1e-9);
    close(interval.hi, row["hi"].as_f64().unwrap(), 1e-9);
}

/// (0.4 + 0.9 − 1) / (0.9 + 0.7 − 1) = 0.5.
#[test]
fn the_errors_are_undone() {
    let found = rogan_gladen(share(40, 100), share(90, 100), share(70, 100)).unwrap();
    close(found.measure.estimate().unwrap(), 0.5, 1e-15);
    close(found.uncut, 0.5, 1e-15);
}

/// Fewer judged positives than false alarms alone would make.
#[test]
fn a_share_below_nothing_is_cut_and_said_to_be() {
    let found = rogan_gladen(share(2, 100), share(90, 100), share(80, 100)).unwrap();
    assert_eq!(found.measure.estimate(), Some(0.0));
    close(found.uncut, -0.08 / 0.7, 1e-15);
    assert_eq!(found.measure.interval().unwrap().lo, 0.0);
}

#[test]
fn a_judge_that_knows_nothing_corrects_nothing() {
    let known = |sensitivity| rogan_gladen(share(40, 100), share(50, 100), share(sensitivity, 100));
    assert_eq!(known(50), Err(Undefined::IndistinctJudge));
    assert_eq!(known(20), Err(Undefined::IndistinctJudge));
    let none = share(0, 0);
    assert_eq!(rogan_gladen(none, share(1, 1), share(1, 1)), Err(Undefined::NoItems));
    assert_eq!(rogan_gladen(share(1, 1), none, share(1, 1)), Err(Undefined::NoItems));
    assert_eq!(rogan_gladen(share(3, 2), share(1, 1), share(1, 1)), Err(Undefined::NoItems));
    // Error rates from one item each hardly differ from a coin's.
    let unsure = rogan_gladen(share(40, 100), share(1, 1), share(100, 1_000)).unwrap();
    assert_eq!(unsure.measure.undefined(), Some(Undefined::NoFiniteBounds));
}
