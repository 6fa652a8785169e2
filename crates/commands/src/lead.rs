//! The lead author's work: from collected responses to packets, and from ratings to the open key.
//!
//! Before the key is sealed everything follows from a [`StudyDraft`] and the files that it names;
//! only what was [begun](KeepBegunStudy) in the window is kept. After it, everything is in the study's file, and no command of this module
//! can name an origin until [`OpenKey`] has put the key there.

mod adjudicate;
mod amend;
mod calibration;
mod create;
mod draft;
mod export_study;
mod key;
mod late;
mod leaks;
mod log_lines;
mod measure_study;
mod open_study;
mod receive;
mod recent;
mod show_study;
mod unblinded_study;
mod whole_rater;

pub use adjudicate::{
    AxisDispute, BegunDecision, BegunDecisions, Decide, DisagreementView, Disagreements,
    KeepBegunDecision, ListBegunDecisions, ListDisagreements, QueueLine, ShowDisagreement, Voice,
};
pub use amend::{
    AddItems, AddRater, ItemsAdded, PacketWritten, PacketsWritten, RaterAdded, WritePackets,
};
pub use calibration::{CalibrationGrades, CalibrationView};
pub use create::{
    CreateStudy, GeneratePassphrase, Generated, MakePackets, PacketsMade, SealWith, StudyCreated,
};
pub use draft::{
    BegunStudy, CalibrationFound, CheckStudy, ClaimedDraft, Counted, DiscardBegunStudy, DraftFile,
    DraftRater, DrawSample, FieldSeen, FormDesign, FormRubric, FormTake, KeepBegunStudy, KeptAt,
    PreviewTexts, SampleDrawn, SealBy, SealChosen, ShowBegunStudy, StudyCheck, StudyChosen,
    StudyDraft, StudyForm, StudyKept, StudyStep, TextsFound, TextsPreview,
};
pub(crate) use export_study::{EXPORT_FILES, When};
pub use export_study::{ExportStudy, StudyExported};
pub use key::{OpenKey, RegisterFile, Registration, UnsealWith, registration, registration_words};
pub use leaks::{
    FindWords, LeakScan, ListTexts, ScanLeaks, ShowText, TextLine, TextList, TextShown, WordsFound,
    WordsLeft,
};
pub use log_lines::LogLine;
pub use measure_study::MeasureStudy;
pub(crate) use open_study::study_file;
pub use receive::{
    Fate, FileFate, FilesReceived, ImportTable, ReceiveFiles, TableImported, Take, TakeSecond,
};
pub use recent::{ForgetStudy, ListStudies, RecentStudies, RecentStudy, RememberStudy};
pub use show_study::{AxisView, DecidedView, RaterView, ShowStudy, StudyView};
pub(crate) use unblinded_study::{CONSENSUS, UnblindedStudy, split_study};
