//! Spearman's rank correlation.

use super::counted::{doubled_midranks, sorted};
use super::extreme::Extreme;
use super::rank::MOST_STEPS;
use super::{Alternative, Convention, MonteCarlo, Test, Tested, Untestable, tail};
use crate::draw::Draw;

/// Up to this many items all orders are enumerated: 9! is 362,880.
const FEW: f64 = 9.0;

/// How Spearman's correlation gets its p-value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CorrelationDistribution {
    /// All orders of the second values for up to 9 items; above, `replicates` random orders, seeded
    /// and recorded, with p = (b + 1)/(B + 1).
    Permutation(MonteCarlo),
    /// Student's t with n − 2 degrees of freedom for ρ√((n − 2)/(1 − ρ²)): poor for few items.
    StudentT,
}

/// The test that Spearman's rank correlation is 0, of which the hypothesis is that the two values
/// of an item are independent. `pairs` holds the two values of an item with the number of items
/// that had them.
///
/// The statistic is ρ, Pearson's correlation of the midranks, from −1 to 1; with the t
/// approximation `df` is n − 2. Ties are taken as they are: permutations keep them. The Edgeworth
/// series that R uses from n = 10 on is not offered, as it gives 0 in the far tail.
///
/// Undefined for fewer than 3 items, where either value is the same for all items, for values that
/// are not numbers of at most 1e100 in size, for no replicates or too many items to draw, and by
/// the t approximation where ρ is 1 or −1.
///
/// Sources: C. Spearman (1904), The proof and measurement of association between two things,
/// *American Journal of Psychology* 15:72–101; Monte Carlo p: B. Phipson and G. K. Smyth (2010),
/// *Statistical Applications in Genetics and Molecular Biology* 9:39.
///
/// # Example
/// Of the 120 orders of five values, five have a correlation of .9 or more:
/// ```
/// use agreement::{Alternative, CorrelationDistribution, MonteCarlo, spearman};
///
/// let pairs = [(1.0, 1.0, 1), (2.0, 2.0, 1), (3.0, 3.0, 1), (4.0, 5.0, 1), (5.0, 4.0, 1)];
/// let monte_carlo = MonteCarlo { seed: 1, replicates: 9_999 }; // not needed for so few
/// let distribution = CorrelationDistribution::Permutation(monte_carlo);
/// assert_eq!(spearman(&pairs, distribution, Alternative::Greater).p(), Some(5.0 / 120.0));
/// ```
pub fn spearman(
    pairs: &[(f64, f64, u64)],
    distribution: CorrelationDistribution,
    alternative: Alternative,
) -> Test {
    tested(pairs, distribution, alternative).into()
}

/// The correlation of [`spearman`] alone.
///
/// # Errors
/// Where the correlation itself is undefined.
///
/// # Example
/// ```
/// use agreement::spearman_rho;
///
/// let pairs = [(1.0, 1.0, 1), (2.0, 2.0, 1), (3.0, 3.0, 1), (4.0, 5.0, 1), (5.0, 4.0, 1)];
/// let rho = spearman_rho(&pairs).unwrap();
/// assert_eq!(format!("{rho:.3}"), "0.900"); // 1 - 6 · 2 / (5 · 24)
/// ```
pub fn spearman_rho(pairs: &[(f64, f64, u64)]) -> Result<f64, Untestable> {
    Ok(Ranked::of(pairs)?.rho())
}

fn tested(
    pairs: &[(f64, f64, u64)],
    distribution: CorrelationDistribution,
    alternative: Alternative,
) -> Result<Tested, Untestable> {
    let ranked = Ranked::of(pairs)?;
    let rho = ranked.rho();
    match distribution {
        CorrelationDistribution::StudentT => {
            let df = ranked.items - 2.0;
            // Below this, 1 − ρ² is the rounding of 0.
            if 1.0 - rho.abs() < 1e-14 {
                return Err(Untestable::PerfectCorrelation);
            }
            let t = rho * (df / ((1.0 - rho) * (1.0 + rho))).sqrt();
            let (greater, less) = (tail::student_t(t, df), tail::student_t(-t, df));
            let p = alternative.doubled(greater, less);
            let conventions = vec![Convention::StudentT, alternative.convention()];
            Ok(Tested { df: Some(df), ..Tested::plain(rho, p) }.by(conventions))
        }
        CorrelationDistribution::Permutation(_) if ranked.items <= FEW => {
            let conventions = vec![Convention::ExactConditional, alternative.convention()];
            Ok(Tested::plain(rho, ranked.enumerated().p(alternative, 0)).by(conventions))
        }
        CorrelationDistribution::Permutation(monte_carlo) => {
            let p = ranked.drawn(monte_carlo)?.p(alternative, 1);
            let conventions = vec![Convention::MonteCarlo, alternative.convention()];
            let tested = Tested::plain(rho, p).by(conventions);
            Ok(Tested { monte_carlo: Some(monte_carlo), ..tested })
        }
    }
}

/// Pairs of doubled midranks less their mean, which are whole numbers, each with its count.
struct Ranked {
    pairs: Vec<(f64, f64, f64)>,
    items: f64,
}

impl Ranked {
    fn of(pairs: &[(f64, f64, u64)]) -> Result<Self, Untestable> {
        let first = centred(pairs.iter().map(|&(value, _, count)| (value, count)))?;
        let second = centred(pairs.iter().map(|&(_, value, count)| (value, count)))?;
        let ranked = pairs.iter().filter(|(_, _, count)| *count > 0);
        let pairs: Vec<_> =
            ranked.map(|&(a, b, count)| (first(a), second(b), count as f64)).collect();
        let items: f64 = pairs.iter().map(|(_, _, count)| count).sum();
        if items < 3.0 {
            return Err(Untestable::FewerThanThreeItems);
        }
        let varies = |rank: fn(&(f64, f64, f64)) -> f64| pairs.iter().any(|p| rank(p) != 0.0);
        if !varies(|pair| pair.0) || !varies(|pair| pair.1) {
            return Err(Untestable::ConstantValues);
        }
        Ok(Self { pairs, items })
    }

    fn rho(&self) -> f64 {
        let sum = |term: fn(f64, f64) -> f64| -> f64 {
            self.pairs.iter().map(|&(a, b, count)| count * term(a, b)).sum()
        };
        let rho = sum(|a, b| a * b) / (sum(|a, _| a * a).sqrt() * sum(|_, b| b * b).sqrt());
        rho.clamp(-1.0, 1.0)
    }

    /// The ranks item by item.
    fn items(&self) -> (Vec<i128>, Vec<i128>) {
        let repeated = self
            .pairs
            .iter()
            .flat_map(|&(a, b, count)| std::iter::repeat_n((a as i128, b as i128), count as usize));
        repeated.unzip()
    }

    fn enumerated(&self) -> Extreme<i128> {
        let (first, mut second) = self.items();
        let mut extreme = Extreme::than(product(&first, &second));
        each_order(&mut second, 0, &mut |order| extreme.count(&product(&first, order)));
        extreme
    }

    fn drawn(&self, monte_carlo: MonteCarlo) -> Result<Extreme<i128>, Untestable> {
        let replicates = monte_carlo.replicates;
        if replicates == 0 {
            return Err(Untestable::NoReplicates);
        }
        if self.items * f64::from(replicates) > MOST_STEPS {
            return Err(Untestable::TooManyItems);
        }
        let (first, mut second) = self.items();
        let mut draw = Draw::new(monte_carlo.seed, 0);
        let mut extreme = Extreme::than(product(&first, &second));
        for _ in 0..replicates {
            draw.shuffle(&mut second);
            extreme.count(&product(&first, &second));
        }
        Ok(extreme)
    }
}

/// The rank of a value: its doubled midrank less the mean of all.
fn centred(values: impl Iterator<Item = (f64, u64)>) -> Result<impl Fn(f64) -> f64, Untestable> {
    let values: Vec<(f64, u64)> = values.collect();
    let ties = sorted(&values)?;
    let items: f64 = ties.iter().map(|(_, size)| size).sum();
    let midranks = doubled_midranks(ties.iter().map(|(_, size)| *size));
    Ok(move |value: f64| {
        let position = ties.partition_point(|(other, _)| *other < value);
        midranks[position] - (items + 1.0)
    })
}

/// Centred midranks are below 2³³ for any number of items that can be drawn, so that no sum of
/// products leaves 128 bits.
fn product(first: &[i128], second: &[i128]) -> i128 {
    first.iter().zip(second).map(|(a, b)| a * b).sum()
}

/// Visits every order of the values from position `fixed` on, and restores them.
fn each_order(values: &mut [i128], fixed: usize, visit: &mut impl FnMut(&[i128])) {
    if fixed == values.len() {
        visit(values);
        return;
    }
    for chosen in fixed..values.len() {
        values.swap(fixed, chosen);
        each_order(values, fixed + 1, visit);
        values.swap(fixed, chosen);
    }
}
