//! Thresholds registered before the key is opened.

use crate::support::Folder;
use exchange::read_thresholds;
use study::{Digest, Quantity, Relation};

const ONE: &str = r#"{"axis": "omission", "quantity": "sensitivity", "grade": 2,
    "relation": "at_least", "value": 0.8}"#;

fn file(thresholds: &str) -> String {
    format!(r#"{{"format": "primum-thresholds/1", "thresholds": [{thresholds}]}}"#)
}

#[test]
fn what_is_written_is_read_with_the_digest_of_its_bytes() {
    let folder = Folder::new();
    let path = folder.put("thresholds.json", file(ONE));
    let (read, digest) = read_thresholds(&path).unwrap();
    let threshold = &read.thresholds[0];
    assert_eq!(
        (threshold.quantity, threshold.relation),
        (Quantity::Sensitivity, Relation::AtLeast)
    );
    assert_eq!((threshold.grade, threshold.value, &threshold.judge), (Some(2), 0.8, &None));
    assert_eq!(digest, Digest::of_bytes(file(ONE).as_bytes()));
    let other = folder.put("other.json", file(&ONE.replace("0.8", "0.79")));
    assert_ne!(read_thresholds(&other).unwrap().1, digest);
}

#[test]
fn what_cannot_be_held_is_refused_with_its_place() {
    let folder = Folder::new();
    for (text, told) in [
        (file(""), "`thresholds`: found none; expected at least one"),
        (file(&ONE.replace(r#""grade": 2,"#, "")), "threshold 1, field `grade`: found nothing"),
        (
            file(&ONE.replace("sensitivity", "miss_rate")),
            "threshold 1, field `grade`: found 2; expected nothing",
        ),
        (
            file(&ONE.replace("0.8", "1.8e19")),
            "thresholds.json, threshold 1, field `value`: found 1.8e19; expected 0 to 1, for sensitivity.",
        ),
        (file(&ONE.replace("0.8", "-0.1")), "found -0.1; expected 0 to 1, for sensitivity"),
        (
            file(&ONE.replace("0.8", "0")),
            "found at least 0.0; expected what sensitivity, 0 to 1, can both",
        ),
        (
            file(&ONE.replace("0.8", "1").replace("at_least", "above")),
            "found above 1.0; expected what sensitivity",
        ),
        (file(&ONE.replace("sensitivity", "sensitivty")), "sensitivty"),
        (file(&ONE.replace("at_least", ">=")), ">="),
        (file(&ONE.replace("axis", "axes")), "axes"),
        (file(ONE).replace("/1", "/2"), "made by a newer Primum"),
        (ONE.into(), "primum-thresholds/1"),
    ] {
        let path = folder.put("thresholds.json", text);
        let error = read_thresholds(&path).unwrap_err().to_string();
        assert!(error.contains(told) && error.contains("thresholds.json"), "{error}");
    }
}
