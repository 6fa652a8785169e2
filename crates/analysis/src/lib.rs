//! From ratings to findings. Pure: it takes scores and gives values.

mod action_agreement;
mod agreement_report;
mod amount;
mod coefficients;
mod comparison;
mod drawn;
mod equality;
mod findings;
mod interval_notes;
mod judge;
mod measure;
mod pair_measures;
mod pairing;
mod panel_report;
mod rated;
mod sameness;
mod strata;
mod study_agreement;
mod uncertainty;

pub use action_agreement::{ActionAgreement, OneAction};
pub use agreement_report::{AgreementReport, AxisAgreement, Resampled, compare};
pub use amount::Amount;
pub use coefficients::{CoefficientReport, Entry, Sample, Value, coefficients};
pub use comparison::CompareError;
pub use equality::Equality;
pub use findings::{
    ActionFindings, ActionRates, AxisRaters, BatteryFindings, BatteryQuestion, Bounds,
    CategoryFinding, CombinedRaters, ControlFindings, ControlModel, DecidedGrades,
    DisposedHypothesis, DisposedTest, Disposition, Equivalence, ErrorRate, Filtered,
    FilteredFindings, Findings, FindingsError, FindingsPlan, FirstInstructionFindings,
    FirstInstructions, FramingContrast, FramingFindings, FramingMean, FramingPoint, HitBounds,
    HitRate, LeftOut, ModelBounds, ModelFinding, ModelMeasures, ModelPoint, OverallGap, PairGap,
    PairPoint, PairedRate, Pattern, PatternCutoffs, PlaneFindings, RateDifference, RatedResponses,
    SignedRank, UngradedBounds, WrongLength, findings, hold_battery, pool,
};
pub use judge::{
    AtGrade, AtThreshold, Balanced, Beside, BesideHuman, Constant, Contest, Contestant, CutItems,
    Direction, Extremes, HeldThreshold, HumanCeiling, JudgeAxes, JudgeAxis, JudgeBounds,
    JudgeMeasures, JudgeQuestion, JudgeReport, JudgeStrata, Missed, Outcome, PredictedMean,
    Registered, Replacement, Ungraded, hold, validate_judges,
};
pub use measure::{ReportedMeasure, ReportedTest};
pub use pair_measures::PairMeasures;
pub use panel_report::{
    PanelAxis, PanelCoefficients, PanelPair, PanelReport, RaterUse, compare_panel,
};
pub use sameness::{Sameness, same_rater};
pub use strata::{Strata, StratifiedBy};
pub use study_agreement::{
    RatedPacket, RatedStudy, RepeatAgreement, StudyAgreement, study_agreement,
};
pub use uncertainty::{Effort, Intervals};
