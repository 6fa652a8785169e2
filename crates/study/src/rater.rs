//! What a rater does, and which of it counts.

mod counted;
mod label;
mod lock;
mod observation;
mod rating;
mod record;
mod reference_shown;
mod review;
mod scored_items;
mod scores;
mod visit;

pub use counted::{RateableItem, RaterRatings};
pub use label::{LABEL_SIGNS, LONGEST_LABEL, LabelError, check_labels, packet_file};
pub use lock::{Lock, LockError};
pub use observation::{Observation, PositionUnit, ScoredResponses};
pub use rating::{FirstInstruction, MarkedError, Rating, Span, Verdict, fold};
pub use record::{Change, ChangeError, Record};
pub(crate) use reference_shown::first_that;
pub use reference_shown::reference_shown;
pub use review::{Contradiction, Remark, RequiredAnswer, Status, review, status};
pub use scored_items::{Joined, OnAxes, OnAxis, ScoredItems, joined};
pub use scores::{
    Checklist, Exclusion, GradeNames, ItemDesign, RaterScores, RubricClaim, Scale, Score,
    ordered_numbers,
};
pub use visit::{
    ActiveTime, LONGEST_VISIT_MS, MOST_VISITS, Pace, Sitting, Visit, VisitError, active_times,
    last_sitting,
};
