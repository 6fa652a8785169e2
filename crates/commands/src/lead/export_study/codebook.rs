//! What the columns of all tables of an export hold.

use super::table::{Column, TEXT, Table};
use super::{Content, written};
use crate::Failure;
use crate::lead::open_study::OpenStudy;

/// One row per column; several where it holds another scale by axis.
pub(super) fn codebook(study: &OpenStudy) -> Result<Table, Failure> {
    let mut rows = Vec::new();
    for file in written(study)? {
        let (Content::Table(table) | Content::Parquet(table)) = file.content else { continue };
        // It does not describe itself, which would never end.
        if file.name == NAME {
            continue;
        }
        for Column { name, holds } in table(study)?.columns {
            for held in holds {
                let levels = held.levels;
                rows.push(vec![
                    file.name.into(),
                    name.clone(),
                    held.kind.into(),
                    levels,
                    held.meaning,
                ]);
            }
        }
    }
    let columns = vec![
        Column::of("file", TEXT, "The file."),
        Column::of("column", TEXT, "Its column."),
        Column::of("type", TEXT, "What kind of value it holds."),
        Column::of("levels", TEXT, "The values that it can hold, in order, with labels."),
        Column::of("meaning", TEXT, "What the values mean."),
    ];
    Ok(Table { columns, rows })
}

pub(super) const NAME: &str = "codebook.csv";
