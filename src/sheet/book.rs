//! A file of sheets, opened by what it is and read one sheet at a time.

use super::guard::{self, broken};
use super::lines::KeptColumns;
use super::{Sheet, lines, ods, xlsx};
use crate::diagnostic::{Code, Problem, did_you_mean};
use crate::files::{Files, TABLE_LIMIT, read_problem};

/// A file of sheets, read one at a time.
pub struct Book {
    file: String,
    names: Vec<String>,
    content: BookContent,
    told: Vec<String>,
}

enum BookContent {
    Xlsx(Box<xlsx::XlsxReader>),
    /// Sheets that were read with the file, until they are asked for.
    Read(Vec<Option<Sheet>>),
}

impl Book {
    /// Opens the workbook or CSV file at `path`. What it is is seen from its content, not from its name. A CSV file is in
    /// UTF-8, with commas between its cells.
    ///
    /// # Errors
    /// One problem that says why it can't be read.
    pub fn open(files: &dyn Files, path: &str) -> Result<Self, Problem> {
        Self::opened(files, path, &|bytes| Ok((lines::read(path, bytes)?, Vec::new())))
    }

    /// Opens the workbook or text file at `path`, as [`Book::open`]; a text file may be in UTF-16 or Windows-1252 too, with
    /// semicolons, tabs or bars between its cells. Of a large text file only the columns are kept that `kept` says,
    /// asked after each row until it does.
    ///
    /// # Errors
    /// One problem that says why it can't be read.
    pub fn open_any(files: &dyn Files, path: &str, kept: KeptColumns<'_>) -> Result<Self, Problem> {
        Self::opened(files, path, &|bytes| lines::read_any(path, &bytes, kept))
    }

    fn opened(
        files: &dyn Files,
        path: &str,
        read_text: &dyn Fn(Vec<u8>) -> Result<(Sheet, Vec<String>), Problem>,
    ) -> Result<Self, Problem> {
        let bytes = files.read(path, TABLE_LIMIT).map_err(|error| read_problem(path, TABLE_LIMIT, &error))?;
        let file = path.to_owned();
        match guard::kind(path, &bytes)? {
            guard::FileKind::Text => {
                let (sheet, told) = read_text(bytes)?;
                Ok(Self { file, names: vec![path.to_owned()], content: BookContent::Read(vec![Some(sheet)]), told })
            }
            guard::FileKind::Ods => {
                let sheets = ods::read(path, bytes)?;
                let names = sheets.iter().filter_map(|sheet| sheet.name.clone()).collect();
                let content = BookContent::Read(sheets.into_iter().map(Some).collect());
                Ok(Self { file, names, content, told: Vec::new() })
            }
            guard::FileKind::Xlsx => {
                let (reader, names) = xlsx::open(path, bytes)?;
                Ok(Self { file, names, content: BookContent::Xlsx(Box::new(reader)), told: Vec::new() })
            }
        }
    }

    /// What is to be told of how the file was read, a sentence each.
    pub fn told(&self) -> &[String] {
        &self.told
    }

    /// The sheets' names, in the order of the tabs; a CSV file has one sheet with the file's name.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of the sheet of this name.
    ///
    /// # Errors
    /// That there is none, with what there is.
    pub fn number_of(&self, name: &str) -> Result<usize, Problem> {
        let same = |known: &String| known.trim().to_lowercase() == name.trim().to_lowercase();
        self.names.iter().position(same).ok_or_else(|| {
            let message = format!("`{}` has no sheet `{name}`", self.file);
            Problem::new(Code::NotInFile, message).help(did_you_mean(name, self.names.iter().map(String::as_str)))
        })
    }

    /// The next sheets, in the order of the tabs; each is read when it is asked for.
    ///
    /// # Errors
    /// What stops the sheet from being read.
    pub fn sheet(&mut self, number: usize) -> Result<Sheet, Problem> {
        let name = self.names.get(number).cloned().unwrap_or_default();
        match &mut self.content {
            BookContent::Xlsx(reader) => xlsx::sheet(reader, &self.file, &name),
            BookContent::Read(sheets) => sheets
                .get_mut(number)
                .and_then(Option::take)
                .ok_or_else(|| broken(&self.file, &format!("sheet `{name}` is not there")).help("check the file")),
        }
    }
}
