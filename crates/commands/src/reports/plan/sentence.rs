//! The plan in words that can be in a protocol.

use super::{
    ItemsPlanned, PlanClusters, PlanDisagreements, PlanExpected, PlanGoal, PlanItems, PlanMethod,
};

/// What was planned, on which assumptions and how.
pub(super) fn sentence(plan: &PlanItems, planned: &ItemsPlanned) -> String {
    let parts = [
        conclusion(plan, planned),
        assumption(plan, planned),
        clusters(plan, planned),
        method(plan, planned),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn conclusion(plan: &PlanItems, planned: &ItemsPlanned) -> String {
    let (name, items) = (plan.coefficient.name(), planned.items);
    let median = number(planned.half_width);
    match plan.goal {
        PlanGoal::HalfWidth { width, .. } if planned.method == PlanMethod::Formula => format!(
            "To estimate {name} with a 95 % confidence interval of about ±{}, {items} items have to \
             be rated by both raters.",
            number(width)
        ),
        PlanGoal::HalfWidth { width, assurance } => format!(
            "To estimate {name} with a 95 % confidence interval of at most ±{}, with a probability \
             of {} %, {items} items have to be rated by both raters; the median half-width is then \
             ±{median}.",
            number(width),
            chance(assurance)
        ),
        PlanGoal::Power { null, power } => format!(
            "To show with a power of {} % that {name} exceeds {} (its 95 % confidence interval lies \
             above it), {items} items have to be rated by both raters.",
            chance(power),
            number(null)
        ),
        PlanGoal::Items { null, .. } => {
            let within = planned.assured_half_width.map_or(String::new(), |width| {
                format!(", and of at most ±{} in four studies of five", number(width))
            });
            let shown = format!(
                "{items} items rated by both raters estimate {name} with a 95 % confidence interval \
                 of about ±{median}{within}"
            );
            match null.zip(planned.power) {
                Some((null, power)) => format!(
                    "{shown}; they show with a power of {} % that it exceeds {} (the interval lies \
                     above it).",
                    chance(power),
                    number(null)
                ),
                None => format!("{shown}."),
            }
        }
    }
}

fn assumption(plan: &PlanItems, planned: &ItemsPlanned) -> String {
    let expected = number(planned.expected);
    let (short, exact) = (plan.coefficient.short(), percent(planned.exact));
    let agreement =
        format!("{short} is {expected} (the raters agree exactly on {exact} % of items)");
    match &plan.expected {
        PlanExpected::Pilot { .. } => {
            format!("This assumes ratings as in the pilot study, where {agreement}.")
        }
        PlanExpected::Shares { shares, second_shares, disagreements, .. } => {
            let grades = match second_shares {
                None => format!("the grades have shares of {} %", list(shares)),
                Some(second) => format!(
                    "the grades have shares of {} % with one rater and {} % with the other",
                    list(shares),
                    list(second)
                ),
            };
            let apart = match disagreements {
                PlanDisagreements::Anywhere => "disagreements are as far apart as by chance",
                PlanDisagreements::Near => "disagreements are mostly between neighbouring grades",
            };
            format!("This assumes that {agreement}, that {grades}, and that {apart}.")
        }
    }
}

fn clusters(plan: &PlanItems, planned: &ItemsPlanned) -> String {
    let scenarios = planned.clusters.unwrap_or_default();
    if plan.expected.has_scenarios() {
        return format!("Items come in scenarios as in the pilot: {scenarios} scenarios.");
    }
    let effect = number(planned.design_effect);
    match plan.clusters {
        PlanClusters::Independent => String::new(),
        PlanClusters::DesignEffect { value: 1.0 } => String::new(),
        PlanClusters::DesignEffect { .. } => format!("It allows for a design effect of {effect}."),
        PlanClusters::Scenarios { items, .. } if items <= 1.0 => String::new(),
        PlanClusters::Scenarios { items, correlation } => format!(
            "It allows for {items} items to a scenario with an intra-scenario correlation of {} \
             (design effect {effect}) and for the interval over scenarios: {scenarios} scenarios.",
            number(correlation)
        ),
    }
}

fn method(plan: &PlanItems, planned: &ItemsPlanned) -> String {
    let promised = planned.power.or(planned.assurance).zip(planned.simulation_error);
    match (planned.method, planned.samples, promised) {
        (PlanMethod::Simulation, Some(samples), Some((promised, error))) => format!(
            "The calculation is by simulation of {} studies with the interval that reports \
             print: {} ± {} % of them meet this (seed {}).",
            thousands(samples),
            chance(promised),
            percent(1.96 * error),
            plan.seed
        ),
        (PlanMethod::Simulation, Some(samples), None) => format!(
            "The calculation is by simulation of {} studies with the interval that reports \
             print (seed {}).",
            thousands(samples),
            plan.seed
        ),
        _ => {
            "The calculation approximates by the large-sample variances of weighted kappa (Fleiss, \
              Cohen and Everitt 1969) and a z test; it does not take account of the interval that \
              reports print."
                .into()
        }
    }
}

/// 2500 as 2,500.
fn thousands(samples: u64) -> String {
    match samples / 1000 {
        0 => samples.to_string(),
        thousands => format!("{thousands},{:03}", samples % 1000),
    }
}

/// Two or three decimals.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.strip_suffix('0').map_or(text.clone(), str::to_owned)
}

/// Per cent, with one decimal where there is one.
pub(super) fn percent(share: f64) -> String {
    let text = format!("{:.1}", share * 100.0);
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A power in per cent, which is never all of it.
pub(super) fn chance(power: f64) -> String {
    if power > 0.999 { "more than 99.9".into() } else { percent(power) }
}

pub(super) fn list(shares: &[f64]) -> String {
    let shares: Vec<String> = shares.iter().map(|share| percent(*share)).collect();
    match shares.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => shares.concat(),
    }
}
