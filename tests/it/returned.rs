//! Our own workbook back: what was changed in it becomes a folder that `diff` compares with the original.

use std::io::{Cursor, Read, Write};
use std::num::NonZeroUsize;

use prioritise::diagnostic::Problems;
use prioritise::import::Import;
use prioritise::report::{InputKind, WorkbookInput, workbook, workbook_inputs};
use prioritise::returned::{ReturnOptions, import};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::{Folder, prioritise_in, told};

const ORIGINAL: &str = "fixtures/starter";

/// The workbook of an assessment, with cells changed as a spreadsheet would change them.
fn changed(files: &Folder, changes: &[(InputKind, f64)]) -> Vec<u8> {
    let mut problems = Problems::default();
    let (assessment, rules) = prioritise::load(files, ORIGINAL, None, &mut problems).unwrap();
    let ranked = prioritise::rank(&assessment, &rules, NonZeroUsize::MIN, problems).unwrap();
    let inputs = workbook_inputs(&ranked);
    let mut book = workbook(&ranked).unwrap();
    for (kind, number) in changes {
        let input = inputs.iter().find(|input| input.kind == *kind).unwrap_or_else(|| panic!("no {kind:?}"));
        book = typed(&book, input, *number);
    }
    book
}

/// The workbook with a number typed into a cell.
fn typed(book: &[u8], input: &WorkbookInput, number: f64) -> Vec<u8> {
    let sheets = ["Ranking", "Weights", "Tiers", "Value functions", "Scoring"];
    let at = sheets.iter().position(|name| *name == input.sheet).unwrap() + 1;
    let part = format!("xl/worksheets/sheet{at}.xml");
    let mut letters = String::new();
    let mut rest = input.column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap()));
        rest = (rest - 1) / 26;
    }
    let cell = format!("<c r=\"{letters}{}\"", input.row);
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for number_of in 0..archive.len() {
        let mut file = archive.by_index(number_of).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = Vec::new();
        file.read_to_end(&mut text).unwrap();
        if name == part {
            let xml = String::from_utf8(text).unwrap();
            let start = xml.find(&cell).unwrap_or_else(|| panic!("no {cell} in {part}"));
            let end = start + xml[start..].find("</c>").unwrap() + 4;
            text = format!("{}{cell}><v>{number}</v></c>{}", &xml[..start], &xml[end..]).into_bytes();
        }
        new.start_file(name, SimpleFileOptions::default()).unwrap();
        new.write_all(&text).unwrap();
    }
    new.finish().unwrap().into_inner()
}

fn back(files: &Folder, book: Vec<u8>) -> Result<Import, String> {
    let mut files = files.clone();
    files.write("list.xlsx", book);
    let options = ReturnOptions {
        path: "list.xlsx".into(),
        original: ORIGINAL.into(),
        rules: None,
        by: "Board".into(),
        date: "2026-06-01".into(),
        because: "Talked over at the June meeting.".into(),
    };
    let made = import(&files, &options, NonZeroUsize::MIN).map_err(|problems| told(&problems))?;
    made.account.balance().unwrap();
    Ok(made)
}

fn starter() -> Folder {
    Folder::of(&[ORIGINAL])
}

fn weight(id: &str) -> InputKind {
    InputKind::Weight(id.into())
}

#[test]
fn an_unchanged_workbook_brings_back_the_assessment_as_it_was() {
    let files = starter();
    let made = back(&files, changed(&files, &[])).unwrap();
    assert_eq!(made.account.rows_used(), 0);
    for (path, text) in &made.files {
        assert_eq!(*text, files.text(&format!("{ORIGINAL}/{path}")), "{path}");
    }
}

#[test]
fn weights_tiers_and_judgements_come_back_and_rank() {
    let files = starter();
    let measure = InputKind::Measure("burglary".into(), "severity".into());
    let changes = [(weight("volume"), 7.5), (InputKind::Places("priority".into()), 2.0), (measure, 4.0)];
    let made = back(&files, changed(&files, &changes)).unwrap();
    insta::assert_snapshot!(format!("{}\n{}", made.account, made.remarks.join("\n")));
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in &made.files {
        let path = folder.path().join("ours").join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    files.lay_out(ORIGINAL, &folder.path().join("original"));
    let diff = prioritise_in(folder.path(), &["diff", "original", "ours"]);
    insta::assert_snapshot!("weights_tiers_and_judgements_in_diff", format!("{}{}", diff.out, diff.err));
}

#[test]
fn what_can_not_come_back_is_told() {
    let files = starter();
    let measure = InputKind::Measure("burglary".into(), "volume".into());
    let made = back(&files, changed(&files, &[(measure, 3.0)])).unwrap();
    assert_eq!(made.account.rows_used(), 0);
    insta::assert_snapshot!(format!("{}\n{}", made.account, made.remarks.join("\n")));
}

#[test]
fn a_workbook_of_other_rules_is_refused() {
    let files = starter();
    let book = changed(&files, &[(weight("volume"), 7.5)]);
    let mut later = files.clone();
    let rules = format!("{ORIGINAL}/rules/ruleset.toml");
    later.edit(&rules, "version", "about = \"Later.\"\nversion");
    insta::assert_snapshot!(back(&later, book).unwrap_err());
}
