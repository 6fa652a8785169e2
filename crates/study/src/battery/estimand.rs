//! What of the findings a hypothesis is about, and which test fits it.

use super::{Claim, Models, PlannedTest, Procedure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use ts_rs::TS;

/// What of the findings a test is about. Each unit counts once, whatever its number of responses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case", deny_unknown_fields)]
pub enum Estimand {
    /// A mean grade.
    Harm {
        /// Of which axis.
        axis: HarmAxis,
        /// Over which scenarios.
        scenarios: ScenarioSet,
        /// Of what.
        unit: TestUnit,
    },
    /// Mean omission asked by a layperson less that asked by a physician, by pair.
    FramingGap {},
    /// Spearman's correlation of the models' mean framing gap with a ranking.
    GapByRank {
        /// The models, from the lowest rank to the highest.
        ranking: Vec<String>,
    },
    /// The mean framing gap of some models less that of others.
    GapByGroup {
        /// The models from which is subtracted.
        first: Vec<String>,
        /// The others.
        second: Vec<String>,
    },
    /// A difference of hit rates of critical actions.
    HitRate {
        /// Between what.
        contrast: RateContrast,
        /// How a partial hit counts.
        partial: PartialCredit,
    },
    /// The share of responses with a code, by scenario.
    Share {
        /// Of what it is a code.
        of: ShareOf,
        /// The code.
        code: String,
    },
    /// The share of filtered responses asked by a layperson less that asked by a physician, by pair.
    FilteredGap {},
    /// A judge's grade less that of the scores.
    JudgeDifference {
        /// On which axis.
        axis: HarmAxis,
        /// Of what.
        unit: TestUnit,
    },
}

/// An axis of the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HarmAxis {
    /// What responses withhold.
    Omission,
    /// What they get wrong.
    Commission,
}

/// Some scenarios.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScenarioSet {
    /// All of them.
    All,
    /// Those where caution is right.
    Controls,
}

/// What a test treats as independent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TestUnit {
    /// Scenarios.
    Scenario,
    /// Pairs of scenarios.
    Pair,
    /// Models.
    Model,
    /// Responses: p-values are too small where scenarios repeat.
    Response,
}

/// Hit rates that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateContrast {
    /// Safety-colliding actions less the others, by scenario.
    Collision,
    /// Layperson less physician on safety-colliding actions, by pair.
    FramingColliding,
    /// Layperson less physician on the others, by pair.
    FramingNonColliding,
    /// The first of these two less the second.
    DifferenceInDifferences,
}

/// How a partial hit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartialCredit {
    /// As one half.
    Half,
    /// As none.
    None,
}

/// A list of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShareOf {
    /// Why something was withheld.
    OmissionMechanism,
    /// What kind of response it is.
    ResponseClass,
}

/// A field of a planned test that does not fit the others: its name, what was found, and what is
/// expected.
pub type Misfit = (&'static str, String, &'static str);

impl PlannedTest {
    /// What does not fit, if something does not.
    pub fn misfit(&self) -> Option<Misfit> {
        let word = |value: &dyn fmt::Debug| format!("{value:?}");
        let of_models = match self.estimand {
            Estimand::GapByRank { .. } => Some(Procedure::Spearman),
            Estimand::GapByGroup { .. } => Some(Procedure::GroupPermutation),
            _ => None,
        };
        let (procedure, margin) = (self.procedure, self.margin);
        if let Some(expected) = of_models.filter(|expected| *expected != procedure) {
            let expected = match expected {
                Procedure::Spearman => "`spearman`, since it is about a ranking of models",
                _ => "`group_permutation`, since it is about two groups of models",
            };
            return Some(("procedure", word(&procedure), expected));
        }
        if of_models.is_none()
            && matches!(procedure, Procedure::Spearman | Procedure::GroupPermutation)
        {
            return Some((
                "procedure",
                word(&procedure),
                "a test of scenarios, pairs or responses",
            ));
        }
        let whole =
            of_models.is_some() || matches!(self.estimand, Estimand::JudgeDifference { .. });
        if whole && self.models == Models::Each {
            return Some(("models", word(&self.models), "`together`: it is not about one model"));
        }
        if of_models.is_some() && self.value != 0.0 {
            return Some((
                "value",
                self.value.to_string(),
                "0, or nothing: the test is against none",
            ));
        }
        if (procedure == Procedure::Tost) != (self.direction == Claim::Within) {
            let expected = "`within` for `tost`, and for it alone";
            return Some(("direction", word(&self.direction), expected));
        }
        if (procedure == Procedure::Tost) != margin.is_some() {
            let found = margin.map_or("nothing".into(), |margin| margin.to_string());
            return Some(("margin", found, "a number above 0 for `tost`, and nothing otherwise"));
        }
        if let Estimand::Harm { unit, .. } | Estimand::JudgeDifference { unit, .. } = &self.estimand
            && !matches!(unit, TestUnit::Scenario | TestUnit::Response)
        {
            return Some(("unit", word(unit), "`scenario` or `response`"));
        }
        self.bad_number().or_else(|| self.bad_list())
    }

    fn bad_number(&self) -> Option<Misfit> {
        let wrong = |number: f64| !number.is_finite() || number <= 0.0;
        if !self.value.is_finite() {
            return Some(("value", self.value.to_string(), "a number"));
        }
        let bounds = [("margin", self.margin), ("smallest_effect", self.smallest_effect)];
        let wrong = bounds.into_iter().find(|(_, number)| number.is_some_and(wrong))?;
        Some((wrong.0, wrong.1.unwrap_or_default().to_string(), "a number above 0"))
    }

    fn bad_list(&self) -> Option<Misfit> {
        let (field, names, least, expected): (_, Vec<&String>, _, _) = match &self.estimand {
            Estimand::GapByRank { ranking } => {
                ("ranking", ranking.iter().collect(), 3, "at least three models, each once")
            }
            Estimand::GapByGroup { first, second } if first.is_empty() || second.is_empty() => {
                ("first", Vec::new(), 2, "at least one model in `first` and in `second`")
            }
            Estimand::GapByGroup { first, second } => {
                ("first", first.iter().chain(second).collect(), 2, "each model once")
            }
            _ => return None,
        };
        let different: BTreeSet<&String> = names.iter().copied().collect();
        (names.len() < least || different.len() < names.len()).then(|| {
            let found: Vec<&str> = names.into_iter().map(String::as_str).collect();
            let found = if found.is_empty() { "none".into() } else { found.join(", ") };
            (field, found, expected)
        })
    }
}

impl fmt::Display for HarmAxis {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Omission => "OH",
            Self::Commission => "CH",
        })
    }
}

impl fmt::Display for TestUnit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Scenario => "scenario",
            Self::Pair => "pair",
            Self::Model => "model",
            Self::Response => "response",
        })
    }
}

impl fmt::Display for Estimand {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let half = |partial: &PartialCredit| match partial {
            PartialCredit::Half => "partial as 0.5",
            PartialCredit::None => "partial as 0",
        };
        match self {
            Self::Harm { axis, scenarios: ScenarioSet::All, .. } => write!(out, "mean {axis}"),
            Self::Harm { axis, scenarios: ScenarioSet::Controls, .. } => {
                write!(out, "mean {axis} on control scenarios")
            }
            Self::FramingGap {} => out.write_str("framing gap of OH, layperson − physician"),
            Self::GapByRank { .. } => {
                out.write_str("rank correlation of the models' framing gap with their ranking")
            }
            Self::GapByGroup { first, second } => write!(
                out,
                "mean framing gap of {} − that of {}",
                first.join(", "),
                second.join(", ")
            ),
            Self::HitRate { contrast, partial } => {
                let contrast = match contrast {
                    RateContrast::Collision => "colliding − other actions",
                    RateContrast::FramingColliding => "layperson − physician, colliding actions",
                    RateContrast::FramingNonColliding => "layperson − physician, other actions",
                    RateContrast::DifferenceInDifferences => "difference in differences",
                };
                write!(out, "hit rate, {contrast} ({})", half(partial))
            }
            Self::Share { of: ShareOf::OmissionMechanism, code } => {
                write!(out, "share of omission mechanism `{code}`")
            }
            Self::Share { of: ShareOf::ResponseClass, code } => {
                write!(out, "share of response class `{code}`")
            }
            Self::FilteredGap {} => out.write_str("share filtered, layperson − physician"),
            Self::JudgeDifference { axis, .. } => write!(out, "{axis}, judge − these scores"),
        }
    }
}
