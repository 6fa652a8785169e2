//! The ratings file: every record that a rater made, with the rubric it was made under.

use crate::Error;
use crate::envelope::Format;
use crate::file::{COLLECTED, decode_text, read_text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use study::{
    Change, Checklist, Exclusion, Grade, ItemId, Lock, LockError, Observation, PacketId, Place,
    PositionUnit, RaterScores, Rating, Record, Rubric, RubricClaim, Scale, Score, ScoredResponses,
    StudyId, Verdict, check_shared_grades, fold,
};

const RATINGS: Format = Format { name: "ratings", version: 3, noun: "a ratings file" };

/// Has no calibration, and is written where there is none: it means the same.
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
    pub items: Vec<RatedItem>,
    /// Every record, in order of time.
    pub records: Vec<Record>,
    /// What was rated before the study: no item of it, and in no score; none where there was nothing
    /// to calibrate on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Calibration>,
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

/// An item that could be rated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatedItem {
    /// The item.
    pub id: ItemId,
    /// Its blinded scenario: items of one scenario are not independent.
    pub scenario: String,
    /// How many critical actions it has.
    pub actions: u16,
}

/// Reads a ratings file.
pub fn read_ratings(file: &Path) -> Result<Ratings, Error> {
    decode(file, &read_text(file, COLLECTED, RATINGS.noun)?)
}

/// Reads the ratings in `bytes`, the content of a file that messages call `name`.
pub fn decode_ratings(name: &str, bytes: impl AsRef<[u8]>) -> Result<Ratings, Error> {
    let file = Path::new(name);
    decode(file, decode_text(file, bytes.as_ref(), RATINGS.noun)?)
}

fn decode(file: &Path, text: &str) -> Result<Ratings, Error> {
    let format = RATINGS.as_in(text, PLAIN_VERSION).as_in(text, FIRST_VERSION);
    format.decode(file, text, |ratings: &Ratings| {
        if format.version < RATINGS.version && ratings.calibration.is_some() {
            let (found, expected) = (format.quoted(), RATINGS.quoted());
            return Err(Error::WrongFormat { file: file.to_owned(), found, expected });
        }
        check(file, ratings)
    })
}

/// Writes a ratings file to a new file.
pub fn write_ratings(file: &Path, ratings: &Ratings) -> Result<(), Error> {
    let plain = ratings.calibration.is_none();
    let format = if plain { Format { version: PLAIN_VERSION, ..RATINGS } } else { RATINGS };
    format.write(file, ratings)
}

fn check(file: &Path, ratings: &Ratings) -> Result<(), Error> {
    ratings.rubric.check().map_err(|why| Error::inconsistent(file, format!("rubric, {why}")))?;
    let items = ratings.items.iter().map(|item| (&item.id, item.actions));
    let items = actions_of(file, "items", items)?;
    check_records(file, "record", &ratings.records, &items, &ratings.rubric)?;
    if let Some(calibration) = &ratings.calibration {
        check_calibration(file, calibration, &items, &ratings.rubric)?;
    }
    check_lock(file, ratings)
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
    /// The grades by item and axis: as they were locked, or as they stand where they are not locked.
    /// What was changed after the lock may not be independent.
    pub fn scores(&self) -> RaterScores {
        let codes = self.rubric.checklist_by_credit();
        let (mut items, mut actions) = (BTreeMap::new(), BTreeMap::new());
        for (item, rating) in self.independent() {
            let scores: BTreeMap<String, Score> = self
                .rubric
                .axes
                .iter()
                .map(|axis| (axis.id.clone(), score(rating.verdict(&axis.id))))
                .collect();
            items.insert(item.id.to_string(), scores);
            let grade = |action| {
                let given = rating.actions.get(&action).filter(|_| rating.abstain.is_none())?;
                codes.iter().position(|code| code == given)
            };
            actions.insert(item.id.to_string(), (0..item.actions).map(grade).collect());
        }
        let place =
            |item: &RatedItem| Place { scenario: item.scenario.clone(), ..Place::default() };
        RaterScores {
            rater: if self.name.is_empty() { self.rater.clone() } else { self.name.clone() },
            study: Some(self.study.clone()),
            rubric: RubricClaim::Named {
                title: format!("{}, version {}", self.rubric.title, self.rubric.version),
                digest: self.rubric.digest(),
            },
            scales: scales(&self.rubric),
            items,
            places: self.items.iter().map(|item| (item.id.to_string(), place(item))).collect(),
            checklist: Checklist { codes, items: actions },
        }
    }

    /// What the rater wrote of each item before locking; an item without an entry has no note.
    pub fn notes(&self) -> BTreeMap<ItemId, String> {
        let written = self.independent().into_iter().filter_map(|(item, rating)| {
            let note = rating.note.trim();
            (!note.is_empty()).then(|| (item.id.clone(), note.to_owned()))
        });
        written.collect()
    }

    /// The grades, and what was noted beside them, as [`Self::scores`] takes them.
    pub fn responses(&self) -> ScoredResponses {
        let noted =
            |(item, rating): (&RatedItem, Rating)| (item.id.to_string(), Observation::of(&rating));
        ScoredResponses {
            scores: self.scores(),
            observations: self.independent().into_iter().map(noted).collect(),
            unit: PositionUnit::Characters,
        }
    }

    /// Each item's rating without what was changed after the lock.
    fn independent(&self) -> Vec<(&RatedItem, Rating)> {
        let mut records: HashMap<&ItemId, Vec<&Record>> = HashMap::new();
        let later =
            |record: &Record| self.locked.as_ref().is_some_and(|lock| lock.is_before(record));
        for record in self.records.iter().filter(|record| !later(record)) {
            records.entry(&record.item).or_default().push(record);
        }
        let rating = |item: &RatedItem| fold(records.get(&item.id).into_iter().flatten().copied());
        self.items.iter().map(|item| (item, rating(item))).collect()
    }
}

pub(crate) fn scales(rubric: &Rubric) -> Vec<Scale> {
    rubric
        .axes
        .iter()
        .map(|axis| Scale {
            axis: axis.id.clone(),
            label: axis.label.clone(),
            grades: axis.grades(),
        })
        .collect()
}

fn score(verdict: Verdict) -> Score {
    match verdict {
        Verdict::Grade(grade) => Score::Grade(grade),
        Verdict::Abstained => Score::Excluded(Exclusion::Abstained),
        Verdict::Unrated => Score::Excluded(Exclusion::NotRated),
    }
}
