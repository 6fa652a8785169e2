//! Any number of raters who see one latent normal quantity, each with errors of their own.

use statrs::distribution::{ContinuousCDF, Normal};

use super::expectation::{CLOSE, ExpectationError, ITEMS, margin};
use super::population::Population;
use crate::{ContingencyTable, Measure};

/// Values that the latent quantity takes: normal quantiles, each as often as another.
const VALUES: usize = 200;

/// Correlations with the latent quantity beyond this would show its values one by one.
const MOST_LOADING: f64 = 0.999;

/// Halvings of the range in which a threshold or a loading lies.
const HALVINGS: usize = 50;

/// The most ways to be rated that are listed.
const MOST_WAYS: usize = 50_000;

/// A rater who sees `loading · t + √(1 − loading²) · error` of an item with latent value t, and gives
/// the level between whose thresholds that lies.
#[derive(Clone, Debug, PartialEq)]
pub struct LatentRater {
    loading: f64,
    /// For each latent value the probability of each level.
    levels: Vec<Vec<f64>>,
}

impl LatentRater {
    /// A rater who gives the levels with these shares (from 0 to 1, sum 1 to within 0.01), and whose
    /// impression correlates by `loading`, from 0 to 0.999, with what is rated.
    ///
    /// # Errors
    /// [`ExpectationError`] for shares that are none.
    pub fn new(shares: &[f64], loading: f64) -> Result<Self, ExpectationError> {
        let shares = margin(shares)?;
        let loading = loading.clamp(0.0, MOST_LOADING);
        let (normal, error) = (Normal::standard(), (1.0 - loading * loading).sqrt());
        let latent: Vec<f64> = (0..VALUES)
            .map(|place| normal.inverse_cdf((place as f64 + 0.5) / VALUES as f64))
            .collect();
        let below = |threshold: f64, t: f64| normal.cdf((threshold - loading * t) / error);
        let mean = |threshold: f64| {
            latent.iter().map(|&t| below(threshold, t)).sum::<f64>() / VALUES as f64
        };
        let mut levels = vec![Vec::new(); VALUES];
        let mut cumulative = 0.0;
        let mut before = vec![0.0; VALUES];
        for (level, share) in shares.iter().enumerate() {
            cumulative += share;
            let last = level + 1 == shares.len() || cumulative >= 1.0;
            let threshold = if last { f64::INFINITY } else { root(mean, cumulative) };
            for ((levels, before), &t) in levels.iter_mut().zip(&mut before).zip(&latent) {
                let now = if last { 1.0 } else { below(threshold, t) };
                levels.push(now - *before);
                *before = now;
            }
        }
        Ok(Self { loading, levels })
    }

    /// One of two or more raters with these shares, any two of whom have the agreement `wanted`.
    ///
    /// # Errors
    /// As [`crate::expected_table`]: independent raters have the least agreement.
    pub fn agreeing(
        shares: &[f64],
        agreement: impl Fn(&ContingencyTable) -> Measure,
        wanted: f64,
    ) -> Result<Self, ExpectationError> {
        fitted(wanted, |loading| {
            let rater = Self::new(shares, loading)?;
            let value = value(&agreement, &rater, &rater)?;
            Ok((rater, value))
        })
    }

    /// A rater with these shares who has the agreement `wanted` with `other`.
    ///
    /// # Errors
    /// As [`crate::expected_table`]: the most agreement is that of a rater who sees the latent quantity
    /// itself.
    pub fn agreeing_with(
        other: &Self,
        shares: &[f64],
        agreement: impl Fn(&ContingencyTable) -> Measure,
        wanted: f64,
    ) -> Result<Self, ExpectationError> {
        let (found, expected) = (shares.len(), other.levels[0].len());
        if found != expected {
            return Err(ExpectationError::Lengths { first: expected, second: found });
        }
        fitted(wanted, |loading| {
            let rater = Self::new(shares, loading)?;
            let value = value(&agreement, other, &rater)?;
            Ok((rater, value))
        })
    }

    /// The correlation of the rater's impression with what is rated.
    pub fn loading(&self) -> f64 {
        self.loading
    }
}

/// The rater whose loading gives the wanted agreement, which grows with it.
fn fitted(
    wanted: f64,
    of: impl Fn(f64) -> Result<(LatentRater, f64), ExpectationError>,
) -> Result<LatentRater, ExpectationError> {
    let (none, least) = of(0.0)?;
    let (all, most) = of(MOST_LOADING)?;
    for (rater, value) in [(none, least), (all, most)] {
        if (value - wanted).abs() <= CLOSE {
            return Ok(rater);
        }
    }
    if !(least < wanted && wanted < most) {
        return Err(ExpectationError::Unattainable { wanted, least, most });
    }
    let (mut low, mut high) = (0.0, MOST_LOADING);
    loop {
        let middle = (low + high) / 2.0;
        let (rater, value) = of(middle)?;
        if (value - wanted).abs() <= CLOSE || high - low < 1e-9 {
            return Ok(rater);
        }
        *(if value < wanted { &mut low } else { &mut high }) = middle;
    }
}

fn value(
    agreement: impl Fn(&ContingencyTable) -> Measure,
    first: &LatentRater,
    second: &LatentRater,
) -> Result<f64, ExpectationError> {
    match agreement(&pair_table(first, second)?) {
        Measure::Estimated(found) => Ok(found.estimate),
        Measure::Undefined(reason) => Err(ExpectationError::Undefined(reason)),
    }
}

/// Where an increasing function is `wanted`.
fn root(of: impl Fn(f64) -> f64, wanted: f64) -> f64 {
    let (mut low, mut high) = (-10.0, 10.0);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        *(if of(middle) < wanted { &mut low } else { &mut high }) = middle;
    }
    (low + high) / 2.0
}

/// The table that two raters are expected to fill, of about 10¹² items.
///
/// # Errors
/// [`ExpectationError::Lengths`] for raters with different scales.
///
/// # Example
/// Two raters whose impressions correlate by .8 · .8 and who cut at the median are alike in
/// 1/2 + asin(.64)/π of the items (Sheppard 1899):
/// ```
/// use agreement::{LatentRater, exact_agreement, pair_table};
///
/// let rater = LatentRater::new(&[0.5, 0.5], 0.8).unwrap();
/// let table = pair_table(&rater, &rater).unwrap();
/// assert_eq!(format!("{:.2}", exact_agreement(&table).estimate().unwrap()), "0.72");
/// ```
pub fn pair_table(
    first: &LatentRater,
    second: &LatentRater,
) -> Result<ContingencyTable, ExpectationError> {
    let (size, other) = (first.levels[0].len(), second.levels[0].len());
    if size != other {
        return Err(ExpectationError::Lengths { first: size, second: other });
    }
    let mut joint = vec![vec![0.0; size]; size];
    for (rows, columns) in first.levels.iter().zip(&second.levels) {
        for (joint, row) in joint.iter_mut().zip(rows) {
            joint.iter_mut().zip(columns).for_each(|(cell, column)| *cell += row * column);
        }
    }
    let count = |share: f64| (share / VALUES as f64 * ITEMS).round() as u64;
    let rows = joint.into_iter().map(|row| row.into_iter().map(count).collect()).collect();
    ContingencyTable::from_rows(rows).map_err(|_| ExpectationError::Levels { found: size })
}

impl Population {
    /// Items that all of these raters rate.
    ///
    /// The model is that of K. Pearson's polychoric correlation for several raters: J. S. Uebersax and
    /// W. M. Grove (1993), A latent trait finite mixture model for the analysis of rating agreement,
    /// *Biometrics* 49:823–835, with one normal class.
    ///
    /// # Errors
    /// [`ExpectationError::Lengths`] for raters with different scales, [`ExpectationError::Ways`] beyond
    /// 50,000 ways to rate an item.
    pub fn latent(raters: &[LatentRater]) -> Result<Self, ExpectationError> {
        let size = raters.first().map_or(0, |rater| rater.levels[0].len());
        if let Some(other) = raters.iter().find(|rater| rater.levels[0].len() != size) {
            let second = other.levels[0].len();
            return Err(ExpectationError::Lengths { first: size, second });
        }
        let ways = u32::try_from(raters.len()).ok().and_then(|raters| size.checked_pow(raters));
        if ways.is_none_or(|ways| ways > MOST_WAYS) {
            let raters = raters.len();
            return Err(ExpectationError::Ways { raters, levels: size, most: MOST_WAYS });
        }
        // Each way so far, with its probability at every latent value.
        let mut found: Vec<(Vec<u16>, Vec<f64>)> = vec![(Vec::new(), vec![1.0; VALUES])];
        for rater in raters {
            let with = |(levels, likely): &(Vec<u16>, Vec<f64>), level: usize| {
                let own = rater.levels.iter().map(|levels| levels[level]);
                let likely = likely.iter().zip(own).map(|(before, own)| before * own).collect();
                ([&levels[..], &[level as u16]].concat(), likely)
            };
            found =
                found.iter().flat_map(|way| (0..size).map(move |level| with(way, level))).collect();
        }
        let weight =
            |likely: &[f64]| (likely.iter().sum::<f64>() / VALUES as f64 * ITEMS).round() as u64;
        let weighed = found.into_iter().map(|(levels, likely)| (levels.into(), weight(&likely)));
        let (kinds, weights): (Vec<Box<[u16]>>, Vec<u64>) =
            weighed.filter(|(_, weight)| *weight > 0).unzip();
        Ok(Self::new(raters.len(), size, kinds, &weights))
    }
}
