//! One function per thing a person can ask, and the contract that names them for the screen.

mod begun_text;
mod cautions;
mod columns;
mod contract;
mod doubts;
mod example;
mod formatted;
mod given_path;
mod harmless;
mod lead;
mod list_sheets;
mod names;
mod own_file;
mod preferences;
mod rating;
mod reports;
mod text_file;

pub use agreement::Permuted;
pub use analysis::{
    ActionAgreement, ActionFindings, ActionRates, AgreementReport, Amount, AtGrade, AtThreshold,
    AxisAgreement, BatteryFindings, Beside, CategoryFinding, CoefficientReport, Constant, Contest,
    ControlFindings, DisposedHypothesis, DisposedTest, Disposition, Entry, Equality, Equivalence,
    ErrorRate, Filtered, FilteredFindings, Findings, FirstInstructionFindings, FirstInstructions,
    FramingContrast, FramingMean, HeldThreshold, HitRate, HumanCeiling, Intervals, JudgeAxis,
    JudgeBounds, JudgeMeasures, JudgeReport, JudgeStrata, LeftOut, Missed, ModelFinding,
    ModelPoint, Outcome, PairGap, PairMeasures, PairedRate, PanelAxis, PanelCoefficients,
    PanelReport, Pattern, PatternCutoffs, PlaneFindings, PredictedMean, Registered,
    RepeatAgreement, Replacement, ReportedMeasure, ReportedTest, Resampled, SignedRank, Strata,
    StratifiedBy, StudyAgreement, UngradedBounds, Value,
};
pub use begun_text::{BegunTexts, KeepBegunText, ListBegunTexts};
pub use cautions::{Moment, PacketCaution};
pub use columns::{
    ChosenColumns, ColumnsSaved, HeldColumn, ReadColumns, SaveColumns, SplitMap, TableOf,
};
pub use contract::{Command, Context, Failure, FailureKind, Step, Watch, call, write_contract};
pub use example::{ExampleRun, RunExample};
pub use exchange::{Holding, count, first_few, name_categories, quoted};
pub use figures::Figure;
pub use formatted::{Block, Inline};
pub use harmless::{harmless, harmless_json};
pub use lead::*;
pub use list_sheets::{ListSheets, ListedSheet, SheetList};
pub use preferences::{KeepPreferences, Preferences, ShowPreferences};
pub use rating::*;
pub use reports::*;
pub use secrecy::SecretString;
pub use text_file::{MOST_BY_HAND, read_column_lines, read_instructions, read_secret_file};

/// The words in which the lead author's commands are asked and answered.
pub use study::{
    Balance, BatteryExclusion, CalibrationPart, Cause, Certainty, Claim, Correction, Design, Grade,
    ItemId, Leak, LeakDecision, LeakKind, LeakPlace, MASKED, Margin, MarginKind, Oversample,
    Procedure, Reference, Requires, Sampling, ScenarioPart, TestUnit, accept_all, io_reason,
    mask_all, mask_each,
};
