//! Formulas of points and totals, rounded as the engine rounds.

use super::layout::Layout;
use crate::rules::{Combine, RuleSet};

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
    match layout.is_product() {
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
    let combined = match &rules.combine {
        Combine::Sum => return Some(sum(points, decimals)),
        Combine::Product => format!("{}*{}", rules.scale, points.join("*")),
        Combine::Sections => {
            let scale = format!("/{}", rules.scale).repeat(scores.len().saturating_sub(1));
            format!("{}{scale}", scores.join("*"))
        }
        Combine::Script(expression) => {
            let score = |id: &str| match rules.groups.iter().position(|group| group.id == id) {
                Some(group) => scores.get(group).cloned(),
                None => expression.number(id).map(|number| number.to_string()),
            };
            translated(&expression.code, score)?
        }
    };
    Some(format!("ROUND(ROUND({combined},{TOTAL_NOISE}),{decimals})"))
}

/// Points added up: exact, but for the noise of binary arithmetic.
pub(super) fn sum(points: &[String], decimals: u32) -> String {
    format!("ROUND({},{decimals})", points.join("+"))
}

/// An expression over the groups' scores as a formula. It has numbers, names, `+ - * / ( ) ,`, `min` and `max`; none
/// where it has anything else.
fn translated(code: &str, score: impl Fn(&str) -> Option<String>) -> Option<String> {
    if code.contains("//") || code.contains("/*") {
        return None;
    }
    let mut formula = String::new();
    let mut rest = code;
    while let Some(letter) = rest.chars().next() {
        let word_end = rest.find(|letter: char| !is_of_word(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(word_end.max(letter.len_utf8()));
        rest = after;
        match word {
            "min" | "max" => formula.push_str(&word.to_uppercase()),
            "+" | "-" | "*" | "/" | "(" | ")" | "," => formula.push_str(word),
            word if word.trim().is_empty() => {}
            number if number.starts_with(|letter: char| letter.is_ascii_digit()) => {
                let plain = number.replace('_', "");
                plain.parse::<f64>().ok()?;
                formula.push_str(&plain);
            }
            name => formula.push_str(&score(name)?),
        }
    }
    Some(formula)
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '.'
}

#[cfg(test)]
mod tests {
    use super::translated;

    #[test]
    fn expressions_become_formulas() {
        let score = |id: &str| matches!(id, "harm" | "size").then(|| format!("{}4", id.to_uppercase()));
        let to = |code: &str| translated(code, score);
        assert_eq!(to("harm * size / 1_00 * 0.8\n + 2").as_deref(), Some("HARM4*SIZE4/100*0.8+2"));
        assert_eq!(to("max(size, harm)-min( -size,3 )").as_deref(), Some("MAX(SIZE4,HARM4)-MIN(-SIZE4,3)"));
        for strange in ["harm // size", "other", "0x10 * harm", "harm % 2", "\"=1\""] {
            assert_eq!(to(strange), None, "{strange}");
        }
    }
}
