//! The studies opened or created last on this computer.
//!
//! What is listed of a study is what was seen of it last. Its file is not opened for the list: opening
//! writes to it, and a folder that is slow or gone must not hold up the library.

use crate::contract::Command;
use crate::{Desk, Failure};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use study::io_reason;
use ts_rs::TS;

/// Lists the studies opened or created last on this computer.
#[derive(Debug, Deserialize, TS)]
pub struct ListStudies {}

/// Puts a study at the head of the list, with what is seen of it now.
#[derive(Debug, Deserialize, TS)]
pub struct RememberStudy {
    /// Its file.
    pub file: String,
    /// Its name.
    pub title: String,
    /// How many rate.
    pub raters: u32,
    /// How many of them have locked.
    pub locked: u32,
    /// Whether the key is open.
    pub opened: bool,
}

/// Takes a study off the list. The study itself stays as it is.
#[derive(Debug, Deserialize, TS)]
pub struct ForgetStudy {
    /// Its file, as it is listed.
    pub file: String,
}

/// Studies, the one opened last first.
#[derive(Debug, Serialize, TS)]
pub struct RecentStudies {
    /// At most 20.
    pub studies: Vec<RecentStudy>,
    /// Why the list could not be read; it begins anew then.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<String>,
}

/// A study, as it was seen last.
#[derive(Debug, Serialize, TS)]
pub struct RecentStudy {
    /// Its file.
    pub file: String,
    /// Its name.
    pub title: String,
    /// How many rate.
    pub raters: u32,
    /// How many of them had locked.
    pub locked: u32,
    /// Whether the key was open.
    pub opened: bool,
    /// When it was seen last, RFC 3339 in UTC.
    pub seen_at: String,
    /// Whether its file is still there.
    pub there: bool,
}

/// The list, as its file holds it.
#[derive(Serialize, Deserialize)]
struct List {
    format: String,
    studies: Vec<Seen>,
}

#[derive(Serialize, Deserialize)]
struct Seen {
    file: String,
    title: String,
    raters: u32,
    locked: u32,
    opened: bool,
    seen_at: Timestamp,
}

const MOST: usize = 20;
const FORMAT: &str = "primum-studies/1";

impl Command for ListStudies {
    const NAME: &'static str = "list_studies";
    type Reply = RecentStudies;

    fn run(self, desk: &mut Desk) -> Result<RecentStudies, Failure> {
        Ok(listed(read(&desk.studies_file())))
    }
}

impl Command for RememberStudy {
    const NAME: &'static str = "remember_study";
    type Reply = RecentStudies;

    fn run(self, desk: &mut Desk) -> Result<RecentStudies, Failure> {
        let Self { file, title, raters, locked, opened } = self;
        let file = std::path::absolute(file).map_err(Failure::refused)?.display().to_string();
        let seen_at = desk.now();
        change(desk, |studies| {
            studies.retain(|study| study.file != file);
            studies.insert(0, Seen { file, title, raters, locked, opened, seen_at });
            studies.truncate(MOST);
        })
    }
}

impl Command for ForgetStudy {
    const NAME: &'static str = "forget_study";
    type Reply = RecentStudies;

    fn run(self, desk: &mut Desk) -> Result<RecentStudies, Failure> {
        change(desk, |studies| studies.retain(|study| study.file != self.file))
    }
}

fn change(desk: &Desk, change: impl FnOnce(&mut Vec<Seen>)) -> Result<RecentStudies, Failure> {
    let file = desk.studies_file();
    // A list that cannot be read holds nothing that could be kept.
    let mut studies = read(&file).unwrap_or_default();
    change(&mut studies);
    let list = List { format: FORMAT.into(), studies };
    let text = serde_json::to_string_pretty(&list).map_err(Failure::refused)?;
    exchange::replace(&file, text.as_bytes())?;
    Ok(listed(Ok(list.studies)))
}

fn read(file: &Path) -> Result<Vec<Seen>, String> {
    let told = |error: String| format!("{}: {error}", file.display());
    let bytes = match fs::read(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        read => read.map_err(|error| told(io_reason(&error)))?,
    };
    let list: List = serde_json::from_slice(&bytes).map_err(|error| told(error.to_string()))?;
    if list.format != FORMAT {
        return Err(told(format!("found `{}`; expected `{FORMAT}`", list.format)));
    }
    Ok(list.studies)
}

fn listed(read: Result<Vec<Seen>, String>) -> RecentStudies {
    let (studies, unreadable) = match read {
        Ok(studies) => (studies, None),
        Err(reason) => (Vec::new(), Some(reason)),
    };
    let study = |seen: Seen| RecentStudy {
        there: Path::new(&seen.file).is_file(),
        file: seen.file,
        title: seen.title,
        raters: seen.raters,
        locked: seen.locked,
        opened: seen.opened,
        seen_at: seen.seen_at.to_string(),
    };
    RecentStudies { studies: studies.into_iter().take(MOST).map(study).collect(), unreadable }
}
