//! What ratings are expected.

use super::PlanCoefficient;
use crate::Failure;
use crate::names::count;
use crate::reports::counts_file::CountsFile;
use crate::reports::reading::HowToRead;
use agreement::{
    ContingencyTable, Disagreements, Finding, Weights, diagnosis, exact_agreement, expected_table,
};
use serde::Deserialize;
use ts_rs::TS;

/// What ratings are expected.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanExpected {
    /// As in a pilot study. Only the ratios of its counts matter.
    Pilot(Box<PlanPilot>),
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

/// A pilot study of two raters.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, TS)]
pub struct PlanPilot {
    /// A file of counts, or of two raters' grades in any layout.
    pub file: String,
    /// The axis, of grades on several.
    #[serde(default)]
    #[ts(optional)]
    pub axis: Option<String>,
    /// How the file is read.
    #[serde(default)]
    #[ts(optional, as = "Option<HowToRead>")]
    pub read: HowToRead,
    /// The categories of a table, in their order.
    #[serde(default)]
    #[ts(optional)]
    pub categories: Option<Vec<String>>,
    /// The column of a table that says which items belong to one scenario. Then scenarios are
    /// planned, as they come in the pilot.
    #[serde(default)]
    #[ts(optional)]
    pub cluster: Option<String>,
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
    /// The tables of a pilot's scenarios, if it has some.
    pub(super) scenarios: Vec<ContingencyTable>,
    /// What to know of how a pilot was read.
    pub(super) cautions: Vec<String>,
}

impl PlanExpected {
    /// Whether a pilot says how items come in scenarios.
    pub(super) fn has_scenarios(&self) -> bool {
        matches!(self, Self::Pilot(pilot) if pilot.cluster.is_some())
    }

    pub(super) fn table(&self, coefficient: PlanCoefficient) -> Result<Expected, Failure> {
        match self {
            Self::Pilot(pilot) => self.pilot(coefficient, pilot),
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
                self.check_varied(coefficient, &table, |grade| grade.to_string())?;
                Ok(Expected { table, scores, scenarios: Vec::new(), cautions: Vec::new() })
            }
        }
    }

    fn pilot(&self, coefficient: PlanCoefficient, pilot: &PlanPilot) -> Result<Expected, Failure> {
        let PlanPilot { file, axis, read, categories, cluster } = pilot;
        let (axis, cluster) = (axis.as_deref(), cluster.as_deref());
        let counts = CountsFile { file, axis, read, categories: categories.as_deref(), cluster };
        let counts = counts.counts()?;
        let size = counts.categories.len();
        let tables = counts.data.of_two(size).map_err(|raters| {
            self.refused(&format!(
                "found the grades of {}; expected those of two: choose their columns, as in --map \
                 \"value=FIRST,SECOND\" --map axis=:grade, or plan for several with primum plan raters",
                count(raters, "rater")
            ))
        })?;
        if !counts.ordered && !coefficient.is_nominal() {
            return Err(self.refused(&format!(
                "found words as categories ({}), which have no order of their own; expected them from the lowest \
                 to the highest in --categories, or a JSON file with `categories` in that order, as {} counts on it",
                counts.categories.join(", "),
                coefficient.short()
            )));
        }
        let mut scenarios = Vec::new();
        for rows in tables {
            let table =
                ContingencyTable::from_rows(rows).map_err(|why| self.refused(&why.to_string()))?;
            if table.size() != size {
                return Err(self.refused(&format!(
                    "field `table`: found {} rows; expected one for each of the {size} categories",
                    table.size()
                )));
            }
            scenarios.push(table);
        }
        let mut table =
            ContingencyTable::empty(size).map_err(|why| self.refused(&why.to_string()))?;
        for scenario in &scenarios {
            table.add(scenario).map_err(|why| self.refused(&why.to_string()))?;
        }
        self.check_varied(coefficient, &table, |grade| counts.categories[grade].clone())?;
        let mut cautions = counts.cautions;
        if cluster.is_none() {
            cautions.extend(counts.grouped_by.map(|name| {
                format!(
                    "The plan treats the pilot's items as independent, although several share a {name}: give --cluster \
                     {name} to plan with them."
                )
            }));
            scenarios.clear();
        } else if scenarios.len() < FEWEST_SCENARIOS {
            let found = scenarios.len();
            return Err(self.refused(&format!(
                "found {found} scenarios; expected at least {FEWEST_SCENARIOS}, since fewer do not \
                 show how scenarios vary"
            )));
        }
        let scores = counts.values.unwrap_or_else(|| places(size));
        Ok(Expected { table, scores, scenarios, cautions })
    }

    /// A rater of one grade leaves kappa, alpha and the ICC nothing to measure: a plan would be based on a
    /// number that is the same whatever the other rater does.
    fn check_varied(
        &self,
        coefficient: PlanCoefficient,
        table: &ContingencyTable,
        name: impl Fn(usize) -> String,
    ) -> Result<(), Failure> {
        let Some(value) = coefficient.with_a_constant_rater() else { return Ok(()) };
        let constant = diagnosis(table, Weights::Identity).into_iter().find_map(|it| match it {
            Finding::ConstantRater { rater, level, .. } => Some((rater, level)),
            _ => None,
        });
        let Some((rater, level)) = constant else { return Ok(()) };
        Err(self.refused(&format!(
            "rater {rater} gives every item the grade {}, so that {} is {value} whatever the other \
             rater does; give ratings in which both raters use at least two grades, or plan for AC2",
            name(level),
            coefficient.short()
        )))
    }

    /// What is wrong, and with what.
    pub(super) fn refused(&self, why: &str) -> Failure {
        let message = match self {
            Self::Pilot(pilot) => format!("{}: {why}.", pilot.file),
            Self::Shares { .. } => {
                let (first, rest) = why.split_at_checked(1).unwrap_or((why, ""));
                format!("{}{rest}.", first.to_uppercase())
            }
        };
        Failure::refused(message)
    }
}

/// With fewer scenarios a pilot does not show how they vary.
const FEWEST_SCENARIOS: usize = 5;

/// Categories that are no numbers are placed one step apart, from 0.
pub(super) fn places(size: usize) -> Vec<f64> {
    (0..size).map(|place| place as f64).collect()
}
