//! Rows into figures: which rows count, what each figure is about and what it says.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{CellReader, FigureMarks, Reading};
use super::headers::plain;
use super::layout::LaidOutSheet;
use super::names::{NamedTexts, NoName, evidence_name, id_of_code, is_no_number};
use super::{Condition, FiguresIn, TableOptions};
use crate::diagnostic::{Code, Problem, Problems};
use crate::import::RowAccount;
use crate::import::given::{nearest_or_first, option_problem};
use crate::sheet::{CellValue, SheetRow, plain_number};
use crate::words::id_of;
use crate::words::{counted, number};

/// How many places are told of each reason.
const PLACES_TOLD: usize = 3;

/// A figure of a row.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Which candidate it is about, by number.
    pub(super) candidate: u32,
    /// Which evidence it is, by number.
    pub(super) evidence: u32,
    /// When it is of, by the number of the text that says it.
    pub(super) when: Option<u32>,
    pub(super) reading: Reading,
    pub(super) at: At,
}

/// Where a figure stands: sheet and row by number, and the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    pub(super) sheet: u32,
    pub(super) row: u32,
    pub(super) column: u32,
}

/// The figures of all rows that count.
pub(super) struct ReadRows {
    pub(super) entries: Vec<Entry>,
    pub(super) candidates: NamedTexts,
    /// By candidate: its title, where a column has it.
    pub(super) titles: BTreeMap<u32, String>,
    /// By candidate: how many people its counts are set against.
    pub(super) populations: BTreeMap<u32, f64>,
    pub(super) evidence: NamedTexts,
    /// The texts that say when, each with the cell in which it stands first.
    pub(super) times: Vec<(String, At)>,
    /// The texts of rows that count.
    pub(super) times_used: BTreeSet<u32>,
    pub(super) account: PlacedAccount,
    pub(super) remarks: Vec<String>,
}

/// An account of rows that knows where the first of each reason stand.
pub(super) struct PlacedAccount {
    pub(super) account: RowAccount,
    places: BTreeMap<String, Vec<String>>,
}

impl PlacedAccount {
    fn set_aside(&mut self, reason: &str, rows: u64, place: impl FnOnce() -> String) {
        self.account.set_aside(reason, rows);
        self.place(reason, place);
    }

    /// Keeps where a row stands that is set aside for a reason.
    pub(super) fn place(&mut self, reason: &str, place: impl FnOnce() -> String) {
        let places = self.places.entry(reason.to_owned()).or_default();
        if places.len() < PLACES_TOLD {
            places.push(place());
        }
    }

    /// A sentence for each reason: where the first rows of it stand.
    pub(super) fn remarks(&self) -> impl Iterator<Item = String> {
        let rows = |reason: &str| self.account.aside().find(|(other, _)| *other == reason).map_or(0, |(_, rows)| rows);
        self.places.iter().map(move |(reason, places)| {
            let more = if rows(reason) > places.len() as u64 { " and more" } else { "" };
            format!("Set aside, {reason}: {}{more}.", places.join(", "))
        })
    }
}

/// Reads every row of the sheets.
///
/// # Errors
/// Every cell that says nothing that is known; a condition that no row meets.
pub(super) fn read(sheets: &[LaidOutSheet], options: &TableOptions) -> Result<ReadRows, Problems> {
    let several = sheets.iter().any(|sheet| sheet.columns.values.len() > 1);
    let rows = ReadRows {
        entries: Vec::new(),
        candidates: NamedTexts::default(),
        titles: BTreeMap::new(),
        populations: BTreeMap::new(),
        evidence: NamedTexts::default(),
        times: Vec::new(),
        times_used: BTreeSet::new(),
        account: PlacedAccount {
            account: RowAccount::new(if several { "cells of figures" } else { "rows" }),
            places: BTreeMap::new(),
        },
        remarks: Vec::new(),
    };
    let conditions = options.conditions.iter().map(JudgedCondition::new).collect();
    let mut reader = RowReader {
        options,
        cells: CellReader::new(options),
        conditions,
        times: BTreeMap::new(),
        once: BTreeSet::new(),
        no_numbers: BTreeMap::new(),
        people: BTreeMap::new(),
        editions: BTreeMap::new(),
        problems: Problems::default(),
        rows,
    };
    for (number, sheet) in (0..).zip(sheets) {
        reader.sheet(number, sheet);
    }
    reader.finish()
}

/// A condition, with what was met of it.
struct JudgedCondition<'o> {
    condition: &'o Condition,
    /// Its texts as they are compared.
    wanted: Vec<String>,
    met: BTreeSet<usize>,
    /// The texts that there are, as they are written; no more than can be told.
    there: BTreeSet<String>,
    reason: String,
    /// A text of the column that is all of its texts with bars between them: nobody can say which is meant.
    undivided: Option<String>,
}

/// The most texts of a column that are kept to be told.
const MOST_TEXTS: usize = 1000;

impl<'o> JudgedCondition<'o> {
    fn new(condition: &'o Condition) -> Self {
        let wanted = condition.texts.iter().map(|text| compared(text)).collect();
        let reason = format!("not where `{}`", condition.written);
        Self { condition, wanted, met: BTreeSet::new(), there: BTreeSet::new(), reason, undivided: None }
    }

    fn holds(&mut self, text: &str) -> bool {
        let found = self.wanted.iter().position(|wanted| *wanted == compared(text));
        if self.there.len() < MOST_TEXTS && !self.there.contains(text) {
            self.there.insert(text.to_owned());
        }
        if self.wanted.len() > 1 && self.undivided.is_none() && text.contains('|') {
            let parts: Vec<String> = text.split('|').map(compared).collect();
            self.undivided = (parts == self.wanted).then(|| text.to_owned());
        }
        self.met.extend(found);
        found.is_some() == self.condition.equal
    }

    /// The texts that no row has.
    fn unmet(&self) -> impl Iterator<Item = &String> {
        let unmet = self.condition.texts.iter().enumerate().filter(|(at, _)| !self.met.contains(at));
        unmet.map(|(_, text)| text)
    }
}

/// A text as conditions compare it: `25`, `25.0` and `025` are one.
fn compared(text: &str) -> String {
    plain_number(text.trim()).map_or_else(|| plain(text), |number| number.to_string())
}

/// What the header of a column says of its figures.
struct ColumnHead {
    /// When they are of, by the number of the text that says it.
    when: u32,
    marks: FigureMarks,
}

struct RowReader<'o> {
    options: &'o TableOptions,
    cells: CellReader<'o>,
    conditions: Vec<JudgedCondition<'o>>,
    /// The number of each text that says when.
    times: BTreeMap<String, u32>,
    /// The texts of the column in which none may come twice.
    once: BTreeSet<String>,
    /// Texts there that are no numbers of cases: in how many rows, and where first.
    no_numbers: BTreeMap<String, (usize, String)>,
    /// Candidates of whose rows several have people, and how many rows.
    people: BTreeMap<u32, u64>,
    /// By candidate and evidence: which edition of an index its figures are of, and where that stands first.
    editions: BTreeMap<(u32, Option<u32>), (String, String)>,
    problems: Problems,
    rows: ReadRows,
}

impl RowReader<'_> {
    fn sheet(&mut self, number: u32, sheet: &LaidOutSheet) {
        let figures = sheet.columns.values.len().max(1) as u64;
        let across = self.options.figures == FiguresIn::Across;
        let columns = sheet.columns.values.iter().filter(|_| across);
        let heads: Vec<ColumnHead> = columns.map(|column| self.head(number, sheet, *column)).collect();
        self.rows.account.account.read(sheet.rows().len() as u64 * figures);
        for row in sheet.rows() {
            if let Err(problem) = self.row(number, sheet, row, &heads, figures) {
                self.problems.push(problem);
            }
        }
    }

    /// What the header of a column of figures says of them.
    fn head(&mut self, number: u32, sheet: &LaidOutSheet, column: u32) -> ColumnHead {
        let at = At { sheet: number, row: sheet.header.number, column };
        let text = sheet.header_text(column);
        let marks = self.cells.marks_on(&text, &|| sheet.place(&sheet.header, column));
        ColumnHead { when: self.time(text, at), marks }
    }

    /// The number of a text that says when.
    fn time(&mut self, text: String, at: At) -> u32 {
        if let Some(number) = self.times.get(&text) {
            return *number;
        }
        let number = u32::try_from(self.rows.times.len()).unwrap_or(u32::MAX);
        self.rows.times.push((text.clone(), at));
        self.times.insert(text, number);
        number
    }

    fn row(
        &mut self,
        number: u32,
        sheet: &LaidOutSheet,
        row: &SheetRow,
        heads: &[ColumnHead],
        figures: u64,
    ) -> Result<(), Problem> {
        let columns = &sheet.columns;
        let at = |column: u32| At { sheet: number, row: row.number, column };
        let first = columns.id.or(columns.values.first().copied()).unwrap_or(0);
        if row.width() == 1 && sheet.header.width() > 1 {
            self.rows.account.set_aside("a line with one cell", figures, || sheet.place(row, 0));
            return Ok(());
        }
        if row.cells().all(|(column, value)| value.text() == sheet.header_text(column)) {
            self.rows.account.set_aside("the headers once more", figures, || sheet.place(row, first));
            return Ok(());
        }
        let (when, marks) = self.when(sheet, row, at(columns.when.first().copied().unwrap_or(first)));
        let mut failing = None;
        for (condition, column) in self.conditions.iter_mut().zip(&columns.conditions) {
            if !condition.holds(&row.text(*column)) {
                failing = failing.or(Some(condition.reason.clone()));
            }
        }
        if let Some(reason) = failing {
            self.rows.account.account.set_aside(&reason, figures);
            return Ok(());
        }
        if let Some(reason) = self.lacking(sheet, row, when) {
            self.rows.account.set_aside(&reason, figures, || sheet.place(row, first));
            return Ok(());
        }
        let about = self.about(sheet, row)?;
        if let Some((candidate, evidence)) = about {
            self.beside(sheet, row, candidate)?;
            self.one_edition(sheet, row, (candidate, evidence))?;
        }
        self.rows.times_used.extend(when);
        if columns.values.is_empty() {
            let (candidate, evidence) =
                about.map_or((0, 0), |(candidate, evidence)| (candidate, evidence.unwrap_or_default()));
            let reading = Reading::Number(1.0, FigureMarks::default());
            self.add(Entry { candidate, evidence, when, reading, at: at(first) });
            return Ok(());
        }
        for (place, column) in columns.values.iter().enumerate() {
            let (candidate, evidence) = match about {
                Some((candidate, Some(evidence))) => (candidate, evidence),
                Some((candidate, None)) => (candidate, self.headed_evidence(sheet, *column)?),
                None => (self.headed_candidate(sheet, *column)?, self.only_evidence()),
            };
            let reading = self.cells.read(row.get(*column), &|| sheet.place(row, *column));
            let head = heads.get(place);
            let when = head.map(|head| head.when).or(when);
            self.rows.times_used.extend(when);
            match reading {
                Ok(reading) => {
                    let reading = reading.marked(head.map_or(marks, |head| head.marks));
                    self.add(Entry { candidate, evidence, when, reading, at: at(*column) });
                }
                Err((message, help)) => self.problems.push(sheet.problem(row, *column, &message, &help)),
            }
        }
        Ok(())
    }

    fn add(&mut self, entry: Entry) {
        self.rows.account.account.used(1);
        self.rows.entries.push(entry);
    }

    /// The text of the columns that say when, if they say something, and what is marked on it.
    fn when(&mut self, sheet: &LaidOutSheet, row: &SheetRow, at: At) -> (Option<u32>, FigureMarks) {
        let texts: Vec<String> = sheet.columns.when.iter().map(|column| row.text(*column)).collect();
        let text = texts.join(" ");
        if text.trim().is_empty() {
            return (None, FigureMarks::default());
        }
        let marks = self.cells.marks_on(&text, &|| sheet.place(row, at.column));
        (Some(self.time(text.trim().to_owned(), at)), marks)
    }

    /// Why a row that is meant has nothing to say: an empty cell, or what an earlier row has said.
    fn lacking(&mut self, sheet: &LaidOutSheet, row: &SheetRow, when: Option<u32>) -> Option<String> {
        let columns = &sheet.columns;
        let empty = |column: &u32| row.text(*column).is_empty();
        let named = [columns.id, columns.evidence_by];
        if let Some(column) = named.into_iter().flatten().find(empty) {
            return Some(format!("without a text under `{}`", sheet.header_text(column)));
        }
        if let (None, Some(column)) = (when, columns.when.first()) {
            return Some(format!("without a time under `{}`", sheet.header_text(*column)));
        }
        let column = columns.once?;
        let text = row.text(column);
        if is_no_number(&text) {
            let place = sheet.place(row, column);
            self.no_numbers.entry(text).or_insert((0, place)).0 += 1;
            return None;
        }
        let again = !text.is_empty() && !self.once.insert(text);
        again.then(|| format!("with what an earlier row has under `{}`", sheet.header_text(column)))
    }

    /// Candidate and evidence that the row is about, where the row says it; the evidence may be said by the header.
    fn about(&mut self, sheet: &LaidOutSheet, row: &SheetRow) -> Result<Option<(u32, Option<u32>)>, Problem> {
        let Some(column) = sheet.columns.id else { return Ok(None) };
        let text = row.text(column);
        let named = match sheet.columns.title {
            Some(_) => self.rows.candidates.number(&text, id_of_code),
            // A number alone says nothing to a reader: `Community Area 32`.
            None if text.contains(char::is_numeric) && !text.contains(char::is_alphabetic) => {
                let title = |text: &str| format!("{} {text}", sheet.header_text(column));
                let named = self.rows.candidates.number(&text, |text| id_of(&title(text)));
                named.inspect(|candidate| {
                    self.rows.titles.entry(*candidate).or_insert_with(|| title(&text));
                })
            }
            None => self.rows.candidates.number(&text, id_of),
        };
        let candidate = named.map_err(|why| unnamed(sheet, row, column, &text, why, "an id"))?;
        let evidence = match sheet.columns.evidence_by {
            Some(column) => {
                let text = row.text(column);
                let name = |text: &str| evidence_name(text, &self.options.evidence);
                let named = self.rows.evidence.number(&text, name);
                Some(named.map_err(|why| unnamed(sheet, row, column, &text, why, "an evidence name"))?)
            }
            None if sheet.columns.values.len() > 1 && self.options.figures != FiguresIn::Across => None,
            None => Some(self.only_evidence()),
        };
        Ok(Some((candidate, evidence)))
    }

    /// The title of the row's candidate and its people: the same in all of its rows.
    fn beside(&mut self, sheet: &LaidOutSheet, row: &SheetRow, candidate: u32) -> Result<(), Problem> {
        if let Some(column) = sheet.columns.title {
            let title = row.text(column);
            let known = self.rows.titles.entry(candidate).or_insert_with(|| title.clone());
            if !title.is_empty() && plain(known) != plain(&title) {
                let message = format!("`{title}` has the id of `{known}`");
                return Err(sheet.problem(row, column, &message, "give each id one title, or leave out `--title`"));
            }
        }
        if let Some(column) = sheet.columns.population {
            let text = row.text(column);
            let people = match row.get(column) {
                None => return Ok(()),
                Some(CellValue::Number(people)) => Some(*people),
                Some(_) => plain_number(&text),
            };
            let people = people.filter(|people| *people > 0.0 && people.fract() == 0.0).ok_or_else(|| {
                let help = "write how many people live there, or nothing where it is not known";
                sheet.problem(row, column, &format!("`{text}` is not a number of people"), help)
            })?;
            *self.people.entry(candidate).or_default() += 1;
            let known = *self.rows.populations.entry(candidate).or_insert(people);
            #[expect(clippy::float_cmp, reason = "whole numbers")]
            if known != people {
                let message = format!("another row of the same candidate has {known} people");
                let help = "choose rows with one population with `--where`, or leave out `--population`";
                return Err(sheet.problem(row, column, &message, help));
            }
        }
        Ok(())
    }

    /// Refuses figures of one candidate and evidence that are of several editions of an index.
    fn one_edition(&mut self, sheet: &LaidOutSheet, row: &SheetRow, about: (u32, Option<u32>)) -> Result<(), Problem> {
        let Some(column) = sheet.columns.edition else { return Ok(()) };
        let text = row.text(column);
        let place = || sheet.place(row, column);
        let (known, first) = self.editions.entry(about).or_insert_with(|| (text.clone(), place()));
        if plain(known) == plain(&text) {
            return Ok(());
        }
        let header = sheet.header_text(column);
        let message = format!(
            "this is of the edition `{text}`, and a figure that it would stand beside is of `{known}` ({first})"
        );
        let help = format!(
            "choose one with `--where \"{header} = {text}\"`, or make evidence of each with `--evidence-by \"{header}\"`: \
             figures of different editions of an index make no series"
        );
        let mut problem = sheet.problem(row, column, &message, &help);
        problem.code = Code::MixedEditions;
        Err(problem)
    }

    fn headed_evidence(&mut self, sheet: &LaidOutSheet, column: u32) -> Result<u32, Problem> {
        let text = sheet.header_text(column);
        let name = |text: &str| evidence_name(text, &self.options.evidence);
        let named = self.rows.evidence.number(&text, name);
        named.map_err(|why| unnamed(sheet, &sheet.header, column, &text, why, "an evidence name"))
    }

    fn headed_candidate(&mut self, sheet: &LaidOutSheet, column: u32) -> Result<u32, Problem> {
        let text = sheet.header_text(column);
        let named = self.rows.candidates.number(&text, id_of);
        named.map_err(|why| unnamed(sheet, &sheet.header, column, &text, why, "an id"))
    }

    /// The evidence that the option names.
    fn only_evidence(&mut self) -> u32 {
        self.rows.evidence.number(&self.options.evidence, str::to_owned).unwrap_or_default()
    }

    fn finish(mut self) -> Result<ReadRows, Problems> {
        for judged in &self.conditions {
            if let Some(text) = &judged.undivided {
                let message =
                    format!("a cell under `{}` has `{text}`, and a bar stands between texts", judged.condition.column);
                let help = "write that text in the file without a bar, or choose by another column";
                self.problems.push(option_problem(message, help));
            }
            for text in judged.unmet() {
                let column = &judged.condition.column;
                if judged.condition.equal {
                    let there: Vec<&str> = judged.there.iter().map(String::as_str).collect();
                    let message = format!("no row has `{text}` under `{column}`");
                    self.problems.push(Problem::new(Code::NotInFile, message).help(nearest_or_first(text, &there)));
                } else {
                    self.rows
                        .remarks
                        .push(format!("No row has `{text}` under `{column}`, so none is left out for it."));
                }
            }
        }
        if let Some(place) = self.cells.may_be_fractions() {
            let message = format!("every percentage is between 0 and 1, as the one in {place}");
            let help =
                "say `--times 100` where they are fractions, as in a workbook's cells with `%`, else `--times 1`";
            self.problems.push(option_problem(message, help));
        }
        if self.problems.has_errors() {
            return Err(self.problems);
        }
        self.rows.remarks.extend(self.cells.remarks());
        for (text, (rows, first)) in &self.no_numbers {
            let column = self.options.once.as_deref().unwrap_or_default();
            let rows = counted(*rows, "row has", "rows have");
            let remark =
                format!("{rows} `{text}` under `{column}`, which is no number of a case: each counts ({first}).");
            self.rows.remarks.push(remark);
        }
        let people_once =
            self.people.iter().find(|(_, rows)| self.options.sum && self.options.when.is_empty() && **rows > 1);
        if let Some((candidate, rows)) = people_once {
            let named = self.rows.candidates.get(*candidate).map(|named| named.text.as_str()).unwrap_or_default();
            let people = self.rows.populations.get(candidate).copied().unwrap_or_default();
            self.rows.remarks.push(format!(
                "Figures are added up, and people are not: `{named}` has {} in each of its {rows} rows, taken as the people \
                 of the whole. If they are of parts, leave out `--population`.",
                number(people, 0)
            ));
        }
        for (named, what) in [(&self.rows.candidates, "candidate"), (&self.rows.evidence, "evidence")] {
            for named in &named.all {
                if let Some(other) = &named.other {
                    let remark = format!("`{}` and `{other}` are taken for the same {what}.", named.text);
                    self.rows.remarks.push(remark);
                }
            }
        }
        Ok(self.rows)
    }
}

/// That a text can't be made a name.
fn unnamed(sheet: &LaidOutSheet, row: &SheetRow, column: u32, text: &str, why: NoName, what: &str) -> Problem {
    let (message, help) = match why {
        NoName::Nothing => (
            format!("`{text}` has no letter or digit that {what} can be made of"),
            "name a column of codes with `--id`, and this one with `--title`".to_owned(),
        ),
        NoName::Taken { key, by } => (
            format!("`{text}` and `{by}` would both become `{key}`"),
            "name a column of codes with `--id`, and this one with `--title`; or write the two apart".to_owned(),
        ),
    };
    sheet.problem(row, column, &message, &help)
}
