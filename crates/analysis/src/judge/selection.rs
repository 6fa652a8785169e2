//! How the rated items were drawn, as far as that is known.

use super::Probabilities;
use super::item::{Item, Levels};
use agreement::{Alternative, RankDistribution, mann_whitney};
use std::fmt::Write;

/// How the rated items of one judge stand for the others.
pub(super) enum Drawn {
    /// No probability is known of any.
    Unknown,
    /// All are known, and alike.
    Alike,
    /// All are known, and differ.
    Weighted,
    /// They are known for so many of so many, so that nothing is weighted.
    Partly(usize, usize),
}

/// Gives the items their weights, if the probabilities of all that are rated are known.
pub(super) fn weigh(
    items: &mut [Item<'_>],
    probabilities: Option<&Probabilities>,
    levels: &Levels,
) -> Drawn {
    let Some(probabilities) = probabilities else { return Drawn::Unknown };
    let rated = items.iter().filter(|item| item.graded(levels).is_some());
    let rated: Vec<Option<f64>> = rated.map(|item| probabilities.get(item.name).copied()).collect();
    let known: Vec<f64> = rated.iter().copied().flatten().collect();
    match known.len() {
        0 => return Drawn::Unknown,
        some if some < rated.len() => return Drawn::Partly(some, rated.len()),
        _ => {}
    }
    if known.iter().all(|probability| *probability == known[0]) {
        return Drawn::Alike;
    }
    for item in items {
        item.weight = probabilities.get(item.name).map_or(1.0, |probability| 1.0 / probability);
    }
    Drawn::Weighted
}

/// A difference this improbable between rated and other items is none of chance.
const SUSPECT: f64 = 0.01;

/// Says what selection does to the figures, where nothing is weighted and the judge's grades of the
/// rated items differ from those of the others.
pub(super) fn suspected(items: &[Item<'_>], levels: &Levels) -> Option<String> {
    let counts = |rated: bool| -> Vec<(f64, u64)> {
        let mut counts: Vec<(f64, u64)> = levels.scores.iter().map(|score| (*score, 0)).collect();
        for item in items.iter().filter(|item| item.graded(levels).is_some() == rated) {
            if let Some(level) = levels.level(item.judge) {
                counts[level].1 += 1;
            }
        }
        counts.retain(|(_, count)| *count > 0);
        counts
    };
    let (rated, others) = (counts(true), counts(false));
    let test = mann_whitney(&rated, &others, RankDistribution::Normal, Alternative::TwoSided);
    let p = test.p().filter(|p| *p < SUSPECT)?;
    let mean = |counts: &[(f64, u64)]| {
        let items: u64 = counts.iter().map(|(_, count)| count).sum();
        let sum: f64 = counts.iter().map(|(score, count)| score * *count as f64).sum();
        sum / items as f64
    };
    let (own, other) = (mean(&rated), mean(&others));
    let mut text = format!(
        "The judge's mean grade is {own:.2} on the responses that humans rated and {other:.2} on the \
         others (Mann–Whitney p {}): the rated ones are no random sample of what it graded. ",
        if p < 0.0001 { "< 0.0001".into() } else { format!("= {p:.4}") }
    );
    let what_it_does = if own > other {
        "Where responses that the judge grades high are rated more often, the miss rate comes out too \
         low and sensitivity too high. "
    } else {
        "Where responses that the judge grades low are rated more often, the miss rate comes out too \
         high and sensitivity too low. "
    };
    let _ = write!(
        text,
        "{what_it_does}The figures are of the rated responses, not of all; means of all responses are \
         off as well. Give the key of the draw, which holds the probabilities."
    );
    Some(text)
}
