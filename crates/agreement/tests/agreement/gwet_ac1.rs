//! Gwet's AC1 against irrCAC, and where it is degenerate.

use crate::support::{close, table, winnipeg};
use agreement::{Undefined, Weights, cohen_kappa, gwet_ac1};

/// Estimates and standard errors by Python irrCAC 0.4.4, CAC(...).gwet() with 12 digits. That
/// package divides by n − 1 and this crate by n, hence the factor.
#[test]
fn published_tables() {
    let by_items = |se: f64, n: f64| se * ((n - 1.0) / n).sqrt();

    let ac1 = gwet_ac1(&winnipeg());
    close(ac1.estimate().unwrap(), 0.257779687836, 1e-9);
    close(ac1.se().unwrap(), by_items(0.054595708742, 149.0), 1e-9);

    let prevalent = gwet_ac1(&table([[118, 5], [2, 0]]));
    close(prevalent.estimate().unwrap(), 0.940776337609, 1e-9);
    close(prevalent.se().unwrap(), by_items(0.023056964302, 125.0), 1e-9);
}

#[test]
fn stays_high_under_prevalence_where_kappa_falls() {
    let table = table([[118, 5], [2, 0]]);
    assert!(gwet_ac1(&table).estimate().unwrap() > 0.9);
    assert!(cohen_kappa(&table, Weights::Identity).estimate().unwrap() < 0.0);
}

#[test]
fn is_defined_where_both_raters_used_one_level() {
    let ac1 = gwet_ac1(&table([[25, 0], [0, 0]]));
    assert_eq!((ac1.estimate(), ac1.se()), (Some(1.0), Some(0.0)));
    assert_eq!(ac1.undefined(), Some(Undefined::CompleteAgreement));
}

#[test]
fn one_item_has_no_interval() {
    let ac1 = gwet_ac1(&table([[0, 1, 0], [0, 0, 0], [0, 0, 0]]));
    assert_eq!(ac1.se(), Some(0.0));
    assert_eq!(ac1.undefined(), Some(Undefined::FewerThanTwoItems));
}

#[test]
fn no_items_is_undefined() {
    assert_eq!(gwet_ac1(&table([[0, 0], [0, 0]])).undefined(), Some(Undefined::NoSharedItems));
}
