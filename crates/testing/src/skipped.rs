//! A test that cannot run on this machine says so, and is counted.

use std::fs::OpenOptions;
use std::io::Write;
use std::panic::Location;

/// Says that the test which calls this does not run here, or not all of it, and why. Where
/// `PRIMUM_SKIPS` names a file, as in `make test`, that is a line of it: program, test, tab, reason.
#[track_caller]
pub fn skipped(reason: &str) {
    println!("skipped: {reason}");
    let Some(list) = std::env::var_os("PRIMUM_SKIPS") else { return };
    let line = format!("{} {}\t{reason}\n", program(), test());
    // One write at the end of the file, so that lines of tests that run at once do not mix.
    let mut list = OpenOptions::new().create(true).append(true).open(list).unwrap();
    list.write_all(line.as_bytes()).unwrap();
}

/// The test program, without the digits that Cargo adds to its name.
fn program() -> String {
    let file = std::env::current_exe().unwrap();
    let name = file.file_stem().unwrap().to_str().unwrap();
    name.rsplit_once('-').map_or(name, |(program, _)| program).to_owned()
}

/// Each test has a thread of its name, unless they take turns on the main thread: then it is
/// named by its line in the code.
#[track_caller]
fn test() -> String {
    match std::thread::current().name() {
        Some(test) if test != "main" => test.to_owned(),
        _ => Location::caller().to_string(),
    }
}
