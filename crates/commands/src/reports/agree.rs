//! Agreement among raters' files.

use super::declared_scale::DeclaredScale;
use super::known_items::check_known;
use super::reading::{HowToRead, mappings};
use super::same_person;
use super::same_responses::{Joined, join, other_scenarios};
use super::source::{of_studies, open_each};
use crate::contract::{Command, Draw};
use crate::names::{alike_in, count, enumerated, unpaired};
use crate::{Context, Failure, FailureKind, Watch};
use agreement::Resampling;
use analysis::{
    AgreementReport, CompareError, Effort, Intervals, PanelReport, Sameness, compare,
    compare_panel, same_rater,
};
use exchange::ScoreSource;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;
use study::{At, Key, RaterScores, Scale};
use ts_rs::TS;

/// Computes agreement among the raters of any number of files of scores.
#[derive(Debug, Deserialize, TS)]
pub struct CompareRaters {
    /// Ratings files, score files, tidy CSVs, or studies whose key is open. A table or a study counts for
    /// each of its raters.
    pub files: Vec<String>,
    /// How.
    #[serde(flatten)]
    #[ts(flatten)]
    pub how: HowToCompare,
}

/// Two raters have coefficients of their own; those of more hold for two as well, but say less.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(untagged)]
pub enum Agreement {
    /// Of two raters.
    Pair(Box<AgreementReport>),
    /// Of three or more.
    Panel(Box<PanelReport>),
}

/// How raters are compared.
#[derive(Clone, Debug, Default, Deserialize, TS)]
pub struct HowToCompare {
    /// Compare although the rubrics differ; the report says so.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub across_rubrics: bool,
    /// The key's file, to join blinded ratings with scores that name their origin, and to compare
    /// within models, categories and framings.
    #[serde(default)]
    #[ts(optional)]
    pub key: Option<String>,
    /// How the files are read.
    #[serde(flatten)]
    #[ts(flatten)]
    pub read: HowToRead,
    /// What intervals treat as independent.
    #[serde(default)]
    #[ts(optional, as = "Option<Intervals>")]
    pub intervals: Intervals,
    /// How many bootstrap samples are drawn; 2,000 by default.
    #[serde(default)]
    #[ts(optional)]
    pub replicates: Option<usize>,
    /// The seed of bootstrap samples; 1 by default.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub seed: Option<u64>,
}

const REPLICATES: usize = 2_000;
pub(crate) const SEED: u64 = 1;

impl Command for CompareRaters {
    const NAME: &'static str = "compare_raters";
    type Reply = Agreement;
    const DRAW: Option<Draw<Agreement>> = Some(|report| match report {
        Agreement::Pair(report) => figures::of_pair(report),
        Agreement::Panel(report) => figures::of_panel(report),
    });

    fn run(self, context: &mut Context) -> Result<Agreement, Failure> {
        let Self { files, how } = self;
        let sources = open_each(&files, &how.read, &mappings(&how.read.map, &files)?)?;
        let raters = sources.len();
        let Opened { scores, cautions, .. } = how.open(sources, raters)?;
        let watch = context.watch();
        let step = stepping(&watch);
        let effort = how.effort(&step)?;
        let known = cautions.into_iter().chain(of_studies(&files)?);
        if let [first, second] = scores.as_slice() {
            let mut report = compare(first, second, how.across_rubrics, effort)
                .map_err(|error| among(&files, error))?;
            if report.axes.values().all(|axis| axis.shared == 0) {
                share_items(&scores[..1], &scores[1..])?;
            }
            report.cautions.extend(known);
            return Ok(Agreement::Pair(Box::new(report)));
        }
        let mut report = compare_panel(&scores, how.across_rubrics, effort)
            .map_err(|error| among(&files, error))?;
        if report.axes.values().all(|axis| axis.pairable == 0) {
            share_items(&scores[..1], &scores[1..])?;
        }
        report.cautions.extend(known);
        let has_models = |scores: &RaterScores| {
            scores
                .designs
                .values()
                .any(|design| design.model.is_some() || design.category.is_some())
        };
        if scores.iter().any(has_models) {
            report.cautions.push(OF_TWO.into());
        }
        Ok(Agreement::Panel(Box::new(report)))
    }
}

const OF_TWO: &str = "Agreement by model, category and framing is computed for two raters at a time: name two, as in \
     FILE@RATER.";

/// Refuses to compare what has no item in common.
pub(crate) fn share_items(some: &[RaterScores], others: &[RaterScores]) -> Result<(), Failure> {
    fn items(scores: &[RaterScores]) -> BTreeSet<&str> {
        scores.iter().flat_map(|scores| scores.items.names()).collect()
    }
    let (first, second) = (items(some), items(others));
    let (Some(one), Some(other)) = (first.first(), second.first()) else { return Ok(()) };
    if !first.is_disjoint(&second) {
        return Ok(());
    }
    let named = |scores: &[RaterScores]| {
        scores.iter().map(|scores| scores.rater.as_str()).collect::<Vec<_>>().join(", ")
    };
    let alike: BTreeSet<String> =
        some.iter().flat_map(|one| others.iter().flat_map(|other| unpaired(one, other))).collect();
    let advice = match alike.is_empty() {
        true => "If one of them names items by blinded identifiers, give the key that joins them; otherwise name \
                 the items alike in both files."
            .into(),
        false => alike.into_iter().collect::<Vec<_>>().join(" "),
    };
    Err(Failure::refused(format!(
        "No item in common: {} rated `{one}`, for example, and {} rated `{other}`. {advice}",
        named(some),
        named(others)
    )))
}

/// The scores of some files, and what to know of them.
pub(crate) struct Opened {
    pub(crate) scores: Vec<RaterScores>,
    /// The place of the first judge's.
    pub(crate) first_judge: usize,
    pub(crate) cautions: Vec<String>,
}

impl HowToCompare {
    /// Opens all of `sources`, which are those of judges from the place `first_judge` on.
    pub(crate) fn open(
        &self,
        sources: Vec<ScoreSource>,
        first_judge: usize,
    ) -> Result<Opened, Failure> {
        // Before anything is looked at in pairs.
        CompareError::refuse_many(sources.len())?;
        self.read.check(&sources, self.key.as_deref())?;
        let labels = self.read.labels();
        let sources: Vec<ScoreSource> =
            sources.into_iter().map(|source| source.labelled(&labels)).collect();
        let declared = self.read.declared(&sources);
        let mut scores = Vec::with_capacity(sources.len());
        for source in &sources {
            scores.push(source.scores(&declared)?);
        }
        if !self.read.axes.is_empty() {
            let is_compared = |scale: &Scale| self.read.axes.contains(&scale.axis);
            scores.iter_mut().for_each(|scores| scores.scales.retain(is_compared));
        }
        let mut known = None;
        if let Some(file) = &self.key {
            let key = exchange::read_key(Path::new(file))?;
            scores.iter().try_for_each(|scores| check_key(file, &key, scores))?;
            known = check_known(file, &key, &scores.iter().collect::<Vec<_>>())?;
            scores = scores.into_iter().map(|scores| scores.unblinded(&key)).collect();
        }
        let mut cautions = said_of(&sources);
        cautions.extend(known);
        let Joined { names, caution } = join(&scores.iter().collect::<Vec<_>>());
        cautions.extend(caution);
        for (scores, names) in scores.iter_mut().zip(names) {
            let name = |item: &str| Some(names.get(item).map_or(item, String::as_str).to_owned());
            *scores = std::mem::take(scores).renamed(name);
        }
        cautions.extend(other_scenarios(&scores));
        // Once the same response has one name in all files.
        let people = same_person::join(&sources, scores, first_judge);
        let first_judge = people.first.iter().filter(|at| **at < first_judge).count();
        let each: Vec<&ScoreSource> = people.first.iter().map(|at| &sources[*at]).collect();
        let scores = people.scores;
        cautions.extend(people.cautions);
        cautions.extend(self.read.cautions(&sources, DeclaredScale::said));
        cautions.extend(one_rater_twice(&each, &scores));
        let pairs = (0..scores.len()).flat_map(|a| (a + 1..scores.len()).map(move |b| (a, b)));
        cautions.extend(pairs.flat_map(|(a, b)| unpaired(&scores[a], &scores[b])));
        cautions.extend(alike_in(&scores.iter().collect::<Vec<_>>()));
        cautions.extend(sources.iter().filter_map(changed_after_lock));
        Ok(Opened { scores, first_judge, cautions })
    }

    pub(crate) fn effort<'a>(
        &self,
        step: &'a dyn Fn(usize, usize) -> ControlFlow<()>,
    ) -> Result<Effort<'a>, Failure> {
        effort(self.intervals, self.replicates, self.seed, step)
    }
}

/// How a report is computed: on all cores, with the numbers of samples that are sensible.
pub(crate) fn effort(
    intervals: Intervals,
    replicates: Option<usize>,
    seed: Option<u64>,
    step: &dyn Fn(usize, usize) -> ControlFlow<()>,
) -> Result<Effort<'_>, Failure> {
    let replicates = replicates.unwrap_or(REPLICATES);
    if !(200..=1_000_000).contains(&replicates) {
        return Err(Failure::refused(format!(
            "found {replicates} bootstrap samples; expected 200 to 1,000,000: with fewer, the bounds of an \
             interval are unstable"
        )));
    }
    let resampling = Resampling::new(replicates, seed.unwrap_or(SEED));
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    Ok(Effort { intervals, resampling: resampling.on_threads(threads), step })
}

/// Tells `watch` of each coefficient that is done.
pub(crate) fn stepping(watch: &Watch) -> impl Fn(usize, usize) -> ControlFlow<()> {
    telling(watch, "Computing agreement")
}

/// Tells `watch` of each step of what is called `label`.
pub(crate) fn telling<'a>(
    watch: &'a Watch,
    label: &'a str,
) -> impl Fn(usize, usize) -> ControlFlow<()> + 'a {
    move |done, all| watch.step(done as u64, all as u64, label)
}

/// What was said of each file while it was read, once.
pub(crate) fn said_of(sources: &[ScoreSource]) -> Vec<String> {
    let notes: indexmap::IndexSet<String> =
        sources.iter().flat_map(|source| source.notes().iter().cloned()).collect();
    notes.into_iter().collect()
}

/// Two files of one packet, or with the same grades of the same items, are one rater, or two people who
/// shared what each should have alone. Each caution says only what was found.
fn one_rater_twice(sources: &[&ScoreSource], scores: &[RaterScores]) -> Vec<String> {
    let packet = |at: usize| match sources[at] {
        ScoreSource::Ratings(ratings) => Some((&ratings.packet, &ratings.rater)),
        _ => None,
    };
    let caution = |(first, second): (usize, usize)| {
        let (one, other) = (&scores[first], &scores[second]);
        if let (Some((a, rater)), Some((b, _))) = (packet(first), packet(second))
            && a == b
        {
            return Some(format!(
                "Two files hold ratings of the same packet, rater {rater}: this is not agreement \
                 between two raters."
            ));
        }
        Some(match same_rater(one, other)? {
            Sameness::Grades { items } => format!(
                "The files of {} and {} hold the same grades of the same {items} items: if they are \
                 one rater's, this is not agreement between two raters.",
                one.rater, other.rater
            ),
            Sameness::Name => format!(
                "Two files of one study bear the name {}: if they are one rater's, this is not \
                 agreement between two raters.",
                one.rater
            ),
        })
    };
    let pairs = (0..scores.len()).flat_map(|a| (a + 1..scores.len()).map(move |b| (a, b)));
    let found: BTreeSet<String> = pairs.filter_map(caution).collect();
    found.into_iter().collect()
}

/// Agreement is that of independent ratings, and what came after the lock may not be.
fn changed_after_lock(source: &ScoreSource) -> Option<String> {
    let ScoreSource::Ratings(ratings) = source else { return None };
    let items = match ratings.rated().changed_after_lock() {
        0 => return None,
        several => count(several, "item"),
    };
    Some(format!(
        "{} changed {items} after locking the ratings; agreement takes them as they were locked.",
        ratings.rated().called()
    ))
}

/// A key opens its own study and no other. A table that names none is taken for the right one.
pub(crate) fn check_key(file: &str, key: &Key, scores: &RaterScores) -> Result<(), Failure> {
    match &scores.study {
        Some(study) if *study != key.study && !key.study.as_str().is_empty() => {
            Err(Failure::refused_at(
                At::field("study").in_file(file),
                format!(
                    "{file}, field `study`: found {}; expected {study}, the study that {} rated",
                    key.study, scores.rater
                ),
            ))
        }
        _ => Ok(()),
    }
}

/// Why some of `files` cannot be compared, with their names.
pub(crate) fn among(files: &[String], error: CompareError) -> Failure {
    let mut failure = Failure::from(error);
    if failure.kind != FailureKind::Cancelled && !files.is_empty() {
        failure.message = format!("{}: {}", enumerated(files), failure.message);
    }
    failure
}

impl From<CompareError> for Failure {
    fn from(error: CompareError) -> Self {
        match error {
            CompareError::DifferentRubrics { .. } => {
                Self::new(FailureKind::DifferentRubrics, error)
            }
            CompareError::Stopped => Self::cancelled(),
            _ => Self::refused(error),
        }
    }
}
