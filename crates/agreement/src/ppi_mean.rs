//! The mean grade of all items, from few ratings and many predictions.

use std::collections::{BTreeMap, BTreeSet};

use crate::interval::student_t;
use crate::{Estimate, Measure, Undefined};

/// An item with a rating and a prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rated {
    /// The rater's grade.
    pub grade: f64,
    /// The judge's.
    pub predicted: f64,
    /// How many items it stands for: one over the probability with which it was drawn. Above 0; only
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
pub struct PpiMean {
    /// The mean grade of all items, rated or not, in the grades' unit.
    pub mean: Measure,
    /// The same from the ratings alone.
    pub rated_only: Measure,
    /// How much the predictions count.
    pub lambda: f64,
    /// Whether the weights differ, so that the rated items stand for unequal numbers.
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
pub fn ppi_mean(
    rated: &[Rated],
    unrated: &[Unrated],
    lambda: Lambda,
    dependence: Dependence,
) -> Result<PpiMean, Undefined> {
    check(rated, unrated, lambda)?;
    let weighted = rated.iter().any(|item| item.weight != rated[0].weight);
    let parts =
        if weighted { Parts::of_drawn(rated, unrated) } else { Parts::of_random(rated, unrated) };
    let lambda = match lambda {
        Lambda::Fixed(lambda) => lambda,
        Lambda::Tuned if weighted => parts.tuned(),
        Lambda::Tuned => tuned(rated, unrated),
    };
    let units: Vec<usize> = match dependence {
        Dependence::Items => (0..rated.len() + unrated.len()).collect(),
        Dependence::Clusters => {
            let unrated = unrated.iter().map(|item| item.cluster);
            rated.iter().map(|item| item.cluster).chain(unrated).collect()
        }
    };
    let measure = |lambda| parts.measure(lambda, &units);
    // Unrated items have no part in the mean of the ratings.
    let rated_only = parts.measure(0.0, &units[..rated.len()]);
    Ok(PpiMean { mean: measure(lambda), rated_only, lambda, weighted })
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
/// come first.
struct Parts {
    grade: f64,
    excess: f64,
    grades: Vec<f64>,
    excesses: Vec<f64>,
}

impl Parts {
    fn of_random(rated: &[Rated], unrated: &[Unrated]) -> Self {
        let grade = mean(rated.iter().map(|item| item.grade));
        let known = mean(rated.iter().map(|item| item.predicted));
        let others = mean(unrated.iter().map(|item| item.predicted));
        let (n, m) = (rated.len() as f64, unrated.len() as f64);
        Self {
            grade,
            excess: known - others,
            grades: rated.iter().map(|item| (item.grade - grade) / n).collect(),
            excesses: rated
                .iter()
                .map(|item| (item.predicted - known) / n)
                .chain(unrated.iter().map(|item| (others - item.predicted) / m))
                .collect(),
        }
    }

    fn of_drawn(rated: &[Rated], unrated: &[Unrated]) -> Self {
        let weights: f64 = rated.iter().map(|item| item.weight).sum();
        let weighted = |of: &dyn Fn(&Rated) -> f64| {
            rated.iter().map(|item| item.weight / weights * of(item)).sum::<f64>()
        };
        let grade = weighted(&|item| item.grade);
        let known = weighted(&|item| item.predicted);
        let items = (rated.len() + unrated.len()) as f64;
        let sum = rated.iter().map(|item| item.predicted).sum::<f64>()
            + unrated.iter().map(|item| item.predicted).sum::<f64>();
        let all = sum / items;
        let share = |item: &Rated| item.weight / weights;
        Self {
            grade,
            excess: known - all,
            grades: rated.iter().map(|item| share(item) * (item.grade - grade)).collect(),
            excesses: rated
                .iter()
                .map(|item| share(item) * (item.predicted - known) - (item.predicted - all) / items)
                .chain(unrated.iter().map(|item| (all - item.predicted) / items))
                .collect(),
        }
    }

    /// The λ that makes the sum of the squared influences least.
    fn tuned(&self) -> f64 {
        let product = self.grades.iter().zip(&self.excesses).map(|(a, b)| a * b).sum();
        ratio(product, self.excesses.iter().map(|excess| excess * excess).sum())
    }

    /// The estimate, with the variance of the items that `units` puts together, the rated ones first.
    fn measure(&self, lambda: f64, units: &[usize]) -> Measure {
        let estimate = self.grade - lambda * self.excess;
        let influence =
            |at: usize| self.grades.get(at).copied().unwrap_or(0.0) - lambda * self.excesses[at];
        let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
        for (at, unit) in units.iter().enumerate() {
            *sums.entry(*unit).or_default() += influence(at);
        }
        let rated: BTreeSet<&usize> = units[..self.grades.len()].iter().collect();
        if rated.len() < 2 {
            let few = Undefined::FewClusters { clusters: rated.len(), needed: 2 };
            return Measure::Estimated(Estimate { estimate, se: None, interval: Err(few) });
        }
        let (rated, squares) =
            (rated.len() as f64, sums.values().map(|sum| sum * sum).sum::<f64>());
        let se = (squares * rated / (rated - 1.0)).sqrt();
        let interval = match se > 0.0 {
            true => Ok(student_t(estimate, se, rated - 1.0)),
            false => Err(Undefined::AlikeRated),
        };
        Measure::Estimated(Estimate { estimate, se: Some(se), interval })
    }
}
