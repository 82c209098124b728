//! Answers of people who can't mend them here: on forms, and saved in the workshop's page. What is wrong in one is told, and leaves
//! that person out of what it would have been weighed in; nobody else's answers are touched.

use std::collections::BTreeSet;

use super::judge::{RawAnswers, RawComparison, RawPerson, place_of, right_number, wrong_numbers};
use super::{Round, rounds};
use crate::diagnostic::{Code, Problem, Problems};
use crate::rules::{RuleSet, WeightMethod};

/// Takes out of the answers what is wrong, and tells it.
pub(super) fn sift(raw: &mut RawAnswers<'_>, rules: &RuleSet, problems: &mut Problems) {
    let sieve = Sieve { rules, rounds: rounds(rules), method: raw.method };
    for person in &mut raw.people {
        let mut wrong = sieve.unread(person);
        wrong.extend(sieve.numbers(person));
        wrong.extend(sieve.pairs(person));
        let mut out: BTreeSet<usize> = wrong.iter().filter_map(|(round, _)| *round).collect();
        let sound = (0..sieve.rounds.len()).filter(|round| !out.contains(round));
        let together: Vec<_> = sound.filter_map(|round| Some((Some(round), sieve.together(round, person)?))).collect();
        out.extend(together.iter().filter_map(|(round, _)| *round));
        for (round, problem) in wrong.into_iter().chain(together) {
            problems.push(sieve.told(&person.by, round, problem));
        }
        let stays = |round: Option<usize>| round.is_some_and(|round| !out.contains(&round));
        person.numbers.retain(|answer| stays(sieve.round_of(answer.group, &answer.id)));
        person.pairs.retain(|pair| stays(sieve.round_of_pair(pair)));
        person.left_out = out;
    }
}

/// What is wrong, and with which round where it is one that the rules ask about.
type Wrong = (Option<usize>, Problem);

struct Sieve<'r> {
    rules: &'r RuleSet,
    rounds: Vec<Round>,
    method: WeightMethod,
}

impl Sieve<'_> {
    fn round_of(&self, group: bool, id: &str) -> Option<usize> {
        place_of(&self.rounds, self.rules, group, id).map(|(round, _)| round)
    }

    /// The round that both of a comparison are in.
    fn round_of_pair(&self, pair: &RawComparison<'_>) -> Option<usize> {
        let of = |id: &str| self.round_of(pair.group, id);
        of(&pair.first).filter(|first| of(&pair.second) == Some(*first) && pair.first != pair.second)
    }

    /// What was no answer at all.
    fn unread(&self, person: &mut RawPerson<'_>) -> Vec<Wrong> {
        let with_round = |(group, id, problem): (bool, String, Problem)| (self.round_of(group, &id), problem);
        std::mem::take(&mut person.unread).into_iter().map(with_round).collect()
    }

    fn numbers(&self, person: &RawPerson<'_>) -> Vec<Wrong> {
        let mut seen = BTreeSet::new();
        let mut wrong = Vec::new();
        for answer in &person.numbers {
            let round = self.round_of(answer.group, &answer.id);
            let problem = |message: String, help: &str| answer.spot.problem(Code::BadValue, message, help);
            if round.is_none() {
                wrong.push((None, problem(format!("the rules do not weigh `{}`", answer.id), OF_OTHER_RULES)));
            } else if !seen.insert((answer.group, &answer.id)) {
                wrong.push((round, problem(format!("`{}` is answered twice", answer.id), "take one of the two out")));
            } else if let Err((message, help)) = right_number(self.method, answer.number) {
                wrong.push((round, problem(message, help)));
            }
        }
        wrong
    }

    fn pairs(&self, person: &RawPerson<'_>) -> Vec<Wrong> {
        let mut seen = BTreeSet::new();
        let mut wrong = Vec::new();
        for pair in &person.pairs {
            let both = format!("`{}` and `{}`", pair.first, pair.second);
            let problem = |message: String, help: &str| pair.spot.problem(Code::BadValue, message, help);
            let ordered = |pair: &RawComparison<'_>| {
                let (one, other) = (pair.first.clone(), pair.second.clone());
                (pair.group, one.clone().min(other.clone()), one.max(other))
            };
            match self.round_of_pair(pair) {
                None => {
                    let message = format!("the rules do not weigh {both} against each other");
                    wrong.push((None, problem(message, OF_OTHER_RULES)));
                }
                Some(round) if !seen.insert(ordered(pair)) => {
                    let message = format!("{both} are compared twice");
                    wrong.push((Some(round), problem(message, "take one of the two out")));
                }
                Some(_) => {}
            }
        }
        wrong
    }

    /// What is wrong with the numbers of a round together; nothing where some are missing, which is told elsewhere.
    fn together(&self, round: usize, person: &RawPerson<'_>) -> Option<Problem> {
        let asked = self.rounds.get(round)?;
        let group = asked.among.is_groups();
        let given = |id: &str| person.numbers.iter().find(|answer| answer.group == group && answer.id == id);
        let given: Option<Vec<_>> = asked.ids(self.rules).into_iter().map(given).collect();
        let numbers: Vec<_> = given?.iter().filter_map(|it| right_number(self.method, it.number).ok()).collect();
        if self.method == WeightMethod::Pairwise {
            return None;
        }
        let (wrong, help) = wrong_numbers(self.method, &numbers)?;
        let message = format!("the answers of {} to {} {wrong}", person.by, asked.words(self.rules));
        Some(person.spot.problem(Code::BadValue, message, help))
    }

    /// That something is left out, and what follows from that.
    fn told(&self, by: &str, round: Option<usize>, mut problem: Problem) -> Problem {
        problem.code = Code::AnswerLeftOut;
        let words = round.and_then(|round| self.rounds.get(round)).map(|round| round.words(self.rules));
        problem.message.push_str(&match words {
            Some(words) => format!(": {by} has no part in the weights of {words}"),
            None => format!(": that answer of {by} is not counted"),
        });
        problem
    }
}

const OF_OTHER_RULES: &str = "it was answered about other rules: ask about these";
