//! Scoring spreadsheets: the folder that is written ranks at once, in the spreadsheet's own order and with its totals.

use prioritise::assessment::CandidateKind;
use prioritise::import::Import;
use prioritise::import::matrix::{MatrixOptions, import};
use proptest::prelude::*;
use rust_xlsxwriter::{Formula, Workbook};

use crate::support::{Folder, rank, told};

fn options(path: &str) -> MatrixOptions {
    MatrixOptions {
        path: path.into(),
        sheet: None,
        scale: None,
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

fn made(path: &str, bytes: impl Into<Vec<u8>>, options: &MatrixOptions) -> Result<Import, String> {
    let mut files = Folder::default();
    files.write(path, bytes);
    let made = import(&files, options).map_err(|problems| told(&problems))?;
    made.account.balance().unwrap();
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
    let csv = "Weight,2,1\nCandidate,Harm,Likelihood\nFires,3,\nFraud,1,2\n,1,1\nTotal,4,2\n";
    let options = MatrixOptions { scale: Some((0.0, 3.0)), places: Some(1), ..options("matrix.csv") };
    let made = made("matrix.csv", csv, &options).unwrap();
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
    assert_eq!(made.remarks, ["Totals are the spreadsheet's: weight × score, added up."]);
    let csv = csv.replace("4.5,1.8,3.2", "4.5,1.8,3.25");
    let made = self::made("matrix.csv", csv, &options).unwrap();
    assert_eq!(made.remarks, ["Totals are 10 times the spreadsheet's: weight × score, added up."]);
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
            said("Theme,Harm,Volume\nFires,3,4\n", five),
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
        let options = MatrixOptions { scale: Some((f64::from(low), f64::from(high))), ..options("matrix.csv") };
        let made = made("matrix.csv", csv, &options).unwrap();
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
