//! Agreement on the critical actions.

use crate::drawn::Drawn;
use crate::pair_measures::whole_where_whole;
use crate::pairing::{Graded, design, measures, tables};
use crate::uncertainty::Steps;
use crate::{CompareError, PairMeasures, ReportedMeasure};
use serde::Serialize;
use std::collections::BTreeMap;
use study::RaterScores;
use ts_rs::TS;

/// Agreement on the grades of critical actions.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct ActionAgreement {
    /// The codes from the least credit to the most; tables are in this order.
    pub codes: Vec<String>,
    /// Over all actions of all items. The mean difference is in places on the list of codes.
    pub all: PairMeasures,
    /// Actions of shared items that one of the two did not grade.
    #[ts(type = "number")]
    pub not_graded: u64,
    /// Shared items whose checklists differ in length, and do not count.
    #[ts(type = "number")]
    pub other_length: u64,
    /// Each action of each scenario, the least exact agreement first; empty where files do not say
    /// which scenario an item answers.
    pub actions: Vec<OneAction>,
}

/// Agreement on one critical action of one scenario.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct OneAction {
    /// The scenario.
    pub scenario: String,
    /// The action's place in it, from 0.
    pub action: usize,
    /// Items on which both graded it.
    #[ts(type = "number")]
    pub n: u64,
    /// Counts: a row for each code of the first rater, a column for each of the second.
    #[serde(serialize_with = "whole_where_whole")]
    pub table: Vec<Vec<f64>>,
    /// The share of items on which they gave it the same code.
    pub exact: ReportedMeasure,
}

/// Agreement on the actions, where both raters graded some under the same codes.
pub(crate) fn compare_actions(
    first: &RaterScores,
    second: &RaterScores,
    steps: &Steps<'_>,
) -> Result<Option<ActionAgreement>, CompareError> {
    let codes = &first.checklist.codes;
    if codes.len() < 2 || *codes != second.checklist.codes {
        return Ok(None);
    }
    let mut found = Grades::default();
    for (item, grades) in &first.checklist.items {
        if let Some(others) = second.checklist.items.get(item) {
            found.add(item, grades, others, first, second);
        }
    }
    if found.all.is_empty() {
        return Ok(None);
    }
    let places: Vec<f64> = (0..codes.len()).map(|place| place as f64).collect();
    let drawn = Drawn::of(found.all.iter().map(|graded| graded.design));
    let all = measures(&found.all, drawn, &places, &steps.effort)?;
    steps.advance()?;
    let mut actions = Vec::new();
    for ((scenario, action), items) in found.by_action {
        let tables = tables(codes.len(), &items, drawn)?;
        actions.push(OneAction {
            scenario: scenario.into(),
            action,
            n: tables.n(),
            table: tables.cells(),
            exact: tables.within(&steps.effort, 0),
        });
    }
    let share = |action: &OneAction| action.exact.0.estimate().unwrap_or(1.0);
    actions.sort_by(|a, b| share(a).total_cmp(&share(b)));
    let Grades { not_graded, other_length, .. } = found;
    Ok(Some(ActionAgreement { codes: codes.clone(), all, not_graded, other_length, actions }))
}

#[derive(Default)]
struct Grades<'a> {
    all: Vec<Graded<'a>>,
    by_action: BTreeMap<(&'a str, usize), Vec<Graded<'a>>>,
    not_graded: u64,
    other_length: u64,
}

impl<'a> Grades<'a> {
    fn add(
        &mut self,
        item: &str,
        grades: &[Option<usize>],
        others: &[Option<usize>],
        first: &'a RaterScores,
        second: &'a RaterScores,
    ) {
        if grades.len() != others.len() {
            self.other_length += 1;
            return;
        }
        let design = design(first, second, item);
        for (action, pair) in grades.iter().zip(others).enumerate() {
            let (Some(first), Some(second)) = pair else {
                self.not_graded += 1;
                continue;
            };
            let graded = Graded { first: *first, second: *second, design, count: 1 };
            self.all.push(graded);
            if let Some(design) = design {
                self.by_action.entry((&design.scenario, action)).or_default().push(graded);
            }
        }
    }
}
