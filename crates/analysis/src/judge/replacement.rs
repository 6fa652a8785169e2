//! Whether the judge may stand in for a human: the alternative annotator test.

use super::Outcome;
use super::item::{Item, clusters};
use super::measures::Setting;
use crate::{CompareError, ReportedMeasure};
use agreement::{
    AlternativeAnnotator, Annotated, AnnotatorTest, Closeness, Undefined, alternative_annotator,
    alternative_annotator_by_level,
};
use serde::Serialize;
use study::Grade;
use ts_rs::TS;

/// The alternative annotator test, by both measures of closeness.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Replacement {
    /// ε: by how much a human may be closer to the other humans more often than the judge.
    pub epsilon: f64,
    /// Whether there are two humans, each in turn the expert whom the judge and the other are compared
    /// with: less reliable than three.
    pub single_expert: bool,
    /// Closeness is the share of the other humans who gave the same grade.
    pub exact: Contest,
    /// Closeness falls with the root mean square distance from the other humans' grades.
    pub distance: Contest,
    /// Both again, every grade that is the other humans' consensus counting alike.
    pub balanced: Balanced,
    /// By the other humans' consensus, by exact agreement.
    pub by_grade: Vec<AtGrade>,
}

/// The test with every consensus grade counting alike, however rare it is.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Balanced {
    /// By exact agreement.
    pub exact: Contest,
    /// By distance.
    pub distance: Contest,
}

/// The judge against each human.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Contest {
    /// The share of humans against whom the judge wins.
    pub winning_rate: f64,
    /// Whether that is at least one half, and a judge that always gives one grade does not reach it
    /// too.
    pub passed: bool,
    /// The share of items on which the judge is at least as close as the human, averaged over them.
    pub advantage: ReportedMeasure,
    /// What a judge that looks at nothing would get on the same items.
    pub constant: Constant,
    /// Whether such a judge passes: the test then cannot tell this one from it.
    pub uninformative: bool,
    /// What the tests took as independent: items, or scenarios.
    #[ts(type = "number")]
    pub units: u64,
    /// Against each human.
    pub humans: Vec<Contestant>,
    /// Humans with too few items, who were left out with their grades.
    pub left_out: Vec<String>,
}

/// A judge that gives every item one grade.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Constant {
    /// The grade: the lowest, or, if the judge that always gives that one does not pass and another
    /// does, the lowest that passes.
    pub grade: Grade,
    /// The share of humans against whom it wins.
    pub winning_rate: f64,
    /// The share of items on which it is at least as close as the human, averaged over them.
    pub advantage: ReportedMeasure,
    /// Whether it passes.
    pub passed: bool,
}

/// The judge on the items that most of the other humans give one grade.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct AtGrade {
    /// The grade.
    pub grade: Grade,
    /// Items, added up over the humans.
    #[ts(type = "number")]
    pub n: u64,
    /// The share on which the judge is at least as close as the human, averaged over them.
    pub judge: ReportedMeasure,
    /// The share on which the human is, averaged likewise.
    pub human: f64,
    /// The share of humans against whom the judge wins here; none unless each has 30 such items.
    pub winning_rate: Option<f64>,
}

/// The judge against one human.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Contestant {
    /// The human's name.
    pub rater: String,
    /// Items that both graded, and another human too.
    #[ts(type = "number")]
    pub n: u64,
    /// The share of them on which the judge is at least as close to the other humans.
    pub judge: f64,
    /// The share of them on which this human is.
    pub human: f64,
    /// One-sided p of the hypothesis that the human's share exceeds the judge's by ε or more, by the t
    /// test; undefined where the differences do not vary.
    pub p: Outcome<f64>,
    /// The same, corrected by Benjamini and Yekutieli over the humans. Where there is no t test, of the
    /// largest probability under the hypothesis that no difference varies.
    pub p_adjusted: f64,
    /// Whether that is at most 0.05.
    pub won: bool,
}

pub(crate) fn replacement(
    items: &[&Item<'_>],
    setting: &Setting<'_>,
) -> Result<Outcome<Replacement>, CompareError> {
    let levels = setting.levels;
    let graded: Vec<&Item<'_>> =
        items.iter().filter(|item| levels.level(item.judge).is_some()).copied().collect();
    let clusters = clusters(&graded, setting.effort.intervals)?;
    let annotated = |(item, cluster): (&&Item<'_>, usize)| Annotated {
        levels: [levels.level(item.judge)].into_iter().chain(item.humans.iter().copied()).collect(),
        weight: setting.weight(item),
        cluster,
    };
    let items: Vec<Annotated> = graded.iter().zip(clusters).map(annotated).collect();
    Ok(Panel { items: &items, setting }.tested().into())
}

struct Panel<'a> {
    items: &'a [Annotated],
    setting: &'a Setting<'a>,
}

impl Panel<'_> {
    fn tested(&self) -> Result<Replacement, Undefined> {
        let exact = self.contest(Closeness::Exact, false)?;
        Ok(Replacement {
            epsilon: self.setting.epsilon,
            single_expert: exact.humans.len() == 2,
            distance: self.contest(Closeness::Distance, false)?,
            balanced: Balanced {
                exact: self.contest(Closeness::Exact, true)?,
                distance: self.contest(Closeness::Distance, true)?,
            },
            by_grade: self.by_grade()?,
            exact,
        })
    }

    fn test(&self, closeness: Closeness, balanced: bool) -> AnnotatorTest {
        AnnotatorTest { closeness, epsilon: self.setting.epsilon, balanced }
    }

    fn contest(&self, closeness: Closeness, balanced: bool) -> Result<Contest, Undefined> {
        let (test, scores) = (self.test(closeness, balanced), &self.setting.levels.scores);
        let found = alternative_annotator(self.items, scores, test)?;
        let constant = self.constant(test)?;
        Ok(Contest::of(found, constant, self.setting.humans))
    }

    fn constant(&self, test: AnnotatorTest) -> Result<Constant, Undefined> {
        let levels = self.setting.levels;
        let always = |level: usize| -> Result<Constant, Undefined> {
            let mut items = self.items.to_vec();
            let judge = items.iter_mut().filter_map(|item| item.levels.first_mut());
            judge.for_each(|judge| *judge = Some(level));
            let found = alternative_annotator(&items, &levels.scores, test)?;
            Ok(Constant {
                grade: levels.grades[level],
                winning_rate: found.winning_rate,
                advantage: ReportedMeasure(found.advantage),
                passed: found.passed,
            })
        };
        let lowest = always(0)?;
        if lowest.passed {
            return Ok(lowest);
        }
        for level in 1..levels.len() {
            let other = always(level)?;
            if other.passed {
                return Ok(other);
            }
        }
        Ok(lowest)
    }

    fn by_grade(&self) -> Result<Vec<AtGrade>, Undefined> {
        let (test, levels) = (self.test(Closeness::Exact, false), self.setting.levels);
        let found = alternative_annotator_by_level(self.items, &levels.scores, test)?;
        let one = |at: agreement::AtConsensus| AtGrade {
            grade: levels.grades[at.level],
            n: at.n,
            judge: ReportedMeasure(at.judge),
            human: at.human,
            winning_rate: at.test.ok().map(|test| test.winning_rate),
        };
        Ok(found.into_iter().map(one).collect())
    }
}

impl Contest {
    fn of(found: AlternativeAnnotator, constant: Constant, names: &[&str]) -> Self {
        let name = |column: usize| {
            let known = column.checked_sub(1).and_then(|at| names.get(at));
            known.copied().unwrap_or_default().to_owned()
        };
        Self {
            winning_rate: found.winning_rate,
            passed: found.passed && !constant.passed,
            advantage: ReportedMeasure(found.advantage),
            uninformative: constant.passed,
            constant,
            units: found.units,
            humans: found
                .annotators
                .iter()
                .map(|one| Contestant {
                    rater: name(one.annotator),
                    n: one.n,
                    judge: one.judge,
                    human: one.human,
                    p: one.p.into(),
                    p_adjusted: one.p_adjusted,
                    won: one.won,
                })
                .collect(),
            left_out: found.left_out.into_iter().map(name).collect(),
        }
    }
}
