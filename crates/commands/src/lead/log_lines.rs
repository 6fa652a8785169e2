//! The log of a study, in sentences.

use super::open_study::{OpenStudy, StudyRater};
use crate::harmless;
use crate::names::{count, enumerated};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use store::{Amendment, Event, LogEntry, ReceivedSoFar, RegisteredKind, Taken};
use study::{PacketId, counting_decisions};
use ts_rs::TS;

/// Something that happened.
#[derive(Debug, Serialize, TS)]
pub struct LogLine {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What, in a sentence.
    pub message: String,
}

/// Everything that happened, the latest last.
pub(crate) fn all(study: &OpenStudy) -> Vec<LogLine> {
    lines(study, |_, _| true)
}

/// What changed the running study: what was decided about its raters, and what came late.
pub(crate) fn changes(study: &OpenStudy) -> Vec<LogLine> {
    lines(study, |entry, late| {
        entry.event.amendment().is_some()
            || late.is_some() && matches!(entry.event, Event::Received { .. })
    })
}

/// What the log says of the change that brought `packet`.
pub(crate) fn change_with(study: &OpenStudy, packet: &PacketId) -> String {
    let brought = |entry: &LogEntry| match &entry.event {
        Event::RaterAdded { packet: own, .. } => own == packet,
        Event::ItemsAdded { packets, .. } => packets.contains(packet),
        _ => false,
    };
    let found = lines(study, |entry, _| brought(entry));
    found.into_iter().next().map(|line| line.message).unwrap_or_default()
}

/// The entries that are `wanted`, by themselves and by what they came after.
fn lines(study: &OpenStudy, wanted: impl Fn(&LogEntry, Option<&str>) -> bool) -> Vec<LogLine> {
    let labels = Labels::of(study);
    let opened = study.opened_entry();
    let line = |entry: &LogEntry| {
        let after_opening = opened.is_some_and(|number| entry.number > number);
        let late = came_after(after_opening, decided_by(study, entry.at));
        let message = labels.sentence(&entry.event, late.as_deref());
        wanted(entry, late.as_deref())
            .then(|| LogLine { at: entry.at.to_string(), message: harmless(&message).into() })
    };
    study.log.iter().filter_map(line).collect()
}

/// How many disagreements had been decided by then.
fn decided_by(study: &OpenStudy, then: Timestamp) -> usize {
    let before: Vec<_> =
        study.decisions.iter().filter(|decision| decision.decided_at < then).cloned().collect();
    counting_decisions(&before).len()
}

/// What something came after that it should have come before.
fn came_after(after_opening: bool, decisions: usize) -> Option<String> {
    match (after_opening, decisions) {
        (true, _) => Some("after the key was opened".into()),
        (false, 0) => None,
        (false, 1) => Some("after 1 disagreement had been decided".into()),
        (false, several) => Some(format!("after {several} disagreements had been decided")),
    }
}

/// The raters' labels, by packet.
struct Labels<'a>(BTreeMap<&'a PacketId, &'a str>);

impl<'a> Labels<'a> {
    fn of(study: &'a OpenStudy) -> Self {
        let label = |rater: &'a StudyRater| (&rater.packet.packet, rater.packet.rater.as_str());
        Self(study.all().map(label).collect())
    }

    fn rater(&self, packet: &PacketId) -> &'a str {
        self.0.get(packet).copied().unwrap_or("?")
    }

    fn sentence(&self, event: &Event, late: Option<&str>) -> String {
        let rater = |packet: &PacketId| self.rater(packet);
        match event {
            Event::Created => "The study was created.".into(),
            Event::Sealed { .. } => "The key was sealed.".into(),
            Event::HandedOut { packet, name } => {
                format!("The packet of {} was written: {name}.", rater(packet))
            }
            Event::Received { name, packet, new, already, .. } => {
                let late = late.map(|late| format!(" It arrived {late}.")).unwrap_or_default();
                format!(
                    "Received {name} from {}: {new} new records, {already} known already.{late}",
                    rater(packet)
                )
            }
            Event::Refused { name, reason } => format!("Refused {name}: {reason}"),
            Event::Opened { reason, received } => {
                let part = |one: &ReceivedSoFar| {
                    let locked = if one.locked { "locked" } else { "not locked" };
                    format!(
                        "{} {}, {locked}",
                        rater(&one.packet),
                        count(one.records as usize, "record")
                    )
                };
                let parts: Vec<String> = received.iter().map(part).collect();
                format!("The key was opened: {reason}. Received by then: {}.", parts.join("; "))
            }
            Event::Registered { kind, name, digest, after_opening } => {
                let what = match kind {
                    RegisteredKind::Thresholds => "Thresholds were",
                    RegisteredKind::Battery => "A battery of hypotheses was",
                };
                let when = if *after_opening { "after" } else { "before" };
                format!("{what} registered {when} the key was opened: {name}, {digest}.")
            }
            Event::RaterAdded { packet, like, amendment } => {
                let items = match like {
                    Some(like) => format!("the items of {}", rater(like)),
                    None => "every item".into(),
                };
                format!("Rater {} was added with {items}, {}", rater(packet), told(amendment))
            }
            Event::ItemsAdded { packets, items, drawn_from, amendment, .. } => {
                let raters: Vec<String> =
                    packets.iter().map(|packet| rater(packet).to_owned()).collect();
                format!(
                    "{} {} for {}, {}",
                    items_added(*items, *drawn_from),
                    if *items == 1 { "was added" } else { "were added" },
                    enumerated(&raters),
                    told(amendment)
                )
            }
            Event::SecondPerson { packet, of, amendment } => format!(
                "A file for the packet of {} was taken as another person\u{2019}s, who is rater {} here, {}",
                rater(of),
                rater(packet),
                told(amendment)
            ),
            Event::TakenAgain { packet, of, taken, amendment } => format!(
                "It was decided again whose ratings of the packet of {} count: {}, {}",
                rater(of),
                match taken {
                    Taken::OnePerson =>
                        format!("those of {} and {}, who are one person", rater(of), rater(packet)),
                    Taken::First => format!("those of {} and not of {}", rater(of), rater(packet)),
                    Taken::Second => format!("those of {} and not of {}", rater(packet), rater(of)),
                    Taken::Both => format!(
                        "those of {} and of {}, each by themselves",
                        rater(of),
                        rater(packet)
                    ),
                },
                told(amendment)
            ),
            Event::OnePerson { packet, name, amendment, .. } => format!(
                "A file for the packet of {} under the name {name} was taken as the same person\u{2019}s, {}",
                rater(packet),
                told(amendment)
            ),
            Event::SetAside { packet, amendment } => {
                format!(
                    "The ratings of {} do not count any more, {}",
                    rater(packet),
                    told(amendment)
                )
            }
            Event::Exported { name, .. } => format!("Wrote {name}."),
        }
    }
}

/// How many items, and from how many they were drawn.
pub(super) fn items_added(items: u64, drawn_from: Option<u64>) -> String {
    let drawn = drawn_from.map(|all| format!(", drawn from {},", count(all as usize, "response")));
    format!("{}{}", count(items as usize, "item"), drawn.unwrap_or_default())
}

/// When, by whom and why, as the end of a sentence.
fn told(amendment: &Amendment) -> String {
    let Amendment { by, reason, after_opening, decisions } = amendment;
    let when = came_after(*after_opening, *decisions as usize);
    let when = when.map(|when| format!("{when}, ")).unwrap_or_default();
    format!("{when}by {by}: {}.", reason.trim_end_matches('.'))
}
