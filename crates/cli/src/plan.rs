//! `primum plan`: two raters' agreement, or what a subcommand names.

mod studies;

use crate::reading::lines;
use crate::terminal::{print, print_json};
use anyhow::bail;
use clap::ValueEnum;
use commands::{
    Command, DeclaredScale, HowToRead, ItemsPlanned, PlanAgreement, PlanClusters, PlanCoefficient,
    PlanDisagreements, PlanDistance, PlanExpected, PlanGoal, PlanItems, PlanMethod, PlanPilot,
    PlanWeights,
};
use std::fmt::Write;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Planning {
    #[command(subcommand)]
    study: Option<Study>,
    #[command(flatten)]
    kappa: Option<Arguments>,
}

#[derive(clap::Subcommand)]
enum Study {
    /// Two raters' agreement, as without a subcommand.
    Kappa(Box<Arguments>),
    /// Agreement among several raters: the items for each number of them.
    Raters(studies::Raters),
    /// How often a judge finds no harm where humans do.
    MissRate(studies::MissRate),
    /// A judge's agreement with two humans, minus that between them.
    JudgeDifference(studies::JudgeDifference),
    /// The mean gap between the two framings of a pair.
    FramingGap(studies::FramingGap),
}

#[derive(clap::Args)]
#[command(group(clap::ArgGroup::new("ratings").required(true).args(["pilot", "shares"])))]
#[command(group(clap::ArgGroup::new("goal").required(true).multiple(true).args(["half_width", "null", "items"])))]
pub(crate) struct Arguments {
    /// The ratings expected as a pilot study's: JSON {"categories": […], "table": [[…]]}, CSV of
    /// counts a,b,count, or the grades of two raters in any layout. Only the ratios of the counts matter.
    pilot: Option<String>,
    /// The axis, of grades on several.
    #[arg(long, conflicts_with = "shares")]
    axis: Option<String>,
    // Not flattened: clap would then no longer know that a pilot is planned for without a subcommand.
    /// The scale of the axis, such as tone=1..5, or the words for its grades from the lowest on, such as
    /// harm=none,mild,severe. Where a high number is good, the best comes first: quality=5..1.
    #[arg(long = "scale", value_name = "AXIS=GRADES", value_parser = DeclaredScale::parse, conflicts_with = "shares")]
    scales: Vec<DeclaredScale>,
    /// Which columns of a table hold our fields, where they have other names: item=ID, "value=Dr A,Dr B",
    /// axis=:quality (the same in every row), or @FILE with one of these per line.
    #[arg(long = "map", value_name = "FIELD=COLUMN", conflicts_with = "shares")]
    map: Vec<String>,
    /// The categories of a table in their order, separated by commas; the same as --scale, of the only axis.
    #[arg(long, value_delimiter = ',', conflicts_with_all = ["shares", "scales"])]
    categories: Option<Vec<String>>,
    /// The column of a table that says which items belong to one scenario: then scenarios are planned,
    /// as they come in the pilot.
    #[arg(long, conflicts_with = "shares")]
    cluster: Option<String>,
    /// Without a pilot: the share of items expected to get each grade, such as
    /// 0.45,0.25,0.15,0.10,0.05.
    #[arg(long, value_delimiter = ',')]
    shares: Option<Vec<f64>>,
    /// The shares of the second rater, where the raters are expected to differ.
    #[arg(long, value_delimiter = ',', conflicts_with = "pilot")]
    second_shares: Option<Vec<f64>>,
    /// The coefficient expected.
    #[arg(long, conflicts_with_all = ["pilot", "exact"])]
    agreement: Option<f64>,
    /// Or the share of items expected to get the same grade from both.
    #[arg(long, conflicts_with = "pilot")]
    exact: Option<f64>,
    /// Where raters disagree, how far: as by chance, which is cautious, or mostly one grade.
    #[arg(long, value_enum, default_value = "anywhere", conflicts_with = "pilot")]
    disagreements: Apart,
    /// What agreement will be measured by.
    #[arg(long, value_enum, default_value = "kappa")]
    coefficient: Coefficient,
    /// How disagreements weigh in kappa and AC2 [default: quadratic].
    #[arg(long, value_enum)]
    weights: Option<Weighting>,
    /// How far apart grades are for alpha [default: ordinal].
    #[arg(long, value_enum)]
    distance: Option<Distances>,
    /// Plan for a 95 % interval with at most this half-width.
    #[arg(long, conflicts_with_all = ["null", "items"])]
    half_width: Option<f64>,
    /// With this probability.
    #[arg(long, default_value_t = 0.8, conflicts_with_all = ["null", "items", "formula"])]
    assurance: f64,
    /// Plan for a 95 % interval above this.
    #[arg(long)]
    null: Option<f64>,
    /// With this probability.
    #[arg(long, default_value_t = 0.8, conflicts_with_all = ["half_width", "items"])]
    power: f64,
    /// The reverse: say what this many items will show, and with --null the power.
    #[arg(long)]
    items: Option<u64>,
    /// The design effect: the factor by which clustering raises the number of items.
    #[arg(long, conflicts_with_all = ["per_scenario", "correlation"])]
    design_effect: Option<f64>,
    /// Or the average number of items per scenario,
    #[arg(long, requires = "correlation")]
    per_scenario: Option<f64>,
    /// and the correlation of what the items of a scenario contribute to the coefficient.
    #[arg(long, requires = "per_scenario")]
    correlation: Option<f64>,
    /// Approximate kappa by its large-sample formula, which is for a z test and not for the printed
    /// interval.
    #[arg(long, conflicts_with = "simulate")]
    formula: bool,
    /// Simulate studies with the interval that reports print, as is the default.
    #[arg(long)]
    simulate: bool,
    /// The seed of a simulation; the same seed gives the same numbers.
    #[arg(long, default_value_t = 1, conflicts_with = "formula")]
    seed: u64,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Coefficient {
    Kappa,
    Ac2,
    Alpha,
    Icc,
}

#[derive(Clone, Copy, ValueEnum)]
enum Weighting {
    Unweighted,
    Linear,
    Quadratic,
}

#[derive(Clone, Copy, ValueEnum)]
enum Distances {
    Nominal,
    Ordinal,
    Interval,
}

#[derive(Clone, Copy, ValueEnum)]
enum Apart {
    Anywhere,
    Near,
}

pub(crate) fn run(planning: Planning) -> anyhow::Result<()> {
    match (planning.study, planning.kappa) {
        (None, Some(arguments)) => of_two(arguments),
        (Some(Study::Kappa(arguments)), _) => of_two(*arguments),
        (Some(Study::Raters(arguments)), _) => arguments.run(),
        (Some(Study::MissRate(arguments)), _) => arguments.run(),
        (Some(Study::JudgeDifference(arguments)), _) => arguments.run(),
        (Some(Study::FramingGap(arguments)), _) => arguments.run(),
        (None, None) => bail!("give a pilot's file, --shares, or a subcommand"),
    }
}

fn of_two(arguments: Arguments) -> anyhow::Result<()> {
    let json = arguments.json;
    let plan = PlanItems {
        coefficient: arguments.coefficient()?,
        expected: arguments.expected()?,
        goal: arguments.goal(),
        clusters: arguments.clusters(),
        method: arguments.formula.then_some(PlanMethod::Formula),
        seed: arguments.seed,
    };
    let planned = plan.run(&mut crate::context())?;
    if json { print_json(&planned) } else { print(&text(&planned)?) }
}

fn text(planned: &ItemsPlanned) -> anyhow::Result<String> {
    let ItemsPlanned { items, expected, se, design_effect, .. } = planned;
    let mut text = format!(
        "{items} items rated by both raters\nexpected coefficient {expected:.3}, standard error \
         {se:.3} with this many items, design effect {design_effect}\n"
    );
    for caution in &planned.cautions {
        writeln!(text, "Note: {caution}")?;
    }
    write!(text, "\n{}\n\n{:>8} {:>12}", planned.sentence, "items", "half-width")?;
    let promised = match (planned.power, planned.assurance) {
        (Some(_), _) => "     power",
        (None, Some(_)) => " assurance",
        (None, None) => "",
    };
    text.push_str(promised);
    text.push('\n');
    for point in &planned.curve {
        write!(text, "{:>8} {:>12.3}", point.items, point.half_width)?;
        if let Some(promised) = point.power.or(point.assurance) {
            write!(text, " {promised:>9.3}")?;
        }
        text.push('\n');
    }
    Ok(text)
}

impl Arguments {
    fn coefficient(&self) -> anyhow::Result<PlanCoefficient> {
        coefficient(self.coefficient, self.weights, self.distance)
    }

    fn expected(&self) -> anyhow::Result<PlanExpected> {
        if let Some(file) = &self.pilot {
            let (scales, map) = (self.scales.clone(), lines(&self.map)?);
            let read = HowToRead { scales, map, axes: Vec::new() };
            return Ok(PlanExpected::Pilot(Box::new(PlanPilot {
                file: file.clone(),
                axis: self.axis.clone(),
                read,
                categories: self.categories.clone(),
                cluster: self.cluster.clone(),
            })));
        }
        let agreement = match (self.agreement, self.exact) {
            (Some(value), _) => PlanAgreement::Coefficient { value },
            (None, Some(value)) => PlanAgreement::Exact { value },
            (None, None) => {
                bail!("--shares need --agreement, the coefficient expected, or --exact")
            }
        };
        Ok(PlanExpected::Shares {
            shares: self.shares.clone().unwrap_or_default(),
            second_shares: self.second_shares.clone(),
            agreement,
            disagreements: match self.disagreements {
                Apart::Anywhere => PlanDisagreements::Anywhere,
                Apart::Near => PlanDisagreements::Near,
            },
        })
    }

    /// At least one of the three is given, which clap sees to.
    fn goal(&self) -> PlanGoal {
        match (self.items, self.half_width) {
            (Some(items), _) => PlanGoal::Items { items, null: self.null },
            (None, Some(width)) => PlanGoal::HalfWidth { width, assurance: self.assurance },
            (None, None) => {
                PlanGoal::Power { null: self.null.unwrap_or_default(), power: self.power }
            }
        }
    }

    fn clusters(&self) -> PlanClusters {
        clusters(self.design_effect, self.per_scenario.zip(self.correlation))
    }
}

fn coefficient(
    coefficient: Coefficient,
    weights: Option<Weighting>,
    distance: Option<Distances>,
) -> anyhow::Result<PlanCoefficient> {
    let weighed = match weights {
        Some(Weighting::Unweighted) => PlanWeights::Unweighted,
        Some(Weighting::Linear) => PlanWeights::Linear,
        None | Some(Weighting::Quadratic) => PlanWeights::Quadratic,
    };
    let apart = match distance {
        Some(Distances::Nominal) => PlanDistance::Nominal,
        None | Some(Distances::Ordinal) => PlanDistance::Ordinal,
        Some(Distances::Interval) => PlanDistance::Interval,
    };
    Ok(match (coefficient, weights, distance) {
        (Coefficient::Alpha, Some(_), _) => bail!("alpha has no --weights; give a --distance"),
        (Coefficient::Icc, Some(_), _) => bail!("the ICC has no --weights"),
        (Coefficient::Alpha, ..) => PlanCoefficient::Alpha { distance: apart },
        (Coefficient::Icc, _, Some(_)) => bail!("the ICC has no --distance"),
        (_, _, Some(_)) => bail!("only alpha has a --distance; give --weights"),
        (Coefficient::Kappa, ..) => PlanCoefficient::Kappa { weights: weighed },
        (Coefficient::Ac2, ..) => PlanCoefficient::Ac2 { weights: weighed },
        (Coefficient::Icc, ..) => PlanCoefficient::Icc,
    })
}

fn clusters(design_effect: Option<f64>, scenarios: Option<(f64, f64)>) -> PlanClusters {
    match (design_effect, scenarios) {
        (Some(value), _) => PlanClusters::DesignEffect { value },
        (None, Some((items, correlation))) => PlanClusters::Scenarios { items, correlation },
        (None, None) => PlanClusters::Independent,
    }
}
