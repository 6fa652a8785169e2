//! What ratings are expected.

use super::PlanCoefficient;
use crate::Failure;
use agreement::{ContingencyTable, Disagreements, exact_agreement, expected_table};
use exchange::CountData;
use serde::Deserialize;
use std::path::Path;
use ts_rs::TS;

/// What ratings are expected.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanExpected {
    /// As in a pilot study. Only the ratios of its counts matter.
    Pilot {
        /// A file of counts.
        file: String,
        /// The categories of a CSV, in their order.
        #[serde(default)]
        #[ts(optional)]
        categories: Option<Vec<String>>,
    },
    /// As shares and an agreement say.
    Shares {
        /// The share of items that gets each grade, lowest first, from 0 to 1 and 1 in all.
        shares: Vec<f64>,
        /// The same for the second rater, where the raters are expected to differ.
        #[serde(default)]
        #[ts(optional)]
        second_shares: Option<Vec<f64>>,
        /// How much the raters agree.
        agreement: PlanAgreement,
        /// How far apart they are where they disagree.
        disagreements: PlanDisagreements,
    },
}

/// How much two raters are expected to agree.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanAgreement {
    /// By the coefficient that is planned for.
    Coefficient {
        /// Its value, at most 1.
        value: f64,
    },
    /// By the share of items with the same grade from both.
    Exact {
        /// From 0 to 1.
        value: f64,
    },
}

/// How far apart two raters' grades are where they disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PlanDisagreements {
    /// As far as by chance, which asks for more items.
    Anywhere,
    /// Mostly one grade.
    Near,
}

/// The expected table, and the scores of its categories.
pub(super) struct Expected {
    pub(super) table: ContingencyTable,
    pub(super) scores: Vec<f64>,
}

impl PlanExpected {
    pub(super) fn table(&self, coefficient: PlanCoefficient) -> Result<Expected, Failure> {
        match self {
            Self::Pilot { file, categories } => self.pilot(file, categories.as_deref()),
            Self::Shares { shares, second_shares, agreement, disagreements } => {
                let scores = places(shares.len());
                let second = second_shares.as_ref().unwrap_or(shares);
                let disagreements = match disagreements {
                    PlanDisagreements::Anywhere => Disagreements::Anywhere,
                    PlanDisagreements::Near => Disagreements::Near,
                };
                let table = match *agreement {
                    PlanAgreement::Coefficient { value } => {
                        let of = |table: &ContingencyTable| coefficient.of(table, &scores);
                        expected_table(shares, second, disagreements, of, value)
                    }
                    PlanAgreement::Exact { value } => {
                        expected_table(shares, second, disagreements, exact_agreement, value)
                    }
                };
                let table = table.map_err(|why| self.refused(&why.to_string()))?;
                Ok(Expected { table, scores })
            }
        }
    }

    fn pilot(&self, file: &str, categories: Option<&[String]>) -> Result<Expected, Failure> {
        let counts = exchange::read_counts(Path::new(file), categories, None)?;
        let CountData::Tables(tables) = counts.data else {
            let found = "field `ratings`: found ratings; expected a table of two raters";
            return Err(self.refused(found));
        };
        let rows = tables.into_iter().next().unwrap_or_default();
        let table =
            ContingencyTable::from_rows(rows).map_err(|why| self.refused(&why.to_string()))?;
        let size = counts.categories.len();
        if table.size() != size {
            return Err(self.refused(&format!(
                "field `table`: found {} rows; expected one for each of the {size} categories",
                table.size()
            )));
        }
        Ok(Expected { table, scores: counts.values.unwrap_or_else(|| places(size)) })
    }

    /// What is wrong, and with what.
    pub(super) fn refused(&self, why: &str) -> Failure {
        let message = match self {
            Self::Pilot { file, .. } => format!("{file}: {why}."),
            Self::Shares { .. } => {
                let (first, rest) = why.split_at_checked(1).unwrap_or((why, ""));
                format!("{}{rest}.", first.to_uppercase())
            }
        };
        Failure::Refused { message }
    }
}

/// Categories that are no numbers are placed one step apart, from 0.
fn places(size: usize) -> Vec<f64> {
    (0..size).map(|place| place as f64).collect()
}
