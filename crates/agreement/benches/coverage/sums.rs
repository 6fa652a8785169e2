//! What the findings of a study report: means, shares and gaps over what clusters add up to.

use std::collections::BTreeMap;

use agreement::{
    Measure, RatedItem, gap_clusters, mean_clusters, rate_clusters, rate_step, share_clusters,
};

/// The mean of the first rater's grades.
pub fn mean_grade(items: &[RatedItem], grades: &[f64]) -> Measure {
    let (rows, effect) = weighted(items, |levels| Some([grades[levels[0]?], 1.0]));
    mean_clusters(&rows, grades, effect)
}

/// The share of items to which the first rater gives a grade in the upper half of the scale.
pub fn harmful_share(items: &[RatedItem], grades: &[f64]) -> Measure {
    let (rows, _) = weighted(items, |levels| Some([harmful(levels[0]?, grades), 1.0]));
    share_clusters(&rows)
}

/// How far the first of two responses to one case is graded above the second: the mean over scenarios
/// of the difference in each. An item is a case, its raters are the two framings.
pub fn framing_gap(items: &[RatedItem], grades: &[f64]) -> Measure {
    let gap = |levels: &[Option<usize>]| Some([grades[levels[0]?] - grades[levels[1]?], 1.0]);
    let (sums, _) = weighted(items, gap);
    let rows: Vec<Vec<f64>> = sums.iter().map(|[gap, cases]| vec![gap / cases, 1.0]).collect();
    gap_clusters(&rows, 1.0, |sums| Some(sums[0] / sums[1]))
}

/// How often the first of two responses to one case is graded in the upper half, less how often the second
/// is, over all cases.
pub fn rate_difference(items: &[RatedItem], grades: &[f64]) -> Measure {
    let side = |level: Option<usize>| Some(harmful(level?, grades));
    let (rows, effect) =
        weighted(items, |levels| Some([side(levels[0])?, 1.0, side(levels[1])?, 1.0]));
    let trials: Vec<[f64; 2]> = rows.iter().map(|row| [row[1], row[3]]).collect();
    let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
    let difference = |sums: &[f64]| Some(sums[0] / sums[1] - sums[2] / sums[3]);
    rate_clusters(&rows, rate_step(&trials, effect), difference)
}

fn harmful(level: usize, grades: &[f64]) -> f64 {
    f64::from(u8::from(level >= grades.len() / 2))
}

/// What the items of each cluster add up to, with weights scaled to add up to Kish's effective number of
/// items; and the number of items over that.
fn weighted<const N: usize>(
    items: &[RatedItem],
    row: impl Fn(&[Option<usize>]) -> Option<[f64; N]>,
) -> (Vec<[f64; N]>, f64) {
    let graded: Vec<(usize, f64, [f64; N])> = items
        .iter()
        .filter_map(|item| Some((item.cluster, item.weight, row(&item.ratings[0].0)?)))
        .collect();
    let total: f64 = graded.iter().map(|(_, weight, _)| weight).sum();
    let squares: f64 = graded.iter().map(|(_, weight, _)| weight * weight).sum();
    let scale = total / squares;
    let mut rows: BTreeMap<usize, [f64; N]> = BTreeMap::new();
    for (cluster, weight, amounts) in &graded {
        let sums = rows.entry(*cluster).or_insert([0.0; N]);
        sums.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += scale * weight * amount);
    }
    (rows.into_values().collect(), graded.len() as f64 / (total * scale))
}
