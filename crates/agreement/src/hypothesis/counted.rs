//! Values with how many items had each, checked and sorted into ties.

use super::Untestable;

/// Keeps sums of squares finite.
pub(super) const LARGEST_VALUE: f64 = 1e100;

/// The values that occur, each with the number of items that had it, smallest first.
///
/// # Errors
/// [`Untestable::ValueRange`] for a value that is not a number of at most 1e100 in size,
/// [`Untestable::EmptySample`] where no value occurs.
pub(super) fn sorted(values: &[(f64, u64)]) -> Result<Vec<(f64, f64)>, Untestable> {
    if !values.iter().all(|(value, _)| value.abs() <= LARGEST_VALUE) {
        return Err(Untestable::ValueRange);
    }
    let mut occurring: Vec<(f64, f64)> = values
        .iter()
        .filter(|(_, count)| *count > 0)
        // Adding 0 turns −0 into 0.
        .map(|&(value, count)| (value + 0.0, count as f64))
        .collect();
    occurring.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    occurring.dedup_by(|(value, count), (kept, total)| {
        let same = value == kept;
        if same {
            *total += *count;
        }
        same
    });
    if occurring.is_empty() { Err(Untestable::EmptySample) } else { Ok(occurring) }
}

/// Twice the midranks of groups of tied items, given their sizes from the smallest value on:
/// whole numbers, so that sums of them are exact and can be compared.
pub(super) fn doubled_midranks(sizes: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut before = 0.0;
    let midrank = |size: f64| {
        let doubled = 2.0 * before + size + 1.0;
        before += size;
        doubled
    };
    sizes.into_iter().map(midrank).collect()
}
