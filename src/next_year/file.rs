//! `assessment.toml` and evidence files of next year.

use toml::{Table, Value};

use super::asked::Asking;
use super::rewriting::Rewriting;
use super::rewriting::Step::{self, At, Key};
use crate::assessment::Period;
use crate::words::counted;

/// The assessment's own file.
pub(super) const MAIN: &str = "assessment.toml";
const RENEW_SOURCE: &str = "# To be renewed: the edition that the new figures come from.\n";
const RENEW_COLUMN: &str = "# To be renewed with the cells: `where`, and who judged, when and why.\n";

/// What was made, counted.
#[derive(Debug, Default)]
pub(super) struct Counts {
    evidence: usize,
    evidence_files: usize,
    columns: usize,
    sources: usize,
    populations: usize,
    statements: usize,
    members: usize,
    committee: bool,
}

impl Counts {
    /// A line for each thing that is to be filled in.
    pub(super) fn told(&self) -> Vec<String> {
        let mut told = Vec::new();
        if self.evidence > 0 {
            let files = counted(self.evidence_files, "file", "files");
            let pieces = counted(self.evidence, "piece of evidence", "pieces of evidence");
            told.push(format!("To file: {pieces} in {files}, with what was filed last year as a comment."));
        }
        if self.columns > 0 {
            let columns = counted(self.columns, "column of a table", "columns of tables");
            told.push(format!("To file: {columns}, whose cells are empty."));
        }
        if self.members > 0 {
            let members = counted(self.members, "member", "members");
            told.push(format!(
                "To name: this year's record or list of {members}. Until then nothing is known of them."
            ));
        }
        if self.populations > 0 {
            told.push("To file: the population.".to_owned());
        }
        if self.sources > 0 {
            told.push(format!("To renew: {}.", counted(self.sources, "source", "sources")));
        }
        if self.statements > 0 {
            let statements = counted(self.statements, "statement", "statements");
            told.push(format!("To write: {statements} beside the list, last year's as comments."));
        }
        if self.committee {
            told.push("To write: what a committee expects of the paper, last year's as a comment.".to_owned());
        }
        told
    }
}

/// What is new in `assessment.toml`.
pub(super) struct MainFile<'m> {
    pub(super) heading: String,
    /// None where it stays.
    pub(super) title: Option<&'m str>,
    pub(super) rules: &'m str,
    pub(super) reviews: Vec<&'m str>,
}

/// Next year's `assessment.toml`; none where last year's is no TOML.
pub(super) fn assessment(text: &str, new: &MainFile<'_>, asking: &Asking<'_>, counts: &mut Counts) -> Option<String> {
    let (schema, text) = schema_line(text);
    let mut file = Rewriting::new(text)?;
    let header = [Key("assessment")];
    let text = |text: &str| Value::String(text.to_owned());
    if let Some(title) = new.title {
        file.set(&[Key("assessment"), Key("title")], text(title));
    }
    file.set(&[Key("assessment"), Key("period")], text(&asking.next.written()));
    file.set(&[Key("assessment"), Key("rules")], text(new.rules));
    for key in ["documents", "decisions", "reviews", "plan"] {
        file.leave_out(&[Key("assessment"), Key(key)]);
    }
    file.add(&header, "reviews", Value::Array(new.reviews.iter().map(|name| text(name)).collect()));
    counts.statements += length(file.tree(), "statement");
    counts.committee = file.tree().contains_key("committee");
    file.leave_out(&[Key("committee")]);
    file.leave_out(&[Key("statement")]);
    file.leave_out(&[Key("last_plan")]);
    sources_and_population(&mut file, counts);
    columns(&mut file, asking, counts);
    members(&mut file, asking, counts);
    Some(file.finish(&format!("{schema}{}", new.heading)))
}

/// A file of next year's evidence; none where last year's is no TOML.
pub(super) fn evidence(text: &str, asking: &Asking<'_>, counts: &mut Counts) -> Option<String> {
    let (schema, text) = schema_line(text);
    let mut file = Rewriting::new(text)?;
    sources_and_population(&mut file, counts);
    candidates(&mut file, "candidate", asking, counts);
    Some(file.finish(schema))
}

/// Next year's file of themes, which gather what they did; none where last year's is no TOML.
pub(super) fn themes(text: &str, asking: &Asking<'_>, counts: &mut Counts) -> Option<String> {
    let (schema, text) = schema_line(text);
    let mut file = Rewriting::new(text)?;
    candidates(&mut file, "theme", asking, counts);
    for at in 0..length(file.tree(), "theme") {
        file.leave_out(&[Key("theme"), At(at), Key("claimed")]);
    }
    Some(file.finish(schema))
}

/// The candidates under `list`, each with its evidence asked for.
fn candidates(file: &mut Rewriting<'_>, list: &'static str, asking: &Asking<'_>, counts: &mut Counts) {
    let all: Vec<Table> = tables(file.tree(), list);
    let before = counts.evidence;
    for (at, candidate) in all.iter().enumerate() {
        let id = candidate.get("id").and_then(Value::as_str).unwrap_or_default();
        formerly(file, &[Key(list), At(at)], id, candidate);
        file.leave_out(&[Key(list), At(at), Key("meanwhile")]);
        let evidence = candidate.get("evidence").and_then(Value::as_table);
        for (name, filed) in evidence.into_iter().flatten() {
            let asked = asking.in_place_of(filed.as_table().unwrap_or(&Table::new()));
            let steps = [Key(list), At(at), Key("evidence"), Key(name)];
            file.replace(&steps, &asked, &asking.comment(id, name));
            counts.evidence += 1;
        }
    }
    counts.evidence_files += usize::from(list == "candidate" || counts.evidence > before);
}

/// Members of whom nothing is here yet: what was there last year stays as a comment.
fn members(file: &mut Rewriting<'_>, asking: &Asking<'_>, counts: &mut Counts) {
    for (at, member) in tables(file.tree(), "member").iter().enumerate() {
        for key in ["record", "assessment", "list", "missing", "population", "note"] {
            file.leave_out(&[Key("member"), At(at), Key(key)]);
        }
        let missing = format!("Nothing of it is here yet for {}.", asking.next.written());
        file.add(&[Key("member"), At(at)], "missing", Value::String(missing));
        counts.members += usize::from(member.contains_key("id"));
    }
}

/// The candidate's own id among its earlier ones: so it is followed from year to year, also where it gets another.
fn formerly(file: &mut Rewriting<'_>, above: &[Step<'_>; 2], id: &str, candidate: &Table) {
    let [list, at] = *above;
    let steps = [list, at, Key("formerly")];
    match candidate.get("formerly").and_then(Value::as_array) {
        Some(ids) if ids.iter().any(|known| known.as_str() == Some(id)) => {}
        Some(ids) => {
            let all = [Value::String(id.to_owned())].into_iter().chain(ids.iter().cloned()).collect();
            file.set(&steps, Value::Array(all));
        }
        None => {
            file.add(above, "formerly", Value::Array(vec![Value::String(id.to_owned())]));
        }
    }
}

fn sources_and_population(file: &mut Rewriting<'_>, counts: &mut Counts) {
    if file.tree().contains_key("population") {
        counts.populations += 1;
        file.leave_out(&[Key("population")]);
    }
    for at in 0..length(file.tree(), "source") {
        counts.sources += 1;
        file.remark(&[Key("source"), At(at)], RENEW_SOURCE);
        for key in ["date", "note"] {
            file.leave_out(&[Key("source"), At(at), Key(key)]);
        }
    }
}

/// The columns of tables, for the new period.
fn columns(file: &mut Rewriting<'_>, asking: &Asking<'_>, counts: &mut Counts) {
    let tables: Vec<Table> = tables(file.tree(), "table");
    for (at, table) in tables.iter().enumerate() {
        let columns = table.get("column").and_then(Value::as_table);
        for (name, column) in columns.into_iter().flatten() {
            counts.columns += 1;
            let key = |key| [Key("table"), At(at), Key("column"), Key(name), Key(key)];
            file.remark(&[Key("table"), At(at), Key("column"), Key(name)], RENEW_COLUMN);
            let period = column.get("period").and_then(Value::as_str);
            if let Some(next) = period.and_then(|period| asking.after(Period::parse(period).ok()?)) {
                file.set(&key("period"), Value::String(next.written()));
            }
            for gone in ["note", "caveats"] {
                file.leave_out(&key(gone));
            }
        }
    }
}

fn tables(tree: &Table, list: &str) -> Vec<Table> {
    let items = tree.get(list).and_then(Value::as_array).into_iter().flatten();
    items.map(|item| item.as_table().cloned().unwrap_or_default()).collect()
}

fn length(tree: &Table, list: &str) -> usize {
    tree.get(list).and_then(Value::as_array).map_or(0, Vec::len)
}

/// The line that names the schema, and the rest.
fn schema_line(text: &str) -> (&str, &str) {
    match text.starts_with("#:schema ").then(|| text.find('\n')).flatten() {
        Some(end) => text.split_at(end + 1),
        None => ("", text),
    }
}
