//! How often the default interval of categories without an order holds the true value, with the pseudo-item
//! that takes all categories alike and with the one that takes their order for known.
//!
//!     cargo run --release -p agreement --example unordered_coverage
//!
//! An item has a right category. A rater finds it, or else gives a category that is drawn without looking.
//! Items are independent, or come in scenarios of four, half of whose items have the scenario's category.
//! Every number comes from the seed; it takes some minutes on two cores.
#![allow(missing_docs, clippy::expect_used, reason = "a program on tables of its own")]

use agreement::{Distance, Draw, RatedItem, RatedItems, Statistic, Unseen, Weights};
use std::collections::BTreeMap;

/// Samples a cell: the standard error of a coverage of .95 is .007.
const SAMPLES: u64 = 1_000;
/// Items from which the true value is computed.
const POPULATION: usize = 1_000_000;
const SCENARIO: usize = 4;

/// Who rates how.
#[derive(Clone, Copy)]
struct Population {
    name: &'static str,
    /// How many categories, and the share of the first; the others have the rest in equal parts.
    categories: usize,
    first: f64,
    /// How often a rater looks.
    looks: f64,
    raters: usize,
    clustered: bool,
}

impl Population {
    fn category(&self, draw: &mut Draw) -> usize {
        if draw.unit() < self.first {
            0
        } else {
            1 + (draw.unit() * (self.categories - 1) as f64) as usize
        }
    }

    fn items(&self, count: usize, draw: &mut Draw) -> RatedItems {
        let mut scenario = 0;
        let item = |at: usize| {
            if at.is_multiple_of(SCENARIO) {
                scenario = self.category(draw);
            }
            let own = self.category(draw);
            let right = if self.clustered && draw.unit() < 0.5 { scenario } else { own };
            let mut rate = |_| {
                let blind = self.category(draw);
                Some(if draw.unit() < self.looks { right } else { blind })
            };
            let ratings = (0..self.raters).map(&mut rate).collect();
            RatedItem::new(if self.clustered { at / SCENARIO } else { at }, ratings)
        };
        RatedItems::new(self.raters, self.categories, (0..count).map(item))
            .expect("all on the scale")
    }
}

fn statistics(raters: usize) -> Vec<(&'static str, Statistic<'static>)> {
    let many = [
        ("AC1", Statistic::GwetAc(Weights::Identity)),
        ("nominal alpha", Statistic::KrippendorffAlpha(Distance::Nominal)),
    ];
    let own = match raters {
        2 => vec![("Cohen’s kappa", Statistic::CohenKappa(Weights::Identity))],
        _ => vec![
            ("Fleiss’s kappa", Statistic::FleissKappa(Weights::Identity)),
            ("Brennan–Prediger, three raters", Statistic::BrennanPrediger(Weights::Identity)),
        ],
    };
    own.into_iter().chain(many).collect()
}

/// Of one quantity in one population: samples with an estimate, and for each pseudo-item how many
/// intervals held the true value.
type Cell = (u64, [u64; 2]);

fn cells(population: Population, items: usize) -> Vec<(&'static str, Cell)> {
    let statistics = statistics(population.raters);
    let whole = population.items(POPULATION, &mut Draw::new(11, 0));
    let truth: Vec<f64> = statistics
        .iter()
        .map(|(_, of)| whole.measure(of, Unseen::AnyOther).estimate().expect("categories vary"))
        .collect();
    let mut counts = vec![(0, [0; 2]); statistics.len()];
    for sample in 1..=SAMPLES {
        let drawn = population.items(items, &mut Draw::new(11, sample));
        for ((count, (_, statistic)), truth) in counts.iter_mut().zip(&statistics).zip(&truth) {
            if drawn.measure(statistic, Unseen::AnyOther).estimate().is_none() {
                continue;
            }
            count.0 += 1;
            for (held, unseen) in count.1.iter_mut().zip([Unseen::AnyOther, Unseen::OneStep]) {
                let interval = drawn.interval(statistic, unseen);
                let holds = interval.is_ok_and(|found| found.lo <= *truth && *truth <= found.hi);
                *held += u64::from(holds);
            }
        }
    }
    statistics.iter().map(|(name, _)| *name).zip(counts).collect()
}

fn populations() -> Vec<Population> {
    let mut all = Vec::new();
    for (categories, first, name) in [
        (3, 1.0 / 3.0, "3, alike"),
        (3, 0.8, "3, one prevails"),
        (6, 1.0 / 6.0, "6, alike"),
        (6, 0.7, "6, one prevails"),
    ] {
        for looks in [0.5, 0.75, 0.9, 0.98] {
            for raters in [2, 3] {
                for clustered in [false, true] {
                    all.push(Population { name, categories, first, looks, raters, clustered });
                }
            }
        }
    }
    all
}

/// Coverages of the cells of one row, for each pseudo-item.
#[derive(Default)]
struct Row([Vec<f64>; 2]);

impl Row {
    fn add(&mut self, (samples, held): Cell) {
        for (coverages, held) in self.0.iter_mut().zip(held) {
            coverages.push(held as f64 / samples as f64);
        }
    }

    fn print(&self, name: &str) {
        print!("| {name} | {} ", self.0[0].len());
        for coverages in &self.0 {
            let mean = coverages.iter().sum::<f64>() / coverages.len() as f64;
            let lowest = coverages.iter().copied().fold(1.0, f64::min);
            let under = coverages.iter().filter(|coverage| **coverage < 0.92).count();
            print!("| {mean:.3} | {lowest:.3} | {under} ");
        }
        println!("|");
    }
}

fn main() {
    let settings: Vec<(Population, usize)> = populations()
        .into_iter()
        .flat_map(|population| [20, 60, 200].map(|items| (population, items)))
        .collect();
    let half = settings.len().div_ceil(2);
    let threads: Vec<_> = settings
        .chunks(half)
        .map(|settings| {
            let settings = settings.to_vec();
            std::thread::spawn(move || {
                let of = |(population, items): (Population, usize)| {
                    (population, items, cells(population, items))
                };
                settings.into_iter().map(of).collect::<Vec<_>>()
            })
        })
        .collect();
    let (mut by_quantity, mut by_population) = (BTreeMap::new(), BTreeMap::new());
    for thread in threads {
        for (population, items, cells) in thread.join().expect("no panic") {
            let items = format!("{} categories; {items} items", population.name);
            for (quantity, cell) in cells.into_iter().filter(|(_, (samples, _))| *samples >= 100) {
                by_quantity.entry(quantity.to_owned()).or_insert_with(Row::default).add(cell);
                by_population.entry(items.clone()).or_insert_with(Row::default).add(cell);
            }
        }
    }
    for rows in [by_quantity, by_population] {
        println!(
            "| | cells | all alike: coverage | lowest | under .92 | in order: coverage | lowest | under .92 |"
        );
        println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
        rows.iter().for_each(|(name, row)| row.print(name));
        println!();
    }
}
