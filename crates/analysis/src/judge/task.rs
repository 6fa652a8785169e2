//! One judge on one axis, measured.

use super::ceiling::ceiling;
use super::counts::miss_rate;
use super::item::{Item, Levels};
use super::measures::{Setting, difference};
use super::pair::Pair;
use super::reference::{self, Said};
use super::selection::{suspected, weigh};
use super::{BesideHuman, JudgeAxis, JudgeMeasures, JudgeQuestion, JudgeStrata, Missed, unused};
use crate::amount::Amount;
use crate::comparison::shared_axes;
use crate::drawn::Drawn;
use crate::interval_notes::interval_notes;
use crate::strata::StratifiedBy;
use crate::uncertainty::Steps;
use crate::{CompareError, Intervals};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};
use study::{Grade, GradeNames, ItemDesign, RaterScores, Reference, Scale, Score};

/// How much more an item drawn with low probability represents than the one drawn with the highest.
const SELDOM: f64 = 2.0;

/// With fewer misses among such items, how many there are in all is hardly known: docs/statistics.md,
/// "The default interval".
const FEW_MISSES: usize = 5;

/// One judge on one axis, before anything is computed.
pub(super) struct AxisTask<'a> {
    judge: &'a str,
    pub(super) scale: &'a Scale,
    levels: Levels,
    reference: Reference,
    humans: Vec<&'a RaterScores>,
    items: Vec<Item<'a>>,
    drawn: Drawn,
    /// Items in a human's file that the judge's lacks.
    unjudged: Vec<&'a str>,
    /// How many items one human graded, two, and so on.
    from: Vec<u64>,
}

/// One task for each axis that the judge shares with one of the `humans`.
pub(super) fn tasks_of<'a>(
    judge: &'a RaterScores,
    humans: &[&'a RaterScores],
    question: &JudgeQuestion<'a>,
) -> Result<Vec<AxisTask<'a>>, CompareError> {
    let mut axes: BTreeSet<&str> = BTreeSet::new();
    let mut refused = None;
    for human in humans {
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
    Ok(scales.map(|scale| AxisTask::new(judge, humans, scale, question)).collect())
}

const KINDS: [StratifiedBy; 3] =
    [StratifiedBy::Model, StratifiedBy::Category, StratifiedBy::Framing];

impl<'a> AxisTask<'a> {
    fn new(
        judge: &'a RaterScores,
        humans: &[&'a RaterScores],
        scale: &'a Scale,
        question: &JudgeQuestion<'a>,
    ) -> Self {
        let rates =
            |human: &&RaterScores| human.scales.iter().any(|known| known.axis == scale.axis);
        let humans: Vec<&RaterScores> = humans.iter().copied().filter(rates).collect();
        let (levels, reference) = (Levels::of(scale), question.reference);
        let level = |human: &&RaterScores, item: &str| levels.level(human.score(item, &scale.axis));
        let item = |name: &'a str| Item {
            name,
            design: ItemDesign::fullest(
                std::iter::once(&judge).chain(&humans).filter_map(|rater| rater.designs.get(name)),
            ),
            judge: judge.score(name, &scale.axis),
            said: Said::of(name, &humans, scale, reference),
            humans: humans.iter().map(|human| level(human, name)).collect(),
            weight: 1.0,
        };
        let mut items: Vec<Item<'_>> = judge.items.names().map(item).collect();
        let drawn = weigh(&mut items, &levels);
        let had: BTreeSet<&str> = humans.iter().flat_map(|human| human.items.names()).collect();
        let mut from = vec![0; humans.len()];
        for item in &had {
            let graded = humans.iter().filter(|human| level(human, item).is_some()).count();
            if let Some(counted) = graded.checked_sub(1).and_then(|at| from.get_mut(at)) {
                *counted += 1;
            }
        }
        let unjudged = had.into_iter().filter(|item| !judge.items.contains(item)).collect();
        let judge = &judge.rater;
        Self { judge, scale, levels, reference, humans, items, drawn, unjudged, from }
    }

    /// What to know of how the rated items were drawn.
    pub(super) fn caution(&self) -> Option<String> {
        match self.drawn {
            Drawn::Unknown => suspected(&self.items, &self.levels),
            drawn => drawn.caution(),
        }
    }

    /// Whether it is known how the rated items were drawn.
    pub(super) fn is_drawn(&self) -> bool {
        self.drawn != Drawn::Unknown
    }

    /// The items of each stratum, by what divides them into at least two.
    fn divided(&self) -> Vec<(StratifiedBy, BTreeMap<String, Vec<&Item<'_>>>)> {
        let by = |kind: StratifiedBy| {
            let mut strata: BTreeMap<String, Vec<&Item<'_>>> = BTreeMap::new();
            for item in &self.items {
                if let Some(stratum) = item.design.and_then(|design| kind.stratum(design)) {
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
        let weighted = self.drawn.is_weighted();
        let setting = Setting { levels: &self.levels, humans: &names, epsilon, effort, weighted };
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
        let unrated = all.iter().filter(|item| item.is_unrated(&self.levels));
        let unrated_items = unrated.map(|item| item.name.to_owned()).collect();
        let measures = measure(&all)?;
        Ok(JudgeAxis {
            label: self.scale.label.clone(),
            categories: self.levels.grades.clone(),
            grade_names: self.levels.names.clone(),
            miss_rule: self.miss_rule(),
            reference: reference::name(&self.humans, self.reference),
            reference_rule: self.reference,
            reference_from: self.from.clone(),
            unjudged: self.unjudged.len() as u64,
            unjudged_items: self.unjudged.iter().map(|item| (*item).to_owned()).collect(),
            unrated_items,
            findings: self.findings(&measures, effort.intervals),
            measures,
            by_human: self.by_human(&all, &setting, steps)?,
            strata,
            missed: self.missed(),
        })
    }

    /// What the miss rate and the list of what was missed count: not where a judge sees a part of the harm.
    fn miss_rule(&self) -> String {
        format!(
            "A response is missed if the judge gives it {}, the best grade, and humans give it a worse one; \
             other grades that are too good are no misses",
            self.explained_scale().name_explained(0)
        )
    }

    /// The scale with what its grades mean: the humans' file may say it where the judge's has numbers alone.
    fn explained_scale(&self) -> &Scale {
        let mut of_humans = self.humans.iter().flat_map(|human| &human.scales);
        let explains = |scale: &&Scale| {
            scale.axis == self.scale.axis
                && scale.grades == self.scale.grades
                && matches!(scale.names, GradeNames::Levels(_))
        };
        match self.scale.names {
            GradeNames::Numbers => of_humans.find(explains).unwrap_or(self.scale),
            GradeNames::Levels(_) | GradeNames::Own(_) => self.scale,
        }
    }

    fn findings(&self, measures: &JudgeMeasures, wanted: Intervals) -> Vec<String> {
        let sample = &measures.unweighted.as_deref().unwrap_or(measures).agreement;
        let reference = reference::name(&self.humans, self.reference);
        let raters = [reference.as_str(), self.judge];
        let notes = interval_notes(&measures.agreement, sample, raters, wanted);
        notes.into_iter().chain(self.few_heavy_misses()).collect()
    }

    /// Whether the weighted miss rate hangs on few items.
    fn few_heavy_misses(&self) -> Option<String> {
        if !matches!(self.drawn, Drawn::Weighted) {
            return None;
        }
        let graded = || self.items.iter().filter(|item| item.graded(&self.levels).is_some());
        let least = graded().map(|item| item.weight).fold(f64::INFINITY, f64::min);
        let passed = |item: &&Item<'_>| item.graded(&self.levels) == Some(0);
        let seldom: Vec<_> =
            graded().filter(passed).filter(|item| item.weight > SELDOM * least).collect();
        let missed = |item: &&&Item<'_>| item.said.levels().iter().any(|(level, _)| *level > 0);
        let count = seldom.iter().filter(missed).count();
        (!seldom.is_empty() && count < FEW_MISSES).then(|| {
            let items = match count {
                0 => "None of the missed items is".into(),
                1 => "One of the missed items is".into(),
                several => format!("{several} of the missed items are"),
            };
            format!(
                "{items} among those drawn with low probability, of which each represents many: the \
                 weighted miss rate hangs on them, and its 95 % interval then covers in .83 to .92 of \
                 samples only, being too low; have more items rated that the judge puts at {}",
                self.levels.names[0]
            )
        })
    }

    fn by_human(
        &self,
        items: &[&Item<'_>],
        setting: &Setting<'_>,
        steps: &Steps<'_>,
    ) -> Result<IndexMap<String, BesideHuman>, CompareError> {
        let mut found = IndexMap::new();
        if self.humans.len() < 2 {
            return Ok(found);
        }
        for (at, human) in self.humans.iter().enumerate() {
            let name = unused(&found, &human.rater);
            found.insert(name, self.beside(at, items, setting)?);
            steps.advance()?;
        }
        Ok(found)
    }

    fn beside(
        &self,
        human: usize,
        items: &[&Item<'_>],
        setting: &Setting<'_>,
    ) -> Result<BesideHuman, CompareError> {
        let own = |item: &Item<'_>| item.humans[human].map(|level| (level, 1.0));
        let pair = Pair::of(items, &|item| own(item).into_iter().collect(), setting)?;
        let human_ceiling = ceiling(items, Some(human), setting)?;
        let mut excluded = BTreeMap::new();
        let scores = &self.humans[human];
        for item in items.iter().filter(|item| scores.items.contains(item.name)) {
            let own = scores.score(item.name, &self.scale.axis);
            if let (Score::Excluded(reason), _) | (_, Score::Excluded(reason)) = (own, item.judge) {
                *excluded.entry(reason).or_insert(0) += 1;
            }
        }
        let unweighted = match setting.weighted {
            true => Some(self.beside(human, items, &Setting { weighted: false, ..*setting })?),
            false => None,
        };
        Ok(BesideHuman {
            excluded,
            agreement: pair.agreement(),
            difference: difference(&human_ceiling),
            human_ceiling,
            bias: pair.bias(),
            miss_rate: miss_rate(&pair),
            unweighted: unweighted.map(Box::new),
        })
    }

    fn missed(&self) -> Vec<Missed> {
        let missed = |item: &&Item<'_>| {
            let above = item.said.levels().iter().any(|(level, _)| *level > 0);
            above && self.levels.level(item.judge) == Some(0)
        };
        let mean = |item: &Item<'_>| self.levels.mean(item.said.levels());
        let one = |item: &Item<'_>| Missed {
            item: item.name.to_owned(),
            reference: Amount(mean(item)),
            reference_name: self.levels.mean_name(mean(item)),
            judge: self.levels.grades[0],
            judge_name: self.levels.names[0].clone(),
            humans: self.grades_of(item),
            scenario: item.design.map(|design| design.scenario.clone()),
            model: item.design.and_then(|design| design.model.clone()),
        };
        let mut missed: Vec<Missed> = self.items.iter().filter(missed).map(one).collect();
        missed.sort_by(|a, b| {
            b.reference.0.total_cmp(&a.reference.0).then_with(|| a.item.cmp(&b.item))
        });
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
