//! Automated judges beside the humans whom they are to stand in for.

mod bounds;
mod ceiling;
mod counts;
mod detection;
mod item;
mod measures;
mod pair;
mod prediction;
mod reference;
mod replacement;
mod selection;
mod task;
mod verdict;

use crate::agreement_report::Resampled;
use crate::amount::Amount;
use crate::comparison::{check_rubrics, check_studies, unstated_rubrics};
use crate::interval_notes::few_scenarios;
use crate::sameness::{Sameness, same_rater};
use crate::strata::StratifiedBy;
use crate::uncertainty::Steps;
use crate::{CompareError, Effort, PairMeasures, ReportedMeasure};
use agreement::Undefined;
use indexmap::{IndexMap, IndexSet};
use serde::Serialize;
use std::collections::BTreeMap;
use study::{Digest, Exclusion, Grade, RaterScores, Reference};
use ts_rs::TS;

pub use bounds::{Extremes, JudgeBounds};
pub use ceiling::{Beside, HumanCeiling};
pub use counts::{Direction, Ungraded};
pub use detection::{AtThreshold, CutItems};
pub use measures::JudgeMeasures;
pub use prediction::PredictedMean;
pub use replacement::{AtGrade, Balanced, Constant, Contest, Contestant, Replacement};
use task::{AxisTask, tasks_of};
pub use verdict::{HeldThreshold, hold};

/// A result, or the reason why there is none: written as the fields of the result, or as
/// `{"undefined": "reason"}`.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(untagged)]
pub enum Outcome<T> {
    /// There is one.
    Made(T),
    /// There is none.
    Undefined {
        /// Why.
        undefined: String,
    },
}

impl<T> Outcome<T> {
    fn undefined(why: Undefined) -> Self {
        Self::Undefined { undefined: why.to_string() }
    }

    /// The result, if there is one.
    pub fn made(&self) -> Option<&T> {
        match self {
            Self::Made(made) => Some(made),
            Self::Undefined { .. } => None,
        }
    }
}

impl<T> From<Result<T, Undefined>> for Outcome<T> {
    fn from(outcome: Result<T, Undefined>) -> Self {
        outcome.map_or_else(Self::undefined, Self::Made)
    }
}

/// Judges and the humans whom they are measured by.
#[derive(Clone, Copy)]
pub struct JudgeQuestion<'a> {
    /// The humans' scores.
    pub humans: &'a [RaterScores],
    /// The judges'.
    pub judges: &'a [RaterScores],
    /// What represents several humans' grades of an item.
    pub reference: Reference,
    /// ε of the alternative annotator test, 0.2 for experts.
    pub epsilon: f64,
    /// Compare although rubrics differ; the report says so.
    pub across_rubrics: bool,
}

/// Judges beside humans.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct JudgeReport {
    /// Always `primum-judge/1`.
    pub format: String,
    /// The humans' names, in the order of the files.
    pub humans: Vec<String>,
    /// What a reader of these numbers must know, such as differing rubrics.
    pub cautions: Vec<String>,
    /// How bootstrap samples were drawn, if any interval needed them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub resampling: Option<Resampled>,
    /// By the judge's name, in the order of the files.
    pub judges: IndexMap<String, JudgeAxes>,
    /// Preregistered thresholds, where they were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub registered: Option<Registered>,
}

/// Preregistered thresholds, and what became of them.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Registered {
    /// The digest of the file's bytes.
    pub digest: Digest,
    /// When the study of the scores registered the file, if it did, in a sentence; absent where no score
    /// comes from a study.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub registration: Option<String>,
    /// Who wrote them, when, and why these.
    pub note: String,
    /// One line for each threshold and judge.
    pub thresholds: Vec<HeldThreshold>,
}

/// One judge.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct JudgeAxes {
    /// By axis, in the rubric's order.
    pub axes: IndexMap<String, JudgeAxis>,
}

/// One judge on one axis.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct JudgeAxis {
    /// The axis's name on screen.
    pub label: String,
    /// The declared grades, ascending.
    pub categories: Vec<Grade>,
    /// What each of them is called: its number, or what the person calls it who declared the scale.
    pub grade_names: Vec<String>,
    /// What the judge is compared with: a human, or what represents several.
    pub reference: String,
    /// What represents several humans.
    pub reference_rule: Reference,
    /// Of how many items the reference comes from one human, from two, and so on.
    #[ts(type = "Array<number>")]
    pub reference_from: Vec<u64>,
    /// Items in the humans' files that the judge's lacks.
    #[ts(type = "number")]
    pub unjudged: u64,
    /// Those, by name.
    pub unjudged_items: Vec<String>,
    /// The items that the judge alone graded, by name.
    pub unrated_items: Vec<String>,
    /// What the intervals of the agreement and of the miss rate assume and where they say little, if so:
    /// a sentence each.
    pub findings: Vec<String>,
    /// What counts as a miss, in a sentence.
    pub miss_rule: String,
    /// On all items.
    #[serde(flatten)]
    #[ts(flatten)]
    pub measures: JudgeMeasures,
    /// Beside each human, where there are several.
    pub by_human: IndexMap<String, BesideHuman>,
    /// Within each model, category and framing, where the files, the key or the scenarios tell them.
    pub strata: Vec<JudgeStrata>,
    /// The items that the reference puts above the lowest grade, wholly or in part, and the judge at
    /// it, the worst first.
    pub missed: Vec<Missed>,
}

impl JudgeAxis {
    /// What a grade is called.
    pub fn name_of(&self, grade: Grade) -> &str {
        let level = self.categories.partition_point(|lower| *lower < grade);
        self.grade_names.get(level).map_or("", String::as_str)
    }

    /// Whether each of several humans counts equally.
    pub fn is_average(&self) -> bool {
        self.reference_from.len() > 1 && self.reference_rule == Reference::Average
    }
}

/// The judge beside one human.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct BesideHuman {
    /// Items of the judge that the human did not grade, or the judge did not, by reason.
    #[ts(type = "{ [reason: string]: number }")]
    pub excluded: BTreeMap<Exclusion, u64>,
    /// Agreement, the human being the first of the two.
    pub agreement: PairMeasures,
    /// This human with the others, and the judge's agreement with this human beside it.
    pub human_ceiling: Outcome<HumanCeiling>,
    /// Kappa with quadratic weights: the judge with this human minus the other humans with this one.
    pub difference: ReportedMeasure,
    /// The judge's grade less this human's, on average.
    pub bias: ReportedMeasure,
    /// The share of the items that this human puts above the lowest grade to which the judge gives
    /// the lowest.
    pub miss_rate: ReportedMeasure,
    /// The same of the rated sample itself, where the figures above are weighted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, as = "Option<Box<BesideHuman>>")]
    pub unweighted: Option<Box<Self>>,
}

/// The judge within parts of the study.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct JudgeStrata {
    /// What divides the items.
    pub by: StratifiedBy,
    /// By the stratum's name, in order of the names.
    pub strata: IndexMap<String, JudgeMeasures>,
}

/// An item of which the judge saw nothing.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Missed {
    /// The item.
    pub item: String,
    /// The reference's grade: a mean where it is an average.
    pub reference: Amount,
    /// What that is called.
    pub reference_name: String,
    /// The judge's.
    pub judge: Grade,
    /// What that is called.
    pub judge_name: String,
    /// Each human's, in the order of the files; none where a human gave none.
    pub humans: IndexMap<String, Option<Grade>>,
    /// The scenario that it answers, where the files or the key tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub scenario: Option<String>,
    /// The model that answered, where they tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub model: Option<String>,
}

/// Measures each judge by the humans, on every axis that it shares with at least one of them.
///
/// # Errors
/// What keeps a judge from being compared with a human, or [`CompareError::Stopped`].
pub fn validate_judges(
    question: JudgeQuestion<'_>,
    effort: Effort<'_>,
) -> Result<JudgeReport, CompareError> {
    let JudgeQuestion { humans, judges, across_rubrics, .. } = question;
    if humans.is_empty() || judges.is_empty() {
        return Err(CompareError::TooFewRaters);
    }
    let mut cautions = cautions(humans, judges, across_rubrics)?;
    let (counted, twice) = once_each(humans);
    cautions.extend(twice);
    let mut tasks = Vec::new();
    for judge in judges {
        let (others, caution) = others(judge, &counted);
        cautions.extend(caution);
        let of_judge = tasks_of(judge, &others, &question)?;
        let drawn = |task: &AxisTask<'_>| {
            Some(format!("{}, {}: {}", judge.rater, task.scale.label, task.caution()?))
        };
        cautions.extend(of_judge.iter().filter_map(drawn));
        tasks.push((judge, of_judge));
    }
    let all = tasks.iter().flat_map(|(_, tasks)| tasks).map(AxisTask::steps).sum();
    let drawn = tasks.iter().flat_map(|(_, tasks)| tasks).any(AxisTask::is_drawn);
    let steps = Steps::new(effort, all);
    let mut report = IndexMap::new();
    for (judge, tasks) in tasks {
        let mut axes = IndexMap::new();
        for task in tasks {
            axes.insert(task.scale.axis.clone(), task.axis(question.epsilon, &steps)?);
        }
        report.insert(unused(&report, &judge.rater), JudgeAxes { axes });
    }
    let measures = report.values().flat_map(|judge: &JudgeAxes| judge.axes.values());
    cautions.extend(few_scenarios(measures.clone().map(|axis| &axis.measures.agreement), effort));
    let predicted = measures.clone().any(|axis| axis.measures.ppi.made().is_some());
    if predicted && !drawn {
        cautions.push(RANDOM_SAMPLE.into());
    }
    let corrected = measures.clone().any(|axis| axis.measures.is_corrected());
    Ok(JudgeReport {
        format: "primum-judge/1".into(),
        humans: humans.iter().map(|human| human.rater.clone()).collect(),
        cautions,
        resampling: effort.drawn().or(corrected.then(|| effort.resampling.into())),
        judges: report,
        registered: None,
    })
}

const RANDOM_SAMPLE: &str = "No inclusion probabilities were given: means of all items and shares \
     corrected for the judge's errors take the rated items as a random sample of those that the \
     judge graded. Give the key of a drawn sample if they are not.";

/// The humans without files that hold what an earlier one holds, and a word of it: nobody is two
/// physicians. A name alone may be shared by two people, who both count.
fn once_each(humans: &[RaterScores]) -> (Vec<&RaterScores>, Vec<String>) {
    let (mut kept, mut cautions): (Vec<&RaterScores>, _) = (Vec::new(), Vec::new());
    for human in humans {
        let twin = kept.iter().find_map(|first| match same_rater(first, human)? {
            Sameness::Grades { items } => Some((first, items)),
            Sameness::Name => None,
        });
        match twin {
            None => kept.push(human),
            Some((first, items)) => cautions.push(format!(
                "The humans {} and {} gave the same grades to the same {items} items: they count as \
                 one human, {}.",
                first.rater, human.rater, first.rater
            )),
        }
    }
    (kept, cautions)
}

/// The humans without those who look like the judge, and a word of it: nobody is a reference for
/// themselves. If nobody else is there, they stay.
fn others<'a>(
    judge: &RaterScores,
    humans: &[&'a RaterScores],
) -> (Vec<&'a RaterScores>, Vec<String>) {
    let same: Vec<Option<Sameness>> = humans.iter().map(|human| same_rater(human, judge)).collect();
    let alone = same.iter().all(Option::is_some);
    let what_follows = match alone {
        true => "no other human is there to compare it with, so that agreement says nothing",
        false => "the judge is compared with the other humans only",
    };
    let caution = |(human, same): (&&RaterScores, &Option<Sameness>)| {
        let found = match (*same)? {
            Sameness::Grades { items } => {
                format!(
                    "gave the same grades as the human {} to the same {items} items",
                    human.rater
                )
            }
            Sameness::Name => "bears the name of a human of the same study".into(),
        };
        Some(format!("The judge {} {found}: {what_follows}.", judge.rater))
    };
    let cautions = humans.iter().zip(&same).filter_map(caution).collect();
    let others = humans.iter().zip(&same).filter(|(_, same)| alone || same.is_none());
    (others.map(|(human, _)| *human).collect(), cautions)
}

/// A name that is not taken yet: two files may speak for one model, two people may share a name.
fn unused<V>(taken: &IndexMap<String, V>, name: &str) -> String {
    let numbered = (2..).map(|number| format!("{name} ({number})"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !taken.contains_key(name)).unwrap_or_default()
}

/// All who are compared belong to one study; differing rubrics are named, once each.
fn cautions(
    humans: &[RaterScores],
    judges: &[RaterScores],
    across_rubrics: bool,
) -> Result<Vec<String>, CompareError> {
    let mut found = IndexSet::new();
    let pairs = humans.iter().enumerate().flat_map(|(at, human)| {
        humans[at + 1..].iter().chain(judges).map(move |other| (human, other))
    });
    for (human, other) in pairs {
        check_studies(human, other)?;
        found.extend(check_rubrics(human, other, across_rubrics)?);
    }
    found.extend(unstated_rubrics(humans.iter().chain(judges)));
    Ok(found.into_iter().collect())
}
