//! What was asked of a sample, what was drawn, and why not all could be met.

use super::cell::{Cell, Pair, pair};
use super::target::Group;
use super::{Candidate, Sampling, probability, total};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;

/// Differences below this are rounding, not findings.
const CLOSE: f64 = 1e-6;

/// How a sample came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SamplingReport {
    /// What was asked for.
    pub sampling: Sampling,
    /// The seed of the draw.
    #[ts(type = "number")]
    pub seed: u64,
    /// Responses that could be drawn.
    pub candidates: u32,
    /// Responses drawn, not counting repeats.
    pub drawn: u32,
    /// The smallest inclusion probability of a candidate; 0 if some are out of reach.
    pub least_probability: f64,
    /// The greatest.
    pub greatest_probability: f64,
    /// Wanted against drawn.
    pub margins: Vec<Margin>,
    /// What could not be met, and why; what else to know.
    pub remarks: Vec<String>,
}

/// Numbers by one property.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Margin {
    /// The property.
    pub kind: MarginKind,
    /// One line a value.
    pub lines: Vec<MarginLine>,
}

/// By what responses are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MarginKind {
    /// The model that answered.
    Model,
    /// The scenario's category.
    Category,
    /// Who asks.
    Framing,
    /// High and other automated scores; only where high ones are oversampled.
    Score,
    /// Whether there is a text.
    Filtered,
    /// Pairs, not responses: drawn with all their framings, or with some.
    Pair,
    /// Responses shown twice.
    Repeat,
}

/// Numbers of one value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MarginLine {
    /// The value.
    pub value: String,
    /// How many there are.
    pub candidates: u32,
    /// How many were asked for; absent where nothing was.
    pub wanted: Option<f64>,
    /// The mean over all samples of this design; absent where the design does not fix it.
    pub expected: Option<f64>,
    /// How many were drawn.
    pub drawn: u32,
}

/// All that a report is made from.
pub(super) struct Outcome<'a> {
    pub(super) candidates: &'a [&'a Candidate],
    pub(super) sampling: &'a Sampling,
    pub(super) seed: u64,
    pub(super) cells: &'a [Cell],
    pub(super) groups: &'a [Group],
    pub(super) expected: &'a [f64],
    pub(super) numbers: &'a [u32],
    pub(super) drawn: &'a BTreeSet<usize>,
    pub(super) repeats: u32,
}

pub(super) fn report(outcome: Outcome) -> SamplingReport {
    let probabilities = || {
        let pairs = outcome.cells.iter().zip(outcome.expected);
        pairs.map(|(cell, expected)| probability(*expected, cell))
    };
    let mut margins: BTreeMap<MarginKind, Vec<MarginLine>> = BTreeMap::new();
    for group in outcome.groups {
        if let Some((kind, value)) = &group.margin {
            let lines = margins.entry(*kind).or_default();
            let line = outcome.line(group, value);
            match kind {
                MarginKind::Filtered => {
                    lines.extend([line.clone(), outcome.rest(line, "with text")])
                }
                MarginKind::Score => {
                    lines.extend([line.clone(), outcome.rest(line, "lower, or without a score")]);
                }
                _ => lines.push(line),
            }
        }
    }
    let pairs = outcome.pairs();
    let remarks = outcome.remarks(&pairs);
    margins.insert(MarginKind::Pair, pairs.lines(&outcome));
    margins.insert(MarginKind::Repeat, vec![outcome.repeat_line()]);
    SamplingReport {
        sampling: outcome.sampling.clone(),
        seed: outcome.seed,
        candidates: outcome.candidates.len() as u32,
        drawn: outcome.drawn.len() as u32,
        least_probability: probabilities().fold(1.0, f64::min),
        greatest_probability: probabilities().fold(0.0, f64::max),
        margins: margins.into_iter().map(|(kind, lines)| Margin { kind, lines }).collect(),
        remarks,
    }
}

/// The pairs of which two framings or more are among the candidates.
struct Pairs {
    there: u32,
    whole: u32,
    in_part: u32,
    /// Responses of a pair whose other framings are not there.
    alone: u32,
}

impl Pairs {
    fn lines(&self, outcome: &Outcome) -> Vec<MarginLine> {
        let together = outcome.sampling.pairs_together;
        let expected = outcome.cells.iter().zip(outcome.expected);
        let expected = expected.filter(|(cell, _)| cell.size() > 1).map(|(_, units)| units);
        let expected = all_of(expected.copied());
        let line = |value: &str, expected, drawn| MarginLine {
            value: value.into(),
            candidates: self.there,
            wanted: None,
            expected: together.then_some(expected),
            drawn,
        };
        vec![line("whole", expected, self.whole), line("in part", 0.0, self.in_part)]
    }
}

/// The sum, which is 0 of nothing: `sum` has it as -0.
fn all_of(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.fold(0.0, |sum, number| sum + number)
}

impl Outcome<'_> {
    fn line(&self, group: &Group, value: &str) -> MarginLine {
        let numbers = group.coefficients.iter().zip(self.numbers);
        MarginLine {
            value: value.into(),
            candidates: self.there(group),
            wanted: group.wanted,
            expected: Some(self.expected(group)),
            drawn: numbers.map(|(coefficient, number)| coefficient * number).sum(),
        }
    }

    fn there(&self, group: &Group) -> u32 {
        let cells = self.cells.iter().zip(&group.coefficients);
        cells.map(|(cell, coefficient)| coefficient * cell.units.len() as u32).sum()
    }

    fn expected(&self, group: &Group) -> f64 {
        let cells = self.expected.iter().zip(&group.coefficients);
        all_of(cells.map(|(expected, coefficient)| expected * f64::from(*coefficient)))
    }

    /// The line of all responses that `line` does not count.
    fn rest(&self, line: MarginLine, value: &str) -> MarginLine {
        let size = f64::from(self.sampling.size);
        MarginLine {
            value: value.into(),
            candidates: total(self.cells, Cell::size) - line.candidates,
            wanted: line.wanted.map(|wanted| size - wanted),
            expected: line.expected.map(|expected| size - expected),
            drawn: self.drawn.len() as u32 - line.drawn,
        }
    }

    fn repeat_line(&self) -> MarginLine {
        let readable = self.drawn.iter().filter(|index| !self.candidates[**index].filtered);
        MarginLine {
            value: "shown twice".into(),
            candidates: readable.count() as u32,
            wanted: Some(self.sampling.repeats.into()),
            expected: None,
            drawn: self.repeats,
        }
    }

    fn pairs(&self) -> Pairs {
        let mut pairs: BTreeMap<Pair, (u32, u32)> = BTreeMap::new();
        for (index, candidate) in self.candidates.iter().enumerate() {
            if let Some(pair) = pair(candidate) {
                let (there, drawn) = pairs.entry(pair).or_default();
                *there += 1;
                *drawn += u32::from(self.drawn.contains(&index));
            }
        }
        let count = |is: &dyn Fn(u32, u32) -> bool| {
            pairs.values().filter(|(there, drawn)| is(*there, *drawn)).count() as u32
        };
        Pairs {
            there: count(&|there, _| there > 1),
            whole: count(&|there, drawn| there > 1 && drawn == there),
            in_part: count(&|there, drawn| 0 < drawn && drawn < there),
            alone: count(&|there, _| there == 1),
        }
    }

    fn remarks(&self, pairs: &Pairs) -> Vec<String> {
        let mut remarks: Vec<String> =
            self.groups.iter().filter_map(|group| self.group_remark(group)).collect();
        remarks.extend(self.filtered_remark());
        remarks.extend(self.score_remarks());
        let out_of_reach: u32 = self
            .cells
            .iter()
            .zip(self.expected)
            .filter(|(_, expected)| **expected <= 0.0)
            .map(|(cell, _)| cell.size() * cell.units.len() as u32)
            .sum();
        if out_of_reach > 0 {
            remarks.push(format!(
                "{out_of_reach} responses cannot be drawn, because whole pairs leave no room for them \
                 in {}: the sample says nothing about them. Another size may change that",
                self.sampling.size
            ));
        }
        if pairs.alone > 0 && self.sampling.pairs_together {
            remarks.push(format!(
                "{} responses belong to a pair whose other framing is not among the candidates; they \
                 are drawn on their own",
                pairs.alone
            ));
        }
        if self.repeats < self.sampling.repeats {
            remarks.push(format!(
                "repeats: wanted {}, planted {}: no more of the drawn responses have a text",
                self.sampling.repeats, self.repeats
            ));
        }
        remarks
    }

    /// What kept a total from what was wanted of it.
    fn group_remark(&self, group: &Group) -> Option<String> {
        let (kind, value) = group.margin.as_ref()?;
        let name = match kind {
            MarginKind::Model => format!("model {value}"),
            MarginKind::Category => format!("category {value}"),
            MarginKind::Framing => format!("framing {value}"),
            _ => value.clone(),
        };
        let (there, expected) = (self.there(group), self.expected(group));
        if let (Some(wanted), Some(target)) = (group.wanted, group.target) {
            if target < wanted - CLOSE && f64::from(there) <= target + CLOSE {
                return Some(format!("{name}: wanted {wanted:.1}, but there are only {there}"));
            }
            if (expected - target).abs() >= 0.5 {
                return Some(format!(
                    "{name}: wanted {target:.1}; {expected:.1} expected, because the other constraints \
                     leave no better"
                ));
            }
        }
        let drawn = self.line(group, value).drawn;
        ((f64::from(drawn) - expected).abs() > 1.0 + CLOSE).then(|| {
            format!(
                "{name}: {expected:.1} to be expected, {drawn} drawn: not all totals can be whole \
                 numbers at once"
            )
        })
    }

    fn filtered_remark(&self) -> Option<String> {
        let at_least = self.sampling.filtered_at_least;
        let is = |index: &&usize| self.candidates[**index].filtered;
        let drawn = self.drawn.iter().filter(is).count() as u32;
        let there = self.candidates.iter().filter(|candidate| candidate.filtered).count() as u32;
        (drawn < at_least.min(there)).then(|| {
            format!(
                "filtered or empty: wanted at least {at_least}, drawn {drawn}: what else was asked \
                 for leaves no more"
            )
        })
    }

    fn score_remarks(&self) -> Vec<String> {
        let Some(high) = &self.sampling.oversample else { return Vec::new() };
        let mut remarks = Vec::new();
        let all = self.candidates.len();
        let scored = self.candidates.iter().filter(|one| one.scores.contains_key(&high.axis));
        let unscored = all - scored.count();
        if unscored > 0 {
            remarks.push(format!(
                "candidates without an automated score on {}, which count as not high: {unscored}",
                high.axis
            ));
        }
        let there = self.candidates.iter().filter(|one| self.sampling.is_high(one)).count();
        let share = there as f64 / all as f64;
        if share > high.share {
            remarks.push(format!(
                "{} at least {}: {:.0} % of the candidates, more than the {:.0} % asked for; they keep \
                 their own share",
                high.axis, high.at_least, 100.0 * share, 100.0 * high.share
            ));
        }
        remarks
    }
}
