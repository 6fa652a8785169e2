//! Wilcoxon's signed rank test.

use super::counted::{doubled_midranks, sorted};
use super::rank::{MOST_STEPS, common_divisor, exact, normal};
use super::{Alternative, Convention, RankDistribution, Test, Tested, Untestable};

/// What becomes of differences of zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zeros {
    /// They are left out before ranking, as Wilcoxon did and R does.
    Dropped,
    /// They are ranked with the others, and their ranks then left out, after Pratt. Among many
    /// zeros this keeps a few small differences from counting as much as they would alone.
    Ranked,
}

/// Wilcoxon's signed rank test of whether differences are symmetric about 0. `differences` holds
/// each difference with the number of items that had it, in any order and with repetitions, so
/// that a list of items and a table of counts serve alike. Two differences are tied if they are
/// equal as numbers: take them between levels, where 3 − 2 and 2 − 1 are the same.
///
/// The statistic is W⁺, the sum of the midranks of the positive differences, from 0 to the sum of
/// all; scipy reports the smaller of W⁺ and its complement for two sides. The exact distribution is
/// that of W⁺ over all signs of the differences that are not 0, given their midranks, and right
/// under ties and zeros; it is symmetric, so the two two-sided alternatives agree.
///
/// Undefined without items, where all differences are 0, for differences that are not numbers of
/// at most 1e100 in size, and where the exact distribution would take too long, which for
/// different differences begins at about 1,500.
///
/// Sources: F. Wilcoxon (1945), Individual comparisons by ranking methods, *Biometrics Bulletin*
/// 1:80–83; zeros: J. W. Pratt (1959), Remarks on zeros and ties in the Wilcoxon signed rank
/// procedures, *Journal of the American Statistical Association* 54:655–667; ties: E. L. Lehmann
/// (1975), *Nonparametrics: Statistical Methods Based on Ranks*, Holden-Day, section 3.2.
///
/// # Example
/// Darwin's 15 pairs of maize plants: 1,352 of the 2¹⁵ signs have a rank sum as far from the middle:
/// ```
/// use agreement::{Alternative, RankDistribution, Zeros, wilcoxon};
///
/// let eighths = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
/// let differences = eighths.map(|eighths| (f64::from(eighths), 1));
/// let exact = RankDistribution::ExactConditional;
/// let test = wilcoxon(&differences, Zeros::Dropped, exact, Alternative::TwoSided);
/// assert_eq!((test.statistic(), test.p()), (Some(96.0), Some(1352.0 / 32768.0)));
/// ```
pub fn wilcoxon(
    differences: &[(f64, u64)],
    zeros: Zeros,
    distribution: RankDistribution,
    alternative: Alternative,
) -> Test {
    tested(differences, zeros, distribution, alternative).into()
}

fn tested(
    differences: &[(f64, u64)],
    zeros: Zeros,
    distribution: RankDistribution,
    alternative: Alternative,
) -> Result<Tested, Untestable> {
    let ties = ties(differences, zeros)?;
    let positive = ties.iter().map(|tie| tie.positive * tie.doubled_midrank).sum::<f64>() / 2.0;
    let sum = ties.iter().map(|tie| tie.size * tie.doubled_midrank).sum::<f64>() / 2.0;
    let p = match distribution {
        RankDistribution::ExactConditional => exact_p(&ties, alternative)?,
        _ => {
            let squares: f64 =
                ties.iter().map(|tie| tie.size * tie.doubled_midrank.powi(2) / 16.0).sum();
            let corrected = distribution == RankDistribution::ContinuityCorrected;
            normal(positive - sum / 2.0, squares.sqrt(), corrected, alternative)
        }
    };
    let own = [
        Convention::PositiveRankSum,
        match zeros {
            Zeros::Dropped => Convention::ZerosDropped,
            Zeros::Ranked => Convention::ZerosRanked,
        },
    ];
    Ok(Tested::ranked(positive, p, &own, distribution, alternative))
}

/// The items whose differences have one size other than 0.
struct Tie {
    positive: f64,
    size: f64,
    doubled_midrank: f64,
}

fn ties(differences: &[(f64, u64)], zeros: Zeros) -> Result<Vec<Tie>, Untestable> {
    let positive_of = |size: f64| -> f64 {
        let same = differences.iter().filter(|(difference, _)| *difference == size);
        same.map(|(_, count)| *count as f64).sum()
    };
    let magnitudes: Vec<(f64, u64)> =
        differences.iter().map(|(difference, count)| (difference.abs(), *count)).collect();
    let mut sizes = sorted(&magnitudes)?;
    if zeros == Zeros::Dropped {
        sizes.retain(|(magnitude, _)| *magnitude > 0.0);
    }
    let midranks = doubled_midranks(sizes.iter().map(|(_, count)| *count));
    let ties: Vec<Tie> = sizes
        .iter()
        .zip(midranks)
        .filter(|((magnitude, _), _)| *magnitude > 0.0)
        .map(|(&(magnitude, size), doubled_midrank)| Tie {
            positive: positive_of(magnitude),
            size,
            doubled_midrank,
        })
        .collect();
    if ties.is_empty() { Err(Untestable::NoDifferences) } else { Ok(ties) }
}

/// The distribution of the sum of the midranks with a positive sign, each sign as likely as the
/// other, item by item on the grid of the midranks' common divisor.
fn exact_p(ties: &[Tie], alternative: Alternative) -> Result<f64, Untestable> {
    let midranks: Vec<f64> = ties.iter().map(|tie| tie.doubled_midrank).collect();
    let grid = common_divisor(&midranks);
    let items: f64 = ties.iter().map(|tie| tie.size).sum();
    let largest: f64 = ties.iter().map(|tie| tie.size * tie.doubled_midrank / grid).sum();
    if items * largest > MOST_STEPS {
        return Err(Untestable::TooManyItems);
    }
    let mut probabilities = vec![0.0; largest as usize + 1];
    probabilities[0] = 1.0;
    let mut reached = 0;
    for tie in ties {
        let step = (tie.doubled_midrank / grid) as usize;
        for _ in 0..tie.size as usize {
            reached += step;
            for sum in (0..=reached).rev() {
                let with = if sum >= step { probabilities[sum - step] } else { 0.0 };
                probabilities[sum] = 0.5 * (probabilities[sum] + with);
            }
        }
    }
    let observed: f64 = ties.iter().map(|tie| tie.positive * tie.doubled_midrank / grid).sum();
    Ok(exact(&probabilities, observed as usize, largest, alternative))
}
