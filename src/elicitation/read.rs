//! Answers, found and read: a TOML file, forms that people filled in, what they handed in from the workshop's page, or a table
//! in a spreadsheet.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Answers;
use super::format::{AnswersFile, AskedMethod, Comparison, Person};
use super::judge::{
    AnswerPlace, RawAnswers, RawComparison, RawNumber, RawPerson, judge, off_the_scale, saaty_step, saaty_step_of_text,
};
use super::several::{self, AnswerFile};
use super::sheet::{self, HowAsked};
use crate::assessment::{day_help, day_in_form};
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile, did_you_mean};
use crate::files::{Files, TEXT_LIMIT, read_text};
use crate::rules::{RuleSet, WeightMethod};
use crate::sheet::Book;
use crate::toml_file::{At, Checker, Parsed, WrittenNumber, parse};

/// Whether a file is one of answers: it says how people were asked, and answers can be added to it.
pub fn states_method(path: &str) -> bool {
    path.ends_with(".toml")
}

/// The answers in the file `path`, which are to weigh what `rules` have. What is wrong goes to `problems`; `asked_by` is the
/// place that names the file.
pub fn load(
    files: &dyn Files,
    path: &str,
    rules: &RuleSet,
    how: HowAsked,
    asked_by: Option<&Place>,
    problems: &mut Problems,
) -> Option<Answers> {
    let mut found = Problems::default();
    let answers = if states_method(path) {
        let source = found.take(read_text(files, path, TEXT_LIMIT, asked_by));
        source.and_then(|source| answers_of_text(&source, rules, &mut found))
    } else {
        match AnswerFile::open(files, path) {
            Ok(Some(file)) => several::judged(&[file], rules, how, &mut found),
            Ok(None) => answers_of_book(files, path, rules, how, asked_by, &mut found),
            Err(why) => {
                why.sorted().into_iter().for_each(|problem| found.push(named_by(problem, asked_by)));
                None
            }
        }
    };
    let sound = !found.has_errors();
    problems.extend(found);
    answers.filter(|_| sound)
}

/// The answers of several files together: forms, and what was handed in from the workshop's page.
pub fn load_several(
    files: &dyn Files,
    paths: &[String],
    rules: &RuleSet,
    how: HowAsked,
    problems: &mut Problems,
) -> Option<Answers> {
    several::judged(&opened(files, paths, problems)?, rules, how, problems)
}

/// Several files that say themselves how people were asked; none where one of them does not.
pub(super) fn opened(files: &dyn Files, paths: &[String], problems: &mut Problems) -> Option<Vec<AnswerFile>> {
    let mut opened = Vec::new();
    for path in paths {
        match AnswerFile::open(files, path) {
            Ok(Some(file)) => opened.push(file),
            Ok(None) => {
                let message =
                    format!("`{path}` is neither a form that `prioritise form` made nor saved in the workshop’s page");
                let help = "name a table or a file of answers alone; several can be forms and what the page saved";
                problems.push(Problem::new(Code::ImportOption, message).help(help));
            }
            Err(why) => problems.extend(why),
        }
    }
    Some(opened).filter(|_| !problems.has_errors())
}

/// A problem at the place that names the file, where it has none of its own.
fn named_by(problem: Problem, asked_by: Option<&Place>) -> Problem {
    match asked_by {
        Some(place) if problem.place.is_none() => problem.at(place.clone()),
        _ => problem,
    }
}

fn answers_of_book(
    files: &dyn Files,
    path: &str,
    rules: &RuleSet,
    how: HowAsked,
    asked_by: Option<&Place>,
    problems: &mut Problems,
) -> Option<Answers> {
    let at = |problem: Problem| named_by(problem, asked_by);
    let Some(method) = how.method else {
        let message = format!("`{path}` does not say how people were asked");
        let help = "add `--method swing`, `pairwise`, `rank-order` or `points`; a TOML file says it itself";
        problems.push(at(Problem::new(Code::ImportOption, message).help(help)));
        return None;
    };
    let mut book = problems.take(Book::open(files, path).map_err(at))?;
    let mut sheets = Vec::new();
    for number in 0..book.names().len() {
        sheets.push(problems.take(book.sheet(number).map_err(at))?);
    }
    sheet::answers(path, &sheets, rules, (method, how.combined), problems)
}

/// The answers that a text has. Also used to see that answers which were asked for can be read again.
pub fn answers_of_text(source: &Arc<SourceFile>, rules: &RuleSet, problems: &mut Problems) -> Option<Answers> {
    let parsed = parse::<AnswersFile>(source, problems)?;
    if problems.has_errors() {
        return None;
    }
    let Parsed { file, lost, .. } = &parsed;
    let mut check = Checker { source, lost, problems };
    let method = match file.answers.method.value {
        AskedMethod::Swing => WeightMethod::Swing,
        AskedMethod::Pairwise => WeightMethod::Pairwise,
        AskedMethod::RankOrder => WeightMethod::RankOrder,
        AskedMethod::Points => WeightMethod::Points,
    };
    let ranges = ranges(&mut check, file, rules);
    let people = file.person.iter().map(|written| person(&mut check, source, written)).collect();
    let raw = RawAnswers {
        method,
        combined: file.answers.combined.as_ref().map(|combined| combined.value),
        ranges,
        people,
        spot: AnswerPlace::Text(source, file.answers.method.span.clone()),
    };
    judge(&raw, rules, problems)
}

fn ranges(check: &mut Checker<'_>, file: &AnswersFile, rules: &RuleSet) -> BTreeMap<usize, (f64, f64)> {
    let mut ranges = BTreeMap::new();
    for (id, At { value: (from, to), span }) in &file.ranges {
        let Some(criterion) = rules.criteria.iter().position(|criterion| criterion.id == *id) else {
            let known = rules.criteria.iter().map(|criterion| &*criterion.id);
            check.problem(Code::UnknownId, span, format!("there is no criterion `{id}`"), did_you_mean(id, known));
            continue;
        };
        if let (Some(from), Some(to)) = (check.finite(from), check.finite(to)) {
            ranges.insert(criterion, (from, to));
        }
    }
    ranges
}

fn person<'a>(check: &mut Checker<'_>, source: &'a Arc<SourceFile>, written: &At<Person>) -> RawPerson<'a> {
    let At { value: written, .. } = written;
    let spot = AnswerPlace::Text(source, written.by.span.clone());
    let by = check.text(&written.by, "the role").unwrap_or_default();
    let date = day_in_form(&written.date.value);
    if date.is_none() {
        let message = format!("`{}` is not a day", written.date.value);
        check.problem(Code::BadPeriod, &written.date.span, message, day_help(&written.date.value));
    }
    let because = written.because.as_ref().and_then(|because| check.text(because, "the reason"));
    let mut person = RawPerson::new(by, date, because, spot);
    for (group, written) in [(false, &written.criteria), (true, &written.groups)] {
        person.numbers.extend(written.iter().filter_map(|(id, number)| answer(check, source, group, id, number)));
    }
    for (group, written) in [(false, &written.pairs), (true, &written.group_pairs)] {
        for (first, others) in written {
            person.pairs.extend(others.iter().map(|(second, how)| pair(check, source, group, (first, second), how)));
        }
    }
    person
}

fn answer<'a>(
    check: &mut Checker<'_>,
    source: &'a Arc<SourceFile>,
    group: bool,
    id: &str,
    number: &At<WrittenNumber>,
) -> Option<RawNumber<'a>> {
    let finite = check.finite(number)?;
    Some(RawNumber { group, id: id.to_owned(), number: finite, spot: AnswerPlace::Text(source, number.span.clone()) })
}

fn pair<'a>(
    check: &mut Checker<'_>,
    source: &'a Arc<SourceFile>,
    group: bool,
    (first, second): (&str, &str),
    how: &At<Comparison>,
) -> RawComparison<'a> {
    let (step, shown) = match &how.value {
        Comparison::Number(number) => (saaty_step(*number), number.to_string()),
        Comparison::Text(text) => (saaty_step_of_text(text), text.clone()),
    };
    let spot = AnswerPlace::Text(source, how.span.clone());
    if step.is_none() {
        check.problems.push(off_the_scale(&spot, &shown));
    }
    RawComparison { group, first: first.to_owned(), second: second.to_owned(), step, spot }
}
