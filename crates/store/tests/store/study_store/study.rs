//! The tables `study` and `level`.

use crate::study_store::stored_study::{StoredStudy, protocol, sealed};
use crate::support::time;

#[test]
fn the_header_is_the_packets_with_protocol_and_seal() {
    let stored = StoredStudy::new().reopened();
    let header = stored.store().study().unwrap();
    let packet = &stored.made.packets[0];
    assert_eq!((&header.study, &header.title), (&packet.study, &packet.title));
    assert_eq!(header.rubric, packet.rubric);
    assert_eq!(header.created_at, time(0));
    assert_eq!(header.protocol, protocol());
    assert_eq!(stored.store().sealed_keys().unwrap(), [sealed()]);
}

#[test]
fn every_level_of_the_rubric_is_there_for_the_database_to_check() {
    let stored = StoredStudy::new();
    let raw = stored.raw();
    let mut select =
        raw.prepare("SELECT axis, grade FROM level ORDER BY axis DESC, grade").unwrap();
    let levels: Vec<(String, i16)> = select
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let axes = stored.made.packets[0].rubric.axes.iter();
    let expected: Vec<(String, i16)> = axes
        .flat_map(|axis| axis.grades().into_iter().map(|grade| (axis.id.clone(), grade)))
        .collect();
    assert_eq!(levels, expected);
}

#[test]
fn neither_is_changed_removed_or_replaced_and_there_is_one_study() {
    let stored = StoredStudy::new();
    stored.keeps("study", "title", "a study");
    stored.keeps("level", "grade", "a level");
    let second = "INSERT INTO study SELECT 'other', title, created_at, rubric, protocol FROM study";
    assert_eq!(stored.refuses(second), "a study is never replaced");
}
