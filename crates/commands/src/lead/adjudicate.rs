//! From differing grades to one, without knowing who gave which.

mod begun_decision;
mod decide;
mod disagreement;

pub use begun_decision::{BegunDecision, BegunDecisions, KeepBegunDecision, ListBegunDecisions};
pub use decide::Decide;
pub use disagreement::{
    AxisDispute, DisagreementView, Disagreements, ListDisagreements, QueueLine, ShowDisagreement,
    Voice,
};
