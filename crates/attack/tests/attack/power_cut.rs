//! The disk loses what was not synced, and nothing else; a trace says what was.

use crate::support::{FORGETS, script};
use attack::dice::Dice;
use attack::disk::{Disk, Step};
use attack::power_cut::{can_trace, power_cuts};
use attack::trace::steps;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const NAME: &str = "/data/file";

/// What may be found in the file after these steps; none where it has no name.
fn found(steps: &[Step]) -> BTreeSet<Option<Vec<u8>>> {
    let mut disk = Disk::default();
    steps.iter().for_each(|step| disk.take(step));
    let cut = |number| disk.cut(&mut Dice::new(1, "cut", number)).remove(Path::new(NAME));
    (0..300).map(cut).collect()
}

fn named() -> Step {
    Step::Name(vec![(NAME.into(), Some(1))])
}

fn wrote(at: usize, bytes: &[u8]) -> Step {
    Step::Write(1, at, bytes.to_vec())
}

fn one(bytes: &[u8]) -> BTreeSet<Option<Vec<u8>>> {
    BTreeSet::from([Some(bytes.to_vec())])
}

#[test]
fn what_was_synced_with_its_name_is_there() {
    let folder = Step::SyncFolder("/data".into());
    let kept = [named(), wrote(0, b"old"), Step::Sync(1), folder.clone()];
    assert_eq!(found(&kept), one(b"old"));
    let cut = [&kept[..], &[Step::Cut(1, 1), Step::Sync(1)]].concat();
    assert_eq!(found(&cut), one(b"o"));
}

#[test]
fn what_was_not_synced_may_be_there_or_not() {
    let kept = [named(), wrote(0, b"old"), Step::Sync(1), Step::SyncFolder("/data".into())];
    let later = [&kept[..], &[wrote(0, b"n"), wrote(2, b"w")]].concat();
    let expected = [b"old", b"nld", b"olw", b"nlw"].map(|bytes| Some(bytes.to_vec()));
    assert_eq!(found(&later), BTreeSet::from(expected));
    let nameless = found(&[named(), wrote(0, b"old"), Step::Sync(1)]);
    assert_eq!(nameless, BTreeSet::from([None, Some(b"old".to_vec())]));
    let removed = [&kept[..], &[Step::Name(vec![(NAME.into(), None)])]].concat();
    assert_eq!(found(&removed), BTreeSet::from([None, Some(b"old".to_vec())]));
}

#[test]
fn a_write_is_torn_between_sectors_alone() {
    let kept = [named(), wrote(0, &[0; 1536]), Step::Sync(1), Step::SyncFolder("/data".into())];
    let all = found(&[&kept[..], &[wrote(256, &[1; 1024])]].concat());
    let parts = |bytes: &[u8]| {
        [&bytes[..256], &bytes[256..512], &bytes[512..1024], &bytes[1024..1280], &bytes[1280..]]
            .map(<[u8]>::to_vec)
    };
    for bytes in all.iter().flatten() {
        let whole = parts(bytes).iter().all(|part| part.iter().all(|byte| *byte == part[0]));
        assert!(whole, "torn within a sector");
    }
    assert_eq!(all.len(), 8, "three sectors, each there or not");
}

#[test]
fn a_trace_is_read_as_steps() {
    let hex = |text: &str| text.bytes().map(|byte| format!("\\x{byte:02x}")).collect::<String>();
    let (file, other) = (hex("/data/packets/a"), hex("/data/packets/b"));
    let trace = format!(
        "7  openat(AT_FDCWD, \"{elsewhere}\", O_RDWR|O_CREAT, 0644) = 5\n\
         7  write(5, \"{x}\", 1) = 1\n\
         7  openat(AT_FDCWD, \"{file}\", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 3\n\
         7  openat(AT_FDCWD, \"{missing}\", O_RDONLY) = -1 ENOENT (No such file or directory)\n\
         7  write(3, \"{x}\", 1) = 1\n\
         7  write(3, \"{x}\", 1) = 1\n\
         7  pwrite64(3, \"{x}{x}\", 2, 4096) = 2\n\
         7  fsync(3 <unfinished ...>\n\
         8  write(1, \"{said}\", 3) = 3\n\
         7  <... fsync resumed>) = 0\n\
         7  ftruncate(3, 1) = 0\n\
         7  renameat2(AT_FDCWD, \"{file}\", AT_FDCWD, \"{other}\", RENAME_NOREPLACE) = 0\n\
         7  openat(AT_FDCWD, \"{folder}\", O_RDONLY|O_CLOEXEC) = 4\n\
         7  fsync(4) = 0\n\
         7  unlink(\"{other}\") = 0\n\
         7  +++ exited with 0 +++\n",
        elsewhere = hex("/elsewhere/z"),
        missing = hex("/data/packets/c"),
        folder = hex("/data/packets"),
        x = hex("x"),
        said = hex("ok\n"),
    );
    let [a, b] = ["/data/packets/a", "/data/packets/b"].map(PathBuf::from);
    let expected = [
        Step::Name(vec![(a.clone(), Some(1))]),
        wrote(0, b"x"),
        wrote(1, b"x"),
        wrote(4096, b"xx"),
        Step::Say("ok\n".into()),
        Step::Sync(1),
        Step::Cut(1, 1),
        Step::Name(vec![(a, None), (b.clone(), Some(1))]),
        Step::SyncFolder("/data/packets".into()),
        Step::Name(vec![(b, None)]),
    ];
    assert_eq!(steps(&trace, Path::new("/data")).unwrap(), expected);

    let unknown = format!("{trace}7  fallocate(4, 0, 0, 10) = 0\n");
    let told = steps(&unknown, Path::new("/data")).unwrap_err().to_string();
    assert!(told.ends_with("not understood: fallocate"), "{told}");
}

#[test]
fn a_program_that_forgets_is_found_out() {
    if !can_trace() {
        return testing::skipped("strace is not installed, or may not trace here");
    }
    let home = tempfile::tempdir().unwrap();
    let cuts = power_cuts(&script(home.path(), FORGETS), 1, 3).unwrap();
    assert_eq!((cuts.states, cuts.wrong.len()), (3, 3), "{cuts:?}");
}
