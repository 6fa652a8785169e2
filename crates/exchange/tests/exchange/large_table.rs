//! Tables that are longer than what is read at a time: where cells are quoted, lines end in other ways, items
//! come in any order, and where something is wrong.

use crate::support::Folder;
use exchange::{Mapping, ScoreSource, harm_scales};
use std::fmt::Write;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use study::{Score, ScoredItems};

/// Some more than a block.
const ITEMS: usize = 20_000;

fn grade(item: usize) -> usize {
    item * 7 % 5
}

/// A tidy table with a line for each of `items`, which `line` writes.
fn table(items: impl Iterator<Item = usize>, line: impl Fn(usize) -> String) -> String {
    let mut text = String::from("rater,item,axis,value\n");
    items.for_each(|item| writeln!(text, "{}", line(item)).unwrap());
    text
}

fn plain(item: usize) -> String {
    format!("Ann,item {item},omission,{}", grade(item))
}

fn open(
    folder: &Folder,
    name: &str,
    text: impl AsRef<[u8]>,
) -> Result<ScoreSource, exchange::Error> {
    ScoreSource::open(folder.put(name, text).to_str().unwrap())
}

/// Holds that the file has every item with its grade.
fn assert_all(text: impl AsRef<[u8]>, what: &str) {
    let folder = Folder::new();
    let scores = open(&folder, "t.csv", text).unwrap().scores(&harm_scales()).unwrap();
    assert_eq!(scores.items.len(), ITEMS, "{what}");
    for item in 0..ITEMS {
        let expected = Score::Grade(grade(item) as i16);
        assert_eq!(scores.score(&format!("item {item}"), "omission"), expected, "{what}");
    }
}

#[test]
fn every_row_is_read_however_it_is_written() {
    let lines = table(0..ITEMS, plain);
    assert_all(&lines, "plain");
    assert_all(lines.trim_end(), "without an end of line at the end");
    assert_all(lines.replace('\n', "\r\n"), "with carriage returns");
    assert_all(lines.replace('\n', "\r"), "with carriage returns alone");
    assert_all(lines.replace('\n', "\n\n"), "with blank lines");
    assert_all(format!("\u{feff}{lines}"), "with a byte order mark");
    assert_all(format!("sep=;\n{}", lines.replace(',', ";")), "with a declared separator");
    let quoted = |item| format!("\"Ann\",\"item {item}\",omission,{}", grade(item));
    assert_all(table(0..ITEMS, quoted), "quoted");
    let late = |item| if item > ITEMS * 2 / 3 { quoted(item) } else { plain(item) };
    assert_all(table(0..ITEMS, late), "quoted from a row on");
    assert_all(table((0..ITEMS).rev(), plain), "backwards");
    assert_all(table((0..ITEMS).map(|at| at * 7_919 % ITEMS), plain), "in any order");
    let utf_16 = lines.encode_utf16().flat_map(u16::to_le_bytes);
    assert_all([0xff, 0xfe].into_iter().chain(utf_16).collect::<Vec<u8>>(), "in UTF-16");
    assert_all(table(0..ITEMS, |item| format!("René,item {item},omission,{}", grade(item))), "é");
}

/// A line within a quoted cell, and blank lines, count as lines.
#[test]
fn an_error_names_its_line_however_far_down_it_is() {
    let bad = ITEMS - 5;
    let wrong = |item: usize, others: &dyn Fn(usize) -> String| match item == bad {
        true => format!("Ann,item {item},omission,9"),
        false => others(item),
    };
    let two_lines = |item| format!("Ann,item {item},omission,\"{}\n\"", grade(item));
    let blank = |item| format!("{}\n\r", plain(item));
    let quoted_first = |item| match item {
        0 => format!("\"Ann\",item 0,omission,{}", grade(0)),
        _ => format!("{}\r\n", plain(item)),
    };
    for (others, line) in [
        (&plain as &dyn Fn(usize) -> String, bad + 2),
        (&two_lines, 2 * bad + 2),
        (&quoted_first, 2 * bad + 1),
    ] {
        let folder = Folder::new();
        let source = open(&folder, "t.csv", table(0..ITEMS, |item| wrong(item, others))).unwrap();
        let told = source.scores(&harm_scales()).unwrap_err().to_string();
        assert!(told.contains(&format!("line {line}, field `value`: found 9")), "{line}: {told}");
    }
    let folder = Folder::new();
    let text = table(0..ITEMS, |item| if item == bad { "Ann,item".into() } else { blank(item) });
    let told = folder.told(open(&folder, "t.csv", text));
    assert!(told.contains(&format!("line {}, the row: found 2 cells", 2 * bad + 2)), "{told}");
}

/// A second score is told with the line of the first, whatever is between them.
#[test]
fn a_second_score_is_told_with_both_lines() {
    let folder = Folder::new();
    let text = table(0..ITEMS, plain) + "Ann,item 100,omission,4\nAnn,item 7,omission,3\n";
    let source = open(&folder, "t.csv", text).unwrap();
    let told = source.scores(&harm_scales()).unwrap_err().to_string();
    let expected = format!(
        "line {}, field `value`: found 4 for item 100 on omission, which line 102 scores differently",
        ITEMS + 2
    );
    assert_eq!(grade(100), 0);
    assert!(told.contains(&expected), "{told}");
}

/// What is not text further down than where a file is recognised.
#[test]
fn a_file_that_must_be_read_whole_is() {
    let lines = table(0..ITEMS, plain).into_bytes();
    let folder = Folder::new();
    let latin = [&lines[..], b"Ren\xe9,x,omission,1\n"].concat();
    let source = open(&folder, "latin.csv", latin).unwrap();
    assert!(source.notes()[0].contains("Windows-1252"), "{:?}", source.notes());
    let unclosed = [&lines[..], b"Ann,\"x,omission,1\n"].concat();
    let told = folder.told(open(&folder, "cut.csv", unclosed));
    assert!(told.contains(&format!("line {}", ITEMS + 2)), "{told}");
}

/// A table is read several times. One that another program writes again meanwhile is read as it was before or
/// as it is now, or refused; never partly so, with grades under the wrong raters.
#[test]
fn a_file_that_changes_while_it_is_read_is_not_mixed() {
    let folder = Folder::new();
    let rows =
        |cells: &str| (0..ITEMS).map(|item| format!("item {item},{cells}\n")).collect::<String>();
    let before = format!("item,Ann,Ben\n{}", rows("0,1"));
    let after = format!("item,Ben,Ann,\n{}", rows("1,0"));
    let file = folder.put("t.csv", &before);
    let is_done = AtomicBool::new(false);
    let (mut read, mut refused) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for text in [after, before].iter().cycle() {
                if is_done.load(Relaxed) {
                    return;
                }
                let draft = folder.put("draft", text);
                std::fs::rename(draft, &file).unwrap();
            }
        });
        while (read + refused < 30 || refused == 0) && read < 1_000 {
            match ScoreSource::open(file.to_str().unwrap()) {
                Ok(source) => {
                    let grades = source.grades().unwrap();
                    let wrong = grades
                        .all()
                        .find(|given| given.value != if given.rater == "Ann" { "0" } else { "1" });
                    read += 1;
                    is_done.store(wrong.is_some(), Relaxed);
                    assert_eq!(wrong, None);
                }
                Err(error) => {
                    let told = error.to_string();
                    let expected = "t.csv: the file changed while it was read; read it again.";
                    is_done.store(!told.ends_with(expected), Relaxed);
                    assert!(told.ends_with(expected), "{told}");
                    refused += 1;
                }
            }
        }
        is_done.store(true, Relaxed);
    });
    assert!(refused > 0);
}

/// Files that are opened beside each other number their items alike, in whatever order these come.
#[test]
fn files_beside_each_other_share_their_items() {
    let folder = Folder::new();
    let first = open(&folder, "a.csv", table(0..ITEMS, plain)).unwrap();
    let second = folder.put("b.csv", table((5..ITEMS + 5).rev(), plain));
    let beside =
        ScoreSource::open_beside(second.to_str().unwrap(), &Mapping::default(), Some(&first));
    let alone = ScoreSource::open(second.to_str().unwrap()).unwrap();
    let scales = harm_scales();
    let [first, beside, alone] =
        [first, beside.unwrap(), alone].map(|source| source.scores(&scales).unwrap().items);
    assert_eq!(beside, alone);
    assert_eq!(ScoredItems::numbers([&first, &beside]), Some(ITEMS as u32 + 5));
    assert_eq!(ScoredItems::numbers([&first, &alone]), None);
    assert_eq!((beside.contains("item 4"), beside.contains("item 5")), (false, true));
}
