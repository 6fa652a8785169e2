//! The mean of normal gaps of pairs: what its interval will show, exactly.

use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};
use statrs::function::gamma::ln_gamma;

use super::goal::{Goal, PlanError};
use super::outlook::Shown;
use crate::interval::{UPPER_TAIL, student_t_quantile};
use crate::resample::APART;

/// Steps of the integral over standard deviations.
const STEPS: usize = 2_000;

/// The integral reaches so many standard deviations of the standard deviation.
const TAILS: f64 = 9.0;

const MOST: u64 = 1_000_000_000;

/// Gaps of this mean and standard deviation, in grades, of which so many will be seen. The interval is that
/// of [`crate::gap_clusters`]: the mean ± t √(s²/n + 1/(3n²)) with n − 1 degrees of freedom.
///
/// # Example
/// ```
/// use agreement::{Goal, NormalMeans};
///
/// let gaps = NormalMeans::new(0.5, 1.0).unwrap();
/// let goal = Goal::Above { value: 0.0, power: 0.8 };
/// let units = gaps.units(goal).unwrap();
/// assert_eq!(units, 34); // the paired t test needs 33.4 pairs
/// assert!(gaps.kept(units, goal) >= 0.8 && gaps.kept(units - 1, goal) < 0.8);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NormalMeans {
    expected: f64,
    deviation: f64,
}

impl NormalMeans {
    /// # Errors
    /// [`PlanError::Deviation`] unless `deviation` is above 0.
    pub fn new(expected: f64, deviation: f64) -> Result<Self, PlanError> {
        if deviation > 0.0 && deviation.is_finite() && expected.is_finite() {
            Ok(Self { expected, deviation })
        } else {
            Err(PlanError::Deviation(deviation))
        }
    }

    /// The probability that a sample of `units` values keeps a goal.
    ///
    /// For a half-width: P(χ² ≤ (n − 1) (n w²/t² − 1/(3n)) / σ²). For a bound beyond a value: as the power of a
    /// noncentral t, the mean of Φ(√n δ/σ − t √(u² + 1/(3nσ²))) over u = s/σ.
    pub fn kept(&self, units: u64, goal: Goal) -> f64 {
        let (n, freedom) = (units as f64, units as f64 - 1.0);
        if freedom < 1.0 {
            return 0.0;
        }
        let t = student_t_quantile(freedom, UPPER_TAIL);
        match goal {
            Goal::HalfWidth { width, .. } => {
                let most = freedom * (n * (width / (t * self.deviation)).powi(2) - self.unseen(n));
                ChiSquared::new(freedom).map_or(0.0, |squares| squares.cdf(most.max(0.0)))
            }
            Goal::Above { .. } | Goal::Below { .. } => {
                let shift = n.sqrt() * goal.room(self.expected) / self.deviation;
                noncentral(shift, t, freedom, self.unseen(n))
            }
        }
    }

    /// The half-width that this share of samples stay within.
    pub fn half_width(&self, units: u64, share: f64) -> f64 {
        let (n, freedom) = (units as f64, (units as f64 - 1.0).max(1.0));
        let t = student_t_quantile(freedom, UPPER_TAIL);
        let squares =
            ChiSquared::new(freedom).map_or(freedom, |squares| squares.inverse_cdf(share));
        t * self.deviation * ((squares / freedom + self.unseen(n)) / n).sqrt()
    }

    /// By how much the interval assumes that s²/σ² is more.
    fn unseen(&self, n: f64) -> f64 {
        APART / (n * self.deviation * self.deviation)
    }

    /// The smallest number of values from which on a goal is kept with its probability.
    ///
    /// # Errors
    /// [`PlanError`] for goals that cannot be, and beyond 10⁹ values.
    pub fn units(&self, goal: Goal) -> Result<u64, PlanError> {
        let goal = goal.checked(self.expected)?;
        let keeps = |units| self.kept(units, goal) >= goal.probability();
        let mut high = 3;
        while !keeps(high) {
            high *= 2;
            if high > MOST {
                return Err(PlanError::TooMany(MOST));
            }
        }
        let mut low = 2;
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            *(if keeps(middle) { &mut high } else { &mut low }) = middle;
        }
        Ok(high)
    }
}

/// P(Z > t √(u² + unseen) − shift), Z standard normal and u² a χ² over its degrees of freedom.
fn noncentral(shift: f64, t: f64, freedom: f64, unseen: f64) -> f64 {
    let spread = TAILS / (2.0 * freedom).sqrt();
    let (from, to) = ((1.0 - spread).max(0.0), 1.0 + spread);
    let half = freedom / 2.0;
    let constant = 2f64.ln() + half * half.ln() - ln_gamma(half);
    let width = (to - from) / STEPS as f64;
    let term = |step: usize| {
        let u = from + (step as f64 + 0.5) * width;
        let density = (constant + (freedom - 1.0) * u.ln() - half * u * u).exp();
        density * width * Normal::standard().cdf(shift - t * (u * u + unseen).sqrt())
    };
    (0..STEPS).map(term).sum::<f64>().min(1.0)
}

/// The mean of some gaps with its interval; none for fewer than three.
///
/// # Example
/// Gaps with mean 1 and variance 1, t = 4.303 with two degrees of freedom: 1 ± 4.303 √(1/3 + 1/27):
/// ```
/// use agreement::mean_gap;
///
/// let gap = mean_gap(&[0.0, 1.0, 2.0]).unwrap();
/// assert_eq!(format!("{:.3} [{:.3}, {:.3}]", gap.estimate, gap.lo, gap.hi), "1.000 [-1.619, 3.619]");
/// ```
pub fn mean_gap(gaps: &[f64]) -> Option<Shown> {
    let n = gaps.len() as f64;
    if n < 3.0 {
        return None;
    }
    let estimate = gaps.iter().sum::<f64>() / n;
    let squares: f64 = gaps.iter().map(|gap| (gap - estimate).powi(2)).sum();
    let spread = (squares / (n - 1.0) / n + APART / (n * n)).sqrt();
    let reach = student_t_quantile(n - 1.0, UPPER_TAIL) * spread;
    Some(Shown { estimate, lo: estimate - reach, hi: estimate + reach })
}
