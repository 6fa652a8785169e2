//! What `append` has returned from is on the disk: through a killed program and on a full disk.

use crate::support::{Stored, flag, id, packet, record, time};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use store::{Error, Store};
use study::Change;
use testing::SmallDisk;

/// Names the file to a copy of this test program that appends until it is killed.
const CHILD: &str = "PRIMUM_TEST_APPENDS_TO";

/// The child's part: appends a record, then says its number, and so on until it is killed.
fn append_for_ever(file: &Path) {
    let mut store = Store::open(file).unwrap();
    let item = store.items().unwrap()[0].id.clone();
    let first = 1 + store.records().unwrap().len() as u32;
    let mut out = std::io::stdout();
    for number in first.. {
        store.append(&[record(number, item.clone(), flag())]).unwrap();
        store.set_last_shown(&item, time(number)).unwrap();
        writeln!(out, "appended {number}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn every_record_that_was_reported_saved_survives_a_kill() {
    if let Some(file) = std::env::var_os(CHILD) {
        append_for_ever(Path::new(&file));
    }
    let mut stored = Stored::new().closed();
    let mut reported = BTreeSet::new();
    // Killed after so many lines, and then wherever it happens to be.
    for lines in [1, 2, 5, 13, 40, 7, 3, 60] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "durability::every_record_that_was_reported_saved_survives_a_kill",
                "--nocapture",
            ])
            .env(CHILD, stored.file())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut said = 0;
        for line in out.lines().map_while(Result::ok) {
            if let Some((_, number)) = line.split_once("appended ") {
                reported.insert(number.parse::<u32>().unwrap());
                said += 1;
                if said == lines {
                    // SIGKILL; what it still says until it is gone counts as well.
                    child.kill().unwrap();
                }
            }
        }
        child.wait().unwrap();
        assert!(said >= lines, "the child reported {said} of {lines} records before it ended");

        stored = stored.reopened();
        let kept: BTreeSet<_> =
            stored.store().records().unwrap().into_iter().map(|record| record.id).collect();
        let lost: Vec<_> = reported.iter().filter(|number| !kept.contains(&id(**number))).collect();
        assert!(lost.is_empty(), "reported as saved, and lost: {lost:?}");
        assert!(
            kept.len() <= reported.len() + 8,
            "{} records kept of {} reported: at most one a kill may be kept and not reported",
            kept.len(),
            reported.len()
        );
        let whole: String =
            stored.raw().pragma_query_value(None, "integrity_check", |row| row.get(0)).unwrap();
        assert_eq!(whole, "ok");
        stored = stored.closed();
    }
}

/// Copies what lies at `file` and beside it, as a program that was killed there leaves it.
fn as_killed(file: &Path, folder: &Path) -> std::path::PathBuf {
    for entry in fs::read_dir(file.parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    folder.join(file.file_name().unwrap())
}

/// What lay in another file beside it went with that file.
#[test]
fn the_file_alone_holds_what_was_reported_saved() {
    let mut stored = Stored::new();
    let item = stored.item(0);
    let saved: Vec<_> = (1..=5).map(|number| record(number, item.clone(), flag())).collect();
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("p.primum");
    for record in &saved {
        stored.store_mut().append(std::slice::from_ref(record)).unwrap();
        fs::copy(stored.file(), &copy).unwrap();
        let kept = Store::open(&copy).unwrap().records().unwrap();
        assert_eq!(kept.last(), Some(record), "the copy of an open file is a backup");
    }
    let count = fs::read_dir(stored.folder()).unwrap().count();
    assert_eq!(count, 2, "the packet and its lock: no other file that could be lost");
}

#[test]
fn what_an_earlier_program_left_in_a_write_ahead_log_is_kept() {
    let stored = Stored::new().closed();
    let raw = stored.raw();
    raw.pragma_update(None, "journal_mode", "WAL").unwrap();
    let insert = "INSERT INTO rater_name (at, name) VALUES ('2026-01-01T00:00:00Z', 'Ann')";
    raw.execute(insert, []).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let file = as_killed(&stored.file(), elsewhere.path());
    let log = elsewhere.path().join("p.primum-wal");
    assert!(fs::metadata(&log).unwrap().len() > 0, "the name is in the log alone");

    let store = Store::open(&file).unwrap();
    assert_eq!(store.rater_name().unwrap().as_deref(), Some("Ann"));
    assert!(!log.exists(), "the log was written into the file");
}

#[test]
fn a_full_disk_is_told_so_and_earlier_records_survive() {
    let Some(disk) = SmallDisk::mount("size=256k") else { return };
    let file = disk.path().join("p.primum");
    let mut store = Store::create(&file, &packet(), time(0)).unwrap();
    let item = store.items().unwrap()[0].id.clone();
    let note = |number| record(number, item.clone(), Change::Note { text: "word ".repeat(400) });
    let mut saved = Vec::new();
    let refused = loop {
        let next = note(1 + saved.len() as u32);
        match store.append(std::slice::from_ref(&next)) {
            Ok(()) => saved.push(next),
            Err(error) => break error,
        }
        assert!(saved.len() < 10_000, "a disk of 256 KiB fills up");
    };
    assert!(saved.len() > 1, "something fits before the disk is full");
    assert!(matches!(refused, Error::NotSaved { .. }), "{refused:?}");
    assert_eq!(
        refused.to_string(),
        format!(
            "Not saved to {}: no space left on the disk. Free some space and try again.",
            file.display()
        )
    );
    assert_eq!(store.records().unwrap(), saved, "what was saved can be read at once");
    drop(store);
    assert_eq!(Store::open(&file).unwrap().records().unwrap(), saved, "and after a restart");
}

#[test]
fn a_disk_that_takes_no_more_files_is_told_so() {
    let Some(disk) = SmallDisk::mount("nr_inodes=8") else { return };
    let file = disk.path().join("p.primum");
    let mut store = Store::create(&file, &packet(), time(0)).unwrap();
    let item = store.items().unwrap()[0].id.clone();
    let fill = (0..8).map(|name| disk.path().join(name.to_string()));
    let made: Vec<_> = fill.filter(|filler| fs::File::create(filler).is_ok()).collect();
    let next = [record(1, item, flag())];
    assert_eq!(
        store.append(&next).unwrap_err().to_string(),
        format!(
            "Not saved to {}: no space left on the disk. Free some space and try again.",
            file.display()
        )
    );
    fs::remove_file(&made[0]).unwrap();
    store.append(&next).unwrap();
}

#[test]
fn a_full_disk_keeps_no_half_made_packet() {
    let Some(disk) = SmallDisk::mount("size=256k") else { return };
    let file = disk.path().join("p.primum");
    let mut large = packet();
    large.items[0].response.text = "word ".repeat(200_000);
    let error = Store::create(&file, &large, time(0)).unwrap_err();
    assert!(error.to_string().contains("no space left on the disk"), "{error}");
    assert!(!file.exists(), "half a packet is not in the library");
    Store::create(&file, &packet(), time(0)).expect("a packet that fits is made afterwards");
}
