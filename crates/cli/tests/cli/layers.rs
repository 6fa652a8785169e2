//! The arrows of docs/architecture.md, and what must not be found anywhere.

use crate::support::files;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use testing::root;

/// What speaks over a network, by the names of the crates.
const NETWORK: [&str; 17] = [
    "attohttpc",
    "awc",
    "curl",
    "h2",
    "hyper",
    "isahc",
    "minreq",
    "native-tls",
    "quinn",
    "reqwest",
    "rustls",
    "surf",
    "tokio-tungstenite",
    "tonic",
    "tungstenite",
    "ureq",
    "websocket",
];

/// Each package of the workspace with the packages it names in its manifest, by kind of dependency.
fn packages() -> BTreeMap<String, Vec<(String, String)>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let name = |value: &Value| value.as_str().unwrap().to_owned();
    let dependency = |dependency: &Value| {
        (name(&dependency["name"]), dependency["kind"].as_str().unwrap_or("normal").to_owned())
    };
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap();
            (name(&package["name"]), dependencies.iter().map(dependency).collect())
        })
        .collect()
}

/// The packages whose code is part of `package`'s.
fn normal(package: &[(String, String)]) -> impl Iterator<Item = &str> {
    package.iter().filter(|(_, kind)| kind == "normal").map(|(name, _)| name.as_str())
}

/// The files among `files` that hold `text`, named from the repository's root.
fn holding(files: &[PathBuf], text: &str) -> Vec<String> {
    let holds = |file: &&PathBuf| fs::read_to_string(file).unwrap().contains(text);
    let name = |file: &PathBuf| file.strip_prefix(root()).unwrap().display().to_string();
    files.iter().filter(holds).map(name).collect()
}

#[test]
fn arrows_point_down_only() {
    let packages = packages();
    let ours: BTreeSet<&str> = packages.keys().map(String::as_str).collect();
    for (package, expected) in [
        ("study", &[][..]),
        ("agreement", &[]),
        ("analysis", &["agreement", "study"]),
        ("figures", &["analysis"]),
        ("exchange", &["study"]),
        ("store", &["study"]),
        ("commands", &["agreement", "analysis", "exchange", "figures", "store", "study"]),
        ("cli", &["commands"]),
        ("primum-desktop", &["commands"]),
        // What tests share knows none of us, so that each of us can use it: in tests alone.
        ("testing", &[]),
    ] {
        let found: BTreeSet<&str> =
            normal(&packages[package]).filter(|name| ours.contains(name)).collect();
        assert_eq!(found, BTreeSet::from_iter(expected.iter().copied()), "the arrows of {package}");
    }
    // Those that test from outside have no layer: they may reach for any of them, and none for them.
    assert_eq!(ours.len(), 12, "a new package has its place among the layers: {ours:?}");
    assert!(ours.contains("e2e") && ours.contains("attack"));
}

#[test]
fn sql_exists_only_in_the_store() {
    for (package, dependencies) in packages() {
        let sqlite = dependencies.iter().any(|(name, _)| name.starts_with("rusqlite"));
        // The attack looks at what was stored without the code that it doubts.
        assert_eq!(sqlite, package == "store" || package == "attack", "{package}");
    }
}

#[test]
fn only_the_desktop_knows_tauri() {
    for (package, dependencies) in packages() {
        let tauri = dependencies.iter().any(|(name, _)| name.starts_with("tauri"));
        assert_eq!(tauri, package == "primum-desktop", "{package}");
    }
}

#[test]
fn pure_crates_do_no_input_or_output() {
    for package in ["study", "agreement", "analysis", "figures"] {
        let sources = files(&root().join("crates").join(package).join("src"), &[".rs"]);
        assert!(!sources.is_empty(), "{package} has sources");
        for forbidden in [
            "std::fs",
            "std::net",
            "std::process",
            "std::env",
            "File::open",
            "Timestamp::now",
            "Zoned::now",
            "SystemTime",
            "Instant::now",
            "Uuid::now",
            "Uuid::new_v4",
            "thread_rng",
            "from_os_rng",
            "OsRng",
            "println!",
            "eprintln!",
        ] {
            assert_eq!(
                holding(&sources, forbidden),
                [""; 0],
                "{package} is given its times and seeds"
            );
        }
    }
}

/// Of the desktop package's graph only the direct dependencies are checked: a webview brings its own
/// network code, which the content security policy keeps shut. The end-to-end test talks to the
/// window's driver on this machine and is part of nothing that is shipped.
#[test]
fn no_package_speaks_over_a_network() {
    let packages = packages();
    for (package, dependencies) in packages.iter().filter(|(package, _)| *package != "e2e") {
        for name in normal(dependencies) {
            assert!(!NETWORK.contains(&name), "{package} depends on {name}");
            assert!(
                !["attack", "e2e", "testing"].contains(&name),
                "{package} ships what only tests are made of"
            );
        }
    }
}

#[test]
fn nothing_behind_the_commands_speaks_over_a_network() {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "-p",
            "cli",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    let tree = String::from_utf8(output.stdout).unwrap();
    let names: BTreeSet<&str> =
        tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(
        names.contains("study"),
        "the tree was read: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    for network in NETWORK {
        assert!(!names.contains(network), "{network} is in the tree of `primum`");
    }
    assert!(!names.contains("tauri"), "the command line needs no window");
}

#[test]
fn one_file_of_the_screen_knows_tauri() {
    let sources = files(&root().join("ui/src"), &[".ts", ".svelte", ".js"]);
    assert_eq!(holding(&sources, "@tauri-apps"), ["ui/src/bridge.ts"]);
}

#[test]
fn no_text_becomes_html() {
    let sources = files(&root().join("ui/src"), &[".ts", ".svelte", ".js", ".html"]);
    assert!(sources.len() > 10, "the screen's sources are there");
    for forbidden in [
        "{@html",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "srcdoc",
        "eval(",
    ] {
        assert_eq!(holding(&sources, forbidden), [""; 0], "{forbidden}");
    }
}
