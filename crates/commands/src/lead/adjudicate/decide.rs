//! Deciding a disagreement.

use super::begun_decision::forget;
use crate::contract::Command;
use crate::lead::open_study::OpenStudy;
use crate::lead::show_study::view;
use crate::{Context, Failure, StudyView};
use serde::Deserialize;
use study::{Cause, Decision, DecisionId, Grade, ItemId};
use ts_rs::TS;
use uuid::Uuid;

/// Records a decision on one axis of one item. An earlier one stays in the file; the latest counts.
#[derive(Debug, Deserialize, TS)]
pub struct Decide {
    /// The study's file, or its folder.
    pub study: String,
    /// The item.
    pub item: ItemId,
    /// The axis.
    pub axis: String,
    /// The grade, or none where the item is left without one.
    pub grade: Option<Grade>,
    /// Why the raters disagreed.
    pub cause: Cause,
    /// What was said for it; may be empty.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub note: String,
    /// Who decides: one name or several.
    pub by: String,
}

impl Command for Decide {
    const NAME: &'static str = "decide";
    type Reply = StudyView;

    fn run(self, context: &mut Context) -> Result<StudyView, Failure> {
        let mut study = OpenStudy::open(&self.study)?;
        let wrong = |field, found, expected| Err(Failure::field(field, found, expected));
        let Some(axis) = study.header.rubric.axis(&self.axis) else {
            return wrong("axis", format!("`{}`", self.axis), "one of the rubric's".into());
        };
        if let Some(grade) = self.grade.filter(|grade| !axis.has(*grade)) {
            return wrong("grade", grade.to_string(), format!("a grade of {}", axis.label));
        }
        match study.items.get(&self.item).map(|known| &known.repeat_of) {
            None => {
                return wrong("item", format!("`{}`", self.item), "an item of the study".into());
            }
            Some(Some(first)) => {
                let found = format!("`{}`, which repeats `{first}`", self.item);
                return wrong("item", found, format!("`{first}`: repeats are not decided"));
            }
            Some(None) => {}
        }
        if self.by.trim().is_empty() {
            return wrong("by", "nothing".into(), "who decides".into());
        }
        let now = context.now();
        let decision = Decision {
            id: DecisionId::new(Uuid::now_v7()),
            item: self.item,
            axis: self.axis,
            grade: self.grade,
            cause: self.cause,
            note: self.note.trim().into(),
            decided_at: now,
            decided_by: self.by.trim().into(),
        };
        study.store.decide(&decision)?;
        forget(context, study.header.study.clone(), &decision.item, &decision.axis);
        study.decisions.push(decision);
        view(&study, context.now())
    }
}
