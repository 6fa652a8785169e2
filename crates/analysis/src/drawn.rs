//! How items were drawn to be rated, as far as their designs tell.

use study::ItemDesign;

/// How the items of a comparison represent those that were not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// No probability is known of any.
    Unknown,
    /// All are known, and alike.
    Alike,
    /// All are known, and differ.
    Weighted,
    /// They are known for so many of so many, so that nothing is weighted.
    Partly(usize, usize),
}

/// Probabilities that differ by a smaller share of them are alike: they come from sums in 64 bits.
const ROUNDING: f64 = 1e-9;

impl Drawn {
    /// Of items in these designs.
    pub(crate) fn of<'a>(designs: impl Iterator<Item = Option<&'a ItemDesign>>) -> Self {
        let probabilities: Vec<Option<f64>> =
            designs.map(|design| design?.inclusion_probability).collect();
        let known: Vec<f64> = probabilities.iter().copied().flatten().collect();
        match known.len() {
            0 => Self::Unknown,
            some if some < probabilities.len() => Self::Partly(some, probabilities.len()),
            _ if known.iter().all(|found| (found / known[0] - 1.0).abs() < ROUNDING) => Self::Alike,
            _ => Self::Weighted,
        }
    }

    pub(crate) fn is_weighted(self) -> bool {
        self == Self::Weighted
    }

    /// How many items the one in `design` represents: one over the probability with which it was drawn
    /// where all are known and differ, else 1.
    pub(crate) fn weight(self, design: Option<&ItemDesign>) -> f64 {
        let probability = design.and_then(|design| design.inclusion_probability);
        match (self, probability) {
            (Self::Weighted, Some(probability)) => 1.0 / probability,
            _ => 1.0,
        }
    }

    /// What to know where some probabilities are missing.
    pub(crate) fn caution(self) -> Option<String> {
        let Self::Partly(known, rated) = self else { return None };
        Some(format!(
            "The key gives inclusion probabilities for {known} of {rated} rated responses only: nothing \
             is weighted, and the figures are of the rated responses."
        ))
    }
}
