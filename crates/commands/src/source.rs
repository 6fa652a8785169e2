//! What a person names as a source of scores: a file, or a study whose key is open.

use crate::Failure;
use crate::lead::{CONSENSUS, OpenStudy, registration, registration_words, split_study};
use exchange::{ScoreSource, harm_scales};
use study::{Digest, Key, ScoredResponses};

/// The sources of all that `names` call, one for each rater of theirs.
pub(crate) fn open_each(names: &[String]) -> Result<Vec<ScoreSource>, Failure> {
    let mut sources = Vec::with_capacity(names.len());
    for name in names {
        match split_study(name) {
            Some((study, rater)) => {
                let scored = OpenStudy::open(study)?.scored(rater)?;
                sources.extend(scored.into_iter().map(|one| ScoreSource::Lines(Box::new(one))));
            }
            None => sources.extend(ScoreSource::open(name)?.by_rater()),
        }
    }
    Ok(sources)
}

/// The one source that `name` calls.
pub(crate) fn open_one(name: &str) -> Result<ScoreSource, Failure> {
    if split_study(name).is_none() {
        return Ok(ScoreSource::open(name)?);
    }
    let mut sources = open_each(&[name.to_owned()])?;
    match (sources.pop(), sources.is_empty()) {
        (Some(only), true) => Ok(only),
        _ => Err(Failure::refused(format!(
            "{name}: found a study of several raters; expected one, such as {name}@{CONSENSUS}, or a \
             rater's label behind the @"
        ))),
    }
}

/// What `name` says of responses. A study says what its raters agree on or what was decided, unless
/// one of them is named.
pub(crate) fn open_responses(name: &str) -> Result<ScoredResponses, Failure> {
    match split_study(name) {
        Some((study, None)) => open_responses(&format!("{study}@{CONSENSUS}")),
        _ => Ok(open_one(name)?.responses(&harm_scales())?),
    }
}

/// What the first study among `names` says of a file that was to be written beforehand; nothing where
/// none of them is a study.
pub(crate) fn registration_in(names: &[String], file: &Digest) -> Result<Option<String>, Failure> {
    let mut studies = names.iter().filter_map(|name| split_study(name));
    let words = |(study, _): (&str, Option<&str>)| {
        registration(study, file).map(|found| registration_words(found.as_ref()))
    };
    studies.next().map(words).transpose()
}

/// The key of the first study among `names`.
pub(crate) fn study_key(names: &[String]) -> Result<Option<Key>, Failure> {
    let mut studies = names.iter().filter_map(|name| split_study(name));
    let open = studies.next().map(|(study, _)| OpenStudy::open(study)).transpose()?;
    Ok(open.map(|study| study.key().clone()))
}
