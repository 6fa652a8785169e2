//! The bootstrap of statistics, whose units are clusters: all statistics of the same items from the same draws.

use super::RatedItems;
use super::units::Evaluation;
use crate::resample::{FromDraws, OfCounts, leave_one_out, leave_one_out_of_many, replicates};
use crate::statistic::Statistic;
use crate::{Bootstrap, Estimate, Measure, Resampling, Undefined};
use std::ops::Range;

/// What clusters add to the sums of a statistic is kept up to so many numbers in all, 256 MB, and of statistics up to
/// so many sums; else it is computed for each replicate.
const MOST_KEPT: usize = 1 << 25;
const WIDEST_KEPT: usize = 2_048;

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
        let (estimate, interval) =
            (Evaluation::of(self, statistic)?.estimate()?, Err(Undefined::NoFormula));
        let measure = Measure::Estimated(Estimate { estimate, se: None, interval });
        let mut found = self.bootstrap_all(&[(*statistic, measure)], resampling);
        found.pop().unwrap_or(Err(Undefined::NoItems))
    }

    /// The bootstraps of several statistics, in their order. Each replicate is one draw of the clusters, from which all
    /// are computed, so that many cost little more than one, and the cost does not grow with the number of clusters that
    /// are alike. `statistics` come with their measures by formula, which give the estimates, and why there is no
    /// interval where all replicates are equal.
    ///
    /// # Errors
    /// For each statistic, why it does not exist for these items.
    ///
    /// Source: that of [`Self::bootstrap`].
    ///
    /// # Example
    /// ```
    /// use agreement::{
    ///     ContingencyTable, RatedItems, Resampling, Statistic, Weights, cohen_kappa, fleiss_kappa, RatingMatrix,
    /// };
    ///
    /// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
    /// let kappa = cohen_kappa(&table, Weights::Identity);
    /// let pi = fleiss_kappa(&RatingMatrix::from_table(&table), Weights::Identity);
    /// let statistics =
    ///     [(Statistic::CohenKappa(Weights::Identity), kappa), (Statistic::FleissKappa(Weights::Identity), pi)];
    /// let found = RatedItems::from(&table).bootstrap_all(&statistics, Resampling::new(1_000, 1));
    /// let [Ok(kappa), Ok(pi)] = found.as_slice() else { panic!("{found:?}") };
    /// assert!(kappa.bca.as_ref().unwrap().hi > pi.estimate);
    /// ```
    pub fn bootstrap_all(
        &self,
        statistics: &[(Statistic, Measure)],
        resampling: Resampling,
    ) -> Vec<Result<Bootstrap, Undefined>> {
        let evaluation = |(statistic, measure): &'_ (Statistic<'_>, Measure)| match measure {
            Measure::Estimated(_) => Evaluation::of(self, statistic).err(),
            Measure::Undefined(reason) => Some(*reason),
        };
        let refused: Vec<Option<Undefined>> = statistics.iter().map(evaluation).collect();
        let exist = || statistics.iter().zip(&refused).filter(|(_, refused)| refused.is_none());
        let together = Together::of(
            self,
            exist()
                .filter_map(|((statistic, _), _)| Evaluation::of(self, statistic).ok())
                .collect(),
        );
        let counts = together.counts();
        let of_counts = || -> OfCounts<'_> {
            let mut sums = vec![0.0; together.width];
            let together = &together;
            Box::new(move |counts, values| together.values(counts, &mut sums, values))
        };
        let drawn = replicates(&counts, resampling, together.evaluations.len(), &of_counts);
        let measures = exist().map(|((_, measure), _)| measure);
        let jobs: Vec<(usize, &Measure, FromDraws)> = measures
            .zip(drawn)
            .enumerate()
            .map(|(at, (measure, drawn))| (at, measure, drawn))
            .collect();
        let finish = |(at, measure, drawn): (usize, &Measure, FromDraws)| {
            Bootstrap::of_draws(
                measure,
                &counts,
                resampling,
                drawn,
                together.jackknife(at, &counts),
            )
        };
        let mut found = resampling.on_each(jobs, &finish).into_iter();
        let outcome = |refused: Option<Undefined>| match refused {
            Some(reason) => Err(reason),
            None => found.next().unwrap_or(Err(Undefined::NoItems)),
        };
        refused.into_iter().map(outcome).collect()
    }
}

/// Statistics of the same clusters, with their sums side by side.
struct Together<'a> {
    items: &'a RatedItems,
    evaluations: Vec<Evaluation<'a>>,
    /// Of each statistic the places of its sums.
    places: Vec<Range<usize>>,
    width: usize,
    /// The sums up to here are kept for each cluster.
    kept: usize,
    /// What each kind of cluster adds to these, row by row.
    rows: Vec<f64>,
    /// The sums over all clusters.
    all: Vec<f64>,
}

impl<'a> Together<'a> {
    fn of(items: &'a RatedItems, evaluations: Vec<Evaluation<'a>>) -> Self {
        let width_of = |at: usize| evaluations[at].all().len();
        let (mut places, mut width) = (vec![0..0; evaluations.len()], 0);
        let fits = |width: usize| width * items.units.len() <= MOST_KEPT;
        let mut kept = 0;
        let (keep, add): (Vec<usize>, Vec<usize>) = (0..evaluations.len()).partition(|at| {
            let is_kept = width_of(*at) <= WIDEST_KEPT && fits(kept + width_of(*at));
            kept += if is_kept { width_of(*at) } else { 0 };
            is_kept
        });
        for at in keep.iter().chain(&add).copied() {
            places[at] = width..width + width_of(at);
            width += width_of(at);
        }
        let mut all = vec![0.0; width];
        for (place, evaluation) in places.iter().zip(&evaluations) {
            all[place.clone()].copy_from_slice(evaluation.all());
        }
        let mut rows = vec![0.0; kept * items.units.len()];
        for at in keep {
            let place = &places[at];
            for (row, unit) in rows.chunks_exact_mut(kept).zip(&items.units) {
                evaluations[at].add(unit, 1.0, &mut row[place.clone()]);
            }
        }
        Self { items, evaluations, places, width, kept, rows, all }
    }

    /// How many clusters there are of each kind.
    fn counts(&self) -> Vec<u64> {
        self.items.units.iter().map(|unit| unit.count as u64).collect()
    }

    /// What one cluster of a kind adds to the sums that are kept.
    fn row(&self, unit: usize) -> &[f64] {
        &self.rows[unit * self.kept..][..self.kept]
    }

    /// The statistics of so many clusters of each kind.
    fn values(&self, counts: &[u64], sums: &mut [f64], values: &mut [Option<f64>]) {
        sums.fill(0.0);
        let drawn = || counts.iter().enumerate().filter(|(_, count)| **count > 0);
        for (unit, &count) in drawn() {
            let count = count as f64;
            let own = sums.iter_mut().zip(self.row(unit));
            own.for_each(|(sum, amount)| *sum += count * amount);
        }
        for ((evaluation, place), value) in self.evaluations.iter().zip(&self.places).zip(values) {
            let own = &mut sums[place.clone()];
            if place.start >= self.kept {
                for (unit, &count) in drawn() {
                    evaluation.add(&self.items.units[unit], count as f64, own);
                }
            }
            *value = evaluation.value(own).ok();
        }
    }

    /// The acceleration of one of the statistics.
    fn jackknife(&self, at: usize, counts: &[u64]) -> Result<crate::Jackknife, Undefined> {
        let (evaluation, place) = (&self.evaluations[at], self.places[at].clone());
        let all = &self.all[place.clone()];
        let mut without = all.to_vec();
        if place.start < self.kept || place.is_empty() {
            return leave_one_out(counts, &mut |unit| {
                let row = &self.row(unit)[place.clone()];
                let parts = without.iter_mut().zip(all).zip(row);
                parts.for_each(|((without, all), amount)| *without = all - amount);
                evaluation.value(&without).ok()
            });
        }
        leave_one_out_of_many(counts, &mut |unit| {
            without.copy_from_slice(all);
            evaluation.add(&self.items.units[unit], -1.0, &mut without);
            evaluation.value(&without).ok()
        })
    }
}
