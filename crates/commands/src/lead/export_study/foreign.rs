//! The study as other programs take it.

use super::answers::item_texts;
use crate::Failure;
use crate::lead::open_study::OpenStudy;
use exchange::RatedBy;

/// Tasks for Label Studio, with what each rater gave as a prediction.
pub(super) fn label_studio_tasks(study: &OpenStudy) -> Result<String, Failure> {
    let raters: Vec<RatedBy<'_>> = study
        .came()
        .zip(study.scores())
        .map(|(rater, scores)| RatedBy { label: rater.label(), scores })
        .collect();
    let rubric = &study.header.rubric;
    Ok(exchange::encode_label_studio_tasks(rubric, &item_texts(study), &raters)?)
}

/// The labelling configuration for these tasks.
pub(super) fn label_studio_config(study: &OpenStudy) -> Result<String, Failure> {
    Ok(exchange::encode_label_studio_config(&study.header.rubric, &item_texts(study))?)
}

/// The rubric as a data dictionary for REDCap.
pub(super) fn redcap_dictionary(study: &OpenStudy) -> Result<String, Failure> {
    let actions = study.scenarios.values().map(|scenario| scenario.critical_actions.len());
    let most = actions.max().unwrap_or_default();
    Ok(exchange::encode_redcap_dictionary(&study.header.rubric, most)?)
}
