//! The table `instructions`.

use crate::support::{Stored, packet, time};
use store::Store;
use study::Packet;

#[test]
fn instructions_come_back_as_they_were_and_stay() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("p.primum");
    let text = "# Rate alone\n\n'quoted'; -- 🩺";
    let packet = Packet { instructions: text.into(), ..packet() };
    drop(Store::create(&file, &packet, time(0)).unwrap());
    assert_eq!(Store::open(&file).unwrap().instructions().unwrap(), text);
    let raw = rusqlite::Connection::open(&file).unwrap();
    let refuses = |sql: &str| raw.execute(sql, []).expect_err(sql).to_string();
    assert_eq!(refuses("UPDATE instructions SET text = 'x'"), "instructions are never changed");
    assert_eq!(refuses("DELETE FROM instructions"), "instructions are never removed");
    let again = "INSERT OR REPLACE INTO instructions VALUES (1, 'x')";
    assert_eq!(refuses(again), "instructions are never replaced");
}

#[test]
fn a_packet_without_any_has_none() {
    assert_eq!(Stored::new().store().instructions().unwrap(), "");
    assert_eq!(Stored::new().store().calibration().unwrap(), []);
}
