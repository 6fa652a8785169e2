//! Changing a running study: what is added or decided, by whom and why, stays in its log.

mod add_rater;

pub use add_rater::{AddRater, RaterAdded};

use super::open_study::OpenStudy;
use crate::Failure;
use jiff::Timestamp;
use store::{Amendment, Event, LogEntry, Why};
use study::{LONGEST_LABEL, PacketId, check_labels};

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

/// How a packet came into the running study, and whether it counts.
#[derive(Default)]
pub(crate) struct Amended {
    pub(crate) added: Option<(Timestamp, Amendment)>,
    pub(crate) second_of: Option<PacketId>,
    pub(crate) aside: Option<Amendment>,
}

impl Amended {
    /// What `log` says of `packet`.
    pub(crate) fn of(packet: &PacketId, log: &[LogEntry]) -> Self {
        let mut found = Self::default();
        for LogEntry { at, event, .. } in log {
            match event {
                Event::RaterAdded { packet: own, amendment, .. } if own == packet => {
                    found.added = Some((*at, amendment.clone()));
                }
                Event::SecondPerson { packet: own, of, amendment } if own == packet => {
                    found.added = Some((*at, amendment.clone()));
                    found.second_of = Some(of.clone());
                }
                Event::SetAside { packet: own, amendment } if own == packet => {
                    found.aside = Some(amendment.clone());
                }
                _ => {}
            }
        }
        found
    }
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

    /// A label for another person who rated the packet of `label`.
    pub(crate) fn label_beside(&self, label: &str) -> String {
        let begin: String = label.chars().take(LONGEST_LABEL - "-999".len()).collect();
        let taken =
            |label: &str| self.everyone().any(|rater| same_file(&rater.packet.rater, label));
        let mut labels = (2..).map(|number| format!("{begin}-{number}"));
        labels.find(|label| !taken(label)).unwrap_or(begin)
    }
}

fn same_file(one: &str, other: &str) -> bool {
    check_labels(&[one.to_owned(), other.to_owned()]).is_err()
}
