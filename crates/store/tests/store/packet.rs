//! The tables `packet` and `level`.

use crate::support::{Stored, time};
use std::fs;
use store::Store;
use study::Digest;

#[test]
fn the_header_is_the_packets() {
    let stored = Stored::new().reopened();
    let header = stored.store().packet().unwrap();
    let packet = &stored.packet;
    assert_eq!((&header.packet, &header.study), (&packet.packet, &packet.study));
    assert_eq!((&header.title, &header.rater), (&packet.title, &packet.rater));
    assert_eq!(header.rubric, packet.rubric);
    assert_eq!(
        header.digest,
        Digest::of(packet),
        "the digest tells the same packet when it comes again"
    );
    assert_eq!(header.opened_at, time(0));
}

#[test]
fn every_level_of_the_rubric_is_there_for_the_database_to_check() {
    let stored = Stored::new();
    let raw = stored.raw();
    let mut select =
        raw.prepare("SELECT axis, grade FROM level ORDER BY axis DESC, grade").unwrap();
    let levels: Vec<(String, i16)> = select
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let axes = stored.packet.rubric.axes.iter();
    let expected: Vec<(String, i16)> = axes
        .flat_map(|axis| axis.grades().into_iter().map(|grade| (axis.id.clone(), grade)))
        .collect();
    assert_eq!(levels, expected);
}

#[test]
fn neither_is_changed_or_removed() {
    let stored = Stored::new();
    assert_eq!(stored.refuses("UPDATE packet SET rater = 'B'"), "a packet is never changed");
    assert_eq!(stored.refuses("DELETE FROM packet"), "a packet is never removed");
    assert_eq!(
        stored.refuses("UPDATE level SET grade = 9 WHERE grade = 4"),
        "a level is never changed"
    );
    assert_eq!(stored.refuses("DELETE FROM level"), "a level is never removed");
}

#[test]
fn a_text_that_changed_on_the_disk_is_not_rated() {
    let stored = Stored::new().closed();
    Store::open(&stored.file()).unwrap().check_packet().unwrap();
    let raw = stored.raw();
    raw.pragma_update(None, "journal_mode", "DELETE").unwrap();
    raw.close().unwrap();
    let mut texts = stored.packet.items.iter().map(|item| item.response.text.as_bytes());
    let text = texts.find(|text| !text.is_empty()).unwrap();
    let mut bytes = fs::read(stored.file()).unwrap();
    let at = bytes.windows(text.len()).position(|window| window == text).unwrap();
    bytes[at] ^= 1;
    fs::write(stored.file(), bytes).unwrap();
    let error = Store::open(&stored.file()).unwrap().check_packet().unwrap_err().to_string();
    assert!(error.contains("its texts are no longer those that were received"), "{error}");
}
