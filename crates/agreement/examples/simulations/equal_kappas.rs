//! How often the test that kappa is the same in all strata rejects at 5 %, by permutation and by
//! chi-squared: under the hypothesis, and where kappas differ.
//!
//!     cargo run --release -p agreement --example equal_kappas
//!
//! Two raters grade items of 0 to 4. What an item deserves is a sum of its scenario's part and its own,
//! and so is each rater's error; cut-offs make all grades equally frequent, or give 80 % the lowest.
//! Every number comes from the seed; it takes about two minutes on two cores.
#![allow(missing_docs, clippy::expect_used, reason = "a program on tables of its own")]

use agreement::{ContingencyTable, Draw, MonteCarlo, Part, Weights, equal_kappas, kappa_equality};
use std::f64::consts::TAU;

/// Studies a row: the standard error of a share of 5 % is 0.5 points.
const STUDIES: u64 = 2_000;
const PERMUTATIONS: u32 = 499;
const MODELS: usize = 6;
const EVEN: [f64; 4] = [-0.8416, -0.2533, 0.2533, 0.8416];
/// Quadratic kappa .61 with even cut-offs, .50 with the others.
const SAME: [f64; 2] = [0.5; 2];
/// Quadratic kappa .61 with both.
const SAME_KAPPA: [f64; 2] = [0.5, 0.3147];
const APART: [f64; 2] = [0.2, 0.8];
const PREVAILING: [f64; 4] = [0.8416, 1.2816, 1.6449, 2.0537];

/// How items lie in strata and scenarios.
#[derive(Clone, Copy)]
enum Design {
    /// Each item is of a scenario of its own.
    Items,
    /// Each scenario is answered once by every model; strata are models.
    Crossed,
    /// Each scenario has three items, all in one stratum; strata are categories.
    Nested,
}

/// Six strata of `items` items.
#[derive(Clone, Copy)]
struct Setting {
    design: Design,
    items: usize,
    /// The cut-offs of each stratum in turn.
    cuts: [[f64; 4]; 2],
    /// The variance of a rater's error, of that of what items deserve, in each stratum in turn.
    error: [f64; 2],
}

struct Normal(Draw);

impl Normal {
    fn next(&mut self) -> f64 {
        let (a, b) = (1.0 - self.0.unit(), self.0.unit());
        (-2.0 * a.ln()).sqrt() * (TAU * b).cos()
    }
}

impl Setting {
    fn scenario(&self, stratum: usize, item: usize) -> usize {
        match self.design {
            Design::Items => stratum * self.items + item,
            Design::Crossed => item,
            Design::Nested => stratum * self.items + item / 3,
        }
    }

    fn draw(&self, seed: u64) -> Vec<Part> {
        let mut normal = Normal(Draw::new(seed, 1));
        let scenarios: Vec<[f64; 3]> = (0..MODELS * self.items)
            .map(|_| [normal.next(), normal.next(), normal.next()])
            .collect();
        let mut parts = Vec::new();
        for stratum in 0..MODELS {
            for item in 0..self.items {
                let cluster = self.scenario(stratum, item);
                let own = [normal.next(), normal.next(), normal.next()];
                // Half of every variance is the scenario's.
                let part = |of: usize| (scenarios[cluster][of] + own[of]) / 2f64.sqrt();
                let error = self.error[stratum % 2];
                let grade = |rater: usize| {
                    let found = (part(0) + error.sqrt() * part(rater)) / (1.0 + error).sqrt();
                    self.cuts[stratum % 2].iter().filter(|cut| found >= **cut).count()
                };
                let mut table = ContingencyTable::empty(5).expect("five levels");
                table.record(grade(1), grade(2)).expect("levels are on the scale");
                parts.push(Part { cluster, stratum, table });
            }
        }
        parts
    }
}

/// How many of some studies each test rejects, and how many the second cannot judge.
fn rejected(setting: Setting, seeds: std::ops::Range<u64>) -> [u64; 3] {
    let mut counts = [0; 3];
    for seed in seeds {
        let parts = setting.draw(seed);
        let monte_carlo = MonteCarlo { seed, replicates: PERMUTATIONS };
        let permuted = equal_kappas(&parts, Weights::Quadratic, monte_carlo);
        counts[0] += u64::from(permuted.is_ok_and(|found| found.p <= 0.05));
        let mut strata = vec![ContingencyTable::empty(5).expect("five levels"); MODELS];
        for part in &parts {
            strata[part.stratum].add(&part.table).expect("five levels");
        }
        let usable = |table: &ContingencyTable| {
            agreement::cohen_kappa(table, Weights::Quadratic).se().is_some_and(|se| se > 0.0)
        };
        strata.retain(usable);
        match kappa_equality(&strata, Weights::Quadratic).p() {
            Some(p) => counts[1] += u64::from(p <= 0.05),
            None => counts[2] += 1,
        }
    }
    counts
}

fn row(name: &str, setting: Setting) {
    let halves = [0..STUDIES / 2, STUDIES / 2..STUDIES]
        .map(|seeds| std::thread::spawn(move || rejected(setting, seeds)));
    let mut counts = [0; 3];
    for half in halves {
        let found = half.join().expect("no panic");
        counts.iter_mut().zip(found).for_each(|(sum, count)| *sum += count);
    }
    let percent = |count: u64| 100.0 * count as f64 / STUDIES as f64;
    println!(
        "| {name} | {MODELS} × {} | {:.1} % | {:.1} % |",
        setting.items,
        percent(counts[0]),
        percent(counts[1])
    );
}

fn main() {
    println!("| population | strata × items | permutation | chi-squared |");
    println!("| --- | --- | --- | --- |");
    let designs = [
        (Design::Items, "independent items"),
        (Design::Crossed, "scenarios crossed with models"),
        (Design::Nested, "scenarios of three items in a category"),
    ];
    for (cuts, error, population, sizes) in [
        ([EVEN; 2], SAME, "all grades alike", &[15, 30, 90][..]),
        ([PREVAILING; 2], SAME, "80 % lowest", &[15, 30, 90]),
        ([EVEN, PREVAILING], SAME_KAPPA, "by turns, kappa the same", &[30, 90]),
        ([EVEN; 2], APART, "all grades alike, kappa .78 and .51", &[30, 90]),
        ([PREVAILING; 2], APART, "80 % lowest, kappa .71 and .39", &[30, 90]),
    ] {
        for (design, named) in designs {
            for &items in sizes {
                let setting = Setting { design, items, cuts, error };
                row(&format!("{population}; {named}"), setting);
            }
        }
    }
}
