//! One function per thing a person can ask, and the contract that names them for the screen.

mod agree;
mod begun_text;
mod calibration;
mod cautions;
mod check;
mod coefficients;
mod contract;
mod desk;
mod example;
mod export;
mod failure;
mod findings;
mod formatted;
mod given_path;
mod harmless;
mod judge;
mod lead;
mod library;
mod lock;
mod make_packets;
mod names;
mod open_item;
mod open_packet;
mod own_file;
mod plan;
mod rate;
mod save_figure;
mod source;
mod text_file;
mod watch;

pub use agree::{ComparePanel, CompareRaters, DeclaredScale, HowToCompare};
pub use agreement::Permuted;
pub use analysis::{
    ActionAgreement, ActionFindings, ActionRates, AgreementReport, Amount, AtGrade, AxisAgreement,
    BatteryFindings, Beside, CategoryFinding, CoefficientReport, Constant, Contest,
    ControlFindings, DisposedHypothesis, DisposedTest, Disposition, Entry, Equality, Equivalence,
    ErrorRate, Filtered, FilteredFindings, Findings, FirstInstructionFindings, FirstInstructions,
    FramingContrast, FramingMean, HeldThreshold, HitRate, HumanCeiling, Intervals, JudgeAxis,
    JudgeBounds, JudgeMeasures, JudgeReport, JudgeStrata, LeftOut, Measure, Missed, ModelFinding,
    ModelPoint, Outcome, PairGap, PairMeasures, PairedRate, PanelAxis, PanelCoefficients,
    PanelReport, Pattern, PatternCutoffs, PlaneFindings, PredictedMean, Registered,
    RepeatAgreement, Replacement, Resampled, SignedRank, Strata, StratifiedBy, StudyAgreement,
    Test, UngradedBounds, Value,
};
pub use begun_text::{BegunTexts, KeepBegunText, ListBegunTexts};
pub use calibration::{Discussion, SharedGrade};
pub use check::{CheckPacket, ItemCheck, PacketCheck};
pub use coefficients::ComputeCoefficients;
pub use contract::{Command, call, write_contract};
pub use desk::Desk;
pub use example::{ExampleRun, RunExample};
pub use export::{ExportRatings, Exported};
pub use failure::Failure;
pub use findings::{ComputeFindings, write_built_in_battery};
pub use formatted::{Block, Inline};
pub use harmless::{harmless, harmless_json};
pub use judge::{Asked, MissedNote, MissedText, MissedTexts, ShowMissed, ValidateJudge};
pub use lead::*;
pub use library::{
    ItemSummary, Library, LibraryEntry, ListPackets, NameRater, OpenExample, OpenPacket, Progress,
    ResumePacket, Session,
};
pub use lock::{LaterChange, LockPacket};
pub use make_packets::{MakePackets, PacketsMade};
pub use plan::{
    ItemsPlanned, PlanAgreement, PlanClusters, PlanCoefficient, PlanDifference, PlanDisagreements,
    PlanDistance, PlanExpected, PlanGoal, PlanItems, PlanMethod, PlanPoint, PlanSpread, PlanStudy,
    PlanSubject, PlanTarget, PlanUnit, PlanWeights, StudyPlan, StudyPlanned, StudyPoint,
};
pub use rate::{
    ItemView, RateItem, ResponseView, Saved, ShowItem, UndoChange, Undone, UndoneChange,
};
pub use save_figure::{FigureSaved, SaveFigure};
pub use secrecy::SecretString;
pub use text_file::{MOST_BY_HAND, read_text_file};
pub use watch::{Step, Watch};

/// The words in which the lead author's commands are asked and answered.
pub use study::{
    Balance, BatteryExclusion, CalibrationPart, Cause, Certainty, Claim, Correction, Design, Grade,
    ItemId, Leak, LeakDecision, LeakKind, LeakPlace, MASKED, Margin, MarginKind, Oversample,
    Procedure, Reference, Requires, Sampling, ScenarioPart, TestUnit, accept_all, io_reason,
    mask_all, mask_each,
};
