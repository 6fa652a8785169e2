//! Whatever is wrong with a file of ours is told with the file, the place, what was found and what is
//! expected.

use crate::support::{Folder, blinded, built_in, ratings};
use exchange::{
    Error, read_key, read_packet, read_ratings, read_responses, read_rubric, write_key,
    write_packet, write_ratings,
};
use proptest::prelude::*;
use std::fs;

/// The text of a good packet file.
fn packet_text() -> String {
    let folder = Folder::new();
    write_packet(&folder.file("p.json"), &blinded().packets[0]).unwrap();
    fs::read_to_string(folder.file("p.json")).unwrap()
}

/// What a person is told who opens `bytes` as a packet.
fn told(bytes: impl AsRef<[u8]>) -> String {
    let folder = Folder::new();
    let file = folder.put("p.json", &bytes);
    let message = folder.told(read_packet(&file));
    assert_eq!(fs::read(&file).unwrap(), bytes.as_ref(), "reading changes no file");
    assert_eq!(folder.names(), ["p.json"], "reading leaves nothing behind");
    message
}

#[test]
fn an_empty_file_is_called_empty() {
    for bytes in ["", " \n\t\n", "\u{feff}", "\u{feff}\n"] {
        assert_eq!(
            told(bytes),
            "p.json: the file is empty; expected a packet. Check that it is the right file, or get it again.",
            "{bytes:?}"
        );
    }
}

#[test]
fn text_that_is_not_json_is_told_with_its_place() {
    assert_eq!(
        told("dear colleague,\n"),
        "p.json: this is text that is not JSON; expected a packet. Give the packet as it was handed out, such as \
         packet-A.primum-packet."
    );
    assert_eq!(
        told("{\n  \"format\": 'primum-packet/1'\n}"),
        "p.json, line 2, column 13: this is not JSON (expected value); expected a packet."
    );
    assert_eq!(
        told(packet_text() + "and more"),
        format!(
            "p.json, line {}, column 1: this is not JSON (trailing characters); expected a packet.",
            packet_text().lines().count() + 1
        )
    );
}

#[test]
fn json_of_another_shape_is_told_in_plain_words() {
    for (text, found) in [("3", "3"), ("\"hello\"", "the text \"hello\""), ("null", "null")] {
        assert_eq!(told(text), format!("p.json, line 1: found {found}; expected an object."));
    }
    assert_eq!(
        told("{\"format\": 1}"),
        "p.json, line 1, field `format`: found 1; expected a text."
    );
}

#[test]
fn a_file_of_another_format_is_told_what_it_is() {
    let folder = Folder::new();
    let file = folder.file("A.ratings.json");
    write_ratings(&file, &ratings()).unwrap();
    assert_eq!(
        folder.told(read_packet(&file)),
        "A.ratings.json: this is a ratings file (`primum-ratings/2`); expected a packet (`primum-packet/3`)."
    );
    assert_eq!(
        folder.told(read_key(&file)),
        "A.ratings.json: this is a ratings file (`primum-ratings/2`); expected a key (`primum-key/4`)."
    );
    write_key(&folder.file("key.json"), &blinded().key).unwrap();
    assert_eq!(
        folder.told(read_ratings(&folder.file("key.json"))),
        "key.json: this is a key (`primum-key/1`); expected a ratings file (`primum-ratings/5`)."
    );
    assert_eq!(
        told("{\"name\": \"package\"}"),
        "p.json, field `format`: found nothing; expected `primum-packet/3`."
    );
    for format in [
        "primum-packet/0",
        "primum-packet/one",
        "primum-packet",
        "primum-packets/2",
        "Primum-packet/1",
    ] {
        assert_eq!(
            told(format!("{{\"format\": \"{format}\"}}")),
            format!("p.json, field `format`: found `{format}`; expected `primum-packet/3`.")
        );
    }
}

#[test]
fn a_newer_version_is_told_to_update_whatever_else_it_holds() {
    let message = "p.json, field `format`: found `primum-packet/4`, made by a newer Primum; this one \
                   reads up to `primum-packet/3`. Update Primum to open it.";
    assert_eq!(told(packet_text().replace("primum-packet/1", "primum-packet/4")), message);
    assert_eq!(told(r#"{"format": "primum-packet/4", "sealed": [1, 2]}"#), message);
}

#[test]
fn an_unknown_field_is_told_with_line_and_path() {
    let text = packet_text().replacen("\"filtered\":", "\"model_id\": \"gpt\", \"filtered\":", 1);
    let line = 1 + text.lines().position(|line| line.contains("model_id")).unwrap();
    assert_eq!(
        told(text),
        format!(
            "p.json, line {line}, field `content.items[0].response.model_id`: found unknown field \
             `model_id`; expected `text` or `filtered`."
        )
    );
}

#[test]
fn a_missing_field_is_told_with_the_object_that_lacks_it() {
    let text = packet_text();
    let (before, after) = text.split_once("\"title\": \"Study\",").unwrap();
    let message = told(format!("{before}{after}"));
    assert!(message.starts_with("p.json, line "), "{message}");
    assert!(
        message.ends_with("field `content`: found no field `title`; expected a packet."),
        "{message}"
    );
}

#[test]
fn a_changed_word_is_noticed() {
    let message = "p.json, field `digest`: the content was changed after the file was written; \
                   expected it untouched. Ask the sender for the original.";
    let text = packet_text();
    assert_eq!(told(text.replacen("Call an ambulance", "Call a taxi", 1)), message);
    assert_eq!(told(text.replacen("\"filtered\": true", "\"filtered\": false", 1)), message);
}

#[test]
fn white_space_and_line_ends_are_no_change() {
    let folder = Folder::new();
    let compact: serde_json::Value = serde_json::from_str(&packet_text()).unwrap();
    let windows = packet_text().replace('\n', "\r\n");
    for text in [compact.to_string(), windows, format!("\u{feff}{}", packet_text())] {
        let packet = read_packet(&folder.put("p.json", text)).unwrap();
        assert_eq!(packet, blinded().packets[0]);
    }
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_line() {
    let message = "p.json, line 3: found a byte that is not UTF-8 text; expected UTF-8. Save the file \
                   again with the encoding UTF-8.";
    assert_eq!(told(b"{\n\"format\": \"primum-packet/1\",\n\"caf\xe9\": 1}"), message);
    let utf16: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(told([vec![0xff, 0xfe], utf16].concat()), message.replace("line 3", "line 1"));
}

#[test]
fn what_the_file_system_refuses_is_told_with_a_remedy() {
    let folder = Folder::new();
    assert_eq!(
        folder.told(read_packet(&folder.file("none.json"))),
        "none.json: no such file or folder. Check the name."
    );
    fs::create_dir(folder.file("sub")).unwrap();
    assert_eq!(
        folder.told(read_packet(&folder.file("sub"))),
        "sub: found a folder; expected a file."
    );
    folder.put("plain", "text");
    assert_eq!(
        folder.told(read_packet(&folder.file("plain/p.json"))),
        "plain/p.json: found a file where a folder is expected."
    );
}

#[cfg(unix)]
#[test]
fn a_file_without_read_permission_is_told_so() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let file = folder.put("p.json", packet_text());
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&file).is_ok() {
        return testing::skipped("permission bits do not bind this user");
    }
    assert_eq!(
        folder.told(read_packet(&file)),
        "p.json: no permission. Change the file's permissions, or choose another place."
    );
}

#[test]
fn a_permission_error_has_its_own_words_for_any_user() {
    let source = std::io::ErrorKind::PermissionDenied.into();
    assert_eq!(
        Error::Io { file: "p.json".into(), source }.to_string(),
        "p.json: no permission. Change the file's permissions, or choose another place."
    );
}

#[test]
fn a_rubric_of_ones_own_is_checked_like_any_file() {
    let folder = Folder::new();
    let told = |text: &str| folder.told(read_rubric(folder.put("r.json", text).to_str().unwrap()));
    assert_eq!(
        told(""),
        "r.json: the file is empty; expected a rubric. Check that it is the right file, or get it again."
    );
    assert_eq!(
        told(r#"{"format": "primum-rubric/3"}"#),
        "r.json, field `format`: found `primum-rubric/3`, made by a newer Primum; this one reads up to \
         `primum-rubric/2`. Update Primum to open it."
    );
    let gated = built_in("gated");
    let mut broken = gated.clone();
    broken.axes[1].levels.reverse();
    assert_eq!(
        told(&serde_json::to_string(&broken).unwrap()),
        "r.json: field `axes.commission.levels`: found [3, 2, 1, 0]; expected grades that ascend."
    );
    let file = folder.put("r.json", serde_json::to_string_pretty(&gated).unwrap());
    assert_eq!(read_rubric(file.to_str().unwrap()).unwrap(), gated);
    assert_eq!(read_rubric("gated").unwrap(), gated);
    assert_ne!(read_rubric("structured").unwrap(), gated);
}

#[test]
fn a_number_cut_in_the_middle_is_cut_not_wrong() {
    let text = packet_text();
    let end = text.find("\"credit\": 1.").unwrap() + "\"credit\": 1.".len();
    let line = text[..end].lines().count();
    let cut =
        format!("p.json, line {line}: the file ends in the middle. Get the whole file again.");
    assert_eq!(told(&text[..end]), cut);
    assert_eq!(told(format!("{}-", &text[..end - 2])), cut);
    let wrong = told(text.replacen("\"credit\": 1.0", "\"credit\": 1.", 1));
    assert!(
        wrong.contains("this is not JSON (invalid number)"),
        "within the file it is wrong: {wrong}"
    );
}

#[test]
fn what_other_programs_write_for_no_number_is_told_with_what_json_has() {
    let folder = Folder::new();
    for (number, found) in [("NaN", "NaN"), ("Infinity", "Infinity"), ("-Infinity", "Infinity")] {
        let line =
            format!("{{\"scenario_id\": \"s\", \"model_id\": \"é\", \"rep_id\": {number}}}\n");
        let told = folder.told(read_responses(&folder.put("r.jsonl", format!("\n{line}"))));
        assert!(told.starts_with("r.jsonl, line 2, column "), "{told}");
        let end = format!("this is not JSON (`{found}`); expected null where there is no number.");
        assert!(told.ends_with(&end), "{told}");
    }
}

proptest! {
    /// Cut anywhere, a packet is refused as cut, or as empty where nothing is left.
    #[test]
    fn a_packet_cut_short_is_told_so(cut: prop::sample::Index) {
        let text = packet_text();
        // The last byte ends the line; without it nothing is lost.
        let cut = cut.index(text.len() - 1);
        let folder = Folder::new();
        let error = read_packet(&folder.put("p.json", &text.as_bytes()[..cut])).unwrap_err();
        match error {
            Error::Empty { .. } => prop_assert_eq!(cut, 0),
            Error::Truncated { line, .. } => {
                let expected = text.as_bytes()[..cut].split(|byte| *byte == b'\n').count();
                prop_assert!(line == expected || line + 1 == expected, "line {line} of {expected}");
            }
            other => prop_assert!(false, "cut at {cut}: {other}"),
        }
    }

    #[test]
    fn ratings_and_keys_cut_short_are_told_so(cut: prop::sample::Index) {
        let folder = Folder::new();
        write_ratings(&folder.file("r.json"), &ratings()).unwrap();
        write_key(&folder.file("k.json"), &blinded().key).unwrap();
        let cut_file = |name: &str| {
            let bytes = fs::read(folder.file(name)).unwrap();
            folder.put(&format!("cut-{name}"), &bytes[..1 + cut.index(bytes.len() - 2)])
        };
        for error in [
            read_ratings(&cut_file("r.json")).unwrap_err(),
            read_key(&cut_file("k.json")).unwrap_err(),
        ] {
            prop_assert!(matches!(error, Error::Truncated { .. }), "{error}");
        }
    }

    /// One flipped bit is an error or changes nothing that the file says.
    #[test]
    fn a_damaged_packet_is_never_read_as_another(at: prop::sample::Index, bit in 0u32..8) {
        let mut bytes = packet_text().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let folder = Folder::new();
        if let Ok(packet) = read_packet(&folder.put("p.json", bytes)) {
            prop_assert_eq!(&packet, &blinded().packets[0]);
        }
    }
}
