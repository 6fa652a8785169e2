//! Every coefficient of a file of counts or ratings, without a study around them.

use crate::contract::Command;
use crate::{Desk, Failure};
use agreement::{ContingencyTable, RatingMatrix, Resampling};
use analysis::{CoefficientReport, Sample};
use exchange::{CountData, Counts};
use serde::Deserialize;
use std::fmt::Display;
use std::path::Path;
use ts_rs::TS;

/// Computes every coefficient of the counts or ratings in a file.
#[derive(Debug, Deserialize, TS)]
pub struct ComputeCoefficients {
    /// JSON with declared categories, or CSV of pairs with counts.
    pub file: String,
    /// The categories of a CSV, in their order.
    #[serde(default)]
    #[ts(optional)]
    pub categories: Option<Vec<String>>,
    /// The column, or the list, that says which items belong together.
    #[serde(default)]
    #[ts(optional)]
    pub cluster: Option<String>,
    /// Bootstrap replicates; none for analytic intervals.
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

    fn run(self, _desk: &mut Desk) -> Result<CoefficientReport, Failure> {
        let categories = self.categories.as_deref();
        let counts =
            exchange::read_counts(Path::new(&self.file), categories, self.cluster.as_deref())?;
        let cautions = counts.cautions.clone();
        let sample = self.sample(counts)?;
        let resampling =
            self.bootstrap.map(|replicates| Resampling::new(replicates as usize, self.seed));
        let mut report = analysis::coefficients(&sample, resampling);
        report.cautions.splice(0..0, cautions);
        Ok(report)
    }
}

impl ComputeCoefficients {
    fn sample(&self, counts: Counts) -> Result<Sample, Failure> {
        let size = counts.categories.len();
        let tabulated = matches!(counts.data, CountData::Tables(_));
        let (matrix, clusters) = match counts.data {
            CountData::Tables(tables) => self.sample_of_tables(size, tables)?,
            CountData::Ratings { items, clusters } => {
                self.sample_of_ratings(size, &items, clusters)?
            }
        };
        // Categories that are no numbers are placed one step apart, from 0.
        let values = counts.values.unwrap_or_else(|| (0..size).map(|place| place as f64).collect());
        Ok(Sample { categories: counts.categories, values, matrix, tabulated, clusters })
    }

    fn sample_of_tables(
        &self,
        size: usize,
        tables: Vec<Vec<Vec<u64>>>,
    ) -> Result<(RatingMatrix, Option<Vec<ContingencyTable>>), Failure> {
        let mut matrix = RatingMatrix::empty(2, size).map_err(|why| self.refused(why))?;
        let mut clusters = Vec::new();
        for rows in tables {
            let table = ContingencyTable::from_rows(rows).map_err(|why| self.refused(why))?;
            if table.size() != size {
                return Err(self.refused(format!(
                    "field `table`: found {} rows; expected one for each of the {size} categories",
                    table.size()
                )));
            }
            for (first, row) in table.rows().enumerate() {
                for (second, count) in row.iter().enumerate().filter(|(_, count)| **count > 0) {
                    matrix
                        .record_many(&[Some(first), Some(second)], *count)
                        .map_err(|why| self.refused(why))?;
                }
            }
            clusters.push(table);
        }
        Ok((matrix, Some(clusters)))
    }

    fn sample_of_ratings(
        &self,
        size: usize,
        items: &[Vec<Option<usize>>],
        clusters: Option<Vec<usize>>,
    ) -> Result<(RatingMatrix, Option<Vec<ContingencyTable>>), Failure> {
        let matrix = RatingMatrix::from_rows(size, items).map_err(|why| self.refused(why))?;
        if matrix.raters() != 2 {
            return match clusters {
                None => Ok((matrix, None)),
                Some(_) => Err(self
                    .refused("clusters are resampled for two raters only; leave the clusters out")),
            };
        }
        let empty = || ContingencyTable::empty(size).map_err(|why| self.refused(why));
        let clusters = clusters.unwrap_or_else(|| vec![0; items.len()]);
        let number = clusters.iter().max().map_or(1, |last| last + 1);
        let mut tables = (0..number).map(|_| empty()).collect::<Result<Vec<_>, _>>()?;
        for (item, cluster) in items.iter().zip(clusters) {
            if let [Some(first), Some(second)] = item[..] {
                tables[cluster].record(first, second).map_err(|why| self.refused(why))?;
            }
        }
        Ok((matrix, Some(tables)))
    }

    fn refused(&self, why: impl Display) -> Failure {
        Failure::Refused { message: format!("{}: {why}.", self.file) }
    }
}
