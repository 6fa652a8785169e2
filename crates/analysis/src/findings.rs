//! The findings of a study on two axes: what models withhold and get wrong, and from whom.

mod action;
mod action_rates;
mod battery;
mod category;
mod code;
mod control;
mod equivalence;
mod error;
mod exclusion;
mod filtered;
mod first_instruction;
mod framing;
mod graded;
mod group;
mod model;
mod pattern;
mod plane;
mod pool;
mod rated;
mod raters;
mod report;
mod response;
mod signed_rank;
mod ungraded;

pub use action::{ActionFindings, WrongLength};
pub use action_rates::{ActionRates, HitBounds, HitRate, PairedRate, RateDifference};
pub use battery::{
    BatteryFindings, BatteryQuestion, DisposedHypothesis, DisposedTest, Disposition, ErrorRate,
    hold_battery,
};
pub use category::CategoryFinding;
pub use control::{ControlFindings, ControlModel};
pub use equivalence::Equivalence;
pub use error::FindingsError;
pub use exclusion::LeftOut;
pub use filtered::{Filtered, FilteredFindings};
pub use first_instruction::{FirstInstructionFindings, FirstInstructions};
pub use framing::{FramingContrast, FramingFindings, OverallGap, PairGap};
pub use model::{ModelBounds, ModelFinding, ModelMeasures};
pub use pattern::{Pattern, PatternCutoffs};
pub use plane::{FramingMean, FramingPoint, ModelPoint, PairPoint, PlaneFindings};
pub use pool::pool;
pub use rated::{DecidedGrades, RatedResponses};
pub use raters::{AxisRaters, CombinedRaters};
pub use report::{Bounds, Findings, FindingsPlan, findings};
pub use signed_rank::SignedRank;
pub use ungraded::UngradedBounds;
