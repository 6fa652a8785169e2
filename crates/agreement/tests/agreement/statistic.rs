//! Statistics as functions of sums are the coefficients of the functions of their names.

use agreement::{
    ContingencyTable, Distance, IccForm, Measure, PairCoefficient, RatedItem, RatedItems,
    RatingMatrix, Statistic, Unseen, Weights, brennan_prediger_raters, cohen_kappa, conger_kappa,
    fleiss_kappa, gwet_ac, icc, krippendorff_alpha, light_kappa, lin_concordance, mean_difference,
};
use proptest::prelude::*;

const SCORES: [f64; 4] = [0.0, 1.0, 3.0, 4.0];
const WEIGHTS: [Weights<'static>; 3] = [Weights::Identity, Weights::Linear, Weights::Quadratic];

fn any_rows() -> impl Strategy<Value = Vec<Vec<Option<usize>>>> {
    let rating = prop_oneof![5 => (0..4_usize).prop_map(Some), 1 => Just(None)];
    prop::collection::vec(prop::collection::vec(rating, 3), 3..30)
}

fn check(
    items: &RatedItems,
    statistic: Statistic<'_>,
    known: &Measure,
) -> Result<(), TestCaseError> {
    let found = items.measure(&statistic, Unseen::OneStep);
    match (found.estimate(), known.estimate()) {
        (Some(found), Some(known)) => {
            prop_assert!((found - known).abs() < 1e-10, "{found} for {known}");
        }
        (found, known) => prop_assert_eq!(found, known, "both exist or neither"),
    }
    Ok(())
}

proptest! {
    #[test]
    fn many_raters(rows in any_rows()) {
        let matrix = RatingMatrix::from_rows(4, &rows).unwrap();
        let items = RatedItems::from(&matrix);
        for weights in WEIGHTS {
            check(&items, Statistic::FleissKappa(weights), &fleiss_kappa(&matrix, weights))?;
            check(&items, Statistic::CongerKappa(weights), &conger_kappa(&matrix, weights))?;
            check(&items, Statistic::LightKappa(weights), &light_kappa(&matrix, weights))?;
            check(&items, Statistic::GwetAc(weights), &gwet_ac(&matrix, weights))?;
            let known = brennan_prediger_raters(&matrix, weights);
            check(&items, Statistic::BrennanPrediger(weights), &known)?;
        }
        for distance in [
            Distance::Nominal,
            Distance::Ordinal,
            Distance::Interval(&SCORES),
            Distance::Ratio(&SCORES),
        ] {
            let known = krippendorff_alpha(&matrix, distance);
            check(&items, Statistic::KrippendorffAlpha(distance), &known)?;
        }
        for form in [IccForm::OneWay, IccForm::TwoWayRandom, IccForm::TwoWayMixed] {
            check(&items, Statistic::Icc(form, &SCORES), &icc(&matrix, form, &SCORES))?;
        }
    }

    #[test]
    fn two_raters(rows in any_rows()) {
        let matrix = RatingMatrix::from_rows(4, &rows).unwrap();
        let items = RatedItems::from(&matrix);
        let table = matrix.table(0, 1).unwrap();
        for weights in WEIGHTS {
            check(&items, Statistic::CohenKappa(weights), &cohen_kappa(&table, weights))?;
        }
        check(&items, Statistic::LinConcordance(&SCORES), &lin_concordance(&table, &SCORES))?;
        check(&items, Statistic::MeanDifference(&SCORES), &mean_difference(&table, &SCORES))?;
    }

    #[test]
    fn whole_weights_are_repeated_items(rows in any_rows()) {
        let repeated: Vec<Vec<Option<usize>>> = rows
            .iter()
            .enumerate()
            .flat_map(|(at, row)| vec![row.clone(); 1 + at % 3])
            .collect();
        let weighed = rows.iter().enumerate().map(|(at, row)| RatedItem {
            weight: (1 + at % 3) as f64,
            ..RatedItem::new(at, row.clone())
        });
        let weighed = RatedItems::new(3, 4, weighed).unwrap();
        let repeated = RatedItems::from(&RatingMatrix::from_rows(4, &repeated).unwrap());
        for statistic in [
            Statistic::CohenKappa(Weights::Quadratic),
            Statistic::FleissKappa(Weights::Linear),
            Statistic::CongerKappa(Weights::Identity),
            Statistic::GwetAc(Weights::Quadratic),
            Statistic::MeanDifference(&SCORES),
            Statistic::OfPairs(PairCoefficient::KappaQuadratic, &[(0, 1), (0, 2)]),
            Statistic::PairsDifference(PairCoefficient::Exact, &[(0, 1), (0, 2)], &[(1, 2)]),
        ] {
            let of = |items: &RatedItems| items.measure(&statistic, Unseen::OneStep).estimate();
            match (of(&weighed), of(&repeated)) {
                (Some(one), Some(other)) => prop_assert!((one - other).abs() < 1e-10),
                (one, other) => prop_assert_eq!(one, other),
            }
        }
    }
}

#[test]
fn a_difference_over_pairs_is_the_mean_of_some_tables_less_that_of_others() {
    let rows = [[0, 0, 1], [1, 2, 1], [2, 2, 2], [3, 1, 3], [0, 1, 0], [2, 3, 2]];
    let rows: Vec<Vec<Option<usize>>> =
        rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
    let matrix = RatingMatrix::from_rows(4, &rows).unwrap();
    let kappa = |a, b| {
        let table: ContingencyTable = matrix.table(a, b).unwrap();
        cohen_kappa(&table, Weights::Quadratic).estimate().unwrap()
    };
    let statistic =
        Statistic::PairsDifference(PairCoefficient::KappaQuadratic, &[(0, 1), (0, 2)], &[(1, 2)]);
    let found = RatedItems::from(&matrix).measure(&statistic, Unseen::OneStep);
    let wanted = (kappa(0, 1) + kappa(0, 2)) / 2.0 - kappa(1, 2);
    assert!((found.estimate().unwrap() - wanted).abs() < 1e-12);
    let interval = found.interval().unwrap();
    assert!(-2.0 <= interval.lo && interval.lo < wanted && wanted < interval.hi, "{interval:?}");
}

/// Three raters, the third of whom rated half of the items.
#[test]
fn pairs_graded_alike_are_averaged_over_items_and_have_the_interval_of_a_share() {
    let rows = (0..20).map(|item| {
        let third = (item % 2 == 0).then_some(item % 3);
        RatedItem::new(item, vec![Some(item % 3), Some((item + item % 5 / 4) % 3), third])
    });
    let items = RatedItems::new(3, 3, rows).unwrap();
    let pairs = [(0, 1), (0, 2), (1, 2)];
    let alike = |levels: agreement::Levels<'_>| {
        let given = || pairs.iter().filter_map(|&(a, b)| levels.of(a).zip(levels.of(b)));
        Some(given().filter(|(a, b)| a == b).count() as f64 / given().count() as f64)
    };
    let expected = items.measure(&Statistic::Share(&alike), Unseen::OneStep);
    let of_pairs = Statistic::OfPairs(PairCoefficient::Exact, &pairs);
    let found = items.measure(&of_pairs, Unseen::OneStep);
    assert_eq!(found, expected);
    assert_eq!(found.interval().unwrap().method, agreement::Method::WilsonDesignEffect);
    // Items 4, 9, 14 and 19 differ between the first two; 4 and 14 agree in one pair of three.
    assert!((found.estimate().unwrap() - (16.0 + 2.0 / 3.0) / 20.0).abs() < 1e-12);
}

/// The error of kappa by leaving out each of the 35 items in turn, in exact fractions.
#[test]
fn counts_and_ratings_of_the_same_items_have_the_same_uncertainty() {
    let table = ContingencyTable::from_rows(vec![vec![20, 3], vec![2, 10]]).unwrap();
    let rows: Vec<Vec<Option<usize>>> = [([0, 0], 20), ([0, 1], 3), ([1, 0], 2), ([1, 1], 10)]
        .into_iter()
        .flat_map(|(levels, count)| vec![levels.map(Some).to_vec(); count])
        .collect();
    let matrix = RatingMatrix::from_rows(2, &rows).unwrap();
    let rated = rows.into_iter().enumerate().map(|(item, row)| RatedItem::new(item, row));
    let rated = RatedItems::new(2, 2, rated).unwrap();
    let close = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-12, "{found}");
    for statistic in [
        Statistic::CohenKappa(Weights::Identity),
        Statistic::GwetAc(Weights::Identity),
        Statistic::BrennanPrediger(Weights::Identity),
        Statistic::KrippendorffAlpha(Distance::Nominal),
    ] {
        let of = |items: &RatedItems| items.measure(&statistic, Unseen::OneStep);
        let counted = of(&RatedItems::from(&table));
        let (se, interval) = (counted.se().unwrap(), counted.interval().unwrap());
        if let Statistic::CohenKappa(_) = statistic {
            close(counted.estimate().unwrap(), 0.689_165_186_500_888_1);
            close(se, 0.131_978_235_228_961_1);
        }
        for listed in [of(&RatedItems::from(&matrix)), of(&rated)] {
            close(listed.se().unwrap(), se);
            close(listed.interval().unwrap().lo, interval.lo);
            close(listed.interval().unwrap().hi, interval.hi);
        }
    }
}
