//! An assessment's files, found, read and put together.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use toml::Value;

use super::decisions::{self, format::DecisionsFile};
use super::digest::canonical_digest;
use super::document::{self, format::DocumentFile};
use super::format::{AssessmentFile, EvidenceFile};
use super::members::{self, MakeLists};
use super::model::Assessment;
use super::plan::{PlanSource, PlanSources, format::PlanFile, plan_digest, plan_id};
use super::validate::{AssessmentFiles, validate};
use crate::csv_file::CsvFile;
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile};
use crate::files::{self, Files, TABLE_LIMIT, TEXT_LIMIT, folder_of, join, read_text, within};
use crate::toml_file::{At, FORMAT_KEY, Parsed, newer_format, parse};

/// What was read of an assessment.
pub struct LoadedAssessment {
    /// The folder of its own rule set and the place that names it, as far as it could be read.
    pub rules: Option<(String, Place)>,
    /// The assessment, as far as it could be read: not to be ranked while there are errors.
    pub assessment: Option<Assessment>,
}

/// Reads the assessment at `path`, a folder or its `assessment.toml`; `make` makes the lists of its members. What is wrong
/// with it goes to `problems`.
pub fn load(files: &dyn Files, path: &str, make: &dyn MakeLists, problems: &mut Problems) -> LoadedAssessment {
    let nothing = LoadedAssessment { rules: None, assessment: None };
    let path = match path.ends_with(".toml") {
        true => join(".", path),
        false => join(path, "assessment.toml"),
    };
    files.enter(folder_of(&path));
    let source = match read_text(files, &path, TEXT_LIMIT, None) {
        Ok(source) => source,
        Err(problem) => {
            let missing = problem.code == Code::FileMissing;
            let is_of_rules = read_text(files, &join(folder_of(&path), "ruleset.toml"), TEXT_LIMIT, None).is_ok();
            let help = match is_of_rules {
                true => "this is the folder of a rule set: name that of an assessment, which names its rules",
                false => "name the folder of an assessment, or start one with `prioritise new`",
            };
            problems.push(if missing { problem.help(help) } else { problem });
            return nothing;
        }
    };
    if let Some(problem) = newer_format(&source) {
        problems.push(problem);
        return nothing;
    }
    let Some(parsed) = parse::<AssessmentFile>(&source, problems) else { return nothing };
    let named = &parsed.file.assessment.rules;
    let rules = Some((join(folder_of(&path), &named.value), Place::new(&source, named.span.clone())));
    let mut gathered = gather(files, folder_of(&path), source, parsed, make, problems);
    let digest = digest(&mut gathered);
    let assessment = validate(gathered, digest, problems);
    assessment.iter().flat_map(Assessment::of_old_areas).for_each(|told| problems.push(told));
    LoadedAssessment { rules, assessment }
}

/// Reads every file that `assessment.toml` names.
fn gather(
    files: &dyn Files,
    folder: &str,
    source: Arc<SourceFile>,
    parsed: Parsed<AssessmentFile>,
    make: &dyn MakeLists,
    problems: &mut Problems,
) -> AssessmentFiles {
    let Parsed { file, content, lost } = parsed;
    let mut evidence = Vec::new();
    let mut seen = BTreeSet::new();
    for name in &file.assessment.evidence {
        let place = Place::new(&source, name.span.clone());
        let path = join(folder, &name.value);
        if !seen.insert(path.clone()) {
            problems.push(
                Problem::new(Code::DuplicateId, format!("`{}` is named twice", name.value))
                    .at(place)
                    .help("take one of the two out"),
            );
            continue;
        }
        let Some(text) = problems.take(inside(files, folder, name, TEXT_LIMIT, &place)) else { continue };
        if let Some(parsed) = parse::<EvidenceFile>(&text, problems) {
            evidence.push((text, parsed));
        }
    }
    let header = &file.assessment;
    let members = members::read(files, (folder, &source), &file.member, header.themes.as_ref(), make, problems);
    evidence.extend(members.themes.as_ref().map(members::as_evidence));
    // So the order of the list makes no difference to what is told.
    evidence.sort_by(|(a, _), (b, _)| a.name.cmp(&b.name));
    unlisted(files, &source, &file, &seen, problems);
    let mut rows = |name: &At<String>| {
        let text = inside(files, folder, name, TABLE_LIMIT, &Place::new(&source, name.span.clone()));
        problems.take(text).and_then(|text| CsvFile::read(&text, problems))
    };
    let tables = file.table.iter().map(|table| rows(&table.file)).collect();
    let lookups = file.lookup.iter().map(|lookup| rows(&lookup.file)).collect();
    let documents = documents(files, folder, &source, &file, problems);
    let decisions = decisions(files, folder, &source, &file, problems);
    let plans = plans(files, folder, &source, &file, problems);
    AssessmentFiles {
        source,
        file,
        content,
        lost,
        evidence,
        tables,
        lookups,
        documents,
        decisions,
        plans,
        members,
        is_embedded: false,
    }
}

/// Reads the files that say what documents print, and their tables.
fn documents(
    files: &dyn Files,
    folder: &str,
    source: &Arc<SourceFile>,
    file: &AssessmentFile,
    problems: &mut Problems,
) -> Vec<document::DocumentFiles> {
    let mut documents = Vec::new();
    for name in &file.assessment.documents {
        let path = join(folder, &name.value);
        let place = Place::new(source, name.span.clone());
        let Some(source) = problems.take(inside(files, folder, name, TEXT_LIMIT, &place)) else { continue };
        let Some(parsed) = parse::<DocumentFile>(&source, problems) else { continue };
        let tables = parsed.file.table.iter().map(|table| {
            let place = Place::new(&source, table.file.span.clone());
            problems
                .take(inside(files, folder_of(&path), &table.file, TABLE_LIMIT, &place))
                .and_then(|text| CsvFile::read(&text, problems))
        });
        let tables = tables.collect();
        documents.push(document::DocumentFiles { source, parsed, tables });
    }
    documents.sort_by(|a, b| a.source.name.cmp(&b.source.name));
    documents
}

/// Reads the file of what the board decided, if there is one.
fn decisions(
    files: &dyn Files,
    folder: &str,
    source: &Arc<SourceFile>,
    file: &AssessmentFile,
    problems: &mut Problems,
) -> Option<decisions::DecisionsSource> {
    let name = file.assessment.decisions.as_ref()?;
    let place = Place::new(source, name.span.clone());
    let source = problems.take(inside(files, folder, name, TEXT_LIMIT, &place))?;
    let parsed = parse::<DecisionsFile>(&source, problems)?;
    Some((source, parsed))
}

/// Reads the files of plans: those to be reviewed, and the one to be chosen.
fn plans(
    files: &dyn Files,
    folder: &str,
    source: &Arc<SourceFile>,
    file: &AssessmentFile,
    problems: &mut Problems,
) -> PlanSources {
    let mut read = |name: &At<String>| -> Option<PlanSource> {
        let place = Place::new(source, name.span.clone());
        let text = problems.take(inside(files, folder, name, TEXT_LIMIT, &place))?;
        let parsed = parse::<PlanFile>(&text, problems)?;
        Some(PlanSource { name: name.value.clone(), source: text, parsed })
    };
    let header = &file.assessment;
    let reviews: Vec<PlanSource> = header.reviews.iter().filter_map(&mut read).collect();
    let plan = header.plan.as_ref().and_then(&mut read);
    PlanSources { reviews, plan }
}

/// The text of a file that another one names, in that one's folder: an assessment may come from anybody, and is whole
/// in its folder.
fn inside(
    files: &dyn Files,
    folder: &str,
    name: &At<String>,
    limit: u64,
    place: &Place,
) -> Result<Arc<SourceFile>, Problem> {
    let help = "put the file into that folder: an assessment is complete in its own folder";
    let path = files::inside(folder, &name.value, place).map_err(|problem| problem.help(help))?;
    read_text(files, &path, limit, Some(place))
}

/// Notes TOML files that stand among the evidence files and that nobody named: a candidate may have been forgotten.
fn unlisted(
    files: &dyn Files,
    source: &Arc<SourceFile>,
    file: &AssessmentFile,
    named: &BTreeSet<String>,
    problems: &mut Problems,
) {
    // A name that leads out of the assessment's folder was refused: what else stands there is nobody's business here.
    let own = |path: &&String| within(path, folder_of(&source.name)).is_some();
    let folders: BTreeSet<&str> = named.iter().filter(own).map(|path| folder_of(path)).collect();
    let Some(last) = file.assessment.evidence.last() else { return };
    let header = &file.assessment;
    let others = header
        .documents
        .iter()
        .chain(&header.themes)
        .chain(&header.decisions)
        .chain(&header.reviews)
        .chain(&header.plan);
    let others: BTreeSet<String> = others.map(|name| join(folder_of(&source.name), &name.value)).collect();
    let known = |path: &String| *path == source.name || named.contains(path) || others.contains(path);
    for folder in folders {
        let found =
            files.list(folder).into_iter().filter(|name| name.ends_with(".toml")).map(|name| join(folder, &name));
        for path in found.filter(|path| !known(path) && !path.ends_with("/ruleset.toml")) {
            let message = format!("`{path}` is among the evidence files, but `evidence` does not name it");
            let problem = Problem::new(Code::UnlistedFile, message).at(Place::new(source, last.span.clone()));
            problems.push(problem.help("add it to `evidence`, or move it elsewhere: it is not read"));
        }
    }
}

/// The digest of what the files say: file names, comments, layout, order and the format are not part of it, nor is what the board
/// decided on it, nor a plan that no evidence asks for what became of it. Takes the files' content, which nothing else needs.
fn digest(gathered: &mut AssessmentFiles) -> String {
    let mut root = std::mem::take(&mut gathered.content);
    root.remove(FORMAT_KEY);
    if let Some(header) = root.get_mut("assessment").and_then(Value::as_table_mut) {
        header.remove("evidence");
        header.remove("rules");
        header.remove("documents");
        header.remove("decisions");
        header.remove("reviews");
        header.remove("plan");
        header.remove("themes");
    }
    let members = root.get_mut("member").and_then(Value::as_array_mut).into_iter().flatten();
    for (member, digest) in members.filter_map(Value::as_table_mut).zip(gathered.members.digests()) {
        for key in ["list", "record", "assessment"] {
            member.remove(key);
        }
        member.insert("digest".to_owned(), Value::String(digest));
    }
    let mut candidates: Vec<(Option<Value>, Value)> = Vec::new();
    let mut sources = items(&mut root, "source");
    for (_, parsed) in &mut gathered.evidence {
        let mut file = std::mem::take(&mut parsed.content);
        let lookup = file.remove("lookup");
        candidates.extend(items(&mut file, "candidate").into_iter().map(|candidate| (lookup.clone(), candidate)));
        sources.extend(items(&mut file, "source"));
        let unthemed = items(&mut file, "unthemed");
        if !unthemed.is_empty() {
            root.insert("unthemed".to_owned(), Value::Array(unthemed));
        }
        if let Some(population) = file.remove("population") {
            root.entry("population").or_insert(population);
        }
    }
    let plans = plans_of_outcomes(&candidates, &gathered.plans);
    if !plans.is_empty() {
        root.insert("plans".to_owned(), Value::Table(plans));
    }
    root.insert("candidate".to_owned(), Value::Array(joined(candidates)));
    by_id(&mut sources);
    // What several files say of one document is said once.
    sources.dedup();
    if !sources.is_empty() {
        root.insert("source".to_owned(), Value::Array(sources));
    }
    let digests = digests_with_rows(items(&mut root, "table"), &gathered.tables);
    root.insert("table".to_owned(), digests);
    let lookups = items(&mut root, "lookup");
    if !lookups.is_empty() {
        root.insert("lookup".to_owned(), digests_with_rows(lookups, &gathered.lookups));
    }
    if !gathered.documents.is_empty() {
        let mut told: Vec<String> = gathered.documents.iter().map(document_digest).collect();
        told.sort();
        root.insert("documents".to_owned(), Value::Array(told.into_iter().map(Value::String).collect()));
    }
    canonical_digest(&Value::Table(root))
}

/// The digests of the plans of whose measures evidence says what became of them, by id: what it says follows from them. Any
/// other plan is no part of what is ranked.
fn plans_of_outcomes(candidates: &[(Option<Value>, Value)], plans: &PlanSources) -> toml::Table {
    let evidence = candidates.iter().filter_map(|(_, it)| it.get("evidence")?.as_table()).flat_map(toml::Table::values);
    let named = evidence.filter(|it| it.get("outcome").is_some()).filter_map(|it| it.get("plan")?.as_str());
    let named: BTreeSet<String> = named.map(plan_id).collect();
    let of = |source: &PlanSource| {
        let id = plan_id(&source.name);
        named.contains(&id).then(|| (id, Value::String(plan_digest(source.parsed.content.clone()))))
    };
    plans.reviews.iter().chain(&plans.plan).filter_map(of).collect()
}

/// The digests of what is said of CSV files and of their rows, in order.
fn digests_with_rows(described: Vec<Value>, rows: &[Option<CsvFile>]) -> Value {
    let whole = described.into_iter().zip(rows).map(|(table, rows)| with_rows(table, rows.as_ref()));
    let mut told: Vec<String> = whole.map(|table| canonical_digest(&table)).collect();
    told.sort();
    Value::Array(told.into_iter().map(Value::String).collect())
}

/// The digest of a document's file with the rows of its tables, whatever the order of tables and statements.
fn document_digest(document: &document::DocumentFiles) -> String {
    let mut root = document.parsed.content.clone();
    if let Some(Value::Array(tables)) = root.get_mut("table") {
        for (table, rows) in tables.iter_mut().zip(&document.tables) {
            *table = with_rows(table.clone(), rows.as_ref());
        }
    }
    for list in ["table", "text"].map(|key| root.remove(key)) {
        let Some(Value::Array(items)) = list else { continue };
        let mut told: Vec<String> = items.iter().map(canonical_digest).collect();
        told.sort();
        root.insert(told.concat(), Value::Boolean(true));
    }
    canonical_digest(&Value::Table(root))
}

/// The tables of the list `key`, taken out.
fn items(root: &mut toml::Table, key: &str) -> Vec<Value> {
    match root.remove(key) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

/// Candidates by id, what several files say of one put together: those of new areas, and those of each lookup's old ones.
fn joined(candidates: Vec<(Option<Value>, Value)>) -> Vec<Value> {
    let mut joined: BTreeMap<(Option<String>, String), toml::Table> = BTreeMap::new();
    for (lookup, candidate) in candidates {
        let Value::Table(mut candidate) = candidate else { continue };
        let id = candidate.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        let of_lookup = lookup.as_ref().and_then(Value::as_str).map(str::to_owned);
        let whole = joined.entry((of_lookup, id)).or_default();
        whole.extend(lookup.map(|lookup| ("lookup".to_owned(), lookup)));
        if let (Some(Value::Table(before)), Some(Value::Table(more))) =
            (whole.get_mut("evidence"), candidate.get_mut("evidence"))
        {
            more.extend(std::mem::take(before));
        }
        whole.extend(candidate);
    }
    joined.into_values().map(Value::Table).collect()
}

fn by_id(items: &mut [Value]) {
    items.sort_by_cached_key(|item| item.get("id").and_then(Value::as_str).unwrap_or_default().to_owned());
}

/// A table's description with its rows in place of its file name, the rows in order of their text.
fn with_rows(mut table: Value, rows: Option<&CsvFile>) -> Value {
    let Some(described) = table.as_table_mut() else { return table };
    described.remove("file");
    let Some(rows) = rows else { return table };
    let mut columns: BTreeMap<&str, usize> = BTreeMap::new();
    for (column, header) in rows.headers.iter().enumerate() {
        columns.insert(header, column);
    }
    let headers = columns.keys().map(|header| Value::String((*header).to_owned())).collect();
    let columns: Vec<usize> = columns.into_values().collect();
    described.insert("headers".to_owned(), Value::Array(headers));
    described.insert("rows".to_owned(), Value::String(sorted_lines(rows, &columns)));
    table
}

/// The rows with these columns, in the order of their text.
fn sorted_lines(rows: &CsvFile, columns: &[usize]) -> String {
    let mut text = String::new();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for row in rows.iter() {
        let start = text.len();
        for (place, column) in columns.iter().enumerate() {
            text.push_str(if place > 0 { "\u{1f}" } else { "" });
            text.push_str(row.get(*column).unwrap_or_default());
        }
        ranges.push(start..text.len());
    }
    // With its first bytes at hand most lines need not be looked up to be compared.
    let mut lines: Vec<(u64, &str)> =
        ranges.into_iter().filter_map(|range| text.get(range)).map(|line| (first_bytes(line), line)).collect();
    lines.sort_unstable();
    lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\u{1e}")
}

/// The first eight bytes as a number, in the same order as the text.
fn first_bytes(text: &str) -> u64 {
    let bytes = text.bytes().chain(std::iter::repeat(0)).take(8);
    bytes.fold(0, |number, byte| (number << 8) | u64::from(byte))
}
