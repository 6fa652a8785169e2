//! What raters disagree on, widest first, without saying who said what.

use super::panel::{Panel, PanelRater};
use super::view::DecidedView;
use crate::contract::Command;
use crate::formatted::format;
use crate::rate::ResponseView;
use crate::{Block, Desk, Failure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use study::{BlindedScenario, Digest, Grade, ItemId, Rating, Rubric, Score, standing};
use ts_rs::TS;

/// Lists the grades on which raters differ.
#[derive(Debug, Deserialize, TS)]
pub struct ListDisagreements {
    /// The study's file, or its folder.
    pub study: String,
}

/// The queue.
#[derive(Debug, Serialize, TS)]
pub struct Disagreements {
    /// One per item and axis, the widest first.
    pub queue: Vec<QueueLine>,
}

/// A disagreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct QueueLine {
    /// The item.
    pub item: ItemId,
    /// The axis.
    pub axis: String,
    /// Its name on screen.
    pub label: String,
    /// The highest grade minus the lowest.
    pub spread: Grade,
    /// The grades given, ascending.
    pub grades: Vec<Grade>,
    /// Whether it is decided.
    pub decided: bool,
}

/// Shows one item of the queue.
#[derive(Debug, Deserialize, TS)]
pub struct ShowDisagreement {
    /// The study's file, or its folder.
    pub study: String,
    /// The item.
    pub item: ItemId,
}

/// An item on which raters differ.
#[derive(Debug, Serialize, TS)]
pub struct DisagreementView {
    /// The item.
    pub item: ItemId,
    /// The instrument, for the words of what the raters chose.
    pub rubric: Rubric,
    /// The scenario's texts as written.
    pub scenario: BlindedScenario,
    /// The reference answer, formatted.
    pub reference_answer: Vec<Block>,
    /// The response.
    pub response: ResponseView,
    /// The raters' ratings, in an order that differs from item to item.
    pub voices: Vec<Voice>,
    /// The axes on which they differ.
    pub disputes: Vec<AxisDispute>,
}

/// What one rater says of an item.
#[derive(Debug, Serialize, TS)]
pub struct Voice {
    /// Such as `Rater 1`; says nothing of who it is.
    pub alias: String,
    /// The rating.
    pub rating: Rating,
}

/// An axis in dispute.
#[derive(Debug, Serialize, TS)]
pub struct AxisDispute {
    /// The axis.
    pub axis: String,
    /// Its name on screen.
    pub label: String,
    /// The rubric's grades, with what each means.
    pub levels: Vec<study::Level>,
    /// The decision, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub decision: Option<DecidedView>,
}

impl Command for ListDisagreements {
    const NAME: &'static str = "list_disagreements";
    type Reply = Disagreements;

    fn run(self, _desk: &mut Desk) -> Result<Disagreements, Failure> {
        Ok(Disagreements { queue: marked(&Panel::open(&self.study)?)? })
    }
}

/// How many disagreements nobody has decided.
pub(super) fn undecided(panel: &Panel) -> Result<usize, Failure> {
    Ok(marked(panel)?.iter().filter(|line| !line.decided).count())
}

/// The disagreements of a study, those decided marked as such.
fn marked(panel: &Panel) -> Result<Vec<QueueLine>, Failure> {
    let decisions = panel.store.decisions()?;
    let standing = standing(&decisions);
    let mut queue = queue(panel);
    for line in &mut queue {
        line.decided = standing.contains_key(&(&line.item, line.axis.as_str()));
    }
    Ok(queue)
}

/// The disagreements of a study, the widest first, then by item; none marked as decided.
pub(super) fn queue(panel: &Panel) -> Vec<QueueLine> {
    let scores = panel.scores();
    let mut queue = Vec::new();
    for (item, known) in &panel.items {
        if known.repeat_of.is_some() {
            continue;
        }
        for axis in &panel.header.rubric.axes {
            let grade = |scores: &study::RaterScores| match scores.score(item.as_str(), &axis.id) {
                Score::Grade(grade) => Some(grade),
                Score::Excluded(_) => None,
            };
            let mut grades: Vec<Grade> = scores.iter().filter_map(grade).collect();
            grades.sort_unstable();
            let (Some(lowest), Some(highest)) = (grades.first(), grades.last()) else { continue };
            if lowest < highest {
                queue.push(QueueLine {
                    item: item.clone(),
                    axis: axis.id.clone(),
                    label: axis.label.clone(),
                    spread: highest - lowest,
                    grades,
                    decided: false,
                });
            }
        }
    }
    queue.sort_by(|a, b| b.spread.cmp(&a.spread).then_with(|| a.item.cmp(&b.item)));
    queue
}

impl Command for ShowDisagreement {
    const NAME: &'static str = "show_disagreement";
    type Reply = DisagreementView;

    fn run(self, _desk: &mut Desk) -> Result<DisagreementView, Failure> {
        let panel = Panel::open(&self.study)?;
        let Some(item) = panel.items.get(&self.item) else {
            return Err(Failure::refused(format!(
                "item `{}`: this study has no such item",
                self.item
            )));
        };
        let scenario = panel.scenarios[&item.item.scenario].clone();
        let decisions = panel.store.decisions()?;
        let standing = standing(&decisions);
        let disputed = |axis: &&study::Axis| {
            queue(&panel).iter().any(|line| line.item == self.item && line.axis == axis.id)
        };
        let disputes = panel.header.rubric.axes.iter().filter(disputed).map(|axis| AxisDispute {
            axis: axis.id.clone(),
            label: axis.label.clone(),
            levels: axis.levels.clone(),
            decision: standing
                .get(&(&self.item, axis.id.as_str()))
                .map(|decision| DecidedView::of(decision)),
        });
        Ok(DisagreementView {
            disputes: disputes.collect(),
            reference_answer: format(&scenario.reference_answer),
            response: ResponseView::of(&item.item.response),
            voices: voices(&panel, &self.item),
            item: self.item.clone(),
            rubric: panel.header.rubric.clone(),
            scenario,
        })
    }
}

/// The ratings of an item as they were locked, in an order drawn from the item.
fn voices(panel: &Panel, item: &ItemId) -> Vec<Voice> {
    let mut raters: Vec<&PanelRater> = panel
        .raters
        .iter()
        .filter(|rater| rater.files > 0 && rater.packet.items.contains(item))
        .collect();
    raters
        .sort_by_cached_key(|rater| Digest::of(&(&panel.header.study, item, &rater.packet.packet)));
    raters
        .into_iter()
        .zip(1..)
        .map(|(rater, number)| Voice {
            alias: format!("Rater {number}"),
            rating: panel.ratings(rater).counted_of(item),
        })
        .collect()
}

/// How raters' differing grades stand until they are decided.
pub(super) const UNDECIDED: &str = "undecided";

/// The grades on one axis, by item: the decision where there is one, else what all raters gave.
pub(super) fn consensus(
    panel: &Panel,
    decisions: &[study::Decision],
) -> BTreeMap<(ItemId, String), (Option<Grade>, &'static str)> {
    let standing = standing(decisions);
    let scores = panel.scores();
    let mut found = BTreeMap::new();
    for (item, known) in panel.items.iter().filter(|(_, known)| known.repeat_of.is_none()) {
        for axis in &panel.header.rubric.axes {
            let grade = |scores: &study::RaterScores| match scores.score(item.as_str(), &axis.id) {
                Score::Grade(grade) => Some(grade),
                Score::Excluded(_) => None,
            };
            let grades: Vec<Grade> = scores.iter().filter_map(grade).collect();
            let decided = standing.get(&(item, axis.id.as_str()));
            let value = match (decided, grades.as_slice()) {
                (Some(decision), _) => (decision.grade, "decided"),
                (None, []) => (None, "not rated"),
                (None, [only]) => (Some(*only), "one rater"),
                (None, [first, rest @ ..]) if rest.iter().all(|grade| grade == first) => {
                    (Some(*first), "agreed")
                }
                (None, _) => (None, UNDECIDED),
            };
            found.insert((known.item.id.clone(), axis.id.clone()), value);
        }
    }
    found
}
