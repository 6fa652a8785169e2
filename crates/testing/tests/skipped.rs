//! What cannot run is told and counted; what is required and absent fails.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use testing::outside;

/// Set for a copy of this test program that looks for data where there are none.
const CHILD: &str = "PRIMUM_TEST_LOOKS_FOR_DATA";

fn look(data: &str, list: &Path) -> Output {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "absent_data_are_a_line_of_the_list_or_a_failure", "--nocapture"])
        .envs([(CHILD, "1"), ("PRIMUM_DATA_DIR", "/nowhere"), ("PRIMUM_DATA", data)])
        // With one thread there would be no thread of the test's name.
        .env("RUST_TEST_THREADS", "2")
        .env("PRIMUM_SKIPS", list)
        .output()
        .unwrap()
}

#[test]
fn absent_data_are_a_line_of_the_list_or_a_failure() {
    if std::env::var_os(CHILD).is_some() {
        assert_eq!(outside("ratings"), None);
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list");
    let line = "skipped absent_data_are_a_line_of_the_list_or_a_failure\t\
                ratings is not in /nowhere\n";
    assert!(look("optional", &list).status.success());
    assert!(look("", &list).status.success());
    assert_eq!(fs::read_to_string(&list).unwrap(), line.repeat(2));

    let failed = look("required", &list);
    assert!(!failed.status.success());
    let told = String::from_utf8(failed.stderr).unwrap();
    assert!(told.contains("ratings is not in /nowhere: PRIMUM_DATA=required"), "{told}");
    assert_eq!(fs::read_to_string(&list).unwrap(), line.repeat(2), "a failure is no skip");
}
