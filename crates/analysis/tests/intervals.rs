//! What intervals take to be independent.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use agreement::{
    ContingencyTable, Method, ProportionInterval, Resampling, Weights, bootstrap_clusters_kappa,
    bootstrap_kappa, proportion,
};
use analysis::{AgreementReport, CompareError, Effort, Intervals, compare};
use std::cell::Cell;
use std::ops::ControlFlow;
use study::{Grade, Place, RaterScores};
use support::{effort, graded};

const FIRST: [Grade; 24] = [0, 0, 1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 1, 1, 2, 2, 1, 0, 0, 1, 2, 0, 1];
const SECOND: [Grade; 24] =
    [0, 1, 1, 2, 1, 1, 0, 0, 2, 2, 2, 0, 0, 0, 1, 2, 1, 1, 1, 0, 1, 2, 0, 2];

/// The same grades, item i in scenario i modulo `scenarios`.
fn placed(name: &str, grades: &[Grade], scenarios: usize) -> RaterScores {
    let mut scores = graded(name, grades);
    for item in 0..grades.len() {
        let place = Place { scenario: format!("s{}", item % scenarios), ..Place::default() };
        scores.places.insert(item.to_string(), place);
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

#[test]
fn scenarios_that_repeat_and_are_enough_are_resampled_whole() {
    let report = report(12, Intervals::Auto);
    let axis = &report.axes["tone"];
    assert_eq!(axis.measures.intervals, Intervals::Scenarios);
    assert_eq!(axis.measures.scenarios, Some(12));
    let clusters: Vec<_> =
        ["s0", "s1", "s10", "s11", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9"]
            .map(|name| name[1..].parse::<usize>().unwrap())
            .map(|scenario| table([scenario, scenario + 12].into_iter()))
            .into();
    let expected = bootstrap_clusters_kappa(&clusters, Weights::Quadratic, Resampling::new(400, 7));
    let expected = expected.unwrap().measure(Method::BootstrapBca);
    assert_eq!(axis.measures.kappa_quadratic.0, expected);
    assert_eq!(report.resampling.unwrap().seed, 7, "the seed is in the report");
    assert_eq!(report.cautions, [""; 0]);
}

#[test]
fn few_scenarios_leave_the_formula_and_a_caution() {
    let report = report(9, Intervals::Auto);
    assert_eq!(report.axes["tone"].measures.intervals, Intervals::Formula);
    assert_eq!(report.resampling, None);
    assert_eq!(
        report.cautions,
        [
            "The items answer 9 scenarios, too few to resample (at least 10): the intervals take items \
          as independent, and may be too short."
        ]
    );
}

#[test]
fn scenarios_with_one_item_each_need_no_resampling() {
    let report = report(24, Intervals::Auto);
    assert_eq!(report.axes["tone"].measures.intervals, Intervals::Formula);
    assert_eq!(report.cautions, [""; 0]);
}

#[test]
fn what_is_asked_for_by_name_is_done() {
    let kappa = |intervals| report(12, intervals).axes["tone"].measures.kappa_quadratic.0.clone();
    let items = bootstrap_kappa(&table(0..24), Weights::Quadratic, Resampling::new(400, 7));
    assert_eq!(kappa(Intervals::Items), items.unwrap().measure(Method::BootstrapBca));
    let formula = agreement::cohen_kappa(&table(0..24), Weights::Quadratic);
    assert_eq!(kappa(Intervals::Formula), formula);
    let all = [Intervals::Items, Intervals::Formula, Intervals::Scenarios].map(kappa);
    assert!(all.iter().all(|kappa| kappa.estimate() == formula.estimate()));
}

#[test]
fn agreement_on_every_item_has_wilsons_interval_with_scenarios_for_trials() {
    let (first, second) = (placed("A", &FIRST, 12), placed("B", &FIRST, 12));
    let exact = |intervals| {
        let report = compare(&first, &second, false, effort(intervals)).unwrap();
        report.axes["tone"].measures.exact.0.clone()
    };
    assert_eq!(exact(Intervals::Scenarios), proportion(12, 12, ProportionInterval::Wilson));
    assert_eq!(exact(Intervals::Items), proportion(24, 24, ProportionInterval::Wilson));
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
    let effort = |step| Effort { step, ..support::effort(Intervals::Auto) };
    let (first, second) = (placed("A", &FIRST, 12), placed("B", &SECOND, 12));
    compare(&first, &second, false, effort(&step)).unwrap();
    let (done, all) = told.get();
    assert!(done >= 1 && done <= all, "{done} of {all}");

    let stop = |_, _| ControlFlow::Break(());
    assert_eq!(compare(&first, &second, false, effort(&stop)), Err(CompareError::Stopped));
}
