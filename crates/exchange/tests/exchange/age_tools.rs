//! Sealed keys and the age tools: either opens what the other sealed.

use crate::support::{Folder, blinded};
use exchange::{
    Passphrase, Seal, SecretString, Unseal, is_sealed, open_sealed_key, seal_key, write_key,
};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What age 1.1.1 sealed, which holds a note: that it is no key is said only once it is open.
fn sealed_elsewhere(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sealed").join(name)
}

#[track_caller]
fn opens_to_the_note(file: &str, unseal: &Unseal) {
    let file = sealed_elsewhere(file);
    assert!(is_sealed(&file).unwrap());
    let message = open_sealed_key(&file, unseal).unwrap_err().to_string();
    assert!(message.contains("field `format`: found `primum-note/1`"), "{message}");
}

#[test]
fn what_age_sealed_with_a_passphrase_is_opened() {
    let secret = SecretString::from("a passphrase of the tests");
    opens_to_the_note("by-age-passphrase.age", &Unseal::Passphrase(secret));
}

#[test]
fn what_age_sealed_for_a_recipient_is_opened() {
    let identity = sealed_elsewhere("by-age-identity.txt");
    opens_to_the_note("by-age-recipient.age", &Unseal::IdentityFile(identity));
}

/// The tools that are installed here, or the reason why the test does without.
#[track_caller]
fn tools(names: &[&'static str]) -> Vec<&'static str> {
    let runs = |name: &&&str| {
        let version = Command::new(name).arg("--version").output();
        version.is_ok_and(|output| output.status.success())
    };
    let found: Vec<&str> = names.iter().filter(runs).copied().collect();
    if found.is_empty() {
        testing::skipped(&format!("none of {} is installed", names.join(", ")));
    }
    found
}

fn succeeded(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The key in clear text, an identity and its recipient.
fn prepared(folder: &Folder) -> (Vec<u8>, PathBuf, String) {
    write_key(&folder.file("key.json"), &blinded().key).unwrap();
    let identity = sealed_elsewhere("by-age-identity.txt");
    let recipient = "age1e6zgqgtjtu4ayzfkdsmz7ef0vmhun7heg8tmzdea2facacznfadsk0m4xs";
    (fs::read(folder.file("key.json")).unwrap(), identity, recipient.into())
}

#[test]
fn a_tool_opens_what_was_sealed_for_a_recipient() {
    for tool in tools(&["age", "rage"]) {
        let folder = Folder::new();
        let (clear, identity, recipient) = prepared(&folder);
        let file = folder.file("key.age");
        seal_key(&file, &blinded().key, &Seal::Recipients(vec![recipient])).unwrap();
        let output = Command::new(tool).arg("-d").arg("-i").arg(identity).arg(&file).output();
        let output = output.unwrap();
        succeeded(&output);
        assert!(output.stdout == clear, "{tool} finds the key file inside");
    }
}

#[test]
fn what_a_tool_seals_for_a_recipient_is_opened() {
    for tool in tools(&["age", "rage"]) {
        let folder = Folder::new();
        let (_, identity, recipient) = prepared(&folder);
        for form in [&[][..], &["-a"]] {
            let file = folder.file(&format!("{}.age", form.len()));
            let mut sealing = Command::new(tool);
            sealing
                .args(form)
                .args(["-r", &recipient, "-o"])
                .arg(&file)
                .arg(folder.file("key.json"));
            succeeded(&sealing.output().unwrap());
            let key = open_sealed_key(&file, &Unseal::IdentityFile(identity.clone())).unwrap().1;
            assert_eq!(key, blinded().key, "{tool} {form:?}");
        }
    }
}

/// age asks for a passphrase on a terminal only; `script` makes one.
#[test]
fn a_tool_opens_what_was_sealed_with_a_passphrase() {
    if tools(&["script"]).is_empty() || tools(&["age"]).is_empty() {
        return;
    }
    let folder = Folder::new();
    let (clear, ..) = prepared(&folder);
    let secret = "correct horse battery";
    let passphrase = Passphrase::new(secret.into()).unwrap().with_work_factor(10);
    seal_key(&folder.file("key.age"), &blinded().key, &Seal::Passphrase(passphrase)).unwrap();
    let mut terminal = Command::new("script")
        .args(["-qec", "age -d -o opened.json key.age", "/dev/null"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    terminal.stdin.take().unwrap().write_all(format!("{secret}\n").as_bytes()).unwrap();
    succeeded(&terminal.wait_with_output().unwrap());
    assert!(fs::read(folder.file("opened.json")).unwrap() == clear);
}
