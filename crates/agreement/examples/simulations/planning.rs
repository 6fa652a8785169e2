//! Whether plans keep their promise: `cargo run --release -p agreement --example planning`.
//!
//! For two raters the number of items planned by formula and by simulation of the printed interval, and
//! how many of 20,000 other studies of that size then keep the goal; then the same of simulated plans for
//! other studies. The tables are in docs/statistics.md.

use std::ops::ControlFlow;

use agreement::{
    Clusters, ContingencyTable, Disagreements, Distance, Goal, KappaFormula, LatentRater, Levels,
    Measure, PairCoefficient, Population, RatedStudy, Simulation, Statistic, Weights, cohen_kappa,
    expected_table, outlook, plan_study,
};

/// Studies that chose nothing.
const CHECK: Simulation = Simulation { samples: 20_000, seed: 20_261_128 };
const PLAN: Simulation = Simulation { samples: 10_000, seed: 1 };
const KAPPA: f64 = 0.6;
const Z: f64 = 1.959_963_985;

fn kappa(table: &ContingencyTable) -> Measure {
    cohen_kappa(table, Weights::Quadratic)
}

/// The formula with one standard error, that at the expected table, for both goals.
fn one_error(formula: &KappaFormula, goal: Goal) -> u64 {
    let times = match goal {
        Goal::HalfWidth { width, .. } => Z / width,
        Goal::Above { value, power } | Goal::Below { value, power } => {
            let quantile = if power > 0.85 { 1.281_551_566 } else { 0.841_621_234 };
            (Z + quantile) / (KAPPA - value)
        }
    };
    (formula.se(1) * times).powi(2).ceil() as u64
}

fn row(name: &str, shares: &[f64], goal: Goal) -> Result<String, Box<dyn std::error::Error>> {
    let table = expected_table(shares, shares, Disagreements::Anywhere, kappa, KAPPA)?;
    let formula = KappaFormula::new(&table, Weights::Quadratic, 1.0)?;
    let (population, statistic) =
        (Population::of_table(&table), Statistic::CohenKappa(Weights::Quadratic));
    let mut study = RatedStudy::new(&population, &statistic, Clusters::Independent)?;
    let both = formula.items(goal)?;
    let go = |_| ControlFlow::Continue(());
    let planned = plan_study(&mut study, KAPPA, goal, both, PLAN, go)?.units();
    let (mut line, mut median) = (format!("| {name} |"), 0.0);
    for items in [one_error(&formula, goal), both, planned] {
        let found = outlook(&mut study, items, CHECK, go)?;
        line += &format!(" {items} | {:.3} |", found.kept(goal));
        median = found.half_width(0.5);
    }
    Ok(line + &format!(" ±{median:.3} |"))
}

/// A plan with fewer samples, as it is made where a study costs more.
fn other(
    name: &str,
    population: &Population,
    statistic: &Statistic,
    clusters: Clusters,
    (expected, goal): (f64, Goal),
) -> Result<(), Box<dyn std::error::Error>> {
    let mut study = RatedStudy::new(population, statistic, clusters)?;
    let (plan, check) =
        (Simulation { samples: 2_500, ..PLAN }, Simulation { samples: 5_000, ..CHECK });
    let go = |_| ControlFlow::Continue(());
    let planned = plan_study(&mut study, expected, goal, 100, plan, go)?;
    let kept = outlook(&mut study, planned.units(), check, go)?.kept(goal);
    println!("| {name} | {} | {:.3} | {kept:.3} |", planned.units(), planned.kept(goal));
    Ok(())
}

fn missed(levels: Levels<'_>) -> Option<f64> {
    (levels.of(0)? == 1).then(|| f64::from(u8::from(levels.of(1) == Some(0))))
}

fn others() -> Result<(), Box<dyn std::error::Error>> {
    let shares = [0.45, 0.25, 0.15, 0.10, 0.05];
    let (above, width) =
        (Goal::Above { value: 0.4, power: 0.8 }, Goal::HalfWidth { width: 0.15, assurance: 0.8 });
    println!("\n| case | size | said | kept |\n| --- | --- | --- | --- |");
    let table = expected_table(&shares, &shares, Disagreements::Anywhere, kappa, KAPPA)?;
    let population = Population::of_table(&table);
    let quadratic = Statistic::CohenKappa(Weights::Quadratic);
    for (items, correlation) in [(5.0, 0.1), (5.0, 0.3), (20.0, 0.1)] {
        let clusters = Clusters::Alike { items, correlation };
        for (goal, words) in [(above, "above .4"), (width, "±.15")] {
            let name = format!("scenarios of {items}, correlation {correlation}; kappa {words}");
            other(&name, &population, &quadratic, clusters, (KAPPA, goal))?;
        }
    }
    let rater = LatentRater::agreeing(&shares, kappa, KAPPA)?;
    let alpha = Statistic::KrippendorffAlpha(Distance::Ordinal);
    for raters in [3, 6] {
        let population = Population::latent(&vec![rater.clone(); raters])?;
        let name = format!("{raters} raters; ordinal alpha ±.15");
        other(&name, &population, &alpha, Clusters::Independent, (KAPPA, width))?;
    }
    let judge = LatentRater::agreeing_with(&rater, &shares, kappa, 0.55)?;
    let three = Population::latent(&[rater.clone(), rater, judge])?;
    let difference =
        Statistic::PairsDifference(PairCoefficient::KappaQuadratic, &[(2, 0), (2, 1)], &[(0, 1)]);
    let goal = Goal::Above { value: -0.15, power: 0.8 };
    let name = "judge .55, humans .6; difference above -.15";
    other(name, &three, &difference, Clusters::Independent, (-0.05, goal))?;
    let rows = vec![vec![700, 0], vec![30, 270]];
    let population = Population::of_table(&ContingencyTable::from_rows(rows)?);
    let rate = Statistic::Share(&missed);
    for (clusters, words) in [
        (Clusters::Independent, "items"),
        (Clusters::Alike { items: 5.0, correlation: 0.2 }, "scenarios of 5, correlation .2"),
    ] {
        let below = Goal::Below { value: 0.2, power: 0.8 };
        let name = format!("miss rate .1 of 30 % with harm, below .2; {words}");
        other(&name, &population, &rate, clusters, (0.1, below))?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!(
        "| case | one SE: items | kept | both SE: items | kept | simulated: items | kept | median |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for (name, shares) in [
        ("2 levels, even", &[0.5, 0.5][..]),
        ("2 levels, .7/.3", &[0.7, 0.3]),
        ("2 levels, .9/.1", &[0.9, 0.1]),
        ("5 levels, even", &[0.2; 5]),
        ("5 levels, skewed", &[0.45, 0.25, 0.15, 0.10, 0.05]),
        ("5 levels, one in .80", &[0.80, 0.08, 0.06, 0.04, 0.02]),
    ] {
        for probability in [0.8, 0.9] {
            let above = Goal::Above { value: 0.4, power: probability };
            println!("{}", row(&format!("{name}; above .4, power {probability}"), shares, above)?);
            let width = Goal::HalfWidth { width: 0.15, assurance: probability };
            println!("{}", row(&format!("{name}; ±.15, assurance {probability}"), shares, width)?);
        }
    }
    others()
}
