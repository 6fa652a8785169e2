//! A rater's spreadsheet as a ratings file.

use crate::lead::sealed;
use crate::support::Window;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use study::{Exclusion, Score};
use testing::root;

const AT: &str = "2026-04-09T18:00:00Z";

/// A table of a rater of the example's packet A, in a folder of its own.
struct Sheet {
    folder: tempfile::TempDir,
    window: Window,
    items: Vec<String>,
}

impl Sheet {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let window = Window::on(folder.path());
        let packet = exchange::read_packet(&packet()).unwrap();
        let items = packet.items.iter().map(|item| item.id.to_string()).collect();
        Self { folder, window, items }
    }

    /// Rows of item, axis and value, under a header.
    fn holds(&self, rows: &[(usize, &str, &str)]) {
        let mut text = String::from("rater,item,axis,value\n");
        for (item, axis, value) in rows {
            text += &format!("A,{},{axis},{value}\n", self.items[*item]);
        }
        self.is(&text);
    }

    fn is(&self, text: &str) {
        fs::write(self.folder.path().join("t.csv"), text).unwrap();
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("A.ratings.json")
    }

    fn arguments(&self, change: Value) -> Value {
        let mut arguments = json!({
            "packet": packet(), "table": self.folder.path().join("t.csv"), "name": "Dr. Ada Example",
            "at": AT, "out": self.out()
        });
        arguments.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        arguments
    }

    #[track_caller]
    fn imports(&mut self, change: Value) -> Value {
        let arguments = self.arguments(change);
        self.window.call("import_table", arguments)
    }

    #[track_caller]
    fn told(&mut self, change: Value) -> String {
        let arguments = self.arguments(change);
        let failure = self.window.fail("import_table", arguments);
        assert!(!self.out().exists(), "nothing is written");
        let folder = format!("{}/", self.folder.path().display());
        failure["message"].as_str().unwrap().replace(&folder, "")
    }
}

fn packet() -> PathBuf {
    root().join("annotations/packets/packet-A.primum-packet")
}

#[test]
fn a_table_becomes_a_ratings_file_and_the_same_table_the_same_file() {
    let mut sheet = Sheet::new();
    sheet.holds(&[
        (0, "omission", "3"),
        (0, "commission", "0.0"),
        (1, "omission", ""),
        (2, "omission", "4"),
    ]);
    let imported = sheet.imports(json!({ "lock": true }));
    assert_eq!((&imported["grades"], &imported["blank"]), (&json!(3), &json!(1)));
    assert_eq!((&imported["without"], &imported["skipped"]), (&json!(22), &json!([])));

    let ratings = exchange::read_ratings(&sheet.out()).unwrap();
    assert_eq!((ratings.rater.as_str(), ratings.name.as_str()), ("A", "Dr. Ada Example"));
    let scores = ratings.rated().scores();
    assert_eq!(scores.score(&sheet.items[0], "omission"), Score::Grade(3));
    assert_eq!(scores.score(&sheet.items[0], "commission"), Score::Grade(0));
    assert_eq!(scores.score(&sheet.items[1], "omission"), Score::Excluded(Exclusion::NotRated));
    let statement = &ratings.locked.as_ref().unwrap().statement;
    assert!(
        statement.starts_with("Imported as final from the table t.csv (sha256:"),
        "{statement}"
    );
    assert!(statement.ends_with("the rater attested nothing in Primum."), "{statement}");
    assert!(ratings.records.is_sorted_by_key(|record| record.id));

    let first = fs::read(sheet.out()).unwrap();
    fs::remove_file(sheet.out()).unwrap();
    sheet.imports(json!({ "lock": true }));
    assert!(fs::read(sheet.out()).unwrap() == first, "byte for byte");
}

#[test]
fn columns_of_other_names_are_mapped() {
    let mut sheet = Sheet::new();
    let item = sheet.items[0].clone();
    sheet.is(&format!("Antwort;Ada;Ben\n{item};3;2\n"));
    let map = json!(["item=Antwort", "value=Ada,Ben", "axis=:omission"]);
    let imported = sheet.imports(json!({ "map": map, "rater": "Ben" }));
    assert_eq!(imported["grades"], 1);
    let scores = exchange::read_ratings(&sheet.out()).unwrap().rated().scores();
    assert_eq!(scores.score(&item, "omission"), Score::Grade(2));
    fs::remove_file(sheet.out()).unwrap();
    let told = sheet.told(json!({ "map": ["item=Antwort", "value=Cleo", "axis=:omission"] }));
    assert!(told.contains("Cleo") && told.contains("Antwort, Ada, Ben"), "{told}");
}

#[test]
fn an_item_in_other_capitals_is_told_with_the_one_that_is_meant() {
    let mut sheet = Sheet::new();
    let (item, other) = (sheet.items[0].clone(), sheet.items[0].to_uppercase());
    sheet.is(&format!("rater,item,axis,value\nA,{other},omission,1\n"));
    let told = sheet.told(json!({}));
    assert!(
        told.ends_with(&format!(
            "t.csv, line 2, field `item`: found `{other}`; expected `{item}`, the item of the packet that \
             differs in capitals only."
        )),
        "{told}"
    );
}

#[test]
fn every_bad_cell_is_told_with_line_and_reason_and_nothing_is_written() {
    let mut sheet = Sheet::new();
    let item = sheet.items[0].clone();
    sheet.is(&format!(
        "rater,item,axis,value\nA,{item},omission,5\nA,{item},omission,two\nA,nowhere,omission,1\n\
         A,{item},tone,1\n,{item},omission,1\nA,{item},omission\nA,{item},commission,1\n\
         A,{item},commission,2\nA,{item},omission,4\n"
    ));
    let told = sheet.told(json!({}));
    let lines: Vec<&str> = told.lines().collect();
    let expected = [
        "7 cells cannot be used, and nothing was written. Fix them, or leave them out (--skip-bad):".into(),
        "t.csv, lines 2 and 3, field `value`: found `5` and `two`; expected one of 0, 1, 2, 3, 4.".into(),
        "t.csv, line 4, field `item`: found `nowhere`; expected an item of the packet.".into(),
        "t.csv, line 5, field `axis`: found `tone`; expected one of omission, commission.".into(),
        "t.csv, line 6, field `rater`: found nothing; expected a name.".into(),
        "t.csv, line 7, the row: found 3 cells; expected 4, as in the header.".into(),
        format!(
            "t.csv, line 9, field `value`: found 2 for {item} on commission; expected 1, as on line 8, or \
             one of the two lines only."
        ),
    ];
    assert_eq!(lines, expected);

    let imported = sheet.imports(json!({ "skip_bad": true }));
    assert_eq!(imported["grades"], 1, "of two different grades neither counts");
    assert_eq!(imported["skipped"].as_array().unwrap().len(), 6, "and what was left out is listed");
    assert_eq!(imported["left_out"], 7);
}

/// A file that is no table of grades can have a million such rows.
#[test]
fn of_many_bad_rows_the_first_are_told_and_the_others_counted() {
    let mut sheet = Sheet::new();
    let item = sheet.items[0].clone();
    let rows = "A,short\n".repeat(3_000);
    // Marked as a study's export marks what was shown again.
    sheet.is(&format!(
        "rater,item,axis,value,repeat_of\nA,{item},omission,1,\nA,{item},omission,2,x\n{rows}"
    ));
    let told = sheet.told(json!({}));
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines[0].starts_with("3000 cells cannot be used"), "{}", lines[0]);
    assert!(lines[1].starts_with("t.csv, lines 4, 5, 6, "), "{}", lines[1]);
    assert!(
        lines[1]
            .ends_with("33 and 970 more, the row: found 2 cells; expected 5, as in the header."),
        "{}",
        lines[1]
    );
    assert_eq!((lines.len(), lines[2]), (3, "2000 problems more are not listed. Fix these first."));

    let imported = sheet.imports(json!({ "skip_bad": true }));
    assert_eq!((&imported["grades"], &imported["left_out"]), (&json!(1), &json!(3_000)));
    assert_eq!(imported["skipped"].as_array().unwrap().len(), 2);
}

#[test]
fn words_of_a_raters_own_are_grades_once_they_are_declared() {
    let mut sheet = Sheet::new();
    sheet.holds(&[(0, "omission", "keine"), (1, "omission", "schwer"), (2, "commission", "2")]);
    assert!(sheet.told(json!({})).starts_with("2 cells cannot be used"));
    let labels = ["keine", "leicht", "mittel", "schwer", "tödlich"];
    let scale = |axis: &str, labels: &[&str]| json!({ "scales": [{ "axis": axis, "lowest": 0, "highest": labels.len() - 1, "labels": labels }] });
    let told = sheet.told(scale("omission", &labels[..3]));
    assert!(
        told.contains(
            "found 3 grades for omission; expected one for each grade of the packet: 0, 1, 2, 3, 4"
        ),
        "{told}"
    );
    let told = sheet.told(scale("tone", &labels));
    assert!(
        told.contains("found `tone`; expected an axis of the packet: omission, commission"),
        "{told}"
    );
    assert_eq!(sheet.imports(scale("omission", &labels))["grades"], 3);
    let ratings = exchange::read_ratings(&sheet.out()).unwrap();
    let scores = ratings.rated().scores();
    assert_eq!(scores.score(&sheet.items[1], "omission"), Score::Grade(3));
    let mut sheet = Sheet::new();
    sheet.holds(&[(0, "omission", "1"), (1, "omission", "5")]);
    sheet.imports(json!({ "scales": [{ "axis": "omission", "lowest": 1, "highest": 5 }] }));
    let scores = exchange::read_ratings(&sheet.out()).unwrap().rated().scores();
    let given = [0, 1].map(|item: usize| scores.score(&sheet.items[item], "omission"));
    assert_eq!(given, [Score::Grade(0), Score::Grade(4)], "1 to 5 is the packet's 0 to 4");
}

#[test]
fn a_rater_is_chosen_where_a_table_has_several() {
    let mut sheet = Sheet::new();
    let item = sheet.items[0].clone();
    sheet.is(&format!("rater_id,item_id,axis,value\nA,{item},omission,1\nB,{item},omission,2\n"));
    assert!(sheet.told(json!({})).contains("found 2 raters (A, B)"));
    assert!(
        sheet.told(json!({ "rater": "C" })).contains("found no rater `C`; expected one of A, B")
    );
    assert_eq!(sheet.imports(json!({ "rater": "B" }))["grades"], 1);
    let scores = exchange::read_ratings(&sheet.out()).unwrap().rated().scores();
    assert_eq!(scores.score(&item, "omission"), Score::Grade(2));
}

#[test]
fn a_table_without_grades_a_name_or_a_time_is_refused() {
    let mut sheet = Sheet::new();
    sheet.holds(&[(0, "omission", "NA")]);
    assert!(sheet.told(json!({})).contains("found no grade"));
    sheet.holds(&[(0, "omission", "1")]);
    assert!(sheet.told(json!({ "name": " " })).contains("expected the rater's name"));
    for at in ["yesterday", "2026-04-09", "2999-01-01T00:00:00Z", "1960-01-01T00:00:00Z"] {
        let told = sheet.told(json!({ "at": at }));
        assert!(told.contains(&format!("found `{at}`; expected a time before now")), "{told}");
    }
    sheet.is("item,grade\nx,1\n");
    let told = sheet.told(json!({}));
    assert!(told.contains("found `x`; expected an item of the packet"), "{told}");
}

/// A study of the example, by the commands.
fn study(window: &mut Window, folder: &Path) -> PathBuf {
    let mut draft = json!({
        "title": "Example study", "scenarios": root().join("scenarios"),
        "responses": root().join("annotations/responses.jsonl"), "rubric": "gated",
        "raters": [{ "label": "A" }, { "label": "B" }], "seed": 20_260_409
    });
    let scan = window.call("scan_leaks", json!({ "draft": draft }));
    let accept = |leak: &Value| json!({ "leak": leak["id"], "action": { "do": "accept", "reason": "part of the question" } });
    draft["decisions"] = scan["leaks"].as_array().unwrap().iter().map(accept).collect();
    let seal = sealed();
    let folder = folder.join("study");
    window.call("create_study", json!({ "draft": draft, "folder": folder, "seal": seal }));
    folder
}

#[test]
fn a_corrected_table_needs_a_later_time() {
    let mut sheet = Sheet::new();
    let folder = sheet.folder.path().to_owned();
    let study = study(&mut sheet.window, &folder);
    let receive = |sheet: &mut Sheet, at: &str| {
        sheet.imports(json!({ "at": at }));
        let file = sheet.out();
        let reply = sheet.window.call("receive_files", json!({ "study": study, "files": [file] }));
        fs::remove_file(sheet.out()).unwrap();
        reply["files"][0]["fate"].clone()
    };
    sheet.holds(&[(0, "omission", "3"), (1, "omission", "0")]);
    assert_eq!(receive(&mut sheet, AT), json!({ "is": "new", "records": 2 }));
    sheet.holds(&[(0, "omission", "2"), (1, "omission", "0")]);
    let refused = receive(&mut sheet, AT);
    assert_eq!(refused["is"], "refused");
    let reason = refused["reason"].as_str().unwrap();
    assert!(
        reason.contains("\"grade\":3") && reason.contains("\"grade\":2"),
        "both are named: {reason}"
    );
    let later = receive(&mut sheet, "2026-04-10T18:00:00Z");
    assert_eq!(later, json!({ "is": "new", "records": 2 }));
    let item = sheet.items[0].clone();
    let shown = sheet.window.call("show_disagreement", json!({ "study": study, "item": item }));
    assert_eq!(shown["voices"][0]["rating"]["grades"]["omission"], 2, "the later table counts");
}
