//! Every case of the reference values, to 1e-9.

use crate::support::{close, reference_cases};
use agreement::{
    ContingencyTable, Distance, IccForm, Measure, RatingMatrix, WeightMatrix, Weights,
    agreement_of_all, brennan_prediger, brennan_prediger_raters, brennan_prediger_weighted,
    cohen_kappa, conger_kappa, exact_agreement, fleiss_kappa, fleiss_kappa_pooled, gwet_ac,
    gwet_ac1, gwet_ac2, icc, kendall_w, krippendorff_alpha, light_kappa, maximum_kappa, scott_pi,
    within_agreement,
};
use serde_json::Value;

/// Below this a reference standard error is the rounding of zero.
const ZERO: f64 = 1e-7;

/// A measure by the name that the reference values give it.
type Named = (&'static str, fn(&ContingencyTable) -> Measure);

const MEASURES: [Named; 18] = [
    ("kappa.unw@table", |table| cohen_kappa(table, Weights::Identity)),
    ("kappa.lin@table", |table| cohen_kappa(table, Weights::Linear)),
    ("kappa.quad@table", |table| cohen_kappa(table, Weights::Quadratic)),
    ("kappa.gwetord@table", |table| cohen_kappa(table, Weights::GwetOrdinal)),
    ("pi.unw@table", |table| scott_pi(table, Weights::Identity)),
    ("pi.lin@table", |table| scott_pi(table, Weights::Linear)),
    ("pi.quad@table", |table| scott_pi(table, Weights::Quadratic)),
    ("pi.gwetord@table", |table| scott_pi(table, Weights::GwetOrdinal)),
    ("ac1@table", gwet_ac1),
    ("ac2.lin@table", |table| gwet_ac2(table, Weights::Linear)),
    ("ac2.quad@table", |table| gwet_ac2(table, Weights::Quadratic)),
    ("ac2.gwetord@table", |table| gwet_ac2(table, Weights::GwetOrdinal)),
    ("bp.unw@table", brennan_prediger),
    ("bp.lin@table", |table| brennan_prediger_weighted(table, Weights::Linear)),
    ("bp.quad@table", |table| brennan_prediger_weighted(table, Weights::Quadratic)),
    ("bp.gwetord@table", |table| brennan_prediger_weighted(table, Weights::GwetOrdinal)),
    ("agree.exact", exact_agreement),
    ("agree.within1", |table| within_agreement(table, 1)),
];

#[test]
fn all_two_rater_cases() {
    let mut compared = 0;
    for case in reference_cases() {
        let Ok(rows) = serde_json::from_value(case["table"].clone()) else {
            continue;
        };
        let table = ContingencyTable::from_rows(rows).unwrap();
        if case["custom_weights"].is_array() {
            let rows: Vec<Vec<f64>> =
                serde_json::from_value(case["custom_weights"].clone()).unwrap();
            let weights = WeightMatrix::from_rows(&rows).unwrap();
            let kappa = cohen_kappa(&table, Weights::Custom(&weights));
            compare(&kappa, &case["expected"]["kappa.custom@table"]);
            compared += 1;
        }
        let unweighted = &case["expected"]["kappa.unw@table"];
        if let Some(maximum) = unweighted["kappa_max"].as_f64() {
            let found = maximum_kappa(&table, Weights::Identity).estimate().unwrap();
            close(found, maximum, 1e-9);
            compared += 1;
        }
        for (name, measure) in MEASURES {
            let expected = &case["expected"][name];
            if expected.is_object() {
                println!("{} {name}", case["id"]);
                compare(&measure(&table), expected);
                compared += 1;
            }
        }
    }
    assert!(
        compared >= 625,
        "only {compared} comparisons ran: 33 tables by 18 measures are known, and 30 maxima"
    );
}

fn compare(measure: &Measure, expected: &Value) {
    if of_whole_scale(measure) {
        assert_eq!(expected["value"].as_f64(), Some(1.0));
        return;
    }
    let Some(estimate) = expected["value"].as_f64() else {
        assert_eq!(measure.estimate(), None);
        return;
    };
    close(measure.estimate().unwrap(), estimate, 1e-9);
    // Proportions have no reference standard error.
    let Some(se) = expected["se"].as_f64() else {
        return;
    };
    if se < ZERO {
        assert!(measure.se().is_none_or(|se| se == 0.0), "{measure:?}");
        assert!(measure.interval().is_none(), "{measure:?}");
        return;
    }
    close(measure.se().unwrap(), se, 1e-9);
    let interval = measure.interval().unwrap();
    if expected["lo"].is_null() {
        return;
    }
    close(interval.lo, expected["lo"].as_f64().unwrap(), 1e-9);
    close(interval.hi, expected["hi"].as_f64().unwrap(), 1e-9);
}

type NamedOfMany = (&'static str, fn(&RatingMatrix, Weights) -> Measure);

const OF_MANY: [NamedOfMany; 6] = [
    ("fleiss", fleiss_kappa),
    ("fleiss_pooled", fleiss_kappa_pooled),
    ("conger", conger_kappa),
    ("light", light_kappa),
    ("bp", brennan_prediger_raters),
    ("ac2", gwet_ac),
];

const WEIGHTS: [(&str, Weights); 4] = [
    ("unw", Weights::Identity),
    ("lin", Weights::Linear),
    ("quad", Weights::Quadratic),
    ("gwetord", Weights::GwetOrdinal),
];

/// For measures with bounds but no standard error in the reference, whose bounds without width or
/// without a number are no interval here.
fn compare_bounds(measure: &Measure, expected: &Value) {
    if of_whole_scale(measure) {
        assert_eq!(expected["value"].as_f64(), Some(1.0));
        return;
    }
    let Some(estimate) = expected["value"].as_f64() else {
        assert_eq!(measure.estimate(), None);
        return;
    };
    close(measure.estimate().unwrap(), estimate, 1e-9);
    if expected["lo"].is_null() {
        return;
    }
    match expected["lo"].as_f64().zip(expected["hi"].as_f64()) {
        Some((lo, hi)) if hi - lo > 1e-9 => {
            let interval = measure.interval().unwrap();
            close(interval.lo / lo.abs().max(1.0), lo / lo.abs().max(1.0), 1e-9);
            close(interval.hi, hi, 1e-9);
        }
        _ => assert_eq!(measure.interval(), None),
    }
}

#[test]
fn all_cases_of_many_raters() {
    let mut compared = 0;
    for case in reference_cases() {
        let matrix = matrix(&case);
        for (coefficient, measure) in OF_MANY {
            for (kind, weights) in WEIGHTS {
                let name = match (coefficient, kind) {
                    ("ac2", "unw") => "ac1".to_owned(),
                    _ => format!("{coefficient}.{kind}"),
                };
                let expected = &case["expected"][&name];
                if expected.is_object() {
                    println!("{} {name}", case["id"]);
                    compare(&measure(&matrix, weights), expected);
                    compared += 1;
                }
            }
        }
    }
    assert!(compared >= 1081, "only {compared} comparisons ran");
}

#[test]
fn all_cases_of_alpha_icc_and_concordance() {
    let mut compared = 0;
    for case in reference_cases() {
        let matrix = matrix(&case);
        let scores: Vec<f64> = serde_json::from_value(case["categories"].clone()).unwrap();
        let alpha = |distance| krippendorff_alpha(&matrix, distance);
        let forms = IccForm::ALL.map(|form| icc(&matrix, form, &scores));
        let names = ["icc.1", "icc.2", "icc.3", "icc.1k", "icc.2k", "icc.3k"];
        let measures = [
            ("alpha.nominal", alpha(Distance::Nominal)),
            ("alpha.ordinal", alpha(Distance::Ordinal)),
            ("alpha.interval", alpha(Distance::Interval(&scores))),
            ("alpha.ratio", alpha(Distance::Ratio(&scores))),
            ("kendall.w", kendall_w(&matrix)),
            ("agree.exact", agreement_of_all(&matrix, 0)),
            ("agree.within1", agreement_of_all(&matrix, 1)),
        ];
        for (name, measure) in measures.into_iter().chain(names.into_iter().zip(forms)) {
            let expected = &case["expected"][name];
            // ICC(2,k) of items with one and the same mean is a negative number over a negative one.
            let impossible = expected["value"].as_f64().is_some_and(|value| value > 1.0 + 1e-9);
            if expected.is_object() && !impossible {
                println!("{} {name}", case["id"]);
                compare_bounds(&measure, expected);
                compared += 1;
            }
        }
    }
    assert!(compared >= 597, "only {compared} comparisons ran");
}

/// The ratings of a case, or the items of its table.
fn matrix(case: &Value) -> RatingMatrix {
    let Some(ratings) = case["ratings"].as_array() else {
        let rows = serde_json::from_value(case["table"].clone()).unwrap();
        return RatingMatrix::from_table(&ContingencyTable::from_rows(rows).unwrap());
    };
    let categories = case["categories"].as_array().unwrap();
    let level = |rating: &Value| categories.iter().position(|category| category == rating);
    let row = |row: &Value| row.as_array().unwrap().iter().map(level).collect();
    let rows: Vec<Vec<Option<usize>>> = ratings.iter().map(row).collect();
    RatingMatrix::from_rows(categories.len(), &rows).unwrap()
}

/// What is 1 by definition, which the reference takes for a number.
fn of_whole_scale(measure: &Measure) -> bool {
    matches!(measure.undefined(), Some(agreement::Undefined::WithinTheScale { .. }))
}
