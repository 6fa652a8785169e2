//! One door: which reader a file of scores comes to.

use crate::support::{Folder, blinded, ratings};
use exchange::{ScoreSource, harm_scales, write_packet, write_ratings};
use study::Scale;

const LINE: &str = r#"{"scenario_id": "s", "model_id": "m", "rep_id": 0, "omission_harm": 1}"#;
const TABLE: &str = "rater,item,axis,value\nA,x,omission,1\nB,x,omission,2\n";

fn kind(folder: &Folder, name: &str) -> &'static str {
    match ScoreSource::open(folder.file(name).to_str().unwrap()).unwrap() {
        ScoreSource::Ratings(_) => "ratings",
        ScoreSource::Lines(_) => "lines",
        ScoreSource::Grades { .. } => "table",
    }
}

fn told(folder: &Folder, name: &str) -> String {
    let outcome = ScoreSource::open(folder.file(name).to_str().unwrap());
    folder.told(outcome.and_then(|source| source.scores(&harm_scales())))
}

#[test]
fn a_file_is_known_by_its_content_whatever_its_name() {
    let folder = Folder::new();
    write_ratings(&folder.file("ratings.json"), &ratings()).unwrap();
    let pretty = std::fs::read_to_string(folder.file("ratings.json")).unwrap();
    let compact: serde_json::Value = serde_json::from_str(&pretty).unwrap();
    folder.put("compact.json", compact.to_string());
    folder.put("ratings.txt", &pretty);
    folder.put("bom.json", format!("\u{feff}{pretty}"));
    folder.put("lines.jsonl", LINE);
    folder.put("lines.json", format!("{LINE}\n"));
    folder.put("lines.txt", format!("\n{LINE}\n{LINE}\n"));
    folder.put("table.csv", TABLE);
    folder.put("TABLE.CSV", TABLE);
    for (name, expected) in [
        ("ratings.json", "ratings"),
        ("compact.json", "ratings"),
        ("ratings.txt", "ratings"),
        ("bom.json", "ratings"),
        ("lines.jsonl", "lines"),
        ("lines.json", "lines"),
        ("lines.txt", "lines"),
        ("table.csv", "table"),
        ("TABLE.CSV", "table"),
    ] {
        assert_eq!(kind(&folder, name), expected, "{name}");
    }
}

#[test]
fn a_packet_in_place_of_ratings_is_told_what_it_is() {
    let folder = Folder::new();
    write_packet(&folder.file("packet-A.primum-packet"), &blinded().packets[0]).unwrap();
    assert_eq!(
        told(&folder, "packet-A.primum-packet"),
        "packet-A.primum-packet: this is a packet (`primum-packet/1`); expected a ratings file (`primum-ratings/5`)."
    );
}

#[test]
fn a_file_that_is_not_there_is_told_so() {
    let folder = Folder::new();
    for name in ["none.json", "none.csv", "none.csv@A"] {
        assert_eq!(told(&folder, name), format!("{name}: no such file or folder. Check the name."));
    }
    assert!(told(&Folder::new(), "").ends_with("found a folder; expected a file."));
}

#[test]
fn a_rater_is_taken_from_a_table_by_name() {
    let folder = Folder::new();
    folder.put("t.csv", TABLE.replace("B,", "bo@clinic.org,"));
    for rater in ["A", "bo@clinic.org"] {
        let name = format!("{}@{rater}", folder.file("t.csv").display());
        let scores = ScoreSource::open(&name).unwrap().scores(&harm_scales()).unwrap();
        assert_eq!(scores.rater, rater);
        assert_eq!(scores.items.len(), 1);
    }
}

#[test]
fn a_file_with_an_at_sign_in_its_name_is_that_file() {
    let folder = Folder::new();
    folder.put("scores@home.jsonl", LINE);
    assert_eq!(kind(&folder, "scores@home.jsonl"), "lines");
}

#[test]
fn asking_one_rater_of_a_file_that_holds_one_is_refused() {
    let folder = Folder::new();
    write_ratings(&folder.file("A.json"), &ratings()).unwrap();
    folder.put("judge.jsonl", LINE);
    for name in ["A.json", "judge.jsonl"] {
        assert_eq!(
            told(&folder, &format!("{name}@B")),
            format!(
                "{name}, field `rater`: found `@B`; expected no rater, as this file holds only one."
            )
        );
    }
}

#[test]
fn only_files_that_declare_scales_have_any() {
    let folder = Folder::new();
    write_ratings(&folder.file("A.json"), &ratings()).unwrap();
    folder.put("judge.jsonl", LINE);
    folder.put("t.csv", TABLE);
    let scales = |name| ScoreSource::open(folder.file(name).to_str().unwrap()).unwrap().scales();
    assert_eq!(scales("judge.jsonl"), harm_scales(), "also the one on which nothing is graded");
    let grades = |scales: Vec<Scale>| scales.into_iter().map(|scale| (scale.axis, scale.grades));
    assert!(
        grades(scales("A.json")).eq(grades(harm_scales())),
        "the gated rubric has the published scales"
    );
    assert_eq!(scales("t.csv"), []);
}
