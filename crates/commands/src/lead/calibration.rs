//! How each rater calibrated: their first grades beside the shared ones. Nothing of it counts.

use super::open_study::{OpenStudy, StudyRater};
use crate::Failure;
use crate::names::count;
use crate::rating::excerpt;
use exchange::{CalibratedItem, Calibration, Ratings};
use serde::Serialize;
use std::collections::BTreeMap;
use store::StudyHeader;
use study::{CalibrationItem, Grade, ItemId, Rating, Record, RecordId, Verdict, first_answers};
use ts_rs::TS;

/// A calibration item, as the raters rated it.
#[derive(Debug, Serialize, TS)]
pub struct CalibrationView {
    /// The item.
    pub item: ItemId,
    /// The first words of what was asked.
    pub excerpt: String,
    /// Its grades, in the order of the axes.
    pub axes: Vec<CalibrationGrades>,
}

/// The grades of a calibration item on one axis.
#[derive(Debug, Serialize, TS)]
pub struct CalibrationGrades {
    /// The axis.
    pub axis: String,
    /// The grade that was agreed on.
    pub shared: Grade,
    /// Each rater's before the discussion was shown, in the order of the packets; none where they
    /// have not rated the item, or abstained.
    pub grades: Vec<Option<Grade>>,
}

/// The calibration items that the packets of a study hold.
pub(crate) fn items(header: &StudyHeader) -> Result<Vec<CalibrationItem>, Failure> {
    match header.protocol.get("calibration") {
        Some(items) => serde_json::from_value(items.clone()).map_err(Failure::refused),
        None => Ok(Vec::new()),
    }
}

/// What the raters made of each calibration item.
pub(crate) fn view(study: &OpenStudy) -> Result<Vec<CalibrationView>, Failure> {
    let items = items(&study.header)?;
    let records: Vec<Vec<Record>> = study
        .whole_raters()
        .iter()
        .map(|rater| records(study, rater.calibrated(), &items))
        .collect::<Result<_, _>>()?;
    let rubric = &study.header.rubric;
    let view = |item: &CalibrationItem| {
        let firsts: Vec<Option<Rating>> =
            records.iter().map(|records| first(study, item, records)).collect();
        let axes = rubric.axes.iter().filter_map(|axis| {
            let grade = |first: &Option<Rating>| match first.as_ref()?.verdict(&axis.id) {
                Verdict::Grade(grade) => Some(grade),
                Verdict::Abstained | Verdict::Unrated => None,
            };
            Some(CalibrationGrades {
                axis: axis.id.clone(),
                shared: *item.shared_grades.get(&axis.id)?,
                grades: firsts.iter().map(grade).collect(),
            })
        });
        CalibrationView {
            item: item.id.clone(),
            excerpt: excerpt(item.scenario.prompt.question()),
            axes: axes.collect(),
        }
    };
    Ok(items.iter().map(view).collect())
}

fn first(study: &OpenStudy, item: &CalibrationItem, records: &[Record]) -> Option<Rating> {
    let of_item: Vec<Record> =
        records.iter().filter(|record| record.item == item.id).cloned().collect();
    first_answers(&of_item, &study.header.rubric, &item.scenario)
}

/// Every calibration record of `rater`, each once, whichever files brought it.
fn records(
    study: &OpenStudy,
    rater: &StudyRater,
    items: &[CalibrationItem],
) -> Result<Vec<Record>, Failure> {
    let mut records: BTreeMap<RecordId, Record> = BTreeMap::new();
    if items.is_empty() {
        return Ok(Vec::new());
    }
    for (file, state) in study.store.packet_states()? {
        if state.packet != rater.packet.packet {
            continue;
        }
        let Some(bytes) = study.store.original(&file)? else { continue };
        let ratings = exchange::decode_ratings(&state.name, bytes)?;
        for record in ratings.calibration.into_iter().flat_map(|came| came.records) {
            records.entry(record.id).or_insert(record);
        }
    }
    Ok(records.into_values().collect())
}

/// What `rater` did before the study, where it has any calibration.
pub(crate) fn of_rater(
    study: &OpenStudy,
    rater: &StudyRater,
) -> Result<Option<Calibration>, Failure> {
    let items = items(&study.header)?;
    let records = records(study, rater, &items)?;
    let calibrated = |item: &CalibrationItem| CalibratedItem {
        id: item.id.clone(),
        actions: item.scenario.critical_actions.len() as u16,
        shared_grades: item.shared_grades.clone(),
    };
    Ok((!items.is_empty() && !rater.further)
        .then(|| Calibration { items: items.iter().map(calibrated).collect(), records }))
}

/// Says why the calibration in `ratings` is not that of the study, if it is not.
pub(crate) fn check(header: &StudyHeader, ratings: &Ratings) -> Result<(), String> {
    let known = items(header).map_err(|failure| failure.to_string())?;
    let came = ratings.calibration.iter().flat_map(|calibration| &calibration.items);
    for item in came {
        let same = |known: &CalibrationItem| {
            known.id == item.id && known.shared_grades == item.shared_grades
        };
        if !known.iter().any(same) {
            return Err(format!(
                "field `calibration.items`: found `{}` with shared grades that this study did not hand \
                 out; expected the calibration items of its packets",
                item.id
            ));
        }
    }
    Ok(())
}

/// How far the calibration in `ratings` is, in a sentence; nothing where there is none.
pub(crate) fn note(header: &StudyHeader, ratings: &Ratings) -> Option<String> {
    let calibration = ratings.calibration.as_ref()?;
    let items = items(header).ok()?;
    let done = items.iter().filter(|item| {
        let of_item: Vec<Record> =
            calibration.records.iter().filter(|record| record.item == item.id).cloned().collect();
        first_answers(&of_item, &header.rubric, &item.scenario).is_some()
    });
    Some(format!(
        "Calibration: {} of {} rated; they do not count.",
        done.count(),
        count(items.len(), "item")
    ))
}
