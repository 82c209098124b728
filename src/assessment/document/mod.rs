//! What a document prints, in tables and in its text, as claims that can be recomputed.
//!
//! The document is transcribed as it is printed, the wrong figures included. Nothing is recomputed here, and nothing
//! in it reaches a score.

pub mod format;
mod printed_table;
mod text_claims;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use format::{Area, DocumentFile, Recompute};
use printed_table::PrintedTable;

use super::claim::{Claim, ClaimInput, Derivation, PrintedNumber};
use super::denominator::DatedDenominator;
use super::judging::{self, needs, period};
use super::references::References;
use crate::csv_file::CsvFile;
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
        if let (Some(_), None) = (&recompute.worked_back, &recompute.rate) {
            let help = "give the column of rates in `rate`, or take `worked_back` out";
            check.problem(Code::BadValue, &written.span, "`worked_back` is about rates, and there are none here", help);
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
        let worked_back = recompute.worked_back.as_deref().unwrap_or_default();
        let worked_back: Vec<usize> = worked_back.iter().map(|name| grid.row(check, name)).collect::<Option<_>>()?;
        let claims = (0..grid.length()).filter_map(|row| {
            let count = grid.input(row, count);
            let from = count.map(|count| Derivation::Rate { count, per, among: among.clone() });
            let claim = self.claim(grid, row, printed, from.unwrap_or(Derivation::Nothing))?;
            Some(Claim { is_circular: worked_back.contains(&row), ..claim })
        });
        Some(claims.collect())
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
            is_circular: false,
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
            is_circular: false,
        }])
    }
}
