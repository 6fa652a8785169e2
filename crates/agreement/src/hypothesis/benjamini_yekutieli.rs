//! Benjamini and Yekutieli's correction for several tests.

use super::Untestable;
use super::holm::ascending;

/// Benjamini and Yekutieli's adjusted p-values, in the order given: the i-th smallest of m is
/// multiplied by m/i · (1 + 1/2 + … + 1/m), lowered to the smallest adjusted value after it, and
/// capped at 1. Rejecting those at most α keeps the expected share of false ones among the
/// rejections at most α, whatever their dependence.
///
/// Equal p-values get equal adjusted ones; no list gives no list.
///
/// # Errors
/// [`Untestable::Probability`] for a value that is not from 0 to 1.
///
/// Source: Y. Benjamini and D. Yekutieli (2001), The control of the false discovery rate in multiple
/// testing under dependency, *Annals of Statistics* 29:1165–1188.
///
/// # Example
/// The smaller of two p-values times 2 (1 + 1/2), the larger times 1 + 1/2:
/// ```
/// use agreement::benjamini_yekutieli;
///
/// assert_eq!(benjamini_yekutieli(&[0.25, 0.0625]), Ok(vec![0.375, 0.1875]));
/// ```
pub fn benjamini_yekutieli(p: &[f64]) -> Result<Vec<f64>, Untestable> {
    let order = ascending(p)?;
    let tests = p.len() as f64;
    let harmonic: f64 = (1..=p.len()).map(|i| 1.0 / i as f64).sum();
    let mut adjusted = vec![0.0; p.len()];
    let mut smallest: f64 = 1.0;
    for (before, &position) in order.iter().enumerate().rev() {
        smallest = smallest.min(p[position] * harmonic * tests / (before + 1) as f64);
        adjusted[position] = smallest;
    }
    Ok(adjusted)
}
