//! Plans for rates, for means and for several raters.

use std::ops::ControlFlow;

use crate::support::{close, table};
use agreement::{
    Clusters, ContingencyTable, ExpectationError, Goal, LatentRater, Levels, Measure, NormalMeans,
    PairCoefficient, PlanError, Population, RatedStudy, Simulation, Statistic, Weights,
    cohen_kappa, mean_gap, outlook, pair_table, plan_study,
};

const MANY: Simulation = Simulation { samples: 10_000, seed: 3 };
/// Gaps of so many grades, beside which a pseudo-pair of one grade is nothing.
const LARGE: f64 = 1e6;
const HARM: [f64; 5] = [0.45, 0.25, 0.15, 0.10, 0.05];

fn quadratic(table: &ContingencyTable) -> Measure {
    cohen_kappa(table, Weights::Quadratic)
}

/// Wilson's bounds as E. B. Wilson (1927) has them.
fn wilson(x: u64, n: u64) -> (f64, f64) {
    let (n, p, z) = (n as f64, x as f64 / n as f64, 1.959963984540054_f64);
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let reach = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    (middle - reach, middle + reach)
}

/// All probabilities of 0, …, n successes.
fn binomial(n: u64, p: f64) -> Vec<f64> {
    let mut chances = vec![1.0];
    for trial in 1..=n as usize {
        let before = chances;
        let of = |x: usize| before.get(x).copied().unwrap_or(0.0);
        chances = (0..=trial)
            .map(|x| of(x) * (1.0 - p) + if x > 0 { of(x - 1) * p } else { 0.0 })
            .collect();
    }
    chances
}

/// 30 % of 200 items have harm, and the judge misses 15 % of those: exact sums over both binomials.
#[test]
fn the_miss_rate_is_as_enumeration_says() {
    let (items, prevalence, rate) = (200, 0.3, 0.15);
    let (mut below, mut narrow) = (0.0, 0.0);
    for (harmful, chance) in binomial(items, prevalence).into_iter().enumerate().skip(3) {
        for (missed, likely) in binomial(harmful as u64, rate).into_iter().enumerate() {
            let (lo, hi) = wilson(missed as u64, harmful as u64);
            below += chance * likely * f64::from(u8::from(hi < 0.28));
            narrow += chance * likely * f64::from(u8::from((hi - lo) / 2.0 <= 0.095));
        }
    }
    assert!(below > 0.2 && below < 0.95 && narrow > 0.2 && narrow < 0.95, "{below} {narrow}");
    // Rows: harm by the reference; columns: found by the judge.
    let population = Population::of_table(&table([[700, 0], [45, 255]]));
    let missed = |levels: Levels<'_>| {
        (levels.of(0)? == 1).then(|| f64::from(u8::from(levels.of(1) == Some(0))))
    };
    let statistic = Statistic::Share(&missed);
    let mut study = RatedStudy::new(&population, &statistic, Clusters::Independent).unwrap();
    let shown = outlook(&mut study, items, MANY, |_| ControlFlow::Continue(())).unwrap();
    close(shown.power_below(0.28), below, 4.0 * shown.error(below));
    close(shown.assurance(0.095), narrow, 4.0 * shown.error(narrow));
}

/// Powers and assurances of one sample's t, by scipy 1.17.1: `nct.sf` and `chi2.cdf`.
#[test]
fn means_of_normal_values() {
    for (n, mean, power) in [
        (34, 0.5, 0.8077766855149762),
        (33, 0.5, 0.7953648244333404),
        (199, 0.2, 0.8016900924629413),
        (15, 0.8, 0.8213099770121604),
        (5, 1.2, 0.5302075631333095),
    ] {
        let means = NormalMeans::new(LARGE * mean, LARGE).unwrap();
        close(means.kept(n, Goal::Above { value: 0.0, power: 0.8 }), power, 1e-8);
        let mirrored = NormalMeans::new(-2.0 * LARGE * mean, 2.0 * LARGE).unwrap();
        close(mirrored.kept(n, Goal::Below { value: 0.0, power: 0.8 }), power, 1e-8);
    }
    for (n, deviation, width, assurance) in
        [(30, 1.0, 0.4, 0.7333252797682154), (60, 1.1, 0.3, 0.7456788860767475)]
    {
        let means = NormalMeans::new(0.0, LARGE * deviation).unwrap();
        let width = LARGE * width;
        close(means.kept(n, Goal::HalfWidth { width, assurance: 0.8 }), assurance, 1e-9);
        close(means.half_width(n, assurance) / width, 1.0, 1e-7);
    }
}

/// The sizes for a paired t test at 5 % and a power of 80 % with standardised means of 0.5, 0.2 and 0.8:
/// 34, 199 and 15, as F. Faul and others' G*Power 3 has them.
#[test]
fn sizes_for_a_mean() {
    for (mean, pairs) in [(0.5, 34), (0.2, 199), (0.8, 15)] {
        let means = NormalMeans::new(LARGE * mean, LARGE).unwrap();
        assert_eq!(means.units(Goal::Above { value: 0.0, power: 0.8 }), Ok(pairs));
    }
    let means = NormalMeans::new(0.3, 1.0).unwrap();
    let pairs = means.units(Goal::HalfWidth { width: 0.3, assurance: 0.9 }).unwrap();
    let kept = |pairs| means.kept(pairs, Goal::HalfWidth { width: 0.3, assurance: 0.9 });
    assert!(kept(pairs) >= 0.9 && kept(pairs - 1) < 0.9);
    assert!(matches!(NormalMeans::new(0.3, 0.0), Err(PlanError::Deviation(_))));
    let above = Goal::Above { value: 0.3, power: 0.8 };
    assert!(matches!(means.units(above), Err(PlanError::Null { .. })));
}

/// t(3) = 3.182446 for the mean 2.5 of 1, 2, 3, 4, whose standard error is √(5/3)/2, and a pseudo-pair of
/// which a third is a grade apart.
#[test]
fn the_mean_of_gaps() {
    let shown = mean_gap(&[1.0, 2.0, 3.0, 4.0]).unwrap();
    close(shown.estimate, 2.5, 1e-15);
    close(shown.hi, 2.5 + 3.182446305284263 * (5.0_f64 / 12.0 + 1.0 / 48.0).sqrt(), 1e-9);
    close(shown.lo + shown.hi, 5.0, 1e-12);
    assert_eq!(mean_gap(&[1.0, 2.0]), None);
    let alike = mean_gap(&[1.0; 9]).unwrap();
    assert!(alike.lo < 1.0 && alike.hi > 1.0, "pairs that do not differ have an interval");
}

#[test]
fn latent_raters_have_the_shares_and_the_agreement() {
    let rater = LatentRater::agreeing(&HARM, quadratic, 0.6).unwrap();
    let pair = pair_table(&rater, &rater).unwrap();
    close(quadratic(&pair).estimate().unwrap(), 0.6, 2e-6);
    for (share, count) in HARM.iter().zip(pair.row_margins()) {
        close(count as f64 / pair.n() as f64, *share, 1e-9);
    }
    // Two levels split in the middle: P(both low) = 1/4 + asin(r)/2π, W. F. Sheppard (1899), so that
    // kappa is 2 asin(r)/π and r = sin(0.6 π/2), here the squared loading.
    let even = LatentRater::agreeing(&[0.5, 0.5], quadratic, 0.6).unwrap();
    close(even.loading().powi(2), (0.3 * std::f64::consts::PI).sin(), 2e-3);
}

#[test]
fn a_judge_who_sees_less_than_humans_do() {
    let human = LatentRater::agreeing(&HARM, quadratic, 0.6).unwrap();
    let judge = LatentRater::agreeing_with(&human, &HARM, quadratic, 0.5).unwrap();
    assert!(judge.loading() < human.loading());
    let most = LatentRater::agreeing_with(&human, &HARM, quadratic, 0.9).unwrap_err();
    assert!(
        matches!(most, ExpectationError::Unattainable { most, .. } if most < 0.85),
        "no judge agrees more with a human than one without error: {most}"
    );
    let population = Population::latent(&[human.clone(), human, judge]).unwrap();
    let (ours, ceiling) = ([(2, 0), (2, 1)], [(0, 1)]);
    let difference = Statistic::PairsDifference(PairCoefficient::KappaQuadratic, &ours, &ceiling);
    let mut study = RatedStudy::new(&population, &difference, Clusters::Independent).unwrap();
    let goal = Goal::Above { value: -0.25, power: 0.8 };
    let some = Simulation { samples: 1_000, seed: 1 };
    let plan =
        plan_study(&mut study, -0.1, goal, 100, some, |_| ControlFlow::Continue(())).unwrap();
    let others = Simulation { samples: 2_000, seed: 2 };
    let kept = outlook(&mut study, plan.units(), others, |_| ControlFlow::Continue(())).unwrap();
    close(kept.kept(goal), 0.8, 0.045);
}

#[test]
fn more_raters_need_fewer_items() {
    let rater = LatentRater::agreeing(&HARM, quadratic, 0.6).unwrap();
    let items = |raters: usize| {
        let population = Population::latent(&vec![rater.clone(); raters]).unwrap();
        assert_eq!(population.raters(), raters);
        let alpha = Statistic::KrippendorffAlpha(agreement::Distance::Ordinal);
        let mut study = RatedStudy::new(&population, &alpha, Clusters::Independent).unwrap();
        let goal = Goal::HalfWidth { width: 0.2, assurance: 0.8 };
        let some = Simulation { samples: 400, seed: 1 };
        let go = |_| ControlFlow::Continue(());
        plan_study(&mut study, 0.6, goal, 60, some, go).unwrap().units()
    };
    let (two, three) = (items(2), items(3));
    assert!(three < two && three > two / 3, "{two} and {three}");
    let six = vec![LatentRater::new(&[0.125; 8], 0.8).unwrap(); 6];
    assert!(matches!(Population::latent(&six), Err(ExpectationError::Ways { raters: 6, .. })));
}
