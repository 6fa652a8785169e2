//! McNemar's test.

use super::tail::{MOST_TRIALS, Trials};
use super::{Test, Tested, Untestable};
use crate::{ContingencyTable, Undefined};

/// The forms of McNemar's test, for b items that only the first rater put on the upper side and c
/// that only the second did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum McNemar {
    /// (b − c)² / (b + c), chi-squared with 1 degree of freedom.
    ChiSquared,
    /// (max(0, |b − c| − 1))² / (b + c), chi-squared with 1 degree of freedom. Packages that do not
    /// stop at 0 report .05 instead of 0 for b = c = 10.
    ContinuityCorrected,
    /// min(b, c), with twice its binomial tail, at most 1.
    Exact,
    /// min(b, c), with twice its binomial tail less the probability of min(b, c) itself: closer to
    /// its nominal level than the exact form, which errs towards large p.
    MidP,
}

/// McNemar's test on the dichotomy of the scale at `cut`: whether the two raters put items at
/// level `cut` or above equally often. On two levels, `cut` is 1.
///
/// The statistic and its distribution are those of the chosen form. Without discordant items the
/// exact and mid-p forms give 0 and p = 1.
///
/// Undefined for a table without items, for a `cut` that is not from 1 to K − 1, and for the
/// chi-squared forms without discordant items, for the others with more than 10^15.
///
/// Sources: Q. McNemar (1947), Note on the sampling error of the difference between correlated
/// proportions or percentages, *Psychometrika* 12:153–157; correction: A. L. Edwards (1948),
/// *Psychometrika* 13:185–187; mid-p: M. W. Fagerland, S. Lydersen and P. Laake (2013), *BMC
/// Medical Research Methodology* 13:91.
///
/// # Example
/// Approval of the prime minister in two surveys of 1,600 Britons (Agresti 1990):
/// ```
/// use agreement::{ContingencyTable, McNemar, mcnemar};
///
/// let table = ContingencyTable::from_rows(vec![vec![794, 150], vec![86, 570]]).unwrap();
/// let test = mcnemar(&table, 1, McNemar::ChiSquared);
/// assert_eq!(format!("{:.2}", test.statistic().unwrap()), "17.36"); // (150 - 86)² / (150 + 86)
/// ```
pub fn mcnemar(table: &ContingencyTable, cut: usize, form: McNemar) -> Test {
    tested(table, cut, form).into()
}

fn tested(table: &ContingencyTable, cut: usize, form: McNemar) -> Result<Tested, Undefined> {
    if table.n() == 0 {
        return Err(Undefined::NoSharedItems);
    }
    if !(1..table.size()).contains(&cut) {
        return Err(Untestable::Cut { cut, levels: table.size() }.into());
    }
    let first: u64 = table.rows().skip(cut).flat_map(|row| &row[..cut]).sum();
    let second: u64 = table.rows().take(cut).flat_map(|row| &row[cut..]).sum();
    let discordant = first + second;
    let chi_squared = |gap: u64| {
        if discordant == 0 {
            return Err(Untestable::NoDiscordantItems.into());
        }
        let gap = gap as f64;
        Ok(Tested::chi_squared(gap / discordant as f64 * gap, 1.0))
    };
    let fewer = first.min(second);
    let fair = Trials::new(discordant, 0.5);
    let binomial = |p: f64| Ok(Tested::plain(fewer as f64, p.min(1.0)));
    match form {
        McNemar::ChiSquared => chi_squared(first.abs_diff(second)),
        McNemar::ContinuityCorrected => chi_squared(first.abs_diff(second).saturating_sub(1)),
        _ if first == second => binomial(1.0),
        _ if discordant > MOST_TRIALS => Err(Untestable::TooManyItems.into()),
        McNemar::Exact => binomial(2.0 * fair.at_most(fewer)),
        McNemar::MidP => binomial(2.0 * fair.at_most(fewer) - fair.exactly(fewer)),
    }
}
