//! The paradoxes of kappa, each in a table that has it, and none in tables that do not.

use crate::support::{couples, table, winnipeg};
use agreement::{ContingencyTable, Finding, WeightMatrix, Weights, diagnosis};

fn sentences(table: &ContingencyTable) -> Vec<String> {
    diagnosis(table, Weights::Identity).iter().map(Finding::to_string).collect()
}

/// A. R. Feinstein and D. V. Cicchetti (1990), *Journal of Clinical Epidemiology* 43:543–549: the
/// first paradox.
#[test]
fn high_agreement_and_low_kappa_where_a_level_is_prevalent() {
    assert_eq!(
        sentences(&table([[80, 10], [5, 5]])),
        [
            "85 % exact agreement but kappa 0.32: 88 % of ratings are 0",
            "kappa 0.32 depends on 5 of 100 items, which both raters gave 1: without them it is -0.08",
        ]
    );
    let prevalent = diagnosis(&table([[118, 5], [5, 2]]), Weights::Identity)[0];
    assert_eq!(
        prevalent.sentence(|level| ["“none”", "“harm”"][level].to_owned(), ["Ada", "Ben"]),
        "92 % exact agreement but kappa 0.25: 95 % of ratings are “none”"
    );
}

/// Their second paradox: both tables have an agreement of .60.
#[test]
fn kappa_is_raised_by_margins_that_differ() {
    assert_eq!(sentences(&table([[45, 15], [25, 15]])), [""; 0]);
    assert_eq!(
        sentences(&table([[25, 35], [5, 35]])),
        [
            "kappa 0.26 is raised by raters who use the scale differently: 60 % of the ratings of rater 1 are 0, 30 % of those of rater 2; Scott's pi is 0.19"
        ]
    );
}

#[test]
fn margins_can_hold_kappa_at_its_maximum() {
    let lenient = table([[50, 0], [30, 20]]);
    let found = diagnosis(&lenient, Weights::Identity);
    let limited = found.iter().find(|found| matches!(found, Finding::MarginsLimitKappa { .. }));
    assert_eq!(
        limited.unwrap().to_string(),
        "kappa 0.40 of at most 0.40: the raters differ in how often they use the levels more than in which items they give them to"
    );
}

#[test]
fn a_constant_rater_is_named() {
    assert_eq!(
        sentences(&table([[15, 6, 3], [0, 0, 0], [0, 0, 0]])),
        [
            "rater 1 gave every item 0, which makes kappa 0 whatever the other did; exact agreement is 62 %"
        ]
    );
    let second = diagnosis(&table([[0, 7], [0, 3]]), Weights::Linear);
    assert!(matches!(second[..], [Finding::ConstantRater { rater: 2, level: 1, .. }]));
    let named = second[0].sentence(|level| level.to_string(), ["Ada", "Ben"]);
    assert!(named.starts_with("Ben gave every item 1, which"), "{named}");
}

#[test]
fn one_level_leaves_nothing_to_measure() {
    assert_eq!(
        sentences(&table([[0, 0], [0, 25]])),
        ["both raters gave all 25 items 1, which leaves nothing for kappa to measure"]
    );
}

#[test]
fn one_rare_item_can_carry_kappa() {
    let found = diagnosis(&table([[96, 2], [1, 1]]), Weights::Quadratic);
    let carried =
        found.iter().find(|finding| matches!(finding, Finding::FewItemsCarryKappa { .. })).unwrap();
    assert_eq!(
        carried.to_string(),
        "kappa 0.39 depends on 1 of 100 items, which both raters gave 1: without them it is -0.01"
    );
    let only = sentences(&table([[99, 0], [0, 1]]));
    assert_eq!(
        only,
        [
            "kappa 1.00 depends on 1 of 100 items, which both raters gave 1: without them it is undefined"
        ]
    );
}

#[test]
fn ordinary_tables_have_no_finding() {
    assert_eq!(sentences(&couples()), [""; 0]);
    assert_eq!(sentences(&table([[40, 9], [6, 45]])), [""; 0]);
    assert_eq!(diagnosis(&winnipeg(), Weights::Linear), []);
    assert_eq!(sentences(&ContingencyTable::empty(3).unwrap()), [""; 0]);
    let of_two = WeightMatrix::from_rows(&[vec![1.0, 0.0], vec![0.0, 1.0]]).unwrap();
    assert_eq!(diagnosis(&winnipeg(), Weights::Custom(&of_two)), []);
}

#[test]
fn a_finding_serialises_as_its_numbers() {
    let found = diagnosis(&table([[0, 0], [0, 25]]), Weights::Identity);
    assert_eq!(
        serde_json::to_string(&found).unwrap(),
        r#"[{"finding":"one-level","level":1,"items":25}]"#
    );
}
