//! Grades as tables: as they were locked, decided, and given to calibration items.

use super::table::{CODE, Column, GRADE, TEXT, Table, WHOLE_NUMBER, grades, levels};
use crate::Failure;
use crate::lead::calibration;
use crate::lead::open_study::OpenStudy;
use study::{ItemId, RaterScores, Score};

/// One row per grade, repeats under their own item.
pub(super) fn ratings(study: &OpenStudy) -> Result<Table, Failure> {
    let axes = &study.header.rubric.axes;
    let mut rows = Vec::new();
    for (rater, scores) in study.came().zip(study.scores()) {
        for item in rater.items() {
            let known = &study.items[item];
            for axis in axes {
                let Some(grade) = grade(scores, item, &axis.id) else { continue };
                rows.push(vec![
                    rater.label().clone(),
                    item.to_string(),
                    axis.id.clone(),
                    grade,
                    known.item.scenario.clone(),
                    name(known.repeat_of.as_ref()),
                ]);
            }
        }
    }
    let columns = vec![
        Column::rater(),
        Column::item(),
        Column::axis(),
        Column::grade_by_axis("value", axes, "The grade that the rater gave."),
        Column::scenario(),
        Column::repeat_of(),
    ];
    Ok(Table { columns, rows })
}

/// One row per item, with a column for each rater on each axis.
pub(super) fn wide(study: &OpenStudy) -> Result<Table, Failure> {
    let axes = &study.header.rubric.axes;
    let raters: Vec<_> = study.came().zip(study.scores()).collect();
    let mut columns = vec![Column::item(), Column::scenario(), Column::repeat_of()];
    for axis in axes {
        columns.extend(raters.iter().map(|(rater, _)| {
            let label = rater.label();
            let meaning = format!("{}: the grade that {label} gave; empty for none.", axis.label);
            Column::levels(&format!("{label}_{}", axis.id), GRADE, grades(axis), &meaning)
        }));
    }
    let row = |(item, known): (&ItemId, &store::StudyItem)| {
        let place = [item.to_string(), known.item.scenario.clone(), name(known.repeat_of.as_ref())];
        let of_all = axes.iter().flat_map(|axis| {
            let of = |(_, scores): &(_, &RaterScores)| grade(scores, item, &axis.id);
            raters.iter().map(move |rater| of(rater).unwrap_or_default())
        });
        place.into_iter().chain(of_all).collect()
    };
    Ok(Table { columns, rows: study.items.iter().map(row).collect() })
}

pub(super) fn grade(scores: &RaterScores, item: &ItemId, axis: &str) -> Option<String> {
    match scores.score(item.as_str(), axis) {
        Score::Grade(grade) => Some(grade.to_string()),
        Score::Excluded(_) => None,
    }
}

pub(super) fn name(item: Option<&ItemId>) -> String {
    item.map(ItemId::to_string).unwrap_or_default()
}

/// One row per critical action and rater.
pub(super) fn actions(study: &OpenStudy) -> Result<Table, Failure> {
    let mut rows = Vec::new();
    for (rater, scores) in study.came().zip(study.scores()) {
        let checklist = &scores.checklist;
        for (item, codes) in &checklist.items {
            for (action, code) in codes.iter().enumerate() {
                let Some(code) = code else { continue };
                rows.push(vec![
                    rater.label().clone(),
                    item.clone(),
                    (action + 1).to_string(),
                    checklist.codes[*code].clone(),
                    scores.designs[item].scenario.clone(),
                ]);
            }
        }
    }
    let mut grades: Vec<_> = study.header.rubric.checklist.iter().collect();
    grades.sort_by(|a, b| a.credit.total_cmp(&b.credit));
    let grades = levels(grades.iter().map(|grade| (grade.code.clone(), grade.label.as_str())));
    let columns = vec![
        Column::rater(),
        Column::item(),
        Column::of("action", WHOLE_NUMBER, "The action's place in its scenario's list, from 1."),
        Column::levels("value", CODE, grades, "What the rater found of the action."),
        Column::scenario(),
    ];
    Ok(Table { columns, rows })
}

/// One row per item and axis: the grade that counts, where there is one.
pub(super) fn adjudicated(study: &OpenStudy) -> Result<Table, Failure> {
    let adjudication = study.adjudication();
    let row = |((item, axis), found): ((&ItemId, &str), study::Consensus)| {
        let value = found.grade.map(|grade| grade.to_string()).unwrap_or_default();
        vec![item.to_string(), axis.to_owned(), value, found.standing.name().to_owned()]
    };
    let columns = vec![
        Column::item(),
        Column::axis(),
        Column::grade_by_axis(
            "value",
            &study.header.rubric.axes,
            "The grade that counts; empty where there is none.",
        ),
        Column::of(
            "by",
            TEXT,
            "How it came to be: agreed, one rater, decided, undecided or not rated.",
        ),
    ];
    Ok(Table { columns, rows: adjudication.consensus().into_iter().map(row).collect() })
}

/// The first grades of what was rated before the study, apart from those that count.
pub(super) fn calibrated(study: &OpenStudy) -> Result<Table, Failure> {
    let mut rows = Vec::new();
    let calibration = calibration::view(study)?;
    for (place, rater) in study.whole_raters().iter().enumerate() {
        for item in &calibration {
            for axis in &item.axes {
                let Some(grade) = axis.grades[place] else { continue };
                rows.push(vec![
                    rater.label().clone(),
                    item.item.to_string(),
                    axis.axis.clone(),
                    grade.to_string(),
                    axis.shared.to_string(),
                ]);
            }
        }
    }
    let axes = &study.header.rubric.axes;
    let columns = vec![
        Column::rater(),
        Column::of("item", TEXT, "The calibration item."),
        Column::axis(),
        Column::grade_by_axis("value", axes, "The grade that the rater gave first."),
        Column::grade_by_axis("shared", axes, "The grade that was agreed on beforehand."),
    ];
    Ok(Table { columns, rows })
}
