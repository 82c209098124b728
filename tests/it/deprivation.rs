//! The English Indices of Deprivation, of 2019 and with the headers of 2025.

use prioritise::import::deprivation::{CandidateArea, DeprivationOptions, import};
use prioritise::import::{CitedDocument, Import};

use crate::support::{Folder, loads, told};

const OF_2019: &str = "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),Local Authority District name (2019),\
Index of Multiple Deprivation (IMD) Score,Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),\
Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),Income Score (rate),\
Total population: mid 2015 (excluding prisoners)";
const OF_2025: &str = "LSOA code (2021),LSOA name (2021),Local Authority District code (2024),Local Authority District name (2024),\
Index of Multiple Deprivation (IMD) Score,Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),\
Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),Income Score (rate),\
Total population: mid 2022";
const ROWS: &str = "E01018077,Huntingdonshire 001A,E07000011,Huntingdonshire,40.5,\"3,210\",1,0.2,1500
E01018078,Huntingdonshire 001B,E07000011,Huntingdonshire,8.25,28000,9,0.05,\"2,500\"
E01018079,Huntingdonshire 002A,E07000011,Huntingdonshire,31,6400,2,0.15,1000
E01018080,Fenland 001A,E07000010,Fenland,50,900,1,0.3,1700
";

fn options() -> DeprivationOptions {
    DeprivationOptions {
        path: "file7.csv".into(),
        districts: vec!["huntingdonshire".into()],
        by: CandidateArea::SmallArea,
        cited: CitedDocument {
            title: Some("English Indices of Deprivation 2019, File 7".into()),
            date: Some("2019-09".into()),
        },
    }
}

fn made(headers: &str, lookup: &str, options: &DeprivationOptions) -> Result<String, String> {
    let mut files = Folder::default();
    files.write("file7.csv", format!("{headers}\n{ROWS}"));
    files.write("wards.csv", lookup);
    let made: Import = import(&files, options).map_err(|problems| told(&problems))?;
    made.account.balance().unwrap();
    loads(&made);
    Ok(format!("{}---\n{}{}", made.files[0].1, made.account, made.remarks.join("\n")))
}

/// The headers of all 57 columns of File 7 of 2019, or of the 56 of 2025.
fn file_7(edition: u32) -> String {
    let (area, district) = if edition == 2019 { (2011, 2019) } else { (2021, 2024) };
    let mut headers = vec![
        format!("LSOA code ({area})"),
        format!("LSOA name ({area})"),
        format!("Local Authority District code ({district})"),
        format!("Local Authority District name ({district})"),
    ];
    for domain in [
        "Index of Multiple Deprivation (IMD)|",
        "Income|(rate)",
        "Employment|(rate)",
        "Education, Skills and Training|",
        "Health Deprivation and Disability|",
        "Crime|",
        "Barriers to Housing and Services|",
        "Living Environment|",
        "Income Deprivation Affecting Children Index (IDACI)|(rate)",
        "Income Deprivation Affecting Older People (IDAOPI)|(rate)",
        "Children and Young People Sub-domain|",
        "Adult Skills Sub-domain|",
        "Geographical Barriers Sub-domain|",
        "Wider Barriers Sub-domain|",
        "Indoors Sub-domain|",
        "Outdoors Sub-domain|",
    ] {
        let (name, rate) = domain.split_once('|').unwrap();
        headers.push(format!("{name} Score {rate}").trim().to_owned());
        headers.push(format!("{name} Rank (where 1 is most deprived)"));
        headers.push(format!("{name} Decile (where 1 is most deprived 10% of LSOAs)"));
    }
    headers.extend(
        match edition {
            2019 => &[
                "Total population: mid 2015 (excluding prisoners)",
                "Dependent Children aged 0-15: mid 2015 (excluding prisoners)",
                "Population aged 16-59: mid 2015 (excluding prisoners)",
                "Older population aged 60 and over: mid 2015 (excluding prisoners)",
                "Working age population 18-59/64: for use with Employment Deprivation Domain (excluding prisoners)",
            ][..],
            _ => &[
                "Total population: mid 2022",
                "Dependent Children aged 0-15: mid 2022",
                "Older population aged 60 and over: mid 2022",
                "Working age population 18-66 (for use with Employment Deprivation Domain): mid 2022",
            ][..],
        }
        .iter()
        .map(|header| (*header).to_owned()),
    );
    let quoted: Vec<String> = headers.iter().map(|header| format!("\"{header}\"")).collect();
    quoted.join(",")
}

#[test]
fn the_files_as_they_are_published_have_many_more_columns() {
    let by = |edition: u32| {
        let headers = file_7(edition);
        let columns = headers.matches("\",\"").count() + 1;
        assert_eq!(columns, if edition == 2019 { 57 } else { 56 });
        let row = |code: &str, score: &str, rank: u32, decile: u32, total: u32| {
            let mut cells = vec!["9".to_owned(); columns];
            let first = [code, "Huntingdonshire 001A", "E07000011", "Huntingdonshire", score];
            cells.iter_mut().zip(first).for_each(|(cell, text)| *cell = text.to_owned());
            (cells[5], cells[6], cells[52]) = (rank.to_string(), decile.to_string(), total.to_string());
            cells.join(",")
        };
        let rows = [row("E01018077", "40.5", 3210, 1, 1500), row("E01018078", "8.25", 28000, 9, 2500)].join("\n");
        let mut files = Folder::default();
        files.write("file7.csv", format!("\u{feff}{headers}\n{rows}\n"));
        let made = import(&files, &DeprivationOptions { by: CandidateArea::District, ..options() })
            .map_err(|problems| told(&problems));
        made.unwrap().files[0].1.clone()
    };
    // (40.5 × 1500 + 8.25 × 2500) / 4000.
    assert!(by(2019).contains("number = 20.344"), "{}", by(2019));
    assert_eq!(by(2019), by(2025));
}

#[test]
fn small_areas_are_candidates() {
    insta::assert_snapshot!(made(OF_2019, "", &options()).unwrap());
}

#[test]
fn districts_and_wards_are_added_up() {
    let by_code = DeprivationOptions {
        by: CandidateArea::District,
        districts: vec!["E07000011".into(), "Fenland".into()],
        ..options()
    };
    let lookup = "LSOA code (2021),Ward name\nE01018077,Huntingdon North\nE01018079,Huntingdon North\nE01018078,Somersham\nE01099999,Gone\n";
    let by_ward =
        DeprivationOptions { by: CandidateArea::Lookup("wards.csv".into(), None), districts: Vec::new(), ..options() };
    insta::assert_snapshot!(format!(
        "{}\n=====\n{}",
        made(OF_2025, "", &by_code).unwrap(),
        made(OF_2025, lookup, &by_ward).unwrap()
    ));
}

#[test]
fn both_editions_give_the_same() {
    assert_eq!(made(OF_2019, "", &options()), made(OF_2025, "", &options()));
}

#[test]
fn what_stops_it() {
    let said = |headers: &str, lookup: &str, options: DeprivationOptions| made(headers, lookup, &options).unwrap_err();
    let by_ward = || DeprivationOptions { by: CandidateArea::Lookup("wards.csv".into(), None), ..options() };
    insta::assert_snapshot!(
        [
            said(OF_2019, "", DeprivationOptions { districts: vec!["Huntingdonshre".into()], ..options() }),
            said(OF_2019, "", DeprivationOptions { districts: Vec::new(), ..options() }),
            said(&OF_2019.replace("LSOA name (2011)", "LSOA nmae (2011)"), "", options()),
            said("a,b,c,d,e,f,g,h,i", "", options()),
            said(OF_2019, "LSOA code,Ward\nE01018077,North\nE01018077,South\n", by_ward()),
            said(OF_2019, "a,b\n", by_ward()),
        ]
        .concat()
    );
}
