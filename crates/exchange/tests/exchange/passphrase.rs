//! The passphrase that a key is sealed with.

use exchange::{Passphrase, SecretString};
use serde::Deserialize;
use std::collections::BTreeSet;

fn refused(text: &str) -> String {
    Passphrase::new(SecretString::from(text)).expect_err(text).to_string()
}

#[test]
fn several_words_are_taken_as_they_are() {
    for text in ["correct horse battery", "Zwölf-Zeichen", "صباح الخير يا دكتور"] {
        assert_eq!(Passphrase::new(text.into()).unwrap().expose(), text);
    }
}

#[test]
fn what_is_guessed_at_once_or_copied_badly_is_refused() {
    assert_eq!(
        refused("eleven char"),
        "passphrase: found 11 characters; expected at least 12; several words work best."
    );
    assert_eq!(
        refused("🩺🩺🩺"),
        "passphrase: found 3 characters; expected at least 12; several words work best.",
        "characters count, not bytes"
    );
    assert_eq!(
        refused("121212121212"),
        "passphrase: found 2 different characters; expected at least 5; several words work best."
    );
    for text in [" correct horse battery", "correct horse battery\u{a0}"] {
        assert_eq!(
            refused(text),
            "passphrase: found white space at the beginning or the end; expected none there."
        );
    }
    assert_eq!(
        refused("correct horse\nbattery"),
        "passphrase: found a line break or another control character; expected one line of text."
    );
}

#[test]
fn a_generated_passphrase_is_long_legible_and_another_each_time() {
    let drawn: BTreeSet<String> =
        (0..50).map(|_| Passphrase::generate().unwrap().expose().to_owned()).collect();
    assert_eq!(drawn.len(), 50);
    for text in &drawn {
        let groups: Vec<&str> = text.split('-').collect();
        assert_eq!(groups.len(), 5, "{text}");
        assert!(groups.iter().all(|group| group.len() == 4), "{text}");
        let legible = |letter: char| "23456789bcdfghjkmnpqrstvwxyz-".contains(letter);
        assert!(text.chars().all(legible), "{text}");
        assert!(Passphrase::new(text.as_str().into()).is_ok(), "it may be typed in again: {text}");
    }
    // 1,000 letters of 28: a letter that never comes would be a defect of the draw.
    let letters: BTreeSet<char> = drawn.iter().flat_map(|text| text.chars()).collect();
    assert_eq!(letters.len(), 29, "{letters:?}");
}

#[test]
fn a_passphrase_does_not_show_itself_in_messages() {
    let passphrase = Passphrase::new("correct horse battery".into()).unwrap();
    assert!(!format!("{passphrase:?}").contains("horse"));
}

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    passphrase: String,
    long_enough: bool,
}

/// The screen counts before it asks, and its tests read the same cases.
#[test]
fn a_passphrase_is_as_long_as_the_screen_counts() {
    let golden: Golden = serde_json::from_str(include_str!("../golden/passphrases.json")).unwrap();
    assert!(golden.cases.len() >= 9, "no case is lost");
    for Case { name, passphrase, long_enough } in golden.cases {
        let taken = Passphrase::new(passphrase.into());
        assert_eq!(taken.is_ok(), long_enough, "{name}");
        let found = taken.err().and_then(|error| error.at().found);
        assert!(found.is_none_or(|found| found.ends_with(" characters")), "{name}");
    }
}
