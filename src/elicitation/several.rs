//! Answers of several files together: forms that people filled in, and what they handed in from the workshop's page. Each says
//! itself how people were asked.

use std::collections::{BTreeMap, BTreeSet};

use super::Answers;
use super::handed_in::HandedIn;
use super::judge::{AnswerPlace, RawAnswers, RawPerson, judge};
use super::sheet::HowAsked;
use super::sifted::sift;
use super::swing::{swing, to_six_decimals};
use super::weigh_form::{AnsweredForm, METHODS};
use crate::assessment::Assessment;
use crate::diagnostic::{Code, Problem, Problems};
use crate::files::Files;
use crate::rules::{Combined, RuleSet, WeightMethod};
use crate::sheet::FilledForm;
use crate::words::{counted, first_listed, listed, visible};

/// So many roles are named of those who were asked in some way.
const MOST_NAMED: usize = 3;

/// A file that says itself how people were asked, and is no TOML.
#[derive(Debug)]
pub(super) enum AnswerFile {
    /// One person's form.
    Form(AnsweredForm),
    /// What was handed in from the page.
    Page(HandedIn),
}

impl AnswerFile {
    /// The file at `path`; none where it is something else, such as a table.
    ///
    /// # Errors
    /// Why it can't be read.
    pub(super) fn open(files: &dyn Files, path: &str) -> Result<Option<Self>, Problems> {
        if path.ends_with(".json") {
            return Self::of_page(files, path).map(Some);
        }
        let Some(form) = FilledForm::find(files, path)? else { return Ok(None) };
        let other = AnsweredForm::other_kind(path, &form);
        AnsweredForm::of(form).map(|form| Some(Self::Form(form))).ok_or_else(|| other.into())
    }

    /// What was handed in from the page, in the file at `path`.
    ///
    /// # Errors
    /// Why it can't be read.
    pub(super) fn of_page(files: &dyn Files, path: &str) -> Result<Self, Problems> {
        HandedIn::read(files, path).map(Self::Page)
    }

    /// What a form says of the assessment that it is of.
    fn assessment(&self) -> Option<[&str; 3]> {
        match self {
            Self::Form(form) => Some(form.assessment()),
            Self::Page(_) => None,
        }
    }

    fn spot(&self) -> Option<AnswerPlace<'_>> {
        match self {
            Self::Form(form) => form.spot(),
            Self::Page(page) => Some(page.spot()),
        }
    }

    /// The words of the methods, each with the role of whoever was asked so.
    fn methods(&self) -> Vec<(&str, String)> {
        match self {
            Self::Form(form) => vec![(form.method.word(), form.role())],
            Self::Page(page) => page.methods().into_iter().map(|(word, by)| (word, by.to_owned())).collect(),
        }
    }

    fn people(&self, method: WeightMethod, rules: &RuleSet, problems: &mut Problems) -> Vec<RawPerson<'_>> {
        match self {
            Self::Form(form) if form.method == method => form.person(rules, problems).into_iter().collect(),
            Self::Form(_) => Vec::new(),
            Self::Page(page) => page.people(method, rules, problems),
        }
    }

    fn ranges(&self, rules: &RuleSet) -> BTreeMap<usize, (f64, f64)> {
        match self {
            Self::Form(form) => form.ranges(rules),
            Self::Page(page) => page.ranges(rules),
        }
    }
}

/// What several files say together, as it was read.
///
/// What is wrong is told; none where it can't be known how people were asked.
pub(super) fn together<'f>(
    files: &'f [AnswerFile],
    rules: &RuleSet,
    how: HowAsked,
    problems: &mut Problems,
) -> Option<RawAnswers<'f>> {
    let spot = files.iter().find_map(AnswerFile::spot)?;
    problems.take(of_one_assessment(files))?;
    let method = method(files, how, &spot, problems)?;
    Some(by_method(files, rules, (method, how.combined), spot, problems))
}

/// What those say who were asked by one method.
fn by_method<'f>(
    files: &'f [AnswerFile],
    rules: &RuleSet,
    (method, combined): (WeightMethod, Option<Combined>),
    spot: AnswerPlace<'f>,
    problems: &mut Problems,
) -> RawAnswers<'f> {
    let people = files.iter().flat_map(|file| file.people(method, rules, problems)).collect();
    let ranges = match method {
        WeightMethod::Swing => ranges(files, rules),
        _ => BTreeMap::new(),
    };
    let mut raw = RawAnswers { method, combined, ranges, people, spot };
    sift(&mut raw, rules, problems);
    raw
}

/// What a file of the workshop's page says, by each method by which people were asked.
pub(super) fn of_page<'f>(
    file: &'f AnswerFile,
    rules: &RuleSet,
    combined: Option<Combined>,
    problems: &mut Problems,
) -> Vec<RawAnswers<'f>> {
    let asked = |method: &WeightMethod| file.methods().iter().any(|(word, _)| *word == method.word());
    let Some(spot) = file.spot() else { return Vec::new() };
    let each = METHODS.into_iter().filter(asked);
    each.map(|method| {
        let one = std::slice::from_ref(file);
        by_method(one, rules, (method, combined), spot.clone(), problems)
    })
    .collect()
}

/// Sees that forms are of this assessment.
///
/// # Errors
/// Files that can't be read, and forms of another.
pub fn forms_are_of(files: &dyn Files, paths: &[String], assessment: &Assessment) -> Result<(), Problems> {
    let mut problems = Problems::default();
    for path in paths.iter().filter(|path| !states_itself(path)) {
        let form = problems.take(FilledForm::find(files, path)).flatten();
        let _: Option<()> = form.and_then(|form| problems.take(form.is_of(path, assessment)));
    }
    if problems.has_errors() { Err(problems) } else { Ok(()) }
}

/// Whether a file is no workbook: one of answers, or of the page.
fn states_itself(path: &str) -> bool {
    [".toml", ".json", ".csv"].iter().any(|ending| path.ends_with(ending))
}

/// Sees that all forms are of one assessment.
fn of_one_assessment(files: &[AnswerFile]) -> Result<(), Problem> {
    let of: BTreeSet<[&str; 3]> = files.iter().filter_map(AnswerFile::assessment).collect();
    if of.len() < 2 {
        return Ok(());
    }
    let each: Vec<String> =
        of.iter().map(|[title, partnership, period]| format!("“{title}” of {partnership}, {period}")).collect();
    let message = format!("the forms are of several assessments: {}", listed(&each));
    Err(Problem::new(Code::FormDiffers, message).help("name the forms of one assessment alone"))
}

/// The answers that several files give together, if nothing in them is wrong.
pub(super) fn judged(files: &[AnswerFile], rules: &RuleSet, how: HowAsked, problems: &mut Problems) -> Option<Answers> {
    let raw = together(files, rules, how, problems)?;
    if problems.has_errors() { None } else { judge(&raw, rules, problems) }
}

/// How people were asked: as was said, or all in the same way. Who was asked otherwise is told.
fn method(
    files: &[AnswerFile],
    how: HowAsked,
    spot: &AnswerPlace<'_>,
    problems: &mut Problems,
) -> Option<WeightMethod> {
    let mut by_method: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (word, by) in files.iter().flat_map(AnswerFile::methods) {
        by_method.entry(word).or_default().push(visible(&by, &[]).into_owned());
    }
    let asked = |word: &str| METHODS.into_iter().find(|method| method.word() == word);
    let method = match (how.method, by_method.len()) {
        (Some(method), _) => method,
        (None, 1) => by_method.keys().find_map(|word| asked(word))?,
        (None, _) => {
            let each =
                by_method.iter().map(|(word, people)| format!("`{word}` ({})", first_listed(people, MOST_NAMED)));
            let message = format!("people were asked in several ways: {}", each.collect::<Vec<_>>().join(", "));
            let help = "say which with `--method`: those who were asked otherwise are left out, and told";
            problems.push(spot.problem(Code::ImportOption, message, help));
            return None;
        }
    };
    for (word, people) in by_method.iter().filter(|(word, _)| **word != method.word()) {
        let message = format!(
            "{} asked by `{word}` and not counted here: {}",
            counted(people.len(), "person was", "people were"),
            first_listed(people, people.len())
        );
        problems
            .push(Problem::new(Code::AnswerLeftOut, message).help("ask them again, or work out their weights apart"));
    }
    Some(method)
}

/// The measures that swings were asked about. Where forms differ, those which are not what the rules have, so that it is told.
fn ranges(files: &[AnswerFile], rules: &RuleSet) -> BTreeMap<usize, (f64, f64)> {
    let mut asked: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for (criterion, range) in files.iter().flat_map(|file| file.ranges(rules)) {
        let now = rules.criteria.get(criterion).and_then(|rule| swing(rule).measures());
        let is_now = now.map(|(from, to)| (to_six_decimals(from), to_six_decimals(to))) == Some(range);
        if !is_now || !asked.contains_key(&criterion) {
            asked.insert(criterion, range);
        }
    }
    asked
}
