//! What one thread needs to run a rule set's expressions, compiled once.

use std::rc::Rc;

use rhai::{Dynamic, Engine};

use crate::assessment::{Assessment, Column, ColumnKind, Figure, TableColumn};
use crate::diagnostic::Problem;
use crate::rules::RuleSet;
use crate::rules::script::{Compiled, Expression, Functions, fence, figure_to_dynamic};

/// A fenced engine with a rule set's functions.
pub(super) struct Worker<'a> {
    engine: Rc<Engine>,
    functions: Functions,
    rules: &'a RuleSet,
}

/// An expression compiled for a worker.
pub(super) struct Ready<'a> {
    expression: &'a Expression,
    compiled: Compiled,
}

impl<'a> Worker<'a> {
    pub(super) fn new(rules: &'a RuleSet) -> Result<Self, Problem> {
        let engine = fence()?;
        let functions = Functions::new(&engine, &rules.library);
        Ok(Self { engine, functions, rules })
    }

    pub(super) fn ready(&self, expression: &'a Expression) -> Result<Ready<'a>, Problem> {
        Ok(Ready { expression, compiled: Compiled::new(&self.engine, &self.functions, expression)? })
    }

    /// Runs an expression with these values for the names it reads, in their order. They may be gone afterwards.
    pub(super) fn run(&self, ready: &mut Ready<'a>, values: &mut [Dynamic]) -> Result<Dynamic, Problem> {
        ready.compiled.run(&self.engine, ready.expression, &self.rules.library, values)
    }
}

impl<'a> Ready<'a> {
    pub(super) fn expression(&self) -> &'a Expression {
        self.expression
    }
}

/// One name that an expression reads, found in the assessment.
pub(super) enum Input<'a> {
    /// Plain figures from a table.
    Numbers(&'a [f64]),
    /// Figures of any kind from a table.
    Table(&'a TableColumn),
    /// Evidence of any kind.
    Evidence(&'a Column),
    /// Nobody has any.
    Absent,
}

/// What an input has for a candidate.
pub(super) enum Given {
    Value(Dynamic),
    /// Nothing, and why if anybody said.
    Nothing(Option<String>),
}

impl<'a> Input<'a> {
    pub(super) fn new(assessment: &'a Assessment, name: &str) -> Self {
        let Some(column) = assessment.evidence.get(name) else { return Self::Absent };
        match column.as_table() {
            Some(table) if table.kind == ColumnKind::Number && table.suppressed.is_empty() => {
                Self::Numbers(&table.figures)
            }
            Some(table) => Self::Table(table),
            None => Self::Evidence(column),
        }
    }

    pub(super) fn given(&self, candidate: usize) -> Given {
        match self {
            Self::Numbers(figures) => match figures.get(candidate) {
                Some(figure) if !figure.is_nan() => Given::Value(Dynamic::from_float(*figure)),
                _ => Given::Nothing(None),
            },
            Self::Table(table) => of_figure(table.figure_of(candidate).as_ref()),
            Self::Evidence(column) => of_figure(column.get(candidate).as_deref().map(|evidence| &evidence.figure)),
            Self::Absent => Given::Nothing(None),
        }
    }
}

fn of_figure(figure: Option<&Figure>) -> Given {
    match figure {
        Some(Figure::Missing(reason)) => Given::Nothing(Some(reason.to_string())),
        Some(figure) => Given::Value(figure_to_dynamic(figure)),
        None => Given::Nothing(None),
    }
}
