//! An assessment of columns in memory, such as those of a data frame. A column is judged as that of a CSV table is, by the same
//! words: there is no file, and so no digest, and a problem points at the name of its column.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;

use super::embedded::{bare_file, bare_files, bare_header};
use super::evidence::format::{Column, ColumnKind};
use super::format::{CandidateKind, Population, Source};
use super::model::Assessment;
use super::validate::in_memory::{Cells, EvidenceColumn, Rows};
use super::validate::validate_with;
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile, did_you_mean};
use crate::toml_file::{At, WrittenNumber};

/// The id of the document that columns are taken from which name no other.
pub const IN_MEMORY: &str = "columns";
/// What that document is called, and the place that problems name.
const TITLE: &str = "Columns in memory";

/// Candidates with their evidence, in columns of equal length: a candidate a row.
#[derive(Debug, Clone, Default)]
pub struct ColumnsInMemory<'a> {
    /// What is assessed, as it would stand on a cover.
    pub title: String,
    /// The partnership whose candidates they are.
    pub partnership: String,
    /// The period it is about, as an assessment says it: `2018-11/2019-10`, `2018/19`, `2019`.
    pub period: String,
    /// The people whom counts are set against that name no column of their own; a whole number above 0.
    pub people: Option<f64>,
    /// The id of each candidate: letters a to z, digits, `-`, `_` and `.`, each once.
    pub ids: Vec<&'a str>,
    /// The title of each; the id serves where there are none.
    pub titles: Option<Vec<&'a str>>,
    /// The code of each one's area.
    pub areas: Option<Vec<&'a str>>,
    /// What each row is.
    pub kind: Option<CandidateKind>,
    /// Documents that declarations name, by id, each with its title.
    pub sources: BTreeMap<String, String>,
    /// The columns by their headers. Those that no declaration names are evidence of that name: a number without an interval,
    /// or yes and no.
    pub columns: BTreeMap<String, Cells<'a>>,
    /// What is said of columns, by evidence name.
    pub declared: BTreeMap<String, Declaration>,
}

/// What is said of a column: the keys of `[table.column.NAME]`, each judged as it is there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// The column's header, where that is not the name of the evidence.
    pub header: Option<String>,
    /// What kind of evidence its cells are.
    pub kind: ColumnKind,
    /// The period that counts cover.
    pub period: Option<String>,
    /// The header of the column that holds each count's population.
    pub population: Option<String>,
    /// The header of the column that holds each count's households.
    pub households: Option<String>,
    /// A rate's denominator: 1000 for a rate per 1,000 people.
    pub per: Option<f64>,
    /// The id of the document that it is taken from; the columns themselves where it is left out.
    pub source: Option<String>,
    /// The place in that document.
    #[serde(rename = "where")]
    pub place: Option<String>,
    /// A judgement's lowest and highest possible score.
    pub scale: Option<[f64; 2]>,
    /// The role that judged.
    pub by: Option<String>,
    /// When it was judged, `2020-02-14`.
    pub date: Option<String>,
    /// Why it was judged so.
    pub because: Option<String>,
    /// Whether the figures are made up for illustration.
    #[serde(default)]
    pub illustration: bool,
    /// Whether it is kept for the reader and need not be read by any rule.
    #[serde(default)]
    pub context: bool,
    /// What a reader should know before relying on it.
    pub note: Option<String>,
}

impl Declaration {
    /// A column of which nothing is said but its kind.
    pub fn of_kind(kind: ColumnKind) -> Self {
        Self {
            header: None,
            kind,
            period: None,
            population: None,
            households: None,
            per: None,
            source: None,
            place: None,
            scale: None,
            by: None,
            date: None,
            because: None,
            illustration: false,
            context: false,
            note: None,
        }
    }
}

impl ColumnsInMemory<'_> {
    /// The headers of the columns that nothing is said of, ascending: each is taken as a number without an interval, or as yes
    /// and no.
    pub fn undeclared(&self) -> Vec<&str> {
        let own = self.declared.iter().map(|(name, declared)| declared.header.as_deref().unwrap_or(name));
        let among = self.declared.values().flat_map(|it| [it.population.as_deref(), it.households.as_deref()]);
        let named: BTreeSet<&str> = own.chain(among.flatten()).collect();
        self.columns.keys().map(String::as_str).filter(|header| !named.contains(header)).collect()
    }

    /// The assessment, if nothing in it stops it; its digest is empty. What is wrong goes to `problems`.
    pub fn judge(&self, problems: &mut Problems) -> Option<Assessment> {
        let mut listing = Listing::default();
        let header = bare_header([&self.title, &self.partnership, &self.period].map(|text| listing.line(text)));
        let people = |people: f64| At { value: WrittenNumber(people), span: listing.line(&people.to_string()).span };
        let people = self.people.map(people);
        let ids = listing.line("id").span;
        let documents = [(IN_MEMORY, TITLE)].into_iter();
        let documents = documents.chain(self.sources.iter().map(|(id, title)| (&**id, &**title)));
        let documents: Vec<Source> = documents.map(|(id, title)| listing.document(id, title)).collect();
        let undeclared: Vec<String> = self.undeclared().into_iter().map(str::to_owned).collect();
        let all = self.declared.iter().map(|(name, declared)| (name.clone(), declared.clone()));
        let all = all.chain(undeclared.iter().map(|name| (name.clone(), self.guessed(name))));
        let written: Vec<(String, Column)> =
            all.map(|(name, declared)| (name.clone(), listing.column(&name, declared))).collect();
        let source = Arc::new(SourceFile::new(TITLE.to_lowercase(), listing.0));
        let columns = written.into_iter().filter_map(|(name, column)| self.column(name, column, &source, problems));
        let rows = Rows {
            ids: &self.ids,
            ids_at: ids,
            titles: self.titles.as_deref(),
            areas: self.areas.as_deref(),
            kind: self.kind,
            columns: columns.collect(),
        };
        let file = bare_file(header, people.map(population), documents);
        let gathered = bare_files(&source, file);
        validate_with(gathered, Some(&rows), String::new(), problems)
    }

    /// What a column is taken as of which nothing is said.
    fn guessed(&self, header: &str) -> Declaration {
        let kind = match self.columns.get(header) {
            Some(Cells::Truths(_)) => ColumnKind::Answer,
            _ => ColumnKind::Number,
        };
        let what = if kind == ColumnKind::Answer { "yes or no" } else { "a number without an interval" };
        let note = Some(format!("nothing is declared of this column: it is taken as {what}"));
        Declaration { note, ..Declaration::of_kind(kind) }
    }

    /// A declared column with its cells.
    fn column<'s>(
        &'s self,
        name: String,
        written: Column,
        source: &Arc<SourceFile>,
        problems: &mut Problems,
    ) -> Option<EvidenceColumn<'s>> {
        let mut cells_of = |header: &At<String>| -> Option<&'s Cells<'_>> {
            let found = self.columns.get(&header.value);
            let problem = match found.map(Cells::len) {
                Some(length) if length == self.ids.len() => return found,
                Some(length) => {
                    let message = format!(
                        "the column `{}` has {length} rows, and there are {} candidates",
                        header.value,
                        self.ids.len()
                    );
                    Problem::new(Code::BadCsv, message).help("give it a cell for each candidate")
                }
                None => {
                    let message = format!("there is no column headed `{}`", header.value);
                    let help = did_you_mean(&header.value, self.columns.keys().map(String::as_str));
                    Problem::new(Code::BadCsv, message).help(help)
                }
            };
            problems.push(problem.at(Place::new(source, header.span.clone())));
            None
        };
        let cells = cells_of(&written.header)?;
        let among = match written.population.as_ref().or(written.households.as_ref()) {
            Some(header) => Some(cells_of(header)?),
            None => None,
        };
        Some(EvidenceColumn { name, written, cells, among })
    }
}

fn population(people: At<WrittenNumber>) -> Population {
    let at = |text: &str| At { value: text.to_owned(), span: people.span.clone() };
    let (source, place) = (at(IN_MEMORY), at(TITLE));
    Population { people, source, place, period: None, yearly_change: None, note: None }
}

/// What was given, a line each: what problems point at.
#[derive(Default)]
struct Listing(String);

impl Listing {
    fn line(&mut self, text: &str) -> At<String> {
        let start = self.0.len();
        self.0.push_str(text);
        let span: Range<usize> = start..self.0.len();
        self.0.push('\n');
        At { value: text.to_owned(), span }
    }

    fn document(&mut self, id: &str, title: &str) -> Source {
        let id = self.line(id);
        let title = At { value: title.to_owned(), span: id.span.clone() };
        Source { id, title, publisher: None, date: None, index: None, edition: None, note: None }
    }

    /// A column's declaration, all of which stands at the line of its header.
    fn column(&mut self, name: &str, declared: Declaration) -> Column {
        let header = self.line(declared.header.as_deref().unwrap_or(name));
        let at = |value: Option<String>| value.map(|value| At { value, span: header.span.clone() });
        let is_from_here = declared.source.is_none() && declared.place.is_none();
        let is_judged = matches!(declared.kind, ColumnKind::Judgement) || declared.by.is_some();
        let here = |text: String| is_from_here.then_some(text).filter(|_| !is_judged);
        let place = declared.place.or_else(|| here(format!("column {}", header.value)));
        let source = declared.source.or_else(|| here(IN_MEMORY.to_owned()));
        Column {
            kind: At { value: declared.kind, span: header.span.clone() },
            period: at(declared.period),
            population: at(declared.population),
            households: at(declared.households),
            per: declared.per.map(|per| At { value: WrittenNumber(per), span: header.span.clone() }),
            source: at(source),
            place: at(place),
            scale: declared.scale.map(|ends| At { value: ends.map(WrittenNumber).to_vec(), span: header.span.clone() }),
            by: at(declared.by),
            date: at(declared.date),
            because: at(declared.because),
            illustration: declared.illustration,
            context: declared.context,
            note: declared.note,
            caveats: None,
            corroborated_by: None,
            contradicted_by: None,
            header,
        }
    }
}
