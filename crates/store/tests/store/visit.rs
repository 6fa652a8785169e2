//! The table `visit`.

use crate::support::{Stored, time};
use study::{ItemId, Lock, Visit, VisitId};
use uuid::Uuid;

fn visit(number: u32, item: ItemId, second: u32) -> Visit {
    let id = VisitId::new(Uuid::from_u128(number.into()));
    Visit { id, at: time(second), item, active_ms: 700 * number, continued: number == 2 }
}

#[test]
fn visits_come_back_in_the_order_in_which_they_were_made_whatever_the_clock_says() {
    let mut stored = Stored::new();
    assert_eq!(stored.store().visits().unwrap(), []);
    let [one, two] = [stored.item(0), stored.item(1)];
    let made = [visit(3, one.clone(), 90), visit(2, one, 80), visit(1, two, 10)];
    for visit in &made {
        stored.store_mut().add_visit(visit).unwrap();
    }
    assert_eq!(stored.reopened().store().visits().unwrap(), made);
}

#[test]
fn what_is_no_visit_is_refused_by_the_database() {
    let mut stored = Stored::new();
    let item = stored.item(0);
    for wrong in [
        Visit { active_ms: 0, ..visit(1, item.clone(), 1) },
        Visit { active_ms: 86_400_001, ..visit(1, item.clone(), 1) },
        visit(1, ItemId::new("zzzzzzz"), 1),
    ] {
        assert!(stored.store_mut().add_visit(&wrong).is_err(), "{wrong:?}");
    }
    stored.store_mut().add_visit(&visit(1, item.clone(), 1)).unwrap();
    assert!(stored.store_mut().add_visit(&visit(1, item, 2)).is_err(), "an identifier twice");
    assert_eq!(stored.store().visits().unwrap().len(), 1);
}

#[test]
fn after_the_lock_no_time_is_kept() {
    let mut stored = Stored::new();
    let item = stored.item(0);
    let lock = Lock { at: time(5), name: "Ann".into(), statement: "By myself.".into() };
    stored.store_mut().lock(&lock).unwrap();
    let error = stored.store_mut().add_visit(&visit(1, item, 9)).unwrap_err().to_string();
    assert!(error.contains("after the lock no time is kept"), "{error}");
}

#[test]
fn a_visit_is_not_changed_removed_or_replaced() {
    let mut stored = Stored::new();
    let item = stored.item(0);
    stored.store_mut().add_visit(&visit(1, item, 1)).unwrap();
    assert_eq!(stored.refuses("UPDATE visit SET active_ms = 1"), "a visit is never changed");
    assert_eq!(stored.refuses("DELETE FROM visit"), "a visit is never removed");
    assert_eq!(
        stored.refuses("INSERT OR REPLACE INTO visit SELECT * FROM visit"),
        "a visit is never replaced"
    );
}
