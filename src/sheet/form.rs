//! A form of ours that somebody filled in: a workbook with a sheet to fill and a hidden one that says what it is.
//!
//! Rows are known by the keys in the hidden first column, so it makes no difference where they stand: people sort rows, and
//! put some in. What the cells must hold is for whoever asked.

use std::collections::BTreeMap;

use super::{Book, Sheet, SheetRow};
use crate::assessment::{Assessment, Period, day_in_form};
use crate::diagnostic::{Code, Problem};
use crate::files::Files;

/// The hidden sheet that says what a form is.
pub const FORM_SHEET: &str = "Form";
/// What stands first on it, so that no other workbook is taken for a form.
pub const FORM_MARK: &str = "prioritise form";
/// The column of the keys on a sheet to fill, hidden.
pub const KEY_COLUMN: u32 = 0;
/// The column of the answers that are given once, above the rows.
pub const ONCE_COLUMN: u32 = 2;

/// Under which of its facts a form says of which assessment it is: the title, the partnership and the period, as they stand on it
/// for people to read. A digest of the evidence would refuse every form once a figure is filed, and a copy of last year's folder
/// would have an id of its own along with it.
pub const IDENTITY: [&str; 3] = ["assessment", "partnership", "period"];

/// A form that was filled in.
#[derive(Debug)]
pub struct FilledForm {
    /// What the file says it is, by key; a key can have several values.
    facts: BTreeMap<String, Vec<String>>,
    /// The sheet that was filled.
    pub sheet: Sheet,
}

impl FilledForm {
    /// Opens the form at `path`, which must be one for `kind`.
    ///
    /// # Errors
    /// A file that is no workbook, no form, or a form for something else.
    pub fn open(files: &dyn Files, path: &str, kind: &str) -> Result<Self, Problem> {
        let Some(form) = Self::find(files, path)? else {
            let message = format!("`{path}` is no form that `prioritise form` made");
            let help = "send back the workbook that was sent out, with all its sheets, saved as `.xlsx` or `.ods`";
            return Err(Problem::new(Code::BadWorkbook, message).help(help));
        };
        if form.kind() != kind {
            let message = format!("`{path}` is a form for {}, and not for {kind}", form.kind());
            let help = format!("leave it out here; {}", form.read_by());
            return Err(Problem::new(Code::ImportOption, message).help(help));
        }
        Ok(form)
    }

    /// The form at `path`, whatever it is for; none where the file is no form of ours.
    ///
    /// # Errors
    /// A file that can't be read, or has lost the sheet to fill.
    pub fn find(files: &dyn Files, path: &str) -> Result<Option<Self>, Problem> {
        let mut book = Book::open(files, path)?;
        let number = book.names().iter().position(|name| name == FORM_SHEET);
        let about = number.map(|number| book.sheet(number)).transpose()?;
        let facts = about.as_ref().map(facts).unwrap_or_default();
        let fact = |key: &str| facts.get(key).and_then(|values| values.first()).cloned().unwrap_or_default();
        if !facts.contains_key(FORM_MARK) {
            return Ok(None);
        }
        let number = book.number_of(&fact("sheet"))?;
        let sheet = book.sheet(number)?;
        Ok(Some(Self { facts, sheet }))
    }

    /// Sees that it is of this assessment. `path` is where it stands.
    ///
    /// # Errors
    /// That it is of another.
    pub fn is_of(&self, path: &str, assessment: &Assessment) -> Result<(), Problem> {
        let [title, partnership, period] = IDENTITY.map(|key| self.fact(key));
        let now = assessment.period.to_string();
        if (title, partnership, period) == (&*assessment.title, &*assessment.partnership, &*now) {
            return Ok(());
        }
        let message = format!(
            "`{path}` is a form of “{title}” of {partnership}, {period}, and this assessment is “{}” of {}, {now}",
            assessment.title, assessment.partnership
        );
        let help = "leave it out, or name the assessment that it was made of; where only the words were changed since, put the \
                    old ones back until the forms are in";
        Err(Problem::new(Code::FormDiffers, message).help(help))
    }

    /// What it is for.
    pub fn kind(&self) -> &str {
        self.fact(FORM_MARK)
    }

    /// What reads it, for people who hand it to something else.
    pub fn read_by(&self) -> &str {
        self.fact("read by")
    }

    /// What the form says of itself under this key; empty where it says nothing.
    pub fn fact(&self, key: &str) -> &str {
        self.facts(key).first().map_or("", String::as_str)
    }

    /// All that the form says of itself under this key.
    pub fn facts(&self, key: &str) -> &[String] {
        self.facts.get(key).map_or(&[], Vec::as_slice)
    }

    /// The row of an answer that is given once; it stands in [`ONCE_COLUMN`].
    pub fn once(&self, key: &str) -> Option<&SheetRow> {
        self.sheet.rows.iter().find(|row| row.text(KEY_COLUMN) == key)
    }

    /// The rows whose key begins with this word, from the top, each with what stands behind it: `score burglary severity`
    /// has two of `score`.
    pub fn rows<'f>(&'f self, word: &str) -> impl Iterator<Item = (Vec<String>, &'f SheetRow)> {
        self.sheet.rows.iter().filter_map(move |row| {
            let key = row.text(KEY_COLUMN);
            let (first, rest) = key.split_once(' ')?;
            (first == word).then(|| (rest.split_whitespace().map(str::to_owned).collect(), row))
        })
    }
}

/// The day that a cell shows: a day of the spreadsheet, perhaps with a time behind it, or one that was typed, day first.
pub(crate) fn day_of_cell(text: &str) -> Option<Period> {
    day_in_form(text).or_else(|| day_in_form(text.split(['T', ' ']).next()?))
}

/// The lines of the hidden sheet: a key and what it is.
fn facts(sheet: &Sheet) -> BTreeMap<String, Vec<String>> {
    let mut facts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in &sheet.rows {
        facts.entry(row.text(0)).or_default().push(row.text(1));
    }
    facts
}
