//! A TOML file of last year made into one of next year. What is taken out stays as a comment, and what nobody asked to
//! change stays byte for byte.
//!
//! Each change is made twice: in the text, and in the tree of what the file says. The text is believed where it says what
//! the tree does. Where somebody wrote a file in a way that this room can't change by the line, the tree is written out,
//! and the whole of last year's file follows as a comment: nothing is lost.

use std::ops::Range;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use crate::toml_file::{Splice, end_of_line, spliced, start_of_line};

/// One step on the way to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'s> {
    Key(&'s str),
    /// One of a list, from 0.
    At(usize),
}

/// A file that is being rewritten.
pub(super) struct Rewriting<'t> {
    text: &'t str,
    document: Spanned<DeTable<'t>>,
    splices: Vec<Splice>,
    /// What the file is to say.
    tree: Table,
}

impl<'t> Rewriting<'t> {
    /// None where the text is no TOML.
    pub(super) fn new(text: &'t str) -> Option<Self> {
        let (document, errors) = DeTable::parse_recoverable(text);
        let tree = text.parse::<Table>().ok().filter(|_| errors.is_empty())?;
        Some(Self { text, document, splices: Vec::new(), tree })
    }

    /// What the file is to say, as far as it was changed.
    pub(super) fn tree(&self) -> &Table {
        &self.tree
    }

    /// Takes out what is there, and keeps its lines as a comment. Those behind it in a list have other numbers then.
    pub(super) fn leave_out(&mut self, steps: &[Step<'_>]) {
        if let Some(lines) = self.find(steps).map(|found| self.lines_of(found)) {
            self.comment_out(&lines);
        }
        if let Some((Step::Key(key), above)) = steps.split_last()
            && let Some(table) = value_at(&mut self.tree, above)
        {
            table.remove(*key);
        }
        if let Some((Step::At(at), list)) = steps.split_last() {
            take_out(&mut self.tree, list, *at);
        }
    }

    /// Puts another value in place of the one that is there.
    pub(super) fn set(&mut self, steps: &[Step<'_>], new: Value) {
        if let Some((_, value)) = self.find(steps) {
            self.splices.push((value.span(), new.to_string()));
        }
        self.put(steps, new);
    }

    /// Adds a key at the end of a table.
    pub(super) fn add(&mut self, table: &[Step<'_>], key: &str, new: Value) {
        if let Some((_, found)) = self.find(table) {
            let last = last_line(self.text, found);
            self.splices.push((last..last, format!("{key} = {new}\n")));
        }
        let steps: Vec<Step<'_>> = table.iter().copied().chain([Step::Key(key)]).collect();
        self.put(&steps, new);
    }

    /// A comment under the header of a table.
    pub(super) fn remark(&mut self, table: &[Step<'_>], comment: &str) {
        if let Some((_, found)) = self.find(table).filter(|(_, found)| Form::of(self.text, found) == Form::Header) {
            let at = end_of_line(self.text, found.span().start);
            self.splices.push((at..at, comment.to_owned()));
        }
    }

    /// Puts a table in place of another, whose lines stay as a comment below it.
    pub(super) fn replace(&mut self, steps: &[Step<'_>], new: &Table, comment: &str) {
        if let Some((key, value)) = self.find(steps) {
            if Form::of(self.text, value) == Form::Header {
                let header = end_of_line(self.text, value.span().start);
                let lines: Vec<Range<usize>> = self
                    .lines_of((key, value))
                    .into_iter()
                    .map(|lines| lines.start.max(header)..lines.end)
                    .filter(|lines| !lines.is_empty())
                    .collect();
                self.splices.push((header..header, format!("{new}{comment}")));
                self.comment_out(&lines);
            } else if let Some(key) = key {
                let start = start_of_line(self.text, key.start);
                let written = self.text.get(start..key.end).unwrap_or_default().to_owned();
                let lines = self.lines_of((Some(key), value));
                let inline = Value::Table(new.clone()).to_string();
                self.splices.push((start..start, format!("{written} = {inline}\n{comment}")));
                self.comment_out(&lines);
            }
        }
        self.put(steps, Value::Table(new.clone()));
    }

    /// The text of the new file, with `heading` at its top.
    pub(super) fn finish(self, heading: &str) -> String {
        let whole = format!("{heading}{}", spliced(self.text, self.splices));
        if whole.parse::<Table>().is_ok_and(|found| found == self.tree) {
            return whole;
        }
        let last: Vec<String> = self.text.lines().map(commented).collect();
        format!("{heading}{}\n# Last year's file:\n{}\n", self.tree, last.join("\n"))
    }

    fn put(&mut self, steps: &[Step<'_>], new: Value) {
        if let Some((Step::Key(key), above)) = steps.split_last()
            && let Some(table) = value_at(&mut self.tree, above)
        {
            table.insert((*key).to_owned(), new);
        }
    }

    /// Where a value stands, with its key where it has one.
    fn find(&self, steps: &[Step<'_>]) -> Option<Found<'_, 't>> {
        let (first, rest) = steps.split_first()?;
        let Step::Key(first) = first else { return None };
        let (key, value) = self.document.get_ref().iter().find(|(key, _)| key.get_ref() == first)?;
        let mut found = (Some(key.span()), value);
        for step in rest {
            found = match (step, found.1.get_ref()) {
                (Step::Key(name), DeValue::Table(table)) => {
                    let (key, value) = table.iter().find(|(key, _)| key.get_ref() == name)?;
                    (Some(key.span()), value)
                }
                (Step::At(at), DeValue::Array(items)) => (None, items.get(*at)?),
                _ => return None,
            };
        }
        Some(found)
    }

    /// The lines in which a value stands, in stretches of whole lines: its header, its keys, the tables within it.
    fn lines_of(&self, (key, value): Found<'_, '_>) -> Vec<Range<usize>> {
        let mut stretches = Vec::new();
        self.gather_lines(key.as_ref(), value, &mut stretches);
        stretches.sort_unstable_by_key(|lines| lines.start);
        let mut joined: Vec<Range<usize>> = Vec::new();
        for lines in stretches {
            match joined.last_mut().filter(|last| lines.start <= last.end) {
                Some(last) => last.end = last.end.max(lines.end),
                None => joined.push(lines),
            }
        }
        joined
    }

    fn gather_lines(&self, key: Option<&Range<usize>>, value: &Spanned<DeValue<'_>>, into: &mut Vec<Range<usize>>) {
        if Form::of(self.text, value) == Form::Header {
            into.push(start_of_line(self.text, value.span().start)..last_line(self.text, value));
        }
        match (Form::of(self.text, value), value.get_ref()) {
            (Form::Header | Form::Elsewhere | Form::Dotted, DeValue::Table(table)) => {
                for (key, value) in table {
                    self.gather_lines(Some(&key.span()), value, into);
                }
            }
            (Form::Elsewhere, DeValue::Array(items)) => {
                items.iter().for_each(|item| self.gather_lines(None, item, into));
            }
            _ => {
                let start = key.map_or(value.span().start, |key| key.start);
                into.push(start_of_line(self.text, start)..end_of_line(self.text, value.span().end));
            }
        }
    }

    fn comment_out(&mut self, stretches: &[Range<usize>]) {
        for lines in stretches {
            let mut at = lines.start;
            while at < lines.end {
                let end = end_of_line(self.text, at);
                let line = self.text.get(at..end).unwrap_or_default();
                self.splices.push((at..end, format!("{}\n", commented(line.trim_end_matches('\n')))));
                at = end;
            }
        }
    }
}

/// Where a value stands, and the stretch of its key.
type Found<'d, 't> = (Option<Range<usize>>, &'d Spanned<DeValue<'t>>);

/// The line as a comment.
pub(super) fn commented(line: &str) -> String {
    if line.trim().is_empty() { "#".to_owned() } else { format!("# {line}") }
}

fn value_at<'v>(tree: &'v mut Table, steps: &[Step<'_>]) -> Option<&'v mut Table> {
    let Some((Step::Key(first), rest)) = steps.split_first() else { return Some(tree) };
    let mut value = tree.get_mut(*first)?;
    for step in rest {
        value = match step {
            Step::Key(key) => value.as_table_mut()?.get_mut(*key)?,
            Step::At(at) => value.as_array_mut()?.get_mut(*at)?,
        };
    }
    value.as_table_mut()
}

/// Takes one out of a list; a list without any is taken out with it.
fn take_out(tree: &mut Table, list: &[Step<'_>], at: usize) {
    let Some((Step::Key(key), above)) = list.split_last() else { return };
    let Some(table) = value_at(tree, above) else { return };
    let Some(items) = table.get_mut(*key).and_then(Value::as_array_mut) else { return };
    if at < items.len() {
        items.remove(at);
    }
    if items.is_empty() {
        table.remove(*key);
    }
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A table under a header of its own, a line in brackets.
    Header,
    /// A table that only the headers of others name, and a list of tables with headers.
    Elsewhere,
    /// A table whose keys are written `a.b = …`.
    Dotted,
    /// Anything that stands behind its key.
    Plain,
}

impl Form {
    fn of(text: &str, value: &Spanned<DeValue<'_>>) -> Self {
        let start = value.span().start;
        match value.get_ref() {
            DeValue::Table(_) => match text.as_bytes().get(start) {
                Some(b'[') => Self::Header,
                Some(b'{') => Self::Plain,
                _ if text.get(start_of_line(text, start)..).is_some_and(|line| line.trim_start().starts_with('[')) => {
                    Self::Elsewhere
                }
                _ => Self::Dotted,
            },
            DeValue::Array(items) if items.iter().any(|item| Self::of(text, item) == Self::Header) => Self::Elsewhere,
            _ => Self::Plain,
        }
    }
}

/// Behind the last line of a table's own keys; of one without keys, behind its header.
fn last_line(text: &str, table: &Spanned<DeValue<'_>>) -> usize {
    let keys = table.get_ref().as_table().into_iter().flat_map(|table| table.values());
    end_of_line(text, keys.filter_map(|value| end_of(text, value)).chain([table.span().end]).max().unwrap_or(0))
}

/// Where a value ends that stands in the lines of the table that has it.
fn end_of(text: &str, value: &Spanned<DeValue<'_>>) -> Option<usize> {
    match Form::of(text, value) {
        Form::Header | Form::Elsewhere => None,
        Form::Plain => Some(value.span().end),
        Form::Dotted => value.get_ref().as_table()?.values().filter_map(|value| end_of(text, value)).max(),
    }
}
