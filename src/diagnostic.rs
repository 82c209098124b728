//! Problems in what people wrote, each pointing at a line of a file and saying how to mend it.
//!
//! This room knows nothing of assessments or rules: the rooms that judge a file make [`Problem`]s, the edge renders
//! them. It never prints and never stops at the first problem.

mod code;
mod render;
mod source_file;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

pub use code::{Code, Severity};
pub use render::{ErrorFormat, ProblemEntry, render, render_within};
pub use source_file::SourceFile;

use crate::words;

/// The most problems of one group that are told one by one.
const MAX_TOLD_ALIKE: usize = 5;

/// A stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file that the stretch is of.
    pub source: Arc<SourceFile>,
    /// The stretch, in bytes of the file's text.
    pub span: Range<usize>,
}

impl Place {
    /// The stretch `span` of `source`, widened to whole letters.
    pub fn new(source: &Arc<SourceFile>, span: Range<usize>) -> Self {
        let text = &source.text;
        let end = text.ceil_char_boundary(span.end);
        Self { source: Arc::clone(source), span: text.floor_char_boundary(span.start.min(end))..end }
    }

    /// The text at this place.
    pub fn text(&self) -> &str {
        self.source.text.get(self.span.clone()).unwrap_or_default()
    }
}

/// One thing that is wrong, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The stable name of this kind of problem.
    pub code: Code,
    /// What is wrong: lower case, no full stop, back-ticks round what the user wrote.
    pub message: String,
    /// Where, if it is in a file that could be read.
    pub place: Option<Place>,
    /// How to mend it.
    pub help: Option<String>,
    /// The group it is one of, where thousands can be wrong alike, such as the cells of a column.
    group: Option<Box<ProblemGroup>>,
}

/// What can be wrong throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ProblemGroup {
    /// What tells it from other groups of the same file.
    name: String,
    /// What it has many of: `cells of this column`.
    many: &'static str,
    /// How many more of it are wrong alike and are not told one by one.
    more: usize,
}

impl Problem {
    /// A problem that is not tied to a place, until [`Problem::at`] says where.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place: None, help: None, group: None }
    }

    /// The same problem, at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same problem, with a way to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same problem as one of many: of those with the same code, file, group and help the first few are told one by
    /// one and the others counted. `many` says what they are: `cells of this column`.
    #[must_use]
    pub fn one_of(mut self, group: impl Into<String>, many: &'static str) -> Self {
        self.group = Some(Box::new(ProblemGroup { name: group.into(), many, more: 0 }));
        self
    }

    /// What is wrong, and of how many more.
    pub fn message_with_count(&self) -> String {
        match &self.group {
            Some(group) if group.more > 0 => {
                format!("{}; and {} more {}", self.message, words::whole(group.more), group.many)
            }
            _ => self.message.clone(),
        }
    }

    /// What problems have in common that are wrong alike.
    fn alike(&self) -> Option<GroupKey> {
        let group = self.group.as_ref()?;
        let file = self.place.as_ref().map(|place| place.source.name.clone());
        Some((self.code, file, group.name.clone(), self.help.clone()))
    }

    fn order(&self) -> (&str, usize, Code, &str) {
        let (file, start) = self.place.as_ref().map_or(("", 0), |place| (&*place.source.name, place.span.start));
        (file, start, self.code, &self.message)
    }
}

/// Code, file, group and help.
type GroupKey = (Code, Option<String>, String, Option<String>);

/// All the problems found in one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    told: Vec<Problem>,
    /// How many of each group are told, and which is the last of them.
    groups: BTreeMap<GroupKey, (usize, usize)>,
    /// How many stop the work, those included that are counted alone.
    errors: usize,
}

impl Problems {
    /// Adds one; of a group that is wrong throughout only the first few, and how many more there are.
    pub fn push(&mut self, problem: Problem) {
        if problem.code.severity() == Severity::Error {
            self.errors += 1 + problem.group.as_ref().map_or(0, |group| group.more);
        }
        if let Some(alike) = problem.alike() {
            let (count, last) = self.groups.entry(alike).or_default();
            if *count == MAX_TOLD_ALIKE {
                let last = self.told.get_mut(*last).and_then(|last| last.group.as_mut());
                if let (Some(last), Some(group)) = (last, problem.group) {
                    last.more += 1 + group.more;
                }
                return;
            }
            (*count, *last) = (*count + 1, self.told.len());
        }
        self.told.push(problem);
    }

    /// What was found; a problem is added instead.
    pub fn take<T>(&mut self, found: Result<T, Problem>) -> Option<T> {
        found.map_err(|problem| self.push(problem)).ok()
    }

    /// Adds all of `others`.
    pub fn extend(&mut self, others: Problems) {
        for problem in others.told {
            self.push(problem);
        }
    }

    /// How many of them stop the work.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Whether any of them stops the work.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Whether any of them has this severity.
    pub fn has(&self, severity: Severity) -> bool {
        self.told.iter().any(|problem| problem.code.severity() == severity)
    }

    /// By file and place, each once: the order in which the files were read makes no difference.
    pub fn sorted(mut self) -> Vec<Problem> {
        self.told.sort_by(|a, b| a.order().cmp(&b.order()));
        self.told.dedup();
        self.told
    }

    /// Those that stop the work or that a reader should know, by file and place.
    pub fn without_notes(self) -> Vec<Problem> {
        self.sorted().into_iter().filter(|problem| problem.code.severity() != Severity::Note).collect()
    }

    /// In the order found.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.told.iter()
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        let mut problems = Self::default();
        problems.push(problem);
        problems
    }
}

impl From<Vec<Problem>> for Problems {
    fn from(problems: Vec<Problem>) -> Self {
        let mut all = Self::default();
        for problem in problems {
            all.push(problem);
        }
        all
    }
}

/// The longest name that is compared with others, in letters.
const LONGEST_NAME: usize = 200;
/// The shortest beginning of a name that stands for it, in letters.
const SHORTEST_BEGINNING: usize = 4;

/// The name among `known` that was most likely meant by `written`, if any is near: of equally near ones, that which
/// begins like it for longest; where none is near, the one that it is the beginning of.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    let allowed = if length < 4 { 1 } else { 2 };
    let written = written.to_lowercase();
    // Comparing takes as many steps as the product of the lengths.
    let known = known.into_iter().filter(|name| length <= LONGEST_NAME && name.len() <= 4 * LONGEST_NAME);
    // A code of which one digit is another is that of another place, and most such places are real.
    let is_code = words::is_area_code(&written);
    let known = known.filter(|name| !is_code || written.eq_ignore_ascii_case(name) || !words::is_area_code(name));
    let likeness = |name: &'a str| {
        let lower = name.to_lowercase();
        let alike = written.chars().zip(lower.chars()).take_while(|(a, b)| a == b).count();
        (strsim::damerau_levenshtein(&written, &lower), Reverse(alike), name)
    };
    let known: Vec<&str> = known.collect();
    let near = known.iter().map(|name| likeness(name)).filter(|(distance, ..)| *distance <= allowed).min();
    near.map(|(_, _, name)| name).or_else(|| {
        // A name cut short, where it is the beginning of one alone.
        let mut longer = known.iter().filter(|name| length >= SHORTEST_BEGINNING && name.starts_with(&written));
        longer.next().copied().filter(|_| longer.next().is_none())
    })
}

/// The most names that are listed where none is near.
const MOST_LISTED: usize = 40;

/// "did you mean" for a name that is not among `known`, or the list of what there is; of many names, the first.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_unstable();
    known.dedup();
    match nearest(written, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None if known.is_empty() => "there is nothing of this kind to name".to_owned(),
        None => match known.split_at_checked(MOST_LISTED) {
            Some((first, more @ [_, ..])) => {
                format!("there is {} and {} more", quoted(first), words::whole(more.len()))
            }
            _ => format!("there is {}", quoted_list(&known)),
        },
    }
}

/// `` `a`, `b` and `c` ``.
pub fn quoted_list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => format!("`{only}`"),
        [first @ .., last] => format!("{} and `{last}`", quoted(first)),
    }
}

/// `` `a`, `b` ``.
fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_near_or_absent() {
        assert_eq!(nearest("weigth", ["weight", "width"]), Some("weight"));
        assert_eq!(nearest("Crimes", ["crimes"]), Some("crimes"));
        assert_eq!(nearest("population", ["crimes", "rate"]), None);
        assert_eq!(nearest("2019", ["2014", "2018", "2019*"]), Some("2019*"));
        assert_eq!(nearest("2019", ["2014", "2018"]), Some("2014"));
        assert_eq!(nearest("e07000026", ["E07000026", "E07000029"]), Some("E07000026"));
        assert_eq!(nearest("E07000099", ["E07000026", "E07000029"]), None);
        assert_eq!(did_you_mean("x", ["b", "a"]), "did you mean `a`?");
        assert_eq!(did_you_mean("population", ["rate", "crimes"]), "there is `crimes` and `rate`");
    }

    #[test]
    fn problems_are_sorted_by_place_whatever_the_order_found() {
        let source = Arc::new(SourceFile::new("a.toml", "abc"));
        let late = Problem::new(Code::UnknownKey, "late").at(Place::new(&source, 2..3));
        let early = Problem::new(Code::UnknownKey, "early").at(Place::new(&source, 0..1));
        let mut problems = Problems::default();
        problems.push(late.clone());
        problems.push(early.clone());
        problems.push(late.clone());
        assert_eq!(problems.sorted(), vec![early, late]);
    }

    /// Whoever asks whether anything was wrong counts errors: a note is none, and one that is counted with others is one.
    #[test]
    fn errors_are_counted_and_notes_are_not() {
        let mut problems = Problems::default();
        problems.push(Problem::new(Code::UnreadDeclaration, "not used"));
        assert_eq!((problems.errors(), problems.has_errors()), (0, false));
        for number in 1..=MAX_TOLD_ALIKE + 3 {
            problems.push(Problem::new(Code::BadCell, "a cell").one_of("a", "cells"));
            assert_eq!(problems.errors(), number);
        }
        let mut all = Problems::default();
        all.extend(problems);
        assert_eq!(all.errors(), MAX_TOLD_ALIKE + 3);
    }

    #[test]
    fn of_a_column_that_is_wrong_throughout_the_first_few_are_told_and_all_are_counted() {
        let cell = |column: &str, number: usize, help: &str| {
            Problem::new(Code::BadCell, format!("cell {number}")).help(help).one_of(column, "cells of this column")
        };
        let mut half = Problems::default();
        (0..12_000).for_each(|number| half.push(cell("a", number, "write a number")));
        half.push(cell("b", 1, "write a number"));
        half.push(cell("a", 2, "mend the formula"));
        let mut all = half.clone();
        all.extend(half);
        let said: Vec<String> = all.iter().map(Problem::message_with_count).collect();
        assert_eq!(
            said,
            [
                "cell 0",
                "cell 1",
                "cell 2",
                "cell 3",
                "cell 4; and 23,995 more cells of this column",
                "cell 1",
                "cell 2",
                "cell 1",
                "cell 2"
            ]
        );
    }
}
