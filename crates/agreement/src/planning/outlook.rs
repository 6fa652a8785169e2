//! What studies of one size will show.

use super::goal::Goal;

/// What one study shows: an estimate and its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown {
    /// The estimate.
    pub estimate: f64,
    /// The lower bound.
    pub lo: f64,
    /// The upper bound.
    pub hi: f64,
}

/// Simulated studies of one size. A study without an interval keeps no promise, and its half-width is
/// infinite.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    units: u64,
    samples: usize,
    estimates: Vec<f64>,
    /// Ascending.
    half_widths: Vec<f64>,
    los: Vec<f64>,
    his: Vec<f64>,
}

impl Outlook {
    pub(super) fn of(units: u64, studies: &[Option<Shown>]) -> Self {
        let shown = || studies.iter().flatten();
        let sorted = |of: &dyn Fn(&Shown) -> f64| {
            let mut values: Vec<f64> = shown().map(of).collect();
            values.sort_by(f64::total_cmp);
            values
        };
        Self {
            units,
            samples: studies.len(),
            estimates: shown().map(|shown| shown.estimate).collect(),
            half_widths: sorted(&|shown| (shown.hi - shown.lo) / 2.0),
            los: sorted(&|shown| shown.lo),
            his: sorted(&|shown| shown.hi),
        }
    }

    /// The size: items, clusters or pairs.
    pub fn units(&self) -> u64 {
        self.units
    }

    /// How many studies were simulated.
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// The share of studies that have an interval.
    pub fn estimable(&self) -> f64 {
        self.half_widths.len() as f64 / self.samples as f64
    }

    /// The standard deviation of the estimates; 0 without any.
    pub fn deviation(&self) -> f64 {
        crate::resample::deviation(&self.estimates).unwrap_or(0.0)
    }

    /// The half-width that this share of studies stay within; infinite where fewer have one.
    pub fn half_width(&self, share: f64) -> f64 {
        let place = (share * self.samples as f64).ceil().max(1.0) as usize - 1;
        self.half_widths.get(place).copied().unwrap_or(f64::INFINITY)
    }

    /// The probability that half the interval is at most so long.
    pub fn assurance(&self, width: f64) -> f64 {
        // Rounding must not make an interval wider than wanted.
        let width = width * (1.0 + 1e-12);
        self.share(self.half_widths.partition_point(|half| *half <= width))
    }

    /// The probability that the interval lies above a value.
    pub fn power_above(&self, value: f64) -> f64 {
        self.share(self.los.len() - self.los.partition_point(|lo| *lo <= value))
    }

    /// The probability that the interval lies below a value.
    pub fn power_below(&self, value: f64) -> f64 {
        self.share(self.his.partition_point(|hi| *hi < value))
    }

    /// The probability that a goal is kept.
    pub fn kept(&self, goal: Goal) -> f64 {
        match goal {
            Goal::HalfWidth { width, .. } => self.assurance(width),
            Goal::Above { value, .. } => self.power_above(value),
            Goal::Below { value, .. } => self.power_below(value),
        }
    }

    /// The standard error that simulation leaves in a probability: √(p(1 − p) / samples).
    pub fn error(&self, probability: f64) -> f64 {
        (probability * (1.0 - probability) / self.samples as f64).sqrt()
    }

    fn share(&self, studies: usize) -> f64 {
        studies as f64 / self.samples as f64
    }
}
