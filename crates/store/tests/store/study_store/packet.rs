//! The tables `packet` and `packet_item`.

use crate::study_store::stored_study::StoredStudy;
use store::StudyPacket;
use study::Digest;

#[test]
fn packets_come_back_in_the_order_of_raters_with_their_items_in_order() {
    let stored = StoredStudy::new().reopened();
    let expected: Vec<StudyPacket> = stored
        .made
        .packets
        .iter()
        .map(|packet| StudyPacket {
            packet: packet.packet.clone(),
            rater: packet.rater.clone(),
            lead: packet.rater == "B",
            digest: Digest::of(packet),
            items: packet.items.iter().map(|item| item.id.clone()).collect(),
        })
        .collect();
    assert_eq!(stored.store().packets().unwrap(), expected);
}

#[test]
fn neither_is_changed_removed_or_replaced() {
    let stored = StoredStudy::new();
    stored.keeps("packet", "rater", "a packet");
    stored.keeps("packet_item", "position", "an item of a packet");
    let sql = "INSERT OR REPLACE INTO packet VALUES ('another', 0, 'C', 0, 'd')";
    assert_eq!(stored.refuses(sql), "a packet is never replaced", "nor by its place");
}
