//! What a draft's files hold, and what is wrong with them.

use super::Inputs;
use crate::StudyDraft;
use crate::contract::Command;
use crate::doubts::{doubts, transcripts};
use crate::formatted::format;
use crate::lead::create::rehearse;
use crate::names::count;
use crate::rating::excerpt;
use crate::{Block, Context, Failure, FailureKind};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use study::{CalibrationItem, Rubric};
use ts_rs::TS;

/// Reads the files of a draft and lists what they hold. Writes nothing.
#[derive(Debug, Deserialize, TS)]
pub struct CheckStudy {
    /// The draft.
    pub draft: StudyDraft,
}

/// What the files hold.
#[derive(Debug, Serialize, TS)]
pub struct StudyCheck {
    /// Scenarios.
    pub scenarios: u32,
    /// Scenarios that no response answers; they stay out.
    pub unanswered: u32,
    /// Responses.
    pub responses: u32,
    /// Responses whose text the provider withheld.
    pub filtered: u32,
    /// Responses without a text, not counting those.
    pub empty: u32,
    /// Responses by model.
    pub models: Vec<Counted>,
    /// Responses by category.
    pub categories: Vec<Counted>,
    /// Responses by framing.
    pub framings: Vec<Counted>,
    /// The rubric's name.
    pub rubric: String,
    /// What raters rate before the study, in the order of rating.
    pub calibration: Vec<CalibrationFound>,
    /// What must be fixed before anything is written.
    pub problems: Vec<String>,
    /// What to know before going on.
    pub cautions: Vec<String>,
}

/// A calibration item in its file.
#[derive(Debug, Serialize, TS)]
pub struct CalibrationFound {
    /// The first words of what was asked.
    pub excerpt: String,
    /// The response's first words.
    pub response: String,
    /// The shared grades, such as `OH 2`, in the order of the axes.
    pub grades: Vec<String>,
    /// Why these grades, formatted.
    pub discussion: Vec<Block>,
}

impl CalibrationFound {
    fn of(item: &CalibrationItem, rubric: &Rubric) -> Self {
        let grade = |axis: &study::Axis| {
            Some(format!("{} {}", axis.short, item.shared_grades.get(&axis.id)?))
        };
        Self {
            excerpt: excerpt(item.scenario.prompt.question()),
            response: excerpt(&item.response.text),
            grades: rubric.axes.iter().filter_map(grade).collect(),
            discussion: format(&item.discussion),
        }
    }
}

/// A name and how often it occurs.
#[derive(Debug, Serialize, TS)]
pub struct Counted {
    /// The name.
    pub name: String,
    /// How often.
    pub count: u32,
}

impl Counted {
    /// The different ones among `names`, in the order of the alphabet.
    pub(super) fn each<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Self> {
        let mut tally = Tally::default();
        names.for_each(|name| tally.add(name));
        tally.into()
    }
}

impl Command for CheckStudy {
    const NAME: &'static str = "check_study";
    type Reply = StudyCheck;

    fn run(self, _context: &mut Context) -> Result<StudyCheck, Failure> {
        let mut inputs = self.draft.read()?;
        // The window reads the files before it asks who rates.
        if inputs.problems.is_empty() && !self.draft.raters.is_empty() {
            let unmasked = self.draft.draw(&inputs).and_then(|drawing| {
                rehearse(&self.draft, &inputs, &drawing)?;
                self.draft.unmasked(&inputs, &drawing)
            });
            match unmasked {
                Err(Failure { kind: FailureKind::Refused { .. }, message }) => {
                    inputs.problems.push(message)
                }
                other => inputs.problems.extend(other?),
            }
        }
        let (mut models, mut categories, mut framings) = <(Tally, Tally, Tally)>::default();
        let mut answered = BTreeMap::new();
        for response in &inputs.responses {
            let scenario =
                inputs.bank.scenarios.iter().find(|known| known.id == response.origin.scenario_id);
            models.add(&response.origin.model_id);
            if let Some(scenario) = scenario {
                answered.insert(&scenario.id, ());
                categories.add(&scenario.category);
                framings.add(scenario.framing.map_or("none", study::Framing::name));
            }
        }
        let filtered = inputs.responses.iter().filter(|response| response.filtered).count() as u32;
        let empty =
            |response: &&study::Response| !response.filtered && response.text.trim().is_empty();
        let skipped = inputs.bank.skipped.iter();
        let mut cautions: Vec<String> = skipped
            .map(|skipped| format!("{}: {}", skipped.file.display(), skipped.reason))
            .collect();
        cautions.extend(without_reference(&inputs, &self.draft.scenarios));
        cautions.extend(self.draft.known_references(&inputs)?);
        cautions.append(&mut inputs.notes);
        cautions.extend(transcripts(&self.draft.scenarios, &inputs.bank.scenarios));
        let Inputs { responses, places, unit, .. } = &inputs;
        cautions.extend(doubts(
            &self.draft.responses,
            unit,
            responses,
            places,
            &inputs.bank.scenarios,
        ));
        Ok(StudyCheck {
            scenarios: inputs.bank.scenarios.len() as u32,
            unanswered: (inputs.bank.scenarios.len() - answered.len()) as u32,
            responses: inputs.responses.len() as u32,
            filtered,
            empty: inputs.responses.iter().filter(empty).count() as u32,
            models: models.into(),
            categories: categories.into(),
            framings: framings.into(),
            rubric: rubric_words(&inputs.rubric),
            calibration: inputs
                .calibration
                .iter()
                .map(|item| CalibrationFound::of(item, &inputs.rubric))
                .collect(),
            problems: inputs.problems,
            cautions,
        })
    }
}

impl StudyDraft {
    /// Where a reference answer is shown after rating, it is that of one scenario in one packet: raters may know what
    /// it says from another framing of the case, or from a packet that they had before.
    fn known_references(&self, inputs: &Inputs) -> Result<Vec<String>, Failure> {
        if !inputs.rubric.reference_after_rating {
            return Ok(Vec::new());
        }
        let file = &self.scenarios;
        let answered: BTreeSet<&str> =
            inputs.responses.iter().map(|response| response.origin.scenario_id.as_str()).collect();
        let has_one = |one: &&study::Scenario| !one.reference_answer.trim().is_empty();
        let scenarios = || {
            let answered = inputs.bank.scenarios.iter().filter(|one| answered.contains(&*one.id));
            answered.filter(has_one)
        };
        let mut of_case: BTreeMap<&str, u32> = BTreeMap::new();
        scenarios().for_each(|one| *of_case.entry(one.cluster()).or_default() += 1);
        let framed = of_case.values().filter(|framings| **framings > 1).count();
        let framings = (framed > 0).then(|| {
            format!(
                "{file}: {} in several framings; raters who are shown the reference answer of one framing may know \
                 what that of the other says",
                count(framed, "case")
            )
        });
        let known = self.known(inputs, scenarios())?;
        let known = (known > 0).then(|| {
            format!(
                "{file}: {} that the study has already; raters may have read the reference answer before they rate \
                 these responses",
                count(known, "scenario")
            )
        });
        Ok(framings.into_iter().chain(known).collect())
    }
}

/// Raters read what a good answer says where the bank says it.
fn without_reference(inputs: &Inputs, file: &str) -> Option<String> {
    let scenarios = &inputs.bank.scenarios;
    let bare = scenarios.iter().filter(|one| one.reference_answer.trim().is_empty()).count();
    let bare = (bare > 0).then(|| count(bare, "scenario"))?;
    Some(format!("{file}: {bare} without a reference answer; raters are shown none there"))
}

#[derive(Default)]
struct Tally(BTreeMap<String, u32>);

impl Tally {
    fn add(&mut self, name: &str) {
        *self.0.entry(name.into()).or_default() += 1;
    }
}

impl From<Tally> for Vec<Counted> {
    fn from(tally: Tally) -> Self {
        tally.0.into_iter().map(|(name, count)| Counted { name, count }).collect()
    }
}

/// Its name and version, and what is special about how raters work with it.
pub(crate) fn rubric_words(rubric: &Rubric) -> String {
    let shown =
        if rubric.reference_after_rating { "; the reference answer after rating" } else { "" };
    format!("{}, version {}{shown}", rubric.title, rubric.version)
}
