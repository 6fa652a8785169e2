//! What the pages say of the code: lists, names and paths that would otherwise fall behind it.

use crate::support::{files, primum};
use regex::Regex;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use testing::root;

type Names = BTreeSet<String>;

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The first group of every match of `pattern` in `text`.
fn all(pattern: &str, text: &str) -> Names {
    let pattern = Regex::new(pattern).unwrap();
    pattern.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// Fails where what `page` lists and what the code has are not the same.
fn assert_same(page: &str, listed: &Names, there: &Names) {
    let surplus: Vec<&String> = listed.difference(there).collect();
    let missing: Vec<&String> = there.difference(listed).collect();
    let same = surplus.is_empty() && missing.is_empty();
    assert!(same, "{page} lists {surplus:?}, which do not exist, and does not list {missing:?}");
}

/// The pages by their names.
fn pages() -> Vec<(String, String)> {
    let mut names = vec!["README.md".to_owned(), "CONTRIBUTING.md".to_owned()];
    for file in files(&root().join("docs"), &[".md"]) {
        names.push(file.strip_prefix(root()).unwrap().display().to_string());
    }
    names.into_iter().map(|name| (name.clone(), read(&name))).collect()
}

/// What the pages set as code, each piece on one line.
fn code() -> Vec<(String, String)> {
    let pattern = Regex::new(r"(?s)```\w*\n(.*?)```|`([^`]+)`").unwrap();
    let mut found = Vec::new();
    for (page, text) in pages() {
        for piece in pattern.captures_iter(&text) {
            if let Some(block) = piece.get(1) {
                let lines = block.as_str().replace("\\\n", " ");
                found.extend(lines.lines().map(|line| (page.clone(), line.to_owned())));
            } else {
                let words: Vec<&str> = piece[2].split_whitespace().collect();
                found.push((page.clone(), words.join(" ")));
            }
        }
    }
    found
}

/// The Rust sources that are part of the product.
fn sources() -> String {
    let crates = files(&root().join("crates"), &[".rs"]);
    let product = crates.iter().filter(|file| {
        let name = file.strip_prefix(root().join("crates")).unwrap().display().to_string();
        name.contains("/src/") && !name.starts_with("attack/") && !name.starts_with("e2e/")
    });
    product.map(|file| fs::read_to_string(file).unwrap()).collect()
}

#[test]
fn every_decision_is_in_the_list() {
    let folder = root().join("docs/decisions");
    let name = |file: &PathBuf| file.file_name().unwrap().to_string_lossy().into_owned();
    let mut there: Names = files(&folder, &[".md"]).iter().map(name).collect();
    there.remove("README.md");
    let listed = all(r"\]\((\d{4}-[^)]*)\)", &read("docs/decisions/README.md"));
    assert_same("docs/decisions/README.md", &listed, &there);
}

/// Keeps of each format only its highest version.
fn newest(formats: Names) -> Names {
    let highest = |format: &String| {
        let (name, version) = format.split_once('/').unwrap();
        let same = formats.iter().filter_map(|other| other.split_once('/'));
        let versions = same.filter(|(other, _)| *other == name);
        versions.filter_map(|(_, other)| other.parse().ok()).max() == version.parse::<u32>().ok()
    };
    formats.iter().filter(|format| highest(format)).cloned().collect()
}

#[test]
fn every_format_is_listed_at_its_version() {
    let sources = sources();
    let declared = Regex::new(r#"Format\s*\{\s*name: "([a-z-]+)",\s*version: (\d+)"#).unwrap();
    let mut written = all(r#""(primum-[a-z-]+/\d+)""#, &sources);
    written.extend(declared.captures_iter(&sources).map(|f| format!("primum-{}/{}", &f[1], &f[2])));
    let page = read("docs/file-formats.md");
    let (_, table) = page.split_once("| format | what it is |\n").expect("the table of formats");
    let rows: String = table.lines().take_while(|line| line.starts_with('|')).collect();
    let listed = all(r"`(primum-[a-z-]+/\d+)`", &rows);
    assert_same("docs/file-formats.md", &listed, &newest(written));
}

#[test]
fn every_method_of_an_interval_is_named() {
    let source = read("crates/agreement/src/interval.rs");
    let (_, shown) = source.split_once("impl std::fmt::Display for Method").unwrap();
    let shown = shown.split_once("\n}\n").unwrap().0;
    let page = read("docs/statistics.md");
    let row = page.lines().find(|line| line.starts_with("| interval | two bounds")).unwrap();
    assert_same("docs/statistics.md", &all("`([^`]+)`", row), &all(r#"=> "([^"]+)""#, shown));
}

/// The functions that `agreement` offers, by the list in its lib.rs.
fn offered() -> Names {
    let lib = read("crates/agreement/src/lib.rs");
    let (_, list) = lib.split_once("\npub use ").unwrap();
    let (list, _) = list.split_once("#[doc(hidden)]").unwrap();
    all(r"\b([a-z]\w*)\s*[,;}]", list)
}

/// Those of its functions that an example in their documentation calls and checks.
fn shown() -> Names {
    let sources = files(&root().join("crates/agreement/src"), &[".rs"]);
    let sources: String = sources.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let function = Regex::new(r"(?m)((?:^///.*\n)+)(?:^#\[.*\n)*^pub fn (\w+)").unwrap();
    let block = Regex::new(r"(?s)/// ```(\w*)\n(.*?)/// ```\n").unwrap();
    let is_shown = |found: &regex::Captures<'_>| {
        let call = format!("{}(", &found[2]);
        let mut blocks = block.captures_iter(&found[1]);
        blocks.any(|it| it[1].is_empty() && it[2].contains(&call) && it[2].contains("assert"))
    };
    function.captures_iter(&sources).filter(is_shown).map(|found| found[2].to_owned()).collect()
}

#[test]
fn every_function_of_agreement_has_an_example() {
    let offered = offered();
    assert!(offered.contains("cohen_kappa"), "the list was read: {offered:?}");
    let shown = shown();
    let missing: Vec<&String> = offered.difference(&shown).collect();
    assert!(missing.is_empty(), "no example in its documentation checks {missing:?}");
}

/// The commands below `command` in `primum`, with their own.
fn commands(command: &str) -> Names {
    let mut asked: Vec<&str> = command.split_whitespace().skip(1).collect();
    asked.push("--help");
    let help = primum(&root(), &asked).out;
    let Some((_, list)) = help.split_once("Commands:\n") else { return Names::new() };
    let list: String = list
        .lines()
        .take_while(|line| !line.is_empty())
        .fold(String::new(), |list, line| list + line + "\n");
    let names = all(r"(?m)^  ([a-z][a-z-]*)\b", &list);
    let below = names.iter().filter(|name| *name != "help").map(|name| format!("{command} {name}"));
    below.flat_map(|found| commands(&found).into_iter().chain([found])).collect()
}

/// The command that `code` calls: `primum` and the names after it, as far as there can be one.
fn called(code: &str, exist: &Names) -> Option<String> {
    let (_, rest) = code.split_once("primum ")?;
    let name = Regex::new(r"^[a-z][a-z-]*$").unwrap();
    let mut called = "primum".to_owned();
    for word in rest.split_whitespace().take_while(|word| name.is_match(word)) {
        let takes_one = called == "primum" || called == "primum study";
        let next = format!("{called} {word}");
        if !takes_one && !exist.contains(&next) {
            break;
        }
        called = next;
    }
    (called != "primum").then_some(called)
}

#[test]
fn commands_of_the_pages_exist_and_every_command_is_on_a_page() {
    let exist = commands("primum");
    assert!(exist.contains("primum study open-key"), "the help was read: {exist:?}");
    let mut named = Names::new();
    for (page, code) in code() {
        if let Some(called) = called(&code, &exist) {
            assert!(exist.contains(&called), "{page}: there is no `{called}`: {code}");
            named.insert(called);
        }
    }
    let missing: Vec<&String> = exist.difference(&named).collect();
    assert!(missing.is_empty(), "no page names {missing:?}");
}

#[test]
fn targets_of_the_pages_exist_in_the_makefile() {
    let targets = all(r"(?m)^([a-z-]+):", &read("Makefile"));
    assert!(targets.contains("test"), "the Makefile was read: {targets:?}");
    for (page, code) in code() {
        for target in all(r"^(?:[A-Z_]+=\S+ )*make ([a-z-]+)", &code) {
            assert!(targets.contains(&target), "{page}: the Makefile has no `{target}`: {code}");
        }
    }
}

/// Every file and folder that a page may name, by its path from the root.
fn paths() -> Names {
    let folders =
        [".ci", "crates", "src-tauri", "ui/src", "ui/tests", "docs", "annotations", "scenarios"];
    let mut found: Names = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    for file in folders.iter().flat_map(|folder| files(&root().join(folder), &[""])) {
        let name = file.strip_prefix(root()).unwrap();
        found.extend(name.ancestors().map(|path| path.display().to_string()));
    }
    found
}

/// The paths that `line` names. What is built is not in the repository.
fn named_paths(line: &str) -> impl Iterator<Item = String> {
    let path = Regex::new(r"^[\w.-]+(/[\w.-]+)*/?$").unwrap();
    let ends = [".rs", ".ts", ".svelte", ".sql", ".md", ".toml", ".json"];
    all("`([^`]+)`", line).into_iter().filter(move |code| {
        let is_path = code.contains('/') || ends.iter().any(|end| code.ends_with(end));
        is_path && path.is_match(code) && !code.starts_with("target/")
    })
}

/// Where `line` speaks of: the folder in the first cell of a row, or the whole repository.
fn home(line: &str) -> String {
    let cell = Regex::new(r"^\| `([\w/-]+)` \|").unwrap();
    cell.captures(line).map_or_else(String::new, |found| format!("{}/", found[1].trim_matches('/')))
}

#[test]
fn paths_of_the_pages_exist() {
    let paths = paths();
    for page in ["docs/architecture.md", "CONTRIBUTING.md"] {
        for (number, line) in read(page).lines().enumerate() {
            let home = home(line);
            for named in named_paths(line) {
                let path = named.trim_end_matches('/');
                let end = format!("/{path}");
                let exists = paths.iter().any(|there| {
                    there == path || there.starts_with(&home) && there.ends_with(&end)
                });
                assert!(exists, "{page}:{}: there is no `{named}` in `{home}`", number + 1);
            }
        }
    }
}

/// The anchor that a heading gets.
fn anchor(heading: &str) -> String {
    let kept = |letter: &char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_');
    heading.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
}

#[test]
fn links_of_the_pages_lead_somewhere() {
    for (page, text) in pages() {
        let folder = root().join(&page).parent().unwrap().to_owned();
        for link in all(r"\]\(([^)\s]+)\)", &text) {
            if link.contains("://") {
                continue;
            }
            let (file, wanted) = link.split_once('#').unwrap_or((&link, ""));
            let target = if file.is_empty() { root().join(&page) } else { folder.join(file) };
            assert!(target.exists(), "{page}: the link {link} leads to no file");
            if !wanted.is_empty() {
                let headings = all(r"(?m)^#+ (.+)$", &fs::read_to_string(&target).unwrap());
                let found = headings.iter().any(|heading| anchor(heading) == wanted);
                assert!(found, "{page}: the link {link} leads to no heading");
            }
        }
    }
}
