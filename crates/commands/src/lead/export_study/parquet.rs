//! The grades for programs that read Parquet, with what is known of each.

use super::grades::{grade, name};
use super::table::{Column, FLAG, TEXT, TIME, Table, active};
use crate::Failure;
use crate::lead::open_study::OpenStudy;
use std::collections::BTreeMap;

/// One row per rater, item and axis, also where there is no grade.
pub(super) fn ratings(study: &OpenStudy) -> Result<Table, Failure> {
    let axes = &study.header.rubric.axes;
    let mut rows = Vec::new();
    for (rater, scores) in study.came().zip(study.scores()) {
        let ratings: Vec<_> = rater.came().map(|packet| study.ratings(packet)).collect();
        let times: BTreeMap<_, _> = ratings.iter().flat_map(|ratings| ratings.times()).collect();
        let taken: BTreeMap<_, _> = ratings.iter().flat_map(|ratings| ratings.active()).collect();
        for (item, rating) in ratings.iter().flat_map(|ratings| ratings.counted()) {
            let worked = times.get(&item.id);
            let time = |at: usize| worked.map(|times| times[at].to_string()).unwrap_or_default();
            let [seconds, visits] = active(taken.get(&item.id));
            rows.extend(axes.iter().map(|axis| {
                vec![
                    rater.label().clone(),
                    item.id.to_string(),
                    axis.id.clone(),
                    grade(scores, &item.id, &axis.id).unwrap_or_default(),
                    item.scenario.clone(),
                    name(study.items[&item.id].repeat_of.as_ref()),
                    rating.flag.to_string(),
                    rating.abstain.clone().unwrap_or_default(),
                    time(0),
                    time(1),
                    seconds.clone(),
                    visits.clone(),
                ]
            }));
        }
    }
    let mut columns = vec![
        Column::rater(),
        Column::item(),
        Column::axis(),
        Column::grade_by_axis("value", axes, "The grade that the rater gave; null for none."),
        Column::scenario(),
        Column::repeat_of(),
        Column::of("flag", FLAG, "Whether the rater flagged the item to come back to."),
        Column::of(
            "abstain",
            TEXT,
            "Why the rater gave the item no grade; null where they did not abstain.",
        ),
        Column::of(
            "first_at",
            TIME,
            "When the rater first changed something of the item, by their clock, in UTC.",
        ),
        Column::of(
            "last_at",
            TIME,
            "When the rater last changed something of the item that counts.",
        ),
    ];
    columns.extend(Column::active());
    Ok(Table { columns, rows })
}
