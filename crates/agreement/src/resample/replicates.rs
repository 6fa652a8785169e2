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

    /// What `run` makes of each of the jobs, in their order, dealt to the threads by turns.
    pub(crate) fn on_each<J: Send, T: Send>(
        self,
        jobs: Vec<J>,
        run: &(dyn Fn(J) -> T + Sync),
    ) -> Vec<T> {
        let threads = self.threads.get().min(jobs.len());
        if threads <= 1 {
            return jobs.into_iter().map(run).collect();
        }
        let mut dealt: Vec<Vec<J>> = (0..threads).map(|_| Vec::new()).collect();
        jobs.into_iter().enumerate().for_each(|(at, job)| dealt[at % threads].push(job));
        let mut done: Vec<_> = std::thread::scope(|scope| {
            let own =
                |jobs: Vec<J>| scope.spawn(move || jobs.into_iter().map(run).collect::<Vec<T>>());
            let started: Vec<_> = dealt.into_iter().map(own).collect();
            started.into_iter().map(|thread| thread.join()).collect::<Vec<_>>()
        })
        .into_iter()
        .map(|part| part.unwrap_or_else(|panic| std::panic::resume_unwind(panic)).into_iter())
        .collect();
        let mut next = (0..threads).cycle();
        std::iter::from_fn(|| done[next.next()?].next()).collect()
    }
}

/// The values of the replicates that have one, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FromDraws {
    pub(super) values: Vec<f64>,
    pub(super) undefined: usize,
}

/// Statistics of the number of units of each kind, with their own scratch: puts the value of each, where there is one,
/// into its place. Behind a pointer, here and in what calls it, so that drawing is compiled once and not for each
/// statistic.
pub(crate) type OfCounts<'a> = Box<dyn FnMut(&[u64], &mut [Option<f64>]) + 'a>;

/// Resamples units of which `weights[k]` are of kind k, and computes so many `statistics` from the number
/// of units of each kind: `of_counts()` makes what computes them for each thread.
pub(crate) fn replicates<'a>(
    weights: &[u64],
    resampling: Resampling,
    statistics: usize,
    of_counts: &(dyn Fn() -> OfCounts<'a> + Sync),
) -> Vec<FromDraws> {
    let units = Units::new(weights);
    let blocks = resampling.replicates.div_ceil(BLOCK);
    let run = |blocks: std::ops::Range<usize>| {
        let mut of_counts = of_counts();
        let (mut counts, mut held) = (vec![0; weights.len()], Vec::new());
        let mut values = vec![None; statistics];
        let mut found = vec![FromDraws::default(); statistics];
        for block in blocks {
            let mut draw = Draw::new(resampling.seed, block as u64);
            for _ in 0..BLOCK.min(resampling.replicates - block * BLOCK) {
                units.draw(&mut draw, &mut counts, &mut held);
                of_counts(&counts, &mut values);
                for (found, value) in found.iter_mut().zip(&values) {
                    match value {
                        Some(value) => found.values.push(*value),
                        None => found.undefined += 1,
                    }
                }
            }
        }
        found
    };
    let threads = resampling.threads.get().min(blocks).max(1);
    let share = |thread: usize| thread * blocks / threads;
    let shares = (0..threads).map(|thread| share(thread)..share(thread + 1)).collect();
    let mut all = vec![FromDraws::default(); statistics];
    for part in resampling.on_each(shares, &run) {
        for (all, part) in all.iter_mut().zip(part) {
            all.values.extend(part.values);
            all.undefined += part.undefined;
        }
    }
    all
}
