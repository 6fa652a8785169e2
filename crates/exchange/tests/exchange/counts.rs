//! Rows of pairs, counted while they are read: against counting in another way, with many names,
//! and what is refused.

use exchange::{CountData, Counts, read_counts};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;

fn read(text: &str, declared: Option<&[&str]>, cluster: Option<&str>) -> Result<Counts, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rows.csv");
    fs::write(&file, text).unwrap();
    let declared: Option<Vec<String>> =
        declared.map(|names| names.iter().map(ToString::to_string).collect());
    read_counts(&file, declared.as_deref(), cluster)
        .map_err(|error| error.to_string().replace(&format!("{}/", folder.path().display()), ""))
}

fn tables(counts: Counts) -> Vec<Vec<Vec<u64>>> {
    match counts.data {
        CountData::Tables(tables) => tables,
        CountData::Ratings { .. } => panic!("a CSV holds counts"),
    }
}

#[test]
fn rows_of_one_and_rows_with_counts_are_the_same() {
    let counted = read("count,b,a\n2,no,yes\n1,no,no\n1,no,yes\n", Some(&["no", "yes"]), None);
    let single =
        read("a,b\r\nyes,no\r\nno , no\r\nyes,\"no\"\r\nyes,no", Some(&["no", "yes"]), None);
    let (counted, single) = (counted.unwrap(), single.unwrap());
    assert_eq!(tables(counted.clone()), [[[1, 0], [3, 0]]]);
    assert_eq!(counted, single);
    assert!(counted.cautions.is_empty() && counted.values.is_none());
    let none = read("a,b\n", Some(&["no", "yes"]), None).unwrap();
    assert_eq!(tables(none), [[[0, 0], [0, 0]]]);
}

#[test]
fn a_total_beyond_what_is_counted_is_refused() {
    let told = |rows: &str| read(rows, Some(&["0", "1"]), None).unwrap_err();
    assert_eq!(
        told("a,b,count\n0,1,18446744073709551615\n"),
        "rows.csv, line 2, field `count`: found 18446744073709551615; expected a whole number from 0 to \
         1000000000000."
    );
    assert_eq!(
        told("a,b,count\n0,1,999999999999\n1,1,2\n"),
        "rows.csv, field `count`: found 1000000000001 items; expected at most 1000000000000 in all."
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.json");
    fs::write(&file, r#"{"categories": [0, 1], "table": [[18446744073709551615, 1], [0, 0]]}"#)
        .unwrap();
    let told = read_counts(&file, None, None).unwrap_err().to_string();
    assert!(told.contains("field `table`: found more than 2^64 items"), "{told}");
}

/// Three times, so that those are met again that were kept, and those that there was no room for.
#[test]
fn more_different_lines_than_are_kept_are_all_counted() {
    for digits in [1, 20, 60] {
        let lines: Vec<[u64; 3]> = (0..40_000).map(|k| [k % 5, k / 5 % 5, k / 25 % 1000]).collect();
        let line = |[a, b, count]: &[u64; 3]| format!("{a},{b},{count:0digits$}\n");
        let text = lines.iter().map(line).collect::<String>().repeat(3);
        let mut expected = vec![vec![0; 5]; 5];
        lines.iter().for_each(|[a, b, n]| expected[*a as usize][*b as usize] += 3 * n);
        let counts = read(&format!("a,b,count\n{text}"), None, None).unwrap();
        assert_eq!(tables(counts), [expected], "{digits} digits");
    }
}

/// More names than there is room for at first, of which many share a place among the recent ones.
#[test]
fn many_names_are_kept_apart() {
    let text: String = (0..900).map(|k| format!("n{k},n{},{}\n", k * 7 % 900, k + 1)).collect();
    let counts = read(&format!("a,b,count\n{text}{text}"), None, None).unwrap();
    let names = counts.categories.clone();
    assert_eq!(names.len(), 900);
    let place = |name: usize| names.iter().position(|known| *known == format!("n{name}")).unwrap();
    let table = tables(counts).remove(0);
    for k in 0..900 {
        assert_eq!(table[place(k)][place(k * 7 % 900)], 2 * (k as u64 + 1));
    }
    assert_eq!(table.iter().flatten().filter(|&&count| count > 0).count(), 900);
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    let two: Option<&[&str]> = Some(&["0", "1"]);
    let many: String = (0..1001).map(|k| format!("{k},0\n")).collect();
    let cases: [(&str, Option<&[&str]>, &str); 9] = [
        ("a,b\n0,1\n0,2\n", two, "rows.csv, line 3, field `b`: found `2`; expected one of 0, 1."),
        ("a,b\n0,1\n,1\n", None, "rows.csv, line 3, field `a`: found ``; expected a category."),
        (
            "a,b\r\n0,1\r\n,1\r\n",
            None,
            "rows.csv, line 3, field `a`: found ``; expected a category.",
        ),
        (
            "a,b,count\n0,1,1\n0,1,1.5\n",
            two,
            "rows.csv, line 3, field `count`: found 1.5; expected a whole number from 0 to 1000000000000.",
        ),
        (
            "a,b,count\n0,1\n",
            two,
            "rows.csv, line 2, field `the row`: found 2 cells; expected 3, as in the header.",
        ),
        (
            "a,c\n0,1\n",
            two,
            "rows.csv, line 1, field `b`: found the columns a, c; expected the columns a, b and count.",
        ),
        (
            &format!("a,b\n{many}"),
            None,
            "rows.csv, line 1002, field `a`: found `1000`; expected at most 1000 different categories.",
        ),
        (
            "a,b\n0,0\n",
            None,
            "rows.csv, field `categories`: found 1 categories; expected at least two.",
        ),
        (
            "a,b\n0,1\n",
            Some(&["0", "0"]),
            "rows.csv, line 2, field `b`: found `1`; expected one of 0, 0.",
        ),
    ];
    for (text, declared, message) in cases {
        assert_eq!(read(text, declared, None).unwrap_err(), message);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rows.csv");
    fs::write(&file, b"a,b\n0,1\n\xff,1\n").unwrap();
    let message = read_counts(&file, None, None).unwrap_err().to_string();
    assert!(message.contains("line 3: found a byte that is not UTF-8"), "{message}");
}

/// From the first quotation mark on another reader goes on, in the middle of the file.
#[test]
fn what_is_quoted_is_read_from_there_on() {
    let plain = "note,a,b,count\nx,0,1,2\n\nx,0,1,2\nx,1,1,3\n";
    let quoted = "note,a,b,count\nx,0,1,2\n\n\"x, or \"\"y\"\"\nor z\",0,\"1\",2\nx,1,1,3\n";
    let whole = "\"note\",a,b,count\nx,0,1,2\nx,0,1,2\nx,1,1,3";
    let returns = "note,a,b,count\rx,0,1,2\rx,0,1,2\rx,1,1,3\r";
    let later = "\nnote,a,b,count\nx,0,1,2\nx,0,1,2\rx,1,1,3\n";
    for text in [plain, quoted, whole, returns, later] {
        let counts = read(text, Some(&["0", "1"]), None).unwrap();
        assert_eq!(tables(counts), [[[0, 4], [0, 3]]], "{text}");
    }
}

#[test]
fn lines_are_counted_across_both_readers() {
    for end in ["\n", "\r\n"] {
        let rows = ["a,b", "0,1", "", "\"0\",1", "1,1", "0,2", "1,1"].join(end);
        let message = read(&rows, Some(&["0", "1"]), None).unwrap_err();
        assert!(message.starts_with("rows.csv, line 6, field `b`"), "{message}");
        let rows = ["a,b", "0,1", "", "0,1,1"].join(end);
        let message = read(&rows, Some(&["0", "1"]), None).unwrap_err();
        assert!(
            message.starts_with("rows.csv, line 4, field `the row`: found 3 cells"),
            "{message}"
        );
    }
}

/// More than are read at once, and more different lines than are kept.
#[test]
fn a_long_file_is_counted_whole() {
    let rows = 150_000;
    let line = |k: usize| format!("{},{},{}\n", k % 3, k / 3 % 3, k + 1);
    let text: String = (0..rows).map(line).collect();
    let table = tables(read(&format!("a,b,count\n{text}"), None, None).unwrap()).remove(0);
    for (first, row) in table.iter().enumerate() {
        for (second, count) in row.iter().enumerate() {
            let here = (0..rows).filter(|k| k % 3 == first && k / 3 % 3 == second);
            assert_eq!(*count, here.map(|k| k as u64 + 1).sum::<u64>(), "{first} {second}");
        }
    }
}

proptest! {
    /// Quotation marks and line ends change how a file is read, not what it says.
    #[test]
    fn quoted_rows_count_alike(
        rows in prop::collection::vec((0..3usize, 0..3usize, any::<bool>(), any::<bool>()), 1..100)
    ) {
        let names: Option<&[&str]> = Some(&["0", "1", "2"]);
        let plain: String = rows.iter().map(|(a, b, ..)| format!("{a},{b}\n")).collect();
        let mixed: String = rows.iter().map(|&(a, b, quoted, returned)| {
            let cell = if quoted { format!("\"{a}\"") } else { a.to_string() };
            format!("{cell},{b}{}\n", if returned { "\r" } else { "" })
        }).collect();
        let counts = |text: &str| read(&format!("a,b\n{text}"), names, None).unwrap();
        prop_assert_eq!(counts(&plain), counts(&mixed));
    }

    /// Against sums in a map, categories taken from the rows.
    #[test]
    fn every_row_counts_in_its_cluster(
        rows in prop::collection::vec((0..12usize, 0..12usize, 0..9u64, 0..40usize), 1..200)
    ) {
        let mut text = String::from("scenario,a,b,count\n");
        let mut sums: BTreeMap<(usize, usize, usize), u64> = BTreeMap::new();
        let mut clusters: Vec<usize> = Vec::new();
        for &(a, b, count, cluster) in rows.iter().chain([&(0, 11, 1, 0)]) {
            text.push_str(&format!("scenario {cluster},{a},{b},{count}\n"));
            if !clusters.contains(&cluster) {
                clusters.push(cluster);
            }
            let number = clusters.iter().position(|&known| known == cluster).unwrap();
            *sums.entry((number, a, b)).or_default() += count;
        }
        let counts = read(&text, None, Some("scenario")).unwrap();
        prop_assert_eq!(&counts.categories, &(0..12).map(|k| k.to_string()).collect::<Vec<_>>());
        let tables = tables(counts);
        prop_assert_eq!(tables.len(), clusters.len());
        for (cluster, table) in tables.iter().enumerate() {
            for (a, row) in table.iter().enumerate() {
                for (b, &count) in row.iter().enumerate() {
                    prop_assert_eq!(count, sums.get(&(cluster, a, b)).copied().unwrap_or(0));
                }
            }
        }
    }
}
