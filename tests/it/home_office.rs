//! Recorded crime by partnership as the Home Office publishes it: series, peers, names that drift, and the account.

use prioritise::import::home_office::{CandidateColumn, HomeOfficeOptions, YearOrQuarter, import};
use prioritise::import::{CitedDocument, Import, harm};
use rust_xlsxwriter::Workbook;

use crate::support::{Folder, loads, told};

const HEADERS: [&str; 9] = [
    "Financial Year",
    "Financial Quarter",
    "Police Force",
    "CSP Name",
    "Offence Description",
    "Offence Group",
    "Offence Subgroup",
    "Offence Code",
    "Offence Count",
];

fn options() -> HomeOfficeOptions {
    HomeOfficeOptions {
        paths: vec!["crime.xlsx".into()],
        csp: vec!["Huntingdonshire".into()],
        by: CandidateColumn::Group,
        join: Vec::new(),
        every: YearOrQuarter::Year,
        peers: None,
        evidence: "recorded".into(),
        cited: CitedDocument::default(),
    }
}

/// Counts of two offences in four quarters of two years for three partnerships, one of them renamed.
fn book() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap().write(0, 0, "Police recorded crime").unwrap();
    for (sheet, year, force) in [("2017_18", "2017/18", "Cambridgeshire"), ("2018_19", "2018_19", "Cambridgeshire")] {
        let sheet = book.add_worksheet().set_name(sheet).unwrap();
        let mut line = 2;
        // The columns are in another order in the second year.
        let order = |column: u16| if year.contains('_') { 8 - column } else { column };
        for (column, header) in (0..).zip(HEADERS) {
            sheet.write(line, order(column), header).unwrap();
        }
        for quarter in 1..=4 {
            let drift =
                if year.contains('_') { "East Cambridgeshire & Fenland" } else { "East Cambridgeshire and Fenland" };
            for (at, csp) in (1..).zip(["Huntingdonshire", drift, "South Cambridgeshire"]) {
                for (offence, group, code, count) in [
                    ("Burglary - residential", "Theft offences", "28A", 10),
                    ("Arson", "Criminal damage and arson", "56A", 3),
                ] {
                    line += 1;
                    let count = count * at + quarter;
                    sheet.write(line, order(0), year).unwrap().write(line, order(1), quarter).unwrap();
                    sheet.write(line, order(2), force).unwrap().write(line, order(3), csp).unwrap();
                    sheet.write(line, order(4), offence).unwrap().write(line, order(5), group).unwrap();
                    sheet.write(line, order(6), group).unwrap().write(line, order(7), code).unwrap();
                    sheet.write(line, order(8), count).unwrap();
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn files(name: &str, bytes: impl Into<Vec<u8>>) -> Folder {
    let mut files = Folder::default();
    files.write(name, bytes);
    files
}

fn made(files: &Folder, options: &HomeOfficeOptions) -> Import {
    let made = import(files, options).map_err(|problems| told(&problems)).unwrap();
    made.account.balance().unwrap();
    loads(&made);
    made
}

fn shown(made: &Import) -> String {
    format!("{}---\n{}{}", made.files[0].1, made.account, made.remarks.join("\n"))
}

#[test]
fn years_of_a_workbook_become_series() {
    insta::assert_snapshot!(shown(&made(&files("crime.xlsx", book()), &options())));
}

#[test]
fn quarters_and_peers() {
    let mut files = files("crime.xlsx", book());
    files.write("peers.csv", "Area,Population\nHuntingdonshire,\"180,000\"\nEast Cambridgeshire and Fenland,190000\n");
    let options = HomeOfficeOptions {
        every: YearOrQuarter::Quarter,
        by: CandidateColumn::Code,
        peers: Some("peers.csv".into()),
        ..options()
    };
    insta::assert_snapshot!(shown(&made(&files, &options)));
}

#[test]
fn parts_of_a_merged_partnership_are_added_up() {
    let csp = vec!["huntingdonshire".into(), "East Cambridgeshire and Fenland".into()];
    let made = made(&files("crime.xlsx", book()), &HomeOfficeOptions { csp, ..options() });
    // (10 + 20) × 4 quarters, and 1 + 2 + 3 + 4 for each.
    assert!(made.files[0].1.contains("{ period = \"2018/19\", count = 140 }"), "{}", made.files[0].1);
    assert!(
        made.remarks[0].starts_with("The partnership's rows are not under the same names every year."),
        "{:?}",
        made.remarks
    );
}

#[test]
fn counts_and_harm_of_the_same_groups_stand_side_by_side() {
    let mut files = files("crime.xlsx", book());
    files.write("harm.csv", "FULL_OFFENCE_TITLE,CCHI Score,HO_CODE\nBurglary - residential,20,28A\nArson,33,56A\n");
    let counts = harm::CountsToJoin {
        path: "crime.xlsx".into(),
        period: "2018/19".into(),
        csp: vec!["Huntingdonshire".into()],
        title: "All crime".into(),
    };
    let weights = harm::HarmOptions {
        path: "harm.csv".into(),
        sheet: None,
        code: None,
        edition: Some("2020".into()),
        several: None,
        counts: Some(counts),
        cited: CitedDocument::default(),
    };
    let mut both = import(&files, &options()).unwrap();
    let harm = harm::import(&files, &weights).map_err(|problems| told(&problems)).unwrap();
    both.files.extend(harm.files.into_iter().filter(|(name, _)| name.ends_with(".toml")));
    let candidates = |(_, text): &(String, String)| -> Vec<String> {
        let file: toml::Table = text.parse().unwrap();
        file["candidate"].as_array().unwrap().iter().map(|candidate| candidate["id"].to_string()).collect()
    };
    let ids: Vec<Vec<String>> = both.files.iter().map(candidates).collect();
    assert_eq!(ids, [["\"criminal-damage-and-arson\"", "\"theft-offences\""]; 2]);
    loads(&both);
}

fn csv(rows: &str) -> String {
    format!("{}\n{rows}", HEADERS.join(","))
}

fn fault(rows: &str) -> String {
    let options = HomeOfficeOptions { paths: vec!["crime.csv".into()], ..options() };
    match import(&files("crime.csv", csv(rows)), &options) {
        Err(problems) => told(&problems),
        Ok(made) => shown(&made),
    }
}

#[test]
fn a_name_that_is_not_there_is_asked_for() {
    let faults = ["Huntingdonshre", "Fenland", "Paris"].map(|name| {
        let options = HomeOfficeOptions { csp: vec![name.into()], ..options() };
        told(&import(&files("crime.xlsx", book()), &options).unwrap_err())
    });
    insta::assert_snapshot!(faults.concat());
}

#[test]
fn what_is_withheld_or_missing_is_never_zero() {
    let row = |year: &str, quarter: &str, count: &str| {
        format!("{year},{quarter},Cambridgeshire,Huntingdonshire,Arson,Criminal damage and arson,Arson,56A,{count}\n")
    };
    let years = |year: &str, counts: [&str; 4]| -> String {
        (1..)
            .zip(counts)
            .filter(|(_, count)| *count != "absent")
            .map(|(at, count)| row(year, &at.to_string(), count))
            .collect()
    };
    let whole = years("2018/19", ["1", "2", "3", "4"]);
    insta::assert_snapshot!(
        [
            fault(&(years("2017/18", ["1", "*", "3", "4"]) + &*whole)),
            fault(&(years("2017/18", ["1", "absent", "3", "4"]) + &*whole)),
            fault(&(whole.clone() + &*years("2019/20", ["1", "2", "absent", "absent"]))),
            fault(&(years("2017/18", ["1", "", "soon", "-4"]) + &*whole)),
            fault(&(whole.clone() + &*row("2018/20", "5", "1"))),
            fault(&(whole.clone() + &*row("2018_19", "Q1", "1"))),
            fault(&(whole.clone() + &*row("2018_19", "Q1", "9"))),
        ]
        .join("\n=====\n")
    );
}

#[test]
fn counts_below_zero_take_earlier_ones_back() {
    let row = |year: &str, quarter: u32, group: &str, count: i32| {
        format!("{year},{quarter},Cambridgeshire,Huntingdonshire,{group},{group},{group},{group},{count}\n")
    };
    let years = |year: &str, group: &str, counts: [i32; 4]| -> String {
        (1..).zip(counts).map(|(at, count)| row(year, at, group, count)).collect()
    };
    let rows = years("2017/18", "Arson", [5, -1, 3, 4])
        + &*years("2018/19", "Arson", [1, 2, 3, 4])
        + &*years("2017/18", "Homicide", [0, -1, 0, 0])
        + &*years("2018/19", "Homicide", [0, 0, 1, 0]);
    insta::assert_snapshot!(fault(&rows));
}

#[test]
fn tables_of_before_2016_have_other_headers() {
    let older = HEADERS.join(",").replace("Police Force", "Force Name").replace("Offence Count", "Number of Offences");
    let row = "2012/13,1,Cambridgeshire,Huntingdonshire,Arson,Criminal damage and arson,Arson,56,4\n";
    let made = |headers: &str| {
        let options = HomeOfficeOptions { paths: vec!["crime.csv".into()], ..options() };
        shown(&made(&files("crime.csv", format!("{headers}\n{row}")), &options))
    };
    assert_eq!(made(&older), made(&HEADERS.join(",")));
}

#[test]
fn of_a_column_that_is_wrong_throughout_the_first_few_cells_are_told_and_all_are_counted() {
    let rows: Vec<String> = (0..20_000)
        .map(|at| {
            let count = if at % 4 == 0 { "1.5" } else { "soon" };
            format!("2018/19,1,Cambridgeshire,Huntingdonshire,Arson,Criminal damage and arson,Arson,{at},{count}\n")
        })
        .collect();
    insta::assert_snapshot!(fault(&rows.concat()));
}
