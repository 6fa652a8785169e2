//! Intraclass correlation in its six forms.

use crate::interval::{Interval, Method, f_quantile};
use crate::scores::{check, scaled_to_range};
use crate::{Estimate, Measure, RatingMatrix, Undefined};

/// Deviations of scores below this, relative to the range of the scale, are rounding.
const NEGLIGIBLE: f64 = 1e-13;

/// Which raters are meant, and whether a single rating or the mean of all k raters is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IccForm {
    /// ICC(1,1): each item has raters of its own; one rating.
    OneWay,
    /// ICC(2,1): the raters are a sample of raters; one rating, absolute agreement.
    TwoWayRandom,
    /// ICC(3,1): these raters only; one rating, consistency.
    TwoWayMixed,
    /// ICC(1,k): as ICC(1,1), the mean of k ratings.
    OneWayMean,
    /// ICC(2,k): as ICC(2,1), the mean of k ratings.
    TwoWayRandomMean,
    /// ICC(3,k): as ICC(3,1), the mean of k ratings; Cronbach's alpha of the raters.
    TwoWayMixedMean,
}

impl IccForm {
    /// All six, single ratings first.
    pub const ALL: [Self; 6] = [
        Self::OneWay,
        Self::TwoWayRandom,
        Self::TwoWayMixed,
        Self::OneWayMean,
        Self::TwoWayRandomMean,
        Self::TwoWayMixedMean,
    ];

    /// The form of one rating that this one is, or is the mean of.
    pub fn single(self) -> Self {
        match self {
            Self::OneWay | Self::OneWayMean => Self::OneWay,
            Self::TwoWayRandom | Self::TwoWayRandomMean => Self::TwoWayRandom,
            Self::TwoWayMixed | Self::TwoWayMixedMean => Self::TwoWayMixed,
        }
    }
}

/// The intraclass correlation of the items' scores: the share of their variance that lies between
/// items. `scores` holds the number of each of the K levels. Only items rated by all raters count.
///
/// Unitless, at most 1. It has no standard error; the interval is that of the F distribution, for
/// the two-way random forms with Satterthwaite's degrees of freedom. The interval for the mean of k
/// ratings is the Spearman–Brown transform of that for one.
///
/// Undefined where fewer than two items were rated by all raters, where all scores of those are the
/// same, and for scores that do not fit: one for each level, at most 1e100 in size. Where the items
/// have the same mean score, the forms for a mean are undefined and the others stand without an
/// interval; where the raters leave no residual, so do all forms that are then 1 by definition.
///
/// Sources: P. E. Shrout and J. L. Fleiss (1979), Intraclass correlations: uses in assessing rater
/// reliability, *Psychological Bulletin* 86:420–428; K. O. McGraw and S. P. Wong (1996), Forming
/// inferences about some intraclass correlation coefficients, *Psychological Methods* 1:30–46.
///
/// # Example
/// Six targets by four judges on a scale from 1 to 10, from Shrout and Fleiss (1979), who print these:
/// ```
/// use agreement::{IccForm, RatingMatrix, icc};
///
/// let targets =
///     [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];
/// let rows = targets.map(|scores| scores.map(|score: usize| Some(score - 1)).to_vec());
/// let matrix = RatingMatrix::from_rows(10, &rows).unwrap();
/// let scores: Vec<f64> = (1..=10).map(f64::from).collect();
/// let value = |form| icc(&matrix, form, &scores).estimate().unwrap();
/// let printed = IccForm::ALL.map(|form| format!("{:.2}", value(form)));
/// assert_eq!(printed, ["0.17", "0.29", "0.71", "0.44", "0.62", "0.91"]);
/// ```
pub fn icc(matrix: &RatingMatrix, form: IccForm, scores: &[f64]) -> Measure {
    estimated(matrix, form, scores).into()
}

fn estimated(matrix: &RatingMatrix, form: IccForm, scores: &[f64]) -> Result<Estimate, Undefined> {
    check(scores, matrix.size())?;
    let squares = MeanSquares::of(matrix, &scaled_to_range(scores))?;
    let mean_of_all = form.single() != form;
    let estimate = squares.estimate(form).ok_or(Undefined::NoItemVariance)?;
    let bounds = squares.bounds(form).and_then(|(lo, hi)| {
        let bounds =
            if mean_of_all { (squares.stepped_up(lo)?, squares.stepped_up(hi)?) } else { (lo, hi) };
        let finite = bounds.0.is_finite() && bounds.1.is_finite();
        if finite { Ok(bounds) } else { Err(Undefined::NoFiniteBounds) }
    });
    let interval = bounds.map(|(lo, hi)| Interval::between(lo, hi.max(lo), Method::F));
    Ok(Estimate { estimate, se: None, interval })
}

/// The mean squares of the analysis of variance of items by raters without repeats.
pub(crate) struct MeanSquares {
    /// The number of items.
    n: f64,
    /// The number of raters.
    k: f64,
    /// Between items.
    items: f64,
    /// Between raters.
    raters: f64,
    /// Of what items and raters leave.
    residual: f64,
    /// Within items.
    within: f64,
}

impl MeanSquares {
    fn of(matrix: &RatingMatrix, scores: &[f64]) -> Result<Self, Undefined> {
        let complete = matrix.complete_rows();
        let n: f64 = complete.iter().map(|(count, _)| count).sum();
        let k = matrix.raters() as f64;
        if n == 0.0 {
            return Err(Undefined::NoCompleteItems);
        }
        if n < 2.0 {
            return Err(Undefined::FewerThanTwoItems);
        }
        let mut rater_means = vec![0.0; matrix.raters()];
        for (count, levels) in &complete {
            for (mean, &level) in rater_means.iter_mut().zip(*levels) {
                *mean += count / n * scores[usize::from(level)];
            }
        }
        let mean = rater_means.iter().sum::<f64>() / k;

        // Sums of squares over n, each from its own deviations: differences of totals would cost
        // digits and turn zero into −1e-17.
        let square = |deviation: f64| {
            if deviation.abs() <= NEGLIGIBLE { 0.0 } else { deviation * deviation }
        };
        let raters: f64 = rater_means.iter().map(|rater| square(rater - mean)).sum();
        let (mut items, mut residual, mut within) = (0.0, 0.0, 0.0);
        for (count, levels) in &complete {
            let share = count / n;
            let own = levels.iter().map(|&level| scores[usize::from(level)]).sum::<f64>() / k;
            items += share * k * square(own - mean);
            for (rater, &level) in rater_means.iter().zip(*levels) {
                within += share * square(scores[usize::from(level)] - own);
                residual += share * square(scores[usize::from(level)] - own - (rater - mean));
            }
        }
        if items == 0.0 && within == 0.0 {
            return Err(Undefined::OneLevelByAll);
        }
        Ok(Self {
            residual: residual * n / (n - 1.0) / (k - 1.0),
            ..Self::of_sums(n, k, [items, raters, within])
        })
    }

    /// From the sums of squares over n between items, between raters (of their means) and within items.
    pub(crate) fn of_sums(n: f64, k: f64, [items, raters, within]: [f64; 3]) -> Self {
        let others = n / (n - 1.0);
        let square = |square: f64| if square.abs() <= NEGLIGIBLE { 0.0 } else { square };
        Self {
            n,
            k,
            items: square(items) * others,
            raters: square(raters) * n / (k - 1.0),
            residual: square(within - raters) * others / (k - 1.0),
            within: square(within) / (k - 1.0),
        }
    }

    /// The estimate, unless it is a number over 0 or less, or over the rounding of 0.
    pub(crate) fn estimate(&self, form: IccForm) -> Option<f64> {
        let Self { n, k, items, raters, residual, within } = *self;
        if form.single() != form && items == 0.0 {
            return None;
        }
        let (above, below) = match form {
            IccForm::OneWay => (items - within, items + (k - 1.0) * within),
            IccForm::TwoWayMixed => (items - residual, items + (k - 1.0) * residual),
            IccForm::TwoWayRandom => {
                let own = k * raters / n + (k - 1.0 - k / n) * residual;
                (items - residual, items + own)
            }
            IccForm::OneWayMean => (items - within, items),
            IccForm::TwoWayMixedMean => (items - residual, items),
            IccForm::TwoWayRandomMean => (items - residual, items + (raters - residual) / n),
        };
        let rounding = NEGLIGIBLE * (items + (raters + residual) / n);
        (below > rounding).then_some(above / below)
    }

    /// The bounds for one rating.
    fn bounds(&self, form: IccForm) -> Result<(f64, f64), Undefined> {
        let Self { n, k, items, residual, within, .. } = *self;
        if items == 0.0 {
            return Err(Undefined::NoItemVariance);
        }
        let (error, freedom) = match form {
            IccForm::OneWay | IccForm::OneWayMean => (within, n * (k - 1.0)),
            _ => (residual, (n - 1.0) * (k - 1.0)),
        };
        if error == 0.0 {
            return Err(if within == 0.0 {
                Undefined::CompleteAgreement
            } else {
                Undefined::NoVariation
            });
        }
        if matches!(form, IccForm::TwoWayRandom | IccForm::TwoWayRandomMean) {
            return self.random_bounds();
        }
        let ratio = items / error;
        let bound = |ratio: f64| (ratio - 1.0) / (ratio + k - 1.0);
        let least = ratio / f_quantile(n - 1.0, freedom);
        let most = ratio * f_quantile(freedom, n - 1.0);
        Ok((bound(least), bound(most)))
    }

    /// The bounds of ICC(2,1).
    fn random_bounds(&self) -> Result<(f64, f64), Undefined> {
        let Self { n, k, items, raters, residual, .. } = *self;
        let rho = self.estimate(IccForm::TwoWayRandom).ok_or(Undefined::NoItemVariance)?;
        let of_raters = k * rho * raters / residual;
        let of_rest = n * (1.0 + (k - 1.0) * rho) - k * rho;
        let freedom = (k - 1.0) * (of_raters + of_rest).powi(2)
            / (of_raters * of_raters + of_rest * of_rest / (n - 1.0));
        if !(freedom > 0.0 && freedom.is_finite()) {
            return Err(Undefined::NoFiniteBounds);
        }
        let own = k * raters + (k * n - k - n) * residual;
        let least = items / f_quantile(n - 1.0, freedom);
        let most = items * f_quantile(freedom, n - 1.0);
        let bound = |items: f64| n * (items - residual) / (own + n * items);
        Ok((bound(least), bound(most)))
    }

    /// The Spearman–Brown transform from one rating to the mean of k.
    fn stepped_up(&self, bound: f64) -> Result<f64, Undefined> {
        let below = 1.0 + (self.k - 1.0) * bound;
        if below > 0.0 { Ok(self.k * bound / below) } else { Err(Undefined::NoFiniteBounds) }
    }
}
