//! How totals come about here: as asked, as the totals that stand there show, or as is usual.

use super::combine::{Arithmetic, TotalFit, TotalForm};
use super::layout::Role;
use super::read::{MatrixCriterion, MatrixReader, NOT_WEIGHTED, is_weighted, printed};
use super::words;
use super::{CombineScores, SectionWeights};
use crate::diagnostic::Problems;
use crate::import::given::option_problem;
use crate::sheet::{CellFigure, figure};

impl MatrixReader<'_> {
    pub(super) fn arithmetic(&self) -> Arithmetic {
        let plain: Vec<f64> = self.criteria.iter().map(|criterion| criterion.weight).collect();
        let nested = self.sections.iter().any(|section| section.weight.is_some());
        let of_section = |criterion: &MatrixCriterion| {
            let section = criterion.section.and_then(|at| self.sections.get(at));
            section.and_then(|section| section.weight).unwrap_or(1.0)
        };
        let within = |criterion: &MatrixCriterion| {
            let members = self.criteria.iter().filter(|other| other.section == criterion.section);
            members.map(|other| other.weight).sum::<f64>()
        };
        let shared = |it: &MatrixCriterion| match within(it) {
            0.0 => 0.0,
            sum => of_section(it) * it.weight / sum,
        };
        let readings = match nested {
            false => vec![(None, plain)],
            true => vec![
                (Some(SectionWeights::Shared), self.criteria.iter().map(shared).collect()),
                (Some(SectionWeights::Multiplied), self.criteria.iter().map(|it| of_section(it) * it.weight).collect()),
            ],
        };
        Arithmetic {
            readings,
            sections: self.criteria.iter().map(|criterion| criterion.section).collect(),
            highest: self.criteria.iter().map(|criterion| criterion.scale.1).collect(),
            rows: self.candidates.iter().map(|candidate| candidate.scores.clone()).collect(),
        }
    }

    /// The totals that weights and scores give best, and how.
    pub(super) fn own_total(&self, arithmetic: &Arithmetic) -> Option<(usize, TotalFit)> {
        let mut best: Option<(usize, TotalFit)> = None;
        for column in 0..self.totals.len() {
            let printed = printed(&self.candidates, column);
            let wanted = |form: &TotalForm| {
                self.options.combine.is_none_or(|combine| form.combine == combine)
                    && (self.options.sections.is_none() || form.sections == self.options.sections)
            };
            // One total that agrees by an unusual form can be chance.
            let usual = |form: &TotalForm| form.combine == CombineScores::Sum && !form.unweighted && form.factor == 1.0;
            let fit = arithmetic.fit(&printed, wanted);
            let fit = fit.filter(|fit| fit.agreed > 1 || printed.len() == 1 || usual(&fit.form));
            let better = |fit: &TotalFit| {
                // A total that has the weights in it is the sheet's own; one without them is a step to it.
                let rank = |fit: &TotalFit| (!fit.form.unweighted, fit.agreed);
                best.as_ref().is_none_or(|(_, best)| rank(fit) > rank(best))
            };
            if let Some(fit) = fit.filter(better) {
                best = Some((column, fit));
            }
        }
        best
    }

    /// How scores become totals: as asked, as the totals show, or as is usual.
    pub(super) fn form(&mut self, fit: Option<&TotalFit>, arithmetic: &Arithmetic) -> Result<TotalForm, Problems> {
        let sections = match (self.options.sections, arithmetic.readings.len()) {
            (_, 0 | 1) => None,
            (Some(asked), _) => Some(asked),
            (None, _) => Some(SectionWeights::Shared),
        };
        let plain = |combine| TotalForm { combine, sections, unweighted: false, factor: 1.0, words: String::new() };
        // One total that agrees can be chance: two are needed, or all there are.
        let proven = fit.filter(|fit| fit.agreed > 1 || self.candidates.len() == 1);
        if let Some(form) = proven.map(|fit| fit.form.clone()).filter(|form| !form.unweighted) {
            return Ok(form);
        }
        if let Some(combine) = self.options.combine {
            if combine == CombineScores::Sections && !arithmetic.has_sections() {
                let help = "put each section's name above its first criterion, or say `--combine product`";
                return Err(option_problem("sections can't be multiplied: the sheet has none", help).into());
            }
            return Ok(plain(combine));
        }
        if sections.is_some() && self.options.sections.is_none() {
            self.remarks.push(
                "No total says how the weights of sections and of criteria go together: each section's weight is shared \
                 among its criteria. `--section-weights multiplied` multiplies them."
                    .to_owned(),
            );
        }
        let titles: Vec<&str> = self.criteria.iter().map(|criterion| criterion.title.as_str()).collect();
        let risk = !self.weighted
            && matches!(*titles, [one, other]
                if words::is_likelihood(one) && words::is_impact(other) || words::is_impact(one) && words::is_likelihood(other));
        if risk {
            self.remarks.push(
                "No total says how likelihood and impact go together: they are multiplied, as risk registers do. `--combine \
                 sum` adds them up."
                    .to_owned(),
            );
            return Ok(plain(CombineScores::Product));
        }
        Ok(plain(CombineScores::Sum))
    }

    /// Columns of weight × score beside the scores: each is checked.
    pub(super) fn weighted_columns(&mut self) {
        for cross in self.layout.with_role(Role::Weighted) {
            let Some((at, criterion)) = self.criteria.iter().enumerate().rev().find(|(_, it)| it.cross < cross) else {
                continue;
            };
            let mut differing = Vec::new();
            for (line, candidate) in self.lines.iter().zip(&self.candidates) {
                let Some(line) = self.line(Some(*line)) else { continue };
                let (Ok(CellFigure::Number(printed)), Some(score)) =
                    (figure(line.get(cross)), candidate.scores.get(at).copied().flatten())
                else {
                    continue;
                };
                if !is_weighted(criterion.weight, score, printed) {
                    differing.push(format!("{} says {printed}", self.grid.place(line, cross)));
                }
            }
            self.tell_lines(NOT_WEIGHTED, &differing);
        }
    }
}
