//! The files that travel, one module a format: read, write, and say precisely what is wrong.
//!
//! Reading never changes a file. Writing puts a whole new file in place or nothing at all.

mod battery;
mod calibration;
mod command_line;
mod conversation;
mod counts;
mod csv_line;
mod door;
mod envelope;
mod error;
mod file;
mod grade_table;
mod grades;
mod guess;
mod inspect;
mod key_table;
mod mapping;
mod packet;
mod passphrase;
mod preview;
mod problems;
mod ratings;
mod responses;
mod rubric;
mod scenarios;
mod score_lines;
mod score_source;
mod seal;
mod thresholds;
mod whole;
mod written;

/// A text that is wiped from memory when dropped and never shown by `Debug`.
pub use age::secrecy::SecretString;
pub use battery::{check_settled, decode_battery, is_battery, read_battery};
pub use calibration::read_calibration;
pub use command_line::{named_column, quoted};
pub use counts::{Asked, CountData, Counts, read_counts};

pub use door::{SheetSeen, read_document};
pub(crate) use envelope::parse_json;
pub use envelope::{COLUMN_LINES, DRAFT, INSTRUCTIONS, parse_object, refuse_other_format};
pub use error::{Error, Part, Spot, io_reason_at};
pub use file::{
    BY_HAND, COLLECTED, WriteNew, all_or_none, check_folder, file_digest, read_bytes, read_secret,
    read_text, replace, replace_private, write_all_new, write_new, write_new_private,
};
pub use grade_table::{GradeTable, collect_grades};
pub(crate) use grades::read_grades;
pub use grades::{GivenGrade, Grades, Labels, Layout, SuggestedScale, assumed_scale};
pub use guess::Guess;
pub use inspect::{Inspected, inspect};
pub use mapping::{Holding, MapField, MappedFrom, Mapping, Mappings};
pub use packet::{decode_packet, read_key, read_packet, write_key, write_packet};
pub use passphrase::Passphrase;
pub use preview::{Column, Preview, preview_responses, preview_scenarios};
pub use problems::{
    Problems, count, first_few, joined, name_categories, name_places, plural, tell_kinds,
    tell_kinds_and_places,
};
pub use ratings::{
    CalibratedItem, Calibration, Ratings, decode_ratings, read_ratings, write_ratings,
};
pub use responses::{Collected, collect_responses, read_responses};
pub use rubric::read_rubric;
pub use scenarios::{Bank, Skipped, read_scenarios};
pub use score_lines::ScoreLines;
pub use score_source::{Named, ScoreSource, file_of, harm_scales, is_absent, sheets, split_name};
pub use seal::{Seal, Unseal, is_sealed, open_sealed_key, seal_key};
pub use thresholds::{check_thresholds, decode_thresholds, read_thresholds};
pub use written::{
    INSPECT_SCRIPT, InspectScore, ItemTexts, ParquetType, RatedBy, csv_cell, encode_csv,
    encode_inspect_scores, encode_item_texts, encode_label_studio_config,
    encode_label_studio_tasks, encode_parquet, encode_redcap_dictionary, write_tidy_csv,
};

/// As a ratings file names it.
pub use study::RateableItem;

/// A part that the tests of this crate look at apart. It may change in any version.
#[doc(hidden)]
pub mod internals {
    pub use crate::door::library::quietly;
}
