//! How several raters' grades of the same responses became one number, counted and in words.

use super::rated::RatedResponses;
use indexmap::IndexMap;
use serde::Serialize;
use study::Reference;
use ts_rs::TS;

/// Several raters of the same responses.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CombinedRaters {
    /// What represents their grades.
    pub reference: Reference,
    /// Their names.
    pub names: Vec<String>,
    /// By axis.
    pub axes: IndexMap<String, AxisRaters>,
}

/// How many raters graded responses on one axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct AxisRaters {
    /// Responses that several graded.
    #[ts(type = "number")]
    pub several: u64,
    /// Responses that one alone graded, whose grade stands.
    #[ts(type = "number")]
    pub one: u64,
    /// Of those that several graded, those with differing grades.
    #[ts(type = "number")]
    pub disputed: u64,
    /// Of these, those that were decided.
    #[ts(type = "number")]
    pub decided: u64,
    /// Whether decided grades replace raters' own: for the average, once every
    /// disagreement on the axis is decided.
    pub decisions_count: bool,
}

impl RatedResponses {
    pub(crate) fn counts(&self, axis: &str) -> AxisRaters {
        let decisions = self.decisions.get(axis);
        let mut found = AxisRaters::default();
        for (item, response) in &self.items {
            let grades = response.grades(axis);
            let [first, rest @ ..] = grades.as_slice() else { continue };
            let disputed = rest.iter().any(|grade| grade != first);
            found.one += u64::from(rest.is_empty());
            found.several += u64::from(!rest.is_empty());
            found.disputed += u64::from(disputed);
            let decided = decisions.is_some_and(|decided| decided.contains_key(item));
            found.decided += u64::from(disputed && decided);
        }
        found.decisions_count = decisions.is_some()
            && self.reference == Reference::Average
            && found.decided == found.disputed;
        found
    }

    /// None where each response has one rater.
    pub(crate) fn combined(&self, axes: [&str; 2]) -> Option<CombinedRaters> {
        let there = axes.into_iter().filter(|axis| self.scale(axis).is_some());
        self.has_several().then(|| CombinedRaters {
            reference: self.reference,
            names: self.raters.clone(),
            axes: there.map(|axis| (axis.to_owned(), self.counts(axis))).collect(),
        })
    }
}

impl CombinedRaters {
    /// What a reader must know of it.
    pub(crate) fn cautions(&self) -> Vec<String> {
        let shifted = match self.reference {
            Reference::Lower => Some(("lowest", "below")),
            Reference::Upper => Some(("highest", "above")),
            Reference::Average | Reference::Median => None,
        };
        let shifted = shifted.map(|(which, side)| {
            format!(
                "The {which} of the raters' grades represents each response, so means and shares lie \
                 {side} what the raters themselves give on average."
            )
        });
        shifted
            .into_iter()
            .chain(self.axes.iter().filter_map(|(name, axis)| self.said(name, axis)))
            .collect()
    }

    fn said(&self, name: &str, axis: &AxisRaters) -> Option<String> {
        let AxisRaters { several, one, disputed, decided, decisions_count } = *axis;
        let mut said = Vec::new();
        if disputed > 0 {
            let stands = match (decisions_count, decided) {
                (true, _) => "all are decided, and the decided grades stand".to_owned(),
                (false, 0) => format!("the {} of their grades represents each", self.reference),
                (false, decided) => format!(
                    "{decided} of these are decided and {} are not; the {} of the raters' own grades \
                     represents all",
                    disputed - decided,
                    self.reference
                ),
            };
            said.push(format!("raters differ on {disputed} of the {several} responses that several graded: {stands}"));
        }
        if one > 0 {
            said.push(format!(
                "{one} of {} responses {} graded by one rater only",
                several + one,
                if one == 1 { "was" } else { "were" }
            ));
        }
        (!said.is_empty()).then(|| format!("Axis `{name}`: {}.", said.join("; ")))
    }
}
