//! Why a kappa is what it is: its known paradoxes, found in a table.

use std::fmt;

use crate::two_raters::pairs::Pairs;
use crate::{ContingencyTable, Undefined, Weights, cohen_kappa, maximum_kappa};

/// Agreement from here on is called high, and kappa below the next low: the first paradox of
/// Feinstein and Cicchetti has an agreement of .85 and a kappa of .32.
const HIGH_AGREEMENT: f64 = 0.8;
const LOW_KAPPA: f64 = 0.4;

/// A level with this share of all ratings is called prevalent.
const PREVALENT: f64 = 0.75;

/// Margins that differ by this much, summed over levels and halved, are called different.
const DIFFERENT_MARGINS: f64 = 0.2;

/// Kappa is called raised where different margins add this much to it over Scott's pi.
const RAISED: f64 = 0.05;

/// Kappa is carried by a cell where without its items it falls by this much.
const CARRIED: f64 = 0.2;

/// The largest share of items that still counts as a few.
const FEW: f64 = 0.05;

/// Kappa is called near its maximum where it is this share of it, and the maximum low below
/// [`LOW_MAXIMUM`].
const NEAR_MAXIMUM: f64 = 0.8;
const LOW_MAXIMUM: f64 = 0.7;

/// One reason why a kappa should not be read alone. Its [`Display`](fmt::Display) is a sentence
/// with the numbers in it, levels and raters by number; [`Self::sentence`] names them.
///
/// Serialises as its numbers with the variant's name in kebab case:
/// `{"finding": "prevalence", "agreement": 0.92, "kappa": 0.12, "level": 0, "share": 0.94}`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(tag = "finding", rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Finding {
    /// High agreement, low kappa: the first paradox, from an unevenly used scale.
    Prevalence {
        /// The proportion of items with the same level by both raters.
        agreement: f64,
        /// Cohen's kappa.
        kappa: f64,
        /// The prevalent level.
        level: usize,
        /// Its share of all ratings.
        share: f64,
    },
    /// Kappa raised by margins that differ: the second paradox.
    DifferentMargins {
        /// Cohen's kappa.
        kappa: f64,
        /// Scott's pi, which margins that differ do not raise.
        pi: f64,
        /// The level whose shares differ most.
        level: usize,
        /// Its share of the first rater's ratings.
        first: f64,
        /// Its share of the second rater's ratings.
        second: f64,
    },
    /// Kappa low because the raters use the levels differently often, not because they disagree
    /// about items.
    MarginsLimitKappa {
        /// Cohen's kappa.
        kappa: f64,
        /// The largest kappa that the margins allow.
        maximum: f64,
    },
    /// One rater used one level only: kappa is 0 whatever the other did.
    ConstantRater {
        /// 1 or 2.
        rater: usize,
        /// The level that the rater always gave.
        level: usize,
        /// The proportion of items with the same level by both raters.
        agreement: f64,
    },
    /// Both raters used one and the same level only: kappa is 0/0.
    OneLevel {
        /// The level.
        level: usize,
        /// The number of items.
        items: u64,
    },
    /// A few items of a rare level on which the raters agree carry kappa.
    FewItemsCarryKappa {
        /// The level on which they agree.
        level: usize,
        /// The number of those items.
        items: u64,
        /// The number of all items.
        of: u64,
        /// Cohen's kappa.
        kappa: f64,
        /// Cohen's kappa without those items, `None` where it is then undefined.
        without: Option<f64>,
    },
}

/// The known paradoxes of kappa that occur in a table, for kappa with these weights; none where
/// kappa may be read as it stands. The exact agreement is named beside kappa for all weights.
///
/// Empty too for a table without items and for custom weights of another scale. The thresholds are
/// this crate's: agreement is high from .8 and kappa low below .4; a level is prevalent from a
/// share of .75; margins differ from .2 of the items, and raise kappa where it is .05 over Scott's
/// pi; margins limit kappa where it is .8 of a maximum below .7; up to a twentieth of the items
/// carry kappa where it falls by .2 without them.
///
/// Sources: A. R. Feinstein and D. V. Cicchetti (1990), High agreement but low kappa: I. The
/// problems of two paradoxes, *Journal of Clinical Epidemiology* 43:543–549; T. Byrt, J. Bishop and
/// J. B. Carlin (1993), Bias, prevalence and kappa, *Journal of Clinical Epidemiology* 46:423–429.
///
/// # Example
/// Feinstein and Cicchetti's first paradox: agreement .85, and yet kappa .32:
/// ```
/// use agreement::{ContingencyTable, Finding, Weights, diagnosis};
///
/// let table = ContingencyTable::from_rows(vec![vec![80, 10], vec![5, 5]]).unwrap();
/// let found = diagnosis(&table, Weights::Identity);
/// assert!(matches!(found[0], Finding::Prevalence { agreement: 0.85, level: 0, share: 0.875, .. }));
/// ```
pub fn diagnosis(table: &ContingencyTable, weights: Weights) -> Vec<Finding> {
    let Ok(pairs) = Pairs::of(table) else { return vec![] };
    let agreement = pairs.mean(|i, j| if i == j { 1.0 } else { 0.0 });
    let kappa = cohen_kappa(table, weights);
    if kappa.undefined() == Some(Undefined::OneLevel) {
        let level = most_used(&pairs.rows).0;
        return vec![Finding::OneLevel { level, items: table.n() }];
    }
    let constant = [(1, &pairs.rows), (2, &pairs.columns)]
        .into_iter()
        .map(|(rater, margins)| (rater, most_used(margins).0, margins))
        .find(|(_, level, margins)| others_unused(margins, *level));
    if let Some((rater, level, _)) = constant {
        return vec![Finding::ConstantRater { rater, level, agreement }];
    }
    let Some(kappa) = kappa.estimate() else { return vec![] };
    [
        prevalence(&pairs, agreement, kappa),
        different_margins(table, &pairs, weights, kappa),
        margins_limit(table, weights, kappa),
        few_items(table, weights, kappa),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn prevalence(pairs: &Pairs, agreement: f64, kappa: f64) -> Option<Finding> {
    let (level, share) = most_used(&pairs.shares());
    let paradox = agreement >= HIGH_AGREEMENT && kappa < LOW_KAPPA && share >= PREVALENT;
    paradox.then_some(Finding::Prevalence { agreement, kappa, level, share })
}

fn different_margins(
    table: &ContingencyTable,
    pairs: &Pairs,
    weights: Weights,
    kappa: f64,
) -> Option<Finding> {
    let pi = crate::scott_pi(table, weights).estimate()?;
    let gaps: Vec<f64> =
        pairs.rows.iter().zip(&pairs.columns).map(|(row, column)| (row - column).abs()).collect();
    let level = most_used(&gaps).0;
    let apart = gaps.iter().sum::<f64>() / 2.0;
    (apart >= DIFFERENT_MARGINS && kappa - pi >= RAISED).then_some(Finding::DifferentMargins {
        kappa,
        pi,
        level,
        first: pairs.rows[level],
        second: pairs.columns[level],
    })
}

fn margins_limit(table: &ContingencyTable, weights: Weights, kappa: f64) -> Option<Finding> {
    let maximum = maximum_kappa(table, weights).estimate()?;
    let limited = maximum < LOW_MAXIMUM && kappa >= NEAR_MAXIMUM * maximum;
    limited.then_some(Finding::MarginsLimitKappa { kappa, maximum })
}

/// The concordant cell of few items without which kappa falls most.
fn few_items(table: &ContingencyTable, weights: Weights, kappa: f64) -> Option<Finding> {
    let few = |&(_, items): &(usize, u64)| {
        items > 0 && items as f64 <= (FEW * table.n() as f64).max(1.0) && items < table.n()
    };
    let fall = |without: Option<f64>| kappa - without.unwrap_or(0.0);
    table
        .rows()
        .enumerate()
        .map(|(level, row)| (level, row[level]))
        .filter(few)
        .filter_map(|(level, items)| {
            let mut rows: Vec<Vec<u64>> = table.rows().map(<[u64]>::to_vec).collect();
            rows[level][level] = 0;
            let rest = ContingencyTable::from_rows(rows).ok()?;
            Some((level, items, cohen_kappa(&rest, weights).estimate()))
        })
        .filter(|&(_, _, without)| fall(without) >= CARRIED)
        .max_by(|a, b| fall(a.2).total_cmp(&fall(b.2)))
        .map(|(level, items, without)| Finding::FewItemsCarryKappa {
            level,
            items,
            of: table.n(),
            kappa,
            without,
        })
}

/// The position of the largest value, the first of equals, and the value.
fn most_used(shares: &[f64]) -> (usize, f64) {
    let largest =
        |best: (usize, f64), next: (usize, f64)| if next.1 > best.1 { next } else { best };
    shares.iter().copied().enumerate().fold((0, f64::NEG_INFINITY), largest)
}

fn others_unused(margins: &[f64], level: usize) -> bool {
    margins.iter().enumerate().all(|(other, &share)| other == level || share == 0.0)
}

impl Finding {
    /// The sentence with levels as the caller names them, by index, and the names of the two raters.
    pub fn sentence(&self, name: impl Fn(usize) -> String, raters: [&str; 2]) -> String {
        let [first_rater, second_rater] = raters;
        match *self {
            Self::Prevalence { agreement, kappa, level, share } => format!(
                "{} exact agreement but kappa {kappa:.2}: {} of ratings are {}",
                percent(agreement),
                percent(share),
                name(level)
            ),
            Self::DifferentMargins { kappa, pi, level, first, second } => format!(
                "kappa {kappa:.2} is raised by raters who use the scale differently: {} of the ratings of {first_rater} are {}, {} of those of {second_rater}; Scott's pi is {pi:.2}",
                percent(first),
                name(level),
                percent(second)
            ),
            Self::MarginsLimitKappa { kappa, maximum } => format!(
                "kappa {kappa:.2} of at most {maximum:.2}: the raters differ in how often they use the levels more than in which items they give them to"
            ),
            Self::ConstantRater { rater, level, agreement } => format!(
                "{} gave every item {}, which makes kappa 0 whatever the other did; exact agreement is {}",
                if rater == 1 { first_rater } else { second_rater },
                name(level),
                percent(agreement)
            ),
            Self::OneLevel { level, items } => format!(
                "both raters gave all {items} items {}, which leaves nothing for kappa to measure",
                name(level)
            ),
            Self::FewItemsCarryKappa { level, items, of, kappa, without } => {
                let rest = without.map_or("undefined".to_owned(), |kappa| format!("{kappa:.2}"));
                format!(
                    "kappa {kappa:.2} depends on {items} of {of} items, which both raters gave {}: without them it is {rest}",
                    name(level)
                )
            }
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.sentence(|level| level.to_string(), ["rater 1", "rater 2"]))
    }
}

/// Whole percent, and "over 99 %" rather than a rounded 100.
fn percent(proportion: f64) -> String {
    if proportion < 1.0 && proportion > 0.99 {
        return "over 99 %".to_owned();
    }
    if proportion > 0.0 && proportion < 0.01 {
        return "under 1 %".to_owned();
    }
    format!("{:.0} %", 100.0 * proportion)
}
