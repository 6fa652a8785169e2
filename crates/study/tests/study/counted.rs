//! Which of a rater's ratings count.

use crate::support::{action, built_in, grade, record, record_id};
use std::collections::BTreeMap;
use study::{
    Change, Exclusion, ItemId, Lock, Observation, PositionUnit, RateableItem, RaterRatings, Record,
    Rubric, RubricClaim, Score, StudyId,
};

/// One rater's packet of two items, and what they did; the time of a record is its number.
struct Rater {
    study: StudyId,
    rubric: Rubric,
    items: Vec<RateableItem>,
    records: Vec<Record>,
    lock: Option<Lock>,
}

impl Rater {
    fn new(records: impl IntoIterator<Item = (u32, &'static str, Change)>) -> Self {
        let item = |id: &str| RateableItem {
            id: ItemId::new(id),
            scenario: format!("scenario of {id}"),
            actions: 2,
        };
        let record =
            |(number, item, change)| Record { item: ItemId::new(item), ..record(number, change) };
        Self {
            study: StudyId::new("study"),
            rubric: built_in("gated"),
            items: ["a", "b"].map(item).to_vec(),
            records: records.into_iter().map(record).collect(),
            lock: None,
        }
    }

    fn locked_at(self, second: i64) -> Self {
        let at = jiff::Timestamp::from_second(second).unwrap();
        let lock = Lock { at, name: "Ann".into(), statement: "By myself.".into() };
        Self { lock: Some(lock), ..self }
    }

    fn ratings(&self) -> RaterRatings<'_> {
        RaterRatings {
            study: &self.study,
            label: "A",
            name: " Ann ",
            rubric: &self.rubric,
            lock: self.lock.as_ref(),
            items: &self.items,
            records: &self.records,
            visits: &[],
        }
    }

    fn score(&self, item: &str) -> Score {
        self.ratings().scores().score(item, "omission")
    }
}

fn note(text: &str) -> Change {
    Change::Note { text: text.into() }
}

fn abstain() -> Change {
    Change::Abstain { reason: Some("not my field".into()) }
}

#[test]
fn what_is_changed_after_the_lock_does_not_count() {
    let rater = Rater::new([
        (1, "a", grade("omission", 1)),
        (2, "b", grade("omission", 2)),
        (6, "a", grade("omission", 4)),
        (7, "b", Change::Undo { record: record_id(2) }),
    ]);
    assert_eq!(rater.score("a"), Score::Grade(4), "nothing is locked");
    assert_eq!(rater.score("b"), Score::Excluded(Exclusion::NotRated));
    let rater = rater.locked_at(5);
    assert_eq!(rater.score("a"), Score::Grade(1));
    assert_eq!(
        rater.score("b"),
        Score::Grade(2),
        "what is taken back later stays as it was locked"
    );
    let current = |place: usize| rater.ratings().current()[place].1.grades.get("omission").copied();
    assert_eq!((current(0), current(1)), (Some(4), None));
}

#[test]
fn what_is_made_in_the_moment_of_the_lock_counts() {
    let rater = Rater::new([(5, "a", grade("omission", 3))]).locked_at(5);
    assert_eq!(rater.score("a"), Score::Grade(3));
}

#[test]
fn one_item_counts_as_it_does_among_all() {
    let records = [
        (3, "b", grade("omission", 0)),
        (1, "a", grade("omission", 1)),
        (2, "a", note("read twice")),
        (6, "a", grade("omission", 4)),
    ];
    for rater in [Rater::new(records.clone()), Rater::new(records).locked_at(5)] {
        for (item, rating) in rater.ratings().counted() {
            assert_eq!(rater.ratings().counted_of(&item.id), rating, "item {}", item.id);
        }
    }
}

#[test]
fn abstaining_leaves_neither_grade_nor_action_nor_observation() {
    let rater = Rater::new([
        (1, "a", grade("omission", 1)),
        (2, "a", action(0, "hit")),
        (3, "a", Change::ResponseClass { class: Some("substantive".into()) }),
        (4, "a", abstain()),
    ]);
    let responses = rater.ratings().responses();
    for axis in ["omission", "commission"] {
        assert_eq!(responses.scores.score("a", axis), Score::Excluded(Exclusion::Abstained));
    }
    assert_eq!(responses.scores.checklist.items["a"], [None, None]);
    assert_eq!(responses.observations["a"], Observation::default());
    let rater = rater.locked_at(3);
    let responses = rater.ratings().responses();
    assert_eq!(
        responses.scores.score("a", "omission"),
        Score::Grade(1),
        "abstained after the lock"
    );
    let credit = responses.scores.checklist.items["a"][0].unwrap();
    assert_eq!(responses.scores.checklist.codes[credit], "hit");
    assert_eq!(responses.observations["a"].response_class.as_deref(), Some("substantive"));
    assert_eq!(responses.unit, PositionUnit::Characters);
}

#[test]
fn notes_are_those_written_before_the_lock() {
    let rater =
        Rater::new([(1, "a", note(" early\n")), (2, "b", note("  ")), (6, "b", note("late"))]);
    let notes = |rater: &Rater| rater.ratings().notes();
    let named = |item: &str, note: &str| (ItemId::new(item), note.to_owned());
    assert_eq!(notes(&rater), BTreeMap::from([named("a", "early"), named("b", "late")]));
    assert_eq!(notes(&rater.locked_at(5)), BTreeMap::from([named("a", "early")]));
}

#[test]
fn items_changed_after_the_lock_are_counted_once_each() {
    let rater = Rater::new([
        (1, "a", grade("omission", 1)),
        (6, "a", grade("omission", 2)),
        (7, "a", grade("omission", 1)),
        (8, "b", Change::Flag { raised: false }),
    ]);
    assert_eq!(rater.ratings().changed_after_lock(), 0, "nothing is locked");
    assert_eq!(
        rater.locked_at(5).ratings().changed_after_lock(),
        1,
        "b says again what stood there"
    );
}

#[test]
fn scores_say_who_rated_what_and_on_which_scales() {
    let rater = Rater::new([]);
    let scores = rater.ratings().scores();
    assert_eq!((scores.rater.as_str(), scores.study), ("Ann", Some(StudyId::new("study"))));
    assert_eq!(RaterRatings { name: " ", ..rater.ratings() }.called(), "A");
    assert_eq!(scores.rubric, RubricClaim::of(&rater.rubric));
    let scales: Vec<_> = scores.scales.iter().map(|s| (s.axis.as_str(), s.grades.len())).collect();
    assert_eq!(scales, [("omission", 5), ("commission", 4)]);
    assert_eq!(scores.items.names().collect::<Vec<_>>(), ["a", "b"], "items without a rating too");
    assert_eq!(scores.designs["b"].scenario, "scenario of b");
}
