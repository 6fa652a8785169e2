//! The table `item`.

use crate::study_store::stored_study::{StoredStudy, blinded, create, create_with};
use std::collections::BTreeMap;
use store::StudyItem;
use study::{Item, ItemId};

#[test]
fn items_come_back_each_once() {
    let stored = StoredStudy::new().reopened();
    let mut expected: Vec<Item> = stored.made.packets[0].items.clone();
    expected.sort_by(|a, b| a.id.cmp(&b.id));
    let expected: Vec<StudyItem> =
        expected.into_iter().map(|item| StudyItem { item, repeat_of: None }).collect();
    assert_eq!(stored.store().items().unwrap(), expected);
}

#[test]
fn a_packet_may_hold_a_part_of_the_items() {
    let folder = tempfile::tempdir().unwrap();
    let mut made = blinded();
    made.packets[0].items.truncate(1);
    let store = create(&folder.path().join("s.primum-study"), &made).unwrap();
    assert_eq!(store.items().unwrap().len(), 4, "the other packet brings the rest");
}

#[test]
fn a_repeat_names_the_item_it_repeats() {
    let folder = tempfile::tempdir().unwrap();
    let made = blinded();
    // Stored in the order of the packet, whichever of the two comes first there.
    let [one, other] = [0, 1].map(|place| made.packets[0].items[place].id.clone());
    for (number, (repeat, first)) in [(&one, &other), (&other, &one)].into_iter().enumerate() {
        let file = folder.path().join(format!("{number}.primum-study"));
        let repeats = BTreeMap::from([(repeat.clone(), first.clone())]);
        let items = create_with(&file, &made, &repeats).unwrap().items().unwrap();
        for item in items {
            assert_eq!(item.repeat_of.as_ref(), repeats.get(&item.item.id));
        }
    }
}

#[test]
fn repeats_of_unknown_items_make_no_study() {
    let folder = tempfile::tempdir().unwrap();
    let made = blinded();
    let (known, unknown) = (made.packets[0].items[0].id.clone(), ItemId::new("zzzzzzz"));
    for repeats in [[(known.clone(), unknown.clone())], [(unknown, known)]] {
        let file = folder.path().join("s.primum-study");
        let error = create_with(&file, &made, &BTreeMap::from(repeats)).unwrap_err();
        assert_eq!(error.to_string(), "refused: repeats name item `zzzzzzz`, which no packet has");
    }
}

#[test]
fn packets_that_show_one_item_differently_make_no_study() {
    let folder = tempfile::tempdir().unwrap();
    let mut made = blinded();
    let id = made.packets[0].items[0].id.clone();
    let same = made.packets[1].items.iter_mut().find(|item| item.id == id).unwrap();
    same.response.text.push('!');
    let error = create(&folder.path().join("s.primum-study"), &made).unwrap_err();
    assert_eq!(error.to_string(), format!("refused: item `{id}` differs between packets"));
}

#[test]
fn an_item_is_not_changed_removed_or_replaced() {
    StoredStudy::new().keeps("item", "response", "an item");
}
