//! The subcommands of `primum plan`.

use super::{Coefficient, Distances, Weighting, clusters, coefficient};
use crate::terminal::{print, print_json};
use anyhow::bail;
use clap::ValueEnum;
use commands::{
    Command, PlanAgreement, PlanClusters, PlanDifference, PlanSpread, PlanStudy, PlanSubject,
    PlanTarget, PlanUnit, StudyPlanned,
};
use std::fmt::Write;

#[derive(clap::Args)]
pub(super) struct Raters {
    /// The share of items expected to get each grade, such as 0.45,0.25,0.15,0.10,0.05.
    #[arg(long, value_delimiter = ',', required = true)]
    shares: Vec<f64>,
    /// The coefficient expected between any two raters.
    #[arg(long, required_unless_present = "exact", conflicts_with = "exact")]
    agreement: Option<f64>,
    /// Or the share of items expected to get the same grade from any two.
    #[arg(long)]
    exact: Option<f64>,
    /// The numbers of raters to compare.
    #[arg(long, value_delimiter = ',', default_value = "2,3,4,5,6")]
    raters: Vec<u32>,
    /// What agreement will be measured by; kappa is Conger's.
    #[arg(long, value_enum, default_value = "alpha")]
    coefficient: Coefficient,
    /// How disagreements weigh in kappa and AC2 [default: quadratic].
    #[arg(long, value_enum)]
    weights: Option<Weighting>,
    /// How far apart grades are for alpha [default: ordinal].
    #[arg(long, value_enum)]
    distance: Option<Distances>,
    /// Plan for a 95 % interval above this.
    #[arg(long, conflicts_with_all = ["half_width", "assurance"])]
    null: Option<f64>,
    #[command(flatten)]
    clusters: Clusters,
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args)]
pub(super) struct MissRate {
    /// The miss rate expected.
    #[arg(long)]
    rate: f64,
    /// The share of items that have harm, where not only those are rated.
    #[arg(long, default_value_t = 1.0)]
    prevalence: f64,
    /// Plan for a 95 % interval below this.
    #[arg(long, conflicts_with_all = ["half_width", "assurance"])]
    below: Option<f64>,
    #[command(flatten)]
    clusters: Clusters,
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args)]
pub(super) struct JudgeDifference {
    /// The share of items expected to get each grade from humans.
    #[arg(long, value_delimiter = ',', required = true)]
    shares: Vec<f64>,
    /// The same for the judge, where it is expected to differ.
    #[arg(long, value_delimiter = ',')]
    judge_shares: Option<Vec<f64>>,
    /// The agreement expected between two humans.
    #[arg(long)]
    humans: f64,
    /// The agreement expected between the judge and each of them.
    #[arg(long)]
    judge: f64,
    /// What agreement is measured by.
    #[arg(long, value_enum, default_value = "kappa-quadratic")]
    of: Of,
    /// Plan for a 95 % interval of the difference above minus this: the judge agrees at most this much less.
    #[arg(long, conflicts_with_all = ["half_width", "assurance"])]
    margin: Option<f64>,
    #[command(flatten)]
    clusters: Clusters,
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args)]
pub(super) struct FramingGap {
    /// The mean gap expected, in grades,
    #[arg(long, requires = "sd", required_unless_present = "pilot_gaps", conflicts_with = "seed")]
    gap: Option<f64>,
    /// and the standard deviation of the gaps of pairs.
    #[arg(long, requires = "gap", conflicts_with = "pilot_gaps")]
    sd: Option<f64>,
    /// Or the gaps of a pilot's pairs, such as 0,1,0.5,-0.5.
    #[arg(long, value_delimiter = ',', allow_hyphen_values = true, conflicts_with = "gap")]
    pilot_gaps: Option<Vec<f64>>,
    /// Plan for a 95 % interval above this.
    #[arg(long, default_value_t = 0.0, conflicts_with_all = ["half_width", "assurance"])]
    null: f64,
    #[command(flatten)]
    common: Common,
}

/// What every plan takes.
#[derive(clap::Args)]
struct Common {
    /// Plan for a 95 % interval with at most this half-width.
    #[arg(long)]
    half_width: Option<f64>,
    /// With this probability.
    #[arg(long, default_value_t = 0.8, requires = "half_width")]
    assurance: f64,
    /// The probability of an interval beyond the value.
    #[arg(long, default_value_t = 0.8, conflicts_with = "half_width")]
    power: f64,
    /// The seed of the simulation; the same seed gives the same numbers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// How items come. A pair of framings is a cluster of its own, and takes none of these.
#[derive(clap::Args)]
struct Clusters {
    /// The design effect: the factor by which clustering raises the number of items.
    #[arg(long, conflicts_with_all = ["per_scenario", "correlation"])]
    design_effect: Option<f64>,
    /// Or the average number of items per scenario,
    #[arg(long, requires = "correlation")]
    per_scenario: Option<f64>,
    /// and the correlation of what the items of a scenario contribute.
    #[arg(long, requires = "per_scenario")]
    correlation: Option<f64>,
}

impl Clusters {
    fn planned(&self) -> PlanClusters {
        clusters(self.design_effect, self.per_scenario.zip(self.correlation))
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Of {
    Kappa,
    KappaQuadratic,
    Exact,
}

impl Raters {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let agreement = match (self.agreement, self.exact) {
            (Some(value), _) => PlanAgreement::Coefficient { value },
            (None, Some(value)) => PlanAgreement::Exact { value },
            (None, None) => bail!("give --agreement, the coefficient expected, or --exact"),
        };
        let coefficient = coefficient(self.coefficient, self.weights, self.distance)?;
        let (shares, raters) = (self.shares, self.raters);
        let subject = PlanSubject::Raters { coefficient, shares, agreement, raters };
        let (clusters, power) = (self.clusters.planned(), self.common.power);
        let target = self.null.map(|value| PlanTarget::Above { value, power });
        self.common.run(subject, clusters, ("--null", target))
    }
}

impl MissRate {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let subject = PlanSubject::MissRate { rate: self.rate, prevalence: self.prevalence };
        let (clusters, power) = (self.clusters.planned(), self.common.power);
        let target = self.below.map(|value| PlanTarget::Below { value, power });
        self.common.run(subject, clusters, ("--below", target))
    }
}

impl JudgeDifference {
    pub(super) fn run(self) -> anyhow::Result<()> {
        if let Some(margin) = self.margin.filter(|margin| margin.is_nan() || *margin <= 0.0) {
            bail!(
                "--margin is {margin}; give a number above 0: by how much less the judge may agree with \
                 humans than they do with each other"
            );
        }
        let of = match self.of {
            Of::Kappa => PlanDifference::Kappa,
            Of::KappaQuadratic => PlanDifference::KappaQuadratic,
            Of::Exact => PlanDifference::Exact,
        };
        let Self { shares, judge_shares, humans, judge, .. } = self;
        let subject = PlanSubject::JudgeDifference { of, shares, judge_shares, humans, judge };
        let (clusters, power) = (self.clusters.planned(), self.common.power);
        let target = self.margin.map(|margin| PlanTarget::Above { value: -margin, power });
        self.common.run(subject, clusters, ("--margin", target))
    }
}

impl FramingGap {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let gaps = match (self.gap.zip(self.sd), self.pilot_gaps) {
            (Some((mean, deviation)), _) => PlanSpread::Normal { mean, deviation },
            (None, Some(values)) => PlanSpread::Pilot { values },
            (None, None) => bail!("give --gap and --sd, or --pilot-gaps"),
        };
        let target = PlanTarget::Above { value: self.null, power: self.common.power };
        self.common.run(
            PlanSubject::FramingGap { gaps },
            PlanClusters::Independent,
            ("--null", Some(target)),
        )
    }
}

impl Common {
    /// The wanted half-width goes before the target.
    fn run(
        self,
        subject: PlanSubject,
        clusters: PlanClusters,
        (option, target): (&str, Option<PlanTarget>),
    ) -> anyhow::Result<()> {
        let assurance = self.assurance;
        let width = self.half_width.map(|width| PlanTarget::HalfWidth { width, assurance });
        let Some(target) = width.or(target) else {
            bail!("give what is wanted: --half-width, or {option}")
        };
        let plan = PlanStudy { subject, target, clusters, seed: self.seed };
        let planned = plan.run(&mut crate::context())?;
        if self.json { print_json(&planned) } else { print(&text(&planned, target)?) }
    }
}

fn text(planned: &StudyPlanned, target: PlanTarget) -> anyhow::Result<String> {
    let unit = match planned.unit {
        PlanUnit::Items => "items",
        PlanUnit::Scenarios => "scenarios",
        PlanUnit::Pairs => "pairs",
    };
    let promised = match target {
        PlanTarget::HalfWidth { .. } => "assurance",
        PlanTarget::Above { .. } | PlanTarget::Below { .. } => "power",
    };
    let mut text = String::new();
    if let [only] = planned.plans.as_slice() {
        write!(text, "{} {unit}", only.units)?;
        if let Some(items) = only.items.filter(|items| *items != only.units) {
            write!(text, " ({items} items)")?;
        }
        writeln!(text, ", expected value {:.3}\n", planned.expected)?;
    }
    writeln!(text, "{}\n", planned.sentence)?;
    if planned.curve.is_empty() {
        writeln!(text, "{:>8} {unit:>10} {:>12} {promised:>10}", "raters", "half-width")?;
        for plan in &planned.plans {
            let raters = plan.raters.unwrap_or_default();
            let (units, width, chance) = (plan.units, plan.half_width, plan.probability);
            writeln!(text, "{raters:>8} {units:>10} {width:>12.3} {chance:>10.3}")?;
        }
    } else {
        writeln!(text, "{unit:>10} {:>12} {promised:>10}", "half-width")?;
        for point in &planned.curve {
            let (units, width, chance) = (point.units, point.half_width, point.probability);
            writeln!(text, "{units:>10} {width:>12.3} {chance:>10.3}")?;
        }
    }
    Ok(text)
}
