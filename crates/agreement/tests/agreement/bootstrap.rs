//! The bootstrap of a table: against references of a million replicates, its fixed bytes, and
//! where it has no interval.

use std::num::NonZeroUsize;

use crate::support::{close, couples, reference, reference_cases, table, winnipeg};
use agreement::{
    Bootstrap, ContingencyTable, Interval, Method, Resampling, Undefined, Weights, bootstrap_kappa,
    bootstrap_table, cohen_kappa, exact_agreement, gwet_ac1, jackknife,
};
use proptest::prelude::*;
use serde_json::Value;

fn kind(name: &str) -> Weights<'static> {
    match name {
        "kappa.unw" => Weights::Identity,
        "kappa.lin" => Weights::Linear,
        "kappa.quad" => Weights::Quadratic,
        other => panic!("an unknown statistic in bootstrap.json: {other}"),
    }
}

/// At B = 10,000 the bounds lie within six of their own Monte Carlo errors of those at 1,000,000,
/// and, for statistics with few distinct values, one step of that grid.
#[test]
fn references_with_a_million_replicates() {
    let (bootstraps, cases) = (reference("bootstrap.json"), reference_cases());
    let replicates = 10_000;
    let bootstraps = bootstraps.as_array().unwrap();
    assert_eq!(bootstraps.len(), 15);
    for reference in bootstraps {
        let case = cases.iter().find(|case| case["id"] == reference["case"]).unwrap();
        let rows = serde_json::from_value(case["table"].clone()).unwrap();
        let table = ContingencyTable::from_rows(rows).unwrap();
        let weights = kind(reference["stat"].as_str().unwrap());
        println!("{} {}", reference["case"], reference["stat"]);
        let found = bootstrap_kappa(&table, weights, Resampling::new(replicates, 7)).unwrap();
        let number = |value: &Value| value.as_f64().unwrap();
        let pair = |name: &str| [0, 1].map(|side| number(&reference[name][side]));
        close(found.estimate, number(&reference["estimate"]), 1e-12);
        assert_eq!(found.undefined_replicates, 0);
        let se = number(&reference["boot_se"]);
        close(found.se.unwrap() / se, 1.0, 0.04);
        // The error of a bound grows as the root of the ratio of the numbers of replicates.
        let scale = 6.0 * (1e6 / replicates as f64).sqrt();
        let grid = if table.n() < 50 { 0.04 } else { 0.0 };
        let tolerance = pair("percentile_mcse").map(|error| scale * error + grid);
        for (interval, name) in
            [(&found.percentile, "percentile"), (&found.basic, "basic"), (&found.bca, "bca")]
        {
            let interval = interval.as_ref().unwrap();
            let [mut lower, mut upper] = tolerance;
            if name == "basic" {
                (lower, upper) = (upper, lower);
            }
            let wider = if name == "bca" { 2.0 } else { 1.0 };
            close(interval.lo, pair(name)[0], wider * lower);
            close(interval.hi, pair(name)[1], wider * upper);
        }
        let kappa = |table: &ContingencyTable| cohen_kappa(table, weights);
        let acceleration = jackknife(&table, kappa).unwrap().acceleration;
        close(acceleration, number(&reference["a"]), 1e-9);
    }
}

fn bounds(interval: &Result<Interval, Undefined>) -> [f64; 2] {
    let interval = interval.as_ref().unwrap();
    [interval.lo, interval.hi]
}

/// These numbers may never change: published intervals are to be found again from their seed.
#[test]
fn the_same_seed_gives_these_bytes_for_ever() {
    let found = bootstrap_kappa(&winnipeg(), Weights::Linear, Resampling::new(1_000, 42)).unwrap();
    assert_eq!(bounds(&found.percentile), [0.2807968773840983, 0.48281016077261774]);
    assert_eq!((found.replicates, found.seed, found.units), (1_000, 42, 149));
    let other = bootstrap_kappa(&winnipeg(), Weights::Linear, Resampling::new(1_000, 43)).unwrap();
    assert_ne!(other.percentile, found.percentile);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let resampling = Resampling::new(1_001, 5);
    let alone = bootstrap_kappa(&couples(), Weights::Quadratic, resampling).unwrap();
    for threads in [2, 3, 7, 16, 64] {
        let together = resampling.on_threads(NonZeroUsize::new(threads).unwrap());
        assert_eq!(bootstrap_kappa(&couples(), Weights::Quadratic, together).unwrap(), alone);
    }
}

/// The form that computes kappa without a table gives the numbers of [`cohen_kappa`].
#[track_caller]
fn both_forms_agree(table: &ContingencyTable, weights: Weights, seed: u64) {
    let resampling = Resampling::new(200, seed);
    let fast = bootstrap_kappa(table, weights, resampling);
    let general = bootstrap_table(table, |table| cohen_kappa(table, weights), resampling);
    let (fast, general) = match (fast, general) {
        (Ok(fast), Ok(general)) => (fast, general),
        (fast, general) => return assert_eq!(fast, general),
    };
    assert_eq!(fast.undefined_replicates, general.undefined_replicates);
    assert_eq!(fast.se.is_some(), general.se.is_some());
    if let Some((a, b)) = fast.se.zip(general.se) {
        close(a, b, 1e-10);
    }
    for (a, b) in [(&fast.percentile, &general.percentile), (&fast.basic, &general.basic)] {
        assert_eq!(a.as_ref().err(), b.as_ref().err());
        if let (Ok(a), Ok(b)) = (a, b) {
            close(a.lo, b.lo, 1e-10);
            close(a.hi, b.hi, 1e-10);
            assert!(a.lo.is_finite() && a.hi.is_finite() && a.lo <= a.hi);
        }
    }
}

const KINDS: [Weights; 3] = [Weights::Identity, Weights::Linear, Weights::Quadratic];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Also: no panic and no number that is not finite, up to counts of 10^12.
    #[test]
    fn kappa_without_a_table_is_cohen_kappa(
        rows in (2usize..=6).prop_flat_map(|size| {
            let cell = prop_oneof![2 => Just(0), 1 => 0..=3u64, 2 => 0..=60u64, 1 => 0..=1_000_000_000_000u64];
            prop::collection::vec(prop::collection::vec(cell, size), size)
        }),
        seed: u64,
    ) {
        let table = ContingencyTable::from_rows(rows).unwrap();
        for weights in KINDS {
            both_forms_agree(&table, weights, seed);
        }
    }
}

/// Items of one level by both raters leave kappa undefined: with one rare concordant item that is
/// the share (1 − 1/26)^26 = 0.361 of the replicates, and the interval says so.
#[test]
fn one_rare_concordant_item() {
    let single = table([[25, 0], [0, 1]]);
    let found = bootstrap_kappa(&single, Weights::Identity, Resampling::new(4_000, 1)).unwrap();
    close(found.undefined_share(), (25.0f64 / 26.0).powi(26), 0.03);
    assert_eq!(found.percentile, Err(Undefined::CompleteAgreement));

    let rare = table([[24, 1], [0, 1]]);
    let found = bootstrap_kappa(&rare, Weights::Identity, Resampling::new(4_000, 1)).unwrap();
    close(found.undefined_share(), (24.0f64 / 26.0).powi(26), 0.02);
    assert_eq!(bounds(&found.percentile)[1], 1.0);
    assert!(found.bca.is_ok(), "{found:?}");
}

#[test]
fn tables_without_an_interval() {
    let resampling = Resampling::new(500, 1);
    let kappa = |table: &ContingencyTable| bootstrap_kappa(table, Weights::Linear, resampling);
    assert_eq!(kappa(&table([[0, 0], [0, 0]])), Err(Undefined::NoSharedItems));
    assert_eq!(kappa(&table([[9, 0], [0, 0]])), Err(Undefined::OneLevel));
    let constant = kappa(&table([[5, 7], [0, 0]])).unwrap();
    assert_eq!((constant.estimate, constant.percentile), (0.0, Err(Undefined::ConstantRater)));
    let agreed = bootstrap_table(&table([[5, 0], [0, 5]]), exact_agreement, resampling).unwrap();
    assert_eq!((agreed.estimate, agreed.bca), (1.0, Err(Undefined::NoVariation)));
    let single = bootstrap_table(&table([[1, 0], [0, 0]]), exact_agreement, resampling).unwrap();
    assert_eq!(single.percentile, Err(Undefined::FewerThanTwoItems));
    let few = bootstrap_kappa(&couples(), Weights::Linear, Resampling::new(39, 1)).unwrap();
    let reason = Undefined::FewReplicates { defined: 39, needed: 40 };
    assert_eq!((few.percentile, few.bca), (Err(reason), Err(reason)));
    let none = bootstrap_kappa(&couples(), Weights::Linear, Resampling::new(0, 1)).unwrap();
    assert_eq!((none.se, none.undefined_share()), (None, 0.0));
}

/// Of 200 samples of 150 items from a known table, the 95 % intervals hold its AC1 in most.
#[test]
fn intervals_cover_the_truth() {
    let population = [30u64, 6, 2, 5, 25, 6, 1, 5, 20];
    let of = |counts: &[u64]| {
        ContingencyTable::from_rows(counts.chunks(3).map(Vec::from).collect()).unwrap()
    };
    let truth = gwet_ac1(&of(&population)).estimate().unwrap();
    let multinomial = agreement::Multinomial::new(&population);
    let mut draw = agreement::Draw::new(11, 0);
    let (mut counts, mut held) = ([0; 9], Vec::new());
    let mut covered = [0; 3];
    for seed in 0..200 {
        multinomial.draw(150, &mut draw, &mut counts, &mut held);
        let found = bootstrap_table(&of(&counts), gwet_ac1, Resampling::new(400, seed)).unwrap();
        for (covered, interval) in
            covered.iter_mut().zip([&found.percentile, &found.basic, &found.bca])
        {
            let [lo, hi] = bounds(interval);
            *covered += u32::from(lo <= truth && truth <= hi);
        }
    }
    assert!(covered.iter().all(|covered| (180..=199).contains(covered)), "{covered:?}");
}

#[test]
fn json_names_every_interval() {
    let found: Bootstrap =
        bootstrap_kappa(&couples(), Weights::Linear, Resampling::new(100, 9)).unwrap();
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json["percentile"]["method"], "bootstrap-percentile");
    assert_eq!(json["basic"]["method"], "bootstrap-basic");
    assert_eq!(json["bca"]["method"], "bootstrap-bca");
    assert_eq!((&json["replicates"], &json["undefined_replicates"]), (&100.into(), &0.into()));
    assert_eq!((&json["seed"], &json["units"]), (&9.into(), &91.into()));
    for method in [Method::BootstrapPercentile, Method::BootstrapBasic, Method::BootstrapBca] {
        assert_eq!(found.measure(method).interval().unwrap().method, method);
    }
}
