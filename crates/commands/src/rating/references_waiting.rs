//! Which reference answers wait until all responses to their scenario are done.

use super::open_item::OpenItem;
use std::collections::{HashMap, HashSet};
use study::{BlindedScenario, ItemId, Record, Rubric, reference_shown};

/// The scenarios of `items` whose reference answer the rater, by all `records`, has not been shown yet.
pub(crate) fn references_waiting(
    rubric: &Rubric,
    scenarios: &HashMap<String, BlindedScenario>,
    items: &[OpenItem],
    records: &HashMap<ItemId, Vec<Record>>,
) -> HashSet<String> {
    if !rubric.reference_after_rating {
        return HashSet::new();
    }
    let mut of_scenario: HashMap<&str, Vec<&ItemId>> = HashMap::new();
    for item in items {
        of_scenario.entry(&item.scenario).or_default().push(&item.summary.id);
    }
    let waits = |(id, items): &(&str, Vec<&ItemId>)| {
        let scenario = &scenarios[*id];
        let records: Vec<Record> =
            items.iter().filter_map(|item| records.get(item)).flatten().cloned().collect();
        !scenario.reference_answer.trim().is_empty()
            && reference_shown(items, &records, rubric, scenario).is_none()
    };
    of_scenario.into_iter().filter(waits).map(|(id, _)| id.to_owned()).collect()
}
