//! Hostile versions come by chance, and come again.

use attack::dice::Dice;
use attack::mutate::{Mutation, Put, mutation};
use serde_json::{Value, json};

const FIRST_BY_CHANCE: usize = 10;

/// Versions of `text` that come by chance.
fn versions(text: &str, seed: u64) -> Vec<Mutation> {
    let version =
        |case: usize| mutation(text.as_bytes(), case, &mut Dice::new(seed, "p", case as u64));
    (FIRST_BY_CHANCE..FIRST_BY_CHANCE + 300).map(version).collect()
}

fn bytes(mutation: &Mutation) -> &[u8] {
    match &mutation.put {
        Put::Bytes(bytes) => bytes,
        other => panic!("no bytes: {other:?}"),
    }
}

fn example() -> String {
    let content = json!({ "name": "Ann", "grades": [0, 1, 2], "more": { "deep": [{ "x": 1.5 }] } });
    let file = json!({ "format": "f", "digest": study::Digest::of(&content), "content": content });
    serde_json::to_string_pretty(&file).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_versions() {
    assert_eq!(versions(&example(), 1), versions(&example(), 1));
    assert_ne!(versions(&example(), 1), versions(&example(), 2));
}

#[test]
fn versions_differ_from_the_good_file_in_many_ways() {
    let all = versions(&example(), 1);
    let different = all.iter().filter(|version| bytes(version) != example().as_bytes()).count();
    assert!(different > 280, "{different}");
    let has = |test: &dyn Fn(&[u8]) -> bool| all.iter().any(|version| test(bytes(version)));
    assert!(has(&|bytes| std::str::from_utf8(bytes).is_err()), "no text");
    assert!(has(&|bytes| bytes.contains(&0)), "NUL");
    assert!(has(&|bytes| bytes.starts_with(b"{") && bytes.len() > 100_000), "long");
    let text = |version: &Mutation| String::from_utf8_lossy(bytes(version)).into_owned();
    for part in ["[[[[[[", "1e999", "unknown"] {
        assert!(all.iter().any(|version| text(version).contains(part)), "{part}");
    }
    let twice = |version: &Mutation| {
        let is_twice = |field: &&str| text(version).matches(*field).count() == 2;
        // Where the whole file is there twice, it is not compact.
        text(version).starts_with("{\"")
            && ["\"name\":", "\"grades\":", "\"more\":", "\"x\":"].iter().any(is_twice)
    };
    assert!(all.iter().any(twice), "a field that is there twice");
    assert!(
        !all.iter().any(|version| text(version).contains("primum-attack")),
        "a placeholder is left"
    );
}

#[test]
fn some_changes_have_a_digest_that_fits() {
    let fits = |version: &Mutation| {
        let Ok(value) = serde_json::from_slice::<Value>(bytes(version)) else { return false };
        let good: Value = serde_json::from_str(&example()).unwrap();
        value["content"] != good["content"]
            && value["digest"] == json!(study::Digest::of(&value["content"]))
    };
    assert!(versions(&example(), 1).iter().any(fits));
}

#[test]
fn nothing_to_change_is_no_trouble() {
    for text in ["", "\n", "{}", "[]", "a,b", "{\"a\":1}\n{\"a\":2}\n"] {
        assert_eq!(versions(text, 1).len(), 300);
    }
}
