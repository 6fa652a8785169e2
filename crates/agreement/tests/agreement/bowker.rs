//! Bowker's test against a published table, and where it is degenerate.

use crate::support::{close, close_test, table, vision};
use agreement::{ContingencyTable, Undefined, bowker};

/// Printed as 19.107 on 6 degrees of freedom, p = .004: A. Agresti, *Categorical Data Analysis*,
/// 3rd ed., Wiley 2013, section 11.2. Digits by scipy 1.17.1.
#[test]
fn published_table() {
    close_test(&bowker(&vision()), [19.10655021526677, 6.0, 0.0039874198404285756]);
}

#[test]
fn pairs_without_items_are_not_counted() {
    let unused = bowker(&table([[9, 4, 0], [1, 6, 0], [0, 0, 0]]));
    close(unused.statistic().unwrap(), 9.0 / 5.0, 1e-15);
    assert_eq!(unused.df(), Some(1.0));
}

#[test]
fn complete_agreement_is_symmetric() {
    let complete = bowker(&table([[3, 0], [0, 4]]));
    assert_eq!(
        (complete.statistic(), complete.df(), complete.p()),
        (Some(0.0), Some(0.0), Some(1.0))
    );
}

#[test]
fn no_items_are_undefined() {
    let empty = ContingencyTable::empty(3).unwrap();
    assert_eq!(bowker(&empty).undefined(), Some(Undefined::NoSharedItems));
}
