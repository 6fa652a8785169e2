//! Bootstraps of many statistics from the same draws: against those of each by itself, and their bytes.

use std::num::NonZeroUsize;

use crate::support::close;
use agreement::{
    Bootstrap, ContingencyTable, Distance, IccForm, Measure, RatedItems, RatingMatrix, Resampling,
    Statistic, Undefined, Weights, bias_index, bootstrap_clusters, bootstrap_ratings,
    bootstrap_ratings_clusters, bootstrap_table, brennan_prediger_raters, cohen_kappa,
    conger_kappa, fleiss_kappa, gwet_ac, icc, kendall_w, krippendorff_alpha, light_kappa,
    lin_concordance, prevalence_index, specific_agreement,
};

const HOW: fn() -> Resampling = || Resampling::new(300, 5);
const SCORES: [f64; 4] = [0.0, 1.0, 2.5, 4.0];

type OfMatrix = (Statistic<'static>, fn(&RatingMatrix) -> Measure);
type OfTable = (Statistic<'static>, fn(&ContingencyTable) -> Measure);

const OF_MATRIX: [OfMatrix; 12] = [
    (Statistic::FleissKappa(Weights::Linear), |matrix| fleiss_kappa(matrix, Weights::Linear)),
    (Statistic::CongerKappa(Weights::Quadratic), |matrix| conger_kappa(matrix, Weights::Quadratic)),
    (Statistic::LightKappa(Weights::Identity), |matrix| light_kappa(matrix, Weights::Identity)),
    (Statistic::BrennanPrediger(Weights::Linear), |matrix| {
        brennan_prediger_raters(matrix, Weights::Linear)
    }),
    (Statistic::GwetAc(Weights::GwetOrdinal), |matrix| gwet_ac(matrix, Weights::GwetOrdinal)),
    (Statistic::KrippendorffAlpha(Distance::Ordinal), |matrix| {
        krippendorff_alpha(matrix, Distance::Ordinal)
    }),
    (Statistic::KrippendorffAlpha(Distance::Ratio(&SCORES)), |matrix| {
        krippendorff_alpha(matrix, Distance::Ratio(&SCORES))
    }),
    (Statistic::Icc(IccForm::OneWay, &SCORES), |matrix| icc(matrix, IccForm::OneWay, &SCORES)),
    (Statistic::Icc(IccForm::TwoWayRandom, &SCORES), |matrix| {
        icc(matrix, IccForm::TwoWayRandom, &SCORES)
    }),
    (Statistic::Icc(IccForm::TwoWayRandomMean, &SCORES), |matrix| {
        icc(matrix, IccForm::TwoWayRandomMean, &SCORES)
    }),
    (Statistic::Icc(IccForm::TwoWayMixedMean, &SCORES), |matrix| {
        icc(matrix, IccForm::TwoWayMixedMean, &SCORES)
    }),
    (Statistic::KendallW, kendall_w),
];

const OF_TABLE: [OfTable; 6] = [
    (Statistic::CohenKappa(Weights::Quadratic), |table| cohen_kappa(table, Weights::Quadratic)),
    (Statistic::LinConcordance(&SCORES), |table| lin_concordance(table, &SCORES)),
    (Statistic::SpecificAgreement(0), |table| specific_agreement(table, 0)),
    (Statistic::SpecificAgreement(3), |table| specific_agreement(table, 3)),
    (Statistic::PrevalenceIndex(1), |table| prevalence_index(table, 1)),
    (Statistic::BiasIndex(2), |table| bias_index(table, 2)),
];

/// Forty items by so many raters on four levels, some ratings missing; two items that nobody rated.
fn rated(raters: usize, gaps: bool) -> RatingMatrix {
    let mut matrix = RatingMatrix::empty(raters, 4).unwrap();
    for item in 0..40 {
        let level = |rater: usize| {
            let missing = gaps && (item * 7 + rater * 3).is_multiple_of(11);
            (!missing).then_some((item + (item / (3 + rater) + rater) % 2) % 4)
        };
        matrix.record(&(0..raters).map(level).collect::<Vec<_>>()).unwrap();
    }
    matrix.record_many(&vec![None; raters], 2).unwrap();
    matrix
}

#[track_caller]
fn same(together: &Result<Bootstrap, Undefined>, alone: &Result<Bootstrap, Undefined>, name: &str) {
    let (Ok(one), Ok(other)) = (together, alone) else {
        panic!("{name}: {together:?}, {alone:?}");
    };
    assert_eq!(
        (one.units, one.undefined_replicates),
        (other.units, other.undefined_replicates),
        "{name}"
    );
    close(one.estimate, other.estimate, 1e-12);
    close(one.se.unwrap(), other.se.unwrap(), 1e-10);
    for (one, other) in
        [(&one.percentile, &other.percentile), (&one.basic, &other.basic), (&one.bca, &other.bca)]
    {
        match (one, other) {
            (Ok(one), Ok(other)) => {
                let near = (one.lo - other.lo).abs() < 1e-9 && (one.hi - other.hi).abs() < 1e-9;
                assert!(near, "{name}: {one:?}, {other:?}");
            }
            (one, other) => assert_eq!(one, other, "{name}"),
        }
    }
}

/// The draws are the same, as the kinds of items are in the same order, and so are the numbers.
#[test]
fn each_of_many_is_what_it_is_by_itself() {
    for (raters, gaps) in [(2, false), (3, false), (3, true), (5, true)] {
        let matrix = rated(raters, gaps);
        let statistics = OF_MATRIX.map(|(statistic, of)| (statistic, of(&matrix)));
        let together = RatedItems::from(&matrix).bootstrap_all(&statistics, HOW());
        for (at, ((_, of), together)) in OF_MATRIX.iter().zip(&together).enumerate() {
            let name = format!("{at} of {raters} raters");
            same(together, &bootstrap_ratings(&matrix, of, HOW()), &name);
        }
    }
    let table = rated(2, true).table(0, 1).unwrap();
    let statistics = OF_TABLE.map(|(statistic, of)| (statistic, of(&table)));
    let together = RatedItems::from(&table).bootstrap_all(&statistics, HOW());
    for (at, ((_, of), together)) in OF_TABLE.iter().zip(&together).enumerate() {
        same(together, &bootstrap_table(&table, of, HOW()), &format!("{at} of a table"));
    }
}

/// The order of clusters, and so the draws, may be another: the numbers are near.
#[test]
fn clusters_are_drawn_whole() {
    let wards: Vec<RatingMatrix> = (0..30)
        .map(|ward| {
            let mut matrix = RatingMatrix::empty(2, 4).unwrap();
            for item in 0..4 {
                let first = (ward + item * item) % 4;
                matrix.record(&[Some(first), Some((first + ward % 3 % 2) % 4)]).unwrap();
            }
            matrix
        })
        .collect();
    let how = Resampling::new(4_000, 3);
    let mut pooled = RatingMatrix::empty(2, 4).unwrap();
    for row in wards.iter().flat_map(RatingMatrix::rows) {
        pooled.record_many(&row.ratings().collect::<Vec<_>>(), row.count()).unwrap();
    }
    let near = |together: &Result<Bootstrap, Undefined>,
                alone: Result<Bootstrap, Undefined>,
                name: &str| {
        let (one, other) = (together.as_ref().unwrap(), alone.unwrap());
        assert_eq!(one.units, 30, "{name}");
        close(one.estimate, other.estimate, 1e-12);
        close(one.se.unwrap() / other.se.unwrap(), 1.0, 0.06);
        let ends = |found: &Bootstrap| found.bca.clone().map(|bca| [bca.lo, bca.hi]).unwrap();
        for (one, end) in ends(one).iter().zip(ends(&other)) {
            assert!((one - end).abs() < 0.2 * other.se.unwrap(), "{name}: {one}, {end}");
        }
    };
    let items = RatedItems::of_matrices(&wards).unwrap();
    let statistics = OF_MATRIX.map(|(statistic, of)| (statistic, of(&pooled)));
    let together = items.bootstrap_all(&statistics, how);
    for (at, ((_, of), together)) in OF_MATRIX.iter().zip(&together).enumerate() {
        near(together, bootstrap_ratings_clusters(&wards, of, how), &format!("{at} of ratings"));
    }
    let tables: Vec<ContingencyTable> =
        wards.iter().map(|ward| ward.table(0, 1).unwrap()).collect();
    let table = pooled.table(0, 1).unwrap();
    let statistics = OF_TABLE.map(|(statistic, of)| (statistic, of(&table)));
    let together = RatedItems::of_tables(&tables).unwrap().bootstrap_all(&statistics, how);
    for (at, ((_, of), together)) in OF_TABLE.iter().zip(&together).enumerate() {
        near(together, bootstrap_clusters(&tables, of, how), &format!("{at} of tables"));
    }
}

/// Of 18 raters the tables of all pairs are too many to be kept for each item.
#[test]
fn what_is_not_kept_for_each_item_is_the_same() {
    let matrix = rated(18, false);
    let of: [OfMatrix; 3] = [OF_MATRIX[0], OF_MATRIX[2], OF_MATRIX[11]];
    let statistics = of.map(|(statistic, of)| (statistic, of(&matrix)));
    let together = RatedItems::from(&matrix).bootstrap_all(&statistics, HOW());
    for (at, ((_, of), together)) in of.iter().zip(&together).enumerate() {
        same(together, &bootstrap_ratings(&matrix, of, HOW()), &format!("{at} of 18 raters"));
    }
}

#[test]
fn the_bytes_are_those_of_one_thread() {
    let matrix = rated(3, true);
    let items = RatedItems::from(&matrix);
    let statistics = OF_MATRIX.map(|(statistic, of)| (statistic, of(&matrix)));
    let on = |threads| HOW().on_threads(NonZeroUsize::new(threads).unwrap());
    let alone = items.bootstrap_all(&statistics, on(1));
    for threads in [2, 3, 7, 50] {
        assert_eq!(items.bootstrap_all(&statistics, on(threads)), alone, "{threads} threads");
    }
    let single = items.bootstrap(&OF_MATRIX[4].0, HOW()).unwrap();
    let among = alone[4].as_ref().unwrap();
    assert_eq!((single.bca, single.se), (among.bca.clone(), among.se), "one as among others");
}

#[test]
fn what_does_not_exist_is_refused_by_itself() {
    let table = ContingencyTable::from_rows(vec![vec![30, 0], vec![0, 0]]).unwrap();
    let of: [OfTable; 4] = [
        (Statistic::CohenKappa(Weights::Identity), |table| cohen_kappa(table, Weights::Identity)),
        (Statistic::SpecificAgreement(1), |table| specific_agreement(table, 1)),
        (Statistic::SpecificAgreement(7), |table| specific_agreement(table, 7)),
        (Statistic::BiasIndex(0), |table| bias_index(table, 0)),
    ];
    let statistics = of.map(|(statistic, of)| (statistic, of(&table)));
    let found = RatedItems::from(&table).bootstrap_all(&statistics, HOW());
    let why: Vec<_> = found[..3].iter().map(|found| found.clone().unwrap_err()).collect();
    let unknown = Undefined::UnknownLevel { level: 7, levels: 2 };
    assert_eq!(why, [Undefined::OneLevel, Undefined::UnusedLevel { level: 1 }, unknown]);
    let bias = found[3].as_ref().unwrap();
    assert!(bias.estimate == 0.0 && bias.bca.is_err(), "no replicate differs: {bias:?}");
    assert!(RatedItems::from(&table).bootstrap_all(&[], HOW()).is_empty());
}
