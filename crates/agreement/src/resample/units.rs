//! Drawing as many units as there are, with replacement.

use super::multinomial::{Alias, alias, one};
use super::{Draw, Multinomial};

/// The most table places that preparing is worth.
const PLACES: usize = 1 << 17;

/// With a smaller share of units of the commonest kind, too many draws would be rejected.
const COMMONEST: f64 = 0.04;

/// A distribution's table holds what is at least this probable, relative to its mode.
const TAIL: f64 = 1e-18;

/// Units of which so many are of each kind, prepared for drawing their number again with
/// replacement: a multinomial whose n and weights are the same in every draw.
///
/// Then all that is slow can be done once. The numbers of all kinds but the commonest are drawn
/// as independent Poisson numbers, each with one look into an alias table, and their sum S is
/// accepted with probability proportional to the ratio of its binomial probability to its Poisson
/// probability; the commonest kind takes the other n − S. Given S, independent Poisson numbers are
/// multinomial (L. Devroye 1986, *Non-Uniform Random Variate Generation*, Springer, section XI.1),
/// so that what is accepted is exactly multinomial, and it is a share of about √p where p is that
/// of the commonest kind. Where tables would be too large or acceptance rare, [`Multinomial`]
/// draws instead; which of the two depends on the numbers of units alone.
#[derive(Clone, Debug)]
pub struct Units {
    n: u64,
    kinds: usize,
    form: Form,
}

#[derive(Clone, Debug)]
enum Form {
    Independent { commonest: usize, others: Vec<(usize, Table)>, acceptance: Acceptance },
    Split(Multinomial),
}

/// A distribution on `first`, `first` + 1, …
#[derive(Clone, Debug)]
struct Table {
    first: u64,
    alias: Vec<Alias>,
}

/// The probability of accepting a sum of `first`, `first` + 1, …; 0 for others.
#[derive(Clone, Debug)]
struct Acceptance {
    first: u64,
    probabilities: Vec<f64>,
}

impl Units {
    /// `weights[k]` units of kind k, fewer than 2^64 in all.
    pub fn new(weights: &[u64]) -> Self {
        let n = weights.iter().fold(0, |n: u64, &weight| n.saturating_add(weight));
        let form =
            independent(weights, n).unwrap_or_else(|| Form::Split(Multinomial::new(weights)));
        Self { n, kinds: weights.len(), form }
    }

    /// The number of kinds.
    pub fn kinds(&self) -> usize {
        self.kinds
    }

    /// Draws as many units as there are: `counts[k]` becomes the number of kind k. `counts` has
    /// one place for each kind; `held` is scratch that saves an allocation.
    pub fn draw(&self, draw: &mut Draw, counts: &mut [u64], held: &mut Vec<u64>) {
        let (commonest, others, acceptance) = match &self.form {
            Form::Split(multinomial) => return multinomial.draw(self.n, draw, counts, held),
            Form::Independent { commonest, others, acceptance } => (*commonest, others, acceptance),
        };
        counts.fill(0);
        loop {
            let mut sum = 0;
            for (kind, table) in others {
                let number = table.first + one(&table.alias, draw) as u64;
                counts[*kind] = number;
                sum += number;
            }
            if draw.unit() < acceptance.of(sum) {
                counts[commonest] = self.n - sum;
                return;
            }
        }
    }
}

fn independent(weights: &[u64], n: u64) -> Option<Form> {
    let (commonest, &most) = weights.iter().enumerate().max_by_key(|&(_, &weight)| weight)?;
    let occupied = weights.iter().filter(|&&weight| weight > 0).count();
    // A table is about 18 standard deviations long.
    let long = |weight: u64| 18.0 * (weight as f64).sqrt() + 18.0;
    let places: f64 = weights.iter().map(|&weight| long(weight)).sum();
    let few = n <= occupied as u64;
    if few || places > PLACES as f64 || (most as f64) < COMMONEST * n as f64 {
        return None;
    }
    let others = (0..weights.len()).filter(|&kind| kind != commonest && weights[kind] > 0);
    Some(Form::Independent {
        commonest,
        others: others.map(|kind| (kind, Table::poisson(weights[kind]))).collect(),
        acceptance: Acceptance::new(n, most),
    })
}

impl Table {
    /// Poisson numbers with this mean, which is also a mode.
    fn poisson(mean: u64) -> Self {
        let (first, probabilities) = about(mean, |k| mean as f64 / k as f64);
        let total: f64 = probabilities.iter().sum();
        let scale = (1u64 << 62) as f64 / total;
        let weights: Vec<u64> = probabilities.iter().map(|p| (p * scale) as u64).collect();
        Self { first, alias: alias(&weights) }
    }
}

impl Acceptance {
    /// The binomial over the Poisson probability of each sum, relative to the largest, for n units
    /// of which `most` are of the commonest kind.
    fn new(n: u64, most: u64) -> Self {
        let ratio = |sum: u64| (n + 1).saturating_sub(sum) as f64 / most as f64;
        let (first, probabilities) = about(n - most, ratio);
        Self { first, probabilities }
    }

    #[inline]
    fn of(&self, sum: u64) -> f64 {
        let place = sum.checked_sub(self.first).map(|place| place as usize);
        place.and_then(|place| self.probabilities.get(place)).copied().unwrap_or(0.0)
    }
}

/// The values of a function about its mode, where it is 1, down to [`TAIL`] on both sides, and the
/// argument of the first: `ratio(k)` is the value at k over that at k − 1.
fn about(mode: u64, ratio: impl Fn(u64) -> f64) -> (u64, Vec<f64>) {
    let mut values = vec![1.0];
    let (mut first, mut value) = (mode, 1.0);
    while first > 0 && value > TAIL {
        value /= ratio(first);
        first -= 1;
        values.push(value);
    }
    values.reverse();
    let (mut last, mut value) = (mode, 1.0);
    while value > TAIL {
        last += 1;
        value *= ratio(last);
        values.push(value);
    }
    (first, values)
}
