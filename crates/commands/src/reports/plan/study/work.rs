//! Computing the plan of a study.

use super::super::sentence::number;
use super::super::size::Size;
use super::super::subject::{self, PlanSpread, PlanSubject, PlanUnit, Planned};
use super::super::{PlanClusters, SAMPLES, SAMPLES_OF_SEVERAL};
use super::{PlanStudy, PlanTarget, StudyPlan, StudyPlanned, StudyPoint, failed, refused};
use crate::{Failure, Watch};
use agreement::{
    Goal, NormalMeans, Outlook, PlanError, RatedStudy, Shown, SimulatedStudy, Simulation, mean_gap,
    outlook, plan_study,
};

/// The sizes beside the planned one of which is said what they show.
const BESIDE: [f64; 6] = [0.4, 0.6, 0.8, 1.25, 1.6, 2.5];

/// Where the search begins.
const FIRST: u64 = 100;

/// All that computing needs, and who looks on.
pub(super) struct Work<'a> {
    pub(super) plan: &'a PlanStudy,
    pub(super) size: Size<'static>,
    pub(super) watch: Watch,
    pub(super) goal: Goal,
}

impl Work<'_> {
    pub(super) fn planned(&self) -> Result<StudyPlanned, Failure> {
        self.check_values()?;
        let (lowest, highest) = self.plan.subject.range();
        self.goal.within(lowest, highest).map_err(refused)?;
        match &self.plan.subject {
            PlanSubject::Raters { coefficient, shares, agreement, raters } => {
                let scores = subject::scores(shares);
                let mut plans = Vec::new();
                let mut expected = 0.0;
                for (place, &raters) in raters.iter().enumerate() {
                    let planned =
                        subject::raters(*coefficient, shares, *agreement, raters, &scores)
                            .map_err(refused)?;
                    let (plan, _) =
                        self.rated(&planned, SAMPLES_OF_SEVERAL, (place, self.turns()))?;
                    plans.push(StudyPlan { raters: Some(raters), ..plan });
                    expected = planned.expected;
                }
                Ok(self.reply(expected, plans, Vec::new()))
            }
            PlanSubject::MissRate { rate, prevalence } => {
                let planned = subject::miss_rate(*rate, *prevalence).map_err(refused)?;
                let (plan, curve) = self.rated(&planned, self.size.samples(), (0, 1))?;
                let harmful = plan.items.map(|items| items as f64 * prevalence);
                Ok(self.reply(*rate, vec![StudyPlan { harmful, ..plan }], curve))
            }
            PlanSubject::JudgeDifference { of, shares, judge_shares, humans, judge } => {
                self.check_margin(*humans, *judge)?;
                let agreements = [*humans, *judge];
                let planned =
                    subject::judge_difference(*of, shares, judge_shares.as_deref(), agreements)
                        .map_err(refused)?;
                let (plan, curve) = self.rated(&planned, SAMPLES_OF_SEVERAL, (0, 1))?;
                Ok(self.reply(planned.expected, vec![plan], curve))
            }
            PlanSubject::FramingGap { gaps } => self.gap(gaps),
        }
    }

    /// What is expected is looked at before what is wanted, and all of it before anything is computed.
    fn check_values(&self) -> Result<(), Failure> {
        match &self.plan.subject {
            PlanSubject::Raters { raters, .. } => check_numbers(raters).map_err(refused),
            PlanSubject::MissRate { .. } => Ok(()),
            PlanSubject::JudgeDifference { humans, judge, .. } => {
                let of = [("between the humans", humans), ("of the judge with them", judge)];
                of.into_iter().try_for_each(|(whose, value)| match value {
                    value if value.abs() <= 1.0 => Ok(()),
                    _ => Err(refused(format!(
                        "the agreement {whose} is {value:?}; give a number from -1 to 1"
                    ))),
                })
            }
            PlanSubject::FramingGap { gaps } => gaps.check().map_err(refused),
        }
    }

    /// A value to exceed is the margin by which the judge may agree less, taken negative.
    fn check_margin(&self, humans: f64, judge: f64) -> Result<(), Failure> {
        let PlanTarget::Above { value, .. } = self.plan.target else { return Ok(()) };
        let beyond = matches!(self.goal.checked(judge - humans), Err(PlanError::Null { .. }));
        if !beyond || value > 0.0 {
            return Ok(());
        }
        // Zero has no sign to a reader.
        let (margin, loss) = (number(0.0 - value), number(humans - judge));
        Err(refused(format!(
            "the margin is {margin}, but a loss of {loss} is expected, {} with the judge beside {} \
             between humans; give a margin above {loss}",
            number(judge),
            number(humans)
        )))
    }

    fn turns(&self) -> usize {
        match &self.plan.subject {
            PlanSubject::Raters { raters, .. } => raters.len(),
            _ => 1,
        }
    }

    fn unit(&self) -> PlanUnit {
        match (&self.plan.subject, self.size) {
            (PlanSubject::FramingGap { .. }, _) => PlanUnit::Pairs,
            (_, Size::Items { .. }) => PlanUnit::Items,
            _ => PlanUnit::Scenarios,
        }
    }

    fn reply(&self, expected: f64, plans: Vec<StudyPlan>, curve: Vec<StudyPoint>) -> StudyPlanned {
        let tested = !matches!(self.plan.target, PlanTarget::HalfWidth { .. });
        let (sentence, unit) = (String::new(), self.unit());
        StudyPlanned { sentence, unit, expected, plans, tested, curve }
    }

    /// A plan for ratings; it is the `turn.0`-th of `turn.1`.
    fn rated(
        &self,
        planned: &Planned<'_>,
        samples: usize,
        turn: (usize, usize),
    ) -> Result<(StudyPlan, Vec<StudyPoint>), Failure> {
        let Planned { population, statistic, expected } = planned;
        let mut study =
            RatedStudy::new(population, statistic, self.size.clusters()).map_err(failed)?;
        self.simulated(&mut study, *expected, samples, turn)
    }

    fn simulated(
        &self,
        study: &mut impl SimulatedStudy,
        expected: f64,
        samples: usize,
        (turn, turns): (usize, usize),
    ) -> Result<(StudyPlan, Vec<StudyPoint>), Failure> {
        let simulation = Simulation { samples, seed: self.plan.seed };
        let beside = Simulation { samples: samples / 5, ..simulation };
        let each = simulation.most() + BESIDE.len() * beside.samples;
        let total = (turns * each) as u64;
        let step = |done: usize| {
            self.watch.step((turn * each + done) as u64, total, "Searching the size of the study")
        };
        let found = plan_study(study, expected, self.goal, FIRST, simulation, |at| step(at.done))
            .map_err(failed)?;
        let mut curve = vec![self.point(&found)];
        let several = matches!(self.plan.subject, PlanSubject::Raters { .. });
        let factors = if several { &[][..] } else { &BESIDE };
        for (place, factor) in factors.iter().enumerate() {
            let units = (found.units() as f64 * factor).round() as u64;
            if units < 3 || curve.iter().any(|point| point.units == self.shown(units)) {
                continue;
            }
            let before = simulation.most() + place * beside.samples;
            let other = outlook(study, units, beside, |at| step(before + at.done));
            let point = match other {
                Ok(found) => self.point(&found),
                // The picture ends where studies are too large to draw.
                Err(PlanError::TooMany(_)) => continue,
                Err(why) => return Err(failed(why)),
            };
            if point.half_width.is_finite() {
                curve.push(point);
            }
        }
        curve.sort_by_key(|point| point.units);
        let probability = found.kept(self.goal);
        let assured = found.half_width(self.plan.target.share());
        let plan = StudyPlan {
            raters: None,
            units: self.shown(found.units()),
            items: (self.unit() != PlanUnit::Pairs).then(|| self.size.items(found.units())),
            harmful: None,
            half_width: found.half_width(0.5),
            assured_half_width: Some(assured).filter(|width| width.is_finite()),
            probability,
            simulation_error: Some(found.error(probability)),
        };
        Ok((plan, curve))
    }

    /// Units as they are reported: a design effect asks for more items than were simulated.
    fn shown(&self, units: u64) -> u64 {
        match self.unit() {
            PlanUnit::Items => self.size.items(units),
            _ => units,
        }
    }

    fn point(&self, found: &Outlook) -> StudyPoint {
        let (half_width, probability) = (found.half_width(0.5), found.kept(self.goal));
        StudyPoint { units: self.shown(found.units()), half_width, probability }
    }

    fn gap(&self, gaps: &PlanSpread) -> Result<StudyPlanned, Failure> {
        if self.plan.clusters != PlanClusters::Independent {
            let message = "a pair is a cluster of its own; give no clusters for a framing gap";
            return Err(refused(message));
        }
        match gaps {
            PlanSpread::Normal { mean, deviation } => {
                let means = NormalMeans::new(*mean, *deviation).map_err(failed)?;
                let pairs = means.units(self.goal).map_err(failed)?;
                let point = |units: u64| StudyPoint {
                    units,
                    half_width: means.half_width(units, 0.5),
                    probability: means.kept(units, self.goal),
                };
                let mut curve: Vec<StudyPoint> = [1.0]
                    .into_iter()
                    .chain(BESIDE)
                    .map(|factor| point(((pairs as f64 * factor).round() as u64).max(3)))
                    .collect();
                curve.sort_by_key(|point| point.units);
                curve.dedup_by_key(|point| point.units);
                let plan = StudyPlan {
                    raters: None,
                    units: pairs,
                    items: None,
                    harmful: None,
                    half_width: means.half_width(pairs, 0.5),
                    assured_half_width: Some(means.half_width(pairs, self.plan.target.share())),
                    probability: means.kept(pairs, self.goal),
                    simulation_error: None,
                };
                Ok(self.reply(*mean, vec![plan], curve))
            }
            PlanSpread::Pilot { values } => {
                let Some(Shown { estimate, .. }) = mean_gap(values) else {
                    return Err(refused("the pilot's gaps have no mean with an interval"));
                };
                let mut drawn = Vec::new();
                let mut study = |pairs: u64, draw: &mut agreement::Draw| {
                    drawn.clear();
                    let one = |_| values[(draw.unit() * values.len() as f64) as usize];
                    drawn.extend((0..pairs).map(one));
                    mean_gap(&drawn)
                };
                let (plan, curve) = self.simulated(&mut study, estimate, SAMPLES, (0, 1))?;
                Ok(self.reply(estimate, vec![plan], curve))
            }
        }
    }
}

/// More would be simulated for hours.
const MOST_RATERS: u32 = 100;

/// Each number of raters that is compared, once.
fn check_numbers(raters: &[u32]) -> Result<(), String> {
    let twice = raters.iter().enumerate().find(|(place, number)| raters[..*place].contains(number));
    match (raters.iter().min(), twice) {
        (None, _) => Err("no number of raters is given; give at least one".into()),
        (Some(few @ (0 | 1)), _) => Err(format!("a number of raters is {few}; give at least 2")),
        _ if raters.iter().any(|number| *number > MOST_RATERS) => {
            Err(format!("a number of raters is above {MOST_RATERS}; give at most {MOST_RATERS}"))
        }
        (_, Some((_, number))) => {
            Err(format!("{number} raters are given twice; give each number once"))
        }
        _ => Ok(()),
    }
}
