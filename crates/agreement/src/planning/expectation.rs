//! Expected ratings from what is known before any were made: shares and an agreement.

use super::joint::{alike_first, associated, independent, matched, mixed};
use crate::{ContingencyTable, Measure, Undefined};

/// Items of an expected table: enough that its coefficients are right to eleven decimals.
pub(super) const ITEMS: f64 = 1e12;

/// The most levels that a person would type shares for, and that fitting margins is quick for.
const LEVELS: std::ops::RangeInclusive<usize> = 2..=50;

/// How far typed shares may add up to something else than 1.
const ROUNDING: f64 = 0.01;

/// Halvings of the range that is searched for the agreement.
const HALVINGS: usize = 60;

/// How close to the wanted agreement the table must come.
pub(super) const CLOSE: f64 = 1e-6;

/// How far apart two raters' levels are where they disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disagreements {
    /// As far as by chance: some items are agreed on, the others are rated independently. A
    /// cautious choice, since weighted coefficients then vary much.
    Anywhere,
    /// Mostly by a level: the probability falls with the squared distance, as it does where both
    /// raters see one latent quantity with normal errors.
    Near,
}

/// Why shares and an agreement make no table.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ExpectationError {
    /// The scale is too short to measure agreement on, or too long to type.
    #[error(
        "found shares for {found} levels; give a share for each of {} to {} levels",
        LEVELS.start(),
        LEVELS.end()
    )]
    Levels {
        /// The number of shares.
        found: usize,
    },
    /// The raters have different scales.
    #[error("found {first} shares for one rater and {second} for the other; give as many")]
    Lengths {
        /// Shares of the first rater.
        first: usize,
        /// Shares of the second rater.
        second: usize,
    },
    /// A share is no proportion.
    #[error("share {}: found {found}; give fractions from 0 to 1", .level + 1)]
    Share {
        /// The level index.
        level: usize,
        /// The share found.
        found: f64,
    },
    /// The shares leave something out.
    #[error("the shares add up to {found:.4}; they must add up to 1")]
    Sum {
        /// Their sum.
        found: f64,
    },
    /// The agreement has no value.
    #[error("the expected shares give no plan: {0}")]
    Undefined(Undefined),
    /// So many raters on such a scale can rate an item in too many ways to simulate them all.
    #[error(
        "{raters} raters on {levels} levels can rate an item in more than {most} ways; give fewer raters or levels"
    )]
    Ways {
        /// The number of raters.
        raters: usize,
        /// The number of levels.
        levels: usize,
        /// The most ways that are simulated.
        most: usize,
    },
    /// No table between chance and the most agreement has this much.
    #[error(
        "an agreement of {wanted} is not possible with these shares: they allow {least:.3}, by chance, to {most:.3}, the most"
    )]
    Unattainable {
        /// The agreement asked for.
        wanted: f64,
        /// That of raters who rate independently.
        least: f64,
        /// That of raters whose levels are matched in order.
        most: f64,
    },
}

/// The table that two raters are expected to fill: `first` and `second` are the shares of items
/// that each gives each level, from 0 to 1 with sum 1 to within 0.01, and `agreement` has the value
/// `wanted`, to within 10⁻⁶. It holds about 10¹² items; only its ratios mean something.
///
/// Margins and one coefficient leave K² − 2K further numbers open. They are filled by a family of
/// tables with these margins that leads from independence, Pᵢⱼ = rᵢcⱼ, to the most agreement, M, and
/// the one with the wanted agreement is found by halving. Where the margins are equal, M is complete
/// agreement. Else the k-th lowest grade of one rater meets the k-th lowest of the other, all of
/// them or only those beyond what both raters can give alike, min(rᵢ, cᵢ).
///
/// - [`Disagreements::Anywhere`]: Pᵢⱼ = (1 − λ)rᵢcⱼ + λMᵢⱼ, with that of the two M that has more
///   agreement. Where the margins are equal, every weighted kappa is λ. Source: J. Cohen (1960),
///   *Educational and Psychological Measurement* 20:37–46, for kappa as a share of items.
/// - [`Disagreements::Near`]: Pᵢⱼ = aᵢbⱼt^((i − j)²), with a and b from the margins by iterative
///   proportional fitting: the uniform association model of L. A. Goodman (1979), *Journal of the
///   American Statistical Association* 74:537–552, which of all tables with these margins and this
///   quadratic weighted kappa has the most entropy. It leads to the first M.
///
/// # Errors
/// [`ExpectationError`] for shares that are none, and for an agreement that does not exist, or is
/// less than by chance or more than in M. Of weighted kappas M has [`crate::maximum_kappa()`]; only
/// with [`Disagreements::Near`], unequal margins and identity weights it has less.
///
/// # Example
/// Two raters who each find 30 % and have a kappa of .6 agree on 83.2 %, (.832 − .58) / .42:
/// ```
/// use agreement::{Disagreements, Weights, cohen_kappa, exact_agreement, expected_table};
///
/// let shares = [0.7, 0.3];
/// let kappa = |table: &_| cohen_kappa(table, Weights::Identity);
/// let table = expected_table(&shares, &shares, Disagreements::Anywhere, kappa, 0.6).unwrap();
/// assert_eq!(format!("{:.3}", exact_agreement(&table).estimate().unwrap()), "0.832");
/// ```
pub fn expected_table(
    first: &[f64],
    second: &[f64],
    disagreements: Disagreements,
    agreement: impl Fn(&ContingencyTable) -> Measure,
    wanted: f64,
) -> Result<ContingencyTable, ExpectationError> {
    if first.len() != second.len() {
        let (first, second) = (first.len(), second.len());
        return Err(ExpectationError::Lengths { first, second });
    }
    let (rows, columns) = (margin(first)?, margin(second)?);
    let of = |joint: Vec<f64>| -> Result<Candidate, ExpectationError> {
        let counts: Vec<u64> = joint.iter().map(|share| (share * ITEMS).round() as u64).collect();
        let counts = counts.chunks_exact(rows.len()).map(Vec::from).collect();
        let table = ContingencyTable::from_rows(counts)
            .map_err(|_| ExpectationError::Levels { found: rows.len() })?;
        match agreement(&table) {
            Measure::Estimated(found) => Ok(Candidate { joint, table, value: found.estimate }),
            Measure::Undefined(reason) => Err(ExpectationError::Undefined(reason)),
        }
    };
    let chance = of(independent(&rows, &columns))?;
    let mut most = of(matched(&rows, &columns))?;
    if disagreements == Disagreements::Anywhere {
        let other = of(alike_first(&rows, &columns))?;
        most = if other.value > most.value { other } else { most };
    }
    let unattainable =
        ExpectationError::Unattainable { wanted, least: chance.value, most: most.value };
    for end in [&chance, &most] {
        if (end.value - wanted).abs() <= CLOSE {
            return Ok(end.table.clone());
        }
    }
    if !(chance.value < wanted && wanted < most.value) {
        return Err(unattainable);
    }
    let (mut low, mut high) = (0.0, 1.0);
    let mut nearest = None;
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        let joint = match disagreements {
            Disagreements::Anywhere => Some(mixed(&chance.joint, &most.joint, middle)),
            Disagreements::Near => associated(&rows, &columns, 1.0 - middle),
        };
        // Margins that cannot be fitted are those of a table hardly different from M.
        let Some(joint) = joint else {
            high = middle;
            continue;
        };
        let found = of(joint)?;
        *(if found.value < wanted { &mut low } else { &mut high }) = middle;
        nearest = Some(found);
    }
    match nearest {
        Some(found) if (found.value - wanted).abs() <= CLOSE => Ok(found.table),
        _ => Err(unattainable),
    }
}

/// A joint distribution, row by row, and the agreement of its table.
struct Candidate {
    joint: Vec<f64>,
    table: ContingencyTable,
    value: f64,
}

/// Shares that add up to 1.
pub(super) fn margin(shares: &[f64]) -> Result<Vec<f64>, ExpectationError> {
    if !LEVELS.contains(&shares.len()) {
        return Err(ExpectationError::Levels { found: shares.len() });
    }
    let wrong = shares.iter().position(|share| !(0.0..=1.0).contains(share));
    if let Some(level) = wrong {
        return Err(ExpectationError::Share { level, found: shares[level] });
    }
    let sum: f64 = shares.iter().sum();
    // The tolerance itself is typed with rounding.
    if (sum - 1.0).abs() > ROUNDING + 1e-9 {
        return Err(ExpectationError::Sum { found: sum });
    }
    Ok(shares.iter().map(|share| share / sum).collect())
}
