//! Items that files call differently although they say that it is the same response: their scenario and model
//! are the same.

use crate::Failure;
use std::collections::{BTreeMap, BTreeSet};
use study::{ItemDesign, Origin, RaterScores};

/// By item the name of the response that its scenario and model are, if each item is another one.
type Named = BTreeMap<String, String>;

/// The names that bring items of `all` together where their own do not, and what is said of it. Refuses items
/// that are called alike and are of other scenarios or models.
pub(super) fn names_alike(all: &[&RaterScores]) -> Result<Option<(Vec<Named>, String)>, Failure> {
    let named: Vec<Option<Named>> = all.iter().map(|scores| named(scores)).collect();
    let pairs = || (0..all.len()).flat_map(|a| (a + 1..all.len()).map(move |b| (a, b)));
    let apart = |(a, b): &(usize, usize)| match (&named[*a], &named[*b]) {
        (Some(one), Some(other)) => {
            let responses: BTreeSet<&String> = one.values().collect();
            let same = other.values().any(|response| responses.contains(response));
            same && all[*a].items.names().all(|item| !all[*b].items.contains(item))
        }
        _ => false,
    };
    let contradicted = |(a, b): &(usize, usize)| contradiction(all[*a], all[*b]);
    let differ = pairs().find(apart);
    let contradiction = pairs().find_map(|pair| Some((pair, contradicted(&pair)?)));
    let whole = named.iter().all(Option::is_some);
    let (a, b) = match (differ, contradiction) {
        (_, Some(((a, b), found))) if !whole => {
            return Err(Failure::refused(format!(
                "{} and {} call other responses alike: {found}. Name items alike where they are the same response, and \
                 only there.",
                all[a].rater, all[b].rater
            )));
        }
        (Some(pair), _) | (None, Some((pair, _))) => pair,
        (None, None) => return Ok(None),
    };
    let said = format!(
        "Items of {} and {} were taken to be the same where scenario and model are, as their own names differ.",
        all[a].rater, all[b].rater
    );
    Ok(Some((named.into_iter().map(Option::unwrap_or_default).collect(), said)))
}

fn named(scores: &RaterScores) -> Option<Named> {
    let mut named = Named::new();
    let mut once = BTreeSet::new();
    for item in scores.items.names() {
        let ItemDesign { scenario, model, .. } = scores.designs.get(item)?;
        let own = Origin::of_item_name(item)
            .filter(|own| own.scenario_id == *scenario && model.as_ref() == Some(&own.model_id));
        let origin = Origin { scenario_id: scenario.clone(), model_id: model.clone()?, rep_id: 0 };
        let name = own.unwrap_or(origin).item_name();
        if scenario.is_empty() || !once.insert(name.clone()) {
            return None;
        }
        named.insert(item.to_owned(), name);
    }
    (!named.is_empty()).then_some(named)
}

/// An item that two files call alike and that is another response in each.
fn contradiction(one: &RaterScores, other: &RaterScores) -> Option<String> {
    let place = |design: &ItemDesign| Some((design.scenario.clone(), design.model.clone()?));
    one.items.names().filter(|item| other.items.contains(item)).find_map(|item| {
        let (first, second) = (place(one.designs.get(item)?)?, place(other.designs.get(item)?)?);
        let named = |(scenario, model): &(String, String)| format!("`{scenario}` by {model}");
        (first != second).then(|| format!("`{item}` is {} and {}", named(&first), named(&second)))
    })
}

/// That an item is in one scenario by one file and in another by the next: the first decides.
pub(super) fn other_scenarios(scores: &[RaterScores]) -> Option<String> {
    let mut known: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for RaterScores { rater, designs, .. } in scores {
        for (item, design) in designs.iter().filter(|(_, design)| !design.scenario.is_empty()) {
            let (scenario, first) = *known.entry(item).or_insert((&design.scenario, rater));
            if scenario != design.scenario {
                return Some(format!(
                    "`{item}` is of scenario `{scenario}` by {first} and of `{}` by {rater}; intervals take the first. \
                     Other items may differ too.",
                    design.scenario
                ));
            }
        }
    }
    None
}
