//! The Mann–Whitney U test.

use super::counted::{doubled_midranks, sorted};
use super::rank::{MOST_STEPS, exact, normal};
use super::{Alternative, Convention, RankDistribution, Test, Tested, Untestable};

/// The Mann–Whitney U test (Wilcoxon's rank sum test) of whether two independent samples come from
/// one distribution. Each sample holds its values with the number of items that had each, in any
/// order and with repetitions.
///
/// The statistic is U of the first sample: the number of pairs of one item from each sample in
/// which the first's is larger, ties counting one half; from 0 to the number of pairs. The exact
/// distribution is that over all ways to share the pooled midranks out between the samples. Under
/// ties it is not symmetric, and two definitions of two sides are in use:
/// [`Alternative::TwoSided`] counts what is as far from the expectation (R's coin),
/// [`Alternative::TwoSidedDoubled`] doubles the smaller tail (scipy, whose own exact distribution is
/// right only without ties).
///
/// Undefined for an empty sample, for values that are not numbers of at most 1e100 in size, for the
/// normal approximations where all values are equal, and where the exact distribution would take
/// too long, which for samples of equal size begins at about 130 items each.
///
/// Sources: H. B. Mann and D. R. Whitney (1947), On a test of whether one of two random variables is
/// stochastically larger than the other, *Annals of Mathematical Statistics* 18:50–60; ties:
/// E. L. Lehmann (1975), *Nonparametrics: Statistical Methods Based on Ranks*, Holden-Day,
/// section 1.4.
///
/// # Example
/// Permeability of the placenta, Hollander and Wolfe (1973); R's wilcox.test prints p = .1272:
/// ```
/// use agreement::{Alternative, RankDistribution, mann_whitney};
///
/// let counted = |values: &[f64]| values.iter().map(|&value| (value, 1)).collect::<Vec<_>>();
/// let term = counted(&[0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]);
/// let earlier = counted(&[1.15, 0.88, 0.90, 0.74, 1.21]);
/// let exact = RankDistribution::ExactConditional;
/// let test = mann_whitney(&term, &earlier, exact, Alternative::Greater);
/// assert_eq!(test.statistic(), Some(35.0));
/// assert_eq!(format!("{:.4}", test.p().unwrap()), "0.1272");
/// ```
pub fn mann_whitney(
    first: &[(f64, u64)],
    second: &[(f64, u64)],
    distribution: RankDistribution,
    alternative: Alternative,
) -> Test {
    tested(first, second, distribution, alternative).into()
}

fn tested(
    first: &[(f64, u64)],
    second: &[(f64, u64)],
    distribution: RankDistribution,
    alternative: Alternative,
) -> Result<Tested, Untestable> {
    let samples = Samples::of(first, second)?;
    let gap = samples.gap();
    let p = match distribution {
        // The distribution of the smaller sample's ranks is the quicker to add up.
        RankDistribution::ExactConditional if samples.first > samples.second => {
            samples.exchanged().exact_p(alternative.exchanged())?
        }
        RankDistribution::ExactConditional => samples.exact_p(alternative)?,
        _ => {
            let deviation = samples.deviation();
            if deviation == 0.0 {
                return Err(Untestable::AllEqual);
            }
            let corrected = distribution == RankDistribution::ContinuityCorrected;
            normal(gap, deviation, corrected, alternative)
        }
    };
    let wins = gap + samples.first * samples.second / 2.0;
    Ok(Tested::ranked(wins, p, &[Convention::FirstSampleWins], distribution, alternative))
}

/// Two samples of `first` and `second` items, pooled into ties.
struct Samples {
    first: f64,
    second: f64,
    ties: Vec<Tie>,
}

/// The items of both samples that have one value.
struct Tie {
    first: f64,
    size: f64,
    doubled_midrank: f64,
}

impl Samples {
    fn of(first: &[(f64, u64)], second: &[(f64, u64)]) -> Result<Self, Untestable> {
        let (of_first, of_second) = (sorted(first)?, sorted(second)?);
        let pooled = sorted(&[first, second].concat())?;
        let midranks = doubled_midranks(pooled.iter().map(|(_, size)| *size));
        let count = |sample: &[(f64, f64)], value: f64| {
            let found = sample.binary_search_by(|(other, _)| other.total_cmp(&value));
            found.map_or(0.0, |position| sample[position].1)
        };
        let ties = pooled.iter().zip(midranks).map(|(&(value, size), doubled_midrank)| Tie {
            first: count(&of_first, value),
            size,
            doubled_midrank,
        });
        let total = |sample: &[(f64, f64)]| sample.iter().map(|(_, count)| count).sum();
        Ok(Self { first: total(&of_first), second: total(&of_second), ties: ties.collect() })
    }

    fn exchanged(&self) -> Self {
        let ties = self.ties.iter().map(|tie| Tie { first: tie.size - tie.first, ..*tie });
        Self { first: self.second, second: self.first, ties: ties.collect() }
    }

    fn items(&self) -> f64 {
        self.first + self.second
    }

    /// U less its expectation: the first sample's ranks, each less the mean rank.
    fn gap(&self) -> f64 {
        let middle = self.items() + 1.0;
        self.ties.iter().map(|tie| tie.first * (tie.doubled_midrank - middle)).sum::<f64>() / 2.0
    }

    /// The standard deviation of U given the ties; exactly 0 where all values are equal.
    fn deviation(&self) -> f64 {
        let middle = self.items() + 1.0;
        let squares: f64 =
            self.ties.iter().map(|tie| tie.size * (tie.doubled_midrank - middle).powi(2)).sum();
        let shares = self.first / self.items() * (self.second / (self.items() - 1.0));
        (squares / 4.0 * shares).sqrt()
    }

    /// The distribution of the first sample's doubled rank sum. Pooled items are shared out one by
    /// one: an item goes to the first sample with the share of its places that are still open.
    fn exact_p(&self, alternative: Alternative) -> Result<f64, Untestable> {
        let items = self.items();
        let places = self.first;
        // The sum of the largest ranks that the first sample could hold, which bounds the grid.
        let mut open = places;
        let mut largest = 0.0;
        for tie in self.ties.iter().rev() {
            let taken = tie.size.min(open);
            largest += taken * tie.doubled_midrank;
            open -= taken;
        }
        if items * places * largest > MOST_STEPS {
            return Err(Untestable::TooManyItems);
        }
        let (places, width) = (places as usize, largest as usize + 1);
        let mut probabilities = vec![vec![0.0; width]; places + 1];
        probabilities[0][0] = 1.0;
        let mut left = items;
        for tie in &self.ties {
            let step = tie.doubled_midrank as usize;
            for _ in 0..tie.size as usize {
                for held in (0..=places).rev() {
                    let taken = (places - held) as f64 / left;
                    let (now, after) = probabilities.split_at_mut(held + 1);
                    let now = &mut now[held];
                    if let Some(after) = after.first_mut() {
                        for sum in 0..width.saturating_sub(step) {
                            after[sum + step] += now[sum] * taken;
                        }
                    }
                    now.iter_mut().for_each(|p| *p *= 1.0 - taken);
                }
                left -= 1.0;
            }
        }
        let observed: f64 = self.ties.iter().map(|tie| tie.first * tie.doubled_midrank).sum();
        let doubled_mean = 2.0 * self.first * (items + 1.0);
        Ok(exact(&probabilities[places], observed as usize, doubled_mean, alternative))
    }
}
