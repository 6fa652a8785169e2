//! The table `place`.

use crate::support::{Stored, time};
use study::ItemId;

#[test]
fn the_last_place_is_remembered_across_starts() {
    let mut stored = Stored::new();
    assert_eq!(stored.store().place().unwrap(), None, "nothing was shown yet");
    for (place, second) in [(0, 1), (2, 2), (1, 3)] {
        let item = stored.item(place);
        stored.store_mut().set_place(&item, time(second)).unwrap();
    }
    let stored = stored.reopened();
    assert_eq!(stored.store().place().unwrap(), Some((stored.item(1), time(3))));
}

#[test]
fn an_unknown_item_is_no_place() {
    let mut stored = Stored::new();
    let item = stored.item(0);
    stored.store_mut().set_place(&item, time(1)).unwrap();
    assert!(stored.store_mut().set_place(&ItemId::new("zzzzzzz"), time(2)).is_err());
    assert_eq!(stored.store().place().unwrap(), Some((item, time(1))), "the old place stays");
}

#[test]
fn there_is_one_place_only() {
    let stored = Stored::new();
    let item = stored.item(0);
    let message = stored.refuses(&format!("INSERT INTO place VALUES (2, '{item}', '')"));
    assert_eq!(message, "CHECK constraint failed: only_row = 1");
}
