//! The nouns of a rating study and their rules.
//!
//! Pure: no file, clock, random source or network. Times, identifiers and seeds are arguments.
//!
//! The blinding boundary runs through this crate. [`Scenario`] and [`Response`] belong to the lead
//! author and name their origin; [`Packet`] belongs to a rater and has no field in which an origin
//! could stand. [`blind`] is the only way from the first to the second, and what it takes away goes
//! into a [`Key`].

mod adjudication;
mod at;
mod battery;
mod blinding;
mod calibration;
mod design;
mod digest;
mod further_items;
mod further_packet;
mod harm;
mod id;
mod io_reason;
mod key;
mod leaks;
mod names;
mod order;
mod packet;
mod packing;
mod preparation;
mod prompt;
mod rater;
mod reference;
mod repeat;
mod response;
mod rubric;
mod sampling;
mod scenario;
mod threshold;

pub use adjudication::{
    Adjudication, Cause, Consensus, Decision, Disagreement, Standing, counting_decisions,
    under_aliases,
};
pub use at::At;
pub use battery::{
    Battery, BatteryExclusion, Claim, Correction, Estimand, HarmAxis, Hypothesis, Models,
    PartialCredit, PlannedTest, Procedure, RateContrast, Requires, ScenarioSet, ShareOf, TestUnit,
};
pub use blinding::{BlindError, Blinded, blind, blind_study};
pub use calibration::{
    CalibrationItem, OpeningPart, SharedGradeError, check_shared_grades, first_answers,
};
pub use design::{Design, DesignError, DesignReport, Load, Overlap};
pub use digest::Digest;
pub use further_items::RunningStudy;
pub use further_packet::SharedParts;
pub use harm::{
    COMMISSION_AXIS, CONTROL_CATEGORY, FILTERED_CLASS, HARMFUL_OMISSION, HarmRanges, OMISSION_AXIS,
};
pub use id::{DecisionId, ItemId, PacketId, RecordId, StudyId, VisitId};
pub use io_reason::{io_reason, io_reason_of_link};
pub use key::{Key, KeyError, KeyItem, KeyPacket, KeyScenario, NamedScenarios};
pub use leaks::{
    CalibrationPart, Certainty, Entry, Leak, LeakAction, LeakDecision, LeakDecisions, LeakError,
    LeakId, LeakKind, LeakPlace, MASKED, Mask, Masked, MaskedOpening, MaskedPart, OriginPart,
    Origins, PacketLeak, ReadText, ScenarioPart, Words, Writing, accept_all, lexicon,
    marked_by_hand, mask_all, mask_each, opening_texts, scan, scan_packet, texts_read,
};
pub use names::{Codes, Names};
pub use packet::{BlindedResponse, BlindedScenario, Item, Packet, PacketError};
pub use preparation::{Preparation, Prepared};
pub use prompt::{Prompt, Role, Turn};
pub use rater::{
    ActiveTime, Change, ChangeError, Checklist, Contradiction, Exclusion, FirstInstruction,
    GradeNames, ItemDesign, Joined, LABEL_SIGNS, LONGEST_LABEL, LONGEST_VISIT_MS, LabelError, Lock,
    LockError, MOST_VISITS, MarkedError, Observation, OnAxes, OnAxis, Pace, PositionUnit,
    RateableItem, RaterRatings, RaterScores, Rating, Record, Remark, RequiredAnswer, RubricClaim,
    Scale, Score, ScoredItems, ScoredResponses, Sitting, Span, Status, Verdict, Visit, VisitError,
    active_times, check_labels, fold, joined, last_sitting, ordered_numbers, packet_file,
    reference_shown, review, status,
};
pub use reference::Reference;
pub use response::{Origin, Response};
pub use rubric::{
    Axis, ChecklistGrade, Code, Expectation, Gate, Grade, Level, Rubric, RubricError,
};
pub use sampling::{
    Balance, Candidate, Drawn, Margin, MarginKind, MarginLine, Oversample, Sample, Sampling,
    SamplingError, SamplingReport, draw_sample,
};
pub use scenario::{CriticalAction, Framing, Review, Scenario, ScenarioError};
pub use threshold::{Quantity, Relation, Threshold, Thresholds};
