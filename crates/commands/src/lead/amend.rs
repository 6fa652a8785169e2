//! Changing a running study: what is added or decided, by whom and why, stays in its log.

mod add_rater;

pub use add_rater::{AddRater, RaterAdded};

use super::open_study::OpenStudy;
use crate::Failure;
use store::Why;
use study::check_labels;

/// Refuses a change that nobody answers for.
pub(crate) fn why<'a>(by: &'a str, reason: &'a str) -> Result<Why<'a>, Failure> {
    let (by, reason) = (by.trim(), reason.trim());
    if by.is_empty() {
        return Err(Failure::field("by", "nothing", "who changes the study"));
    }
    if reason.is_empty() {
        return Err(Failure::field("reason", "nothing", "why it is changed; it stays in the log"));
    }
    Ok(Why { by, reason })
}

impl OpenStudy {
    /// `label` as that of a further rater, whose packet has a file of its own.
    pub(crate) fn new_label(&self, label: &str) -> Result<String, Failure> {
        let label = label.trim().to_owned();
        let wrong = |found: String, expected: String| Failure::field("label", found, expected);
        check_labels(std::slice::from_ref(&label))
            .map_err(|error| wrong(error.found, error.expected))?;
        match self.everyone().find(|rater| same_file(&rater.packet.rater, &label)) {
            Some(taken) => Err(wrong(
                format!(
                    "`{label}`, which names the same file as that of rater {}",
                    taken.packet.rater
                ),
                "a label that no rater of this study has".into(),
            )),
            None => Ok(label),
        }
    }
}

fn same_file(one: &str, other: &str) -> bool {
    check_labels(&[one.to_owned(), other.to_owned()]).is_err()
}
