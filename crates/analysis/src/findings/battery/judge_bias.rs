//! A judge's bias over responses, with the digits of `primum judge`.

use super::sample::Samples;
use crate::rated::{Placed, Tables};
use crate::{Effort, Intervals, ReportedMeasure};
use agreement::{ContingencyTable, Resampling, SharedRatings, Statistic, mean_difference};
use std::ops::ControlFlow;
use study::{Grade, HarmAxis, Reference};

impl Samples<'_> {
    /// The judge's grade less that of the average rater, each response counting once or by its weight. None
    /// where another reference was asked for or a grade is off the scale: then there are no pairs of grades.
    pub(super) fn judge_bias(&self, axis: HarmAxis, weighted: bool) -> Option<ReportedMeasure> {
        let (judge, scored) = (self.question.judge?, self.question.scored);
        if scored.reference != Reference::Average {
            return None;
        }
        let [lowest, highest] = self.scale(axis);
        let level = |grade: Grade| {
            let on_scale = (lowest..=highest).contains(&grade);
            on_scale.then(|| usize::try_from(grade - lowest).ok()).flatten()
        };
        let (judged, own) = (judge.axis(self.axis(axis)), scored.axis(self.axis(axis)));
        let mut placed = Vec::new();
        for response in &self.responses.all {
            let (judged, own) = (judged.grades(response.item), own.grades(response.item));
            let share = 1.0 / own.len() as f64;
            let ratings = match judged.as_slice() {
                [] => continue,
                [judged] => own
                    .iter()
                    .map(|own| Some((vec![Some(level(*own)?), Some(level(*judged)?)], share))),
                _ => return None,
            };
            let ratings = ratings.collect::<Option<SharedRatings>>()?;
            let weight = if weighted { response.weight } else { 1.0 };
            if !ratings.is_empty() {
                placed.push(Placed { cluster: Some(response.cluster()), weight, ratings });
            }
        }
        let turned: Vec<f64> = (lowest..=highest).map(|grade| -f64::from(grade)).collect();
        let tables = Tables::of_pairs(turned.len(), placed).ok()?;
        let nothing = |_, _| ControlFlow::Continue(());
        // The default interval draws nothing.
        let resampling = Resampling::new(1, 1);
        let effort = Effort { intervals: Intervals::Auto, resampling, step: &nothing };
        let of_table = |table: &ContingencyTable| mean_difference(table, &turned);
        Some(tables.measure(&effort, &Statistic::MeanDifference(&turned), &of_table))
    }
}
