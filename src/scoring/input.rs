//! What an assessment has for the names that an expression reads.

use crate::assessment::{Assessment, Column, Declared, EvidenceKind, Figure, Pools, TableColumn};
use crate::rules::RuleSet;
use crate::rules::script::{Argument, NumberColumn};

/// What expressions read: evidence as the rules declare it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Readable<'a> {
    pub(super) assessment: &'a Assessment,
    pub(super) rules: &'a RuleSet,
    pub(super) pools: &'a Pools,
}

/// One name that an expression reads, found in the assessment.
pub(super) enum Input<'a> {
    /// Plain figures from a table.
    Numbers(&'a [f64]),
    /// Figures of any kind from a table, and how the rules declare them.
    Table(&'a TableColumn, Declaration<'a>),
    /// Evidence of any kind, and how the rules declare it.
    Evidence(&'a Column, Declaration<'a>),
    /// Nobody has any.
    Absent,
}

/// How the rules declare evidence of a name; nothing of what they do not declare.
#[derive(Clone, Copy)]
pub(super) struct Declaration<'a> {
    of: Readable<'a>,
    name: &'a str,
    declared: Option<&'a Declared>,
}

/// What an input has for a candidate.
pub(super) enum CandidateInput {
    /// What an expression is given.
    Value(Argument),
    /// No evidence, and why if anybody said.
    Missing(Option<String>),
}

impl<'a> Input<'a> {
    pub(super) fn new(of: Readable<'a>, name: &'a str) -> Self {
        let Some(column) = of.assessment.evidence.get(name) else { return Self::Absent };
        let declaration = Declaration { of, name, declared: of.rules.evidence.get(name) };
        let Some(table) = column.as_table() else { return Self::Evidence(column, declaration) };
        table.plain_numbers().map_or(Self::Table(table, declaration), Self::Numbers)
    }

    /// A number for each candidate, where expressions can take them as they are; not a number where it has something else, or
    /// nothing.
    pub(super) fn numbers(&self) -> Option<NumberColumn<'a>> {
        match self {
            Self::Numbers(numbers) => Some(NumberColumn { numbers, of: None }),
            Self::Table(table, _) if !table.has_words() => {
                let of = table.kind().filter(|kind| *kind != EvidenceKind::Number);
                Some(NumberColumn { numbers: &table.numbers, of })
            }
            Self::Table(..) | Self::Evidence(..) | Self::Absent => None,
        }
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
            Self::Table(table, declaration) => declaration.input(table.figure_of(candidate).as_ref(), candidate),
            Self::Evidence(column, declaration) => {
                declaration.input(column.get(candidate).as_deref().map(|evidence| &evidence.figure), candidate)
            }
            Self::Absent => CandidateInput::Missing(None),
        }
    }
}

impl Readable<'_> {
    /// A figure as rules read it that pool it; none where they do not.
    pub(super) fn pooled(&self, name: &str, candidate: usize, figure: &Figure) -> Option<Figure> {
        let about = self.assessment.candidates.get(candidate)?;
        self.pools.read(name, self.rules.pooled_as(about), figure)
    }
}

impl Declaration<'_> {
    fn input(&self, figure: Option<&Figure>, candidate: usize) -> CandidateInput {
        let Some(figure) = figure else { return CandidateInput::Missing(None) };
        if let Some(reason) = figure.missing_because() {
            return CandidateInput::Missing(Some(reason.to_owned()));
        }
        let Some(declared) = self.declared else { return CandidateInput::Value(Argument::evidence(figure)) };
        let read = figure.read_by(declared);
        let pooled = self.of.pooled(self.name, candidate, &read);
        CandidateInput::Value(Argument::evidence(pooled.as_ref().unwrap_or(&read)))
    }
}
