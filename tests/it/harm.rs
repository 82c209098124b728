//! Harm weights: the list keeps its edition, and a count without just one weight is told and stays out.

use prioritise::import::harm::{CountsToJoin, HarmOptions, SeveralWeights, import};
use prioritise::import::{CitedDocument, Import};
use rust_xlsxwriter::Workbook;

use crate::support::{Folder, loads, told};

const COUNTS: &str = "Offence Code,Offence Description,Count\n28A,Burglary - residential,400\n30A,Burglary - business,302\n\
                      8N,Assault,\"1,258\"\n99Z,Unheard of,7\n34,Robbery,<5\n";

fn options() -> HarmOptions {
    HarmOptions {
        path: "harm.xlsx".into(),
        sheet: None,
        code: None,
        edition: Some("2020".into()),
        several: None,
        counts: Some(CountsToJoin {
            path: "counts.csv".into(),
            period: "2025/26".into(),
            csp: Vec::new(),
            title: "All crime".into(),
        }),
        cited: CitedDocument::default(),
    }
}

fn cambridge() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("CCHI").unwrap();
    let headers =
        ["ATHENA URN", "FULL_OFFENCE_TITLE", "CCHI Score", "Starting Point", "GROUP", "HO_CODE", "HO_SUB_CODE"];
    for (column, header) in (0..).zip(headers) {
        sheet.write(1, column, header).unwrap();
    }
    for (row, (title, harm, code, sub)) in (2..).zip([
        ("Burglary - residential", 20.0, "028A", 1),
        ("Burglary - business", 10.0, "30A", 1),
        ("Common assault", 1.0, "8N", 1),
        ("Assault occasioning actual bodily harm", 20.0, "8N", 2),
        ("Robbery", 365.0, "34", 1),
    ]) {
        sheet.write(row, 0, f64::from(row)).unwrap().write(row, 1, title).unwrap().write(row, 2, harm).unwrap();
        sheet.write(row, 5, code).unwrap().write(row, 6, sub).unwrap();
    }
    sheet.write(7, 1, "An offence without a weight").unwrap();
    book.save_to_buffer().unwrap()
}

fn made(weights: impl Into<Vec<u8>>, counts: &str, options: &HarmOptions) -> Result<String, String> {
    let mut files = Folder::default();
    files.write(&options.path, weights);
    files.write("counts.csv", counts);
    let made: Import = import(&files, options).map_err(|problems| told(&problems))?;
    made.account.balance().unwrap();
    loads(&made);
    let files: Vec<String> = made.files.iter().map(|(name, text)| format!("--- {name}\n{text}")).collect();
    let files = files.concat();
    Ok(format!("{files}---\n{}{}", made.account, made.remarks.join("\n")))
}

#[test]
fn counts_are_joined_by_code_and_what_matches_nothing_is_told() {
    insta::assert_snapshot!(made(cambridge(), COUNTS, &options()).unwrap());
}

#[test]
fn of_several_weights_one_is_taken_only_where_asked_for() {
    let rows = "Code,Count\n8N,10\n8N/2,5\n";
    let highest =
        made(cambridge(), rows, &HarmOptions { several: Some(SeveralWeights::Highest), ..options() }).unwrap();
    assert!(highest.contains("{ offence = \"8N\", count = 10, harm = 20 }"), "{highest}");
    let lowest = made(cambridge(), rows, &HarmOptions { several: Some(SeveralWeights::Lowest), ..options() }).unwrap();
    assert!(lowest.contains("{ offence = \"8N\", count = 10, harm = 1 }"), "{lowest}");
    assert!(lowest.contains("{ offence = \"8N/2\", count = 5, harm = 20 }"), "{lowest}");
}

#[test]
fn severity_scores_with_their_edition_above_the_headers_and_counts_of_a_partnership() {
    let weights = "Crime Severity Score,,\nRelease: March 2024,,\nOffence code,Offence,Weight\n28A,Residential burglary,438\n56A,Arson,1000\n";
    let counts = "Financial Year,CSP Name,Offence Group,Offence Code,Offence Description,Offence Count\n\
                  2024/25,Huntingdonshire,Theft offences,28A,Residential burglary,9\n\
                  2025_26,Huntingdonshire,Theft offences,28A,Residential burglary,4\n\
                  2025_26,Fenland,Theft offences,28A,Residential burglary,6\n\
                  2025_26,Huntingdonshire,Arson,56A,Arson,1\n";
    let mut options = HarmOptions { path: "css.csv".into(), edition: None, ..options() };
    let without = made(weights, counts, &options).unwrap_err();
    assert!(without.contains("--csp"), "{without}");
    if let Some(counts) = &mut options.counts {
        counts.csp = vec!["huntingdonshire".into()];
    }
    insta::assert_snapshot!(made(weights, counts, &options).unwrap());
}

/// The headers of the workbook of 2026, with its sheets' names.
const OF_2026: [&str; 11] = [
    "ATHENA URN",
    "FULL_OFFENCE_TITLE",
    "CCHI Score",
    "Starting Point",
    "GROUP",
    "SUB_GROUP",
    "SUB_SUB_GROUP",
    "HOME_OFFICE_CLASSIFICATION",
    "HO_CODE",
    "HO_SUB_CODE",
    "HO_SUB_SUB_CODE",
];

#[test]
fn of_a_workbook_with_several_sheets_the_one_that_is_named_is_read() {
    let mut book = Workbook::new();
    let cover = book.add_worksheet().set_name("Cover page").unwrap();
    cover.write(0, 0, "Licence, version 4.0").unwrap();
    for (name, harm) in [("CCHI 2026 values sheet", 20), ("Expired offences", 7)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (column, header) in (0..).zip(OF_2026) {
            sheet.write(0, column, header).unwrap();
        }
        sheet.write(1, 1, "Burglary").unwrap().write(1, 2, harm).unwrap().write(1, 8, "28A").unwrap();
    }
    let book = book.save_to_buffer().unwrap();
    let counts = "Offence Code,Count\n28A,10\n";
    // An expired offence of the same code has another weight, so that none is taken.
    let several = made(book.clone(), counts, &options()).unwrap_err();
    assert!(several.contains("Several weights match, so none was used, for 28A"), "{several}");
    let sheet = |name: &str| HarmOptions { sheet: Some(name.into()), ..options() };
    let one = made(book.clone(), counts, &sheet("cchi 2026 values sheet")).unwrap();
    assert!(one.contains("{ offence = \"28A\", count = 10, harm = 20 }"), "{one}");
    let none = made(book.clone(), counts, &sheet("CCHI 2025 values sheet")).unwrap_err();
    assert!(none.contains("did you mean `CCHI 2026 values sheet`?"), "{none}");
    // What a cover page says of its licence is no edition.
    let unsaid = made(book, counts, &HarmOptions { edition: None, ..options() }).unwrap_err();
    assert!(unsaid.contains("nothing says which edition"), "{unsaid}");
}

#[test]
fn weights_without_codes_match_by_title_and_counts_below_zero_are_added_up() {
    let weights = "Crime Severity Score\n\nOffence category,Weight\nArson,1000\nHomicide,8000\n";
    let weights = weights.replace("Score\n", "Score,\n").replace("\n\n", "\n,\n");
    let row = |quarter: u32, offence: &str, code: &str, count: i32| {
        format!("2025/26,{quarter},Cambridgeshire,Huntingdonshire,{offence},Violence,Violence,{code},{count}\n")
    };
    let counts = "Financial Year,Financial Quarter,Police Force,CSP Name,Offence Description,Offence Group,Offence \
                  Subgroup,Offence Code,Offence Count\n"
        .to_owned()
        + &*row(1, "Arson", "56A", 5)
        + &*row(2, "Arson", "56A", -2)
        + &*row(1, "Homicide", "1", -1);
    let counted = CountsToJoin {
        path: "counts.csv".into(),
        period: "2025/26".into(),
        csp: vec!["Huntingdonshire".into()],
        title: String::new(),
    };
    let options = HarmOptions { path: "css.csv".into(), counts: Some(counted), ..options() };
    insta::assert_snapshot!(made(weights, &counts, &options).unwrap());
}

#[test]
fn what_stops_it() {
    let said = |weights: &str, counts: &str, edition: Option<&str>| {
        let options = HarmOptions { path: "harm.csv".into(), edition: edition.map(str::to_owned), ..options() };
        made(weights, counts, &options).unwrap_err()
    };
    let weights = "HO_CODE,FULL_OFFENCE_TITLE,CCHI Score\n28A,Burglary,20\n";
    insta::assert_snapshot!(
        [
            said(weights, COUNTS, None),
            said("HO_CODE,FULL_OFFENCE_TITLE,CCHI Scroe\n28A,Burglary,20\n", COUNTS, Some("2020")),
            said("HO_CODE,FULL_OFFENCE_TITLE,CCHI Score\n28A,Burglary,#N/A\n", COUNTS, Some("2020")),
            said("HO_CODE,FULL_OFFENCE_TITLE,CCHI Score\n28A,Burglary,-1\n", COUNTS, Some("2020")),
            said(weights, "Offence Code,Count\n28A,\n", Some("2020")),
            said(weights, "Offence Code,Count\n99,1\n", Some("2020")),
            said(weights, "Count\n1\n", Some("2020")),
            said(weights, "a,b\n1,2\n", Some("2020")),
            said("a,b\n1,2\n", COUNTS, Some("2020")),
        ]
        .concat()
    );
}
