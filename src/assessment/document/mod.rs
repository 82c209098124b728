//! What a document prints, in tables and in its text, as claims that can be recomputed.
//!
//! The document is transcribed as it is printed, the wrong figures included. Nothing is recomputed here, and nothing
//! in it reaches a score.

pub mod format;
mod printed_table;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use format::{Area, Cells, DocumentFile, Recompute, Text};
use printed_table::PrintedTable;

use super::claim::{Claim, ClaimInput, Derivation, PrintedNumber};
use super::csv_file::CsvFile;
use super::denominator::DatedDenominator;
use super::judging::{self, needs, period, printed};
use super::references::References;
use crate::diagnostic::{Code, Problems, SourceFile, did_you_mean};
use crate::toml_file::{At, Checker, Parsed};

/// A document's file and the CSV files that it names, read and parsed.
pub(super) struct DocumentFiles {
    pub source: Arc<SourceFile>,
    pub parsed: Parsed<DocumentFile>,
    /// As many as the file has tables; none where one could not be read.
    pub tables: Vec<Option<CsvFile>>,
}

/// Every figure of the document that should follow from others of it.
pub(super) fn claims(gathered: &DocumentFiles, references: &References<'_>, problems: &mut Problems) -> Vec<Claim> {
    let file = &gathered.parsed.file;
    let mut check = Checker { source: &gathered.source, lost: &gathered.parsed.lost, problems };
    references.known(&mut check, &file.source);
    let mut document = Transcript {
        source: file.source.value.clone(),
        district: references.population.clone(),
        areas: areas(&mut check, &file.area),
        grids: BTreeMap::new(),
    };
    for (table, rows) in file.table.iter().zip(&gathered.tables) {
        let Some(grid) = rows.as_ref().and_then(|rows| PrintedTable::new(&mut check, table, rows)) else { continue };
        if document.grids.insert(&table.name.value, grid).is_some() {
            check.duplicate(&table.name.span, "a table", &table.name.value, None);
        }
    }
    let mut claims = Vec::new();
    for table in &file.table {
        let Some(grid) = document.grids.get(&*table.name.value) else { continue };
        for recompute in &table.recompute {
            claims.extend(document.table_claims(&mut check, grid, recompute).unwrap_or_default());
        }
    }
    let complete = gathered.tables.iter().all(Option::is_some);
    claims.extend(file.text.iter().filter(|_| complete).filter_map(|text| document.text_claim(&mut check, text)));
    claims
}

fn areas(check: &mut Checker<'_>, written: &BTreeMap<String, Area>) -> BTreeMap<String, DatedDenominator> {
    let mut areas = BTreeMap::new();
    for (name, area) in written {
        let people = check.positive(&area.people, "a population");
        let period = period(check, &area.period);
        let people = judging::population(check, people, period, area.yearly_change.as_ref());
        areas.extend(people.map(|people| (name.clone(), people)));
    }
    areas
}

/// A document while its claims are made.
struct Transcript<'a> {
    source: String,
    district: Option<DatedDenominator>,
    areas: BTreeMap<String, DatedDenominator>,
    grids: BTreeMap<&'a str, PrintedTable<'a>>,
}

/// The keys of a table that say what it is, and whether each is given.
fn only_one(check: &mut Checker<'_>, span: &Range<usize>, given: &[(&str, bool)]) -> bool {
    let one = given.iter().filter(|(_, given)| *given).count() == 1;
    if !one && !check.lost.has_lost_from(span) {
        let names: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
        let message = "this gives nothing to recompute, or more than one thing";
        let help = format!("give just one of {}", crate::diagnostic::quoted_list(&names));
        check.problem(Code::WhichEvidence, span, message, help);
    }
    one
}

impl Transcript<'_> {
    fn table_claims(
        &self,
        check: &mut Checker<'_>,
        grid: &PrintedTable<'_>,
        written: &At<Recompute>,
    ) -> Option<Vec<Claim>> {
        let recompute = &written.value;
        let given = [
            ("rate", recompute.rate.is_some()),
            ("percentage", recompute.percentage.is_some()),
            ("change", recompute.change.is_some()),
            ("total", recompute.total.is_some()),
            ("shares", recompute.shares.is_some()),
        ];
        if !only_one(check, &written.span, &given) {
            return None;
        }
        match () {
            () if recompute.rate.is_some() => self.rates(check, grid, written),
            () if recompute.total.is_some() => self.totals(check, grid, written),
            () if recompute.shares.is_some() => self.shares(check, grid, recompute.shares.as_ref()?),
            () if recompute.change.is_some() => {
                let from = grid.needed(check, "from", recompute.from.as_ref(), &written.span)?;
                let to = grid.needed(check, "to", recompute.to.as_ref(), &written.span)?;
                let printed = grid.column(check, recompute.change.as_ref()?)?;
                Some(self.rows(grid, printed, |row| {
                    Some(Derivation::Change { from: grid.input(row, from)?, to: grid.input(row, to)? })
                }))
            }
            () => {
                let part = grid.needed(check, "part", recompute.part.as_ref(), &written.span)?;
                let whole = grid.needed(check, "whole", recompute.whole.as_ref(), &written.span)?;
                let printed = grid.column(check, recompute.percentage.as_ref()?)?;
                Some(self.rows(grid, printed, |row| {
                    Some(Derivation::Percentage {
                        part: vec![grid.input(row, part)?],
                        whole: vec![grid.input(row, whole)?],
                    })
                }))
            }
        }
    }

    fn rates(&self, check: &mut Checker<'_>, grid: &PrintedTable<'_>, written: &At<Recompute>) -> Option<Vec<Claim>> {
        let recompute = &written.value;
        let count = grid.needed(check, "count", recompute.count.as_ref(), &written.span)?;
        let per = recompute.per.as_ref().map_or(Some(1000.0), |per| check.positive(per, "`per`"))?;
        let among = self.among(check, recompute.area.as_ref(), &written.span)?;
        let printed = grid.column(check, recompute.rate.as_ref()?)?;
        Some(self.rows(grid, printed, |row| {
            Some(Derivation::Rate { count: grid.input(row, count)?, per, among: among.clone() })
        }))
    }

    fn among(
        &self,
        check: &mut Checker<'_>,
        area: Option<&At<String>>,
        span: &Range<usize>,
    ) -> Option<DatedDenominator> {
        let Some(area) = area else {
            if self.district.is_none() {
                let help = "add `[population]` to assessment.toml, or name an `area` of this file";
                check.problem(Code::MissingKey, span, "nothing says how many people these rates are of", help);
            }
            return self.district.clone();
        };
        let found = self.areas.get(&area.value).cloned();
        if found.is_none() {
            let known = did_you_mean(&area.value, self.areas.keys().map(String::as_str));
            let help = format!("{known}; or describe it under `[area.{}]`", area.value);
            check.problem(Code::UnknownId, &area.span, format!("there is no area `{}`", area.value), help);
        }
        found
    }

    /// A claim for each cell of a column that has a number in it.
    fn rows(&self, grid: &PrintedTable<'_>, column: usize, from: impl Fn(usize) -> Option<Derivation>) -> Vec<Claim> {
        (0..grid.length())
            .filter_map(|row| self.claim(grid, row, column, from(row).unwrap_or(Derivation::Nothing)))
            .collect()
    }

    fn claim(&self, grid: &PrintedTable<'_>, row: usize, column: usize, from: Derivation) -> Option<Claim> {
        Some(Claim {
            printed: grid.printed(row, column)?,
            from,
            source: Some(self.source.clone()),
            group: format!("{}, {}", grid.name(), grid.header(column)),
            place: format!("{}, {}, {}", grid.name(), grid.row_name(row), grid.header(column)),
            written: grid.place(row, column),
        })
    }

    /// A row of totals has one below each column that is not itself worked out from others; a column of totals has one
    /// beside each row.
    fn totals(&self, check: &mut Checker<'_>, grid: &PrintedTable<'_>, written: &At<Recompute>) -> Option<Vec<Claim>> {
        let total = written.value.total.as_ref()?;
        let of = needs(check, "of", written.value.of.as_ref(), &written.span)?;
        let mut claims = Vec::new();
        if let Some(printed) = grid.find_column(&total.value) {
            let parts: Vec<usize> = of.iter().map(|name| grid.column(check, name)).collect::<Option<_>>()?;
            for row in 0..grid.length() {
                let parts: Option<Vec<ClaimInput>> = parts.iter().map(|column| grid.input(row, *column)).collect();
                let from = parts.map_or(Derivation::Nothing, Derivation::Total);
                claims.extend(self.claim(grid, row, printed, from));
            }
        } else {
            let printed = grid.row(check, total)?;
            let parts: Vec<usize> = of.iter().map(|name| grid.row(check, name)).collect::<Option<_>>()?;
            for column in grid.columns().filter(|column| !grid.is_worked_out(*column)) {
                let parts: Option<Vec<ClaimInput>> = parts.iter().map(|row| grid.input(*row, column)).collect();
                let from = parts.map_or(Derivation::Nothing, Derivation::Total);
                claims.extend(self.claim(grid, printed, column, from));
            }
        }
        Some(claims)
    }

    /// Percentages that make up a whole: what they should add up to is 100.
    fn shares(&self, check: &mut Checker<'_>, grid: &PrintedTable<'_>, header: &At<String>) -> Option<Vec<Claim>> {
        let column = grid.column(check, header)?;
        let parts: Option<Vec<ClaimInput>> = (0..grid.length()).map(|row| grid.input(row, column)).collect();
        Some(vec![Claim {
            printed: PrintedNumber { text: "shares of 100%".to_owned(), ..PrintedNumber::parse("100")? },
            from: parts.map_or(Derivation::Nothing, Derivation::Total),
            source: Some(self.source.clone()),
            group: format!("{}, {}", grid.name(), grid.header(column)),
            place: format!("{}, {}, all rows", grid.name(), grid.header(column)),
            written: check.place(&header.span),
        }])
    }

    fn text_claim(&self, check: &mut Checker<'_>, written: &At<Text>) -> Option<Claim> {
        let text = &written.value;
        let given = [
            ("percentage", text.percentage.is_some()),
            ("change", text.change.is_some()),
            ("difference", text.difference.is_some()),
            ("total", text.total.is_some()),
            ("repeats", text.repeats.is_some()),
            ("says", text.says.is_some()),
        ];
        let place = needs(check, "where", text.place.as_ref(), &written.span)?;
        let place = check.text(place, "the place in the source")?;
        if !only_one(check, &written.span, &given) {
            return None;
        }
        if let (Some(means), None) = (&text.means, &text.says) {
            let help = "give the words in `says`, or take `means` out";
            check.problem(
                Code::BadValue,
                &means.span,
                "`means` is about the words of `says`, and there are none",
                help,
            );
            return None;
        }
        let claimed = [&text.percentage, &text.change, &text.difference, &text.total, &text.repeats, &text.says];
        let claimed = claimed.into_iter().find_map(Option::as_ref)?;
        let mut cells = |key: &str, cells: &Option<At<Cells>>| {
            let cells = needs(check, key, cells.as_ref(), &written.span)?;
            self.inputs(check, cells)
        };
        let from = match () {
            () if text.percentage.is_some() => {
                Derivation::Percentage { part: cells("part", &text.part)?, whole: cells("whole", &text.whole)? }
            }
            () if text.total.is_some() => Derivation::Total(cells("of", &text.of)?),
            () if text.repeats.is_some() => {
                let of = cells("of", &text.of)?.into_iter().next()?;
                Derivation::Repeat { of, beside: self.beside(text.of.as_ref()?) }
            }
            () if text.says.is_some() && text.of.is_some() => {
                let figures = cells("of", &text.of)?;
                if figures.len() < 2 {
                    check.problem(
                        Code::BadValue,
                        &written.span,
                        "one figure alone can't rise or fall",
                        "name two cells or more in `of`, the earliest first",
                    );
                    return None;
                }
                Derivation::Comparison { figures, movement: text.means.as_ref().map(|means| means.value) }
            }
            () => {
                let from = cells("from", &text.from)?.into_iter().next()?;
                let to = cells("to", &text.to)?.into_iter().next()?;
                match (&text.change, &text.difference) {
                    (Some(_), _) => Derivation::Change { from, to },
                    (None, Some(_)) => Derivation::Difference { from, to },
                    (None, None) => Derivation::Comparison {
                        figures: vec![from, to],
                        movement: text.means.as_ref().map(|means| means.value),
                    },
                }
            }
        };
        let printed = match &text.says {
            Some(words) => {
                PrintedNumber { text: check.text(words, "the comparison")?, value: 0.0, decimals: 0, count: true }
            }
            None => printed(check, claimed)?,
        };
        let source = Some(self.source.clone());
        Some(Claim { printed, from, source, group: place.clone(), place, written: check.place(&claimed.span) })
    }

    fn inputs(&self, check: &mut Checker<'_>, cells: &At<Cells>) -> Option<Vec<ClaimInput>> {
        let name = &cells.value.table;
        let Some(grid) = self.grids.get(&*name.value) else {
            let help = did_you_mean(&name.value, self.grids.keys().copied());
            check.problem(Code::UnknownId, &name.span, format!("there is no table `{}`", name.value), help);
            return None;
        };
        let mut inputs = Vec::new();
        for row in &cells.value.rows {
            let row = grid.row(check, row)?;
            for header in &cells.value.columns {
                let column = grid.column(check, header)?;
                let Some(input) = grid.input(row, column) else {
                    let message = format!("{}, {} has no number", grid.row_name(row), grid.header(column));
                    check.problem(Code::BadCell, &header.span, message, "name a cell with a number in it");
                    return None;
                };
                inputs.push(input);
            }
        }
        if inputs.is_empty() {
            check.problem(Code::BadValue, &cells.span, "this names no cell", "name a row and a column");
            return None;
        }
        Some(inputs)
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
