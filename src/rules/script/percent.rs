//! `20%` in code, where it is no number: `%` is the remainder of a division there, and `x * 20% + 1` would run.

use std::ops::Range;

use rhai::Token;

use super::position::Characters;
use super::tokens::tokens;
use crate::diagnostic::{Code, Place, Problem};
use crate::words::number;

/// A problem for the first number in `code` that is meant per cent; `place` finds where some characters stand.
pub(super) fn per_cent(code: &str, place: impl Fn(Range<usize>) -> Place) -> Option<Problem> {
    // Most code has none, and reading words takes an engine.
    if !code.contains('%') {
        return None;
    }
    let (written, range) = first(code)?;
    let share = number(written / 100.0, 10);
    let message = format!("`{}%` is no number here: `%` is what is left over by a division", number(written, 10));
    let help =
        format!("write {share} for the share, or {} where the measure itself is in per cent", number(written, 10));
    Some(Problem::new(Code::ScriptSyntax, message).at(place(range)).help(help))
}

/// The first number with `%` right behind it and no value right behind that.
fn first(code: &str) -> Option<(f64, Range<usize>)> {
    let tokens = tokens(code, &Characters::of(code));
    let number = |token: &Token| match token {
        Token::IntegerConstant(_) | Token::FloatConstant(_) | Token::DecimalConstant(_) => {
            token.to_string().replace('_', "").parse::<f64>().ok()
        }
        _ => None,
    };
    tokens.iter().enumerate().find_map(|(at, (token, range))| {
        let value = number(token)?;
        let (sign, sign_range) = tokens.get(at + 1)?;
        let next = tokens.get(at + 2);
        let is_value =
            |token: &Token| number(token).is_some() || matches!(token, Token::Identifier(_) | Token::LeftParen);
        let divides = next.is_some_and(|(next, from)| from.start == sign_range.end && is_value(next));
        let adjacent = *sign == Token::Modulo && range.end == sign_range.start;
        (adjacent && !divides).then_some((value, range.start..sign_range.end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_per_cent_is_told_from_a_remainder() {
        for (code, found) in [
            ("severity * 20%", Some(20.0)),
            ("severity * 20% + 1", Some(20.0)),
            ("(1.5%)", Some(1.5)),
            ("max(a, 20%, 3)", Some(20.0)),
            ("20% of_all", Some(20.0)),
            ("a % 20", None),
            ("20 % a", None),
            ("20%a", None),
            ("20%(a + 1)", None),
            ("`20% of ${a}`", None),
            ("\"20%\" == a", None),
        ] {
            assert_eq!(first(code).map(|(value, _)| value), found, "{code}");
        }
    }
}
