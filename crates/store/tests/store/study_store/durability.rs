//! What a call has returned from is on the disk, and a full disk keeps nothing half.

use crate::study_store::stored_study::{StoredStudy, blinded, create, graded, received};
use crate::support::time;
use store::{Error, PacketState, Received, StudyStore};
use study::Change;
use testing::SmallDisk;

#[test]
fn a_full_disk_is_told_so_and_earlier_files_survive() {
    let Some(disk) = SmallDisk::mount("size=256k") else { return };
    let file = disk.path().join("s.primum-study");
    let made = blinded();
    let mut store = create(&file, &made).unwrap();
    let item = made.packets[0].items[0].id.clone();
    let state = PacketState {
        packet: made.packets[0].packet.clone(),
        name: String::new(),
        exported_at: time(0),
        locked_at: None,
        attestation: None,
    };
    let mut kept = 0_u32;
    let refused = loop {
        let note = Change::Note { text: "word ".repeat(400) };
        let records =
            [graded(2 * kept, item.clone(), 1), received(2 * kept + 1, item.clone(), note)];
        let content = vec![b'x'; 2_000 + kept as usize];
        let received = Received {
            name: "A.json",
            content: &content,
            at: time(1),
            state: &state,
            records: &records,
            visits: &[],
        };
        match store.receive(&received) {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 1_000, "a disk of 256 KiB fills up");
    };
    assert!(kept > 1, "something fits before the disk is full");
    assert!(matches!(refused, Error::NotSaved { .. }), "{refused:?}");
    assert_eq!(
        refused.to_string(),
        format!(
            "Not saved to {}: no space left on the disk. Free some space and try again.",
            file.display()
        )
    );
    let counts = |store: &StudyStore| {
        let received = store.received_files().unwrap().len();
        (received, store.packet_states().unwrap().len(), store.records().unwrap().len())
    };
    let kept = kept as usize;
    assert_eq!(counts(&store), (kept, kept, 2 * kept), "each file whole or not at all");
    drop(store);
    assert_eq!(counts(&StudyStore::open(&file).unwrap()), (kept, kept, 2 * kept));
}

#[test]
fn a_full_disk_keeps_no_half_made_study() {
    let Some(disk) = SmallDisk::mount("size=256k") else { return };
    let file = disk.path().join("s.primum-study");
    let mut large = blinded();
    large.packets.truncate(1);
    large.packets[0].items[0].response.text = "word ".repeat(200_000);
    let error = create(&file, &large).unwrap_err();
    assert!(error.to_string().contains("no space left on the disk"), "{error}");
    let left: Vec<_> = std::fs::read_dir(disk.path()).unwrap().collect();
    assert!(left.is_empty(), "no draft takes the space: {left:?}");
    create(&file, &blinded()).expect("a study that fits is made afterwards");
}

#[test]
fn a_program_that_ends_without_closing_loses_nothing() {
    let mut stored = StoredStudy::new();
    let records = [graded(1, stored.item(0), 3)];
    stored.receive("A.json", b"a", 1, &records).unwrap();
    // The files as a killed program leaves them.
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(stored.folder()).unwrap() {
        let entry = entry.unwrap();
        if !entry.file_name().to_string_lossy().ends_with("-shm") {
            std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
        }
    }
    let found = StudyStore::open(&copy.path().join("s.primum-study")).unwrap();
    assert_eq!(found.records().unwrap(), stored.store().records().unwrap());
    assert_eq!(found.log().unwrap(), stored.store().log().unwrap());
}
