//! A packet that can be read and not written, as an archive keeps it.

use crate::support::{Stored, flag, packet, record, time};
use std::fs;
use store::Store;
use testing::ReadOnlyFolder;

#[test]
fn an_archived_packet_is_shown_and_not_changed() {
    let mut stored = Stored::new();
    let saved = record(1, stored.item(0), flag());
    stored.store_mut().append(std::slice::from_ref(&saved)).unwrap();
    let stored = stored.closed();
    let before = fs::read(stored.file()).unwrap();
    let Some(_read_only) = ReadOnlyFolder::make(stored.folder()) else { return };

    let mut store = Store::open(&stored.file()).unwrap();
    store.claim().unwrap();
    store.check_packet().unwrap();
    assert_eq!(store.records().unwrap(), [saved]);
    assert_eq!(store.file(), stored.file());
    let folder = stored.folder().display().to_string();
    assert!(store.archived().unwrap().contains(&folder), "{:?}", store.archived());
    let error = store.append(&[record(2, stored.item(1), flag())]).unwrap_err().to_string();
    let start = format!("Not saved to {}: ", stored.file().display());
    assert!(error.starts_with(&start) && error.contains(&folder), "{error}");
    assert_eq!(store.records().unwrap().len(), 1);
    assert!(fs::read(stored.file()).unwrap() == before);
}

/// The log cannot be written into the file where it lies.
#[test]
fn an_archived_packet_of_an_earlier_program_is_shown_with_its_log() {
    let stored = Stored::new().closed();
    let raw = stored.raw();
    raw.pragma_update(None, "journal_mode", "WAL").unwrap();
    raw.execute("INSERT INTO rater_name (at, name) VALUES ('2026-01-01T00:00:00Z', 'Ann')", [])
        .unwrap();
    let archive = tempfile::tempdir().unwrap();
    let file = archive.path().join("p.primum");
    for end in ["", "-wal"] {
        let name = |path: &std::path::Path| format!("{}{end}", path.display());
        fs::copy(name(&stored.file()), name(&file)).unwrap();
    }
    let Some(_read_only) = ReadOnlyFolder::make(archive.path()) else { return };
    let store = Store::open(&file).unwrap();
    assert_eq!(store.rater_name().unwrap().as_deref(), Some("Ann"));
    assert!(archive.path().join("p.primum-wal").exists(), "the archive stays as it is");
}

#[test]
fn a_folder_that_takes_nothing_is_named_where_a_packet_would_be_made() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_read_only) = ReadOnlyFolder::make(folder.path()) else { return };
    let file = folder.path().join("p.primum");
    let error = Store::create(&file, &packet(), time(0)).unwrap_err().to_string();
    assert!(error.starts_with(&format!("Not saved to {}: ", file.display())), "{error}");
    assert!(error.contains(&format!("{}", folder.path().display())), "{error}");
    assert!(!error.contains("os error"), "{error}");
}
