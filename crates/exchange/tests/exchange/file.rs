//! A file is written whole or not at all.

use crate::support::{Folder, blinded};
use exchange::{BY_HAND, read_bytes, replace, write_all_new, write_new, write_packet};
use std::fs;
use testing::{SmallDisk, names};

#[test]
fn a_different_file_of_the_name_is_left_as_it_was() {
    let folder = Folder::new();
    let file = folder.put("p.json", "someone's notes");
    assert_eq!(
        folder.told(write_packet(&file, &blinded().packets[0])),
        "p.json: a different file of this name is already there; it was left as it is. Choose another \
         name or folder."
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "someone's notes");
    assert_eq!(folder.names(), ["p.json"], "no draft is left");
}

#[test]
fn writing_the_same_bytes_again_is_no_error() {
    let folder = Folder::new();
    for _ in 0..2 {
        write_packet(&folder.file("p.json"), &blinded().packets[0]).unwrap();
    }
    assert_eq!(folder.names(), ["p.json"]);
}

#[test]
fn what_is_replaced_is_replaced_whole() {
    let folder = Folder::new();
    for text in ["a longer text", "short"] {
        replace(&folder.file("lists/l.json"), text.as_bytes()).unwrap();
        assert_eq!(fs::read_to_string(folder.file("lists/l.json")).unwrap(), text);
    }
    assert_eq!(names(&folder.file("lists")), ["l.json"], "no draft is left");
}

#[test]
fn the_folder_is_made_where_it_is_missing() {
    let folder = Folder::new();
    write_new(&folder.file("a/b/c.txt"), b"text").unwrap();
    assert_eq!(fs::read(folder.file("a/b/c.txt")).unwrap(), b"text");
}

#[test]
fn of_several_files_all_are_written_or_none() {
    let folder = Folder::new();
    folder.put("second", "someone's notes");
    let files = [folder.file("first"), folder.file("second"), folder.file("third")];
    let write =
        |bytes: &'static [u8]| write_all_new(files.iter().map(|file| (file.as_path(), bytes)));
    let message = folder.told(write(b"x"));
    assert!(message.starts_with("second: a different file"), "{message}");
    assert_eq!(folder.names(), ["second"], "the first is taken back, the third not begun");
    fs::remove_file(folder.file("second")).unwrap();
    write(b"x").unwrap();
    assert_eq!(folder.names(), ["first", "second", "third"]);
}

#[test]
fn a_file_where_a_folder_is_expected_is_told_so() {
    let folder = Folder::new();
    folder.put("plain", "text");
    let message = folder.told(write_new(&folder.file("plain/p.json"), b"x"));
    assert!(message.starts_with("plain: "), "{message}");
    assert_eq!(fs::read_to_string(folder.file("plain")).unwrap(), "text");
}

#[test]
fn a_folder_of_the_name_is_left_as_it_was() {
    let folder = Folder::new();
    fs::create_dir(folder.file("p.json")).unwrap();
    let message = folder.told(write_new(&folder.file("p.json"), b"x"));
    assert_eq!(message, "p.json: found a folder; expected a file.");
    assert_eq!(folder.names(), ["p.json"]);
}

#[cfg(unix)]
#[test]
fn a_new_file_can_be_read_as_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    write_new(&folder.file("ours"), b"x").unwrap();
    let plain = folder.put("plain", "x");
    let mode = |file| fs::metadata(file).unwrap().permissions().mode();
    assert_eq!(mode(folder.file("ours")), mode(plain), "a draft's narrow permissions do not stay");
}

#[test]
fn a_full_disk_is_told_so_and_keeps_nothing_half_written() {
    let Some(disk) = SmallDisk::mount("size=64k") else { return };
    let mut packet = blinded().packets.remove(0);
    packet.items[0].response.text = "word ".repeat(40_000);
    let file = disk.path().join("p.json");
    let error = write_packet(&file, &packet).unwrap_err().to_string();
    assert_eq!(
        error,
        format!("{}: no space left on the disk. Free some space and try again.", file.display())
    );
    assert_eq!(names(disk.path()), [""; 0], "nothing half written remains");
    packet.items[0].response.text = "word".into();
    write_packet(&file, &packet).unwrap();
    assert_eq!(names(disk.path()), ["p.json"], "what fits is written afterwards");
}

/// A file of the system says that it is empty and is not: as one that grows while it is read.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_grows_beyond_the_most_is_refused() {
    let file = std::path::Path::new("/proc/self/maps");
    assert_eq!(fs::metadata(file).unwrap().len(), 0);
    let told = read_bytes(file, 100).unwrap_err().to_string();
    assert_eq!(
        told,
        "/proc/self/maps: this file is larger than 0 MB, the most that is read of one of its kind. Check \
         that it is the right one."
    );
    assert!(!read_bytes(file, BY_HAND).unwrap().is_empty());
}
