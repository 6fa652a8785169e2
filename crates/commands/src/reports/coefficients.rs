//! Every coefficient of a file of counts or ratings, without a study around them.

use super::counts_file::CountsFile;
use super::reading::HowToRead;
use crate::contract::Command;
use crate::names::count;
use crate::{Context, Failure};
use agreement::{ContingencyTable, RatingMatrix, Resampling};
use analysis::{CoefficientReport, Intervals, Sample};
use exchange::{CountData, Counts};
use serde::Deserialize;
use std::fmt::Display;
use std::num::NonZeroUsize;
use study::At;
use ts_rs::TS;

/// Computes every coefficient of the counts or ratings in a file.
#[derive(Debug, Deserialize, TS)]
pub struct ComputeCoefficients {
    /// JSON with declared categories, CSV of pairs with counts, or grades in any layout.
    pub file: String,
    /// The axis, of grades on several.
    #[serde(default)]
    #[ts(optional)]
    pub axis: Option<String>,
    /// How the file is read.
    #[serde(flatten)]
    #[ts(flatten)]
    pub read: HowToRead,
    /// The categories of a table, in their order.
    #[serde(default)]
    #[ts(optional)]
    pub categories: Option<Vec<String>>,
    /// The column, or the list, that says which items belong together.
    #[serde(default)]
    #[ts(optional)]
    pub cluster: Option<String>,
    /// How intervals are made where nothing is resampled.
    #[serde(default)]
    #[ts(optional, as = "Option<Intervals>")]
    pub intervals: Intervals,
    /// Bootstrap replicates; none for the intervals above.
    #[serde(default)]
    #[ts(optional)]
    pub bootstrap: Option<u32>,
    /// The seed of the bootstrap.
    #[serde(default)]
    #[ts(type = "number")]
    pub seed: u64,
}

impl Command for ComputeCoefficients {
    const NAME: &'static str = "compute_coefficients";
    type Reply = CoefficientReport;

    fn run(self, _context: &mut Context) -> Result<CoefficientReport, Failure> {
        let counts = self.grouped(self.read()?);
        let cautions = counts.cautions.clone();
        let sample = self.sample(counts)?;
        let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let resampling = self
            .bootstrap
            .map(|replicates| Resampling::new(replicates as usize, self.seed).on_threads(threads));
        let mut report = analysis::coefficients(&sample, self.intervals, resampling);
        report.cautions.splice(0..0, cautions);
        Ok(report)
    }
}

/// Fewer groups do not show how groups vary, and fewer still are not resampled.
const FEWEST_GROUPS: usize = 3;
const FEWEST_RESAMPLED: usize = 10;

impl ComputeCoefficients {
    /// What is made of groups that nobody asked for: they are what is independent, unless they are too few.
    fn grouped(&self, counts: Counts) -> Counts {
        let Some(name) = counts.grouped_by.clone() else { return counts };
        let (groups, resampled) = (counts.data.pairable_groups(), self.bootstrap.is_some());
        let fewest = if resampled { FEWEST_RESAMPLED } else { FEWEST_GROUPS };
        let (is_kept, caution) = if !resampled && self.intervals == Intervals::Formula {
            (false, format!("Several items share a {name}, which these intervals do not know of."))
        } else if groups < fewest {
            let groups = count(groups, "group");
            let why = if resampled { "to be resampled" } else { "to see how groups vary" };
            let what = "the intervals treat items as independent";
            (false, format!("The items come in {groups} by {name}, too few {why}: {what}."))
        } else {
            let how =
                "To treat items as independent, say that no column holds it: --map scenario=:";
            let grouped = format!("so items are grouped by it: {groups} groups");
            (true, format!("Several items share a {name}, {grouped}. {how}."))
        };
        let mut counts = if is_kept { counts } else { counts.ungrouped() };
        counts.cautions.push(caution);
        counts
    }

    fn read(&self) -> Result<Counts, Failure> {
        let file = CountsFile {
            file: &self.file,
            axis: self.axis.as_deref(),
            read: &self.read,
            categories: self.categories.as_deref(),
            cluster: self.cluster.as_deref(),
        };
        file.counts()
    }

    fn sample(&self, counts: Counts) -> Result<Sample, Failure> {
        let size = counts.categories.len();
        // What --map says of a column holds as well.
        let are_clustered = self.cluster.is_some()
            || match &counts.data {
                CountData::Tables(tables) => tables.len() > 1,
                CountData::Ratings { clusters, .. } => clusters.is_some(),
            };
        let clusters = match counts.data {
            CountData::Tables(tables) => self.of_tables(size, tables)?,
            CountData::Ratings { rows, counts, clusters } => {
                self.of_ratings(size, rows.iter().zip(counts), clusters)?
            }
        };
        let matrix = self.pooled(size, &clusters)?;
        let clusters = are_clustered.then_some(clusters);
        // Categories that are no numbers are placed one step apart, from 0.
        let values = counts.values.unwrap_or_else(|| (0..size).map(|place| place as f64).collect());
        let Counts { categories, ordered, .. } = counts;
        Ok(Sample { categories, values, ordered, matrix, clusters })
    }

    /// A matrix for each table.
    fn of_tables(
        &self,
        size: usize,
        tables: Vec<Vec<Vec<u64>>>,
    ) -> Result<Vec<RatingMatrix>, Failure> {
        let matrix = |rows| {
            let table = ContingencyTable::from_rows(rows).map_err(|why| self.refused(why))?;
            if table.size() != size {
                return Err(self.refused(format!(
                    "field `table`: found {} rows; expected one for each of the {size} categories",
                    table.size()
                )));
            }
            Ok(RatingMatrix::from_table(&table))
        };
        tables.into_iter().map(matrix).collect()
    }

    /// A matrix for each cluster; one for all items where there are no clusters.
    fn of_ratings<'a>(
        &self,
        size: usize,
        rows: impl ExactSizeIterator<Item = (&'a Vec<Option<usize>>, u64)> + Clone,
        clusters: Option<Vec<usize>>,
    ) -> Result<Vec<RatingMatrix>, Failure> {
        let raters = rows.clone().next().map_or(0, |(row, _)| row.len());
        let empty = RatingMatrix::empty(raters, size).map_err(|why| self.refused(why))?;
        let clusters = clusters.unwrap_or_else(|| vec![0; rows.len()]);
        let mut matrices = vec![empty; clusters.iter().max().map_or(1, |last| last + 1)];
        for ((row, count), cluster) in rows.zip(clusters) {
            matrices[cluster].record_many(row, count).map_err(|why| self.refused(why))?;
        }
        Ok(matrices)
    }

    fn pooled(&self, size: usize, parts: &[RatingMatrix]) -> Result<RatingMatrix, Failure> {
        let raters = parts.first().map_or(2, RatingMatrix::raters);
        let mut pooled = RatingMatrix::empty(raters, size).map_err(|why| self.refused(why))?;
        for row in parts.iter().flat_map(RatingMatrix::rows) {
            let ratings: Vec<Option<usize>> = row.ratings().collect();
            pooled.record_many(&ratings, row.count()).map_err(|why| self.refused(why))?;
        }
        Ok(pooled)
    }

    fn refused(&self, why: impl Display) -> Failure {
        Failure::refused_at(At::default().in_file(&self.file), format!("{}: {why}.", self.file))
    }
}
