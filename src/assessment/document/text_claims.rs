//! What the text of a document says of figures in its tables, as claims.

use std::ops::Range;

use super::format::{Cells, Text};
use super::printed_table::PrintedTable;
use super::{Transcript, only_one};
use crate::assessment::claim::{Claim, ClaimInput, Derivation, PrintedNumber};
use crate::assessment::judging::{needs, printed};
use crate::diagnostic::{Code, did_you_mean};
use crate::toml_file::{At, Checker};
use crate::words::counted;

/// A cell that a file names.
struct NamedCell<'a> {
    grid: &'a PrintedTable<'a>,
    row: usize,
    column: usize,
    /// Where its column is named.
    named: Range<usize>,
}

impl Transcript<'_> {
    pub(super) fn text_claim(&self, check: &mut Checker<'_>, written: &At<Text>) -> Option<Claim> {
        let text = &written.value;
        let place = needs(check, "where", text.place.as_ref(), &written.span)?;
        let place = check.text(place, "the place in the source")?;
        let given = [
            ("rate", text.rate.is_some()),
            ("rates", text.rates.is_some()),
            ("percentage", text.percentage.is_some()),
            ("change", text.change.is_some()),
            ("difference", text.difference.is_some()),
            ("total", text.total.is_some()),
            ("contains", text.contains.is_some()),
            ("repeats", text.repeats.is_some()),
            ("says", text.says.is_some()),
        ];
        if !only_one(check, &written.span, &given) {
            return None;
        }
        if let (Some(means), None) = (&text.means, &text.says) {
            let message = "`means` is about the words of `says`, and there are none";
            check.problem(Code::BadValue, &means.span, message, "give the words in `says`, or take `means` out");
            return None;
        }
        let from = self.derivation(check, written)?;
        let (printed, span) = self.claimed(check, text)?;
        let source = Some(self.source.clone());
        let written = check.place(&span);
        Some(Claim { printed, from, source, group: place.clone(), place, written, is_circular: false })
    }

    /// What is printed, and where it is written.
    fn claimed(&self, check: &mut Checker<'_>, text: &Text) -> Option<(PrintedNumber, Range<usize>)> {
        if let Some(words) = &text.says {
            return Some((PrintedNumber::words(check.text(words, "the comparison")?), words.span.clone()));
        }
        if let Some(cells) = &text.rates {
            let figures: Option<Vec<PrintedNumber>> =
                self.cells(check, cells)?.iter().map(|cell| cell.grid.printed(cell.row, cell.column)).collect();
            return Some((PrintedNumber::added(&figures?)?, cells.span.clone()));
        }
        let figures =
            [&text.rate, &text.percentage, &text.change, &text.difference, &text.total, &text.contains, &text.repeats];
        let claimed = figures.into_iter().find_map(Option::as_ref)?;
        Some((printed(check, claimed)?, claimed.span.clone()))
    }

    /// What it should follow from.
    fn derivation(&self, check: &mut Checker<'_>, written: &At<Text>) -> Option<Derivation> {
        let text = &written.value;
        let mut cells = |key: &str, cells: &Option<At<Cells>>| {
            let cells = needs(check, key, cells.as_ref(), &written.span)?;
            self.inputs(check, cells)
        };
        Some(match () {
            () if text.rate.is_some() || text.rates.is_some() => {
                let count = ClaimInput::added(&cells("count", &text.count)?)?;
                let per = text.per.as_ref().map_or(Some(1000.0), |per| check.positive(per, "`per`"))?;
                Derivation::Rate { count, per, among: self.among(check, text.area.as_ref(), &written.span)? }
            }
            () if text.percentage.is_some() => {
                Derivation::Percentage { part: cells("part", &text.part)?, whole: cells("whole", &text.whole)? }
            }
            () if text.total.is_some() => Derivation::Total(cells("of", &text.of)?),
            () if text.contains.is_some() => Derivation::Contains(cells("part", &text.part)?),
            () if text.repeats.is_some() => {
                let of = cells("of", &text.of)?.into_iter().next()?;
                Derivation::Repeat { of, beside: self.beside(text.of.as_ref()?) }
            }
            () if text.says.is_some() && text.of.is_some() => {
                let figures = cells("of", &text.of)?;
                if figures.len() < 2 {
                    let help = "name two cells or more in `of`, in the order of the words";
                    check.problem(Code::BadValue, &written.span, "one figure alone is compared with nothing", help);
                    return None;
                }
                Derivation::Comparison { figures, meaning: text.means.as_ref().map(|means| means.value) }
            }
            () => {
                let from = ClaimInput::added(&cells("from", &text.from)?)?;
                let to = ClaimInput::added(&cells("to", &text.to)?)?;
                match (&text.change, &text.difference) {
                    (Some(_), _) => Derivation::Change { from, to },
                    (None, Some(_)) => Derivation::Difference { from, to },
                    (None, None) => Derivation::Comparison {
                        figures: vec![from, to],
                        meaning: text.means.as_ref().map(|means| means.value),
                    },
                }
            }
        })
    }

    /// The figures in these cells, those to be multiplied by others already multiplied.
    fn inputs(&self, check: &mut Checker<'_>, cells: &At<Cells>) -> Option<Vec<ClaimInput>> {
        let mut inputs = Vec::new();
        for NamedCell { grid, row, column, named } in self.own_cells(check, cells)? {
            let Some(input) = grid.input(row, column) else {
                let message = format!("{}, {} has no number", grid.row_name(row), grid.header(column));
                check.problem(Code::BadCell, &named, message, "name a cell with a number in it");
                return None;
            };
            inputs.push(input);
        }
        if let Some(times) = &cells.value.times {
            let factors = self.inputs(check, times)?;
            if factors.len() != inputs.len() {
                let message =
                    format!("{} multiplied by {}", counted(inputs.len(), "cell is", "cells are"), factors.len());
                check.problem(Code::BadValue, &times.span, message, "name as many cells, in the same order");
                return None;
            }
            inputs = inputs.iter().zip(&factors).map(|(input, factor)| input.times(factor)).collect();
        }
        if let Some(more) = &cells.value.and {
            inputs.extend(self.inputs(check, more)?);
        }
        Some(inputs)
    }

    /// These cells and the others named with them.
    fn cells(&self, check: &mut Checker<'_>, cells: &At<Cells>) -> Option<Vec<NamedCell<'_>>> {
        let mut all = self.own_cells(check, cells)?;
        if let Some(times) = &cells.value.times {
            let message = "figures that are printed can't be multiplied";
            check.problem(Code::BadValue, &times.span, message, "name just the cells of the rates");
            return None;
        }
        if let Some(more) = &cells.value.and {
            all.extend(self.cells(check, more)?);
        }
        Some(all)
    }

    /// The cells where these rows and columns cross.
    fn own_cells(&self, check: &mut Checker<'_>, cells: &At<Cells>) -> Option<Vec<NamedCell<'_>>> {
        let name = &cells.value.table;
        let Some(grid) = self.grids.get(&*name.value) else {
            let help = did_you_mean(&name.value, self.grids.keys().copied());
            check.problem(Code::UnknownId, &name.span, format!("there is no table `{}`", name.value), help);
            return None;
        };
        let mut found = Vec::new();
        for row in &cells.value.rows {
            let row = grid.row(check, row)?;
            for header in &cells.value.columns {
                let column = grid.column(check, header)?;
                found.push(NamedCell { grid, row, column, named: header.span.clone() });
            }
        }
        if found.is_empty() {
            check.problem(Code::BadValue, &cells.span, "this names no cell", "name a row and a column");
            return None;
        }
        Some(found)
    }

    /// The other figures of the column that a cell stands in.
    fn beside(&self, cells: &At<Cells>) -> Vec<ClaimInput> {
        let grid = self.grids.get(&*cells.value.table.value);
        let column = cells.value.columns.first().and_then(|header| grid?.find_column(&header.value));
        let own = |row: &usize| {
            grid.is_some_and(|grid| cells.value.rows.iter().any(|name| name.value == grid.row_name(*row)))
        };
        let (Some(grid), Some(column)) = (grid, column) else { return Vec::new() };
        (0..grid.length()).filter(|row| !own(row)).filter_map(|row| grid.input(row, column)).collect()
    }
}
