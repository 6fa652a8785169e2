//! What the tests of this crate share.

use jiff::Timestamp;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use store::Store;
use study::{Change, ItemId, Origin, Packet, Record, RecordId, Response, Rubric, Scenario, blind};
use tempfile::TempDir;
use uuid::Uuid;

/// A stored packet in a folder of its own.
pub struct Stored {
    pub packet: Packet,
    // Closed before the folder goes.
    store: Option<Store>,
    folder: TempDir,
}

impl Stored {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let packet = packet();
        let store = Store::create(&folder.path().join("p.primum"), &packet, time(0)).unwrap();
        Self { packet, store: Some(store), folder }
    }

    pub fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    pub fn store_mut(&mut self) -> &mut Store {
        self.store.as_mut().unwrap()
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("p.primum")
    }

    pub fn item(&self, place: usize) -> ItemId {
        self.packet.items[place].id.clone()
    }

    /// The store as the program leaves it.
    pub fn closed(self) -> Self {
        Self { store: None, ..self }
    }

    /// The store as the next start of the program finds it.
    pub fn reopened(self) -> Self {
        let closed = self.closed();
        let store = Some(Store::open(&closed.file()).unwrap());
        Self { store, ..closed }
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
        let raw = self.raw();
        raw.execute(sql, []).expect_err(sql).to_string()
    }
}

/// Two scenarios with two responses each, one of them withheld.
pub fn packet() -> Packet {
    let scenario = |id: &str| -> Scenario {
        serde_json::from_value(serde_json::json!({
            "format": "primum-scenario/1", "id": id, "title": id, "category": "c", "acuity_weight": 1.0,
            "framing": null, "pair_id": null, "prompt": format!("Question {id}? 🩺"),
            "reference_answer": "Call.", "commission_risks": ["delay"], "clinical_basis": [],
            "critical_actions": [{"text": "call", "safety_colliding": null}],
            "review": {"status": "draft"},
        }))
        .unwrap()
    };
    let response = |scenario_id: &str, rep_id| Response {
        origin: Origin { scenario_id: scenario_id.into(), model_id: "m".into(), rep_id },
        text: if rep_id == 0 {
            format!("Answer\n{scenario_id} 'quoted'; --\0")
        } else {
            String::new()
        },
        filtered: rep_id == 1,
    };
    let responses = [("s1", 0), ("s1", 1), ("s2", 0), ("s2", 1)].map(|(s, rep)| response(s, rep));
    let rubric: Rubric = serde_json::from_str(Rubric::GATED).unwrap();
    let scenarios = [scenario("s1"), scenario("s2")];
    blind("Study", &scenarios, &responses, &rubric, &["A".into()], 7).unwrap().packets.remove(0)
}

pub fn time(second: u32) -> Timestamp {
    Timestamp::from_second(1_777_000_000 + i64::from(second)).unwrap()
}

pub fn id(number: u32) -> RecordId {
    RecordId::new(Uuid::from_u128(u128::from(number)))
}

/// The record made at `number`, which is its identifier and its time.
pub fn record(number: u32, item: ItemId, change: Change) -> Record {
    Record { id: id(number), at: time(number), item, change, reason: None }
}

pub fn grade(axis: &str, grade: i16) -> Change {
    Change::Grade { axis: axis.into(), grade: Some(grade) }
}

pub fn flag() -> Change {
    Change::Flag { raised: true }
}

/// Compares the tables of `raw` with those written down in `kept`, or writes them there with
/// `UPDATE_SCHEMA=1`; `command` is how to do so.
pub fn compare_schema(raw: &Connection, kept: &str, command: &str) {
    let mut select = raw
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name")
        .unwrap();
    let statements: Vec<String> =
        select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let number = |pragma| raw.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0)).unwrap();
    let schema = format!(
        "-- Written by UPDATE_SCHEMA=1 {command}.\n\
         -- application_id {}, user_version {}\n\n{};\n",
        number("application_id"),
        number("user_version"),
        statements.join(";\n\n")
    );
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(kept);
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&kept, &schema).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(&kept).unwrap_or_default(),
        schema,
        "the schema changed: a released step is never edited, add another; then UPDATE_SCHEMA=1"
    );
}
