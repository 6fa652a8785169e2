//! Counting permutations that are as extreme as what was observed.

use super::Alternative;

/// How many permutations gave a result as extreme as the one observed, whose expectation is 0.
pub(super) struct Extreme {
    observed: f64,
    /// Results closer than this are equal but for rounding.
    rounding: f64,
    far: f64,
    greater: f64,
    less: f64,
    all: f64,
}

impl Extreme {
    pub(super) fn than(observed: f64, rounding: f64) -> Self {
        Self { observed, rounding, far: 0.0, greater: 0.0, less: 0.0, all: 0.0 }
    }

    pub(super) fn count(&mut self, result: f64) {
        let reaches = |a: f64, b: f64| f64::from(a >= b - self.rounding);
        self.far += reaches(result.abs(), self.observed.abs());
        self.greater += reaches(result, self.observed);
        self.less += reaches(self.observed, result);
        self.all += 1.0;
    }

    /// The p-value, with `besides` = 1 where the observed result was not itself counted.
    pub(super) fn p(&self, alternative: Alternative, besides: f64) -> f64 {
        let share = |count: f64| (count + besides) / (self.all + besides);
        match alternative {
            Alternative::TwoSided => share(self.far),
            _ => alternative.doubled(share(self.greater), share(self.less)),
        }
    }
}
