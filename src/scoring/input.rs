//! What an assessment has for the names that an expression reads.

use crate::assessment::{Assessment, Column, Declared, Figure, TableColumn};
use crate::rules::RuleSet;
use crate::rules::script::Argument;

/// One name that an expression reads, found in the assessment.
pub(super) enum Input<'a> {
    /// Plain figures from a table.
    Numbers(&'a [f64]),
    /// Figures of any kind from a table, and how the rules declare them.
    Table(&'a TableColumn, Option<&'a Declared>),
    /// Evidence of any kind, and how the rules declare it.
    Evidence(&'a Column, Option<&'a Declared>),
    /// Nobody has any.
    Absent,
}

/// What an input has for a candidate.
pub(super) enum CandidateInput {
    /// What an expression is given.
    Value(Argument),
    /// No evidence, and why if anybody said.
    Missing(Option<String>),
}

impl<'a> Input<'a> {
    pub(super) fn new(assessment: &'a Assessment, rules: &'a RuleSet, name: &str) -> Self {
        let Some(column) = assessment.evidence.get(name) else { return Self::Absent };
        let declared = rules.evidence.get(name);
        let Some(table) = column.as_table() else { return Self::Evidence(column, declared) };
        table.plain_numbers().map_or(Self::Table(table, declared), Self::Numbers)
    }

    /// What an expression is given that does without what is missing.
    pub(super) fn argument(&self, candidate: usize) -> Argument {
        match self.of_candidate(candidate) {
            CandidateInput::Value(value) => value,
            CandidateInput::Missing(_) => Argument::MISSING,
        }
    }

    pub(super) fn of_candidate(&self, candidate: usize) -> CandidateInput {
        match self {
            Self::Numbers(figures) => match figures.get(candidate) {
                Some(figure) if !figure.is_nan() => CandidateInput::Value(Argument::number(*figure)),
                _ => CandidateInput::Missing(None),
            },
            Self::Table(table, declared) => input_of(table.figure_of(candidate).as_ref(), *declared),
            Self::Evidence(column, declared) => {
                input_of(column.get(candidate).as_deref().map(|evidence| &evidence.figure), *declared)
            }
            Self::Absent => CandidateInput::Missing(None),
        }
    }
}

fn input_of(figure: Option<&Figure>, declared: Option<&Declared>) -> CandidateInput {
    let Some(figure) = figure else { return CandidateInput::Missing(None) };
    match figure.missing_because() {
        Some(reason) => CandidateInput::Missing(Some(reason.to_owned())),
        None => CandidateInput::Value(match declared {
            Some(declared) => Argument::evidence(&figure.read_by(declared)),
            None => Argument::evidence(figure),
        }),
    }
}
