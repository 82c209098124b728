//! The candidates and the evidence of columns in memory, judged cell by cell as those of CSV tables are.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::table::{area_fault, candidate_of_row, common, id_fault};
use crate::assessment::column::Column;
use crate::assessment::denominator::Unit;
use crate::assessment::evidence::{Cell, CellProblem, Figure, Number, format as written};
use crate::assessment::format::CandidateKind;
use crate::assessment::model::Candidate;
use crate::assessment::references::{References, set_against_both};
use crate::assessment::table_column::{TableColumn, TableDenominators};
use crate::diagnostic::{Code, Problem};
use crate::stats::Estimate;
use crate::toml_file::{Checker, look_alike};
use crate::words::as_read;

/// The cells of a column, one for each candidate.
#[derive(Debug, Clone)]
pub enum Cells<'a> {
    /// Numbers; not a number where there is none.
    Numbers(Cow<'a, [f64]>),
    /// Text as it would stand in a CSV table: numbers, `<5`, words of levels; nothing where there is none.
    Texts(Vec<&'a str>),
    /// Yes and no; none where there is neither.
    Truths(Vec<Option<bool>>),
}

impl Cells<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(numbers) => numbers.len(),
            Self::Texts(texts) => texts.len(),
            Self::Truths(truths) => truths.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the cell of a row says as a figure of this column.
    fn read(&self, figure: &Figure, row: usize) -> Result<Cell, CellProblem> {
        match self {
            Self::Numbers(numbers) => figure.read_number(numbers.get(row).copied().unwrap_or(f64::NAN)),
            Self::Texts(texts) => figure.read_cell(texts.get(row).map_or("", |text| text.trim())),
            Self::Truths(truths) => match truths.get(row).copied().flatten() {
                None => Ok(Cell::Empty),
                Some(truth) => figure.read_cell(if truth { "yes" } else { "no" }),
            },
        }
    }

    /// The cell of a row as it was given.
    fn told(&self, row: usize) -> Cow<'_, str> {
        match self {
            Self::Numbers(numbers) => numbers.get(row).copied().unwrap_or(f64::NAN).to_string().into(),
            Self::Texts(texts) => texts.get(row).copied().unwrap_or_default().into(),
            Self::Truths(truths) => {
                truths.get(row).copied().flatten().map_or("", |it| if it { "yes" } else { "no" }).into()
            }
        }
    }
}

/// Columns in memory, a candidate a row.
pub(in crate::assessment) struct Rows<'a> {
    pub ids: &'a [&'a str],
    /// Where the ids are named.
    pub ids_at: Range<usize>,
    pub titles: Option<&'a [&'a str]>,
    pub areas: Option<&'a [&'a str]>,
    pub kind: Option<CandidateKind>,
    pub columns: Vec<EvidenceColumn<'a>>,
}

/// A column of evidence.
pub(in crate::assessment) struct EvidenceColumn<'a> {
    pub name: String,
    pub written: written::Column,
    pub cells: &'a Cells<'a>,
    /// What each of its counts is set against, where a column has it.
    pub among: Option<&'a Cells<'a>>,
}

/// The rows in the order of their ids.
pub(super) struct RowOrder(Vec<usize>);

impl Rows<'_> {
    /// The candidates, ascending by id, and the row of each. A row without a sound id is left out, and told.
    pub(super) fn candidates(&self, check: &mut Checker<'_>) -> (Vec<Candidate>, RowOrder) {
        let mut order: Vec<usize> = (0..self.ids.len()).collect();
        if !self.ids.is_sorted_by(|one, other| one < other) {
            order.sort_by_key(|row| self.id(*row));
        }
        let mut last = None;
        order.retain(|row| {
            let (id, area) = (self.id(*row), self.areas.map(|areas| text(areas, *row)));
            let fault = id_fault(id, last == Some(id)).or_else(|| area_fault(area?));
            last = Some(id);
            let Some((code, message, help)) = fault else { return true };
            let message = format!("row {}: {message}", row + 1);
            let place = check.place(&self.ids_at);
            check.problems.push(Problem::new(code, message).at(place).help(help).one_of("ids", "rows"));
            false
        });
        self.tell_alike(&order, check);
        for texts in [self.titles, self.areas].into_iter().flatten().filter(|texts| texts.len() != self.ids.len()) {
            let message = format!("there are {} titles or areas and {} ids", texts.len(), self.ids.len());
            check.problem(Code::BadCsv, &self.ids_at, message, "give one for each candidate");
        }
        let candidate = |row: &usize| {
            let title = self.titles.map(|titles| text(titles, *row)).unwrap_or_default();
            candidate_of_row(self.id(*row), title, self.kind, self.areas.map(|areas| text(areas, *row)))
        };
        (order.iter().map(candidate).collect(), RowOrder(order))
    }

    fn id(&self, row: usize) -> &str {
        text(self.ids, row)
    }

    /// Refuses ids that differ only in capitals. Most have none.
    fn tell_alike(&self, order: &[usize], check: &mut Checker<'_>) {
        let mut alike: BTreeMap<Cow<'_, str>, &str> = BTreeMap::new();
        for id in order.iter().map(|row| self.id(*row)) {
            let read = as_read(id);
            if matches!(read, Cow::Borrowed(_)) {
                continue;
            }
            let plain = order.binary_search_by(|row| self.id(*row).cmp(&read)).is_ok();
            let other = if plain { Some(read.clone()) } else { alike.get(&read).map(|id| Cow::Borrowed(*id)) };
            if let Some(other) = other {
                check.problems.push(look_alike(check.place(&self.ids_at), "a candidate", id, &other, None));
            }
            alike.entry(read).or_insert(id);
        }
    }

    /// Adds the columns of evidence.
    pub(super) fn evidence(
        &self,
        check: &mut Checker<'_>,
        references: &References<'_>,
        order: &RowOrder,
        columns: &mut BTreeMap<String, Column>,
    ) {
        for column in &self.columns {
            let Some((figure, origin)) = common(check, references, &column.written) else { continue };
            let place = check.place(&column.written.header.span);
            let among = match (&column.written.population, &column.written.households) {
                (Some(_), Some(households)) => {
                    set_against_both(check, &households.span);
                    continue;
                }
                (None, None) => TableDenominators::Common(references.denominator()),
                (Some(_), None) => Self::among(column, Unit::People, order, check),
                (None, Some(_)) => Self::among(column, Unit::Households, order, check),
            };
            let read = TableColumn {
                numbers: vec![f64::NAN; order.0.len()],
                figure,
                origin: Arc::new(origin),
                among,
                suppressed: BTreeMap::new(),
                words: Arc::default(),
                place,
            };
            let read = self.figures(column, order, read, check);
            columns.entry(column.name.clone()).or_default().tables.push(read);
        }
    }

    /// The column with its figures, by candidate.
    fn figures(
        &self,
        column: &EvidenceColumn<'_>,
        order: &RowOrder,
        mut read: TableColumn,
        check: &mut Checker<'_>,
    ) -> TableColumn {
        for (number, row) in order.0.iter().enumerate() {
            let found = match column.cells.read(&read.figure, *row) {
                Ok(Cell::Figure(figure)) => figure,
                Ok(Cell::Empty) => continue,
                Ok(Cell::Suppressed(between)) => {
                    read.suppressed.insert(number, between);
                    continue;
                }
                Ok(Cell::Word) => {
                    let word = column.cells.told(*row).split_whitespace().collect::<Vec<_>>().join(" ");
                    let place = read.place.clone();
                    Arc::make_mut(&mut read.words).number_of(&word, || place)
                }
                Err(fault) => {
                    let problem = self.cell_problem(&column.written.header.value, column.cells, *row, fault);
                    check.problems.push(problem.at(read.place.clone()));
                    continue;
                }
            };
            if let Some(slot) = read.numbers.get_mut(number) {
                *slot = found;
            }
        }
        read
    }

    /// What each count is set against.
    fn among(column: &EvidenceColumn<'_>, unit: Unit, order: &RowOrder, check: &mut Checker<'_>) -> TableDenominators {
        let mut numbers = vec![f64::NAN; order.0.len()];
        let whole = Figure::Number(Number(Estimate::exact(f64::NAN)));
        for (slot, row) in numbers.iter_mut().zip(&order.0) {
            let Some(cells) = column.among else { continue };
            match cells.read(&whole, *row) {
                Ok(Cell::Empty | Cell::Suppressed(_)) => {}
                Ok(Cell::Figure(many)) if many > 0.0 && many.fract() == 0.0 => *slot = many,
                _ => {
                    let message = format!(
                        "row {}: `{}` is not a number of {unit}, for `{}`",
                        row + 1,
                        cells.told(*row),
                        column.written.header.value
                    );
                    let place = check.place(&column.written.header.span);
                    let help = "write a whole number above 0, or nothing where it is not known";
                    check
                        .problems
                        .push(Problem::new(Code::BadCell, message).at(place).help(help).one_of("among", "cells"));
                }
            }
        }
        TableDenominators::Each(unit, numbers)
    }

    fn cell_problem(&self, header: &str, cells: &Cells<'_>, row: usize, (code, help): CellProblem) -> Problem {
        let (told, id) = (cells.told(row), self.id(row));
        let message = format!("row {}, `{id}`: `{told}` can't stand in the column `{header}`", row + 1);
        Problem::new(code, message).help(help).one_of(header, "cells of this column")
    }
}

fn text<'a>(texts: &[&'a str], row: usize) -> &'a str {
    texts.get(row).map_or("", |text| text.trim())
}
