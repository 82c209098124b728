//! Scoring spreadsheets: the folder that is written ranks at once, in the spreadsheet's own order and with its totals.
//! `tests/imports/matrix/NAME.toml` is a sheet as people make them; its snapshot is what the import says and the list that
//! the engine makes of it. Adding a case is adding a file.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use insta::Settings;
use prioritise::assessment::CandidateKind;
use prioritise::import::Import;
use prioritise::import::matrix::{
    CombineScores, CriteriaRun, MatrixDetails, MatrixImport, MatrixOptions, SectionWeights, read,
};
use prioritise::imported::compare;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook};
use serde::Deserialize;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::{Folder, in_repository, names_in, rank, told};

fn options(path: &str) -> MatrixOptions {
    MatrixOptions {
        path: path.into(),
        sheet: None,
        scale: None,
        words: Vec::new(),
        criteria: None,
        combine: None,
        sections: None,
        leave_out: Vec::new(),
        keep: Vec::new(),
        leave_out_hidden: false,
    }
}

fn details() -> MatrixDetails {
    MatrixDetails {
        by: "Community safety analyst".into(),
        date: "2026-04-20".into(),
        because: "Scored at the spring workshop.".into(),
        title: "Priorities 2026/27".into(),
        partnership: "Our Community Safety Partnership".into(),
        period: "2025/26".into(),
        kind: CandidateKind::Theme,
        places: None,
    }
}

/// The files in a folder.
fn folder(made: &Import) -> Folder {
    let mut files = Folder::default();
    for (name, text) in &made.files {
        files.write(name, text.as_str());
    }
    files
}

/// Ids and totals in the order of the list.
fn list(made: &Import) -> Vec<(String, String)> {
    let [_, _, _, csv, _] = rank(&folder(made), "assessment.toml").outputs();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (id, total) = (column("id"), column("total"));
    reader.records().map(Result::unwrap).map(|row| (row[id].to_owned(), row[total].to_owned())).collect()
}

/// The titles of the criteria.
fn criteria(made: &Import) -> Vec<String> {
    let (_, text) = made.files.iter().find(|(name, _)| name == "rules/ruleset.toml").unwrap();
    let rules: toml::Table = text.parse().unwrap();
    let criteria = rules["criterion"].as_array().unwrap();
    criteria.iter().map(|criterion| criterion["title"].as_str().unwrap().to_owned()).collect()
}

fn made(path: &str, bytes: impl Into<Vec<u8>>, options: &MatrixOptions) -> Result<Import, String> {
    made_with(path, bytes, options, &details())
}

fn made_with(
    path: &str,
    bytes: impl Into<Vec<u8>>,
    options: &MatrixOptions,
    details: &MatrixDetails,
) -> Result<Import, String> {
    let mut files = Folder::default();
    files.write(path, bytes);
    let sheet = read(&files, options).map_err(|problems| told(&problems))?;
    let MatrixImport { import: mut made, list } = sheet.folder(details);
    made.account.balance().unwrap();
    made.remarks.extend(compare(&made, &list).map_err(|problems| told(&problems))?);
    Ok(made)
}

fn shown(made: &Import) -> String {
    let files: Vec<String> = made.files.iter().map(|(name, text)| format!("--- {name}\n{text}\n")).collect();
    let files = files.concat();
    format!("{files}---\n{}{}", made.account, made.remarks.join("\n"))
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Read me").unwrap().write(0, 0, "How we score").unwrap();
    let sheet = book.add_worksheet().set_name("Matrix").unwrap();
    sheet.write(0, 0, "Scoring matrix, scale 1 to 5").unwrap();
    for (column, (header, weight)) in (1..).zip([("Harm", 50), ("Volume", 30), ("Public concern {all}", 20)]) {
        sheet.write(2, column, header).unwrap().write(3, column, weight).unwrap();
    }
    sheet.write(2, 0, "Theme").unwrap().write(3, 0, "Weighting").unwrap();
    sheet.write(2, 4, "Total").unwrap().write(2, 5, "Rank").unwrap().write(3, 4, 100).unwrap();
    for (row, (title, scores, total)) in (4..).zip([
        ("Burglary", [3, 2, 5], 310),
        ("Domestic abuse", [5, 4, 3], 430),
        ("Anti-social behaviour", [2, 5, 4], 999),
    ]) {
        sheet.write(row, 0, title).unwrap();
        for (column, score) in (1..).zip(scores) {
            sheet.write(row, column, score).unwrap();
        }
        sheet.write_formula(row, 4, Formula::new("=SUM(1)").set_result(total.to_string())).unwrap();
        sheet.write(row, 5, 1).unwrap();
    }
    sheet.write(8, 0, "Agreed at the spring workshop").unwrap();
    book.save_to_buffer().unwrap()
}

/// A case: a CSV file, or the sheets of a workbook, and what is asked of the import.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    csv: Option<String>,
    #[serde(default)]
    sheet: Vec<CaseSheet>,
    scale: Option<(f64, f64)>,
    #[serde(default)]
    words: BTreeMap<String, f64>,
    criteria: Option<String>,
    combine: Option<String>,
    section_weights: Option<String>,
    #[serde(default)]
    leave_out: Vec<String>,
    #[serde(default)]
    keep: Vec<String>,
    #[serde(default)]
    leave_out_hidden: bool,
}

/// A sheet of a workbook, its cells as CSV: what is a number there is one in the workbook, and what begins with `=` is
/// a formula without its answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseSheet {
    name: String,
    csv: String,
    #[serde(default)]
    hidden: bool,
    #[serde(default)]
    hidden_rows: Vec<u32>,
    #[serde(default)]
    hidden_columns: Vec<String>,
    #[serde(default)]
    merged: Vec<String>,
    #[serde(default)]
    percent: Vec<String>,
}

impl Case {
    fn options(&self, path: &str) -> MatrixOptions {
        let word = |text: &Option<String>| text.clone().unwrap_or_default();
        MatrixOptions {
            scale: self.scale,
            words: self.words.clone().into_iter().collect(),
            criteria: match &*word(&self.criteria) {
                "across" => Some(CriteriaRun::Across),
                "down" => Some(CriteriaRun::Down),
                _ => None,
            },
            combine: match &*word(&self.combine) {
                "sum" => Some(CombineScores::Sum),
                "product" => Some(CombineScores::Product),
                "sections" => Some(CombineScores::Sections),
                _ => None,
            },
            sections: match &*word(&self.section_weights) {
                "shared" => Some(SectionWeights::Shared),
                "multiplied" => Some(SectionWeights::Multiplied),
                _ => None,
            },
            leave_out: self.leave_out.clone(),
            keep: self.keep.clone(),
            leave_out_hidden: self.leave_out_hidden,
            ..options(path)
        }
    }

    /// The file's name and bytes.
    fn file(&self) -> (&'static str, Vec<u8>) {
        if let Some(csv) = &self.csv {
            return ("matrix.csv", csv.clone().into_bytes());
        }
        let mut book = Workbook::new();
        for sheet in &self.sheet {
            sheet.write(book.add_worksheet());
        }
        ("matrix.xlsx", without_answers(&book.save_to_buffer().unwrap()))
    }
}

/// The workbook without the zeros that were written for what nobody worked out.
fn without_answers(book: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        new.start_file(name, SimpleFileOptions::default()).unwrap();
        new.write_all(text.replace("</f><v>0</v>", "</f>").as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

impl CaseSheet {
    fn write(&self, sheet: &mut rust_xlsxwriter::Worksheet) {
        sheet.set_name(&self.name).unwrap();
        let percent: Vec<_> = self.percent.iter().map(|area| corners(area)).collect();
        let (plain, share) = (Format::new(), Format::new().set_num_format("0%"));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(self.csv.as_bytes());
        for (row, record) in (0..).zip(reader.records().map(Result::unwrap)) {
            for (column, text) in (0..).zip(&record) {
                let inside = |((top, left), (bottom, right)): &((u32, u16), (u32, u16))| {
                    (*top..=*bottom).contains(&row) && (*left..=*right).contains(&column)
                };
                let format = if percent.iter().any(inside) { &share } else { &plain };
                // A formula that no spreadsheet has worked out.
                if text.starts_with('=') {
                    sheet.write_formula(row, column, text).unwrap();
                    continue;
                }
                match text.parse::<f64>() {
                    Ok(number) => drop(sheet.write_with_format(row, column, number, format).unwrap()),
                    Err(_) if text.is_empty() => {}
                    Err(_) => drop(sheet.write(row, column, text).unwrap()),
                }
            }
        }
        for area in &self.merged {
            let ((top, left), (bottom, right)) = corners(area);
            let mut reader =
                csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(self.csv.as_bytes());
            let record = reader.records().nth(top as usize).unwrap().unwrap();
            sheet.merge_range(top, left, bottom, right, &record[usize::from(left)], &plain).unwrap();
        }
        for row in &self.hidden_rows {
            sheet.set_row_hidden(row - 1).unwrap();
        }
        for column in &self.hidden_columns {
            sheet.set_column_hidden(corner(&format!("{column}1")).1).unwrap();
        }
        if self.hidden {
            sheet.set_hidden(true);
        }
    }
}

/// `B2:C4` as rows and columns from 0.
fn corners(area: &str) -> ((u32, u16), (u32, u16)) {
    let (first, last) = area.split_once(':').unwrap();
    (corner(first), corner(last))
}

fn corner(cell: &str) -> (u32, u16) {
    let (letter, row) = cell.split_at(1);
    (row.parse::<u32>().unwrap() - 1, u16::from(letter.as_bytes()[0] - b'A'))
}

#[test]
fn sheets_as_people_make_them() {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../imports/matrix/found");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for name in names_in("tests/imports/matrix", ".toml") {
            let text = std::fs::read_to_string(in_repository(&format!("tests/imports/matrix/{name}"))).unwrap();
            let case: Case = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            let (path, bytes) = case.file();
            let found = match made(path, bytes, &case.options(path)) {
                Err(told) => told,
                Ok(made) => {
                    let list: Vec<String> =
                        list(&made).iter().map(|(id, total)| format!("{total:>12}  {id}\n")).collect();
                    let names = criteria(&made).join(", ");
                    format!("{}\n{}\n\ncriteria: {names}\n{}", made.account, made.remarks.join("\n"), list.concat())
                }
            };
            insta::assert_snapshot!(name.trim_end_matches(".toml"), found);
        }
    });
}

#[test]
fn a_workbook_becomes_a_folder_that_ranks_with_its_own_totals() {
    let made = made("matrix.xlsx", workbook(), &options("matrix.xlsx")).unwrap();
    insta::assert_snapshot!(shown(&made));
    let list = list(&made);
    let list: Vec<(&str, &str)> = list.iter().map(|(id, total)| (&**id, &**total)).collect();
    assert_eq!(list, [("domestic-abuse", "430.0000"), ("anti-social-behaviour", "330.0000"), ("burglary", "310.0000")]);
}

#[test]
fn weights_above_the_headers_and_scores_that_are_missing() {
    let csv = "Weight,2,1\nCandidate,Harm,Likelihood\nFires,3,\nFraud,1,2\n,4,2\nTotal,4,2\n";
    let options = MatrixOptions { scale: Some((0.0, 3.0)), ..options("matrix.csv") };
    let made = made_with("matrix.csv", csv, &options, &MatrixDetails { places: Some(1), ..details() }).unwrap();
    insta::assert_snapshot!(shown(&made));
    let fraud = list(&made).into_iter().find(|(id, _)| id == "fraud").unwrap();
    assert_eq!(fraud.1, "4.0000");
}

#[test]
fn totals_that_are_equal_stay_equal_where_weights_are_no_whole_numbers() {
    // 4.5 × 4 + 1.8 × 5 and 4.5 × 2 + 1.8 × 10 are both 27.
    let csv = "Weight,4.5,1.8,3.2\nCandidate,Harm,Volume,Trend\nFires,4,5,0\nFraud,2,10,0\n";
    let options = MatrixOptions { scale: Some((0.0, 10.0)), ..options("matrix.csv") };
    let made = made("matrix.csv", csv, &options).unwrap();
    assert_eq!(made.remarks[0], "Totals are weight × score, added up.");
    let csv = csv.replace("4.5,1.8,3.2", "4.5,1.8,3.25");
    let made = self::made("matrix.csv", csv, &options).unwrap();
    assert_eq!(made.remarks[0], "Totals are 10 times weight × score, added up.");
    let totals: Vec<String> = list(&made).into_iter().map(|(_, total)| total).collect();
    assert_eq!(totals, ["270.0000", "270.0000"]);
}

#[test]
fn what_stops_a_matrix() {
    let said = |csv: &str, scale: Option<(f64, f64)>| {
        made("matrix.csv", csv, &MatrixOptions { scale, ..options("matrix.csv") }).unwrap_err()
    };
    let five = Some((1.0, 5.0));
    insta::assert_snapshot!(
        [
            said("Theme,Fires\n", five),
            said("Theme,Harm,Volume\nWeight,2,1\nFires,3,4\n", None),
            said("Theme,Harm,Volume\nWeight,2,1\nFires,3,4\n", Some((5.0, 1.0))),
            said("Theme,Harm,Volume\nWeight,2,1\nFires,6,high\nFires,1,1\n", five),
            said("Theme,Harm,Harm\nWeight,2,x\nFires,3,4\n", five),
            said("Theme,Harm,Volume\nWeight,0,0\nFires,3,4\n", five),
            said("Weight,1,2\nFires,3,4\n", five),
            said("Theme,Harm,Volume\nWeight,2,1\n", five),
            made("matrix.xlsx", workbook(), &MatrixOptions { sheet: Some("Matrx".into()), ..options("matrix.xlsx") })
                .unwrap_err(),
        ]
        .join("\n")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the weights and scores, candidates stand in the order of weight × score, added up.
    #[test]
    fn the_order_is_that_of_the_weighted_totals(
        weights in prop::collection::vec(1_u32..60, 1..6),
        seeds in prop::collection::vec(any::<u64>(), 2..7),
        (low, high) in prop::sample::select(vec![(0_u32, 5_u32), (1, 5), (1, 3), (0, 10), (1, 4)]),
        tenths in any::<bool>(),
    ) {
        let score = |seed: u64, at: usize| low + u32::try_from(seed.rotate_left(u32::try_from(at * 7).unwrap()) % u64::from(high - low + 1)).unwrap();
        let scores: Vec<Vec<u32>> = seeds.iter().map(|seed| (0..weights.len()).map(|at| score(*seed, at)).collect()).collect();
        let names: Vec<String> = (0..weights.len()).map(|at| format!("Criterion {at}")).collect();
        let weight = |weight: &u32| if tenths { format!("{}.{}", weight / 10, weight % 10) } else { weight.to_string() };
        let mut csv = format!("Theme,{}\nWeight,{}\n", names.join(","), weights.iter().map(weight).collect::<Vec<_>>().join(","));
        for (at, scores) in scores.iter().enumerate() {
            csv.push_str(&format!("T{at},{}\n", scores.iter().map(u32::to_string).collect::<Vec<_>>().join(",")));
        }
        // Of so few scores some are the sums of others by chance.
        let keep = (0..scores.len()).map(|at| format!("T{at}")).collect();
        let scale = Some((f64::from(low), f64::from(high)));
        let made = made("matrix.csv", csv, &MatrixOptions { scale, keep, ..options("matrix.csv") }).unwrap();
        let total = |id: &str| -> u32 {
            let at: usize = id[1..].parse().unwrap();
            weights.iter().zip(&scores[at]).map(|(weight, score)| weight * score).sum()
        };
        let list = list(&made);
        for pair in list.windows(2) {
            prop_assert!(total(&pair[0].0) >= total(&pair[1].0), "{list:?}");
            prop_assert_eq!(pair[0].1 == pair[1].1, total(&pair[0].0) == total(&pair[1].0), "{:?}", &list);
        }
    }
}
