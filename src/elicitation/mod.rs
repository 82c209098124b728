//! Weights from people: what they answered, the weights that follow, how far they agree, and whether the weights in the
//! rules still are those.
//!
//! [`load`] reads and judges the answers, [`elicit`] makes weights of them, [`interview`] asks for them one by one through
//! something that the edge lends it. Nothing is scored here, and no weight is better than another.

mod answers;
mod combine;
pub mod format;
mod handed_in;
mod interview;
mod items;
mod judge;
mod pairwise;
mod proportions;
mod read;
mod recorded;
mod round;
mod several;
mod sheet;
mod sifted;
mod swing;
mod weigh_form;
mod write;

use crate::assessment::Period;
use crate::rules::rewrite::{NewOrigin, NewWeights};
use crate::rules::{Combined, RuleSet, WeightMethod, Weights};
use crate::scoring::Fixed;
use rust_decimal::Decimal;

pub use answers::{Answers, Person, RoundAnswers};
pub use combine::{WeightAgreement, WeightExtent};
pub use handed_in::{ANSWERS_SCHEMA, PersonAnswers, PersonScore};
pub(crate) use handed_in::{HANDED_IN_LIMIT, safe_texts};
pub use interview::interview;
pub use pairwise::{ConsistencyCheck, MAX_CONSISTENCY_RATIO, WorstJudgement, scale_words};
pub use proportions::Proportions;
pub use read::{answers_of_text, load, load_several, states_method};
pub use recorded::{changed_since_recorded, warnings};
pub use round::{Round, RoundScope, rounds};
pub use several::forms_are_of;
pub use sheet::HowAsked;
pub use swing::{span, span_of, span_of_group, span_words, swing, swing_words};
pub use weigh_form::{
    ANSWER_COLUMN, BECAUSE, BY, DATE, EQUAL, FormQuestion, FormRound, RANGE, TIMES_COLUMN, form_ranges, form_rounds,
    form_word,
};
pub use write::{GivenAnswers, WrittenPerson, check_can_add, new_file_text, text_with_people};

/// What follows from the answers.
#[derive(Debug)]
pub struct Elicited<'a> {
    /// The rules whose weights they are.
    pub rules: &'a RuleSet,
    /// What was answered.
    pub answers: &'a Answers,
    /// The weights of each round.
    pub rounds: Vec<RoundWeights>,
    /// The decimals that weights are written with.
    pub decimals: u32,
}

/// What follows for the items of one round.
#[derive(Debug, Clone, PartialEq)]
pub struct RoundWeights {
    /// The items that are weighed against each other.
    pub round: Round,
    /// The weights in the rules as they are, in units.
    pub current: Vec<i64>,
    /// Who answered all of it, by their places among all who answered; at least one.
    pub people: Vec<usize>,
    /// Each person's, in the order of the answers, in units.
    pub by_person: Vec<Vec<i64>>,
    /// Everybody's, in units.
    pub combined: Vec<i64>,
    /// Everybody's as fractions, where they are exact.
    pub fractions: Option<Vec<String>>,
    /// How far each person's comparisons contradict each other; empty but for pairwise comparison.
    pub checks: Vec<ConsistencyCheck>,
    /// The same of everybody's judgements together, where these were combined.
    pub combined_check: Option<ConsistencyCheck>,
    /// How far the people agree; none for one.
    pub agreement: Option<WeightAgreement>,
}

/// The weights that follow from the answers, which must be of these rules.
pub fn elicit<'a>(rules: &'a RuleSet, answers: &'a Answers) -> Elicited<'a> {
    let decimals = decimals(rules.scale);
    let whole = i64::from(rules.scale) * 10_i64.pow(decimals);
    let found =
        rounds(rules).into_iter().enumerate().map(|(at, round)| round_weights(rules, answers, at, round, whole));
    Elicited { rules, answers, rounds: found.collect(), decimals }
}

/// The decimals of a ten-thousandth of the scale.
fn decimals(scale: u32) -> u32 {
    match scale {
        0..=1 => 4,
        2..=10 => 3,
        11..=100 => 2,
        101..=1_000 => 1,
        _ => 0,
    }
}

fn round_weights(rules: &RuleSet, answers: &Answers, at: usize, round: Round, whole: i64) -> RoundWeights {
    let of_person = |(number, person): (usize, &'_ Person)| Some((number, person.rounds.get(at)?.clone()?));
    let (people, given): (Vec<usize>, Vec<RoundAnswers>) =
        answers.people.iter().enumerate().filter_map(of_person).unzip();
    let given: Vec<&RoundAnswers> = given.iter().collect();
    let each: Vec<Proportions> =
        given.iter().map(|given| weights_of_person(rules, answers.method, &round, given)).collect();
    let together = combine::combine(answers, &given, &each, round.items.len());
    let checks = given.iter().filter_map(|given| match given {
        RoundAnswers::Comparisons(judged) => Some(pairwise::check(&pairwise::matrix(judged, round.items.len()))),
        RoundAnswers::Numbers(_) => None,
    });
    let exact =
        answers.method != WeightMethod::Pairwise && (people.len() == 1 || answers.combined == Combined::ArithmeticMean);
    RoundWeights {
        people,
        current: round.now(rules).units(whole),
        combined: together.weights.units(whole),
        fractions: exact.then(|| together.weights.fractions()),
        checks: checks.collect(),
        combined_check: together.matrix.map(|matrix| pairwise::check(&matrix)),
        agreement: combine::agreement(&each, whole),
        by_person: each.iter().map(|weights| weights.units(whole)).collect(),
        round,
    }
}

/// The weights that follow from one person's answers.
fn weights_of_person(rules: &RuleSet, method: WeightMethod, round: &Round, given: &RoundAnswers) -> Proportions {
    match given {
        RoundAnswers::Comparisons(judged) => pairwise::weights(&pairwise::matrix(judged, round.items.len())),
        RoundAnswers::Numbers(places) if method == WeightMethod::RankOrder => proportions::centroid(places),
        RoundAnswers::Numbers(swings) if method == WeightMethod::Swing => swing::weights(rules, round, swings),
        RoundAnswers::Numbers(points) => Proportions::of_decimals(points),
    }
}

impl Elicited<'_> {
    /// A weight in units as it is written.
    pub fn weight_text(&self, units: i64) -> String {
        Fixed::new(units, self.decimals).trimmed()
    }

    /// The rules' weights with the new ones in their place.
    pub fn weights(&self) -> Weights {
        let rules = self.rules;
        let mut criteria = rules.weights.written().to_vec();
        let mut groups = rules.weights.groups().map(<[Decimal]>::to_vec);
        for found in &self.rounds {
            for (item, units) in found.round.items.iter().zip(&found.combined) {
                // A group with a score has its weight behind those of the criteria.
                let scored = rules.combine.weight_at(*item);
                let slot = match (found.round.among.is_groups(), scored) {
                    (true, None) => groups.as_mut().and_then(|groups| groups.get_mut(*item)),
                    (true, Some(at)) => criteria.get_mut(at),
                    (false, _) => criteria.get_mut(*item),
                };
                if let Some(slot) = slot {
                    *slot = Decimal::new(*units, self.decimals);
                }
            }
        }
        rules.weights_as_written(&criteria, groups.as_deref())
    }

    /// What is to be written into the rules, the answers being in the file `path` of their folder.
    pub fn new_weights(&self, path: &str) -> NewWeights {
        let answers = self.answers;
        let written = |groups: bool| {
            let rounds = self.rounds.iter().filter(move |found| (found.round.among.is_groups()) == groups);
            let pairs = |found: &RoundWeights| {
                let ids = found.round.ids(self.rules).into_iter().map(str::to_owned);
                ids.zip(found.combined.iter().map(|units| self.weight_text(*units))).collect::<Vec<_>>()
            };
            rounds.flat_map(pairs).collect()
        };
        NewWeights {
            criteria: written(false),
            groups: written(true),
            origin: NewOrigin {
                method: answers.method,
                people: answers.people.iter().map(|person| person.by.clone()).collect(),
                combined: (answers.people.len() > 1).then_some(answers.combined),
                date: answers.date().map(Period::iso_day).unwrap_or_default(),
                answers: path.to_owned(),
                digest: answers.digest.clone(),
            },
        }
    }
}
