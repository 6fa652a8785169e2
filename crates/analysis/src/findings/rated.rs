//! Responses with what each of their raters says of them.

use super::FindingsPlan;
use super::graded::Graded;
use std::collections::BTreeMap;
use study::{
    Exclusion, FirstInstruction, Grade, HarmRanges, ItemDesign, Observation, PositionUnit,
    Reference, RubricClaim, Scale, Score,
};

/// What one or several raters say of responses, and what represents their grades.
#[derive(Clone, Debug, PartialEq)]
pub struct RatedResponses {
    /// Their names, in the order of the files.
    pub(crate) raters: Vec<String>,
    pub(crate) reference: Reference,
    pub(crate) rubric: RubricClaim,
    pub(crate) scales: Vec<Scale>,
    /// The codes of critical actions from the least credit to the most.
    pub(crate) codes: Vec<String>,
    pub(crate) unit: PositionUnit,
    pub(crate) items: BTreeMap<String, RatedResponse>,
    pub(crate) decisions: DecidedGrades,
}

/// By axis, then by response: the grade that was decided, or none where the response was left without.
pub type DecidedGrades = BTreeMap<String, BTreeMap<String, Option<Grade>>>;

/// One response: one entry per rater, as far as they have one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RatedResponse {
    pub(crate) design: Option<ItemDesign>,
    pub(crate) scores: Vec<BTreeMap<String, Score>>,
    pub(crate) checklists: Vec<Vec<Option<usize>>>,
    pub(crate) noted: Vec<Observation>,
}

/// One axis of [`RatedResponses`].
pub(crate) struct Axis<'a> {
    rated: &'a RatedResponses,
    name: &'a str,
    /// By response; none where they do not represent raters' grades.
    decided: Option<&'a BTreeMap<String, Option<Grade>>>,
}

impl RatedResponses {
    /// Whether some response has several raters.
    pub fn has_several(&self) -> bool {
        self.items.values().any(|response| response.scores.len() > 1)
    }

    /// Who scored, in words: names in a row where each scored responses of their own.
    pub fn rater(&self) -> String {
        if !self.has_several() {
            return self.raters.join(", ");
        }
        let grade = match self.reference {
            Reference::Average | Reference::Median => "",
            Reference::Lower | Reference::Upper => " grade",
        };
        if self.scales.iter().all(|scale| self.counts(&scale.axis).decisions_count) {
            return format!("decided grades of {}", self.raters.join(" and "));
        }
        format!("{}{grade} of {}", self.reference, self.raters.join(" and "))
    }

    /// The grades of both axes of `plan`; of an axis that was not graded, any.
    pub fn harm_ranges(&self, plan: &FindingsPlan) -> HarmRanges {
        let any = HarmRanges::ANY;
        HarmRanges {
            omission: self.scale(&plan.omission_axis).unwrap_or(any.omission),
            commission: self.scale(&plan.commission_axis).unwrap_or(any.commission),
        }
    }

    pub(crate) fn scale(&self, axis: &str) -> Option<[Grade; 2]> {
        let scale = self.scales.iter().find(|scale| scale.axis == axis)?;
        Some([*scale.grades.first()?, *scale.grades.last()?])
    }

    pub(crate) fn axis<'a>(&'a self, name: &'a str) -> Axis<'a> {
        let decided = self.decisions.get(name).filter(|_| self.counts(name).decisions_count);
        Axis { rated: self, name, decided }
    }
}

impl Axis<'_> {
    /// What represents the grades of a response.
    pub(crate) fn graded(&self, item: &str) -> Result<Graded, Exclusion> {
        let response = self.rated.items.get(item).ok_or(Exclusion::NotRated)?;
        let graded = Graded::of(&self.grades(item), self.rated.reference);
        graded.ok_or_else(|| response.exclusion(self.name))
    }

    /// The grades of a response that count: its raters', or the one that was decided.
    pub(crate) fn grades(&self, item: &str) -> Vec<Grade> {
        match (self.decided.and_then(|decided| decided.get(item)), self.rated.items.get(item)) {
            // None where it was decided to leave it without a grade.
            (Some(decided), _) => decided.iter().copied().collect(),
            (None, Some(response)) => response.grades(self.name),
            (None, None) => Vec::new(),
        }
    }
}

impl RatedResponse {
    /// Every rater's grade on the axis.
    pub(crate) fn grades(&self, axis: &str) -> Vec<Grade> {
        let grade = |score: Score| match score {
            Score::Grade(grade) => Some(grade),
            Score::Excluded(_) => None,
        };
        self.on(axis).filter_map(grade).collect()
    }

    fn on<'a>(&'a self, axis: &'a str) -> impl Iterator<Item = Score> + 'a {
        self.scores.iter().filter_map(move |scores| scores.get(axis).copied())
    }

    /// Why there is no grade: what a rater says of it, rather than that nobody does.
    fn exclusion(&self, axis: &str) -> Exclusion {
        let said = self.on(axis).find_map(|score| match score {
            Score::Excluded(Exclusion::NotRated) | Score::Grade(_) => None,
            Score::Excluded(reason) => Some(reason),
        });
        said.unwrap_or(Exclusion::NotRated)
    }

    /// Whether the text was withheld: as it is stated, or else by the class that more than half of
    /// those who name one give it.
    pub(crate) fn is_filtered(&self) -> Option<bool> {
        let stated = self.noted.iter().find_map(|noted| noted.filtered);
        stated.or_else(|| {
            share(self.noted.iter().filter_map(Observation::is_filtered)).map(|share| share > 0.5)
        })
    }

    /// Every rater's code of one kind.
    pub(crate) fn codes<'a>(
        &'a self,
        of: impl Fn(&'a Observation) -> Option<&'a str>,
    ) -> Vec<&'a str> {
        self.noted.iter().filter_map(of).collect()
    }

    /// Where raters mark the first instruction; none where nobody was asked, empty where nobody finds
    /// any.
    pub(crate) fn positions(&self) -> Option<Vec<f64>> {
        let said: Vec<FirstInstruction> =
            self.noted.iter().filter_map(|noted| noted.first_instruction).collect();
        let position = |first: &FirstInstruction| match first {
            FirstInstruction::At { position } => Some(f64::from(*position)),
            FirstInstruction::Absent {} => None,
        };
        (!said.is_empty()).then(|| said.iter().filter_map(position).collect())
    }
}

/// The share that holds, 0 to 1; none of none.
pub(crate) fn share(of: impl Iterator<Item = bool>) -> Option<f64> {
    let (mut holds, mut all) = (0.0, 0.0);
    for one in of {
        holds += f64::from(u8::from(one));
        all += 1.0;
    }
    (all > 0.0).then(|| holds / all)
}
