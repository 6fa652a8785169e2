//! How long a bootstrap with its intervals takes on one core.

use std::hint::black_box;

use agreement::{
    ContingencyTable, Distance, Draw, LevelCounts, Multinomial, Resampling, Weights,
    bootstrap_alpha, bootstrap_clusters_kappa, bootstrap_kappa, bootstrap_table, cohen_kappa,
};
use divan::Bencher;

fn main() {
    divan::main();
}

/// Two raters on five levels, `n` items: the shares of a large study of graded responses, in which
/// level 0 is frequent and 23 of the 25 cells occur.
fn five_levels(n: u64) -> ContingencyTable {
    const SHARES: [[u64; 5]; 5] = [
        [1140, 759, 178, 43, 2],
        [316, 376, 214, 58, 12],
        [60, 111, 115, 56, 19],
        [6, 15, 32, 25, 20],
        [1, 0, 9, 15, 18],
    ];
    let total: u64 = SHARES.iter().flatten().sum();
    let rows = SHARES.map(|row| row.map(|share| share * n / total).to_vec()).to_vec();
    ContingencyTable::from_rows(rows).unwrap_or_else(|error| panic!("{error}"))
}

#[divan::bench(args = [100, 3_600, 1_000_000, 1_000_000_000_000])]
fn quadratic_kappa_10000(bencher: Bencher, n: u64) {
    let table = five_levels(n);
    bencher.bench(|| {
        bootstrap_kappa(black_box(&table), Weights::Quadratic, Resampling::new(10_000, 1))
    });
}

#[divan::bench(args = [100, 3_600, 1_000_000])]
fn any_statistic_1000(bencher: Bencher, n: u64) {
    let table = five_levels(n);
    let kappa = |table: &ContingencyTable| cohen_kappa(table, Weights::Quadratic);
    bencher.bench(|| bootstrap_table(black_box(&table), kappa, Resampling::new(1_000, 1)));
}

/// Clusters of 60 items, or of 2, whose tables differ.
#[divan::bench(args = [60, 5_000])]
fn clusters_quadratic_kappa_1000(bencher: Bencher, clusters: usize) {
    let items = if clusters > 100 { 2 } else { 60 };
    let shares: Vec<u64> = five_levels(3_600).rows().flatten().copied().collect();
    let (multinomial, mut draw) = (Multinomial::new(&shares), Draw::new(1, 0));
    let tables: Vec<ContingencyTable> = (0..clusters)
        .map(|_| {
            let mut counts = [0; 25];
            multinomial.draw(items, &mut draw, &mut counts, &mut Vec::new());
            let rows = counts.chunks(5).map(Vec::from).collect();
            ContingencyTable::from_rows(rows).unwrap_or_else(|error| panic!("{error}"))
        })
        .collect();
    bencher.bench(|| {
        bootstrap_clusters_kappa(black_box(&tables), Weights::Quadratic, Resampling::new(1_000, 1))
    });
}

/// Ratings whose levels spread about each item's own.
#[divan::bench]
fn ordinal_alpha_50_raters_5000_items_1000(bencher: Bencher) {
    let mut items = LevelCounts::empty(5).unwrap_or_else(|error| panic!("{error}"));
    let mut draw = Draw::new(1, 0);
    for item in 0..5_000 {
        let centre = (item % 5) as f64 + 0.5;
        let ratings = (0..50).map(|_| {
            let noise = draw.unit() + draw.unit() + draw.unit() - 1.5;
            (centre + 1.2 * noise).clamp(0.0, 4.99) as usize
        });
        items.record(ratings, 1).unwrap_or_else(|error| panic!("{error}"));
    }
    bencher
        .bench(|| bootstrap_alpha(black_box(&items), Distance::Ordinal, Resampling::new(1_000, 1)));
}
