//! The sheet that has the weights, its layout, and its cells as scores.

use std::collections::BTreeSet;

use super::MatrixOptions;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::Files;
use crate::import::given::option_problem;
use crate::import::{RowAccount, id_of, name_of};
use crate::sheet::{Book, CellFigure, CellValue, Sheet, SheetRow, figure, header_words};

/// Words that head a row of weights.
const WEIGHTS: [&str; 4] = ["weight", "weights", "weighting", "weightings"];
/// Words that begin the header of a column that is worked out of the others.
const WORKED_OUT: [&str; 9] =
    ["total", "weighted total", "weighted score", "overall", "sum", "score", "final score", "rank", "ranking"];
/// Words that expressions have for themselves.
const RESERVED_WORDS: [&str; 24] = [
    "if", "else", "for", "in", "let", "const", "fn", "return", "switch", "while", "loop", "do", "until", "true",
    "false", "break", "continue", "throw", "try", "catch", "import", "export", "measure", "value",
];

/// One question of the spreadsheet.
pub(super) struct MatrixCriterion {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) weight: f64,
    pub(super) column: u32,
}

/// One row of the spreadsheet.
pub(super) struct MatrixCandidate {
    pub(super) id: String,
    pub(super) title: String,
    /// As many as there are criteria.
    pub(super) scores: Vec<Option<f64>>,
    /// Where each score stands, for citations: `sheet Scores, cell C4`.
    pub(super) places: Vec<String>,
    /// The total that the spreadsheet has, and its cell.
    pub(super) total: Option<(f64, String)>,
}

/// A scoring spreadsheet as it was read: criteria, candidates and their scores.
pub(super) struct ScoringMatrix {
    pub(super) criteria: Vec<MatrixCriterion>,
    pub(super) candidates: Vec<MatrixCandidate>,
    pub(super) scale: (f64, f64),
    pub(super) account: RowAccount,
    pub(super) remarks: Vec<String>,
}

/// Reads the sheet.
///
/// # Errors
/// Every cell and option that stops it.
pub(super) fn matrix(files: &dyn Files, options: &MatrixOptions) -> Result<ScoringMatrix, Problems> {
    let sheet = the_sheet(files, options)?;
    let layout = MatrixLayout::find(&sheet)?;
    let scale = scale(&sheet, &layout, options)?;
    ScoringMatrix::read(&sheet, &layout, scale)
}

/// The sheet that is named, or the only one that has a row of weights.
fn the_sheet(files: &dyn Files, options: &MatrixOptions) -> Result<Sheet, Problem> {
    let mut book = Book::open(files, &options.path)?;
    if let Some(wanted) = &options.sheet {
        let number = book.number_of(wanted)?;
        return book.sheet(number);
    }
    let mut found: Vec<Sheet> = Vec::new();
    for number in 0..book.names().len() {
        found.extend(Some(book.sheet(number)?).filter(|sheet| weights_row(sheet).is_some()));
    }
    match (found.len(), found.pop()) {
        (1, Some(sheet)) => Ok(sheet),
        (0, _) => {
            let message = format!("`{}` has no row that begins with `Weight`", options.path);
            Err(Problem::new(Code::BadWorkbook, message)
                .help("put the criteria's weights into one row, and `Weight` into its first cell"))
        }
        _ => Err(option_problem("several sheets have a row of weights", "name the one with `--sheet`")),
    }
}

/// The row of weights, and the column of its first word.
fn weights_row(sheet: &Sheet) -> Option<(usize, u32)> {
    sheet.rows.iter().enumerate().find_map(|(at, row)| {
        let (column, value) = row.cells().next()?;
        WEIGHTS.contains(&&*header_words(&value.text())).then_some((at, column))
    })
}

/// Where things stand.
struct MatrixLayout {
    weights: usize,
    header: usize,
    label: u32,
    criteria: Vec<u32>,
    total: Option<u32>,
}

impl MatrixLayout {
    fn find(sheet: &Sheet) -> Result<Self, Problem> {
        let found = weights_row(sheet).and_then(|(at, label)| Some((at, label, sheet.rows.get(at)?)));
        let Some((weights, label, row)) = found else {
            let help = "put the criteria's weights into one row, and `Weight` into its first cell";
            return Err(sheet.problem(None, "no row begins with `Weight`", help));
        };
        let columns: Vec<u32> = row.cells().map(|(column, _)| column).filter(|column| *column > label).collect();
        let headed = |row: &SheetRow| {
            let texts = columns.iter().filter(|column| row.get(**column).is_some_and(is_name)).count();
            texts * 2 > columns.len() && texts > 0
        };
        let above = (0..weights).rev().find(|at| sheet.rows.get(*at).is_some_and(headed));
        let below = Some(weights + 1).filter(|at| sheet.rows.get(*at).is_some_and(headed));
        let Some((header, heads)) = above.or(below).and_then(|at| Some((at, sheet.rows.get(at)?))) else {
            let help = "put the criteria's names into a row above the weights";
            return Err(sheet.problem(Some(row), "no row next to the weights names the criteria", help));
        };
        let worked_out = |column: u32| is_worked_out(&heads.text(column));
        let total = heads.cells().map(|(column, _)| column).filter(|column| *column > label).find(|column| {
            let words = header_words(&heads.text(*column));
            worked_out(*column) && !words.starts_with("rank")
        });
        let criteria = columns.into_iter().filter(|column| !worked_out(*column)).collect();
        Ok(Self { weights, header, label, criteria, total })
    }
}

/// Whether a cell is text that is no figure; in a CSV file every cell is text.
fn is_name(value: &CellValue) -> bool {
    matches!(value, CellValue::Text(_)) && figure(Some(value)).is_err()
}

fn is_worked_out(header: &str) -> bool {
    let words = header_words(header);
    WORKED_OUT.iter().any(|word| words == *word || words.starts_with(&format!("{word} ")) && *word != "score")
}

/// The scale that is given, or that a cell states.
fn scale(sheet: &Sheet, layout: &MatrixLayout, options: &MatrixOptions) -> Result<(f64, f64), Problem> {
    let first = layout.weights.max(layout.header);
    let stated = || {
        let cells = sheet.rows.iter().take(first + 1).flat_map(SheetRow::cells);
        cells.map(|(_, value)| value.text()).find_map(|text| stated_scale(&text))
    };
    match options.scale.or_else(stated) {
        Some((low, high)) if low < high && low.is_finite() && high.is_finite() => Ok((low, high)),
        Some(_) => Err(option_problem("a scale goes from its lowest score to a higher one", "give `--scale 1 5`")),
        None => Err(option_problem(
            "nothing says which scores are possible",
            "give the lowest and the highest with `--scale 1 5`; the scores in the sheet don't say",
        )),
    }
}

/// `Scale: 1 to 5`, `scored 0-5`: the two numbers behind the word.
fn stated_scale(text: &str) -> Option<(f64, f64)> {
    let small = text.to_lowercase();
    let at = ["scale", "scored", "scores"].iter().find_map(|word| small.find(word).map(|at| at + word.len()))?;
    let rest = small.get(at..)?.replace(['–', '—', '-'], " to ");
    let words: Vec<&str> = rest
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ':' | '(' | ')' | ','))
        .filter(|word| !word.is_empty())
        .collect();
    words.windows(3).find_map(|three| match three {
        [low, "to", high] => Some((low.parse().ok()?, high.parse().ok()?)),
        _ => None,
    })
}

impl ScoringMatrix {
    fn read(sheet: &Sheet, layout: &MatrixLayout, scale: (f64, f64)) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let criteria = criteria(sheet, layout, &mut problems);
        let mut matrix = Self {
            criteria,
            candidates: Vec::new(),
            scale,
            account: RowAccount::new("rows of the sheet"),
            remarks: Vec::new(),
        };
        let first = layout.weights.max(layout.header) + 1;
        matrix.account.read(sheet.rows.len() as u64);
        matrix.account.set_aside("headers, weights and what is above them", first as u64);
        let mut ids = BTreeSet::new();
        for row in sheet.rows.iter().skip(first) {
            matrix.row(sheet, layout, row, &mut ids, &mut problems);
        }
        if matrix.candidates.is_empty() && !problems.has_errors() {
            problems.push(sheet.problem(None, "no row below the weights has a name and a score", "check the layout"));
        }
        if problems.has_errors() { Err(problems) } else { Ok(matrix) }
    }

    fn row(
        &mut self,
        sheet: &Sheet,
        layout: &MatrixLayout,
        row: &SheetRow,
        ids: &mut BTreeSet<String>,
        problems: &mut Problems,
    ) {
        let title = row.text(layout.label);
        let any = layout.criteria.iter().any(|column| row.get(*column).is_some());
        if !any {
            return self.account.set_aside("without a score", 1);
        }
        if title.is_empty() || is_worked_out(&title) || WEIGHTS.contains(&&*header_words(&title)) {
            return self.account.set_aside("without a candidate's name", 1);
        }
        let id = id_of(&title);
        if id.is_empty() || !ids.insert(id.clone()) {
            let message = format!("another row has the same name, or `{title}` has no letter in it");
            return problems.push(sheet.cell_problem(
                row,
                layout.label,
                &message,
                "give each candidate a name of its own",
            ));
        }
        let scores = self.criteria.iter().map(|criterion| self.score(sheet, row, criterion.column, problems)).collect();
        let places = self.criteria.iter().map(|criterion| sheet.place_of(row, criterion.column)).collect();
        let total = layout.total.and_then(|column| match figure(row.get(column)) {
            Ok(CellFigure::Number(total)) => Some((total, sheet.place_of(row, column))),
            _ => None,
        });
        for (criterion, score) in self.criteria.iter().zip(&scores) {
            if Option::is_none(score) {
                let place = sheet.place_of(row, criterion.column);
                self.remarks.push(format!(
                    "{title} has no score for {} ({place}): it is not ranked until it has one.",
                    criterion.title
                ));
            }
        }
        if layout.total.is_some() && total.is_none() {
            self.remarks.push(format!("{title} has no total in the spreadsheet to compare with."));
        }
        self.account.used(1);
        self.candidates.push(MatrixCandidate { id, title, scores, places, total });
    }

    fn score(&self, sheet: &Sheet, row: &SheetRow, column: u32, problems: &mut Problems) -> Option<f64> {
        let (low, high) = self.scale;
        let (message, help) = match figure(row.get(column)) {
            Ok(CellFigure::Number(score)) if (low..=high).contains(&score) => return Some(score),
            Ok(CellFigure::Empty) => return None,
            Ok(CellFigure::Number(score)) => (
                format!("the score {score} is off the scale from {low} to {high}"),
                "correct the score, or give another `--scale`",
            ),
            Ok(CellFigure::Withheld(mark)) => {
                (format!("`{mark}` is not a score"), "write the score, or empty the cell")
            }
            Err((message, help)) => (message, help),
        };
        problems.push(sheet.cell_problem(row, column, &message, help));
        None
    }
}

fn criteria(sheet: &Sheet, layout: &MatrixLayout, problems: &mut Problems) -> Vec<MatrixCriterion> {
    let (Some(weights), Some(header)) = (sheet.rows.get(layout.weights), sheet.rows.get(layout.header)) else {
        return Vec::new();
    };
    let mut criteria: Vec<MatrixCriterion> = Vec::new();
    for column in layout.criteria.iter().copied() {
        let title = header.text(column);
        let mut id = name_of(&title);
        if !id.starts_with(|letter: char| letter.is_ascii_lowercase()) || RESERVED_WORDS.contains(&&*id) {
            id = format!("c_{id}");
        }
        let id = id.trim_end_matches('_').to_owned();
        let weight = match figure(weights.get(column)) {
            Ok(CellFigure::Number(weight)) if weight >= 0.0 => weight,
            _ => {
                let message = format!("`{}` is not a weight", weights.text(column));
                problems.push(sheet.cell_problem(weights, column, &message, "write 0 or a number above 0"));
                continue;
            }
        };
        if title.is_empty() || criteria.iter().any(|other| other.id == id) {
            let message = "each criterion needs a name, and no two can have the same";
            problems.push(sheet.cell_problem(header, column, message, "name the criterion"));
            continue;
        }
        criteria.push(MatrixCriterion { id, title, weight, column });
    }
    if !problems.has_errors() && criteria.iter().all(|criterion| criterion.weight == 0.0) {
        problems.push(sheet.problem(Some(weights), "there is no weight above zero", "write the weights into this row"));
    }
    criteria
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_as_people_state_them() {
        for text in ["Scale: 1 to 5", "Scores (scale 1-5)", "each scored 1–5, higher is worse"] {
            assert_eq!(stated_scale(text), Some((1.0, 5.0)), "{text}");
        }
        for text in ["1 to 5", "Scale", "Scale: low to high", "scaled back 3"] {
            assert_eq!(stated_scale(text), None, "{text}");
        }
    }

    #[test]
    fn columns_that_are_worked_out() {
        for header in ["Total", "Weighted total", "TOTAL SCORE", "Rank", "Overall score", "Score"] {
            assert!(is_worked_out(header), "{header}");
        }
        for header in ["Scale of harm", "Score for harm", "Totality", "Harm"] {
            assert!(!is_worked_out(header), "{header}");
        }
    }
}
