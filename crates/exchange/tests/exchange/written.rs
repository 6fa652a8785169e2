//! What is written for other programs.

mod inspect_scores;
mod item_texts;
mod label_studio;
mod redcap;
mod tidy_csv;
mod tidy_parquet;
