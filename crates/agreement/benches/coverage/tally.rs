//! How often intervals hold the truth.

use agreement::{Draw, Interval, Undefined};

use crate::design::{Design, Sample, whole};
use crate::population::{Cuts, Population};
use crate::quantity::Quantity;

/// What became of the intervals of one quantity by one rule.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Samples that have an estimate.
    pub samples: usize,
    /// Those whose interval holds the truth.
    covered: usize,
    /// Those without an interval, or with one of no width.
    none: usize,
    /// Those whose interval lies above the truth.
    above: usize,
    /// Those whose interval lies below it.
    below: usize,
    widths: Vec<f32>,
}

impl Tally {
    fn take(&mut self, bounds: Option<(f64, f64)>, truth: f64, range: (f64, f64)) {
        self.samples += 1;
        match bounds.filter(|(lo, hi)| lo < hi) {
            None => self.none += 1,
            Some((lo, hi)) => {
                // The truth comes from a sample; a bound of 1 may not miss one that is 1 but for rounding.
                let (above, below) = (lo > truth + 1e-9, hi < truth - 1e-9);
                self.above += usize::from(above);
                self.below += usize::from(below);
                self.covered += usize::from(!above && !below);
                self.widths.push((hi.min(range.1) - lo.max(range.0)) as f32);
            }
        }
    }

    fn share(&self, count: usize) -> f64 {
        count as f64 / self.samples.max(1) as f64
    }

    /// The share that holds the truth; no interval counts as a miss.
    pub fn coverage(&self) -> f64 {
        self.share(self.covered)
    }

    /// The half-width of the 95 % interval of the coverage by chance alone.
    pub fn chance(&self) -> f64 {
        let coverage = self.coverage();
        1.96 * (coverage * (1.0 - coverage) / self.samples.max(1) as f64).sqrt()
    }

    /// The share without an interval.
    pub fn none(&self) -> f64 {
        self.share(self.none)
    }

    /// The shares that lie above and below the truth.
    pub fn misses(&self) -> (f64, f64) {
        (self.share(self.above), self.share(self.below))
    }

    /// The median width of the intervals that exist, cut to the range; none where there is none.
    pub fn width(&self) -> Option<f64> {
        let mut widths = self.widths.clone();
        widths.sort_unstable_by(f32::total_cmp);
        widths.get(widths.len() / 2).map(|&width| f64::from(width))
    }
}

/// A quantity in a population by a design: what the default interval does, and the plain jackknife.
#[derive(Clone, Debug)]
pub struct Found {
    pub quantity: Quantity,
    pub truth: f64,
    pub default: Tally,
    pub plain: Tally,
}

/// What is known of a population.
pub struct Known {
    cuts: Cuts,
    truths: Vec<(Quantity, f64)>,
}

impl Known {
    /// The quantities' values in a population, from a sample of so many items.
    pub fn of(population: &Population, quantities: &[Quantity], items: usize, seed: u64) -> Self {
        let mut draw = Draw::new(seed ^ digest(&population.name), u64::MAX);
        let cuts = population.cuts(&mut draw);
        let all = whole(population, &cuts, items, &mut draw);
        let value =
            |&quantity: &Quantity| quantity.measure(&all).estimate().map(|truth| (quantity, truth));
        let own = quantities.iter().filter(|quantity| quantity.is_its_own(population.grades()));
        let truths = own.filter_map(value).collect();
        Self { cuts, truths }
    }
}

impl Known {
    /// Where grades begin.
    pub fn cuts(&self) -> &Cuts {
        &self.cuts
    }
}

/// Draws samples and counts.
pub fn simulate(
    population: &Population,
    design: &Design,
    known: &Known,
    runs: usize,
    seed: u64,
) -> Vec<Found> {
    let empty = |&(quantity, truth): &(Quantity, f64)| Found {
        quantity,
        truth,
        default: Tally::default(),
        plain: Tally::default(),
    };
    let mut found: Vec<Found> = known.truths.iter().map(empty).collect();
    let seed = seed ^ digest(&format!("{} {design:?}", population.name));
    for run in 0..runs {
        let mut draw = Draw::new(seed, run as u64);
        let sample = design.sample(population, known.cuts(), &mut draw);
        found.iter_mut().for_each(|found| found.take(&sample));
    }
    found
}

impl Found {
    fn take(&mut self, sample: &Sample) {
        let measure = self.quantity.measure(sample);
        let refused = Some(Undefined::FewerThanThreeItems) == measure.undefined()
            || matches!(measure.undefined(), Some(Undefined::FewClusters { .. }));
        if measure.estimate().is_none() || refused {
            return;
        }
        let range = self.quantity.range(sample.rated.size());
        let ends = |interval: &Interval| (interval.lo, interval.hi);
        let default = measure.interval().map(ends);
        let plain = match measure.interval() {
            Some(interval) => interval.plain.map(|plain| (plain.lo, plain.hi)),
            None => self.quantity.plain(sample).map(|plain| ends(&plain)),
        };
        self.default.take(default, self.truth, range);
        self.plain.take(plain, self.truth, range);
    }
}

/// A number for a name: Fowler, Noll and Vo's hash, by which a set-up's draws do not depend on others.
pub fn digest(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
