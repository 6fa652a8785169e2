//! The table `item`.

use crate::support::Stored;
use store::StoredItem;
use study::ItemId;

#[test]
fn items_come_back_in_the_packets_order() {
    let stored = Stored::new().reopened();
    let expected: Vec<StoredItem> = stored
        .packet
        .items
        .iter()
        .map(|item| StoredItem { id: item.id.clone(), scenario: item.scenario.clone() })
        .collect();
    assert_eq!(stored.store().items().unwrap(), expected);
}

#[test]
fn responses_come_back_to_the_byte() {
    let stored = Stored::new().reopened();
    for item in &stored.packet.items {
        assert_eq!(stored.store().response(&item.id).unwrap(), item.response);
    }
    assert!(
        stored.store().response(&ItemId::new("zzzzzzz")).is_err(),
        "an unknown item has no response"
    );
}

#[test]
fn an_item_is_not_changed_or_removed() {
    let stored = Stored::new();
    assert_eq!(stored.refuses("UPDATE item SET response = ''"), "an item is never changed");
    assert_eq!(stored.refuses("DELETE FROM item"), "an item is never removed");
}

#[test]
fn an_item_without_its_scenario_is_refused_by_the_database() {
    let stored = Stored::new();
    assert_eq!(
        stored.refuses("INSERT INTO item VALUES ('x', 99, 'elsewhere', '', 0)"),
        "FOREIGN KEY constraint failed"
    );
}
