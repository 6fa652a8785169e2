//! Plans: against the standard errors and powers that the planned numbers of items then have.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use std::ops::ControlFlow;

use agreement::{
    ContingencyTable, Draw, Goal, Measure, Multinomial, PlanError, Progress, Simulation, Undefined,
    Weights, cohen_kappa, design_effect, gwet_ac1, plan_by_simulation, plan_kappa,
    precision_by_simulation, precision_of_kappa,
};
use common::{close, new_orleans, table, winnipeg};

const MANY: Simulation = Simulation { samples: 2_000, seed: 1 };

fn linear(table: &ContingencyTable) -> Measure {
    cohen_kappa(table, Weights::Linear)
}

fn on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// A table of the planned size with the expected ratios has the wanted half-width.
#[test]
fn the_planned_items_give_the_half_width() {
    let width = 0.05;
    let planned = plan_kappa(&winnipeg(), Weights::Linear, Goal::HalfWidth(width), 1.0).unwrap();
    let per_item = linear(&winnipeg()).se().unwrap() * 149f64.sqrt();
    let needed = (1.959963984540054 * per_item / width).powi(2);
    assert_eq!(planned.items, needed.ceil() as u64);
    assert!(1.959963984540054 * planned.se <= width);
    close(planned.expected, 0.3797305479866787, 1e-12);
    let clustered = plan_kappa(&winnipeg(), Weights::Linear, Goal::HalfWidth(width), 1.5).unwrap();
    close(clustered.items as f64 / planned.items as f64, 1.5, 0.002);
}

/// Of 2,000 samples of the planned size about 80 % have a kappa significantly above the bound.
#[test]
fn the_planned_items_give_the_power() {
    let goal = Goal::Power { null: 0.3, power: 0.8 };
    let expected = new_orleans();
    let planned = plan_kappa(&expected, Weights::Linear, goal, 1.0).unwrap();
    let weights = expected.rows().flatten().copied().collect::<Vec<_>>();
    let (multinomial, mut draw) = (Multinomial::new(&weights), Draw::new(9, 0));
    let mut counts = vec![0; 16];
    let significant = (0..2_000)
        .filter(|_| {
            multinomial.draw(planned.items, &mut draw, &mut counts, &mut Vec::new());
            let rows = counts.chunks(4).map(Vec::from).collect();
            let kappa = linear(&ContingencyTable::from_rows(rows).unwrap());
            kappa.interval().unwrap().lo > 0.3
        })
        .count();
    close(significant as f64 / 2_000.0, 0.8, 0.04);
}

#[test]
fn simulation_and_formula_agree_for_many_items() {
    for goal in [Goal::HalfWidth(0.06), Goal::Power { null: 0.25, power: 0.9 }] {
        let formula = plan_kappa(&winnipeg(), Weights::Linear, goal, 1.2).unwrap();
        let simulated = plan_by_simulation(&winnipeg(), linear, goal, 1.2, MANY, on).unwrap();
        close(simulated.items as f64 / formula.items as f64, 1.0, 0.1);
        assert_eq!(plan_by_simulation(&winnipeg(), linear, goal, 1.2, MANY, on), Ok(simulated));
    }
    let goal = Goal::HalfWidth(0.05);
    let ac1 = plan_by_simulation(&winnipeg(), gwet_ac1, goal, 1.0, MANY, on).unwrap();
    let per_item = gwet_ac1(&winnipeg()).se().unwrap() * 149f64.sqrt();
    close(ac1.items as f64 / (1.96 * per_item / 0.05).powi(2), 1.0, 0.1);
}

#[test]
fn the_simulation_tells_its_progress_and_stops() {
    let goal = Goal::HalfWidth(0.1);
    let mut seen = Vec::new();
    let stopped = plan_by_simulation(&winnipeg(), linear, goal, 1.0, MANY, |progress| {
        seen.push(progress.done);
        assert!(progress.done <= progress.most);
        if seen.len() == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((stopped, seen), (Err(PlanError::Stopped), vec![100, 200, 300]));
}

#[test]
fn goals_that_cannot_be() {
    let plan = |goal, effect| plan_kappa(&winnipeg(), Weights::Linear, goal, effect);
    let simulate = |goal, effect| plan_by_simulation(&winnipeg(), linear, goal, effect, MANY, on);
    for width in [0.0, -0.1, f64::INFINITY] {
        assert_eq!(plan(Goal::HalfWidth(width), 1.0), Err(PlanError::HalfWidth(width)));
    }
    assert!(plan(Goal::HalfWidth(f64::NAN), 1.0).is_err());
    for power in [0.0, 0.05, 1.0, 2.0] {
        let goal = Goal::Power { null: 0.1, power };
        assert_eq!(plan(goal, 1.0), Err(PlanError::Power(power)));
        assert_eq!(simulate(goal, 1.0), Err(PlanError::Power(power)));
    }
    let above = Goal::Power { null: 0.5, power: 0.8 };
    assert!(matches!(plan(above, 1.0), Err(PlanError::Null { null: 0.5, .. })));
    assert_eq!(plan(Goal::HalfWidth(0.1), 0.9), Err(PlanError::DesignEffect(0.9)));
    assert_eq!(plan(Goal::HalfWidth(1e-9), 1.0), Err(PlanError::TooMany));
}

#[test]
fn expectations_that_give_no_plan() {
    let goal = Goal::HalfWidth(0.1);
    for (expected, reason) in [
        (table([[9, 0], [0, 0]]), Undefined::OneLevel),
        (table([[9, 3], [0, 0]]), Undefined::ConstantRater),
        (table([[9, 0], [0, 3]]), Undefined::CompleteAgreement),
        (table([[0, 0], [0, 0]]), Undefined::NoSharedItems),
    ] {
        let found = plan_kappa(&expected, Weights::Identity, goal, 1.0);
        assert_eq!(found, Err(PlanError::Expected(reason)));
    }
    let agreed = table([[9, 0], [0, 3]]);
    let found = plan_by_simulation(&agreed, gwet_ac1, goal, 1.0, MANY, on);
    assert_eq!(found, Err(PlanError::Expected(Undefined::NoVariation)));
}

/// The reverse question gives back what was planned.
#[test]
fn what_the_planned_items_will_show() {
    let expected = winnipeg();
    for effect in [1.0, 1.7] {
        let goal = Goal::HalfWidth(0.05);
        let planned = plan_kappa(&expected, Weights::Linear, goal, effect).unwrap();
        let shown = precision_of_kappa(&expected, Weights::Linear, planned.items, effect).unwrap();
        close(shown.se, planned.se, 1e-15);
        close(shown.half_width, 0.05, 1e-4);
        assert!(shown.half_width <= 0.05);
        let items = planned.items;
        let simulated =
            precision_by_simulation(&expected, linear, items, effect, MANY, on).unwrap();
        close(simulated.half_width / shown.half_width, 1.0, 0.05);
        assert_eq!((simulated.items, simulated.design_effect), (items, effect));
    }
    let goal = Goal::Power { null: 0.25, power: 0.9 };
    let planned = plan_kappa(&expected, Weights::Linear, goal, 1.0).unwrap();
    let shown = precision_of_kappa(&expected, Weights::Linear, planned.items, 1.0).unwrap();
    close(shown.power(0.25).unwrap(), 0.9, 0.002);
    assert!(matches!(shown.power(0.5), Err(PlanError::Null { null: 0.5, .. })));
    let few = |items, effect| precision_of_kappa(&expected, Weights::Linear, items, effect);
    assert_eq!(few(1, 1.0), Err(PlanError::Items(1)));
    assert_eq!(few(3, 2.0), Err(PlanError::Items(3)));
    assert_eq!(few(9, 0.5), Err(PlanError::DesignEffect(0.5)));
    let stop = |_| ControlFlow::Break(());
    let stopped = precision_by_simulation(&expected, linear, 50, 1.0, MANY, stop);
    assert_eq!(stopped, Err(PlanError::Stopped));
    let too_few = Simulation { samples: 99, seed: 1 };
    let refused = precision_by_simulation(&expected, linear, 50, 1.0, too_few, on);
    assert_eq!(refused, Err(PlanError::Samples(99)));
}

#[test]
fn the_design_effect_of_clusters() {
    close(design_effect(4.0, 0.1).unwrap(), 1.3, 1e-15);
    close(design_effect(1.0, 0.9).unwrap(), 1.0, 0.0);
    assert_eq!(design_effect(0.5, 0.1), Err(PlanError::ClusterItems(0.5)));
    assert_eq!(design_effect(4.0, -0.1), Err(PlanError::Correlation(-0.1)));
    assert!(design_effect(f64::NAN, 0.1).is_err() && design_effect(4.0, f64::NAN).is_err());
}
