//! The generated TypeScript contract is the one in the repository.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn checked_in() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/contract")
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

/// With `UPDATE_CONTRACT=1` it writes the contract; otherwise it compares.
#[test]
fn the_contract_is_fresh() {
    if std::env::var_os("UPDATE_CONTRACT").is_some() {
        let _ = fs::remove_dir_all(checked_in());
        commands::write_contract(&checked_in()).unwrap();
        return;
    }
    let fresh = tempfile::tempdir().unwrap();
    commands::write_contract(fresh.path()).unwrap();
    let (expected, found) = (files(fresh.path()), files(&checked_in()));
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        expected.keys().collect::<Vec<_>>(),
        "the set of contract files changed; run `make contract`"
    );
    for (name, text) in expected {
        assert_eq!(found[&name], text, "{name} is stale; run `make contract`");
    }
}
