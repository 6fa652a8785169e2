//! What intervals treat as independent.

use crate::support::{effort, graded};
use agreement::{
    ContingencyTable, Method, ProportionInterval, RatedItem, RatedItems, Resampling, Statistic,
    Undefined, Unseen, Weights, bootstrap_clusters_kappa, bootstrap_kappa, proportion,
};
use analysis::{AgreementReport, CompareError, Effort, Intervals, compare};
use std::cell::Cell;
use std::ops::ControlFlow;
use study::{Grade, ItemDesign, RaterScores};

const FIRST: [Grade; 24] = [0, 0, 1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 1, 1, 2, 2, 1, 0, 0, 1, 2, 0, 1];
const SECOND: [Grade; 24] =
    [0, 1, 1, 2, 1, 1, 0, 0, 2, 2, 2, 0, 0, 0, 1, 2, 1, 1, 1, 0, 1, 2, 0, 2];

/// The same grades, item i in scenario i modulo `scenarios`.
fn placed(name: &str, grades: &[Grade], scenarios: usize) -> RaterScores {
    let mut scores = graded(name, grades);
    for item in 0..grades.len() {
        let design =
            ItemDesign { scenario: format!("s{}", item % scenarios), ..ItemDesign::default() };
        scores.designs.insert(item.to_string(), design);
    }
    scores
}

fn report(scenarios: usize, intervals: Intervals) -> AgreementReport {
    let (first, second) = (placed("A", &FIRST, scenarios), placed("B", &SECOND, scenarios));
    compare(&first, &second, false, effort(intervals)).unwrap()
}

fn table(items: impl Iterator<Item = usize>) -> ContingencyTable {
    let mut table = ContingencyTable::empty(3).unwrap();
    for item in items {
        table.record(FIRST[item] as usize, SECOND[item] as usize).unwrap();
    }
    table
}

/// The items as the engine takes them, in scenarios or apart.
fn rated(cluster: impl Fn(usize) -> usize) -> RatedItems {
    let item = |item: usize| {
        let level = |grades: &[Grade]| Some(grades[item] as usize);
        RatedItem::new(cluster(item), vec![level(&FIRST), level(&SECOND)])
    };
    RatedItems::new(2, 3, (0..24).map(item)).unwrap()
}

const KAPPA: Statistic<'static> = Statistic::CohenKappa(Weights::Quadratic);

#[test]
fn a_kappa_that_a_constant_rater_makes_0_has_a_caution_beside_its_interval() {
    let cautions = |second: &[Grade]| {
        let (first, second) = (graded("A", &FIRST), graded("B", second));
        let report = compare(&first, &second, false, effort(Intervals::Auto)).unwrap();
        report.axes["tone"].findings.join("\n")
    };
    let said = cautions(&[1; 24]);
    assert!(said.contains("B gave every item 1"), "{said}");
    assert!(
        said.contains("One rater gave every item the same grade, so kappa is 0 whatever"),
        "{said}"
    );
    assert!(!cautions(&SECOND).contains("kappa is 0 whatever"));
}

#[test]
fn strata_in_which_a_rater_is_constant_have_the_same_caution() {
    let placed = |name: &str, grades: &[Grade]| {
        let mut scores = placed(name, grades, 24);
        for (item, design) in &mut scores.designs {
            let item: usize = item.parse().unwrap();
            design.model = Some(["m", "n", "o"][item / 8].into());
        }
        scores
    };
    let second: Vec<Grade> =
        (0..24).map(|item| if item / 8 == 1 { SECOND[item] } else { 1 }).collect();
    let (first, second) = (placed("A", &FIRST), placed("B", &second));
    let report = compare(&first, &second, false, effort(Intervals::Auto)).unwrap();
    let [said] = &report.strata[0].findings[..] else { panic!("{:?}", report.strata) };
    assert!(
        said.starts_with("m, o: One rater gave every item the same grade, so kappa is 0 whatever"),
        "{said}"
    );
    let even = compare(&placed("A", &FIRST), &placed("B", &SECOND), false, effort(Intervals::Auto));
    assert_eq!(even.unwrap().strata[0].findings, [""; 0]);
}

#[test]
fn scenarios_that_repeat_are_what_the_default_interval_takes_as_independent() {
    for scenarios in [3, 9, 12] {
        let report = report(scenarios, Intervals::Auto);
        let axis = &report.axes["tone"];
        assert_eq!(axis.measures.intervals, Intervals::Scenarios);
        assert_eq!(axis.measures.scenarios, Some(scenarios));
        let expected = rated(|item| item % scenarios).measure(&KAPPA, Unseen::OneStep);
        let found = &axis.measures.kappa_quadratic.0;
        assert_eq!(found.interval(), expected.interval(), "no switch at 10 scenarios");
        assert_eq!(found.se(), expected.se(), "the jackknife's over scenarios");
        assert_eq!(found.interval().unwrap().method, Method::AugmentedJackknife);
        assert!(found.interval().unwrap().plain.is_some(), "the plain jackknife is beside it");
        assert_eq!(report.resampling, None, "nothing is drawn");
        assert_eq!(report.cautions, [""; 0]);
    }
}

#[test]
fn two_scenarios_leave_intervals_for_their_items_and_a_caution() {
    let report = report(2, Intervals::Auto);
    let measures = &report.axes["tone"].measures;
    assert_eq!(measures.intervals, Intervals::Items);
    let expected = rated(|item| item).interval(&KAPPA, Unseen::OneStep).unwrap();
    assert_eq!(measures.kappa_quadratic.0.interval(), Some(&expected));
    assert_eq!(
        report.cautions,
        [
            "The items answer 2 scenarios, too few to see how scenarios vary: the intervals treat items as \
          independent and speak of these scenarios only."
        ]
    );
}

#[test]
fn items_are_independent_where_each_has_a_scenario_of_its_own() {
    let report = report(24, Intervals::Auto);
    let measures = &report.axes["tone"].measures;
    assert_eq!(measures.intervals, Intervals::Items);
    let formula = agreement::cohen_kappa(&table(0..24), Weights::Quadratic);
    assert_eq!(measures.kappa_quadratic.0.se(), formula.se(), "the analytic one, as published");
    assert_eq!(report.cautions, [""; 0]);
}

#[test]
fn the_two_framings_of_a_pair_are_one_cluster() {
    let paired = |name: &str, grades: &[Grade]| {
        let mut scores = placed(name, grades, 12);
        for design in scores.designs.values_mut() {
            let number: usize = design.scenario[1..].parse().unwrap();
            design.pair = Some(format!("p{}", number % 6));
        }
        scores
    };
    let (first, second) = (paired("A", &FIRST), paired("B", &SECOND));
    let report = compare(&first, &second, false, effort(Intervals::Auto)).unwrap();
    let expected = rated(|item| item % 6).interval(&KAPPA, Unseen::OneStep).unwrap();
    assert_eq!(report.axes["tone"].measures.kappa_quadratic.0.interval(), Some(&expected));
}

#[test]
fn what_is_asked_for_by_name_is_done() {
    let kappa = |intervals| report(12, intervals).axes["tone"].measures.kappa_quadratic.0.clone();
    let items = bootstrap_kappa(&table(0..24), Weights::Quadratic, Resampling::new(400, 7));
    let items = items.unwrap().measure(Method::BootstrapBca);
    let close = |found: &agreement::Measure, known: &agreement::Measure| {
        let bounds = |measure: &agreement::Measure| {
            let interval = measure.interval().unwrap();
            [measure.se().unwrap(), interval.lo, interval.hi]
        };
        bounds(found).iter().zip(bounds(known)).all(|(a, b)| (a - b).abs() < 1e-12)
    };
    assert!(close(&kappa(Intervals::Items), &items), "the draws of the table's bootstrap");
    let clusters: Vec<_> =
        (0..12).map(|scenario| table([scenario, scenario + 12].into_iter())).collect();
    let drawn = bootstrap_clusters_kappa(&clusters, Weights::Quadratic, Resampling::new(400, 7));
    let drawn = drawn.unwrap().measure(Method::BootstrapBca);
    assert!((kappa(Intervals::Scenarios).se().unwrap() / drawn.se().unwrap() - 1.0).abs() < 0.15);
    let formula = agreement::cohen_kappa(&table(0..24), Weights::Quadratic);
    assert_eq!(kappa(Intervals::Formula), formula);
    let plain = rated(|item| item % 12).plain_interval(&KAPPA).unwrap();
    assert_eq!(kappa(Intervals::Plain).interval(), Some(&plain));
    let cautious = rated(|item| item % 12).interval(&KAPPA, Unseen::AnyDistance).unwrap();
    assert_eq!(kappa(Intervals::Cautious).interval(), Some(&cautious));
}

#[test]
fn few_scenarios_are_not_resampled() {
    let kappa = report(9, Intervals::Scenarios).axes["tone"].measures.kappa_quadratic.0.clone();
    assert_eq!(kappa.undefined(), Some(Undefined::FewClusters { clusters: 9, needed: 10 }));
    assert!(kappa.estimate().is_some(), "the estimate stands");
}

#[test]
fn agreement_on_every_item_has_the_default_interval_where_resampling_shows_no_spread() {
    let (first, second) = (placed("A", &FIRST, 12), placed("B", &FIRST, 12));
    let exact = |intervals| {
        let report = compare(&first, &second, false, effort(intervals)).unwrap();
        report.axes["tone"].measures.exact.0.clone()
    };
    assert_eq!(exact(Intervals::Scenarios), exact(Intervals::Auto));
    let interval = exact(Intervals::Auto).interval().cloned().unwrap();
    assert_eq!(interval.method, Method::WilsonDesignEffect);
    let of_items = proportion(24, 24, ProportionInterval::Wilson);
    assert!(interval.lo < of_items.interval().unwrap().lo, "scenarios say less than their items");
}

#[test]
fn scenarios_that_no_file_names_cannot_be_resampled() {
    let outcome =
        compare(&graded("A", &[0, 1]), &graded("B", &[0, 1]), false, effort(Intervals::Scenarios));
    assert_eq!(outcome, Err(CompareError::NoScenarios));
}

#[test]
fn the_work_tells_its_steps_and_can_be_stopped() {
    let told = Cell::new((0, 0));
    let step = |done, all| {
        told.set((done, all));
        ControlFlow::Continue(())
    };
    let effort = |step| Effort { step, ..crate::support::effort(Intervals::Auto) };
    let (first, second) = (placed("A", &FIRST, 12), placed("B", &SECOND, 12));
    compare(&first, &second, false, effort(&step)).unwrap();
    let (done, all) = told.get();
    assert!(done >= 1 && done <= all, "{done} of {all}");

    let stop = |_, _| ControlFlow::Break(());
    assert_eq!(compare(&first, &second, false, effort(&stop)), Err(CompareError::Stopped));
}
