//! The numbers of a scale's levels.

use crate::Undefined;

/// Keeps differences of scores and the bounds of intervals finite.
const LARGEST_SCORE: f64 = 1e100;

/// One score for each level, each a number of at most 1e100 in size.
pub(crate) fn check(scores: &[f64], levels: usize) -> Result<(), Undefined> {
    if scores.len() != levels {
        return Err(Undefined::ScoreCount { levels, scores: scores.len() });
    }
    if !scores.iter().all(|score| score.abs() <= LARGEST_SCORE) {
        return Err(Undefined::ScoreRange);
    }
    Ok(())
}

/// The scores from 0 for the lowest to 1 for the highest; all 0 where they are equal.
pub(crate) fn scaled_to_range(scores: &[f64]) -> Vec<f64> {
    let lowest = scores.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = if highest > lowest { highest - lowest } else { 1.0 };
    scores.iter().map(|score| (score - lowest) / range).collect()
}
