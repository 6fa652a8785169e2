//! Other people's studies: five axes of eleven grades, and a spreadsheet with dirty cells.

use crate::study::lead::Lead;
use crate::study::real::{Collected, accept_everything, draft, estimate, near, receive, rubric};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::process::Command;
use study::{BlindedResponse, BlindedScenario, Item, ItemId, Packet, PacketId, StudyId};
use testing::outside;

/// A packet with items of these names, as another program might have made it.
pub fn packet(items: impl Iterator<Item = String>, rubric: &Value) -> Packet {
    let scenario = BlindedScenario {
        id: "s".into(),
        system_prompt: String::new(),
        prompt: "–".into(),
        reference_answer: "–".into(),
        critical_actions: Vec::new(),
        commission_risks: Vec::new(),
    };
    let item = |id| Item {
        id: ItemId::new(id),
        scenario: "s".into(),
        response: BlindedResponse { text: "–".into(), filtered: false },
    };
    Packet {
        study: StudyId::new("elsewhere"),
        title: "Elsewhere".into(),
        packet: PacketId::new("elsewhere-A"),
        rater: "A".into(),
        rubric: serde_json::from_value(rubric.clone()).unwrap(),
        instructions: String::new(),
        calibration: Vec::new(),
        scenarios: vec![scenario],
        items: items.map(item).collect(),
    }
}

fn rows(file: &Path) -> Vec<HashMap<String, String>> {
    csv::Reader::from_path(file).unwrap().deserialize().map(Result::unwrap).collect()
}

/// What ChatTogoVar's answers were graded on from 0 to 10; the sum of the five is not rated but computed.
const AXES: [&str; 5] = [
    "Accuracy",
    "Completeness",
    "Logical Consistency",
    "Clarity and Conciseness",
    "Evidence Support",
];

fn answers(data: &Path) -> Vec<Collected> {
    let mut grades: HashMap<String, [BTreeMap<String, u8>; 2]> = HashMap::new();
    for row in
        rows(&data.join("ratings.csv")).iter().filter(|row| AXES.contains(&row["axis"].as_str()))
    {
        let rater = usize::from(row["rater_id"] == "secondary");
        let pair = grades.entry(row["item_id"].clone()).or_default();
        pair[rater].insert(row["axis"].clone(), row["value"].parse().unwrap());
    }
    rows(&data.join("items.csv"))
        .into_iter()
        .map(|row| Collected {
            scenario: row["scenario_id"].clone(),
            category: "genomic variants".into(),
            prompt: row["scenario_text"].clone(),
            model: row["model"].clone(),
            text: row["response_text"].clone(),
            grades: grades.remove(&row["item_id"]).unwrap(),
        })
        .collect()
}

#[test]
fn five_axes_of_eleven_grades_agree_as_computed_elsewhere() {
    let Some(data) = outside("chattogovar") else { return };
    let expected = fs::read_to_string(data.join("expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let answers = answers(&data);
    let lead = Lead::new();
    draft(&lead, &answers, &rubric(&AXES, 0..=10), &[]);
    accept_everything(&lead);
    assert_eq!(receive(&lead, &answers).len(), 450);
    let agreement = lead.json(&["agree", "study", "--intervals", "formula"]);
    let queue = lead.json(&["queue", "study"]);
    for axis in AXES {
        let found = &agreement["pairs"][0]["axes"][axis];
        let pair = &expected["axes"][axis]["pairs"]["primary|secondary"];
        assert_eq!(found["n"], pair["n"], "{axis}");
        for (ours, theirs) in [
            ("kappa", "kappa_unweighted"),
            ("kappa_linear", "kappa_linear"),
            ("kappa_quadratic", "kappa_quadratic"),
            ("exact", "exact"),
        ] {
            near(estimate(&found[ours]), pair[theirs].as_f64().unwrap(), 5e-5 + 1e-9);
        }
        let disputed =
            queue["queue"].as_array().unwrap().iter().filter(|line| line["axis"] == axis);
        assert_eq!(disputed.count() as u64, pair["n_differ"].as_u64().unwrap(), "{axis}");
    }
}

/// The attributes that the human raters of MentalBench graded from 1 to 5.
const ATTRIBUTES: [&str; 7] = [
    "Guidance",
    "Informativeness",
    "Relevance",
    "Safety",
    "Empathy",
    "Helpfulness",
    "Understanding",
];

/// Their spreadsheet as a tidy table: a row for each response and attribute, blank where there is none.
const AS_TABLE: &str = r#"
import csv, json, re, sys, zipfile
from xml.etree import ElementTree
book, out = zipfile.ZipFile(sys.argv[1]), csv.writer(open(sys.argv[2], "w", newline=""))
space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
texts = ["".join(t.text or "" for t in si.iter(space + "t"))
         for si in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))]
out.writerow(["rater", "item", "axis", "value"])
header = {}
for number, row in enumerate(ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(space + "row")):
    cells = {}
    for cell in row:
        value = cell.find(space + "v")
        if value is not None:
            column = re.match("[A-Z]+", cell.get("r")).group()
            cells[column] = texts[int(value.text)] if cell.get("t") == "s" else value.text
    if number == 0:
        header = {column: name for column, name in cells.items() if name.strip() not in ("ConvID", "context")}
        continue
    for column, name in header.items():
        text = cells.get(column, "")
        grades = json.loads(text) if text.strip() else {}
        for axis in sys.argv[3].split(","):
            out.writerow(["human", f"{number:04}/{name.strip()}", axis, grades.get(axis, "")])
"#;

#[test]
fn every_dirty_cell_of_a_spreadsheet_is_listed_and_the_good_ones_are_kept() {
    let Some(data) = outside("mentalbench") else { return };
    let lead = Lead::new();
    let book = data.join("raw/Human_judge.xlsx");
    let table = lead.path("human.csv");
    let done = Command::new("python3")
        .args(["-c", AS_TABLE])
        .args([&book, &table])
        .arg(ATTRIBUTES.join(","))
        .output();
    let Ok(done) = done else {
        return testing::skipped("python3 is not installed");
    };
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let cells = rows(&table);
    assert_eq!(cells.len(), 70_000, "1,000 contexts, 10 responses, 7 attributes");
    let items = cells.iter().step_by(7).map(|row| row["item"].clone());
    let packet = packet(items, &rubric(&ATTRIBUTES, 1..=5));
    exchange::write_packet(&lead.path("packet.json"), &packet).unwrap();

    let arguments = [
        "ratings",
        "packet.json",
        "human.csv",
        "--name",
        "human",
        "--at",
        "2025-10-24T00:00:00Z",
        "--out",
        "human.json",
    ];
    let refused = lead.runs(&arguments).err;
    assert!(refused.contains("239 cells cannot be used, and nothing was written"), "{refused}");
    let of = |value: &str| cells.iter().filter(|row| row["value"] == value).count();
    assert_eq!((of("0"), of("6")), (231, 8), "as the data's own account has it");
    let is_bad = |row: &&HashMap<String, String>| ["0", "6"].contains(&row["value"].as_str());
    let bad = (2..).zip(&cells).filter(|(_, row)| is_bad(row)).map(|(line, _)| line.to_string());
    let lines: Vec<String> = bad.take(30).collect();
    let told = format!(
        "human.csv, lines {} and 209 more, field `value`: found `6` and `0`; expected one of 1, 2, 3, 4, 5.",
        lines.join(", ")
    );
    assert!(refused.contains(&told), "{told}: {refused}");
    assert!(!lead.path("human.json").exists());

    let said = lead.says(&[&arguments[..], &["--skip-bad"]].concat());
    let kept = rows(&data.join("ratings.csv")).len();
    assert!(said.starts_with(&format!("{kept} grades\n")), "as kept elsewhere: {}", &said[..200]);
    assert!(said.contains("not rated, because blank: 409 cells"), "57 responses and 10 attributes");
    assert!(said.contains("239 cells left out:"));
}

#[test]
fn what_of_a_raters_table_was_not_read_is_said() {
    let lead = Lead::new();
    let items = ["x", "y"].map(String::from).into_iter();
    let packet = packet(items, &rubric(&["omission"], 0..=4));
    exchange::write_packet(&lead.path("packet.json"), &packet).unwrap();
    let table = "item;omission;clinical_notes\nx;2;Müdigkeit\n";
    let windows: Vec<u8> = table.chars().map(|letter| letter as u8).collect();
    fs::write(lead.path("t.csv"), windows).unwrap();
    let said = lead.says(&[
        "ratings",
        "packet.json",
        "t.csv",
        "--name",
        "Ann",
        "--at",
        "2025-10-24T00:00:00Z",
        "--out",
        "a.json",
    ]);
    assert!(said.contains("Note: without a grade from the table: 1 item of the packet"), "{said}");
    assert!(said.contains("not read as grades: the column clinical_notes"), "{said}");
    assert!(said.contains("Windows-1252"), "{said}");
}
