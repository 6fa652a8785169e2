//! A proportion from its counts.

use crate::hypothesis::tail::MOST_TRIALS;
use crate::interval::{clopper_pearson, wilson};
use crate::{Estimate, Measure, Undefined, Untestable};

/// Which interval a proportion gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProportionInterval {
    /// The score interval, without continuity correction: near its level on average.
    Wilson,
    /// The exact interval: never below its level, and wider for it.
    ClopperPearson,
}

/// The proportion of `successes` among `n` items, for any share that is not read off a whole table:
/// a sensitivity, a hit rate, a rate of failures.
///
/// A proportion, 0 to 1, with its binomial standard error and the interval asked for, which keeps
/// its width where the standard error is 0.
///
/// Undefined without items, and for more successes than items. The estimate stands without the exact
/// interval for more than 10^15 items.
///
/// Sources of the intervals: E. B. Wilson (1927), *Journal of the American Statistical Association*
/// 22:209–212; C. J. Clopper and E. S. Pearson (1934), *Biometrika* 26:404–413.
///
/// # Example
/// Ten of ten: the lower bounds are n / (n + z²) and .025^(1/10):
/// ```
/// use agreement::{ProportionInterval, proportion};
///
/// let lower = |interval| proportion(10, 10, interval).interval().unwrap().lo;
/// assert_eq!(format!("{:.4}", lower(ProportionInterval::Wilson)), "0.7225");
/// assert_eq!(format!("{:.4}", lower(ProportionInterval::ClopperPearson)), "0.6915");
/// ```
pub fn proportion(successes: u64, n: u64, interval: ProportionInterval) -> Measure {
    estimated(successes, n, interval).into()
}

fn estimated(successes: u64, n: u64, interval: ProportionInterval) -> Result<Estimate, Undefined> {
    if n == 0 {
        return Err(Undefined::NoItems);
    }
    if successes > n {
        return Err(Undefined::MoreSuccesses { successes, n });
    }
    let proportion = successes as f64 / n as f64;
    let se = (proportion * (1.0 - proportion) / n as f64).sqrt();
    let interval = match interval {
        ProportionInterval::Wilson => Ok(wilson(successes, n)),
        ProportionInterval::ClopperPearson if n > MOST_TRIALS => {
            Err(Untestable::TooManyItems.into())
        }
        ProportionInterval::ClopperPearson => Ok(clopper_pearson(successes, n)),
    };
    Ok(Estimate { estimate: proportion, se: Some(se), interval })
}
