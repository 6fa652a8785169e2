//! A study that was begun in the window and is not created yet. It is kept as it is typed, one on a
//! computer, so that neither a closed window nor a crash loses it.

use super::study_form::{SealChosen, StudyForm, StudyStep};
use crate::contract::Command;
use crate::own_file::OwnFile;
use crate::{Context, Failure};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::Path;
use ts_rs::TS;

/// Shows the study that was begun on this computer, if there is one.
#[derive(Debug, Deserialize, TS)]
pub struct ShowBegunStudy {}

/// Keeps a study that is being begun, in the place of what was kept of it before.
#[derive(Debug, Deserialize, TS)]
pub struct KeepBegunStudy {
    /// What is chosen.
    pub chosen: StudyChosen,
    /// When it was kept last, by what this window knows. Where another window has kept one since,
    /// nothing is written.
    #[serde(default)]
    #[ts(optional)]
    pub before: Option<String>,
}

/// Forgets the study that was begun.
#[derive(Debug, Deserialize, TS)]
pub struct DiscardBegunStudy {
    /// When it was kept last, by what this window knows: what another window has kept since stays. What
    /// cannot be read is forgotten without.
    #[serde(default)]
    #[ts(optional)]
    pub before: Option<String>,
}

/// What is chosen for a study that is being begun.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StudyChosen {
    /// The fields.
    pub form: StudyForm,
    /// Where it goes, and what will open it.
    pub seal: SealChosen,
    /// The step in view.
    pub step: StudyStep,
    /// Texts that were begun and are not given yet, by what each is for.
    #[serde(default)]
    pub begun: BTreeMap<String, String>,
}

/// The study that was begun.
#[derive(Debug, Serialize, TS)]
pub struct BegunStudy {
    /// None where none was.
    pub study: Option<StudyKept>,
    /// Why it cannot be read.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
}

/// A study that was begun, as it was kept last.
#[derive(Debug, Serialize, TS)]
pub struct StudyKept {
    /// What is chosen.
    pub chosen: StudyChosen,
    /// When it was kept, RFC 3339 in UTC.
    pub kept_at: String,
    /// Files and folders that it names and that have changed since.
    pub changed: Vec<String>,
    /// Those that are no longer there.
    pub gone: Vec<String>,
}

/// A study was kept.
#[derive(Debug, Serialize, TS)]
pub struct KeptAt {
    /// When, RFC 3339 in UTC.
    pub kept_at: String,
}

/// As its file holds it.
#[derive(Serialize, Deserialize)]
struct Kept {
    kept_at: Timestamp,
    chosen: StudyChosen,
    /// What was seen of the files that it names.
    seen: BTreeMap<String, Seen>,
}

/// A file, or the files of a folder, as they were seen. Cheap enough to be looked at with every change.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    files: u64,
    bytes: u64,
    written_at: Timestamp,
}

impl Command for ShowBegunStudy {
    const NAME: &'static str = "show_begun_study";
    type Reply = BegunStudy;

    fn run(self, context: &mut Context) -> Result<BegunStudy, Failure> {
        Ok(match file(context).read::<Kept>() {
            Ok(kept) => BegunStudy { study: kept.map(shown), unreadable: None },
            Err(reason) => BegunStudy { study: None, unreadable: Some(reason) },
        })
    }
}

impl Command for KeepBegunStudy {
    const NAME: &'static str = "keep_begun_study";
    type Reply = KeptAt;

    fn run(self, context: &mut Context) -> Result<KeptAt, Failure> {
        let file = file(context);
        let _turn = file.turn()?;
        if let Some(other) = other(&file, self.before.as_deref())? {
            return Err(Failure::refused(format!(
                "What you change here is not kept: another window keeps a study that was begun, \
                 \u{201c}{}\u{201d}. Go on there, or discard that one first.",
                other.chosen.form.title.trim()
            )));
        }
        let kept_at = context.now();
        let see = |path: &str| Some((path.to_owned(), Seen::at(exchange::file_of(path))?));
        let seen = self.chosen.form.paths().filter_map(see).collect();
        file.write(&Kept { kept_at, chosen: self.chosen, seen })?;
        Ok(KeptAt { kept_at: kept_at.to_string() })
    }
}

impl Command for DiscardBegunStudy {
    const NAME: &'static str = "discard_begun_study";
    type Reply = BegunStudy;

    fn run(self, context: &mut Context) -> Result<BegunStudy, Failure> {
        let file = file(context);
        {
            let _turn = file.turn()?;
            let readable = file.read::<Kept>().is_ok();
            if !readable || other(&file, self.before.as_deref())?.is_none() {
                file.remove()?;
            }
        }
        ShowBegunStudy {}.run(context)
    }
}

fn file(context: &Context) -> OwnFile {
    context.desk.own_file("begun-study.json", "primum-begun-study/1")
}

/// What is kept, where it is not what was kept at `before`.
fn other(file: &OwnFile, before: Option<&str>) -> Result<Option<Kept>, Failure> {
    let kept = file.read::<Kept>().map_err(|reason| {
        Failure::refused(format!(
            "What you change here is not kept: what was kept before cannot be read. {reason}. \
             Discard it first."
        ))
    })?;
    Ok(kept.filter(|kept| Some(kept.kept_at.to_string().as_str()) != before))
}

fn shown(kept: Kept) -> StudyKept {
    let (mut changed, mut gone) = (Vec::new(), Vec::new());
    for (path, before) in kept.seen {
        match Seen::at(exchange::file_of(&path)) {
            None => gone.push(path),
            Some(now) if now != before => changed.push(path),
            Some(_) => {}
        }
    }
    StudyKept { chosen: kept.chosen, kept_at: kept.kept_at.to_string(), changed, gone }
}

impl Seen {
    /// None where nothing is there.
    fn at(path: &Path) -> Option<Self> {
        let found = fs::metadata(path).ok()?;
        if !found.is_dir() {
            return Self::of(&found);
        }
        let files = fs::read_dir(path).ok()?.filter_map(|entry| entry.ok()?.metadata().ok());
        let nothing = Self { files: 0, bytes: 0, written_at: Timestamp::UNIX_EPOCH };
        Some(files.filter_map(|file| Self::of(&file)).fold(nothing, Self::with))
    }

    fn of(file: &Metadata) -> Option<Self> {
        let written_at = Timestamp::try_from(file.modified().ok()?).ok()?;
        Some(Self { files: 1, bytes: file.len(), written_at })
    }

    fn with(self, other: Self) -> Self {
        Self {
            files: self.files + other.files,
            bytes: self.bytes + other.bytes,
            written_at: self.written_at.max(other.written_at),
        }
    }
}
