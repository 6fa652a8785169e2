//! A packet that an earlier program stored opens with everything in it.

use crate::support::{Stored, flag, grade, id, packet, record, time};
use rusqlite::{Connection, params};
use std::path::Path;
use store::Store;
use study::{Change, Lock, Packet, Record, Span};

/// What the first released program would have left in `file`: the schema of its one migration.
fn first_program(file: &Path, packet: &Packet, records: &[Record]) {
    let raw = Connection::open(file).unwrap();
    raw.pragma_update(None, "journal_mode", "WAL").unwrap();
    raw.pragma_update(None, "foreign_keys", true).unwrap();
    raw.pragma_update(None, "application_id", 0x5052_494D).unwrap();
    raw.execute_batch(include_str!("../../migrations/packet/0001_packet_and_records.sql")).unwrap();
    raw.pragma_update(None, "user_version", 1).unwrap();
    raw.execute(
        "INSERT INTO packet VALUES (?1, ?2, ?3, ?4, ?5, 'sha256:0', ?6)",
        params![
            packet.packet.as_str(),
            packet.study.as_str(),
            packet.title,
            packet.rater,
            serde_json::to_string(&packet.rubric).unwrap(),
            time(0).to_string(),
        ],
    )
    .unwrap();
    for axis in &packet.rubric.axes {
        for grade in axis.grades() {
            raw.execute("INSERT INTO level VALUES (?1, ?2)", params![axis.id, grade]).unwrap();
        }
    }
    for scenario in &packet.scenarios {
        let body = serde_json::to_string(scenario).unwrap();
        raw.execute("INSERT INTO scenario VALUES (?1, ?2)", params![scenario.id, body]).unwrap();
    }
    for (position, item) in packet.items.iter().enumerate() {
        raw.execute(
            "INSERT INTO item VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                item.id.as_str(),
                position as i64,
                item.scenario,
                item.response.text,
                item.response.filtered
            ],
        )
        .unwrap();
    }
    for record in records {
        raw.execute(
            "INSERT INTO record (id, at, item_id, change) VALUES (?1, ?2, ?3, ?4)",
            params![
                record.id.to_string(),
                record.at.to_string(),
                record.item.as_str(),
                serde_json::to_string(&record.change).unwrap()
            ],
        )
        .unwrap();
    }
}

#[test]
fn records_of_the_first_program_stay_and_new_ones_follow() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("p.primum");
    let packet = packet();
    let item = packet.items[0].id.clone();
    let mut records = vec![
        record(1, item.clone(), grade("omission", 3)),
        record(2, item.clone(), Change::Undo { record: id(1) }),
        record(3, item.clone(), flag()),
    ];
    first_program(&file, &packet, &records);

    let mut store = Store::open(&file).unwrap();
    assert_eq!(store.records().unwrap(), records);
    assert_eq!(store.locked().unwrap(), None);
    assert_eq!(store.last_change().unwrap(), &records[2..]);
    let span = Some(Span { start: 0, end: 3 });
    records.push(record(4, item.clone(), Change::Evidence { action: 0, span }));
    store.append(&records[3..]).unwrap();
    store.lock(&Lock { at: time(5), name: "Ann".into(), statement: "Done.".into() }).unwrap();
    drop(store);
    let mut store = Store::open(&file).unwrap();
    assert_eq!(store.records().unwrap(), records);
    let error = store.append(&[record(6, item.clone(), Change::Undo { record: id(1) })]);
    assert!(error.is_err(), "after the lock there is no undo without a reason");
    let undo = Record {
        reason: Some("slipped".into()),
        ..record(7, item, Change::Undo { record: id(1) })
    };
    assert_eq!(
        store.append(&[undo]).unwrap_err().to_string(),
        "refused: a change is taken back once"
    );
}

#[test]
fn a_migrated_file_has_the_schema_of_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("p.primum");
    first_program(&file, &packet(), &[]);
    drop(Store::open(&file).unwrap());
    let schema = |raw: Connection| -> Vec<String> {
        let sql = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name";
        let mut select = raw.prepare(sql).unwrap();
        select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let (migrated, made) = (schema(Connection::open(&file).unwrap()), schema(Stored::new().raw()));
    assert_eq!(migrated, made);
}
