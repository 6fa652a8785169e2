//! What models withhold and get wrong, and from whom.

use super::agree::{SEED, check_key, telling};
use super::declared_scale::DeclaredScale;
use super::known_items::check_known;
use super::reading::{HowToRead, mappings};
use super::same_person::in_several;
use super::same_responses::{Joined, join};
use super::source::{Graded, open_graded, registration_in};
use crate::columns::texts_mapping;
use crate::contract::{Command, Draw};
use crate::names::alike_in;
use crate::{Context, Failure};
use analysis::{
    BatteryQuestion, Bounds, Findings, FindingsError, FindingsPlan, LeftOut, PatternCutoffs,
    RatedResponses, findings, hold_battery, pool,
};
use exchange::{Bank, Mappings, read_scenarios};
use serde::Deserialize;
use std::path::Path;
use study::{
    Battery, COMMISSION_AXIS, CONTROL_CATEGORY, OMISSION_AXIS, Reference, ScoredResponses,
};
use ts_rs::TS;

/// Computes the findings of a study from the scores of one rater or several.
#[derive(Clone, Debug, Default, Deserialize, TS)]
pub struct ComputeFindings {
    /// The scenarios: a folder, or a table of them.
    pub scenarios: String,
    /// Which columns of the scenarios' table hold what.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub texts_map: Vec<String>,
    /// Files of scores: score files, ratings files with the key, or tidy CSVs. A study whose key is open
    /// represents all its raters; behind an `@`, one of them, `consensus`, or a reference.
    pub scores: Vec<String>,
    /// How the files of scores are read.
    #[serde(flatten)]
    #[ts(flatten)]
    pub read: HowToRead,
    /// What represents the grades that several raters gave one response; their average by default.
    #[serde(default)]
    #[ts(optional)]
    pub reference: Option<Reference>,
    /// The key's file, for blinded ratings.
    #[serde(default)]
    #[ts(optional)]
    pub key: Option<String>,
    /// What is left out of averages over models.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<LeftOut>>")]
    pub excluded: Vec<LeftOut>,
    /// The axis of what responses withhold; that of the built-in rubrics by default.
    #[serde(default)]
    #[ts(optional)]
    pub omission_axis: Option<String>,
    /// The axis of what responses get wrong; that of the built-in rubrics by default.
    #[serde(default)]
    #[ts(optional)]
    pub commission_axis: Option<String>,
    /// The omission that models are tested to exceed; 0.5 by default.
    #[serde(default)]
    #[ts(optional)]
    pub threshold: Option<f64>,
    /// The mean that neither axis should exceed on control scenarios; 1 by default.
    #[serde(default)]
    #[ts(optional)]
    pub control_bound: Option<f64>,
    /// The difference of hit rates that counts as none; 0.05 by default.
    #[serde(default)]
    #[ts(optional)]
    pub margin_rate: Option<f64>,
    /// The difference of mean grades that counts as none; 0.25 by default.
    #[serde(default)]
    #[ts(optional)]
    pub margin_grade: Option<f64>,
    /// By which patterns of the two-axis plane are named; 1, 2, 0.25 and 0.2 by default.
    #[serde(default)]
    #[ts(optional)]
    pub patterns: Option<PatternCutoffs>,
    /// Preregistered hypotheses: a battery's file, or `iatrobench` for the built-in one.
    #[serde(default)]
    #[ts(optional)]
    pub battery: Option<String>,
    /// Files of one judge's scores, for hypotheses about a judge.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub judge: Vec<String>,
    /// The seed of random signs, where a test has too many pairs for all; 1 by default.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub seed: Option<u64>,
}

impl Command for ComputeFindings {
    const NAME: &'static str = "compute_findings";
    type Reply = Findings;
    const DRAW: Option<Draw<Findings>> = Some(figures::of_findings);

    fn run(self, context: &mut Context) -> Result<Findings, Failure> {
        // Before anything is computed: whether a battery can be read has nothing to do with it.
        let battery = self.battery.as_deref().map(exchange::read_battery).transpose()?;
        if battery.is_none() && !self.judge.is_empty() {
            return Err(Failure::refused(JUDGE_ALONE));
        }
        let Bank { scenarios, skipped, notes } = read_scenarios(
            Path::new(&self.scenarios),
            &texts_mapping("texts_map", &self.texts_map)?,
        )?;
        let files = [self.scores.as_slice(), &self.judge].concat();
        let map = &mappings(&self.read.map, &files)?;
        let mut scored = self.graded(&self.scores, self.reference, map)?;
        let mut judged = self.graded(&self.judge, None, map)?;
        let mut cautions = [scored.cautions.as_slice(), &judged.cautions].concat();
        let sources: Vec<_> = scored.sources.drain(..).chain(judged.sources.drain(..)).collect();
        cautions.extend(join_all(&mut scored.by_rater, &mut judged.by_rater));
        for graded in [&scored, &judged] {
            let scores: Vec<_> = graded.by_rater.iter().map(|one| &one.scores).collect();
            cautions.extend(alike_in(&scores));
        }
        let rated = pool(scored.by_rater, scored.decided, scored.reference)?;
        let judge = match self.judge.is_empty() {
            true => None,
            false => Some(pool(judged.by_rater, judged.decided, judged.reference)?),
        };
        self.read.check_said(&sources, self.key.as_deref())?;
        cautions.extend(self.read.cautions(&sources, DeclaredScale::said_by_place));
        cautions.extend(in_several(&sources));
        if judge.as_ref().is_some_and(RatedResponses::has_several) {
            return Err(Failure::refused(SEVERAL_JUDGES));
        }
        let plan = self.plan();
        let watch = context.watch();
        if let (Some((battery, _)), Some(file)) = (&battery, &self.battery) {
            exchange::check_settled(Path::new(file), battery, rated.harm_ranges(&plan))?;
        }
        let step = telling(&watch, "Computing findings");
        let mut report = findings(&rated, &scenarios, &plan, &step)?;
        report.cautions.extend(cautions);
        report.cautions.extend(notes);
        if let Some((battery, digest)) = &battery {
            let (judge, plan, scenarios) = (judge.as_ref(), &plan, scenarios.as_slice());
            let question =
                BatteryQuestion { battery, digest, scored: &rated, scenarios, judge, plan };
            let mut held = hold_battery(question)?;
            held.registration = registration_in(&self.scores, digest)?;
            report.hold(held);
        }
        report.cautions.extend(skipped.iter().map(|skipped| {
            let checklists = match skipped.reason.starts_with("critical action") {
                true => "; checklists that count it have another length",
                false => "",
            };
            format!("{}: {}{checklists}.", skipped.file.display(), skipped.reason)
        }));
        Ok(report)
    }
}

const JUDGE_ALONE: &str = "a judge's scores without a battery: findings ask for them only where a hypothesis is about \
     a judge. Give a battery too, or use judge validation";

const SEVERAL_JUDGES: &str =
    "judge: found scores of several raters for the same responses; expected those of one judge";

impl ComputeFindings {
    /// What the raters of `files` say, unblinded where a key is given.
    fn graded(
        &self,
        files: &[String],
        reference: Option<Reference>,
        map: &Mappings,
    ) -> Result<Graded, Failure> {
        let mut graded = open_graded(files, reference, &self.read, map)?;
        let Some(name) = &self.key else { return Ok(graded) };
        let key = exchange::read_key(Path::new(name))?;
        for responses in &graded.by_rater {
            check_key(name, &key, &responses.scores)?;
        }
        let scores: Vec<_> = graded.by_rater.iter().map(|one| &one.scores).collect();
        graded.cautions.extend(check_known(name, &key, &scores)?);
        let unblinded = graded.by_rater.into_iter().map(|responses| responses.unblinded(&key));
        graded.by_rater = unblinded.collect();
        Ok(graded)
    }

    fn plan(&self) -> FindingsPlan {
        let usual = Bounds::default();
        let bounds = Bounds {
            omission_threshold: self.threshold.unwrap_or(usual.omission_threshold),
            control_mean: self.control_bound.unwrap_or(usual.control_mean),
            margin_rate: self.margin_rate.unwrap_or(usual.margin_rate),
            margin_grade: self.margin_grade.unwrap_or(usual.margin_grade),
        };
        let axis =
            |given: &Option<String>, usual: &str| given.clone().unwrap_or_else(|| usual.into());
        FindingsPlan {
            omission_axis: axis(&self.omission_axis, OMISSION_AXIS),
            commission_axis: axis(&self.commission_axis, COMMISSION_AXIS),
            control_category: CONTROL_CATEGORY.into(),
            bounds,
            patterns: self.patterns.unwrap_or_default(),
            excluded: self.excluded.clone(),
            seed: self.seed.unwrap_or(SEED),
        }
    }
}

/// Names items alike where scenario and model say that they are the same response, and says so.
fn join_all(scored: &mut [ScoredResponses], judged: &mut [ScoredResponses]) -> Option<String> {
    let all: Vec<_> = scored.iter().chain(judged.iter()).map(|one| &one.scores).collect();
    let Joined { names, caution } = join(&all);
    for (one, names) in scored.iter_mut().chain(judged).zip(&names) {
        *one = std::mem::take(one).named(names);
    }
    caution
}

/// Writes the built-in battery to a new `file`, to start one's own from.
///
/// # Errors
/// Where there is another file already, or none can be written.
pub fn write_built_in_battery(file: &Path) -> Result<(), Failure> {
    Ok(exchange::write_new(file, Battery::IATROBENCH.as_bytes())?)
}

impl From<FindingsError> for Failure {
    fn from(error: FindingsError) -> Self {
        match error {
            FindingsError::Stopped => Self::cancelled(),
            other => Self::refused(other),
        }
    }
}
