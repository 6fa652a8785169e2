//! Agreement among any number of raters, axis by axis.

use crate::agreement_report::{Resampled, few_scenarios};
use crate::comparison::{check_rubrics, check_studies, shared_axes};
use crate::pairing::Pairing;
use crate::uncertainty::{FEWEST_SCENARIOS, Steps, resampled};
use crate::{CompareError, Effort, Intervals, Measure, PairMeasures};
use agreement::{
    Distance, IccForm, RatingMatrix, Weights, bootstrap_ratings, bootstrap_ratings_clusters,
    fleiss_kappa, gwet_ac, icc, krippendorff_alpha, pairwise_agreement,
};
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use study::{Exclusion, Grade, RaterScores, Scale, Score};
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
    /// Items that at least one rater graded.
    #[ts(type = "number")]
    pub items: u64,
    /// Items that at least two raters graded: the ones that count.
    #[ts(type = "number")]
    pub pairable: u64,
    /// What the intervals of all raters' coefficients take to be independent.
    pub intervals: Intervals,
    /// How each rater used the scale, in the order of the files.
    pub raters: Vec<RaterUse>,
    /// Krippendorff's alpha with the ordinal distance.
    pub alpha_ordinal: Measure,
    /// Gwet's AC2 with quadratic weights.
    pub ac2: Measure,
    /// Fleiss's kappa.
    pub fleiss_kappa: Measure,
    /// Fleiss's kappa with quadratic weights.
    pub fleiss_kappa_quadratic: Measure,
    /// The intraclass correlation of single ratings, for raters taken as a sample: ICC(2,1).
    pub icc: Measure,
    /// The share of pairs of ratings of one item that agree.
    pub exact: Measure,
    /// Each two raters.
    pub pairs: Vec<PanelPair>,
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
    let mut cautions = Vec::new();
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
    let mut seen = BTreeSet::new();
    cautions.retain(|caution| seen.insert(caution.clone()));

    let pairs = raters.len() * (raters.len() - 1) / 2;
    let steps = Steps::new(effort, scales.len() * (pairs + OF_ALL));
    let mut compared = IndexMap::new();
    for scale in scales {
        compared.insert(scale.axis.clone(), compare_axis(raters, scale, &steps)?);
    }
    let measures =
        compared.values().flat_map(|axis: &PanelAxis| &axis.pairs).map(|pair| &pair.measures);
    cautions.extend(few_scenarios(measures, effort));
    let drawn = |way| matches!(way, Intervals::Items | Intervals::Scenarios);
    Ok(PanelReport {
        format: "primum-panel/1".into(),
        raters: raters.iter().map(|rater| rater.rater.clone()).collect(),
        cautions,
        resampling: compared
            .values()
            .any(|axis| drawn(axis.intervals))
            .then(|| effort.resampling.into()),
        axes: compared,
    })
}

/// Coefficients of all raters on an axis, each a step of the work.
const OF_ALL: usize = 6;

fn compare_axis(
    raters: &[RaterScores],
    scale: &Scale,
    steps: &Steps<'_>,
) -> Result<PanelAxis, CompareError> {
    let grades: Vec<f64> = scale.grades.iter().copied().map(f64::from).collect();
    let panel = Panel::of(raters, scale, steps)?;
    let quadratic = Weights::Quadratic;
    Ok(PanelAxis {
        label: scale.label.clone(),
        categories: scale.grades.clone(),
        items: panel.all.items(),
        pairable: panel.all.pairable_items(),
        intervals: panel.intervals,
        raters: raters.iter().map(|rater| rater_use(rater, scale)).collect(),
        alpha_ordinal: panel.measure(|all| krippendorff_alpha(all, Distance::Ordinal))?,
        ac2: panel.measure(|all| gwet_ac(all, quadratic))?,
        fleiss_kappa: panel.measure(|all| fleiss_kappa(all, Weights::Identity))?,
        fleiss_kappa_quadratic: panel.measure(|all| fleiss_kappa(all, quadratic))?,
        icc: panel.measure(|all| icc(all, IccForm::TwoWayRandom, &grades))?,
        exact: panel.measure(|all| pairwise_agreement(all, Weights::Identity))?,
        pairs: pairs(raters, scale, &grades, steps)?,
    })
}

fn pairs(
    raters: &[RaterScores],
    scale: &Scale,
    grades: &[f64],
    steps: &Steps<'_>,
) -> Result<Vec<PanelPair>, CompareError> {
    let mut pairs = Vec::new();
    for (first, a) in raters.iter().enumerate() {
        for (second, b) in raters.iter().enumerate().skip(first + 1) {
            let tables = Pairing::of(a, b, scale).tables(scale)?;
            let measures = PairMeasures::of(&tables, grades, &steps.effort);
            pairs.push(PanelPair { first, second, measures });
            steps.advance()?;
        }
    }
    Ok(pairs)
}

fn rater_use(rater: &RaterScores, scale: &Scale) -> RaterUse {
    let mut used =
        RaterUse { graded: 0, excluded: BTreeMap::new(), counts: vec![0; scale.grades.len()] };
    for item in rater.items.keys() {
        match rater.score(item, &scale.axis) {
            Score::Grade(grade) => {
                used.graded += 1;
                used.counts[scale.grades.partition_point(|lower| *lower < grade)] += 1;
            }
            Score::Excluded(reason) => *used.excluded.entry(reason).or_insert(0) += 1,
        }
    }
    used
}

/// All ratings on one axis, and their part from each scenario where scenarios are known.
struct Panel<'a> {
    all: RatingMatrix,
    by_scenario: Option<Vec<RatingMatrix>>,
    intervals: Intervals,
    steps: &'a Steps<'a>,
}

impl<'a> Panel<'a> {
    fn of(
        raters: &[RaterScores],
        scale: &Scale,
        steps: &'a Steps<'a>,
    ) -> Result<Self, CompareError> {
        let empty = || RatingMatrix::empty(raters.len(), scale.grades.len());
        let level = |grade| scale.grades.partition_point(|lower| *lower < grade);
        let mut all = empty()?;
        let mut by_scenario = Some(BTreeMap::new());
        let items: BTreeSet<&String> = raters.iter().flat_map(|rater| rater.items.keys()).collect();
        for item in items {
            let grade = |rater: &RaterScores| match rater.score(item, &scale.axis) {
                Score::Grade(grade) => Some(level(grade)),
                Score::Excluded(_) => None,
            };
            let grades: Vec<Option<usize>> = raters.iter().map(grade).collect();
            if grades.iter().all(Option::is_none) {
                continue;
            }
            all.record(&grades)?;
            let place = raters.iter().find_map(|rater| rater.places.get(item));
            by_scenario = match (by_scenario, place) {
                (Some(mut parts), Some(place)) => {
                    if !parts.contains_key(&place.scenario) {
                        parts.insert(&place.scenario, empty()?);
                    }
                    if let Some(part) = parts.get_mut(&place.scenario) {
                        part.record(&grades)?;
                    }
                    Some(parts)
                }
                _ => None,
            };
        }
        let by_scenario: Option<Vec<RatingMatrix>> =
            by_scenario.map(|parts: BTreeMap<_, _>| parts.into_values().collect());
        let enough = by_scenario.as_ref().is_some_and(|parts| {
            parts.len() >= FEWEST_SCENARIOS && (parts.len() as u64) < all.items()
        });
        let intervals = match steps.effort.intervals {
            Intervals::Auto if enough => Intervals::Scenarios,
            Intervals::Auto => Intervals::Formula,
            Intervals::Scenarios if by_scenario.is_none() => return Err(CompareError::NoScenarios),
            other => other,
        };
        Ok(Self { all, by_scenario, intervals, steps })
    }

    fn measure(
        &self,
        of: impl Fn(&RatingMatrix) -> agreement::Measure + Sync,
    ) -> Result<Measure, CompareError> {
        let (measure, how) = (of(&self.all), self.steps.effort.resampling);
        let measure = match (self.intervals, &self.by_scenario) {
            (Intervals::Scenarios, Some(parts)) => {
                resampled(measure, bootstrap_ratings_clusters(parts, of, how))
            }
            (Intervals::Items, _) => resampled(measure, bootstrap_ratings(&self.all, of, how)),
            _ => measure,
        };
        self.steps.advance()?;
        Ok(Measure(measure))
    }
}
