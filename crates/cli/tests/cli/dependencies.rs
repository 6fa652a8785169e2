//! Every dependency has a licence that deny.toml allows, and occurs in no version beyond those it lists.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use testing::root;

/// A crate of someone else's that is compiled for some package of the workspace.
struct Dependency {
    name: String,
    version: String,
    licence: String,
    source: String,
}

fn cargo(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The name and version of each crate that is compiled for one of the systems in deny.toml. The lock file
/// has others as well, which some crate needs elsewhere.
fn compiled() -> BTreeSet<(String, String)> {
    let table = deny();
    let systems =
        table["graph"]["targets"].as_array().unwrap().iter().filter_map(toml::Value::as_str);
    let mut arguments = vec!["tree", "--workspace", "--prefix", "none", "--format", "{p}"];
    arguments.extend(systems.flat_map(|system| ["--target", system]));
    let tree = String::from_utf8(cargo(&arguments)).unwrap();
    let name_and_version = |line: &str| {
        let (name, rest) = line.split_once(" v")?;
        Some((name.to_owned(), rest.split(' ').next()?.to_owned()))
    };
    tree.lines().filter_map(name_and_version).collect()
}

fn dependencies() -> Vec<Dependency> {
    let metadata: Value =
        serde_json::from_slice(&cargo(&["metadata", "--format-version", "1"])).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let read = |package: &Value| Dependency {
        name: text(&package["name"]),
        version: text(&package["version"]),
        licence: text(&package["license"]),
        source: text(&package["source"]),
    };
    let packages = metadata["packages"].as_array().unwrap().iter().map(read);
    let compiled = compiled();
    let is_compiled =
        |package: &Dependency| compiled.contains(&(package.name.clone(), package.version.clone()));
    packages.filter(|package| !package.source.is_empty() && is_compiled(package)).collect()
}

fn deny() -> toml::Table {
    std::fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap()
}

/// Whether `licence`, an SPDX expression, is satisfied by the `allowed` licences. Older manifests write
/// `/` for OR. Brackets enclose a whole side of an AND.
fn is_allowed(licence: &str, allowed: &BTreeSet<&str>) -> bool {
    let licence = licence.replace(" / ", " OR ").replace('/', " OR ");
    let one_of = |side: &str| side.split(" OR ").any(|one| allowed.contains(one));
    if licence.contains('(') || !licence.contains(" OR ") {
        let bare = |side: &str| one_of(side.trim_start_matches('(').trim_end_matches(')'));
        licence.split(" AND ").all(bare)
    } else {
        licence.split(" OR ").any(|side| side.split(" AND ").all(|one| allowed.contains(one)))
    }
}

#[test]
fn licences_are_allowed() {
    let table = deny();
    let listed = table["licenses"]["allow"].as_array().unwrap();
    let listed: BTreeSet<&str> = listed.iter().filter_map(toml::Value::as_str).collect();
    let dependencies = dependencies();
    assert!(dependencies.len() > 100, "the dependencies were read");
    for Dependency { name, version, licence, .. } in dependencies {
        let fits = is_allowed(&licence, &listed);
        assert!(fits, "{name} {version}: deny.toml does not allow its licence `{licence}`");
    }
}

#[test]
fn crates_come_from_the_registry() {
    for Dependency { name, version, source, .. } in dependencies() {
        assert!(source.starts_with("registry+"), "{name} {version} comes from {source}");
    }
}

#[test]
fn no_crate_occurs_in_more_versions_than_are_listed() {
    let table = deny();
    let skip = table["bans"]["skip"].as_array().unwrap().iter();
    let listed: BTreeSet<String> =
        skip.map(|entry| entry["crate"].as_str().unwrap().to_owned()).collect();
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Dependency { name, version, .. } in dependencies() {
        versions.entry(name).or_default().insert(version);
    }
    let is_listed = |name: &str, version: &str| listed.contains(&format!("{name}@{version}"));
    for (name, versions) in &versions {
        let others: Vec<_> = versions.iter().filter(|version| !is_listed(name, version)).collect();
        let one = others.len() <= 1;
        assert!(
            one,
            "{name} occurs as {others:?}; deny.toml allows one of them and those it lists"
        );
    }
    for entry in &listed {
        let (name, version) = entry.split_once('@').unwrap();
        let there = versions.get(name).is_some_and(|there| there.contains(version));
        assert!(there, "deny.toml lists {entry}, which nothing needs any more");
    }
}

#[test]
fn an_expression_of_licences_is_read_as_it_is_meant() {
    let allowed = BTreeSet::from(["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]);
    for good in [
        "MIT",
        "GPL-3.0-only OR MIT",
        "GPL-3.0-only/MIT",
        "Apache-2.0 WITH LLVM-exception",
        "(MIT OR GPL-3.0-only) AND Unicode-3.0",
        "GPL-3.0-only AND ISC OR MIT",
    ] {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in
        ["", "GPL-3.0-only", "MIT AND ISC", "(MIT OR ISC) AND GPL-3.0-only", "ISC OR MIT AND ISC"]
    {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}
