//! The studies opened or created last on this computer.
//!
//! What is listed of a study is what was seen of it last. Its file is not opened for the list: opening
//! writes to it, and a folder that is slow or gone must not hold up the library.

use crate::contract::Command;
use crate::given_path::given_path;
use crate::own_file::OwnFile;
use crate::{Context, Failure};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::Path;
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
    /// Why the list could not be read; it is then empty.
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

impl Command for ListStudies {
    const NAME: &'static str = "list_studies";
    type Reply = RecentStudies;

    fn run(self, context: &mut Context) -> Result<RecentStudies, Failure> {
        Ok(listed(read(&file(context))))
    }
}

impl Command for RememberStudy {
    const NAME: &'static str = "remember_study";
    type Reply = RecentStudies;

    fn run(self, context: &mut Context) -> Result<RecentStudies, Failure> {
        let Self { file, title, raters, locked, opened } = self;
        let file = given_path("file", &file)?.display().to_string();
        let seen_at = context.now();
        change(context, |studies| {
            studies.retain(|study| study.file != file);
            studies.insert(0, Seen { file, title, raters, locked, opened, seen_at });
            studies.truncate(MOST);
        })
    }
}

impl Command for ForgetStudy {
    const NAME: &'static str = "forget_study";
    type Reply = RecentStudies;

    fn run(self, context: &mut Context) -> Result<RecentStudies, Failure> {
        change(context, |studies| studies.retain(|study| study.file != self.file))
    }
}

fn change(
    context: &Context,
    change: impl FnOnce(&mut Vec<Seen>),
) -> Result<RecentStudies, Failure> {
    let file = file(context);
    let _turn = file.turn()?;
    // A list that cannot be read holds nothing that could be kept.
    let mut studies = read(&file).unwrap_or_default();
    change(&mut studies);
    let list = List { studies };
    file.write(&list)?;
    Ok(listed(Ok(list.studies)))
}

fn file(context: &Context) -> OwnFile {
    context.desk.own_file("studies.json", "primum-studies/1")
}

fn read(file: &OwnFile) -> Result<Vec<Seen>, String> {
    Ok(file.read::<List>()?.map(|list| list.studies).unwrap_or_default())
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
