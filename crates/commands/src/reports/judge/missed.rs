//! The responses that a judge missed, to read.
//!
//! The report lists them without their texts: a study's texts are many times its numbers, and who
//! reads them reads one after the other.

use crate::columns::texts_mapping;
use crate::contract::Command;
use crate::formatted::{format, format_turns};
use crate::lead::{UnblindedStudy, split_study};
use crate::names::count;
use crate::reports::reading::mappings_of_any;
use crate::{Block, Context, Failure, Outcome, ResponseView};
use exchange::{Collected, Mappings, ScoreSource};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use study::{
    BlindedResponse, BlindedScenario, ItemDesign, ItemId, Key, Origin, Prompt, RaterRatings,
    Response, Scenario,
};
use ts_rs::TS;

/// Gives the texts of responses that a judge missed.
#[derive(Debug, Deserialize, TS)]
pub struct ShowMissed {
    /// The items, as the report names them.
    pub items: Vec<String>,
    /// The responses as they were collected: a table, JSON or a log.
    #[serde(default)]
    #[ts(optional)]
    pub responses: Option<String>,
    /// Scenarios, for the prompts: a folder, or a table of them.
    #[serde(default)]
    #[ts(optional)]
    pub scenarios: Option<String>,
    /// Which columns of the tables of responses and scenarios hold what.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub texts_map: Vec<String>,
    /// The humans' files, for what they noted of the items. A study whose key is open holds the texts too.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub humans: Vec<String>,
    /// The key that joins blinded ratings with the items.
    #[serde(default)]
    #[ts(optional)]
    pub key: Option<String>,
    /// Which columns of the humans' tables hold what, as for the report.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub map: Vec<String>,
}

/// The texts.
#[derive(Debug, Serialize, TS)]
pub struct MissedTexts {
    /// By item.
    pub texts: BTreeMap<String, MissedText>,
    /// What a reader must know, such as lines that could not be read.
    pub cautions: Vec<String>,
}

/// One missed response, or what is missing to show it.
#[derive(Debug, Serialize, TS)]
pub struct MissedText {
    /// What was asked.
    pub asked: Outcome<Asked>,
    /// What was answered.
    pub response: Outcome<ResponseView>,
    /// What humans noted of it, in the order of the files.
    pub notes: Vec<MissedNote>,
}

/// A human's note, which may say why.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MissedNote {
    /// The human's name.
    pub human: String,
    /// The note.
    pub note: String,
}

/// What was asked, and what a good answer says.
#[derive(Debug, Serialize, TS)]
pub struct Asked {
    /// The scenario's title.
    pub title: String,
    /// What came before the prompt; may be empty.
    pub system_prompt: String,
    /// The prompt as it was asked.
    pub prompt: Prompt,
    /// Its turns, formatted; none where it is a text.
    pub turns: Vec<Vec<Block>>,
    /// The reference answer, formatted.
    pub reference_answer: Vec<Block>,
    /// What a good answer must contain.
    pub critical_actions: Vec<String>,
}

impl Command for ShowMissed {
    const NAME: &'static str = "show_missed";
    type Reply = MissedTexts;

    fn run(self, _context: &mut Context) -> Result<MissedTexts, Failure> {
        let Shelf { responses, scenarios, humans, cautions } = Shelf::open(&self)?;
        let notes = notes(&humans, self.key.as_deref())?;
        let own =
            humans.iter().find_map(Human::study).map(UnblindedStudy::texts).unwrap_or_default();
        let responses = responses.as_deref().map(by_scenario);
        let scenarios = scenarios.as_deref().map(by_id);
        let text = |item: &String| {
            let (source, own) = (Source::of(item, &humans), own.get(item));
            let text = MissedText {
                asked: asked(&source, scenarios.as_ref(), own.map(|own| own.0)),
                response: response(&source, responses.as_ref(), own.map(|own| own.1)),
                notes: notes.get(item).cloned().unwrap_or_default(),
            };
            (item.clone(), text)
        };
        Ok(MissedTexts { texts: self.items.iter().map(text).collect(), cautions })
    }
}

/// What was read of the files that were given.
struct Shelf {
    responses: Option<Vec<Response>>,
    scenarios: Option<Vec<Scenario>>,
    humans: Vec<Human>,
    cautions: Vec<String>,
}

/// A file of one human or more, or a study, which also holds the texts that its raters read.
enum Human {
    Study(Box<UnblindedStudy>),
    File(ScoreSource),
}

impl Human {
    fn open(name: &str, mappings: &Mappings) -> Result<Self, Failure> {
        match split_study(name) {
            Some((study, _)) => Ok(Self::Study(Box::new(UnblindedStudy::open(study)?))),
            None => Ok(Self::File(ScoreSource::open_mapped(name, &mappings.of(name))?)),
        }
    }

    fn study(&self) -> Option<&UnblindedStudy> {
        match self {
            Self::Study(study) => Some(study),
            Self::File(_) => None,
        }
    }
}

impl Shelf {
    fn open(asked: &ShowMissed) -> Result<Self, Failure> {
        let mut cautions = Vec::new();
        let mapping = texts_mapping("texts_map", &asked.texts_map)?;
        let responses = match &asked.responses {
            Some(file) => {
                let Collected { responses, problems, notes, unit, .. } =
                    exchange::collect_responses(Path::new(file), &mapping)?;
                cautions.extend(notes);
                if let Some(first) = problems.iter().next() {
                    let unread = count(problems.len(), unit);
                    cautions.push(format!(
                        "{unread} of the responses could not be read; the first: {first}"
                    ));
                }
                Some(responses)
            }
            None => None,
        };
        let scenarios = match &asked.scenarios {
            Some(folder) => {
                let bank = exchange::read_scenarios(Path::new(folder), &mapping)?;
                cautions.extend(bank.notes);
                Some(bank.scenarios)
            }
            None => None,
        };
        let mappings = mappings_of_any(&asked.map)?;
        let humans = asked.humans.iter().map(|name| Human::open(name, &mappings));
        Ok(Self { responses, scenarios, humans: humans.collect::<Result<_, _>>()?, cautions })
    }
}

/// By item, as the key names it, what the humans' ratings files and studies hold. Other files hold no
/// notes.
fn notes(
    humans: &[Human],
    key: Option<&str>,
) -> Result<BTreeMap<String, Vec<MissedNote>>, Failure> {
    let key = key.map(|file| exchange::read_key(Path::new(file))).transpose()?;
    let mut found = BTreeMap::new();
    for human in humans {
        match human {
            Human::Study(study) => study
                .ratings()
                .for_each(|ratings| add_notes(&mut found, ratings, Some(study.key()))),
            Human::File(ScoreSource::Ratings(ratings)) => {
                add_notes(&mut found, ratings.rated(), key.as_ref());
            }
            Human::File(_) => {}
        }
    }
    Ok(found)
}

fn add_notes(
    found: &mut BTreeMap<String, Vec<MissedNote>>,
    ratings: RaterRatings<'_>,
    key: Option<&Key>,
) {
    let items = key.iter().flat_map(|key| &key.items).filter(|item| item.repeat_of.is_none());
    let names: BTreeMap<&ItemId, String> =
        items.map(|item| (&item.item, item.origin.item_name())).collect();
    for (item, note) in ratings.notes() {
        let name = names.get(&item).cloned().unwrap_or_else(|| item.to_string());
        found.entry(name).or_default().push(MissedNote { human: ratings.called().into(), note });
    }
}

/// Responses by their scenario.
type Responses<'a> = BTreeMap<&'a str, Vec<&'a Response>>;

fn by_scenario(responses: &[Response]) -> Responses<'_> {
    let mut found = Responses::new();
    for response in responses {
        found.entry(response.origin.scenario_id.as_str()).or_default().push(response);
    }
    found
}

fn by_id(scenarios: &[Scenario]) -> BTreeMap<&str, &Scenario> {
    scenarios.iter().map(|scenario| (scenario.id.as_str(), scenario)).collect()
}

/// Which response an item is, as far as its name and the humans' files say.
#[derive(Default)]
struct Source {
    scenario: Option<String>,
    model: Option<String>,
    rep: Option<u32>,
    /// Whether the item's own name was taken for the scenario's.
    is_guessed: bool,
}

const NO_SCENARIO: &str = "the ratings do not say which scenario this item belongs to: they need a column for the \
     scenario, or the key that joins blinded items with their responses";
const NO_MODEL: &str = "the ratings do not say which model answered: they need a column for the model, or the key that \
     joins blinded items with their responses";

impl Source {
    fn of(item: &str, humans: &[Human]) -> Self {
        let design = humans.iter().find_map(|human| match human {
            Human::File(file) => file.grades()?.design_of(item),
            Human::Study(_) => None,
        });
        let named = Origin::of_item_name(item);
        match (design, named) {
            (Some(ItemDesign { scenario, model, rep, .. }), _) if !scenario.is_empty() => Self {
                scenario: Some(scenario.clone()),
                model: model.clone(),
                rep: *rep,
                is_guessed: false,
            },
            (_, Some(Origin { scenario_id, model_id, rep_id })) => Self {
                scenario: Some(scenario_id),
                model: Some(model_id),
                rep: Some(rep_id),
                is_guessed: false,
            },
            // As samples of a log are: an item may be called as the scenario that it answers.
            (_, None) if item.parse::<f64>().is_err() => {
                Self { scenario: Some(item.to_owned()), is_guessed: true, ..Self::default() }
            }
            (_, None) => Self::default(),
        }
    }

    /// What is said where nothing is called so.
    fn unknown(&self, otherwise: &str) -> String {
        if self.is_guessed { NO_SCENARIO.into() } else { otherwise.into() }
    }

    /// The one response that this is.
    fn response<'a>(&self, responses: &Responses<'a>) -> Result<&'a Response, String> {
        let scenario = self.scenario.as_ref().ok_or(NO_SCENARIO)?;
        let is_this = |response: &&Response| {
            let Origin { model_id, rep_id, .. } = &response.origin;
            self.model.as_ref().is_none_or(|model| model == model_id)
                && self.rep.is_none_or(|rep| rep == *rep_id)
        };
        let answers = responses.get(scenario.as_str()).into_iter().flatten().copied();
        let found: Vec<&Response> = answers.filter(is_this).collect();
        match found[..] {
            [one] => Ok(one),
            [] => Err(self.unknown("the file of responses does not hold it")),
            _ if self.model.is_none() => Err(NO_MODEL.into()),
            _ => Err(format!(
                "the file of responses holds {} answers of {} to {scenario}, and the ratings do not say \
                 which of them this is: items named `scenario/model/repetition` do",
                found.len(),
                self.model.as_deref().unwrap_or_default()
            )),
        }
    }
}

fn undefined<T>(reason: impl Into<String>) -> Outcome<T> {
    Outcome::Undefined { undefined: reason.into() }
}

fn response(
    source: &Source,
    responses: Option<&Responses<'_>>,
    own: Option<&BlindedResponse>,
) -> Outcome<ResponseView> {
    match (responses, own) {
        (None, Some(own)) => Outcome::Made(ResponseView::of(own)),
        (None, None) => undefined("no file of responses was given"),
        (Some(responses), _) => match source.response(responses) {
            Ok(Response { text, filtered, .. }) => {
                let shown = BlindedResponse { text: text.clone(), filtered: *filtered };
                Outcome::Made(ResponseView::of(&shown))
            }
            Err(reason) => undefined(reason),
        },
    }
}

fn asked(
    source: &Source,
    scenarios: Option<&BTreeMap<&str, &Scenario>>,
    own: Option<&BlindedScenario>,
) -> Outcome<Asked> {
    match (scenarios, own, &source.scenario) {
        (None, Some(own), Some(id)) => Outcome::Made(Asked {
            title: id.clone(),
            system_prompt: own.system_prompt.clone(),
            prompt: own.prompt.clone(),
            turns: format_turns(&own.prompt),
            reference_answer: format(&own.reference_answer),
            critical_actions: own.critical_actions.clone(),
        }),
        (None, ..) => undefined("no scenarios were given"),
        (Some(_), _, None) => undefined(NO_SCENARIO),
        (Some(scenarios), _, Some(id)) => match scenarios.get(id.as_str()) {
            Some(scenario) => Outcome::Made(Asked::of(scenario)),
            None => undefined(source.unknown("the scenarios that were given do not hold it")),
        },
    }
}

impl Asked {
    fn of(scenario: &Scenario) -> Self {
        let actions = scenario.critical_actions.iter().map(|action| action.text.clone());
        Self {
            title: scenario.title.clone(),
            system_prompt: scenario.system_prompt.clone(),
            prompt: scenario.prompt.clone(),
            turns: format_turns(&scenario.prompt),
            reference_answer: format(&scenario.reference_answer),
            critical_actions: actions.collect(),
        }
    }
}
