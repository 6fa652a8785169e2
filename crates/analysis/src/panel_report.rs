//! Agreement among any number of raters, axis by axis.

use crate::agreement_report::Resampled;
use crate::comparison::{check_rubrics, check_studies, shared_axes, unstated_rubrics};
use crate::drawn::Drawn;
use crate::interval_notes::few_scenarios;
use crate::pairing::Pairing;
use crate::rated::{Placed, Rated, Seen};
use crate::uncertainty::Steps;
use crate::{CompareError, Effort, Intervals, PairMeasures, ReportedMeasure};
use agreement::{
    Distance, IccForm, Levels, RatingMatrix, Statistic, Weights, fleiss_kappa, gwet_ac, icc,
    krippendorff_alpha, pairwise_agreement,
};
use indexmap::{IndexMap, IndexSet};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use study::{Exclusion, Grade, ItemDesign, RaterScores, Scale, Score};
use ts_rs::TS;

/// Agreement among several raters.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PanelReport {
    /// Always `primum-panel/1`.
    pub format: String,
    /// The raters' names, in the order of the files.
    pub raters: Vec<String>,
    /// What a reader of these numbers must know.
    pub cautions: Vec<String>,
    /// How bootstrap samples were drawn, if any interval needed them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub resampling: Option<Resampled>,
    /// By axis, in the rubric's order.
    pub axes: IndexMap<String, PanelAxis>,
}

/// Agreement of all raters on one axis.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PanelAxis {
    /// The axis's name on screen.
    pub label: String,
    /// The declared grades, ascending.
    pub categories: Vec<Grade>,
    /// What each of them is called: its number, or what the person calls it who declared the scale.
    pub grade_names: Vec<String>,
    /// Items that at least one rater graded.
    #[ts(type = "number")]
    pub items: u64,
    /// Items that at least two raters graded: the ones that count.
    #[ts(type = "number")]
    pub pairable: u64,
    /// The items that only one rater graded, by name: they do not count.
    pub unpaired: Vec<String>,
    /// Items that all raters graded: the ones that the intraclass correlation counts.
    #[ts(type = "number")]
    pub complete: u64,
    /// What the intervals of all raters' coefficients treat as independent.
    pub intervals: Intervals,
    /// How each rater used the scale, in the order of the files.
    pub raters: Vec<RaterUse>,
    /// All raters' coefficients.
    #[serde(flatten)]
    #[ts(flatten)]
    pub coefficients: PanelCoefficients,
    /// Each two raters.
    pub pairs: Vec<PanelPair>,
}

/// Coefficients of all raters together.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PanelCoefficients {
    /// Krippendorff's alpha with the ordinal distance.
    pub alpha_ordinal: ReportedMeasure,
    /// Gwet's AC2 with quadratic weights.
    pub ac2: ReportedMeasure,
    /// Fleiss's kappa.
    pub fleiss_kappa: ReportedMeasure,
    /// Fleiss's kappa with quadratic weights.
    pub fleiss_kappa_quadratic: ReportedMeasure,
    /// The intraclass correlation of single ratings, for raters taken as a sample: ICC(2,1).
    pub icc: ReportedMeasure,
    /// The share of pairs of ratings of one item that agree.
    pub exact: ReportedMeasure,
    /// The same of the rated sample itself, where the figures above are weighted by one over the
    /// probability with which each item was drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, as = "Option<Box<PanelCoefficients>>")]
    pub unweighted: Option<Box<Self>>,
}

/// How one rater used an axis.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct RaterUse {
    /// Items graded.
    #[ts(type = "number")]
    pub graded: u64,
    /// Items in the file without a grade, by reason.
    #[ts(type = "{ [reason: string]: number }")]
    pub excluded: BTreeMap<Exclusion, u64>,
    /// How often each grade was given.
    #[ts(type = "Array<number>")]
    pub counts: Vec<u64>,
}

/// Two raters of a panel.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PanelPair {
    /// The first one's place among the raters, from 0.
    pub first: usize,
    /// The second one's.
    pub second: usize,
    /// Their agreement.
    #[serde(flatten)]
    #[ts(flatten)]
    pub measures: PairMeasures,
}

/// Compares all `raters` on every axis that all of them could score.
///
/// # Errors
/// What keeps two of them from being compared, or [`CompareError::Stopped`].
pub fn compare_panel(
    raters: &[RaterScores],
    across_rubrics: bool,
    effort: Effort<'_>,
) -> Result<PanelReport, CompareError> {
    let [first, others @ ..] = raters else { return Err(CompareError::TooFewRaters) };
    if others.is_empty() {
        return Err(CompareError::TooFewRaters);
    }
    CompareError::refuse_many(raters.len())?;
    let mut cautions = IndexSet::new();
    let mut axes: Option<BTreeSet<&str>> = None;
    for other in others {
        check_studies(first, other)?;
        cautions.extend(check_rubrics(first, other, across_rubrics)?);
        let shared = shared_axes(first, other)?.into_iter().map(|scale| scale.axis.as_str());
        let shared: BTreeSet<&str> = shared.collect();
        axes = Some(axes.map_or(shared.clone(), |axes| &axes & &shared));
    }
    let axes = axes.unwrap_or_default();
    let scales: Vec<&Scale> =
        first.scales.iter().filter(|scale| axes.contains(scale.axis.as_str())).collect();
    if scales.is_empty() {
        return Err(CompareError::NoAxisOfAll);
    }
    cautions.extend(unstated_rubrics(raters));
    let mut cautions: Vec<String> = cautions.into_iter().collect();
    let pairs = raters.len() * (raters.len() - 1) / 2;
    let axes: Vec<_> = scales.iter().map(|scale| (scale, Items::of(raters, scale))).collect();
    let of_all = |(_, items): &(_, Items<'_>)| match items.drawn.is_weighted() {
        true => 2 * OF_ALL,
        false => OF_ALL,
    };
    let steps = Steps::new(effort, axes.iter().map(|axis| pairs + of_all(axis)).sum());
    let mut compared = IndexMap::new();
    for (scale, items) in &axes {
        compared.insert(scale.axis.clone(), compare_axis(raters, scale, items, &steps)?);
    }
    let partly = |(scale, items): &(&&Scale, Items<'_>)| {
        Some(format!("{}: {}", scale.label, items.drawn.caution()?))
    };
    cautions.extend(axes.iter().filter_map(partly));
    let measures =
        compared.values().flat_map(|axis: &PanelAxis| &axis.pairs).map(|pair| &pair.measures);
    cautions.extend(few_scenarios(measures, effort));
    Ok(PanelReport {
        format: "primum-panel/1".into(),
        raters: raters.iter().map(|rater| rater.rater.clone()).collect(),
        cautions,
        resampling: effort.drawn(),
        axes: compared,
    })
}

/// Coefficients of all raters on an axis, each a step of the work.
const OF_ALL: usize = 6;

fn compare_axis(
    raters: &[RaterScores],
    scale: &Scale,
    items: &Items<'_>,
    steps: &Steps<'_>,
) -> Result<PanelAxis, CompareError> {
    let rated = items.rated(scale, items.drawn)?;
    let effort = &steps.effort;
    if effort.intervals == Intervals::Scenarios && rated.scenarios.is_none() {
        return Err(CompareError::NoScenarios);
    }
    let grades = scale.values();
    let unweighted = match items.drawn.is_weighted() {
        true => {
            let sample = items.rated(scale, Drawn::Unknown)?;
            Some(Box::new(PanelCoefficients::of(&sample, raters.len(), &grades, steps)?))
        }
        false => None,
    };
    Ok(PanelAxis {
        label: scale.label.clone(),
        categories: scale.grades.clone(),
        grade_names: scale.all_names(),
        items: rated.n(),
        pairable: items.graded_by(2),
        unpaired: items.unpaired.iter().map(|item| (*item).to_owned()).collect(),
        complete: items.graded_by(raters.len()),
        intervals: rated.intervals(effort.intervals),
        raters: raters.iter().map(|rater| rater_use(rater, scale)).collect(),
        coefficients: PanelCoefficients {
            unweighted,
            ..PanelCoefficients::of(&rated, raters.len(), &grades, steps)?
        },
        pairs: pairs(raters, scale, steps)?,
    })
}

impl PanelCoefficients {
    fn of(
        rated: &Rated<RatingMatrix>,
        raters: usize,
        grades: &[f64],
        steps: &Steps<'_>,
    ) -> Result<Self, CompareError> {
        type OfMatrix<'a> = &'a dyn Fn(&RatingMatrix) -> agreement::Measure;
        let measure =
            |statistic: Statistic<'_>, of: OfMatrix<'_>| -> Result<ReportedMeasure, CompareError> {
                let found = rated.measure(&steps.effort, &statistic, of);
                steps.advance()?;
                Ok(found)
            };
        let (quadratic, identity) = (Weights::Quadratic, Weights::Identity);
        let (ordinal, form) = (Distance::Ordinal, IccForm::TwoWayRandom);
        let agreeing = |levels: Levels<'_>| agreeing_pairs(levels, raters);
        let found = Self {
            alpha_ordinal: measure(Statistic::KrippendorffAlpha(ordinal), &|all| {
                krippendorff_alpha(all, ordinal)
            })?,
            ac2: measure(Statistic::GwetAc(quadratic), &|all| gwet_ac(all, quadratic))?,
            fleiss_kappa: measure(Statistic::FleissKappa(identity), &|all| {
                fleiss_kappa(all, identity)
            })?,
            fleiss_kappa_quadratic: measure(Statistic::FleissKappa(quadratic), &|all| {
                fleiss_kappa(all, quadratic)
            })?,
            icc: measure(Statistic::Icc(form, grades), &|all| icc(all, form, grades))?,
            exact: rated.share(
                &steps.effort,
                &Statistic::Share(&agreeing),
                Some(&|all| pairwise_agreement(all, identity)),
            ),
            unweighted: None,
        };
        steps.advance()?;
        Ok(found)
    }
}

/// The share of an item's pairs of ratings that agree.
fn agreeing_pairs(levels: Levels<'_>, raters: usize) -> Option<f64> {
    let given: Vec<usize> = (0..raters).filter_map(|rater| levels.of(rater)).collect();
    let pairs = given.len() * given.len().saturating_sub(1) / 2;
    let agreeing = given
        .iter()
        .enumerate()
        .map(|(at, level)| given[at + 1..].iter().filter(|other| *other == level).count());
    (pairs > 0).then(|| agreeing.sum::<usize>() as f64 / pairs as f64)
}

/// The items that at least one rater graded on one axis.
struct Items<'a> {
    raters: usize,
    /// Where each stands, with the level that each rater gave.
    graded: Vec<(Option<&'a ItemDesign>, Vec<Option<usize>>)>,
    /// Those that only one rater graded.
    unpaired: Vec<&'a str>,
    drawn: Drawn,
}

impl<'a> Items<'a> {
    fn of(raters: &'a [RaterScores], scale: &Scale) -> Self {
        let level = |grade| scale.grades.partition_point(|lower| *lower < grade);
        let mut given: BTreeMap<&str, Vec<Option<usize>>> = BTreeMap::new();
        for (at, rater) in raters.iter().enumerate() {
            for (item, score) in rater.items.on(&scale.axis) {
                if let Score::Grade(grade) = score {
                    let levels = given.entry(item).or_insert_with(|| vec![None; raters.len()]);
                    levels[at] = Some(level(grade));
                }
            }
        }
        let design =
            |item| ItemDesign::fullest(raters.iter().filter_map(|rater| rater.designs.get(item)));
        let by_one = |levels: &[Option<usize>]| levels.iter().flatten().count() == 1;
        let unpaired = given.iter().filter(|(_, levels)| by_one(levels)).map(|(item, _)| *item);
        let unpaired = unpaired.collect();
        let graded: Vec<_> =
            given.into_iter().map(|(item, levels)| (design(item), levels)).collect();
        let drawn = Drawn::of(graded.iter().map(|(design, _)| *design));
        Self { raters: raters.len(), graded, unpaired, drawn }
    }

    /// How many items at least `raters` graded.
    fn graded_by(&self, raters: usize) -> u64 {
        let by = |levels: &[Option<usize>]| levels.iter().flatten().count();
        self.graded.iter().filter(|(_, levels)| by(levels) >= raters).count() as u64
    }

    fn rated(&self, scale: &Scale, drawn: Drawn) -> Result<Rated<RatingMatrix>, CompareError> {
        let (graded, mut seen) = (self.graded.iter(), Seen::default());
        let placed = graded.map(|(design, levels)| Placed::new(*design, drawn, levels, &mut seen));
        let placed = placed.collect();
        Rated::of_raters(self.raters, scale.grades.len(), placed)
            .map_err(CompareError::of_scale(&scale.axis))
    }
}

fn pairs(
    raters: &[RaterScores],
    scale: &Scale,
    steps: &Steps<'_>,
) -> Result<Vec<PanelPair>, CompareError> {
    let mut pairs = Vec::new();
    for (first, a) in raters.iter().enumerate() {
        for (second, b) in raters.iter().enumerate().skip(first + 1) {
            let measures = Pairing::of(a, b, scale).measures(scale, &steps.effort)?;
            pairs.push(PanelPair { first, second, measures });
            steps.advance()?;
        }
    }
    Ok(pairs)
}

fn rater_use(rater: &RaterScores, scale: &Scale) -> RaterUse {
    let mut used =
        RaterUse { graded: 0, excluded: BTreeMap::new(), counts: vec![0; scale.grades.len()] };
    for (_, score) in rater.items.on(&scale.axis) {
        match score {
            Score::Grade(grade) => {
                used.graded += 1;
                used.counts[scale.grades.partition_point(|lower| *lower < grade)] += 1;
            }
            Score::Excluded(reason) => *used.excluded.entry(reason).or_insert(0) += 1,
        }
    }
    used
}
