//! Conger's kappa: Cohen's kappa generalised to any number of raters.

use crate::raters::items::{Chance, Item, Items, apart_from};
use crate::{Estimate, Measure, RatingMatrix, Undefined, Weights};

/// Conger's kappa: the share of the disagreement expected by chance, given each rater's own use of
/// the levels, that two raters of an item avoided. For two complete raters it is Cohen's kappa,
/// with a standard error of divisor n − 1.
///
/// Unitless, at most 1. Each rater's use of the levels is counted over the items that the rater
/// rated; raters without ratings are left out. The standard error is the deviation of the items'
/// influence, the interval normal.
///
/// Undefined where no item has two ratings, where all ratings are of one level, and for custom
/// weights of another scale. With a single item the estimate stands without a standard error;
/// where all raters but one are constant, without a standard error and an interval; where every
/// item contributes the same, with standard error 0 and without an interval.
///
/// Sources: A. J. Conger (1980), Integration and generalization of kappas for multiple raters,
/// *Psychological Bulletin* 88:322–328; M. Davies and J. L. Fleiss (1982), Measuring agreement for
/// multinomial data, *Biometrics* 38:1047–1051; missing ratings and weights: K. L. Gwet (2014),
/// *Handbook of Inter-Rater Reliability*, 4th edition, Advanced Analytics.
///
/// # Example
/// For two raters it is Cohen's kappa, where Fleiss' kappa is Scott's pi:
/// ```
/// use agreement::{ContingencyTable, RatingMatrix, Weights, conger_kappa, fleiss_kappa};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// let matrix = RatingMatrix::from_table(&table);
/// let conger = conger_kappa(&matrix, Weights::Identity).estimate().unwrap();
/// let fleiss = fleiss_kappa(&matrix, Weights::Identity).estimate().unwrap();
/// assert_eq!(format!("{conger:.4} {fleiss:.4}"), "0.3182 0.3143"); // 7/22, 11/35
/// ```
pub fn conger_kappa(matrix: &RatingMatrix, weights: Weights) -> Measure {
    estimated(matrix, weights).into()
}

/// One rater's use of the levels.
struct Use {
    /// The number of items rated, as a share of all items.
    rated: f64,
    /// How often each level, as proportions of the items rated.
    shares: Vec<f64>,
}

fn estimated(matrix: &RatingMatrix, weights: Weights) -> Result<Estimate, Undefined> {
    weights.fit(matrix.size())?;
    let items = Items::of(matrix)?;
    let raters: Vec<Option<Use>> =
        (0..matrix.raters()).map(|rater| Use::of(&items, rater)).collect();
    let mut together = vec![0.0; items.size];
    for shares in raters.iter().flatten().map(|rater| &rater.shares) {
        together.iter_mut().zip(shares).for_each(|(sum, share)| *sum += share);
    }
    // How far each level lies, on average, from the levels of all other raters, for each rater.
    let apart: Vec<Option<Vec<f64>>> = raters
        .iter()
        .map(|rater| {
            let rater = rater.as_ref()?;
            let others: Vec<f64> =
                together.iter().zip(&rater.shares).map(|(sum, share)| sum - share).collect();
            Some(apart_from(&others, weights))
        })
        .collect();

    let active = raters.iter().flatten().count() as f64;
    let pairs = active * (active - 1.0);
    let present =
        || raters.iter().zip(&apart).map(|(rater, apart)| rater.as_ref().zip(apart.as_ref()));
    let expected: Vec<f64> = present()
        .map(|present| {
            present.map_or(0.0, |(rater, apart)| {
                rater.shares.iter().zip(apart).map(|(share, apart)| share * apart).sum()
            })
        })
        .collect();
    let disagreement = expected.iter().sum::<f64>() / pairs;
    if disagreement <= 0.0 {
        return Err(Undefined::OneLevelByAll);
    }

    let influence = |item: &Item| {
        let moved = item.by_rater.ratings().zip(present()).zip(&expected).filter_map(
            |((level, present), expected)| {
                let ((rater, apart), level) = present.zip(level)?;
                Some((apart[level] - expected) / rater.rated)
            },
        );
        2.0 * moved.sum::<f64>() / pairs
    };
    let influence = items.rows.iter().map(influence).collect();
    let estimate = items.corrected(weights, &Chance { disagreement, influence });
    if items.n >= 2.0 && estimate.se == Some(0.0) && items.at_most_one_rater_varies() {
        return Ok(Estimate { se: None, interval: Err(Undefined::ConstantRater), ..estimate });
    }
    Ok(estimate)
}

impl Use {
    fn of(items: &Items, rater: usize) -> Option<Self> {
        let mut shares = vec![0.0; items.size];
        let mut rated = 0.0;
        for item in &items.rows {
            if let Some(level) = item.by_rater.rating(rater) {
                shares[level] += item.count;
                rated += item.count;
            }
        }
        shares.iter_mut().for_each(|share| *share /= rated);
        (rated > 0.0).then_some(Self { rated: rated / items.n, shares })
    }
}
