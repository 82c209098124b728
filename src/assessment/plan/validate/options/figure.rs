//! Amounts, costs and shares, with the digits that they were written with.

use super::Judging;
use crate::diagnostic::Code;
use crate::exact::Fixed;
use crate::toml_file::{At, WrittenNumber};

/// The most decimals of an amount, a cost or a share.
const DECIMALS: usize = 6;

impl Judging<'_, '_> {
    /// The ends of an interval, which holds what it is about.
    pub(super) fn between(
        &mut self,
        what: &str,
        figure: Option<Fixed>,
        lower: Option<&At<WrittenNumber>>,
        upper: Option<&At<WrittenNumber>>,
    ) -> Option<(Fixed, Fixed)> {
        let low = lower.map(|lower| self.figure(lower, what));
        let high = upper.map(|upper| self.figure(upper, what));
        let figure = figure?;
        let (low, high) = (low.unwrap_or(Some(figure))?, high.unwrap_or(Some(figure))?);
        let outside = |at: Option<&At<WrittenNumber>>, other: &At<WrittenNumber>| at.unwrap_or(other).span.clone();
        if let Some(given) = lower.or(upper)
            && (figure.minus(low).units() < 0 || high.minus(figure).units() < 0)
        {
            let span = if figure.minus(low).units() < 0 { outside(lower, given) } else { outside(upper, given) };
            let message = format!("{what} of {figure} does not lie between {low} and {high}");
            self.check.problem(Code::BadValue, &span, message, "give the least as `lower` and the most as `upper`");
            return None;
        }
        (lower.is_some() || upper.is_some()).then_some((low, high))
    }

    /// A number from zero up with the digits that it was written with.
    pub(super) fn figure(&mut self, written: &At<WrittenNumber>, what: &str) -> Option<Fixed> {
        self.check.not_negative(written, what)?;
        let text = self.check.place(&written.span).text().to_owned();
        let exact = exact(&text);
        if exact.is_none() {
            let message = format!("`{text}` can't be taken digit by digit");
            let help = format!("write it in digits, with {DECIMALS} decimals at most: 123850.73");
            self.check.problem(Code::BadValue, &written.span, message, help);
        }
        exact
    }

    pub(super) fn same_unit(&mut self, written: Option<&At<String>>, unit: Option<&str>) {
        if let (Some(written), Some(unit)) = (written, unit)
            && written.value.trim() != unit
        {
            let message = format!("this is in {}, and the resource in {unit}", written.value.trim());
            let help = "convert it, or make it a resource of its own: amounts of two units don't add up";
            self.check.problem(Code::WrongKind, &written.span, message, help);
        }
    }
}

/// A number as its digits say; none where it is not written in plain digits.
fn exact(text: &str) -> Option<Fixed> {
    let plain = text.replace('_', "");
    let plain = plain.strip_prefix('+').unwrap_or(&plain);
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(decimals) || decimals.len() > DECIMALS {
        return None;
    }
    let decimals = decimals.trim_end_matches('0');
    let units: i64 = format!("{whole}{decimals}").parse().ok()?;
    (units <= 900_000_000_000_000).then(|| Fixed::new(units, u32::try_from(decimals.len()).unwrap_or(0)))
}
