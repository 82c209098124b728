//! The workbook as it leaves the engine: its figures are the engine's, its bytes are the same each time, and nobody's
//! words are ever a formula.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::num::NonZeroUsize;

use calamine::{Data, Reader as _, Xlsx};
use prioritise::diagnostic::Problems;
use prioritise::report;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::edits::{BASE, Edits};
use crate::support::{FIXTURES, Folder, command, in_repository, names_in, rank};

/// The workbook of an assessment.
pub(crate) fn workbook_of(files: &Folder, path: &str) -> Vec<u8> {
    let mut problems = Problems::default();
    let loaded = prioritise::load(files, path, None, &mut problems);
    let Some((assessment, rules)) = loaded else { panic!("{path}: {:#?}", problems.sorted()) };
    let report = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).unwrap();
    report::workbook(&report).unwrap()
}

/// The parts of a workbook, by name.
pub(crate) fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let text = |name: &String| {
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        (name.clone(), text)
    };
    names.iter().map(text).collect()
}

/// The workbook with other numbers in cells, as a person would type them; formulas keep what they showed before.
pub(crate) fn with_numbers(bytes: &[u8], cells: &[(usize, String, f64)]) -> Vec<u8> {
    let mut parts = parts(bytes);
    for (sheet, cell, number) in cells {
        let text = parts.get_mut(&format!("xl/worksheets/sheet{sheet}.xml")).unwrap();
        let start = text.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no cell {cell}"));
        let value = start + text[start..].find("<v>").unwrap() + 3;
        let end = value + text[value..].find("</v>").unwrap();
        assert!(!text[start..value].contains("<f>") && !text[start..value].contains("</c>"), "{cell} is no input");
        text.replace_range(value..end, &number.to_string());
        // It may have held a word.
        let kind = text[start..value].replace(" t=\"s\"", "");
        text.replace_range(start..value, &kind);
    }
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// What a cell shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shown {
    Nothing,
    Number(f64),
    Text(String),
}

impl Shown {
    pub(crate) fn as_text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// Whether it is this figure or word of a CSV file; there, nothing stands where a dash stands here.
    fn is(&self, cell: &str) -> bool {
        match (self, cell.parse::<f64>()) {
            (Self::Number(number), Ok(expected)) => near(*number, expected),
            (Self::Text(text), Err(_)) if cell.is_empty() => text == "–",
            (Self::Text(text), Err(_)) => text.trim_end() == cell.trim_start_matches('\''),
            (Self::Nothing, Err(_)) => cell.is_empty(),
            _ => false,
        }
    }
}

/// The same but for the last bits.
fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(1.0)
}

/// A formula and the row and column of its cell.
type Formula = ((u32, u32), String);

/// A workbook, read.
pub(crate) struct Book {
    sheets: BTreeMap<String, Vec<Vec<Shown>>>,
    formulas: BTreeMap<String, Vec<Formula>>,
}

impl Book {
    pub(crate) fn open(bytes: Vec<u8>) -> Self {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let (mut sheets, mut formulas) = (BTreeMap::new(), BTreeMap::new());
        for name in book.sheet_names() {
            let range = book.worksheet_range(&name).unwrap();
            let (rows, columns) = range.end().unwrap();
            let shown = |row: u32, column: u32| match range.get_value((row, column)) {
                None | Some(Data::Empty) => Shown::Nothing,
                Some(Data::Float(number)) => Shown::Number(*number),
                Some(Data::Int(number)) => Shown::Number(f64::from(i32::try_from(*number).unwrap())),
                Some(Data::String(text)) if text.is_empty() => Shown::Nothing,
                Some(Data::String(text)) => Shown::Text(text.clone()),
                Some(other) => Shown::Text(format!("{other:?}")),
            };
            let grid = (0..=rows).map(|row| (0..=columns).map(|column| shown(row, column)).collect()).collect();
            let range = book.worksheet_formula(&name).unwrap();
            let start = range.start().unwrap_or_default();
            let place = |row: usize, column: usize| {
                (start.0 + u32::try_from(row).unwrap(), start.1 + u32::try_from(column).unwrap())
            };
            let used = range.used_cells().map(|(row, column, formula)| (place(row, column), formula.clone())).collect();
            formulas.insert(name.clone(), used);
            sheets.insert(name, grid);
        }
        Self { sheets, formulas }
    }

    pub(crate) fn rows(&self, sheet: &str) -> &[Vec<Shown>] {
        &self.sheets[sheet]
    }

    /// A sheet's rows below the headers, by its headers.
    fn table(&self, sheet: &str) -> (Vec<String>, &[Vec<Shown>]) {
        let rows = self.rows(sheet);
        (rows[2].iter().map(|header| header.as_text().to_owned()).collect(), &rows[3..])
    }

    /// Where the sheets differ from the engine's ranking, given as CSV.
    pub(crate) fn differences(&self, expected: &str) -> Vec<String> {
        let mut reader = csv::Reader::from_reader(expected.as_bytes());
        let headers: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
        let mut wrong = Vec::new();
        let mut compare = |what: &str, shown: &Shown, row: &[String], at: usize| {
            if !shown.is(&row[at]) {
                wrong.push(format!("{} {}: {what} is {shown:?}, the engine has {:?}", row[1], headers[at], row[at]));
            }
        };
        let (names, ranking) = self.table("Ranking");
        let named = |names: &[String], name: &str| names.iter().position(|it| it == name).unwrap();
        let (_, scores) = self.table("Scoring");
        assert_eq!(scores.len(), rows.len());
        // Below the list stand the gates.
        assert!(ranking.get(rows.len()).is_none_or(|line| line.iter().all(|cell| *cell == Shown::Nothing)));
        for (line, row) in ranking.iter().zip(&rows) {
            for (name, csv) in [
                ("Rank", "rank"),
                ("Candidate", "title"),
                ("Tier", "tier"),
                ("Total", "total"),
                ("Could be: low", "could be from"),
                ("Could be: high", "could be to"),
            ] {
                compare("the list", &line[named(&names, name)], row, column(csv));
            }
        }
        let criteria: Vec<&str> = headers.iter().filter_map(|header| header.strip_suffix(" measure")).collect();
        for row in &rows {
            let line = scores.iter().find(|line| line[1].is(&row[1])).unwrap();
            for (number, criterion) in criteria.iter().enumerate() {
                let earned = if headers.contains(&format!("{criterion} points")) { "points" } else { "factor" };
                for (place, part) in [(1, "value"), (2, "weight"), (3, earned)] {
                    let at = column(&format!("{criterion} {part}"));
                    let shown = &line[3 + 4 * number + place];
                    // Where the rules do not rank without the answer, the zero in the cell is shown as a dash.
                    let dashed = part == earned && row[at].is_empty() && shown.is("0");
                    compare("the sheet of scores", if dashed { &Shown::Nothing } else { shown }, row, at);
                }
            }
        }
        wrong
    }

    /// Cells that show something else than those of another copy of this workbook.
    pub(crate) fn cells_that_differ(&self, other: &Self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (sheet, rows) in &self.sheets {
            for (row, cells) in rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    let there = other.sheets[sheet].get(row).and_then(|cells| cells.get(column));
                    let same = match (cell, there.unwrap_or(&Shown::Nothing)) {
                        (Shown::Number(a), Shown::Number(b)) => near(*a, *b),
                        (Shown::Text(a), Shown::Text(b)) => a.trim_end() == b.trim_end(),
                        (a, b) => a == b,
                    };
                    if !same {
                        wrong.push(format!("{sheet} row {} column {}: {cell:?}, {there:?}", row + 1, column + 1));
                    }
                }
            }
        }
        wrong
    }
}

#[test]
fn the_figures_shown_are_the_engines() {
    let fixtures = Folder::of_fixtures();
    let fixtures = FIXTURES.map(|fixture| (format!("fixtures/{fixture}"), fixtures.clone()));
    let variants = names_in("tests/variants", ".toml");
    let variants = variants.iter().map(|name| (BASE.to_owned(), Edits::read("variants", name).apply()));
    for (path, files) in fixtures.into_iter().chain(variants) {
        let book = Book::open(workbook_of(&files, &path));
        assert_eq!(book.differences(&rank(&files, &path).outputs()[3]), [""; 0], "{path}");
        assert_eq!(book.rows("Ranking")[1][0].as_text(), "As the engine ranked it.");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_and_no_clock_shows() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("list.xlsx");
    let arguments = ["rank", "fixtures/starter", "--format", "xlsx", "--quiet"];
    let written = command(&arguments).arg("-o").arg(&file).output().unwrap();
    assert_eq!((written.status.code(), written.stdout.len(), written.stderr.len()), (Some(0), 0, 0));
    let piped = command(&arguments).env("TZ", "Asia/Tokyo").output().unwrap();
    assert_eq!(piped.stdout, std::fs::read(&file).unwrap());
    for (name, text) in parts(&piped.stdout) {
        let dates = text.match_indices("T00:00:00Z").count();
        assert_eq!(text.matches("2000-01-01T00:00:00Z").count(), dates, "{name}");
        assert!(!text.contains(":creator>") || text.contains("<dc:creator></dc:creator>"), "{name}: {text}");
    }
    let mut archive = ZipArchive::new(Cursor::new(&piped.stdout)).unwrap();
    for at in 0..archive.len() {
        let entry = archive.by_index(at).unwrap();
        assert_eq!(entry.last_modified(), Some(zip::DateTime::default()), "{}", entry.name().unwrap());
    }
}

#[test]
fn more_candidates_than_a_spreadsheet_can_compare_are_refused() {
    let mut files = Folder::of(&[BASE]);
    let rows: Vec<String> = (0..4_998).map(|number| format!("one-{number},One,1,1")).collect();
    files.write(&format!("{BASE}/survey.csv"), format!("theme,name,concern,calls\n{}\n", rows.join("\n")));
    let mut problems = Problems::default();
    let (assessment, rules) = prioritise::load(&files, BASE, None, &mut problems).unwrap();
    let report = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).unwrap();
    let problem = report::workbook(&report).unwrap_err();
    let said = format!("{}: {}; {}", problem.code.name(), problem.message, problem.help.unwrap());
    insta::assert_snapshot!(
        said,
        @"write-failed: a workbook recomputes up to 5,000 candidates and 100 criteria; here are 5,002 and 8; write CSV or JSON instead"
    );
}

#[test]
fn the_guide_names_every_sheet() {
    let guide = std::fs::read_to_string(in_repository("docs/workbook.md")).unwrap();
    let named = |line: &str| Some(line.strip_prefix("| ")?.split_once(" |")?.0.to_owned());
    let named: Vec<String> = guide.lines().filter_map(named).skip(2).collect();
    // Its rules leave missing answers out, so that their weights are shared out.
    let bytes = workbook_of(&Folder::of_fixtures(), "fixtures/starter");
    let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(named, book.sheet_names());
}

/// What people should not be able to do with words.
const TRICKS: [&str; 10] = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+2",
    "@SUM(1)",
    "\t=1",
    "=1\n\"+2\"",
    "</script><script>alert(1)</script>",
    "| a | b |",
    "https://example.org/?a=1",
    "_x003D_1+1",
];

/// Keys of assessments and rule sets under which stands text for readers.
const TEXTS: [&str; 16] = [
    "title",
    "partnership",
    "publisher",
    "note",
    "where",
    "about",
    "by",
    "because",
    "caveats",
    "name",
    "version",
    "weights_because",
    "question",
    "unit",
    "reason",
    "missing",
];

/// The base assessment with more text in it, all of it the same.
pub(crate) fn with_text_everywhere(text: &str) -> (Folder, usize) {
    let mut files = Folder::of(&[BASE]);
    let more = "note = \"N\"\ncaveats = [\"C\"]\npublished = [{ change = \"9.7\", where = \"W\" }]\n\n[candidate.evidence.severity]";
    let burglary = format!("{BASE}/evidence/burglary.toml");
    files.edit(&burglary, "\n[candidate.evidence.severity]", more);
    let assessment = format!("{BASE}/assessment.toml");
    files.edit(&assessment, "where  = \"Mid-year estimates\"", "where = \"M\"\nnote = \"N\"");
    files.edit(&assessment, "date      = \"2026-04\"", "date = \"2026-04\"\nnote = \"N\"");
    let ruleset = format!("{BASE}/rules/ruleset.toml");
    files.edit(&ruleset, "version  = \"1\"", "version = \"1\"\nabout = \"A\"\nweights_because = \"W\"");
    let survey = format!("{BASE}/survey.csv");
    let quoted = format!("\"{}\"", text.replace('"', "\"\""));
    let named = files
        .text(&survey)
        .replace("Burglary", &quoted)
        .replace("Robbery", &quoted)
        .replace("\"Fraud, all kinds\"", &quoted);
    files.write(&survey, named.replace("Graffiti", &quoted));
    let count = std::cell::Cell::new(0);
    let changed = files.map(|path, content| {
        if !path.ends_with(".toml") {
            return content;
        }
        let mut table: toml::Table = content.parse().unwrap();
        let rules = path.ends_with("ruleset.toml");
        table.iter_mut().for_each(|(key, value)| replace(key, value, text, rules, &count));
        table.to_string()
    });
    (changed, count.get())
}

fn replace(key: &str, value: &mut toml::Value, text: &str, rules: bool, count: &std::cell::Cell<usize>) {
    match value {
        // The column of a table; the name of a policy.
        toml::Value::String(old) if old == "name" || (rules && key == "missing") => {}
        toml::Value::String(old) if TEXTS.contains(&key) => {
            text.clone_into(old);
            count.set(count.get() + 1);
        }
        toml::Value::Array(items) => items.iter_mut().for_each(|item| replace(key, item, text, rules, count)),
        toml::Value::Table(table) => {
            table.iter_mut().for_each(|(key, value)| replace(key, value, text, rules, count));
        }
        _ => {}
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn nobodys_words_are_a_formula_or_a_link() {
    // The formulas are the same whatever the words.
    let plain = Book::open(workbook_of(&with_text_everywhere("Words").0, BASE)).formulas;
    for trick in TRICKS {
        let (files, count) = with_text_everywhere(trick);
        assert!(count > 60, "{count}");
        let bytes = workbook_of(&files, BASE);
        let book = Book::open(bytes.clone());
        assert_eq!(book.formulas, plain, "{trick}");
        let cells = book.sheets.values().flatten().flatten();
        let shown = cells.filter(|cell| on_one_line(cell.as_text()).contains(&on_one_line(trick))).count();
        assert!(shown > 60, "{trick}: shown {shown} times");
        for (name, text) in parts(&bytes) {
            assert!(!text.contains("<hyperlink") && !name.contains("externalLink"), "{name}");
        }
        inert_csv(&rank(&files, BASE).outputs()[3], trick);
    }
}

/// Sees that no cell of a CSV file but a number begins like a formula, and that every row is whole.
fn inert_csv(text: &str, trick: &str) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4);
    assert!(rows.iter().all(|row| row[2].trim_start_matches('\'') == on_one_line(trick)), "{text}");
    for cell in rows.iter().flatten() {
        let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert!(!risky || cell.parse::<f64>().is_ok() && !trick.starts_with(cell), "{cell}");
    }
}
