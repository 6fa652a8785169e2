//! Files of two people for one packet: a rater passed the packet on, or a label was used twice.

use super::{Arrived, Fate, FileFate, THE_LATER, late, refuse};
use crate::lead::amend::why;
use crate::lead::open_study::{OpenStudy, StudyRater};
use crate::names::{as_seen, count};
use crate::{Failure, harmless};
use exchange::Ratings;
use serde::{Deserialize, Serialize};
use store::{Event, StudyPacket, TwoPeople};
use study::{Digest, PacketId, Record};
use ts_rs::TS;

/// What is decided of a file that another person than the packet's rater seems to have rated. Nothing is removed
/// in any case.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TakeSecond {
    /// Whose ratings count.
    pub take: Take,
    /// The label of the second person; by default that of the packet's rater with a number.
    #[serde(default)]
    #[ts(optional)]
    pub label: Option<String>,
    /// Who decides.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// Whose ratings count, where two people seem to have rated one packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Take {
    /// Those of all files together: they are one person's.
    OnePerson,
    /// Those that arrived first. The file is kept, and does not count.
    First,
    /// Those in the file. Those that arrived first are kept, and do not count.
    Second,
    /// Both: those in the file are a further rater's, on the same items.
    Both,
}

const BOTH_LOCK: &str = "It is the lead author's packet, and which of the two is the lead author is not known: both \
                         have to lock before the key is opened.";

const SECOND_LOCKS: &str =
    "It is the lead author's packet: these ratings have to be locked before the key is opened.";

/// Whose a file is, by the packet under which their ratings are kept.
pub(super) enum Whose {
    /// This rater's.
    Rater(PacketId),
    /// Another person's than this rater, whose packet it is.
    Another(PacketId),
}

/// Whose `ratings` are, of those who rated their packet.
///
/// What a program saves, its next file holds again: files that have a record in common are one person's.
/// Where they have none, they come from two copies of the packet, and the name decides.
pub(super) fn whose(study: &OpenStudy, ratings: &Ratings) -> Whose {
    let of = &ratings.packet;
    let is_of =
        |rater: &&StudyRater| rater.packet.packet == *of || rater.second_of.as_ref() == Some(of);
    let known: Vec<&StudyRater> = study.everyone().filter(is_of).collect();
    let seen = as_seen(&ratings.name);
    let named = |rater: &&&StudyRater| rater.names.iter().any(|name| as_seen(name) == seen);
    let continued = known.iter().find(|rater| shares(rater, ratings));
    let rater = continued.or_else(|| known.iter().find(named).filter(|_| !seen.is_empty()));
    let said_nothing = |rater: &&StudyRater| {
        rater.records.is_empty() && !rater.locked() && as_seen(&rater.name).is_empty()
    };
    let nothing_to_tell =
        (ratings.records.is_empty() && ratings.locked.is_none()) || known.iter().all(said_nothing);
    match (rater, known.first()) {
        (Some(rater), _) => Whose::Rater(rater.packet.packet.clone()),
        (None, Some(first)) if !nothing_to_tell => Whose::Another(first.packet.packet.clone()),
        _ => Whose::Rater(of.clone()),
    }
}

/// Whether `rater` has sent a record of `ratings` before.
pub(super) fn shares(rater: &StudyRater, ratings: &Ratings) -> bool {
    ratings.records.iter().any(|record| rater.arrivals.contains_key(&record.id))
}

/// What tells that two people rated the packet of `rater`.
fn evidence(rater: &StudyRater, ratings: &Ratings) -> Vec<String> {
    let label = &rater.packet.rater;
    let first = copy(&rater.name, &rater.records, rater.locked());
    let second = copy(&ratings.name, &ratings.records, ratings.locked.is_some());
    vec![
        format!("What arrived earlier for the packet of {label} is by {first}."),
        format!("This file is by {second}."),
        "They have no record in common: two copies of the packet were rated.".into(),
    ]
}

fn copy(name: &str, records: &[Record], locked: bool) -> String {
    let name = called(name);
    let times = || records.iter().map(|record| record.at.strftime("%Y-%m-%d").to_string());
    let made = match (times().min(), times().max()) {
        (Some(first), Some(last)) => {
            format!("{}, {first} to {last}", count(records.len(), "record"))
        }
        _ => "no record".into(),
    };
    let locked = if locked { "locked" } else { "not locked" };
    format!("{name}: {made}, {locked}")
}

fn called(name: &str) -> &str {
    match name.trim() {
        "" => "somebody without a name",
        name => name,
    }
}

impl Arrived {
    /// Receives nothing before it is decided whose ratings count, the rater's of `packet` or these.
    pub(super) fn ask(self, study: &mut OpenStudy, packet: &PacketId) -> Result<FileFate, Failure> {
        let Some(rater) = study.rater_of(packet) else { return self.merge(study, packet.clone()) };
        let harmless = |text: &str| harmless(text).into_owned();
        let fate = Fate::TwoPeople {
            rater: rater.packet.rater.clone(),
            first: harmless(called(&rater.name)),
            second: harmless(called(&self.ratings.name)),
            label: study.label_beside(&rater.packet.rater),
        };
        let evidence = evidence(rater, &self.ratings);
        let reason = format!("two people seem to have rated one packet. {}", evidence.join(" "));
        let refused = Event::Refused { name: self.name.clone(), reason };
        study.store.note(&refused, self.at)?;
        Ok(self.fate(fate, evidence))
    }

    /// Receives it as decided.
    pub(super) fn decide(
        self,
        study: &mut OpenStudy,
        packet: &PacketId,
        second: &TakeSecond,
    ) -> Result<FileFate, Failure> {
        let why = why(&second.by, &second.reason)?;
        let Some(rater) = study.rater_of(packet) else { return self.merge(study, packet.clone()) };
        let first = rater.labelled();
        let own = second.packet(study, rater, &self.ratings.packet)?;
        let label = &own.rater;
        let (kept, decided, note) = match second.take {
            Take::OnePerson => (
                packet,
                TwoPeople::One,
                format!("It counts together with the earlier files of {first}. {THE_LATER}"),
            ),
            Take::First => (
                &own.packet,
                self.two(&own, Some(&own.packet)),
                format!("It is kept as that of rater {label}, and does not count."),
            ),
            Take::Second => (
                &own.packet,
                self.two(&own, Some(packet)),
                format!(
                    "It counts as that of rater {label}. The ratings of {first} are kept, and do not count."
                ),
            ),
            Take::Both => (
                &own.packet,
                self.two(&own, None),
                format!("It counts as that of rater {label}, beside {first}."),
            ),
        };
        let mut notes = vec![note];
        if own.lead {
            let both = matches!(second.take, Take::Both);
            notes.push(if both { BOTH_LOCK } else { SECOND_LOCKS }.into());
        }
        notes.extend(self.notes(study).into_iter().chain(late(study)));
        let state = self.state(kept.clone());
        let receipt = study.store.receive_decided(&self.received(&state), decided, why)?;
        *study = OpenStudy::open(&study.store.file().display().to_string())?;
        Ok(self.fate(Fate::New { records: receipt.new as u32 }, notes))
    }

    fn two<'a>(&'a self, own: &'a StudyPacket, aside: Option<&'a PacketId>) -> TwoPeople<'a> {
        TwoPeople::Two { packet: own, of: &self.ratings.packet, aside }
    }

    pub(super) fn nothing_to_decide(self, study: &mut OpenStudy) -> Result<FileFate, Failure> {
        let Self { file, name, ratings, at, .. } = self;
        let reason = format!(
            "{file}: nothing tells that two people rated the packet of {}, so there is nothing to decide. \
             Receive it as any other file.",
            ratings.rater
        );
        refuse(study, &file, name, reason, at)
    }
}

impl TakeSecond {
    /// The packet under which the second person's ratings are kept: what was rated is that of `rater`.
    fn packet(
        &self,
        study: &OpenStudy,
        rater: &StudyRater,
        of: &PacketId,
    ) -> Result<StudyPacket, Failure> {
        let label = match &self.label {
            Some(label) => study.new_label(label)?,
            None => study.label_beside(&rater.packet.rater),
        };
        let own = Digest::of(&("packet of a second person", of, &label));
        Ok(StudyPacket {
            packet: PacketId::new(format!("{}-{}", study.header.study, own.short(8))),
            rater: label,
            // Which of the two is the lead author, who must not open the key unlocked, is not known.
            lead: rater.packet.lead && matches!(self.take, Take::Both | Take::Second),
            ..rater.packet.clone()
        })
    }
}
