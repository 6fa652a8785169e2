//! What is written for other programs, one module a format. What they write is read by `grades` and
//! `responses`.

mod inspect_scores;
mod item_texts;
mod label_studio;
mod redcap;
mod tidy_csv;
mod tidy_parquet;

pub use inspect_scores::{INSPECT_SCRIPT, InspectScore, encode_inspect_scores};
pub use item_texts::{ItemTexts, encode_item_texts};
pub use label_studio::{RatedBy, encode_label_studio_config, encode_label_studio_tasks};
pub use redcap::encode_redcap_dictionary;
pub use tidy_csv::{csv_cell, encode_csv, write_tidy_csv};
pub use tidy_parquet::{ParquetType, encode_parquet};
