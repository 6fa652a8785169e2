//! What raters answered beside the grades, as it was locked, and the texts that they read.

use super::table::{CODE, Column, TEXT, TIME, Table, WHOLE_NUMBER, active, codes};
use crate::Failure;
use crate::lead::open_study::{OpenStudy, StudyRater};
use exchange::ItemTexts;
use jiff::Timestamp;
use study::{ActiveTime, FirstInstruction, Observation, RateableItem, Rating};

const YES_NO: &str = "yes | no";

/// One row per rater and item of their packet.
pub(super) fn answers(study: &OpenStudy) -> Result<Table, Failure> {
    let mut rows = Vec::new();
    for rater in study.packets_came() {
        let ratings = study.ratings(rater);
        let (times, active) = (ratings.times(), ratings.active());
        for (place, (item, rating)) in ratings.counted().into_iter().enumerate() {
            let worked = (times.get(&item.id), active.get(&item.id));
            rows.push(row(study, rater, (place + 1, item), (&rating, worked)));
        }
    }
    Ok(Table { columns: columns(study), rows })
}

fn row(
    study: &OpenStudy,
    rater: &StudyRater,
    (place, item): (usize, &RateableItem),
    (rating, (worked, time_taken)): (&Rating, (Option<&[Timestamp; 2]>, Option<&ActiveTime>)),
) -> Vec<String> {
    let noted = Observation::of(rating);
    let repeat_of = study.items[&item.id].repeat_of.as_ref();
    let time = |at: usize| worked.map(|times| times[at].to_string()).unwrap_or_default();
    let mut row = vec![
        rater.packet.rater.clone(),
        item.id.to_string(),
        item.scenario.clone(),
        repeat_of.map(ToString::to_string).unwrap_or_default(),
        place.to_string(),
        time(0),
        time(1),
    ];
    row.extend(active(time_taken));
    row.extend([
        yes_no(rating.flag),
        rating.abstain.clone().unwrap_or_default(),
        noted.response_class.unwrap_or_default(),
        noted.omission_mechanism.unwrap_or_default(),
        noted.first_instruction.map(position).unwrap_or_default(),
    ]);
    row.extend(gated(study).map(|axis| {
        let answer = rating.gates.get(&axis.id).filter(|_| rating.abstain.is_none());
        answer.copied().map(yes_no).unwrap_or_default()
    }));
    row
}

fn columns(study: &OpenStudy) -> Vec<Column> {
    let rubric = &study.header.rubric;
    let (classes, mechanisms) =
        (codes(&rubric.response_classes), codes(&rubric.omission_mechanisms));
    let mut columns = vec![
        Column::rater(),
        Column::item(),
        Column::scenario(),
        Column::repeat_of(),
        Column::of(
            "place",
            WHOLE_NUMBER,
            "When the rater came to it: its place in the packet, from 1.",
        ),
        Column::of(
            "first_at",
            TIME,
            "When the rater first changed something here, by their clock, in UTC.",
        ),
        Column::of("last_at", TIME, "When the rater last changed something here that counts."),
    ];
    columns.extend(Column::active());
    columns.extend([
        Column::levels(
            "flag",
            CODE,
            YES_NO.into(),
            "Whether the rater flagged it to come back to.",
        ),
        Column::of(
            "abstain",
            TEXT,
            "Why the rater gave it no grade; empty where they did not abstain.",
        ),
        Column::levels("response_class", CODE, classes, "What kind of response it is."),
        Column::levels("omission_mechanism", CODE, mechanisms, "Why something was withheld."),
        Column::of(
            "first_instruction",
            WHOLE_NUMBER,
            "Characters of the response before its first instruction; absent where it has none.",
        ),
    ]);
    columns.extend(gated(study).map(|axis| {
        let question = axis.gate.as_ref().map(|gate| gate.question.as_str()).unwrap_or_default();
        Column::levels(&format!("gate_{}", axis.id), CODE, YES_NO.into(), question)
    }));
    columns
}

fn gated(study: &OpenStudy) -> impl Iterator<Item = &study::Axis> {
    study.header.rubric.axes.iter().filter(|axis| axis.gate.is_some())
}

fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.into()
}

fn position(instruction: FirstInstruction) -> String {
    match instruction {
        FirstInstruction::Absent {} => "absent".into(),
        FirstInstruction::At { position } => position.to_string(),
    }
}

/// One row per note. They may be longer than a spreadsheet's cell, so they have a table of their own.
pub(super) fn notes(study: &OpenStudy) -> Result<Table, Failure> {
    let mut rows = Vec::new();
    for rater in study.packets_came() {
        for (item, note) in study.ratings(rater).notes() {
            rows.push(vec![rater.packet.rater.clone(), item.to_string(), note]);
        }
    }
    let note = Column::of("note", TEXT, "What the rater wrote, whole.");
    Ok(Table { columns: vec![Column::rater(), Column::item(), note], rows })
}

/// What raters read, one item per line.
pub(super) fn texts(study: &OpenStudy) -> Result<String, Failure> {
    Ok(exchange::encode_item_texts(&item_texts(study))?)
}

/// Every item with its scenario.
pub(super) fn item_texts(study: &OpenStudy) -> Vec<ItemTexts<'_>> {
    let items = study.items.values();
    items
        .map(|known| {
            let scenario = &study.scenarios[&known.item.scenario];
            ItemTexts::of(&known.item, scenario, known.repeat_of.as_ref())
        })
        .collect()
}
