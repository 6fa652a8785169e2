//! The parts of responses that raters marked, as it was locked.

use super::table::{CODE, Column, TEXT, Table, WHOLE_NUMBER};
use crate::Failure;
use crate::lead::open_study::OpenStudy;
use study::{Rating, Span};

/// One row per part. An abstention leaves none.
pub(super) fn passages(study: &OpenStudy) -> Result<Table, Failure> {
    let mut rows = Vec::new();
    for rater in study.packets_came() {
        let counted = study.ratings(rater).counted().into_iter();
        for (item, rating) in counted.filter(|(_, rating)| rating.abstain.is_none()) {
            let response = &study.items[&item.id].item.response.text;
            for ([kind, action, axis, value], span) in marked(&rating) {
                rows.push(vec![
                    rater.packet.rater.clone(),
                    item.id.to_string(),
                    kind,
                    action,
                    axis,
                    value,
                    span.start.to_string(),
                    span.end.to_string(),
                    span.words(response),
                ]);
            }
        }
    }
    Ok(Table { columns: columns(study), rows })
}

/// What each part is marked for: its kind, critical action, axis and grade.
fn marked(rating: &Rating) -> Vec<([String; 4], Span)> {
    let evidence = rating.evidence.iter().map(|(action, span)| {
        (["evidence".into(), (action + 1).to_string(), String::new(), String::new()], *span)
    });
    let errors = rating.errors.iter().map(|error| {
        (["error".into(), String::new(), error.axis.clone(), error.grade.to_string()], error.span)
    });
    evidence.chain(errors).collect()
}

fn columns(study: &OpenStudy) -> Vec<Column> {
    vec![
        Column::rater(),
        Column::item(),
        Column::levels(
            "kind",
            CODE,
            "evidence | error".into(),
            "Whether the words support the grade of a critical action, or do harm.",
        ),
        Column::of(
            "action",
            WHOLE_NUMBER,
            "The critical action that the words support: its place in its scenario's list, from 1; empty for an error.",
        ),
        Column::of("axis", TEXT, "The axis of an error's harm; empty for evidence."),
        Column::grade_by_axis(
            "value",
            &study.header.rubric.axes,
            "How grave the error is; empty for evidence.",
        ),
        Column::of("start", WHOLE_NUMBER, "Characters of the response before the words."),
        Column::of("end", WHOLE_NUMBER, "Characters of the response up to their end."),
        Column::of("words", TEXT, "The words."),
    ]
}
