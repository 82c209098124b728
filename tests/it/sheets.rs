//! Sheets as people save them: every way in which a workbook or a CSV file goes wrong, and what is said of it.

use std::io::Write as _;

use prioritise::sheet::{Book, CellFigure, CellValue, Sheet, SheetTable, WantedColumn, figure};
use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::Folder;

const WANTED: [WantedColumn; 2] = [
    WantedColumn { key: "area", names: &["Area Name"], needed: true },
    WantedColumn { key: "count", names: &["Offence Count"], needed: true },
];

fn open(name: &str, bytes: &[u8]) -> Result<Book, String> {
    let mut files = Folder::default();
    files.write(name, bytes);
    Book::open(&files, name).map_err(|problem| said(&problem))
}

fn said(problem: &prioritise::diagnostic::Problem) -> String {
    let line = problem.place.as_ref().map_or(0, |place| place.source.line_and_column(place.span.start).0);
    format!(
        "{} (line {line}): {}; {}",
        problem.code.name(),
        problem.message,
        problem.help.as_deref().unwrap_or_default()
    )
}

fn first(name: &str, bytes: &[u8]) -> Result<Sheet, String> {
    open(name, bytes)?.sheet(0).map_err(|problem| said(&problem))
}

/// What is said when the wanted table is looked for in a file.
fn fault(name: &str, bytes: &[u8]) -> String {
    match first(name, bytes) {
        Err(said) => said,
        Ok(sheet) => match SheetTable::find(&sheet, &WANTED) {
            Err(problem) => said(&problem),
            Ok(None) => "no table".to_owned(),
            Ok(Some(table)) => {
                let figures = table.rows.iter().map(|row| match figure(table.get(row, "count")) {
                    Ok(figure) => format!("{figure:?}"),
                    Err((message, help)) => said(&table.problem(row, "count", &message, help)),
                });
                figures.collect::<Vec<_>>().join("\n")
            }
        },
    }
}

fn workbook(fill: impl Fn(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet().set_name("2018_19").unwrap());
    book.save_to_buffer().unwrap()
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let manner = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in parts {
        archive.start_file(*name, manner).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// An `.ods` with one sheet of these rows.
pub(crate) fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content><office:body><office:spreadsheet>\
         <table:table table:name=\"2018_19\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

#[test]
fn cells_of_every_kind_in_a_workbook() {
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, "Recorded crime, see notes").unwrap();
        sheet.write(3, 1, "Offence  count [note 1]").unwrap().write(3, 4, "AREA NAME").unwrap();
        let texts = ["1,258", "5.1%", "<5", "*", "c", "..", "-", "1,25", "soon"];
        for (row, text) in (4..).zip(texts) {
            sheet.write(row, 1, text).unwrap();
        }
        sheet.write(13, 1, 702).unwrap();
        sheet.write_with_format(14, 1, 43_555, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
        sheet.write_formula(16, 1, Formula::new("=1+1").set_result("2")).unwrap();
        sheet.write_formula(17, 1, Formula::new("=A1+#REF!").set_result("#REF!")).unwrap();
        sheet.write(18, 4, "Fenland").unwrap();
    });
    insta::assert_snapshot!(fault("crime.xlsx", &bytes));
}

#[test]
fn cells_of_every_kind_in_an_open_document() {
    let cell = |kind: &str, value: &str, text: &str| {
        format!("<table:table-cell office:value-type=\"{kind}\" {value}><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let count = |cell: String| row(&["<table:table-cell table:number-columns-repeated=\"2\"/>".to_owned(), cell]);
    let rows = [
        row(&[cell("string", "", "Notes &amp; &#163;")]),
        "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"1024\"/>\
         </table:table-row>"
            .to_owned(),
        row(&[cell("string", "", "Area<text:s/>name"), String::new(), "<table:table-cell/>".into(), cell("string", "", "Offence count")]),
        count(cell("float", "office:value=\"702\"", "702")),
        count(cell("string", "", "1,258")),
        count(cell("date", "office:date-value=\"2019-03-31\"", "31/03/19")),
        count(cell("string", "table:formula=\"of:=[.A1]\" calcext:value-type=\"error\"", "#REF!")),
        count("<table:table-cell table:formula=\"of:=1+1\"/>".into()),
        count("<table:table-cell office:value-type=\"string\"><office:annotation><text:p>mine</text:p></office:annotation><text:p>&lt;5</text:p></table:table-cell>".into()),
    ];
    insta::assert_snapshot!(fault("crime.ods", &ods(&rows.concat())));
}

#[test]
fn a_formula_without_its_answer_is_neither_zero_nor_nothing() {
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        "<workbook xmlns:r=\"{office}\"><sheets><sheet name=\"2018_19\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let links = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{office}/worksheet\" \
         Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let start = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let text = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let sheet = format!(
        "<worksheet><sheetData><row r=\"1\">{}{}</row><row r=\"2\"><c r=\"B2\"><f>1+1</f></c></row><row r=\"3\"><c r=\"B3\" \
         t=\"str\"><f>A1</f><v></v></c></row><row r=\"4\"><c r=\"B4\"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>",
        text("A1", "Area name"),
        text("B1", "Offence count")
    );
    let bytes = archive(&[
        ("_rels/.rels", start.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    insta::assert_snapshot!(fault("crime.xlsx", &bytes));
}

#[test]
fn text_in_merged_cells_stands_for_every_row_and_numbers_do_not() {
    let bytes = workbook(|sheet| {
        sheet.merge_range(0, 0, 2, 0, "Cambridgeshire", &Format::new()).unwrap();
        sheet.merge_range(0, 1, 2, 1, "", &Format::new()).unwrap();
        sheet.write(0, 1, 9).unwrap();
        for row in 0..3 {
            sheet.write(row, 2, "x").unwrap();
        }
    });
    let sheet = first("merged.xlsx", &bytes).unwrap();
    let shown: Vec<String> = sheet.rows.iter().map(|row| format!("{}|{}", row.text(0), row.text(1))).collect();
    assert_eq!(shown, ["Cambridgeshire|9", "Cambridgeshire|", "Cambridgeshire|"]);
    let spanned = "<table:table-row><table:table-cell office:value-type=\"string\" table:number-rows-spanned=\"2\">\
                   <text:p>Top</text:p></table:table-cell><table:table-cell office:value-type=\"float\" office:value=\"1\"/>\
                   </table:table-row><table:table-row><table:covered-table-cell/>\
                   <table:table-cell office:value-type=\"float\" office:value=\"2\"/></table:table-row>";
    let sheet = first("merged.ods", &ods(spanned)).unwrap();
    let shown: Vec<String> = sheet.rows.iter().map(|row| format!("{}|{}", row.text(0), row.text(1))).collect();
    assert_eq!(shown, ["Top|1", "Top|2"]);
}

#[test]
fn a_header_that_is_missing_is_asked_for() {
    let sheet = |headers: &str| fault("crime.csv", format!("{headers}\nFenland,3\n").as_bytes());
    insta::assert_snapshot!(
        [
            sheet("Area Name,Offence Cuont"),
            sheet("Area Name,Rate"),
            sheet("Name,Rate"),
            fault("crime.csv", b"Area Name,Offence Count,offence count\nFenland,3,4\n"),
            fault(
                "crime.xlsx",
                &workbook(|sheet| {
                    sheet.write(6, 1, "Area Name").unwrap().write(6, 2, "Offense Count").unwrap();
                })
            ),
        ]
        .join("\n")
    );
}

#[test]
fn text_files_that_are_no_tables() {
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("Area Name,1".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    insta::assert_snapshot!(
        [
            fault("crime.csv", &utf16),
            fault("crime.csv", b"Area Name,Offence Count\nCaf\xe9,3\n"),
            fault("crime.csv", b""),
            fault("crime.csv", b"Area Name;Offence Count\nFenland;3\n"),
            fault("crime.csv", b"Area Name\tOffence Count\nFenland\t3\n"),
            fault("crime.csv", b"<!DOCTYPE html><html>"),
            fault("crime.csv", b"Area Name,Offence Count\nFenland,3\nEast Ca"),
            fault("crime.csv", b"Area Name,Offence Count\nFenland,\"3\nEast,4\n"),
            fault("crime.csv", b"a\0b"),
            fault("crime.xlsx", b"%PDF-1.7"),
            fault("crime.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ]
        .join("\n")
    );
}

#[test]
fn marks_and_line_ends_make_no_difference() {
    let plain = "Title\n\nArea Name,Offence Count\nFenland,\"1,258\"\n\n";
    for text in [plain.to_owned(), plain.replace('\n', "\r\n"), format!("\u{feff}{plain}")] {
        let sheet = first("crime.csv", text.as_bytes()).unwrap();
        let table = SheetTable::find(&sheet, &WANTED).unwrap().unwrap();
        assert_eq!(table.rows.len(), 1, "{text:?}");
        assert_eq!(table.rows[0].number, 4, "{text:?}");
        assert_eq!(figure(table.get(&table.rows[0], "count")), Ok(CellFigure::Number(1258.0)));
    }
}

#[test]
fn a_file_that_is_cut_off_is_told() {
    let whole = workbook(|sheet| {
        for row in 0..500 {
            sheet.write(row, 0, format!("text {row}")).unwrap();
        }
    });
    for length in [4, 100, whole.len() / 2, whole.len() - 1] {
        let said = open("crime.xlsx", &whole[..length]).err().unwrap();
        assert!(said.starts_with("bad-workbook"), "{length}: {said}");
    }
    let mut torn = whole.clone();
    torn[200] ^= 0xff;
    torn[201] ^= 0xff;
    assert!(first("crime.xlsx", &torn).is_err());
    let said = first("crime.ods", &archive(&[("content.xml", b"<table:table table:name=\"a\"><table:table-row>")]));
    assert!(said.unwrap_err().contains("ends in the middle"));
    let said = first("crime.xlsx", &archive(&[("letter.txt", b"hello")]));
    insta::assert_snapshot!("no_workbook", said.unwrap_err());
}

#[test]
fn what_unfolds_without_end_is_refused_before_it_is_parsed() {
    let zeros = vec![b' '; 65 << 20];
    let said =
        open("bomb.xlsx", &archive(&[("xl/workbook.xml", b""), ("xl/sharedStrings.xml", &zeros)])).err().unwrap();
    insta::assert_snapshot!("bomb", said);
    // A part that declares to be small is not believed.
    let mut lying = archive(&[("xl/workbook.xml", b""), ("xl/sharedStrings.xml", &zeros)]);
    let size = u32::try_from(zeros.len()).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..lying.len() - 4).filter(|at| lying[*at..at + 4] == size).collect();
    for at in places {
        lying[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    assert!(open("bomb.xlsx", &lying).is_err());
    // A sheet may be large, and not a thousand times its file; that it declares so is enough, and nothing is unpacked.
    let mut sheet = archive(&[("xl/workbook.xml", b""), ("xl/worksheets/sheet1.xml", &vec![b' '; 1 << 20])]);
    let size = (1_u32 << 20).to_le_bytes();
    let places: Vec<usize> = (0..sheet.len() - 4).filter(|at| sheet[*at..at + 4] == size).collect();
    for at in places {
        sheet[at..at + 4].copy_from_slice(&(300_u32 << 20).to_le_bytes());
    }
    insta::assert_snapshot!("sheet_of_many_times_its_size", open("bomb.xlsx", &sheet).err().unwrap());
}

#[test]
fn cells_far_off_and_cells_without_number_cost_nothing_or_are_refused() {
    let far = workbook(|sheet| {
        sheet.write(0, 0, 1).unwrap();
        sheet.write(1_048_575, 16_383, 2).unwrap();
    });
    let sheet = first("far.xlsx", &far).unwrap();
    assert_eq!(sheet.place_of(&sheet.rows[1], 16_383), "sheet 2018_19, cell XFD1048576");
    assert_eq!(sheet.rows[1].get(16_383), Some(&CellValue::Number(2.0)));
    let many = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell office:value-type=\"string\" \
                table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell></table:table-row>";
    let said = first("many.ods", &ods(many)).unwrap_err();
    insta::assert_snapshot!("many", said);
}

#[test]
fn a_control_character_in_a_cell_is_told_by_its_cell() {
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, "Area Name").unwrap().write(0, 1, "Offence Count").unwrap();
        sheet.write(1, 0, "Fen\u{1b}[2Jland").unwrap().write(1, 1, 7).unwrap();
    });
    assert_eq!(
        fault("a.xlsx", &bytes),
        "bad-cell (line 0): `a.xlsx`, sheet 2018_19, cell A2: this cell has the control character U+001B in it; take it out"
    );
    let unseen = workbook(|sheet| {
        sheet.write(0, 0, "Area Name").unwrap().write(0, 1, "Offence Count").unwrap();
        sheet.write(1, 0, "Fen\u{3164}land").unwrap().write(1, 1, 7).unwrap();
    });
    assert_eq!(
        fault("a.xlsx", &unseen),
        "bad-cell (line 0): `a.xlsx`, sheet 2018_19, cell A2: this cell has the character U+3164 in it, which nobody sees; \
         take it out: write the words anew"
    );
    let lines = workbook(|sheet| {
        sheet.write(0, 0, "Area\nName").unwrap().write(0, 1, "Offence Count").unwrap();
        sheet.write(1, 0, "Fenland").unwrap().write(1, 1, 7).unwrap();
    });
    assert_eq!(fault("a.xlsx", &lines), "Number(7.0)");
}
