//! Statistics of the sums of what clusters hold: means, rates and their differences.

use super::jackknife::leave_one_out;
use crate::interval::student_t;
use crate::{Estimate, Measure, Undefined};

/// A statistic of the sums of amounts over clusters, such as a mean over responses that come in
/// scenarios: each row of `clusters` holds what one cluster adds, all rows of one length.
/// `statistic` gives no value where it would be 0/0.
///
/// The standard error is the jackknife's over clusters, in the unit of the statistic and at least 0,
/// and the interval estimate ± Student's t with one degree of freedom less than clusters, whatever
/// their number: nothing is drawn. For a mean with equal weights that is the t interval of the
/// clusters' values. It allows for any dependence within a cluster.
///
/// Undefined where the statistic has no value. The estimate stands without an interval for fewer
/// than two clusters, where the clusters do not vary, and where leaving out one leaves no value.
///
/// Sources: J. W. Tukey (1958), *Annals of Mathematical Statistics* 29:614; with t and clusters:
/// J. G. MacKinnon, M. Ø. Nielsen and M. D. Webb (2023), arXiv 2301.04527.
pub fn measure_clusters(
    clusters: &[Vec<f64>],
    statistic: impl Fn(&[f64]) -> Option<f64>,
) -> Measure {
    let statistic = |sums: &[f64]| statistic(sums).filter(|value| value.is_finite());
    if clusters.is_empty() {
        return Measure::Undefined(Undefined::NoItems);
    }
    let (before, after) = running_sums(clusters);
    let Some(estimate) = before.last().and_then(|all| statistic(all)) else {
        return Measure::Undefined(Undefined::NoItems);
    };
    let measured = |se, interval| Measure::Estimated(Estimate { estimate, se, interval });
    let count = clusters.len();
    if count < 2 {
        return measured(None, Err(Undefined::FewClusters { clusters: count, needed: 2 }));
    }
    let without = |left_out: usize| {
        let sums = before[left_out].iter().zip(&after[left_out + 1]);
        statistic(&sums.map(|(before, after)| before + after).collect::<Vec<_>>())
    };
    match leave_one_out(&vec![1; count], without) {
        Ok(found) if found.se > NEGLIGIBLE => {
            measured(Some(found.se), Ok(student_t(estimate, found.se, count as f64 - 1.0)))
        }
        Ok(_) => measured(Some(0.0), Err(Undefined::ClustersAlike)),
        Err(reason) => measured(None, Err(reason)),
    }
}

/// At each place the sums of the rows before it, and those of the rows from it on: added up without
/// a row rather than taken from the sum of all, so that nothing is left but what is there.
fn running_sums(rows: &[Vec<f64>]) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let width = rows.first().map_or(0, Vec::len);
    let (mut before, mut after) = (vec![vec![0.0; width]], vec![vec![0.0; width]]);
    let plus = |sums: &[f64], row: &[f64]| sums.iter().zip(row).map(|(a, b)| a + b).collect();
    for (place, (first, last)) in rows.iter().zip(rows.iter().rev()).enumerate() {
        before.push(plus(&before[place], first));
        after.push(plus(&after[place], last));
    }
    after.reverse();
    (before, after)
}

/// A standard error this small is rounding.
const NEGLIGIBLE: f64 = 1e-12;
