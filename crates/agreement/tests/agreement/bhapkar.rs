//! Bhapkar's test against a published table, and where it is infinite.

use crate::support::{close, close_test, table, vision};
use agreement::{ContingencyTable, Undefined, Untestable, bhapkar};

/// Printed as 11.98 on 3 degrees of freedom: A. Agresti, *Categorical Data Analysis*, 3rd ed.,
/// Wiley 2013, section 11.3. Digits by numpy and scipy 1.17.1.
#[test]
fn published_table() {
    close_test(&bhapkar(&vision()), [11.975720155525673, 3.0, 0.007466797469723964]);
}

/// N counts the items agreed on: (6 − 2)² / 8 = 2, and 2 / (1 − 2/40).
#[test]
fn agreed_items_count() {
    let test = bhapkar(&table([[12, 6], [2, 20]]));
    close(test.statistic().unwrap(), 2.0 / 0.95, 1e-14);
}

#[test]
fn one_step_for_every_item_is_infinite() {
    for table in [
        table([[0, 7], [0, 0]]),
        table([[0, 1, 0], [0, 0, 0], [0, 0, 0]]),
        table([[0, 3, 0], [0, 0, 11], [0, 0, 0]]),
        table([[0, 1_000_000_000_000, 0], [0, 0, 1], [0, 0, 0]]),
    ] {
        assert_eq!(bhapkar(&table).undefined(), Some(Untestable::InfiniteStatistic.into()));
    }
    assert!(bhapkar(&table([[1, 1_000_000], [0, 0]])).undefined().is_none());
}

#[test]
fn no_items_or_no_disagreements_are_undefined() {
    let empty = ContingencyTable::empty(3).unwrap();
    assert_eq!(bhapkar(&empty).undefined(), Some(Undefined::NoSharedItems));
    let complete = bhapkar(&table([[3, 0], [0, 4]]));
    assert_eq!(complete.undefined(), Some(Untestable::NoDiscordantItems.into()));
}
