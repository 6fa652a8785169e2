//! The default interval: values of an independent implementation (tests/reference/default_intervals.py),
//! and what must hold of any data.

use agreement::{
    ContingencyTable, Distance, Interval, Levels, Method, RatedItem, RatedItems, Statistic,
    Undefined, Unseen, Weights,
};
use proptest::prelude::*;

const VALUES: &str = include_str!("../reference/default_intervals.txt");

const SCORES: [f64; 5] = [0.0, 1.0, 2.0, 3.0, 4.0];

fn table(rows: &[[u64; 5]; 5]) -> ContingencyTable {
    let rows = rows.iter().map(|row| row.to_vec()).collect();
    ContingencyTable::from_rows(rows).unwrap()
}

const MODERATE: [[u64; 5]; 5] =
    [[14, 5, 1, 0, 0], [4, 10, 4, 1, 0], [1, 3, 6, 2, 0], [0, 1, 2, 3, 1], [0, 0, 0, 1, 1]];

/// The items of a table row by row, dealt to clusters by their number.
fn clustered(rows: &[[u64; 5]; 5], cluster: impl Fn(usize) -> usize) -> RatedItems {
    let mut items = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        for (j, &count) in row.iter().enumerate() {
            for _ in 0..count {
                items.push(RatedItem::new(cluster(items.len()), vec![Some(i), Some(j)]));
            }
        }
    }
    RatedItems::new(2, 5, items).unwrap()
}

fn case(name: &str) -> RatedItems {
    let single = |rows: [[u64; 5]; 5]| RatedItems::from(&table(&rows));
    let zeros = [0; 5];
    match name {
        "one_disagreement" => {
            single([[12, 1, 0, 0, 0], [0, 4, 0, 0, 0], [0, 0, 2, 0, 0], [0, 0, 0, 1, 0], zeros])
        }
        "perfect_20" => single([
            [12, 0, 0, 0, 0],
            [0, 4, 0, 0, 0],
            [0, 0, 2, 0, 0],
            [0, 0, 0, 1, 0],
            [0, 0, 0, 0, 1],
        ]),
        "rare_30" => single([[26, 1, 1, 0, 0], [1, 1, 0, 0, 0], zeros, zeros, zeros]),
        "second_rater_constant" => {
            single([[17, 0, 0, 0, 0], [2, 0, 0, 0, 0], [1, 0, 0, 0, 0], zeros, zeros])
        }
        "moderate_60" => single(MODERATE),
        name if name.starts_with("moderate_60_in_6") => clustered(&MODERATE, |item| item % 6),
        name if name.starts_with("moderate_60_in_4") => {
            clustered(&MODERATE, |item| [5, 15, 35].iter().filter(|&&end| item >= end).count())
        }
        other => panic!("no case {other}"),
    }
}

#[test]
fn every_interval_is_that_of_the_independent_implementation() {
    let mut compared = 0;
    for line in VALUES.lines() {
        let (head, fields) = line.split_once(" estimate=").unwrap();
        let (name, coefficient) = head.rsplit_once(' ').unwrap();
        let number = |field: &str| -> f64 {
            let line = format!("estimate={fields}");
            let found = line.split(' ').find_map(|part| part.strip_prefix(&format!("{field}=")));
            found.unwrap().parse().unwrap()
        };
        let statistic = match coefficient {
            "kq" => Statistic::CohenKappa(Weights::Quadratic),
            "kl" => Statistic::CohenKappa(Weights::Linear),
            "k" => Statistic::CohenKappa(Weights::Identity),
            "alpha" => Statistic::KrippendorffAlpha(Distance::Ordinal),
            "ac2" => Statistic::GwetAc(Weights::Quadratic),
            "meandiff" => Statistic::MeanDifference(&SCORES),
            // An augmented logit, where Primum takes Wilson's.
            "exact" => continue,
            other => panic!("no coefficient {other}"),
        };
        let items = case(name);
        let found = items.measure(&statistic, Unseen::OneStep);
        let interval = found.interval().unwrap_or_else(|| panic!("{head}: {found:?}"));
        // The mean difference is the second's minus the first's there.
        let wanted = match coefficient {
            "meandiff" => [-number("estimate"), -number("hi"), -number("lo")],
            _ => [number("estimate"), number("lo"), number("hi")],
        };
        let given = [found.estimate().unwrap(), interval.lo, interval.hi];
        for (given, wanted) in given.iter().zip(wanted) {
            assert!((given - wanted).abs() < 1e-8, "{head}: {given} for {wanted}");
        }
        assert_eq!(interval.method, Method::AugmentedJackknife);
        compared += 1;
    }
    assert_eq!(compared, 42, "seven cases of six coefficients");
}

/// A table of up to six items per cell.
fn any_table(size: usize) -> impl Strategy<Value = ContingencyTable> {
    let cells = prop::collection::vec(prop_oneof![3 => Just(0_u64), 2 => 0..7_u64], size * size);
    cells.prop_map(move |cells| {
        let rows = cells.chunks_exact(size).map(<[u64]>::to_vec).collect();
        ContingencyTable::from_rows(rows).unwrap()
    })
}

/// Items of three raters on four levels with ratings missing, in up to eight clusters.
fn any_items() -> impl Strategy<Value = Vec<(usize, Vec<Option<usize>>)>> {
    let rating = prop_oneof![4 => (0..4_usize).prop_map(Some), 1 => Just(None)];
    let item = (0..8_usize, prop::collection::vec(rating, 3));
    prop::collection::vec(item, 6..40)
}

fn rated(items: &[(usize, Vec<Option<usize>>)]) -> RatedItems {
    let items = items.iter().map(|(cluster, row)| RatedItem::new(*cluster, row.clone()));
    RatedItems::new(3, 4, items).unwrap()
}

const EVERY_SCALE: [Statistic<'static>; 12] = [
    Statistic::CohenKappa(Weights::Identity),
    Statistic::CohenKappa(Weights::Quadratic),
    Statistic::CongerKappa(Weights::Linear),
    Statistic::FleissKappa(Weights::Quadratic),
    Statistic::BrennanPrediger(Weights::Identity),
    Statistic::BrennanPrediger(Weights::Quadratic),
    Statistic::GwetAc(Weights::Identity),
    Statistic::GwetAc(Weights::Quadratic),
    Statistic::KrippendorffAlpha(Distance::Nominal),
    Statistic::KrippendorffAlpha(Distance::Ordinal),
    Statistic::MeanDifference(&[0.0, 1.0, 2.0, 3.0]),
    Statistic::LinConcordance(&[0.0, 1.0, 2.0, 3.0]),
];

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

fn same(a: &Interval, b: &Interval) -> bool {
    close(a.lo, b.lo) && close(a.hi, b.hi)
}

proptest! {
    #[test]
    fn it_exists_for_three_items_and_holds_the_estimate(table in any_table(4)) {
        let items = RatedItems::from(&table);
        for statistic in &EVERY_SCALE {
            let measure = items.measure(statistic, Unseen::OneStep);
            let Some(estimate) = measure.estimate() else { continue };
            match measure.interval() {
                Some(interval) => {
                    prop_assert!(interval.lo <= estimate && estimate <= interval.hi, "{interval:?}");
                    prop_assert!(interval.lo < interval.hi, "an interval has a width");
                    prop_assert!(table.n() >= 3, "two items say nothing");
                }
                None => {
                    let why = measure.undefined();
                    prop_assert_eq!(why, Some(Undefined::FewerThanThreeItems), "{:?}", table);
                }
            }
        }
    }

    #[test]
    fn the_order_of_clusters_changes_no_bit(items in any_items(), turn in 1..8_usize) {
        let mut turned: Vec<_> =
            items.iter().map(|(cluster, row)| ((cluster * 3 + turn) % 8, row.clone())).collect();
        turned.reverse();
        prop_assert_eq!(rated(&items), rated(&turned));
    }

    #[test]
    fn swapped_raters_mirror_it(table in any_table(4)) {
        let columns = (0..4).map(|j| table.rows().map(|row| row[j]).collect()).collect();
        let mirrored = ContingencyTable::from_rows(columns).unwrap();
        for statistic in &EVERY_SCALE {
            let of = |table| RatedItems::from(table).interval(statistic, Unseen::OneStep);
            let (one, other) = (of(&table), of(&mirrored));
            prop_assert_eq!(one.is_ok(), other.is_ok());
            let (Ok(one), Ok(other)) = (one, other) else { continue };
            if matches!(statistic, Statistic::MeanDifference(_)) {
                prop_assert!(close(one.lo, -other.hi) && close(one.hi, -other.lo));
            } else {
                prop_assert!(same(&one, &other), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn a_reversed_scale_changes_nothing(items in any_items()) {
        let reversed: Vec<_> = items
            .iter()
            .map(|(cluster, row)| {
                (*cluster, row.iter().map(|level| level.map(|level| 3 - level)).collect())
            })
            .collect();
        for statistic in &EVERY_SCALE {
            let of = |items: &[_]| rated(items).interval(statistic, Unseen::OneStep);
            let (one, other) = (of(&items), of(&reversed));
            prop_assert_eq!(one.is_ok(), other.is_ok());
            let (Ok(one), Ok(other)) = (one, other) else { continue };
            if matches!(statistic, Statistic::MeanDifference(_)) {
                prop_assert!(close(one.lo, -other.hi));
            } else {
                prop_assert!(same(&one, &other), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn clusters_of_one_item_are_independent_items(items in any_items()) {
        let apart: Vec<_> =
            items.iter().enumerate().map(|(at, (_, row))| (at, row.clone())).collect();
        let rows: Vec<_> = items.into_iter().map(|(_, row)| row).collect();
        let matrix = agreement::RatingMatrix::from_rows(4, &rows).unwrap();
        prop_assert_eq!(rated(&apart), RatedItems::from(&matrix));
    }

    #[test]
    fn an_item_that_nobody_rated_changes_nothing(items in any_items(), cluster in 0..40usize) {
        let is_rated = |row: &[Option<usize>]| row.iter().any(Option::is_some);
        let kept: Vec<_> = items.iter().filter(|(_, row)| is_rated(row)).cloned().collect();
        let more: Vec<_> = items.into_iter().chain([(cluster, vec![None; 3])]).collect();
        prop_assert_eq!(rated(&kept), rated(&more));
    }

    #[test]
    fn weights_count_by_their_ratios_only(items in any_items(), factor in 0.01..100.0_f64) {
        let of = |factor: f64| {
            let item = |(at, (cluster, row)): (usize, &(usize, Vec<Option<usize>>))| RatedItem {
                weight: factor * (1 + at % 3) as f64,
                ..RatedItem::new(*cluster, row.clone())
            };
            RatedItems::new(3, 4, items.iter().enumerate().map(item)).unwrap()
        };
        for statistic in &EVERY_SCALE {
            let [one, other] = [1.0, factor].map(|by| of(by).interval(statistic, Unseen::OneStep));
            match (one, other) {
                (Ok(one), Ok(other)) => prop_assert!(same(&one, &other), "{one:?} {other:?}"),
                (one, other) => prop_assert_eq!(one.is_ok(), other.is_ok()),
            }
        }
    }
}

#[test]
fn two_clusters_have_none_and_say_so() {
    let items = clustered(&MODERATE, |item| item % 2);
    let kappa = Statistic::CohenKappa(Weights::Quadratic);
    let measure = items.measure(&kappa, Unseen::OneStep);
    assert_eq!(measure.undefined(), Some(Undefined::FewClusters { clusters: 2, needed: 3 }));
    assert!(measure.estimate().is_some(), "the estimate stands");
    let apart = clustered(&MODERATE, |item| item).measure(&kappa, Unseen::OneStep);
    assert!(apart.interval().is_some(), "for these two scenarios' items there is one");
}

#[test]
fn any_distance_is_never_shorter_where_nothing_was_disagreed_on() {
    let items = case("perfect_20");
    let kappa = Statistic::CohenKappa(Weights::Quadratic);
    let lo = |unseen| items.interval(&kappa, unseen).unwrap().lo;
    // docs/statistics.md gives both.
    assert!((lo(Unseen::OneStep) - 0.765).abs() < 5e-4);
    assert!(lo(Unseen::AnyDistance) < 0.0, "{}", lo(Unseen::AnyDistance));
}

#[test]
fn shares_of_independent_items_have_wilsons_interval() {
    let exact = |levels: Levels<'_>| Some(f64::from(u8::from(levels.of(0)? == levels.of(1)?)));
    let table = table(&MODERATE);
    let found = RatedItems::from(&table).interval(&Statistic::Share(&exact), Unseen::OneStep);
    let wilson = agreement::exact_agreement(&table);
    assert!(same(&found.unwrap(), wilson.interval().unwrap()));
}

#[test]
fn a_share_of_clusters_has_wilsons_for_the_items_that_they_are_worth() {
    let exact = |levels: Levels<'_>| Some(f64::from(u8::from(levels.of(0)? == levels.of(1)?)));
    let items = clustered(&MODERATE, |item| item % 6);
    let found = items.interval(&Statistic::Share(&exact), Unseen::OneStep).unwrap();
    // Worked by hand from the formula: p = 34/60, agreed items by cluster, v, D and t with 5
    // degrees of freedom.
    let agreed: Vec<f64> = {
        let mut agreed = vec![0.0; 6];
        let mut at = 0;
        for (i, row) in MODERATE.iter().enumerate() {
            for (j, &count) in row.iter().enumerate() {
                for _ in 0..count {
                    agreed[at % 6] += f64::from(u8::from(i == j));
                    at += 1;
                }
            }
        }
        agreed
    };
    let p = agreed.iter().sum::<f64>() / 60.0;
    let v = 5.0 / 6.0 * agreed.iter().map(|a| ((a - p * 10.0) / 50.0).powi(2)).sum::<f64>();
    let design = (v * 60.0 / (p * (1.0 - p))).max(1.9);
    let (n, t) = (60.0 / design, 2.570_581_835_636_314_f64);
    let centre = (p + t * t / (2.0 * n)) / (1.0 + t * t / n);
    let reach = t / (1.0 + t * t / n) * (p * (1.0 - p) / n + t * t / (4.0 * n * n)).sqrt();
    assert!(close(found.lo, centre - reach) && close(found.hi, centre + reach), "{found:?}");
    assert_eq!(found.method, Method::WilsonDesignEffect);
}

#[test]
fn the_bootstrap_of_sums_draws_what_that_of_tables_draws() {
    let how = agreement::Resampling::new(400, 7);
    let kappa = Statistic::CohenKappa(Weights::Quadratic);
    let of_table = |table: &ContingencyTable| agreement::cohen_kappa(table, Weights::Quadratic);
    let table = table(&MODERATE);
    let pairs = [(
        RatedItems::from(&table).bootstrap(&kappa, how).unwrap(),
        agreement::bootstrap_table(&table, of_table, how).unwrap(),
    )];
    for (found, known) in pairs {
        assert!(close(found.se.unwrap(), known.se.unwrap()), "{found:?} {known:?}");
        assert!(same(&found.bca.unwrap(), &known.bca.unwrap()), "the same draws and jackknife");
        assert_eq!((found.units, found.undefined_replicates), (60, known.undefined_replicates));
    }
}

#[test]
fn one_cluster_that_counts_has_no_plain_interval_rather_than_one_that_is_no_number() {
    let above = |levels: Levels<'_>| (levels.of(0)? > 0).then(|| levels.of(1).map_or(0.0, |_| 0.5));
    let rows = [[0, 0], [0, 1], [1, 0]].map(|row| row.map(Some).to_vec());
    let items = rows.into_iter().enumerate().map(|(at, row)| RatedItem::new(at, row));
    let items = RatedItems::new(2, 2, items).unwrap();
    let found = items.plain_interval(&Statistic::Share(&above));
    assert_eq!(found, Err(Undefined::FewClusters { clusters: 1, needed: 2 }));
}

#[test]
fn on_two_levels_all_weights_of_brennan_prediger_have_one_interval() {
    let table = ContingencyTable::from_rows(vec![vec![8, 1], vec![0, 0]]).unwrap();
    let of = |weights| {
        let statistic = Statistic::BrennanPrediger(weights);
        RatedItems::from(&table).interval(&statistic, Unseen::OneStep).unwrap()
    };
    assert!(same(&of(Weights::Identity), &of(Weights::Quadratic)), "they are one coefficient");
}
