//! Formulas of points and totals, rounded as the engine rounds.

use super::layout::Layout;
use crate::rules::{RuleSet, Term};

/// Decimals from which on a difference is the noise of binary arithmetic: what is a half to here counts as one.
const NOISE: u32 = 12;
/// The same for totals, which are larger.
const TOTAL_NOISE: u32 = 10;

/// A formula's answer rounded to `decimals`, halves away from zero.
pub(super) fn rounded(formula: &str, decimals: u32) -> String {
    format!("ROUND(ROUND({formula},{NOISE}),{decimals})")
}

/// The points of a value with a share of the weight, or its factor where the total is a weighted product.
pub(super) fn points(layout: &Layout<'_>, value: &str, share: &str) -> String {
    let rules = layout.rules;
    match rules.earned().is_factor() {
        true => {
            let power = rounded(&format!("POWER({value},{share}/{})", rules.scale), rules.fine_decimals());
            format!("IF({share}=0,1,{power})")
        }
        false => format!("ROUND({value}*{share},{})", rules.decimals),
    }
}

/// The total of the cells with the points, or with the groups' scores where there are any. None where it can't be
/// written as a formula.
pub(super) fn total(rules: &RuleSet, points: &[String], scores: &[String]) -> Option<String> {
    let decimals = rules.decimals;
    if rules.combine.adds_points() {
        return Some(sum(points, decimals));
    }
    let figures = if rules.combine.has_sections() { scores } else { points };
    Some(format!("ROUND(ROUND({},{TOTAL_NOISE}),{decimals})", written(rules.arithmetic(), figures)?))
}

/// Points added up: exact, but for the noise of binary arithmetic.
pub(super) fn sum(points: &[String], decimals: u32) -> String {
    format!("ROUND({},{decimals})", points.join("+"))
}

/// The arithmetic of a total as a formula of these cells. It has numbers, `+ - * / ( ) ,`, `min` and `max`; none where it
/// has anything else.
fn written(arithmetic: Vec<Term>, figures: &[String]) -> Option<String> {
    let term = |term: Term| match term {
        Term::Figure(number) => figures.get(number).cloned(),
        Term::Text(text) => match text.trim() {
            name @ ("min" | "max") => Some(name.to_uppercase()),
            sign @ ("" | "+" | "-" | "*" | "/" | "(" | ")" | ",") => Some(sign.to_owned()),
            number => Some(number.replace('_', "")).filter(|plain| is_number(plain)),
        },
    };
    let formula: String = arithmetic.into_iter().map(term).collect::<Option<_>>()?;
    // A comment in an expression.
    (!formula.contains("//") && !formula.contains("/*")).then_some(formula)
}

/// Whether it is a number in digits, which no name is.
fn is_number(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-') && text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_becomes_a_formula() {
        let cells = ["F4", "G4"].map(str::to_owned);
        let to = |texts: &[&str]| {
            let figure = |text: &&str| match text.parse() {
                Ok(number) if number < 2 => Term::Figure(number),
                _ => Term::Text((*text).to_owned()),
            };
            written(texts.iter().map(figure).collect(), &cells)
        };
        assert_eq!(to(&["0", " * ", "1", " / ", "1_00", "\n", "+", "-3"]).as_deref(), Some("F4*G4/100+-3"));
        assert_eq!(to(&["max", "(", "0", ",", "1", ")"]).as_deref(), Some("MAX(F4,G4)"));
        for strange in [&["0", "/", "/", "1"][..], &["other"], &["inf"], &["0x10"], &["0", "%", "1"], &["\"=1\""]] {
            assert_eq!(to(strange), None, "{strange:?}");
        }
    }
}
