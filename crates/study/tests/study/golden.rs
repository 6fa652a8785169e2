//! Cases that the screen's tests read as well: what changes add up to, and what is then missing.
//! The screen works this out by itself while an answer is on its way to disk, and must not differ.

use crate::support::{blinded_scenario, built_in};
use serde::Deserialize;
use study::{Change, Rating, Remark, review};

#[derive(Deserialize)]
struct Golden {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    changes: Vec<Change>,
    rating: Rating,
    missing: Vec<String>,
}

#[test]
fn changes_add_up_and_lack_what_the_screen_shows() {
    let golden: Golden = serde_json::from_str(include_str!("../golden/ratings.json")).unwrap();
    let (rubric, scenario) = (built_in("gated"), blinded_scenario());
    assert_eq!(scenario.critical_actions.len(), 2, "the cases are of two actions");
    assert!(golden.cases.len() >= 19, "no case is lost");
    for Case { name, changes, rating: expected, missing } in golden.cases {
        let mut rating = Rating::default();
        changes.iter().for_each(|change| rating.apply(change));
        assert_eq!(rating, expected, "{name}");
        let found =
            review(&rating, &rubric, &scenario).into_iter().filter_map(|remark| match remark {
                Remark::Missing { part } => Some(part),
                Remark::Contradiction { .. } => None,
            });
        assert_eq!(found.collect::<Vec<_>>(), missing, "{name}");
    }
}
