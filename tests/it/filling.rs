//! Forms filled in by tests: as a spreadsheet would have saved them, and by `LibreOffice` itself.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::workbook::Book;

/// The part of the sheet to fill: it stands behind the one to read.
pub(crate) const PART: &str = "xl/worksheets/sheet2.xml";

/// A form that is being filled in.
pub(crate) struct Filling {
    book: Vec<u8>,
    rows: Vec<Vec<String>>,
    /// The name of the sheet to fill.
    sheet: String,
    /// Cells with what is typed into them.
    typed: Vec<(String, String)>,
}

impl Filling {
    pub(crate) fn new(book: Vec<u8>, sheet: &str) -> Self {
        let opened = Book::open(book.clone());
        let rows = opened.rows(sheet).iter();
        let rows = rows.map(|row| row.iter().map(|cell| cell.as_text().to_owned()).collect()).collect();
        Self { book, rows, sheet: sheet.to_owned(), typed: Vec::new() }
    }

    /// The row, from 1, with this hidden key.
    pub(crate) fn row(&self, key: &str) -> usize {
        let at = self.rows.iter().position(|row| row[0] == key);
        1 + at.unwrap_or_else(|| panic!("no row `{key}` among {:?}", self.keys()))
    }

    /// The hidden keys.
    pub(crate) fn keys(&self) -> Vec<&str> {
        self.rows.iter().map(|row| row[0].as_str()).filter(|key| !key.is_empty()).collect()
    }

    /// Types something into the row with this key, in the column with this header, or of letters alone in that column.
    pub(crate) fn put(self, key: &str, column: &str, text: &str) -> Self {
        let headed = self.rows.iter().any(|row| row.iter().any(|cell| cell == column));
        let letters = if headed { self.letter(column).to_string() } else { column.to_owned() };
        let cell = format!("{letters}{}", self.row(key));
        self.type_into(&cell, text)
    }

    /// The letter of the column with this header.
    pub(crate) fn letter(&self, header: &str) -> char {
        let headed = self.rows.iter().find_map(|row| row.iter().position(|cell| cell == header));
        char::from(b'A' + u8::try_from(headed.unwrap_or_else(|| panic!("no column `{header}`"))).unwrap())
    }

    /// Types something into a cell.
    pub(crate) fn type_into(mut self, cell: &str, text: &str) -> Self {
        self.typed.push((cell.to_owned(), text.to_owned()));
        self
    }

    /// Types what is asked once, above the rows.
    pub(crate) fn once(self, key: &str, text: &str) -> Self {
        self.put(key, "C", text)
    }

    /// The form as a spreadsheet saves it: numbers as numbers, and everything else as text.
    pub(crate) fn saved(&self) -> Vec<u8> {
        self.saved_with(|_, _| None)
    }

    /// The same by somebody who gave the sheet another name.
    pub(crate) fn with_sheet_called(&self, name: &str) -> Vec<u8> {
        let renamed = |xml: &str| xml.replace(&format!("name=\"{}\"", self.sheet), &format!("name=\"{name}\""));
        self.saved_with(|part, xml| (part == "xl/workbook.xml").then(|| renamed(xml)))
    }

    /// The form as it is saved, with other parts where `other` gives some.
    fn saved_with(&self, other: impl Fn(&str, &str) -> Option<String>) -> Vec<u8> {
        let mut archive = ZipArchive::new(Cursor::new(&self.book)).unwrap();
        let mut new = ZipWriter::new(Cursor::new(Vec::new()));
        for number in 0..archive.len() {
            let mut file = archive.by_index(number).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            if name == PART {
                let xml = String::from_utf8(bytes).unwrap();
                bytes = self.typed.iter().fold(xml, |xml, (cell, text)| with_cell(&xml, cell, text)).into_bytes();
            }
            if let Some(changed) = std::str::from_utf8(&bytes).ok().and_then(|xml| other(&name, xml)) {
                bytes = changed.into_bytes();
            }
            new.start_file(name, SimpleFileOptions::default()).unwrap();
            new.write_all(&bytes).unwrap();
        }
        new.finish().unwrap().into_inner()
    }

    /// The form as `LibreOffice` saves it, as `NAME.xlsx` and `NAME.ods` of a folder.
    pub(crate) fn saved_by_libreoffice(&self, folder: &Path, name: &str) {
        let path = |ending: &str| folder.join(format!("{name}{ending}"));
        fs::write(path("-sent.xlsx"), &self.book).unwrap();
        let mut steps = vec![format!("open\t{}", path("-sent.xlsx").display())];
        steps.extend(self.typed.iter().map(|(cell, text)| format!("type\t{}\t{cell}\t{text}", self.sheet)));
        steps.push(format!("save\t{}\tCalc MS Excel 2007 XML", path(".xlsx").display()));
        steps.push(format!("save\t{}\tcalc8", path(".ods").display()));
        steps.push("close".to_owned());
        fs::write(path(".steps"), steps.join("\n")).unwrap();
        run_macro(folder, &path(".steps"));
        assert!(path(".xlsx").exists() && path(".ods").exists(), "LibreOffice saved nothing: see {FILL}");
    }
}

/// The sheet with a text, or a number, in a cell.
fn with_cell(xml: &str, cell: &str, text: &str) -> String {
    let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no cell {cell} in the form"));
    let tag = start + xml[start..].find('>').unwrap();
    let is_empty = xml[..tag].ends_with('/');
    let end = if is_empty { tag + 1 } else { tag + xml[tag..].find("</c>").unwrap() + 4 };
    let style = xml[start..tag].split("s=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("0");
    let value = if let Ok(number) = text.parse::<f64>() {
        format!("<c r=\"{cell}\" s=\"{style}\"><v>{number}</v></c>")
    } else {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    format!("{}{value}{}", &xml[..start], &xml[end..])
}

/// A macro of `LibreOffice` that opens, types and saves as a file of steps says, a line each. Everything goes in as if it were typed
/// at the keyboard: a cell that is formatted as text keeps it as text, another reads a number or a day.
const FILL: &str = r#"Sub Fill(todo As String)
  Dim oBook As Object, sRow As String, oCell As Object, nFile As Integer
  Dim aParts As Variant
  Dim aOpen(0) As New com.sun.star.beans.PropertyValue
  aOpen(0).Name = "Hidden"
  aOpen(0).Value = True
  Dim aSave(0) As New com.sun.star.beans.PropertyValue
  aSave(0).Name = "FilterName"
  nFile = FreeFile
  Open todo For Input As #nFile
  Do While Not Eof(nFile)
    Line Input #nFile, sRow
    aParts = Split(sRow, Chr(9))
    If aParts(0) = "open" Then oBook = StarDesktop.loadComponentFromURL(ConvertToURL(aParts(1)), "_blank", 0, aOpen())
    If aParts(0) = "type" Then
      oCell = oBook.Sheets.getByName(aParts(1)).getCellRangeByName(aParts(2))
      oCell.FormulaLocal = aParts(3)
    End If
    If aParts(0) = "save" Then
      aSave(0).Value = aParts(2)
      oBook.storeToURL(ConvertToURL(aParts(1)), aSave())
    End If
    If aParts(0) = "close" Then oBook.close(True)
  Loop
  Close #nFile
  StarDesktop.terminate()
End Sub
"#;

/// Runs the macro in a profile of its own.
fn run_macro(folder: &Path, steps: &Path) {
    const LIBRARY: &str = "xmlns:library=\"http://openoffice.org/2000/library\" library:name=\"Standard\" library:readonly=\"false\" \
                           library:passwordprotected=\"false\"";
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let profile = folder.join("profile");
    let start = |arguments: &[&str]| {
        let output = Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", profile.display()))
            .args(["--headless", "--norestore"])
            .args(arguments)
            .output()
            .unwrap_or_else(|error| panic!("this test needs LibreOffice, package libreoffice-calc: {error}"));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    // The first start makes the profile, and runs no macro of it.
    let (first, any) = (folder.join("first").display().to_string(), steps.with_extension("csv"));
    fs::write(&any, "1").unwrap();
    start(&["--convert-to", "ods", "--outdir", &first, &any.display().to_string()]);
    let standard = profile.join("user/basic/Standard");
    fs::create_dir_all(&standard).unwrap();
    let code = FILL.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let files = [
        (
            standard.join("Module1.xba"),
            format!(
                "<!DOCTYPE script:module PUBLIC \"-//OpenOffice.org//DTD OfficeDocument 1.0//EN\" \"module.dtd\">\n<script:module \
                 xmlns:script=\"http://openoffice.org/2000/script\" script:name=\"Module1\" script:language=\"StarBasic\">{code}\
                 </script:module>"
            ),
        ),
        (
            standard.join("script.xlb"),
            format!("<library:library {LIBRARY}><library:element library:name=\"Module1\"/></library:library>"),
        ),
        (standard.join("dialog.xlb"), format!("<library:library {LIBRARY}/>")),
        (
            profile.join("user/basic/script.xlc"),
            "<library:libraries xmlns:library=\"http://openoffice.org/2000/library\" \
             xmlns:xlink=\"http://www.w3.org/1999/xlink\"><library:library library:name=\"Standard\" \
             xlink:href=\"$(USER)/basic/Standard/script.xlb/\" xlink:type=\"simple\" library:link=\"false\"/></library:libraries>"
                .to_owned(),
        ),
    ];
    for (path, text) in files {
        fs::write(path, format!("{HEAD}{text}\n")).unwrap();
    }
    start(&[&format!("macro:///Standard.Module1.Fill(\"{}\")", steps.display())]);
}
