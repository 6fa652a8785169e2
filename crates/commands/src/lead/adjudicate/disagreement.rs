//! What raters disagree on, widest first, without saying who said what.

use crate::contract::Command;
use crate::formatted::{format, format_turns};
use crate::lead::open_study::OpenStudy;
use crate::lead::show_study::DecidedView;
use crate::{Block, Context, Failure, ResponseView};
use serde::{Deserialize, Serialize};
use study::{
    BlindedScenario, Disagreement, Grade, ItemId, Rating, Rubric, counting_decisions, under_aliases,
};
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
    /// The turns of the prompt, formatted; none where it is a text.
    pub turns: Vec<Vec<Block>>,
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

    fn run(self, _context: &mut Context) -> Result<Disagreements, Failure> {
        let study = OpenStudy::open(&self.study)?;
        let queue = study.adjudication().disagreements();
        Ok(Disagreements { queue: queue.iter().map(QueueLine::of).collect() })
    }
}

impl QueueLine {
    fn of(found: &Disagreement<'_>) -> Self {
        Self {
            item: found.item.clone(),
            axis: found.axis.id.clone(),
            label: found.axis.label.clone(),
            spread: found.spread(),
            grades: found.grades.clone(),
            decided: found.decided,
        }
    }
}

impl Command for ShowDisagreement {
    const NAME: &'static str = "show_disagreement";
    type Reply = DisagreementView;

    fn run(self, _context: &mut Context) -> Result<DisagreementView, Failure> {
        let study = OpenStudy::open(&self.study)?;
        let Some(item) = study.items.get(&self.item) else {
            return Err(Failure::refused(format!(
                "item `{}`: this study has no such item",
                self.item
            )));
        };
        let scenario = study.scenarios[&item.item.scenario].clone();
        let mut adjudication = study.adjudication();
        adjudication.items.retain(|known| **known == self.item);
        let disputed: Vec<Disagreement<'_>> = adjudication.disagreements();
        let counting = counting_decisions(&study.decisions);
        let disputes = study.header.rubric.axes.iter();
        let disputes =
            disputes.filter(|axis| disputed.iter().any(|found| found.axis.id == axis.id));
        let disputes = disputes.map(|axis| AxisDispute {
            axis: axis.id.clone(),
            label: axis.label.clone(),
            levels: axis.levels.clone(),
            decision: counting
                .get(&(&self.item, axis.id.as_str()))
                .map(|decision| DecidedView::of(decision)),
        });
        Ok(DisagreementView {
            disputes: disputes.collect(),
            turns: format_turns(&scenario.prompt),
            reference_answer: format(&scenario.reference_answer),
            response: ResponseView::of(&item.item.response),
            voices: voices(&study, &self.item),
            item: self.item.clone(),
            rubric: study.header.rubric.clone(),
            scenario,
        })
    }
}

/// The ratings of an item as they were locked.
fn voices(study: &OpenStudy, item: &ItemId) -> Vec<Voice> {
    let raters = study.packets_came().filter(|rater| rater.packet.items.contains(item)).collect();
    under_aliases(&study.header.study, item, raters, |rater| &rater.packet.packet)
        .into_iter()
        .map(|(alias, rater)| Voice { alias, rating: study.ratings(rater).counted_of(item) })
        .collect()
}
