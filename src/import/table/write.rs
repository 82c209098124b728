//! Figures into files: an evidence file, or a CSV table with the `[[table]]` that reads it.

use std::collections::{BTreeMap, BTreeSet};

use toml::Value;

use super::cells::{FigureMarks, to_twelve_digits};
use super::group::{About, place};
use super::layout::LaidOutSheet;
use super::names::{is_average, may_be_total};
use super::points::{Point, PointFigure, Points};
use super::rows::ReadRows;
use super::{FigureKind, FiguresIn, OutputKind, TableOptions};
use crate::areas::BEST_FIT_CAVEAT;
use crate::assessment::{CandidateKind, Period};
use crate::diagnostic::{Code, Problem};
use crate::files::TEXT_LIMIT;
use crate::import::given::{option_problem, toml_number, toml_table, why_nothing};
use crate::import::{EvidenceText, Import};
use crate::sheet::inert;
use crate::words::listed;
use crate::words::{id_of, name_of};

/// The files, with the account and what a reader should know.
///
/// # Errors
/// That no figure is left, or that a file would be too large to be read.
pub(super) fn files(
    sheets: &[LaidOutSheet],
    mut rows: ReadRows,
    points: &Points,
    mut remarks: Vec<String>,
    options: &TableOptions,
) -> Result<Import, Problem> {
    remarks.append(&mut rows.remarks);
    remarks.extend(rows.account.remarks());
    remarks.extend(totals(&rows, points));
    if !points.values().flatten().any(|point| point.figure.is_shown()) {
        let why = [vec![format!("{}.", why_nothing(&rows.account.account))], remarks].concat().join(" ");
        return Err(option_problem("there is no figure to write", why));
    }
    let writer = TableWriter { sheets, rows: &rows, points, options };
    let files = match options.output {
        OutputKind::Evidence => vec![(format!("evidence/{}.toml", writer.stem()), writer.evidence()?)],
        OutputKind::Table => writer.table()?,
    };
    Ok(Import { files, account: rows.account.account, remarks })
}

/// Candidates that look like the sum of the others, by their names or by all of their figures.
fn totals(rows: &ReadRows, points: &Points) -> Option<String> {
    let by_figures = sums_of_others(rows, points);
    let found = (0..)
        .zip(&rows.candidates.all)
        .filter(|(number, named)| by_figures.contains(number) || may_be_total(&named.text) || is_average(&named.text));
    let found: Vec<String> = found.map(|(_, named)| named.text.clone()).collect();
    let (it, several) = (if found.len() == 1 { "it" } else { "them" }, rows.candidates.all.len() > 1);
    let told = || format!("{} may sum up the other candidates: if so, leave {it} out with `--where`.", listed(&found));
    (several && !found.is_empty()).then(told)
}

/// Candidates each of whose figures is the sum of those of the others that are no totals.
fn sums_of_others(rows: &ReadRows, points: &Points) -> BTreeSet<u32> {
    let mut figures: BTreeMap<u32, BTreeMap<TableColumn, f64>> = BTreeMap::new();
    for ((candidate, evidence), points) in points {
        let numbers = points.iter().filter_map(|point| match point.figure {
            PointFigure::Number(number) => Some(((*evidence, point.period), number)),
            PointFigure::Shared(..) | PointFigure::Suppressed(_) | PointFigure::Missing(_) => None,
        });
        figures.entry(*candidate).or_default().extend(numbers);
    }
    let named_total = |candidate: &u32| rows.candidates.get(*candidate).is_some_and(|named| may_be_total(&named.text));
    let mut all: BTreeMap<TableColumn, f64> = BTreeMap::new();
    for (_, own) in figures.iter().filter(|(candidate, _)| !named_total(candidate)) {
        for (column, number) in own {
            *all.entry(*column).or_default() += number;
        }
    }
    #[expect(clippy::float_cmp, reason = "rounded to twelve digits")]
    let is_half = |(column, number): (&TableColumn, &f64)| {
        all.get(column).is_some_and(|all| to_twelve_digits(*all) == to_twelve_digits(number * 2.0))
    };
    let enough = figures.len() > 2;
    let is_sum = |(candidate, own): &(&u32, &BTreeMap<TableColumn, f64>)| {
        // One figure may be the sum of two by chance.
        let by_chance = own.len() < 2 && figures.len() < 4;
        let some = own.values().any(|number| *number != 0.0);
        enough && !by_chance && some && !named_total(candidate) && own.iter().all(is_half)
    };
    figures.iter().filter(is_sum).map(|(candidate, _)| *candidate).collect()
}

/// A column of a table: the evidence, by number, and the period.
type TableColumn = (u32, Option<Period>);

struct TableWriter<'a> {
    sheets: &'a [LaidOutSheet],
    rows: &'a ReadRows,
    points: &'a Points,
    options: &'a TableOptions,
}

impl TableWriter<'_> {
    /// The name of the files and the id of the document: that of the first file that was read.
    fn stem(&self) -> String {
        let path = self.options.paths.first().map(String::as_str).unwrap_or_default();
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let stem = id_of(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
        if stem.is_empty() { "table".to_owned() } else { stem }
    }

    fn source(&self) -> Result<Vec<(&'static str, Value)>, Problem> {
        let names: Vec<String> =
            self.options.paths.iter().map(|path| path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()).collect();
        self.options.cited.keys(&self.stem(), &listed(&names), "")
    }

    fn comment(&self) -> String {
        format!("Made by `prioritise import table` from {}.", listed(&self.options.paths))
    }

    /// The title of a candidate.
    fn title(&self, candidate: u32) -> String {
        let text = self.rows.candidates.get(candidate).map(|named| named.text.clone()).unwrap_or_default();
        self.rows.titles.get(&candidate).filter(|title| !title.is_empty()).cloned().unwrap_or(text)
    }

    fn id(&self, candidate: u32) -> &str {
        self.rows.candidates.get(candidate).map(|named| named.key.as_str()).unwrap_or_default()
    }

    fn name(&self, evidence: u32) -> &str {
        self.rows.evidence.get(evidence).map(|named| named.key.as_str()).unwrap_or_default()
    }

    // --- Evidence ----------------------------------------------------------------------------------------------------

    fn evidence(&self) -> Result<String, Problem> {
        let mut text = EvidenceText::new(&format!("{}\n\n{}", self.comment(), self.rows.account.account));
        text.source(&self.source()?);
        let mut by_id: BTreeMap<&str, Vec<About>> = BTreeMap::new();
        for about in self.points.keys() {
            by_id.entry(self.id(about.0)).or_default().push(*about);
        }
        for (id, mut abouts) in by_id {
            abouts.sort_by_key(|about| self.name(about.1));
            let Some((candidate, _)) = abouts.first() else { continue };
            text.candidate(id, &self.title(*candidate), self.options.kind, "");
            for about in abouts {
                text.evidence(self.name(about.1), &self.keys(about));
            }
        }
        let text = text.finish();
        let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
        if size > TEXT_LIMIT {
            let message = format!("the evidence would have {} MiB; at most {} are read", size >> 20, TEXT_LIMIT >> 20);
            return Err(
                Problem::new(Code::FileTooLarge, message).help("choose rows with `--where`, or say `--as table`")
            );
        }
        Ok(text)
    }

    /// The keys of a piece of evidence.
    fn keys(&self, about: About) -> Vec<(&'static str, Value)> {
        let points = self.points.get(&about).map(Vec::as_slice).unwrap_or_default();
        let mut keys = if self.options.has_times() { self.series(about, points) } else { self.one(points) };
        if matches!(keys.first(), Some(("missing", _))) {
            return keys;
        }
        if let Some(people) = self.rows.populations.get(&about.0) {
            keys.push(("population", toml_number(*people)));
        }
        keys.push(("source", self.stem().into()));
        keys.push(("where", self.where_from(about, points).into()));
        keys.extend(note(points).map(|note| ("note", note.into())));
        keys.extend(self.caveat(points).map(|caveat| ("caveats", Value::Array(vec![caveat.into()]))));
        keys
    }

    /// What limits figures of new areas that are not whole sums of old ones.
    fn caveat(&self, points: &[Point]) -> Option<String> {
        let asked = self.options.new_areas.as_ref()?;
        if points.iter().any(|point| matches!(point.figure, PointFigure::Shared(..))) {
            let told = "Part of it was shared out among new areas and is an estimate: from none to all of that part can be here.";
            return Some(told.to_owned());
        }
        asked.best_fit.then(|| BEST_FIT_CAVEAT.to_owned())
    }

    fn series(&self, about: About, points: &[Point]) -> Vec<(&'static str, Value)> {
        let number = |point: &Point| match (&point.figure, point.period) {
            (PointFigure::Number(count), Some(period)) => {
                Some(toml_table([("period", period.written().into()), ("count", toml_number(*count))]))
            }
            (PointFigure::Shared(count, (least, most)), Some(period)) => Some(toml_table([
                ("period", period.written().into()),
                ("count", toml_number(*count)),
                ("at_least", toml_number(*least)),
                ("at_most", toml_number(*most)),
            ])),
            _ => None,
        };
        let counts: Vec<Value> = points.iter().filter_map(number).collect();
        if counts.is_empty() {
            let why = format!("No period of {} in the file can be told whole.", self.title(about.0));
            return vec![("missing", why.into())];
        }
        let mut keys = vec![("series", Value::Array(counts))];
        let breaks: Vec<Value> = points.iter().filter(|point| point.marks.breaks()).filter_map(broken).collect();
        if !breaks.is_empty() {
            keys.push(("breaks", Value::Array(breaks)));
        }
        keys
    }

    fn one(&self, points: &[Point]) -> Vec<(&'static str, Value)> {
        let Some(point) = points.first() else { return vec![("missing", "The file has no figure.".into())] };
        let number = match &point.figure {
            PointFigure::Number(number) => toml_number(*number),
            PointFigure::Shared(count, (least, most)) => {
                let ends = [("at_least", toml_number(*least)), ("at_most", toml_number(*most))];
                return dated([("count", toml_number(*count))].into_iter().chain(ends).collect(), point.period);
            }
            PointFigure::Suppressed(mark) => return dated(vec![("suppressed", mark.as_str().into())], point.period),
            PointFigure::Missing(why) => return vec![("missing", why.as_str().into())],
        };
        let keys = match self.options.figure {
            FigureKind::Count => vec![("count", number)],
            FigureKind::Rate { per } => vec![("rate", number), ("per", toml_number(per))],
            FigureKind::Percentage => vec![("percentage", number)],
            FigureKind::Number => vec![("number", number)],
        };
        dated(keys, point.period)
    }

    /// Where in the file a figure is from: its cell, or which rows were added up.
    fn where_from(&self, about: About, points: &[Point]) -> String {
        let only = match points {
            [point] if point.rows == 1 && self.options.figures != FiguresIn::Rows => point.first,
            _ => None,
        };
        if let Some(place) = only.and_then(|at| place(self.sheets, at)) {
            return place;
        }
        let mut parts = Vec::new();
        let sheets: BTreeSet<&str> = self.sheets.iter().filter_map(|sheet| sheet.sheet.name.as_deref()).collect();
        parts.extend(sheets.iter().map(|sheet| format!("sheet {sheet}")));
        match (&self.options.id, &self.options.figures) {
            (Some(id), figures) => {
                let text = self.rows.candidates.get(about.0).map(|named| named.text.as_str()).unwrap_or_default();
                parts.push(format!("rows where {id} = {text}"));
                if let (FiguresIn::Columns(columns), Some(named)) = (figures, self.rows.evidence.get(about.1))
                    && self.options.evidence_by.is_none()
                {
                    let column = if columns.len() > 1 { &named.text } else { columns.first().unwrap_or(&named.text) };
                    parts.push(format!("column {column}"));
                }
            }
            (None, _) => parts.push(format!("column {}", self.title(about.0))),
        }
        if let (Some(by), Some(named)) = (&self.options.evidence_by, self.rows.evidence.get(about.1)) {
            parts.push(format!("{by} = {}", named.text));
        }
        parts.extend(self.options.conditions.iter().map(|condition| condition.written.clone()));
        if !self.options.when.is_empty() {
            parts.push(format!("by {}", self.options.when.join(" and ")));
        }
        parts.join("; ")
    }

    // --- A table -----------------------------------------------------------------------------------------------------

    fn table(&self) -> Result<Vec<(String, String)>, Problem> {
        let columns: BTreeSet<TableColumn> =
            self.points.iter().flat_map(|(about, points)| points.iter().map(|point| (about.1, point.period))).collect();
        let mut columns: Vec<TableColumn> = columns.into_iter().collect();
        columns.sort_by_key(|(evidence, period)| (self.name(*evidence), *period));
        let stem = self.stem();
        let csv = (format!("tables/{stem}.csv"), self.cells(&columns));
        let snippet = (format!("tables/{stem}.toml"), self.snippet(&stem, &columns)?);
        Ok(vec![csv, snippet])
    }

    /// The name of a column: of the evidence, and of the period where there are several.
    fn column_name(&self, (evidence, period): TableColumn) -> String {
        match period.filter(|_| self.options.has_times()) {
            Some(period) => format!("{}_{}", self.name(evidence), name_of(&period.written())),
            None => self.name(evidence).to_owned(),
        }
    }

    fn cells(&self, columns: &[TableColumn]) -> String {
        let has_people = !self.rows.populations.is_empty();
        let mut head = vec!["id".to_owned(), "title".to_owned()];
        head.extend(has_people.then(|| "population".to_owned()));
        head.extend(columns.iter().map(|column| self.column_name(*column)));
        let mut by_candidate: BTreeMap<u32, BTreeMap<TableColumn, String>> = BTreeMap::new();
        for (about, points) in self.points {
            let cells = by_candidate.entry(about.0).or_default();
            cells.extend(points.iter().map(|point| ((about.1, point.period), cell(&point.figure))));
        }
        let mut text = head.join(",") + "\n";
        let mut rows: Vec<_> = by_candidate.into_iter().collect();
        rows.sort_by_key(|(candidate, _)| self.id(*candidate));
        for (candidate, cells) in rows {
            let mut row = vec![self.id(candidate).to_owned(), quoted(&self.title(candidate))];
            let people = self.rows.populations.get(&candidate).map(|people| toml_number(*people).to_string());
            row.extend(has_people.then(|| people.unwrap_or_default()));
            row.extend(columns.iter().map(|column| cells.get(column).cloned().unwrap_or_default()));
            text.push_str(&(row.join(",") + "\n"));
        }
        text
    }

    /// The tables that `assessment.toml` needs.
    fn snippet(&self, stem: &str, columns: &[TableColumn]) -> Result<String, Problem> {
        let comment = format!(
            "{}\nCopy this to the end of assessment.toml, in whose folder `tables` stands.\n\n{}",
            self.comment(),
            self.rows.account.account
        );
        let mut text = EvidenceText::new(&comment);
        text.source(&self.source()?);
        let kind = match self.options.kind {
            CandidateKind::Crime => "crime",
            CandidateKind::People => "people",
            CandidateKind::Place => "place",
            CandidateKind::Theme => "theme",
        };
        text.table(
            "[[table]]",
            &[
                ("file", format!("tables/{stem}.csv").into()),
                ("id", "id".into()),
                ("title", "title".into()),
                ("kind", kind.into()),
            ],
        );
        for column in columns {
            let name = self.column_name(*column);
            let mut keys: Vec<(&str, Value)> = vec![("header", name.as_str().into())];
            keys.extend(match self.options.figure {
                FigureKind::Count => vec![("kind", "count".into())],
                FigureKind::Rate { per } => vec![("kind", "rate".into()), ("per", toml_number(per))],
                FigureKind::Percentage => vec![("kind", "percentage".into())],
                FigureKind::Number => vec![("kind", "number".into())],
            });
            keys = dated(keys, column.1);
            if !self.rows.populations.is_empty() {
                keys.push(("population", "population".into()));
            }
            keys.push(("source", stem.into()));
            keys.push(("where", self.column_from(*column).into()));
            keys.extend(self.column_note(*column).map(|note| ("note", note.into())));
            text.table(&format!("[table.column.{name}]"), &keys);
        }
        Ok(text.finish())
    }

    /// What is marked on figures of a column.
    fn column_note(&self, (evidence, period): TableColumn) -> Option<String> {
        let points = self.points.iter().filter(|((_, other), _)| *other == evidence).flat_map(|(_, points)| points);
        let marks = points
            .filter(|point| point.period == period && point.figure.is_shown())
            .fold(FigureMarks::default(), |all, point| all.and(point.marks));
        let broken = marks.breaks().then(|| "The file marks a break in the series here, `[b]`.".to_owned());
        let meanings = marks.meanings().map(|(mark, meaning)| format!("Some are marked as {meaning}, `[{mark}]`."));
        let sentences: Vec<String> = broken.into_iter().chain(meanings).collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }

    /// Where the figures of a column are from.
    fn column_from(&self, (evidence, _): TableColumn) -> String {
        let mut parts = Vec::new();
        parts.extend(self.options.id.iter().map(|id| format!("rows by {id}")));
        if let (Some(by), Some(named)) = (&self.options.evidence_by, self.rows.evidence.get(evidence)) {
            parts.push(format!("{by} = {}", named.text));
        } else if let FiguresIn::Columns(columns) = &self.options.figures {
            let named = self.rows.evidence.get(evidence).map(|named| &named.text).filter(|_| columns.len() > 1);
            parts.extend(match (named, &**columns) {
                (Some(column), _) | (None, [column]) => Some(format!("column {column}")),
                (None, columns) => Some(format!("columns {}", listed(columns))),
            });
        }
        parts.extend(self.options.conditions.iter().map(|condition| condition.written.clone()));
        parts.join("; ")
    }
}

/// With the period that a figure is of.
fn dated(mut keys: Vec<(&str, Value)>, period: Option<Period>) -> Vec<(&str, Value)> {
    keys.extend(period.map(|period| ("period", period.written().into())));
    keys
}

/// The break that the file marks on a point.
fn broken(point: &Point) -> Option<Value> {
    let first = point.period?.iso_day();
    Some(toml_table([("date", first.into()), ("cause", "the file marks a break in the series here, `[b]`".into())]))
}

/// What is marked on figures, with their periods.
fn note(points: &[Point]) -> Option<String> {
    let all = points.iter().fold(FigureMarks::default(), |all, point| all.and(point.marks));
    let marked = |mark: &str| -> Vec<String> {
        let has = |point: &&Point| point.marks.meanings().any(|(other, _)| other == mark);
        points.iter().filter(has).filter_map(|point| point.period).map(Period::written).collect()
    };
    let sentences: Vec<String> = all
        .meanings()
        .map(|(mark, meaning)| match &*marked(mark) {
            [] => format!("Marked as {meaning}, `[{mark}]`."),
            periods => format!("Marked as {meaning}, `[{mark}]`: {}.", listed(periods)),
        })
        .collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn cell(figure: &PointFigure) -> String {
    match figure {
        PointFigure::Number(number) | PointFigure::Shared(number, _) => toml_number(*number).to_string(),
        PointFigure::Suppressed(mark) => mark.clone(),
        PointFigure::Missing(_) => String::new(),
    }
}

/// Text as a cell of CSV: in quotes where it has a comma, a quote or a line end.
fn quoted(text: &str) -> String {
    let text = inert(text);
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
