//! A battery of hypotheses, tested against what was found.

mod error_rate;
mod exclusion;
mod judge_bias;
mod models;
mod said;
mod sample;
mod test;
mod weighted;

use super::rated::RatedResponses;
use super::response::Responses;
use super::{FindingsError, FindingsPlan};
use crate::{ReportedMeasure, ReportedTest};
pub use error_rate::ErrorRate;
use exclusion::{kept, without_effect};
use sample::{SHARED, Sample, Samples};
use serde::Serialize;
use std::collections::BTreeSet;
use study::{
    Battery, BatteryExclusion, Claim, Correction, Digest, Hypothesis, Models, PlannedTest,
    Procedure, Requires, Scenario, TestUnit,
};
use test::{Tested, correct, is_weighted};
use ts_rs::TS;

/// What became of the hypotheses of a battery.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct BatteryFindings {
    /// What the battery is called.
    pub title: String,
    /// The digest of the file's bytes.
    pub digest: Digest,
    /// When the study of the scores registered the file, if it did, in a sentence; absent where no score
    /// comes from a study.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub registration: Option<String>,
    /// Who wrote it, when, and where it comes from.
    pub note: String,
    /// The judge of hypotheses about one, if its scores were given.
    pub judge: Option<String>,
    /// How often any hypothesis would be decided where nothing is there; absent where nothing could be
    /// tested.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub error_rate: Option<ErrorRate>,
    /// One for each hypothesis, in the order of the file.
    pub hypotheses: Vec<DisposedHypothesis>,
}

/// A hypothesis and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct DisposedHypothesis {
    /// Its short name.
    pub id: String,
    /// The claim.
    pub statement: String,
    /// What became of it.
    pub disposition: Disposition,
    /// Whether all tests must bear it out, or one of them.
    pub requires: Requires,
    /// The level.
    pub alpha: f64,
    /// What was done about several tests.
    pub correction: Correction,
    /// How often it would be decided where nothing is there; absent where nothing could be tested.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub error_rate: Option<ErrorRate>,
    /// What was left out, and why.
    pub exclusions: Vec<BatteryExclusion>,
    /// What a reader must know of these data, such as a model that they lack.
    pub remarks: Vec<String>,
    /// Where the numbers come from, and what the source does not say.
    pub note: String,
    /// Each test.
    pub tests: Vec<DisposedTest>,
}

/// A test and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct DisposedTest {
    /// What it is about, in words.
    pub about: String,
    /// Whose responses; all models together if none.
    pub model: Option<String>,
    /// What became of it.
    pub disposition: Disposition,
    /// Why it could not be made, or why a small p bears nothing out.
    pub reason: Option<String>,
    /// What each number of the test belongs to.
    pub unit: TestUnit,
    /// How many there are.
    #[ts(type = "number")]
    pub n: u64,
    /// What is tested: the mean over units, each counting once, or the correlation. Its interval is over
    /// clusters: pairs, and scenarios of none. Where responses were drawn unequally it is weighted: each
    /// response counts for as many as it represents.
    pub estimate: ReportedMeasure,
    /// Where `estimate` is weighted, the same of the rated sample.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub unweighted: Option<ReportedMeasure>,
    /// For differences of rates, the difference of the rates over everything together, in which a unit
    /// with more graded actions or responses counts more. It is not what is tested.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub pooled: Option<ReportedMeasure>,
    /// The side that is claimed.
    pub direction: Claim,
    /// Of what.
    pub value: f64,
    /// How far from it counts as none.
    pub margin: Option<f64>,
    /// The one-sided bound of the mean at 1 − α, for one-sided tests by Student's t.
    pub bound: Option<f64>,
    /// The test, with its convention.
    pub procedure: Procedure,
    /// Its statistic, p-value, and the p-value after Holm's correction where there is one.
    pub test: ReportedTest,
}

/// What became of a hypothesis or a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// Borne out at its level.
    Supported,
    /// Not borne out.
    NotSupported,
    /// The contrary would be borne out at the same level.
    OppositeDirection,
    /// The data do not allow the test.
    NotTested,
}

/// Scores, with what hypotheses about them are tested against.
#[derive(Clone, Copy)]
pub struct BatteryQuestion<'a> {
    /// The hypotheses.
    pub battery: &'a Battery,
    /// The digest of their file.
    pub digest: &'a Digest,
    /// The scores.
    pub scored: &'a RatedResponses,
    /// What they are scores of.
    pub scenarios: &'a [Scenario],
    /// The scores of the judge that hypotheses are about, if there is one.
    pub judge: Option<&'a RatedResponses>,
    /// The axes and the category of controls. What it leaves out stays in: a battery has its own
    /// exclusions.
    pub plan: &'a FindingsPlan,
}

/// What to know where responses were drawn with unequal probabilities.
fn drawn_remark(procedure: Procedure, unit: TestUnit) -> &'static str {
    match (procedure, unit) {
        (Procedure::StudentT | Procedure::Tost, _) | (_, TestUnit::Model) => {
            "Responses were drawn with unequal probabilities. The estimates and the tests are weighted by one \
             over these."
        }
        _ => {
            "Responses were drawn with unequal probabilities. The estimates are weighted by one over these. The \
             tests are not: they exchange units that count alike, and so speak about the rated sample."
        }
    }
}

/// Tests each hypothesis against the scores.
///
/// # Errors
/// What in the scores does not allow any findings.
pub fn hold_battery(question: BatteryQuestion<'_>) -> Result<BatteryFindings, FindingsError> {
    let BatteryQuestion { battery, scored, scenarios, judge, plan, .. } = question;
    let responses = Responses::of(scored, scenarios, plan)?;
    let mut held: Vec<Held<'_>> = battery
        .hypotheses
        .iter()
        .map(|hypothesis| Held::of(hypothesis, &responses, &question))
        .collect();
    correct(held.iter_mut().flat_map(|held| {
        let correction = &held.hypothesis.correction;
        held.tests.iter_mut().map(move |test| (correction, &mut test.tested))
    }));
    let hypotheses: Vec<DisposedHypothesis> = held.into_iter().map(Held::disposed).collect();
    Ok(BatteryFindings {
        title: battery.title.clone(),
        digest: question.digest.clone(),
        registration: None,
        note: battery.note.clone(),
        judge: judge.map(RatedResponses::rater),
        error_rate: ErrorRate::of_all(&hypotheses),
        hypotheses,
    })
}

/// A hypothesis with its tests, before they are corrected for each other.
struct Held<'a> {
    hypothesis: &'a Hypothesis,
    remarks: Vec<String>,
    tests: Vec<HeldTest<'a>>,
}

struct HeldTest<'a> {
    planned: &'a PlannedTest,
    model: Option<String>,
    sample: Sample,
    tested: Tested,
}

impl<'a> Held<'a> {
    fn of(
        hypothesis: &'a Hypothesis,
        responses: &Responses<'_>,
        question: &BatteryQuestion<'_>,
    ) -> Self {
        let mut remarks = without_effect(hypothesis, responses);
        let kept = kept(hypothesis, responses);
        let samples = Samples::of(&kept, question);
        let mut tests = Vec::new();
        for planned in &hypothesis.tests {
            let models: Vec<Option<&str>> = match planned.models {
                Models::Together => vec![None],
                Models::Each => kept.by_model().into_keys().map(Some).collect(),
            };
            for model in models {
                let sample = samples.sample(&planned.estimand, model);
                let weighted = sample.weighted.is_some() && is_weighted(planned.procedure);
                let told = |remark: &&String| !(weighted && *remark == SHARED);
                remarks.extend(sample.remarks.iter().filter(told).cloned());
                if kept.drawn.is_weighted() {
                    remarks.push(drawn_remark(planned.procedure, sample.unit).to_owned());
                }
                let tested = Tested::of(planned, &sample, hypothesis.alpha, question.plan.seed);
                let model = model.map(String::from);
                tests.push(HeldTest { planned, model, sample, tested });
            }
        }
        let mut seen = BTreeSet::new();
        remarks.retain(|remark| seen.insert(remark.clone()));
        Self { hypothesis, remarks, tests }
    }

    fn disposed(self) -> DisposedHypothesis {
        let Hypothesis { id, statement, alpha, requires, .. } = self.hypothesis;
        let tests: Vec<DisposedTest> =
            self.tests.into_iter().map(|test| test.disposed(*alpha)).collect();
        DisposedHypothesis {
            id: id.clone(),
            statement: statement.clone(),
            disposition: overall(*requires, tests.iter().map(|test| test.disposition)),
            requires: *requires,
            alpha: *alpha,
            error_rate: ErrorRate::of_one(&tests, *requires, &self.hypothesis.correction, *alpha),
            correction: self.hypothesis.correction.clone(),
            exclusions: self.hypothesis.exclusions.clone(),
            remarks: self.remarks,
            note: self.hypothesis.note.clone(),
            tests,
        }
    }
}

impl HeldTest<'_> {
    fn disposed(self, alpha: f64) -> DisposedTest {
        let PlannedTest { direction, value, margin, procedure, .. } = *self.planned;
        let (disposition, reason) = self.tested.disposition(self.planned, &self.sample, alpha);
        let Sample { unit, values, estimate, pooled, weighted, .. } = self.sample;
        let (estimate, unweighted) = match weighted {
            Some(weighted) => (weighted.measure, Some(estimate)),
            None => (estimate, None),
        };
        DisposedTest {
            about: self.planned.estimand.to_string(),
            model: self.model,
            disposition,
            reason,
            unit,
            n: values.len() as u64,
            estimate,
            // Weighted, the estimate is over everything together.
            pooled: pooled.filter(|_| unweighted.is_none()),
            unweighted,
            direction,
            value,
            margin,
            bound: self.tested.bound,
            procedure,
            test: self.tested.test,
        }
    }
}

/// What becomes of a hypothesis by what became of its tests. One test that fails is enough where
/// all are required; one that could not be made leaves it open otherwise.
fn overall(requires: Requires, tests: impl Iterator<Item = Disposition>) -> Disposition {
    let all: Vec<Disposition> = tests.collect();
    let any = |wanted| all.contains(&wanted);
    let every = |wanted| !all.is_empty() && all.iter().all(|found| *found == wanted);
    let failed = any(Disposition::NotSupported) || any(Disposition::OppositeDirection);
    let (supported, decided) = match requires {
        Requires::All => (every(Disposition::Supported), failed),
        Requires::Any => (any(Disposition::Supported), !any(Disposition::NotTested)),
    };
    if supported {
        Disposition::Supported
    } else if every(Disposition::OppositeDirection) {
        Disposition::OppositeDirection
    } else if decided && !all.is_empty() {
        Disposition::NotSupported
    } else {
        Disposition::NotTested
    }
}
