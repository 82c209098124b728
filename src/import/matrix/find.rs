//! The sheet that has the matrix, which way it runs, and what is left out of it.

use super::grid::{Grid, GridLine};
use super::layout::{Layout, Role};
use super::scores::{ScoreWords, header_parts, legend, number_and_word};
use super::unlabelled;
use super::weights::{is_text, weight_lines};
use super::words;
use super::{CriteriaRun, MatrixOptions};
use crate::diagnostic::{Code, Problem, did_you_mean};
use crate::files::Files;
use crate::import::given::{open_book, option_problem};
use crate::sheet::{Book, CellValue, HiddenParts, Sheet, header_words, is_named};

/// What was found in the file.
pub(super) struct FoundMatrix {
    pub(super) grid: Grid,
    pub(super) layout: Layout,
    pub(super) words: ScoreWords,
    /// Words whose numbers the sheet itself says, for those who want to know.
    pub(super) explained: Vec<String>,
    /// Weights that stand on another sheet: each criterion's words and weight, and the sheet.
    pub(super) elsewhere: Option<(Vec<(String, f64)>, String)>,
    pub(super) remarks: Vec<String>,
}

/// Opens the file and finds them.
///
/// # Errors
/// That there is no matrix, or several.
pub(super) fn find(files: &dyn Files, options: &MatrixOptions) -> Result<FoundMatrix, Problem> {
    let mut remarks = Vec::new();
    let mut book = open_book(files, &options.path, &mut remarks)?;
    let mut sheets = sheets(files, &mut book, options, &mut remarks)?;
    if let Some(problem) = our_own(&sheets, options) {
        return Err(problem);
    }
    let (words, explained) = score_words(&sheets, options);
    let chosen = match &options.sheet {
        Some(wanted) => {
            let name = book.names().get(book.number_of(wanted)?).cloned();
            sheets.iter().position(|found| found.sheet.name == name).unwrap_or(0)
        }
        None => the_matrix(&sheets, options, &words)?,
    };
    let others = || sheets.iter().enumerate().filter(|(at, _)| *at != chosen).map(|(_, found)| found);
    let elsewhere = others().find_map(|found| weight_list(&found.sheet));
    let unread: Vec<String> = others().map(BookSheet::in_words).collect();
    if !unread.is_empty() {
        remarks.push(format!(
            "Other sheets, searched for a key and for weights, and not read as scores: {}.",
            crate::words::listed(&unread)
        ));
    }
    let sheet = sheets.swap_remove(chosen).sheet;
    let hidden = match &sheet.name {
        Some(name) => HiddenParts::of(files, &options.path, name)?,
        None => HiddenParts::default(),
    };
    let run = run(&sheet, options);
    let mut grid = Grid::new(sheet, hidden, run);
    leave_out(&mut grid, options, &words, &mut remarks)?;
    let mut layout = Layout::find(&grid, &words)?;
    if elsewhere.is_none() && !layout.has_weights(&grid) {
        let found = unlabelled::weights(&grid, &layout, &words);
        if let Some((line, weights)) = found.and_then(|weights| Some((grid.lines.get(weights.at)?, weights))) {
            remarks.push(format!(
                "The figures of {} are the weights: with them {} of {} totals come out, and {} without.",
                name_of_weights(&grid, line),
                weights.agreed,
                weights.of,
                weights.without
            ));
            layout = Layout::with_weights(&grid, &words, weights.at)?;
        }
    }
    Ok(FoundMatrix { grid, layout, words, explained, elsewhere, remarks })
}

/// ``row 20, `Importance` ``.
fn name_of_weights(grid: &Grid, line: &GridLine) -> String {
    let name = grid.name_of_line(line.number);
    match line.cells.values().find(|value| is_text(value)) {
        Some(label) => format!("{name}, `{}`,", label.text()),
        None => name,
    }
}

/// A sheet of the workbook, and whether it is hidden there.
struct BookSheet {
    sheet: Sheet,
    hidden: bool,
}

impl BookSheet {
    fn in_words(&self) -> String {
        let name = self.sheet.name.clone().unwrap_or_default();
        if self.hidden { format!("`{name}` (hidden)") } else { format!("`{name}`") }
    }
}

/// The sheets; hidden ones are left out where that is asked for, unless one of them is the one that is named.
fn sheets(
    files: &dyn Files,
    book: &mut Book,
    options: &MatrixOptions,
    remarks: &mut Vec<String>,
) -> Result<Vec<BookSheet>, Problem> {
    let wanted = options.sheet.as_deref().map(|name| book.number_of(name)).transpose()?;
    let (mut sheets, mut left_out) = (Vec::new(), Vec::new());
    for number in 0..book.names().len() {
        let sheet = book.sheet(number)?;
        let hidden = match &sheet.name {
            Some(name) => HiddenParts::of(files, &options.path, name)?.sheet,
            None => false,
        };
        let found = BookSheet { sheet, hidden };
        match hidden && options.leave_out_hidden && wanted != Some(number) {
            true => left_out.push(found.in_words()),
            false => sheets.push(found),
        }
    }
    if !left_out.is_empty() {
        remarks.push(format!("Sheets that are left out, as is asked for: {}.", crate::words::listed(&left_out)));
    }
    Ok(sheets)
}

/// That the file is a workbook of ours, which has an import of its own.
fn our_own(sheets: &[BookSheet], options: &MatrixOptions) -> Option<Problem> {
    let named =
        |wanted: &str| sheets.iter().map(|found| &found.sheet).find(|sheet| sheet.name.as_deref() == Some(wanted));
    let about = named("About")?;
    named("Scoring").and(named("Weights"))?;
    about.rows.iter().find(|row| row.text(0) == "Digest of the rule set")?;
    let message = format!("`{}` is a workbook that `prioritise rank` wrote", options.path);
    let help =
        "bring back what was changed in it with `prioritise import workbook`, beside the assessment it was made of";
    Some(Problem::new(Code::ImportOption, message).help(help))
}

/// Which way the criteria run: as asked, or as the weights do.
fn run(sheet: &Sheet, options: &MatrixOptions) -> CriteriaRun {
    if let Some(run) = options.criteria {
        return run;
    }
    let grid = |run| Grid::new(sheet.clone(), HiddenParts::default(), run);
    let (across, down) = (grid(CriteriaRun::Across), grid(CriteriaRun::Down));
    match (weight_lines(&across).is_empty(), weight_lines(&down).is_empty()) {
        (false, _) => CriteriaRun::Across,
        (true, false) => CriteriaRun::Down,
        (true, true) => {
            let first = |grid: &Grid| {
                let layout = Layout::find(grid, &ScoreWords::new()).ok()?;
                Some(grid.lines.get(layout.header)?.text(layout.label))
            };
            match first(&across).is_some_and(|label| words::is_criteria(&label)) {
                true => CriteriaRun::Down,
                false => CriteriaRun::Across,
            }
        }
    }
}

/// The number of the sheet that has a matrix: with weights, or else without.
fn the_matrix(sheets: &[BookSheet], options: &MatrixOptions, words: &ScoreWords) -> Result<usize, Problem> {
    if let [_] = sheets {
        return Ok(0);
    }
    let mut found: Vec<(bool, usize)> = Vec::new();
    for (number, sheet) in sheets.iter().map(|found| &found.sheet).enumerate() {
        let grid = Grid::new(sheet.clone(), HiddenParts::default(), run(sheet, options));
        // What can't be read for another reason than its layout is told when it is read.
        let weighted = !weight_lines(&grid).is_empty();
        let has_scores = match Layout::find(&grid, words) {
            Ok(layout) => {
                layout.roles.values().filter(|role| matches!(role, Role::Criterion | Role::Doubtful)).count() > 1
            }
            Err(_) => weighted && weight_list(sheet).is_none() && options.leave_out.is_empty() == weighted,
        };
        if has_scores {
            found.push((weighted, number));
        }
    }
    let weighted: Vec<usize> = found.iter().filter(|(weighted, _)| *weighted).map(|(_, number)| *number).collect();
    let all: Vec<usize> = found.iter().map(|(_, number)| *number).collect();
    match (&*weighted, &*all) {
        ([only], _) | ([], [only]) => Ok(*only),
        ([], []) => {
            let message = format!("no sheet of `{}` has names of criteria with scores below them", options.path);
            Err(Problem::new(Code::BadWorkbook, message)
                .help("put the criteria's names into a row above the scores, and the candidates' before them"))
        }
        (several @ [_, ..], _) | ([], several) => {
            let found: Vec<&BookSheet> = several.iter().filter_map(|at| sheets.get(*at)).collect();
            let names: Vec<String> = found.iter().map(|found| found.in_words()).collect();
            let message = format!("several sheets have scores: {}", crate::words::listed(&names));
            let help = match found.iter().any(|found| found.hidden) {
                true => "name the one with `--sheet`; `--leave-out-hidden` leaves out those that are hidden",
                false => "name the one with `--sheet`",
            };
            Err(option_problem(message, help))
        }
    }
}

/// Two columns, criteria and their weights, and nothing else.
fn weight_list(sheet: &Sheet) -> Option<(Vec<(String, f64)>, String)> {
    let grid = Grid::new(sheet.clone(), HiddenParts::default(), CriteriaRun::Down);
    let [weights] = *weight_lines(&grid) else { return None };
    let line = grid.lines.get(weights)?;
    let names = grid.lines.get(weights.checked_sub(1)?)?;
    let pairs: Vec<(String, f64)> = line
        .cells
        .iter()
        .filter_map(|(cross, value)| Some((names.get(*cross)?.text(), super::weights::weight(value)?)))
        .collect();
    (!pairs.is_empty()).then(|| (pairs, sheet.title()))
}

/// What words stand for: as said, or as a key in the file has it.
fn score_words(sheets: &[BookSheet], options: &MatrixOptions) -> (ScoreWords, Vec<String>) {
    let mut known = ScoreWords::new();
    let mut contradicted: Vec<String> = Vec::new();
    for row in sheets.iter().flat_map(|found| &found.sheet.rows) {
        let cells: Vec<&CellValue> = row.cells().map(|(_, value)| value).collect();
        let texts = cells.iter().filter_map(|value| match value {
            CellValue::Text(text) => Some(legend(text)),
            _ => None,
        });
        let mut said: Vec<(String, f64)> = texts.filter(|pairs| pairs.len() > 1 || is_word(pairs)).flatten().collect();
        said.extend(key_line(&cells));
        for (word, number) in said {
            let word = header_words(&word);
            match known.get(&word) {
                Some(other) if *other != number => contradicted.push(word),
                _ => drop(known.insert(word, number)),
            }
        }
    }
    known.retain(|word, _| !contradicted.contains(word));
    let explained = known.iter().map(|(word, number)| format!("`{word}` is {number}")).collect();
    for (word, number) in &options.words {
        known.insert(header_words(word), *number);
    }
    (known, explained)
}

fn is_word(pairs: &[(String, f64)]) -> bool {
    pairs.iter().all(|(word, _)| words::is_score_word(word))
}

/// A row of a key: a word for a score and its number next to each other, and perhaps what they mean.
pub(super) fn key_line(cells: &[&CellValue]) -> Option<(String, f64)> {
    let ([first, second] | [first, second, CellValue::Text(_)]) = cells else { return None };
    let number = |value: &CellValue| value.text().parse::<f64>().ok();
    let word = |value: &CellValue| Some(value.text()).filter(|text| words::is_score_word(text));
    word(first).zip(number(second)).or_else(|| word(second).zip(number(first)))
}

/// Takes away what a person leaves out, and what is hidden where that is asked for.
fn leave_out(
    grid: &mut Grid,
    options: &MatrixOptions,
    words: &ScoreWords,
    remarks: &mut Vec<String>,
) -> Result<(), Problem> {
    let (lines, crosses) = grid.hidden_parts();
    if !lines.is_empty() || !crosses.is_empty() {
        let names: Vec<String> = lines
            .iter()
            .map(|line| grid.name_of_line(*line))
            .chain(crosses.iter().map(|cross| grid.name_of_cross(*cross)))
            .collect();
        let done = if options.leave_out_hidden {
            "left out"
        } else {
            "read like the others; `--leave-out-hidden` leaves them out"
        };
        remarks.push(format!("Hidden in the spreadsheet, and {done}: {}.", crate::words::listed(&names)));
    }
    if grid.hidden.sheet {
        remarks.push(format!("The {} is hidden in the workbook.", grid.sheet.title()));
    }
    if options.leave_out_hidden {
        grid.leave_out(&lines, &crosses, "hidden");
    }
    for name in &options.leave_out {
        let (lines, crosses) = named(grid, name, words)?;
        grid.leave_out(&lines, &crosses, "left out as asked");
    }
    Ok(())
}

/// The lines and crosses of a name.
fn named(grid: &Grid, name: &str, known: &ScoreWords) -> Result<(Vec<u32>, Vec<u32>), Problem> {
    let found = grid.named(name);
    if !found.0.is_empty() || !found.1.is_empty() {
        return Ok(found);
    }
    let same = |text: &str| is_named(text, name) || is_named(&header_parts(text).title, name);
    let layout = Layout::find(grid, known).ok();
    let header = layout.as_ref().and_then(|layout| grid.lines.get(layout.header));
    let mut crosses: Vec<u32> = Vec::new();
    if let Some((layout, header)) = layout.as_ref().zip(header) {
        crosses.extend(header.cells.iter().filter(|(_, value)| same(&value.text())).map(|(cross, _)| *cross));
        if crosses.is_empty() {
            let in_section = |cross: &u32| layout.section_text(grid, *cross).is_some_and(|text| same(&text));
            crosses.extend(layout.roles.keys().copied().filter(in_section));
        }
    }
    let lines: Vec<u32> = match crosses.is_empty() {
        true => {
            let has = |line: &&GridLine| line.cells.values().any(|value| same(&value.text()));
            grid.lines.iter().filter(has).map(|line| line.number).collect()
        }
        false => Vec::new(),
    };
    if lines.is_empty() && crosses.is_empty() {
        let there: Vec<String> = header.into_iter().flat_map(|line| line.cells.values().map(CellValue::text)).collect();
        let help = did_you_mean(name, there.iter().map(String::as_str));
        return Err(
            Problem::new(Code::NotInFile, format!("`--leave-out`: there is no `{name}` in the sheet")).help(help)
        );
    }
    Ok((lines, crosses))
}

/// Whether a text explains words: it is a key, and no candidate.
pub(super) fn is_key(text: &str) -> bool {
    legend(text).len() > 1 || number_and_word(text).is_some_and(|(_, word)| words::is_score_word(&word))
}
