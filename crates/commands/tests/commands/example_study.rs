//! The packets, key and exports in annotations/ are what the scenarios, the responses and the
//! physicians' grades give. With `UPDATE_EXAMPLE=1` they are written again.

use crate::support::desk;
use commands::{Command, ExportRatings, LockPacket, MakePackets, NameRater, OpenPacket, RateItem};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use study::{Change, Exclusion, ItemId, Origin, Score};
use testing::root;

const SEED: u64 = 20_260_409;

/// The words of the window.
const STATEMENT: &str = "I rated these items by myself, from the texts shown, without knowing where a response came from.";

#[derive(Deserialize)]
struct Physicians {
    raters: Vec<Physician>,
    ratings: Vec<Given>,
}

#[derive(Deserialize)]
struct Physician {
    id: String,
    name: String,
}

/// A physician's answers to one response.
#[derive(Clone, Deserialize)]
struct Given {
    #[serde(flatten)]
    origin: Origin,
    rater: String,
    omission: Option<i16>,
    commission: Option<i16>,
    gate: Option<bool>,
    #[serde(default)]
    actions: Vec<String>,
    response_class: Option<String>,
    omission_mechanism: Option<String>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    flag: bool,
    abstain: Option<String>,
}

impl Given {
    /// In the order of the form.
    fn changes(&self) -> Vec<Change> {
        if self.abstain.is_some() {
            return vec![Change::Abstain { reason: self.abstain.clone() }];
        }
        let grade = |axis: &str, grade| Change::Grade { axis: axis.into(), grade };
        let mut changes = vec![
            Change::Gate { axis: "omission".into(), answer: self.gate },
            grade("omission", self.omission),
            grade("commission", self.commission),
        ];
        changes.extend(
            (0..)
                .zip(&self.actions)
                .map(|(action, code)| Change::Action { action, grade: Some(code.clone()) }),
        );
        changes.push(Change::ResponseClass { class: self.response_class.clone() });
        changes.push(Change::OmissionMechanism { mechanism: self.omission_mechanism.clone() });
        if !self.note.is_empty() {
            changes.push(Change::Note { text: self.note.clone() });
        }
        if self.flag {
            changes.push(Change::Flag { raised: true });
        }
        changes
    }
}

fn physicians() -> Physicians {
    let text = fs::read_to_string(root().join("annotations/physicians.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn make_packets(out: &Path) {
    let path = |name: &str| root().join(name).display().to_string();
    let make = MakePackets {
        title: "Example study".into(),
        scenarios: path("scenarios"),
        responses: path("annotations/responses.jsonl"),
        map: Vec::new(),
        rubric: "gated".into(),
        raters: vec!["A".into(), "B".into()],
        seed: SEED,
        out: out.display().to_string(),
        key: None,
        seal: None,
    };
    let made = make.run(&mut desk(out)).unwrap();
    assert_eq!((made.items, made.scenarios), (24, 8), "the whole example study is in the packets");
}

/// Rates `packet` as the physician does, through the commands that the window calls.
fn rate(packet: &Path, physician: &Physician, given: &BTreeMap<ItemId, Given>, out: &Path) {
    let scratch = tempfile::tempdir().unwrap();
    let mut desk = desk(scratch.path());
    let session = OpenPacket { path: packet.display().to_string() }.run(&mut desk).unwrap();
    NameRater { name: physician.name.clone() }.run(&mut desk).unwrap();
    for item in session.items {
        for change in given[&item.id].changes() {
            RateItem { item: item.id.clone(), changes: vec![change], reason: None }
                .run(&mut desk)
                .unwrap();
        }
    }
    LockPacket { statement: STATEMENT.into() }.run(&mut desk).unwrap();
    let exports = scratch.path().join("exports").display().to_string();
    let exported = ExportRatings { folder: exports }.run(&mut desk).unwrap();
    assert_eq!(exported.done, exported.total, "{} answered everything required", physician.name);
    fs::rename(exported.ratings, out).unwrap();
}

fn given_by(rater: &str) -> BTreeMap<ItemId, Given> {
    let key = exchange::read_key(&root().join("annotations/key.json")).unwrap();
    let all = physicians().ratings;
    let find = |origin: &Origin| {
        let mut found = all.iter().filter(|given| given.rater == rater && given.origin == *origin);
        found.next().unwrap_or_else(|| panic!("{rater} did not rate {origin:?}")).clone()
    };
    key.items.iter().map(|item| (item.item.clone(), find(&item.origin))).collect()
}

#[test]
fn packets_and_key_are_fresh() {
    let annotations = root().join("annotations");
    let fresh = tempfile::tempdir().unwrap();
    make_packets(fresh.path());
    let pairs = [
        ("packet-A.primum-packet", "packets/packet-A.primum-packet"),
        ("packet-B.primum-packet", "packets/packet-B.primum-packet"),
        ("key.json", "key.json"),
    ];
    for (made, kept) in pairs {
        let (made, kept) = (fresh.path().join(made), annotations.join(kept));
        if std::env::var_os("UPDATE_EXAMPLE").is_some() {
            fs::create_dir_all(kept.parent().unwrap()).unwrap();
            fs::copy(&made, &kept).unwrap();
        }
        let name = kept.display();
        assert!(
            fs::read(made).unwrap() == fs::read(&kept).unwrap(),
            "{name} is stale; run `make example`"
        );
    }
}

#[test]
fn exports_hold_the_physicians_grades() {
    let annotations = root().join("annotations");
    for physician in physicians().raters {
        let given = given_by(&physician.id);
        let kept = annotations.join(format!("{}.ratings.json", physician.id));
        if std::env::var_os("UPDATE_EXAMPLE").is_some() {
            let packet = annotations.join(format!("packets/packet-{}.primum-packet", physician.id));
            rate(&packet, &physician, &given, &kept);
        }
        let scores = exchange::read_ratings(&kept).unwrap().rated().scores();
        assert_eq!(scores.rater, physician.name);
        assert_eq!(scores.items.len(), given.len(), "every item is in the export");
        for (item, given) in given {
            let expected = |grade: Option<i16>| match grade {
                Some(grade) => Score::Grade(grade),
                None => Score::Excluded(Exclusion::Abstained),
            };
            let name = item.as_str();
            assert_eq!(
                scores.score(name, "omission"),
                expected(given.omission),
                "{:?}",
                given.origin
            );
            assert_eq!(
                scores.score(name, "commission"),
                expected(given.commission),
                "{:?}",
                given.origin
            );
        }
    }
}
