//! What was said of the columns of all files, or of one.

use crate::support::Folder;
use exchange::{Mappings, ScoreSource};

fn mappings(said: &[&str], files: &[&str]) -> Result<Mappings, String> {
    let owned = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
    Mappings::read(&owned(said), &owned(files))
}

#[test]
fn each_file_is_read_by_what_was_said_of_it() {
    let folder = Folder::new();
    let first = folder.put("a=b.csv", "Fall,Note\nx,1\n").display().to_string();
    let second = folder.put("c.csv", "Case,Grade,Extra\nx,2,7\n").display().to_string();
    let own: Vec<String> = ["item=Case", "value=Grade", "axis=:tone"]
        .iter()
        .map(|said| format!("{second}:{said}"))
        .collect();
    let mut said: Vec<&str> = own.iter().map(String::as_str).collect();
    said.extend(["item=Fall", "value=Note", "axis=:tone"]);
    let mappings = mappings(&said, &[&first, &format!("{second}@c")]).unwrap();
    for name in [first, format!("{second}@c")] {
        let source = ScoreSource::open_mapped(&name, &mappings.of(&name)).unwrap();
        let grades = source.grades().unwrap();
        assert_eq!((grades.axes(), grades.items()), (vec!["tone"], ["x"].into()), "{name}");
    }
}

#[test]
fn what_is_said_of_no_file_or_twice_is_refused() {
    assert_eq!(
        mappings(&["z.csv:item=ID"], &["a.csv", "b.csv"]).unwrap_err(),
        "found `z.csv:`; expected one of the files that are read: a.csv, b.csv"
    );
    let twice = "found item twice; expected it once";
    assert_eq!(mappings(&["item=A", "item=B"], &["a.csv"]).unwrap_err(), twice);
    assert_eq!(mappings(&["a.csv:item=A", "a.csv:item=B"], &["a.csv"]).unwrap_err(), twice);
    assert!(mappings(&["a.csv:item=A", "item=B"], &["a.csv"]).is_ok(), "once of one, once of all");
    assert!(
        mappings(&["a.csv:colour=A"], &["a.csv"]).unwrap_err().contains("expected FIELD=COLUMN")
    );
}

#[test]
fn columns_of_a_file_that_has_none_are_refused() {
    let folder = Folder::new();
    let line = r#"{"scenario_id": "s", "model_id": "m", "rep_id": 0, "omission_harm": 1}"#;
    let file = folder.put("j.jsonl", line).display().to_string();
    let mappings = mappings(&[&format!("{file}:item=ID")], &[&file]).unwrap();
    assert_eq!(
        folder.told(ScoreSource::open_mapped(&file, &mappings.of(&file))),
        "j.jsonl, field `map`: found columns for our fields; expected no mapping: this file says itself what it holds."
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_called_one() {
    let folder = Folder::new();
    let there = folder.put("t.csv", "");
    let link = there.with_file_name("link.csv");
    std::os::unix::fs::symlink(there.with_file_name("gone.csv"), &link).unwrap();
    let told = folder.told(ScoreSource::open(link.to_str().unwrap()));
    assert!(
        told.starts_with("link.csv: this is a link to ") && told.contains("where nothing is"),
        "{told}"
    );
}
