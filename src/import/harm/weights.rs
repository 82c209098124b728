//! The workbook of weights: its lines with every column of codes, its edition, and the list that is written.

use super::code::{Codes, OffenceCode, possible_columns};
use super::options::HarmOptions;
use crate::diagnostic::{Problem, Problems, did_you_mean};
use crate::files::Files;
use crate::import::RowAccount;
use crate::import::given::{open_book, option_problem, tell_passed_over};
use crate::sheet::{self, CellFigure, Sheet, SheetRow, SheetTable, WantedColumn, header_words, is_named};

const WEIGHTS: [WantedColumn; 7] = [
    WantedColumn {
        key: "offence",
        names: &[
            "FULL_OFFENCE_TITLE",
            "Offence title",
            "Offence description",
            "Offence category",
            "Offence",
            "Offence name",
        ],
        needed: true,
    },
    WantedColumn {
        key: "harm",
        names: &[
            "CCHI Score",
            "Crime Severity Score weight*",
            "Severity weight*",
            "Severity score*",
            "Weight*",
            "Harm",
        ],
        needed: true,
    },
    WantedColumn { key: "classification_code", names: &["CLASSIFICATION_CODE"], needed: false },
    WantedColumn { key: "code", names: &["Offence code", "Code"], needed: false },
    WantedColumn { key: "ho_code", names: &["HO_CODE", "Home Office code", "Home Office offence code"], needed: false },
    WantedColumn { key: "classification", names: &["HOME_OFFICE_CLASSIFICATION"], needed: false },
    WantedColumn { key: "sub", names: &["HO_SUB_CODE"], needed: false },
];

/// The keys of columns that can have the code of an offence. Which one has the codes that counts are filed by is seen
/// from what stands in them: in the Cambridge workbook `HO_CODE` is a bare number, and counts are filed by the code with
/// its letter. Where several have them alike, the first is taken.
const CODES: [&str; 4] = ["classification_code", "code", "ho_code", "classification"];

/// One line of the weights.
#[derive(Debug, Clone)]
pub(super) struct HarmWeight {
    pub(super) offence: String,
    /// By the header of the column.
    pub(super) codes: Codes,
    pub(super) harm: f64,
}

/// The weights, and which edition they are.
///
/// # Errors
/// Every cell that stops it; that there is no weight, no edition, no column of the name that is asked for.
pub(super) fn read(
    files: &dyn Files,
    options: &HarmOptions,
    account: &mut RowAccount,
    remarks: &mut Vec<String>,
) -> Result<(Vec<HarmWeight>, String), Problems> {
    let mut book = open_book(files, &options.path, remarks)?;
    let (mut weights, mut edition, mut problems) = (Vec::new(), options.edition.clone(), Problems::default());
    let only = options.sheet.as_ref().map(|name| book.number_of(name)).transpose()?;
    let mut absent = None;
    for at in 0..book.names().len() {
        if only.is_some_and(|only| only != at) {
            continue;
        }
        let sheet = book.sheet(at)?;
        let Some(table) = SheetTable::find(&sheet, &WEIGHTS)? else {
            remarks.push(format!("{} has no table of weights.", sheet.title()));
            absent = absent.or_else(|| Some(SheetTable::absent(&sheet, &WEIGHTS)));
            continue;
        };
        tell_passed_over(&table, remarks);
        edition = edition.or_else(|| stated_edition(&sheet));
        let columns = code_columns(&table, options)?;
        account.read(table.rows.len() as u64);
        for row in table.rows {
            match weight(&table, row, &columns) {
                Ok(Ok(weight)) => {
                    account.used(1);
                    weights.push(weight);
                }
                Ok(Err(reason)) => account.set_aside(reason, 1),
                Err(problem) => problems.push(problem),
            }
        }
    }
    if problems.has_errors() {
        return Err(problems);
    }
    if weights.is_empty() {
        let none = || option_problem(format!("`{}` has no weight", options.path), "fill the column of weights");
        return Err(absent.unwrap_or_else(none).into());
    }
    let edition = edition.ok_or_else(|| {
        option_problem(
            "nothing says which edition of the weights this is",
            "say so with `--edition`, such as `--edition 2020`",
        )
    })?;
    Ok((weights, edition))
}

/// The columns of codes: the one that is asked for, or all that can be.
fn code_columns(table: &SheetTable<'_>, options: &HarmOptions) -> Result<Vec<u32>, Problem> {
    let Some(wanted) = &options.code else { return Ok(possible_columns(table, &CODES)) };
    let found = table.header.cells().find(|(_, header)| is_named(&header.text(), wanted));
    found.map(|(column, _)| vec![column]).ok_or_else(|| {
        let headers: Vec<String> = table.header.cells().map(|(_, header)| header.text()).collect();
        let help = did_you_mean(wanted, headers.iter().map(String::as_str));
        table.sheet.problem(Some(table.header), &format!("there is no column headed `{wanted}`"), &help)
    })
}

/// A cell near the top that names an edition.
fn stated_edition(sheet: &Sheet) -> Option<String> {
    let names_it = |text: &String| {
        let words = header_words(text);
        text.chars().any(|letter| letter.is_ascii_digit())
            && words.split(' ').any(|word| matches!(word, "edition" | "version" | "updated" | "release"))
    };
    sheet.rows.iter().take(20).flat_map(SheetRow::cells).map(|(_, value)| value.text()).find(names_it)
}

/// A line of weights, or why it is none.
fn weight(
    table: &SheetTable<'_>,
    row: &SheetRow,
    columns: &[u32],
) -> Result<Result<HarmWeight, &'static str>, Problem> {
    let offence = table.text(row, "offence");
    if offence.is_empty() {
        return Ok(Err("without an offence"));
    }
    let sub = table.text(row, "sub");
    let code = |column: &u32| (table.header.text(*column), OffenceCode::new(&row.text(*column), &sub));
    let harm =
        sheet::figure(table.get(row, "harm")).map_err(|(message, help)| table.problem(row, "harm", &message, help))?;
    match harm {
        CellFigure::Number(harm) if harm >= 0.0 => {
            Ok(Ok(HarmWeight { offence, codes: columns.iter().map(code).collect(), harm }))
        }
        CellFigure::Number(harm) => {
            Err(table.problem(row, "harm", &format!("{harm} is below zero"), "correct the weight"))
        }
        CellFigure::Empty | CellFigure::Withheld(_) => Ok(Err("without a weight")),
    }
}
