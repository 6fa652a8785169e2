//! Turns at a file that is read, changed and written again.

use std::fs;
use std::thread;
use std::time::Duration;
use store::FileTurn;

#[test]
fn who_takes_turns_loses_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list.txt");
    fs::write(&file, "").unwrap();
    thread::scope(|scope| {
        for writer in 0..8 {
            let file = &file;
            scope.spawn(move || {
                for line in 0..25 {
                    let _turn = FileTurn::wait(file).unwrap();
                    let text = fs::read_to_string(file).unwrap();
                    thread::yield_now();
                    fs::write(file, format!("{text}{writer} {line}\n")).unwrap();
                }
            });
        }
    });
    assert_eq!(fs::read_to_string(&file).unwrap().lines().count(), 8 * 25);
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["list.txt"], "no lock is left behind");
}

#[test]
fn who_waits_too_long_is_told_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("draft.json");
    let turn = FileTurn::wait(&file).unwrap();
    let error = FileTurn::wait_for(&file, Duration::from_millis(50)).unwrap_err().to_string();
    assert_eq!(
        error,
        format!(
            "Not saved: {}: another window or command is changing this file. Wait until it is done, and \
             try again.",
            file.display()
        )
    );
    drop(turn);
    FileTurn::wait_for(&file, Duration::ZERO).unwrap();
}
