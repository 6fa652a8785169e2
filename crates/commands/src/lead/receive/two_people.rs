//! Files of two people for one packet: a rater passed the packet on, or a label was used twice.

use super::{Arrived, Fate, FileFate, THE_LATER, late, refuse};
use crate::lead::amend::why;
use crate::lead::open_study::{OpenStudy, StudyRater};
use crate::names::{as_seen, count, enumerated};
use crate::{Failure, harmless};
use exchange::Ratings;
use serde::{Deserialize, Serialize};
use store::{Event, StudyPacket, Taken, TwoPeople};
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
    /// Of several raters, who are called so: it has records of each.
    Several(Vec<String>),
}

/// Whose `ratings` are, of those who rated their packet.
///
/// What a program saves, its next file holds again: files that have a record in common are one person's.
/// Where they have none, they come from two copies of the packet, and the name decides.
pub(super) fn whose(study: &OpenStudy, ratings: &Ratings) -> Whose {
    let of = &ratings.packet;
    let known: Vec<&StudyRater> = raters_of(study, of).collect();
    let sharing: Vec<&&StudyRater> = known.iter().filter(|rater| shares(rater, ratings)).collect();
    let people = sharing.iter().filter(|rater| rater.joined_to.is_none());
    let people: Vec<String> = people.map(|rater| rater.labelled()).collect();
    if people.len() > 1 {
        return Whose::Several(people);
    }
    let seen = as_seen(&ratings.name);
    let named = |rater: &&&StudyRater| rater.names.iter().any(|name| as_seen(name) == seen);
    let continued = sharing.first().copied();
    let rater = continued.or_else(|| known.iter().find(named).filter(|_| !seen.is_empty()));
    let said_nothing = |rater: &&StudyRater| {
        rater.records.is_empty() && !rater.locked() && as_seen(&rater.name).is_empty()
    };
    let nothing_to_tell =
        (ratings.records.is_empty() && ratings.locked.is_none()) || known.iter().all(said_nothing);
    let first = known.iter().find(|rater| rater.joined_to.is_none());
    match (rater, first) {
        (Some(rater), _) => Whose::Rater(rater.packet.packet.clone()),
        (None, Some(first)) if !nothing_to_tell => Whose::Another(first.packet.packet.clone()),
        _ => Whose::Rater(of.clone()),
    }
}

/// Who rated the packet `of`, those under another name of a rater first.
fn raters_of<'a>(
    study: &'a OpenStudy,
    of: &'a PacketId,
) -> impl Iterator<Item = &'a StudyRater> + use<'a> {
    study
        .all()
        .filter(move |rater| rater.packet.packet == *of || rater.second_of.as_ref() == Some(of))
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
        let known = second_called(study, &self.ratings);
        let fate = Fate::TwoPeople {
            rater: rater.packet.rater.clone(),
            first: harmless(called(&rater.name)),
            second: harmless(called(&self.ratings.name)),
            label: known.map_or_else(
                || study.label_beside(&rater.packet.rater),
                |known| known.packet.rater.clone(),
            ),
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
        let own = second.packet(study, rater, &self.ratings)?;
        let mut notes = vec![second.take.told(&rater.labelled(), &own.rater)];
        if own.lead {
            notes.extend(second.take.who_locks().map(str::to_owned));
        }
        notes.extend(self.notes(study).into_iter().chain(late(study)));
        let decided = TwoPeople {
            packet: &own,
            of: &self.ratings.packet,
            first: packet,
            taken: second.take.into(),
        };
        let state = self.state(own.packet.clone());
        let receipt = study.store.receive_decided(&self.received(&state), decided, why)?;
        *study = OpenStudy::open(&study.store.file().display().to_string())?;
        Ok(self.fate(Fate::New { records: receipt.new as u32 }, notes))
    }

    /// Decides again, where something was decided of the rater of `packet` before.
    pub(super) fn decide_again(
        self,
        study: &mut OpenStudy,
        packet: &PacketId,
        second: &TakeSecond,
    ) -> Result<FileFate, Failure> {
        let why = why(&second.by, &second.reason)?;
        let of = self.ratings.packet.clone();
        let is_second = |rater: &&StudyRater| rater.second_of.is_some();
        let seconds: Vec<&StudyRater> = raters_of(study, &of).filter(is_second).collect();
        let own = seconds.iter().find(|rater| rater.packet.packet == *packet);
        let first = raters_of(study, &of).find(|rater| rater.second_of.is_none());
        let (other, first) = match (own, seconds.as_slice(), first) {
            (Some(own), _, Some(first)) => (*own, first),
            (None, [only], Some(first)) => (*only, first),
            (None, [_, _, ..], _) => {
                let labels = seconds_of(&seconds);
                return self.name_the_second(study, &labels);
            }
            _ => return self.nothing_to_decide(study),
        };
        let note = second.take.told(&first.labelled(), &other.packet.rater);
        let (other, first) = (other.packet.packet.clone(), first.packet.packet.clone());
        study.store.take_again(&other, &first, second.take.into(), why, self.at)?;
        *study = OpenStudy::open(&study.store.file().display().to_string())?;
        let mut fate = self.received_now(study)?;
        fate.notes.insert(0, harmless(&note).into());
        Ok(fate)
    }

    /// Receives nothing of a file that cannot be one person's.
    pub(super) fn of_several(
        self,
        study: &mut OpenStudy,
        raters: &[String],
    ) -> Result<FileFate, Failure> {
        let Self { file, name, ratings, at, .. } = self;
        let reason = format!(
            "{file}: it has records of {}, who rated copies of the packet of {} and count each by themselves. \
             Receive a file from each one\u{2019}s own computer, or first decide that they are one person: give a \
             file of one of them with --take one-person.",
            enumerated(raters),
            ratings.rater
        );
        refuse(study, &file, name, reason, at)
    }

    fn name_the_second(self, study: &mut OpenStudy, labels: &str) -> Result<FileFate, Failure> {
        let Self { file, name, ratings, at, .. } = self;
        let reason = format!(
            "{file}: several people rated copies of the packet of {}: {labels}. Give a file of the one about whom it is \
             decided again.",
            ratings.rater
        );
        refuse(study, &file, name, reason, at)
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

impl Take {
    /// What is decided, of the rater who came `first` and of the other, who has this label.
    fn told(self, first: &str, label: &str) -> String {
        match self {
            Self::OnePerson => {
                format!("It counts together with the other files of {first}. {THE_LATER}")
            }
            Self::First => format!(
                "The ratings of {first} count. The others are kept as those of rater {label}, and do not count."
            ),
            Self::Second => format!(
                "It counts as that of rater {label}. The ratings of {first} are kept, and do not count."
            ),
            Self::Both => format!("It counts as that of rater {label}, beside {first}."),
        }
    }

    /// Who locks before the key is opened, where the packet is the lead author's.
    fn who_locks(self) -> Option<&'static str> {
        match self {
            Self::Both => Some(BOTH_LOCK),
            Self::Second => Some(SECOND_LOCKS),
            Self::OnePerson | Self::First => None,
        }
    }
}

impl From<Take> for Taken {
    fn from(take: Take) -> Self {
        match take {
            Take::OnePerson => Self::OnePerson,
            Take::First => Self::First,
            Take::Second => Self::Second,
            Take::Both => Self::Both,
        }
    }
}

fn seconds_of(raters: &[&StudyRater]) -> String {
    let labels: Vec<String> = raters.iter().map(|rater| rater.labelled()).collect();
    enumerated(&labels)
}

/// Those who rated copies of another packet of the rater whose packet is `of`, and none of this one.
fn seconds_beside<'a>(study: &'a OpenStudy, of: &'a PacketId) -> Vec<&'a StudyRater> {
    let label = |packet: &PacketId| Some(&study.rater_of(packet)?.packet.rater);
    let rated = |rater: &StudyRater, packet: &PacketId| rater.second_of.as_ref() == Some(packet);
    let has_this = |rater: &&StudyRater| {
        let own = |other: &StudyRater| other.packet.rater == rater.packet.rater;
        study.all().any(|other| own(other) && rated(other, of))
    };
    let beside = |rater: &&StudyRater| {
        rater.second_of.as_ref().is_some_and(|other| label(other) == label(of))
    };
    study.all().filter(beside).filter(|rater| !has_this(rater)).collect()
}

/// The one of them who has the name in `ratings`.
fn second_called<'a>(study: &'a OpenStudy, ratings: &'a Ratings) -> Option<&'a StudyRater> {
    let seen = as_seen(&ratings.name);
    let named = |rater: &&StudyRater| rater.names.iter().any(|name| as_seen(name) == seen);
    let mut seconds = seconds_beside(study, &ratings.packet).into_iter();
    seconds.find(named).filter(|_| !seen.is_empty())
}

impl TakeSecond {
    /// The packet under which the second person's ratings are kept: what was rated is that of `rater`. Somebody
    /// who rated another packet of that rater too stays one person, under one label.
    fn packet(
        &self,
        study: &OpenStudy,
        rater: &StudyRater,
        ratings: &Ratings,
    ) -> Result<StudyPacket, Failure> {
        let of = &ratings.packet;
        let known = match self.label.as_deref().map(str::trim) {
            Some(label) => {
                let mut seconds = seconds_beside(study, of).into_iter();
                seconds.find(|second| second.packet.rater == label)
            }
            None => second_called(study, ratings),
        };
        let label = match (known, &self.label) {
            (Some(known), _) => known.packet.rater.clone(),
            (None, Some(label)) => study.new_label(label)?,
            (None, None) => study.label_beside(&rater.packet.rater),
        };
        let own = Digest::of(&("packet of a second person", of, &label));
        Ok(StudyPacket {
            packet: PacketId::new(format!("{}-{}", study.header.study, own.short(8))),
            rater: label,
            // Which of the two is the lead author, who must not open the key unlocked, is not known.
            further_of: known.map(|known| {
                let first = known.packet.further_of.as_ref();
                first.unwrap_or(&known.packet.packet).clone()
            }),
            ..rater.packet.clone()
        })
    }
}
