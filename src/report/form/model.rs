//! A form as plain data: what stands on it to be read, what is to be filled in, and what it says of itself for whoever reads
//! it back. Each kind of form makes one of these, and all are laid out alike.

use crate::assessment::Handling;

/// A form.
#[derive(Debug)]
pub(in crate::report) struct Form {
    /// What it is for, as [`FilledForm::open`](crate::sheet::FilledForm::open) is asked for it.
    pub(in crate::report) kind: &'static str,
    /// Its title.
    pub(in crate::report) title: String,
    /// Who may see it.
    pub(in crate::report) handling: Option<Handling>,
    /// What is to be read before it is filled in.
    pub(in crate::report) read: Vec<ReadLine>,
    /// What is to be filled in.
    pub(in crate::report) sheet: FormSheet,
    /// What it says of itself, hidden: a key and what it is. A key may stand several times.
    pub(in crate::report) facts: Vec<(&'static str, String)>,
    /// What reads it, for people who hand it to something else: `prioritise import form reads it`.
    pub(in crate::report) read_by: &'static str,
}

/// A line to be read.
#[derive(Debug)]
pub(in crate::report) enum ReadLine {
    /// The heading of what follows.
    Heading(String),
    /// A paragraph.
    Words(String),
    /// Something, and what it is.
    Pair(String, String),
}

/// What is to be filled in.
#[derive(Debug)]
pub(in crate::report) struct FormSheet {
    /// The name of its sheet.
    pub(in crate::report) name: &'static str,
    /// How it is filled in, in a line.
    pub(in crate::report) about: String,
    /// What is asked once, above the rows: a key, the words beside it, what it takes.
    pub(in crate::report) once: Vec<(&'static str, String, Field)>,
    /// The headers of the columns, with their widths in letters.
    pub(in crate::report) columns: Vec<(String, f64)>,
    /// The rows.
    pub(in crate::report) rows: Vec<FormRow>,
}

/// A row of a form.
#[derive(Debug)]
pub(in crate::report) enum FormRow {
    /// What the rows below are about, over all columns: a title and lines.
    Band(String, Vec<String>),
    /// Something to fill in. Its key begins with a word and has no spaces but between ids: `score burglary severity`.
    Row(String, Vec<FormCell>),
}

/// A cell of a row.
#[derive(Debug)]
pub(in crate::report) enum FormCell {
    /// Words to be read.
    Words(String),
    /// Something to be filled in.
    Field(Field),
    /// The sum of so many cells above it.
    Sum(usize),
}

/// What is filled in.
#[derive(Debug, Clone)]
pub(in crate::report) struct Field {
    /// What it takes.
    pub(in crate::report) takes: Takes,
    /// What is told to whoever comes to the cell; may be empty.
    pub(in crate::report) prompt: String,
    /// What stands there already; may be empty.
    pub(in crate::report) filled: String,
}

impl Field {
    /// One that is empty.
    pub(in crate::report) fn new(takes: Takes, prompt: impl Into<String>) -> Self {
        Self { takes, prompt: prompt.into(), filled: String::new() }
    }
}

/// What a cell takes.
#[derive(Debug, Clone)]
pub(in crate::report) enum Takes {
    /// One of these words, which are shown where it is filled in by hand.
    OneOf(Vec<String>),
    /// One of these words, of which there may be many: they stand elsewhere on the form.
    Named(Vec<String>),
    /// One of these words, or others.
    Suggested(Vec<String>),
    /// A number from the first to the second.
    Number(f64, f64),
    /// A day.
    Day,
    /// Any words, on so many lines where it is filled in by hand.
    Words(usize),
}
