//! The contingency table: what it accepts, refuses and reports.

use crate::support::table;
use agreement::{ContingencyTable, TableError};

#[test]
fn declared_levels_stay_without_items() {
    let table = ContingencyTable::empty(5).unwrap();
    assert_eq!((table.size(), table.n()), (5, 0));
    assert_eq!(table.rows().map(<[u64]>::len).collect::<Vec<_>>(), [5; 5]);
}

#[test]
fn rows_are_the_first_rater_and_columns_the_second() {
    let mut table = ContingencyTable::empty(3).unwrap();
    for (first, second) in [(0, 2), (0, 2), (1, 1), (2, 0)] {
        table.record(first, second).unwrap();
    }
    assert_eq!(table.rows().collect::<Vec<_>>(), [[0, 0, 2], [0, 1, 0], [1, 0, 0]]);
    assert_eq!(table.row_margins(), [2, 1, 1]);
    assert_eq!(table.column_margins(), [1, 1, 2]);
    assert_eq!(table.count(0, 2), Some(2));
    assert_eq!(table.count(0, 3), None);
    assert_eq!(table.count(3, 0), None);
}

#[test]
fn recording_and_reading_rows_give_the_same_table() {
    let mut recorded = ContingencyTable::empty(2).unwrap();
    for (first, second) in [(0, 0), (1, 0), (0, 0)] {
        recorded.record(first, second).unwrap();
    }
    let read = ContingencyTable::from_rows(vec![vec![2, 0], vec![1, 0]]).unwrap();
    assert_eq!(recorded, read);
}

#[test]
fn a_scale_needs_two_levels() {
    for found in [0, 1, 1001, usize::MAX] {
        assert_eq!(ContingencyTable::empty(found), Err(TableError::Levels { found }));
    }
    let single = ContingencyTable::from_rows(vec![vec![7]]);
    assert_eq!(
        single.unwrap_err().to_string(),
        "a table needs a scale of 2 to 1000 levels, found 1; declare the rubric's levels, used or not"
    );
}

#[test]
fn rows_must_be_square() {
    let ragged = ContingencyTable::from_rows(vec![vec![1, 2], vec![3, 4, 5]]);
    assert_eq!(ragged, Err(TableError::NotSquare { row: 1, found: 3, expected: 2 }));
}

#[test]
fn an_unknown_level_is_refused_and_leaves_the_table_alone() {
    let mut table = ContingencyTable::empty(2).unwrap();
    assert_eq!(table.record(0, 2), Err(TableError::UnknownLevel { level: 2, size: 2 }));
    assert_eq!(table.record(9, 0), Err(TableError::UnknownLevel { level: 9, size: 2 }));
    assert_eq!(table.n(), 0);
}

#[test]
fn a_total_beyond_64_bits_is_refused() {
    let rows = vec![vec![u64::MAX, 0], vec![0, 1]];
    assert_eq!(ContingencyTable::from_rows(rows), Err(TableError::TooManyItems));

    let mut full = ContingencyTable::from_rows(vec![vec![u64::MAX, 0], vec![0, 0]]).unwrap();
    assert_eq!(full.record(1, 1), Err(TableError::TooManyItems));
    assert_eq!(full.n(), u64::MAX);
}

#[test]
fn adding_tables_adds_their_counts() {
    let mut pooled = table([[1, 2], [3, 4]]);
    pooled.add(&table([[10, 0], [0, 5]])).unwrap();
    assert_eq!(pooled, table([[11, 2], [3, 9]]));
    let before = pooled.clone();
    let refused = pooled.add(&ContingencyTable::empty(3).unwrap());
    assert_eq!(refused, Err(TableError::NotSquare { row: 0, found: 3, expected: 2 }));
    assert_eq!(pooled.add(&table([[u64::MAX, 0], [0, 0]])), Err(TableError::TooManyItems));
    assert_eq!(pooled, before);
}
