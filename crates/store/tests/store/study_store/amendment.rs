//! Changes to a running study, which are entries in its log.

use crate::study_store::stored_study::{StoredStudy, decision, graded, sealed_key};
use crate::support::time;
use std::collections::BTreeMap;
use store::{
    Amendment, Event, FurtherPacket, NewItems, NewPacket, PacketState, Received, SealedKey,
    StudyPacket, Taken, TwoPeople, Why,
};
use study::{Digest, ItemId, Key, Packet, PacketId, Record, StudyId};

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
        further_of: None,
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
    let received = Received {
        name: "Bo.json",
        content: b"Bo",
        at: time(9),
        state: &state,
        records,
        visits: &[],
    };
    stored.store_mut().receive_decided(&received, decided, WHY).map(|_| ())
}

#[test]
fn an_added_rater_comes_after_the_others_with_an_entry_that_says_when() {
    let mut stored = StoredStudy::new();
    let (like, new) = (stored.state(0).packet, further(&stored, "C"));
    stored
        .store_mut()
        .add_rater(&new, Some(&like), "packet-C.primum-packet", WHY, time(5))
        .unwrap();
    for (number, grade) in [(6, 1), (7, 2)] {
        let decision = decision(number, stored.item(0), Some(grade));
        stored.store_mut().decide(&decision).unwrap();
    }
    let key = stored.made.key.clone();
    stored.store_mut().open_keys(&[(sealed_key(), key.clone())], "now", time(8)).unwrap();
    let late = further(&stored, "D");
    stored.store_mut().add_rater(&late, None, "packet-D.primum-packet", WHY, time(9)).unwrap();

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
    assert_eq!(
        events[2..4],
        [added(&new, Some(like), first), handed_out(&new, "packet-C.primum-packet")]
    );
    assert_eq!(
        events[5..],
        [added(&late, None, second), handed_out(&late, "packet-D.primum-packet")]
    );
    let records = [graded(1, late.items[0].clone(), 3)];
    let state = PacketState { packet: late.packet, ..stored.state(0) };
    let received = Received {
        name: "D",
        content: b"D",
        at: time(9),
        state: &state,
        records: &records,
        visits: &[],
    };
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

fn further_key() -> SealedKey {
    SealedKey { digest: Digest::of_bytes(b"a further key"), name: "key-2.age".into() }
}

/// A packet of items that the study does not have, for the rater of the first packet.
fn new_items(stored: &StoredStudy) -> Packet {
    let mut packet = stored.made.packets[0].clone();
    packet.packet = PacketId::new("further-A");
    packet.items.truncate(2);
    for (number, item) in packet.items.iter_mut().enumerate() {
        item.id = ItemId::new(format!("new{number}"));
    }
    packet
}

fn add(
    stored: &mut StoredStudy,
    packet: &Packet,
    sealed_key: &SealedKey,
) -> Result<(), store::Error> {
    let of = stored.state(0).packet;
    let repeats = BTreeMap::from([(ItemId::new("new1"), ItemId::new("new0"))]);
    let packet = NewPacket { packet, lead: false };
    let packets = [FurtherPacket { packet, of: &of, name: "packet-A-2.primum-packet" }];
    let new = NewItems { packets: &packets, repeats: &repeats, drawn_from: Some(9), sealed_key };
    stored.store_mut().add_items(&new, WHY, time(5))
}

#[test]
fn added_items_come_with_a_packet_a_sealed_key_and_an_entry() {
    let mut stored = StoredStudy::new();
    let packet = new_items(&stored);
    add(&mut stored, &packet, &further_key()).unwrap();
    let mut stored = stored.reopened();
    let of = stored.state(0).packet;
    let kept = stored.store().packets().unwrap().pop().unwrap();
    assert_eq!((&kept.packet, &kept.further_of), (&packet.packet, &Some(of)));
    assert_eq!(kept.digest, Digest::of(&packet));
    assert_eq!(stored.store().items().unwrap().len(), 6);
    assert_eq!(stored.store().sealed_keys().unwrap()[1], further_key());
    let packets = vec![packet.packet.clone()];
    let (key, amendment) = (further_key().digest, amendment(false, 0));
    let added = Event::ItemsAdded { packets, items: 1, drawn_from: Some(9), key, amendment };
    let name = "packet-A-2.primum-packet".into();
    let handed_out = Event::HandedOut { packet: packet.packet.clone(), name };
    assert_eq!(events(&stored)[2..], [added, handed_out]);

    let records = [graded(1, ItemId::new("new0"), 3)];
    let state = PacketState { packet: packet.packet, ..stored.state(0) };
    let received = Received {
        name: "A",
        content: b"A",
        at: time(9),
        state: &state,
        records: &records,
        visits: &[],
    };
    assert_eq!(stored.store_mut().receive(&received).unwrap().new, 1);

    let further = Key { items: Vec::new(), ..stored.made.key.clone() };
    let keys = [(further_key().digest, further.clone()), (sealed_key(), stored.made.key.clone())];
    stored.store_mut().open_keys(&keys, "now", time(8)).unwrap();
    let opened = stored.store().opened_keys().unwrap();
    let opened: Vec<_> = opened.into_iter().map(|opened| (opened.digest, opened.key)).collect();
    assert_eq!(opened, [keys[1].clone(), keys[0].clone()], "in the order of sealing");
}

#[test]
fn items_that_do_not_fit_are_not_added_at_all() {
    let mut stored = StoredStudy::new();
    let before = (stored.store().packets().unwrap(), stored.store().log().unwrap());
    let good = new_items(&stored);
    let of_another_study = Packet { study: StudyId::new("another"), ..good.clone() };
    let mut without_repeat = good.clone();
    without_repeat.items.pop();
    let mut other_words = good.clone();
    other_words.items[1].id = stored.item(0);
    other_words.items[1].response.text = "another text".into();
    for packet in [of_another_study, without_repeat, other_words] {
        assert!(add(&mut stored, &packet, &further_key()).is_err(), "{:?}", packet.items);
    }
    let known = SealedKey { digest: sealed_key(), ..further_key() };
    assert!(add(&mut stored, &good, &known).is_err(), "a key has a file of its own");
    assert_eq!((stored.store().packets().unwrap(), stored.store().log().unwrap()), before);
    assert_eq!(
        (stored.store().items().unwrap().len(), stored.store().sealed_keys().unwrap().len()),
        (4, 1)
    );
}

#[test]
fn a_sealed_key_is_not_changed_removed_or_replaced() {
    StoredStudy::new().keeps("sealed_key", "name", "a sealed key");
}

#[test]
fn a_second_person_is_received_whole_or_not_at_all() {
    let mut stored = StoredStudy::new();
    stored.receive("A.json", b"A", 3, &[graded(1, stored.item(0), 3)]).unwrap();
    let (of, own) = (stored.state(0).packet, further(&stored, "A-2"));
    let two = TwoPeople { packet: &own, of: &of, first: &of, taken: Taken::Second };
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
    let two = TwoPeople { packet: &own, of: &of, first: &of, taken: Taken::Both };
    let refused = decide(&mut stored, &own.packet, &[], two).unwrap_err();
    assert_eq!(refused.to_string(), "refused: the file was received before");
    assert_eq!((stored.store().packets().unwrap(), stored.store().log().unwrap()), before);
}

#[test]
fn another_name_of_the_same_person_is_noted_and_can_be_decided_again() {
    let mut stored = StoredStudy::new();
    let (of, own) = (stored.state(0).packet, further(&stored, "A-2"));
    let records = [graded(2, stored.item(0), 0)];
    let one = TwoPeople { packet: &own, of: &of, first: &of, taken: Taken::OnePerson };
    decide(&mut stored, &own.packet, &records, one).unwrap();
    let (name, kept) = ("Dr Bo".into(), own.packet.clone());
    let noted = Event::OnePerson { packet: of.clone(), kept, name, amendment: amendment(false, 0) };
    assert_eq!(events(&stored)[2], noted);
    stored.store_mut().take_again(&own.packet, &of, Taken::Both, WHY, time(9)).unwrap();
    let (packet, taken) = (own.packet, Taken::Both);
    let again = Event::TakenAgain { packet, of: of.clone(), taken, amendment: amendment(false, 0) };
    assert_eq!(events(&stored).last(), Some(&again));
    let nobody = PacketId::new("nobody's");
    assert!(stored.store_mut().take_again(&nobody, &of, Taken::Both, WHY, time(9)).is_err());
}

#[test]
fn a_record_that_came_with_another_persons_copy_is_known() {
    let mut stored = StoredStudy::new();
    let first = graded(1, stored.item(0), 3);
    stored.receive("A.json", b"A", 3, std::slice::from_ref(&first)).unwrap();
    let of = stored.state(0).packet;
    let digest = stored.store().packets().unwrap()[0].digest.clone();
    let own = StudyPacket { digest, ..further(&stored, "A-2") };
    let both = TwoPeople { packet: &own, of: &of, first: &of, taken: Taken::Both };
    let second = [graded(2, stored.item(0), 0)];
    decide(&mut stored, &own.packet, &second, both).unwrap();
    let state = PacketState { packet: own.packet, ..stored.state(0) };
    let records = [first, graded(2, stored.item(0), 0), graded(3, stored.item(1), 1)];
    let received = Received {
        name: "both",
        content: b"both",
        at: time(9),
        state: &state,
        records: &records,
        visits: &[],
    };
    let receipt = stored.store_mut().receive(&received).unwrap();
    assert_eq!((receipt.new, receipt.already), (1, 2));
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
    stored.store_mut().open_keys(&[(sealed_key(), key.clone())], "now", time(8)).unwrap();
    assert_eq!(stored.refuses(&insert(false)), told);
    stored.raw().execute(&insert(true), []).unwrap();
}
