//! A study as its lead author sees it.

use super::calibration::{self, CalibrationView};
use super::draft::{BUILT_IN, rubric_words};
use super::log_lines::{self, LogLine};
use super::open_study::{OpenStudy, StudyRater};
use super::whole_rater::{WholeRater, whole};
use crate::cautions::clock_of_ratings;
use crate::contract::Command;
use crate::harmless;
use crate::{Context, Failure};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::Event;
use study::{
    Cause, Decision, Grade, ItemId, RateableItem, Rating, Rubric, StudyId, Verdict,
    counting_decisions, status,
};
use ts_rs::TS;

/// Opens a study's file and shows how far it is.
#[derive(Debug, Deserialize, TS)]
pub struct ShowStudy {
    /// The study's file, or its folder.
    pub study: String,
}

/// A study. Nothing in it names an origin before the key is opened.
#[derive(Debug, Serialize, TS)]
pub struct StudyView {
    /// Its file.
    pub file: String,
    /// The study.
    pub study: StudyId,
    /// Its name.
    pub title: String,
    /// The rubric's name and version.
    pub rubric: String,
    /// `gated` or `structured`, where it is that one.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub built_in_rubric: Option<String>,
    /// When it was created, RFC 3339 in UTC.
    pub created_at: String,
    /// Items, repeats among them.
    pub items: u32,
    /// Items shown a second time.
    pub repeats: u32,
    /// The axes, in the order of rating.
    pub axes: Vec<AxisView>,
    /// The raters, in the order of the packets.
    pub raters: Vec<RaterView>,
    /// Those whose ratings were set aside: they are kept, and count nowhere.
    pub aside: Vec<RaterView>,
    /// What was rated before the study, and how; it does not count.
    pub calibration: Vec<CalibrationView>,
    /// Grades on which raters differ, repeats aside, and how many of them are decided.
    pub disagreements: u32,
    /// How many of those are decided.
    pub decided: u32,
    /// What the next version of the rubric should say more clearly.
    pub unclear: Vec<DecidedView>,
    /// When the key was opened, RFC 3339 in UTC; none while it is sealed.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<String>,
    /// The files of keys to added items that are still sealed, once another was opened.
    pub sealed_keys: Vec<String>,
    /// What the lead author should know before they go on; empty as a rule.
    pub cautions: Vec<String>,
    /// Changes to the running study, and files that came late, the latest last.
    pub changes: Vec<LogLine>,
    /// What happened, the latest last.
    pub log: Vec<LogLine>,
}

/// An axis.
#[derive(Debug, Serialize, TS)]
pub struct AxisView {
    /// Its name in files.
    pub id: String,
    /// Its name on screen.
    pub label: String,
    /// Its grades.
    pub grades: Vec<Grade>,
}

/// How far a rater is, by what came back.
#[derive(Debug, Serialize, TS)]
pub struct RaterView {
    /// The label.
    pub label: String,
    /// The rater's own name; empty before a file has come.
    pub name: String,
    /// Whether this is the lead author.
    pub lead: bool,
    /// Packets: one, and one for each time that items were added for this rater.
    pub packets: u32,
    /// Packets of which a file has come.
    pub packets_came: u32,
    /// Items in the packets.
    pub items: u32,
    /// Items with a grade on every axis, or abstained.
    pub graded: u32,
    /// Those of them with every other answer that the rubric requires.
    pub done: u32,
    /// Files received.
    pub files: u32,
    /// When the rater locked the ratings, RFC 3339 in UTC; none while one of the packets is not locked.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locked_at: Option<String>,
    /// Items whose rating changed after that.
    pub changed: u32,
    /// When the rater was added to the running study, RFC 3339 in UTC; none for one from its beginning.
    #[ts(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added_at: Option<String>,
    /// Items whose ratings arrived after the key was opened.
    pub late: u32,
}

/// A decision.
#[derive(Debug, Serialize, TS)]
pub struct DecidedView {
    /// The item.
    pub item: ItemId,
    /// The axis.
    pub axis: String,
    /// The grade, or none.
    pub grade: Option<Grade>,
    /// Why the raters disagreed.
    pub cause: Cause,
    /// What was said for it.
    pub note: String,
    /// Who decided.
    pub by: String,
}

impl DecidedView {
    pub(crate) fn of(decision: &Decision) -> Self {
        Self {
            item: decision.item.clone(),
            axis: decision.axis.clone(),
            grade: decision.grade,
            cause: decision.cause,
            note: decision.note.clone(),
            by: decision.decided_by.clone(),
        }
    }
}

impl Command for ShowStudy {
    const NAME: &'static str = "show_study";
    type Reply = StudyView;

    fn run(self, context: &mut Context) -> Result<StudyView, Failure> {
        view(&OpenStudy::open(&self.study)?, context.now())
    }
}

pub(crate) fn view(study: &OpenStudy, now: Timestamp) -> Result<StudyView, Failure> {
    let header = &study.header;
    let counting = counting_decisions(&study.decisions);
    let queue = study.adjudication().disagreements();
    let decided = queue.iter().filter(|one| one.decided);
    let unclear = counting.values().filter(|decision| decision.cause == Cause::RubricUnclear);
    Ok(StudyView {
        file: study.store.file().display().to_string(),
        study: header.study.clone(),
        title: header.title.clone(),
        rubric: rubric_words(&header.rubric),
        built_in_rubric: built_in(&header.rubric),
        created_at: header.created_at.to_string(),
        items: study.items.len() as u32,
        repeats: study.items.values().filter(|item| item.repeat_of.is_some()).count() as u32,
        axes: header
            .rubric
            .axes
            .iter()
            .map(|axis| AxisView {
                id: axis.id.clone(),
                label: axis.label.clone(),
                grades: axis.grades(),
            })
            .collect(),
        raters: study.whole_raters().iter().map(|rater| rater_view(study, rater)).collect(),
        aside: whole(study.aside.iter()).iter().map(|rater| rater_view(study, rater)).collect(),
        calibration: calibration::view(study)?,
        disagreements: queue.len() as u32,
        decided: decided.count() as u32,
        unclear: unclear.map(|decision| DecidedView::of(decision)).collect(),
        opened_at: study.opened.as_ref().map(|opened| opened.opened_at.to_string()),
        sealed_keys: study
            .opened
            .iter()
            .flat_map(|opened| &opened.sealed)
            .map(|key| key.name.clone())
            .collect(),
        cautions: cautions(study, now),
        changes: log_lines::changes(study),
        log: log_lines::all(study),
    })
}

fn built_in(rubric: &Rubric) -> Option<String> {
    // When the reference answer is shown is chosen beside the rubric.
    let rubric = Rubric { reference_after_rating: false, ..rubric.clone() };
    let is = |id: &&str| {
        exchange::read_rubric(id).is_ok_and(|built_in| built_in.digest() == rubric.digest())
    };
    BUILT_IN.into_iter().find(is).map(str::to_owned)
}

fn cautions(study: &OpenStudy, now: Timestamp) -> Vec<String> {
    let archived = study.store.archived();
    let archived = archived.map(|reason| format!("This study can only be read here: {reason}"));
    let clocks = study.raters.iter().filter_map(|rater| {
        let written = rater.state.as_ref()?.exported_at;
        let caution = clock_of_ratings(study.ratings(rater), written, now)?;
        Some(harmless(&caution).into())
    });
    let named = study.raters.iter().filter_map(|rater| other_names(study, rater));
    let late = study.raters_late().into_iter().chain(study.decisions_late());
    archived.into_iter().chain(clocks).chain(named).chain(late).collect()
}

/// Two people may have rated one packet.
fn other_names(study: &OpenStudy, rater: &StudyRater) -> Option<String> {
    let same = |name: &String| {
        study.log.iter().any(|entry| match &entry.event {
            Event::OnePerson { packet, name: other, .. } => {
                *packet == rater.packet.packet && other == name
            }
            _ => false,
        })
    };
    let others = rater.names.iter().filter(|name| **name != rater.name && !same(name));
    let mut others = others.peekable();
    others.peek()?;
    let others: Vec<&str> = others.map(String::as_str).collect();
    let caution = format!(
        "Files of packet {} also arrived under another name: {}. The ratings count as those of {}. Ask who \
         rated.",
        rater.packet.rater,
        others.join(", "),
        study.ratings(rater).called()
    );
    Some(harmless(&caution).into())
}

fn rater_view(study: &OpenStudy, rater: &WholeRater<'_>) -> RaterView {
    let (ratings, rubric) = (rater.ratings(study), &study.header.rubric);
    let current: Vec<(&RateableItem, Rating)> =
        ratings.iter().flat_map(|ratings| ratings.current()).collect();
    let graded = |(_, rating): &&(&RateableItem, Rating)| {
        rubric.axes.iter().all(|axis| rating.verdict(&axis.id) != Verdict::Unrated)
    };
    let done = |(item, rating): &&(&RateableItem, Rating)| {
        let scenario = &study.scenarios[&item.scenario];
        status(rating, rubric, scenario).is_done()
    };
    RaterView {
        label: rater.label().clone(),
        name: rater.name().into(),
        lead: rater.lead(),
        packets: rater.packets.len() as u32,
        packets_came: rater.came().count() as u32,
        items: rater.items().count() as u32,
        graded: current.iter().filter(graded).count() as u32,
        done: current.iter().filter(done).count() as u32,
        files: rater.files(),
        locked_at: rater.locked_at().map(|at| at.to_string()),
        changed: ratings.iter().map(|ratings| ratings.changed_after_lock() as u32).sum(),
        added_at: rater.packets[0].added.as_ref().map(|(at, _)| at.to_string()),
        late: rater.packets.iter().map(|packet| study.items_late(packet) as u32).sum(),
    }
}
