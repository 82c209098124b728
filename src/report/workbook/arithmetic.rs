//! Formulas of points and totals, rounded as the engine rounds.

use super::layout::Layout;
use crate::rules::{Earned, RuleSet, Term};

/// Decimals from which on a difference is the noise of binary arithmetic: what is a half to here counts as one.
const NOISE: u32 = 12;
/// The same for totals, which are larger.
const TOTAL_NOISE: u32 = 10;

/// A formula's answer rounded to `decimals`, halves away from zero.
pub(super) fn rounded(formula: &str, decimals: u32) -> String {
    format!("ROUND(ROUND({formula},{NOISE}),{decimals})")
}

/// What a value brings in with a share of the weight.
pub(super) fn points(layout: &Layout<'_>, criterion: u16, value: &str, share: &str) -> String {
    let rules = layout.rules;
    match rules.earned(usize::from(criterion)) {
        Earned::Factor => factor(rules, value, share),
        Earned::Points => format!("ROUND({value}*{share},{})", rules.decimals),
        Earned::Score => format!("ROUND({value}*{},{})", rules.scale, rules.fine_decimals()),
    }
}

/// What a group's score brings in with a share of the weight, where it has one.
pub(super) fn of_score(rules: &RuleSet, kind: Earned, score: &str, share: &str) -> String {
    match kind {
        Earned::Factor => factor(rules, &format!("({score}/{})", rules.scale), share),
        Earned::Points => rounded(&format!("{score}*{share}/{}", rules.scale), rules.decimals),
        Earned::Score => score.to_owned(),
    }
}

fn factor(rules: &RuleSet, value: &str, share: &str) -> String {
    let power = rounded(&format!("POWER({value},{share}/{})", rules.scale), rules.fine_decimals());
    format!("IF({share}=0,1,{power})")
}

/// The score of a group, or the total, of what its members bring in. None where it can't be written as a formula.
pub(super) fn combined(rules: &RuleSet, group: Option<usize>, figures: &[String]) -> Option<String> {
    let decimals = rules.decimals;
    if rules.combine.node(group).way.adds_points() {
        return Some(sum(figures, decimals));
    }
    Some(format!("ROUND(ROUND({},{TOTAL_NOISE}),{decimals})", written(rules.arithmetic(group), figures)?))
}

/// Points added up: exact, but for the noise of binary arithmetic.
fn sum(points: &[String], decimals: u32) -> String {
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
