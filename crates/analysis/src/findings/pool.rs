//! What one or several raters say of the same responses, put together.

use super::FindingsError;
use super::rated::{DecidedGrades, RatedResponses};
use std::collections::{BTreeMap, BTreeSet};
use study::{ItemDesign, Reference, ScoredResponses};

/// The scores of all `files`. Files that score different responses add up, no matter who their raters are;
/// where several raters scored one response, `reference` says what represents their grades: for the
/// average, `decisions` on an axis do once every disagreement on it is decided.
///
/// # Errors
/// Which two files cannot be put together, and why.
pub fn pool(
    files: Vec<ScoredResponses>,
    decisions: DecidedGrades,
    reference: Reference,
) -> Result<RatedResponses, FindingsError> {
    let Some(first) = files.first() else { return Err(FindingsError::NoFile) };
    let mut pooled = RatedResponses {
        raters: Vec::new(),
        reference,
        rubric: first.scores.rubric.clone(),
        scales: first.scores.scales.clone(),
        codes: first.scores.checklist.codes.clone(),
        unit: first.unit,
        items: BTreeMap::new(),
        decisions,
    };
    let mut scored: BTreeSet<(String, String)> = BTreeSet::new();
    for file in files {
        check(&pooled, &file)?;
        let rater = file.scores.rater.clone();
        for item in file.scores.items.names() {
            if !scored.insert((item.to_owned(), rater.clone())) {
                return Err(FindingsError::ScoredTwice { item: item.to_owned(), rater });
            }
        }
        pooled.add(file);
    }
    Ok(pooled)
}

fn check(pooled: &RatedResponses, file: &ScoredResponses) -> Result<(), FindingsError> {
    let differ = |what| {
        let (first, second) = (pooled.raters.join(", "), file.scores.rater.clone());
        Err(FindingsError::Differ { first, second, what })
    };
    if file.scores.scales != pooled.scales {
        return differ("scales");
    }
    if file.scores.rubric != pooled.rubric {
        return differ("rubrics");
    }
    if file.scores.checklist.codes != pooled.codes {
        return differ("checklist grades");
    }
    if file.unit != pooled.unit {
        return Err(FindingsError::Units { first: pooled.unit, second: file.unit });
    }
    Ok(())
}

impl RatedResponses {
    fn add(&mut self, file: ScoredResponses) {
        let ScoredResponses { scores, mut observations, .. } = file;
        let (mut designs, mut checklists) = (scores.designs, scores.checklist.items);
        for (item, given) in scores.items.iter() {
            let design = designs.remove(item);
            let checklist = checklists.remove(item);
            let noted = observations.remove(item);
            let response = self.items.entry(item.to_owned()).or_default();
            let designs = [response.design.take(), design];
            response.design = ItemDesign::fullest(designs.iter().flatten()).cloned();
            response
                .scores
                .push(given.iter().map(|(axis, score)| (axis.to_owned(), score)).collect());
            response.checklists.extend(checklist);
            response.noted.extend(noted);
        }
        if !self.raters.contains(&scores.rater) {
            self.raters.push(scores.rater);
        }
    }
}
