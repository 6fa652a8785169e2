//! Rows of pairs, counted while they are read: against counting in another way, with many names,
//! and what is refused.

use crate::support::Folder;
use exchange::{Asked, CountData, Counts, Labels, Mapping, read_counts};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use study::{GradeNames, Scale};

fn read(text: &str, declared: Option<&[&str]>, cluster: Option<&str>) -> Result<Counts, String> {
    let declared: Option<Vec<String>> =
        declared.map(|names| names.iter().map(ToString::to_string).collect());
    ask(text, Asked { categories: declared.as_deref(), cluster, ..Asked::default() })
}

fn ask(text: impl AsRef<[u8]>, asked: Asked<'_>) -> Result<Counts, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rows.csv");
    fs::write(&file, text).unwrap();
    let plain = |text: &str| text.replace(&format!("{}/", folder.path().display()), "");
    let mut counts =
        read_counts(file.to_str().unwrap(), asked).map_err(|error| plain(&error.to_string()))?;
    counts.cautions = counts.cautions.iter().map(|caution| plain(caution)).collect();
    Ok(counts)
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
    let told = read_counts(file.to_str().unwrap(), Asked::default()).unwrap_err().to_string();
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
    let cases: [(&str, Option<&[&str]>, &str); 8] = [
        (
            "a,b\n0,1\n0,2\n",
            two,
            "rows.csv, line 3, field `b`: found 2; expected one of 0, 1; nothing where there is no grade; or -1 where a judge's answer could not be read.",
        ),
        (
            "a,b\r\n0,1\r\n2,1\r\n",
            two,
            "rows.csv, line 3, field `a`: found 2; expected one of 0, 1; nothing where there is no grade; or -1 where a judge's answer could not be read.",
        ),
        (
            "a,b,count\n0,1,1\n0,1,1.5\n",
            two,
            "rows.csv, line 3, field `count`: found 1.5; expected a whole number from 0 to 1000000000000.",
        ),
        (
            "a,b,count\n0,1\n",
            two,
            "rows.csv, line 2, the row: found 2 cells; expected 3, as in the header.",
        ),
        (
            "a,c\n0,1\n",
            two,
            "rows.csv, line 1, the header: found the columns a, c; expected a table with the columns rater, \
             item, axis and value, or with a column of items and one for each rater or axis.",
        ),
        (
            &format!("a,b\n{many}"),
            None,
            "rows.csv, line 1002, field `a`: found `1000`; expected at most 1000 different categories.",
        ),
        (
            "a,b\n0,0\n",
            None,
            "rows.csv, field `categories`: found 1 category; expected at least two.",
        ),
        (
            "a,b\n0,1\n",
            Some(&["0", "0"]),
            "rows.csv, line 2, field `b`: found 1; expected one of 0, 0; nothing where there is no grade; or -1 where a judge's answer could not be read.",
        ),
    ];
    for (text, declared, message) in cases {
        assert_eq!(read(text, declared, None).unwrap_err(), message);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rows.csv");
    fs::write(&file, b"a,b\n0,1\n\xff,1\n").unwrap();
    let message = read_counts(file.to_str().unwrap(), Asked::default()).unwrap_err().to_string();
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
        assert!(message.starts_with("rows.csv, line 4, the row: found 3 cells"), "{message}");
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

/// What a scale from 1 to 3 is called makes no difference, nor whether a point stands behind it.
#[test]
fn numbers_are_ordered_as_numbers() {
    let categories = |text: &str| read(text, None, None).unwrap().categories;
    assert_eq!(
        categories("a,b\n1.0,3.0\n10.0,9\n"),
        (1..=10).map(|n| n.to_string()).collect::<Vec<_>>()
    );
    assert_eq!(categories("a,b\n20,0\n0.5,1\n1.50,2\n"), ["0", "0.5", "1", "1.5", "2", "20"]);
    let counts = read("a,b\n1,01\n1.0,2\n", None, None).unwrap();
    assert_eq!(
        (counts.categories.as_slice(), counts.values.clone()),
        (&["1".into(), "2".into()][..], Some(vec![1.0, 2.0]))
    );
    assert_eq!(tables(counts), [[[1, 1], [0, 0]]]);
    let declared = read("a,b\n1.0,2\n", Some(&["1", "2"]), None).unwrap();
    assert_eq!(tables(declared), [[[0, 1], [0, 0]]], "declared numbers are numbers as well");
}

#[test]
fn what_says_that_there_is_no_rating_is_left_out_and_counted() {
    let rows = "a,b,count\n0,1,2\nNA,NA,3\n,1,1\n1,#N/A,1\n1,1,4\n";
    for (text, declared) in [(rows, None), (rows, Some(&["0", "1"][..]))] {
        let counts = read(text, declared, None).unwrap();
        assert_eq!(counts.categories, ["0", "1"]);
        assert_eq!(
            counts.cautions.last().unwrap(),
            "Items left out, because a cell is empty or says that there is no rating: 5."
        );
        assert_eq!(tables(counts), [[[0, 2], [0, 4]]]);
    }
    let text = "a,b\nNone,Mild\nMild,Severe\nNA,Mild\n";
    assert_eq!(
        read(text, None, None).unwrap_err(),
        "rows.csv, field `value`: found `None` beside Mild, Severe; expected the grades, from the lowest to the highest, \
         with it if it is one: --categories LOWEST,…,HIGHEST."
    );
    let words = read(text, Some(&["Mild", "Severe"][..]), None).unwrap();
    let said =
        "`None` counts as not rated. If it is a grade, list it among the grades in --categories.";
    assert!(words.cautions.contains(&said.to_owned()), "{:?}", words.cautions);
    let listed = Some(&["None", "Mild", "Severe"][..]);
    let listed = read("a,b\nNone,Mild\nnone,Severe\n", listed, None).unwrap();
    assert!(listed.cautions.is_empty(), "what is listed is a grade: {:?}", listed.cautions);
    assert_eq!(tables(listed), [[[0, 1, 1], [0, 0, 0], [0, 0, 0]]]);
    let meant = read("a,b\nNA,1\n", Some(&["NA", "1"]), None).unwrap();
    assert_eq!(tables(meant), [[[0, 1], [0, 0]]], "what is declared is meant");
}

#[test]
fn a_number_far_from_the_others_is_pointed_out() {
    let far = |text: &str| {
        let cautions = read(text, None, None).unwrap().cautions;
        cautions.into_iter().find(|caution| caution.contains("lies far"))
    };
    assert_eq!(
        far("a,b\n0,1\n2,99\n").unwrap(),
        "99 lies far from the other categories, 0 to 2. If it means that there is no rating, empty those \
         cells; if it is a grade, declare the categories with --categories."
    );
    assert!(
        far("a,b\n-9,1\n2,3\n")
            .unwrap()
            .starts_with("-9 lies far from the other categories, 1 to 3.")
    );
    for near in ["a,b\n0,1\n2,4\n", "a,b\n1,1\n5,3\n", "a,b\n0,9\n", "a,b\nx,y\nz,99\n"] {
        assert_eq!(far(near), None, "{near}");
    }
}

#[test]
fn the_order_of_words_is_asked_for() {
    let cautions = |text: &str| read(text, None, None).unwrap().cautions;
    assert_eq!(
        cautions("a,b\nmild,slight\nsevere,mild\n")[1],
        "The categories are words, which have no order of their own, so weighted and ordinal coefficients are left \
         out. Give the words from the lowest to the highest: --categories LOWEST,…,HIGHEST."
    );
    assert_eq!(
        cautions("a,b\nno,yes\n").len(),
        1,
        "two categories have the same distance either way"
    );
}

#[test]
fn pairs_in_any_dialect_count_alike() {
    let plain =
        read("a,b,count,s\n0,1,2,x\n1,1,3,y\n0,1,2,x\nNA,1,1,y\n", None, Some("s")).unwrap();
    let text = "a;b;count;s\n0;1;2;x\n1;1;3;y\n0;1;2;x\nNA;1;1;y\n";
    let marked = format!("sep=;\n{text}");
    let tabs = text.replace(';', "\t");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [text.as_bytes(), marked.as_bytes(), tabs.as_bytes(), &wide] {
        let asked = Asked { cluster: Some("s"), ..Asked::default() };
        let mut counts = ask(bytes, asked).unwrap();
        assert!(counts.cautions.remove(0).starts_with("rows.csv: the cells are separated by "));
        assert_eq!(counts, plain);
    }
    let decimal = ask("a;b\n1,5;2\n", Asked::default()).unwrap();
    assert_eq!(decimal.categories, ["1.5", "2"]);
}

#[test]
fn any_number_of_raters_may_be_counted() {
    let counts = read(
        "r1,r2,r3,count,ward\n0,1,,5,n\n1,1,1,2,s\n0,1,NA,1,n\n0,0,0,0,s\n",
        None,
        Some("ward"),
    );
    let counts = counts.unwrap();
    assert_eq!(
        counts.data,
        CountData::Ratings {
            rows: vec![
                vec![Some(0), Some(1), None],
                vec![Some(0), Some(1), None],
                vec![Some(1); 3]
            ],
            counts: vec![5, 1, 2],
            clusters: Some(vec![0, 0, 1]),
        }
    );
    assert_eq!(
        counts.cautions.last().unwrap(),
        "Cells that count as missing ratings, because they are empty or say so: 6."
    );
}

#[test]
fn grades_in_any_layout_are_items_by_raters() {
    let expected = CountData::Ratings {
        rows: vec![vec![Some(0), Some(1), None], vec![Some(1), Some(1), Some(1)]],
        counts: vec![1, 1],
        clusters: None,
    };
    for text in [
        "item,A,B,C\nx,0,1,\ny,1,1,1\n",
        "rater,item,axis,value\nA,x,tone,0\nB,x,tone,1\nC,y,tone,1\nB,y,tone,1\nA,y,tone,1\n",
        "item,A_omission,B_omission,C_omission\nx,0,1,NA\ny,1,1,1\n",
    ] {
        assert_eq!(read(text, None, None).unwrap().data, expected, "{text}");
    }
    let clustered =
        read("item,scenario,A,B\nx,s,0,1\ny,t,1,1\nz,s,0,1\n", None, Some("scenario")).unwrap();
    assert_eq!(
        clustered.data,
        CountData::Ratings {
            rows: vec![vec![Some(0), Some(1)], vec![Some(1), Some(1)]],
            counts: vec![2, 1],
            clusters: Some(vec![0, 1]),
        }
    );
    let told = read("item,A,B\nx,0,1\ny,1,1\n", None, Some("scenario")).unwrap_err();
    assert_eq!(
        told,
        "rows.csv, field `scenario`: found nothing for item x; expected a column that is \
         filled for every item."
    );
}

#[test]
fn one_rater_of_a_file_is_refused() {
    let folder = Folder::new();
    let file = folder.put("t.csv", "item,A,B\nx,0,1\n");
    assert_eq!(
        folder.told(read_counts(&format!("{}@A", file.display()), Asked::default())),
        "t.csv, field `rater`: found `@A`; expected no rater: the coefficients are of all raters in the file."
    );
}

#[test]
fn of_several_axes_one_must_be_named() {
    let text = "item,rater,omission,commission\nx,A,0,1\nx,B,1,1\n";
    assert_eq!(
        ask(text, Asked::default()).unwrap_err(),
        "rows.csv, field `axis`: found 2 axes; expected one of omission, commission: --axis omission."
    );
    let counts = ask(text, Asked { axis: Some("omission"), ..Asked::default() }).unwrap();
    assert_eq!(
        counts.data,
        CountData::Ratings { rows: vec![vec![Some(0), Some(1)]], counts: vec![1], clusters: None }
    );
    let told = ask(text, Asked { axis: Some("tone"), ..Asked::default() }).unwrap_err();
    assert_eq!(
        told,
        "rows.csv, field `axis`: found no axis `tone`; expected one of omission, commission."
    );
}

#[test]
fn an_axis_of_what_names_none_is_refused() {
    for text in [
        "a,b\n0,1\n",
        "a;b\n0;1\n",
        "r1,r2,r3\n0,1,1\n",
        r#"{"categories": [0, 1], "table": [[1, 0], [0, 1]]}"#,
    ] {
        assert_eq!(
            ask(text, Asked { axis: Some("tone"), ..Asked::default() }).unwrap_err(),
            "rows.csv, field `axis`: found no axis `tone`; expected `grade`, the only axis of this file.",
            "{text}"
        );
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

#[test]
fn columns_that_are_not_read_are_named_and_two_with_one_name_refused() {
    let folder = Folder::new();
    let file = folder.put("t.csv", "id,a,b,c\n1,0,0,1\n2,0,1,1\n3,1,1,1\n");
    let counts = read_counts(file.to_str().unwrap(), Asked::default()).unwrap();
    let said = "Not read: the columns id, c. Two raters are the columns a and b, and how often a pair occurs is a column \
                called count.";
    assert!(counts.cautions.contains(&said.to_owned()), "{:?}", counts.cautions);
    let file = folder.put("u.csv", "a,b,count,count\n0,0,1,2\n");
    assert_eq!(
        folder.told(read_counts(file.to_str().unwrap(), Asked::default())),
        "u.csv, line 1, the header: found two columns called `count`; expected each name once; rename one of them."
    );
}

fn declared(axis: &str, names: &[&str]) -> (Scale, Labels) {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let labels = names.iter().cloned().zip(0..).collect();
    let grades = (0..names.len() as i16).collect();
    let names = GradeNames::Own(names);
    let scale = Scale { axis: axis.into(), label: axis.into(), grades, names };
    (scale, Labels::from([(axis.to_owned(), labels)]))
}

#[test]
fn a_declared_scale_is_read_as_in_every_report() {
    let (scale, labels) = declared("grade", &["none", "mild", "severe"]);
    let asked = Asked { scales: &[scale], labels: Some(&labels), ..Asked::default() };
    let expected = [[[0, 1, 0], [0, 0, 0], [0, 0, 1]]];
    for text in
        ["a,b\nNone,Mild\nsevere,SEVERE\n-1,mild\n", "a;b\nnone;mild\nsevere;severe\nmild;-1\n"]
    {
        let counts = ask(text, asked).unwrap();
        assert_eq!(counts.categories, ["none", "mild", "severe"]);
        let unread =
            "-1 counts as a judge's answer that could not be read: the scale has no such grade.";
        assert!(counts.cautions.contains(&unread.to_owned()), "{:?}", counts.cautions);
        assert_eq!(tables(counts), expected, "{text}");
    }
    let wide = ask("item,A,B\nx,none,mild\ny,severe,severe\nz,mild,none\n", asked).unwrap();
    assert_eq!(wide.categories, ["none", "mild", "severe"]);
    let told = ask("item,A,B\nx,none,mild\ny,mild,none\nz,none,awful\n", asked).unwrap_err();
    assert!(
        told.starts_with("rows.csv, line 4, field `value`: found awful; expected one of "),
        "{told}"
    );
    let (other, labels) = declared("tone", &["bad", "good"]);
    let asked = Asked { scales: &[other], labels: Some(&labels), ..Asked::default() };
    let told = ask("a,b\n0,1\n", asked).unwrap_err();
    assert_eq!(
        told,
        "rows.csv, field `scale`: found no axis `tone`; expected `grade`, the only axis of this file."
    );
}

#[test]
fn truths_beside_ones_are_ones() {
    for text in [
        "a,b\nTRUE,1\n0,FALSE\n1,1\n",
        "a;b\nTRUE;1\n0;FALSE\n1;1\n",
        "item,A,B\nx,TRUE,1\ny,0,FALSE\nz,1,1\n",
    ] {
        let counts = read(text, None, None).unwrap();
        assert_eq!(counts.categories, ["0", "1"], "{text}");
        let agreed = match counts.data {
            CountData::Tables(tables) => tables == [[[1, 0], [0, 2]]],
            CountData::Ratings { rows, .. } => rows.iter().all(|row| row[0] == row[1]),
        };
        assert!(agreed, "{text}");
    }
}

#[test]
fn a_mapped_table_is_read_by_its_columns() {
    let mut mapping = Mapping::default();
    for said in ["item=Fall", "value=Dr A,Dr B", "axis=:tone"] {
        mapping.add(said).unwrap();
    }
    let mapping = mapping.of_one();
    let asked = Asked { mapping: Some(&mapping), ..Asked::default() };
    let counts = ask("Fall,Alter,Dr A,Dr B\nx,71,0,1\ny,64,1,1\n", asked).unwrap();
    assert_eq!(counts.categories, ["0", "1"]);
    let told = ask("Fall,Alter,Dr A\nx,71,0\n", asked).unwrap_err();
    assert!(told.contains("found no column `Dr B`; expected one of Fall, Alter, Dr A"), "{told}");
    let told = ask(r#"{"categories": [0, 1], "table": [[1, 0], [0, 1]]}"#, asked).unwrap_err();
    assert!(told.contains("field `map`: found columns for our fields"), "{told}");
}

#[test]
fn words_for_nothing_are_no_ratings_in_json_too() {
    let counts = ask(
        r#"{"categories": [0, 1], "ratings": [[0, "NA"], [1.0, "1"], [null, ""]]}"#,
        Asked::default(),
    );
    let CountData::Ratings { rows, .. } = counts.unwrap().data else { panic!("ratings") };
    assert_eq!(rows, [vec![Some(0), None], vec![Some(1), Some(1)], vec![None, None]]);
}

/// pandas writes whole numbers with a point where a column had a gap.
#[test]
fn a_count_with_a_point_is_a_count() {
    let expected = [vec![vec![2, 0], vec![0, 3]]];
    for text in [
        "a,b,count\n0,0,2.0\n1,1,3\n",
        "a;b;count\n0;0;2,0\n1;1;3\n",
        "Ann,Ben,Freq\n0,0,2.0\n1,1,3.00\n",
        "[{\"a\": 0, \"b\": 0, \"count\": 2.0}, {\"a\": 1, \"b\": 1, \"count\": 3}]",
        "{\"categories\": [0, 1], \"table\": [[2.0, 0], [0, 3]]}",
    ] {
        assert_eq!(tables(read(text, None, None).unwrap()), expected, "{text}");
    }
    for (text, at) in [
        ("a,b,count\n0,0,2\n1,1,2.5\n", "line 3, field `count`: found 2.5"),
        ("a;b;count\n0;0;2\n1;1;2,5\n", "line 3, field `count`: found 2.5"),
        ("Ann,Ben,Freq\n0,0,2\n1,1,2.5\n", "line 3, field `Freq`: found 2.5"),
        ("{\"categories\": [0, 1],\n \"table\": [[2.5, 0], [0, 3]]}", "`table[0][0]`: found 2.5"),
    ] {
        let told = read(text, None, None).unwrap_err();
        assert!(told.contains(at) && told.contains("expected a whole number"), "{told}");
    }
}
