//! Tables as Parquet, written: what is read of them, here and by Python.

use crate::support::Folder;
use exchange::ParquetType::{Flag, Number, Text, Time};
use exchange::{Mapping, ScoreSource, encode_parquet, harm_scales, inspect};
use serde_json::{Value, json};
use std::path::PathBuf;
use study::{Exclusion, Score};

/// Prints the rows that pandas reads as JSON, and that polars reads the same.
const PYTHON: &str = r#"
import json, sys
import pandas, polars, pyarrow
frame = pandas.read_parquet(sys.argv[1], dtype_backend="pyarrow")
rows = pyarrow.Table.from_pandas(frame).to_pylist()
assert polars.read_parquet(sys.argv[1]).to_dicts() == rows
print(json.dumps(rows, default=lambda at: at.isoformat()))
"#;

fn written(folder: &Folder) -> PathBuf {
    let columns = [
        ("rater", Text),
        ("item", Text),
        ("axis", Text),
        ("value", Number),
        ("flag", Flag),
        ("first_at", Time),
    ];
    let rows = [
        ["=Ann", "x", "omission", "2", "true", "2026-01-05T08:30:00.25Z"],
        ["=Ann", "y", "omission", "", "false", ""],
    ];
    let rows = rows.map(|row| row.map(String::from).to_vec());
    folder.put("t.parquet", encode_parquet(&columns, &rows).unwrap())
}

#[test]
fn what_is_written_is_read() {
    let folder = Folder::new();
    let file = written(&folder).display().to_string();
    let scores = ScoreSource::open(&file).unwrap().scores(&harm_scales()).unwrap();
    assert_eq!(scores.rater, "=Ann", "no spreadsheet opens it, so no cell is changed for one");
    let of = |item| scores.score(item, "omission");
    assert_eq!((of("x"), of("y")), (Score::Grade(2), Score::Excluded(Exclusion::NotRated)));
    let columns = inspect(&file, &Mapping::default()).unwrap().columns;
    let shown: Vec<Vec<&str>> = columns[3..]
        .iter()
        .map(|column| column.samples.iter().map(String::as_str).collect())
        .collect();
    assert_eq!(shown, [vec!["2"], vec!["true", "false"], vec!["2026-01-05T08:30:00.25Z"]]);
}

#[test]
fn python_reads_what_is_written_with_its_types() {
    let Some(mut python) = testing::python() else { return };
    let folder = Folder::new();
    let file = written(&folder);
    let run = python.args(["-c", PYTHON]).arg(file).output().unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    let rows: Value = serde_json::from_slice(&run.stdout).unwrap();
    let row = |item, value: Value, flag, at: Value| {
        json!({
            "rater": "=Ann", "item": item, "axis": "omission", "value": value, "flag": flag, "first_at": at,
        })
    };
    let at = "2026-01-05T08:30:00.250000+00:00";
    assert_eq!(
        rows,
        json!([row("x", json!(2), true, json!(at)), row("y", json!(null), false, json!(null))])
    );
}

#[test]
fn a_cell_that_is_not_of_its_column_is_refused() {
    let message =
        encode_parquet(&[("value", Number)], &[vec!["two".into()]]).unwrap_err().to_string();
    assert_eq!(message, "table: `two`: invalid digit found in string.");
}
