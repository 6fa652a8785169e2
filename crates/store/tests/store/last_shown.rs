//! The table `last_shown`.

use crate::support::{Stored, time};
use study::ItemId;

#[test]
fn the_last_shown_item_is_remembered_across_starts() {
    let mut stored = Stored::new();
    assert_eq!(stored.store().last_shown().unwrap(), None, "nothing was shown yet");
    for (position, second) in [(0, 1), (2, 2), (1, 3)] {
        let item = stored.item(position);
        stored.store_mut().set_last_shown(&item, time(second)).unwrap();
    }
    let stored = stored.reopened();
    assert_eq!(stored.store().last_shown().unwrap(), Some((stored.item(1), time(3))));
}

#[test]
fn an_unknown_item_is_not_remembered() {
    let mut stored = Stored::new();
    let item = stored.item(0);
    stored.store_mut().set_last_shown(&item, time(1)).unwrap();
    assert!(stored.store_mut().set_last_shown(&ItemId::new("zzzzzzz"), time(2)).is_err());
    assert_eq!(
        stored.store().last_shown().unwrap(),
        Some((item, time(1))),
        "the earlier one stays"
    );
}

#[test]
fn there_is_one_row_only() {
    let stored = Stored::new();
    let item = stored.item(0);
    let message = stored.refuses(&format!("INSERT INTO last_shown VALUES (2, '{item}', '')"));
    assert_eq!(message, "CHECK constraint failed: only_row = 1");
}
