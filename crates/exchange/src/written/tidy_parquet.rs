//! Tables as Parquet, written: what a column holds is in the file, and need not be guessed from text.

use crate::Error;
use jiff::Timestamp;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use std::fmt::Display;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

/// What a column of a Parquet file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParquetType {
    /// Text in UTF-8.
    Text,
    /// A whole number of 32 bits.
    Number,
    /// `true` or `false`.
    Flag,
    /// A time in UTC, to the millisecond.
    Time,
}

/// A table as Parquet. Its cells are texts of what their columns hold; an empty one is null.
pub fn encode_parquet(
    columns: &[(&str, ParquetType)],
    rows: &[Vec<String>],
) -> Result<Vec<u8>, Error> {
    let failed = |error: ParquetError| refuse(error);
    let fields: Result<_, _> = columns.iter().map(|(name, holds)| holds.field(name)).collect();
    let schema = Type::group_type_builder("table").with_fields(fields.map_err(failed)?).build();
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let schema = Arc::new(schema.map_err(failed)?);
    let mut writer =
        SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).map_err(failed)?;
    let mut group = writer.next_row_group().map_err(failed)?;
    for (at, (_, holds)) in columns.iter().enumerate() {
        let cells: Vec<&str> = rows.iter().map(|row| row[at].as_str()).collect();
        let Some(mut column) = group.next_column().map_err(failed)? else { continue };
        holds.write(&mut column, &cells)?;
        column.close().map_err(failed)?;
    }
    group.close().map_err(failed)?;
    writer.into_inner().map_err(failed)
}

impl ParquetType {
    fn field(self, name: &str) -> Result<TypePtr, ParquetError> {
        let (physical, logical) = match self {
            Self::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Self::Number => (Physical::INT32, None),
            Self::Flag => (Physical::BOOLEAN, None),
            Self::Time => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MILLIS))),
        };
        Type::primitive_type_builder(name, physical)
            .with_logical_type(logical)
            .with_repetition(Repetition::OPTIONAL)
            .build()
            .map(Arc::new)
    }

    fn write(self, column: &mut SerializedColumnWriter<'_>, cells: &[&str]) -> Result<(), Error> {
        match self {
            Self::Text => write::<ByteArrayType>(column, cells, |text| Ok(ByteArray::from(text))),
            Self::Number => write::<Int32Type>(column, cells, parsed),
            Self::Flag => write::<BoolType>(column, cells, parsed),
            Self::Time => write::<Int64Type>(column, cells, |text| {
                parsed::<Timestamp>(text).map(|at| at.as_millisecond())
            }),
        }
    }
}

fn write<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    cells: &[&str],
    value: impl Fn(&str) -> Result<T::T, Error>,
) -> Result<(), Error> {
    let filled: Vec<i16> = cells.iter().map(|cell| i16::from(!cell.is_empty())).collect();
    let there = cells.iter().filter(|cell| !cell.is_empty());
    let values = there.map(|cell| value(cell)).collect::<Result<Vec<_>, _>>()?;
    column.typed::<T>().write_batch(&values, Some(&filled), None).map_err(refuse)?;
    Ok(())
}

fn parsed<T: FromStr<Err: Display>>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|error| refuse(format!("`{text}`: {error}")))
}

fn refuse(reason: impl Display) -> Error {
    Error::inconsistent(Path::new("table"), reason)
}
