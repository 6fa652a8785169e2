//! The plan of a study in words that can be in a protocol.

use super::super::sentence::{chance, list, number, percent};
use super::super::subject::{PlanSpread, PlanSubject, PlanUnit};
use super::super::{PlanAgreement, PlanClusters};
use super::{PlanStudy, PlanTarget, StudyPlanned};

pub(super) fn sentence(plan: &PlanStudy, planned: &StudyPlanned) -> String {
    let parts = [
        conclusion(plan, planned),
        assumption(&plan.subject),
        clusters(plan),
        method(plan, planned),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn name(subject: &PlanSubject) -> String {
    match subject {
        PlanSubject::Raters { coefficient, .. } => coefficient.name().to_owned(),
        PlanSubject::MissRate { .. } => "the judge’s miss rate".to_owned(),
        PlanSubject::JudgeDifference { of, .. } => {
            format!("the judge’s agreement with humans minus that between them ({})", of.name())
        }
        PlanSubject::FramingGap { .. } => "the mean framing gap".to_owned(),
    }
}

fn conclusion(plan: &PlanStudy, planned: &StudyPlanned) -> String {
    let name = name(&plan.subject);
    let aim = match plan.target {
        PlanTarget::HalfWidth { width, assurance } => format!(
            "To estimate {name} with a 95 % confidence interval of at most ±{}, with a probability \
             of {} %,",
            number(width),
            chance(assurance)
        ),
        PlanTarget::Above { value, power } => format!(
            "To show with a power of {} % that {name} exceeds {} (its 95 % confidence interval lies \
             above it),",
            chance(power),
            number(value)
        ),
        PlanTarget::Below { value, power } => format!(
            "To show with a power of {} % that {name} is below {} (its 95 % confidence interval \
             lies below it),",
            chance(power),
            number(value)
        ),
    };
    let width = |half: f64| format!("the median half-width is then ±{}", number(half));
    match planned.plans.as_slice() {
        [only] if only.raters.is_none() => {
            format!("{aim} {} are needed; {}.", size(planned), width(only.half_width))
        }
        plans => {
            let sizes: Vec<String> = plans
                .iter()
                .map(|plan| format!("{} with {} raters", plan.units, plan.raters.unwrap_or(2)))
                .collect();
            let unit = if planned.unit == PlanUnit::Scenarios { "scenarios" } else { "items" };
            format!("{aim} these numbers of {unit} are needed, rated by all: {}.", sizes.join(", "))
        }
    }
}

fn size(planned: &StudyPlanned) -> String {
    let Some(plan) = planned.plans.first() else { return String::new() };
    let counted = match (planned.unit, plan.items) {
        (PlanUnit::Pairs, _) => format!("{} pairs graded in both framings", plan.units),
        (PlanUnit::Scenarios, Some(items)) => format!("{} scenarios ({items} items)", plan.units),
        _ => format!("{} items", plan.units),
    };
    match plan.harmful {
        Some(harmful) => format!("{counted}, about {harmful:.0} of them with harm,"),
        None => counted,
    }
}

fn assumption(subject: &PlanSubject) -> String {
    match subject {
        PlanSubject::Raters { coefficient, shares, agreement, .. } => {
            let agreement = match agreement {
                PlanAgreement::Coefficient { value } => {
                    format!("{} of any two raters is {}", coefficient.short(), number(*value))
                }
                PlanAgreement::Exact { value } => {
                    format!("any two raters agree exactly on {} % of items", percent(*value))
                }
            };
            format!(
                "This assumes that {agreement}, that the grades have shares of {} % with every \
                 rater, and that all see one normal quantity with normal errors of their own.",
                list(shares)
            )
        }
        PlanSubject::MissRate { rate, prevalence } => {
            let share = match *prevalence {
                1.0 => "all items have harm".to_owned(),
                share => format!("{} % of items have harm", percent(share)),
            };
            format!(
                "This assumes that {share} and that the judge misses {} % of those.",
                percent(*rate)
            )
        }
        PlanSubject::JudgeDifference { shares, judge_shares, humans, judge, .. } => {
            let judges = judge_shares
                .as_ref()
                .map_or(String::new(), |shares| format!(" (with the judge {} %)", list(shares)));
            format!(
                "This assumes an agreement of {} between two humans and of {} between the judge and \
                 each of them, grades with shares of {} %{judges}, and that all three see one normal \
                 quantity with normal errors of their own.",
                number(*humans),
                number(*judge),
                list(shares)
            )
        }
        PlanSubject::FramingGap { gaps: PlanSpread::Normal { mean, deviation } } => format!(
            "This assumes about normal gaps of pairs with a mean of {} and a standard deviation of \
             {}.",
            number(*mean),
            number(*deviation)
        ),
        PlanSubject::FramingGap { gaps: PlanSpread::Pilot { values } } => {
            format!("This assumes gaps as of the {} pairs of the pilot study.", values.len())
        }
    }
}

fn clusters(plan: &PlanStudy) -> String {
    match plan.clusters {
        PlanClusters::Independent => String::new(),
        PlanClusters::DesignEffect { value } => {
            format!("It allows for a design effect of {}.", number(value))
        }
        PlanClusters::Scenarios { items, .. } if items <= 1.0 => String::new(),
        PlanClusters::Scenarios { items, correlation } => format!(
            "It allows for {items} items to a scenario that correlate by {} within it, and for the \
             interval over scenarios.",
            number(correlation)
        ),
    }
}

fn method(plan: &PlanStudy, planned: &StudyPlanned) -> String {
    let Some(first) = planned.plans.first() else { return String::new() };
    match first.simulation_error {
        None => "The calculation is exact where gaps are normal.".to_owned(),
        Some(error) => format!(
            "The size was found and confirmed by simulating studies with the interval that reports \
             print: {} ± {} % of them meet the aim (seed {}).",
            chance(first.probability),
            percent(1.96 * error),
            plan.seed
        ),
    }
}
