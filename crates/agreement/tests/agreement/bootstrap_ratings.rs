//! The bootstrap of any number of raters: against the standard errors by formula, against drawing
//! item by item, and its bytes.

use std::num::NonZeroUsize;

use crate::support::{close, four_coders, winnipeg};
use agreement::{
    Distance, Draw, IccForm, LevelCounts, Measure, RatingMatrix, Resampling, Undefined, Weights,
    agreement_of_all, bootstrap_alpha, bootstrap_kappa, bootstrap_ratings, brennan_prediger_raters,
    conger_kappa, fleiss_kappa, fleiss_kappa_pooled, gwet_ac, icc, kendall_w, light_kappa,
    pairwise_agreement,
};

type Coefficient = fn(&RatingMatrix, Weights) -> Measure;

const OF_WEIGHTS: [Coefficient; 7] = [
    fleiss_kappa,
    fleiss_kappa_pooled,
    conger_kappa,
    light_kappa,
    gwet_ac,
    brennan_prediger_raters,
    pairwise_agreement,
];

/// `items` rated by four raters on five levels, about an item's own; one rating in eight missing.
fn rated(items: usize, seed: u64) -> RatingMatrix {
    let mut draw = Draw::new(seed, 0);
    let rows: Vec<Vec<Option<usize>>> = (0..items)
        .map(|_| {
            let centre = 5.0 * draw.unit() * draw.unit();
            let mut rating = || (centre + 3.0 * (draw.unit() - 0.5)).clamp(0.0, 4.99) as usize;
            let levels = [rating(), rating(), rating(), rating()];
            levels.map(|level| (draw.unit() > 0.125).then_some(level)).to_vec()
        })
        .collect();
    RatingMatrix::from_rows(5, &rows).unwrap()
}

fn single_items(matrix: &RatingMatrix) -> Vec<Vec<Option<usize>>> {
    let rows = matrix.rows();
    rows.flat_map(|row| vec![row.ratings().collect(); row.count() as usize]).collect()
}

fn interval_icc(matrix: &RatingMatrix) -> Measure {
    icc(matrix, IccForm::TwoWayRandom, &[0.0, 1.0, 2.0, 3.0, 4.0])
}

/// The standard error over whole items, each left out in turn.
fn left_out(matrix: &RatingMatrix, statistic: impl Fn(&RatingMatrix) -> Measure) -> f64 {
    let rows = single_items(matrix);
    let values: Vec<f64> = (0..rows.len())
        .map(|item| {
            let mut others = rows.clone();
            others.remove(item);
            statistic(&RatingMatrix::from_rows(matrix.size(), &others).unwrap()).estimate().unwrap()
        })
        .collect();
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    ((n - 1.0) / n * squares).sqrt()
}

#[test]
fn standard_errors_are_those_of_the_formulas() {
    let matrix = rated(200, 1);
    for weights in [Weights::Identity, Weights::Linear, Weights::Quadratic, Weights::GwetOrdinal] {
        for (place, coefficient) in OF_WEIGHTS.into_iter().enumerate() {
            let formula = coefficient(&matrix, weights);
            let statistic = |matrix: &RatingMatrix| coefficient(matrix, weights);
            let found = bootstrap_ratings(&matrix, statistic, Resampling::new(1_000, 3)).unwrap();
            close(found.estimate, formula.estimate().unwrap(), 0.0);
            let ratio = found.se.unwrap() / formula.se().unwrap();
            assert!((ratio - 1.0).abs() < 0.09, "{weights:?}, coefficient {place}: {ratio}");
            assert!(found.bca.is_ok() && found.undefined_replicates == 0);
        }
    }
}

/// Those without a formula, and the agreement of all, whose formula takes the number of items that
/// all rated as fixed.
#[test]
fn standard_errors_are_those_of_leaving_items_out() {
    let matrix = rated(150, 2);
    let statistics: [fn(&RatingMatrix) -> Measure; 3] =
        [kendall_w, interval_icc, |matrix| agreement_of_all(matrix, 1)];
    for statistic in statistics {
        let found = bootstrap_ratings(&matrix, statistic, Resampling::new(4_000, 5)).unwrap();
        close(found.se.unwrap() / left_out(&matrix, statistic), 1.0, 0.08);
    }
}

/// Items drawn one by one from a list, and quantiles by sorting.
#[test]
fn replicates_are_those_of_drawing_item_by_item() {
    let matrix = rated(60, 7);
    let rows = single_items(&matrix);
    let statistics: [fn(&RatingMatrix) -> Measure; 3] =
        [|matrix| conger_kappa(matrix, Weights::Linear), kendall_w, interval_icc];
    for statistic in statistics {
        let found = bootstrap_ratings(&matrix, statistic, Resampling::new(8_000, 1)).unwrap();
        let mut draw = Draw::new(99, 0);
        let mut values: Vec<f64> = (0..8_000)
            .map(|_| {
                let drawn: Vec<_> = (0..rows.len())
                    .map(|_| rows[(draw.unit() * rows.len() as f64) as usize].clone())
                    .collect();
                let drawn = RatingMatrix::from_rows(5, &drawn).unwrap();
                statistic(&drawn).estimate().unwrap()
            })
            .collect();
        values.sort_by(f64::total_cmp);
        let mean = values.iter().sum::<f64>() / 8_000.0;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / 7_999.0;
        let se = variance.sqrt();
        close(found.se.unwrap() / se, 1.0, 0.04);
        let percentile = found.percentile.unwrap();
        close((percentile.lo - values[199]) / se, 0.0, 0.12);
        close((percentile.hi - values[7_800]) / se, 0.0, 0.12);
    }
}

/// For two raters with every rating given, Conger's kappa is Cohen's and alpha has a form of its
/// own.
#[test]
fn the_fast_forms_say_the_same() {
    let resampling = Resampling::new(10_000, 3);
    let linear = |matrix: &RatingMatrix| conger_kappa(matrix, Weights::Linear);
    let ordinal = |matrix: &RatingMatrix| agreement::krippendorff_alpha(matrix, Distance::Ordinal);
    let couples = RatingMatrix::from_table(&winnipeg());
    let many = rated(200, 4);
    let compared = [
        (
            bootstrap_ratings(&couples, linear, resampling).unwrap(),
            bootstrap_kappa(&winnipeg(), Weights::Linear, resampling).unwrap(),
        ),
        (
            bootstrap_ratings(&many, ordinal, resampling).unwrap(),
            bootstrap_alpha(&LevelCounts::from(&many), Distance::Ordinal, resampling).unwrap(),
        ),
    ];
    for (general, fast) in compared {
        let se = fast.se.unwrap();
        close(general.estimate, fast.estimate, 1e-12);
        close(general.se.unwrap() / se, 1.0, 0.04);
        for (a, b) in [(general.percentile, fast.percentile), (general.bca, fast.bca)] {
            let (a, b) = (a.unwrap(), b.unwrap());
            close((a.lo - b.lo) / se, 0.0, 0.12);
            close((a.hi - b.hi) / se, 0.0, 0.12);
        }
    }
}

#[test]
fn bytes_depend_on_the_seed_alone() {
    let fleiss = |matrix: &RatingMatrix| fleiss_kappa(matrix, Weights::Quadratic);
    let matrix = rated(80, 6);
    let resampling = Resampling::new(700, 8);
    let alone = bootstrap_ratings(&matrix, fleiss, resampling).unwrap();
    for threads in [2, 5, 64] {
        let together = resampling.on_threads(NonZeroUsize::new(threads).unwrap());
        assert_eq!(bootstrap_ratings(&matrix, fleiss, together).unwrap(), alone);
    }
    assert_ne!(bootstrap_ratings(&matrix, fleiss, Resampling::new(700, 9)).unwrap().se, alone.se);
    let mut rows = single_items(&matrix);
    rows.reverse();
    rows.push(vec![None; 4]);
    let reversed = RatingMatrix::from_rows(5, &rows).unwrap();
    let reversed = bootstrap_ratings(&reversed, fleiss, resampling).unwrap();
    assert_eq!((reversed.percentile, reversed.units), (alone.percentile, alone.units));
}

#[test]
fn what_cannot_be_resampled_has_its_reason() {
    let resampling = Resampling::new(100, 1);
    let fleiss = |matrix: &RatingMatrix| fleiss_kappa(matrix, Weights::Identity);
    let of = |rows: &[Vec<Option<usize>>]| {
        bootstrap_ratings(&RatingMatrix::from_rows(2, rows).unwrap(), fleiss, resampling)
    };
    assert_eq!(of(&[vec![None, None]]), Err(Undefined::NoPairableItems));
    assert_eq!(of(&[vec![Some(1), Some(1)]]), Err(Undefined::OneLevelByAll));
    let single = of(&[vec![Some(0), Some(1)]]).unwrap();
    assert_eq!((single.se, single.bca), (Some(0.0), Err(Undefined::FewerThanTwoItems)));
    let agreed = of(&[vec![Some(0), Some(0)], vec![Some(1), Some(1)]]).unwrap();
    assert_eq!(agreed.percentile, Err(Undefined::CompleteAgreement));
    assert!(agreed.undefined_replicates > 0, "half of the replicates are of one level");
    let few = bootstrap_ratings(&four_coders(), fleiss, Resampling::new(39, 1)).unwrap();
    assert_eq!(few.percentile, Err(Undefined::FewReplicates { defined: 39, needed: 40 }));
    // There is no formula for W, but that is not why replicates do not vary.
    let ranked = RatingMatrix::from_rows(3, &[vec![Some(0); 3], vec![Some(2); 3]]).unwrap();
    let ranked = bootstrap_ratings(&ranked, kendall_w, resampling).unwrap();
    assert_eq!(ranked.percentile, Err(Undefined::NoVariation));
}
