//! The fields of the window's screen for a new study, as they stand: half-written, they are no draft yet.

use crate::ChosenColumns;
use serde::{Deserialize, Serialize};
use study::{Balance, LeakDecision};
use ts_rs::TS;

/// The fields; those that do not apply keep what they hold. A number that is empty or unreadable is null.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StudyForm {
    /// The study's name.
    pub title: String,
    /// The folder of scenarios.
    pub scenarios: String,
    /// What the columns of a table of scenarios hold; nothing where nobody has said it yet.
    pub scenario_columns: Option<ChosenColumns>,
    /// The file of responses.
    pub responses: String,
    /// The same of responses.
    pub response_columns: Option<ChosenColumns>,
    /// A built-in rubric, or a file.
    pub rubric: FormRubric,
    /// The rubric's file.
    pub rubric_file: String,
    /// Whether raters see the reference answer only after rating.
    #[serde(default)]
    pub reference_after_rating: bool,
    /// The file of automated scores.
    pub scores: String,
    /// Markdown.
    pub instructions: String,
    /// The file of calibration items.
    pub calibration: String,
    /// The raters' labels.
    pub raters: Vec<String>,
    /// The place among `raters` of the lead author.
    pub lead: Option<u32>,
    /// Who rates what.
    pub design: FormDesign,
    /// How many rate each response.
    pub per_item: Option<f64>,
    /// Which responses are rated.
    pub take: FormTake,
    /// How many are drawn.
    pub size: Option<f64>,
    /// Over the models.
    pub models: Balance,
    /// Over the categories.
    pub categories: Balance,
    /// Whether more high scores are drawn.
    pub oversample: bool,
    /// The axis of the scores.
    pub axis: String,
    /// The least high score.
    pub at_least: Option<f64>,
    /// Per cent.
    pub share: Option<f64>,
    /// Whether both framings of a pair are drawn together.
    pub pairs_together: bool,
    /// The fewest filtered responses.
    pub filtered_at_least: Option<f64>,
    /// How many are shown twice.
    pub repeats: Option<f64>,
    /// The seed.
    pub seed: Option<f64>,
    /// What is decided about leaks.
    pub decisions: Vec<LeakDecision>,
}

/// Which rubric is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FormRubric {
    /// The physicians' protocol.
    Gated,
    /// The structured evaluation.
    Structured,
    /// One of the author's own.
    File,
}

/// Who rates what.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FormDesign {
    /// Everyone everything.
    Everyone,
    /// Some of them each response.
    PerItem,
}

/// Which responses are rated.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FormTake {
    /// All.
    All,
    /// A random sample.
    Sample,
}

/// Where the study goes and what will open its key, but for what would open it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SealChosen {
    /// The study's folder.
    pub folder: String,
    /// What will open the key.
    pub by: SealBy,
    /// Public keys.
    pub recipients: String,
}

/// What will open the key.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SealBy {
    /// A passphrase that the program makes.
    Generated,
    /// A passphrase of the author's own.
    Own,
    /// Private keys of others.
    Recipients,
}

/// The steps to a study.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StudyStep {
    /// The texts.
    Texts,
    /// Who rates.
    Raters,
    /// What is rated.
    Sample,
    /// What gives an origin away.
    Leaks,
    /// The key.
    Seal,
}

impl StudyForm {
    /// The files and folders that it names.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        let rubric = Some(&self.rubric_file).filter(|_| self.rubric == FormRubric::File);
        [&self.scenarios, &self.responses, &self.scores, &self.calibration]
            .into_iter()
            .chain(rubric)
            .map(|path| path.trim())
            .filter(|path| !path.is_empty())
    }
}
