//! Next year's assessment, begun from last year's: the same candidates and questions, last year's plan or priorities to
//! review, and no figure. Each piece of evidence is asked for by name, and what was filed last year stands below it as a
//! comment. Of an assessment with members the themes stay with what they gather, and this year's record of each member is
//! asked for.
//!
//! Files in, files out: nothing is written here. What comes out was loaded and ranked before it is handed over.

mod asked;
mod file;
mod last;
mod plan;
mod rewriting;
mod table;
mod title;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use toml::{Table, Value};

use crate::budget::Budget;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::{Memory, join};
use crate::pipeline;
use crate::words::{counted, visible};
use asked::Asking;
use file::Counts;
pub use last::{LastYear, RulesPlace};

/// Where the schemas stand, as seen from the new folder.
pub const SCHEMAS: &str = "schemas";

/// A folder for next year.
#[derive(Debug)]
pub struct NextYear {
    /// Its files by their path in it.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What was made of last year's assessment, a line each.
    pub told: Vec<String>,
}

/// The folder for the year after `last`; its rules spend `budget`.
///
/// # Errors
/// Where there is no year to come; files that are not UTF-8; where what was made can't be ranked.
pub fn next_year(last: &LastYear<'_>, threads: NonZeroUsize, budget: &Budget) -> Result<NextYear, Problems> {
    let mut made = Making::new(last)?;
    made.assessment_and_evidence()?;
    made.rules();
    let next = NextYear { told: made.told(), files: made.files };
    ranks(&next, last, threads, budget)?;
    Ok(next)
}

struct Making<'a> {
    last: &'a LastYear<'a>,
    asking: Asking<'a>,
    counts: Counts,
    title: (String, Option<String>),
    review: plan::Review,
    files: BTreeMap<String, Vec<u8>>,
}

impl<'a> Making<'a> {
    fn new(last: &'a LastYear<'a>) -> Result<Self, Problem> {
        let assessment = last.ranked.assessment;
        // An assessment of a month or a quarter is followed by that of the next one.
        let months = assessment.period.whole_months().filter(|months| *months < 12).unwrap_or(12);
        let next = assessment.period.in_months(months).ok_or_else(|| {
            Problem::new(Code::BadPeriod, format!("there is no year after {}", assessment.period))
                .help("check the period of the assessment")
        })?;
        let asking = Asking { assessment, rules: last.ranked.rules, last: assessment.period, next, months };
        let a_year_on = (months == 12).then(|| title::a_year_on(&assessment.title, assessment.period)).flatten();
        let title = (assessment.title.clone(), a_year_on);
        let review = plan::Review::of(last, &asking)?;
        Ok(Self { last, asking, counts: Counts::default(), title, review, files: BTreeMap::new() })
    }

    fn assessment_and_evidence(&mut self) -> Result<(), Problem> {
        let text = self.text(file::MAIN)?;
        let filed = text.parse::<Table>().unwrap_or_default();
        let header = filed.get("assessment").and_then(Value::as_table);
        let evidence = header.and_then(|header| header.get("evidence")).and_then(Value::as_array);
        for name in evidence.into_iter().flatten().filter_map(Value::as_str) {
            let name = join(".", name);
            let text = self.text(&name)?;
            let made = file::evidence(&text, &self.asking, &mut self.counts);
            self.keep(&name, made.unwrap_or(text));
        }
        if let Some(name) = header.and_then(|header| header.get("themes")).and_then(Value::as_str) {
            let name = join(".", name);
            let text = self.text(&name)?;
            let made = file::themes(&text, &self.asking, &mut self.counts);
            self.keep(&name, made.unwrap_or(text));
        }
        for table in filed.get("table").and_then(Value::as_array).into_iter().flatten() {
            table::emptied(table, self.last.inputs, &mut self.files)?;
        }
        let main = file::MainFile {
            heading: self.heading(),
            title: self.title.1.as_deref(),
            rules: self.last.rules.folder(),
            reviews: self.review.files.iter().map(|(name, _)| name.as_str()).collect(),
        };
        let made = file::assessment(&text, &main, &self.asking, &mut self.counts);
        self.keep(file::MAIN, made.unwrap_or(text));
        for (name, text) in self.review.files.clone() {
            self.keep(&name, text);
        }
        Ok(())
    }

    fn rules(&mut self) {
        let RulesPlace::Copied(folder) = &self.last.rules else { return };
        let folder = folder.clone();
        let rules =
            self.last.inputs.files().iter().filter_map(|(path, bytes)| Some((path.strip_prefix("rules/")?, bytes)));
        let all: Vec<(String, Vec<u8>)> =
            rules.map(|(path, bytes)| (path.to_owned(), bytes.clone())).chain(self.last.beside_rules.clone()).collect();
        for (path, bytes) in all {
            let path = join(&folder, &path);
            match String::from_utf8(bytes) {
                Ok(text) => self.keep(&path, text),
                Err(other) => drop(self.files.insert(path, other.into_bytes())),
            }
        }
    }

    fn text(&self, name: &str) -> Result<String, Problem> {
        Ok(self.last.text(name)?.unwrap_or_default())
    }

    fn keep(&mut self, path: &str, text: String) {
        self.files.insert(path.to_owned(), with_schema(path, text).into_bytes());
    }

    /// What the new assessment begins with.
    fn heading(&self) -> String {
        let last = self.asking.last;
        let (kind, digest) = match self.last.record {
            Some(digest) => ("record", digest),
            None => ("folder", &*self.last.ranked.assessment.digest),
        };
        format!(
            "# Begun from last year's assessment, {last}: the {kind} `{}`,\n# {digest}.\n# No figure is filed yet. Each is \
             asked for by name: put it in place of its `missing`. What was filed for {}\n# stands below it as a comment. \
             `prioritise check .` tells what is wrong, and `prioritise rank .` what is missing.\n",
            visible(self.last.name, &[]),
            last.written(),
        )
    }

    fn told(&self) -> Vec<String> {
        let Asking { last, next, assessment, .. } = &self.asking;
        let mut told = vec![format!("Period: {} becomes {}.", last.written(), next.written())];
        told.push(match &self.title.1 {
            Some(title) => format!("Title: \"{title}\"."),
            None if self.asking.months < 12 => {
                format!("Title: as it was, \"{}\": change what it says of the period.", self.title.0)
            }
            None => format!("Title: as it was, \"{}\": it names no year of the period.", self.title.0),
        });
        told.push(format!(
            "{}, with the ids that they have.",
            counted(assessment.candidates.len(), "candidate", "candidates")
        ));
        told.extend(self.counts.told());
        told.extend(self.review.told.iter().cloned());
        told.push(match &self.last.rules {
            RulesPlace::Copied(folder) => format!("Rules: a copy, in `{folder}`."),
            RulesPlace::Elsewhere(folder) => format!("Rules: the same, `{folder}`."),
        });
        told
    }
}

/// The first line of a file of the new folder, which names its schema as seen from where it stands.
pub fn schema_comment(path: &str, schema: &str) -> String {
    format!("#:schema {}{SCHEMAS}/{schema}\n", "../".repeat(path.matches('/').count()))
}

/// The text with the schema that its first line names where it stands now; a text that names none is left alone.
fn with_schema(path: &str, text: String) -> String {
    let Some((named, rest)) = text.strip_prefix("#:schema ").and_then(|text| text.split_once('\n')) else {
        return text;
    };
    if named.contains("://") {
        return text;
    }
    format!("{}{rest}", schema_comment(path, named.trim().rsplit('/').next().unwrap_or_default()))
}

/// Whether the new folder can be ranked by the rules.
fn ranks(next: &NextYear, last: &LastYear<'_>, threads: NonZeroUsize, budget: &Budget) -> Result<(), Problems> {
    let files: BTreeMap<String, &[u8]> =
        next.files.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice())).collect();
    let files = Memory::lent(&files, budget);
    let rules = Memory::lent(last.inputs.files(), budget);
    let mut problems = Problems::default();
    let loaded = pipeline::load_apart(&files, file::MAIN, Some((&rules, "rules")), &mut problems);
    match loaded {
        Some((assessment, rules)) => pipeline::rank(&assessment, &rules, threads, problems).map(|_| ()),
        None => Err(problems),
    }
}
