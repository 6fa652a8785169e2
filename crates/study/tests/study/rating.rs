//! What the records of one item add up to.

use crate::support::{grade, plain_change, record, record_id, records};
use proptest::prelude::*;
use study::{Change, Rating, Record, Verdict, fold};

proptest! {
    #[test]
    fn the_order_in_which_records_come_does_not_matter(
        (records, shuffled) in records().prop_flat_map(|records| (Just(records.clone()), Just(records).prop_shuffle())),
    ) {
        prop_assert_eq!(fold(&records), fold(&shuffled));
    }

    #[test]
    fn a_record_that_comes_twice_counts_once(records in records(), again: Vec<prop::sample::Index>) {
        let mut doubled = records.clone();
        if !records.is_empty() {
            doubled.extend(again.iter().map(|index| records[index.index(records.len())].clone()));
        }
        prop_assert_eq!(fold(&records), fold(&doubled));
    }

    /// Two copies of one rater's records, each with some missing, merge to the same rating whichever
    /// comes first, however they are grouped, and however often.
    #[test]
    fn merging_is_a_union(records in records(), held in prop::collection::vec(any::<[bool; 3]>(), 20)) {
        let copy = |which: usize| -> Vec<&Record> {
            records.iter().zip(&held).filter(|(_, held)| held[which]).map(|(record, _)| record).collect()
        };
        let (a, b, c) = (copy(0), copy(1), copy(2));
        let merge = |parts: &[&[&Record]]| fold(parts.concat());
        let all = merge(&[&a, &b, &c]);
        let union: Vec<&Record> =
            records.iter().zip(&held).filter(|(_, held)| held.contains(&true)).map(|(r, _)| r).collect();
        prop_assert_eq!(&all, &fold(union));
        prop_assert_eq!(&all, &merge(&[&c, &b, &a]));
        prop_assert_eq!(&all, &merge(&[&[b.clone(), c.clone()].concat(), &a]));
        prop_assert_eq!(&all, &merge(&[&a, &b, &c, &a, &b, &c]));
        prop_assert_eq!(merge(&[&a]), merge(&[&a, &a]));
    }

    #[test]
    fn an_undo_removes_its_target_and_nothing_else(
        changes in prop::collection::vec(plain_change(), 1..12), target: prop::sample::Index,
    ) {
        let records: Vec<Record> = (0..).zip(changes).map(|(n, change)| record(n, change)).collect();
        let target = target.index(records.len());
        let mut without = records.clone();
        without.remove(target);
        let mut undone = records;
        undone.push(record(99, Change::Undo { record: record_id(target as u64) }));
        prop_assert_eq!(fold(&undone), fold(&without));
    }

    #[test]
    fn the_later_record_wins(changes in prop::collection::vec(plain_change(), 0..12)) {
        let records: Vec<Record> = (0..).zip(changes.clone()).map(|(n, change)| record(n, change)).collect();
        let mut expected = Rating::default();
        changes.iter().for_each(|change| expected.apply(change));
        prop_assert_eq!(fold(&records), expected);
    }
}

#[test]
fn an_undo_of_a_correction_brings_the_first_answer_back() {
    let records = [
        record(1, grade("omission", 1)),
        record(2, grade("omission", 3)),
        record(3, Change::Undo { record: record_id(2) }),
    ];
    assert_eq!(fold(&records).verdict("omission"), Verdict::Grade(1));
}

#[test]
fn null_takes_an_answer_back() {
    let records = [record(1, grade("omission", 1)), record(2, grade("omission", None))];
    assert_eq!(fold(&records), Rating::default());
}

#[test]
fn abstaining_outweighs_grades_and_returns_them_when_taken_back() {
    let mut records = vec![
        record(1, grade("omission", 2)),
        record(2, Change::Abstain { reason: Some("not my field".into()) }),
    ];
    assert_eq!(fold(&records).verdict("omission"), Verdict::Abstained);
    assert_eq!(fold(&records).verdict("commission"), Verdict::Abstained);
    records.push(record(3, Change::Abstain { reason: None }));
    assert_eq!(fold(&records).verdict("omission"), Verdict::Grade(2));
    assert_eq!(fold(&records).verdict("commission"), Verdict::Unrated);
}
