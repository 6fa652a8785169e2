//! The list "What we write instead" of docs/words.md, kept in pages, messages, screens and comments.

use crate::support::files;
use regex::{Regex, RegexBuilder};
use std::fs;
use std::path::PathBuf;
use testing::root;

/// Where the list is. It is the one page that may use the words.
const LIST: &str = "docs/words.md";

/// A blank, or a line break within a comment or a string.
const BLANK: &str = r"(?:\s+(?://[/!]?\s+)?|\s*\\\s+)";

/// A row of the list.
struct Row {
    not: String,
    but: String,
    found_by: Regex,
}

impl Row {
    fn read(line: &str) -> Self {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [not, but, found_by] = cells[..] else {
            panic!("{LIST}: three cells expected: {line}")
        };
        // Boundaries of ASCII words are found much faster than those of all Unicode's.
        let pattern = found_by.trim_matches('`').replace(r"\|", "|").replace(r"\b", r"(?-u:\b)");
        let pattern = pattern.replace(' ', BLANK);
        let found_by = RegexBuilder::new(&pattern).case_insensitive(true).build().unwrap();
        Self { not: not.to_owned(), but: but.to_owned(), found_by }
    }

    /// What is wrong in the `text` of a file called `name`: the line, the words and what to write instead.
    fn faults(&self, name: &str, text: &str) -> Vec<String> {
        let fault = |found: regex::Match<'_>| {
            let line = text[..found.start()].matches('\n').count() + 1;
            let words = found.as_str().split_whitespace().filter(|word| !is_mark(word));
            let words = words.collect::<Vec<_>>().join(" ");
            format!("{name}:{line}: found `{words}`; write instead: {}", self.but)
        };
        self.found_by.find_iter(text).map(fault).collect()
    }
}

/// Whether `word` only continues a comment or a string on the next line.
fn is_mark(word: &str) -> bool {
    word.chars().all(|letter| "/!\\".contains(letter))
}

fn rows() -> Vec<Row> {
    let text = fs::read_to_string(root().join(LIST)).unwrap();
    let (_, table) = text.split_once("| not | but | found by |\n").expect("the list has its head");
    table.lines().skip(1).take_while(|line| line.starts_with('|')).map(Row::read).collect()
}

/// Every file that a person reads.
fn texts() -> Vec<PathBuf> {
    let folders = ["crates", "src-tauri", "ui/src", "ui/tests", "docs", "annotations", "scenarios"];
    let below = |folder: &str| files(&root().join(folder), &[".rs", ".ts", ".svelte", ".md"]);
    let mut found: Vec<PathBuf> = folders.into_iter().flat_map(below).collect();
    let pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "Makefile"];
    found.extend(pages.map(|page| root().join(page)));
    found.retain(|file| !file.ends_with(LIST));
    found
}

#[test]
fn plain_words_are_used_everywhere() {
    let (rows, texts) = (rows(), texts());
    assert!(texts.len() > 500, "the texts were found: {}", texts.len());
    // Most texts have none of the words: one search for all is enough to say so.
    let patterns: Vec<&str> = rows.iter().map(|row| row.found_by.as_str()).collect();
    let any = RegexBuilder::new(&patterns.join("|")).case_insensitive(true).build().unwrap();
    let mut faults = Vec::new();
    for file in texts {
        let name = file.strip_prefix(root()).unwrap().display().to_string();
        let text = fs::read_to_string(&file).unwrap();
        if !any.is_match(&text) {
            continue;
        }
        faults.extend(rows.iter().flat_map(|row| row.faults(&name, &text)));
    }
    assert!(
        faults.is_empty(),
        "{} words that {LIST} replaces:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn every_row_finds_what_it_replaces_and_nothing_else() {
    let rows = rows();
    assert!(rows.len() > 10, "the list was read");
    for Row { not, but, found_by } in rows {
        for words in not.split([',', ';']) {
            assert!(found_by.is_match(words), "{LIST}: the pattern of `{not}` misses `{words}`");
        }
        assert!(!found_by.is_match(&but), "{LIST}: the pattern of `{not}` also finds `{but}`");
    }
}

#[test]
fn words_are_found_across_lines_and_named_with_their_line() {
    let row = Row::read("| in the end | finally | `\\bin the (end\\|long run)\\b` |");
    let text = "//! Good.\n//!\n/// What counts in\n    /// the end.\nlet said = \"In the \\\n long run\";\n";
    assert_eq!(
        row.faults("a.rs", text),
        [
            "a.rs:3: found `in the end`; write instead: finally",
            "a.rs:5: found `In the long run`; write instead: finally",
        ]
    );
}
