//! Changes to a running study, which are entries in its log.

use crate::study_store::stored_study::{StoredStudy, decision, graded, sealed_key};
use crate::support::time;
use store::{Amendment, Event, PacketState, Received, StudyPacket, TwoPeople, Why};
use study::{Digest, ItemId, PacketId, Record};

const WHY: Why<'static> = Why { by: "Dr. Lead", reason: "B has moved" };

fn amendment(after_opening: bool, decisions: u64) -> Amendment {
    Amendment { by: "Dr. Lead".into(), reason: "B has moved".into(), after_opening, decisions }
}

/// A packet of the first packet's items, for `rater`.
fn further(stored: &StoredStudy, rater: &str) -> StudyPacket {
    StudyPacket {
        packet: PacketId::new(format!("further-{rater}")),
        rater: rater.into(),
        lead: false,
        digest: Digest::of_bytes(b"a packet"),
        items: (0..4).map(|place| stored.item(place)).rev().collect(),
    }
}

fn events(stored: &StoredStudy) -> Vec<Event> {
    stored.store().log().unwrap().into_iter().map(|entry| entry.event).collect()
}

/// Gives a file of the first packet by Dr Bo as `decided`, kept under `packet`.
fn decide(
    stored: &mut StoredStudy,
    packet: &PacketId,
    records: &[Record],
    decided: TwoPeople<'_>,
) -> Result<(), store::Error> {
    let state = PacketState { packet: packet.clone(), name: "Dr Bo".into(), ..stored.state(0) };
    let received =
        Received { name: "Bo.json", content: b"Bo", at: time(9), state: &state, records };
    stored.store_mut().receive_decided(&received, decided, WHY).map(|_| ())
}

#[test]
fn an_added_rater_comes_after_the_others_with_an_entry_that_says_when() {
    let mut stored = StoredStudy::new();
    let (like, new) = (stored.state(0).packet, further(&stored, "C"));
    stored.store_mut().add_rater(&new, Some(&like), "packet-C.json", WHY, time(5)).unwrap();
    for (number, grade) in [(6, 1), (7, 2)] {
        let decision = decision(number, stored.item(0), Some(grade));
        stored.store_mut().decide(&decision).unwrap();
    }
    let key = stored.made.key.clone();
    stored.store_mut().open_key(&sealed_key(), &key, "now", time(8)).unwrap();
    let late = further(&stored, "D");
    stored.store_mut().add_rater(&late, None, "packet-D.json", WHY, time(9)).unwrap();

    let mut stored = stored.reopened();
    let packets = stored.store().packets().unwrap();
    assert_eq!(packets[2..], [new.clone(), late.clone()]);
    let events = events(&stored);
    let handed_out = |packet: &StudyPacket, name: &str| Event::HandedOut {
        packet: packet.packet.clone(),
        name: name.into(),
    };
    let added = |packet: &StudyPacket, like, amendment| Event::RaterAdded {
        packet: packet.packet.clone(),
        like,
        amendment,
    };
    let (first, second) = (amendment(false, 0), amendment(true, 1));
    assert_eq!(events[2..4], [added(&new, Some(like), first), handed_out(&new, "packet-C.json")]);
    assert_eq!(events[5..], [added(&late, None, second), handed_out(&late, "packet-D.json")]);
    let records = [graded(1, late.items[0].clone(), 3)];
    let state = PacketState { packet: late.packet, ..stored.state(0) };
    let received =
        Received { name: "D", content: b"D", at: time(9), state: &state, records: &records };
    assert_eq!(stored.store_mut().receive(&received).unwrap().new, 1);
}

#[test]
fn a_rater_whose_label_or_items_do_not_fit_is_not_added_at_all() {
    let mut stored = StoredStudy::new();
    let before = (stored.store().packets().unwrap(), stored.store().log().unwrap());
    let taken = StudyPacket { rater: "A".into(), ..further(&stored, "C") };
    let unknown = StudyPacket { items: vec![ItemId::new("nowhere")], ..further(&stored, "C") };
    for new in [taken, unknown] {
        let refused = stored.store_mut().add_rater(&new, None, "packet.json", WHY, time(5));
        assert!(refused.is_err(), "{new:?}");
    }
    assert_eq!((stored.store().packets().unwrap(), stored.store().log().unwrap()), before);
}

#[test]
fn a_second_person_is_received_whole_or_not_at_all() {
    let mut stored = StoredStudy::new();
    stored.receive("A.json", b"A", 3, &[graded(1, stored.item(0), 3)]).unwrap();
    let (of, own) = (stored.state(0).packet, further(&stored, "A-2"));
    let two = TwoPeople::Two { packet: &own, of: &of, aside: Some(&of) };
    let before = (stored.store().packets().unwrap(), stored.store().log().unwrap());
    let grade_without_level = [graded(2, stored.item(0), 9)];
    assert!(decide(&mut stored, &own.packet, &grade_without_level, two).is_err());
    assert_eq!((stored.store().packets().unwrap(), stored.store().log().unwrap()), before);

    let good = [graded(2, stored.item(0), 0)];
    decide(&mut stored, &own.packet, &good, two).unwrap();
    let records = stored.store().records_of(&own.packet).unwrap();
    assert_eq!(records.into_iter().map(|found| found.record).collect::<Vec<_>>(), good);
    assert_eq!(stored.store().records_of(&of).unwrap().len(), 1, "the first person's stay");
    let events = events(&stored);
    let second =
        Event::SecondPerson { packet: own.packet, of: of.clone(), amendment: amendment(false, 0) };
    let aside = Event::SetAside { packet: of, amendment: amendment(false, 0) };
    assert_eq!(events[3..5], [second, aside]);
    assert!(matches!(events[5], Event::Received { .. }));
}

#[test]
fn a_file_that_is_there_is_not_decided_about_again() {
    let mut stored = StoredStudy::new();
    let (of, own) = (stored.state(0).packet, further(&stored, "A-2"));
    stored.receive("A.json", b"Bo", 3, &[]).unwrap();
    let before = (stored.store().packets().unwrap(), stored.store().log().unwrap());
    let two = TwoPeople::Two { packet: &own, of: &of, aside: None };
    let refused = decide(&mut stored, &own.packet, &[], two).unwrap_err();
    assert_eq!(refused.to_string(), "refused: the file was received before");
    assert_eq!((stored.store().packets().unwrap(), stored.store().log().unwrap()), before);
}

#[test]
fn another_name_of_the_same_person_is_noted() {
    let mut stored = StoredStudy::new();
    let packet = stored.state(0).packet;
    let records = [graded(2, stored.item(0), 0)];
    decide(&mut stored, &packet, &records, TwoPeople::One).unwrap();
    let name = "Dr Bo".into();
    let one = Event::OnePerson { packet, name, amendment: amendment(false, 0) };
    assert_eq!(events(&stored)[2], one);
}

#[test]
fn nobody_can_say_afterwards_that_it_was_before_the_opening() {
    let mut stored = StoredStudy::new();
    let insert = |after: bool| {
        let amendment =
            format!(r#"{{"by":"x","reason":"y","after_opening":{after},"decisions":0}}"#);
        format!(
            r#"INSERT INTO log (at, event) VALUES ('', '{{"event":"set_aside","amendment":{amendment}}}')"#
        )
    };
    let told = "a change to a study says whether the key was open";
    assert_eq!(stored.refuses(&insert(true)), told);
    let key = stored.made.key.clone();
    stored.store_mut().open_key(&sealed_key(), &key, "now", time(8)).unwrap();
    assert_eq!(stored.refuses(&insert(false)), told);
    stored.raw().execute(&insert(true), []).unwrap();
}
