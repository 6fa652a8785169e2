//! Decisions on disagreements that are being made: kept as they are typed, until they are recorded.

use crate::contract::Command;
use crate::lead::open_study::study_file;
use crate::own_file::OwnFile;
use crate::{Context, Failure};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use store::StudyStore;
use study::{Cause, Grade, ItemId, StudyId};
use ts_rs::TS;

/// Lists the decisions that were begun in a study and not recorded.
#[derive(Debug, Deserialize, TS)]
pub struct ListBegunDecisions {
    /// The study's file, or its folder.
    pub study: String,
}

/// Keeps a decision that is being made, in the place of what was kept of it before.
#[derive(Debug, Deserialize, TS)]
pub struct KeepBegunDecision {
    /// The study's file, or its folder.
    pub study: String,
    /// What is said so far.
    pub decision: BegunDecision,
}

/// Decisions that were begun in a study.
#[derive(Debug, Serialize, TS)]
pub struct BegunDecisions {
    /// One per axis of an item at most.
    pub decisions: Vec<BegunDecision>,
}

/// A decision that is being made.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BegunDecision {
    /// The item.
    pub item: ItemId,
    /// The axis.
    pub axis: String,
    /// The grade, null where the item is to be left without one; not there while nothing is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "chosen")]
    #[ts(optional, type = "number | null")]
    pub grade: Option<Option<Grade>>,
    /// Why the raters disagreed, once chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub cause: Option<Cause>,
    /// The note.
    pub note: String,
    /// Who decides.
    pub by: String,
}

/// As their file holds them.
#[derive(Default, Serialize, Deserialize)]
struct Begun {
    studies: BTreeMap<StudyId, Vec<BegunDecision>>,
}

impl Command for ListBegunDecisions {
    const NAME: &'static str = "list_begun_decisions";
    type Reply = BegunDecisions;

    fn run(self, context: &mut Context) -> Result<BegunDecisions, Failure> {
        let study = study_of(&self.study)?;
        let mut begun = read(&file(context))?;
        Ok(BegunDecisions { decisions: begun.studies.remove(&study).unwrap_or_default() })
    }
}

impl Command for KeepBegunDecision {
    const NAME: &'static str = "keep_begun_decision";
    type Reply = BegunDecisions;

    fn run(self, context: &mut Context) -> Result<BegunDecisions, Failure> {
        let Self { study, decision } = self;
        let decisions = change(context, study_of(&study)?, |decisions| {
            decisions.retain(|one| !one.is_on(&decision.item, &decision.axis));
            decisions.push(decision);
        })?;
        Ok(BegunDecisions { decisions })
    }
}

/// Forgets what was begun of a decision that is in the study's file now.
pub(crate) fn forget(context: &Context, study: StudyId, item: &ItemId, axis: &str) {
    // The decision is recorded, whether or not what was begun of it can be forgotten.
    let _ = change(context, study, |decisions| decisions.retain(|one| !one.is_on(item, axis)));
}

impl BegunDecision {
    fn is_on(&self, item: &ItemId, axis: &str) -> bool {
        self.item == *item && self.axis == axis
    }
}

fn change(
    context: &Context,
    study: StudyId,
    change: impl FnOnce(&mut Vec<BegunDecision>),
) -> Result<Vec<BegunDecision>, Failure> {
    let file = file(context);
    let _turn = file.turn()?;
    let mut begun = read(&file)?;
    let mut decisions = begun.studies.remove(&study).unwrap_or_default();
    change(&mut decisions);
    if !decisions.is_empty() {
        begun.studies.insert(study, decisions.clone());
    }
    file.write(&begun)?;
    Ok(decisions)
}

fn file(context: &Context) -> OwnFile {
    context.desk.own_file("begun-decisions.json", "primum-begun-decisions/1")
}

fn read(file: &OwnFile) -> Result<Begun, Failure> {
    let remedy =
        |reason| format!("Decisions that were begun cannot be read. {reason}. Move the file away");
    Ok(file.read().map_err(|reason| Failure::refused(remedy(reason)))?.unwrap_or_default())
}

fn study_of(path: &str) -> Result<StudyId, Failure> {
    Ok(StudyStore::open(&study_file(path))?.study()?.study)
}

/// Tells a null from nothing.
fn chosen<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<Grade>>, D::Error> {
    Option::deserialize(value).map(Some)
}
