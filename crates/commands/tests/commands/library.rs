//! Open a packet, leave it and come back.

use crate::support::{
    Window, clock_at, example_packet, grade, item_ids, opened, set_clock, window,
};
use serde_json::{Value, json};
use std::fs;
#[cfg(unix)]
use testing::ReadOnlyFolder;
use testing::root;

#[test]
fn a_fresh_packet_starts_at_its_first_item_with_nothing_answered() {
    let (_folder, mut window) = window();
    let session = window.open(&example_packet());
    let items = session["items"].as_array().unwrap();
    assert_eq!(items.len(), 24);
    assert_eq!(session["last_shown"], items[0]["id"]);
    assert_eq!(session["name"], Value::Null);
    assert_eq!(
        session["progress"],
        json!({ "total": 24, "complete": 0, "started": 0, "abstained": 0, "flagged": 0 })
    );
    for (number, item) in (1..).zip(items) {
        assert_eq!((&item["number"], &item["status"]), (&json!(number), &json!("untouched")));
    }
}

#[test]
fn a_damaged_packet_is_refused_as_it_is_and_not_left_open() {
    let (_folder, mut window, items) = opened();
    let name = "Dr. Quillfeather";
    window.call("name_rater", json!({ "name": name }));
    let packet = window.call("list_packets", json!({}))["packets"][0]["packet"].clone();
    let mut window = window.restarted();
    let mut files =
        fs::read_dir(window.folder().join("packets")).unwrap().map(|it| it.unwrap().path());
    let file = files.find(|file| file.extension().is_some_and(|end| end == "primum")).unwrap();
    let mut bytes = fs::read(&file).unwrap();
    // The page that holds the name, which is read last.
    let at = bytes.windows(name.len()).position(|part| part == name.as_bytes()).unwrap();
    bytes[at / 4096 * 4096..][..8].fill(0);
    fs::write(&file, &bytes).unwrap();

    // The place where the rater was would be written with another time.
    set_clock(clock_at("2026-05-02T08:00:00Z"));
    let failure = window.fail("resume_packet", json!({ "packet": packet }));
    assert!(failure["message"].as_str().unwrap().contains("the file is damaged"), "{failure}");
    assert!(fs::read(&file).unwrap() == bytes, "nothing was written to it");
    let failure = window.fail("show_item", json!({ "item": items[0] }));
    assert_eq!(failure["message"], "no packet is open");
}

#[test]
fn a_file_that_is_no_packet_is_refused_and_the_open_one_stays_open() {
    let (folder, mut window, items) = opened();
    let cut = folder.path().join("cut.json");
    let text = fs::read_to_string(example_packet()).unwrap();
    fs::write(&cut, &text[..text.len() / 2]).unwrap();
    let failure = window.fail("open_packet", json!({ "path": cut }));
    assert_eq!(failure["kind"], "refused");
    assert!(failure["message"].as_str().unwrap().contains("ends in the middle"), "{failure}");
    window.rate(&items[0], grade(1));
}

#[test]
fn a_packet_reopens_where_it_was_with_every_rating() {
    let (_folder, mut window, items) = opened();
    window.call("name_rater", json!({ "name": "  Dr Ann  " }));
    window.rate(&items[7], grade(3));
    window.show(&items[9]);
    let packet = window.call("list_packets", json!({}))["packets"][0]["packet"].clone();

    for by_file in [true, false] {
        window = window.restarted();
        let session = match by_file {
            true => window.open(&example_packet()),
            false => window.call("resume_packet", json!({ "packet": packet })),
        };
        assert_eq!(session["last_shown"], items[9]);
        assert_eq!(session["name"], "Dr Ann");
        assert_eq!(item_ids(&session), items, "the order of rating is the packet's");
        assert_eq!(session["items"][7]["status"], "started");
        assert_eq!(window.show(&items[7])["rating"]["grades"]["omission"], 3);
        window.show(&items[9]);
    }
    let library = window.call("list_packets", json!({}));
    assert_eq!(library["packets"].as_array().unwrap().len(), 1, "opened twice, it is there once");
    assert_eq!(library["packets"][0]["name"], "Dr Ann");
    assert_eq!(library["packets"][0]["progress"]["started"], 1);
}

#[test]
fn a_packet_that_is_removed_comes_back_with_every_rating() {
    let (_folder, mut window, items) = opened();
    window.rate(&items[7], grade(3));
    let entry = || json!({ "packet": exchange::read_packet(&example_packet()).unwrap().packet });
    for by_file in [true, false] {
        let library = window.call("remove_packet", entry());
        assert_eq!(library["packets"], json!([]), "the packet that is open too");
        assert_eq!(
            window.fail("show_item", json!({ "item": items[7] }))["message"],
            "no packet is open"
        );
        window = window.restarted();
        assert_eq!(window.call("list_packets", json!({}))["packets"], json!([]));
        if by_file {
            window.open(&example_packet());
        } else {
            let library = window.call("restore_packet", entry());
            assert_eq!(library["packets"][0]["progress"]["started"], 1);
            window.call("resume_packet", entry());
        }
        assert_eq!(window.show(&items[7])["rating"]["grades"]["omission"], 3);
    }
    let failure = window.fail("restore_packet", entry());
    assert!(failure["message"].as_str().unwrap().contains("already there"), "{failure}");
    assert_eq!(window.call("list_packets", json!({}))["packets"].as_array().unwrap().len(), 1);
}

#[test]
fn a_packet_of_one_name_and_other_content_is_refused() {
    let (folder, mut window, items) = opened();
    window.rate(&items[0], grade(2));
    let mut packet = exchange::read_packet(&example_packet()).unwrap();
    packet.items[0].response.text.push_str(" And more.");
    let other = folder.path().join("other.json");
    exchange::write_packet(&other, &packet).unwrap();
    let failure = window.fail("open_packet", json!({ "path": other }));
    assert_eq!(failure["kind"], "refused");
    assert_eq!(
        failure["message"].as_str().unwrap(),
        format!(
            "{}: a packet named {} with other content is already on this computer; it was left as it is. \
             Ask the lead author which of the two is meant.",
            other.display(),
            packet.packet
        )
    );
    let session = window.open(&example_packet());
    assert_eq!(session["items"][0]["status"], "started", "the ratings are still there");
}

#[test]
fn an_empty_name_is_refused_and_a_later_name_counts() {
    let (_folder, mut window, _) = opened();
    let failure = window.fail("name_rater", json!({ "name": " \t" }));
    assert_eq!(failure["kind"], "refused");
    for name in ["Ann", "Ann Other", "Ann"] {
        assert_eq!(window.call("name_rater", json!({ "name": name }))["name"], name);
    }
}

#[test]
fn a_stored_packet_that_cannot_be_read_is_named_beside_the_others() {
    let (folder, mut window, _) = opened();
    let damaged = folder.path().join("packets/damaged.primum");
    fs::write(&damaged, "not a database, and long enough to look like something").unwrap();
    let library = window.call("list_packets", json!({}));
    assert_eq!(library["packets"].as_array().unwrap().len(), 1);
    let unreadable = library["unreadable"].as_array().unwrap();
    assert_eq!(unreadable.len(), 1);
    assert!(unreadable[0].as_str().unwrap().contains("damaged.primum"), "{library}");
}

#[cfg(unix)]
#[test]
fn an_archived_packet_is_listed_shown_exported_and_not_changed() {
    let (folder, mut window, _) = opened();
    let session = window.call("name_rater", json!({ "name": "Ann" }));
    assert_eq!(session["cautions"], json!([]));
    let packets = folder.path().join("packets");
    let Some(_read_only) = ReadOnlyFolder::make(&packets) else { return };
    let mut window = window.restarted();
    let library = window.call("list_packets", json!({}));
    assert_eq!(library["packets"].as_array().unwrap().len(), 1, "{library}");
    let packet = &library["packets"][0]["packet"];
    let session = window.call("resume_packet", json!({ "packet": packet }));
    assert_eq!(session["cautions"][0]["kind"], "read_only");
    let reason = session["cautions"][0]["reason"].as_str().unwrap();
    assert!(reason.contains(packets.to_str().unwrap()), "{reason}");
    let item = session["items"][0]["id"].as_str().unwrap();
    window.show(item);
    let changes = json!([{ "part": "flag", "raised": true }]);
    let failure = window.fail("rate_item", json!({ "item": item, "changes": changes }));
    assert_eq!(failure["kind"], "not_saved");
    window.call("export_ratings", json!({ "folder": folder.path().join("out") }));
}

#[test]
fn a_file_in_the_place_of_the_packets_folder_is_told() {
    let (folder, mut window) = window();
    let packets = folder.path().join("packets");
    fs::write(&packets, "a letter").unwrap();
    let library = window.call("list_packets", json!({}));
    let told = format!("{}: found a file where a folder is expected.", packets.display());
    assert_eq!(library, json!({ "packets": [], "unreadable": [told] }));
    let failure = window.fail("open_example", json!({}));
    let message = failure["message"].as_str().unwrap();
    assert!(message.contains("packets: something of this name is already there"), "{message}");
}

#[test]
fn a_clock_that_is_plainly_wrong_is_said_at_opening_and_nothing_is_rewritten() {
    let cautions = |window: &mut Window, time: &str| {
        set_clock(clock_at(time));
        window.open(&example_packet())["cautions"].clone()
    };
    let clock = |earlier: &str, before: &str, after: &str| json!([{ "kind": "clock", "earlier": earlier, "before": before, "later": "now", "after": after }]);
    let (_folder, mut window) = window();
    let told = clock("made", "2026-01-01T12:00:00Z", "2009-01-01T00:10:00Z");
    assert_eq!(cautions(&mut window, "2009-01-01T00:10:00Z"), told);

    assert_eq!(cautions(&mut window, "2026-11-29T08:00:00Z"), json!([]));
    set_clock(clock_at("2086-11-29T08:00:00Z"));
    let items = item_ids(&serde_json::to_value(window.open(&example_packet())).unwrap());
    let saved = window.rate(&items[0], grade(3));
    assert_eq!(cautions(&mut window, "2086-11-29T20:00:00Z"), json!([]), "half a day is none");
    let told = cautions(&mut window, "2026-11-30T08:00:00Z");
    let at = told[0]["before"].as_str().unwrap();
    assert!(at.starts_with("2086-11-29"), "{at}");
    assert_eq!(told, clock("latest_change", at, "2026-11-30T08:00:00Z"));
    assert!(saved["saved_at"].as_str().unwrap().starts_with("2086-11-29"), "{saved}");
    let saved = window.rate(&items[0], grade(2));
    assert!(saved["saved_at"].as_str().unwrap().starts_with("2086-11-29"), "{saved}");
}

#[test]
fn after_the_last_moment_there_is_ratings_are_still_saved() {
    let (_folder, mut window, items) = opened();
    set_clock(clock_at("9999-12-30T22:00:00.999999Z"));
    for level in [3, 2, 1] {
        window.rate(&items[0], grade(level));
    }
    set_clock(0);
    let rating = window.rate(&items[0], grade(0))["rating"].clone();
    assert_eq!(window.show(&items[0])["rating"], rating);
    assert_eq!(rating["grades"], window.show(&items[0])["rating"]["grades"]);
}

#[test]
fn the_library_lists_the_last_used_packet_first() {
    let (_folder, mut window) = window();
    assert_eq!(window.call("list_packets", json!({})), json!({ "packets": [], "unreadable": [] }));
    let raters = |window: &mut Window| -> Vec<String> {
        let library = window.call("list_packets", json!({}));
        let packets = library["packets"].as_array().unwrap().iter();
        packets.map(|packet| packet["rater"].as_str().unwrap().to_owned()).collect()
    };
    // Half a second apart, so that the times differ in length when written out.
    for (microseconds, rater, expected) in [
        (1_000_000, "A", vec!["A"]),
        (1_500_000, "B", vec!["B", "A"]),
        (2_000_000, "A", vec!["A", "B"]),
        (2_500_000, "B", vec!["B", "A"]),
    ] {
        set_clock(microseconds);
        let packet = root().join(format!("annotations/packets/packet-{rater}.primum-packet"));
        window.open(&packet);
        assert_eq!(raters(&mut window), expected, "after {rater} at {microseconds} µs");
    }
}

#[test]
fn the_built_in_example_is_the_packet_in_the_repository() {
    let (_folder, mut window) = window();
    let built_in = window.call("open_example", json!({}));
    let file = window.open(&example_packet());
    assert_eq!((&built_in["packet"], &built_in["items"]), (&file["packet"], &file["items"]));
    assert_eq!(window.call("list_packets", json!({}))["packets"].as_array().unwrap().len(), 1);
}
