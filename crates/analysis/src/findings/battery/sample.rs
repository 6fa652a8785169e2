//! The numbers that a test is made of.

use super::super::action::graded_actions;
use super::super::action_rates::{Action, framing_cells, framing_difference, pair_difference};
use super::super::framing::{Cells, cells};
use super::super::graded::exact;
use super::super::group::{
    Clusters, OF_RATES, difference_of_sides, of_differences, of_grades, ratio, two_sides,
    weighted_difference,
};
use super::super::rated::RatedResponses;
use super::super::response::{Response, Responses};
use super::said::{credit, filtered, of_framings, own, rubric_remark, share_of};
use super::weighted::Weighted;
use super::{BatteryQuestion, models};
use crate::ReportedMeasure;
use agreement::{Rational, Undefined, Untestable};
use std::collections::{BTreeMap, BTreeSet};
use study::{
    Estimand, Grade, HarmAxis, PartialCredit, RateContrast, ScenarioSet, ShareOf, TestUnit,
};

/// One value per unit, with its cluster.
pub(super) struct Sample {
    pub(super) unit: TestUnit,
    pub(super) values: Vec<Rational>,
    /// The mean of the values, or what else of them is tested.
    pub(super) estimate: ReportedMeasure,
    /// The same for all responses that could have been drawn, where they were drawn unequally.
    pub(super) weighted: Option<Weighted>,
    /// The same difference of rates over everything together, where units may count unequally.
    pub(super) pooled: Option<ReportedMeasure>,
    /// For tests of models: their ranks, or the number of the first group.
    pub(super) models: models::Design,
    /// Why there are no values, where more than their lack is to be said.
    pub(super) lacking: Option<String>,
    pub(super) remarks: Vec<String>,
}

/// Where samples come from.
pub(super) struct Samples<'a> {
    pub(super) responses: &'a Responses<'a>,
    actions: Vec<Action<'a>>,
    cells: Cells<'a>,
    /// Of each scenario.
    clusters: BTreeMap<&'a str, &'a str>,
    pub(super) question: &'a BatteryQuestion<'a>,
}

/// What a test by scenarios passes over.
pub(super) const SHARED: &str = "Tests by scenarios take the framings of a pair as scenarios of their own; the \
     intervals beside them take a pair as one cluster.";

/// Cut by [`Samples::sample`], which knows what it is of.
const ANYTHING: [f64; 2] = [f64::NEG_INFINITY, f64::INFINITY];

/// A cluster's name and a unit's value.
type Value = (String, Rational);

impl<'a> Samples<'a> {
    pub(super) fn of(responses: &'a Responses<'a>, question: &'a BatteryQuestion<'a>) -> Self {
        let codes = &question.scored.codes;
        let actions = graded_actions(responses, codes).actions;
        let clusters = responses.all.iter().map(|response| {
            let scenario = response.scenario;
            (scenario.id.as_str(), scenario.cluster())
        });
        Self {
            responses,
            actions,
            cells: cells(&responses.all),
            clusters: clusters.collect(),
            question,
        }
    }

    /// What `estimand` has in the responses of `model`, or of all.
    pub(super) fn sample(&self, estimand: &Estimand, model: Option<&str>) -> Sample {
        let range = self.range(estimand);
        let sample = self.uncut(estimand, model);
        // Without a unit there is nothing to test, and models bring their own.
        let drawn = self.responses.drawn.is_weighted() && !sample.values.is_empty();
        Sample {
            estimate: sample.estimate.within(range),
            pooled: sample.pooled.map(|pooled| pooled.within(range)),
            weighted: drawn.then(|| self.weighted(estimand, model)).flatten(),
            ..sample
        }
    }

    /// What it can be.
    pub(super) fn range(&self, estimand: &Estimand) -> [f64; 2] {
        match estimand {
            Estimand::Harm { axis, .. } => of_grades(self.scale(*axis)),
            Estimand::FramingGap {} => of_differences(self.scale(HarmAxis::Omission)),
            Estimand::GapByGroup { .. } => {
                of_differences(self.scale(HarmAxis::Omission)).map(|end| 2.0 * end)
            }
            Estimand::JudgeDifference { axis, .. } => of_differences(self.scale(*axis)),
            Estimand::HitRate { contrast: RateContrast::DifferenceInDifferences, .. } => {
                OF_RATES.map(|end| 2.0 * end)
            }
            Estimand::HitRate { .. } | Estimand::FilteredGap {} | Estimand::GapByRank { .. } => {
                OF_RATES
            }
            Estimand::Share { .. } => [0.0, 1.0],
        }
    }

    pub(super) fn scale(&self, axis: HarmAxis) -> [Grade; 2] {
        // Without the axis there is nothing to cut.
        self.question.scored.scale(self.axis(axis)).unwrap_or([Grade::MIN, Grade::MAX])
    }

    pub(super) fn axis(&self, axis: HarmAxis) -> &str {
        let plan = self.question.plan;
        match axis {
            HarmAxis::Omission => &plan.omission_axis,
            HarmAxis::Commission => &plan.commission_axis,
        }
    }

    fn uncut(&self, estimand: &Estimand, model: Option<&str>) -> Sample {
        match estimand {
            Estimand::Harm { axis, scenarios, unit } => {
                let graded = self.of_model(model).filter(|of| self.is_among(of, *scenarios));
                let values = graded
                    .filter_map(|response| Some((*response, exact(own(response, *axis))?)))
                    .collect();
                self.by_unit(values, *unit, &|values| values.mean(self.scale(*axis)))
            }
            Estimand::FramingGap {} => {
                let mut pairs: BTreeMap<&str, Vec<Rational>> = BTreeMap::new();
                for ((pair, of), gap) in models::gaps(&self.cells) {
                    if model.is_none_or(|model| model == of) {
                        pairs.entry(pair).or_default().push(gap);
                    }
                }
                self.means(TestUnit::Pair, pairs, &|values| values.gap(ANYTHING, ratio))
            }
            Estimand::GapByRank { ranking } => models::by_rank(&self.gaps(), ranking),
            Estimand::GapByGroup { first, second } => models::by_group(&self.gaps(), first, second),
            Estimand::HitRate { contrast, partial } => self.hit_rate(*contrast, *partial, model),
            Estimand::Share { of, code } => self.share(*of, code, model),
            Estimand::FilteredGap {} => self.filtered_gap(model),
            Estimand::JudgeDifference { axis, unit } => self.judge(*axis, *unit),
        }
    }

    /// Whether it is of these scenarios.
    pub(super) fn is_among(&self, response: &Response<'_>, scenarios: ScenarioSet) -> bool {
        match scenarios {
            ScenarioSet::All => true,
            ScenarioSet::Controls => {
                response.scenario.category == self.question.plan.control_category
            }
        }
    }

    /// Models with a pair of which both framings were rated.
    pub(super) fn with_gaps(&self) -> impl Iterator<Item = &str> {
        models::gaps(&self.cells)
            .into_keys()
            .map(|(_, model)| model)
            .collect::<BTreeSet<&str>>()
            .into_iter()
    }

    fn gaps(&self) -> models::Source<'_, 'a> {
        let weighted = Some(self.responses).filter(|responses| responses.drawn.is_weighted());
        models::Source { cells: &self.cells, weighted }
    }

    pub(super) fn of_model(&self, model: Option<&str>) -> impl Iterator<Item = &Response<'a>> {
        let of = move |response: &&Response<'a>| model.is_none_or(|model| response.model == model);
        self.responses.all.iter().filter(of)
    }

    /// A value for each response, or for each scenario: the mean over models of the mean over a
    /// model's responses, so that a model with more of them counts no more.
    fn by_unit(
        &self,
        values: Vec<(Response<'_>, Rational)>,
        unit: TestUnit,
        measure: Measured<'_>,
    ) -> Sample {
        if unit == TestUnit::Response {
            let values =
                values.into_iter().map(|(response, value)| (response.scenario.id.clone(), value));
            return self.plain(unit, values.collect(), measure);
        }
        let mut models: BTreeMap<(&str, &str), Vec<&Rational>> = BTreeMap::new();
        for (response, value) in &values {
            let cell = (response.scenario.id.as_str(), response.model);
            models.entry(cell).or_default().push(value);
        }
        let mut scenarios: BTreeMap<&str, Vec<Rational>> = BTreeMap::new();
        for ((scenario, _), values) in models {
            scenarios.entry(scenario).or_default().extend(Rational::mean(values));
        }
        self.means(TestUnit::Scenario, scenarios, measure)
    }

    fn means(
        &self,
        unit: TestUnit,
        groups: BTreeMap<&str, Vec<Rational>>,
        measure: Measured<'_>,
    ) -> Sample {
        let mean = |(name, values): (&str, Vec<_>)| Some((name.into(), Rational::mean(&values)?));
        let values = groups.into_iter().filter_map(mean);
        self.plain(unit, values.collect(), measure)
    }

    /// Of values named by their scenario or pair.
    fn plain(&self, unit: TestUnit, mut values: Vec<Value>, measure: Measured<'_>) -> Sample {
        if matches!(unit, TestUnit::Scenario | TestUnit::Response) {
            for (name, _) in &mut values {
                *name = self.cluster(name).to_owned();
            }
        }
        Sample::of(unit, values, measure)
    }

    /// That of a scenario; a pair is its own.
    fn cluster<'b>(&'b self, name: &'b str) -> &'b str {
        self.clusters.get(name).copied().unwrap_or(name)
    }

    /// Each unit's difference of the means of its two sides, where it has both, and beside them the
    /// difference of the means of all.
    fn sides(&self, unit: TestUnit, rows: &Clusters<'_, 4, Rational>) -> Sample {
        let values = rows
            .named_rows()
            .filter_map(|(name, sides)| Some((name.to_owned(), difference_of_sides(sides)?)));
        let rows = rows.rounded();
        let clustered =
            Clusters::of(rows.named_rows().map(|(name, sides)| (self.cluster(name), *sides)));
        Sample {
            pooled: Some(clustered.measure(ANYTHING, weighted_difference)),
            ..self.plain(unit, values.collect(), RATE)
        }
    }

    fn hit_rate(
        &self,
        contrast: RateContrast,
        partial: PartialCredit,
        model: Option<&str>,
    ) -> Sample {
        let (credit, actions) = (credit(partial), self.actions_of(model));
        let Some(weights) = of_framings(contrast) else {
            let rows = Clusters::of(actions.iter().filter_map(|action| {
                let (value, side) = (action.credit(credit)?, action.colliding?);
                Some((action.scenario.id.as_str(), two_sides(side, value)))
            }));
            return self.sides(TestUnit::Scenario, &rows);
        };
        let pairs = framing_cells(&actions, credit, weights, |_| 1.0);
        let values = pairs
            .named_rows()
            .filter_map(|(pair, sums)| Some((pair.to_owned(), pair_difference(sums, weights)?)));
        let pooled = |sums: &_| framing_difference(sums, weights);
        Sample {
            pooled: Some(pairs.rounded().measure(ANYTHING, pooled)),
            ..self.plain(TestUnit::Pair, values.collect(), RATE)
        }
    }

    fn share(&self, of: ShareOf, code: &str, model: Option<&str>) -> Sample {
        let values = self
            .of_model(model)
            .filter_map(|response| Some((*response, Rational::of(share_of(response, of, code)?)?)));
        let mut sample =
            self.by_unit(values.collect(), TestUnit::Scenario, &|values| values.share());
        if sample.values.is_empty() {
            sample.lacking = Some("the scores hold no codes of this kind".into());
        }
        sample
    }

    fn filtered_gap(&self, model: Option<&str>) -> Sample {
        let rows = Clusters::of(self.of_model(model).filter_map(|response| {
            let (pair, layperson, filtered) = filtered(response)?;
            Some((pair, two_sides(layperson, filtered.into())))
        }));
        self.sides(TestUnit::Pair, &rows)
    }

    fn judge(&self, axis: HarmAxis, unit: TestUnit) -> Sample {
        let bias = self.judge_bias(axis, false).filter(|_| unit == TestUnit::Response);
        let difference: Measured<'_> =
            &|values| bias.clone().unwrap_or_else(|| values.mean_difference(ANYTHING));
        let Some(judge) = self.question.judge else {
            let mut sample = self.plain(unit, Vec::new(), difference);
            sample.lacking = Some("it is about a judge, whose scores were not given".into());
            return sample;
        };
        let name = self.axis(axis);
        let mut sample = self.by_unit(self.judge_differences(judge, axis), unit, difference);
        if sample.values.is_empty() {
            let rater = judge.rater();
            sample.lacking = Some(format!("{rater} graded none of these responses on `{name}`"));
        }
        sample.remarks.extend(rubric_remark(self.question.scored, judge));
        sample
    }

    /// What the judge graded, each with its grade less that of the scores.
    pub(super) fn judge_differences(
        &self,
        judge: &RatedResponses,
        axis: HarmAxis,
    ) -> Vec<(Response<'a>, Rational)> {
        let judged = judge.axis(self.axis(axis));
        let differences = self.responses.all.iter().filter_map(|response| {
            let given = exact(judged.graded(response.item))?;
            Some((*response, &given - &exact(own(response, axis))?))
        });
        differences.collect()
    }

    pub(super) fn actions_of(&self, model: Option<&str>) -> Vec<Action<'a>> {
        let of = |action: &Action<'_>| model.is_none_or(|model| action.model == model);
        self.actions.iter().copied().filter(of).collect()
    }
}

/// How a mean over clusters is measured.
type Measured<'a> = &'a dyn Fn(&Clusters<'_, 2>) -> ReportedMeasure;

/// Differences of rates.
const RATE: Measured<'static> = &|values| values.measure(ANYTHING, ratio);

impl Sample {
    /// Of values with their clusters.
    fn of(unit: TestUnit, values: Vec<Value>, measure: Measured<'_>) -> Self {
        let rows = values.iter().map(|(cluster, value)| (cluster.as_str(), [value.to_f64(), 1.0]));
        let clusters = Clusters::of(rows);
        let shared = unit == TestUnit::Scenario && clusters.count() < values.len() as u64;
        Self {
            unit,
            estimate: measure(&clusters),
            weighted: None,
            values: values.into_iter().map(|(_, value)| value).collect(),
            pooled: None,
            models: models::Design::None,
            lacking: None,
            remarks: shared.then(|| SHARED.to_owned()).into_iter().collect(),
        }
    }

    /// Without any value, and why.
    pub(super) fn none(unit: TestUnit, lacking: String, remarks: Vec<String>) -> Self {
        let estimate = ReportedMeasure(agreement::Measure::Undefined(Undefined::NoItems));
        let (values, lacking) = (Vec::new(), Some(lacking));
        let models = models::Design::None;
        Self { unit, values, estimate, weighted: None, pooled: None, models, lacking, remarks }
    }

    /// The estimate for what the responses were drawn from.
    pub(super) fn drawn_from(&self) -> &ReportedMeasure {
        self.weighted.as_ref().map_or(&self.estimate, |weighted| &weighted.measure)
    }

    /// Why it cannot be tested. Where the test is `weighted` it is not of units.
    pub(super) fn reason(&self, why: Undefined, weighted: bool) -> String {
        match (&self.lacking, why) {
            (None, Undefined::NoVariation) if weighted => {
                "the clusters of the responses do not vary, so how they vary cannot be seen".into()
            }
            (None, why) if weighted => why.to_string(),
            (Some(lacking), _) => lacking.clone(),
            (None, Undefined::NoVariation) => {
                let (unit, n) = (self.unit, self.values.len());
                format!(
                    "all {n} {unit}s have the same value, so how they vary cannot be seen in them"
                )
            }
            (None, Undefined::FewerThanTwoItems) => {
                format!("one {} says nothing about how they vary", self.unit)
            }
            (None, Undefined::Untestable(Untestable::EmptySample)) => {
                format!("no {} has what the test is about", self.unit)
            }
            (None, Undefined::Untestable(Untestable::NoDifferences)) => {
                format!("every {} lies at the value itself, so there is no sign to test", self.unit)
            }
            (None, why) => why.to_string(),
        }
    }
}
