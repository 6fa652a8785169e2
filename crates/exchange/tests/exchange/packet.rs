//! Packets and keys.

use crate::support::{Folder, blinded, drawn, masked, masked_opening};
use exchange::{decode_packet, read_key, read_packet, write_key, write_packet};
use proptest::prelude::*;
use study::{BlindedResponse, Packet, Prompt, Role, Turn};

/// What is told of such a packet where it is read, and the same where it is to be written.
fn told(change: impl FnOnce(&mut Packet)) -> String {
    let folder = Folder::new();
    let mut packet = blinded().packets.remove(0);
    change(&mut packet);
    let refused = folder.told(write_packet(&folder.file("p.json"), &packet));
    assert!(folder.names().is_empty(), "nothing is written");
    let file = folder.put_as_another("p.json", "primum-packet/1", &packet);
    assert_eq!(folder.told(read_packet(&file)), refused);
    refused
}

#[test]
fn what_is_written_is_read() {
    let folder = Folder::new();
    let made = blinded();
    write_packet(&folder.file("p.json"), &made.packets[0]).unwrap();
    write_key(&folder.file("k.json"), &made.key).unwrap();
    assert_eq!(read_packet(&folder.file("p.json")).unwrap(), made.packets[0]);
    assert_eq!(read_key(&folder.file("k.json")).unwrap(), made.key);
    let text = std::fs::read_to_string(folder.file("p.json")).unwrap();
    assert_eq!(decode_packet("p.json", &text).unwrap(), made.packets[0]);
    assert!(text.ends_with("}\n"), "the last line is ended, as tools expect");
}

#[cfg(unix)]
#[test]
fn a_key_in_clear_text_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    write_key(&folder.file("k.json"), &blinded().key).unwrap();
    let mode = folder.file("k.json").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}

#[test]
fn a_key_is_of_the_first_version_that_can_say_it() {
    let folder = Folder::new();
    for (name, key) in
        [("1", blinded().key), ("2", drawn().key), ("3", masked().key), ("4", masked_opening().key)]
    {
        let file = folder.file(name);
        write_key(&file, &key).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains(&format!("\"primum-key/{name}\"")), "{text}");
        assert_eq!(read_key(&file).unwrap(), key);
    }
    for (version, said) in [(2, 1), (3, 1), (3, 2), (4, 3)] {
        let newer = std::fs::read_to_string(folder.file(&version.to_string())).unwrap();
        let [version, said] = [version, said].map(|version| format!("primum-key/{version}"));
        let older = folder.put("o.json", newer.replace(&version, &said));
        assert_eq!(
            folder.told(read_key(&older)),
            format!("o.json, field `format`: found `{said}`; expected `{version}`."),
            "an earlier version has no field of a later one"
        );
    }
    let newest = std::fs::read_to_string(folder.file("4")).unwrap();
    let later = folder.put("l.json", newest.replace("primum-key/4", "primum-key/5"));
    assert!(folder.told(read_key(&later)).contains("made by a newer Primum"));
}

/// A packet with a conversation in place of a prompt.
fn conversation() -> Packet {
    let mut packet = blinded().packets.remove(0);
    let content = "What now?".into();
    packet.scenarios[0].prompt = Prompt::Turns(vec![Turn { role: Role::User, content }]);
    packet
}

#[test]
fn a_conversation_is_in_packets_that_earlier_programs_refuse() {
    let folder = Folder::new();
    let file = folder.file("p.json");
    write_packet(&file, &conversation()).unwrap();
    assert_eq!(read_packet(&file).unwrap(), conversation());
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("\"primum-packet/3\""), "{text}");
    for earlier in ["primum-packet/1", "primum-packet/2"] {
        let file = folder.put("earlier.json", text.replace("primum-packet/3", earlier));
        let told = folder.told(read_packet(&file));
        assert_eq!(
            told,
            format!("earlier.json, field `format`: found `{earlier}`; expected `primum-packet/3`.")
        );
    }
}

#[test]
fn a_turn_that_is_none_is_told_with_its_place() {
    let folder = Folder::new();
    let file = folder.file("p.json");
    write_packet(&file, &conversation()).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    let told = |from: &str, to: &str| {
        folder.told(read_packet(&folder.put("t.json", text.replacen(from, to, 1))))
    };
    let role = told("\"role\": \"user\"", "\"role\": \"tool\"");
    assert!(
        role.contains("field `content.scenarios[0].prompt[0].role`: found the text \"tool\"; expected `system`, `user` or `assistant`."),
        "{role}"
    );
    let model = told("\"role\": \"user\"", "\"role\": \"user\", \"model\": \"aster\"");
    assert!(model.contains("unknown field `model`"), "{model}");
}

#[test]
fn a_key_that_names_an_origin_twice_is_refused_unless_it_is_a_repeat() {
    let folder = Folder::new();
    let mut key = drawn().key;
    let repeat = key.items.iter_mut().find(|item| item.repeat_of.is_some()).unwrap();
    repeat.repeat_of = None;
    let told = folder.told(write_key(&folder.file("k.json"), &key));
    assert!(folder.names().is_empty(), "a key that nobody could open is not written");
    let file = folder.put_as_another("k.json", "primum-key/2", &key);
    assert_eq!(folder.told(read_key(&file)), told);
    assert!(
        told.starts_with("k.json: field `items`: found `")
            && told.ends_with(" twice; expected each item and origin once."),
        "{told}"
    );
}

#[test]
fn an_item_that_comes_twice_is_refused() {
    let item = blinded().packets[0].items[0].id.clone();
    assert_eq!(
        told(|packet| packet.items.push(packet.items[0].clone())),
        format!("p.json: field `items`: found `{item}` twice; expected each once.")
    );
}

#[test]
fn a_scenario_that_comes_twice_is_refused() {
    let scenario = blinded().packets[0].scenarios[0].id.clone();
    assert_eq!(
        told(|packet| packet.scenarios.push(packet.scenarios[0].clone())),
        format!("p.json: field `scenarios`: found `{scenario}` twice; expected each once.")
    );
}

#[test]
fn an_item_without_its_scenario_is_refused() {
    let item = blinded().packets[0].items[1].id.clone();
    assert_eq!(
        told(|packet| packet.items[1].scenario = "zzzzzzz".into()),
        format!(
            "p.json: item `{item}`, field `scenario`: found `zzzzzzz`; expected one of the packet's \
             scenarios."
        )
    );
}

#[test]
fn a_packet_without_items_is_refused() {
    assert_eq!(
        told(|packet| packet.items.clear()),
        "p.json: field `items`: found no item; expected at least one response to rate."
    );
}

#[test]
fn a_packet_whose_rubric_contradicts_itself_is_refused() {
    assert_eq!(
        told(|packet| packet.rubric.axes[0].levels.truncate(1)),
        "p.json: rubric, field `axes.omission.levels`: found 1 levels; expected at least two."
    );
}

proptest! {
    #[test]
    fn any_text_comes_back_as_it_was(text: String, prompt: String, credit in 0.0f64..=1.0, filtered: bool) {
        let folder = Folder::new();
        let mut packet = blinded().packets.remove(0);
        packet.items[0].response = BlindedResponse { text, filtered };
        packet.scenarios[0].prompt = Prompt::Text(prompt);
        packet.rubric.checklist[0].credit = credit;
        write_packet(&folder.file("p.json"), &packet).unwrap();
        prop_assert_eq!(read_packet(&folder.file("p.json")).unwrap(), packet);
    }
}

/// A key by another writer, with the digest of its own text.
fn key_with_probability(written: &str) -> Result<study::Key, String> {
    let folder = Folder::new();
    let file = folder.file("k.json");
    write_key(&file, &drawn().key).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    let field = "\"inclusion_probability\": ";
    let parts: Vec<&str> = text.split(field).collect();
    let changed = parts[1..].iter().map(|part| {
        let end = part.find([',', '\n']).unwrap();
        format!("{field}{written}{}", &part[end..])
    });
    let text = format!("{}{}", parts[0], changed.collect::<String>());
    let content = &text[text.find("\"content\": ").unwrap() + 11..text.rfind('}').unwrap()];
    let compact: Vec<&str> = content.lines().map(str::trim).collect();
    let compact = compact.concat().replace("\": ", "\":");
    let digest = study::Digest::of_bytes(compact.as_bytes()).to_string();
    let old = text[text.find("sha256:").unwrap()..][..71].to_owned();
    let file = folder.put("k.json", text.replacen(&old, &digest, 1));
    read_key(&file)
        .map_err(|error| error.to_string().replace(&file.display().to_string(), "k.json"))
}

#[test]
fn a_number_is_read_as_another_program_writes_it() {
    for (written, value) in [("1", 1.0), ("1.0", 1.0), ("6.25e-01", 0.625), ("1e-05", 1e-5)] {
        let key = key_with_probability(written).unwrap();
        let found = key.items.iter().find_map(|item| item.inclusion_probability);
        assert_eq!(found, Some(value), "{written}");
    }
}

#[test]
fn a_probability_that_no_draw_has_is_refused() {
    for (written, found) in
        [("1e-320", "1e-320"), ("1e-150", "1e-150"), ("0", "0.0"), ("1.5", "1.5")]
    {
        let told = key_with_probability(written).unwrap_err();
        let expected = "expected a number from 1e-10 to 1";
        assert!(told.starts_with("k.json: item `"), "{told}");
        assert!(told.contains(&format!("found {found}; {expected}")), "{told}");
    }
}
