//! Agreement within the parts of a study: by model, category and framing.

use crate::drawn::Drawn;
use crate::interval_notes::constant_rater;
use crate::pairing::{Graded, Pairing, measures};
use crate::uncertainty::Steps;
use crate::{CompareError, Equality, PairMeasures};
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeMap;
use study::{ItemDesign, Scale};
use ts_rs::TS;

/// What divides items into strata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StratifiedBy {
    /// The model that answered.
    Model,
    /// The scenario's category.
    Category,
    /// Who asks.
    Framing,
    /// When in the course of the rating the item came.
    Period,
}

/// Agreement on one axis within each stratum.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Strata {
    /// What divides the items.
    pub by: StratifiedBy,
    /// The axis.
    pub axis: String,
    /// By the stratum's name, in order of the names.
    pub strata: IndexMap<String, PairMeasures>,
    /// Whether kappa with quadratic weights is the same in all strata, of the rated sample.
    pub equality: Equality,
    /// Sentences about the intervals, each with the strata that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub findings: Vec<String>,
}

const KINDS: [StratifiedBy; 4] =
    [StratifiedBy::Model, StratifiedBy::Category, StratifiedBy::Framing, StratifiedBy::Period];

impl StratifiedBy {
    pub(crate) fn stratum(self, design: &ItemDesign) -> Option<String> {
        match self {
            Self::Model => design.model.clone(),
            Self::Category => design.category.clone(),
            Self::Framing => design.framing.map(|framing| framing.name().into()),
            Self::Period => design.period.clone(),
        }
    }
}

/// The ways to divide the items of a pairing into at least two strata, and the items of each.
pub(crate) type Divided<'a> = Vec<(StratifiedBy, BTreeMap<String, Vec<Graded<'a>>>)>;

pub(crate) fn divide<'a>(pairing: &Pairing<'a>) -> Divided<'a> {
    let by = |kind: StratifiedBy| {
        let mut strata: BTreeMap<String, Vec<Graded<'a>>> = BTreeMap::new();
        for graded in &pairing.graded {
            if let Some(stratum) = graded.design.and_then(|design| kind.stratum(design)) {
                strata.entry(stratum).or_default().push(*graded);
            }
        }
        (kind, strata)
    };
    KINDS.into_iter().map(by).filter(|(_, strata)| strata.len() > 1).collect()
}

/// Agreement within each stratum of `divided`.
pub(crate) fn measure(
    divided: Divided<'_>,
    drawn: Drawn,
    scale: &Scale,
    steps: &Steps<'_>,
) -> Result<Vec<Strata>, CompareError> {
    let grades = scale.values();
    let on_scale = |reason| CompareError::Scale { axis: scale.axis.clone(), reason };
    let mut all = Vec::new();
    for (by, divided) in divided {
        let strata = divided.values().map(Vec::as_slice);
        let equality = Equality::of(strata, grades.len(), steps.effort.resampling.seed);
        let equality = equality.map_err(on_scale)?;
        let mut strata = IndexMap::new();
        for (name, items) in divided {
            let found = measures(&items, drawn, &grades, &steps.effort)
                .map_err(CompareError::of_scale(&scale.axis))?;
            strata.insert(name, found);
            steps.advance()?;
        }
        let findings = findings(&strata);
        all.push(Strata { by, axis: scale.axis.clone(), strata, equality, findings });
    }
    Ok(all)
}

/// What is said of intervals where a rater is constant, as of the whole; with the strata where one is.
fn findings(strata: &IndexMap<String, PairMeasures>) -> Vec<String> {
    let constant = |(name, measures): (&String, &PairMeasures)| {
        let sample = measures.unweighted.as_deref().unwrap_or(measures);
        Some((name.clone(), constant_rater(measures, sample)?))
    };
    let (names, notes): (Vec<String>, Vec<&str>) = strata.iter().filter_map(constant).unzip();
    notes.first().map(|note| format!("{}: {note}", names.join(", "))).into_iter().collect()
}
