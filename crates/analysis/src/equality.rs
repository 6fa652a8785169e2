//! Whether kappa is the same in all strata.

use crate::pairing::Graded;
use agreement::{
    ContingencyTable, MonteCarlo, Part, Permuted, TableError, Weights, equal_kappas, holm,
};
use serde::Serialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// Permutations of the strata.
const PERMUTATIONS: u32 = 9_999;

/// The test that kappa with quadratic weights is the same in all strata, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(untagged)]
pub enum Equality {
    /// The test.
    Made {
        /// How far the strata's kappas lie apart: the sum of their squared distances from their mean,
        /// on Fisher's scale and in standard errors.
        statistic: f64,
        /// The share of permutations in which they lie at least as far apart, the observed one
        /// included.
        p: f64,
        /// `p`, adjusted by Holm for the other tests of equality in the report.
        p_holm: f64,
        /// Always `permutation`.
        method: String,
        /// How many permutations were drawn.
        replicates: u32,
        /// The seed they were drawn with.
        #[ts(type = "number")]
        seed: u64,
        /// What exchanged its strata: whole `clusters` (scenarios, or pairs of them), what lies
        /// `within clusters`, or `items`.
        #[ts(type = "\"clusters\" | \"within clusters\" | \"items\"")]
        permuted: Permuted,
        /// Permutations in which a stratum had no kappa of its own, all its items having one and the
        /// same grade; they count like the others.
        without_kappa: u32,
    },
    /// There is none.
    Undefined {
        /// Why.
        undefined: String,
    },
}

impl Equality {
    /// Of strata, by their items on a scale of `size` levels.
    pub(crate) fn of<'a>(
        strata: impl Iterator<Item = &'a [Graded<'a>]>,
        size: usize,
        seed: u64,
    ) -> Result<Self, TableError> {
        let empty = ContingencyTable::empty(size)?;
        let mut clusters: BTreeMap<&str, usize> = BTreeMap::new();
        let mut parts: BTreeMap<(usize, usize), ContingencyTable> = BTreeMap::new();
        for (stratum, items) in strata.enumerate() {
            for Graded { first, second, design, .. } in items {
                let next = clusters.len();
                let name = design.map_or("", |design| design.cluster());
                let at = (*clusters.entry(name).or_insert(next), stratum);
                parts.entry(at).or_insert_with(|| empty.clone()).record(*first, *second)?;
            }
        }
        let parts: Vec<Part> = parts
            .into_iter()
            .map(|((cluster, stratum), table)| Part { cluster, stratum, table })
            .collect();
        let monte_carlo = MonteCarlo { seed, replicates: PERMUTATIONS };
        Ok(match equal_kappas(&parts, Weights::Quadratic, monte_carlo) {
            Ok(found) => Self::Made {
                statistic: found.statistic,
                p: found.p,
                p_holm: found.p,
                method: "permutation".into(),
                replicates: found.monte_carlo.replicates,
                seed: found.monte_carlo.seed,
                permuted: found.permuted,
                without_kappa: found.without_kappa,
            },
            Err(why) => Self::Undefined { undefined: why.to_string() },
        })
    }

    /// The p-value, if the test could be made.
    pub fn p(&self) -> Option<f64> {
        match self {
            Self::Made { p, .. } => Some(*p),
            Self::Undefined { .. } => None,
        }
    }
}

/// Adjusts tests of equality as one family; those that could not be made are not counted.
pub(crate) fn adjust_equality<'a>(family: impl Iterator<Item = &'a mut Equality>) {
    let mut made: Vec<&mut Equality> = family.filter(|test| test.p().is_some()).collect();
    let p: Vec<f64> = made.iter().filter_map(|test| test.p()).collect();
    for (test, adjusted) in made.iter_mut().zip(holm(&p).unwrap_or_default()) {
        if let Equality::Made { p_holm, .. } = test {
            *p_holm = adjusted;
        }
    }
}
