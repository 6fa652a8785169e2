//! What the tests of this crate share.

use commands::{Context, Desk};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock that goes on by 20 seconds at each look.
pub fn clock() -> Timestamp {
    static SECONDS: AtomicI64 = AtomicI64::new(1_777_917_600);
    let seconds = SECONDS.fetch_add(20, Ordering::Relaxed);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A desk in `folder`.
pub fn desk(folder: &Path) -> Context {
    Context::new(Desk::new(folder.join("packets"), folder.join("exports")), clock)
}

const START: i64 = 1_777_917_600_000_000;

thread_local! {
    /// What the clock says, in microseconds. Each test runs on a thread of its own.
    static CLOCK: Cell<i64> = const { Cell::new(START) };
}

/// Turns this test's clock to so many microseconds after its start.
pub fn set_clock(microseconds: i64) {
    CLOCK.set(START + microseconds);
}

/// The moment of `time`, RFC 3339, for [`set_clock`].
pub fn clock_at(time: &str) -> i64 {
    time.parse::<Timestamp>().unwrap().as_microsecond() - START
}

fn test_clock() -> Timestamp {
    Timestamp::from_microsecond(CLOCK.get()).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A desk called as the window calls it: a name and JSON in, JSON out.
pub struct Window {
    desk: Context,
    folder: PathBuf,
}

impl Window {
    /// A window of the program whose data lie in `folder`; a second one is the program's next start.
    pub fn on(folder: &Path) -> Self {
        let desk =
            Context::new(Desk::new(folder.join("packets"), folder.join("exports")), test_clock);
        Self { desk, folder: folder.to_owned() }
    }

    /// The program ends and starts again.
    pub fn restarted(self) -> Self {
        let folder = self.folder.clone();
        drop(self);
        Self::on(&folder)
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    #[track_caller]
    pub fn call(&mut self, name: &str, arguments: Value) -> Value {
        commands::call(&mut self.desk, name, arguments)
            .unwrap_or_else(|failure| panic!("{name}: {failure}"))
    }

    /// The failure as the window sees it.
    #[track_caller]
    pub fn fail(&mut self, name: &str, arguments: Value) -> Value {
        match commands::call(&mut self.desk, name, arguments) {
            Ok(reply) => panic!("{name} should fail, and replied {reply}"),
            Err(failure) => serde_json::to_value(failure).unwrap(),
        }
    }

    pub fn open(&mut self, packet: &Path) -> Value {
        self.call("open_packet", json!({ "path": packet }))
    }

    pub fn show(&mut self, item: &str) -> Value {
        self.call("show_item", json!({ "item": item }))
    }

    /// What was undone, or null.
    pub fn undo(&mut self) -> Value {
        self.call("undo_change", json!({}))["undone"].take()
    }

    pub fn rate(&mut self, item: &str, changes: Value) -> Value {
        self.call("rate_item", json!({ "item": item, "changes": changes }))
    }
}

/// A window on an empty folder.
pub fn window() -> (tempfile::TempDir, Window) {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::on(folder.path());
    (folder, window)
}

/// A window with the example packet open, and its items.
pub fn opened() -> (tempfile::TempDir, Window, Vec<String>) {
    let (folder, mut window) = window();
    let session = window.open(&example_packet());
    (folder, window, item_ids(&session))
}

/// The change of the omission grade.
pub fn grade(grade: impl Into<Value>) -> Value {
    json!([{ "part": "grade", "axis": "omission", "grade": grade.into() }])
}

/// Everything that a complete rating of the item in `view` needs.
pub fn complete(view: &Value) -> Value {
    let mut changes = vec![
        json!({ "part": "gate", "axis": "omission", "answer": true }),
        json!({ "part": "grade", "axis": "omission", "grade": 0 }),
        json!({ "part": "grade", "axis": "commission", "grade": 0 }),
        json!({ "part": "response_class", "class": "substantive" }),
    ];
    let actions = view["scenario"]["critical_actions"].as_array().unwrap().len();
    changes.extend((0..actions).map(|n| json!({ "part": "action", "action": n, "grade": "hit" })));
    changes.into()
}

/// Rater A's packet of the example study.
pub fn example_packet() -> PathBuf {
    testing::root().join("annotations/packets/packet-A.primum-packet")
}

/// The identifiers of a session's items, in the order of rating.
pub fn item_ids(session: &Value) -> Vec<String> {
    let items = session["items"].as_array().unwrap();
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}
