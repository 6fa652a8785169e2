//! Everything of a study in one file.

use crate::Failure;
use crate::lead::calibration;
use crate::lead::open_study::{OpenStudy, StudyRater};
use exchange::Ratings;
use serde_json::json;

/// Every record, decision and log entry; the key too, once it is open.
pub(super) fn everything(study: &OpenStudy) -> Result<String, Failure> {
    let files = |raters: &[StudyRater]| -> Result<Vec<Ratings>, Failure> {
        raters.iter().map(|rater| ratings_file(study, rater)).collect()
    };
    let value = json!({
        "format": "primum-study-export/1",
        "study": study.header.study,
        "title": study.header.title,
        "created_at": study.header.created_at.to_string(),
        "rubric": study.header.rubric,
        "protocol": study.header.protocol,
        "ratings": files(&study.raters)?,
        "set_aside": files(&study.aside)?,
        "decisions": study.decisions,
        "log": study.log.iter().map(|entry| json!({ "at": entry.at.to_string(), "event": entry.event }))
            .collect::<Vec<_>>(),
        "key": study.key(),
    });
    serde_json::to_string_pretty(&value).map_err(Failure::refused)
}

/// What a rater handed back, from all their files, as one file would say it.
fn ratings_file(study: &OpenStudy, rater: &StudyRater) -> Result<Ratings, Failure> {
    let header = &study.header;
    Ok(Ratings {
        study: header.study.clone(),
        title: header.title.clone(),
        packet: rater.packet.packet.clone(),
        rater: rater.packet.rater.clone(),
        name: rater.name.clone(),
        exported_at: rater.state.as_ref().map_or(header.created_at, |state| state.exported_at),
        locked: rater.lock.clone(),
        rubric: header.rubric.clone(),
        items: rater.items.clone(),
        records: rater.records.clone(),
        calibration: calibration::of_rater(study, rater)?,
        visits: rater.visits.clone(),
    })
}
