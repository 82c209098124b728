//! Answers as the text of their file: a new one, or one more person in a file that is there, which stays as it is.

use std::sync::Arc;

use toml::Value;

use super::recorded::to_six_decimals;
use super::{Answers, Person, RoundAnswers, read, rounds, swing};
use crate::diagnostic::{Code, Problem, Problems, SourceFile};
use crate::rules::{RuleSet, WeightMethod};
use crate::words::{as_read, one_line};

/// A new file with one person's answers; for swings with the measures that were asked about.
pub fn new_file_text(rules: &RuleSet, method: WeightMethod, person: &Person) -> String {
    let mut text = String::from("# What people answered when they were asked for the weights of\n");
    text.push_str(&format!("# {}, version {}.\n\n", one_line(&rules.name), one_line(&rules.version)));
    text.push_str(&format!("[answers]\nmethod = \"{}\"\n", method.word()));
    if method == WeightMethod::Swing {
        text.push_str(&ranges(rules));
    }
    text.push_str(&person_text(person, rules));
    text
}

/// Whether the answers of somebody by some method can be added to a file.
///
/// # Errors
/// What is wrong with the file: it can't be read, or was made by another method, or has this person's answers already.
pub fn check_can_add(
    source: &Arc<SourceFile>,
    rules: &RuleSet,
    method: WeightMethod,
    by: &str,
) -> Result<(), Problems> {
    let mut problems = Problems::default();
    let there = read::answers_of_text(source, rules, &mut problems);
    let Some(there) = there.filter(|_| !problems.has_errors()) else { return Err(problems) };
    Ok(refuse(&there, source, method, by)?)
}

/// The text of a file with one more person's answers.
pub fn text_with_person(source: &SourceFile, rules: &RuleSet, person: &Person) -> String {
    let mut new = person_text(person, rules);
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

/// The measures between which swings are asked about.
fn ranges(rules: &RuleSet) -> String {
    let mut text =
        String::from("\n# From the measure that earns least to the one that earns most, as it was asked.\n[ranges]\n");
    for round in rounds(rules).iter().filter(|round| !round.among.is_groups()) {
        for criterion in round.items.iter().filter_map(|item| rules.criteria.get(*item)) {
            if let Some((from, to)) = swing(criterion).measures() {
                text.push_str(&format!("{} = [{}, {}]\n", criterion.id, to_six_decimals(from), to_six_decimals(to)));
            }
        }
    }
    text
}

fn person_text(person: &Person, rules: &RuleSet) -> String {
    let mut text = format!("\n[[person]]\nby   = {}\ndate = \"{}\"\n", quoted(&person.by), person.date.iso_day());
    if let Some(because) = &person.because {
        text.push_str(&format!("because = {}\n", quoted(because)));
    }
    for groups in [false, true] {
        let mut lines = String::new();
        let mut pairs = false;
        for (round, given) in rounds(rules).iter().zip(&person.rounds) {
            let Some(given) = given else { continue };
            if (round.among.is_groups()) == groups {
                pairs |= matches!(given, RoundAnswers::Comparisons(_));
                lines.push_str(&answers(&round.ids(rules), given));
            }
        }
        let name = match (groups, pairs) {
            (false, false) => "criteria",
            (true, false) => "groups",
            (false, true) => "pairs",
            (true, true) => "group_pairs",
        };
        if !lines.is_empty() {
            text.push_str(&format!("\n[person.{name}]\n{lines}"));
        }
    }
    text
}

fn answers(ids: &[&str], given: &RoundAnswers) -> String {
    let id = |at: usize| ids.get(at).copied().unwrap_or_default();
    match given {
        RoundAnswers::Numbers(numbers) => {
            let lines = ids.iter().zip(numbers).map(|(id, number)| format!("{id} = {}\n", number.normalize()));
            lines.collect::<Vec<String>>().concat()
        }
        RoundAnswers::Comparisons(judged) => {
            let line = |first: usize| {
                let of = |((one, other), step): &((usize, usize), i32)| {
                    let step = if *step < 0 { format!("\"1/{}\"", step.unsigned_abs()) } else { step.to_string() };
                    (*one == first).then(|| format!("{} = {step}", id(*other)))
                };
                let others: Vec<String> = judged.iter().filter_map(of).collect();
                (!others.is_empty()).then(|| format!("{} = {{ {} }}\n", id(first), others.join(", ")))
            };
            (0..ids.len()).filter_map(line).collect()
        }
    }
}
