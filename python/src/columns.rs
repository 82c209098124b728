//! Ranking columns by a rule set: what is asked, and what is read of a table.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use arrow_array::{ArrayRef, RecordBatch};
use prioritise::assessment::{CandidateKind, Cells, ColumnsInMemory, Declaration, Period};
use prioritise::cli;
use prioritise::diagnostic::{Code, Problem, Problems, did_you_mean};
use prioritise::report;
use prioritise::rules::{self, RuleSet};
use prioritise::scoring;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arrow_in::{cells, texts, whole_numbers_as_text};
use crate::arrow_out::Table;

/// What is asked of a table.
pub(crate) struct Asked {
    rules: String,
    period: String,
    heading: (String, String),
    id: String,
    title: Option<String>,
    area: Option<String>,
    kind: Option<CandidateKind>,
    people: Option<f64>,
    sources: BTreeMap<String, String>,
    declared: BTreeMap<String, Declaration>,
}

impl Asked {
    /// What Python asks.
    ///
    /// # Errors
    /// `ValueError` for a declaration with a key or a value that none has.
    pub(crate) fn read(asked: &Bound<'_, PyDict>) -> PyResult<Self> {
        fn json<T: serde::de::DeserializeOwned>(what: &str, text: Option<String>) -> PyResult<Option<T>> {
            let read = |text: String| serde_json::from_str(&text);
            text.map(read).transpose().map_err(|error| PyValueError::new_err(format!("{what}: {error}")))
        }
        let text =
            |key: &str| -> PyResult<Option<String>> { asked.get_item(key)?.map_or(Ok(None), |value| value.extract()) };
        let needed = |key: &str| -> PyResult<String> {
            text(key)?.ok_or_else(|| PyValueError::new_err(format!("`{key}` is not given")))
        };
        let people = asked.get_item("people")?.map_or(Ok(None), |value| value.extract());
        Ok(Self {
            rules: needed("rules")?,
            period: needed("period")?,
            heading: (needed("heading")?, needed("partnership")?),
            id: needed("id")?,
            title: text("title")?,
            area: text("area")?,
            kind: json("kind", text("kind")?)?,
            people: people?,
            sources: json("sources", text("sources")?)?.unwrap_or_default(),
            declared: json("columns", text("columns")?)?.unwrap_or_default(),
        })
    }
}

/// Ranks a table, all batches of it together.
///
/// # Errors
/// What is wrong with rules, declarations or cells.
pub(crate) fn rank(batches: &[RecordBatch], asked: &Asked, threads: NonZeroUsize) -> Result<Table, Problems> {
    let mut problems = Problems::default();
    let rules = read_rules(asked, &mut problems)?;
    let given = Given(batches);
    let owned_ids = given.column(&asked.id).and_then(|column| whole_numbers_as_text(&column));
    let ids = match &owned_ids {
        Some(owned) => owned.iter().map(String::as_str).collect(),
        None => given.text(&asked.id)?,
    };
    let (columns, unread) = given.read_by(&rules, asked)?;
    let in_memory = ColumnsInMemory {
        title: asked.heading.0.clone(),
        partnership: asked.heading.1.clone(),
        period: asked.period.clone(),
        people: asked.people,
        ids,
        titles: asked.title.as_deref().map(|title| given.text(title)).transpose()?,
        areas: asked.area.as_deref().map(|area| given.text(area)).transpose()?,
        kind: asked.kind,
        sources: asked.sources.clone(),
        columns,
        declared: asked.declared.clone(),
    };
    let notes = notes(&in_memory, &unread);
    let Some(assessment) = prioritise::of_columns(&in_memory, &rules, &mut problems) else { return Err(problems) };
    let ranking = scoring::rank(&assessment, &rules, threads)?;
    Table::new(&report::columns(&ranking)?, &ranking, notes)
}

fn read_rules(asked: &Asked, problems: &mut Problems) -> Result<RuleSet, Problems> {
    let mut found = Problems::default();
    let period = Period::parse(&asked.period)
        .map_err(|why| Problem::new(Code::BadPeriod, why.message).help(why.help))
        .map_err(Problems::from)?;
    let loaded = rules::load(&cli::disk(), &asked.rules, None, &mut found).rules;
    let rules = loaded.and_then(|editions| editions.for_period(period, &mut found));
    match rules.filter(|_| !found.has_errors()) {
        Some(rules) => {
            problems.extend(found);
            Ok(rules)
        }
        None => Err(found),
    }
}

/// What the reader of the list should know of its columns.
fn notes(columns: &ColumnsInMemory<'_>, unread: &[&str]) -> Vec<String> {
    let taken = columns.undeclared().into_iter().map(|header| {
        let what = match columns.columns.get(header) {
            Some(Cells::Truths(_)) => "yes or no",
            _ => "a number without an interval",
        };
        format!("nothing is declared of the column `{header}`: it is taken as {what}")
    });
    let unread = unread.iter().map(|header| format!("the column `{header}` is not read: no rule reads it"));
    taken.chain(unread).collect()
}

/// A table in batches of the same columns.
struct Given<'a>(&'a [RecordBatch]);

impl<'a> Given<'a> {
    fn headers(&self) -> Vec<&'a str> {
        let first = self.0.first().map(|batch| batch.schema_ref().fields());
        first.into_iter().flatten().map(|field| field.name().as_str()).collect()
    }

    fn column(&self, header: &str) -> Option<Vec<&'a ArrayRef>> {
        let found = self.0.iter().map(|batch| batch.column_by_name(header)).collect::<Option<Vec<_>>>();
        found.filter(|_| !self.0.is_empty())
    }

    /// The text of a column; nothing where there is none.
    fn text(&self, header: &str) -> Result<Vec<&'a str>, Problem> {
        let Some(column) = self.column(header) else {
            let message = format!("there is no column headed `{header}`");
            return Err(Problem::new(Code::BadCsv, message).help(did_you_mean(header, self.headers())));
        };
        let read = texts(&column).map(|texts| texts.into_iter().map(Option::unwrap_or_default).collect());
        let message = || format!("the cells of the column `{header}` are no text");
        read.ok_or_else(|| Problem::new(Code::BadCsv, message()).help("make it text, or name another column"))
    }

    /// The columns that are declared, or that the rules read, and the headers of those that are neither.
    fn read_by(&self, rules: &RuleSet, asked: &Asked) -> Result<(BTreeMap<String, Cells<'a>>, Vec<&'a str>), Problem> {
        let declared = asked.declared.iter().flat_map(|(name, it)| {
            [Some(it.header.as_deref().unwrap_or(name)), it.population.as_deref(), it.households.as_deref()]
        });
        let declared: BTreeSet<&str> = declared.flatten().collect();
        let named = [Some(&asked.id), asked.title.as_ref(), asked.area.as_ref()];
        let is_heading = |header: &str| named.iter().flatten().any(|name| **name == header);
        let mut columns = BTreeMap::new();
        let mut unread = Vec::new();
        for header in self.headers() {
            let is_evidence = rules.evidence.contains_key(header) && !asked.declared.contains_key(header);
            if !declared.contains(header) && !is_evidence {
                unread.extend((!is_heading(header)).then_some(header));
                continue;
            }
            let Some(read) = self.column(header).and_then(|column| cells(&column)) else {
                let message = format!("the cells of the column `{header}` are neither numbers, text nor truths");
                return Err(Problem::new(Code::BadCsv, message).help("cast it, or leave it out"));
            };
            columns.insert(header.to_owned(), read);
        }
        Ok((columns, unread))
    }
}
