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
            further_of: None,
        })
        .collect();
    assert_eq!(stored.store().packets().unwrap(), expected);
}

#[test]
fn neither_is_changed_removed_or_replaced() {
    let stored = StoredStudy::new();
    stored.keeps("packet", "rater", "a packet");
    stored.keeps("packet_item", "position", "an item of a packet");
    let sql = "INSERT OR REPLACE INTO packet VALUES ('another', 0, 'C', 0, 'd', NULL)";
    assert_eq!(stored.refuses(sql), "a packet is never replaced", "nor by its place");
    let sql = "INSERT OR REPLACE INTO packet VALUES ('another', 9, 'A', 0, 'd', NULL)";
    assert_eq!(stored.refuses(sql), "a packet is never replaced", "nor by its rater");
}

#[test]
fn a_further_packet_is_for_the_rater_of_a_first_one() {
    let stored = StoredStudy::new();
    let of = stored.state(0).packet;
    let told = "a further packet is for the rater of a first one";
    let insert = |id: &str, rater: &str, lead: u8, of: &str| {
        format!(
            "INSERT INTO packet SELECT '{id}', count(*), '{rater}', {lead}, 'd', '{of}' FROM packet"
        )
    };
    for sql in [
        insert("x", "B", 0, of.as_str()),
        insert("x", "A", 1, of.as_str()),
        insert("x", "A", 0, "y"),
    ] {
        assert_eq!(stored.refuses(&sql), told, "{sql}");
    }
    stored.raw().execute(&insert("x", "A", 0, of.as_str()), []).unwrap();
    stored.raw().execute(&insert("z", "A", 0, of.as_str()), []).unwrap();
    assert_eq!(stored.refuses(&insert("y", "A", 0, "x")), told, "and not of a further one");
}
