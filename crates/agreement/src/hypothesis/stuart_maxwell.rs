//! The Stuart–Maxwell test of marginal homogeneity.

use super::{Test, Tested, Untestable};
use crate::{ContingencyTable, Undefined};

/// The Stuart–Maxwell test of marginal homogeneity: whether the two raters use every level equally
/// often. The statistic is d′V⁻d, where d holds the differences of the margins and V their
/// covariance under the hypothesis; it is chi-squared in large samples, with the rank of V as
/// degrees of freedom.
///
/// Levels that no item left or entered carry no information and lower the rank, so unused levels
/// neither make the test fail nor change it.
///
/// Undefined for a table without items, and where the raters agreed on every item.
///
/// Sources: A. Stuart (1955), A test for homogeneity of the marginal distributions in a two-way
/// classification, *Biometrika* 42:412–416; A. E. Maxwell (1970), Comparing the classification of
/// subjects by two independent judges, *British Journal of Psychiatry* 116:651–655.
///
/// # Example
/// Unaided vision of 7,477 women, right eye by left; Stuart (1955) prints 11.96:
/// ```
/// use agreement::{ContingencyTable, stuart_maxwell};
///
/// let best_to_worst =
///     [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]];
/// let table = ContingencyTable::from_rows(best_to_worst.map(Vec::from).to_vec()).unwrap();
/// let test = stuart_maxwell(&table);
/// assert_eq!(format!("{:.2}", test.statistic().unwrap()), "11.96");
/// assert_eq!(test.df(), Some(3.0));
/// ```
pub fn stuart_maxwell(table: &ContingencyTable) -> Test {
    quadratic_form(table).map(|(statistic, df)| Tested::chi_squared(statistic, df)).into()
}

/// d′V⁻d and the rank of V.
///
/// V is the Laplacian of the graph whose levels are joined by the items that moved between them:
/// its rank is the number of levels less the number of connected components, and levels are
/// eliminated one by one as in the star-mesh transformation of a network, which only adds. The
/// rank is therefore exact, and no tolerance decides what is singular.
pub(super) fn quadratic_form(table: &ContingencyTable) -> Result<(f64, f64), Undefined> {
    if table.n() == 0 {
        return Err(Undefined::NoSharedItems);
    }
    let rows: Vec<&[u64]> = table.rows().collect();
    let size = table.size();
    let mut joined: Vec<Vec<f64>> = (0..size)
        .map(|i| (0..size).map(|j| rows[i][j] as f64 + rows[j][i] as f64).collect())
        .collect();
    let mut difference: Vec<f64> = table
        .row_margins()
        .into_iter()
        .zip(table.column_margins())
        .map(|(row, column)| (i128::from(row) - i128::from(column)) as f64)
        .collect();

    let (mut statistic, mut rank) = (0.0, 0.0);
    for level in 0..size {
        let links: Vec<f64> = joined[level][level + 1..].to_vec();
        let pivot: f64 = links.iter().sum();
        if pivot == 0.0 {
            continue;
        }
        statistic += difference[level] / pivot * difference[level];
        rank += 1.0;
        for (i, link) in links.iter().enumerate().filter(|(_, link)| **link > 0.0) {
            let share = link / pivot;
            let row = level + 1 + i;
            difference[row] += difference[level] * share;
            for (other, link) in joined[row][level + 1..].iter_mut().zip(&links) {
                *other += share * link;
            }
        }
    }
    if rank == 0.0 {
        return Err(Untestable::NoDiscordantItems.into());
    }
    Ok((statistic, rank))
}
