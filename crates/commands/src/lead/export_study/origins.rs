//! What the open key adds: where each item came from, and the grades under their origins.

use super::table::{CODE, Column, NUMBER, TEXT, Table, WHOLE_NUMBER};
use crate::Failure;
use crate::lead::open_study::OpenStudy;
use exchange::InspectScore;
use std::collections::BTreeMap;
use study::{Grade, KeyItem, NamedScenarios, RaterScores, Score};

/// One row per item: its origin, and with what probability it was drawn.
pub(super) fn items(study: &OpenStudy) -> Result<Table, Failure> {
    let rows = study.key().into_iter().flat_map(|key| {
        let scenarios = key.named_scenarios();
        key.items.iter().map(move |item| row(study, item, &scenarios))
    });
    let columns = vec![
        Column::item(),
        Column::of("scenario_id", TEXT, "The scenario's identifier in the bank."),
        Column::of("model_id", TEXT, "The model that answered."),
        Column::of("rep_id", WHOLE_NUMBER, "Which repetition of the same prompt, from 0."),
        Column::of("category", TEXT, "The scenario's category."),
        Column::levels(
            "framing",
            CODE,
            "layperson | physician | lawyer | informed_layperson".into(),
            "Who asks; empty if unknown.",
        ),
        Column::of("pair_id", TEXT, "Shared by scenarios that differ only in who asks."),
        Column::of(
            "inclusion_probability",
            NUMBER,
            "The probability with which the response was drawn; empty where all were taken.",
        ),
        Column::repeat_of(),
    ];
    Ok(Table { columns, rows: rows.collect() })
}

fn row(study: &OpenStudy, known: &KeyItem, scenarios: &NamedScenarios<'_>) -> Vec<String> {
    let KeyItem { item, origin, repeat_of, inclusion_probability, .. } = known;
    let as_read = study.items.get(item).map_or("", |known| known.item.scenario.as_str());
    let scenario = scenarios.find(&origin.scenario_id, as_read);
    vec![
        item.to_string(),
        origin.scenario_id.clone(),
        origin.model_id.clone(),
        origin.rep_id.to_string(),
        scenario.map(|known| known.category.clone()).unwrap_or_default(),
        scenario
            .and_then(|known| known.framing)
            .map(study::Framing::name)
            .unwrap_or_default()
            .into(),
        scenario.and_then(|known| known.pair_id.clone()).unwrap_or_default(),
        inclusion_probability.map(|p| p.to_string()).unwrap_or_default(),
        repeat_of.as_ref().map(ToString::to_string).unwrap_or_default(),
    ]
}

/// Every rater's grades of each response, as Inspect's scores of the sample that it came from.
pub(super) fn inspect_scores(study: &OpenStudy) -> Result<String, Failure> {
    let key = study.key().into_iter();
    // A second rating of a response serves agreement of a rater with themselves alone.
    let items: Vec<&KeyItem> =
        key.flat_map(|key| &key.items).filter(|item| item.repeat_of.is_none()).collect();
    let mut scores = Vec::new();
    for (rater, given) in study.came().zip(study.scores()) {
        let ratings: Vec<_> = rater.came().map(|packet| study.ratings(packet)).collect();
        let notes: BTreeMap<_, _> = ratings.iter().flat_map(|ratings| ratings.notes()).collect();
        let times: BTreeMap<_, _> = ratings.iter().flat_map(|ratings| ratings.times()).collect();
        for known in &items {
            let value = values(given, known);
            if value.is_empty() {
                continue;
            }
            let Some([_, graded_at]) = times.get(&known.item) else { continue };
            scores.push(InspectScore {
                model: &known.origin.model_id,
                sample: &known.origin.scenario_id,
                epoch: known.origin.rep_id + 1,
                scorer: format!("physician:{}", rater.label()),
                value,
                explanation: notes.get(&known.item).cloned(),
                author: rater.called(),
                reason: format!(
                    "Rated in Primum, study {}, item {}",
                    study.header.study, known.item
                ),
                timestamp: *graded_at,
            });
        }
    }
    Ok(exchange::encode_inspect_scores(&scores)?)
}

/// The grades by axis.
fn values<'a>(given: &'a RaterScores, known: &KeyItem) -> BTreeMap<&'a str, Grade> {
    let grade = |axis: &'a str| match given.score(known.item.as_str(), axis) {
        Score::Grade(grade) => Some((axis, grade)),
        Score::Excluded(_) => None,
    };
    given.scales.iter().filter_map(|scale| grade(&scale.axis)).collect()
}
