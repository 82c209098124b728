//! What an assessment has for the names that an expression reads.

use crate::assessment::{Assessment, Column, Figure, TableColumn};
use crate::rules::script::Argument;

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
    Value(Argument),
    /// Nothing, and why if anybody said.
    Nothing(Option<String>),
}

impl<'a> Input<'a> {
    pub(super) fn new(assessment: &'a Assessment, name: &str) -> Self {
        let Some(column) = assessment.evidence.get(name) else { return Self::Absent };
        let Some(table) = column.as_table() else { return Self::Evidence(column) };
        table.plain_numbers().map_or(Self::Table(table), Self::Numbers)
    }

    /// What an expression is given that does without what is missing.
    pub(super) fn argument(&self, candidate: usize) -> Argument {
        match self.given(candidate) {
            Given::Value(value) => value,
            Given::Nothing(_) => Argument::MISSING,
        }
    }

    pub(super) fn given(&self, candidate: usize) -> Given {
        match self {
            Self::Numbers(figures) => match figures.get(candidate) {
                Some(figure) if !figure.is_nan() => Given::Value(Argument::number(*figure)),
                _ => Given::Nothing(None),
            },
            Self::Table(table) => of_figure(table.figure_of(candidate).as_ref()),
            Self::Evidence(column) => of_figure(column.get(candidate).as_deref().map(|evidence| &evidence.figure)),
            Self::Absent => Given::Nothing(None),
        }
    }
}

fn of_figure(figure: Option<&Figure>) -> Given {
    let Some(figure) = figure else { return Given::Nothing(None) };
    match figure.missing_because() {
        Some(reason) => Given::Nothing(Some(reason.to_owned())),
        None => Given::Value(Argument::evidence(figure)),
    }
}
