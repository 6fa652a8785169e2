//! The Stuart–Maxwell test against a published table, and where its covariance is singular.

use crate::support::{close, close_test, table, vision};
use agreement::{ContingencyTable, Undefined, Untestable, stuart_maxwell};

/// Printed as 11.96 on 3 degrees of freedom: A. Stuart (1955), *Biometrika* 42:412–416. Digits by
/// numpy's pseudo-inverse and scipy 1.17.1.
#[test]
fn published_table() {
    close_test(&stuart_maxwell(&vision()), [11.956569622982554, 3.0, 0.007533425054800539]);
}

#[test]
fn unused_levels_change_nothing() {
    let three = stuart_maxwell(&table([[20, 10, 5], [3, 30, 15], [0, 5, 40]]));
    let five = stuart_maxwell(&table([
        [20, 0, 10, 5, 0],
        [0, 0, 0, 0, 0],
        [3, 0, 30, 15, 0],
        [0, 0, 5, 40, 0],
        [0, 0, 0, 0, 8],
    ]));
    assert_eq!(five.df(), Some(2.0));
    assert_eq!(three.df(), Some(2.0));
    close(five.statistic().unwrap(), three.statistic().unwrap(), 1e-12);
}

/// Items move within {0, 1} and within {2, 3} only: two blocks, each of rank 1.
#[test]
fn separate_blocks_add_up() {
    let blocks = stuart_maxwell(&table([[5, 9, 0, 0], [3, 5, 0, 0], [0, 0, 5, 2], [0, 0, 8, 5]]));
    close_test(&blocks, [36.0 / 12.0 + 36.0 / 10.0, 2.0, 0.036883167401240015]);
}

#[test]
fn no_items_or_no_disagreements_are_undefined() {
    let empty = ContingencyTable::empty(3).unwrap();
    assert_eq!(stuart_maxwell(&empty).undefined(), Some(Undefined::NoSharedItems));
    let complete = stuart_maxwell(&table([[3, 0], [0, 4]]));
    assert_eq!(complete.undefined(), Some(Untestable::NoDiscordantItems.into()));
}
