//! The mean of normal values, such as the gaps of pairs: what Student's t will show of it, exactly.

use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};
use statrs::function::gamma::ln_gamma;

use super::goal::{Goal, PlanError};
use super::outlook::Shown;
use crate::interval::{UPPER_TAIL, student_t_quantile};

/// Steps of the integral over standard deviations.
const STEPS: usize = 2_000;

/// The integral reaches so many standard deviations of the standard deviation.
const TAILS: f64 = 9.0;

const MOST: u64 = 1_000_000_000;

/// Values of this mean and standard deviation, of which so many will be seen. The interval is the mean
/// ± t s/√n with n − 1 degrees of freedom.
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
    /// For a half-width: P(χ² ≤ (n − 1) n w² / (t σ)²). For a bound beyond a value: the power of a
    /// noncentral t, as the mean of Φ(√n δ/σ − t u) over u = s/σ.
    pub fn kept(&self, units: u64, goal: Goal) -> f64 {
        let (n, freedom) = (units as f64, units as f64 - 1.0);
        if freedom < 1.0 {
            return 0.0;
        }
        let t = student_t_quantile(freedom, UPPER_TAIL);
        match goal {
            Goal::HalfWidth { width, .. } => {
                let most = freedom * n * (width / (t * self.deviation)).powi(2);
                ChiSquared::new(freedom).map_or(0.0, |squares| squares.cdf(most))
            }
            Goal::Above { .. } | Goal::Below { .. } => {
                noncentral(n.sqrt() * goal.room(self.expected) / self.deviation, t, freedom)
            }
        }
    }

    /// The half-width that this share of samples stay within.
    pub fn half_width(&self, units: u64, share: f64) -> f64 {
        let (n, freedom) = (units as f64, (units as f64 - 1.0).max(1.0));
        let t = student_t_quantile(freedom, UPPER_TAIL);
        let squares =
            ChiSquared::new(freedom).map_or(freedom, |squares| squares.inverse_cdf(share));
        t * self.deviation * (squares / freedom / n).sqrt()
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

/// P(Z > t u − shift), Z standard normal and u² a χ² over its degrees of freedom.
fn noncentral(shift: f64, t: f64, freedom: f64) -> f64 {
    let spread = TAILS / (2.0 * freedom).sqrt();
    let (from, to) = ((1.0 - spread).max(0.0), 1.0 + spread);
    let half = freedom / 2.0;
    let constant = 2f64.ln() + half * half.ln() - ln_gamma(half);
    let width = (to - from) / STEPS as f64;
    let term = |step: usize| {
        let u = from + (step as f64 + 0.5) * width;
        let density = (constant + (freedom - 1.0) * u.ln() - half * u * u).exp();
        density * width * Normal::standard().cdf(shift - t * u)
    };
    (0..STEPS).map(term).sum::<f64>().min(1.0)
}

/// The mean of some values with the interval ± t s/√n; none for fewer than three, or equal values.
pub fn t_interval(values: &[f64]) -> Option<Shown> {
    let n = values.len() as f64;
    let estimate = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - estimate).powi(2)).sum();
    if n < 3.0 || squares <= f64::EPSILON * n {
        return None;
    }
    let reach = student_t_quantile(n - 1.0, UPPER_TAIL) * (squares / (n - 1.0) / n).sqrt();
    Some(Shown { estimate, lo: estimate - reach, hi: estimate + reach })
}
