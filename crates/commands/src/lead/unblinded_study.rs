//! A study whose key is open, as a source of scores under the names of their origins. Its raters come
//! through the same door as a judge.

use super::create::STUDY_FILE;
use super::open_study::OpenStudy;
use super::whole_rater::WholeRater;
use crate::Failure;
use crate::names::count;
use analysis::DecidedGrades;
use std::collections::BTreeMap;
use std::path::Path;
use study::{
    BlindedResponse, BlindedScenario, Checklist, Exclusion, Item, Key, KeyItem, Observation,
    RaterRatings, RaterScores, Reference, Score, ScoredResponses, Standing, counting_decisions,
};

/// Stands behind a study's name for the grades that all raters gave or that were decided.
pub(crate) const CONSENSUS: &str = "consensus";

/// A study whose key is open.
pub(crate) struct UnblindedStudy {
    study: OpenStudy,
    key: Key,
}

/// Whether `name` is a study's file, or a folder that holds one.
fn is_study(name: &str) -> bool {
    let path = Path::new(name);
    path.join(STUDY_FILE).is_file()
        || path.is_file() && path.extension().is_some_and(|end| end == "primum-study")
}

/// The study that `name` calls, and who of it stands behind an `@`; nothing where it calls none.
pub(crate) fn split_study(name: &str) -> Option<(&str, Option<&str>)> {
    if is_study(name) {
        return Some((name, None));
    }
    let mut splits = name.match_indices('@').map(|(at, _)| (&name[..at], &name[at + 1..]));
    splits.find(|(study, _)| is_study(study)).map(|(study, rater)| (study, Some(rater)))
}

impl UnblindedStudy {
    pub(crate) fn open(path: &str) -> Result<Self, Failure> {
        let study = OpenStudy::open(path)?;
        match study.key().cloned() {
            Some(key) => Ok(Self { study, key }),
            None if study.opened.is_some() => Err(Failure::refused(format!(
                "{path}: the key to items that were added to this study is still sealed, so nothing can be said \
                 of their models yet. Open it too, by `primum study open-key` or in the study's window."
            ))),
            None => Err(Failure::refused(format!(
                "{path}: the key of this study is sealed, so nothing can be said of its models yet. How its \
                 raters agree is told without the key, by `primum study agree` and in the study's window. Open \
                 the key when every rater has locked and every disagreement is decided."
            ))),
        }
    }

    pub(crate) fn key(&self) -> &Key {
        &self.key
    }

    /// The texts that raters read, by the names of their origins.
    pub(crate) fn texts(&self) -> BTreeMap<String, (&BlindedScenario, &BlindedResponse)> {
        let first = self.key.items.iter().filter(|known| known.repeat_of.is_none());
        let text = |known: &KeyItem| {
            let Item { scenario, response, .. } = &self.study.items.get(&known.item)?.item;
            Some((known.origin.item_name(), (self.study.scenarios.get(scenario)?, response)))
        };
        first.filter_map(text).collect()
    }

    /// What each rater has sent.
    pub(crate) fn ratings(&self) -> impl Iterator<Item = RaterRatings<'_>> {
        self.study.packets_came().map(|rater| self.study.ratings(rater))
    }

    /// The raters who have sent something, or the one whose label or name is `chosen`; `consensus` is
    /// what they agree on or what was decided.
    pub(crate) fn scored(&self, chosen: Option<&str>) -> Result<Vec<ScoredResponses>, Failure> {
        let came = || self.study.came();
        let Some(chosen) = chosen else {
            return Ok(came().filter_map(|rater| self.by(&rater)).collect());
        };
        if chosen == CONSENSUS {
            return self.consensus().map(|scored| vec![scored]);
        }
        let named = came().find(|rater| rater.label() == chosen || rater.called() == chosen);
        named.and_then(|rater| Some(vec![self.by(&rater)?])).ok_or_else(|| {
            let known: Vec<&str> = came().map(|rater| rater.label().as_str()).collect();
            let of_findings = match Reference::named(chosen) {
                Some(_) => ", which findings alone understand: raters are taken one by one here",
                None => "",
            };
            Failure::refused(format!(
                "{}, rater: found `{chosen}`{of_findings}; expected {CONSENSUS}, or one whose file has come: {}",
                self.study.store.file().display(),
                known.join(", ")
            ))
        })
    }

    /// What was decided where raters disagreed.
    pub(crate) fn decided(&self) -> DecidedGrades {
        let mut names = BTreeMap::new();
        for known in self.key.items.iter().filter(|known| known.repeat_of.is_none()) {
            names.insert(&known.item, known.origin.item_name());
        }
        let mut decided = DecidedGrades::new();
        for ((item, axis), decision) in counting_decisions(&self.study.decisions) {
            if let Some(name) = names.get(item) {
                decided.entry(axis.to_owned()).or_default().insert(name.clone(), decision.grade);
            }
        }
        decided
    }

    /// What to know of its raters: who was added, came or was set aside late.
    pub(crate) fn raters_late(&self) -> Vec<String> {
        self.study.raters_late()
    }

    /// What to know of its decisions.
    pub(crate) fn decisions_late(&self) -> Vec<String> {
        self.study.decisions_late()
    }

    /// A rater's first rating of each response, as it was locked.
    fn by(&self, rater: &WholeRater<'_>) -> Option<ScoredResponses> {
        Some(rater.responses(&self.study)?.unblinded(&self.key))
    }

    /// On each axis the decision where there is one, else what all raters gave. What is undecided has
    /// no grade. Actions and notes are each rater's own.
    fn consensus(&self) -> Result<ScoredResponses, Failure> {
        let raters = self.study.scores();
        let mut items: BTreeMap<String, BTreeMap<String, Score>> = BTreeMap::new();
        let mut undecided = 0;
        for ((item, axis), found) in self.study.adjudication().consensus() {
            undecided += usize::from(found.standing == Standing::Undecided);
            let score = found.grade.map_or(Score::Excluded(Exclusion::NotRated), Score::Grade);
            items.entry(item.to_string()).or_default().insert(axis.to_owned(), score);
        }
        let designs = raters.iter().flat_map(|scores| scores.designs.clone()).collect();
        let names: Vec<&str> = raters.iter().map(|scores| scores.rater.as_str()).collect();
        let mut rater = format!("consensus of {}", names.join(" and "));
        if undecided > 0 {
            rater.push_str(&format!(", {} undecided", count(undecided, "grade")));
        }
        for late in self.study.decisions_late() {
            rater.push_str(&format!("; {}", late.trim_end_matches('.')));
        }
        let Some(first) = raters.first().cloned() else {
            return Err(Failure::refused(format!(
                "{}: no rater's file has come yet",
                self.study.store.file().display()
            )));
        };
        let observations =
            items.keys().map(|item| (item.clone(), Observation::default())).collect();
        let items = items.into_iter().collect();
        let scores =
            RaterScores { rater, items, designs, checklist: Checklist::default(), ..first };
        Ok(ScoredResponses { scores, observations, ..ScoredResponses::default() }
            .unblinded(&self.key))
    }
}
