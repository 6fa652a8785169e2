//! The JSON of a test, which everything else reads.

use crate::support::table;
use agreement::{McNemar, bowker, mcnemar, stuart_maxwell};
use serde_json::json;

#[test]
fn a_chi_squared_test_has_degrees_of_freedom() {
    let test = bowker(&table([[5, 0], [2, 5]]));
    assert_eq!(
        serde_json::to_value(&test).unwrap(),
        json!({ "statistic": 2.0, "df": 1.0, "p": test.p().unwrap() })
    );
    assert_eq!(test.undefined(), None);
}

#[test]
fn an_exact_test_has_none() {
    let test = mcnemar(&table([[5, 0], [2, 5]]), 1, McNemar::Exact);
    assert_eq!(serde_json::to_value(&test).unwrap(), json!({ "statistic": 0.0, "p": 0.5 }));
}

#[test]
fn an_undefined_test_serialises_its_reason_alone() {
    let test = stuart_maxwell(&table([[5, 0], [0, 5]]));
    assert_eq!(
        serde_json::to_value(&test).unwrap(),
        json!({
            "undefined": "no discordant items: the raters put every item on the same side, so there is no disagreement whose direction could be tested"
        })
    );
    assert_eq!((test.statistic(), test.df(), test.p()), (None, None, None));
}
