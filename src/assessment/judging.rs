//! Questions that every file of an assessment is asked: whether a key is there, whether a period is one, and what digits
//! a number was written with.

use std::ops::Range;

use super::claim::PrintedNumber;
use super::denominator::{DatedDenominator, Denominator, YEARLY_CHANGE};
use super::period::Period;
use crate::diagnostic::Code;
use crate::toml_file::{At, Checker, WrittenNumber};

/// How to write a number whose digits are to be known.
pub(super) const AS_PRINTED: &str = "write its digits as printed, such as 6.3: no words and no exponent";

/// What stands under a key that must be there.
pub(super) fn needs<'a, T>(
    check: &mut Checker<'_>,
    key: &str,
    value: Option<&'a T>,
    span: &Range<usize>,
) -> Option<&'a T> {
    if value.is_none() && !check.lost.has_lost_from(span) {
        let message = format!("the key `{key}` is missing");
        check.problem(Code::MissingKey, span, message, format!("add `{key} = …` to this table"));
    }
    value
}

/// A period in one of the forms that people write.
pub(super) fn period(check: &mut Checker<'_>, text: &At<String>) -> Option<Period> {
    Period::parse(&text.value).map_err(|why| check.problem(Code::BadPeriod, &text.span, why.message, why.help)).ok()
}

/// So many people at one time, and by how many per cent that may differ a year earlier or later.
pub(super) fn population(
    check: &mut Checker<'_>,
    people: Option<f64>,
    period: Option<Period>,
    yearly_change: Option<&At<WrittenNumber>>,
) -> Option<DatedDenominator> {
    let yearly_change =
        yearly_change.map_or(Some(YEARLY_CHANGE), |change| check.not_negative(change, "a yearly change"));
    let denominator = Denominator::people(people?);
    Some(DatedDenominator { denominator, period, yearly_change: yearly_change? })
}

/// A number with the digits that it was written with, which tell how far it was rounded.
pub(super) fn digits(check: &mut Checker<'_>, text: &str, span: &Range<usize>) -> Option<PrintedNumber> {
    let printed = PrintedNumber::parse(text);
    if printed.is_none() {
        check.problem(Code::BadValue, span, format!("`{text}` is not a number as printed"), AS_PRINTED);
    }
    printed
}

/// A figure as printed that was worked out, and so rounded, even to a whole number.
pub(super) fn printed(check: &mut Checker<'_>, text: &At<String>) -> Option<PrintedNumber> {
    digits(check, &text.value, &text.span).map(|printed| PrintedNumber { count: false, ..printed })
}
