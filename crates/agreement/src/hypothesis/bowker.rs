//! Bowker's test of symmetry.

use super::{Test, Tested};
use crate::{ContingencyTable, Undefined};

/// Bowker's test of symmetry: whether the second rater moves items from level i to level j as
/// often as from j to i, for every pair of levels. The statistic sums (n_ij − n_ji)² / (n_ij +
/// n_ji) over the pairs of levels, and is chi-squared in large samples.
///
/// A pair of levels between which no item moved says nothing: it is skipped and not counted in the
/// degrees of freedom, where the textbook counts all K(K − 1)/2 pairs and so overstates p. On two
/// levels this is McNemar's test. Where the raters agreed on every item, the statistic and the
/// degrees of freedom are 0 and p is 1.
///
/// Undefined for a table without items.
///
/// Source: A. H. Bowker (1948), A test for symmetry in contingency tables, *Journal of the
/// American Statistical Association* 43:572–574.
///
/// # Example
/// Unaided vision of 7,477 women, right eye by left; Agresti (2013) prints 19.107, p = .004:
/// ```
/// use agreement::{ContingencyTable, bowker};
///
/// let best_to_worst =
///     [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]];
/// let table = ContingencyTable::from_rows(best_to_worst.map(Vec::from).to_vec()).unwrap();
/// let test = bowker(&table);
/// assert_eq!(format!("{:.3}", test.statistic().unwrap()), "19.107");
/// assert_eq!(format!("{:.3}", test.p().unwrap()), "0.004");
/// assert_eq!(test.df(), Some(6.0));
/// ```
pub fn bowker(table: &ContingencyTable) -> Test {
    tested(table).into()
}

fn tested(table: &ContingencyTable) -> Result<Tested, Undefined> {
    if table.n() == 0 {
        return Err(Undefined::NoSharedItems);
    }
    let rows: Vec<&[u64]> = table.rows().collect();
    let pairs = (0..table.size()).flat_map(|i| (0..i).map(move |j| (i, j)));
    let informative = pairs.map(|(i, j)| (rows[i][j], rows[j][i])).filter(|&pair| pair != (0, 0));
    let (statistic, df) = informative.fold((0.0, 0.0), |(statistic, df), (up, down)| {
        let gap = up.abs_diff(down) as f64;
        (statistic + gap / (up as f64 + down as f64) * gap, df + 1.0)
    });
    Ok(Tested::chi_squared(statistic, df))
}
