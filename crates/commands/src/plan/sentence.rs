//! The plan in words that can stand in a protocol.

use super::{
    ItemsPlanned, PlanClusters, PlanDisagreements, PlanExpected, PlanGoal, PlanItems, PlanMethod,
    SAMPLES,
};

/// What was planned, on which assumptions and how.
pub(super) fn sentence(plan: &PlanItems, planned: &ItemsPlanned) -> String {
    let parts = [
        conclusion(plan, planned),
        assumption(plan, planned),
        clusters(plan, planned),
        method(plan, planned.method),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn conclusion(plan: &PlanItems, planned: &ItemsPlanned) -> String {
    let (name, items) = (plan.coefficient.name(), planned.items);
    match plan.goal {
        PlanGoal::HalfWidth { width } => format!(
            "To estimate {name} with a 95 % confidence interval of ±{}, {items} items have to be \
             rated by both raters.",
            number(width)
        ),
        PlanGoal::Power { null, power } => format!(
            "To show with a power of {} % that {name} exceeds {} (two-sided test at 5 %), {items} \
             items have to be rated by both raters.",
            chance(power),
            number(null)
        ),
        PlanGoal::Items { null, .. } => {
            let width = number(planned.half_width);
            let shown = format!(
                "{items} items rated by both raters estimate {name} with a 95 % confidence interval \
                 of about ±{width}"
            );
            match null.zip(planned.power) {
                Some((null, power)) => format!(
                    "{shown} and show with a power of {} % that it exceeds {} (two-sided test at \
                     5 %).",
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
    let effect = number(planned.design_effect);
    match plan.clusters {
        _ if planned.design_effect == 1.0 => String::new(),
        PlanClusters::Independent => String::new(),
        PlanClusters::DesignEffect { .. } => format!("It allows for a design effect of {effect}."),
        PlanClusters::Scenarios { items, correlation } => format!(
            "It allows for {items} items to a scenario with an intra-scenario correlation of {} \
             (design effect {effect}): {} scenarios.",
            number(correlation),
            planned.clusters.unwrap_or_default()
        ),
    }
}

fn method(plan: &PlanItems, method: PlanMethod) -> String {
    match method {
        PlanMethod::Formula => "The calculation uses the large-sample variance of weighted kappa \
                                (Fleiss, Cohen and Everitt 1969)."
            .into(),
        PlanMethod::Simulation => format!(
            "The calculation is by simulation of {} thousand samples (seed {}).",
            SAMPLES / 1000,
            plan.seed
        ),
    }
}

/// Two or three decimals.
fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    text.strip_suffix('0').map_or(text.clone(), str::to_owned)
}

/// Per cent, with one decimal where there is one.
fn percent(share: f64) -> String {
    let text = format!("{:.1}", share * 100.0);
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A power in per cent, which is never all of it.
fn chance(power: f64) -> String {
    if power > 0.999 { "more than 99.9".into() } else { percent(power) }
}

fn list(shares: &[f64]) -> String {
    let shares: Vec<String> = shares.iter().map(|share| percent(*share)).collect();
    match shares.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => shares.concat(),
    }
}
