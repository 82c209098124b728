//! Pieces of evidence put into the texts of the evidence files. What is filed with another figure stays unless it is to go.

use toml::de::DeTable;
use toml::{Table, Value};

use super::asked::{Asked, AskedEvidence, NOTE, PLACE, SOURCE};
use super::piece::{Piece, PieceRow};
use super::rows::set_aside;
use crate::assessment::evidence::format::Evidence as WrittenEvidence;
use crate::assessment::{Assessment, Period};
use crate::diagnostic::{Problem, Problems};
use crate::filing::{
    FiledTexts, NewEvidence, RowChange, changed, end_of, evidence_in, line_end, lines_behind, of_key, quoted,
    with_evidence, with_rows,
};
use crate::import::inline;
use crate::sheet::same_words;
use crate::words::{id_of, listed};

/// What became of a piece.
#[derive(Debug)]
pub(super) enum Written {
    /// It was put in: what changed, in words.
    New(String),
    /// It is filed as the form has it.
    AsItWas,
    /// It is filed with another figure, which stays.
    Kept(Problem),
}

/// The files while pieces are put in.
pub(super) struct Writing<'a> {
    pub(super) texts: FiledTexts<'a>,
    assessment: &'a Assessment,
    asked: &'a Asked<'a>,
    /// Whether what is filed goes where a form has another figure.
    replaces: bool,
    evidence: Vec<String>,
    /// The documents that the assessment did not name: their ids and titles.
    pub(super) new_sources: Vec<(String, String)>,
    /// The keys that go with an old figure.
    replaced: Vec<&'static str>,
}

impl<'a> Writing<'a> {
    /// # Errors
    /// Why the assessment's own file can't be read.
    pub(super) fn new(
        texts: FiledTexts<'a>,
        assessment: &'a Assessment,
        asked: &'a Asked<'a>,
        replaces: bool,
    ) -> Result<Self, Problems> {
        let evidence = texts.evidence_files()?;
        let of_figures = WrittenEvidence::default().keys().map(|(key, _)| key);
        let beside = [SOURCE, PLACE, NOTE, "illustration", "published"];
        let replaced = of_figures.into_iter().chain(beside).collect();
        Ok(Self { texts, assessment, asked, replaces, evidence, new_sources: Vec::new(), replaced })
    }

    /// Puts in a piece. A document is new only where something that is put in is from it.
    ///
    /// # Errors
    /// Why it can't be put in.
    pub(super) fn take(&mut self, piece: &Piece) -> Result<Written, Problem> {
        let known = self.new_sources.len();
        let written = self.put_in(piece);
        if !matches!(written, Ok(Written::New(_))) {
            self.new_sources.truncate(known);
        }
        written
    }

    fn put_in(&mut self, piece: &Piece) -> Result<Written, Problem> {
        let (assessment, all) = (self.assessment, self.asked);
        let (Some(asked), Some(candidate)) =
            (all.evidence.get(piece.evidence), assessment.candidates.get(piece.candidate))
        else {
            return Ok(Written::AsItWas);
        };
        let column = assessment.evidence.get(asked.name);
        let filed = column.and_then(|column| column.get(piece.candidate));
        if let (Some(filed), true) = (&filed, column.is_some_and(|column| column.is_in_a_table(piece.candidate))) {
            let message =
                format!("`{}` of {} stands in a table, `{}`", asked.label, candidate.title, filed.place.source.name);
            return Err(set_aside(&piece.spot, &message, "change the cell of that table"));
        }
        let its_own = filed.map(|filed| filed.place.source.name.clone()).filter(|path| self.evidence.contains(path));
        let path =
            match its_own.map_or_else(|| self.texts.file_of(&self.evidence, &candidate.id), |path| Ok(Some(path)))? {
                Some(path) => path,
                None => self.with_candidate(&candidate.id, piece)?,
            };
        let text = self.texts.text(&path)?.text.clone();
        let mut content: Table = text.parse().unwrap_or_default();
        let there = evidence_in(&mut content, &candidate.id, asked.name).and_then(|it| it.as_table().cloned());
        let there = there.filter(|there| !there.contains_key("missing"));
        let source = piece.source.as_ref().map(|source| self.source(source));
        let replaced = self.replaced.clone();
        let at = NewEvidence { candidate: &candidate.id, name: asked.name, keys: &[], replaced: &replaced };
        let what = format!("{} of {}", asked.label, candidate.title);
        if let (Some(there), Some((list, rows))) = (&there, &piece.list)
            && let Some(old) = periods(there, list)
        {
            let merged = self.merged(asked, there, (list, &old), rows, (source.as_deref(), piece.place.as_deref()));
            return self.with_list((&path, &text), at, list, &merged, (&what, piece));
        }
        let keys = keys(piece, source.as_deref());
        if let Some(there) = &there {
            let other: Vec<String> = keys
                .iter()
                .filter(|(key, value)| there.get(*key).is_none_or(|old| !same(old, value)))
                .map(|(key, value)| told(key, there.get(*key), value))
                .collect();
            match (other.is_empty(), self.replaces) {
                (true, _) => return Ok(Written::AsItWas),
                (false, false) => return Ok(Written::Kept(kept(piece, &what, &other))),
                (false, true) => {}
            }
        }
        let texts: Vec<(&'static str, String)> = keys.iter().map(|(key, value)| (*key, written(value))).collect();
        let new = NewEvidence { keys: &texts, ..at };
        let text = with_evidence((&path, &text), new)?;
        self.texts.put(&path, &text)?;
        Ok(Written::New(format!("{what}: {}", keys.first().map_or_else(String::new, |(_, value)| in_words(value)))))
    }

    /// Changes of a list that is filed.
    fn with_list(
        &mut self,
        file: (&str, &str),
        at: NewEvidence<'_>,
        list: &str,
        merged: &Merged,
        (what, piece): (&str, &Piece),
    ) -> Result<Written, Problem> {
        if !merged.other.is_empty() && !self.replaces {
            return Ok(Written::Kept(kept(piece, what, &merged.other)));
        }
        if merged.changes.is_empty() {
            return Ok(Written::AsItWas);
        }
        let text = with_rows(file, at, list, &merged.changes)?;
        let (path, _) = file;
        self.texts.put(path, &text)?;
        Ok(Written::New(format!("{what}: {}", listed(&merged.told))))
    }

    /// What the rows of a form change of a list that is filed: its periods in `old`.
    fn merged(
        &mut self,
        asked: &AskedEvidence<'_>,
        there: &Table,
        (list, old): (&str, &[Period]),
        rows: &[PieceRow],
        (source, place): (Option<&str>, Option<&str>),
    ) -> Merged {
        let mut merged = Merged::default();
        let figure = asked.figure.figure;
        let of_row = |number: usize| there.get(list)?.as_array()?.get(number)?.get(figure);
        for row in rows {
            let Some(period) = row.period else { continue };
            let Some((_, new)) = row.keys.iter().find(|(key, _)| *key == figure) else { continue };
            match old.iter().position(|known| *known == period) {
                Some(number) if of_row(number).is_some_and(|old| same(old, new)) => {}
                Some(number) => {
                    merged.other.push(told(&period.to_string(), of_row(number), new));
                    merged.told.push(format!("{} for {period}", in_words(new)));
                    merged.changes.push(RowChange::Value(number, figure, inline(new)));
                }
                None => {
                    let before = old.iter().filter(|known| **known < period).count();
                    let own = row.source.as_ref().map(|own| self.source(own));
                    let mut keys = row.keys.clone();
                    let others = [(SOURCE, own.as_deref().or(source)), (PLACE, row.place.as_deref().or(place))];
                    for (key, is) in others {
                        let is = is.filter(|is| there.get(key).and_then(Value::as_str) != Some(*is));
                        keys.extend(is.map(|is| (key, Value::String(is.to_owned()))));
                    }
                    merged.told.push(format!("{} for {period}", in_words(new)));
                    merged.changes.push(RowChange::Before(before, row_text(&keys)));
                }
            }
        }
        merged
    }

    /// The id of a document that a form names by its title or id; a new one where the assessment has none.
    fn source(&mut self, written: &str) -> String {
        let filed = self
            .assessment
            .sources
            .iter()
            .find(|(id, document)| *id == written || same_words(&document.title, written));
        let new = || self.new_sources.iter().find(|(_, title)| same_words(title, written)).map(|(id, _)| id.clone());
        if let Some(id) = filed.map(|(id, _)| id.clone()).or_else(new) {
            return id;
        }
        let start = Some(id_of(written)).filter(|id| !id.is_empty()).unwrap_or_else(|| "document".to_owned());
        let is_taken = |id: &String| {
            self.assessment.sources.contains_key(id) || self.new_sources.iter().any(|(known, _)| known == id)
        };
        let numbered = (2..).map(|number: u32| format!("{start}-{number}"));
        let id = std::iter::once(start.clone()).chain(numbered).find(|id| !is_taken(id)).unwrap_or(start.clone());
        self.new_sources.push((id.clone(), written.to_owned()));
        id
    }

    /// Puts the documents that are new into the assessment's own file, behind those that it names.
    ///
    /// # Errors
    /// A layout in which that can't be.
    pub(super) fn put_sources(&mut self) -> Result<(), Problem> {
        if self.new_sources.is_empty() {
            return Ok(());
        }
        let path = self.texts.main().to_owned();
        let text = self.texts.text(&path)?.text.clone();
        let newline = line_end(&text);
        let tables = self
            .new_sources
            .iter()
            .map(|(id, title)| {
                format!("{newline}[[source]]{newline}id    = {}{newline}title = {}{newline}", quoted(id), quoted(title))
            })
            .collect::<Vec<_>>()
            .concat();
        let (document, _) = DeTable::parse_recoverable(&text);
        let last =
            of_key(document.get_ref(), "source").and_then(|all| all.get_ref().as_array()?.iter().last().map(end_of));
        let splice = lines_behind(&text, last.unwrap_or(text.trim_end().len()), &tables);
        let mut wanted: Table = text.parse().unwrap_or_default();
        let all = wanted.entry("source").or_insert_with(|| Value::Array(Vec::new()));
        for (id, title) in &self.new_sources {
            let keys = [("id", id), ("title", title)].map(|(key, is)| (key.to_owned(), Value::String(is.clone())));
            if let Some(all) = all.as_array_mut() {
                all.push(Value::Table(keys.into_iter().collect()));
            }
        }
        let text = changed((&path, &text), &wanted, [vec![splice]])?;
        self.texts.put(&path, &text)
    }

    /// The last evidence file, with a table for a candidate that stands in tables alone.
    fn with_candidate(&mut self, id: &str, piece: &Piece) -> Result<String, Problem> {
        let Some(path) = self.evidence.last().cloned() else {
            let help = "name an evidence file in `evidence` of assessment.toml";
            return Err(set_aside(&piece.spot, "the assessment has no evidence file", help));
        };
        let text = self.texts.text(&path)?.text.clone();
        let newline = line_end(&text);
        let lines = format!("{newline}[[candidate]]{newline}id = {}{newline}", quoted(id));
        let mut wanted: Table = text.parse().unwrap_or_default();
        let all = wanted.entry("candidate").or_insert_with(|| Value::Array(Vec::new()));
        if let Some(all) = all.as_array_mut() {
            let key = ("id".to_owned(), Value::String(id.to_owned()));
            all.push(Value::Table(std::iter::once(key).collect()));
        }
        let text = changed((&path, &text), &wanted, [vec![lines_behind(&text, text.len(), &lines)]])?;
        self.texts.put(&path, &text)?;
        Ok(path)
    }
}

/// What a form changes of a list.
#[derive(Default)]
struct Merged {
    changes: Vec<RowChange>,
    /// What it changes, in words.
    told: Vec<String>,
    /// Where it has another figure than is filed.
    other: Vec<String>,
}

/// The periods of a list that is filed; none where its rows have none, or can't be put in order.
fn periods(there: &Table, list: &str) -> Option<Vec<Period>> {
    let rows = there.get(list)?.as_array()?;
    let period = |row: &Value| Period::parse(row.get("period")?.as_str()?).ok();
    rows.iter().map(period).collect()
}

/// The keys of a piece, in the order in which a person writes them.
fn keys(piece: &Piece, source: Option<&str>) -> Vec<(&'static str, Value)> {
    let mut keys = Vec::new();
    if let Some((list, rows)) = &piece.list {
        let row = |row: &PieceRow| {
            let own = [(SOURCE, &row.source), (PLACE, &row.place)];
            let own = own.into_iter().filter_map(|(key, is)| Some((key, Value::String(is.clone()?))));
            let keys = row.keys.iter().cloned().chain(own);
            Value::Table(keys.map(|(key, value)| (key.to_owned(), value)).collect())
        };
        keys.push((*list, Value::Array(rows.iter().map(row).collect())));
    }
    keys.extend(piece.keys.iter().cloned());
    let said = [(SOURCE, source), (PLACE, piece.place.as_deref()), (NOTE, piece.note.as_deref())];
    keys.extend(said.into_iter().filter_map(|(key, is)| Some((key, Value::String(is?.to_owned())))));
    keys
}

/// A row of a list on one line.
fn row_text(keys: &[(&'static str, Value)]) -> String {
    let keys: Vec<String> = keys.iter().map(|(key, value)| format!("{key} = {}", inline(value))).collect();
    format!("{{ {} }}", keys.join(", "))
}

/// A value as a person writes it: each row of a list on a line of its own.
fn written(value: &Value) -> String {
    match value {
        Value::Array(rows) if rows.iter().any(Value::is_table) => {
            let lines: Vec<String> = rows.iter().map(|row| format!("    {},\n", inline(row))).collect();
            format!("[\n{}]", lines.concat())
        }
        value => inline(value),
    }
}

/// Whether two values say the same: 5 is 5.0.
fn same(one: &Value, other: &Value) -> bool {
    let number = |value: &Value| match value {
        #[expect(clippy::cast_precision_loss, reason = "figures of evidence are below 2^53")]
        Value::Integer(whole) => Some(*whole as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    };
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Table(one), Value::Table(other)) => {
            let in_other = |(key, value): (&String, &Value)| other.get(key).is_some_and(|other| same(value, other));
            one.len() == other.len() && one.iter().all(in_other)
        }
        _ => match (number(one), number(other)) {
            (Some(one), Some(other)) => one == other,
            _ => one == other,
        },
    }
}

/// A value in a sentence.
fn in_words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Boolean(is) => if *is { "yes" } else { "no" }.to_owned(),
        Value::Array(rows) => crate::words::counted(rows.len(), "row", "rows"),
        value => value.to_string(),
    }
}

/// That something is filed otherwise: `count: 702 is filed, and the form has 710`.
fn told(key: &str, old: Option<&Value>, new: &Value) -> String {
    let old = old.map_or_else(|| "nothing".to_owned(), in_words);
    format!("{key}: {old} is filed, and the form has {}", in_words(new))
}

fn kept(piece: &Piece, what: &str, other: &[String]) -> Problem {
    let message = format!("{what} is filed otherwise: {}", listed(other));
    set_aside(
        &piece.spot,
        &message,
        "add `--existing replace` to have the form’s figures take the place of those that are filed",
    )
}
