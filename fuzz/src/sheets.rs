//! Other people's tables: workbooks, CSV files, and what each import makes of them.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};
use std::sync::LazyLock;

use prioritise::assessment::CandidateKind;
use prioritise::diagnostic::Problems;
use prioritise::import::{CitedDocument, deprivation as indices, fingertips as health, harm as weights, table as any};
use prioritise::import::{home_office as counts, lookup, matrix as scores, police_uk as street, population as people};
use prioritise::sheet::{Book, SheetTable, WantedColumn};
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::folder::Folder;
use crate::sound::{imported, told, told_one};

fn one(path: &str, bytes: &[u8]) -> Folder {
    Folder::default().with(path, bytes)
}

/// What is counted of the files with these endings.
const COUNTS: [(street::CountKind, &str); 4] = [
    (street::CountKind::Crimes, "street"),
    (street::CountKind::Outcomes, "outcomes"),
    (street::CountKind::Stops, "stop-and-search"),
    (street::CountKind::StopOutcomes, "stop-and-search"),
];

static STREET_FILES: LazyLock<Folder> =
    LazyLock::new(|| Folder::of_repository("tests/imports/police-uk").below("tests/imports/police-uk"));

pub(crate) fn police_uk(bytes: &[u8]) {
    let outputs = [street::OutputKind::Type, street::OutputKind::Area, street::OutputKind::Table];
    for ((count, ending), by) in COUNTS.into_iter().flat_map(|count| outputs.map(|by| (count, by))) {
        let files = STREET_FILES.with(&format!("2025-01/2025-01-cambridgeshire-{ending}.csv"), bytes);
        let options = street::PoliceUkOptions {
            count,
            by,
            every: street::PointSpan::Month,
            areas: Vec::new(),
            codes: BTreeSet::new(),
            lookup: None,
            points: None,
            from: None,
            to: None,
            keep_duplicates: false,
            evidence: "recorded".to_owned(),
        };
        let mut problems = Problems::default();
        let made = street::import(&files, ".", &options, &mut problems);
        told(&problems);
        if let Some(made) = made {
            imported(Ok(made));
        }
    }
    let _ = lookup::read_codes(&one("codes.csv", bytes), "codes.csv", &mut Vec::new()).map_err(told_one);
}

pub(crate) fn street_files() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = STREET_FILES.0.values().cloned().collect();
    seeds.extend(Folder::of_repository("tests/imports/codes.csv").0.into_values());
    seeds
}

pub(crate) fn home_office(bytes: &[u8]) {
    let options = counts::HomeOfficeOptions {
        paths: vec!["crime.xlsx".to_owned()],
        csp: vec!["Huntingdonshire".to_owned()],
        join: Vec::new(),
        by: counts::CandidateColumn::Group,
        every: counts::YearOrQuarter::Quarter,
        peers: None,
        evidence: "recorded".to_owned(),
        cited: CitedDocument::default(),
    };
    imported(counts::import(&one("crime.xlsx", bytes), &options));
}

pub(crate) fn home_office_files() -> Vec<Vec<u8>> {
    let rows = "Financial Year,Financial Quarter,Police Force,CSP Name,Offence Description,Offence Group,Offence Subgroup,\
                Offence Code,Offence Count\n2018/19,1,Cambridgeshire,Huntingdonshire,Arson,Damage,Arson,56A,3\n\
                2018/19,2,Cambridgeshire,Huntingdonshire,Arson,Damage,Arson,56A,5\n2018/19,1,Cambridgeshire,Fenland,Arson,\
                Damage,Arson,56A,4\n2017_18,4,Cambridgeshire,Huntingdonshire,Burglary - residential,Theft,Burglary,28A,10\n";
    vec![rows.into(), book_of(rows)]
}

pub(crate) fn fingertips(bytes: &[u8]) {
    let options = health::FingertipsOptions {
        paths: vec!["data.csv".to_owned()],
        area: "Huntingdonshire".to_owned(),
        indicators: Vec::new(),
        sex: None,
        age: None,
        period: None,
        unit: None,
        kind: CandidateKind::Theme,
        cited: CitedDocument::default(),
    };
    imported(health::import(&one("data.csv", bytes), &options));
}

pub(crate) fn fingertips_files() -> Vec<Vec<u8>> {
    let rows = "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,\
                Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,Count,\
                Denominator,Value note,Recent Trend,Compared to England value or percentiles,Compared to Region value or \
                percentiles,Time period Sortable,New data,Compared to goal,Time period range\n\
                11202,\"Violent crime - violence offences per 1,000 population\",E92000001,England,E07000011,Huntingdonshire,\
                District,Persons,All ages,,,2022/23,17.2,16.6,17.8,,,3096,180000,,,,,20220000,,,1y\n\
                11202,\"Violent crime - violence offences per 1,000 population\",E92000001,England,E07000010,Fenland,District,\
                Persons,All ages,,,2022/23,29.1,28,30,,,2910,100000,,,,,20220000,,,1y\n\
                90001,Percentage of people who worry,E92000001,England,E07000011,Huntingdonshire,District,Male,16+ yrs,,,\
                2019 - 21,18,15.96,20.24,,,223,1240,,,,,20190000,,,3y\n";
    vec![rows.into()]
}

/// Long and wide tables, and rows to be counted: one file, read in three ways.
pub(crate) fn any_table(bytes: &[u8]) {
    let columns = any::FiguresIn::Columns(vec!["Value".to_owned()]);
    for (figures, when) in [
        (columns, vec!["Date".to_owned()]),
        (any::FiguresIn::Across, Vec::new()),
        (any::FiguresIn::Rows, vec!["Date".to_owned()]),
    ] {
        let options = any::TableOptions {
            paths: vec!["data.csv".to_owned()],
            sheets: Vec::new(),
            header_row: None,
            id: Some("Area".to_owned()),
            title: None,
            figures,
            figure: any::FigureKind::Count,
            times: None,
            marks: vec![("S".to_owned(), any::MarkMeaning::Withheld)],
            population: None,
            evidence: "recorded".to_owned(),
            evidence_by: None,
            conditions: any::Condition::parse("Area != Total").into_iter().collect(),
            once: None,
            edition: None,
            new_areas: None,
            sum: true,
            when,
            period: None,
            order: Some(any::DateOrder::DayFirst),
            every: Some(any::PointSpan::Quarter),
            from: None,
            to: None,
            kind: CandidateKind::Place,
            output: any::OutputKind::Evidence,
            cited: CitedDocument::default(),
        };
        imported(any::import(&one("data.csv", bytes), &options));
    }
}

pub(crate) fn any_table_files() -> Vec<Vec<u8>> {
    let rows = "Area,Date,Value,202401,202402,202403\nNorth,01/02/2024,\"1,031\",4,[c],5 [p]\nSouth,15/01/2024 11:30:00 PM,(12),<5,..,7\n\
                Total,2024-03-31T00:00:00,S,1,2,3\n";
    let accents = rows.replace("North", "Caf\u{e9}");
    let windows = accents.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect();
    vec![rows.into(), rows.replace(',', ";").into(), windows, book_of(rows)]
}

pub(crate) fn deprivation(bytes: &[u8]) {
    for by in [
        indices::CandidateArea::SmallArea,
        indices::CandidateArea::District,
        indices::CandidateArea::Lookup("file7.csv".to_owned(), None),
    ] {
        let options = indices::DeprivationOptions {
            path: "file7.csv".to_owned(),
            districts: vec!["Huntingdonshire".to_owned()],
            by,
            cited: CitedDocument { title: Some("Indices".to_owned()), date: Some("2019-09".to_owned()) },
        };
        imported(indices::import(&one("file7.csv", bytes), &options));
    }
}

pub(crate) fn deprivation_files() -> Vec<Vec<u8>> {
    let rows = "LSOA code (2011),LSOA name (2011),Local Authority District code (2019),Local Authority District name (2019),\
                Index of Multiple Deprivation (IMD) Score,Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),\
                Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),Area,\
                Total population: mid 2015 (excluding prisoners)\n\
                E01018077,Huntingdonshire 001A,E07000011,Huntingdonshire,40.5,\"3,210\",1,North,1500\n\
                E01018078,Huntingdonshire 001B,E07000011,Huntingdonshire,8.25,28000,9,South,\"2,500\"\n\
                E01018080,Fenland 001A,E07000010,Fenland,50,900,1,North,1700\n";
    vec![rows.into(), book_of(rows)]
}

pub(crate) fn population(bytes: &[u8]) {
    let (all, young) = (people::Ages::ALL, people::Ages { from: 10, to: 17 });
    let outputs = [
        (people::PopulationOutput::Assessment, people::Sex::Persons, all),
        (people::PopulationOutput::Areas, people::Sex::Female, young),
        (people::PopulationOutput::Table, people::Sex::Persons, young),
    ];
    for (output, sex, ages) in outputs {
        for lookup in [None, Some(("people.xlsx".to_owned(), Some(lookup::AreaKind::Ward)))] {
            let options = people::PopulationOptions {
                paths: vec!["people.xlsx".to_owned()],
                areas: vec!["Huntingdonshire".to_owned()],
                output: output.clone(),
                lookup,
                years: Vec::new(),
                group: people::PeopleGroup { sex, ages },
                evidence: None,
                cited: CitedDocument::default(),
            };
            imported(people::import(&one("people.xlsx", bytes), &options));
        }
    }
}

pub(crate) fn population_files() -> Vec<Vec<u8>> {
    let detailed = "ladcode23,laname23,country,sex,age,population_2022,population_2023\n\
                    E07000011,Huntingdonshire,E,F,10,1020,1024\nE07000011,Huntingdonshire,E,M,90,1020,1024\n";
    let small = "\"Mid-2022 estimates, LSOA 2021\",,,,,,,\n\
                 LAD 2021 Name,LSOA 2021 Code,LSOA 2021 Name,Ward name,Total,F10 to 17,M10 to 17,M18 and over\n\
                 Huntingdonshire,E01018077,Huntingdonshire 001A,North,1500,60,70,1370\n";
    let nomis = "DATE,GEOGRAPHY_CODE,GEOGRAPHY_NAME,GENDER_NAME,C_AGE_NAME,MEASURES_NAME,OBS_VALUE\n\
                 2023,E07000011,Huntingdonshire,Total,All Ages,Value,184100\n";
    let page = "\"Population estimates\",,\ngender,Total,\narea,mnemonic,2023\nHuntingdonshire,E07000011,184100\n";
    [detailed, small, nomis, page].into_iter().flat_map(|rows| [rows.into(), book_of(rows)]).collect()
}

pub(crate) fn harm(bytes: &[u8]) {
    let count = "Offence Code,Offence Description,Count\n28A,Burglary - residential,400\n8N,Assault,\"1,258\"\n";
    let options = |path: &str, counts: &str| weights::HarmOptions {
        path: path.to_owned(),
        sheet: None,
        code: None,
        edition: Some("2020".to_owned()),
        several: Some(weights::SeveralWeights::Highest),
        counts: Some(weights::CountsToJoin {
            path: counts.to_owned(),
            period: "2025/26".to_owned(),
            csp: Vec::new(),
            title: "All crime".to_owned(),
        }),
        cited: CitedDocument::default(),
    };
    let files = one("hostile", bytes).with("counts.csv", count.as_bytes()).with("weights.csv", HARM.as_bytes());
    imported(weights::import(&files, &options("hostile", "counts.csv")));
    imported(weights::import(&files, &options("weights.csv", "hostile")));
}

const HARM: &str = "FULL_OFFENCE_TITLE,CCHI Score,HO_CODE,HO_SUB_CODE\nBurglary - residential,20,028A,1\n\
                    Common assault,1,8N,1\nActual bodily harm,20,8N,2\nRobbery,365,34,1\n";

pub(crate) fn harm_files() -> Vec<Vec<u8>> {
    let severity =
        "Crime Severity Score,,\nRelease: March 2024,,\nOffence code,Offence,Weight\n28A,Residential burglary,438\n";
    let counts = "Offence Code,Offence Description,Count\n28A,Burglary,400\n8N/2,Assault,7\n34,Robbery,<5\n";
    vec![HARM.into(), book_of(HARM), severity.into(), counts.into()]
}

pub(crate) fn matrix(bytes: &[u8]) {
    let options = scores::MatrixOptions {
        path: "matrix.xlsx".to_owned(),
        sheet: None,
        scale: None,
        words: vec![("high".to_owned(), 3.0)],
        criteria: None,
        combine: None,
        sections: None,
        leave_out: Vec::new(),
        keep: Vec::new(),
        leave_out_hidden: false,
    };
    let details = scores::MatrixDetails {
        by: "Analyst".to_owned(),
        date: "2026-04-20".to_owned(),
        because: "Scored at the workshop.".to_owned(),
        title: "Priorities".to_owned(),
        partnership: "Ours".to_owned(),
        period: "2025/26".to_owned(),
        kind: CandidateKind::Theme,
        places: Some(2),
    };
    imported(scores::read(&one("matrix.xlsx", bytes), &options).map(|sheet| sheet.folder(&details).import));
}

const MATRIX: &str = "\"Scoring matrix, scale 1 to 5\",,,,,\n,,,,,\nTheme,Harm,Volume,Public concern,Total,Rank\nWeighting,50,30,20,100,\n\
                      Domestic abuse,5,4,3,4.3,1\nBurglary,3,2,5,3.1,2\nFraud,2,5,1,2.7,3\n";

pub(crate) fn matrix_files() -> Vec<Vec<u8>> {
    vec![MATRIX.into(), book_of(MATRIX), ods_of(MATRIX)]
}

/// Any workbook or CSV file: every sheet of it, and a table in each.
pub(crate) fn workbook(bytes: &[u8]) {
    const WANTED: [WantedColumn; 2] = [
        WantedColumn { key: "theme", names: &["Theme", "Offence*"], needed: true },
        WantedColumn { key: "count", names: &["Count", "Harm"], needed: true },
    ];
    let mut book = match Book::open(&one("book", bytes), "book") {
        Ok(book) => book,
        Err(problem) => return told_one(problem),
    };
    for number in 0..book.names().len() {
        match book.sheet(number) {
            Err(problem) => told_one(problem),
            Ok(sheet) => match SheetTable::find(&sheet, &WANTED) {
                Err(problem) => told_one(problem),
                Ok(None) => {}
                Ok(Some(table)) => {
                    table.rows.iter().for_each(|row| drop(table.text(row, "count")));
                }
            },
        }
    }
}

pub(crate) fn workbooks() -> Vec<Vec<u8>> {
    [matrix_files(), home_office_files(), harm_files()].concat()
}

/// A workbook by the files in it: what is changed is behind the archive's checksums.
pub(crate) fn workbook_parts(bytes: &[u8]) {
    let book = archive(&Folder::unpack(bytes), CompressionMethod::Stored);
    workbook(&book);
    matrix(&book);
}

pub(crate) fn parts_of_workbooks() -> Vec<Vec<u8>> {
    workbooks().iter().filter(|book| book.starts_with(b"PK")).map(|book| parts(book).pack()).collect()
}

pub(crate) fn parts(book: &[u8]) -> Folder {
    let mut archive = ZipArchive::new(Cursor::new(book)).expect("the seed is an archive");
    let mut folder = Folder::default();
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).expect("the seed's parts can be read");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("the seed's parts can be read");
        let name = part.name().expect("the seed's names are text").into_owned();
        // A tag a line: so that lines can be moved about.
        let text = String::from_utf8_lossy(&bytes).replace("><", ">\n<");
        folder.0.insert(name, text.into_bytes());
    }
    folder
}

pub(crate) fn archive(parts: &Folder, method: CompressionMethod) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let manner = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in &parts.0 {
        // A name that an archive can't have is left out.
        if archive.start_file(name.as_str(), manner).is_ok() {
            archive.write_all(bytes).expect("memory can be written to");
        }
    }
    archive.finish().expect("memory can be written to").into_inner()
}

fn rows_of(csv: &str) -> Vec<Vec<&str>> {
    csv.lines().map(|line| line.split(',').map(|cell| cell.trim_matches('"')).collect()).collect()
}

/// These rows as an `.xlsx`, with a merged cell and a formula in a sheet of their own.
fn book_of(csv: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows_of(csv)) {
        for (column, cell) in (0..).zip(cells) {
            let written = match cell.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).map(drop),
                Err(_) => sheet.write(row, column, cell).map(drop),
            };
            written.expect("the sheet has room");
        }
    }
    let other = book.add_worksheet().set_name("Notes").expect("the name is fine");
    let merged = other.merge_range(0, 0, 3, 1, "Theme", &rust_xlsxwriter::Format::new());
    let formula =
        merged.and_then(|sheet| sheet.write_formula(5, 0, rust_xlsxwriter::Formula::new("=1+1").set_result("2")));
    formula.expect("the sheet has room");
    book.save_to_buffer().expect("memory can be written to")
}

/// These rows as an `.ods`, each cell of its kind, some repeated.
fn ods_of(csv: &str) -> Vec<u8> {
    let mut rows = String::new();
    for cells in rows_of(csv) {
        rows.push_str("<table:table-row table:number-rows-repeated=\"1\">");
        for cell in cells {
            let kind = match cell.parse::<f64>() {
                Ok(number) => format!("office:value-type=\"float\" office:value=\"{number}\""),
                Err(_) => "office:value-type=\"string\" table:number-columns-repeated=\"1\"".to_owned(),
            };
            rows.push_str(&format!("<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>"));
        }
        rows.push_str("</table:table-row>");
    }
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content><office:body><office:spreadsheet><table:table \
         table:name=\"Matrix\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let files = Folder::default()
        .with("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")
        .with("content.xml", content.as_bytes());
    archive(&files, CompressionMethod::Deflated)
}
