//! The lead author's work: from collected responses to packets, and from ratings to the open key.
//!
//! Before the key is sealed everything follows from a [`StudyDraft`] and the files that it names;
//! only what was [begun](KeepBegunStudy) in the window is kept. After it, everything is in the study's file, and no command of this module
//! can name an origin until [`OpenKey`] has put the key there.

mod agreement;
mod begun_decision;
mod begun_study;
mod calibration;
mod check;
mod create;
mod decide;
mod disagreement;
mod doubts;
mod draft;
mod draft_file;
mod export;
mod import_table;
mod leaks;
mod open_key;
mod panel;
mod receive;
mod recent;
mod register;
mod sample;
mod scores;
mod study_form;
mod table;
mod texts;
mod view;

pub use agreement::MeasureStudy;
pub use begun_decision::{BegunDecision, BegunDecisions, KeepBegunDecision, ListBegunDecisions};
pub use begun_study::{
    BegunStudy, DiscardBegunStudy, KeepBegunStudy, KeptAt, ShowBegunStudy, StudyChosen, StudyKept,
};
pub use calibration::{CalibrationGrades, CalibrationView};
pub use check::{CalibrationFound, CheckStudy, Counted, StudyCheck};
pub use create::{CreateStudy, GeneratePassphrase, Generated, SealWith, StudyCreated};
pub(crate) use create::{KEY_FILE, last_look};
pub use decide::Decide;
pub use disagreement::{
    AxisDispute, DisagreementView, Disagreements, ListDisagreements, QueueLine, ShowDisagreement,
    Voice,
};
pub use draft::{DraftRater, StudyDraft};
pub use draft_file::{ClaimedDraft, DraftFile};
pub use export::{ExportStudy, StudyExported};
pub use import_table::{ImportTable, TableImported};
pub use leaks::{LeakScan, ScanLeaks, WordsLeft};
pub use open_key::{OpenKey, UnsealWith};
pub(crate) use panel::study_file;
pub use receive::{Fate, FileFate, FilesReceived, ReceiveFiles};
pub use recent::{ForgetStudy, ListStudies, RecentStudies, RecentStudy, RememberStudy};
pub use register::{RegisterFile, Registration, registration, registration_words};
pub use sample::{DrawSample, SampleDrawn};
pub(crate) use scores::{CONSENSUS, OpenStudy, split_study};
pub use study_form::{FormDesign, FormRubric, FormTake, SealBy, SealChosen, StudyForm, StudyStep};
pub use table::{PreviewTable, TablePreview};
pub use texts::{FindWords, ListTexts, ShowText, TextLine, TextList, TextShown, WordsFound};
pub use view::{AxisView, DecidedView, LogLine, RaterView, ShowStudy, StudyView};
