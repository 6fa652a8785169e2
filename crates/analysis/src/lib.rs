//! From ratings to findings. Pure: it takes scores and gives values.

mod action_agreement;
mod agreement_report;
mod coefficients;
mod comparison;
mod equality;
mod findings;
mod interval_notes;
mod judge;
mod measure;
mod pair_measures;
mod pairing;
mod panel_report;
mod rated;
mod strata;
mod uncertainty;

pub use action_agreement::{ActionAgreement, OneAction};
pub use agreement_report::{AgreementReport, AxisAgreement, Resampled, compare};
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
    AtThreshold, Beside, BesideHuman, Contest, Contestant, Direction, HeldThreshold, HumanCeiling,
    JudgeAxes, JudgeAxis, JudgeMeasures, JudgeQuestion, JudgeReport, JudgeStrata, Missed, Outcome,
    PredictedMean, Probabilities, Registered, Replacement, Ungraded, hold, validate_judges,
};
pub use measure::{Measure, Test};
pub use pair_measures::PairMeasures;
pub use panel_report::{PanelAxis, PanelPair, PanelReport, RaterUse, compare_panel};
pub use strata::{Strata, StratifiedBy};
pub use uncertainty::{Effort, Intervals};
