//! What several tests need.

use agreement::{ContingencyTable, Measure, RatingMatrix, Test};
use serde_json::Value;

pub fn table<const K: usize>(rows: [[u64; K]; K]) -> ContingencyTable {
    ContingencyTable::from_rows(rows.map(Vec::from).to_vec()).unwrap()
}

/// Absolute difference within the tolerance.
#[track_caller]
pub fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "found {found}, expected {expected}");
}

/// Estimate, standard error and bounds, each to 1e-9.
#[track_caller]
pub fn close_measure(measure: &Measure, [estimate, se, lo, hi]: [f64; 4]) {
    close(measure.estimate().unwrap(), estimate, 1e-9);
    close(measure.se().unwrap(), se, 1e-9);
    let interval = measure.interval().unwrap();
    close(interval.lo, lo, 1e-9);
    close(interval.hi, hi, 1e-9);
}

/// Agresti's table of 91 couples, husband by wife, "sex is fun for me and my partner":
/// A. Agresti, *Categorical Data Analysis*, Wiley 1990; from R package vcd 1.4-11, SexualFun.
pub fn couples() -> ContingencyTable {
    table([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]])
}

/// Certainty of multiple sclerosis in 149 Winnipeg patients, New Orleans neurologist by Winnipeg
/// neurologist, certain to doubtful: J. R. Landis and G. G. Koch (1977), *Biometrics* 33:159–174;
/// from R package vcd 1.4-11, MSPatients.
pub fn winnipeg() -> ContingencyTable {
    table([[38, 5, 0, 1], [33, 11, 3, 0], [10, 14, 5, 6], [3, 7, 3, 10]])
}

/// The same for 69 New Orleans patients.
pub fn new_orleans() -> ContingencyTable {
    table([[5, 3, 0, 0], [3, 11, 4, 0], [2, 13, 3, 4], [1, 2, 4, 14]])
}

/// Unaided distance vision of 7,477 women in Royal Ordnance factories, right eye by left eye, best
/// to worst: A. Stuart (1953), *Biometrika* 40:105–110; from R package vcd 1.4-11, VisualAcuity.
pub fn vision() -> ContingencyTable {
    table([[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]])
}

/// Statistic, degrees of freedom and p-value, each to 1e-9.
#[track_caller]
pub fn close_test(test: &Test, [statistic, df, p]: [f64; 3]) {
    close(test.statistic().unwrap(), statistic, 1e-9 * statistic.max(1.0));
    close(test.df().unwrap(), df, 0.0);
    close(test.p().unwrap(), p, 1e-9);
}

/// Four coders by twelve units on five levels: K. Krippendorff (2011), Computing Krippendorff's
/// alpha-reliability, University of Pennsylvania, section C; also the example of K. L. Gwet (2014),
/// *Handbook of Inter-Rater Reliability*.
pub fn four_coders() -> RatingMatrix {
    // 0 represents a missing rating.
    let units = [
        [1, 1, 0, 1],
        [2, 2, 3, 2],
        [3, 3, 3, 3],
        [3, 3, 3, 3],
        [2, 2, 2, 2],
        [1, 2, 3, 4],
        [4, 4, 4, 4],
        [1, 1, 2, 1],
        [2, 2, 2, 2],
        [0, 5, 5, 5],
        [0, 0, 1, 1],
        [0, 3, 0, 0],
    ];
    let rows = units.map(|unit| unit.map(|level: usize| level.checked_sub(1)).to_vec());
    RatingMatrix::from_rows(5, &rows).unwrap()
}

/// Ten subjects by fourteen raters on five levels, as the number of raters for each level: the
/// worked example of Fleiss' kappa, published value 0.210, after J. L. Fleiss (1971).
pub fn fourteen_raters() -> RatingMatrix {
    let subjects = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ];
    let levels = |counts: [usize; 5]| {
        let of = |(level, count)| std::iter::repeat_n(Some(level), count);
        counts.into_iter().enumerate().flat_map(of).collect()
    };
    RatingMatrix::from_rows(5, &subjects.map(levels)).unwrap()
}

/// Six targets by four judges, scored 1 to 10: P. E. Shrout and J. L. Fleiss (1979), *Psychological
/// Bulletin* 86:420–428, table 2.
pub fn four_judges() -> RatingMatrix {
    let targets =
        [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];
    let rows = targets.map(|scores| scores.map(|score: usize| score.checked_sub(1)).to_vec());
    RatingMatrix::from_rows(10, &rows).unwrap()
}

/// A file of reference values; where they come from is beside it in SOURCE.md.
pub fn reference(name: &str) -> Value {
    let file = format!("{}/tests/reference/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Tables and ratings with the value of each coefficient and test of tables.
pub fn reference_cases() -> Vec<Value> {
    reference("cases.json")["cases"].as_array().unwrap().clone()
}

/// The reference values of one part of judge.json: the inputs, and the rows whose case begins with
/// `case`.
pub fn judge_reference(case: &str) -> (Value, Vec<Value>) {
    let all = reference("judge.json");
    let rows = all["values"].as_array().unwrap().iter();
    let rows = rows.filter(|row| row["case"].as_str().unwrap().starts_with(case));
    let rows: Vec<_> = rows.cloned().collect();
    assert!(!rows.is_empty(), "no reference values for {case}");
    (all["inputs"].clone(), rows)
}
