//! The cells that are made to be changed, each with what it holds: so that what was changed can be brought back.

use super::layout::{CellReference, FIRST_ROW, Layout, Tab};
use super::{functions, tiers, weights};
use crate::ranked::RankedAssessment;
use crate::rules::Takes;

/// What a cell that can be changed holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputKind {
    /// The weight of the criterion with this id.
    Weight(String),
    /// The weight of the group with this id.
    GroupWeight(String),
    /// How many places the tier with this id has.
    Places(String),
    /// From which total the tier with this id takes.
    AtLeast(String),
    /// The value that stands in where the measure of the criterion with this id is missing.
    StandIn(String),
    /// An anchor of the value function of the criterion with this id: the row of the measures or that of the values,
    /// and which one.
    Anchor(String, usize, usize),
    /// The measure of a candidate for a criterion, by their ids.
    Measure(String, String),
}

/// A cell that can be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkbookInput {
    /// Its sheet.
    pub sheet: &'static str,
    /// Its row, from 1.
    pub row: u32,
    /// Its column, from 0.
    pub column: u32,
    /// What it holds.
    pub kind: InputKind,
    /// What it holds, in words.
    pub words: String,
}

/// Every cell that can be changed, in the order of the sheets.
pub fn inputs(report: &RankedAssessment<'_>) -> Vec<WorkbookInput> {
    let layout = Layout::new(report);
    let rules = layout.rules;
    let mut inputs = Vec::new();
    let mut add = |cell: CellReference, kind: InputKind, words: String| {
        inputs.push(WorkbookInput {
            sheet: cell.tab.name(),
            row: cell.row + 1,
            column: u32::from(cell.column),
            kind,
            words,
        });
    };
    for (number, criterion) in layout.criteria().filter(|(number, _)| layout.is_weighed(*number)) {
        let words = format!("the weight of {}", criterion.title);
        add(weights::weight(number), InputKind::Weight(criterion.id.clone()), words);
    }
    for (number, group) in (0..).zip(&rules.groups) {
        if layout.weight_of_group(number).is_some() {
            let words = format!("the weight of the group {}", group.title);
            add(weights::group_weight(&layout, number), InputKind::GroupWeight(group.id.clone()), words);
        }
    }
    for (number, tier) in (0..).zip(&rules.tiers) {
        match tier.takes {
            Takes::Places(_) => {
                add(tiers::places(number), InputKind::Places(tier.id.clone()), format!("the places of {}", tier.title));
            }
            Takes::AtLeast(_) => {
                let words = format!("the total from which {} takes", tier.title);
                add(tiers::at_least(number), InputKind::AtLeast(tier.id.clone()), words);
            }
            Takes::Rest => {}
        }
    }
    for (number, criterion) in layout.criteria() {
        if criterion.stand_in().is_some() {
            let words = format!("the value that stands in for {}", criterion.title);
            add(functions::stand_in(number), InputKind::StandIn(criterion.id.clone()), words);
        }
        let anchors = criterion.value.shape().cells().map_or(0, |cells| cells.columns.len());
        for (row, at) in (0..2).flat_map(|row| (0..anchors).map(move |at| (row, at))) {
            let place = u16::try_from(at).unwrap_or(u16::MAX);
            let cell = functions::anchor(number, u16::from(row == 1), place);
            let words = format!("an anchor of {}", criterion.title);
            add(cell, InputKind::Anchor(criterion.id.clone(), row, at), words);
        }
    }
    for (row, trace) in (FIRST_ROW..).zip(&report.traces) {
        for (number, criterion) in layout.criteria() {
            let kind = InputKind::Measure(trace.candidate.id.clone(), criterion.id.clone());
            let words = format!("{}: {}", trace.candidate.title, criterion.title);
            add(Layout::measure(row, number), kind, words);
        }
    }
    inputs
}

/// The name of the sheet of scores, and the column of the candidates' ids there.
pub const SCORES: (&str, u32) = (Tab::Scoring.name(), 1);
