//! Columns of Arrow as cells of the engine.

use std::borrow::Cow;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use prioritise::assessment::Cells;

/// The cells of a column, batch after batch; none where the engine takes no such cells. Numbers of one batch without gaps are
/// lent, others copied once.
pub(crate) fn cells<'a>(batches: &[&'a ArrayRef]) -> Option<Cells<'a>> {
    if let [only] = batches
        && only.null_count() == 0
        && let Some(floats) = only.as_primitive_opt::<Float64Type>()
    {
        return Some(Cells::Numbers(Cow::Borrowed(floats.values())));
    }
    let kind = batches.first().map_or(&DataType::Null, |batch| batch.data_type());
    if *kind == DataType::Boolean {
        return Some(Cells::Truths(batches.iter().flat_map(|batch| batch.as_boolean().iter()).collect()));
    }
    if let Some(texts) = texts(batches) {
        return Some(Cells::Texts(texts.into_iter().map(Option::unwrap_or_default).collect()));
    }
    let mut numbers = Vec::with_capacity(batches.iter().map(|batch| batch.len()).sum());
    for batch in batches {
        append(batch, &mut numbers)?;
    }
    Some(Cells::Numbers(Cow::Owned(numbers)))
}

/// A column as text; none where it is of another kind.
pub(crate) fn texts<'a>(batches: &[&'a ArrayRef]) -> Option<Vec<Option<&'a str>>> {
    let mut texts = Vec::with_capacity(batches.iter().map(|batch| batch.len()).sum());
    for &batch in batches {
        match batch.data_type() {
            DataType::Utf8 => texts.extend(batch.as_string::<i32>().iter()),
            DataType::LargeUtf8 => texts.extend(batch.as_string::<i64>().iter()),
            DataType::Utf8View => texts.extend(batch.as_string_view().iter()),
            DataType::Dictionary(_, _) => {
                let dictionary = batch.as_any_dictionary_opt()?;
                let words = self::texts(&[dictionary.values()])?;
                // There are no keys into nothing.
                let keys = if words.is_empty() { vec![0; batch.len()] } else { dictionary.normalized_keys() };
                let word = |(row, key): (usize, usize)| {
                    if dictionary.is_null(row) { None } else { words.get(key).copied().flatten() }
                };
                texts.extend(keys.into_iter().enumerate().map(word));
            }
            _ => return None,
        }
    }
    Some(texts)
}

/// A column of whole numbers as text, as ids are; none where it is of another kind.
pub(crate) fn whole_numbers_as_text(batches: &[&ArrayRef]) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for batch in batches {
        macro_rules! whole {
            ($($Kind:ident => $Type:ty),+) => {
                match batch.data_type() {
                    $(DataType::$Kind => {
                        let numbers = batch.as_primitive::<$Type>().iter();
                        all.extend(numbers.map(|number| number.map(|it| it.to_string()).unwrap_or_default()));
                    })+
                    _ => return None,
                }
            };
        }
        whole!(
            Int8 => Int8Type, Int16 => Int16Type, Int32 => Int32Type, Int64 => Int64Type,
            UInt8 => UInt8Type, UInt16 => UInt16Type, UInt32 => UInt32Type, UInt64 => UInt64Type
        );
    }
    Some(all)
}

/// Adds a batch of numbers; not a number where there is none.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_lossless,
    clippy::unnecessary_cast,
    reason = "one macro for all kinds of number; a figure is a float, and above 2^53 it is the nearest one"
)]
fn append(batch: &ArrayRef, numbers: &mut Vec<f64>) -> Option<()> {
    macro_rules! numbers {
        ($($Kind:ident => $Type:ty),+) => {
            match batch.data_type() {
                $(DataType::$Kind => {
                    let array = batch.as_primitive::<$Type>();
                    numbers.extend(array.iter().map(|number| number.map_or(f64::NAN, |number| number as f64)));
                })+
                DataType::Decimal128(_, scale) => {
                    let power = 10_i64.checked_pow(u32::try_from(*scale).ok()?)? as f64;
                    let array = batch.as_primitive::<arrow_array::types::Decimal128Type>();
                    numbers.extend(array.iter().map(|number| number.map_or(f64::NAN, |number| number as f64 / power)));
                }
                DataType::Null => numbers.extend(std::iter::repeat_n(f64::NAN, batch.len())),
                _ => return None,
            }
        };
    }
    numbers!(
        Float32 => Float32Type, Float64 => Float64Type,
        Int8 => Int8Type, Int16 => Int16Type, Int32 => Int32Type, Int64 => Int64Type,
        UInt8 => UInt8Type, UInt16 => UInt16Type, UInt32 => UInt32Type, UInt64 => UInt64Type
    );
    Some(())
}
