//! What `primum agree` and `primum judge` are both told, and what they do alike.

use crate::figures::Figures;
use crate::intervals::Intervals;
use crate::reading::Reading;
use anyhow::bail;
use commands::{Failure, FailureKind, HowToCompare, HowToRead, MeasureTable};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Comparing {
    #[command(flatten)]
    reading: Reading,
    /// The key, to join blinded ratings with scores that name scenario, model and repetition, to compare
    /// within models, categories and framings, and for the probabilities with which responses were drawn. Primum's
    /// own, or a table with the columns blind_id, scenario_id and model_id.
    #[arg(long)]
    key: Option<String>,
    /// Compare on these axes alone, separated by commas.
    #[arg(long, value_name = "AXIS", value_delimiter = ',')]
    axis: Vec<String>,
    /// Compare although the files were rated under different rubrics.
    #[arg(long)]
    across_rubrics: bool,
    /// How intervals are made.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) intervals: Intervals,
    /// How many bootstrap samples are drawn, where there are any [default: 2000].
    #[arg(long)]
    pub(crate) replicates: Option<usize>,
    /// The seed of bootstrap samples [default: 1].
    #[arg(long)]
    seed: Option<u64>,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Also write the numbers to a new CSV file: one row per axis, raters and coefficient.
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) figures: Figures,
}

impl Comparing {
    pub(crate) fn how(&self) -> anyhow::Result<HowToCompare> {
        Ok(HowToCompare {
            across_rubrics: self.across_rubrics,
            key: self.key.clone(),
            read: HowToRead { axes: self.axis.clone(), ..self.reading.how()? },
            intervals: self.intervals.into(),
            replicates: self.replicates,
            seed: self.seed,
        })
    }
}

/// Writes the table where a file is named.
pub(crate) fn write_csv(
    file: Option<PathBuf>,
    table: impl FnOnce() -> MeasureTable,
) -> anyhow::Result<()> {
    Ok(file.map_or(Ok(()), |file| table().write(&file))?)
}

/// Of intervals that draw no samples a number of them would be thought to have changed something.
pub(crate) fn check_replicates(
    replicates: Option<usize>,
    intervals: Intervals,
) -> anyhow::Result<()> {
    if replicates.is_some() && !matches!(intervals, Intervals::Items | Intervals::Scenarios) {
        bail!(
            "--replicates: these intervals draw no bootstrap samples; give --intervals items or scenarios, \
             or leave it out"
        );
    }
    Ok(())
}

/// What came of a comparison; of one that is refused, with the option that allows it.
pub(crate) fn told<T>(outcome: Result<T, Failure>) -> anyhow::Result<T> {
    match outcome {
        Err(Failure { kind: FailureKind::DifferentRubrics, message }) => {
            bail!("{message}. To compare them anyway: --across-rubrics")
        }
        other => Ok(other?),
    }
}
