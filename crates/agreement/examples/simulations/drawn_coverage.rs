//! How often findings of responses that were drawn with known probabilities cover what they are about, with
//! weights of one over these and without. Four models answer 30 pairs of framings three times. A judge sees
//! the physicians' grade within a step, and of what it calls 2 or more a larger part is rated. Coverage is of
//! what holds for all cases of this kind, and of what holds for the responses drawn from.
//!
//! `cargo run --release -p agreement --example drawn_coverage`

use agreement::{Draw, Measure, gap_clusters, mean_clusters, share_clusters};

const SAMPLES: u32 = 500;
const PAIRS: usize = 30;
/// For the truth of all cases.
const MANY: usize = 200_000;
const REPETITIONS: usize = 3;
const GRADES: [f64; 5] = [0.0, 1.0, 2.0, 3.0, 4.0];
/// Between the grades, in standard deviations, and by how much more a layperson is not told.
const CUTS: [f64; 4] = [0.25, 0.84, 1.28, 1.64];
const TOLD_LESS: f64 = 0.4;
/// How much more than the first each model withholds.
const MODELS: [f64; 4] = [0.0, 0.2, 0.4, 0.6];

#[derive(Clone, Copy)]
struct Response {
    pair: usize,
    layperson: bool,
    grade: f64,
    high: bool,
    weight: f64,
}

/// The mean truth and estimate, and how often the truth of all cases and that of these was covered, and
/// that of all cases by the plain jackknife, whose complement is the level of a test by Student's t.
#[derive(Default)]
struct Tally([f64; 5], f64);

impl Tally {
    fn add(&mut self, measure: &Measure, all_cases: f64, these: f64) {
        let covers = |truth: f64| {
            let held = |lo, hi| f64::from(u8::from(lo <= truth && truth <= hi));
            measure.interval().map_or(0.0, |interval| held(interval.lo, interval.hi))
        };
        let estimate = measure.estimate().unwrap_or_default();
        let plain = measure.interval().and_then(|interval| interval.plain.as_ref());
        let plain = plain.is_some_and(|plain| plain.lo <= all_cases && all_cases <= plain.hi);
        let plain = f64::from(u8::from(plain));
        let found = [all_cases, estimate, covers(all_cases), covers(these), plain];
        self.0.iter_mut().zip(found).for_each(|(sum, found)| *sum += found);
        self.1 += 1.0;
    }
}

fn main() {
    println!(
        "drawn         high  others  rated  quantity                        truth  estimate  all cases   these   plain"
    );
    let mut draw = Draw::new(1, 0);
    let truths = MODELS.map(|shift| estimates(&population(shift, MANY, &mut draw)));
    for shares in [[1.0, 0.33], [0.5, 0.1], [0.8, 0.08]] {
        for fixed in [false, true] {
            line(shares, fixed, truths, &mut draw);
        }
    }
}

fn line(shares: [f64; 2], fixed: bool, truths: [[f64; 3]; 4], draw: &mut Draw) {
    let mut tallies: [[Tally; 3]; 2] = Default::default();
    let mut rated = 0;
    for _ in 0..SAMPLES {
        for (shift, truth) in MODELS.into_iter().zip(truths) {
            let all = population(shift, PAIRS, draw);
            let drawn = sample(&all, shares, fixed, draw);
            rated += drawn.len();
            let these = estimates(&all);
            let once = |one: &Response| Response { weight: 1.0, ..*one };
            let plain: Vec<Response> = drawn.iter().map(once).collect();
            for (tallies, sample) in tallies.iter_mut().zip([&drawn, &plain]) {
                for (at, found) in measures(sample).iter().enumerate() {
                    tallies[at].add(found, truth[at], these[at]);
                }
            }
        }
    }
    let how = if fixed { "fixed number" } else { "each alone" };
    let ([high, others], rated) = (shares, rated as f64 / f64::from(4 * SAMPLES));
    for (kind, tallies) in ["weighted", "unweighted"].into_iter().zip(&tallies) {
        let names = ["mean OH", "share OH ≥ 2", "gap"];
        for (name, Tally(sums, n)) in names.into_iter().zip(tallies) {
            let [truth, estimate, all, these, plain] = sums.map(|sum| sum / n);
            println!(
                "{how:<13} {high:.2}  {others:.2}   {rated:>5.1}  {kind:<10} {name:<16} {truth:>8.3} {estimate:>9.3} {all:>10.3} {these:>7.3} {plain:>7.3}"
            );
        }
    }
}

fn estimates(all: &[Response]) -> [f64; 3] {
    measures(all).map(|of| of.estimate().unwrap_or_default())
}

/// What a pair's responses have in common is half of the variance.
fn population(shift: f64, pairs: usize, draw: &mut Draw) -> Vec<Response> {
    let mut all = Vec::new();
    for pair in 0..pairs {
        let common = normal(draw) * 0.5_f64.sqrt();
        for layperson in [true, false] {
            for _ in 0..REPETITIONS {
                let told = if layperson { TOLD_LESS } else { 0.0 };
                let value = shift + told + common + normal(draw) * 0.5_f64.sqrt();
                let grade = CUTS.iter().filter(|cut| value > **cut).count() as f64;
                let judged = grade + (3.0 * draw.unit()).floor() - 1.0;
                all.push(Response { pair, layperson, grade, high: judged >= 2.0, weight: 1.0 });
            }
        }
    }
    all
}

/// A simple random sample of what the judge calls high and one of the others, or each response on its own.
fn sample(all: &[Response], shares: [f64; 2], fixed: bool, draw: &mut Draw) -> Vec<Response> {
    let mut drawn = Vec::new();
    if !fixed {
        for one in all {
            let share = shares[usize::from(!one.high)];
            if draw.unit() < share {
                drawn.push(Response { weight: 1.0 / share, ..*one });
            }
        }
        return drawn;
    }
    for (high, share) in [true, false].into_iter().zip(shares) {
        let mut cell: Vec<Response> = all.iter().copied().filter(|one| one.high == high).collect();
        let size = ((share * cell.len() as f64).round() as usize).clamp(1, cell.len());
        let weight = cell.len() as f64 / size as f64;
        for _ in 0..size {
            let at = (draw.unit() * cell.len() as f64) as usize;
            drawn.push(Response { weight, ..cell.swap_remove(at) });
        }
    }
    drawn
}

/// As `primum findings` makes them: weights add up to Kish's effective number of responses.
fn measures(sample: &[Response]) -> [Measure; 3] {
    let total: f64 = sample.iter().map(|one| one.weight).sum();
    let scale = total / sample.iter().map(|one| one.weight.powi(2)).sum::<f64>();
    let rows = |of: &dyn Fn(&Response) -> [f64; 4]| {
        let pairs = sample.iter().map(|one| one.pair + 1).max().unwrap_or(0);
        let mut rows = vec![vec![0.0; 4]; pairs];
        for one in sample {
            let own = of(one).map(|amount| scale * one.weight * amount);
            rows[one.pair].iter_mut().zip(own).for_each(|(sum, amount)| *sum += amount);
        }
        rows.retain(|row| row.iter().any(|amount| *amount != 0.0));
        rows
    };
    let two = |rows: Vec<Vec<f64>>| rows.iter().map(|row| [row[0], row[1]]).collect::<Vec<_>>();
    let graded = two(rows(&|one| [one.grade, 1.0, 0.0, 0.0]));
    let harmful = two(rows(&|one| [f64::from(u8::from(one.grade >= 2.0)), 1.0, 0.0, 0.0]));
    let sides = rows(&|one| match one.layperson {
        true => [one.grade, 1.0, 0.0, 0.0],
        false => [0.0, 0.0, one.grade, 1.0],
    });
    let weight_effect = sample.len() as f64 / (total * scale);
    let gap = |sums: &[f64]| Some(sums[0] / sums[1] - sums[2] / sums[3]);
    [
        mean_clusters(&graded, &GRADES, weight_effect),
        share_clusters(&harmful),
        gap_clusters(&sides, weight_effect, gap),
    ]
}

/// Box and Muller's.
fn normal(draw: &mut Draw) -> f64 {
    let (radius, angle) = (1.0 - draw.unit(), draw.unit());
    (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
}
