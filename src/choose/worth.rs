//! What each candidate is worth: the plan's expression over what the ranking made of it.

use crate::assessment::plan::options::Worth;
use crate::budget::Budget;
use crate::diagnostic::{Code, Problem, Problems};
use crate::exact::{Fixed, to_units};
use crate::rules::script::{Argument, Compiled, Compiler, Expression, Library, ScriptChecker, Variables};
use crate::rules::{Criterion, RuleSet};
use crate::scoring::{Ranking, ScoringOutcome};

/// What an expression of worth can read.
const NAMES: [&str; 4] = ["total", "rank", "tier", "values"];

/// The expression, ready to be asked.
#[derive(Debug, Clone)]
pub struct WorthRule {
    expression: Expression,
    library: Library,
}

impl WorthRule {
    /// Of a plan, which may spend `budget`. The criteria of `rules` are the fields of `values`.
    ///
    /// # Errors
    /// What is wrong with the expression.
    pub fn new(worth: &Worth, rules: &RuleSet, budget: Budget) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let ids = rules.criteria.iter().map(|criterion| criterion.id.clone());
        let checker = ScriptChecker::new(&[], 0, budget, &mut problems).map_err(Problems::from)?.with_fields(ids);
        let mut expression = Expression::new(&worth.source, &worth.code);
        checker.check(&mut expression, &Variables::named(&NAMES), &mut problems);
        match problems.has_errors() {
            true => Err(problems),
            false => Ok(Self { expression, library: checker.into_library() }),
        }
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.expression.code
    }

    /// Whether worth depends on where a candidate stands among the tiers.
    pub fn reads_tier(&self) -> bool {
        self.reads("tier")
    }

    /// Whether worth depends on where the other candidates are.
    pub fn reads_others(&self) -> bool {
        self.reads("tier") || self.reads("rank")
    }

    fn reads(&self, name: &str) -> bool {
        self.expression.reads.iter().any(|read| read == name)
    }

    /// The expression, compiled for one thread.
    ///
    /// # Errors
    /// As the engine's own start.
    pub fn asked(&self) -> Result<AskedWorth<'_>, Problem> {
        Ok(AskedWorth { rule: self, compiled: Compiler::new(&self.library)?.compile(&self.expression)? })
    }

    fn wrong(&self, id: &str, answered: &str) -> Problem {
        let message = format!("the worth of `{id}` is {answered}, and must be a number from 0 up");
        let help = "write an expression such as `total`; below zero reaching a candidate would be a loss: `max(…, 0)`";
        Problem::new(Code::ScriptResult, message).at(self.expression.place()).help(help)
    }
}

/// What the worth of a candidate can depend on.
#[derive(Debug, Clone)]
pub struct Standing<'s> {
    /// Its total, in the rules' decimals.
    pub total: Fixed,
    /// Its rank, from 1.
    pub rank: usize,
    /// The word for its tier, or for where it stands outside them.
    pub tier: &'s str,
    /// Its value of each criterion, in the order of the rules.
    pub values: Vec<f64>,
}

/// An expression of worth on one thread.
pub struct AskedWorth<'r> {
    rule: &'r WorthRule,
    compiled: Compiled<'r>,
}

impl AskedWorth<'_> {
    /// What each candidate of a ranking is worth, by number, to the rules' fine decimals. One that could not be ranked is
    /// worth nothing.
    ///
    /// # Errors
    /// Where the expression fails, or answers no number from zero up.
    pub fn of_ranking(&mut self, ranking: &Ranking<'_>) -> Result<Vec<Fixed>, Problem> {
        self.of_outcome(ranking, ranking.outcome())
    }

    /// The same where the values of a ranking have this outcome, as with other weights.
    ///
    /// # Errors
    /// As [`Self::of_ranking`].
    pub fn of_outcome(&mut self, ranking: &Ranking<'_>, outcome: &ScoringOutcome) -> Result<Vec<Fixed>, Problem> {
        let rules = ranking.rules;
        let standing = |number: usize| {
            let values = 0..rules.criteria.len();
            Some(Standing {
                total: Fixed::new(outcome.total(number)?, rules.decimals),
                rank: outcome.rank(number)?,
                tier: outcome.standing(number).word(rules),
                values: values.map(|criterion| ranking.value(criterion, number).to_f64()).collect(),
            })
        };
        let candidates = ranking.assessment.candidates.iter().enumerate();
        candidates.map(|(number, about)| self.of(rules, &about.id, standing(number).as_ref())).collect()
    }

    /// What the candidate `id` is worth where it stands so, or could not be ranked.
    ///
    /// # Errors
    /// As [`Self::of_ranking`].
    pub fn of(&mut self, rules: &RuleSet, id: &str, standing: Option<&Standing<'_>>) -> Result<Fixed, Problem> {
        let decimals = rules.fine_decimals();
        let Some(standing) = standing else { return Ok(Fixed::new(0, decimals)) };
        let rule = self.rule;
        let mut arguments: Vec<Argument> =
            rule.expression.reads.iter().map(|name| argument(name, rules, standing)).collect();
        let answer = self.compiled.run(&mut arguments)?;
        let found = answer.measure().map_err(|what| rule.wrong(id, &what))?;
        let worth = found.ok_or_else(|| rule.wrong(id, "no number"))?.estimate;
        if !worth.is_finite() || worth < 0.0 {
            return Err(rule.wrong(id, &crate::words::number(worth, decimals)));
        }
        Ok(Fixed::new(to_units(worth, decimals), decimals))
    }
}

fn argument(name: &str, rules: &RuleSet, standing: &Standing<'_>) -> Argument {
    match name {
        "total" => Argument::number(standing.total.to_f64()),
        "rank" => Argument::number(float(standing.rank)),
        "tier" => Argument::text(standing.tier.to_owned()),
        _ => {
            let value = |(criterion, value): (&Criterion, &f64)| {
                (criterion.id.clone(), criterion.title.clone(), Argument::number(*value))
            };
            Argument::values(rules.criteria.iter().zip(&standing.values).map(value))
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rank is far below 2^53")]
fn float(rank: usize) -> f64 {
    rank as f64
}
