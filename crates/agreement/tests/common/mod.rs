//! What several tests need.
#![allow(dead_code, reason = "each test file uses its own part")]

use agreement::{ContingencyTable, Measure, Test};

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
