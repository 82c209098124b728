//! An expression of the rules over the groups' scores, in exact decimal arithmetic.

use std::ops::Range;

use rust_decimal::{Decimal, RoundingStrategy};

use super::arithmetic::Term;
use super::member::{Script, WayToCombine};
use super::sections::has_groups;
use super::settings::{TotalSettings, is_writable};
use crate::diagnostic::{Code, Problem};
use crate::exact::to_units;
use crate::rules::judge::{RESERVED, RuleSetJudge};
use crate::rules::parameter::Amount;
use crate::rules::script::{Argument, Expression, ExpressionAnswer, Library, Variables, multiplied};
use crate::toml_file::At;

#[derive(Debug)]
pub(super) struct ScriptedTotal(Expression);

impl ScriptedTotal {
    pub(super) fn judged(
        span: &Range<usize>,
        code: &At<String>,
        judge: &mut RuleSetJudge<'_>,
        groups: &[&str],
    ) -> Option<Self> {
        if !has_groups(span, judge, groups) {
            return None;
        }
        if let Some(word) = not_arithmetic(&code.value) {
            let message =
                format!("`{word}` can't be used in a total: a total is printed so that people can work it out by hand");
            let help = "use groups, numbers, parameters, `+ - * /`, brackets, `min` and `max`";
            judge.check.problem(Code::ScriptSyntax, &code.span, message, help);
            return None;
        }
        let expression = judge.expression(code, &Variables::named(groups));
        if let Some((name, _)) = expression.parameters.iter().find(|(_, value)| matches!(value, Amount::Table(_))) {
            let message = format!("the parameter `{name}` is a table, and a total needs numbers");
            judge.check.problem(Code::BadParameter, &code.span, message, "name a parameter that is a number");
            return None;
        }
        for group in groups.iter().filter(|group| !expression.reads.iter().any(|read| read == *group)) {
            let message = format!("the total does not use the group `{group}`");
            let help = "use its score, or take the group out";
            judge.check.problem(Code::UnreadDeclaration, &code.span, message, help);
        }
        Some(Self(expression))
    }
}

/// The first word or mark of a total's expression that is not plain arithmetic. A name that is no group is found when
/// the expression is read.
fn not_arithmetic(code: &str) -> Option<String> {
    let mut rest = code;
    while let Some(start) = rest.find(is_of_word) {
        let (word, after) = next_word(rest.get(start..).unwrap_or_default());
        let called = after.trim_start().starts_with('(') && !matches!(word, "min" | "max");
        if called || RESERVED.contains(&word) {
            return Some(word.to_owned());
        }
        rest = after;
    }
    let strange = |letter: &char| !is_of_word(*letter) && !letter.is_whitespace() && !"+-*/(),".contains(*letter);
    code.contains("**").then(|| "**".to_owned()).or_else(|| code.chars().find(strange).map(String::from))
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '.'
}

/// The word that some code begins with, or its first letter, and what follows.
fn next_word(code: &str) -> (&str, &str) {
    let end = code.find(|letter| !is_of_word(letter)).unwrap_or(code.len());
    code.split_at(end.max(code.chars().next().map_or(0, char::len_utf8)))
}

impl WayToCombine for ScriptedTotal {
    fn word(&self) -> &'static str {
        "script"
    }

    fn has_sections(&self) -> bool {
        true
    }

    fn ends_at_scale(&self) -> bool {
        false
    }

    fn expression(&self) -> Option<&Expression> {
        Some(&self.0)
    }

    fn multiplied_groups(&self, groups: &[&str], library: &Library) -> Vec<usize> {
        let pairs = multiplied(&self.0, library);
        let is_factor = |group: &usize| {
            let id = groups.get(*group).copied().unwrap_or_default();
            pairs.iter().any(|(a, b)| a == id || b == id)
        };
        (0..groups.len()).filter(is_factor).collect()
    }

    fn total(&self, row: &[i64], settings: &TotalSettings<'_>, script: Script<'_, '_>) -> Result<Option<i64>, Problem> {
        let Some(script) = script else { return Ok(None) };
        let (scores, decimals) = (settings.scores(row), settings.precision.decimals);
        let groups = &settings.groups;
        let expression = script.expression();
        let score_of = |name: &String| {
            let units = groups.iter().position(|group| group == name).and_then(|group| scores.get(group));
            Argument::exact(Decimal::new(units.copied().unwrap_or(0), decimals))
        };
        let mut arguments: Vec<Argument> = expression.reads.iter().map(score_of).collect();
        let answer = script.run(&mut arguments)?;
        let total = units_of(&answer, decimals).map_err(|wrong| {
            let (code, message, help) = match wrong {
                NoTotal::NotANumber => {
                    (Code::ScriptResult, format!("this total is {}", answer.described()), "a total is a finite number")
                }
                NoTotal::TooLarge => {
                    (Code::TotalOutOfRange, "this total is too large to be written".to_owned(), "divide by the scale")
                }
            };
            Problem::new(code, message).at(expression.place()).help(help)
        })?;
        Ok(Some(total))
    }

    /// The code with each group's name as its score, and each parameter's as its number.
    fn arithmetic(&self, _: u32, _: usize, groups: &[&str]) -> Vec<Term> {
        let mut terms = Vec::new();
        let mut rest = &*self.0.code;
        while !rest.is_empty() {
            let (word, after) = next_word(rest);
            terms.push(match (groups.iter().position(|group| *group == word), self.0.number(word)) {
                (Some(group), _) => Term::Figure(group),
                (None, Some(number)) => Term::text(number.to_string()),
                (None, None) => Term::text(word),
            });
            rest = after;
        }
        terms
    }

    fn sentence(&self, scale: &str) -> String {
        let code = self.0.code.trim();
        format!("The weights of each group add up to {scale}, and its points to its score; the total is {code}.")
    }

    fn clause(&self) -> String {
        format!("made by `{}`", self.0.code.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// Why an answer is no total.
#[derive(Debug, PartialEq, Eq)]
enum NoTotal {
    NotANumber,
    TooLarge,
}

/// A script's answer rounded to `decimals`, halves away from zero.
fn units_of(answer: &ExpressionAnswer, decimals: u32) -> Result<i64, NoTotal> {
    if let Some(exact) = answer.exact() {
        return units_of_exact(exact, decimals);
    }
    let measure = answer.measure().ok().flatten().ok_or(NoTotal::NotANumber)?;
    writable(to_units(measure.estimate, decimals))
}

fn units_of_exact(exact: Decimal, decimals: u32) -> Result<i64, NoTotal> {
    let rounded = exact.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let shifted = rounded.checked_mul(Decimal::from(10_i64.pow(decimals))).ok_or(NoTotal::TooLarge)?;
    i64::try_from(shifted.trunc()).map_err(|_| NoTotal::TooLarge).and_then(writable)
}

fn writable(units: i64) -> Result<i64, NoTotal> {
    if is_writable(units) { Ok(units) } else { Err(NoTotal::TooLarge) }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::SourceFile;

    #[test]
    fn groups_and_parameters_become_figures_and_numbers() {
        let code = "max(harm, size)*0.8\n - rate";
        let source = Arc::new(SourceFile { name: "x".into(), text: code.into() });
        let mut expression = Expression::new(&source, &At { value: code.into(), span: 0..code.len() });
        expression.parameters = vec![("rate".to_owned(), Amount::Number(-2.5))];
        let told = |term: &Term| match term {
            Term::Figure(number) => format!("[{number}]"),
            Term::Text(text) => text.clone(),
        };
        let terms = ScriptedTotal(expression).arithmetic(100, 0, &["size", "harm"]);
        assert_eq!(terms.iter().map(told).collect::<String>(), "max([1], [0])*0.8\n - -2.5");
    }

    #[test]
    fn totals_are_rounded_once() {
        let units = |text: &str| units_of_exact(text.parse().unwrap(), 2);
        assert_eq!(units("58.575"), Ok(5858));
        assert_eq!(units("-0.005"), Ok(-1));
        assert_eq!(units("79228162514264337593543950335"), Err(NoTotal::TooLarge));
        assert_eq!(writable(to_units(1e300, 2)), Err(NoTotal::TooLarge));
    }
}
