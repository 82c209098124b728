//! The matrix out of the grid: criteria with their weights, candidates with their scores, and the totals that stand
//! there.

use std::collections::{BTreeMap, BTreeSet};

use super::combine::{Arithmetic, PrintedTotal, TotalFit, TotalForm};
use super::find::{FoundMatrix, find};
use super::grid::{Grid, GridLine};
use super::layout::{Layout, Role};
use super::{CriteriaRun, MatrixOptions};
use crate::diagnostic::Problems;
use crate::files::Files;
use crate::import::RowAccount;
use crate::sheet::{CellValue, figure};
use crate::words::{counted, listed};

pub(super) const NOT_WEIGHTED: &str = "Worked out in the spreadsheet, and not weight × score";
/// How many names of a kind are told.
const MOST_TOLD: usize = 5;

/// One question of the spreadsheet.
pub(super) struct MatrixCriterion {
    pub(super) id: String,
    pub(super) title: String,
    /// As it stands there, without its section's; 1 where the sheet has no weights.
    pub(super) weight: f64,
    pub(super) section: Option<usize>,
    /// The lowest and highest possible score.
    pub(super) scale: (f64, f64),
    pub(super) cross: u32,
}

/// Several criteria under one heading.
pub(super) struct MatrixSection {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) weight: Option<f64>,
}

/// One candidate of the spreadsheet.
pub(super) struct MatrixCandidate {
    pub(super) id: String,
    pub(super) title: String,
    /// As many as there are criteria.
    pub(super) scores: Vec<Option<f64>>,
    /// What stands where there is no score: `n/a`, or nothing.
    pub(super) unscored: Vec<Option<String>>,
    /// Where each score stands, for citations: `sheet Scores, cell C4`.
    pub(super) places: Vec<String>,
    /// The totals that the spreadsheet has, as many as it has columns of them, each with its place.
    pub(super) totals: Vec<Option<(f64, String)>>,
    /// The rank that the spreadsheet has, and its place.
    pub(super) rank: Option<(usize, String)>,
}

/// A scoring spreadsheet as it was read.
pub struct ScoringMatrix {
    pub(super) criteria: Vec<MatrixCriterion>,
    pub(super) sections: Vec<MatrixSection>,
    pub(super) candidates: Vec<MatrixCandidate>,
    /// Whether the sheet has weights.
    pub(super) weighted: bool,
    /// The headers of the totals.
    pub(super) total_titles: Vec<String>,
    /// Which of the totals is the spreadsheet's own, and the form that gives it.
    pub(super) own_total: Option<(usize, TotalFit)>,
    /// How scores become totals here.
    pub(super) form: TotalForm,
    pub(super) arithmetic: Arithmetic,
    pub(super) account: RowAccount,
    pub(super) remarks: Vec<String>,
}

/// Reads the file.
///
/// # Errors
/// Every cell and option that stops it.
pub(super) fn matrix(files: &dyn Files, options: &MatrixOptions) -> Result<ScoringMatrix, Problems> {
    let found = find(files, options)?;
    let mut reader = MatrixReader::new(&found, options);
    reader.criteria();
    if reader.problems.has_errors() {
        return Err(reader.problems);
    }
    reader.candidates();
    if reader.problems.has_errors() {
        return Err(reader.problems);
    }
    reader.finish()
}

/// A column of figures that may be totals.
pub(super) struct TotalColumn {
    pub(super) cross: u32,
    pub(super) title: String,
}

pub(super) struct MatrixReader<'m> {
    pub(super) grid: &'m Grid,
    pub(super) layout: &'m Layout,
    pub(super) found: &'m FoundMatrix,
    pub(super) options: &'m MatrixOptions,
    pub(super) criteria: Vec<MatrixCriterion>,
    pub(super) sections: Vec<MatrixSection>,
    pub(super) candidates: Vec<MatrixCandidate>,
    /// The grid's lines of the candidates.
    pub(super) lines: Vec<usize>,
    pub(super) weighted: bool,
    pub(super) totals: Vec<TotalColumn>,
    /// The numbers of lines of which a person said that they are candidates.
    pub(super) kept: BTreeSet<u32>,
    /// The candidates' ids, and their lines' numbers.
    pub(super) ids: BTreeMap<String, u32>,
    /// Words for scores without a number, and the place of the first.
    pub(super) unknown_words: BTreeMap<String, (u32, u32)>,
    pub(super) remarks: Vec<String>,
    pub(super) problems: Problems,
}

impl<'m> MatrixReader<'m> {
    fn new(found: &'m FoundMatrix, options: &'m MatrixOptions) -> Self {
        Self {
            grid: &found.grid,
            layout: &found.layout,
            found,
            options,
            criteria: Vec::new(),
            sections: Vec::new(),
            candidates: Vec::new(),
            lines: Vec::new(),
            weighted: false,
            totals: Vec::new(),
            kept: BTreeSet::new(),
            ids: BTreeMap::new(),
            unknown_words: BTreeMap::new(),
            remarks: found.remarks.clone(),
            problems: Problems::default(),
        }
    }

    pub(super) fn line(&self, at: Option<usize>) -> Option<&'m GridLine> {
        self.grid.lines.get(at?)
    }

    pub(super) fn header(&self, cross: u32) -> String {
        self.layout.own_title(self.grid, cross)
    }

    fn finish(mut self) -> Result<ScoringMatrix, Problems> {
        let arithmetic = self.arithmetic();
        let own_total = self.own_total(&arithmetic);
        let form = self.form(own_total.as_ref().map(|(_, fit)| fit), &arithmetic)?;
        self.weighted_columns();
        self.mark_rest();
        if !self.found.explained.is_empty() && self.has_words() {
            self.remarks.push(format!("The file's own key: {}.", listed(&self.found.explained)));
        }
        Ok(ScoringMatrix {
            account: self.grid.account(),
            total_titles: self.totals.into_iter().map(|total| total.title).collect(),
            criteria: self.criteria,
            sections: self.sections,
            candidates: self.candidates,
            weighted: self.weighted,
            own_total,
            form,
            arithmetic,
            remarks: self.remarks,
        })
    }

    pub(super) fn tell_lines(&mut self, what: &str, names: &[String]) {
        let told: Vec<String> = names.iter().take(MOST_TOLD).cloned().collect();
        match names.len().saturating_sub(MOST_TOLD) {
            _ if names.is_empty() => {}
            0 => self.remarks.push(format!("{what}: {}.", listed(&told))),
            more => self.remarks.push(format!("{what}: {} and {more} more.", told.join(", "))),
        }
    }

    fn has_words(&self) -> bool {
        let cells = self.lines.iter().filter_map(|at| self.line(Some(*at)));
        cells
            .flat_map(|line| self.criteria.iter().filter_map(|it| line.get(it.cross)))
            .any(|value| matches!(value, CellValue::Text(_)) && figure(Some(value)).is_err())
    }

    /// Says of every cell that is not used why it is not.
    fn mark_rest(&mut self) {
        let (grid, layout) = (self.grid, self.layout);
        for (at, line) in grid.lines.iter().enumerate() {
            let reason = match () {
                () if layout.is_named(at) => "headers and labels",
                () if at < layout.header => "above the headers",
                () => continue,
            };
            grid.set_line_aside(line, reason);
        }
        for (cross, role) in &layout.roles {
            let reason = match role {
                Role::Weighted => "worked out: weight × score",
                Role::Id => "numbers and references of rows",
                Role::Notes => "notes and other columns without scores",
                Role::Words => "words beside the scores",
                Role::Total | Role::Rank => "totals and ranks without a candidate",
                Role::Label | Role::Criterion | Role::Doubtful => continue,
            };
            grid.lines.iter().skip(layout.header).for_each(|line| grid.set_aside(line, *cross, reason));
        }
        let told = |role: Role| {
            layout
                .with_role(role)
                .into_iter()
                .map(|cross| {
                    let title = self.header(cross);
                    if title.is_empty() { grid.name_of_cross(cross) } else { format!("`{title}`") }
                })
                .collect::<Vec<_>>()
        };
        let others = [told(Role::Notes), told(Role::Words), told(Role::Id)].concat();
        let what = match grid.run {
            CriteriaRun::Across => "Columns that are no criteria, set aside",
            CriteriaRun::Down => "Rows that are no criteria, set aside",
        };
        self.tell_lines(what, &others);
    }
}

/// Whether a figure is weight × score, with weights as they are or in per cent.
pub(super) fn is_weighted(weight: f64, score: f64, printed: f64) -> bool {
    [1.0, 0.01].iter().any(|factor| (weight * score * factor - printed).abs() < 0.006)
}

/// The totals of a column with the numbers of their candidates.
pub(super) fn printed(candidates: &[MatrixCandidate], column: usize) -> Vec<PrintedTotal> {
    let total = |candidate: &MatrixCandidate| candidate.totals.get(column)?.as_ref().map(|(total, _)| *total);
    candidates.iter().enumerate().filter_map(|(row, candidate)| Some((row, total(candidate)?))).collect()
}

/// `3 totals`, for remarks.
pub(super) fn totals_in_words(count: usize) -> String {
    counted(count, "total", "totals")
}
