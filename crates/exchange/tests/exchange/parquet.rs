//! Parquet: the files in `fixtures/parquet`, which say themselves who wrote them.

use crate::support::Folder;
use exchange::{
    Asked, Mapping, ParquetType, ScoreSource, encode_parquet, harm_scales, inspect, read_counts,
    read_responses, read_scenarios,
};
use std::path::{Path, PathBuf};
use study::{Exclusion, Score};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exchange/fixtures/parquet")
}

fn fixture(name: &str) -> String {
    fixtures().join(name).display().to_string()
}

/// What is said of a file of scores.
fn told(name: &str) -> String {
    let message = ScoreSource::open(&fixture(name)).expect_err("this is refused").to_string();
    message.replace(&format!("{}/", fixtures().display()), "")
}

/// The values of a column in the first rows.
fn column(name: &str, column: &str) -> Vec<String> {
    let columns = inspect(&fixture(name), &Mapping::default()).unwrap().columns;
    columns.into_iter().find(|one| one.name == column).unwrap().samples
}

#[test]
fn ratings_are_read_as_from_a_table() {
    let source = ScoreSource::open(&fixture("ratings.snappy.parquet")).unwrap();
    let raters: Vec<_> =
        source.by_rater().iter().map(|one| one.scores(&harm_scales()).unwrap()).collect();
    let of = |rater: usize| ["x", "y", "z"].map(|item| raters[rater].score(item, "omission"));
    let grade = Score::Grade;
    let not_rated = Score::Excluded(Exclusion::NotRated);
    assert_eq!(of(0), [grade(2), grade(0), Score::Excluded(Exclusion::NotRated)]);
    assert_eq!(of(1), [grade(1), not_rated, grade(4)]);
    assert_eq!(
        raters[1].items.names().collect::<Vec<_>>(),
        ["x", "y", "z"],
        "y is there, not rated"
    );
}

#[test]
fn a_column_per_rater_and_named_columns_are_read() {
    let file = fixture("wide.zstd.parquet");
    let source = ScoreSource::open(&file).unwrap();
    assert_eq!(source.grades().unwrap().raters(), ["Ann", "Ben"].into());
    let mut mapping = Mapping::default();
    for said in ["item=item", "value=Ben", "axis=:omission", "rater=:B"] {
        mapping.add(said).unwrap();
    }
    let mapped = ScoreSource::open_mapped(&file, &mapping).unwrap();
    let scores = mapped.scores(&harm_scales()).unwrap();
    assert_eq!((scores.rater.as_str(), scores.score("3", "omission")), ("B", Score::Grade(3)));
}

#[test]
fn scores_of_a_judge_are_read_with_their_lists() {
    let source = ScoreSource::open(&fixture("scores.gzip.parquet")).unwrap();
    let found = source.responses(&harm_scales()).unwrap().scores;
    let grades: Vec<Score> =
        found.items.names().map(|item| found.score(item, "omission")).collect();
    assert_eq!(grades, [Score::Grade(3), Score::Excluded(Exclusion::NotRated)]);
    let actions: Vec<_> = found.checklist.items.into_values().collect();
    assert_eq!(actions, [vec![Some(2), Some(0)], vec![Some(1), None]]);
}

#[test]
fn what_is_wrong_with_a_row_is_said_of_that_row() {
    let message = read_responses(&fixtures().join("wide.zstd.parquet")).unwrap_err().to_string();
    assert!(message.contains("row 1"), "{message}");
}

#[test]
fn the_container_and_the_columns_are_shown() {
    let found = inspect(&fixture("ratings.snappy.parquet"), &Mapping::default()).unwrap();
    assert_eq!(found.container, "a Parquet file, 5 rows, 5 columns");
    assert_eq!(found.columns[0].name, "rater");
    assert_eq!(found.columns[0].samples, ["Ann", "Ben"]);
    assert_eq!(found.columns[3].samples, ["2", "0", "1"]);
}

#[test]
fn every_kind_of_value_is_text_that_means_the_same() {
    for (name, expected) in [
        ("text", ["a"].as_slice()),
        ("yes", &["true"]),
        ("whole", &["-7"]),
        ("unsigned", &["18446744073709551615"]),
        ("double", &["2.5"]),
        ("single", &["0.1", "3"]),
        ("half", &["1.5"]),
        ("infinite", &["inf"]),
        ("decimal", &["-12.50"]),
        ("long", &["12345678901234567890123"]),
        ("day", &["2026-01-05"]),
        ("time", &["08:30:00.000000"]),
        ("utc_ms", &["2026-01-05T08:30:00.25Z"]),
        ("local_us", &["2026-01-05T08:30:00.25"]),
        ("utc_ns", &["2026-01-05T08:30:00.25Z"]),
        ("local_ns", &["2026-01-05T08:30:00.25"]),
        ("bytes", &["text", "ff00"]),
        ("nothing", &[]),
    ] {
        assert_eq!(column("values.parquet", name), expected, "{name}");
    }
    assert_eq!(column("int96.parquet", "at"), ["2026-01-05T08:30:00.25Z"]);
    let notes = inspect(&fixture("int96.parquet"), &Mapping::default()).unwrap().notes;
    let cut =
        ": times of 96 bits, of which what is shorter than a millisecond is not read, in `at`.";
    assert!(notes[0].ends_with(cut), "{notes:?}");
    let message = told("values.parquet");
    assert!(message.contains("list, struct, map"), "{message}");
}

#[test]
fn what_is_not_read_is_called_what_it_is_with_the_way_out() {
    for (name, expected) in [
        (
            "wide.brotli.parquet",
            "this is a Parquet file that is packed with brotli. Write it with snappy or zstd.",
        ),
        (
            "wide.lz4.parquet",
            "this is a Parquet file that is packed with LZ4. Write it with snappy or zstd.",
        ),
        ("encrypted.parquet", "this is an encrypted Parquet file. Write it without encryption."),
        ("large.parquet", "the Parquet file unpacks to more than 1024 MB; expected less."),
        ("empty.parquet", "found a Parquet file without a row; expected ratings or scores."),
        (
            "twice.parquet",
            ", the columns: found two columns called `Ann`; expected each name once; rename one of them.",
        ),
    ] {
        let message = told(name);
        assert_eq!(
            message.strip_prefix(name).unwrap().trim_start_matches(": "),
            expected,
            "{name}"
        );
    }
    let message = told("int96.parquet");
    assert!(message.starts_with("int96.parquet, the header: found the columns at;"), "{message}");
    let message = told("encrypted_columns.parquet");
    let start =
        "encrypted_columns.parquet: this is a Parquet file that is damaged, cut or encrypted (";
    assert!(message.starts_with(start), "{message}");
    assert!(
        message.ends_with("). Get the whole file again, or write it without encryption."),
        "{message}"
    );
}

#[test]
fn a_text_that_begins_as_a_parquet_file_does_is_text() {
    let folder = Folder::new();
    let file = folder.put("t.csv", "PARENT,rater,axis,value\nx,A,omission,1\n");
    assert!(
        inspect(file.to_str().unwrap(), &Mapping::default())
            .unwrap()
            .container
            .starts_with("a table")
    );
}

#[test]
fn a_file_that_is_cut_or_changed_anywhere_is_refused_or_read() {
    let folder = Folder::new();
    let whole = std::fs::read(fixture("ratings.snappy.parquet")).unwrap();
    for length in (4..whole.len()).step_by(97) {
        let file = folder.put("cut.parquet", &whole[..length]);
        let message = folder.told(ScoreSource::open(file.to_str().unwrap()));
        let start = "cut.parquet: this is a Parquet file that is damaged, cut or encrypted (";
        assert!(message.starts_with(start), "{message}");
    }
    let names = ["ratings.snappy.parquet", "wide.zstd.parquet", "scores.gzip.parquet"];
    for whole in names.map(|name| std::fs::read(fixture(name)).unwrap()) {
        for at in (4..whole.len()).step_by(13) {
            let mut changed = whole.clone();
            changed[at] ^= 0xFF;
            let file = folder.put("changed.parquet", &changed);
            if let Err(error) = ScoreSource::open(file.to_str().unwrap()) {
                assert!(error.to_string().contains("changed.parquet"), "{error}");
            }
        }
    }
}

#[test]
fn counts_of_pairs_are_read_as_from_csv() {
    let folder = Folder::new();
    let columns = ["a", "b", "count"].map(|name| (name, ParquetType::Text));
    let rows = [["x", "x", "5"], ["x", "y", "2"], ["y", "y", "7"]];
    let put = |name: &str, rows: [[&str; 3]; 3]| {
        let rows = rows.map(|row| row.map(String::from).to_vec());
        folder.put(name, encode_parquet(&columns, &rows).unwrap()).display().to_string()
    };
    let csv = folder.put("t.csv", "a,b,count\nx,x,5\nx,y,2\ny,y,7\n").display().to_string();
    let read = |name: &str| read_counts(name, Asked::default());
    let json =
        r#"[{"a":"x","b":"x","count":5},{"a":"x","b":"y","count":2},{"a":"y","b":"y","count":7}]"#;
    let json = folder.put("t.json", json).display().to_string();
    let expected = read(&csv).unwrap().data;
    assert_eq!(read(&put("t.parquet", rows)).unwrap().data, expected);
    assert_eq!(read(&json).unwrap().data, expected);
    let wrong = put("t.parquet", [rows[0], ["x", "y", "two"], rows[2]]);
    let told = folder.told(read(&wrong));
    let start = "t.parquet, row 2, field `count`: found two; expected a whole number";
    assert!(told.starts_with(start), "{told}");
}

#[test]
fn scenarios_and_responses_are_read() {
    use ParquetType::{Number, Text};
    let folder = Folder::new();
    let put = |name: &str, columns: &[(&str, ParquetType)], row: &[&str]| {
        let rows = [row.iter().map(|cell| (*cell).to_owned()).collect()];
        folder.put(name, encode_parquet(columns, &rows).unwrap())
    };
    let columns = [("id", Text), ("prompt", Text), ("critical_actions", Text)];
    let file = put("scenarios.parquet", &columns, &["s1", "What now?", "call|stay"]);
    let scenario = &read_scenarios(&file, &Mapping::default()).unwrap().scenarios[0];
    assert_eq!((scenario.id.as_str(), scenario.critical_actions.len()), ("s1", 2));
    let columns =
        [("scenario_id", Text), ("model_id", Text), ("rep_id", Number), ("response", Text)];
    let file = put("responses.parquet", &columns, &["s1", "m", "1", "Call."]);
    let collected = read_responses(&file).unwrap();
    assert_eq!((collected.unit, collected.responses[0].text.as_str()), ("row", "Call."));
}
