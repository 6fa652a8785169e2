//! How many items a study needs: `cargo run --release -p agreement --example plan`.
//!
//! Two raters are expected to use five grades with these shares and to agree with a quadratic kappa of
//! 0.6. How many items make the interval at most ± 0.15, in four of five studies?

use agreement::{
    Clusters, Disagreements, Goal, Population, RatedStudy, Simulation, Statistic, Weights,
    cohen_kappa, expected_table, plan_study,
};
use std::error::Error;
use std::ops::ControlFlow;

const SHARES: [f64; 5] = [0.45, 0.25, 0.15, 0.10, 0.05];
const KAPPA: f64 = 0.6;

fn main() -> Result<(), Box<dyn Error>> {
    let kappa = |table: &_| cohen_kappa(table, Weights::Quadratic);
    let expected = expected_table(&SHARES, &SHARES, Disagreements::Near, kappa, KAPPA)?;
    let (population, statistic) =
        (Population::of_table(&expected), Statistic::CohenKappa(Weights::Quadratic));
    let goal = Goal::HalfWidth { width: 0.15, assurance: 0.8 };
    let simulation = Simulation { samples: 2_000, seed: 1 };

    for (name, items, clusters) in [
        ("independent items", 1.0, Clusters::Independent),
        ("clusters of five", 5.0, Clusters::Alike { items: 5.0, correlation: 0.2 }),
    ] {
        let mut study = RatedStudy::new(&population, &statistic, clusters)?;
        let on = |_| ControlFlow::Continue(());
        let plan = plan_study(&mut study, KAPPA, goal, 100, simulation, on)?;
        let (units, kept) = (plan.units(), plan.kept(goal));
        println!("{name}: {} items, which keep the goal in {kept:.2}", units as f64 * items);
    }
    Ok(())
}
