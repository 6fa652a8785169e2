//! What is computed from scores, whatever they came in, and what is planned before there are any.

mod agree;
mod coefficients;
mod counts_file;
mod declared_scale;
mod figure_files;
mod findings;
mod inspect_file;
mod judge;
mod known_items;
mod measure_table;
mod plan;
mod reading;
mod same_person;
mod same_responses;
mod save_figure;
mod source;

pub use agree::{Agreement, CompareRaters, HowToCompare};
pub(crate) use agree::{effort, stepping};
pub use coefficients::ComputeCoefficients;
pub use declared_scale::DeclaredScale;
pub use figure_files::{FigureFolder, FigureFormat, FiguresWritten};
pub use findings::{ComputeFindings, write_built_in_battery};
pub use inspect_file::{
    AxisSeen, ColumnSeen, FileInspected, InspectFile, OTHER_FILE, SCENARIOS, ScaleAsked, Together,
    draft_command,
};
pub use judge::{Asked, MissedNote, MissedText, MissedTexts, ShowMissed, ValidateJudge};
pub use measure_table::MeasureTable;
pub use plan::{
    ItemsPlanned, PlanAgreement, PlanClusters, PlanCoefficient, PlanDifference, PlanDisagreements,
    PlanDistance, PlanExpected, PlanGoal, PlanItems, PlanMethod, PlanPilot, PlanPoint, PlanSpread,
    PlanStudy, PlanSubject, PlanTarget, PlanUnit, PlanWeights, StudyPlan, StudyPlanned, StudyPoint,
};
pub use reading::HowToRead;
pub(crate) use reading::mappings;
pub use save_figure::{FigureSaved, SaveFigure};
