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
    let (code, said) = told(folder.path(), &["--by", "area", "--area-codes", &codes, "--to", "2025-03"]);
    assert_eq!(code, Some(0), "{said}");
    insta::assert_snapshot!("police-uk.codes.said", said);
    insta::assert_snapshot!("police-uk.codes.areas", written(folder.path(), "police-uk-areas.toml"));
}

#[test]
fn everything_as_a_table_in_which_gaps_are_empty() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = told(folder.path(), &["--by", "table", "--quiet"]);
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
        told(folder.path(), &["--by", by, "--area", "Huntingdonshire", "--to", "2025-03"]);
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
    let wanted = "error unknown-id: no row is of a neighbourhood whose name begins with `Huntingtonshire`; did you mean \
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
        ("not UTF-8", PLACE, [whole.as_bytes(), b"caf\xe9\n"].concat()),
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
