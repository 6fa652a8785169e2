//! Parquet, by the parquet crate: its rows are JSON records to the readers, in any layout of those.

use super::json::Records;
use super::library::quietly;
use super::table::plain;
use crate::Error;
use crate::file::COLLECTED;
use crate::problems::first_few;
use bytes::Bytes;
use jiff::civil::date;
use jiff::tz::Offset;
use jiff::{Span, Timestamp};
use parquet::basic::{CompressionCodec, ConvertedType, LogicalType, TimeUnit, Type as Physical};
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::schema::types::TypePtr;
use rustc_hash::FxHashSet;
use serde_json::{Map, Number, Value};
use std::fmt::Write;
use std::path::Path;

/// The rows of the Parquet file that `bytes` are; `expected` is to be in them.
pub(super) fn read(
    file: &Path,
    bytes: Vec<u8>,
    expected: &str,
    notes: &mut Vec<String>,
) -> Result<Records, Error> {
    // In a damaged file, what one part promises of another may be wrong.
    let rows = quietly(|| rows(file, bytes))
        .unwrap_or_else(|| Err(damaged(file, &"the parts of the file contradict each other")))?;
    let (rows, cut) = rows;
    notes.extend(cut);
    match rows.is_empty() {
        true => Err(Error::field(file, "", "the whole", "a Parquet file without a row", expected)),
        false => Ok(rows),
    }
}

/// The rows, and what is said of times that are read less exactly than they are written.
fn rows(file: &Path, bytes: Vec<u8>) -> Result<(Records, Option<String>), Error> {
    let failed = |error: ParquetError| damaged(file, &error);
    let reader = SerializedFileReader::new(Bytes::from(bytes)).map_err(failed)?;
    let columns = reader.metadata().file_metadata().schema().get_fields();
    check(file, reader.metadata(), columns)?;
    let (mut text, mut count) = (String::new(), 0);
    for row in reader.get_row_iter(None).map_err(failed)? {
        let fields = row.map_err(failed)?.into_columns().into_iter().zip(columns);
        let row = fields.map(|((name, field), column)| (name, value(&field, Some(column))));
        // Writing to a String does not fail.
        let _ = writeln!(text, "{}", Value::Object(row.collect()));
        check_size(file, text.len() as u64)?;
        count += 1;
    }
    let cut = cut_times(file, reader.metadata());
    Ok((Records::of_rows(text, count, columns.len()), cut))
}

/// The library reads times of 96 bits, which Spark and Impala wrote, to the millisecond.
fn cut_times(file: &Path, metadata: &ParquetMetaData) -> Option<String> {
    let leaves = metadata.file_metadata().schema_descr().columns();
    let of_96_bits = leaves.iter().filter(|leaf| leaf.physical_type() == Physical::INT96);
    let columns: Vec<String> =
        of_96_bits.map(|leaf| format!("`{}`", leaf.path().string())).collect();
    let said = "times of 96 bits, of which what is shorter than a millisecond is not read, in";
    (!columns.is_empty()).then(|| format!("{}: {said} {}.", file.display(), first_few(&columns)))
}

fn damaged(file: &Path, reason: &dyn ToString) -> Error {
    let reason = reason.to_string();
    Error::Unreadable {
        file: file.to_owned(),
        found: format!(
            "a Parquet file that is damaged, cut or encrypted ({})",
            reason.trim_end_matches('.')
        ),
        advice: "Get the whole file again, or write it without encryption",
    }
}

/// Refuses what is not read, before anything is unpacked.
fn check(file: &Path, metadata: &ParquetMetaData, columns: &[TypePtr]) -> Result<(), Error> {
    let refuse =
        |found: String, advice| Err(Error::Unreadable { file: file.to_owned(), found, advice });
    let mut names = FxHashSet::default();
    if let Some(twice) = columns.iter().find(|column| !names.insert(plain(column.name()))) {
        let found = format!("two columns called `{}`", twice.name());
        let expected = "each name once; rename one of them";
        return Err(Error::field(file, "", "the columns", found, expected));
    }
    let leaves = metadata.file_metadata().schema_descr().columns();
    if let Some(leaf) = leaves.iter().find(|leaf| leaf.converted_type() == ConvertedType::INTERVAL)
    {
        let found = format!(
            "a Parquet file whose column `{}` holds intervals of time",
            leaf.path().string()
        );
        return refuse(found, "Write it without that column");
    }
    let mut unpacked: u64 = 0;
    for chunk in metadata.row_groups().iter().flat_map(|group| group.columns()) {
        if let Some(codec) = unread(chunk.compression_codec()) {
            let found = format!("a Parquet file that is packed with {codec}");
            return refuse(found, "Write it with snappy or zstd");
        }
        let size = u64::try_from(chunk.uncompressed_size()).unwrap_or_default();
        unpacked = unpacked.saturating_add(size);
    }
    check_size(file, unpacked)
}

/// The name of a way of packing that is not read.
fn unread(codec: CompressionCodec) -> Option<&'static str> {
    match codec {
        CompressionCodec::UNCOMPRESSED
        | CompressionCodec::SNAPPY
        | CompressionCodec::GZIP
        | CompressionCodec::ZSTD => None,
        CompressionCodec::LZO => Some("LZO"),
        CompressionCodec::BROTLI => Some("brotli"),
        CompressionCodec::LZ4 | CompressionCodec::LZ4_RAW => Some("LZ4"),
    }
}

/// Refuses more than is read of any file, before it fills the memory.
fn check_size(file: &Path, unpacked: u64) -> Result<(), Error> {
    match unpacked > COLLECTED {
        true => {
            let most = COLLECTED >> 20;
            let reason = format!("the Parquet file unpacks to more than {most} MB; expected less");
            Err(Error::inconsistent(file, reason))
        }
        false => Ok(()),
    }
}

/// What a `field` holds; `column` is known of those that are not within others.
fn value(field: &Field, column: Option<&TypePtr>) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(value) => (*value).into(),
        Field::Byte(number) => (*number).into(),
        Field::Short(number) => (*number).into(),
        Field::Int(number) => (*number).into(),
        Field::Long(number) if in_nanoseconds(column) => {
            moment(Timestamp::from_nanosecond((*number).into()), column, *number)
        }
        Field::Long(number) => (*number).into(),
        Field::UByte(number) => (*number).into(),
        Field::UShort(number) => (*number).into(),
        Field::UInt(number) => (*number).into(),
        Field::ULong(number) => (*number).into(),
        Field::Float16(number) => float(number.to_f64()),
        // By its digits: 0.1 is not 0.10000000149.
        Field::Float(number) => float(number.to_string().parse().unwrap_or(f64::NAN)),
        Field::Double(number) => float(*number),
        // As text: it may have more digits than a number of JSON keeps.
        Field::Decimal(_) => field.to_string().trim_end_matches('.').into(),
        Field::Str(text) => text.as_str().into(),
        Field::Bytes(bytes) => text_of(bytes.data()).into(),
        Field::Date(days) => {
            let day =
                Span::new().try_days(*days).and_then(|days| date(1970, 1, 1).checked_add(days));
            day.map_or_else(|_| (*days).into(), |day| day.to_string().into())
        }
        Field::TimeMillis(_) | Field::TimeMicros(_) => field.to_string().into(),
        Field::TimestampMillis(at) => moment(Timestamp::from_millisecond(*at), column, *at),
        Field::TimestampMicros(at) => moment(Timestamp::from_microsecond(*at), column, *at),
        Field::Group(row) => {
            let fields =
                row.get_column_iter().map(|(name, field)| (name.clone(), value(field, None)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        Field::ListInternal(list) => {
            list.elements().iter().map(|field| value(field, None)).collect()
        }
        Field::MapInternal(map) => {
            let key = |field: &Field| match value(field, None) {
                Value::String(text) => text,
                other => other.to_string(),
            };
            let entries = map.entries().iter().map(|(name, field)| (key(name), value(field, None)));
            Value::Object(entries.collect())
        }
    }
}

/// A number without a point where it is whole: a column of whole numbers of which some are missing is one of
/// decimal numbers to pandas. What is no number is nothing.
fn float(number: f64) -> Value {
    match number.fract() == 0.0 && number.abs() < 1e15 {
        true => (number as i64).into(),
        false if number.is_infinite() => number.to_string().into(),
        false => Number::from_f64(number).map_or(Value::Null, Value::Number),
    }
}

/// Bytes as the text that older programs mean by them, or else as hexadecimal digits.
fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

/// A time in ISO 8601, in UTC where the column says so; out of reach of calendars, the `number` that it is.
fn moment(at: Result<Timestamp, jiff::Error>, column: Option<&TypePtr>, number: i64) -> Value {
    match (at, logical(column)) {
        (Ok(at), Some(LogicalType::Timestamp(time))) if !time.is_adjusted_to_u_t_c => {
            Offset::UTC.to_datetime(at).to_string().into()
        }
        (Ok(at), _) => at.to_string().into(),
        (Err(_), _) => number.into(),
    }
}

fn in_nanoseconds(column: Option<&TypePtr>) -> bool {
    matches!(logical(column), Some(LogicalType::Timestamp(time)) if time.unit == TimeUnit::NANOS)
}

fn logical(column: Option<&TypePtr>) -> Option<&LogicalType> {
    column.and_then(|column| column.get_basic_info().logical_type_ref())
}
