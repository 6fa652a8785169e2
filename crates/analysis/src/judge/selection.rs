//! How the rated items were drawn, as far as that is known.

use super::item::{Item, Levels};
use crate::drawn::Drawn;
use agreement::{Alternative, RankDistribution, mann_whitney};
use std::fmt::Write;

/// Gives the items their weights, if the probabilities of all that are rated are known.
pub(super) fn weigh(items: &mut [Item<'_>], levels: &Levels) -> Drawn {
    let rated = items.iter().filter(|item| item.graded(levels).is_some());
    let drawn = Drawn::of(rated.map(|item| item.design));
    for item in items {
        item.weight = drawn.weight(item.design);
    }
    drawn
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
