//! Changing a running study: what is added or decided, by whom and why, stays in its log.

mod add_items;
mod add_rater;
mod write_packets;

pub use add_items::{AddItems, ItemsAdded};
pub use add_rater::{AddRater, RaterAdded};
pub use write_packets::{PacketWritten, PacketsWritten, WritePackets};

use super::open_study::{OpenStudy, study_file};
use crate::Failure;
use jiff::Timestamp;
use store::{Amendment, Event, FileTurn, LogEntry, StudyStore, Taken, Why};
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

/// Waits until nobody else changes `study`, which its name and its files follow from.
pub(crate) fn turn_at(study: &str) -> Result<FileTurn, Failure> {
    let file = study_file(study);
    StudyStore::open(&file)?.check_writable()?;
    Ok(FileTurn::wait(&file)?)
}

/// How a packet came into the running study, and whether it counts.
#[derive(Default)]
pub(crate) struct Amended {
    pub(crate) added: Option<(Timestamp, Amendment)>,
    pub(crate) second_of: Option<PacketId>,
    pub(crate) aside: Option<Amendment>,
    /// The packet of the rater whose ratings these are too.
    pub(crate) joined_to: Option<PacketId>,
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
                Event::OnePerson { packet: of, kept, .. } if kept == packet => {
                    found.second_of = Some(of.clone());
                    found.joined_to = Some(of.clone());
                }
                Event::SetAside { packet: own, amendment } if own == packet => {
                    found.aside = Some(amendment.clone());
                }
                Event::TakenAgain { packet: own, of, taken, amendment } => {
                    let aside = |is: bool| is.then(|| amendment.clone());
                    if own == packet {
                        found.joined_to = (*taken == Taken::OnePerson).then(|| of.clone());
                        found.aside = aside(*taken == Taken::First);
                        found.added.get_or_insert_with(|| (*at, amendment.clone()));
                    } else if of == packet {
                        found.aside = aside(*taken == Taken::Second);
                    }
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
        match self.all().find(|rater| same_file(&rater.packet.rater, &label)) {
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
        let taken = |label: &str| self.all().any(|rater| same_file(&rater.packet.rater, label));
        let mut labels = (2..).map(|number| format!("{begin}-{number}"));
        labels.find(|label| !taken(label)).unwrap_or(begin)
    }
}

fn same_file(one: &str, other: &str) -> bool {
    check_labels(&[one.to_owned(), other.to_owned()]).is_err()
}
