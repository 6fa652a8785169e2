//! The reference values of the hypothesis tests, to 1e-9.

use crate::support::{close, reference, reference_cases, table};
use agreement::{
    Alternative, ContingencyTable, CorrelationDistribution, McNemar, MonteCarlo,
    ProportionInterval, RankDistribution, Test, Weights, Zeros, benjamini_yekutieli, bhapkar,
    bowker, holm, kappa_zero, mann_whitney, mcnemar, proportion, spearman, stuart_maxwell, tost,
    wilcoxon,
};
use serde_json::Value;

/// Below this a reference standard error is the rounding of zero.
const ZERO: f64 = 1e-7;

/// A test of one table by the name that the reference values give it.
type Named = (&'static str, fn(&ContingencyTable) -> Test);

const TABLE_TESTS: [Named; 6] = [
    ("bowker", bowker),
    ("stuart_maxwell", stuart_maxwell),
    ("bhapkar", bhapkar),
    ("mcnemar.cc", |table| mcnemar(table, 1, McNemar::ContinuityCorrected)),
    ("mcnemar.exact", |table| mcnemar(table, 1, McNemar::Exact)),
    ("mcnemar.midp", |table| mcnemar(table, 1, McNemar::MidP)),
];

#[test]
fn tests_of_tables() {
    let mut compared = 0;
    for case in reference_cases() {
        let Ok(rows) = serde_json::from_value(case["table"].clone()) else { continue };
        let table = ContingencyTable::from_rows(rows).unwrap();
        for (name, test) in TABLE_TESTS {
            let expected = &case["expected"][name];
            if expected.is_object() {
                println!("{} {name}", case["id"]);
                compare(&test(&table), expected);
                compared += 1;
            }
        }
    }
    assert!(
        compared >= 111,
        "only {compared} comparisons ran: 3 tests by 33 tables and 12 are known"
    );
}

/// The null standard errors `se0` are compared through z = value / se0.
#[test]
fn kappa_is_zero() {
    let names = [
        ("kappa.unw@table", Weights::Identity),
        ("kappa.lin@table", Weights::Linear),
        ("kappa.quad@table", Weights::Quadratic),
    ];
    let mut compared = 0;
    for case in reference_cases() {
        let Ok(rows) = serde_json::from_value(case["table"].clone()) else { continue };
        let table = ContingencyTable::from_rows(rows).unwrap();
        for (name, weights) in names {
            let expected = &case["expected"][name];
            if !expected.is_object() {
                continue;
            }
            println!("{} {name}", case["id"]);
            let test = kappa_zero(&table, weights, Alternative::TwoSided);
            compared += 1;
            let Some(se) = expected["se0"].as_f64().filter(|se| *se >= ZERO) else {
                assert!(test.undefined().is_some(), "{test:?}");
                continue;
            };
            let z = expected["value"].as_f64().unwrap() / se;
            close(test.statistic().unwrap(), z, 1e-9 * z.abs().max(1.0));
        }
    }
    assert!(compared >= 99, "only {compared} comparisons ran: 33 tables by 3 weights are known");
}

fn compare(test: &Test, expected: &Value) {
    if expected["undefined"].is_string() {
        assert!(test.undefined().is_some(), "{test:?}");
        return;
    }
    let statistic = expected["value"].as_f64().unwrap();
    close(test.statistic().unwrap(), statistic, 1e-9 * statistic.max(1.0));
    assert_eq!(test.df(), expected["df"].as_f64());
    close(test.p().unwrap(), expected["p"].as_f64().unwrap(), 1e-9);
}

/// The rows of tests.json with `field` equal to `value`.
fn rows(tests: &Value, field: &str, value: &str) -> Vec<Value> {
    ["scipy_1_17_1", "r"]
        .into_iter()
        .flat_map(|source| tests[source].as_array().unwrap().clone())
        .filter(|row| row[field] == value)
        .collect()
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn counted(list: &Value) -> Vec<(f64, u64)> {
    numbers(list).into_iter().map(|value| (value, 1)).collect()
}

/// p to `tolerance`, or undefined where the reference has none.
#[track_caller]
fn same_p(test: &Test, row: &Value, key: &str, tolerance: f64) {
    println!("{row}");
    match row[key].as_f64() {
        Some(p) => close(test.p().unwrap(), p, tolerance),
        None => assert!(test.undefined().is_some(), "{test:?}"),
    }
}

/// scipy's and R's distributions without ties are compared where there are none; their zsplit has
/// no counterpart here.
#[test]
fn signed_ranks() {
    let tests = reference("tests.json");
    let inputs = rows(&tests, "stat", "wilcoxon_input");
    let mut compared = 0;
    for row in rows(&tests, "stat", "wilcoxon") {
        let (case, package) = (row["case"].as_str().unwrap(), row["pkg"].as_str().unwrap());
        let function = row["fun"].as_str().unwrap();
        let input = inputs.iter().find(|input| input["case"] == case);
        let differences = input.map_or(vec![(0.0, 6)], |input| counted(&input["d"]));
        let untied = case.starts_with("W1");
        let says = |text: &str| function.contains(text);
        let zeros = if says("pratt") || says("Pratt") { Zeros::Ranked } else { Zeros::Dropped };
        let corrected = says("correction=True") || says("correct=TRUE");
        let approximate = if corrected {
            RankDistribution::ContinuityCorrected
        } else {
            RankDistribution::Normal
        };
        let exact = RankDistribution::ExactConditional;
        let distribution = match package {
            "oracle" if says("exact") => exact,
            "scipy" if says("zsplit") || says("auto") && !untied => continue,
            "scipy" if says("method=exact") && !untied => continue,
            "scipy" if says("auto") || says("method=exact") => exact,
            "stats" if untied && !says("exact=FALSE") => exact,
            // One difference is not tied either.
            "stats" if case.starts_with("W7") && !says("exact=FALSE") => exact,
            "exactRankTests" => exact,
            "coin" if says("distribution=exact") => exact,
            _ => approximate,
        };
        let test = |alternative| wilcoxon(&differences, zeros, distribution, alternative);
        let two_sided = test(Alternative::TwoSided);
        let key = if package == "oracle" { "p_two" } else { "p" };
        let tolerance = if distribution == exact { 1e-12 } else { 1e-9 };
        same_p(&two_sided, &row, key, tolerance);
        if let Some(positive) = row["Wplus"].as_f64() {
            close(two_sided.statistic().unwrap(), positive, 0.0);
        }
        if row["p_greater"].is_number() {
            same_p(&test(Alternative::Greater), &row, "p_greater", tolerance);
            same_p(&test(Alternative::Less), &row, "p_less", tolerance);
        }
        compared += 1;
    }
    assert!(compared >= 150, "only {compared} comparisons ran");
}

/// scipy's exact distribution is compared where there are no ties, for which alone it is right;
/// its normal p of 1 for equal values is 0/0 here.
#[test]
fn two_samples() {
    let tests = reference("tests.json");
    let all = rows(&tests, "stat", "mannwhitney");
    let mut compared = 0;
    for row in &all {
        let (case, package) = (row["case"].as_str().unwrap(), row["pkg"].as_str().unwrap());
        let function = row["fun"].as_str().unwrap();
        let input = all.iter().find(|input| input["case"] == case && input["x"].is_array());
        let (first, second) = (counted(&input.unwrap()["x"]), counted(&input.unwrap()["y"]));
        let (untied, constant) = (case.starts_with("M1"), case.starts_with("M4"));
        let says = |text: &str| function.contains(text);
        let corrected = says("use_continuity=True") || says("correct=TRUE");
        let approximate = if corrected {
            RankDistribution::ContinuityCorrected
        } else {
            RankDistribution::Normal
        };
        let exact = RankDistribution::ExactConditional;
        let (distribution, alternative) = match package {
            "oracle" => (exact, Alternative::TwoSidedDoubled),
            "scipy" if says("method=exact") && !untied => continue,
            "scipy" if constant => continue,
            "scipy" if untied && !says("asymptotic") => (exact, Alternative::TwoSidedDoubled),
            "stats" if untied && !says("exact=FALSE") => (exact, Alternative::TwoSidedDoubled),
            // coin divides by a zero variance even where it enumerates.
            "coin" if says("exact") && constant => continue,
            "exactRankTests" => (exact, Alternative::TwoSided),
            "coin" if says("exact") => (exact, Alternative::TwoSided),
            _ => (approximate, Alternative::TwoSided),
        };
        let test = |alternative| mann_whitney(&first, &second, distribution, alternative);
        let two_sided = test(alternative);
        let key = if package == "oracle" { "p_two" } else { "p" };
        let tolerance = if distribution == exact { 1e-12 } else { 1e-9 };
        same_p(&two_sided, row, key, tolerance);
        if package == "oracle" {
            close(two_sided.statistic().unwrap(), row["U"].as_f64().unwrap(), 0.0);
            same_p(&test(Alternative::Greater), row, "p_greater", tolerance);
            same_p(&test(Alternative::Less), row, "p_less", tolerance);
        }
        compared += 1;
    }
    assert!(compared >= 50, "only {compared} comparisons ran");
}

/// R's exact p is compared up to n = 9; above it is a series that gives 0 in the far tail.
#[test]
fn correlations() {
    let tests = reference("tests.json");
    let all = rows(&tests, "stat", "spearman");
    let permutation =
        CorrelationDistribution::Permutation(MonteCarlo { seed: 1, replicates: 1_000 });
    let mut compared = 0;
    for row in &all {
        let input =
            all.iter().find(|input| input["case"] == row["case"] && input["x"].is_array()).unwrap();
        let pairs: Vec<(f64, f64, u64)> = numbers(&input["x"])
            .into_iter()
            .zip(numbers(&input["y"]))
            .map(|(a, b)| (a, b, 1))
            .collect();
        let says = |text: &str| row["fun"].as_str().unwrap().contains(text);
        let untied = row["case"].as_str().unwrap().starts_with("S1");
        let (distribution, key) = match row["pkg"].as_str().unwrap() {
            "oracle" if says("input") => continue,
            "oracle" => (permutation, "p_two"),
            "stats" if untied && !says("exact=FALSE") => (permutation, "p"),
            "stats" if row["p"] == 0 => continue,
            _ => (CorrelationDistribution::StudentT, "p"),
        };
        let test = spearman(&pairs, distribution, Alternative::TwoSided);
        let tolerance = if distribution == permutation { 1e-12 } else { 1e-9 };
        same_p(&test, row, key, tolerance);
        if let Some(rho) = row["statistic"].as_f64() {
            close(test.statistic().unwrap(), rho, 1e-12);
        }
        compared += 1;
    }
    assert!(compared >= 16, "only {compared} comparisons ran: 16 are known");
}

#[test]
fn corrections() {
    let tests = reference("tests.json");
    let mut compared = 0;
    for row in rows(&tests, "stat", "p_adjust") {
        let p = numbers(&row["p_in"]);
        let adjusted = match row["fun"].as_str().unwrap() {
            "holm" | "p.adjust(holm)" => holm(&p),
            "fdr_by" | "p.adjust(BY)" => benjamini_yekutieli(&p),
            _ => continue,
        };
        for (found, expected) in adjusted.unwrap().into_iter().zip(numbers(&row["p_adj"])) {
            close(found, expected, 1e-12);
        }
        compared += 1;
    }
    assert_eq!(compared, 4);
}

/// statsmodels' correction goes below 0 where as many items changed one way as the other.
#[test]
fn marginal_changes() {
    let tests = reference("tests.json");
    let mut compared = 0;
    for row in rows(&tests, "stat", "mcnemar") {
        let counts: [[u64; 2]; 2] = serde_json::from_str(row["case"].as_str().unwrap()).unwrap();
        let form = match row["fun"].as_str().unwrap() {
            "mcnemar(exact=False,correction=False)" => McNemar::ChiSquared,
            "mcnemar(exact=False,correction=True)" if counts[0][1] == counts[1][0] => continue,
            "mcnemar(exact=False,correction=True)" => McNemar::ContinuityCorrected,
            _ => McNemar::Exact,
        };
        let test = mcnemar(&table(counts), 1, form);
        same_p(&test, &row, "p", 1e-9);
        assert_eq!(test.statistic(), row["statistic"].as_f64());
        compared += 1;
    }
    assert_eq!(compared, 10);
}

#[test]
fn equivalence() {
    let tests = reference("tests.json");
    let known = rows(&tests, "stat", "tost");
    assert_eq!(known.len(), 1);
    let (a, b) = (numbers(&known[0]["a"]), numbers(&known[0]["b"]));
    let differences: Vec<(f64, u64)> = a.iter().zip(&b).map(|(a, b)| (a - b, 1)).collect();
    let test = tost(&differences, -0.3, 0.3);
    same_p(&test, &known[0], "p", 1e-12);
    close(test.statistic().unwrap(), known[0]["t1"].as_f64().unwrap(), 1e-9);
}

/// prop.test() without correction is Wilson's interval, binom.test() Clopper and Pearson's. R's
/// printed bounds of the latter are right to 1e-11 only.
#[test]
fn proportions() {
    let tests = reference("tests.json");
    let mut compared = 0;
    for row in rows(&tests, "stat", "binom_ci") {
        let interval = match row["fun"].as_str().unwrap() {
            "binomtest.proportion_ci(wilson)" | "prop.test(correct=FALSE)" | "BinomCI(wilson)" => {
                ProportionInterval::Wilson
            }
            "binomtest.proportion_ci(exact)" | "binom.test" => ProportionInterval::ClopperPearson,
            _ => continue,
        };
        let (successes, n) =
            row["case"].as_str().unwrap().strip_prefix("P ").unwrap().split_once('/').unwrap();
        let measure = proportion(successes.parse().unwrap(), n.parse().unwrap(), interval);
        println!("{row}");
        match measure.interval() {
            Some(interval) => {
                close(interval.lo, row["lo"].as_f64().unwrap(), 1e-10);
                close(interval.hi, row["hi"].as_f64().unwrap(), 1e-10);
            }
            None => assert!(row["error"].is_string()),
        }
        compared += 1;
    }
    assert_eq!(compared, 32);
}
