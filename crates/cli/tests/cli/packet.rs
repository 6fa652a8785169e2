//! `primum packet`.

use crate::support::{Run, fails, primum, succeeds};
use std::path::Path;
use testing::{annotation, names, root};

fn packet(folder: &Path, out: &str, change: &[(&str, &str)]) -> Run {
    sealed(folder, out, change, &["--clear-key"])
}

fn sealed(folder: &Path, out: &str, change: &[(&str, &str)], how: &[&str]) -> Run {
    let scenarios = root().join("scenarios").display().to_string();
    let responses = annotation("responses.jsonl");
    let mut arguments = vec![
        ("--scenarios", scenarios.as_str()),
        ("--responses", &responses),
        ("--rubric", "gated"),
        ("--raters", "A,B"),
        ("--seed", "20260409"),
        ("--out", out),
        ("--title", "Example study"),
    ];
    for (name, value) in change {
        arguments.iter_mut().find(|(found, _)| found == name).unwrap().1 = value;
    }
    let arguments: Vec<&str> =
        arguments.into_iter().flat_map(|(name, value)| [name, value]).collect();
    primum(folder, &[&["packet"], &arguments[..], how].concat())
}

#[test]
fn packets_and_key_are_those_of_the_example_and_every_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let run = succeeds(packet(folder.path(), "out", &[]));
    let out = folder.path().join("out");
    assert_eq!(names(&out), ["key.json", "packet-A.primum-packet", "packet-B.primum-packet"]);
    assert_eq!(
        run.out,
        "24 items over 8 scenarios\npacket  out/packet-A.primum-packet\npacket  out/packet-B.primum-packet\n\
         key     out/key.json  (keep it from the raters)\n"
    );
    assert_eq!(
        run.err,
        "note: empty or filtered, and to be rated as such: 1 response\n\
         note: out/key.json is in clear text: anyone who reads it knows which model wrote which response\n"
    );
    for (made, kept) in [
        ("packet-A.primum-packet", "packets/packet-A.primum-packet"),
        ("packet-B.primum-packet", "packets/packet-B.primum-packet"),
        ("key.json", "key.json"),
    ] {
        let kept = std::fs::read(annotation(kept)).unwrap();
        assert!(
            std::fs::read(out.join(made)).unwrap() == kept,
            "{made} is the example's byte for byte"
        );
    }
}

#[test]
fn the_key_is_sealed_unless_clear_text_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let message = fails(sealed(folder.path(), "out", &[], &[]));
    for way in ["--passphrase-file", "--generate", "--recipient", "--clear-key"] {
        assert!(message.contains(way), "{message}");
    }
    assert_eq!(names(folder.path()), [""; 0], "nothing is written before that is said");

    let run = succeeds(sealed(folder.path(), "out", &[], &["--generate"]));
    let out = folder.path().join("out");
    assert_eq!(names(&out), ["key.age", "packet-A.primum-packet", "packet-B.primum-packet"]);
    let passphrase = run.out.split("passphrase  ").nth(1).unwrap().lines().next().unwrap();
    let unseal = exchange::Unseal::Passphrase(passphrase.to_owned().into());
    let (_, key) = exchange::open_sealed_key(&out.join("key.age"), &unseal).unwrap();
    assert_eq!(key, exchange::read_key(Path::new(&annotation("key.json"))).unwrap());
    let packet = |name: &str| std::fs::read(out.join(name)).unwrap();
    assert_eq!(
        packet("packet-A.primum-packet"),
        std::fs::read(annotation("packets/packet-A.primum-packet")).unwrap()
    );
    assert!(!run.err.contains("clear text"), "{}", run.err);

    let recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    let apart = [("--out", "other")];
    let how = ["--recipient", recipient, "--key", "kept/key.age"];
    succeeds(sealed(folder.path(), "other", &apart, &how));
    assert_eq!(
        names(&folder.path().join("other")),
        ["packet-A.primum-packet", "packet-B.primum-packet"]
    );
    assert!(exchange::is_sealed(&folder.path().join("kept/key.age")).unwrap());
    let run = sealed(folder.path(), "third", &[], &["--clear-key", "--generate"]);
    assert_eq!(run.code, 2, "one or the other: {run:?}");
}

#[test]
fn the_folder_may_be_the_one_we_are_in() {
    for out in [".", ""] {
        let folder = tempfile::tempdir().unwrap();
        succeeds(packet(folder.path(), out, &[]));
        assert_eq!(
            names(folder.path()),
            ["key.json", "packet-A.primum-packet", "packet-B.primum-packet"],
            "--out {out:?}"
        );
    }
}

#[test]
fn labels_may_be_set_apart_by_spaces() {
    let folder = tempfile::tempdir().unwrap();
    succeeds(packet(folder.path(), "out", &[("--raters", "A, B")]));
    let packet = exchange::read_packet(&folder.path().join("out/packet-B.primum-packet")).unwrap();
    assert_eq!(packet.rater, "B");
}

#[test]
fn bad_input_fails_with_a_message_and_writes_nothing() {
    let packets = annotation("packets/packet-A.primum-packet");
    for (change, told) in [
        (("--scenarios", "nowhere"), "nowhere: no such file or folder. Check the name."),
        (
            ("--scenarios", &packets),
            "this is a packet (`primum-packet/1`); expected a folder of scenario files",
        ),
        (
            ("--responses", "nowhere.jsonl"),
            "nowhere.jsonl: no such file or folder. Check the name.",
        ),
        (("--rubric", "strict"), "strict: no such file or folder. Check the name."),
        (
            ("--raters", "A,A"),
            "rater `A`: expected names that are not empty and differ from each other",
        ),
        (("--raters", "A,"), "rater ``: expected names that are not empty"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let message = fails(packet(folder.path(), "out", &[change]));
        assert!(message.contains(told), "{message}");
        assert_eq!(names(folder.path()), [""; 0], "{change:?}");
    }
}

#[test]
fn a_seed_is_a_number_and_is_always_given() {
    let folder = tempfile::tempdir().unwrap();
    let run = packet(folder.path(), "out", &[("--seed", "today")]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    let run = primum(folder.path(), &["packet", "--scenarios", "x", "--out", "y"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("--seed <SEED>"),
        "an unrecorded seed cannot be repeated: {}",
        run.err
    );
}
