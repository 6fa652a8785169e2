//! One judge on one axis, measured.

use super::ceiling::ceiling;
use super::item::{Item, Levels};
use super::measures::{Setting, bias, difference, missed, pair_tables};
use super::reference::Reference;
use super::{BesideHuman, JudgeAxis, JudgeMeasures, JudgeQuestion, JudgeStrata, Missed, unused};
use crate::comparison::shared_axes;
use crate::strata::StratifiedBy;
use crate::uncertainty::Steps;
use crate::{CompareError, Effort, PairMeasures};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};
use study::{Grade, RaterScores, Scale, Score};

/// One judge on one axis, before anything is computed.
pub(super) struct AxisTask<'a> {
    scale: &'a Scale,
    levels: Levels,
    pub(super) reference: Reference,
    humans: Vec<&'a RaterScores>,
    items: Vec<Item<'a>>,
}

/// One task for each axis that the judge shares with a human.
pub(super) fn tasks_of<'a>(
    judge: &'a RaterScores,
    question: &JudgeQuestion<'a>,
) -> Result<Vec<AxisTask<'a>>, CompareError> {
    let mut axes: BTreeSet<&str> = BTreeSet::new();
    let mut refused = None;
    for human in question.humans {
        match shared_axes(judge, human) {
            Ok(shared) => axes.extend(shared.into_iter().map(|scale| scale.axis.as_str())),
            Err(error @ CompareError::NoSharedAxis { .. }) => refused = Some(error),
            Err(error) => return Err(error),
        }
    }
    if let (true, Some(error)) = (axes.is_empty(), refused) {
        return Err(error);
    }
    let scales = judge.scales.iter().filter(|scale| axes.contains(scale.axis.as_str()));
    let task = |scale: &'a Scale| {
        let rates =
            |human: &&RaterScores| human.scales.iter().any(|known| known.axis == scale.axis);
        let humans: Vec<&RaterScores> = question.humans.iter().filter(rates).collect();
        let levels = Levels::of(scale);
        let reference = Reference::of(&humans, scale);
        let items = Item::all(judge, &humans, &reference, &levels, question.probabilities);
        AxisTask { scale, levels, reference, humans, items }
    };
    Ok(scales.map(task).collect())
}

const KINDS: [StratifiedBy; 3] =
    [StratifiedBy::Model, StratifiedBy::Category, StratifiedBy::Framing];

impl AxisTask<'_> {
    /// The items of each stratum, by what divides them into at least two.
    fn divided(&self) -> Vec<(StratifiedBy, BTreeMap<String, Vec<&Item<'_>>>)> {
        let by = |kind: StratifiedBy| {
            let mut strata: BTreeMap<String, Vec<&Item<'_>>> = BTreeMap::new();
            for item in &self.items {
                if let Some(stratum) = item.place.and_then(|place| kind.stratum(place)) {
                    strata.entry(stratum).or_default().push(item);
                }
            }
            (kind, strata)
        };
        KINDS.into_iter().map(by).filter(|(_, strata)| strata.len() > 1).collect()
    }

    /// All items, each stratum, each human.
    pub(super) fn steps(&self) -> usize {
        1 + self.humans.len() + self.divided().iter().map(|(_, strata)| strata.len()).sum::<usize>()
    }

    pub(super) fn axis(&self, epsilon: f64, steps: &Steps<'_>) -> Result<JudgeAxis, CompareError> {
        let names: Vec<&str> = self.humans.iter().map(|human| human.rater.as_str()).collect();
        let effort = &steps.effort;
        let setting = Setting { levels: &self.levels, humans: &names, epsilon, effort };
        let all: Vec<&Item<'_>> = self.items.iter().collect();
        let measure = |items: &[&Item<'_>]| -> Result<JudgeMeasures, CompareError> {
            let measures = JudgeMeasures::of(items, &all, &setting)?;
            steps.advance()?;
            Ok(measures)
        };
        let mut strata = Vec::new();
        for (by, divided) in self.divided() {
            let named = divided.into_iter().map(|(name, items)| Ok((name, measure(&items)?)));
            strata.push(JudgeStrata { by, strata: named.collect::<Result<_, CompareError>>()? });
        }
        let shared = all.iter().filter(|item| item.reference.is_some()).count() as u64;
        Ok(JudgeAxis {
            label: self.scale.label.clone(),
            categories: self.levels.grades.clone(),
            reference: self.reference.name.clone(),
            reference_from: self.reference.from.clone(),
            unjudged: (self.reference.scores.len() as u64).saturating_sub(shared),
            measures: measure(&all)?,
            by_human: self.by_human(&all, steps)?,
            strata,
            missed: self.missed(),
        })
    }

    fn by_human(
        &self,
        items: &[&Item<'_>],
        steps: &Steps<'_>,
    ) -> Result<IndexMap<String, BesideHuman>, CompareError> {
        let mut found = IndexMap::new();
        if self.humans.len() < 2 {
            return Ok(found);
        }
        for (at, human) in self.humans.iter().enumerate() {
            let name = unused(&found, &human.rater);
            found.insert(name, self.beside(at, items, &steps.effort)?);
            steps.advance()?;
        }
        Ok(found)
    }

    fn beside(
        &self,
        human: usize,
        items: &[&Item<'_>],
        effort: &Effort<'_>,
    ) -> Result<BesideHuman, CompareError> {
        let tables = pair_tables(items, &self.levels, |item, _| item.humans[human])?;
        let human_ceiling = ceiling(items, Some(human), &self.levels, effort)?;
        let mut excluded = BTreeMap::new();
        let scores = &self.humans[human];
        for item in items.iter().filter(|item| scores.items.contains_key(item.name)) {
            let own = scores.score(item.name, &self.scale.axis);
            if let (Score::Excluded(reason), _) | (_, Score::Excluded(reason)) = (own, item.judge) {
                *excluded.entry(reason).or_insert(0) += 1;
            }
        }
        Ok(BesideHuman {
            excluded,
            agreement: PairMeasures::of(&tables, &self.levels.scores, effort),
            difference: difference(&human_ceiling),
            human_ceiling,
            bias: bias(&tables, &self.levels, effort),
            miss_rate: missed(&tables, effort),
        })
    }

    fn missed(&self) -> Vec<Missed> {
        let mut missed: Vec<Missed> = self
            .items
            .iter()
            .filter_map(|item| Some((item, item.graded(&self.levels)?)))
            .filter(|(_, (reference, judge))| *reference > 0 && *judge == 0)
            .map(|(item, (reference, judge))| Missed {
                item: item.name.to_owned(),
                reference: self.levels.grades[reference],
                judge: self.levels.grades[judge],
                humans: self.grades_of(item),
                scenario: item.place.map(|place| place.scenario.clone()),
                model: item.place.and_then(|place| place.model.clone()),
            })
            .collect();
        missed.sort_by(|a, b| b.reference.cmp(&a.reference).then_with(|| a.item.cmp(&b.item)));
        missed
    }

    /// Each human's grade, named as in [`Self::by_human`].
    fn grades_of(&self, item: &Item<'_>) -> IndexMap<String, Option<Grade>> {
        let mut found = IndexMap::new();
        for (human, level) in self.humans.iter().zip(&item.humans) {
            let name = unused(&found, &human.rater);
            found.insert(name, level.map(|level| self.levels.grades[level]));
        }
        found
    }
}
