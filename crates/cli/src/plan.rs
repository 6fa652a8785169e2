//! `primum plan`.

use clap::ValueEnum;
use commands::{Command, PlanGoal, PlanItems, PlanWeights};
use std::path::Path;

#[derive(clap::Args)]
#[command(group(clap::ArgGroup::new("goal").required(true).args(["half_width", "null"])))]
pub(crate) struct Arguments {
    /// The ratings expected, such as a pilot study's: JSON {"categories": […], "table": [[…]]} or CSV
    /// of counts a,b,count. Only the ratios of the counts matter.
    file: String,
    /// The categories of a CSV in their order, separated by commas.
    #[arg(long, value_delimiter = ',')]
    categories: Option<Vec<String>>,
    /// How disagreements weigh.
    #[arg(long, value_enum, default_value = "quadratic")]
    weights: Weighting,
    /// Plan for a 95 % interval that reaches this far to both sides of kappa.
    #[arg(long)]
    half_width: Option<f64>,
    /// Plan to show that kappa exceeds this.
    #[arg(long)]
    null: Option<f64>,
    /// With this probability.
    #[arg(long, default_value_t = 0.8, requires = "null")]
    power: f64,
    /// 1 + (m - 1)r for m responses to a scenario whose contributions to kappa correlate by r.
    #[arg(long, default_value_t = 1.0)]
    design_effect: f64,
}

#[derive(Clone, Copy, ValueEnum)]
enum Weighting {
    Unweighted,
    Linear,
    Quadratic,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    let Arguments { file, categories, weights, half_width, null, power, design_effect } = arguments;
    let weights = match weights {
        Weighting::Unweighted => PlanWeights::Unweighted,
        Weighting::Linear => PlanWeights::Linear,
        Weighting::Quadratic => PlanWeights::Quadratic,
    };
    // Exactly one of the two is given, which clap sees to.
    let goal = match (half_width, null) {
        (Some(width), _) => PlanGoal::HalfWidth { width },
        (None, null) => PlanGoal::Power { null: null.unwrap_or_default(), power },
    };
    let plan = PlanItems { file, categories, weights, goal, design_effect };
    let planned = plan.run(&mut crate::desk(Path::new(".")))?;
    crate::print(&format!(
        "{} items rated by both raters\nexpected kappa {:.3}, standard error {:.3} with this many items, design effect {}\n",
        planned.items, planned.expected, planned.se, planned.design_effect
    ))
}
