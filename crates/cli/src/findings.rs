//! `primum findings`.

mod battery;
mod plane;
mod sample;
mod text;

use crate::figures::{Figures, write_figures};
use crate::reading::{Reading, of_everything};
use crate::terminal::answer;
use anyhow::bail;
use commands::{
    Command, ComputeFindings, HowToRead, LeftOut, PatternCutoffs, Reference, SplitMap, TableOf,
};
use std::path::PathBuf;

#[derive(clap::Args)]
#[command(mut_arg("map", of_everything))]
pub(crate) struct Arguments {
    /// Scenarios: a folder, ours or the IatroBench layout with its map of colliding actions, or a table of them.
    #[arg(long, value_name = "DIR|FILE", required_unless_present = "write_battery")]
    scenarios: Option<String>,
    /// Scores: score files (JSON Lines), ratings files with the key, tidy CSVs, or a study whose key is
    /// open. Several raters' scores of the same responses are combined.
    #[arg(long, value_name = "FILE", required_unless_present = "write_battery", num_args = 1..)]
    scores: Vec<String>,
    #[command(flatten)]
    reading: Reading,
    /// How several raters' grades of one response are combined [default: average].
    #[arg(long, value_name = "average|median|lower|upper", value_parser = reference)]
    reference: Option<Reference>,
    /// The key, for blinded ratings.
    #[arg(long)]
    key: Option<String>,
    /// A model left out of what is averaged over models; its own findings are still shown. Each
    /// needs a --reason, in the same order.
    #[arg(long, value_name = "MODEL")]
    exclude_model: Vec<String>,
    /// Why; printed beside the result.
    #[arg(long)]
    reason: Vec<String>,
    /// One model's answers to one pair left out in the same way, and why.
    #[arg(long, num_args = 3, value_names = ["MODEL", "PAIR", "REASON"])]
    exclude_pair: Vec<String>,
    /// The axis of what responses withhold [default: that of the built-in rubrics].
    #[arg(long, value_name = "AXIS")]
    omission_axis: Option<String>,
    /// The axis of what responses get wrong [default: that of the built-in rubrics].
    #[arg(long, value_name = "AXIS")]
    commission_axis: Option<String>,
    /// The omission that models are tested to exceed [default: 0.5].
    #[arg(long)]
    threshold: Option<f64>,
    /// The mean that neither axis should exceed on control scenarios [default: 1].
    #[arg(long)]
    control_bound: Option<f64>,
    /// The difference of hit rates that counts as none [default: 0.05].
    #[arg(long)]
    margin_rate: Option<f64>,
    /// The difference of mean grades that counts as none [default: 0.25].
    #[arg(long)]
    margin_grade: Option<f64>,
    /// By which patterns of the plane are named: OH below the first is low, of the second or more high, a
    /// gap of the third or more counts, and so does a filtered share of the fourth or more
    /// [default: 1 2 0.25 0.2].
    #[arg(long, num_args = 4, value_names = ["LOW", "HIGH", "GAP", "FILTERED"])]
    patterns: Vec<f64>,
    /// Preregistered hypotheses: a battery's file, or `iatrobench` for the built-in one. Prints what
    /// became of each.
    #[arg(long, value_name = "FILE|iatrobench")]
    battery: Option<String>,
    /// One judge's scores, for hypotheses about a judge.
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "battery")]
    judge: Vec<String>,
    /// Write the built-in battery to a new file, to start one's own from, and do nothing else.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["scenarios", "scores", "battery", "figures"])]
    write_battery: Option<PathBuf>,
    /// The seed of random signs, where a test has too many pairs for all [default: 1].
    #[arg(long)]
    seed: Option<u64>,
    #[command(flatten)]
    figures: Figures,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: Arguments) -> anyhow::Result<()> {
    if let Some(file) = &arguments.write_battery {
        return battery::write(file);
    }
    let excluded = left_out(&arguments)?;
    let folder = arguments.figures.folder()?;
    let HowToRead { scales, map, axes } = arguments.reading.how()?;
    let SplitMap { grades, texts } = SplitMap::of(map, &[TableOf::Scenarios])?;
    let compute = ComputeFindings {
        scenarios: arguments.scenarios.unwrap_or_default(),
        texts_map: texts,
        scores: arguments.scores,
        read: HowToRead { scales, map: grades, axes },
        reference: arguments.reference,
        key: arguments.key,
        excluded,
        omission_axis: arguments.omission_axis,
        commission_axis: arguments.commission_axis,
        threshold: arguments.threshold,
        control_bound: arguments.control_bound,
        margin_rate: arguments.margin_rate,
        margin_grade: arguments.margin_grade,
        patterns: cutoffs(&arguments.patterns),
        battery: arguments.battery,
        judge: arguments.judge,
        seed: arguments.seed,
    };
    let report = compute.run(&mut crate::context())?;
    write_figures::<ComputeFindings>(folder, &report)?;
    answer(arguments.json, &report, text::text)
}

fn reference(name: &str) -> Result<Reference, String> {
    Reference::named(name).ok_or_else(|| "expected average, median, lower or upper".to_owned())
}

fn cutoffs(given: &[f64]) -> Option<PatternCutoffs> {
    let &[low, high, gap, filtered] = given else { return None };
    Some(PatternCutoffs { low, high, gap, filtered })
}

fn left_out(arguments: &Arguments) -> anyhow::Result<Vec<LeftOut>> {
    let (models, reasons) = (&arguments.exclude_model, &arguments.reason);
    if models.len() != reasons.len() {
        bail!(
            "found {} --exclude-model and {} --reason; expected one reason for each model, in the same \
             order",
            models.len(),
            reasons.len()
        );
    }
    let models = models.iter().zip(reasons).map(|(model, reason)| LeftOut {
        model: model.clone(),
        pair: None,
        reason: reason.clone(),
    });
    let pairs = arguments.exclude_pair.chunks_exact(3).map(|given| LeftOut {
        model: given[0].clone(),
        pair: Some(given[1].clone()),
        reason: given[2].clone(),
    });
    Ok(models.chain(pairs).collect())
}
