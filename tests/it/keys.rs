//! Brute force: the keys of every TOML file that the fixtures read, misspelt and deleted, and every file deleted. What the
//! engine says must be enough to find and mend it.
//!
//! A plain `cargo test` takes the first key of each sort; `cargo test -- --ignored` takes them all.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{LazyLock, Mutex};

use prioritise::assessment::Declared;
use prioritise::budget::Budget;
use prioritise::diagnostic::{Code, Problem, Problems};
use prioritise::files::{Files, ReadError, join};
use rayon::prelude::*;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::support::{FIXTURES, Folder};

static FILES: LazyLock<Folder> = LazyLock::new(Folder::of_fixtures);
/// The evidence that each fixture's rule set declares.
static DECLARED: LazyLock<BTreeMap<&str, BTreeMap<String, Declared>>> =
    LazyLock::new(|| FIXTURES.into_iter().map(|fixture| (fixture, declared(fixture))).collect());

/// Keys whose absence means something, by the header of their table as far as its first dot: what is left out is not
/// missed.
const OPTIONAL: [(&str, &[&str]); 29] = [
    ("[assessment]", &["decisions", "documents", "handling", "plan", "reviews"]),
    // Above the first table of a member's list.
    ("#:schema ", &["note"]),
    ("[[member]]", &["counted"]),
    ("[[theme]]", &["about", "gathers"]),
    ("[[priority]]", &["note"]),
    ("[population]", &["note", "yearly_change"]),
    ("[area", &["note", "yearly_change"]),
    ("[[source]]", &["publisher", "date", "note"]),
    ("[[table]]", &["title", "kind", "note"]),
    ("[table", &["caveats", "contradicted_by", "corroborated_by", "households", "note", "population"]),
    ("[[table", &["area", "per", "worked_back"]),
    ("[[candidate]]", &["about", "affected", "meanwhile", "part_of", "shares_evidence_with"]),
    ("[[statement]]", &["note"]),
    (
        "[committee]",
        &[
            "affected",
            "author",
            "background",
            "consultation",
            "contact",
            "equality",
            "financial",
            "for",
            "legal",
            "meeting",
            "options",
            "risk",
            "status",
        ],
    ),
    (
        "[committee",
        &[
            "age",
            "disability",
            "gender_reassignment",
            "marriage_and_civil_partnership",
            "pregnancy_and_maternity",
            "race",
            "religion_or_belief",
            "sex",
            "sexual_orientation",
        ],
    ),
    ("[[decision]]", &["date", "due", "lead"]),
    ("[plan]", &["because", "maximise"]),
    ("[[resource]]", &["note"]),
    ("[[action]]", &["group", "illustration", "lower", "upper"]),
    (
        "[[measure]]",
        &[
            "actual",
            "baseline",
            "by",
            "change",
            "change_percent",
            "claims",
            "direction",
            "missing",
            "note",
            "outcome",
            "percent",
            "priority",
            "regard",
            "target",
            "text",
            "unit",
            // Of a claim: the measure has one.
            "where",
        ],
    ),
    (
        "[candidate",
        &[
            "base",
            "caveats",
            "contradicted_by",
            "corroborated_by",
            "from",
            "households",
            "illustration",
            "note",
            "of",
            "per",
            "population",
            "published",
        ],
    ),
    ("[[text]]", &["means", "note"]),
    (
        "[ruleset]",
        &[
            "about",
            "combine",
            "decimals",
            "published_at_least",
            "scale",
            "ties",
            "ties_separate",
            "told_apart_by",
            "too_little",
            "weights_because",
        ],
    ),
    ("[evidence", &["ask", "spread", "unit"]),
    ("[[group]]", &["beside", "weight"]),
    ("[[criterion]]", &["decimals", "optional"]),
    ("[parameter", &["review", "unit"]),
    ("[[tier]]", &["one_of_a_family"]),
    ("[[accept]]", &["of"]),
];

#[test]
fn a_misspelt_key_is_told() {
    none_unseen(&samples(), Key::misspelt);
}

#[test]
#[ignore = "takes minutes"]
fn every_misspelt_key_is_told() {
    none_unseen(&keys(), Key::misspelt);
}

#[test]
fn a_deleted_key_is_missed_unless_it_is_optional() {
    none_unseen(&samples(), Key::deleted);
}

#[test]
#[ignore = "takes minutes"]
fn every_deleted_key_is_missed_unless_it_is_optional() {
    none_unseen(&keys(), Key::deleted);
}

fn none_unseen(keys: &[Key], change: fn(&Key) -> Option<String>) {
    let unseen: Vec<String> = keys.par_iter().filter_map(change).collect();
    assert!(unseen.is_empty(), "{} of {}:\n{}", unseen.len(), keys.len(), unseen.join("\n"));
}

#[test]
fn a_deleted_file_is_missed() {
    for fixture in FIXTURES {
        let unmissed = files_of(fixture).into_par_iter().filter(|path| !is_missed(fixture, path));
        assert_eq!(unmissed.collect::<Vec<String>>(), [""; 0]);
    }
}

fn is_missed(fixture: &str, path: &str) -> bool {
    let mut files = FILES.clone();
    files.remove(path);
    let named = |problem: &Problem| problem.code == Code::FileMissing && problem.message.contains(path);
    problems(&files, fixture).iter().any(named)
}

/// A key in a file that a fixture reads.
struct Key {
    fixture: &'static str,
    path: String,
    name: String,
    /// The header of its table, as far as keys of a table are of one sort.
    table: String,
    /// The line of the table's header that it stands under.
    header: usize,
    line: usize,
    span: Range<usize>,
    /// The key with its value, if it can be deleted with it.
    entry: Option<Range<usize>>,
    /// Whether it names evidence that is kept for the reader: nothing reads it, by whatever name.
    is_free: bool,
}

impl Key {
    /// What is wrong with what is said where this key has one letter more.
    fn misspelt(&self) -> Option<String> {
        if self.is_free {
            return None;
        }
        let mut text = FILES.text(&self.path);
        text.insert(self.span.end, 'x');
        self.unseen("misspelt", text)
    }

    /// What is wrong with what is said where this key is left out.
    fn deleted(&self) -> Option<String> {
        let entry = self.entry.clone().filter(|_| !self.is_optional())?;
        let mut text = FILES.text(&self.path);
        text.replace_range(entry, "");
        self.unseen("deleted", text)
    }

    fn is_optional(&self) -> bool {
        let named = OPTIONAL.iter().any(|(table, names)| self.table == *table && names.contains(&&*self.name));
        // What a row covers may be said or not.
        let of_a_row = FILES.text(&self.path).lines().nth(self.header - 1) == Some("[table.period]");
        // Above the first table.
        let of_the_files = self.name == "format";
        named || of_a_row || of_the_files || self.is_said_elsewhere_too()
    }

    /// A period that a rate or percentage need not have, a judgement's source, or a count's own beside that of its series.
    fn is_said_elsewhere_too(&self) -> bool {
        let text = FILES.text(&self.path);
        let no_period =
            |line: &str| ["rate", "percentage", "number", "peers"].iter().any(|kind| line.starts_with(kind));
        let needs_no_period = text.lines().skip(self.header).take(2).any(no_period);
        let judged = text
            .lines()
            .skip(self.header)
            .take(2)
            .any(|line| line.starts_with("judgement") || line.starts_with("scores"));
        let of_a_point = text.lines().nth(self.line - 1).is_some_and(|line| line.trim_start().starts_with("{ period"));
        match &*self.name {
            "period" => needs_no_period,
            // A judgement may cite a document and need not.
            "source" | "where" => of_a_point || judged,
            _ => false,
        }
    }

    fn unseen(&self, what: &str, text: String) -> Option<String> {
        let found = self.problems_with(text);
        if found.iter().any(|problem| self.is_told_by(problem)) {
            return None;
        }
        let said: Vec<&str> = found.iter().map(|problem| &*problem.message).collect();
        Some(format!("{}:{} `{}` {what}: {said:?}", self.path, self.line, self.name))
    }

    /// The problems of the fixture where this key's file has another text; of its evidence files only one is read.
    fn problems_with(&self, text: String) -> Vec<Problem> {
        let mut problems = Problems::default();
        if self.path.ends_with("ruleset.toml") {
            let mut files = FILES.clone();
            files.write(&self.path, text);
            let _ = prioritise::rules::load(&files, &self.path, None, &mut problems);
            return problems.sorted();
        }
        let assessment = assessment_of(self.fixture);
        let mut files = with_one_evidence_file(self.fixture, &self.path);
        let is_beside = ["/documents/", "/decisions.toml", "/plan", "/members/", "/themes.toml"]
            .iter()
            .any(|part| self.path.contains(part));
        if self.path == assessment || is_beside {
            files = FILES.clone();
        }
        files.write(&self.path, text);
        let read = prioritise::members::load_assessment(&files, &assessment, &mut problems);
        if let Some(assessment) = &read.assessment {
            prioritise::rules::fit(assessment, &DECLARED[self.fixture], &mut problems);
        }
        problems.sorted()
    }

    /// Whether a problem names this key, or points at its line or at the header of its table.
    fn is_told_by(&self, problem: &Problem) -> bool {
        let help = problem.help.as_deref().unwrap_or_default();
        let named = [&*problem.message, help].iter().any(|words| words.contains(&format!("`{}", self.name)));
        let pointed = problem.place.as_ref().is_some_and(|place| {
            let (line, _) = place.source.line_and_column(place.span.start);
            place.source.name == self.path && (line == self.line || line == self.header)
        });
        named || pointed
    }
}

fn problems(files: &dyn Files, fixture: &str) -> Vec<Problem> {
    let mut problems = Problems::default();
    let _ = prioritise::load(files, &format!("fixtures/{fixture}"), None, &mut problems);
    problems.sorted()
}

/// Files that remember which of them were read.
#[derive(Default)]
struct Watched(Mutex<BTreeSet<String>>);

impl Files for Watched {
    fn budget(&self) -> Budget {
        Budget::default()
    }

    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        self.0.lock().unwrap().insert(path.to_owned());
        FILES.read(path, limit)
    }
}

fn files_of(fixture: &str) -> BTreeSet<String> {
    let watched = Watched::default();
    problems(&watched, fixture);
    watched.0.into_inner().unwrap()
}

fn assessment_of(fixture: &str) -> String {
    format!("fixtures/{fixture}/assessment.toml")
}

/// The fixture's files, where its assessment names no evidence file but this one.
fn with_one_evidence_file(fixture: &str, path: &str) -> Folder {
    let assessment = assessment_of(fixture);
    let text = FILES.text(&assessment);
    let mut files = FILES.clone();
    let others = files_of_evidence(fixture).into_iter().filter(|other| other != path);
    others.for_each(|other| files.remove(&other));
    if let (Some(start), Some(name)) = (text.find("\nevidence"), path.strip_prefix(&format!("fixtures/{fixture}/"))) {
        let end = start + text[start..].find(']').unwrap() + 1;
        files.write(&assessment, format!("{}\nevidence = [\"{name}\"]{}", &text[..start], &text[end..]));
    }
    files
}

fn files_of_evidence(fixture: &str) -> Vec<String> {
    let folder = format!("fixtures/{fixture}/evidence/");
    FILES.paths().filter(|path| path.starts_with(&folder)).map(str::to_owned).collect()
}

fn declared(fixture: &str) -> BTreeMap<String, Declared> {
    let folder = format!("fixtures/{fixture}");
    let text = FILES.text(&assessment_of(fixture));
    let rules = text.parse::<toml::Table>().unwrap()["assessment"]["rules"].as_str().unwrap().to_owned();
    let read = prioritise::rules::load(&*FILES, &join(&folder, &rules), None, &mut Problems::default());
    read.evidence.unwrap()
}

/// The first key of each sort.
fn samples() -> Vec<Key> {
    let mut first = BTreeMap::new();
    for key in keys() {
        // In headers the names differ, and what they name is of one sort.
        let name = if key.line == key.header { String::new() } else { key.name.clone() };
        first.entry((key.path.ends_with("ruleset.toml"), key.table.clone(), name)).or_insert(key);
    }
    first.into_values().collect()
}

/// Every key of every TOML file that the fixtures read, each file once.
fn keys() -> Vec<Key> {
    let mut seen = BTreeSet::new();
    let mut keys = Vec::new();
    for fixture in FIXTURES {
        let files = files_of(fixture).into_iter().filter(|path| path.ends_with(".toml"));
        for path in files.filter(|path| seen.insert(path.clone())) {
            keys.extend(keys_in(fixture, &path));
        }
    }
    keys
}

fn keys_in(fixture: &'static str, path: &str) -> Vec<Key> {
    let text = FILES.text(path);
    let document = DeTable::parse(&text).unwrap();
    let mut found = headers(&text);
    let headed: BTreeSet<usize> = found.keys().map(|span| line_of(&text, span.0)).collect();
    walk(document.get_ref(), &mut found);
    found
        .into_iter()
        .map(|((start, end), value)| {
            let line = line_of(&text, start);
            let header = headed.range(..=line).next_back().copied().unwrap_or(1);
            let entry = value.filter(|_| !headed.contains(&line)).map(|value| with_comma(&text, start..value));
            let table =
                text.lines().nth(header - 1).unwrap_or_default().split('.').next().unwrap_or_default().to_owned();
            let is_free = line == header && is_context(&text, header);
            Key {
                fixture,
                path: path.to_owned(),
                name: text[start..end].to_owned(),
                table,
                header,
                line,
                span: start..end,
                entry,
                is_free,
            }
        })
        .collect()
}

/// Where keys stand, each with the end of its value, if that stands behind it.
type Found = BTreeMap<(usize, usize), Option<usize>>;

fn walk(table: &DeTable<'_>, found: &mut Found) {
    for (key, value) in table {
        let span = key.span();
        found.entry((span.start, span.end)).or_insert(Some(value.span().end));
        walk_value(value, found);
    }
}

fn walk_value(value: &Spanned<DeValue<'_>>, found: &mut Found) {
    match value.get_ref() {
        DeValue::Table(table) => walk(table, found),
        DeValue::Array(items) => items.iter().for_each(|item| walk_value(item, found)),
        _ => {}
    }
}

/// The keys in the headers of tables.
fn headers(text: &str) -> Found {
    let mut found = Found::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let inner = line.split('#').next().unwrap_or_default().trim_end();
        if let Some(path) = inner.strip_prefix('[').filter(|_| inner.ends_with(']')) {
            let mut at = start + 1 + path.len() - path.trim_start_matches('[').len();
            for name in path.trim_matches(['[', ']']).split('.') {
                found.insert((at, at + name.len()), None);
                at += name.len() + 1;
            }
        }
        start += line.len();
    }
    found
}

/// Whether the table with this header says that it is kept for the reader.
fn is_context(text: &str, header: usize) -> bool {
    text.lines().skip(header).take_while(|line| !line.starts_with('[')).any(|line| line.starts_with("context"))
}

fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

/// An entry with the comma that parts it from its neighbours.
fn with_comma(text: &str, entry: Range<usize>) -> Range<usize> {
    let after = &text[entry.end..];
    let gap = after.len() - after.trim_start_matches(' ').len();
    let before = text[..entry.start].trim_end_matches(' ');
    match (after.trim_start_matches(' ').starts_with(','), before.ends_with(',')) {
        (true, _) => entry.start..entry.end + gap + 1,
        (false, true) => before.len() - 1..entry.end,
        (false, false) => entry,
    }
}
