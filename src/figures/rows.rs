//! The rows of a form for figures, as they were filled in: each is read, or set aside and told.

use std::collections::{BTreeMap, BTreeSet};

use toml::Value;

use super::asked::{Asked, CANDIDATE, EVIDENCE, FIGURE, KIND, NOTE, PLACE, SOURCE};
use super::cells::{CellFault, GivenFigure, beside, figure_of};
use crate::assessment::Assessment;
use crate::assessment::evidence::AskedCell;
use crate::diagnostic::{Code, Problem, Problems, did_you_mean};
use crate::files::Files;
use crate::import::RowAccount;
use crate::sheet::{CellValue, FilledForm, KEY_COLUMN, ONCE_COLUMN, PercentCells, SheetRow, day_of_cell, same_words};
use crate::words::one_line;

/// Why rows are set aside.
pub(super) const BLANK: &str = "left blank";
pub(super) const UNREADABLE: &str = "can’t be read, and told";
pub(super) const BESIDE_UNREADABLE: &str = "of a list with a row that can’t be read";
pub(super) const TWICE: &str = "given twice, and told";

/// A row that could be read.
#[derive(Debug)]
pub(super) struct GivenRow {
    /// The number of its candidate.
    pub(super) candidate: usize,
    /// The number of the evidence, of what is asked.
    pub(super) evidence: usize,
    /// The figure; never blank.
    pub(super) figure: GivenFigure,
    /// The keys of the list's row, where such evidence is a list.
    pub(super) of_row: Vec<(&'static str, Value)>,
    /// The keys of the evidence itself.
    pub(super) beside: Vec<(&'static str, Value)>,
    /// The document, by title or id, as it was written.
    pub(super) source: Option<String>,
    /// The place in it.
    pub(super) place: Option<String>,
    /// What a reader should know.
    pub(super) note: Option<String>,
    /// Where it stands, for people.
    pub(super) spot: String,
    /// Who filled it in, and when, in words.
    pub(super) from: String,
}

/// What is wrong with a row that is set aside.
pub(super) fn set_aside(spot: &str, message: &str, help: impl Into<String>) -> Problem {
    Problem::new(Code::RowSetAside, format!("{spot}: {message}")).help(help)
}

/// The rows of several forms.
pub(super) struct FormRows<'a> {
    pub(super) assessment: &'a Assessment,
    pub(super) asked: &'a Asked<'a>,
    pub(super) account: RowAccount,
    pub(super) problems: Problems,
    pub(super) rows: Vec<GivenRow>,
    /// Of which candidate and evidence a row could not be read.
    pub(super) unreadable: BTreeSet<(usize, usize)>,
}

/// A form as it is read.
struct OpenForm<'f> {
    form: &'f FilledForm,
    path: &'f str,
    columns: BTreeMap<&'f str, u32>,
    from: String,
    source: Option<String>,
}

impl OpenForm<'_> {
    fn cell<'r>(&self, row: &'r SheetRow, key: &str) -> Option<&'r CellValue> {
        self.columns.get(key).and_then(|column| row.get(*column))
    }

    fn text(&self, row: &SheetRow, key: &str) -> String {
        one_line(&self.cell(row, key).map(CellValue::text).unwrap_or_default())
    }

    fn words(&self, row: &SheetRow, key: &str) -> Option<String> {
        Some(self.text(row, key)).filter(|text| !text.is_empty())
    }

    fn spot(&self, row: &SheetRow, key: &str) -> String {
        let column = self.columns.get(key).copied().unwrap_or_default();
        format!("`{}`, {}", self.path, self.form.sheet.place_of(row, column))
    }
}

impl FormRows<'_> {
    /// Reads a form.
    ///
    /// # Errors
    /// A file that is no form for figures, or one of another assessment.
    pub(super) fn read(&mut self, files: &dyn Files, path: &str) -> Result<(), Problem> {
        let form = FilledForm::open(files, path, KIND)?;
        form.is_of(path, self.assessment)?;
        let columns: BTreeMap<&str, u32> = form.fact("columns").split_whitespace().zip(1..).collect();
        let figure = columns.get(FIGURE).copied().unwrap_or_default();
        let name = form.sheet.name.clone().unwrap_or_default();
        let percentages = PercentCells::of(files, path, &name, &[figure])?;
        let once =
            |key: &str| form.once(key).map(|row| one_line(&row.text(ONCE_COLUMN))).filter(|text| !text.is_empty());
        let open = OpenForm { form: &form, path, columns, from: from(once("by"), once("date")), source: once(SOURCE) };
        let is_ours = |row: &&SheetRow| ["asked ", "more "].iter().any(|word| row.text(KEY_COLUMN).starts_with(word));
        let first = form.sheet.rows.iter().find(is_ours).map_or(u32::MAX, |row| row.number);
        for row in form.sheet.rows.iter().filter(|row| row.number >= first) {
            let mut row = row.clone();
            if percentages.has(row.number, figure) {
                row.show_as_percentage(figure);
            }
            self.row(&open, &row);
        }
        Ok(())
    }

    fn row(&mut self, open: &OpenForm<'_>, row: &SheetRow) {
        let key = row.text(KEY_COLUMN);
        let asked = key.strip_prefix("asked ").and_then(|ids| ids.split_once(' '));
        let has_figure = open.words(row, FIGURE).is_some();
        // A heading of the form has no key and stands in the first column alone; a row that somebody put in has more.
        let unread: &[&str] = if key.is_empty() { &[super::ABOUT_ROW, CANDIDATE] } else { &[super::ABOUT_ROW] };
        let mut others = open.columns.keys().filter(|key| !unread.contains(key));
        let filled = others.any(|key| open.words(row, key).is_some());
        if asked.is_none() && !filled {
            return;
        }
        self.account.read(1);
        if asked.is_some() && !has_figure && open.words(row, NOTE).is_none() {
            self.account.set_aside(BLANK, 1);
            return;
        }
        match self.given(open, row, asked) {
            Ok(given) => self.rows.push(given),
            Err(problem) => {
                self.account.set_aside(UNREADABLE, 1);
                self.problems.push(problem);
            }
        }
    }

    fn given(&mut self, open: &OpenForm<'_>, row: &SheetRow, ids: Option<(&str, &str)>) -> Result<GivenRow, Problem> {
        let candidate = match ids {
            Some((id, _)) => self.assessment.candidate_number(id),
            None => self.candidate(&open.text(row, CANDIDATE)),
        };
        let candidate = candidate.ok_or_else(|| {
            let written = ids.map_or_else(|| open.text(row, CANDIDATE), |(id, _)| id.to_owned());
            let known = self.assessment.candidates.iter().map(|candidate| candidate.title.as_str());
            let help = did_you_mean(&written, known);
            set_aside(&open.spot(row, CANDIDATE), &format!("there is no candidate `{written}`"), help)
        })?;
        let evidence = match ids {
            Some((_, name)) => self.asked.evidence.iter().position(|asked| asked.name == name),
            None => self.evidence(&open.text(row, EVIDENCE)),
        };
        let evidence = evidence.ok_or_else(|| {
            let written = ids.map_or_else(|| open.text(row, EVIDENCE), |(_, name)| name.to_owned());
            let help = did_you_mean(&written, self.asked.evidence.iter().map(|asked| asked.label.as_str()));
            set_aside(&open.spot(row, EVIDENCE), &format!("the rules read no evidence `{written}`"), help)
        })?;
        let given = self.figure_and_cells(open, row, (candidate, evidence));
        if given.is_err() {
            self.unreadable.insert((candidate, evidence));
        }
        given
    }

    fn figure_and_cells(
        &mut self,
        open: &OpenForm<'_>,
        row: &SheetRow,
        (candidate, evidence): (usize, usize),
    ) -> Result<GivenRow, Problem> {
        let spot = open.spot(row, FIGURE);
        let fault = |key: &str, (message, help): CellFault| set_aside(&open.spot(row, key), &message, help);
        let Some(asked) = self.asked.evidence.get(evidence) else {
            return Err(set_aside(&spot, "nothing is asked", ""));
        };
        let figure = figure_of(open.cell(row, FIGURE), asked.figure.takes, asked.declared);
        let figure = figure.map_err(|wrong| fault(FIGURE, wrong))?;
        if figure == GivenFigure::Blank {
            let help = "write the figure, `n/a` if there is none to be had, or empty the row";
            return Err(set_aside(&spot, "the row has no figure", help));
        }
        let cells = |cells: &'static [AskedCell]| -> Result<Vec<(&'static str, Value)>, Problem> {
            let mut given = Vec::new();
            for cell in cells {
                match beside(open.cell(row, cell.column), cell).map_err(|wrong| fault(cell.column, wrong))? {
                    Some(value) => given.push((cell.key, value)),
                    None if cell.needed && figure != GivenFigure::NotToBeHad => {
                        let message = format!("`{}` is empty, and this evidence needs it", cell.header);
                        return Err(set_aside(&open.spot(row, cell.column), &message, cell.about));
                    }
                    None => {}
                }
            }
            Ok(given)
        };
        let (of_row, of_evidence) = (cells(asked.figure.of_row)?, cells(asked.figure.beside)?);
        let needless: Vec<&&AskedCell> = self
            .asked
            .cells
            .iter()
            .filter(|cell| !asked.figure.cells().any(|own| own.column == cell.column))
            .filter(|cell| open.words(row, cell.column).is_some())
            .collect();
        for cell in needless {
            let message = format!(
                "`{}` is nothing that {} has: that cell is not read",
                cell.header,
                asked.declared.kind.phrase()
            );
            self.problems.push(set_aside(
                &open.spot(row, cell.column),
                &message,
                "empty it, or say in the note what it means",
            ));
        }
        Ok(GivenRow {
            candidate,
            evidence,
            figure,
            of_row,
            beside: of_evidence,
            source: open.words(row, SOURCE).or_else(|| open.source.clone()),
            place: open.words(row, PLACE),
            note: open.words(row, NOTE),
            spot,
            from: open.from.clone(),
        })
    }

    /// The candidate of a drop-down, by its title, with its area where it has one, or by its id.
    fn candidate(&self, written: &str) -> Option<usize> {
        let assessment = self.assessment;
        let all = || assessment.candidates.iter();
        let by_id = || assessment.candidate_number(written);
        let in_area = || all().position(|candidate| same_words(&assessment.title_in_area(candidate), written));
        let mut titled = all().enumerate().filter(|(_, candidate)| same_words(&candidate.title, written));
        let one = match (titled.next(), titled.next()) {
            (Some((number, _)), None) => Some(number),
            _ => None,
        };
        by_id().or_else(in_area).or(one)
    }

    fn evidence(&self, written: &str) -> Option<usize> {
        let all = || self.asked.evidence.iter();
        let exact = all().position(|asked| asked.label == written || asked.name == written);
        exact.or_else(|| all().position(|asked| same_words(&asked.label, written) || same_words(asked.name, written)))
    }
}

/// Who filled in a form, and when: ` of the research officer`, as a sentence goes on.
fn from(by: Option<String>, day: Option<String>) -> String {
    let day = day.map(|day| day_of_cell(&day).map_or(day, |day| day.to_string()));
    let by = by.map(|by| format!(" of the role “{by}”")).unwrap_or_default();
    format!("the form{by}{}", day.map(|day| format!(", {day}")).unwrap_or_default())
}
