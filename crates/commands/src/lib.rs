//! One function per thing a person can ask, and the contract that names them for the screen.

mod agree;
mod calibration;
mod check;
mod coefficients;
mod contract;
mod desk;
mod example;
mod export;
mod failure;
mod findings;
mod formatted;
mod judge;
mod lead;
mod library;
mod lock;
mod make_packets;
mod open_item;
mod open_packet;
mod plan;
mod rate;
mod watch;

pub use agree::{ComparePanel, CompareRaters, DeclaredScale, HowToCompare};
pub use analysis::{
    ActionAgreement, ActionFindings, ActionRates, AgreementReport, AxisAgreement, Beside,
    CoefficientReport, ControlFindings, Entry, Equivalence, Filtered, FilteredFindings, Findings,
    FirstInstructionFindings, FirstInstructions, FramingContrast, HeldThreshold, HitRate,
    HumanCeiling, Intervals, JudgeAxis, JudgeMeasures, JudgeReport, JudgeStrata, LeftOut, Measure,
    ModelFinding, Outcome, PairGap, PairMeasures, PairedRate, PanelAxis, PanelReport,
    PredictedMean, Registered, Replacement, Resampled, SignedRank, Strata, StratifiedBy, Test,
    Value,
};
pub use calibration::{Discussion, SharedGrade};
pub use check::{CheckPacket, ItemCheck, PacketCheck};
pub use coefficients::ComputeCoefficients;
pub use contract::{Command, call, write_contract};
pub use desk::Desk;
pub use example::{ExampleRun, RunExample};
pub use export::{ExportRatings, Exported};
pub use failure::Failure;
pub use findings::ComputeFindings;
pub use formatted::{Block, Inline};
pub use judge::ValidateJudge;
pub use lead::*;
pub use library::{
    ItemSummary, Library, LibraryEntry, ListPackets, NameRater, OpenExample, OpenPacket, Progress,
    ResumePacket, Session,
};
pub use lock::{LaterChange, LockPacket};
pub use make_packets::{MakePackets, PacketsMade};
pub use plan::{
    ItemsPlanned, PlanAgreement, PlanClusters, PlanCoefficient, PlanDisagreements, PlanDistance,
    PlanExpected, PlanGoal, PlanItems, PlanMethod, PlanPoint, PlanWeights,
};
pub use rate::{
    ItemView, RateItem, ResponseView, Saved, ShowItem, UndoChange, Undone, UndoneChange,
};
pub use watch::{Step, Watch};

/// The words in which the lead author's commands are asked and answered.
pub use study::{
    Balance, CalibrationPart, Cause, Certainty, Design, Grade, ItemId, Leak, LeakDecision,
    LeakKind, LeakPlace, MASKED, Margin, MarginKind, Oversample, Sampling, ScenarioPart,
    accept_all, mask_all,
};
