//! The texts of a draft, to be looked through for what the scan has no words for.

use super::DraftTexts;
use crate::StudyDraft;
use crate::contract::Command;
use crate::{Context, Failure};
use serde::{Deserialize, Serialize};
use study::{Digest, Leak, LeakDecisions, LeakPlace, ReadText, Words};
use ts_rs::TS;

/// Lists the texts that raters of a draft would read. Writes nothing.
#[derive(Debug, Deserialize, TS)]
pub struct ListTexts {
    /// The draft.
    pub draft: StudyDraft,
    /// Only those that have these words in them, even within other words; all of them by default.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub with: String,
}

/// The texts, responses first.
#[derive(Debug, Serialize, TS)]
pub struct TextList {
    /// Those asked for.
    pub texts: Vec<TextLine>,
    /// How many there are.
    pub of: u32,
}

/// A text in a list.
#[derive(Debug, Serialize, TS)]
pub struct TextLine {
    /// The text.
    pub text: Digest,
    /// Where it stands.
    pub place: LeakPlace,
    /// The scenario that it belongs to; empty for instructions and calibration.
    pub scenario: String,
    /// How it begins, on one line.
    pub excerpt: String,
}

/// Shows one text of a draft, as it was before any mask.
#[derive(Debug, Deserialize, TS)]
pub struct ShowText {
    /// The draft.
    pub draft: StudyDraft,
    /// The text.
    pub text: Digest,
}

/// A text of a draft.
#[derive(Debug, Serialize, TS)]
pub struct TextShown {
    /// The text.
    pub text: String,
    /// Every place where it stands, to the letter.
    pub places: Vec<LeakPlace>,
}

/// Finds words in the texts of a draft, whether the scan finds them or not. Writes nothing.
#[derive(Debug, Deserialize, TS)]
pub struct FindWords {
    /// The draft.
    pub draft: StudyDraft,
    /// The words: whole, in any case, with any white space between them.
    pub words: String,
    /// Only in this response, scenario/model/repetition, or in the texts of this scenario.
    #[serde(default)]
    #[ts(optional)]
    pub within: Option<String>,
}

/// Where the words stand.
#[derive(Debug, Serialize, TS)]
pub struct WordsFound {
    /// Each place, as what the lead author would mark.
    pub leaks: Vec<Leak>,
    /// The places among `leaks` of those that no mask of the draft covers.
    pub unmasked: Vec<u32>,
    /// Texts searched.
    pub texts: u32,
}

const EXCERPT: usize = 90;

impl Command for ListTexts {
    const NAME: &'static str = "list_texts";
    type Reply = TextList;

    fn run(self, _context: &mut Context) -> Result<TextList, Failure> {
        let texts = DraftTexts::of(&self.draft)?;
        let read = texts.read();
        let words = Words::new(&self.with);
        let asked = |read: &&ReadText<'_>| match &words {
            Some(words) => words.stand_in(read.text),
            None => true,
        };
        let line = |read: &ReadText<'_>| TextLine {
            text: Digest::of(&read.text),
            scenario: texts.scenario_of(&read.place),
            place: read.place.clone(),
            excerpt: excerpt(read.text),
        };
        Ok(TextList { texts: read.iter().filter(asked).map(line).collect(), of: read.len() as u32 })
    }
}

impl Command for ShowText {
    const NAME: &'static str = "show_text";
    type Reply = TextShown;

    fn run(self, _context: &mut Context) -> Result<TextShown, Failure> {
        let texts = DraftTexts::of(&self.draft)?;
        let read = texts.read();
        let mut alike = read.iter().filter(|read| Digest::of(&read.text) == self.text).peekable();
        let text = alike.peek().map(|read| read.text.to_owned()).ok_or_else(|| {
            Failure::refused("the text is not in the study any more; search the texts again")
        })?;
        Ok(TextShown { text, places: alike.map(|read| read.place.clone()).collect() })
    }
}

impl Command for FindWords {
    const NAME: &'static str = "find_words";
    type Reply = WordsFound;

    fn run(self, _context: &mut Context) -> Result<WordsFound, Failure> {
        let words = Words::new(&self.words).ok_or_else(|| {
            Failure::refused("words: found nothing to look for, or too much; expected a few words")
        })?;
        let texts = DraftTexts::of(&self.draft)?;
        let mut read = texts.read();
        if let Some(within) = &self.within {
            read.retain(|read| texts.stands_within(&read.place, within));
            if read.is_empty() {
                return Err(Failure::refused(format!(
                    "found no text of `{within}`; expected a response of the study as \
                     scenario/model/repetition, such as `{}`, or a scenario",
                    texts.responses.first().map(|one| one.origin.item_name()).unwrap_or_default()
                )));
            }
        }
        let decisions = LeakDecisions::new(&self.draft.decisions).map_err(Failure::refused)?;
        let leaks = words.find(&read);
        let unmasked = (0u32..)
            .zip(&leaks)
            .filter(|(_, leak)| !decisions.masks(&leak.id))
            .map(|(place, _)| place)
            .collect();
        Ok(WordsFound { unmasked, texts: read.len() as u32, leaks })
    }
}

impl DraftTexts {
    fn scenario_of(&self, place: &LeakPlace) -> String {
        match place {
            LeakPlace::Response { response } => {
                self.responses[*response as usize].origin.scenario_id.clone()
            }
            LeakPlace::Scenario { scenario, .. } => scenario.clone(),
            LeakPlace::Instructions {} | LeakPlace::Calibration { .. } => String::new(),
        }
    }

    fn stands_within(&self, place: &LeakPlace, name: &str) -> bool {
        match place {
            LeakPlace::Response { response } => {
                self.responses[*response as usize].origin.item_name() == name
            }
            LeakPlace::Scenario { scenario, .. } => scenario == name,
            LeakPlace::Instructions {} | LeakPlace::Calibration { .. } => false,
        }
    }
}

/// How `text` begins, on one line.
fn excerpt(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut line = words.next().unwrap_or_default().to_owned();
    for word in words {
        if line.chars().count() >= EXCERPT {
            break;
        }
        line.push(' ');
        line.push_str(word);
    }
    line.chars().take(EXCERPT).collect()
}
