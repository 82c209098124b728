//! Expressions as formulas over intervals: what is known of an answer where what it reads lies between two ends.
//!
//! The engine alone defines what an expression means. A formula holds every answer that the engine could give, or is not
//! made: whatever it does not know (a loop, a list, a text, evidence) it does not read.

mod node;
mod read;
mod rising;

use super::expression::Expression;
use super::fence::fence;
use super::library::Library;
use crate::exact::Interval;
use node::{Node, Pairing, Part};

pub use node::Known;
pub use read::Literals;
pub use rising::Rising;

/// An expression as a formula.
#[derive(Debug, Clone)]
pub struct Formula(Node);

impl Formula {
    /// The formula of an expression over the names that it reads; none where there is more in it than formulas know.
    pub fn new(expression: &Expression, library: &Library, literals: Literals) -> Option<Self> {
        let engine = fence().ok()?;
        let mut scope = rhai::Scope::new();
        for name in expression.reads.iter().chain(expression.parameters.iter().map(|(name, _)| name)) {
            scope.push_dynamic(name.clone(), rhai::Dynamic::UNIT);
        }
        let ast = engine.compile_with_scope(&scope, &expression.code).ok()?;
        let functions = library.compile(&engine);
        read::node(&ast, expression, &functions, literals).map(Self)
    }

    /// What is known of the answer where what is read lies in these intervals, in the order of the names. The slope is that
    /// of the name `by`. None where nothing is: something may be divided by zero.
    pub fn over(&self, names: &[Interval], by: usize) -> Option<Known> {
        match self.0.part(names, by)? {
            Part::Number(known) => Some(known),
            Part::Truth(..) => None,
        }
    }

    /// The same as plain arithmetic of names and numbers from zero up, in which nothing falls where a name rises; none where
    /// it is anything else.
    pub fn rising(&self) -> Option<Rising> {
        rising::rising(&self.0)
    }

    /// What it divides by that can be zero: each divisor as it would be written, with where it lies.
    pub fn divisors_that_can_be_zero(&self, names: &[Interval], words: &[&str]) -> Vec<(String, Interval)> {
        let mut found = Vec::new();
        self.0.visit(&mut |node| {
            let Node::Pair(Pairing::Quotient, of) = node else { return };
            let [_, divisor] = &**of;
            if let Some(Part::Number(known)) = divisor.part(names, 0)
                && known.value.has_zero()
            {
                found.push((divisor.written(words), known.value));
            }
        });
        found
    }
}

#[cfg(test)]
mod tests;
