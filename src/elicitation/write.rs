//! Answers as the text of their file: a new one, or more people in a file that is there, which stays as it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Value;

use super::judge::{RawAnswers, RawComparison, RawPerson, judge};
use super::sheet::HowAsked;
use super::swing::{ranges_now, to_six_decimals};
use super::{Answers, Person, RoundAnswers, read, rounds, several};
use crate::assessment::Period;
use crate::diagnostic::{Code, Problem, Problems, Severity, SourceFile};
use crate::files::Files;
use crate::rules::{Combined, RuleSet, WeightMethod};
use crate::words::{as_read, one_line};

/// One person's answers as they are to be written, also where something was left blank.
#[derive(Debug, Clone)]
pub struct WrittenPerson {
    by: String,
    date: Period,
    because: Option<String>,
    /// Whether it is a group's, the id and the number.
    numbers: Vec<(bool, String, String)>,
    /// Whether they are groups, the two ids, and the step of the scale.
    pairs: Vec<(bool, String, String, i32)>,
}

impl WrittenPerson {
    /// What a person answered in an interview.
    pub fn new(person: &Person, rules: &RuleSet) -> Self {
        let (mut numbers, mut pairs) = (Vec::new(), Vec::new());
        for (round, given) in rounds(rules).iter().zip(&person.rounds) {
            let (group, ids) = (round.among.is_groups(), round.ids(rules));
            let id = |at: usize| ids.get(at).copied().unwrap_or_default().to_owned();
            match given {
                Some(RoundAnswers::Numbers(given)) => {
                    let given = given.iter().map(|number| number.normalize().to_string());
                    numbers.extend(given.enumerate().map(|(at, number)| (group, id(at), number)));
                }
                Some(RoundAnswers::Comparisons(given)) => {
                    pairs.extend(given.iter().map(|((one, other), step)| (group, id(*one), id(*other), *step)));
                }
                None => {}
            }
        }
        Self { by: person.by.clone(), date: person.date, because: person.because.clone(), numbers, pairs }
    }

    /// What a person answered in a file that was read; none where it does not say when.
    fn of_raw(raw: &RawPerson<'_>) -> Option<Self> {
        let numbers = raw.numbers.iter().map(|answer| (answer.group, answer.id.clone(), answer.number.to_string()));
        let pair = |pair: &RawComparison<'_>| Some((pair.group, pair.first.clone(), pair.second.clone(), pair.step?));
        Some(Self {
            by: raw.by.clone(),
            date: raw.date?,
            because: raw.because.clone(),
            numbers: numbers.collect(),
            pairs: raw.pairs.iter().filter_map(pair).collect(),
        })
    }
}

/// Answers that are to stand in a file of answers.
#[derive(Debug, Clone)]
pub struct GivenAnswers {
    /// How people were asked.
    pub method: WeightMethod,
    /// How several become one, where that was said.
    pub combined: Option<Combined>,
    /// The measures between which swings were asked about, by criterion.
    pub ranges: BTreeMap<usize, (f64, f64)>,
    /// Who answered.
    pub people: Vec<WrittenPerson>,
}

impl GivenAnswers {
    /// What one person answered just now, asked about the ranges that the rules have.
    pub fn of_interview(rules: &RuleSet, method: WeightMethod, person: &Person) -> Self {
        let ranges = match method {
            WeightMethod::Swing => ranges_now(rules),
            _ => BTreeMap::new(),
        };
        Self { method, combined: None, ranges, people: vec![WrittenPerson::new(person, rules)] }
    }

    /// Those of several files: forms, and what was handed in from the workshop's page. What is wrong goes to `problems`; that
    /// somebody left something blank does not, as whoever reads the answers afterwards is told.
    pub fn of_files(
        files: &dyn Files,
        paths: &[String],
        rules: &RuleSet,
        how: HowAsked,
        problems: &mut Problems,
    ) -> Option<Self> {
        let opened = read::opened(files, paths, problems)?;
        let raw = several::together(&opened, rules, how, problems)?;
        let mut told = Problems::default();
        // What is left blank by all of these may be answered in the file that they go into, which is judged as a whole then.
        let may_do =
            |problem: &Problem| problem.code.severity() != Severity::Error || problem.code == Code::AnswerMissing;
        let judged = judge(&raw, rules, &mut told).is_some() || (!raw.people.is_empty() && told.iter().all(may_do));
        let sound = !problems.has_errors() && judged;
        if !sound {
            problems.extend(told);
        }
        sound.then(|| Self::of_raw(raw))
    }

    /// What everybody answered in a file of the workshop's page: of each method by which people were asked the text of a file that
    /// `elicit` reads, behind its word. The group's weights are arithmetic means there, and so they are in the file. Who has no
    /// answer that can be counted is not in it, and of a method by which nobody has one there is none; what is wrong is told.
    ///
    /// # Errors
    /// Why the file can't be read.
    pub fn texts_of_page(
        files: &dyn Files,
        path: &str,
        rules: &RuleSet,
        problems: &mut Problems,
    ) -> Result<Vec<(&'static str, String)>, Problems> {
        let file = several::AnswerFile::of_page(files, path)?;
        let by_method = several::of_page(&file, rules, Some(Combined::ArithmeticMean), problems);
        let text = |raw: RawAnswers<'_>| {
            let can_be_weighed = judge(&raw, rules, &mut Problems::default()).is_some();
            can_be_weighed.then(|| (raw.method.word(), new_file_text(rules, &Self::of_raw(raw))))
        };
        Ok(by_method.into_iter().filter_map(text).collect())
    }

    /// Who has nothing left that can be counted is not written.
    fn of_raw(raw: RawAnswers<'_>) -> Self {
        let has_answers = |person: &&RawPerson<'_>| {
            person.left_out.is_empty() || !person.numbers.is_empty() || !person.pairs.is_empty()
        };
        let people = raw.people.iter().filter(has_answers).filter_map(WrittenPerson::of_raw).collect();
        Self { method: raw.method, combined: raw.combined, ranges: raw.ranges, people }
    }
}

/// A new file with these answers; for swings with the measures that were asked about.
pub fn new_file_text(rules: &RuleSet, given: &GivenAnswers) -> String {
    let mut text = String::from("# What people answered when they were asked for the weights of\n");
    text.push_str(&format!("# {}, version {}.\n\n", one_line(&rules.name), one_line(&rules.version)));
    text.push_str(&format!("[answers]\nmethod = \"{}\"\n", given.method.word()));
    if let Some(combined) = given.combined {
        text.push_str(&format!("combined = \"{}\"\n", combined.word()));
    }
    text.push_str(&ranges(rules, &given.ranges));
    text.push_str(&given.people.iter().map(person_text).collect::<String>());
    text
}

/// Whether answers can be added to a file.
///
/// # Errors
/// What is wrong with the file: it can't be read, or was made by another method or about other ranges, or has answers of one of
/// these people already.
pub fn check_can_add(source: &Arc<SourceFile>, rules: &RuleSet, given: &GivenAnswers) -> Result<(), Problems> {
    let mut problems = Problems::default();
    let there = read::answers_of_text(source, rules, &mut problems);
    let Some(there) = there.filter(|_| !problems.has_errors()) else { return Err(problems) };
    for person in &given.people {
        refuse(&there, source, given.method, &person.by)?;
    }
    let is_other =
        |(criterion, range): (&usize, &(f64, f64))| there.ranges.get(criterion).is_some_and(|it| it != range);
    if given.ranges.iter().any(|(criterion, range)| is_other((criterion, range))) {
        let message = format!("`{}` has answers about other ranges than these are about", source.name);
        return Err(Problem::new(Code::BadValue, message)
            .help("ask all about the same ranges, or name another file")
            .into());
    }
    Ok(())
}

/// The text of a file with the answers of these people added.
pub fn text_with_people(source: &SourceFile, given: &GivenAnswers) -> String {
    let mut new = given.people.iter().map(person_text).collect::<String>();
    if source.text.contains("\r\n") {
        new = new.replace('\n', "\r\n");
    }
    let end = if source.text.is_empty() || source.text.ends_with('\n') { "" } else { "\n" };
    format!("{}{end}{new}", source.text)
}

fn refuse(there: &Answers, source: &SourceFile, method: WeightMethod, by: &str) -> Result<(), Problem> {
    if there.method != method {
        let message = format!("`{}` has answers by the method `{}`", source.name, there.method.word());
        return Err(Problem::new(Code::BadValue, message).help("ask by the same method, or name another file"));
    }
    if there.people.iter().any(|other| as_read(&other.by) == as_read(by)) {
        let message = format!("`{}` already has answers from `{by}`", source.name);
        return Err(Problem::new(Code::DuplicateId, message)
            .help("take them out first, or give the two people different names"));
    }
    Ok(())
}

fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

fn ranges(rules: &RuleSet, asked: &BTreeMap<usize, (f64, f64)>) -> String {
    if asked.is_empty() {
        return String::new();
    }
    let mut text =
        String::from("\n# From the measure that earns least to the one that earns most, as it was asked.\n[ranges]\n");
    for round in rounds(rules).iter().filter(|round| !round.among.is_groups()) {
        for item in &round.items {
            if let (Some(criterion), Some((from, to))) = (rules.criteria.get(*item), asked.get(item)) {
                text.push_str(&format!("{} = [{}, {}]\n", criterion.id, to_six_decimals(*from), to_six_decimals(*to)));
            }
        }
    }
    text
}

fn person_text(person: &WrittenPerson) -> String {
    let mut text = format!("\n[[person]]\nby   = {}\ndate = \"{}\"\n", quoted(&person.by), person.date.iso_day());
    if let Some(because) = &person.because {
        text.push_str(&format!("because = {}\n", quoted(because)));
    }
    for groups in [false, true] {
        let numbers = person.numbers.iter().filter(|(group, ..)| *group == groups);
        let numbers = numbers.map(|(_, id, number)| format!("{id} = {number}\n")).collect::<Vec<_>>().concat();
        let pairs = pairs_text(person, groups);
        let [of_numbers, of_pairs] = if groups { ["groups", "group_pairs"] } else { ["criteria", "pairs"] };
        for (name, lines) in
            [(of_numbers, numbers), (of_pairs, pairs)].into_iter().filter(|(_, lines)| !lines.is_empty())
        {
            text.push_str(&format!("\n[person.{name}]\n{lines}"));
        }
    }
    text
}

/// The comparisons of a person, a line for each thing that is compared with others.
fn pairs_text(person: &WrittenPerson, groups: bool) -> String {
    let mut lines: Vec<(&str, Vec<String>)> = Vec::new();
    for (_, first, second, step) in person.pairs.iter().filter(|(group, ..)| *group == groups) {
        let step = if *step < 0 { format!("\"1/{}\"", step.unsigned_abs()) } else { step.to_string() };
        let pair = format!("{second} = {step}");
        match lines.iter_mut().find(|(known, _)| known == first) {
            Some((_, others)) => others.push(pair),
            None => lines.push((first, vec![pair])),
        }
    }
    lines.iter().map(|(first, others)| format!("{first} = {{ {} }}\n", others.join(", "))).collect::<Vec<_>>().concat()
}
