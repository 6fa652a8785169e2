//! Cases that the screen's tests read as well: what the program and its screen each work out must not differ.

use crate::support::{blinded_scenario, built_in};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use study::{
    Candidate, Change, LeakDecision, LeakDecisions, Origin, Rating, Remark, Sampling, check_labels,
    draw_sample, review,
};

#[derive(Deserialize)]
struct Golden<Case> {
    cases: Vec<Case>,
}

/// The cases in the text of a file.
fn cases<Case: DeserializeOwned>(text: &str, least: usize) -> Vec<Case> {
    let golden: Golden<Case> = serde_json::from_str(text).unwrap();
    assert!(golden.cases.len() >= least, "no case is lost");
    golden.cases
}

#[derive(Deserialize)]
struct Rated {
    name: String,
    changes: Vec<Change>,
    rating: Rating,
    missing: Vec<Value>,
}

/// The screen works this out by itself while an answer is on its way to disk.
#[test]
fn changes_add_up_and_lack_what_the_screen_shows() {
    let (rubric, scenario) = (built_in("gated"), blinded_scenario());
    assert_eq!(scenario.critical_actions.len(), 2, "the cases are of two actions");
    let golden = include_str!("../golden/ratings.json");
    for Rated { name, changes, rating: expected, missing } in cases(golden, 19) {
        let mut rating = Rating::default();
        changes.iter().for_each(|change| rating.apply(change));
        assert_eq!(rating, expected, "{name}");
        let found =
            review(&rating, &rubric, &scenario).into_iter().filter_map(|remark| match remark {
                Remark::Missing { answer } => Some(serde_json::to_value(answer).unwrap()),
                Remark::Contradiction { .. } => None,
            });
        assert_eq!(found.collect::<Vec<_>>(), missing, "{name}");
    }
}

#[derive(Deserialize)]
struct Labelled {
    name: String,
    labels: Vec<String>,
    wrong: Option<usize>,
}

#[test]
fn labels_are_refused_where_the_screen_refuses_them() {
    for Labelled { name, labels, wrong } in cases(include_str!("../golden/labels.json"), 27) {
        let refused = check_labels(&labels).map_err(|error| error.place);
        assert_eq!(refused, wrong.map_or(Ok(()), Err), "{name}");
    }
}

#[derive(Deserialize)]
struct Sampled {
    name: String,
    sampling: Value,
    refused: Option<String>,
}

#[test]
fn samples_are_refused_where_the_screen_refuses_them() {
    let candidate = |number: u32| Candidate {
        origin: Origin { scenario_id: number.to_string(), model_id: "m".into(), rep_id: 0 },
        category: "c".into(),
        framing: None,
        pair_id: None,
        filtered: number < 6,
        scores: BTreeMap::from([("omission".into(), 2)]),
    };
    let candidates: Vec<Candidate> = (0..24).map(candidate).collect();
    for Sampled { name, sampling, refused } in cases(include_str!("../golden/samples.json"), 22) {
        let Ok(sampling) = serde_json::from_value::<Sampling>(sampling) else {
            assert!(refused.is_some(), "{name}: no number that a file can hold");
            continue;
        };
        let field = draw_sample(&candidates, &sampling, 1).err().and_then(|error| error.at().field);
        let part = field.as_deref().and_then(|field| field.split('.').next());
        assert_eq!(part, refused.as_deref(), "{name}");
    }
}

#[derive(Deserialize)]
struct Placed {
    name: String,
    text: String,
    start: u32,
    end: u32,
    units: [usize; 2],
    words: String,
}

#[test]
fn a_part_of_a_text_is_the_one_that_the_window_shows() {
    let golden = include_str!("../golden/positions.json");
    for Placed { name, text, start, end, units, words } in cases(golden, 11) {
        let decisions = LeakDecisions::new(&[LeakDecision::by_hand(&text, start, end)]).unwrap();
        let masked = decisions.apply(&text).unwrap();
        assert_eq!(masked.masks[0].original, words, "{name}");
        let window: Vec<u16> = text.encode_utf16().collect();
        assert_eq!(String::from_utf16(&window[units[0]..units[1]]).unwrap(), words, "{name}");
    }
}
