//! Weighted kappa by formula: a first guess, and an approximation by name.

use statrs::distribution::{ContinuousCDF, Normal};

use super::goal::{Goal, PlanError};
use crate::interval::normal_quantile;
use crate::{ContingencyTable, Measure, Undefined, Weights, cohen_kappa};

/// Items of a table made from ratios.
const ITEMS: f64 = 1e12;

/// The largest number of items that the formula gives.
const MOST: u64 = 1_000_000_000_000_000;

/// The large-sample formulas for the kappa of an expected table, for independent items or with a design
/// effect. They plan for a z test and a normal interval, not for the interval that reports print; for
/// that see [`crate::plan_study`].
///
/// # Example
/// The case of R's irr, N.cohen.kappa(.3, .3, .6, .4), by Cantor's formula:
/// ```
/// use agreement::{ContingencyTable, Goal, KappaFormula, Weights};
///
/// let table = ContingencyTable::from_rows(vec![vec![616, 84], vec![84, 216]]).unwrap();
/// let formula = KappaFormula::new(&table, Weights::Identity, 1.0).unwrap();
/// assert_eq!(formula.items(Goal::Above { value: 0.4, power: 0.8 }), Ok(181));
/// ```
#[derive(Clone, Debug)]
pub struct KappaFormula<'a> {
    table: &'a ContingencyTable,
    weights: Weights<'a>,
    design_effect: f64,
    kappa: f64,
    /// The standard error times √n.
    spread: f64,
}

impl<'a> KappaFormula<'a> {
    /// For ratings in the ratios of `table`: only they matter, and the levels.
    ///
    /// # Errors
    /// [`PlanError::Expected`] where the table has no kappa or no standard error (one level, a constant
    /// rater, complete agreement), [`PlanError::DesignEffect`] unless that is a number of at least 1.
    pub fn new(
        table: &'a ContingencyTable,
        weights: Weights<'a>,
        design_effect: f64,
    ) -> Result<Self, PlanError> {
        if !(design_effect >= 1.0 && design_effect.is_finite()) {
            return Err(PlanError::DesignEffect(design_effect));
        }
        let (kappa, spread) = spread(table, weights)?;
        Ok(Self { table, weights, design_effect, kappa, spread })
    }

    /// The kappa of the table.
    pub fn expected(&self) -> f64 {
        self.kappa
    }

    /// n = D (z √v / w)² for a half-width w, and D ((z √v₀ + z_power √v) / (κ − κ₀))² to tell κ from κ₀:
    /// v is the variance for one item of J. L. Fleiss, J. Cohen and B. S. Everitt (1969), *Psychological
    /// Bulletin* 72:323–327, v₀ that at κ₀, in the table with the same margins that leads in a straight
    /// line from independence to the expected one. For two levels that is the formula of
    /// A. B. Cantor (1996), Sample-size calculation for Cohen's kappa, *Psychological Methods*
    /// 1:150–153. A half-width is met by half of all studies; assurance is not in the formula.
    ///
    /// # Errors
    /// [`PlanError`] for goals that cannot be, and beyond 10¹⁵ items.
    pub fn items(&self, goal: Goal) -> Result<u64, PlanError> {
        let times = match goal.checked(self.kappa)? {
            Goal::HalfWidth { width, .. } => normal_quantile() * self.spread / width,
            Goal::Above { value, power } | Goal::Below { value, power } => {
                let reach = normal_quantile() * self.null_spread(value)?
                    + Normal::standard().inverse_cdf(power) * self.spread;
                reach / (self.kappa - value).abs()
            }
        };
        // Rounding must not ask for one item more than the formula does.
        let items = (self.design_effect * times.powi(2) * (1.0 - 1e-12)).ceil().max(3.0);
        if items > MOST as f64 { Err(PlanError::TooMany(MOST)) } else { Ok(items as u64) }
    }

    /// The standard error with so many items.
    pub fn se(&self, items: u64) -> f64 {
        self.spread * (self.design_effect / items as f64).sqrt()
    }

    /// The half-width of the normal interval with so many items.
    pub fn half_width(&self, items: u64) -> f64 {
        normal_quantile() * self.se(items)
    }

    /// The power of the two-sided z test at 5 % to show that kappa exceeds `null`:
    /// Φ(((κ − κ₀) − z s₀) / s).
    ///
    /// # Errors
    /// [`PlanError::Null`] unless `null` is below the expected kappa.
    pub fn power(&self, items: u64, null: f64) -> Result<f64, PlanError> {
        if null.is_nan() || null >= self.kappa {
            return Err(PlanError::Null { null, expected: self.kappa });
        }
        let scale = (self.design_effect / items as f64).sqrt();
        let room = self.kappa - null - normal_quantile() * self.null_spread(null)? * scale;
        Ok(Normal::standard().cdf(room / (self.spread * scale)))
    }

    /// √v₀. Beyond independence and the expected table the nearer of these two stands.
    fn null_spread(&self, null: f64) -> Result<f64, PlanError> {
        let place = if self.kappa == 0.0 { 1.0 } else { (null / self.kappa).clamp(0.0, 1.0) };
        let n = self.table.n() as f64;
        let (rows, columns) = (self.table.row_margins(), self.table.column_margins());
        let cell = |i: usize, j: usize, count: u64| {
            let chance = rows[i] as f64 / n * (columns[j] as f64 / n);
            ((place * count as f64 / n + (1.0 - place) * chance) * ITEMS).round() as u64
        };
        let mixed =
            self.table.rows().enumerate().map(|(i, row)| {
                row.iter().enumerate().map(|(j, &count)| cell(i, j, count)).collect()
            });
        let mixed = ContingencyTable::from_rows(mixed.collect())
            .map_err(|_| PlanError::Expected(Undefined::NoVariation))?;
        Ok(spread(&mixed, self.weights)?.1)
    }
}

/// The kappa of a table, and its standard error times √n.
fn spread(table: &ContingencyTable, weights: Weights) -> Result<(f64, f64), PlanError> {
    match cohen_kappa(table, weights) {
        Measure::Undefined(reason) => Err(PlanError::Expected(reason)),
        Measure::Estimated(kappa) => {
            kappa.interval.map_err(PlanError::Expected)?;
            let se = kappa.se.ok_or(PlanError::Expected(Undefined::NoVariation))?;
            Ok((kappa.estimate, se * (table.n() as f64).sqrt()))
        }
    }
}
