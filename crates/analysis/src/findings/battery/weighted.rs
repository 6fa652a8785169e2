//! What is tested, estimated for all responses that could have been drawn.

use super::super::action_rates::{framing_cells, framing_difference};
use super::super::framing::{ModelSides, mean_gap};
use super::super::graded::grade;
use super::super::group::{Clusters, OF_RATES, weighted_difference, weighted_sides};
use super::super::response::Response;
use super::said::{credit, filtered, of_framings, own, share_of};
use super::sample::Samples;
use crate::ReportedMeasure;
use agreement::{SampleMean, Undefined};
use study::{Estimand, Framing, PartialCredit, RateContrast};

/// A weighted estimate: a response counts for as many as it represents, whatever the unit of the test.
pub(super) struct Weighted {
    pub(super) measure: ReportedMeasure,
    /// How many clusters its standard error is over.
    clusters: u64,
}

impl Weighted {
    fn of<const N: usize>(
        rows: &Clusters<'_, N>,
        measure: impl FnOnce(&Clusters<'_, N>) -> ReportedMeasure,
    ) -> Self {
        Self { measure: measure(rows), clusters: rows.count() }
    }

    /// For tests by Student's t.
    pub(super) fn sample_mean(&self) -> Result<SampleMean, Undefined> {
        self.measure.sample_mean(self.clusters)
    }
}

impl<'a> Samples<'a> {
    /// None where units are models, whose gaps are weighted themselves, and without a judge that is asked
    /// about.
    pub(super) fn weighted(&self, estimand: &Estimand, model: Option<&str>) -> Option<Weighted> {
        let range = self.range(estimand);
        let each = |value: &dyn Fn(&Response<'a>) -> Option<f64>| {
            let of = |one: &Response<'a>| Some((one.cluster(), one.weight, [value(one)?, 1.0]));
            Clusters::weighted(self.of_model(model).filter_map(of))
        };
        let found = match estimand {
            Estimand::Harm { axis, scenarios, .. } => {
                let harm =
                    each(&|of| grade(own(of, *axis)).filter(|_| self.is_among(of, *scenarios)));
                Weighted::of(&harm, |harm| harm.mean(self.scale(*axis)))
            }
            Estimand::Share { of, code } => {
                let given = each(&|response| share_of(response, *of, code));
                Weighted::of(&given, |given| given.share())
            }
            Estimand::JudgeDifference { axis, .. } => {
                let differences = self.judge_differences(self.question.judge?, *axis);
                let rows = differences
                    .iter()
                    .map(|(of, value)| (of.cluster(), of.weight, [value.to_f64(), 1.0]));
                let bias = self.judge_bias(*axis, true);
                Weighted::of(&Clusters::weighted(rows), |rows| {
                    bias.unwrap_or_else(|| rows.mean_difference(range))
                })
            }
            Estimand::FramingGap {} => {
                let framings = [Framing::Layperson, Framing::Physician];
                let models =
                    self.with_gaps().filter(|with| model.is_none_or(|model| model == *with));
                let models: Vec<&str> = models.collect();
                let sides = ModelSides::of(self.of_model(model), &models, framings);
                Weighted { measure: sides.gap(range, mean_gap), clusters: sides.count() }
            }
            Estimand::FilteredGap {} => {
                let rows = weighted_sides(self.of_model(model).filter_map(|response| {
                    let (pair, layperson, filtered) = filtered(response)?;
                    Some((pair, response.weight, layperson, f64::from(u8::from(filtered))))
                }));
                Weighted::of(&rows, |rows| rows.measure(range, weighted_difference))
            }
            Estimand::HitRate { contrast, partial } => {
                self.weighted_rate(*contrast, *partial, model)
            }
            Estimand::GapByRank { .. } | Estimand::GapByGroup { .. } => return None,
        };
        Some(found)
    }

    fn weighted_rate(
        &self,
        contrast: RateContrast,
        partial: PartialCredit,
        model: Option<&str>,
    ) -> Weighted {
        let (credit, actions) = (credit(partial), self.actions_of(model));
        match of_framings(contrast) {
            None => {
                let rows = weighted_sides(actions.iter().filter_map(|action| {
                    let (value, first) = (action.credit(credit)?.to_f64(), action.colliding?);
                    Some((action.scenario.cluster(), action.weight, first, value))
                }));
                Weighted::of(&rows, |rows| rows.measure(OF_RATES, weighted_difference))
            }
            Some(weights) => {
                let most: f64 = weights.iter().map(|weight: &f64| weight.abs()).sum();
                let rows =
                    framing_cells(&actions, credit, weights, |action| action.weight).rounded();
                let difference = |sums: &_| framing_difference(sums, weights);
                Weighted::of(&rows, |rows| rows.measure([-most, most], difference))
            }
        }
    }
}
