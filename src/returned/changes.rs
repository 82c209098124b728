//! Which cells a person changed: the workbook that came back beside the one that was made.

use std::collections::BTreeMap;

use super::options::ReturnOptions;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Files, Memory};
use crate::ranked::RankedAssessment;
use crate::report::{InputKind, SCORES_SHEET, WorkbookInput};
use crate::sheet::{Book, CellFigure, CellValue, Sheet, SheetRow, figure};

/// What the workbook that is made again is called.
const MADE: &str = "list.xlsx";

/// A cell that was changed.
pub(super) struct CellChange<'i> {
    pub(super) input: &'i WorkbookInput,
    /// What stood there, in words.
    pub(super) before: String,
    pub(super) now: f64,
    /// Where it is, for people.
    pub(super) place: String,
}

/// The cells that were changed.
///
/// # Errors
/// A file that is not this workbook, candidates that are not those of the assessment, and cells that hold no figure.
pub(super) fn changes<'i>(
    files: &dyn Files,
    options: &ReturnOptions,
    made: Vec<u8>,
    inputs: &'i [WorkbookInput],
    ranked: &RankedAssessment<'_>,
) -> Result<Vec<CellChange<'i>>, Problems> {
    let made = sheets(&Memory::lent(&BTreeMap::from([(MADE.to_owned(), made)]), &files.budget()), MADE)?;
    let back = sheets(files, &options.path)?;
    same_origin(&back, options, ranked)?;
    let rows = Candidates::find(&back, options, ranked)?;
    let mut changes = Vec::new();
    let mut problems = Problems::default();
    for input in inputs {
        let (Some(before), Some(sheet)) = (made.get(input.sheet), back.get(input.sheet)) else { continue };
        let number = match &input.kind {
            InputKind::Measure(candidate, _) => rows.0.get(candidate).copied().unwrap_or(input.row),
            _ => input.row,
        };
        let was = row(before, input.row).and_then(|row| row.get(input.column));
        let Some(line) = row(sheet, number) else {
            let message = format!("row {number} is empty now");
            problems.push(sheet.problem(None, &message, "leave the rows of the workbook where they are"));
            continue;
        };
        if is_moved(input, row(before, input.row), line) {
            let help = "leave the rows of this sheet in their order, and their titles as they are";
            problems.push(sheet.problem(Some(line), "this row is about something else than it was", help));
            continue;
        }
        let is = line.get(input.column);
        if same(was, is) {
            continue;
        }
        let Ok(CellFigure::Number(now)) = figure(is) else {
            let message = format!("{} must be a figure", input.words);
            let help = "type a figure, or what stood there before";
            problems.push(sheet.cell_problem(line, input.column, &message, help));
            continue;
        };
        changes.push(CellChange {
            input,
            before: was.map_or_else(|| "nothing".to_owned(), CellValue::text),
            now,
            place: sheet.place_of(line, input.column),
        });
    }
    if problems.has_errors() { Err(problems) } else { Ok(changes) }
}

fn same(was: Option<&CellValue>, is: Option<&CellValue>) -> bool {
    match (was, is) {
        (Some(CellValue::Number(was)), Some(CellValue::Number(is))) => (was - is).abs() <= was.abs() * 1e-12,
        (was, is) => was == is,
    }
}

/// Whether the row of an input has another title than it had: rows were sorted or put in.
fn is_moved(input: &WorkbookInput, before: Option<&SheetRow>, now: &SheetRow) -> bool {
    let title = |row: &SheetRow| row.text(0);
    let is_first_of_two = !matches!(input.kind, InputKind::Measure(..) | InputKind::Anchor(_, 1, _));
    is_first_of_two && before.is_some_and(|before| title(before) != title(now))
}

fn row(sheet: &Sheet, number: u32) -> Option<&SheetRow> {
    sheet.rows.iter().find(|row| row.number == number)
}

fn sheets(files: &dyn Files, path: &str) -> Result<BTreeMap<String, Sheet>, Problem> {
    let mut book = Book::open(files, path)?;
    let names = book.names().to_vec();
    names.into_iter().enumerate().map(|(number, name)| Ok((name, book.sheet(number)?))).collect()
}

/// Sees that the workbook was made of this assessment and these rules, by the digests that stand in it.
fn same_origin(
    back: &BTreeMap<String, Sheet>,
    options: &ReturnOptions,
    ranked: &RankedAssessment<'_>,
) -> Result<(), Problem> {
    let said = |what: &str| {
        let line = back.get("About")?.rows.iter().find(|row| row.text(0) == what)?;
        Some(line.text(1))
    };
    let (assessment, rules) = (said("Digest of the assessment"), said("Digest of the rule set"));
    let problem = |message: String, help: &str| Err(Problem::new(Code::ImportOption, message).help(help));
    match (assessment, rules) {
        (Some(assessment), Some(rules)) => {
            let other = |is: bool, what: &'static str| is.then_some(what);
            let others = [
                other(assessment != ranked.assessment.digest, "evidence"),
                other(rules != ranked.rules.digest, "rules"),
            ];
            let others: Vec<&str> = others.into_iter().flatten().collect();
            if others.is_empty() {
                return Ok(());
            }
            let message = format!(
                "`{}` was made of other {} than `{}` has",
                options.path,
                others.join(" and "),
                options.original
            );
            problem(
                message,
                "name the assessment as it was when the workbook was made, with `--original` and `--rules`",
            )
        }
        _ => problem(
            format!("`{}` is not a workbook that `prioritise rank` wrote", options.path),
            "for a spreadsheet of your own there is `prioritise import matrix`",
        ),
    }
}

/// The rows of the candidates, by id: people sort them.
struct Candidates(BTreeMap<String, u32>);

impl Candidates {
    fn find(
        back: &BTreeMap<String, Sheet>,
        options: &ReturnOptions,
        ranked: &RankedAssessment<'_>,
    ) -> Result<Self, Problems> {
        let (name, column) = SCORES_SHEET;
        let Some(sheet) = back.get(name) else {
            let message = format!("`{}` has no sheet `{name}`", options.path);
            return Err(Problem::new(Code::NotInFile, message).help("leave the sheets their names").into());
        };
        let mut problems = Problems::default();
        let mut rows = BTreeMap::new();
        for row in sheet.rows.iter().skip_while(|row| row.text(column) != "Id").skip(1) {
            let id = row.text(column);
            let known = ranked.traces.iter().any(|trace| trace.id() == id);
            if id.is_empty() {
                continue;
            }
            if !known || rows.insert(id.clone(), row.number).is_some() {
                let message = format!("`{id}` is no candidate of the assessment, or stands twice");
                problems.push(sheet.cell_problem(row, column, &message, "add candidates to the assessment itself"));
            }
        }
        for trace in ranked.traces.iter().filter(|trace| !rows.contains_key(trace.id())) {
            let message = format!("the candidate `{}` is gone", trace.id());
            problems.push(sheet.problem(None, &message, "leave every candidate its row and its id"));
        }
        if problems.has_errors() { Err(problems) } else { Ok(Self(rows)) }
    }
}
