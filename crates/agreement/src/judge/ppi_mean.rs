//! The mean grade of all items, from few ratings and many predictions.

use std::collections::{BTreeMap, BTreeSet};

use crate::interval::{UPPER_TAIL, student_t, student_t_quantile};
use crate::rated_items::effect_of_size;
use crate::{Bounds, Estimate, Interval, Measure, Method, Undefined};

/// An item with a rating and a prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rated {
    /// The rater's grade.
    pub grade: f64,
    /// The judge's.
    pub predicted: f64,
    /// How many items it represents: one over the probability with which it was drawn. Above 0; only
    /// the ratios of weights count.
    pub weight: f64,
    /// Items of one cluster depend on each other.
    pub cluster: usize,
}

/// An item with a prediction only.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unrated {
    /// The judge's grade.
    pub predicted: f64,
    /// Items of one cluster depend on each other.
    pub cluster: usize,
}

/// How much the predictions count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lambda {
    /// As much as makes the variance least, from 0 to 1.
    Tuned,
    /// So much: at 0 the predictions are not used, 1 is prediction-powered inference as first
    /// published.
    Fixed(f64),
}

/// What units of a [`ppi_mean`] depend on each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dependence {
    /// Items.
    Items,
    /// Clusters of them.
    Clusters,
}

/// A mean with the help of predictions.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PpiMean {
    /// The mean grade of all items, rated or not, in the grades' unit.
    pub mean: Measure,
    /// The same from the ratings alone.
    pub rated_only: Measure,
    /// How much the predictions count.
    pub lambda: f64,
    /// Whether the weights differ, so that the rated items represent unequal numbers.
    pub weighted: bool,
}

/// The prediction-powered mean: the mean grade of a set of items of which some were rated and all
/// were predicted by a judge.
///
/// θ = λ f̄ + mean(Y − λ f), with f̄ the mean prediction of the unrated items: the judge's mean, put
/// right by the mean of its errors where they are known. It is right however bad the judge is,
/// provided that the rated items are a random sample; a bad judge only leaves it as wide as the mean
/// of the ratings. Tuned, λ = Cov(Y, f) / ((1 + n/N) Var f) with n rated and N unrated items, where
/// the covariance has divisor n, the variance is that of all predictions with divisor n + N − 1.
///
/// With unequal weights, from a sample drawn with known unequal probabilities, the unrated items are
/// no random sample of all, so that f̄ is the mean of all predictions, means of the rated items are
/// weighted ones (Hájek's), and λ is the one that makes the variance of the linearised estimate
/// least. The variance is that of drawing with replacement, which is a little too large for samples
/// that are drawn without and balanced.
///
/// With n rated items, or clusters with rated items, the interval is Student's t with n − 1 degrees of
/// freedom and the variance has the factor n/(n − 1): it is these items whose errors it is estimated
/// from, however many were only predicted. At λ = 0 that is the interval of a mean. The authors' is
/// normal and without the factor, and covers too seldom with few rated items.
///
/// # Errors
/// [`Undefined::NoItems`] without rated items, [`Undefined::FewerThanTwoItems`] with one, [`Undefined::NoUnratedItems`]
/// without unrated ones, [`Undefined::SamplingWeight`] for a weight that is not above 0,
/// [`Undefined::ScoreRange`] for a grade, prediction or λ that is not a number of at most 1e100.
///
/// Sources: A. N. Angelopoulos, S. Bates, C. Fannjiang, M. I. Jordan and T. Zrnic (2023),
/// Prediction-powered inference, *Science* 382:669–674; tuned: A. N. Angelopoulos, J. C. Duchi and
/// T. Zrnic (2023), PPI++: efficient prediction-powered inference, arXiv 2311.01453; weighted: C.-E.
/// Särndal, B. Swensson and J. Wretman (1992), *Model Assisted Survey Sampling*, Springer, chapter 6.
///
/// # Example
/// The judge's mean of the unrated items, 3, and the mean of grade minus prediction of the rated, −1/2:
/// ```
/// use agreement::{Dependence, Lambda, Rated, Unrated, ppi_mean};
///
/// let rated = [(1.0, 1.0), (2.0, 3.0), (0.0, 1.0), (3.0, 3.0)];
/// let rated = rated.map(|(grade, predicted)| Rated { grade, predicted, weight: 1.0, cluster: 0 });
/// let unrated = [1.0, 3.0, 5.0].map(|predicted| Unrated { predicted, cluster: 0 });
/// let found = ppi_mean(&rated, &unrated, Lambda::Fixed(1.0), Dependence::Items).unwrap();
/// assert_eq!(found.mean.estimate(), Some(2.5));
/// assert_eq!(found.rated_only.estimate(), Some(1.5)); // (1 + 2 + 0 + 3) / 4
/// ```
pub fn ppi_mean(
    rated: &[Rated],
    unrated: &[Unrated],
    lambda: Lambda,
    dependence: Dependence,
) -> Result<PpiMean, Undefined> {
    check(rated, unrated, lambda)?;
    let parts = Parts::of(rated, &[], unrated);
    let lambda = match lambda {
        Lambda::Fixed(lambda) => lambda,
        Lambda::Tuned if parts.weighted => parts.tuned(),
        Lambda::Tuned => tuned(rated, unrated),
    };
    let (units, weighted) = (units(rated, unrated, dependence), parts.weighted);
    // Unrated items have no part in the mean of the ratings.
    let rated_only = parts.measure(0.0, &units[..rated.len()]);
    Ok(PpiMean { mean: parts.measure(lambda, &units), rated_only, lambda, weighted })
}

/// [`ppi_mean`] with λ and the interval made after adding one pseudo-item to the rated ones, as the
/// default interval of a mean is: it covers where few items are rated and most have one grade.
///
/// The pseudo-item has each of `grades`, the scale's, alike, and of each the judge predicts half way
/// between it and the mean of the predictions. Its mass c is the design effect of clusters, 1 + 0.1 (m − 1)
/// for m rated items each, times that of the weights. λ makes the variance with it least, so that the
/// same items give the covariance and the variance; the authors take the variance from all items, and
/// where the rated ones hold none of the rare grades λ is then too large for what the mean is. It is at
/// most what keeps the estimate on the scale.
///
/// The estimate and the standard error are those of [`ppi_mean`] at this λ, whose interval is beside
/// as the plain one. With the pseudo-item the estimate is θ⁺ and item i adds uᵢ to it:
///
/// ```text
/// s² = (G + 1)/G · ( Σ (sum of u in the unit)² + K Σ uₖ² ),   G units with rated items, K grades
/// bounds θ⁺ ± t s, t with G − 1 degrees of freedom; stretched to the estimate, cut at the ends of the scale
/// ```
///
/// # Errors
/// Those of [`ppi_mean`]; [`Undefined::ScoreRange`] too for grades of the scale.
///
/// # Example
/// A judge that always predicts 1 adds nothing, so that the mean is that of the ratings:
/// ```
/// use agreement::{Dependence, Rated, Unrated, ppi_mean_augmented};
///
/// let rated = [0.0, 1.0, 2.0, 3.0];
/// let rated = rated.map(|grade| Rated { grade, predicted: 1.0, weight: 1.0, cluster: 0 });
/// let unrated = [Unrated { predicted: 1.0, cluster: 0 }; 4];
/// let grades = [0.0, 1.0, 2.0, 3.0];
/// let found = ppi_mean_augmented(&rated, &unrated, &grades, Dependence::Items).unwrap();
/// assert_eq!((found.lambda, found.mean.estimate()), (0.0, Some(1.5)));
/// ```
pub fn ppi_mean_augmented(
    rated: &[Rated],
    unrated: &[Unrated],
    grades: &[f64],
    dependence: Dependence,
) -> Result<PpiMean, Undefined> {
    check(rated, unrated, Lambda::Tuned)?;
    crate::scores::check(grades, grades.len())?;
    let units = units(rated, unrated, dependence);
    let plain = Parts::of(rated, &[], unrated);
    let augmented = Parts::of(rated, &pseudo_item(rated, unrated, grades, &units), unrated);
    let predicted =
        || rated.iter().map(|item| item.predicted).chain(unrated.iter().map(|item| item.predicted));
    // A judge that always says the same is not listened to, whatever the pseudo-item says.
    let lambda = match predicted().all(|predicted| predicted == rated[0].predicted) {
        true => 0.0,
        false => augmented.tuned().min(plain.furthest(ends(grades))),
    };
    let measure = |lambda: f64, units: &[usize]| match plain.measure(lambda, units) {
        Measure::Estimated(found) => {
            let beside = found.interval.as_ref().ok().map(Bounds::of);
            let bounded = augmented.interval(lambda, units);
            let (lowest, highest) = ends(grades);
            let bounded = bounded.map(|(lo, hi)| {
                let (lo, hi) = (lo.max(lowest), hi.min(highest));
                let (lo, hi) = (lo.min(found.estimate), hi.max(found.estimate));
                Interval { plain: beside, ..Interval::between(lo, hi, Method::AugmentedJackknife) }
            });
            Measure::Estimated(Estimate { interval: bounded, ..found })
        }
        undefined => undefined,
    };
    let rated_only = measure(0.0, &units[..rated.len()]);
    Ok(PpiMean { mean: measure(lambda, &units), rated_only, lambda, weighted: plain.weighted })
}

fn ends(grades: &[f64]) -> (f64, f64) {
    let least = grades.iter().copied().fold(f64::INFINITY, f64::min);
    (least, grades.iter().copied().fold(f64::NEG_INFINITY, f64::max))
}

/// What does not depend on each other, by number: the rated items' first.
fn units(rated: &[Rated], unrated: &[Unrated], dependence: Dependence) -> Vec<usize> {
    match dependence {
        Dependence::Items => (0..rated.len() + unrated.len()).collect(),
        Dependence::Clusters => {
            let unrated = unrated.iter().map(|item| item.cluster);
            rated.iter().map(|item| item.cluster).chain(unrated).collect()
        }
    }
}

/// A part of the pseudo-item for each grade.
fn pseudo_item(
    rated: &[Rated],
    unrated: &[Unrated],
    grades: &[f64],
    units: &[usize],
) -> Vec<Rated> {
    let middle = mean(unrated.iter().map(|item| item.predicted));
    let scale = scale(rated);
    let mut amounts: BTreeMap<usize, f64> = BTreeMap::new();
    for (item, unit) in rated.iter().zip(units) {
        *amounts.entry(*unit).or_default() += scale * item.weight;
    }
    let (n, squares) =
        (amounts.values().sum::<f64>(), amounts.values().map(|own| own * own).sum::<f64>());
    let mass = effect_of_size(squares / n) * rated.len() as f64 / n;
    let part = |grade: &f64| Rated {
        grade: *grade,
        predicted: (grade + middle) / 2.0,
        weight: mass / grades.len() as f64 / scale,
        cluster: 0,
    };
    grades.iter().map(part).collect()
}

/// By what weights are multiplied to add up to their effective number.
fn scale(rated: &[Rated]) -> f64 {
    let sum: f64 = rated.iter().map(|item| item.weight).sum();
    sum / rated.iter().map(|item| item.weight * item.weight).sum::<f64>()
}

fn check(rated: &[Rated], unrated: &[Unrated], lambda: Lambda) -> Result<(), Undefined> {
    if rated.is_empty() {
        return Err(Undefined::NoItems);
    }
    if rated.len() < 2 {
        return Err(Undefined::FewerThanTwoItems);
    }
    if unrated.is_empty() {
        return Err(Undefined::NoUnratedItems);
    }
    if rated.iter().any(|item| !(item.weight > 0.0 && item.weight <= 1e100)) {
        return Err(Undefined::SamplingWeight);
    }
    let grades = rated.iter().flat_map(|item| [item.grade, item.predicted]);
    let grades = grades.chain(unrated.iter().map(|item| item.predicted));
    let fixed = match lambda {
        Lambda::Fixed(lambda) => lambda,
        Lambda::Tuned => 0.0,
    };
    if grades.chain([fixed]).all(|grade| grade.abs() <= 1e100) {
        Ok(())
    } else {
        Err(Undefined::ScoreRange)
    }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len() as f64;
    values.sum::<f64>() / n
}

/// λ where the rated items are a random sample.
fn tuned(rated: &[Rated], unrated: &[Unrated]) -> f64 {
    let (n, others) = (rated.len() as f64, unrated.len() as f64);
    let (grade, predicted) =
        (mean(rated.iter().map(|item| item.grade)), mean(rated.iter().map(|item| item.predicted)));
    let product = |item: &Rated| (item.grade - grade) * (item.predicted - predicted);
    let covariance = mean(rated.iter().map(product));
    let all =
        || rated.iter().map(|item| item.predicted).chain(unrated.iter().map(|item| item.predicted));
    let centre = all().sum::<f64>() / (n + others);
    let squares: f64 = all().map(|predicted| (predicted - centre).powi(2)).sum();
    let variance = squares / (n + others - 1.0);
    ratio(covariance, (1.0 + n / others) * variance)
}

/// A λ from 0 to 1; 0 where the predictions do not vary.
fn ratio(covariance: f64, variance: f64) -> f64 {
    if variance > 0.0 { (covariance / variance).clamp(0.0, 1.0) } else { 0.0 }
}

/// An estimate θ = `grade` − λ `excess`, and what each item adds to the two, linearised. Rated items
/// come first, the parts of a pseudo-item last.
struct Parts {
    grade: f64,
    excess: f64,
    grades: Vec<f64>,
    excesses: Vec<f64>,
    pseudo: Vec<(f64, f64)>,
    weighted: bool,
}

impl Parts {
    /// With unequal weights the unrated items are no random sample, and predictions are compared with
    /// those of all items.
    fn of(rated: &[Rated], pseudo: &[Rated], unrated: &[Unrated]) -> Self {
        let weighted = rated.iter().any(|item| item.weight != rated[0].weight);
        let held = || rated.iter().chain(pseudo);
        let weights: f64 = held().map(|item| item.weight).sum();
        let share = |item: &Rated| item.weight / weights;
        let grade: f64 = held().map(|item| share(item) * item.grade).sum();
        let known: f64 = held().map(|item| share(item) * item.predicted).sum();
        let predicted = || unrated.iter().map(|item| item.predicted);
        let of_all = if weighted { rated } else { &[] };
        let items = (of_all.len() + unrated.len()) as f64;
        let all = (of_all.iter().map(|item| item.predicted).sum::<f64>()
            + predicted().sum::<f64>())
            / items;
        let own = |item: &Rated| share(item) * (item.predicted - known);
        let excess = |item: &Rated| match weighted {
            true => own(item) - (item.predicted - all) / items,
            false => own(item),
        };
        let of_grade = |item: &Rated| share(item) * (item.grade - grade);
        Self {
            grade,
            excess: known - all,
            grades: rated.iter().map(of_grade).collect(),
            excesses: rated
                .iter()
                .map(excess)
                .chain(predicted().map(|predicted| (all - predicted) / items))
                .collect(),
            pseudo: pseudo.iter().map(|item| (of_grade(item), own(item))).collect(),
            weighted,
        }
    }

    /// The largest λ with which the estimate lies between the ends of the scale.
    fn furthest(&self, (lowest, highest): (f64, f64)) -> f64 {
        let room = if self.excess > 0.0 { self.grade - lowest } else { highest - self.grade };
        if self.excess == 0.0 { 1.0 } else { (room / self.excess.abs()).max(0.0) }
    }

    /// The λ that makes the sum of the squared influences least.
    fn tuned(&self) -> f64 {
        let rows = self.pseudo.len() as f64;
        let product: f64 = self.grades.iter().zip(&self.excesses).map(|(a, b)| a * b).sum();
        let square: f64 = self.excesses.iter().map(|excess| excess * excess).sum();
        let added: f64 = self.pseudo.iter().map(|(grade, excess)| grade * excess).sum();
        let more: f64 = self.pseudo.iter().map(|(_, excess)| excess * excess).sum();
        ratio(product + rows * added, square + rows * more)
    }

    /// The number of units with rated items, and the sum of the squares of what each unit adds.
    fn squares(&self, lambda: f64, units: &[usize]) -> (usize, f64) {
        let influence =
            |at: usize| self.grades.get(at).copied().unwrap_or(0.0) - lambda * self.excesses[at];
        let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
        for (at, unit) in units.iter().enumerate() {
            *sums.entry(*unit).or_default() += influence(at);
        }
        let rated: BTreeSet<&usize> = units[..self.grades.len()].iter().collect();
        (rated.len(), sums.values().map(|sum| sum * sum).sum())
    }

    /// The estimate, with the variance of the items that `units` puts together, the rated ones first.
    fn measure(&self, lambda: f64, units: &[usize]) -> Measure {
        let estimate = self.grade - lambda * self.excess;
        let (rated, squares) = self.squares(lambda, units);
        if rated < 2 {
            let few = Undefined::FewClusters { clusters: rated, needed: 2 };
            return Measure::Estimated(Estimate { estimate, se: None, interval: Err(few) });
        }
        let rated = rated as f64;
        let se = (squares * rated / (rated - 1.0)).sqrt();
        let interval = match se > 0.0 {
            true => Ok(student_t(estimate, se, rated - 1.0)),
            false => Err(Undefined::AlikeRated),
        };
        Measure::Estimated(Estimate { estimate, se: Some(se), interval })
    }

    /// The bounds about the estimate with the pseudo-item.
    fn interval(&self, lambda: f64, units: &[usize]) -> Result<(f64, f64), Undefined> {
        let centre = self.grade - lambda * self.excess;
        let (rated, squares) = self.squares(lambda, units);
        if rated < 2 {
            return Err(Undefined::FewClusters { clusters: rated, needed: 2 });
        }
        let unseen = |(grade, excess): &(f64, f64)| (grade - lambda * excess).powi(2);
        let added = self.pseudo.len() as f64 * self.pseudo.iter().map(unseen).sum::<f64>();
        let rated = rated as f64;
        let spread = ((squares + added) * (rated + 1.0) / rated).sqrt();
        let reach = student_t_quantile(rated - 1.0, UPPER_TAIL) * spread;
        Ok((centre - reach, centre + reach))
    }
}
