//! The label of a rater, which names the file of the rater's packet.

use std::collections::BTreeMap;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// What a label may hold besides letters and digits.
pub const LABEL_SIGNS: &str = "-_ ";

/// The most characters of a label. Every disk takes a file's name that is made of so many, whatever their
/// script.
pub const LONGEST_LABEL: usize = 50;

/// A label that no rater can have.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("found {found}; expected {expected}")]
pub struct LabelError {
    /// Its place among the labels.
    pub place: usize,
    /// What is there.
    pub found: String,
    /// What would be right.
    pub expected: String,
}

/// Refuses labels that cannot name a file each.
///
/// # Errors
/// The first of them.
pub fn check_labels(labels: &[String]) -> Result<(), LabelError> {
    let mut files = BTreeMap::new();
    for (place, label) in labels.iter().enumerate() {
        let refuse = |found, expected| Err(LabelError { place, found, expected });
        let length = label.chars().count();
        if label.is_empty() {
            return refuse("nothing".into(), "a label, such as A".into());
        }
        if !label.chars().all(|sign| sign.is_alphanumeric() || LABEL_SIGNS.contains(sign)) {
            let expected = "letters, digits, spaces, - and _, as the label names a file";
            return refuse(format!("`{label}`"), expected.into());
        }
        if length > LONGEST_LABEL {
            let expected = format!("at most {LONGEST_LABEL}, as the label names a file");
            return refuse(format!("{length} characters"), expected);
        }
        if let Some(first) = files.insert(as_a_disk_sees(&packet_file(label)), place) {
            let found = format!("`{label}`, which names the same file as `raters[{first}]`");
            return refuse(found, "a label that names a file of its own".into());
        }
    }
    Ok(())
}

/// The name of the file of this rater's packet.
pub fn packet_file(label: &str) -> String {
    format!("packet-{}.primum-packet", label.replace(' ', "-"))
}

/// Some disks distinguish neither capitals nor how an accent is written. Down and up again, as `ς` and `σ`
/// share their capital alone.
fn as_a_disk_sees(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase().to_uppercase()
}
