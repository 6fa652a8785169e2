//! The sealed key.

use crate::support::{Folder, blinded};
use age::armor::ArmoredReader;
use exchange::{
    Passphrase, Seal, SecretString, Unseal, file_digest, is_sealed, open_sealed_key, read_key,
    seal_key, write_key,
};
use serde::Deserialize;
use std::fs;
use std::io::Read;
use std::path::PathBuf;
use study::Digest;
use testing::{SmallDisk, names};

const SECRET: &str = "correct horse battery";
/// Two secret keys of age-keygen with their public keys, made for the tests.
const IDENTITY: &str = "AGE-SECRET-KEY-109ANR9WTLQDTNEQX2NMFS2LA0PV3UPTFW3RLPC0UWYMDRF9NXSKQ0M7FWL";
const RECIPIENT: &str = "age1e6zgqgtjtu4ayzfkdsmz7ef0vmhun7heg8tmzdea2facacznfadsk0m4xs";
const OTHER_IDENTITY: &str =
    "AGE-SECRET-KEY-1WFQEJ5FP6TLQDDRTFNLGK9KAS52N95344TDFZT5FXVPUSDTAMYTSRWEKRH";
const OTHER_RECIPIENT: &str = "age1f66xjzqqe6lllwhwslgurm9mxjw9haxkl5062yunx7dqqpm8ny5qkyt9et";

/// With as little work as the format allows.
fn passphrase() -> Seal {
    Seal::Passphrase(Passphrase::new(SECRET.into()).unwrap().with_work_factor(1))
}

fn recipients(public: &[&str]) -> Seal {
    Seal::Recipients(public.iter().map(|text| (*text).to_owned()).collect())
}

fn by(secret: &str) -> Unseal {
    Unseal::Passphrase(SecretString::from(secret))
}

fn identity(text: &str) -> Unseal {
    Unseal::Identity(SecretString::from(text))
}

/// A folder with a sealed key.
fn sealed(seal: &Seal) -> (Folder, PathBuf) {
    let folder = Folder::new();
    let file = folder.file("key.age");
    seal_key(&file, &blinded().key, seal).unwrap();
    (folder, file)
}

#[test]
fn the_passphrase_opens_what_it_sealed() {
    let folder = Folder::new();
    let file = folder.file("key.age");
    let digest = seal_key(&file, &blinded().key, &passphrase()).unwrap();
    assert_eq!(open_sealed_key(&file, &by(SECRET)).unwrap(), (digest.clone(), blinded().key));
    let bytes = fs::read(&file).unwrap();
    assert_eq!(digest, Digest::of_bytes(&bytes));
    assert_eq!(digest, file_digest(&file).unwrap(), "the same file is known again");
    assert!(bytes.starts_with(b"-----BEGIN AGE ENCRYPTED FILE-----\n"));
    assert_eq!(folder.names(), ["key.age"], "nothing in clear text is left beside it");
}

#[test]
fn each_recipient_opens_it_alone() {
    let (folder, file) = sealed(&recipients(&[RECIPIENT, OTHER_RECIPIENT]));
    for secret in [IDENTITY, OTHER_IDENTITY] {
        assert_eq!(open_sealed_key(&file, &identity(secret)).unwrap().1, blinded().key);
        let from = folder.put("id.txt", format!("# created: today\r\n\r\n{secret}\r\n"));
        assert_eq!(
            open_sealed_key(&file, &Unseal::IdentityFile(from)).unwrap().1,
            blinded().key,
            "as age-keygen writes it, on any system"
        );
    }
}

#[test]
fn nothing_of_the_key_stands_in_the_sealed_file() {
    let bytes = |file: PathBuf| {
        let mut bytes = Vec::new();
        ArmoredReader::new(&fs::read(file).unwrap()[..]).read_to_end(&mut bytes).unwrap();
        bytes
    };
    let (_folder, file) = sealed(&passphrase());
    let sealed_once = bytes(file);
    assert!(sealed_once.starts_with(b"age-encryption.org/v1\n"), "the ASCII was decoded");
    for word in ["primum-key", "content", "model_id", "golden_hour"] {
        let found = sealed_once.windows(word.len()).any(|part| part == word.as_bytes());
        assert!(!found, "{word}");
    }
    let (_other, again) = sealed(&passphrase());
    assert_ne!(bytes(again), sealed_once, "the same key never looks the same");
}

#[test]
fn another_passphrase_is_told_so() {
    let (folder, file) = sealed(&passphrase());
    for wrong in ["correct horse batterY", "", "correct horse battery "] {
        assert_eq!(
            folder.told(open_sealed_key(&file, &by(wrong))),
            "key.age: this passphrase does not open the sealed key. Check capitals, spaces and the \
             keyboard's language, and try again; if you are sure it is right, the file was changed: use \
             another copy."
        );
    }
}

#[test]
fn another_identity_is_told_so() {
    let (folder, file) = sealed(&recipients(&[RECIPIENT]));
    assert_eq!(
        folder.told(open_sealed_key(&file, &identity(OTHER_IDENTITY))),
        "key.age: the key is not sealed for this identity; expected the secret key \
         (AGE-SECRET-KEY-1…) that belongs to one of its recipients."
    );
}

#[test]
fn a_passphrase_is_not_an_identity() {
    let (folder, file) = sealed(&recipients(&[RECIPIENT]));
    assert_eq!(
        folder.told(open_sealed_key(&file, &by(SECRET))),
        "key.age: the key is sealed for recipients; expected the identity of one of them, a file with \
         an AGE-SECRET-KEY-1…."
    );
    let (folder, file) = sealed(&passphrase());
    assert_eq!(
        folder.told(open_sealed_key(&file, &identity(IDENTITY))),
        "key.age: the key is sealed with a passphrase; expected that passphrase."
    );
}

#[test]
fn a_changed_byte_anywhere_is_noticed() {
    for seal in [passphrase(), recipients(&[RECIPIENT])] {
        let (folder, file) = sealed(&seal);
        let whole = fs::read(&file).unwrap();
        for place in (40..whole.len() - 40).step_by(53) {
            let mut changed = whole.clone();
            changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
            let file = folder.put("changed.age", &changed);
            let opened = match seal {
                Seal::Passphrase(_) => open_sealed_key(&file, &by(SECRET)),
                Seal::Recipients(_) => open_sealed_key(&file, &identity(IDENTITY)),
            };
            assert!(opened.is_err(), "byte {place} of {} was changed", whole.len());
        }
        // In the last lines, where the content is.
        let mut changed = whole.clone();
        let place = whole.len() - 120;
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let unseal = match seal {
            Seal::Passphrase(_) => by(SECRET),
            Seal::Recipients(_) => identity(IDENTITY),
        };
        let message = folder.told(open_sealed_key(&folder.put("c.age", &changed), &unseal));
        assert!(
            message.starts_with("c.age: the sealed key was cut short or changed ("),
            "{message}"
        );
        assert!(message.ends_with("Use another copy of it."), "{message}");
    }
}

#[test]
fn a_file_cut_short_is_told_so() {
    let (folder, file) = sealed(&passphrase());
    let whole = fs::read(&file).unwrap();
    let cut = folder.put("cut.age", &whole[..whole.len() / 2]);
    let message = folder.told(open_sealed_key(&cut, &by(SECRET)));
    assert!(message.contains("the file ends in the middle"), "{message}");
    // Lines lost from the middle, the end in place.
    let text = String::from_utf8(whole).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let without: String = [&lines[..10], &lines[12..]].concat().join("\n");
    let message = folder.told(open_sealed_key(&folder.put("hole.age", without), &by(SECRET)));
    assert!(message.contains("the sealed key was cut short or changed"), "{message}");
}

#[test]
fn mail_may_change_the_ends_of_lines_and_the_margin() {
    let (folder, file) = sealed(&passphrase());
    let text = fs::read_to_string(&file).unwrap();
    let mailed = format!("\u{feff}\r\n\r\n{}\r\n\r\n", text.replace('\n', "\r\n"));
    let mailed = folder.put("mailed.age", mailed);
    assert!(is_sealed(&mailed).unwrap());
    assert_eq!(open_sealed_key(&mailed, &by(SECRET)).unwrap().1, blinded().key);
}

#[test]
fn sealed_and_clear_keys_are_told_apart() {
    let (folder, file) = sealed(&passphrase());
    let clear = folder.file("key.json");
    write_key(&clear, &blinded().key).unwrap();
    assert!(is_sealed(&file).unwrap());
    assert!(!is_sealed(&clear).unwrap());
    assert_eq!(
        folder.told(read_key(&file)),
        "key.age: this key is sealed; expected a key in clear text. Open the key in its study \
         and give the study’s folder instead, or open the key with `age --decrypt`."
    );
    assert_eq!(
        folder.told(open_sealed_key(&clear, &by(SECRET))),
        "key.json: found a file that is not sealed; a key in clear text opens without a passphrase; \
         expected a sealed key, a file in the age format."
    );
    let photo = folder.put("key.jpg", [0xFF, 0xD8, 0xFF]);
    assert_eq!(
        folder.told(open_sealed_key(&photo, &by(SECRET))),
        "key.jpg: found a picture (JPEG); expected a sealed key, a file in the age format."
    );
    let empty = folder.put("empty.age", "\n");
    assert_eq!(
        folder.told(open_sealed_key(&empty, &by(SECRET))),
        "empty.age: the file is empty; expected a sealed key. Check that it is the right file, or get it again."
    );
    assert!(folder.told(file_digest(&folder.file("none"))).contains("no such file"));
    assert!(folder.told(is_sealed(&folder.file("none"))).contains("no such file"));
}

#[test]
fn a_file_that_asks_for_more_work_than_is_done_is_refused_at_once() {
    // The header alone asks; nothing of it has to be true.
    let folder = Folder::new();
    let salt = "bG1JfyVPHezj55SwN3y6MA";
    let body = "C2Dt72mZQOmtBMWXSUMwTvFbmB2jW9e6KbmRmvx3bGM";
    let mac = "CzNSiPENjEqZesSxQSqMjlH9G9X8p+b4fbqdkhUOLJE";
    for work in [21, 40] {
        let text = format!(
            "age-encryption.org/v1\n-> scrypt {salt} {work}\n{body}\n--- {mac}\n{body}{body}"
        );
        let file = folder.put("key.age", text);
        assert_eq!(
            folder.told(open_sealed_key(&file, &by(SECRET))),
            format!(
                "key.age: opening it takes 2^{work} steps of scrypt; expected at most 2^20. Open it \
                 with `age` and seal it again."
            )
        );
    }
}

#[test]
fn a_later_age_format_is_told_so() {
    let folder = Folder::new();
    let file =
        folder.put("key.age", "age-encryption.org/v9\n-> something that nobody here can read\n");
    assert!(is_sealed(&file).unwrap(), "it is in the age format nevertheless");
    assert_eq!(
        folder.told(open_sealed_key(&file, &by(SECRET))),
        "key.age: found a later version of the age format; update Primum to open it; expected a sealed \
         key, a file in the age format."
    );
}

#[test]
fn recipients_that_are_none_are_refused_and_no_secret_is_repeated() {
    let folder = Folder::new();
    let told = |public: &[&str]| {
        folder.told(seal_key(&folder.file("key.age"), &blinded().key, &recipients(public)))
    };
    let expected = "a public key, `age1` and 58 letters and digits, as age-keygen prints it.";
    assert_eq!(told(&[]), format!("recipients: found none; expected at least one: {expected}"));
    assert_eq!(
        told(&[RECIPIENT, "age1typo"]),
        format!("recipients: found `age1typo`; expected {expected}")
    );
    assert_eq!(told(&[IDENTITY]), format!("recipients: found a secret key; expected {expected}"));
    assert_eq!(folder.names(), [""; 0], "nothing was written");
}

#[test]
fn identities_that_are_none_are_refused_and_no_secret_is_repeated() {
    let (folder, file) = sealed(&recipients(&[RECIPIENT]));
    let expected = "expected a secret key, AGE-SECRET-KEY-1 and 58 letters and digits";
    let mistyped = IDENTITY.replace("WTLQ", "WTLL");
    assert_eq!(
        folder.told(open_sealed_key(&file, &identity(&format!("# mine\n{mistyped}\n")))),
        format!("identity, line 2, field `identity`: found something else; {expected}.")
    );
    let from = folder.put("id.txt", "# created: today\n");
    assert_eq!(
        folder.told(open_sealed_key(&file, &Unseal::IdentityFile(from))),
        format!("id.txt, field `identity`: found no secret key; {expected}.")
    );
    let encrypted = Unseal::IdentityFile(file.clone());
    assert_eq!(
        folder.told(open_sealed_key(&file, &encrypted)),
        format!(
            "key.age, field `identity`: found an identity that is itself encrypted; {expected}; decrypt \
             it with `age -d` first."
        )
    );
}

#[test]
fn a_sealed_key_is_not_overwritten() {
    let (folder, file) = sealed(&passphrase());
    let before = fs::read(&file).unwrap();
    assert_eq!(
        folder.told(seal_key(&file, &blinded().key, &passphrase())),
        "key.age: a different file of this name is already there; it was left as it is. Choose another \
         name or folder."
    );
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn a_full_disk_keeps_no_half_of_a_sealed_key() {
    let Some(disk) = SmallDisk::mount("size=64k") else { return };
    let mut key = blinded().key;
    key.scenarios[0].category = "word ".repeat(40_000);
    let file = disk.path().join("key.age");
    let error = seal_key(&file, &key, &passphrase()).unwrap_err().to_string();
    assert!(
        error.ends_with("no space left on the disk. Free some space and try again."),
        "{error}"
    );
    assert_eq!(names(disk.path()), [""; 0]);
}

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    key: String,
    fault: Option<String>,
}

/// The screen looks at the form before it asks, and its tests read the same cases.
#[test]
fn public_keys_are_taken_as_the_screen_takes_them() {
    let golden: Golden = serde_json::from_str(include_str!("../golden/recipients.json")).unwrap();
    assert!(golden.cases.len() >= 12, "no case is lost");
    for Case { name, key, fault } in golden.cases {
        let sealed = seal_key(&Folder::new().file("key.age"), &blinded().key, &recipients(&[&key]));
        assert_eq!(sealed.is_ok(), fault.is_none(), "{name}");
    }
}
