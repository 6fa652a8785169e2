//! Items by raters, with ratings missing.

use crate::support::table;
use agreement::{RatingError, RatingMatrix, TableError};

fn matrix() -> RatingMatrix {
    RatingMatrix::from_rows(
        3,
        &[
            vec![Some(0), Some(1), None],
            vec![None, None, None],
            vec![Some(2), Some(2), Some(0)],
            vec![Some(0), Some(1), None],
            vec![None, Some(2), None],
        ],
    )
    .unwrap()
}

#[test]
fn reads_back_what_was_recorded() {
    let matrix = matrix();
    assert_eq!((matrix.items(), matrix.raters(), matrix.size()), (5, 3, 3));
    assert_eq!(matrix.pairable_items(), 3);
    let third = matrix.rows().nth(2).unwrap();
    assert_eq!(third.ratings().collect::<Vec<_>>(), [Some(2), Some(2), Some(0)]);
    assert_eq!((third.rating(2), third.rating(3), third.count()), (Some(0), None, 1));
    let counts: Vec<_> = matrix.level_counts().collect();
    assert_eq!(counts[0], (1, vec![1, 1, 0]));
    assert_eq!(counts[1], (1, vec![0, 0, 0]));
    assert_eq!(counts[2], (1, vec![1, 0, 2]));
}

#[test]
fn patterns_count_the_items_rated_alike() {
    let patterns = matrix().patterns();
    assert_eq!((patterns.rows().count(), patterns.items()), (4, 5));
    let twice = patterns.rows().find(|row| row.count() == 2).unwrap();
    assert_eq!(twice.ratings().collect::<Vec<_>>(), [Some(0), Some(1), None]);
}

#[test]
fn a_resample_has_the_same_rows_and_other_counts() {
    let resampled = matrix().with_counts(vec![0, 1, 4, 0, 0]).unwrap();
    assert_eq!((resampled.items(), resampled.pairable_items()), (5, 4));
    assert_eq!(resampled.patterns().rows().count(), 2);
    assert_eq!(
        matrix().with_counts(vec![1]).unwrap_err(),
        RatingError::CountLength { found: 1, expected: 5 }
    );
    assert_eq!(
        matrix().with_counts(vec![u64::MAX, 1, 0, 0, 0]).unwrap_err(),
        TableError::TooManyItems.into()
    );
}

#[test]
fn tables_hold_the_items_that_both_raters_rated() {
    let matrix = matrix();
    let of = |first, second| matrix.table(first, second).unwrap();
    assert_eq!(of(0, 1), table([[0, 2, 0], [0, 0, 0], [0, 0, 1]]));
    assert_eq!(of(1, 0), table([[0, 0, 0], [2, 0, 0], [0, 0, 1]]));
    assert_eq!(of(0, 2), table([[0, 0, 0], [0, 0, 0], [1, 0, 0]]));
    assert_eq!(matrix.table(0, 3), Err(RatingError::UnknownRater { rater: 3, raters: 3 }));
}

#[test]
fn a_table_is_two_complete_raters() {
    let counts = table([[3, 0], [1, 1_000_000_000_000]]);
    let matrix = RatingMatrix::from_table(&counts);
    assert_eq!((matrix.raters(), matrix.rows().count()), (2, 3));
    assert_eq!(matrix.items(), counts.n());
    assert_eq!(matrix.table(0, 1).unwrap(), counts);
}

#[test]
fn what_is_not_a_matrix_is_refused() {
    let refused = |rows: &[Vec<Option<usize>>]| RatingMatrix::from_rows(3, rows).unwrap_err();
    assert_eq!(refused(&[]), RatingError::Raters { found: 0 });
    assert_eq!(refused(&[vec![Some(1)]]), RatingError::Raters { found: 1 });
    assert_eq!(
        refused(&[vec![None; 2], vec![None; 3]]),
        RatingError::RowLength { row: 1, found: 3, expected: 2 }
    );
    assert_eq!(
        refused(&[vec![Some(0), Some(3)]]),
        TableError::UnknownLevel { level: 3, size: 3 }.into()
    );
    for size in [0, 1, 1001] {
        let refused = RatingMatrix::empty(2, size).unwrap_err();
        assert_eq!(refused, TableError::Levels { found: size }.into());
    }
    let mut full = RatingMatrix::empty(2, 2).unwrap();
    full.record_many(&[Some(0), None], u64::MAX).unwrap();
    let before = full.clone();
    assert_eq!(full.record(&[None, None]), Err(TableError::TooManyItems.into()));
    assert_eq!(full, before);
}
