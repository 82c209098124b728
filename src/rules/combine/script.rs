//! An expression of the rules over the members' scores, in exact decimal arithmetic.

use rust_decimal::{Decimal, RoundingStrategy};

use super::arithmetic::Term;
use super::earned::Earned;
use super::ends::{Influence, TotalOfScores, area, influence, names};
use super::member::{Script, WayToCombine};
use super::settings::{NodeSettings, is_writable};
use crate::diagnostic::{Code, Problem};
use crate::exact::{Ends, Fixed, Interval, to_units};
use crate::rules::judge::{RESERVED, RuleSetJudge};
use crate::rules::parameter::Amount;
use crate::rules::script::{
    Argument, Compiled, Expression, ExpressionAnswer, Formula, Library, Literals, Rising, Variables, is_exact,
    multiplied, numbers,
};
use crate::toml_file::At;
use crate::words::number;

#[derive(Debug)]
pub(super) struct ScriptedTotal {
    expression: Expression,
    /// The same as a formula over the members' scores.
    formula: Formula,
    /// The member of each name that it reads.
    members: Vec<usize>,
}

impl ScriptedTotal {
    pub(super) fn judged(code: &At<String>, judge: &mut RuleSetJudge<'_>, names: &[&str]) -> Option<Self> {
        if let Some(word) = not_arithmetic(&code.value) {
            let message =
                format!("`{word}` can't be used in a total: a total is printed so that people can work it out by hand");
            let help = "use scores, numbers, parameters, `+ - * /`, brackets, comparisons between `if` and `else`, and `min`, \
                        `max`, `abs`, `floor`, `ceiling`, `round` and `pow`";
            judge.check.problem(Code::ScriptSyntax, &code.span, message, help);
            return None;
        }
        let problems_before = judge.check.problems.errors();
        let expression = judge.expression(code, &Variables::named(names));
        if let Some((name, _)) = expression.parameters.iter().find(|(_, value)| matches!(value, Amount::Table(_))) {
            let message = format!("the parameter `{name}` is a table, and a total needs numbers");
            judge.check.problem(Code::BadParameter, &code.span, message, "name a parameter that is a number");
            return None;
        }
        beyond_exact(&expression, code, judge);
        match Self::new(expression, names, judge.scripts.library()) {
            Some(total) => Some(total),
            None if judge.check.problems.errors() > problems_before => None,
            None => {
                let message = "nobody could work this total out by hand";
                let help = "write it shorter, and use no function of the scripts by the name of `min` or `max`. `min` and \
                            `max` take two numbers, `abs`, `floor`, `ceiling` and `round` one, and `pow` a whole power \
                            from 0 to 100";
                judge.check.problem(Code::ScriptSyntax, &code.span, message, help);
                None
            }
        }
    }

    /// None where no formula says what the expression does.
    pub(super) fn new(expression: Expression, names: &[&str], library: &Library) -> Option<Self> {
        let formula = Formula::new(&expression, library, Literals::Decimals)?;
        let member = |read: &String| names.iter().position(|name| name == read);
        let members = expression.reads.iter().map(member).collect::<Option<_>>()?;
        Some(Self { expression, formula, members })
    }

    /// What it makes of the members' scores, in units of the rule set's decimals.
    fn of_scores(
        &self,
        scores: &[i64],
        settings: &NodeSettings<'_>,
        script: &mut Compiled<'_>,
    ) -> Result<i64, Problem> {
        let score =
            |at: &usize| Argument::exact(Decimal::new(scores.get(*at).copied().unwrap_or(0), settings.decimals));
        let mut arguments: Vec<Argument> = self.members.iter().map(score).collect();
        let answer = script.run(&mut arguments).map_err(|problem| match problem.code {
            Code::ScriptFailed if problem.message.contains("division") => {
                problem.help("divide by nothing that can be zero: `max(…)` keeps a divisor above it")
            }
            _ => problem,
        })?;
        units_of(&answer, settings.precision.decimals).map_err(|wrong| {
            let (code, message, help) = match wrong {
                NoTotal::NotANumber => {
                    (Code::ScriptResult, format!("this total is {}", answer.described()), "a total is a finite number")
                }
                NoTotal::TooLarge => {
                    (Code::TotalOutOfRange, "this total is too large to be written".to_owned(), "divide by the scale")
                }
            };
            Problem::new(code, message).at(self.expression.place()).help(help)
        })
    }
}

/// Notes the numbers of a total, and its parameters, that exact arithmetic can't hold.
fn beyond_exact(expression: &Expression, code: &At<String>, judge: &mut RuleSetJudge<'_>) {
    let written =
        numbers(&code.value).into_iter().filter_map(|(number, at)| Some((number, code.value.get(at)?.to_owned())));
    let parameters =
        expression.parameters.iter().filter_map(|(name, _)| Some((expression.number(name)?, name.clone())));
    for (number, words) in written.chain(parameters).filter(|(number, _)| !is_exact(*number)) {
        let message = format!("`{words}` is {number:e}, and a total is exact: it can't hold that");
        let help = "write 0, or a number between 0.000000000000001 and 1000000000000000000";
        judge.check.problem(Code::BadValue, &code.span, message, help);
    }
}

/// The functions that a total's expression can call.
const FUNCTIONS: [&str; 7] = ["min", "max", "abs", "floor", "ceiling", "round", "pow"];

/// The first word or mark of a total's expression that is not plain arithmetic. A name that is no group is found when
/// the expression is read.
fn not_arithmetic(code: &str) -> Option<String> {
    let mut rest = code;
    while let Some(start) = rest.find(is_of_word) {
        let (word, after) = next_word(rest.get(start..).unwrap_or_default());
        let called = after.trim_start().starts_with('(') && !FUNCTIONS.contains(&word);
        if !matches!(word, "if" | "else") && (called || RESERVED.contains(&word)) {
            return Some(word.to_owned());
        }
        rest = after;
    }
    let strange = |letter: &char| !is_of_word(*letter) && !letter.is_whitespace() && !"+-*/(),<>=!{}".contains(*letter);
    let of_several = ["**", "=>", "!!"].into_iter().find(|signs| code.contains(signs)).map(str::to_owned);
    let sets = || {
        // What is left of comparisons once they are taken out is no comparison.
        let rest = ["<=", ">=", "==", "!="].into_iter().fold(code.to_owned(), |code, sign| code.replace(sign, ""));
        rest.chars().find(|letter| "=!".contains(*letter)).map(String::from)
    };
    of_several.or_else(|| code.chars().find(strange).map(String::from)).or_else(sets)
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

    fn earned(&self) -> Earned {
        Earned::Score
    }

    fn ends_at_scale(&self) -> bool {
        false
    }

    fn expression(&self) -> Option<&Expression> {
        Some(&self.expression)
    }

    fn rising(&self) -> Option<Rising> {
        let place = |name: usize| self.members.get(name).copied().unwrap_or(0);
        self.formula.rising().map(|formula| formula.renamed(&place))
    }

    fn multiplied(&self, names: &[&str], library: &Library) -> Vec<usize> {
        let pairs = multiplied(&self.expression, library);
        let is_factor = |member: &usize| {
            let id = names.get(*member).copied().unwrap_or_default();
            pairs.iter().any(|(a, b)| a == id || b == id)
        };
        (0..names.len()).filter(is_factor).collect()
    }

    fn total(&self, row: &[i64], settings: &NodeSettings<'_>, script: Script<'_, '_>) -> Result<Option<i64>, Problem> {
        let Some(script) = script else { return Ok(None) };
        self.of_scores(row, settings, script).map(Some)
    }

    fn influence(&self, member: usize, scores: &[Ends], settings: &NodeSettings<'_>) -> Influence {
        let names = names(&self.members, &area(scores), settings.decimals);
        influence(&self.formula, &self.members, &names, member)
    }

    fn faults(&self, scores: &[Ends], settings: &NodeSettings<'_>) -> Vec<Problem> {
        let decimals = settings.decimals;
        let names = names(&self.members, &area(scores), decimals);
        let words: Vec<&str> = self.expression.reads.iter().map(String::as_str).collect();
        let least = Fixed::new(1, settings.precision.decimals);
        let fault = |(divisor, lies): (String, Interval)| {
            let (low, high) = (number(lies.low(), decimals), number(lies.high(), decimals));
            let message = format!("this total may divide by zero: `{divisor}` lies between {low} and {high}");
            let help = match self.members.iter().zip(&words).any(|(_, word)| **word == divisor) {
                true => format!(
                    "divide by `max({divisor}, {least})`, or let no answer in the group `{divisor}` be worth nothing"
                ),
                false => format!("divide by `max({divisor}, {least})`"),
            };
            Problem::new(Code::DividesByZero, message).at(self.expression.place()).help(help)
        };
        self.formula.divisors_that_can_be_zero(&names, &words).into_iter().map(fault).collect()
    }

    fn ends(&self, row: &[Ends], settings: &NodeSettings<'_>, script: Script<'_, '_>) -> Result<Option<Ends>, Problem> {
        let Some(script) = script else { return Ok(None) };
        let total = |scores: &[i64]| self.of_scores(scores, settings, script);
        let decimals = (settings.decimals, settings.precision.decimals);
        let ends = TotalOfScores::new(&self.formula, &self.members, decimals, total).ends(&area(row))?;
        let are_reached = ends.are_reached && row.iter().all(|ends| ends.are_reached);
        Ok(Some(Ends { are_reached, ..ends }))
    }

    /// The code with each member's name as its score, and each parameter's as its number.
    fn arithmetic(&self, _: u32, names: &[&str]) -> Vec<Term> {
        let mut terms = Vec::new();
        let mut rest = &*self.expression.code;
        while !rest.is_empty() {
            let (word, after) = next_word(rest);
            terms.push(match (names.iter().position(|name| *name == word), self.expression.number(word)) {
                (Some(member), _) => Term::Figure(member),
                (None, Some(number)) => Term::text(number.to_string()),
                (None, None) => Term::text(word),
            });
            rest = after;
        }
        terms
    }

    /// Of groups' scores; of questions there are no weights.
    fn sentence(&self, scale: &str) -> String {
        let code = self.expression.code.trim();
        format!("The weights of each group add up to {scale}, and its points to its score; the total is {code}.")
    }

    fn clause(&self) -> String {
        format!("made by `{}`", self.expression.code.split_whitespace().collect::<Vec<_>>().join(" "))
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
        let source = Arc::new(SourceFile::new("x", code));
        let mut expression = Expression::new(&source, &At { value: code.into(), span: 0..code.len() });
        expression.parameters = vec![("rate".to_owned(), Amount::Number(-2.5))];
        let told = |term: &Term| match term {
            Term::Figure(number) => format!("[{number}]"),
            Term::Text(text) => text.clone(),
        };
        expression.reads = ["harm", "size"].map(str::to_owned).to_vec();
        let groups = ["size", "harm"];
        let total = ScriptedTotal::new(expression, &groups, &Library::default()).unwrap();
        let terms = total.arithmetic(100, &groups);
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
