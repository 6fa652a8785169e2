//! What a person names as a source of scores: a file, or a study whose key is open.

use super::reading::HowToRead;
use crate::Failure;
use crate::lead::{
    CONSENSUS, UnblindedStudy, registration, registration_words, split_study, study_file,
};
use analysis::DecidedGrades;
use exchange::{Mappings, ScoreSource};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use study::{Digest, Reference, ScoredResponses};

/// The sources of all that `names` call, tables by what was said of them, one for each rater of theirs.
pub(crate) fn open_each(
    names: &[String],
    how: &HowToRead,
    mappings: &Mappings,
) -> Result<Vec<ScoreSource>, Failure> {
    let mut sources: Vec<ScoreSource> = Vec::with_capacity(names.len());
    let mut axes = BTreeSet::new();
    for name in names {
        match split_study(name) {
            Some((study, rater)) => {
                let scored = UnblindedStudy::open(study)?.scored(rater)?;
                let scored = scored.into_iter().map(|one| ScoreSource::Lines(Box::new(one.into())));
                sources.extend(scored.map(|one| how.narrow(one, &mut axes)));
            }
            None => {
                let opened = ScoreSource::open_beside(name, &mappings.of(name), sources.last())?;
                sources.extend(how.narrow(opened, &mut axes).by_rater());
            }
        }
    }
    how.check_axes(&axes)?;
    Ok(sources)
}

/// What raters say of responses, and what represents several of them.
pub(crate) struct Graded {
    pub(crate) by_rater: Vec<ScoredResponses>,
    /// What a study's raters decided.
    pub(crate) decided: DecidedGrades,
    pub(crate) reference: Reference,
    /// What to know of the raters and the decisions.
    pub(crate) cautions: Vec<String>,
    /// The files among them.
    pub(crate) sources: Vec<ScoreSource>,
}

/// What the raters of all that `names` call say. Behind a study's `@` may stand what is to represent
/// its raters' grades, in the place of one of them; `asked` is the same said apart.
pub(crate) fn open_graded(
    names: &[String],
    asked: Option<Reference>,
    how: &HowToRead,
    mappings: &Mappings,
) -> Result<Graded, Failure> {
    let (mut by_rater, mut decided) = (Vec::new(), DecidedGrades::new());
    let mut cautions = Vec::new();
    let (mut reference, mut sources, labels) = (asked, Vec::new(), how.labels());
    for name in names {
        let Some((study, chosen)) = split_study(name) else {
            let opened = ScoreSource::open_mapped(name, &mappings.of(name))?.labelled(&labels);
            let opened = opened.on_axes(&how.axes);
            for source in opened.by_rater() {
                by_rater.push(source.responses(&how.declared(std::slice::from_ref(&source)))?);
                sources.push(source);
            }
            continue;
        };
        let open = UnblindedStudy::open(study)?;
        let by_name = chosen.and_then(Reference::named);
        if let (Some(other), Some(named)) = (reference, by_name)
            && other != named
        {
            return Err(Failure::refused(format!(
                "{name}: found both {other} and {named} for several raters' grades; expected one of the two"
            )));
        }
        reference = reference.or(by_name);
        let everyone = chosen.is_none() || by_name.is_some();
        by_rater.extend(open.scored(chosen.filter(|_| !everyone))?);
        cautions.extend(open.raters_late());
        if everyone {
            cautions.extend(open.decisions_late());
            for (axis, grades) in open.decided() {
                decided.entry(axis).or_default().extend(grades);
            }
        }
    }
    Ok(Graded { by_rater, decided, reference: reference.unwrap_or_default(), cautions, sources })
}

/// What to know of the studies among `names`, beside what is compared.
pub(crate) fn of_studies(names: &[String]) -> Result<Vec<String>, Failure> {
    let mut said = with_its_consensus(names);
    let studies = names.iter().filter_map(|name| split_study(name));
    // A study has many paths: its file, its folder, links to both.
    let once: BTreeMap<_, _> = studies.map(|(study, _)| (place(study), study)).collect();
    for study in once.into_values() {
        said.extend(UnblindedStudy::open(study)?.raters_late());
    }
    Ok(said)
}

fn place(study: &str) -> Option<PathBuf> {
    fs::canonicalize(study_file(study)).ok()
}

/// That a rater is compared with a consensus that has that rater's own grades in it.
fn with_its_consensus(names: &[String]) -> Vec<String> {
    let asked: Vec<(&str, Option<&str>)> =
        names.iter().filter_map(|name| split_study(name)).collect();
    let caution = |(study, rater): &(&str, Option<&str>)| {
        let others =
            asked.iter().filter(|(other, chosen)| place(other) == place(study) && chosen != rater);
        (*rater == Some(CONSENSUS) && others.count() > 0).then(|| {
            format!(
                "{study}@{CONSENSUS} is made of the grades of this study's raters: compared with one of them, it \
                 is compared with grades of its own, and agrees too well."
            )
        })
    };
    asked.iter().filter_map(caution).collect()
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
