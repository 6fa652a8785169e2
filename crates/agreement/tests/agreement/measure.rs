//! The result: its accessors and the JSON that everything else reads.

use crate::support::table;
use agreement::{
    Measure, Undefined, Weights, brennan_prediger, cohen_kappa, exact_agreement, mean_difference,
};
use serde_json::{Value, json};

fn json_of(measure: &Measure) -> Value {
    serde_json::to_value(measure).unwrap()
}

#[test]
fn an_estimate_serialises_with_its_interval() {
    let measure = exact_agreement(&table([[3, 1], [0, 4]]));
    let interval = measure.interval().unwrap();
    assert_eq!(
        json_of(&measure),
        json!({
            "estimate": 0.875,
            "se": measure.se().unwrap(),
            "interval": { "lo": interval.lo, "hi": interval.hi, "level": 0.95, "method": "wilson" },
        })
    );
    assert_eq!(measure.undefined(), None);
}

#[test]
fn each_method_has_its_name() {
    let table = table([[3, 1], [0, 4]]);
    let method = |measure: Measure| json_of(&measure)["interval"]["method"].clone();
    assert_eq!(method(cohen_kappa(&table, Weights::Linear)), "normal");
    assert_eq!(method(mean_difference(&table, &[0.0, 1.0])), "student-t");
}

#[test]
fn an_undefined_measure_serialises_its_reason_alone() {
    let measure = cohen_kappa(&table([[0, 0], [0, 0]]), Weights::Identity);
    assert_eq!(
        json_of(&measure),
        json!({ "undefined": "no shared items: the two raters graded no item in common" })
    );
    assert_eq!((measure.estimate(), measure.se(), measure.interval()), (None, None, None));
    assert_eq!(measure.undefined(), Some(Undefined::NoSharedItems));
}

#[test]
fn complete_agreement_keeps_the_estimate_and_explains_the_missing_interval() {
    let measure = brennan_prediger(&table([[3, 0], [0, 4]]));
    assert_eq!(
        json_of(&measure),
        json!({
            "estimate": 1.0,
            "se": 0.0,
            "interval": {
                "undefined": "the raters agreed on every item, so the standard error formula gives 0, which is not certainty; read the exact agreement and its interval"
            },
        })
    );
    assert_eq!(measure.undefined(), Some(Undefined::CompleteAgreement));
}

#[test]
fn a_constant_rater_leaves_no_standard_error() {
    let measure = cohen_kappa(&table([[3, 4], [0, 0]]), Weights::Identity);
    assert_eq!(
        json_of(&measure),
        json!({
            "estimate": 0.0,
            "se": null,
            "interval": {
                "undefined": "not estimable: one rater gave every item the same level, which makes kappa 0 whatever the other did; read the exact agreement and its interval"
            },
        })
    );
    assert_eq!((measure.estimate(), measure.se()), (Some(0.0), None));
}
