//! How often 95 % intervals of a mean over clusters of five responses cover it: the default one, the plain
//! jackknife's with Student's t, and the BCa bootstrap's of whole clusters, which exists from ten clusters
//! on; and of the share of responses at the third grade or above, the default one and the plain jackknife's.
//! Then of a framing gap over pairs, with one response or three per framing, the default one and Student's t.
//!
//! `cargo run --release -p agreement --example mean_coverage`

use agreement::{
    ContingencyTable, Draw, Estimate, Interval, Measure, Resampling, Undefined, bootstrap_clusters,
    gap_clusters, mean_clusters, measure_clusters, share_clusters,
};

/// Samples of each line; the Monte Carlo standard error near 0.95 is 0.0034.
const SAMPLES: u32 = 4_000;
const RESPONSES: usize = 5;
const GRADES: usize = 5;

/// Normal values, cut into grades.
struct Population {
    name: &'static str,
    /// Between the grades, in standard deviations.
    cuts: [f64; GRADES - 1],
    /// The share of the variance that a cluster's responses have in common.
    shared: f64,
}

const POPULATIONS: [Population; 3] = [
    Population { name: "even grades", cuts: [-0.84, -0.25, 0.25, 0.84], shared: 0.5 },
    Population { name: "0 in 60 %", cuts: [0.25, 0.84, 1.28, 1.64], shared: 0.5 },
    Population { name: "0 in 85 %", cuts: [1.04, 1.41, 1.75, 2.05], shared: 0.5 },
];

#[derive(Default)]
struct Tally {
    covered: u32,
    made: u32,
    width: f64,
}

impl Tally {
    fn add(&mut self, interval: Option<&Interval>, truth: f64) {
        if let Some(interval) = interval {
            self.covered += u32::from(interval.lo <= truth && truth <= interval.hi);
            self.made += 1;
            self.width += interval.hi - interval.lo;
        }
    }

    fn line(&self) -> String {
        match self.made {
            0 => "      –      –".into(),
            made => format!(
                "  {:.3}  {:.3}",
                f64::from(self.covered) / f64::from(SAMPLES),
                self.width / f64::from(made)
            ),
        }
    }
}

fn main() {
    println!("coverage and mean width; a sample without an interval counts as not covered");
    println!(
        "{:<12} {:>8}  {:>13}  {:>13}  {:>13}  {:>13}  {:>13}",
        "grades", "clusters", "mean", "jackknife, t", "bootstrap, BCa", "share", "jackknife, t"
    );
    for (stream, population) in POPULATIONS.iter().enumerate() {
        let above = |cut: &f64| 1.0 - normal_cdf(*cut);
        let truth: f64 = population.cuts.iter().map(above).sum();
        let share = above(&population.cuts[HARMFUL - 1]);
        for clusters in [4, 8, 9, 10, 12, 18, 30, 60] {
            let mut draw = Draw::new(1, 1_000 * stream as u64 + clusters);
            let mut tallies: [Tally; 5] = Default::default();
            for _ in 0..SAMPLES {
                let sample: Vec<Vec<usize>> =
                    (0..clusters).map(|_| population.cluster(&mut draw)).collect();
                let sums = rows(&sample, |grade| grade as f64);
                let harmful = rows(&sample, |grade| f64::from(u8::from(grade >= HARMFUL)));
                let scale: Vec<f64> = (0..GRADES).map(|grade| grade as f64).collect();
                tallies[0].add(mean_clusters(&sums, &scale, 1.0).interval(), truth);
                tallies[1].add(by_jackknife(&sums).interval(), truth);
                tallies[2].add(by_bootstrap(&sample).as_ref().ok(), truth);
                tallies[3].add(share_clusters(&harmful).interval(), share);
                tallies[4].add(by_jackknife(&harmful).interval(), share);
            }
            let lines: String = tallies.iter().map(Tally::line).collect();
            println!("{:<12} {clusters:>8}{lines}", population.name);
        }
    }
    println!(
        "\n{:<12} {:>10} {:>6} {:>6}  {:>13}  {:>13}",
        "grades", "told less", "each", "pairs", "gap", "Student's t"
    );
    for (stream, population) in POPULATIONS.iter().enumerate() {
        for told_less in [0.0, 0.5] {
            for each in [1, 3] {
                let mut draw = Draw::new(2, stream as u64);
                let truth: f64 = population
                    .cuts
                    .iter()
                    .map(|cut| normal_cdf(*cut) - normal_cdf(cut - told_less))
                    .sum();
                for pairs in [8, 10, 18, 30, 60] {
                    let mut tallies: [Tally; 2] = Default::default();
                    for _ in 0..SAMPLES {
                        let gaps: Vec<Vec<f64>> = (0..pairs)
                            .map(|_| vec![population.gap(told_less, each, &mut draw), 1.0])
                            .collect();
                        let mean = |sums: &[f64]| Some(sums[0] / sums[1]);
                        tallies[0].add(gap_clusters(&gaps, 1.0, mean).interval(), truth);
                        tallies[1].add(measure_clusters(&gaps, mean).interval(), truth);
                    }
                    let lines: String = tallies.iter().map(Tally::line).collect();
                    println!("{:<12} {told_less:>10} {each:>6} {pairs:>6}{lines}", population.name);
                }
            }
        }
    }
}

/// The lowest grade that counts as harmful.
const HARMFUL: usize = 2;

/// What each cluster's responses add up to, and their number.
fn rows(sample: &[Vec<usize>], value: impl Fn(usize) -> f64) -> Vec<[f64; 2]> {
    let row = |grades: &Vec<usize>| {
        [grades.iter().map(|&grade| value(grade)).sum::<f64>(), grades.len() as f64]
    };
    sample.iter().map(row).collect()
}

impl Population {
    fn cluster(&self, draw: &mut Draw) -> Vec<usize> {
        let common = self.shared.sqrt() * normal(draw);
        let grade = |own: f64| {
            let value = common + (1.0 - self.shared).sqrt() * own;
            self.cuts.iter().filter(|cut| value > **cut).count()
        };
        (0..RESPONSES).map(|_| grade(normal(draw))).collect()
    }

    /// One pair's mean OH asked by a layperson, who is told less, minus that asked by a physician.
    fn gap(&self, told_less: f64, each: u32, draw: &mut Draw) -> f64 {
        let common = self.shared.sqrt() * normal(draw);
        let mut grade = |shift: f64| {
            let value = shift + common + (1.0 - self.shared).sqrt() * normal(draw);
            self.cuts.iter().filter(|cut| value > **cut).count() as f64
        };
        let gaps: f64 = (0..each).map(|_| grade(told_less) - grade(0.0)).sum();
        gaps / f64::from(each)
    }
}

fn by_jackknife(sums: &[[f64; 2]]) -> Measure {
    let rows: Vec<Vec<f64>> = sums.iter().map(|row| row.to_vec()).collect();
    measure_clusters(&rows, |sums| Some(sums[0] / sums[1]))
}

/// With the grades as rows of a table of one column that is used.
fn by_bootstrap(sample: &[Vec<usize>]) -> Result<Interval, Undefined> {
    let levels = ContingencyTable::empty(GRADES).map_err(|_| Undefined::NoItems)?;
    let table = |grades: &Vec<usize>| {
        let mut table = levels.clone();
        for grade in grades {
            table.record(*grade, 0).map_err(|_| Undefined::NoItems)?;
        }
        Ok(table)
    };
    let tables = sample.iter().map(table).collect::<Result<Vec<_>, Undefined>>()?;
    bootstrap_clusters(&tables, mean, Resampling::new(1_000, 1))?.bca
}

fn mean(table: &ContingencyTable) -> Measure {
    let sum: u64 = (0..).zip(table.row_margins()).map(|(grade, count)| grade * count).sum();
    Measure::Estimated(Estimate {
        estimate: sum as f64 / table.n() as f64,
        se: None,
        interval: Err(Undefined::NoFormula),
    })
}

/// Box and Muller's.
fn normal(draw: &mut Draw) -> f64 {
    let (radius, angle) = (1.0 - draw.unit(), draw.unit());
    (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
}

/// By Simpson's rule, to 1e−9 and better.
fn normal_cdf(x: f64) -> f64 {
    let (steps, density) =
        (2_000_u32, |x: f64| (-x * x / 2.0).exp() / std::f64::consts::TAU.sqrt());
    let width = x / f64::from(steps);
    let weight = |step| match step {
        0 => 1.0,
        step if step == steps => 1.0,
        step => 2.0 + 2.0 * f64::from(step % 2),
    };
    let sum: f64 = (0..=steps).map(|step| weight(step) * density(f64::from(step) * width)).sum();
    0.5 + sum * width / 3.0
}
