//! How a person wants the screens to look, and which keys they chose: kept on this computer, for every packet and study.

use crate::contract::Command;
use crate::own_file::OwnFile;
use crate::{Context, Failure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Shows how a person wants the screens to look.
#[derive(Debug, Deserialize, TS)]
pub struct ShowPreferences {}

/// Keeps how a person wants the screens to look.
#[derive(Debug, Deserialize, TS)]
pub struct KeepPreferences {
    /// All of them.
    pub preferences: Preferences,
}

/// How a person wants the screens to look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Preferences {
    /// The size of all text in percent of the usual one, 80 to 200.
    pub text_size: u32,
    /// Whether the case is folded away on the rating screen, so that one text is read at a time.
    pub case_folded: bool,
    /// Whether the wording of every grade is shown, and not of the chosen one alone.
    pub all_anchors: bool,
    /// The width of the case on the rating screen in rem, 14 to 60; nothing where the window decides.
    pub case_width: Option<f64>,
    /// The width of the scores on the rating screen in rem, 22 to 60; nothing where the window decides.
    pub scores_width: Option<f64>,
    /// The language of the screens, such as `de`; nothing where the system decides.
    pub language: Option<String>,
    /// The keys that were chosen, by command, such as `rate.note`; commands that are not named have their usual key. A key
    /// is written as `p`, `Shift+h` or `$mod+e`, where `$mod` is Ctrl, or the command key of a Mac.
    pub keys: BTreeMap<String, String>,
}

const SMALLEST_TEXT: u32 = 80;
const LARGEST_TEXT: u32 = 200;
const NARROWEST_CASE: f64 = 14.0;
const NARROWEST_SCORES: f64 = 22.0;
const WIDEST: f64 = 60.0;
/// More keys than the screens have commands.
const MOST_KEYS: usize = 200;
/// Longer than the name of any command, key or language.
const LONGEST_NAME: usize = 40;

impl Default for Preferences {
    fn default() -> Self {
        Self {
            text_size: 100,
            case_folded: false,
            all_anchors: false,
            case_width: None,
            scores_width: None,
            language: None,
            keys: BTreeMap::new(),
        }
    }
}

impl Preferences {
    /// The same with sizes and widths within their limits, and without names that are malformed. Which keys, commands
    /// and languages there are, only the screens know.
    fn drawable(self) -> Self {
        let sane = |name: &str| {
            (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.contains(char::is_control)
        };
        let keys = self.keys.into_iter().filter(|(command, key)| sane(command) && sane(key));
        Self {
            keys: keys.take(MOST_KEYS).collect(),
            language: self.language.filter(|tag| sane(tag)),
            text_size: self.text_size.clamp(SMALLEST_TEXT, LARGEST_TEXT),
            case_width: self.case_width.map(|width| width.clamp(NARROWEST_CASE, WIDEST)),
            scores_width: self.scores_width.map(|width| width.clamp(NARROWEST_SCORES, WIDEST)),
            ..self
        }
    }
}

impl Command for ShowPreferences {
    const NAME: &'static str = "show_preferences";
    type Reply = Preferences;

    fn run(self, context: &mut Context) -> Result<Preferences, Failure> {
        let read = file(context).read::<Preferences>();
        let remedy = |reason| {
            format!(
                "How you want the screens to look cannot be read. {reason}. Move the file elsewhere."
            )
        };
        Ok(read.map_err(|reason| Failure::refused(remedy(reason)))?.unwrap_or_default().drawable())
    }
}

impl Command for KeepPreferences {
    const NAME: &'static str = "keep_preferences";
    type Reply = Preferences;

    fn run(self, context: &mut Context) -> Result<Preferences, Failure> {
        let preferences = self.preferences.drawable();
        let file = file(context);
        let _turn = file.turn()?;
        file.write(&preferences)?;
        Ok(preferences)
    }
}

fn file(context: &Context) -> OwnFile {
    context.desk.own_file("preferences.json", "primum-preferences/1")
}
