//! What `append` has returned from is on the disk: through a killed program and on a full disk.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use store::{Error, Store};
use study::Change;
use support::{SmallDisk, Stored, flag, packet, record, time};

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
        store.set_place(&item, time(number)).unwrap();
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
                "every_record_that_was_reported_saved_survives_a_kill",
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
        let lost: Vec<_> =
            reported.iter().filter(|number| !kept.contains(&support::id(**number))).collect();
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

#[test]
fn a_full_disk_is_told_so_and_earlier_records_survive() {
    let Some(disk) = SmallDisk::mount() else { return };
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
        "Not saved: no space left on the disk. Free some space and try again."
    );
    assert_eq!(store.records().unwrap(), saved, "what was saved can be read at once");
    drop(store);
    assert_eq!(Store::open(&file).unwrap().records().unwrap(), saved, "and after a restart");
}

#[test]
fn a_full_disk_keeps_no_half_made_packet() {
    let Some(disk) = SmallDisk::mount() else { return };
    let file = disk.path().join("p.primum");
    let mut large = packet();
    large.items[0].response.text = "word ".repeat(200_000);
    let error = Store::create(&file, &large, time(0)).unwrap_err();
    assert!(error.to_string().contains("no space left on the disk"), "{error}");
    assert!(!file.exists(), "half a packet is not in the library");
    Store::create(&file, &packet(), time(0)).expect("a packet that fits is made afterwards");
}
