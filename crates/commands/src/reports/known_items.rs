//! How many of the items that were rated a key knows.

use crate::Failure;
use crate::names::count;
use exchange::first_few;
use std::collections::BTreeSet;
use study::{At, Key, RaterScores};

/// Refuses the key in `file` where it knows no item that was rated. What to know where it knows some: items are
/// known under their own names and as responses, and need no key where a model is beside them.
pub(super) fn check_known(
    file: &str,
    key: &Key,
    raters: &[&RaterScores],
) -> Result<Option<String>, Failure> {
    let ids: BTreeSet<&str> = key.items.iter().map(|known| known.item.as_str()).collect();
    let responses: BTreeSet<String> =
        key.items.iter().map(|known| known.origin.item_name()).collect();
    let is_known = |item: &str| ids.contains(item) || responses.contains(item);
    let mut items = raters.iter().flat_map(|scores| scores.items.names());
    let (Some(first), Some(named)) = (items.next(), key.items.first()) else { return Ok(None) };
    let is_placed =
        |scores: &&RaterScores| scores.designs.values().any(|design| design.model.is_some());
    if !is_known(first) && !items.any(is_known) && !raters.iter().any(is_placed) {
        let rater = raters.iter().find(|scores| scores.items.names().next().is_some());
        let rater = rater.map_or("", |scores| scores.rater.as_str());
        let found = format!("none of the items that were rated, such as `{first}` by {rater}");
        let expected = format!(
            "the key to these ratings: this one is of {}, such as `{}`",
            count(key.items.len(), "item"),
            named.item
        );
        return Err(Failure::refused_at(
            At::field("items").in_file(file),
            format!("{file}, field `items`: found {found}; expected {expected}"),
        ));
    }
    let mut example: Option<String> = None;
    let partly = |scores: &&RaterScores| {
        let all = scores.items.names().count();
        let mut by_id = false;
        let unknown: Vec<&str> = scores
            .items
            .names()
            .filter(|item| {
                by_id |= ids.contains(item);
                let placed = scores.designs.get(*item).is_some_and(|design| design.model.is_some());
                !is_known(item) && !placed
            })
            .collect();
        // A judge may have scored more responses than were rated.
        let names_responses = !by_id && unknown.len() < all;
        if unknown.is_empty() || names_responses {
            return None;
        }
        example.get_or_insert_with(|| unknown[0].to_owned());
        Some(format!("{} of {all} by {}", all - unknown.len(), scores.rater))
    };
    let partly: Vec<String> = raters.iter().filter_map(partly).collect();
    Ok(example.map(|example| {
        format!(
            "{file} does not know all items that were rated: it knows {}. The others, such as `{example}`, keep their \
             names, and nothing is known of their models.",
            first_few(&partly)
        )
    }))
}
