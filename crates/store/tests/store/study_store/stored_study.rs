//! A stored study with its folder.

use crate::support::{grade, id, record, time};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use store::{Error, NewPacket, NewStudy, PacketState, Receipt, Received, SealedKey, StudyStore};
use study::{
    Blinded, Change, Decision, Digest, Framing, ItemId, Origin, Record, Response, Rubric, Scenario,
    blind,
};
use tempfile::TempDir;

/// Every origin bears one of these, which stand nowhere else.
pub const MARKS: [&str; 5] =
    ["markedscenario", "markedmodel", "markedcategory", "markedpair", "informed_layperson"];

/// A study of two raters, the second of them its lead author, in a folder of its own.
pub struct StoredStudy {
    pub made: Blinded,
    // Closed before the folder goes.
    store: Option<StudyStore>,
    folder: TempDir,
}

impl StoredStudy {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made = blinded();
        let store = create(&folder.path().join("s.primum-study"), &made).unwrap();
        Self { made, store: Some(store), folder }
    }

    pub fn store(&self) -> &StudyStore {
        self.store.as_ref().unwrap()
    }

    pub fn store_mut(&mut self) -> &mut StudyStore {
        self.store.as_mut().unwrap()
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("s.primum-study")
    }

    /// The item at `place` of the first packet.
    pub fn item(&self, place: usize) -> ItemId {
        self.made.packets[0].items[place].id.clone()
    }

    /// The store as the program leaves it.
    pub fn closed(self) -> Self {
        Self { store: None, ..self }
    }

    /// The store as the next start of the program finds it.
    pub fn reopened(self) -> Self {
        let closed = self.closed();
        let store = Some(StudyStore::open(&closed.file()).unwrap());
        Self { store, ..closed }
    }

    /// Receives a file of the first packet at second `second`.
    pub fn receive(
        &mut self,
        name: &str,
        content: &[u8],
        second: u32,
        records: &[Record],
    ) -> Result<Receipt, Error> {
        let state = self.state(0);
        self.store_mut().receive(&Received {
            name,
            content,
            at: time(second),
            state: &state,
            records,
            visits: &[],
        })
    }

    /// What a file of the packet at `place` says of it.
    pub fn state(&self, place: usize) -> PacketState {
        PacketState {
            packet: self.made.packets[place].packet.clone(),
            name: "Dr Ånn".into(),
            exported_at: time(50),
            locked_at: None,
            attestation: None,
        }
    }

    /// The file as any other program opens it, past all that the store allows.
    pub fn raw(&self) -> Connection {
        let raw = Connection::open(self.file()).unwrap();
        raw.pragma_update(None, "foreign_keys", true).unwrap();
        raw
    }

    /// The database refuses `sql`, and says this.
    #[track_caller]
    pub fn refuses(&self, sql: &str) -> String {
        self.raw().execute(sql, []).expect_err(sql).to_string()
    }

    /// The database refuses to change, remove or replace a row of `table`, which has one.
    #[track_caller]
    pub fn keeps(&self, table: &str, column: &str, noun: &str) {
        let rows = |raw: &Connection| -> i64 {
            raw.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
        };
        let before = rows(&self.raw());
        assert!(before > 0, "{table} has rows to keep");
        let update = format!("UPDATE {table} SET {column} = {column}");
        assert_eq!(self.refuses(&update), format!("{noun} is never changed"));
        assert_eq!(
            self.refuses(&format!("DELETE FROM {table}")),
            format!("{noun} is never removed")
        );
        let columns: Vec<String> = {
            let raw = self.raw();
            // Without generated columns, which `table_info` leaves out.
            let mut select = raw.prepare("SELECT name FROM pragma_table_info(?1)").unwrap();
            select.query_map([table], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
        };
        let columns = columns.join(", ");
        let replace = format!(
            "INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table} LIMIT 1"
        );
        assert_eq!(self.refuses(&replace), format!("{noun} is never replaced"));
        assert_eq!(rows(&self.raw()), before, "{table} has every row");
    }
}

/// What is known of the design before the key is opened.
pub fn protocol() -> Value {
    json!({"items": 4, "raters": 2, "design": "fully crossed", "seed_commitment": "sha256:00"})
}

pub fn sealed_key() -> Digest {
    Digest::of_bytes(b"a sealed key")
}

/// Its file.
pub fn sealed() -> SealedKey {
    SealedKey { digest: sealed_key(), name: "key.age".into() }
}

/// Stores the packets of `made`, the last of them the lead author's.
pub fn create(file: &Path, made: &Blinded) -> Result<StudyStore, Error> {
    create_with(file, made, &BTreeMap::new())
}

pub fn create_with(
    file: &Path,
    made: &Blinded,
    repeats: &BTreeMap<ItemId, ItemId>,
) -> Result<StudyStore, Error> {
    let packets: Vec<NewPacket> = (1..)
        .zip(&made.packets)
        .map(|(number, packet)| NewPacket { packet, lead: number == made.packets.len() })
        .collect();
    let (protocol, sealed_key) = (protocol(), sealed());
    let new = NewStudy { packets: &packets, repeats, protocol: &protocol, sealed_key: &sealed_key };
    StudyStore::create(file, &new, time(0))
}

/// Two scenarios with two responses each for two raters; every origin is marked.
pub fn blinded() -> Blinded {
    let scenario = |number: u32| -> Scenario {
        serde_json::from_value(json!({
            "format": "primum-scenario/1", "id": format!("markedscenario{number}"), "title": "t",
            "category": "markedcategory", "acuity_weight": 1.0,
            "framing": Framing::InformedLayperson, "pair_id": "markedpair",
            "prompt": format!("Question {number}? 🩺"), "reference_answer": "Call.",
            "commission_risks": ["delay"], "clinical_basis": [],
            "critical_actions": [{"text": "call", "safety_colliding": null}],
            "review": {"status": "draft"},
        }))
        .unwrap()
    };
    let responses: Vec<Response> = [(1, 0), (1, 1), (2, 0), (2, 1)]
        .map(|(number, rep_id)| Response {
            origin: Origin {
                scenario_id: format!("markedscenario{number}"),
                model_id: format!("markedmodel{rep_id}"),
                rep_id,
            },
            text: if rep_id == 0 {
                format!("Answer\n{number} 'quoted'; --\0")
            } else {
                String::new()
            },
            filtered: rep_id == 1,
        })
        .to_vec();
    let rubric: Rubric = serde_json::from_str(Rubric::GATED).unwrap();
    let raters = ["A".to_owned(), "B".to_owned()];
    blind("Study", &[scenario(1), scenario(2)], &responses, &rubric, &raters, 7).unwrap()
}

/// The record made at `number`, without a reason.
pub fn received(number: u32, item: ItemId, change: Change) -> Record {
    record(number, item, change)
}

/// A grade on omission, given at `number`.
pub fn graded(number: u32, item: ItemId, level: i16) -> Record {
    received(number, item, grade("omission", level))
}

/// The decision made at `number`.
pub fn decision(number: u32, item: ItemId, level: Option<i16>) -> Decision {
    let id = serde_json::from_value(serde_json::to_value(id(number)).unwrap()).unwrap();
    Decision {
        id,
        item,
        axis: "omission".into(),
        grade: level,
        cause: study::Cause::ClinicalDisagreement,
        note: "both have a point".into(),
        decided_at: time(number),
        decided_by: "A and B".into(),
    }
}
