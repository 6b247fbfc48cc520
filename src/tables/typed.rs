//! One value of an Arrow array as a cell.

use super::cell::Cell;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float16Type, Float32Type, Float64Type,
    Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrowPrimitiveType};
use arrow_schema::{DataType, TimeUnit};
use std::borrow::Cow;
use std::fmt::Write;

const DAY_MS: i64 = crate::domain::DAY_MS;

/// The cell of a row.
pub(super) fn cell_at(array: &dyn Array, row: usize) -> Cell<'_> {
    if array.is_null(row) {
        return Cell::Missing;
    }
    match array.data_type() {
        // Such a column has no validity bits to tell.
        DataType::Null => Cell::Missing,
        DataType::Utf8 => text(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => text(array.as_string::<i64>().value(row)),
        DataType::Utf8View => text(array.as_string_view().value(row)),
        DataType::Binary => bytes(array.as_binary::<i32>().value(row)),
        DataType::LargeBinary => bytes(array.as_binary::<i64>().value(row)),
        DataType::FixedSizeBinary(16) => uuid(array.as_fixed_size_binary().value(row)),
        DataType::Boolean => Cell::Flag(array.as_boolean().value(row)),
        DataType::Float16 => Cell::Float(value::<Float16Type>(array, row).to_f64()),
        DataType::Float32 => Cell::Float(f64::from(value::<Float32Type>(array, row))),
        DataType::Float64 => Cell::Float(value::<Float64Type>(array, row)),
        DataType::Decimal32(..) => number(array.as_primitive::<Decimal32Type>().value_as_string(row)),
        DataType::Decimal64(..) => number(array.as_primitive::<Decimal64Type>().value_as_string(row)),
        DataType::Decimal128(..) => number(array.as_primitive::<Decimal128Type>().value_as_string(row)),
        DataType::Decimal256(..) => number(array.as_primitive::<Decimal256Type>().value_as_string(row)),
        DataType::Timestamp(unit, _) => instant(array, row, *unit),
        DataType::Date32 => Cell::Instant(i64::from(value::<Date32Type>(array, row)) * DAY_MS),
        DataType::Date64 => Cell::Instant(value::<Date64Type>(array, row)),
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => Cell::Foreign("a list"),
        DataType::Struct(_) | DataType::Map(..) => Cell::Foreign("an object"),
        DataType::Time32(_) | DataType::Time64(_) => Cell::Foreign("a time of day"),
        DataType::Duration(_) | DataType::Interval(_) => Cell::Foreign("a duration"),
        _ => integer(array, row),
    }
}

fn integer(array: &dyn Array, row: usize) -> Cell<'_> {
    Cell::Integer(match array.data_type() {
        DataType::Int8 => value::<Int8Type>(array, row).into(),
        DataType::Int16 => value::<Int16Type>(array, row).into(),
        DataType::Int32 => value::<Int32Type>(array, row).into(),
        DataType::Int64 => value::<Int64Type>(array, row).into(),
        DataType::UInt8 => value::<UInt8Type>(array, row).into(),
        DataType::UInt16 => value::<UInt16Type>(array, row).into(),
        DataType::UInt32 => value::<UInt32Type>(array, row).into(),
        DataType::UInt64 => value::<UInt64Type>(array, row).into(),
        _ => return Cell::Foreign("a value of a type that tables do not have"),
    })
}

fn instant(array: &dyn Array, row: usize, unit: TimeUnit) -> Cell<'_> {
    Cell::Instant(match unit {
        TimeUnit::Second => value::<TimestampSecondType>(array, row).saturating_mul(1000),
        TimeUnit::Millisecond => value::<TimestampMillisecondType>(array, row),
        TimeUnit::Microsecond => value::<TimestampMicrosecondType>(array, row).div_euclid(1000),
        TimeUnit::Nanosecond => value::<TimestampNanosecondType>(array, row).div_euclid(1_000_000),
    })
}

fn value<T: ArrowPrimitiveType>(array: &dyn Array, row: usize) -> T::Native {
    array.as_primitive::<T>().value(row)
}

fn text(value: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(value))
}

fn number<'a>(digits: String) -> Cell<'a> {
    Cell::Number(Cow::Owned(digits))
}

/// Bytes without a declared encoding: text if they are UTF-8.
fn bytes(value: &[u8]) -> Cell<'_> {
    std::str::from_utf8(value).map_or(Cell::Broken, text)
}

fn uuid<'a>(value: &[u8]) -> Cell<'a> {
    let mut digits = String::with_capacity(36);
    for (place, byte) in value.iter().enumerate() {
        let dash = if matches!(place, 4 | 6 | 8 | 10) { "-" } else { "" };
        let _ = write!(digits, "{dash}{byte:02x}");
    }
    Cell::Text(Cow::Owned(digits))
}
