//! Opening and creating the file.

use crate::support::{Stored, compare_schema, flag, packet, record, time};
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use store::{Error, Store};
use testing::names;

fn refused(file: &Path) -> String {
    let before = fs::read(file).ok();
    let message = Store::open(file).unwrap_err().to_string();
    assert!(fs::read(file).ok() == before, "a file that is refused keeps every byte");
    message.replace(&file.display().to_string(), "FILE")
}

#[test]
fn only_the_packet_is_left_when_the_file_is_made() {
    let stored = Stored::new();
    assert_eq!(stored.store().file(), stored.file());
    assert_eq!(names(stored.closed().folder()), ["p.lock", "p.primum"], "the draft was moved");
}

#[test]
fn what_an_interrupted_creation_left_is_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("p.primum");
    for draft in ["p.draft", "p.draft-journal", "p.draft-wal", "p.draft-shm"] {
        fs::write(folder.path().join(draft), b"half a page of something").unwrap();
    }
    assert!(matches!(Store::open(&file), Err(Error::NotOurs { .. })), "a draft is no packet");
    let store = Store::create(&file, &packet(), time(0)).unwrap();
    assert_eq!(store.items().unwrap().len(), 4);
    drop(store);
    assert_eq!(Store::open(&file).unwrap().items().unwrap().len(), 4);
    assert!(!names(folder.path()).contains(&"p.draft".into()), "the new draft was moved");
}

#[test]
fn a_stored_packet_is_not_overwritten_by_a_new_one() {
    let mut stored = Stored::new();
    let item = stored.item(0);
    stored.store_mut().append(&[record(1, item, flag())]).unwrap();
    let stored = stored.closed();
    let error = Store::create(&stored.file(), &packet(), time(1)).unwrap_err().to_string();
    assert!(error.ends_with("a stored packet is already there; it was left as it is."), "{error}");
    assert_eq!(stored.reopened().store().records().unwrap().len(), 1);
}

#[test]
fn a_file_of_a_newer_program_is_refused_and_keeps_every_byte() {
    for journal in ["WAL", "DELETE"] {
        let stored = Stored::new().closed();
        let raw = stored.raw();
        raw.pragma_update(None, "journal_mode", journal).unwrap();
        raw.pragma_update(None, "user_version", 99).unwrap();
        raw.close().unwrap();
        assert_eq!(
            refused(&stored.file()),
            "FILE: this packet was rated with a newer Primum. Update Primum to open it.",
            "{journal}"
        );
    }
}

#[test]
fn what_is_no_stored_packet_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.primum");
    assert_eq!(refused(&file), "FILE: this is not a stored packet (no such file).");
    assert!(!file.exists(), "opening makes no file");
    assert_eq!(
        refused(folder.path()),
        "FILE: this is not a stored packet (found a folder or a device; expected a file)."
    );

    fs::write(&file, "a letter to a colleague, long enough to be a page\n".repeat(200)).unwrap();
    assert_eq!(
        refused(&file),
        "FILE: this is not a stored packet (it does not begin as one; if it was one, go back to a copy of it)."
    );
    fs::write(&file, "").unwrap();
    assert_eq!(
        refused(&file),
        "FILE: this is not a stored packet (it is empty; if it was one, go back to a copy of it)."
    );

    fs::remove_file(&file).unwrap();
    let foreign = Connection::open(&file).unwrap();
    foreign.execute("CREATE TABLE packet (id TEXT)", []).unwrap();
    foreign.close().unwrap();
    assert_eq!(refused(&file), "FILE: this is not a stored packet (another program's database).");
}

#[test]
fn a_file_that_was_cut_short_says_so() {
    let stored = Stored::new().closed();
    let whole = fs::read(stored.file()).unwrap();
    for kept in [whole.len() / 2, whole.len() - 4096, 4096] {
        fs::write(stored.file(), &whole[..kept]).unwrap();
        assert_eq!(
            refused(&stored.file()),
            "FILE: the file is damaged: it was cut short, or other bytes were written over it. Go back \
             to a copy from before that."
        );
    }
}

/// Wherever the damage is, it is told of the file, at the latest when what is there is read.
#[test]
fn a_file_with_other_bytes_in_it_is_named() {
    let stored = Stored::new().closed();
    let whole = fs::read(stored.file()).unwrap();
    let mut told = 0;
    for page in 1..whole.len() / 4096 {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0xA5);
        fs::write(stored.file(), &bytes).unwrap();
        let outcome = Store::open(&stored.file()).and_then(|store| store.check_packet());
        if let Err(error) = outcome {
            let expected = format!("{}: the file is damaged: ", stored.file().display());
            assert!(error.to_string().starts_with(&expected), "page {page}: {error}");
            told += 1;
        }
    }
    assert!(told > 3, "{told} damaged pages were noticed");
}

#[test]
fn a_version_that_was_changed_says_so() {
    for (version, told) in [(0, "0"), (-3, "-3")] {
        let stored = Stored::new().closed();
        stored.raw().pragma_update(None, "user_version", version).unwrap();
        assert_eq!(
            refused(&stored.file()),
            format!(
                "FILE: its `user_version` was changed from 1 to {told}, which Primum did not do: this \
                 packet may lose or change what is written to it. Go back to a copy from before that."
            )
        );
    }
}

/// With `UPDATE_SCHEMA=1` it writes tests/store/schema.sql; otherwise it compares.
#[test]
fn the_schema_is_the_one_written_down() {
    let stored = Stored::new();
    compare_schema(
        &stored.raw(),
        "tests/store/schema.sql",
        "cargo test -p store --test store schema",
    );
}

#[test]
fn one_window_at_a_time_rates_a_packet() {
    let stored = Stored::new().closed();
    let mut first = Store::open(&stored.file()).unwrap();
    first.claim().unwrap();
    let mut second = Store::open(&stored.file()).unwrap();
    let error = second.claim().unwrap_err();
    assert!(matches!(error, Error::InUse { .. }), "{error}");
    assert!(error.to_string().contains("open in another window"), "{error}");
    drop(first);
    second.claim().unwrap();
}

/// A lock that is removed keeps no other window out, so the one that rates notices.
#[cfg(unix)]
#[test]
fn a_lock_that_is_removed_lets_no_second_window_rate() {
    let stored = Stored::new().closed();
    let lock = stored.folder().join("p.lock");
    let append = |window: &mut Store, number| {
        window.append(&[record(number, stored.item(0), flag())]).map_err(|error| error.to_string())
    };
    let open = || {
        let mut window = Store::open(&stored.file()).unwrap();
        window.claim().map(|()| window).map_err(|error| error.to_string())
    };
    let mut first = open().unwrap();
    fs::remove_file(&lock).unwrap();
    append(&mut first, 1).unwrap();
    let refused = open().unwrap_err();
    assert!(refused.contains("open in another window"), "the lock is there again: {refused}");

    fs::remove_file(&lock).unwrap();
    let mut second = open().unwrap();
    for _ in 0..2 {
        let refused = append(&mut first, 2).unwrap_err();
        assert!(refused.contains("was opened in another window"), "{refused}");
    }
    append(&mut second, 2).unwrap();
    drop(second);
    let refused = append(&mut first, 3).unwrap_err();
    assert!(refused.contains("was opened in another window"), "it knows nothing of 2: {refused}");
    drop(first);
    append(&mut open().unwrap(), 3).unwrap();
}

/// The one who loses must not put an empty packet in the place of the one that is rated by then.
#[test]
fn of_several_who_open_one_new_packet_one_rates_it() {
    for round in 0..8 {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("p.primum");
        let packet = packet();
        let rate = |delay: u64| -> Result<(), Error> {
            std::thread::sleep(std::time::Duration::from_millis(delay));
            let mut store = Store::create(&file, &packet, time(0))?;
            store.append(&[record(1, packet.items[0].id.clone(), flag())])?;
            std::thread::sleep(std::time::Duration::from_millis(50));
            store.append(&[record(2, packet.items[1].id.clone(), flag())])
        };
        let rated: Vec<bool> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..3).map(|window| scope.spawn(move || rate(window * round).is_ok())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(rated.iter().filter(|rated| **rated).count(), 1, "{rated:?}");
        assert_eq!(Store::open(&file).unwrap().records().unwrap().len(), 2);
    }
}

#[test]
fn a_packet_that_something_else_changed_is_refused() {
    for (sql, what) in [
        (
            "CREATE TRIGGER quiet BEFORE INSERT ON record BEGIN SELECT raise(ignore); END",
            "trigger `quiet` was added",
        ),
        ("CREATE VIEW records AS SELECT 1", "view `records` was added"),
        ("DROP TRIGGER record_is_never_removed", "trigger `record_is_never_removed` is missing"),
        ("ALTER TABLE record ADD COLUMN mine TEXT", "table `record` was changed"),
    ] {
        let stored = Stored::new().closed();
        stored.raw().execute(sql, []).unwrap();
        let message = refused(&stored.file());
        assert!(message.starts_with(&format!("FILE: {what}")), "{message}");
    }
}

#[test]
fn a_folder_in_the_place_of_the_lock_says_so() {
    let stored = Stored::new().closed();
    let lock = stored.folder().join("p.lock");
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    let error = Store::open(&stored.file()).unwrap().claim().unwrap_err().to_string();
    assert_eq!(
        error,
        format!(
            "{}: found a folder; expected a file of its own, which holds nothing, or none. Move it away.",
            lock.display()
        )
    );
}

#[cfg(unix)]
#[test]
fn a_lock_that_leads_elsewhere_is_not_followed() {
    let stored = Stored::new().closed();
    let (lock, elsewhere) = (stored.folder().join("p.lock"), stored.folder().join("letter.txt"));
    fs::write(&elsewhere, "dear colleague").unwrap();
    fs::remove_file(&lock).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &lock).unwrap();
    let error = Store::open(&stored.file()).unwrap().claim().unwrap_err().to_string();
    assert!(error.contains("p.lock: found a link"), "{error}");
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "dear colleague");
}
