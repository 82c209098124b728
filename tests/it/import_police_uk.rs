//! `prioritise import police-uk`: a small folder with every hazard of real ones, and files that are no street files.

use std::path::Path;

use crate::support::{prioritise_in, root};

const HEADER: &str = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime \
                      type,Last outcome category,Context\n";
const PLACE: &str = "2025-01/2025-01-kent-street.csv";

fn street() -> String {
    root().join("tests/imports/police-uk").display().to_string()
}

fn row(id: &str, kind: &str) -> String {
    format!("{id},2025-01,Kent Police,Kent Police,0.1,51.2,On or near A Road,E01000001,Ashford 001A,{kind},,\n")
}

/// What the import says and writes; the paths of this machine taken out.
fn told(into: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let street = street();
    let all = [&["import", "police-uk", &street, "-o", "out", "--error-format", "plain"], arguments].concat();
    let said = prioritise_in(into, &all);
    (said.code, format!("{}\n{}", said.out, said.err).replace(&root().display().to_string(), "…").replace('\\', "/"))
}

fn written(into: &Path, name: &str) -> String {
    std::fs::read_to_string(into.join("out").join(name)).unwrap()
}

#[test]
fn crime_types_of_a_district() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = told(folder.path(), &["--area", "Huntingdonshire"]);
    assert_eq!(code, Some(0), "{said}");
    insta::assert_snapshot!("police-uk.district.said", said);
    insta::assert_snapshot!("police-uk.district.types", written(folder.path(), "police-uk-types.toml"));
}

#[test]
fn neighbourhoods_named_by_their_codes() {
    let folder = tempfile::tempdir().unwrap();
    let codes = root().join("tests/imports/codes.csv").display().to_string();
    let (code, said) = told(folder.path(), &["--as", "area", "--area-codes", &codes, "--to", "2025-03"]);
    assert_eq!(code, Some(0), "{said}");
    insta::assert_snapshot!("police-uk.codes.said", said);
    insta::assert_snapshot!("police-uk.codes.areas", written(folder.path(), "police-uk-areas.toml"));
}

#[test]
fn everything_as_a_table_in_which_gaps_are_empty() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = told(folder.path(), &["--as", "table", "--quiet"]);
    assert_eq!(code, Some(0), "{said}");
    insta::assert_snapshot!("police-uk.all.account", said);
    insta::assert_snapshot!("police-uk.all.table", written(folder.path(), "police-uk-counts.csv"));
}

#[test]
fn repeated_ids_count_where_that_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let (_, said) = told(folder.path(), &["--keep-duplicates", "--quiet"]);
    assert!(!said.contains("earlier row has"), "{said}");
    assert!(written(folder.path(), "police-uk-types.toml").contains("{ period = \"2025-01\", count = 4 }"));
}

#[test]
fn what_is_written_loads_and_ranks() {
    for (by, name) in [("type", "police-uk-types.toml"), ("area", "police-uk-areas.toml")] {
        let folder = tempfile::tempdir().unwrap();
        told(folder.path(), &["--as", by, "--area", "Huntingdonshire", "--to", "2025-03"]);
        let assessment = format!(
            "[assessment]\ntitle = \"T\"\npartnership = \"P\"\nperiod = \"2025\"\nrules = \"rules\"\nevidence = [\"{name}\"]\n"
        );
        std::fs::write(folder.path().join("out/assessment.toml"), assessment).unwrap();
        let rules = root().join("tests/imports/rules").display().to_string();
        let said = prioritise_in(folder.path(), &["rank", "out", "--rules", &rules, "--format", "csv"]);
        assert_eq!((said.code, &*said.err), (Some(0), ""), "{by}");
        insta::assert_snapshot!(format!("police-uk.ranked-by-{by}"), said.out);
    }
}

#[test]
fn nothing_is_overwritten_unless_forced() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    std::fs::write(out.join("police-uk-types.toml"), "mine").unwrap();
    let (code, said) = told(folder.path(), &[]);
    assert_eq!(code, Some(2));
    assert!(said.contains("file-exists"), "{said}");
    assert_eq!(written(folder.path(), "police-uk-types.toml"), "mine");
    assert_eq!(told(folder.path(), &["--force"]).0, Some(0));
    assert_ne!(written(folder.path(), "police-uk-types.toml"), "mine");
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn an_area_that_nothing_has() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = told(folder.path(), &["--area", "Huntingtonshire"]);
    assert_eq!(code, Some(2));
    let wanted = "error unknown-id: no row is in a neighbourhood whose name begins with `Huntingtonshire`; did you mean \
                  `Huntingdonshire`?";
    assert_eq!(said.lines().last().unwrap(), wanted);
    assert!(!folder.path().join("out").exists());
    // In whole words: `Central` begins a name, `Cent` does not.
    assert_eq!(told(folder.path(), &["--area", "Central"]).0, Some(0));
    assert_eq!(told(folder.path(), &["--area", "Cent", "--force"]).0, Some(2));
}

/// What is said of one street file with these bytes.
fn said_of(place: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in").join(place);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
    let said = prioritise_in(folder.path(), &["import", "police-uk", "in", "-o", "out", "--error-format", "plain"]);
    assert_eq!((said.code, folder.path().join("out").exists()), (Some(2), false), "{}", said.err);
    assert!(said.out.is_empty());
    said.err.replace('\\', "/")
}

#[test]
fn files_that_are_no_street_files_are_told_with_their_line() {
    let whole = format!("{HEADER}{}{}", row("a", "Burglary"), row("b", "Drugs"));
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(whole.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let cases: [(&str, &str, Vec<u8>); 14] = [
        ("cut short", PLACE, whole.as_bytes()[..whole.len() - 30].to_vec()),
        ("semicolons", PLACE, whole.replace(',', ";").into_bytes()),
        ("tabs", PLACE, whole.replace(',', "\t").into_bytes()),
        ("UTF-16", PLACE, utf16),
        ("not UTF-8", PLACE, [whole.as_bytes(), b"caf\xe9, caf\xc3\xa9\n"].concat()),
        ("old Mac", PLACE, whole.replace('\n', "\r").into_bytes()),
        ("quote not closed", PLACE, whole.replacen("On or near", "\"On or near", 1).into_bytes()),
        ("empty", PLACE, Vec::new()),
        ("header slip", PLACE, whole.replace("LSOA code", "LSOA cod").into_bytes()),
        ("header twice", PLACE, whole.replace("Context", "Month").into_bytes()),
        ("outcomes", PLACE, whole.replace("Crime type", "Outcome type").into_bytes()),
        ("no month in name", "2025-01/january-kent-street.csv", whole.clone().into_bytes()),
        ("month out of range", "2025-13/2025-13-kent-street.csv", whole.clone().into_bytes()),
        ("no street file", "2025-01/2025-01-kent-outcomes.csv", whole.clone().into_bytes()),
    ];
    let told: Vec<String> =
        cases.iter().map(|(name, place, bytes)| format!("{name}\n    {}", said_of(place, bytes))).collect();
    insta::assert_snapshot!("police-uk.bad", told.concat());
}

#[test]
fn a_month_that_stands_in_two_places() {
    let folder = tempfile::tempdir().unwrap();
    for place in [PLACE, "2025-01-kent-street.csv"] {
        let path = folder.path().join("in").join(place);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, format!("{HEADER}{}", row("a", "Burglary"))).unwrap();
    }
    let said = prioritise_in(folder.path(), &["import", "police-uk", "in", "-o", "out", "--error-format", "plain"]);
    assert!(said.err.contains("are of the same month and force"), "{}", said.err);
}

/// A folder of street files of one force with so many burglaries in each of these months.
fn burglaries(months: &[(&str, usize)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (month, count) in months {
        let place = folder.path().join("in").join(month);
        std::fs::create_dir_all(&place).unwrap();
        let rows: String =
            (0..*count).map(|at| row(&format!("{month}-{at}"), "Burglary").replace("2025-01", month)).collect();
        std::fs::write(place.join(format!("{month}-kent-street.csv")), format!("{HEADER}{rows}")).unwrap();
    }
    folder
}

/// Every month from November 2022 to May 2025 but June 2023, with one burglary, and one more each January.
fn months() -> Vec<(String, usize)> {
    let all = (2022..=2025).flat_map(|year| (1..=12).map(move |month| (format!("{year}-{month:02}"), month)));
    let wanted = all.filter(|(name, _)| ("2022-11".."2025-06").contains(&&**name) && name != "2023-06");
    wanted.map(|(name, month)| (name, 1 + usize::from(month == 1))).collect()
}

#[test]
fn months_add_up_to_years_and_a_year_that_lacks_one_is_left_out() {
    let months = months();
    let months: Vec<(&str, usize)> = months.iter().map(|(name, count)| (&**name, *count)).collect();
    let folder = burglaries(&months);
    let told = |every: &str| {
        let arguments = ["import", "police-uk", "in", "-o", "out", "--force", "--quiet", "--every", every];
        let said = prioritise_in(folder.path(), &arguments);
        assert_eq!(said.code, Some(0), "{}", said.err);
        let text = written(folder.path(), "police-uk-types.toml");
        let (_, burglary) = text.split_once("id    = \"burglary\"").unwrap();
        let (burglary, _) = burglary.split_once("[[candidate]]").unwrap();
        format!("{}\n{burglary}", said.out)
    };
    insta::assert_snapshot!("police-uk.by-year", told("year"));
    insta::assert_snapshot!("police-uk.by-financial-year", told("financial-year"));
}

#[test]
fn the_latest_year_is_compared_with_the_one_before() {
    let months: Vec<(String, usize)> = (2023..=2025)
        .flat_map(|year| (1..=12).map(move |month| (format!("{year}-{month:02}"), year - 2022)))
        .filter(|(name, _)| &**name < "2025-04")
        .collect();
    let months: Vec<(&str, usize)> = months.iter().map(|(name, count)| (&**name, *count)).collect();
    let folder = burglaries(&months);
    let said = prioritise_in(folder.path(), &["import", "police-uk", "in", "-o", "out", "--quiet", "--every", "year"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    let rules = std::fs::read_to_string(root().join("tests/imports/rules/ruleset.toml")).unwrap();
    let rules = rules.replace("\"recorded.latest()\"", "\"rate_ratio(recorded.latest(), recorded.previous())\"");
    std::fs::create_dir(folder.path().join("out/rules")).unwrap();
    std::fs::write(folder.path().join("out/rules/ruleset.toml"), rules).unwrap();
    let assessment = "[assessment]\ntitle = \"T\"\npartnership = \"P\"\nperiod = \"2025\"\nrules = \"rules\"\nevidence = \
                      [\"police-uk-types.toml\"]\n";
    std::fs::write(folder.path().join("out/assessment.toml"), assessment).unwrap();
    let said = prioritise_in(folder.path(), &["rank", "out", "--format", "csv"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    // 24 in 2024, 12 in 2023; the three months of 2025 are in neither.
    assert!(said.out.contains("1,burglary,Burglary,All,,20.00,10.00,40.00,reached,0.50,2,1,4,"), "{}", said.out);
}

#[test]
fn rows_without_a_whole_count_to_put_them_into_are_set_aside() {
    for (by, words) in [
        ("type", "set aside: in a month that is not whole                         5\n"),
        ("area", "set aside: in a neighbourhood with a gap                       35\n"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (code, said) = told(folder.path(), &["--as", by]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn years_are_for_series_of_crime_types() {
    for by in ["area", "table"] {
        let folder = tempfile::tempdir().unwrap();
        let (code, said) = told(folder.path(), &["--as", by, "--every", "year"]);
        assert_eq!(code, Some(2));
        assert!(said.contains("error import-option: only series can be by years"), "{said}");
    }
}

#[test]
fn rows_that_are_wrong_alike_are_told_few_times_and_all_counted() {
    let folder = burglaries(&[("2025-01", 3)]);
    let place = folder.path().join("in").join(PLACE);
    let text = std::fs::read_to_string(&place).unwrap() + &*row("x", "Burglry").repeat(20_000);
    std::fs::write(place, text).unwrap();
    let said = prioritise_in(folder.path(), &["import", "police-uk", "in", "-o", "out", "--error-format", "plain"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert_eq!(said.err.matches("warning row-set-aside").count(), 3, "{}", said.err);
    assert!(said.out.contains("set aside: unknown crime type  20,000"), "{}", said.out);
    assert!(said.out.contains("19,997 more rows are set aside like those that are shown."), "{}", said.out);
}
