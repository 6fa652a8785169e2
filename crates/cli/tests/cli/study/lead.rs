//! A lead author in a folder of their own, and raters with theirs.

use crate::support::{Run, primum, primum_told, succeeds};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use study::Key;
use tempfile::TempDir;
use testing::{IDENTITY, RECIPIENT, annotation, names, root};

pub const PASSPHRASE: &str = "four words are enough";
/// By which a key is sealed, and opened.
pub const SEAL: [&str; 2] = ["--recipient", RECIPIENT];
pub const UNSEAL: [&str; 2] = ["--identity", "identity.txt"];
pub const BY_PASSPHRASE: [&str; 2] = ["--passphrase-file", "passphrase.txt"];

pub struct Lead {
    pub folder: TempDir,
}

impl Lead {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("passphrase.txt"), format!("{PASSPHRASE}\n")).unwrap();
        fs::write(folder.path().join("identity.txt"), format!("{IDENTITY}\n")).unwrap();
        Self { folder }
    }

    /// A lead author with the example study created in `study`, its packets as in annotations/packets.
    pub fn of_example() -> Self {
        let lead = Self::with_draft();
        lead.create();
        lead
    }

    /// A lead author with the example's draft, whose leaks are decided.
    pub fn with_draft() -> Self {
        let lead = Self::new();
        lead.draft(&["--seed", "20260409"]);
        lead.says(&[
            "accept",
            "draft.json",
            "--kind",
            "framing",
            "--reason",
            "part of the question",
        ]);
        lead
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs `primum study` in the folder.
    pub fn runs(&self, arguments: &[&str]) -> Run {
        primum(self.folder.path(), &[&["study"], arguments].concat())
    }

    /// What a run that succeeds prints.
    #[track_caller]
    pub fn says(&self, arguments: &[&str]) -> String {
        succeeds(self.runs(arguments)).out
    }

    /// The same as JSON.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let said = self.says(&[arguments, &["--json"]].concat());
        serde_json::from_str(&said).expect("standard output is one JSON document")
    }

    /// Writes the example's draft.
    #[track_caller]
    pub fn draft(&self, more: &[&str]) -> String {
        succeeds(self.drafts(more)).out
    }

    pub fn drafts(&self, more: &[&str]) -> Run {
        let scenarios = root().join("scenarios").display().to_string();
        let responses = annotation("responses.jsonl");
        let arguments = [
            &["draft", "--title", "Example study", "--scenarios", &scenarios],
            &["--responses", &responses, "--rubric", "gated", "--raters", "A,B"][..],
            &["--out", "draft.json"],
            more,
        ];
        self.runs(&arguments.concat())
    }

    #[track_caller]
    pub fn create(&self) -> String {
        self.create_sealed(SEAL)
    }

    #[track_caller]
    pub fn create_sealed(&self, by: [&str; 2]) -> String {
        self.says(&[&["create", "draft.json", "--folder", "study"][..], &by].concat())
    }

    /// The study's key, opened apart from the study.
    pub fn key(&self) -> Key {
        let unseal = exchange::Unseal::Identity(exchange::SecretString::from(IDENTITY));
        exchange::open_sealed_key(&self.path("study/key.age"), &unseal).unwrap().1
    }

    /// While disagreements are undecided.
    #[track_caller]
    pub fn open_key_early(&self) -> String {
        self.opens_key(&["--early", "not to be decided"])
    }

    #[track_caller]
    pub fn open_key(&self) -> String {
        self.opens_key(&[])
    }

    #[track_caller]
    fn opens_key(&self, more: &[&str]) -> String {
        self.says(&[&["open-key", "study"][..], &UNSEAL, more].concat())
    }

    /// Everything that the study's commands say of it, for people and for programs.
    pub fn all_outputs(&self) -> String {
        let mut all = String::new();
        for command in ["show", "agree", "queue"] {
            all += &self.says(&[command, "study"]);
            all += &self.json(&[command, "study"]).to_string();
        }
        for line in self.json(&["queue", "study"])["queue"].as_array().unwrap() {
            all += &self.says(&["item", "study", line["item"].as_str().unwrap()]);
            all += &self.json(&["item", "study", line["item"].as_str().unwrap()]).to_string();
        }
        let out = tempfile::tempdir().unwrap();
        let exports = out.path().join("exports");
        all += &self.says(&["export", "study", "--folder", exports.to_str().unwrap()]);
        for file in fs::read_dir(exports).unwrap() {
            let file = file.unwrap().path();
            all += &match file.extension() {
                Some(parquet) if parquet == "parquet" => {
                    let file = file.to_str().unwrap();
                    succeeds(primum(out.path(), &["inspect", file, "--json"])).out
                }
                _ => fs::read_to_string(file).unwrap(),
            };
        }
        all
    }

    /// The bytes of the study's file.
    pub fn study_bytes(&self) -> Vec<u8> {
        fs::read(self.path("study").join("study.primum-study")).unwrap()
    }
}

/// A rater at their own computer, who talks to the program as the window does.
pub struct Rater {
    folder: TempDir,
    open: Value,
}

impl Rater {
    pub fn with(packet: &Path) -> Self {
        let open = json!({ "name": "open_packet", "arguments": { "path": packet } });
        Self { folder: tempfile::tempdir().unwrap(), open }
    }

    /// Gives `commands` one after another, with the packet open.
    #[track_caller]
    pub fn does(&self, commands: &[(&str, Value)]) -> Vec<Value> {
        let lines = commands.iter().map(|(name, it)| json!({ "name": name, "arguments": it }));
        let lines: Vec<String> =
            [self.open.clone()].into_iter().chain(lines).map(|line| line.to_string()).collect();
        let told = primum_told(self.folder.path(), &["rpc", "--data", "data"], lines.join("\n"));
        let replies = succeeds(told).out;
        replies
            .lines()
            .map(|line| {
                let reply: Value = serde_json::from_str(line).unwrap();
                assert!(reply.get("error").is_none(), "{reply}");
                reply["ok"].clone()
            })
            .collect()
    }

    /// Rates items, each with its changes.
    #[track_caller]
    pub fn rates(&self, ratings: &BTreeMap<String, Vec<Value>>) {
        let commands: Vec<(&str, Value)> = ratings
            .iter()
            .map(|(item, changes)| ("rate_item", json!({ "item": item, "changes": changes })))
            .collect();
        self.does(&commands);
    }

    #[track_caller]
    pub fn is_called(&self, name: &str) {
        self.does(&[("name_rater", json!({ "name": name }))]);
    }

    #[track_caller]
    pub fn locks(&self) {
        self.does(&[("lock_packet", json!({ "statement": "I rated these items by myself." }))]);
    }

    /// Exports and returns the ratings file.
    #[track_caller]
    pub fn exports(&self) -> String {
        let out = self.folder.path().join(format!("export-{}", names(self.folder.path()).len()));
        let replies = self.does(&[("export_ratings", json!({ "folder": out }))]);
        replies[1]["ratings"].as_str().unwrap().into()
    }
}

/// The grades of `items` of a packet on both axes, by place.
pub fn grades(
    packet: &Path,
    grade: impl Fn(usize) -> Option<(i16, i16)>,
) -> BTreeMap<String, Vec<Value>> {
    let packet = exchange::read_packet(packet).unwrap();
    let changes = |(omission, commission): (i16, i16)| {
        vec![
            json!({ "part": "grade", "axis": "omission", "grade": omission }),
            json!({ "part": "grade", "axis": "commission", "grade": commission }),
        ]
    };
    packet
        .items
        .iter()
        .enumerate()
        .filter_map(|(place, item)| Some((item.id.to_string(), changes(grade(place)?))))
        .collect()
}
