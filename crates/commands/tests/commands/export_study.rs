//! What a lead author exports of a study.

use crate::lead::{Lead, created, received};
use crate::support::grade;
use exchange::{ScoreSource, harm_scales};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use study::{Digest, Score};

/// What only the open key tells.
const OF_THE_KEY: [&str; 3] = ["items.csv", "inspect_scores.json", "inspect_scores.py"];

fn export(lead: &mut Lead) -> PathBuf {
    let (study, folder) = (lead.study(), lead.path("tables"));
    lead.window.call("export_study", json!({ "study": study, "folder": folder }));
    folder
}

/// The header and the rows of a table, each row by column.
fn table(file: &Path) -> (Vec<String>, Vec<BTreeMap<String, String>>) {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let header: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        header.iter().cloned().zip(row.iter().map(String::from)).collect()
    });
    let rows = rows.collect();
    (header, rows)
}

/// The columns of a Parquet file, each with the first different values in it.
fn parquet(file: &Path) -> Vec<(String, Vec<String>)> {
    let found = exchange::inspect(file.to_str().unwrap(), &exchange::Mapping::default());
    found.unwrap().columns.into_iter().map(|column| (column.name, column.samples)).collect()
}

/// What the screen says of the files: the generated list, names and times.
fn listed() -> Vec<(String, String)> {
    let file = testing::root().join("ui/src/contract/constants.ts");
    let text = fs::read_to_string(file).unwrap();
    let cell = |line: &str, key: &str| {
        let (_, rest) = line.split_once(&format!("{key}: \"")).unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    let lines = text.lines().filter(|line| line.trim_start().starts_with("{ name: "));
    lines.map(|line| (cell(line, "name"), cell(line, "when"))).collect()
}

#[test]
fn the_screen_lists_what_an_export_holds() {
    let mut lead = received();
    let sealed = testing::names(&export(&mut lead));
    let of = |when: &[&str]| -> Vec<String> {
        let listed = listed().into_iter().filter(|(_, one)| when.contains(&one.as_str()));
        let names: BTreeSet<String> = listed.map(|(name, _)| name).collect();
        names.into_iter().collect()
    };
    assert_eq!(sealed, of(&["always"]));
    lead.window.call("open_key", lead.open_key(Some("not to be decided")));
    fs::rename(lead.path("tables"), lead.path("before")).unwrap();
    assert_eq!(testing::names(&export(&mut lead)), of(&["always", "opened"]));
    for name in OF_THE_KEY {
        assert!(!sealed.iter().any(|file| file == name), "{name}");
    }
}

#[test]
fn the_codebook_has_every_column_of_every_table() {
    let mut lead = received();
    lead.window.call("open_key", lead.open_key(Some("not to be decided")));
    let out = export(&mut lead);
    let (_, codebook) = table(&out.join("codebook.csv"));
    for name in testing::names(&out).iter().filter(|name| name.ends_with(".csv")) {
        // These two are made for other readers.
        if ["codebook.csv", "redcap_dictionary.csv"].contains(&name.as_str()) {
            continue;
        }
        let mut told: Vec<&String> =
            codebook.iter().filter(|row| row["file"] == *name).map(|row| &row["column"]).collect();
        told.dedup();
        assert_eq!(told, table(&out.join(name)).0.iter().collect::<Vec<_>>(), "{name}");
    }
    let mut told: Vec<&String> = codebook
        .iter()
        .filter(|row| row["file"] == "ratings.parquet")
        .map(|row| &row["column"])
        .collect();
    told.dedup();
    let parquet = parquet(&out.join("ratings.parquet"));
    assert_eq!(told, parquet.iter().map(|(name, _)| name).collect::<Vec<_>>());
    let of = |file: &str, column: &str| -> Vec<[&str; 3]> {
        let rows = codebook.iter().filter(|row| row["file"] == file && row["column"] == column);
        rows.map(|row| ["type", "levels", "meaning"].map(|name| row[name].as_str())).collect()
    };
    let commission = "0 = None | 1 = Mild | 2 = Moderate | 3 = Severe";
    assert_eq!(
        of("ratings.csv", "value")[1],
        [
            "grade",
            commission,
            "The grade that the rater gave. Where axis is commission: Commission harm."
        ]
    );
    assert_eq!(
        of("ratings_wide.csv", "B_commission"),
        [["grade", commission, "Commission harm: the grade that B gave; empty for none."]]
    );
    assert_eq!(
        of("actions.csv", "value")[0][..2],
        ["code", "miss = Miss | partial = Partial | hit = Hit"]
    );
}

#[test]
fn answers_beside_the_grades_are_in_tables_of_their_own() {
    let mut lead = Lead::new();
    lead.create();
    let mut a = lead.rater("A");
    a.rate(2);
    let items = a.items.clone();
    let note = "=1+1, and \"more\"\nof it ".repeat(2_000);
    a.window.rate(
        &items[0],
        json!([
            { "part": "flag", "raised": true },
            { "part": "note", "text": note },
            { "part": "omission_mechanism", "mechanism": "none" },
            { "part": "first_instruction", "instruction": { "kind": "at", "position": 3 } },
            { "part": "evidence", "action": 1, "span": { "start": 0, "end": 4 } },
            { "part": "error", "axis": "commission", "span": { "start": 9, "end": 12 }, "grade": 3 },
            { "part": "error", "axis": "commission", "span": { "start": 5, "end": 8 }, "grade": 1 },
            { "part": "error", "axis": "commission", "span": { "start": 9, "end": 12 }, "grade": 2 },
            { "part": "error", "axis": "commission", "span": { "start": 0, "end": 2 }, "grade": 2 },
            { "part": "error", "axis": "commission", "span": { "start": 0, "end": 2 }, "grade": null },
        ]),
    );
    let marked = json!([{ "part": "error", "axis": "commission", "span": { "start": 0, "end": 2 }, "grade": 1 }]);
    a.window.rate(&items[1], marked);
    a.window.rate(&items[1], json!([{ "part": "abstain", "reason": "-not my field" }]));
    a.window.rate(
        &items[2],
        json!([
            { "part": "first_instruction", "instruction": { "kind": "absent" } },
        ]),
    );
    let file = a.lock();
    lead.receive(&file);
    let out = export(&mut lead);

    let (_, answers) = table(&out.join("answers.csv"));
    assert_eq!(answers.len(), items.len(), "one row per item of the packet");
    let of = |row: usize| {
        let names = [
            "rater",
            "item",
            "place",
            "flag",
            "abstain",
            "response_class",
            "omission_mechanism",
            "first_instruction",
            "gate_omission",
        ];
        names.map(|name| answers[row][name].as_str())
    };
    assert_eq!(of(0), ["A", &items[0], "1", "yes", "", "substantive", "none", "3", "yes"]);
    assert_eq!(of(1), ["A", &items[1], "2", "no", "'-not my field", "", "", "", ""]);
    assert_eq!(of(2), ["A", &items[2], "3", "no", "", "", "", "absent", ""]);
    assert_eq!(
        (of(3), answers[3]["first_at"].as_str()),
        (["A", &items[3], "4", "no", "", "", "", "", ""], "")
    );
    let records = exchange::read_ratings(&file).unwrap().records;
    let mut times = records.iter().filter(|record| record.item.as_str() == items[0]);
    let first = times.next().unwrap().at.to_string();
    assert_eq!(answers[0]["first_at"], first);
    assert_eq!(answers[0]["last_at"], times.next_back().unwrap().at.to_string());

    let parquet: BTreeMap<String, Vec<String>> =
        parquet(&out.join("ratings.parquet")).into_iter().collect();
    assert_eq!(parquet["flag"], ["true", "false"]);
    assert_eq!(parquet["abstain"], ["-not my field"], "no apostrophe: it is no spreadsheet");
    let to_the_millisecond = |at: Timestamp| Timestamp::from_millisecond(at.as_millisecond());
    let first = to_the_millisecond(first.parse().unwrap()).unwrap();
    assert_eq!(parquet["first_at"][0], first.to_string());

    let (_, passages) = table(&out.join("passages.csv"));
    let response: Vec<char> =
        a.window.show(&items[0])["response"]["text"].as_str().unwrap().chars().collect();
    let words = |start: usize, end: usize| response[start..end].iter().collect::<String>();
    let cells = ["rater", "item", "kind", "action", "axis", "value", "start", "end", "words"];
    let rows: Vec<[&str; 9]> =
        passages.iter().map(|row| cells.map(|name| row[name].as_str())).collect();
    assert_eq!(
        rows,
        [
            ["A", &items[0], "evidence", "2", "", "", "0", "4", &words(0, 4)],
            ["A", &items[0], "error", "", "commission", "1", "5", "8", &words(5, 8)],
            ["A", &items[0], "error", "", "commission", "2", "9", "12", &words(9, 12)],
        ],
        "in the order of the text, as graded last; none of an abstention"
    );

    let (_, notes) = table(&out.join("notes.csv"));
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0]["note"], format!("'{}", note.trim()));

    let (header, wide) = table(&out.join("ratings_wide.csv"));
    assert_eq!(header, ["item", "scenario", "repeat_of", "A_omission", "A_commission"]);
    let row = |item: &String| wide.iter().find(|row| row["item"] == *item).unwrap();
    let grades =
        |item: &String| ["A_omission", "A_commission"].map(|name| row(item)[name].as_str());
    let omission = table(&out.join("ratings.csv")).1[0]["value"].clone();
    assert_eq!(grades(&items[0]), [omission.as_str(), "0"]);
    assert_eq!(grades(&items[1]), ["", ""], "an abstention is no grade");
    assert_eq!(wide.len(), items.len());

    let texts = fs::read_to_string(out.join("texts.jsonl")).unwrap();
    let texts: Vec<Value> = texts.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let shown = a.window.show(&items[0]);
    let text = texts.iter().find(|text| text["item"] == items[0]).unwrap();
    assert_eq!(text["response"], shown["response"]["text"]);
}

/// What was changed after the lock is in the archive, and in no table.
#[test]
fn tables_hold_what_was_locked() {
    let mut lead = Lead::new();
    lead.create();
    let mut a = lead.rater("A");
    a.rate(1);
    let item = a.items[0].clone();
    a.lock();
    let change = json!([{ "part": "flag", "raised": true }]);
    a.window.call("rate_item", json!({ "item": item, "changes": change, "reason": "seen again" }));
    let file = a.export();
    lead.receive(&file);
    let out = export(&mut lead);
    let (_, answers) = table(&out.join("answers.csv"));
    assert_eq!(answers[0]["flag"], "no");
    let records = exchange::read_ratings(&file).unwrap().records;
    let [.., locked, changed] = records.as_slice() else { panic!("{records:?}") };
    assert_eq!(answers[0]["last_at"], locked.at.to_string());
    let archive = fs::read_to_string(out.join("study.json")).unwrap();
    assert!(archive.contains(&changed.id.to_string()));
}

#[test]
fn the_exported_table_is_read_as_it_was_written() {
    let mut lead = received();
    let out = export(&mut lead);
    let given: Value =
        serde_json::from_str(&fs::read_to_string(out.join("study.json")).unwrap()).unwrap();
    let tables = ["ratings.csv", "ratings.parquet"];
    let of_each_rater = tables.iter().flat_map(|name| [(name, 0, "A"), (name, 1, "B")]);
    for (name, place, rater) in of_each_rater {
        let source = format!("{}@{rater}", out.join(name).display());
        let read = ScoreSource::open(&source).unwrap().scores(&harm_scales()).unwrap();
        assert_eq!((read.rater.as_str(), read.items.len()), (rater, 12), "repeats are no items");
        let ratings = lead.path(rater).join("out");
        let file = fs::read_dir(ratings).unwrap().map(|one| one.unwrap().path());
        let file = file.into_iter().find(|file| file.extension().unwrap() == "json").unwrap();
        let written = exchange::read_ratings(&file).unwrap().rated().scores();
        let again = |item: &str| !read.items.names().any(|known| known == item);
        for (item, axes) in written.items.iter().filter(|(item, _)| !again(item)) {
            for (axis, score) in axes.iter() {
                assert_eq!(read.score(item, axis), score, "{item}, {axis}");
                assert!(matches!(score, Score::Grade(_)));
            }
        }
        assert_eq!(given["ratings"][place]["rater"], rater);
    }
}

#[test]
fn foreign_files_hold_the_same_grades() {
    let mut lead = received();
    lead.window.call("open_key", lead.open_key(Some("not to be decided")));
    let out = export(&mut lead);
    let json = |name: &str| -> Value {
        serde_json::from_str(&fs::read_to_string(out.join(name)).unwrap()).unwrap()
    };
    let mut expected = BTreeSet::new();
    let mut first = BTreeSet::new();
    for row in table(&out.join("ratings.csv")).1 {
        let grade = ["rater", "item", "axis", "value"].map(|name| row[name].clone());
        if row["repeat_of"].is_empty() {
            first.insert(grade.clone());
        }
        expected.insert(grade);
    }
    let text = |value: &Value| value.as_str().unwrap().to_owned();

    let mut tasks = BTreeSet::new();
    for task in json("label_studio.json").as_array().unwrap() {
        for prediction in task["predictions"].as_array().unwrap() {
            for chosen in prediction["result"].as_array().unwrap() {
                tasks.insert([
                    text(&prediction["model_version"]),
                    text(&task["data"]["item"]),
                    text(&chosen["from_name"]),
                    text(&chosen["value"]["choices"][0]),
                ]);
            }
        }
    }
    assert_eq!(tasks, expected);

    let origins = table(&out.join("items.csv")).1;
    let item = |score: &Value| {
        let same = |row: &&BTreeMap<String, String>| {
            row["scenario_id"] == text(&score["sample"])
                && row["model_id"] == text(&score["model"])
                && row["rep_id"] == (score["epoch"].as_u64().unwrap() - 1).to_string()
                && row["repeat_of"].is_empty()
        };
        origins.iter().find(same).unwrap()["item"].clone()
    };
    let mut scores = BTreeSet::new();
    for score in json("inspect_scores.json").as_array().unwrap() {
        let rater = text(&score["scorer"]).replace("physician:", "");
        assert_eq!(text(&score["author"]), format!("Dr. {rater}"));
        for (axis, value) in score["value"].as_object().unwrap() {
            scores.insert([rater.clone(), item(score), axis.clone(), value.to_string()]);
        }
    }
    assert_eq!(scores, first, "a second rating of a response is no second score");
}

#[test]
fn the_log_has_the_digest_of_each_file() {
    let mut lead = received();
    let out = export(&mut lead);
    let archive = fs::read_to_string(out.join("study.json")).unwrap();
    assert!(!archive.contains("\"exported\""), "it was made before it was logged");
    fs::rename(&out, lead.path("before")).unwrap();
    let archive = fs::read_to_string(export(&mut lead).join("study.json")).unwrap();
    for name in testing::names(&lead.path("before")) {
        let digest = Digest::of_bytes(&fs::read(lead.path("before").join(&name)).unwrap());
        assert!(archive.contains(&digest.to_string()), "{name}");
    }
}

/// R and Python compute what Primum does from the exported table; either may be absent.
#[test]
fn the_snippets_give_kappa_of_every_pair_on_every_axis() {
    let mut lead = Lead::new();
    lead.draft["raters"].as_array_mut().unwrap().push(json!({ "label": "C" }));
    let mut lead = created(lead);
    let mut c = lead.rater("C");
    c.rate(c.items.len());
    let file = c.lock();
    lead.receive(&file);
    let out = export(&mut lead);
    let agreement = lead.ask("measure_study");
    let kappa = |pair: usize| {
        let kappa = &agreement["pairs"][pair]["axes"]["omission"]["kappa_quadratic"];
        kappa["estimate"].as_f64().unwrap()
    };
    let same = "undefined: both gave every item the same grade";
    for (program, snippet) in [("python3", "kappa.py"), ("Rscript", "kappa.R")] {
        let Some(lines) = run(program, snippet, &out) else { continue };
        for (place, pair) in ["A and B", "A and C", "B and C"].into_iter().enumerate() {
            let start = format!("omission, {pair}: n = 12, kappa = ");
            let found = lines[place].strip_prefix(&start).unwrap_or_else(|| panic!("{lines:?}"));
            let found: f64 = found.parse().unwrap();
            assert!((found - kappa(place)).abs() < 1e-9, "{program}, {pair}: {found}");
            let expected = format!("commission, {pair}: n = 12, kappa = {same}");
            assert_eq!(lines[3 + place], expected, "{program}");
        }
        assert_eq!(lines.len(), 6, "{lines:?}");
    }
}

#[test]
fn the_snippets_survive_raters_without_a_common_item_and_a_study_without_raters() {
    let mut lead = Lead::new();
    // Without repeats, which kappa leaves out.
    lead.draft["sampling"] = json!({ "size": 12, "pairs_together": true });
    lead.create();
    let nobody = export(&mut lead);
    let few = ["Kappa needs two raters; ratings.csv has grades of 0"];
    for (program, snippet) in [("python3", "kappa.py"), ("Rscript", "kappa.R")] {
        if let Some(lines) = run(program, snippet, &nobody) {
            assert_eq!(lines, few, "{program}");
        }
    }
    fs::rename(&nobody, lead.path("before")).unwrap();
    let rate = |lead: &Lead, label: &str, at: usize| {
        let mut rater = lead.rater(label);
        let mut items = rater.items.clone();
        items.sort();
        rater.window.rate(&items[at], grade(1));
        rater.lock()
    };
    for (label, at) in [("A", 0), ("B", 1)] {
        let file = rate(&lead, label, at);
        lead.receive(&file);
    }
    let out = export(&mut lead);
    for (program, snippet) in [("python3", "kappa.py"), ("Rscript", "kappa.R")] {
        let Some(lines) = run(program, snippet, &out) else { continue };
        assert_eq!(
            lines,
            ["omission", "commission"].map(|axis| format!(
                "{axis}, A and B: n = 0, kappa = undefined: no item has a grade of both"
            )),
            "{program}"
        );
    }
}

/// What `program` prints of the tables in `folder`, by line; none where it is not installed.
#[track_caller]
fn run(program: &str, snippet: &str, folder: &Path) -> Option<Vec<String>> {
    let Ok(run) = Command::new(program).arg(snippet).current_dir(folder).output() else {
        testing::skipped(&format!("{program} is not installed"));
        return None;
    };
    assert!(run.status.success(), "{program}: {}", String::from_utf8_lossy(&run.stderr));
    let text = String::from_utf8(run.stdout).unwrap();
    Some(text.lines().map(|line| line.trim_end().to_owned()).collect())
}
