//! The bootstrap of alpha: its estimate against reference values, its interval, its limits.

use std::num::NonZeroUsize;

use crate::support::{close, reference_cases};
use agreement::{Distance, LevelCounts, Resampling, TableError, Undefined, bootstrap_alpha};
use serde_json::Value;

/// K. Krippendorff (2011), Computing Krippendorff's alpha-reliability, section C: four observers,
/// twelve units, five values of which some are missing (0 here).
fn observers() -> LevelCounts {
    const VALUES: [[usize; 12]; 4] = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];
    let mut counts = LevelCounts::empty(5).unwrap();
    for unit in 0..12 {
        let values = VALUES.iter().map(|observer| observer[unit]).filter(|&value| value > 0);
        counts.record(values.map(|value| value - 1), 1).unwrap();
    }
    counts
}

const SCORES: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 5.0];

#[test]
fn published_example() {
    let published = [
        (Distance::Nominal, 0.743),
        (Distance::Ordinal, 0.815),
        (Distance::Interval(&SCORES), 0.849),
        (Distance::Ratio(&SCORES), 0.797),
    ];
    for (distance, expected) in published {
        let found = bootstrap_alpha(&observers(), distance, Resampling::new(1_000, 1)).unwrap();
        close(found.estimate, expected, 5e-4);
        assert_eq!((observers().n(), found.units), (12, 11));
        let interval = found.percentile.unwrap();
        assert!(interval.lo < expected && expected < interval.hi && interval.hi <= 1.0);
    }
}

#[test]
fn estimates_of_all_cases() {
    let mut compared = 0;
    for case in reference_cases() {
        let scores: Vec<f64> =
            case["categories"].as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect();
        let level = |value: &Value| scores.iter().position(|&score| Some(score) == value.as_f64());
        let mut counts = LevelCounts::empty(scores.len()).unwrap();
        if let Some(rows) = case["table"].as_array() {
            for (i, row) in rows.iter().enumerate() {
                for (j, count) in row.as_array().unwrap().iter().enumerate() {
                    counts.record([i, j], count.as_u64().unwrap()).unwrap();
                }
            }
        } else if let Some(rows) = case["ratings"].as_array() {
            for row in rows {
                counts.record(row.as_array().unwrap().iter().filter_map(level), 1).unwrap();
            }
        }
        for (name, distance) in [
            ("alpha.nominal", Distance::Nominal),
            ("alpha.ordinal", Distance::Ordinal),
            ("alpha.interval", Distance::Interval(&scores)),
            ("alpha.ratio", Distance::Ratio(&scores)),
        ] {
            let expected = &case["expected"][name];
            if !expected.is_object() {
                continue;
            }
            println!("{} {name}", case["id"]);
            let found = bootstrap_alpha(&counts, distance, Resampling::new(0, 1));
            match expected["value"].as_f64() {
                Some(expected) => close(found.unwrap().estimate, expected, 1e-9),
                None => assert!(found.is_err(), "{found:?}"),
            }
            compared += 1;
        }
    }
    assert!(compared >= 100, "only {compared} comparisons ran");
}

/// Ten times the items narrow the interval by about √10, and threads change no byte.
#[test]
fn the_interval_narrows_with_items() {
    let mut tenfold = LevelCounts::empty(3).unwrap();
    let mut once = tenfold.clone();
    for (ratings, items) in [([0, 0, 0], 30), ([0, 0, 1], 9), ([1, 1, 2], 5), ([2, 2, 2], 8)] {
        once.record(ratings, items).unwrap();
        tenfold.record(ratings, 10 * items).unwrap();
    }
    let resampling = Resampling::new(4_000, 6);
    let [once, ten] = [once, tenfold.clone()]
        .map(|items| bootstrap_alpha(&items, Distance::Ordinal, resampling).unwrap());
    close(once.se.unwrap() / ten.se.unwrap(), 10f64.sqrt(), 0.4);
    let threads = resampling.on_threads(NonZeroUsize::new(7).unwrap());
    assert_eq!(bootstrap_alpha(&tenfold, Distance::Ordinal, threads).unwrap(), ten);
}

#[test]
fn what_has_no_alpha() {
    let resampling = Resampling::new(100, 1);
    let mut counts = LevelCounts::empty(3).unwrap();
    let unknown = Err(TableError::UnknownLevel { level: 3, size: 3 });
    assert_eq!(counts.record([0, 3], 1), unknown);
    counts.record([1], 5).unwrap();
    let alpha = |counts: &LevelCounts, distance| bootstrap_alpha(counts, distance, resampling);
    assert_eq!(alpha(&counts, Distance::Ordinal), Err(Undefined::NoPairableItems));
    counts.record([1, 1, 1], 1_000_000_000_000).unwrap();
    assert_eq!(alpha(&counts, Distance::Ordinal), Err(Undefined::OneLevelByAll));
    counts.record([0, 0], 1_000_000_000_000).unwrap();
    let agreed = alpha(&counts, Distance::Ordinal).unwrap();
    assert_eq!((agreed.estimate, agreed.bca), (1.0, Err(Undefined::CompleteAgreement)));
    let wrong = [
        (Distance::Interval(&[1.0]), Undefined::ScoreCount { levels: 3, scores: 1 }),
        (Distance::Ratio(&[-1.0, 0.0, 1.0]), Undefined::NegativeScore),
        (Distance::Interval(&[0.0, 1.0, f64::NAN]), Undefined::ScoreRange),
    ];
    for (distance, reason) in wrong {
        assert_eq!(alpha(&counts, distance), Err(reason));
    }
}
