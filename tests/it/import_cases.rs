//! Files as people have them, into imports: each folder of `tests/imports/cases` has its files and `RUN`, the command
//! line without `prioritise`. What it says and writes is its snapshot. Adding a case is adding a folder. A folder whose
//! name ends in `.xlsx` becomes a workbook with a sheet for each CSV file in it, in the order of their names.

use std::fs;
use std::path::Path;

use insta::{Settings, assert_snapshot};
use rust_xlsxwriter::Workbook;

use crate::support::{names_in, prioritise_in, root};

/// The arguments of a line; those in single quotes are one.
fn arguments(line: &str) -> Vec<String> {
    let parts = line.trim().split('\'').enumerate();
    let of_part = |(at, part): (usize, &str)| -> Vec<String> {
        if at % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
    };
    parts.flat_map(of_part).collect()
}

/// Copies every file and folder in `from`.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let (place, copied) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if place.is_dir() && place.extension().is_some_and(|ending| ending == "xlsx") {
            workbook(&place).save(copied).unwrap();
        } else if place.is_dir() {
            fs::create_dir(&copied).unwrap();
            copy(&place, &copied);
        } else {
            fs::copy(place, copied).unwrap();
        }
    }
}

/// A sheet for each CSV file; what reads as a number is one.
fn workbook(folder: &Path) -> Workbook {
    let mut book = Workbook::new();
    let mut places: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    places.sort();
    for place in places {
        let sheet = book.add_worksheet().set_name(place.file_stem().unwrap().to_str().unwrap()).unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(&place).unwrap();
        for (row, record) in (0..).zip(reader.records()) {
            for (column, text) in (0..).zip(&record.unwrap()).filter(|(_, text)| !text.is_empty()) {
                match text.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, column, number).unwrap(),
                    Err(_) => sheet.write_string(row, column, text).unwrap(),
                };
            }
        }
    }
    book
}

/// Every file under a folder with its text, in the order of their paths.
fn written(folder: &Path, under: &str) -> String {
    let Ok(entries) = fs::read_dir(folder) else { return String::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let text = |name: &String| {
        let (path, place) = (format!("{under}{name}"), folder.join(name));
        if place.is_dir() {
            return written(&place, &format!("{path}/"));
        }
        format!("--- {path}\n{}", fs::read_to_string(place).unwrap())
    };
    names.iter().map(text).collect()
}

#[test]
fn files_as_people_have_them() {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../imports/found");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for case in names_in("tests/imports/cases", "") {
        let from = root().join("tests/imports/cases").join(&case);
        let folder = tempfile::tempdir().unwrap();
        copy(&from, folder.path());
        let line = fs::read_to_string(from.join("RUN")).unwrap();
        let arguments = arguments(&line);
        let said = prioritise_in(folder.path(), &arguments.iter().map(String::as_str).collect::<Vec<_>>());
        let text = format!(
            "$ prioritise {}\n{}{}exit {}\n{}",
            line.trim(),
            said.out,
            said.err,
            said.code.unwrap(),
            written(&folder.path().join("out"), "")
        );
        assert_snapshot!(case, text);
    }
}
