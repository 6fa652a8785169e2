//! Agreement between two raters' files.

use crate::contract::Command;
use crate::{Desk, Failure};
use analysis::{AgreementReport, CompareError, compare};
use exchange::{ScoreSource, harm_scales};
use serde::Deserialize;
use std::path::Path;
use study::{Grade, Key, RaterScores, Scale};
use ts_rs::TS;

/// Computes agreement between two files of scores.
#[derive(Debug, Deserialize, TS)]
pub struct CompareRaters {
    /// A ratings file, a score file or a tidy CSV.
    pub first: String,
    /// Another.
    pub second: String,
    /// Compare although the rubrics differ; the report says so.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub across_rubrics: bool,
    /// The key's file, to join blinded ratings with scores that name their origin.
    #[serde(default)]
    #[ts(optional)]
    pub key: Option<String>,
    /// Scales of axes that a tidy CSV names and no rubric declares.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<DeclaredScale>>")]
    pub scales: Vec<DeclaredScale>,
}

/// The scale of an axis: every whole number from the lowest grade to the highest.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
pub struct DeclaredScale {
    /// The axis.
    pub axis: String,
    /// Its lowest grade.
    pub lowest: Grade,
    /// Its highest grade.
    pub highest: Grade,
}

impl Command for CompareRaters {
    const NAME: &'static str = "compare_raters";
    type Reply = AgreementReport;

    fn run(self, _desk: &mut Desk) -> Result<AgreementReport, Failure> {
        let sources = [ScoreSource::open(&self.first)?, ScoreSource::open(&self.second)?];
        let declared = self.declared(&sources);
        let mut scores = Vec::with_capacity(sources.len());
        for source in &sources {
            scores.push(source.scores(&declared)?);
        }
        if let Some(file) = &self.key {
            let key = exchange::read_key(Path::new(file))?;
            scores.iter().try_for_each(|scores| check_key(file, &key, scores))?;
            scores = scores.into_iter().map(|scores| scores.unblinded(&key)).collect();
        }
        let mut report = compare(&scores[0], &scores[1], self.across_rubrics)?;
        if let [ScoreSource::Ratings(first), ScoreSource::Ratings(second)] = &sources
            && first.packet == second.packet
        {
            report.cautions.push(format!(
                "Both files hold ratings of the same packet, rater {}: this is not agreement between \
                 two raters.",
                first.rater
            ));
        }
        if report.axes.values().all(|axis| axis.shared == 0) {
            report.cautions.push(
                "The files share no item. Ratings name items by blinded identifiers, score files by \
                 scenario, model and repetition: to compare the two, give the key."
                    .into(),
            );
        }
        Ok(report)
    }
}

/// A key opens its own study and no other.
fn check_key(file: &str, key: &Key, scores: &RaterScores) -> Result<(), Failure> {
    match &scores.study {
        Some(study) if *study != key.study => Err(Failure::Refused {
            message: format!(
                "{file}, field `study`: found {}; expected {study}, the study that {} rated",
                key.study, scores.rater
            ),
        }),
        _ => Ok(()),
    }
}

impl CompareRaters {
    /// What is said by name comes before what a file declares, and that before the two harm axes.
    fn declared(&self, sources: &[ScoreSource]) -> Vec<Scale> {
        let named = self.scales.iter().map(|scale| Scale {
            axis: scale.axis.clone(),
            label: scale.axis.clone(),
            grades: (scale.lowest..=scale.highest).collect(),
        });
        let mut declared: Vec<Scale> = Vec::new();
        for scale in named.chain(sources.iter().flat_map(ScoreSource::scales)).chain(harm_scales())
        {
            if !declared.iter().any(|known| known.axis == scale.axis) {
                declared.push(scale);
            }
        }
        declared
    }
}

impl From<CompareError> for Failure {
    fn from(error: CompareError) -> Self {
        let message = error.to_string();
        match error {
            CompareError::DifferentRubrics { .. } => Self::DifferentRubrics { message },
            _ => Self::Refused { message },
        }
    }
}
