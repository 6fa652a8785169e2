//! Opening the sealed key.

use crate::contract::Command;
use crate::lead::open_study::{OpenStudy, StudyRater};
use crate::lead::show_study::view;
use crate::{Context, Failure, StudyView};
use exchange::Unseal;
use secrecy::SecretString;
use serde::Deserialize;
use std::path::PathBuf;
use store::SealedKey;
use study::{Digest, Key};
use ts_rs::TS;

/// Opens the key of a study, once every rater has locked and every disagreement is decided, or earlier
/// for a reason that stays in the log. There is no way back.
#[derive(Debug, Deserialize, TS)]
pub struct OpenKey {
    /// The study's file, or its folder.
    pub study: String,
    /// The one sealed key to open; by default every key that is still sealed, beside the study.
    #[serde(default)]
    #[ts(optional)]
    pub key: Option<String>,
    /// What opens it.
    pub with: UnsealWith,
    /// Why the key is opened before every rater has locked, or while disagreements are undecided.
    #[serde(default)]
    #[ts(optional)]
    pub early: Option<String>,
}

/// What opens a sealed key.
#[derive(Debug, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum UnsealWith {
    /// The passphrase.
    Passphrase {
        /// As it was typed when the key was sealed. It is wiped from memory when it was used.
        #[ts(type = "string")]
        passphrase: SecretString,
    },
    /// The private key of a recipient.
    Identity {
        /// The file that holds it.
        file: String,
    },
}

impl Command for OpenKey {
    const NAME: &'static str = "open_key";
    type Reply = StudyView;

    fn run(self, context: &mut Context) -> Result<StudyView, Failure> {
        let mut study = OpenStudy::open(&self.study)?;
        let files = self.files(&study)?;
        let Self { study: name, with, early, .. } = self;
        let unseal = match with {
            UnsealWith::Passphrase { passphrase } => Unseal::Passphrase(passphrase),
            UnsealWith::Identity { file } => Unseal::IdentityFile(PathBuf::from(file)),
        };
        // What does not open the key is said before why it may not be opened: a decision would not help. A key that is
        // elsewhere is asked for once it may.
        let there = files.iter().all(|file| file.exists());
        let opened = there.then(|| open_all(&files, &unseal)).transpose()?;
        let reason = reason(&study, early.as_deref(), context)?;
        let keys = opened.map_or_else(|| open_all(&files, &unseal), Ok)?;
        study.store.open_keys(&keys, &reason, context.now())?;
        view(&OpenStudy::open(&name)?, context.now())
    }
}

/// The keys in `files`, all or none.
fn open_all(files: &[PathBuf], unseal: &Unseal) -> Result<Vec<(Digest, Key)>, Failure> {
    let mut keys = Vec::new();
    for file in files {
        keys.push(exchange::open_sealed_key(file, unseal).map_err(|error| match files.len() {
            1 => error.into(),
            _ => Failure::refused(format!(
                "{error} Nothing was opened. This study has {} sealed keys, as items were added to it: where they \
                 are sealed differently, open one after another and name each as the sealed key (--key).",
                files.len()
            )),
        })?);
    }
    Ok(keys)
}

fn still_undecided(count: usize) -> String {
    match count {
        1 => "1 disagreement is still undecided".into(),
        _ => format!("{count} disagreements are still undecided"),
    }
}

impl OpenKey {
    /// The files of the keys to open.
    fn files(&self, study: &OpenStudy) -> Result<Vec<PathBuf>, Failure> {
        if let Some(key) = &self.key {
            return Ok(vec![PathBuf::from(key)]);
        }
        let sealed = match &study.opened {
            Some(opened) if !opened.sealed.is_empty() => opened.sealed.clone(),
            _ => study.store.sealed_keys()?,
        };
        let beside = |key: &SealedKey| study.store.file().with_file_name(&key.name);
        Ok(sealed.iter().map(beside).collect())
    }
}

/// Why the key may be opened now. A rater who is also the lead author locks first, whatever the
/// reason: what they know afterwards cannot be taken back.
fn reason(study: &OpenStudy, reason: Option<&str>, context: &Context) -> Result<String, Failure> {
    let lead = study.raters.iter().find(|rater| rater.packet.lead && !rater.locked());
    if let Some(lead) = lead {
        return Err(Failure::refused(format!(
            "You rate in this study yourself, as {}: lock your own ratings and receive their file before \
             you open the key.",
            lead.packet.rater
        )));
    }
    // Whose locked file has come rates no more: what is rated here under that label is no part of the study.
    let counts = |label: &str| {
        study.raters.iter().any(|rater| rater.packet.rater == label && !rater.locked())
    };
    let packet = context.desk.unlocked_packet(&study.header.study, counts)?;
    if let Some((rater, file)) = packet {
        return Err(Failure::refused(format!(
            "{}: rater {rater} of this study rates on this computer, and has not locked: a person who rates must \
             not learn the origins. Lock these ratings first.",
            file.display()
        )));
    }
    let open: Vec<String> =
        study.raters.iter().filter(|rater| !rater.locked()).map(StudyRater::packet_label).collect();
    let queue = study.adjudication().disagreements();
    let undecided = queue.iter().filter(|one| !one.decided).count();
    let early = [
        (!open.is_empty()).then(|| format!("before {} had locked", open.join(", "))),
        (undecided > 0).then(|| still_undecided(undecided)),
    ];
    let early: Vec<String> = early.into_iter().flatten().collect();
    match (open.is_empty(), reason.map(str::trim).unwrap_or_default()) {
        (false, "") => Err(Failure::refused(format!(
            "No locked ratings have come from {}. Receive their files first, or say why the key must \
             be opened before; the reason stays in the log.",
            open.join(", ")
        ))),
        (true, "") if undecided > 0 => Err(Failure::refused(format!(
            "{}, and anyone who knows which model wrote a response will judge it differently. Decide \
             first, or say why the key must be opened before; the reason stays in the log.",
            still_undecided(undecided)
        ))),
        (true, "") => Ok("all raters have locked".into()),
        (_, reason) if early.is_empty() => Ok(reason.into()),
        (_, reason) => Ok(format!("{}: {reason}", early.join("; "))),
    }
}
