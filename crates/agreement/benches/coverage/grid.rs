//! Populations and designs of which the set-ups are made.

use crate::design::{Chosen, Design, Sizes};
use crate::population::{Population, Unlike};

/// The shares of grades.
pub const PREVALENCES: [&str; 3] = ["even", "skewed", "rare"];

/// The noise of raters, for severities of variance 1; correlations of .25, .6, .85 and .98.
pub const AGREEMENTS: [(&str, f64); 4] =
    [("low", 1.73), ("moderate", 0.82), ("high", 0.42), ("near perfect", 0.143)];

pub const LOW: (&str, f64) = AGREEMENTS[0];
pub const MODERATE: (&str, f64) = AGREEMENTS[1];
pub const HIGH: (&str, f64) = AGREEMENTS[2];
pub const NEAR: (&str, f64) = AGREEMENTS[3];

fn shares(grades: usize, prevalence: &str) -> &'static [f64] {
    match (grades, prevalence) {
        (2, "even") => &[0.5, 0.5],
        (2, "skewed") => &[0.75, 0.25],
        (2, _) => &[0.92, 0.08],
        (3, "even") => &[0.34, 0.33, 0.33],
        (3, _) => &[0.9, 0.07, 0.03],
        (4, "even") => &[0.25, 0.25, 0.25, 0.25],
        (4, _) => &[0.9, 0.05, 0.03, 0.02],
        (5, "even") => &[0.2, 0.2, 0.2, 0.2, 0.2],
        (5, "skewed") => &[0.55, 0.2, 0.12, 0.08, 0.05],
        (5, _) => &[0.9, 0.05, 0.03, 0.015, 0.005],
        (_, "even") => &[0.16, 0.14, 0.14, 0.14, 0.14, 0.14, 0.14],
        (_, _) => &[0.85, 0.05, 0.04, 0.03, 0.015, 0.01, 0.005],
    }
}

/// Two raters of independent items.
pub fn pair(grades: usize, prevalence: &str, (agreement, noise): (&str, f64)) -> Population {
    Population {
        name: format!("{grades} grades, {prevalence}, {agreement}"),
        shares: shares(grades, prevalence),
        raters: 2,
        noise,
        scenario: 0.5,
        framing: 0.0,
        view: 0.0,
        slip: 0.0,
        judge: None,
        unlike: Unlike::Nowhere,
        graders: None,
        missing: 0.0,
    }
}

pub fn named(population: Population, more: &str) -> Population {
    Population { name: format!("{}, {more}", population.name), ..population }
}

pub fn independent(items: &[usize]) -> Vec<(String, Design)> {
    let design = |&scenarios: &usize| {
        let design = Design { scenarios, items: 1, sizes: Sizes::Equal, chosen: Chosen::All };
        (format!("{scenarios} items"), design)
    };
    items.iter().map(design).collect()
}

pub fn clustered(scenarios: &[usize], items: usize, sizes: Sizes) -> Vec<(String, Design)> {
    let design = |&scenarios: &usize| {
        let design = Design { scenarios, items, sizes, chosen: Chosen::All };
        (format!("{scenarios} × {items}"), design)
    };
    scenarios.iter().map(design).collect()
}

/// Raters with views of their own of each scenario, where `view` is above 0.
pub fn with_view(population: Population, view: f64) -> Population {
    if view > 0.0 { Population { view, ..named(population, "own views") } } else { population }
}
