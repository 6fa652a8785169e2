//! The jackknife against published tables, every reference case, and where it does not exist.

use crate::support::{close, reference_cases, table};
use agreement::internals::{leave_one_out, leave_one_out_of_many};
use agreement::{
    ContingencyTable, Measure, Undefined, Weights, brennan_prediger, cohen_kappa, gwet_ac1,
    jackknife,
};

/// A statistic by the name that the reference values give it.
type Named = (&'static str, fn(&ContingencyTable) -> Measure);

const STATISTICS: [Named; 5] = [
    ("kappa.unw@table", |table| cohen_kappa(table, Weights::Identity)),
    ("kappa.lin@table", |table| cohen_kappa(table, Weights::Linear)),
    ("kappa.quad@table", |table| cohen_kappa(table, Weights::Quadratic)),
    ("ac1@table", gwet_ac1),
    ("bp.unw@table", brennan_prediger),
];

/// J. Cohen's table of 200 patients, *Educational and Psychological Measurement* 20:37–46 (1960);
/// standard errors by leaving out each of the 200 in turn.
#[test]
fn published_table() {
    let table = table([[88, 14, 18], [10, 40, 10], [2, 6, 12]]);
    let expected =
        [0.051324219469296564, 0.05488739332171886, 0.06728616086319801, 0.0480989117018427];
    for ((_, statistic), expected) in STATISTICS.into_iter().zip(expected) {
        close(jackknife(&table, statistic).unwrap().se, expected, 1e-12);
    }
}

#[test]
fn all_two_rater_cases() {
    let mut compared = 0;
    for case in reference_cases() {
        let Ok(rows) = serde_json::from_value(case["table"].clone()) else {
            continue;
        };
        let table = ContingencyTable::from_rows(rows).unwrap();
        for (name, statistic) in STATISTICS {
            let Some(se) = case["expected"][name]["se_jackknife"].as_f64() else {
                continue;
            };
            println!("{} {name}", case["id"]);
            close(jackknife(&table, statistic).unwrap().se, se, 1e-9);
            compared += 1;
        }
    }
    assert!(compared >= 120, "only {compared} comparisons ran");
}

/// Near the upper end of its range a coefficient moves more downwards than upwards.
#[test]
fn the_acceleration_keeps_its_sign() {
    let table = table([[9, 1], [0, 2]]);
    let jackknife = jackknife(&table, |table| cohen_kappa(table, Weights::Identity)).unwrap();
    assert!(jackknife.acceleration < 0.0, "a high kappa has a long lower tail: {jackknife:?}");
}

#[test]
fn too_few_items() {
    let empty = table([[0, 0], [0, 0]]);
    assert_eq!(jackknife(&empty, gwet_ac1), Err(Undefined::NoSharedItems));
    let single = table([[1, 0], [0, 0]]);
    assert_eq!(jackknife(&single, gwet_ac1), Err(Undefined::FewerThanTwoItems));
}

/// Without the only item of the second level both raters use one level.
#[test]
fn a_statistic_that_hangs_on_one_item() {
    let table = table([[25, 0], [0, 1]]);
    let kappa = |table: &ContingencyTable| cohen_kappa(table, Weights::Linear);
    assert_eq!(jackknife(&table, kappa), Err(Undefined::Jackknife));
    assert_eq!(jackknife(&table, gwet_ac1).unwrap().se, 0.0);
}

#[test]
fn huge_counts() {
    let million_million = 1_000_000_000_000;
    let table = table([[million_million, million_million / 9], [7, million_million / 3]]);
    let kappa = |table: &ContingencyTable| cohen_kappa(table, Weights::Identity);
    let analytic = kappa(&table).se().unwrap();
    close(jackknife(&table, kappa).unwrap().se / analytic, 1.0, 1e-3);
}

/// The mean of squares, whose distribution is skew, of kinds of which one comes often.
#[test]
fn a_part_of_the_units_says_what_all_say() {
    let kinds = 50_000;
    let weight = |kind: usize| if kind == 30_000 { 40_000 } else { 1 + kind as u64 % 5 };
    let weights: Vec<u64> = (0..kinds).map(weight).collect();
    let value = |kind: usize| (kind as f64 / kinds as f64).powi(2);
    let n: f64 = weights.iter().map(|&weight| weight as f64).sum();
    let all: f64 =
        weights.iter().enumerate().map(|(kind, &weight)| weight as f64 * value(kind)).sum();
    let without = &mut |kind: usize| Some((all - value(kind)) / (n - 1.0));
    let part = leave_one_out_of_many(&weights, without).unwrap();
    let whole = leave_one_out(&weights, without).unwrap();
    assert!((part.se / whole.se - 1.0).abs() < 0.01, "{part:?}, {whole:?}");
    assert!((part.acceleration / whole.acceleration - 1.0).abs() < 0.02, "{part:?}, {whole:?}");
    let few = &weights[..512];
    assert_eq!(leave_one_out_of_many(few, without), leave_one_out(few, without));
}
