//! The form on which one person weighs things: what it asks, row by row, and the answers on one that was filled in.
//!
//! What it looks like is nobody's business here: rows have keys, and answers stand in fixed columns.

use std::collections::BTreeMap;

use super::items::{question, swing_lines};
use super::judge::{AnswerPlace, RawComparison, RawNumber, RawPerson, off_the_scale, saaty_step, saaty_step_of_text};
use super::swing::{swing, to_six_decimals};
use super::{Round, rounds};
use crate::assessment::day_help;
use crate::diagnostic::{Code, Problem, Problems};
use crate::rules::{RuleSet, WeightMethod};
use crate::sheet::{
    CellFigure, CellValue, FilledForm, IDENTITY, ONCE_COLUMN, SheetRow, day_of_cell, figure, same_words,
};
use crate::words::{means_none, one_line};

/// The key of the cell for the role of whoever answers.
pub const BY: &str = "by";
/// The key of the cell for the day.
pub const DATE: &str = "date";
/// The key of the cell for the reason.
pub const BECAUSE: &str = "because";
/// What the form says of the range of a swing: the criterion's id, the least and the most.
pub const RANGE: &str = "range";
/// Begins the key of a row with a number.
const NUMBER: &str = "weigh";
/// Begins the key of a row with a comparison.
const PAIR: &str = "pair";
/// The column of a number, or of what matters more.
pub const ANSWER_COLUMN: u32 = 3;
/// The column of how many times as much it matters.
pub const TIMES_COLUMN: u32 = 4;
/// What is chosen where neither matters more.
pub const EQUAL: &str = "Both alike";

/// The word for a form of this method.
pub fn form_word(method: WeightMethod) -> &'static str {
    match method {
        WeightMethod::Swing => "swings",
        WeightMethod::Pairwise => "pairs",
        WeightMethod::RankOrder => "order",
        WeightMethod::Points | WeightMethod::Learnt => "points",
    }
}

/// The methods by which people are asked.
pub(super) const METHODS: [WeightMethod; 4] =
    [WeightMethod::Swing, WeightMethod::Pairwise, WeightMethod::RankOrder, WeightMethod::Points];

/// The method of a form with this word.
fn method_of(word: &str) -> Option<WeightMethod> {
    METHODS.into_iter().find(|method| form_word(*method) == word)
}

/// What a form asks of the things that are weighed against each other.
#[derive(Debug, Clone)]
pub struct FormRound {
    /// What is weighed, in words: `the questions of the group Harm`.
    pub words: String,
    /// What is asked of it.
    pub rows: Vec<FormQuestion>,
}

/// A row of such a form.
#[derive(Debug, Clone)]
pub struct FormQuestion {
    /// The key of the row.
    pub key: String,
    /// The titles: of one thing, or of the two that are compared.
    pub titles: Vec<String>,
    /// What is to be known of them, a line each.
    pub lines: Vec<String>,
}

/// What a form of this method asks. `spans` says for each criterion what the candidates really have, in words, where that is
/// known.
pub fn form_rounds(rules: &RuleSet, method: WeightMethod, spans: &[Option<String>]) -> Vec<FormRound> {
    let questions = |round: &Round| match method {
        WeightMethod::Pairwise => pairs(rules, round),
        _ => items(rules, method, round, spans),
    };
    rounds(rules).iter().map(|round| FormRound { words: round.words(rules), rows: questions(round) }).collect()
}

fn items(rules: &RuleSet, method: WeightMethod, round: &Round, spans: &[Option<String>]) -> Vec<FormQuestion> {
    let row = |((id, title), item): ((&str, &str), &usize)| {
        let asked = question(rules, round.among, *item).filter(|question| *question != title);
        let swing = match method {
            WeightMethod::Swing => swing_lines(rules, spans, round.among, *item),
            _ => Vec::new(),
        };
        FormQuestion {
            key: format!("{NUMBER} {} {id}", kind_word(round)),
            titles: vec![title.to_owned()],
            lines: asked.map(str::to_owned).into_iter().chain(swing).collect(),
        }
    };
    round.ids(rules).into_iter().zip(round.titles(rules)).zip(&round.items).map(row).collect()
}

fn pairs(rules: &RuleSet, round: &Round) -> Vec<FormQuestion> {
    let all: Vec<(&str, &str)> = round.ids(rules).into_iter().zip(round.titles(rules)).collect();
    let mut rows = Vec::new();
    for (at, (first, title)) in all.iter().enumerate() {
        for (second, other) in all.iter().skip(at + 1) {
            rows.push(FormQuestion {
                key: format!("{PAIR} {} {first} {second}", kind_word(round)),
                titles: vec![(*title).to_owned(), (*other).to_owned()],
                lines: Vec::new(),
            });
        }
    }
    rows
}

fn kind_word(round: &Round) -> &'static str {
    if round.among.is_groups() { "group" } else { "criterion" }
}

/// What the form says of the ranges that swings are asked about.
pub fn form_ranges(rules: &RuleSet) -> Vec<String> {
    let range = |id: &str, (from, to): (f64, f64)| format!("{id} {} {}", to_six_decimals(from), to_six_decimals(to));
    let asked = rounds(rules).into_iter().filter(|round| !round.among.is_groups()).flat_map(|round| round.items);
    let criteria = asked.filter_map(|item| rules.criteria.get(item));
    criteria.filter_map(|criterion| Some(range(&criterion.id, swing(criterion).measures()?))).collect()
}

/// A form with the answers of one person.
#[derive(Debug)]
pub(super) struct AnsweredForm {
    form: FilledForm,
    pub(super) method: WeightMethod,
}

impl AnsweredForm {
    /// A form of ours as answers; none where it asks for something else than weights.
    pub(super) fn of(form: FilledForm) -> Option<Self> {
        method_of(form.kind()).map(|method| Self { form, method })
    }

    /// What the form asks for and what reads it, where it is not for weights.
    pub(super) fn other_kind(path: &str, form: &FilledForm) -> Problem {
        let message = format!("`{path}` is a form for {}, and not for weights", form.kind());
        Problem::new(Code::ImportOption, message).help(format!("leave it out here; {}", form.read_by()))
    }

    /// The measures between which swings were asked about, by criterion, as far as the rules have these.
    pub(super) fn ranges(&self, rules: &RuleSet) -> BTreeMap<usize, (f64, f64)> {
        let range = |fact: &String| {
            let mut words = fact.split_whitespace();
            let id = words.next()?;
            let criterion = rules.criteria.iter().position(|criterion| criterion.id == id)?;
            Some((criterion, (words.next()?.parse().ok()?, words.next()?.parse().ok()?)))
        };
        self.form.facts(RANGE).iter().filter_map(range).collect()
    }

    /// What the form says of the assessment that it is of.
    pub(super) fn assessment(&self) -> [&str; 3] {
        IDENTITY.map(|key| self.form.fact(key))
    }

    /// Where the answers begin.
    pub(super) fn spot(&self) -> Option<AnswerPlace<'_>> {
        let row = self.form.once(BY).or_else(|| self.form.sheet.rows.first())?;
        Some(AnswerPlace::Cell(&self.form.sheet, row, ONCE_COLUMN))
    }

    /// The role of whoever answered; empty where the form does not say it.
    pub(super) fn role(&self) -> String {
        one_line(&self.form.once(BY).map(|row| row.text(ONCE_COLUMN)).unwrap_or_default())
    }

    /// What the person answered, with what is no answer; none where it is not said who answered, or when, which is told.
    pub(super) fn person(&self, rules: &RuleSet, problems: &mut Problems) -> Option<RawPerson<'_>> {
        let spot = self.spot()?;
        let once = |key: &str| one_line(&self.form.once(key).map(|row| row.text(ONCE_COLUMN)).unwrap_or_default());
        let (by, shown) = (once(BY), once(DATE));
        let date = day_of_cell(&shown);
        if by.is_empty() {
            let help = "write the role of the person who answered into that cell";
            problems.push(left_out(&spot, "the form does not say whose answers these are", help));
        }
        if date.is_none() {
            let row = self.form.once(DATE);
            let place = row.map_or_else(|| spot.clone(), |row| self.cell(row, ONCE_COLUMN));
            let message = match shown.is_empty() {
                true => "the form does not say when it was filled in".to_owned(),
                false => format!("`{shown}` is not a day"),
            };
            problems.push(left_out(&place, &message, &day_help(&shown)));
        }
        if by.is_empty() || date.is_none() {
            return None;
        }
        let because = Some(once(BECAUSE)).filter(|because| !because.is_empty());
        let mut person = RawPerson::new(by, date, because, spot);
        match self.method {
            WeightMethod::Pairwise => self.pairs(rules, &mut person),
            _ => self.numbers(&mut person),
        }
        Some(person)
    }

    fn cell<'f>(&'f self, row: &'f SheetRow, column: u32) -> AnswerPlace<'f> {
        AnswerPlace::Cell(&self.form.sheet, row, column)
    }

    fn numbers<'f>(&'f self, person: &mut RawPerson<'f>) {
        for (words, row) in self.form.rows(NUMBER) {
            let [kind, id] = &*words else { continue };
            let (group, spot) = (kind == "group", self.cell(row, ANSWER_COLUMN));
            let wrong = match figure(row.get(ANSWER_COLUMN)) {
                Ok(CellFigure::Number(number)) => {
                    person.numbers.push(RawNumber { group, id: id.clone(), number, spot });
                    continue;
                }
                Ok(CellFigure::Empty) => continue,
                _ if means_none(&row.text(ANSWER_COLUMN)) => continue,
                Ok(CellFigure::Withheld(mark)) => format!("`{mark}` is not an answer"),
                Err((message, _)) => message,
            };
            let help = "write the number, or nothing where there is no view";
            person.unread.push((group, id.clone(), spot.problem(Code::BadCell, wrong, help)));
        }
    }

    fn pairs<'f>(&'f self, rules: &RuleSet, person: &mut RawPerson<'f>) {
        for (words, row) in self.form.rows(PAIR) {
            let [kind, first, second] = &*words else { continue };
            let group = kind == "group";
            match self.step(row, &[title(rules, group, first), title(rules, group, second)]) {
                Ok(None) => {}
                Ok(Some(step)) => {
                    let spot = self.cell(row, ANSWER_COLUMN);
                    let (first, second) = (first.clone(), second.clone());
                    person.pairs.push(RawComparison { group, first, second, step: Some(step), spot });
                }
                Err(problem) => person.unread.push((group, first.clone(), problem)),
            }
        }
    }

    /// How many times as much the first of two matters as the second, as a step of the scale; none where that is left open.
    fn step(&self, row: &SheetRow, titles: &[&str; 2]) -> Result<Option<i32>, Problem> {
        let (more, times) = (row.text(ANSWER_COLUMN), row.text(TIMES_COLUMN));
        let open = |text: &str| text.trim().is_empty() || means_none(text);
        let which = titles.iter().position(|title| same_words(title, &more));
        if open(&more) || which.is_some() && open(&times) {
            return Ok(None);
        }
        let given = match row.get(TIMES_COLUMN) {
            Some(CellValue::Number(number)) => saaty_step(*number),
            // `3: a little more` is 3.
            _ => saaty_step_of_text(times.split(':').next().unwrap_or_default()),
        };
        match (which, given) {
            _ if same_words(&more, EQUAL) && (open(&times) || given == Some(1)) => Ok(Some(1)),
            (Some(_), Some(1)) => Ok(Some(1)),
            (Some(0), Some(step)) => Ok(Some(step)),
            (Some(_), Some(step)) => Ok(Some(-step)),
            (Some(_), None) => Err(off_the_scale(&self.cell(row, TIMES_COLUMN), &times)),
            (None, _) => {
                let [first, second] = titles;
                let help = format!(
                    "choose `{first}`, `{second}` or `{EQUAL}`, and how many times as much where one matters more"
                );
                let message = match same_words(&more, EQUAL) {
                    true => format!("both matter alike, and then `{times}` times as much"),
                    false => format!("`{more}` is neither of the two that are compared"),
                };
                Err(self.cell(row, ANSWER_COLUMN).problem(Code::BadValue, message, help))
            }
        }
    }
}

/// That nothing on a form is counted.
fn left_out(spot: &AnswerPlace<'_>, message: &str, help: &str) -> Problem {
    spot.problem(Code::AnswerLeftOut, format!("{message}: nothing on it is counted"), help)
}

/// The title of a criterion or a group; its id where the rules do not have it, which is told later.
fn title<'r>(rules: &'r RuleSet, group: bool, id: &'r str) -> &'r str {
    match group {
        true => rules.groups.iter().find(|group| group.id == id).map_or(id, |group| &group.title),
        false => rules.criteria.iter().find(|criterion| criterion.id == id).map_or(id, |criterion| &criterion.title),
    }
}
