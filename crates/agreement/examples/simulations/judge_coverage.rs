//! Coverage of what is said of a judge: with two raters, with weights, with few rated items.
//!
//! `cargo run --release -p agreement --example judge_coverage` prints the tables of docs/statistics.md,
//! "What two physicians and weights change". The same numbers come from every run.
#![allow(clippy::expect_used, reason = "the simulation makes its own input")]

use agreement::{
    Dependence, Draw, Lambda, Levels, Measure, Rated, RatedItem, RatedItems, Statistic, Unrated,
    Unseen, Weights, ppi_mean, ppi_mean_augmented,
};

const RUNS: u64 = 1_000;
const SCORES: [f64; 5] = [0.0, 1.0, 2.0, 3.0, 4.0];
const TURNED: [f64; 5] = [0.0, -1.0, -2.0, -3.0, -4.0];

fn main() {
    println!("{RUNS} samples each; Monte Carlo error near .95: ± .014\n");
    two_raters();
    weights();
    few_rated();
}

/// How often an interval held the truth, and the mean of the estimates.
#[derive(Default)]
struct Tally {
    held: u64,
    sum: f64,
    made: u64,
}

impl Tally {
    fn add(&mut self, measure: &Measure, truth: f64) {
        let (Some(estimate), Some(interval)) = (measure.estimate(), measure.interval()) else {
            self.made += 1;
            return;
        };
        self.add_bounds(estimate, interval.lo, interval.hi, truth);
    }

    fn add_bounds(&mut self, estimate: f64, lo: f64, hi: f64, truth: f64) {
        self.sum += estimate;
        self.made += 1;
        self.held += u64::from((lo..=hi).contains(&truth));
    }

    fn print(&self, name: &str, truth: f64) {
        let runs = self.made as f64;
        let (mean, share) = (self.sum / runs, self.held as f64 / runs);
        println!("| {name} | {truth:.3} | {mean:.3} | {share:.3} |");
    }
}

fn normal(draw: &mut Draw) -> f64 {
    let (first, second) = (draw.unit().max(1e-300), draw.unit());
    (-2.0 * first.ln()).sqrt() * (std::f64::consts::TAU * second).cos()
}

/// One item: severity, and what people see of it.
fn grades<const N: usize>(draw: &mut Draw) -> [usize; N] {
    let severity = 0.9 + 1.3 * normal(draw);
    let mut grade = |_| (severity + 0.75 * normal(draw)).round().clamp(0.0, 4.0) as usize;
    std::array::from_fn(&mut grade)
}

fn two_raters() {
    let mut draw = Draw::new(1, u64::MAX);
    let (mut sum, mut alike) = (0.0, 0.0);
    let many = 2_000_000;
    for _ in 0..many {
        let [a, b] = grades(&mut draw);
        sum += SCORES[a];
        alike += f64::from(u8::from(a == b));
    }
    let truth = sum / f64::from(many);
    println!(
        "Two raters, the judge exchangeable with them; exact agreement {:.2}; 80 rated, 400 not\n",
        alike / f64::from(many)
    );
    println!(
        "| quantity, reference | truth | mean estimate | coverage |\n| --- | --- | --- | --- |"
    );
    let names =
        ["bias, upper grade", "bias, average", "PPI mean, upper grade", "PPI mean, average"];
    let mut tallies: [Tally; 4] = Default::default();
    for run in 0..RUNS {
        let mut draw = Draw::new(2, run);
        let rated: Vec<[usize; 3]> = (0..80).map(|_| grades(&mut draw)).collect();
        let unrated: Vec<[usize; 3]> = (0..400).map(|_| grades(&mut draw)).collect();
        for (at, average) in [false, true].into_iter().enumerate() {
            let item = |(cluster, [a, b, judge]): (usize, &[usize; 3])| RatedItem {
                cluster,
                weight: 1.0,
                ratings: match average {
                    true => [a, b].map(|x| (vec![Some(*x), Some(*judge)], 0.5)).into(),
                    false => [(vec![Some(*a.max(b)), Some(*judge)], 1.0)].into(),
                },
            };
            let items = RatedItems::new(2, 5, rated.iter().enumerate().map(item)).expect("items");
            let bias = items.measure(&Statistic::MeanDifference(&TURNED), Unseen::OneStep);
            tallies[at].add(&bias, 0.0);
            let known = |(cluster, [a, b, judge]): (usize, &[usize; 3])| Rated {
                grade: match average {
                    true => (SCORES[*a] + SCORES[*b]) / 2.0,
                    false => SCORES[*a.max(b)],
                },
                predicted: SCORES[*judge],
                weight: 1.0,
                cluster,
            };
            let known: Vec<Rated> = rated.iter().enumerate().map(known).collect();
            let other = |(at, [_, _, judge]): (usize, &[usize; 3])| Unrated {
                predicted: SCORES[*judge],
                cluster: 80 + at,
            };
            let others: Vec<Unrated> = unrated.iter().enumerate().map(other).collect();
            let mean = ppi_mean(&known, &others, Lambda::Tuned, Dependence::Items).expect("mean");
            tallies[2 + at].add(&mean.mean, truth);
        }
    }
    for ((name, tally), truth) in names.iter().zip(&tallies).zip([0.0, 0.0, truth, truth]) {
        tally.print(name, truth);
    }
}

/// 3,000 responses, of which those that the judge puts at 1 or more are drawn with probability .5, the
/// others with .05: the miss rate and quadratic kappa of all.
fn weights() {
    let mut draw = Draw::new(3, 0);
    let one = |draw: &mut Draw| {
        let severity = -0.9 + 1.3 * normal(draw);
        let mut grade = || (severity + 0.7 * normal(draw)).round().clamp(0.0, 4.0) as usize;
        [grade(), grade()]
    };
    let all: Vec<[usize; 2]> = (0..3_000).map(|_| one(&mut draw)).collect();
    let items = |drawn: &[([usize; 2], f64)]| {
        let item = |(cluster, ([human, judge], weight)): (usize, &([usize; 2], f64))| RatedItem {
            cluster,
            weight: *weight,
            ratings: [(vec![Some(*human), Some(*judge)], 1.0)].into(),
        };
        RatedItems::new(2, 5, drawn.iter().enumerate().map(item)).expect("items")
    };
    let missed = |levels: Levels<'_>| {
        (levels.of(0)? > 0).then(|| f64::from(u8::from(levels.of(1) == Some(0))))
    };
    let statistics = [
        ("miss rate", Statistic::Share(&missed)),
        ("quadratic kappa", Statistic::CohenKappa(Weights::Quadratic)),
        ("bias", Statistic::MeanDifference(&TURNED)),
    ];
    let population = items(&all.iter().map(|item| (*item, 1.0)).collect::<Vec<_>>());
    println!("\nUnequal probabilities, about 390 of 3,000 drawn\n");
    println!("| quantity | truth | mean estimate | coverage |\n| --- | --- | --- | --- |");
    for weighted in [false, true] {
        for (name, statistic) in &statistics {
            let truth = population.measure(statistic, Unseen::OneStep).estimate().unwrap_or(0.0);
            let mut tally = Tally::default();
            for run in 0..RUNS {
                let mut draw = Draw::new(4, run);
                let drawn: Vec<([usize; 2], f64)> = all
                    .iter()
                    .filter_map(|item| {
                        let p = if item[1] > 0 { 0.5 } else { 0.05 };
                        let weight = if weighted { 1.0 / p } else { 1.0 };
                        (draw.unit() < p).then_some((*item, weight))
                    })
                    .collect();
                tally.add(&items(&drawn).measure(statistic, Unseen::OneStep), truth);
            }
            let how = if weighted { "weighted" } else { "unweighted" };
            tally.print(&format!("{name}, {how}"), truth);
        }
    }
}

/// PPI++ where the lowest grade prevails and few are rated: the authors' normal interval, Student's t, and ours.
fn few_rated() {
    println!("\nPPI means, most items of the lowest grade, 300 not rated\n");
    println!("| rated, interval | truth | mean estimate | coverage |\n| --- | --- | --- | --- |");
    let one = |draw: &mut Draw, cluster: usize| {
        let grade = match draw.unit() {
            u if u < 0.85 => 0.0,
            u if u < 0.92 => 1.0,
            u if u < 0.97 => 2.0,
            _ => 4.0,
        };
        let predicted = if draw.unit() < 0.7 { grade } else { (draw.unit() * 2.0).floor() };
        Rated { grade, predicted, weight: 1.0, cluster }
    };
    let truth = 0.07 + 2.0 * 0.05 + 4.0 * 0.03;
    for rated in [30, 40, 80] {
        let (mut before, mut after, mut now) =
            (Tally::default(), Tally::default(), Tally::default());
        for run in 0..RUNS {
            let mut draw = Draw::new(5 + rated as u64, run);
            let known: Vec<Rated> = (0..rated).map(|at| one(&mut draw, at)).collect();
            let others: Vec<Unrated> = (rated..rated + 300)
                .map(|at| one(&mut draw, at))
                .map(|Rated { predicted, cluster, .. }| Unrated { predicted, cluster })
                .collect();
            let found = ppi_mean(&known, &others, Lambda::Tuned, Dependence::Items).expect("mean");
            after.add(&found.mean, truth);
            let (estimate, se) =
                (found.mean.estimate().unwrap_or(0.0), found.mean.se().unwrap_or(0.0));
            let augmented = ppi_mean_augmented(&known, &others, &SCORES, Dependence::Items);
            now.add(&augmented.expect("mean").mean, truth);
            let half = 1.959_963_985 * se * ((rated - 1) as f64 / rated as f64).sqrt();
            before.add_bounds(estimate, estimate - half, estimate + half, truth);
        }
        before.print(&format!("{rated}, z"), truth);
        after.print(&format!("{rated}, t"), truth);
        now.print(&format!("{rated}, with a pseudo-item"), truth);
    }
}
