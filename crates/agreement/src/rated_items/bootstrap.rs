//! The bootstrap of a statistic, whose units are clusters.

use super::RatedItems;
use super::units::Evaluation;
use crate::resample::{OfCounts, bootstrap_units, leave_one_out};
use crate::statistic::Statistic;
use crate::{Bootstrap, Estimate, Measure, Resampling, Undefined};

impl RatedItems {
    /// The bootstrap of a statistic: whole clusters are drawn with replacement, with the items of each
    /// and their weights.
    ///
    /// # Errors
    /// Why the statistic does not exist for these items.
    ///
    /// Source: A. C. Davison and D. V. Hinkley (1997), *Bootstrap Methods and their Application*,
    /// Cambridge University Press, section 3.8.
    pub fn bootstrap(
        &self,
        statistic: &Statistic,
        resampling: Resampling,
    ) -> Result<Bootstrap, Undefined> {
        let evaluation = Evaluation::of(self, statistic)?;
        let (estimate, interval) = (evaluation.estimate()?, Err(Undefined::NoFormula));
        let measure = Measure::Estimated(Estimate { estimate, se: None, interval });
        let rows: Vec<Vec<f64>> = evaluation.each().map(|(own, ..)| own).collect();
        let counts: Vec<u64> = self.units.iter().map(|unit| unit.count as u64).collect();
        let (rows, evaluation) = (&rows, &evaluation);
        let of_counts = || -> OfCounts<'_> {
            let mut sums = vec![0.0; evaluation.all().len()];
            Box::new(move |counts| {
                sums.fill(0.0);
                for (row, &count) in rows.iter().zip(counts).filter(|(_, count)| **count > 0) {
                    let count = count as f64;
                    sums.iter_mut().zip(row).for_each(|(sum, amount)| *sum += count * amount);
                }
                evaluation.value(&sums).ok()
            })
        };
        let jackknife = || {
            let without: Vec<Option<f64>> =
                evaluation.without_each(evaluation.all()).map(|(value, _)| value.ok()).collect();
            leave_one_out(&counts, &mut |unit| without[unit])
        };
        bootstrap_units(&counts, &measure, resampling, &of_counts, &jackknife)
    }
}
