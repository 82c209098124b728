//! Answers judged: each of its method's kind, about something that the rules weigh, once, and none left out.
//!
//! A file of answers and a spreadsheet come here alike, as [`RawAnswers`]; a [`AnswerPlace`] remembers where each answer stands.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;
use toml::Value;

use super::{Answers, Person, Round, RoundAnswers, rounds};
use crate::assessment::{Period, canonical_digest};
use crate::diagnostic::{Code, Place, Problem, Problems, SourceFile, did_you_mean, quoted_list};
use crate::rules::{Combined, RuleSet, WeightMethod};
use crate::sheet::{Sheet, SheetRow};
use crate::words::as_read;

/// The most that can be given to a swing, and all the points there are.
const HUNDRED: Decimal = Decimal::ONE_HUNDRED;
/// By how much a decimal may miss the fraction that it stands for: 0.33 for a third.
const FRACTION_TOLERANCE: f64 = 0.005;

/// Where an answer stands.
#[derive(Debug, Clone)]
pub(super) enum AnswerPlace<'a> {
    /// In a text file.
    Text(&'a Arc<SourceFile>, Range<usize>),
    /// In a row of a sheet, and one of its columns.
    Cell(&'a Sheet, &'a SheetRow, u32),
}

impl AnswerPlace<'_> {
    pub(super) fn problem(&self, code: Code, message: impl AsRef<str>, help: impl AsRef<str>) -> Problem {
        match self {
            Self::Text(source, span) => {
                Problem::new(code, message.as_ref()).at(Place::new(source, span.clone())).help(help.as_ref())
            }
            Self::Cell(sheet, row, column) => {
                let mut problem = sheet.cell_problem(row, *column, message.as_ref(), help.as_ref());
                problem.code = code;
                problem
            }
        }
    }

    fn place(&self) -> Option<Place> {
        match self {
            Self::Text(source, span) => Some(Place::new(source, span.clone())),
            Self::Cell(..) => None,
        }
    }
}

/// Answers as they were read.
pub(super) struct RawAnswers<'a> {
    pub(super) method: WeightMethod,
    pub(super) combined: Option<Combined>,
    pub(super) ranges: BTreeMap<usize, (f64, f64)>,
    pub(super) people: Vec<RawPerson<'a>>,
    /// The whole of it.
    pub(super) spot: AnswerPlace<'a>,
}

/// What one person answered, as it was read.
pub(super) struct RawPerson<'a> {
    pub(super) by: String,
    /// None where it can't be read, which was told.
    pub(super) date: Option<Period>,
    pub(super) because: Option<String>,
    pub(super) numbers: Vec<RawNumber<'a>>,
    pub(super) pairs: Vec<RawComparison<'a>>,
    /// What was no answer, and for what it stands: whether it is a group, its id, and what is wrong.
    pub(super) unread: Vec<(bool, String, Problem)>,
    /// The rounds of which something was wrong, which was told: nothing of them is counted.
    pub(super) left_out: BTreeSet<usize>,
    pub(super) spot: AnswerPlace<'a>,
}

impl<'a> RawPerson<'a> {
    /// Somebody who has answered nothing yet.
    pub(super) fn new(by: String, date: Option<Period>, because: Option<String>, spot: AnswerPlace<'a>) -> Self {
        let (numbers, pairs, unread) = (Vec::new(), Vec::new(), Vec::new());
        Self { by, date, because, numbers, pairs, unread, left_out: BTreeSet::new(), spot }
    }
}

/// A number for something.
pub(super) struct RawNumber<'a> {
    /// Whether it is for a group.
    pub(super) group: bool,
    pub(super) id: String,
    pub(super) number: f64,
    pub(super) spot: AnswerPlace<'a>,
}

/// A comparison of two things.
pub(super) struct RawComparison<'a> {
    /// Whether they are groups.
    pub(super) group: bool,
    pub(super) first: String,
    pub(super) second: String,
    /// The step of Saaty's scale; none where it is off the scale, which was told.
    pub(super) step: Option<i32>,
    pub(super) spot: AnswerPlace<'a>,
}

/// A comparison as a step of Saaty's scale: `5`, `1/5`, or a decimal such as 0.2 or 0.33 for such a fraction.
pub(super) fn saaty_step(number: f64) -> Option<i32> {
    let whole = (1..=9).find(|step| f64::from(*step) == number);
    let part = || {
        (2..=9).find(|step| (number - 1.0 / f64::from(*step)).abs() <= FRACTION_TOLERANCE + 1e-9).map(|step: i32| -step)
    };
    whole.or_else(part)
}

/// The same of text: `1/5`, or a number.
pub(super) fn saaty_step_of_text(text: &str) -> Option<i32> {
    let number = |text: &str| text.trim().parse::<f64>().ok();
    match text.split_once('/') {
        Some((one, of)) => match (number(one)?, saaty_step(number(of)?)?) {
            (1.0, of @ 1..) => Some(if of == 1 { 1 } else { -of }),
            _ => None,
        },
        None => saaty_step(number(text)?),
    }
}

/// A comparison that is not on Saaty's scale.
pub(super) fn off_the_scale(spot: &AnswerPlace<'_>, shown: &str) -> Problem {
    let help =
        "write 1 for equal, 3, 5, 7 or 9 for how many times as much, those between them too, or \"1/5\" for a fifth";
    spot.problem(Code::BadValue, format!("`{shown}` is not on the scale from 1 to 9"), help)
}

/// The answers, if nothing in them is wrong.
pub(super) fn judge(raw: &RawAnswers<'_>, rules: &RuleSet, problems: &mut Problems) -> Option<Answers> {
    let rounds = rounds(rules);
    let mut judge = AnswersJudge { rules, rounds, method: raw.method, problems, sound: true, blank: Vec::new() };
    if judge.rounds.is_empty() {
        let help = "add a second criterion, or a group with two";
        judge.tell(raw.spot.problem(
            Code::BadValue,
            "the rule set has no two things to weigh against each other",
            help,
        ));
    }
    if raw.people.is_empty() {
        let help = "add a `[[person]]` table, or a row, for each person who answered";
        judge.tell(raw.spot.problem(Code::AnswerMissing, "nobody has answered", help));
    }
    judge.everybody_once(&raw.people);
    let people: Vec<Person> = raw.people.iter().filter_map(|person| judge.person(person)).collect();
    let people = judge.who_answered(people, raw);
    let combined = raw.combined.unwrap_or(match raw.method {
        WeightMethod::Pairwise => Combined::GeometricMean,
        _ => Combined::ArithmeticMean,
    });
    judge.no_zero_in_products(raw, combined);
    let sound = judge.sound;
    let mut answers = Answers {
        method: raw.method,
        combined,
        people,
        ranges: raw.ranges.clone(),
        digest: String::new(),
        place: raw.spot.place(),
    };
    answers.digest = digest(&answers, rules);
    sound.then_some(answers)
}

struct AnswersJudge<'r, 'p> {
    rules: &'r RuleSet,
    rounds: Vec<Round>,
    method: WeightMethod,
    problems: &'p mut Problems,
    sound: bool,
    /// What people left blank.
    blank: Vec<BlankAnswer>,
}

/// Something of a round that a person left blank.
struct BlankAnswer {
    by: String,
    /// The number of the round.
    round: usize,
    /// That it is blank, and how to mend that.
    message: String,
    help: String,
}

impl AnswersJudge<'_, '_> {
    fn tell(&mut self, problem: Problem) {
        self.sound = false;
        self.problems.push(problem);
    }

    fn everybody_once(&mut self, people: &[RawPerson<'_>]) {
        for (at, person) in people.iter().enumerate() {
            if people.iter().take(at).any(|other| as_read(&other.by) == as_read(&person.by)) {
                let message = format!("`{}` has already answered", person.by);
                let help = "take one of the two out, or give the two people different names: `Councillor, ward A`";
                self.tell(person.spot.problem(Code::DuplicateId, message, help));
            }
        }
    }

    /// Those who answered something. Who left something of a round blank has no part in it, and that is told; where nobody
    /// is left for a round its weights can't be found.
    fn who_answered(&mut self, mut people: Vec<Person>, all: &RawAnswers<'_>) -> Vec<Person> {
        let (raw, of_all) = (&all.people, &all.spot);
        let answered =
            |number: usize| people.iter().any(|person| person.rounds.get(number).is_some_and(Option::is_some));
        // Where something else is wrong nobody knows who would be left.
        let unanswered: Vec<usize> = (0..self.rounds.len()).filter(|number| self.sound && !answered(*number)).collect();
        let told: Vec<usize> = self.blank.iter().map(|blank| blank.round).collect();
        for BlankAnswer { by, round, message, help } in std::mem::take(&mut self.blank) {
            let Some(person) = raw.iter().find(|person| person.by == by) else { continue };
            if unanswered.contains(&round) {
                self.tell(person.spot.problem(Code::AnswerMissing, message, help));
                continue;
            }
            let words = self.rounds.get(round).map(|round| round.words(self.rules)).unwrap_or_default();
            let message =
                format!("{message}: {by} has no part in the weights of {words}, and what others answered counts");
            let help = "ask, and add the answer: none is made up here";
            self.problems.push(person.spot.problem(Code::AnswerLeftOut, message, help));
        }
        for number in unanswered.into_iter().filter(|number| !told.contains(number)) {
            let words = self.rounds.get(number).map(|round| round.words(self.rules)).unwrap_or_default();
            let message = format!("of {words} nobody's answers can be counted");
            let help = "mend what is told of them, or ask again";
            self.tell(of_all.problem(Code::AnswerMissing, message, help));
        }
        people.retain(|person| person.rounds.iter().any(Option::is_some));
        people
    }

    fn person(&mut self, raw: &RawPerson<'_>) -> Option<Person> {
        let given = match self.method {
            WeightMethod::Pairwise => self.all_pairs(raw),
            _ => self.all_numbers(raw),
        };
        let Some(date) = raw.date else {
            self.sound = false;
            return None;
        };
        Some(Person { by: raw.by.clone(), date, because: raw.because.clone(), rounds: given })
    }

    /// The round and the place in it of an item; what is not weighed is told.
    fn find(&mut self, group: bool, id: &str, spot: &AnswerPlace<'_>) -> Option<(usize, usize)> {
        let rules = self.rules;
        if let Some(place) = place_of(&self.rounds, rules, group, id) {
            return Some(place);
        }
        let of_kind = |round: &&Round| (round.among.is_groups()) == group;
        let known: Vec<&str> = self.rounds.iter().filter(of_kind).flat_map(|round| round.ids(rules)).collect();
        let what = if group { "group" } else { "criterion" };
        let exists = match group {
            true => rules.groups.iter().any(|group| group.id == id),
            false => rules.criteria.iter().any(|criterion| criterion.id == id),
        };
        let problem = if exists {
            let message = format!("the {what} `{id}` has no other to be weighed against");
            spot.problem(Code::BadValue, message, "take the answer out")
        } else {
            spot.problem(Code::UnknownId, format!("the rules have no {what} `{id}`"), did_you_mean(id, known))
        };
        self.tell(problem);
        None
    }

    fn all_numbers(&mut self, raw: &RawPerson<'_>) -> Vec<Option<RoundAnswers>> {
        if let Some(pair) = raw.pairs.first() {
            let message = format!("{} has no comparisons", self.method.word());
            let help = "give a number to each criterion under `[person.criteria]`, or say `method = \"pairwise\"`";
            self.tell(pair.spot.problem(Code::BadValue, message, help));
            return Vec::new();
        }
        let mut given: Vec<Vec<Option<Decimal>>> =
            self.rounds.iter().map(|round| vec![None; round.items.len()]).collect();
        for answer in &raw.numbers {
            let Some((round, at)) = self.find(answer.group, &answer.id, &answer.spot) else { continue };
            let Some(number) = self.number(answer) else { continue };
            if let Some(slot) = given.get_mut(round).and_then(|round| round.get_mut(at)) {
                *slot = Some(number);
            }
        }
        if !self.sound {
            return Vec::new();
        }
        let rounds = self.rounds.clone();
        rounds.iter().enumerate().zip(given).map(|(round, given)| self.numbers(round, given, raw)).collect()
    }

    /// One number, of its method's kind.
    fn number(&mut self, answer: &RawNumber<'_>) -> Option<Decimal> {
        match right_number(self.method, answer.number) {
            Ok(number) => Some(number),
            Err((message, help)) => {
                self.tell(answer.spot.problem(Code::BadValue, message, help));
                None
            }
        }
    }

    /// The numbers of one round: none missing, and together of their method's kind.
    fn numbers(
        &mut self,
        (number, round): (usize, &Round),
        given: Vec<Option<Decimal>>,
        raw: &RawPerson<'_>,
    ) -> Option<RoundAnswers> {
        if raw.left_out.contains(&number) {
            return None;
        }
        let ids = round.ids(self.rules);
        let missing: Vec<&str> =
            ids.iter().zip(&given).filter(|(_, given)| given.is_none()).map(|(id, _)| *id).collect();
        if !missing.is_empty() {
            let message = format!("{} has not answered on {}", raw.by, quoted_list(&missing));
            self.leave_blank(number, raw, message, "ask, and add the answers: none are made up here");
            return None;
        }
        let numbers: Vec<Decimal> = given.into_iter().flatten().collect();
        if let Some((wrong, help)) = wrong_numbers(self.method, &numbers) {
            let message = format!("the answers of {} to {} {wrong}", raw.by, round.words(self.rules));
            self.tell(raw.spot.problem(Code::BadValue, message, help));
            return None;
        }
        Some(RoundAnswers::Numbers(numbers))
    }

    fn all_pairs(&mut self, raw: &RawPerson<'_>) -> Vec<Option<RoundAnswers>> {
        if let Some(answer) = raw.numbers.first() {
            let help = "compare each two under `[person.pairs]`: `harm = { volume = 5 }`, or name another method";
            self.tell(answer.spot.problem(
                Code::BadValue,
                "in pairwise comparison no criterion has a number of its own",
                help,
            ));
            return Vec::new();
        }
        let mut given: Vec<BTreeMap<(usize, usize), i32>> = vec![BTreeMap::new(); self.rounds.len()];
        for pair in &raw.pairs {
            let found =
                (self.find(pair.group, &pair.first, &pair.spot), self.find(pair.group, &pair.second, &pair.spot));
            let (Some((round, first)), Some((other, second))) = found else { continue };
            let told = |judge: &mut Self, code, message: String, help: &str| {
                judge.tell(pair.spot.problem(code, message, help));
            };
            let both = format!("`{}` and `{}`", pair.first, pair.second);
            if (round, first) == (other, second) {
                told(self, Code::BadValue, format!("`{}` is compared with itself", pair.first), "take it out");
            } else if round != other {
                let help = "compare criteria of one group, and the groups with each other";
                told(self, Code::BadValue, format!("{both} are of different groups"), help);
            } else if let (Some(step), Some(given)) = (pair.step, given.get_mut(round)) {
                let turned = first > second;
                let step = if turned && step.abs() > 1 { -step } else { step };
                if given.insert((first.min(second), first.max(second)), step).is_some() {
                    told(self, Code::DuplicateId, format!("{both} are compared twice"), "take one of the two out");
                }
            } else {
                // It was told that this is off the scale.
                self.sound = false;
            }
        }
        if !self.sound {
            return Vec::new();
        }
        let rounds = self.rounds.clone();
        rounds.iter().enumerate().zip(given).map(|(round, given)| self.pairs(round, given, raw)).collect()
    }

    /// The comparisons of one round: none missing.
    fn pairs(
        &mut self,
        (number, round): (usize, &Round),
        given: BTreeMap<(usize, usize), i32>,
        raw: &RawPerson<'_>,
    ) -> Option<RoundAnswers> {
        if raw.left_out.contains(&number) {
            return None;
        }
        let ids = round.ids(self.rules);
        let all = (0..ids.len()).flat_map(|first| (first + 1..ids.len()).map(move |second| (first, second)));
        let name = |at: usize| ids.get(at).copied().unwrap_or_default();
        let missing: Vec<String> = all
            .filter(|pair| !given.contains_key(pair))
            .map(|(first, second)| format!("`{}` with `{}`", name(first), name(second)))
            .collect();
        if !missing.is_empty() {
            let message = format!("{} has not compared {}", raw.by, crate::words::listed(&missing));
            let help = "ask, and add the answers: the ratio of consistency is known for whole sets of comparisons only";
            self.leave_blank(number, raw, message, help);
            return None;
        }
        Some(RoundAnswers::Comparisons(given.into_iter().collect()))
    }

    /// Keeps in mind that a person left something of a round blank.
    fn leave_blank(&mut self, round: usize, raw: &RawPerson<'_>, message: String, help: &str) {
        self.blank.push(BlankAnswer { by: raw.by.clone(), round, message, help: help.to_owned() });
    }

    /// A geometric mean with a weight of zero is zero, whatever the others say.
    fn no_zero_in_products(&mut self, raw: &RawAnswers<'_>, combined: Combined) {
        let one = raw.people.len() < 2;
        if one || combined != Combined::GeometricMean || raw.method == WeightMethod::Pairwise {
            return;
        }
        for answer in raw.people.iter().flat_map(|person| &person.numbers).filter(|answer| answer.number == 0.0) {
            let message = format!("in a geometric mean one person's 0 would make `{}` 0 for all", answer.id);
            self.tell(answer.spot.problem(Code::BadValue, message, "combine by the `arithmetic-mean`"));
        }
    }
}

/// The round and the place in it of something that is weighed.
pub(super) fn place_of(rounds: &[Round], rules: &RuleSet, group: bool, id: &str) -> Option<(usize, usize)> {
    let mut of_kind = rounds.iter().enumerate().filter(|(_, round)| round.among.is_groups() == group);
    let place =
        |(number, round): (usize, &Round)| Some((number, round.ids(rules).iter().position(|known| *known == id)?));
    of_kind.find_map(place)
}

/// One number, of its method's kind.
///
/// # Errors
/// What is wrong with it, and how to mend that.
pub(super) fn right_number(method: WeightMethod, number: f64) -> Result<Decimal, (String, &'static str)> {
    let whole = number.fract() == 0.0 && number >= 1.0;
    let (right, what, help) = if method == WeightMethod::RankOrder {
        let help = "write its place in the order: 1 for what matters most";
        (whole && number < 1e6, "a place in an order", help)
    } else {
        let what = if method == WeightMethod::Swing { "the worth of a swing" } else { "a share of 100 points" };
        ((0.0..=100.0).contains(&number), what, "write a number from 0 to 100, with six decimals at most")
    };
    let decimal = number.to_string().parse::<Decimal>().ok();
    let decimal = decimal.filter(|decimal| right && decimal.scale() <= 6);
    decimal.ok_or_else(|| (format!("{what} can't be {number}"), help))
}

/// What is wrong with all numbers of a round together, as a sentence goes on, and how to mend it.
pub(super) fn wrong_numbers(method: WeightMethod, numbers: &[Decimal]) -> Option<(String, &'static str)> {
    match method {
        WeightMethod::RankOrder => wrong_order(numbers),
        WeightMethod::Points => Some(numbers.iter().sum::<Decimal>())
            .filter(|sum| *sum != HUNDRED)
            .map(|sum| (format!("add up to {}", sum.normalize()), "share out 100 points, no more and no fewer")),
        _ => numbers.iter().max().filter(|most| **most != HUNDRED).map(|most| {
            let help = "give 100 to the swing that matters most, and to the others what they are worth beside it";
            (format!("have {} as their highest", most.normalize()), help)
        }),
    }
}

/// What is wrong with places in an order: a place is one more than how many come before, or than how many places do.
fn wrong_order(places: &[Decimal]) -> Option<(String, &'static str)> {
    let mut sorted = places.to_vec();
    sorted.sort();
    let mut distinct = sorted.clone();
    distinct.dedup();
    let is = |place: &Decimal, wanted: usize| *place == Decimal::from(wanted);
    let dense = distinct.iter().zip(1..).all(|(place, wanted)| is(place, wanted));
    let before = |place: &Decimal| sorted.iter().filter(|other| *other < place).count();
    let competition = distinct.iter().all(|place| is(place, before(place) + 1));
    if dense || competition {
        return None;
    }
    let shown: Vec<String> = sorted.iter().map(|place| place.normalize().to_string()).collect();
    Some((
        format!("are not an order: {}", shown.join(", ")),
        "number them 1, 2, 3 and so on; equals have the same number",
    ))
}

/// The digest of what the answers say, whoever comes first and whatever they are written in.
fn digest(answers: &Answers, rules: &RuleSet) -> String {
    let rounds = rounds(rules);
    let text = |text: &str| Value::String(text.to_owned());
    let mut people: Vec<&Person> = answers.people.iter().collect();
    people.sort_by(|a, b| a.by.cmp(&b.by));
    let person = |person: &&Person| {
        let mut table = toml::Table::new();
        table.insert("by".into(), text(&person.by));
        table.insert("date".into(), text(&person.date.iso_day()));
        table.extend(person.because.as_ref().map(|because| ("because".to_owned(), text(because))));
        let given = rounds.iter().zip(&person.rounds).filter_map(|(round, given)| Some((round, given.as_ref()?)));
        let given = given.flat_map(|(round, given)| said(round, given, rules));
        let given: toml::Table = given.map(|(what, answer)| (what, Value::String(answer))).collect();
        table.insert("given".into(), Value::Table(given));
        Value::Table(table)
    };
    let range = |(criterion, (from, to)): (&usize, &(f64, f64))| {
        let id = rules.criteria.get(*criterion).map(|criterion| criterion.id.clone()).unwrap_or_default();
        (id, Value::Array(vec![Value::Float(*from), Value::Float(*to)]))
    };
    let mut whole = toml::Table::new();
    whole.insert("method".into(), text(answers.method.word()));
    if answers.people.len() > 1 {
        whole.insert("combined".into(), text(answers.combined.word()));
    }
    whole.insert("ranges".into(), Value::Table(answers.ranges.iter().map(range).collect()));
    whole.insert("people".into(), Value::Array(people.iter().map(person).collect()));
    canonical_digest(&Value::Table(whole))
}

/// What was said of what in a round: the order of the criteria in the rules makes no difference.
fn said(round: &Round, given: &RoundAnswers, rules: &RuleSet) -> Vec<(String, String)> {
    let kind = if round.among.is_groups() { "group" } else { "criterion" };
    let ids = round.ids(rules);
    let id = |at: usize| ids.get(at).copied().unwrap_or_default();
    match given {
        RoundAnswers::Numbers(numbers) => ids
            .iter()
            .zip(numbers)
            .map(|(id, number)| (format!("{kind} {id}"), number.normalize().to_string()))
            .collect(),
        RoundAnswers::Comparisons(judged) => judged
            .iter()
            .map(|((first, second), step)| {
                let ordered = id(*first) <= id(*second);
                let (one, other) = if ordered { (id(*first), id(*second)) } else { (id(*second), id(*first)) };
                let step = if ordered || step.abs() == 1 { *step } else { -step };
                (format!("{kind} {one} {other}"), step.to_string())
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_the_scale() {
        for (text, found) in [
            ("1", Some(1)),
            ("9", Some(9)),
            ("1/9", Some(-9)),
            (" 1 / 3 ", Some(-3)),
            ("1/1", Some(1)),
            ("0.33", Some(-3)),
            ("0.125", Some(-8)),
            ("0.13", Some(-8)),
            ("10", None),
            ("1/10", None),
            ("2/3", None),
            ("1.5", None),
            ("0", None),
            ("-2", None),
            ("much", None),
            ("", None),
        ] {
            assert_eq!(saaty_step_of_text(text), found, "{text}");
        }
    }

    #[test]
    fn orders_with_equals_either_way() {
        let order = |places: &[u32]| wrong_order(&places.iter().map(|place| Decimal::from(*place)).collect::<Vec<_>>());
        for right in [&[1, 2, 3][..], &[1, 2, 2, 4], &[1, 2, 2, 3], &[1, 1], &[2, 1]] {
            assert_eq!(order(right), None, "{right:?}");
        }
        for wrong in [&[1, 3][..], &[2, 2], &[1, 2, 4]] {
            assert!(order(wrong).is_some(), "{wrong:?}");
        }
    }
}
