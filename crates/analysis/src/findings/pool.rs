//! Several files of one rater's scores as one.

use super::FindingsError;
use study::ScoredResponses;

/// The scores of all `files`, which score different responses on the same scales under the same
/// rubric. The rater is the first file's where all name the same, and all their names otherwise.
///
/// # Errors
/// Which two files cannot be put together, and why.
pub fn pool(files: Vec<ScoredResponses>) -> Result<ScoredResponses, FindingsError> {
    let mut files = files.into_iter();
    let mut pooled = files.next().ok_or(FindingsError::NoFile)?;
    let mut raters = vec![pooled.scores.rater.clone()];
    for file in files {
        let (first, second) = (raters.join(", "), file.scores.rater.clone());
        check(&pooled, &file, &first, &second)?;
        if !raters.contains(&second) {
            raters.push(second);
        }
        pooled.scores.items.extend(file.scores.items);
        pooled.scores.places.extend(file.scores.places);
        pooled.scores.checklist.items.extend(file.scores.checklist.items);
        pooled.observations.extend(file.observations);
    }
    pooled.scores.rater = raters.join(", ");
    Ok(pooled)
}

fn check(
    pooled: &ScoredResponses,
    file: &ScoredResponses,
    first: &str,
    second: &str,
) -> Result<(), FindingsError> {
    let differ =
        |what| Err(FindingsError::Differ { first: first.into(), second: second.into(), what });
    if let Some(item) =
        file.scores.items.keys().find(|item| pooled.scores.items.contains_key(*item))
    {
        let (first, second) = (first.into(), second.into());
        return Err(FindingsError::ScoredTwice { item: item.clone(), first, second });
    }
    if file.scores.scales != pooled.scores.scales {
        return differ("scales");
    }
    if file.scores.rubric != pooled.scores.rubric {
        return differ("rubrics");
    }
    if file.scores.checklist.codes != pooled.scores.checklist.codes {
        return differ("checklist grades");
    }
    if file.unit != pooled.unit {
        return Err(FindingsError::Units { first: pooled.unit, second: file.unit });
    }
    Ok(())
}
