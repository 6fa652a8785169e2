//! The table `rater_name`.

use crate::support::{Stored, time};
use jiff::SignedDuration;

#[test]
fn the_last_name_counts_and_the_others_stay() {
    let mut stored = Stored::new();
    assert_eq!(stored.store().rater_name().unwrap(), None);
    for (second, name) in [(1, "Ann"), (2, "Dr Ann 'Å' O; --")] {
        stored.store_mut().name_rater(name, time(second)).unwrap();
    }
    let stored = stored.reopened();
    assert_eq!(stored.store().rater_name().unwrap().as_deref(), Some("Dr Ann 'Å' O; --"));
    let count: u32 =
        stored.raw().query_row("SELECT count(*) FROM rater_name", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 2);
}

#[test]
fn the_last_name_counts_whatever_the_clock_says() {
    let half = SignedDuration::from_millis(500);
    for (first, second, clock) in [
        (time(2), time(1), "goes back"),
        (time(1), time(1), "stands still"),
        (time(1), time(1) + half, "goes on by half a second"),
    ] {
        let mut stored = Stored::new();
        stored.store_mut().name_rater("first", first).unwrap();
        stored.store_mut().name_rater("second", second).unwrap();
        let name = stored.store().rater_name().unwrap();
        assert_eq!(name.as_deref(), Some("second"), "the clock {clock}");
    }
}

#[test]
fn an_empty_name_is_refused_by_the_database() {
    let mut stored = Stored::new();
    assert!(stored.store_mut().name_rater("  ", time(1)).is_err());
    assert_eq!(stored.store().rater_name().unwrap(), None);
}

#[test]
fn a_name_is_not_changed_or_removed() {
    let mut stored = Stored::new();
    stored.store_mut().name_rater("Ann", time(1)).unwrap();
    assert_eq!(stored.refuses("UPDATE rater_name SET name = 'Bo'"), "a name is never changed");
    assert_eq!(stored.refuses("DELETE FROM rater_name"), "a name is never removed");
}
