//! The English Indices of Deprivation, of 2019 and with the headers of 2025.

use prioritise::import::deprivation::{By, Options, import};
use prioritise::import::{Cited, Import};

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

fn options() -> Options {
    Options {
        path: "file7.csv".into(),
        districts: vec!["huntingdonshire".into()],
        by: By::SmallArea,
        cited: Cited {
            title: Some("English Indices of Deprivation 2019, File 7".into()),
            date: Some("2019-09".into()),
        },
    }
}

fn made(headers: &str, lookup: &str, options: &Options) -> Result<String, String> {
    let mut files = Folder::default();
    files.write("file7.csv", format!("{headers}\n{ROWS}"));
    files.write("wards.csv", lookup);
    let made: Import = import(&files, options).map_err(|problems| told(&problems))?;
    made.account.balance().unwrap();
    loads(&made);
    Ok(format!("{}---\n{}{}", made.files[0].1, made.account, made.remarks.join("\n")))
}

#[test]
fn small_areas_are_candidates() {
    insta::assert_snapshot!(made(OF_2019, "", &options()).unwrap());
}

#[test]
fn districts_and_wards_are_added_up() {
    let by_code = Options { by: By::District, districts: vec!["E07000011".into(), "Fenland".into()], ..options() };
    let lookup = "LSOA code (2021),Ward name\nE01018077,Huntingdon North\nE01018079,Huntingdon North\nE01018078,Somersham\nE01099999,Gone\n";
    let by_ward = Options { by: By::Lookup("wards.csv".into()), districts: Vec::new(), ..options() };
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
    let said = |headers: &str, lookup: &str, options: Options| made(headers, lookup, &options).unwrap_err();
    let by_ward = || Options { by: By::Lookup("wards.csv".into()), ..options() };
    insta::assert_snapshot!(
        [
            said(OF_2019, "", Options { districts: vec!["Huntingdonshre".into()], ..options() }),
            said(OF_2019, "", Options { districts: Vec::new(), ..options() }),
            said(&OF_2019.replace("LSOA name (2011)", "LSOA nmae (2011)"), "", options()),
            said("a,b,c,d,e,f,g,h,i", "", options()),
            said(OF_2019, "LSOA code,Ward\nE01018077,North\nE01018077,South\n", by_ward()),
            said(OF_2019, "a,b\n", by_ward()),
        ]
        .concat()
    );
}
