//! The table `visit`.

use crate::study_store::stored_study::{StoredStudy, graded};
use crate::support::time;
use store::{Error, PacketState, Receipt, Received};
use study::{ItemId, Visit, VisitId};
use uuid::Uuid;

fn visit(number: u32, item: ItemId) -> Visit {
    let id = VisitId::new(Uuid::from_u128(number.into()));
    Visit { id, at: time(number), item, active_ms: 1000 * number, continued: number == 2 }
}

/// Receives a file of this `content` with these visits and one record.
fn receive(
    stored: &mut StoredStudy,
    state: &PacketState,
    content: &[u8],
    visits: &[Visit],
) -> Result<Receipt, Error> {
    let records = [graded(1, stored.item(0), 2)];
    let at = time(60);
    let received = Received { name: "A.json", content, at, state, records: &records, visits };
    stored.store_mut().receive(&received)
}

#[test]
fn a_visit_that_two_files_bring_counts_once() {
    let mut stored = StoredStudy::new();
    let (state, item) = (stored.state(0), stored.item(0));
    let visits: Vec<Visit> = [2, 1, 3].map(|number| visit(number, item.clone())).into();
    receive(&mut stored, &state, b"early", &visits[..2]).unwrap();
    let receipt = receive(&mut stored, &state, b"late", &visits).unwrap();
    assert_eq!((receipt.new, receipt.already), (0, 1), "visits are no records");
    assert_eq!(receipt.new_visits, 1);
    let stored = stored.reopened();
    assert_eq!(stored.store().visits_of(&state.packet).unwrap(), visits);
    assert_eq!(stored.store().visits_of(&stored.state(1).packet).unwrap(), []);
}

#[test]
fn a_visit_that_differs_or_is_of_no_item_of_the_packet_is_refused_and_nothing_kept() {
    let mut stored = StoredStudy::new();
    let (state, item) = (stored.state(0), stored.item(0));
    receive(&mut stored, &state, b"early", &[visit(1, item.clone())]).unwrap();
    let longer = Visit { active_ms: 7, ..visit(1, item.clone()) };
    let elsewhere = visit(5, ItemId::new("zzzzzzz"));
    for (wrong, told) in [
        (longer, "another item, time or packet than in an earlier file"),
        (elsewhere, "expected an item of packet"),
    ] {
        let error = receive(&mut stored, &state, b"late", &[visit(4, item.clone()), wrong]);
        let error = error.unwrap_err();
        assert!(matches!(error, Error::Refused { .. }), "{error:?}");
        assert!(error.to_string().contains(told), "{error}");
    }
    assert_eq!(stored.store().visits_of(&state.packet).unwrap().len(), 1);
    assert_eq!(stored.store().received_files().unwrap().len(), 1);
}

#[test]
fn a_visit_that_another_packet_brought_is_refused() {
    let mut stored = StoredStudy::new();
    let item = stored.item(0);
    let (state, other) = (stored.state(0), stored.state(1));
    receive(&mut stored, &state, b"A", &[visit(1, item.clone())]).unwrap();
    let received = Received {
        name: "B.json",
        content: b"B",
        at: time(60),
        state: &other,
        records: &[],
        visits: &[visit(1, item)],
    };
    let error = stored.store_mut().receive(&received).unwrap_err();
    assert!(error.to_string().contains("another item, time or packet"), "{error}");
}

#[test]
fn several_files_bring_no_more_visits_of_an_item_than_one_may() {
    let mut stored = StoredStudy::new();
    let (state, item) = (stored.state(0), stored.item(0));
    let most = study::MOST_VISITS as u32;
    let visits = |numbers: std::ops::Range<u32>| -> Vec<Visit> {
        numbers.map(|number| Visit { at: time(1), ..visit(number, item.clone()) }).collect()
    };
    receive(&mut stored, &state, b"first", &visits(1..most + 1)).unwrap();
    let error = receive(&mut stored, &state, b"second", &visits(most + 1..most + 2)).unwrap_err();
    assert!(error.to_string().contains("found 10001 visits"), "{error}");
    assert_eq!(stored.store().visits_of(&state.packet).unwrap().len(), study::MOST_VISITS);
}

#[test]
fn a_visit_is_not_changed_removed_or_replaced() {
    let mut stored = StoredStudy::new();
    let (state, item) = (stored.state(0), stored.item(0));
    receive(&mut stored, &state, b"a", &[visit(1, item)]).unwrap();
    assert_eq!(stored.refuses("UPDATE visit SET active_ms = 1"), "a visit is never changed");
    assert_eq!(stored.refuses("DELETE FROM visit"), "a visit is never removed");
    assert_eq!(
        stored.refuses("INSERT OR REPLACE INTO visit SELECT * FROM visit"),
        "a visit is never replaced"
    );
}
