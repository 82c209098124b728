//! Outranking: each two candidates of a list compared, and what vetoes between them change of the totals.
//!
//! The formula is that of ELECTRE III (Roy 1978, ELECTRE III: un algorithme de classements): that one outranks another is as
//! credible as the questions that agree weigh, times `(1 - d) / (1 - c)` for every question whose discordance `d` exceeds that
//! concordance `c`. Net concordances are the net flows, so only what credibilities differ from them is made here.

use super::lists::Lists;
use crate::budget::Budget;
use crate::diagnostic::{Place, Problem};
use crate::exact::{Fixed, to_units};
use crate::rules::shape::Thresholds;
use crate::rules::{Criterion, RuleSet, ValueFunction, Weights};

/// Questions compared for one step of the budget.
const COMPARED_IN_A_STEP: u64 = 10;

/// What of a ranking is compared: answers, and the values by which those without one take part.
pub(super) struct Compared<'e, 'a> {
    pub(super) estimates: &'e [&'e [f64]],
    pub(super) values: &'e [Vec<i64>],
    pub(super) lists: &'a Lists,
    /// Who is taken off the list, where somebody is.
    pub(super) absent: Option<usize>,
}

/// A candidate's answer, as it is set against another's.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side {
    /// In units of its last decimal; what is preferred is higher.
    Known(i64),
    /// None: it is preferred to those with an answer by so much, and vetoes nothing.
    Stand(f64),
    /// Behind every answer.
    Behind,
    /// Ahead of every answer.
    Ahead,
}

/// What one candidate's answer to a question says of it and another.
#[derive(Debug, Clone, Copy)]
struct Said {
    /// How far it is preferred to the other, and below zero how far the other is to it.
    preferred: f64,
    /// How far it speaks against its outranking the other, and the other it.
    against: [f64; 2],
}

/// How far one outranks another.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outranks {
    /// The share of the weight that agrees.
    pub(super) concordance: f64,
    /// What vetoes leave of it.
    pub(super) credibility: f64,
    /// The questions that lower it, by number.
    pub(super) lowered_by: Vec<usize>,
}

/// A question, as pairs are compared by it.
struct Question {
    thresholds: Thresholds,
    rising: bool,
    /// Its share of the weight, 0 to 1.
    share: f64,
    /// Of each candidate.
    sides: Vec<Side>,
}

/// Every two candidates of a list, by rules with vetoes.
pub(super) struct Pairs<'a> {
    questions: Vec<Question>,
    criteria: &'a [Criterion],
    lists: &'a Lists,
    everybody: Vec<usize>,
    absent: Option<usize>,
    /// The total of one that outranks all others and that none outranks.
    scale: f64,
    decimals: u32,
    budget: &'a Budget,
    place: &'a Place,
}

impl<'a> Pairs<'a> {
    /// None where the rules compare nobody.
    pub(super) fn new(rules: &'a RuleSet, weights: &Weights, of: &Compared<'_, 'a>) -> Option<Self> {
        if !rules.combine.takes_vetoes() {
            return None;
        }
        let fine = rules.fine_decimals();
        let whole = Fixed::new(weights.whole(), 0).to_f64();
        let question = |(number, criterion): (usize, &Criterion)| {
            let ValueFunction::NetFlow(flow) = &criterion.value else { return None };
            let (estimates, values) = (*of.estimates.get(number)?, of.values.get(number)?);
            let side = |(estimate, value): (&f64, &i64)| match estimate.is_finite() {
                true => Side::known(*estimate, criterion.decimals, flow.rising),
                false => Side::Stand(Fixed::new(*value, fine).to_f64()),
            };
            Some(Question {
                thresholds: flow.thresholds(criterion.decimals),
                rising: flow.rising,
                share: Fixed::new(*weights.shares().get(number)?, 0).to_f64() / whole,
                sides: estimates.iter().zip(values).map(side).collect(),
            })
        };
        let questions: Vec<Question> = rules.criteria.iter().enumerate().filter_map(question).collect();
        let candidates = questions.first().map_or(0, |question| question.sides.len());
        Some(Self {
            questions,
            criteria: &rules.criteria,
            lists: of.lists,
            everybody: (0..candidates).collect(),
            absent: of.absent,
            scale: f64::from(rules.scale),
            decimals: rules.decimals,
            budget: &rules.library.budget,
            place: &rules.place,
        })
    }

    /// What vetoes change of the total of each candidate, in units of the rules' decimals.
    ///
    /// # Errors
    /// That there are too many pairs for what is left of the run.
    pub(super) fn changes(&self) -> Result<Vec<i64>, Problem> {
        let mut changes = vec![0.0; self.everybody.len()];
        if !self.questions.iter().any(|question| question.thresholds.has_veto()) {
            return Ok(vec![0; changes.len()]);
        }
        for members in self.all_lists() {
            self.pay(members.len() * members.len() / 2)?;
            for (at, one) in members.iter().enumerate().filter(|(_, one)| Some(**one) != self.absent) {
                for other in members.iter().skip(at + 1).filter(|other| Some(**other) != self.absent) {
                    let change = self.change_of_pair(&self.sides(*one), *other);
                    add(&mut changes, *one, change);
                    add(&mut changes, *other, -change);
                }
            }
        }
        let units = |(candidate, sum): (usize, f64)| self.units(candidate, sum);
        Ok(changes.into_iter().enumerate().map(units).collect())
    }

    /// The same of one candidate with other answers.
    ///
    /// # Errors
    /// As [`Self::changes`].
    pub(super) fn change_with(&self, candidate: usize, sides: &[Side]) -> Result<i64, Problem> {
        let others = self.others(candidate);
        self.pay(others.len())?;
        let sum = others.into_iter().map(|other| self.change_of_pair(sides, other)).sum::<f64>();
        Ok(self.units(candidate, sum))
    }

    /// The others of a candidate's list, by number.
    pub(super) fn others(&self, candidate: usize) -> Vec<usize> {
        let members = match self.lists.members().get(self.lists.of(candidate)) {
            Some(members) => members,
            None => &self.everybody,
        };
        members.iter().copied().filter(|other| *other != candidate && Some(*other) != self.absent).collect()
    }

    /// A candidate's answers.
    pub(super) fn sides(&self, candidate: usize) -> Vec<Side> {
        self.questions
            .iter()
            .map(|question| question.sides.get(candidate).copied().unwrap_or(Side::Stand(0.0)))
            .collect()
    }

    /// A measure as an answer to a question.
    pub(super) fn side_of(&self, question: usize, measure: f64) -> Side {
        let known = self.questions.get(question).zip(self.criteria.get(question));
        known.map_or(Side::Stand(0.0), |(question, rule)| Side::known(measure, rule.decimals, question.rising))
    }

    /// How far one with these answers outranks another, and how far the other outranks it.
    pub(super) fn outranks(&self, sides: &[Side], other: usize) -> [Outranks; 2] {
        let said = self.said(sides, other);
        let outranks = |way: usize| {
            let agrees = |(said, question): (&Said, &Question)| question.share * said.agrees(way);
            // What is 1 but for the noise of adding shares up is 1.
            let concordance: f64 = said.iter().zip(&self.questions).map(agrees).sum();
            let concordance = if concordance > 1.0 - 1e-12 { 1.0 } else { concordance };
            let against = |said: &Said| said.against.get(way).copied().unwrap_or(0.0);
            let lowers = |said: &Said| concordance < 1.0 && against(said) > concordance;
            let lowered = said.iter().filter(|said| lowers(said));
            let kept: f64 = lowered.map(|said| (1.0 - against(said)) / (1.0 - concordance)).product();
            let lowered_by = said.iter().enumerate().filter(|(_, said)| lowers(said)).map(|(at, _)| at).collect();
            Outranks { concordance, credibility: concordance * kept, lowered_by }
        };
        [outranks(0), outranks(1)]
    }

    fn said(&self, sides: &[Side], other: usize) -> Vec<Said> {
        let each = self.questions.iter().zip(sides);
        each.map(|(question, side)| {
            question.said(*side, question.sides.get(other).copied().unwrap_or(Side::Stand(0.0)))
        })
        .collect()
    }

    /// What vetoes change of how far one outranks another, less what they change of the other way.
    fn change_of_pair(&self, sides: &[Side], other: usize) -> f64 {
        let [own, theirs] = self.outranks(sides, other);
        (own.credibility - own.concordance) - (theirs.credibility - theirs.concordance)
    }

    fn all_lists(&self) -> Vec<&[usize]> {
        match self.lists.is_one() {
            true => vec![&self.everybody],
            false => self.lists.members().iter().map(Vec::as_slice).collect(),
        }
    }

    /// A sum over the others as a part of the total.
    #[expect(clippy::cast_precision_loss, reason = "there are far fewer than 2^53 candidates")]
    fn units(&self, candidate: usize, sum: f64) -> i64 {
        let others = self.others_count(candidate);
        if others == 0 { 0 } else { to_units(self.scale * sum / others as f64, self.decimals) }
    }

    fn others_count(&self, candidate: usize) -> usize {
        let members = self.lists.members().get(self.lists.of(candidate)).map_or(self.everybody.len(), Vec::len);
        members.saturating_sub(1).saturating_sub(usize::from(
            self.absent.is_some_and(|absent| absent != candidate && self.lists.of(absent) == self.lists.of(candidate)),
        ))
    }

    fn pay(&self, pairs: usize) -> Result<(), Problem> {
        let compared = pairs.saturating_mul(self.questions.len());
        let steps = u64::try_from(compared).unwrap_or(u64::MAX) / COMPARED_IN_A_STEP;
        self.budget.take(steps, self.place);
        self.budget.check()
    }
}

impl Question {
    fn said(&self, own: Side, other: Side) -> Said {
        let clear = |preferred: f64| {
            let full = f64::from(u8::from(self.thresholds.has_veto()));
            let against = if preferred > 0.0 { [0.0, full] } else { [full, 0.0] };
            Said { preferred, against }
        };
        let of_value = |preferred: f64| Said { preferred: preferred.clamp(-1.0, 1.0), against: [0.0; 2] };
        match (own, other) {
            (Side::Known(own), Side::Known(other)) => {
                let ahead = own.saturating_sub(other);
                let behind = other.saturating_sub(own);
                Said {
                    preferred: self.thresholds.preference(ahead) - self.thresholds.preference(behind),
                    against: [self.thresholds.discordance(behind), self.thresholds.discordance(ahead)],
                }
            }
            (Side::Stand(own), Side::Stand(other)) => of_value(own - other),
            (Side::Stand(own), _) => of_value(own),
            (_, Side::Stand(other)) => of_value(-other),
            (Side::Ahead, _) | (_, Side::Behind) => clear(1.0),
            (Side::Behind, _) | (_, Side::Ahead) => clear(-1.0),
        }
    }
}

impl Said {
    /// How far it agrees that its candidate outranks the other, or the other it.
    fn agrees(&self, way: usize) -> f64 {
        let preferred = if way == 0 { self.preferred } else { -self.preferred };
        1.0 - (-preferred).max(0.0)
    }
}

impl Side {
    fn known(measure: f64, decimals: u32, rising: bool) -> Self {
        let units = to_units(measure, decimals);
        Self::Known(if rising { units } else { -units })
    }
}

fn add(sums: &mut [f64], at: usize, more: f64) {
    if let Some(sum) = sums.get_mut(at) {
        *sum += more;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::rules::shape::NetFlow;
    use crate::stats::{Random, Stream};

    fn drawn(random: &mut Random, below: u64) -> i64 {
        i64::try_from(random.below(below)).unwrap()
    }

    /// Ranges rest on it: the more preferred an answer, the higher the net credibility, wherever an answer without a number
    /// stands among the others.
    #[test]
    fn a_better_answer_never_lowers_how_far_one_outranks_the_others() {
        let place = Place { source: Arc::new(SourceFile::new("x", "x")), span: 0..1 };
        let (lists, budget) = (Lists::default(), Budget::default());
        let mut random = Random::new(5, Stream::Weights, 0);
        let mut lowered = 0;
        for _ in 0..2_000 {
            let question = |random: &mut Random, share: f64| {
                let indifference = f64::from(u8::try_from(random.below(3)).unwrap());
                let preference = indifference + f64::from(u8::try_from(random.below(4)).unwrap());
                let veto = (random.below(4) > 0).then(|| preference + 1.0 + random.uniform() * 4.0);
                let flow = NetFlow { indifference, preference, veto, rising: true };
                let side = |random: &mut Random| match random.below(6) {
                    0 => Side::Stand(random.uniform() * 2.0 - 1.0),
                    _ => Side::Known(drawn(random, 12)),
                };
                let sides = (0..4).map(|_| side(random)).collect();
                Question { thresholds: flow.thresholds(0), rising: true, share, sides }
            };
            let questions = [0.2, 0.3, 0.5].map(|share| question(&mut random, share)).into();
            let (everybody, scale, decimals) = ((0..4).collect(), 1.0, 4);
            let (criteria, absent) = (&[][..], None);
            let (lists, budget, place) = (&lists, &budget, &place);
            let pairs = Pairs { questions, criteria, lists, everybody, absent, scale, decimals, budget, place };
            let net = |sides: &[Side]| -> f64 {
                let of = |other: usize| {
                    let [own, theirs] = pairs.outranks(sides, other);
                    assert!(own.credibility <= own.concordance && theirs.credibility >= 0.0);
                    own.credibility - theirs.credibility
                };
                (1..4).map(of).sum()
            };
            let sides: Vec<Side> = (0..3).map(|_| Side::Known(drawn(&mut random, 12))).collect();
            let at = usize::try_from(random.below(3)).unwrap();
            let instead = |side: Side| {
                let mut other = sides.clone();
                other[at] = side;
                net(&other)
            };
            let Side::Known(own) = sides[at] else { continue };
            let rising = [instead(Side::Behind), net(&sides), instead(Side::Known(own + 1 + drawn(&mut random, 5)))];
            assert!(rising.is_sorted_by(|lower, higher| *lower <= higher + 1e-9), "{rising:?}");
            assert!(rising[2] <= instead(Side::Ahead) + 1e-9);
            lowered += usize::from(!pairs.outranks(&sides, 1)[0].lowered_by.is_empty());
        }
        assert!(lowered > 100, "{lowered}");
    }
}
