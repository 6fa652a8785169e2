//! Running replicates, in order, on any number of threads.

use std::num::NonZeroUsize;

use super::{Draw, Units};

/// Replicates that share one stream of random numbers, which saves setting up one for each.
/// Replicate i always comes from stream i / 64, so it depends on the seed and on i alone.
const BLOCK: usize = 64;

/// How much to resample, and from which random numbers.
///
/// # Example
/// More threads give the same result sooner:
/// ```
/// use agreement::{ContingencyTable, Resampling, Weights, bootstrap_kappa};
/// use std::num::NonZeroUsize;
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// let alone = Resampling::new(1_000, 7);
/// let shared = alone.on_threads(NonZeroUsize::new(4).unwrap());
/// let kappa = |resampling| bootstrap_kappa(&table, Weights::Identity, resampling).unwrap();
/// assert_eq!(kappa(alone), kappa(shared));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resampling {
    /// B, the number of replicates. Intervals need at least 40, and are steady from about 10,000;
    /// the first replicates of a larger number are those of a smaller one.
    pub replicates: usize,
    /// The seed. The same seed gives the same bytes on any number of threads.
    pub seed: u64,
    /// How many threads share the work.
    pub threads: NonZeroUsize,
}

impl Resampling {
    /// On one thread.
    pub fn new(replicates: usize, seed: u64) -> Self {
        Self { replicates, seed, threads: NonZeroUsize::MIN }
    }

    /// On this many threads.
    pub fn on_threads(self, threads: NonZeroUsize) -> Self {
        Self { threads, ..self }
    }
}

/// The values of the replicates that have one, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Replicates {
    pub(super) values: Vec<f64>,
    pub(super) undefined: usize,
}

/// A statistic of the number of units of each kind, with its own scratch. Behind a pointer, here and in what
/// calls it, so that drawing is compiled once and not for each statistic.
pub(crate) type OfCounts<'a> = Box<dyn FnMut(&[u64]) -> Option<f64> + 'a>;

/// Resamples units of which `weights[k]` are of kind k, and computes a statistic from the number
/// of units of each kind: `statistic()` makes one for each thread.
pub(super) fn replicates<'a>(
    weights: &[u64],
    resampling: Resampling,
    statistic: &(dyn Fn() -> OfCounts<'a> + Sync),
) -> Replicates {
    let units = Units::new(weights);
    let blocks = resampling.replicates.div_ceil(BLOCK);
    let run = |blocks: std::ops::Range<usize>| {
        let mut statistic = statistic();
        let (mut counts, mut held) = (vec![0; weights.len()], Vec::new());
        let mut found = Replicates::default();
        for block in blocks {
            let mut draw = Draw::new(resampling.seed, block as u64);
            for _ in 0..BLOCK.min(resampling.replicates - block * BLOCK) {
                units.draw(&mut draw, &mut counts, &mut held);
                match statistic(&counts) {
                    Some(value) => found.values.push(value),
                    None => found.undefined += 1,
                }
            }
        }
        found
    };
    let threads = resampling.threads.get().min(blocks);
    if threads <= 1 {
        return run(0..blocks);
    }
    let share = |thread: usize| thread * blocks / threads;
    let parts = std::thread::scope(|scope| {
        let run = &run;
        let started: Vec<_> = (0..threads)
            .map(|thread| scope.spawn(move || run(share(thread)..share(thread + 1))))
            .collect();
        started.into_iter().map(|thread| thread.join()).collect::<Vec<_>>()
    });
    let mut all = Replicates::default();
    for part in parts {
        let part = part.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        all.values.extend(part.values);
        all.undefined += part.undefined;
    }
    all
}
