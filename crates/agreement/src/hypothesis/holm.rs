//! Holm's correction for several tests.

use super::Untestable;

/// Holm's adjusted p-values, in the order given: the i-th smallest of m is multiplied by m − i + 1,
/// raised to the largest adjusted value before it, and capped at 1. Rejecting those at most α keeps
/// the probability of any false rejection among them at most α, whatever their dependence.
///
/// Equal p-values get equal adjusted ones; no list gives no list.
///
/// # Errors
/// [`Untestable::Probability`] for a value that is not from 0 to 1.
///
/// Source: S. Holm (1979), A simple sequentially rejective multiple test procedure, *Scandinavian
/// Journal of Statistics* 6:65–70.
///
/// # Example
/// The smallest of three times 3, the next times 2, the largest times 1, and none below one before it:
/// ```
/// use agreement::holm;
///
/// assert_eq!(holm(&[0.5, 0.125, 0.375]), Ok(vec![0.75, 0.375, 0.75]));
/// ```
pub fn holm(p: &[f64]) -> Result<Vec<f64>, Untestable> {
    let order = ascending(p)?;
    let mut adjusted = vec![0.0; p.len()];
    let mut largest: f64 = 0.0;
    for (before, &position) in order.iter().enumerate() {
        largest = largest.max((p.len() - before) as f64 * p[position]);
        adjusted[position] = largest.min(1.0);
    }
    Ok(adjusted)
}

/// The positions of the p-values, smallest first.
pub(super) fn ascending(p: &[f64]) -> Result<Vec<usize>, Untestable> {
    if let Some(position) = p.iter().position(|p| !(0.0..=1.0).contains(p)) {
        return Err(Untestable::Probability { position });
    }
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    Ok(order)
}
