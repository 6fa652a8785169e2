//! The ratings file: every record that a rater made, with the rubric it was made under.

use crate::Error;
use crate::door::{decode_document, read_document};
use crate::envelope::Format;
use crate::file::COLLECTED;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use study::{
    Change, Grade, ItemId, Lock, LockError, MOST_VISITS, PacketId, RateableItem, RaterRatings,
    Record, Rubric, StudyId, Visit, check_shared_grades,
};

const RATINGS: Format = Format { name: "ratings", version: 5 };

/// Has no marked errors, and is written where there are none: it means the same.
const UNMARKED_VERSION: u32 = 4;

/// Has no visits either, and is written where there are none.
const UNTIMED_VERSION: u32 = 3;

/// Has no calibration either, and is written where there is none.
const PLAIN_VERSION: u32 = 2;

/// Has neither lock nor reasons nor evidence, and is read as ratings that are not locked.
const FIRST_VERSION: u32 = 1;

/// What a rater hands back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratings {
    /// The study.
    pub study: StudyId,
    /// The study's name.
    pub title: String,
    /// The packet.
    pub packet: PacketId,
    /// The label under which the lead author knows the rater.
    pub rater: String,
    /// The rater's own name.
    pub name: String,
    /// When it was written.
    pub exported_at: Timestamp,
    /// The rater's attestation; none where the ratings are not locked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked: Option<Lock>,
    /// The instrument.
    pub rubric: Rubric,
    /// Every item of the packet, rated or not.
    pub items: Vec<RateableItem>,
    /// Every record, in order of time.
    pub records: Vec<Record>,
    /// What was rated before the study: no item of it, and in no score; none where there was nothing
    /// to calibrate on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Calibration>,
    /// How long the rater was active at each item, in order of time; empty where no time was measured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<Visit>,
}

/// What a rater did before the study.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// The calibration items of the packet, rated or not.
    pub items: Vec<CalibratedItem>,
    /// Every record of them, in order of time.
    pub records: Vec<Record>,
}

/// A calibration item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalibratedItem {
    /// The item.
    pub id: ItemId,
    /// How many critical actions it has.
    pub actions: u16,
    /// The grades that the rater saw after rating it.
    pub shared_grades: BTreeMap<String, Grade>,
}

/// Reads a ratings file.
pub fn read_ratings(file: &Path) -> Result<Ratings, Error> {
    decode(file, &read_document(file, COLLECTED, RATINGS.noun())?)
}

/// Reads the ratings in `bytes`, the content of a file that messages call `name`.
pub fn decode_ratings(name: &str, bytes: impl AsRef<[u8]>) -> Result<Ratings, Error> {
    let file = Path::new(name);
    decode(file, decode_document(file, bytes.as_ref(), RATINGS.noun())?)
}

fn decode(file: &Path, text: &str) -> Result<Ratings, Error> {
    let earlier = [UNMARKED_VERSION, UNTIMED_VERSION, PLAIN_VERSION, FIRST_VERSION];
    let format = earlier.into_iter().fold(RATINGS, |format, earlier| format.as_in(text, earlier));
    format.decode(file, text, |ratings: &Ratings| {
        format.refuse_below(lowest_version(ratings).max(FIRST_VERSION), file)?;
        check(file, ratings)
    })
}

/// Writes a ratings file to a new file.
pub fn write_ratings(file: &Path, ratings: &Ratings) -> Result<(), Error> {
    RATINGS.at(lowest_version(ratings).max(PLAIN_VERSION)).write(file, ratings)
}

/// The first version that can hold all of `ratings`.
fn lowest_version(ratings: &Ratings) -> u32 {
    let calibration = ratings.calibration.iter().flat_map(|calibration| &calibration.records);
    let marks = |record: &Record| matches!(record.change, Change::Error { .. });
    if ratings.records.iter().chain(calibration).any(marks) {
        RATINGS.version
    } else if !ratings.visits.is_empty() {
        UNMARKED_VERSION
    } else if ratings.calibration.is_some() {
        UNTIMED_VERSION
    } else {
        FIRST_VERSION
    }
}

fn check(file: &Path, ratings: &Ratings) -> Result<(), Error> {
    ratings.rubric.check().map_err(|why| Error::inconsistent(file, format!("rubric, {why}")))?;
    let items = ratings.items.iter().map(|item| (&item.id, item.actions));
    let items = actions_of(file, "items", items)?;
    check_records(file, "record", &ratings.records, &items, &ratings.rubric)?;
    if let Some(calibration) = &ratings.calibration {
        check_calibration(file, calibration, &items, &ratings.rubric)?;
    }
    check_visits(file, &ratings.visits, &items)?;
    check_lock(file, ratings)
}

fn check_visits(
    file: &Path,
    visits: &[Visit],
    items: &HashMap<&ItemId, usize>,
) -> Result<(), Error> {
    let mut seen = HashSet::new();
    let mut of_item: HashMap<&ItemId, usize> = HashMap::new();
    for (index, visit) in visits.iter().enumerate() {
        let wrong = |field: &str, found: String, expected: &str| {
            let place = format!(", visit {} ({})", index + 1, visit.id);
            Err(Error::field(file, place, field, found, expected))
        };
        if !items.contains_key(&visit.item) {
            return wrong("item", format!("`{}`", visit.item), "an item of this packet");
        }
        if !seen.insert(visit.id) {
            return wrong("id", "this identifier twice".into(), "each visit once");
        }
        if let Err(why) = visit.check() {
            return wrong("active_ms", why.found.to_string(), "1 to 86400000, at most a day");
        }
        let count = of_item.entry(&visit.item).or_default();
        *count += 1;
        if *count > MOST_VISITS {
            let found = format!("more than {MOST_VISITS} visits of `{}`", visit.item);
            return wrong("item", found, "fewer, as nobody makes so many");
        }
    }
    Ok(())
}

fn check_calibration(
    file: &Path,
    calibration: &Calibration,
    of_study: &HashMap<&ItemId, usize>,
    rubric: &Rubric,
) -> Result<(), Error> {
    for item in &calibration.items {
        let place = format!(", calibration item `{}`", item.id);
        if of_study.contains_key(&item.id) {
            let found = format!("`{}`, an item of the study", item.id);
            return Err(Error::field(file, "", "calibration.items", found, "none that counts"));
        }
        check_shared_grades(&item.shared_grades, rubric).map_err(|why| {
            let field = format!("shared_grades.{}", why.axis);
            Error::field(file, place, field, why.found, why.expected)
        })?;
    }
    let items = calibration.items.iter().map(|item| (&item.id, item.actions));
    let items = actions_of(file, "calibration.items", items)?;
    check_records(file, "calibration record", &calibration.records, &items, rubric)
}

/// How many critical actions each item has.
fn actions_of<'a>(
    file: &Path,
    field: &str,
    items: impl Iterator<Item = (&'a ItemId, u16)>,
) -> Result<HashMap<&'a ItemId, usize>, Error> {
    let mut actions = HashMap::new();
    for (id, count) in items {
        if actions.insert(id, usize::from(count)).is_some() {
            let found = format!("`{id}` twice");
            return Err(Error::field(file, "", field, found, "each item once"));
        }
    }
    Ok(actions)
}

fn check_records(
    file: &Path,
    noun: &str,
    records: &[Record],
    items: &HashMap<&ItemId, usize>,
    rubric: &Rubric,
) -> Result<(), Error> {
    let mut seen = HashMap::new();
    for (index, record) in records.iter().enumerate() {
        let place = format!(", {noun} {} ({})", index + 1, record.id);
        let Some(actions) = items.get(&record.item) else {
            let found = format!("`{}`", record.item);
            return Err(Error::field(file, place, "item", found, "an item of this packet"));
        };
        if seen.insert(record.id, index).is_some() {
            return Err(Error::field(
                file,
                place,
                "id",
                "this identifier twice",
                "each record once",
            ));
        }
        if let Change::Undo { record: undone } = record.change
            && seen.get(&undone).is_none_or(|at| records[*at].item != record.item)
        {
            let expected = "the id of an earlier record of the same item";
            return Err(Error::field(file, place, "change.record", undone.to_string(), expected));
        }
        record
            .change
            .check(rubric, *actions)
            .map_err(|why| Error::field(file, place, why.field, why.found, why.expected))?;
    }
    Ok(())
}

fn check_lock(file: &Path, ratings: &Ratings) -> Result<(), Error> {
    let Some(lock) = &ratings.locked else { return Ok(()) };
    lock.check(&ratings.records).map_err(|why| match why {
        LockError::NoReason { record, at } => {
            let index = ratings.records.iter().position(|known| known.id == record);
            let place = format!(", record {} ({record})", index.unwrap_or_default() + 1);
            let expected = format!("a reason, as it was made after the lock of {at}");
            Error::field(file, place, "reason", "nothing", expected)
        }
        LockError::Blank { field, expected } => {
            Error::field(file, "", format!("locked.{field}"), "nothing", expected)
        }
    })
}

impl Ratings {
    /// What the rater did, by which it is decided what counts.
    pub fn rated(&self) -> RaterRatings<'_> {
        RaterRatings {
            study: &self.study,
            label: &self.rater,
            name: &self.name,
            rubric: &self.rubric,
            lock: self.locked.as_ref(),
            items: &self.items,
            records: &self.records,
            visits: &self.visits,
        }
    }
}
